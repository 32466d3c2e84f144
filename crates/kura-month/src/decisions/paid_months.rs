use std::collections::BTreeMap;

use kura_calendar::{Date, Month};
use kura_insurance::decisions::{DecisionError, FullMonth, PaidMonth, PayPeriod};
use kura_model::{FullMonth as FullMonthCell, PayHistory, PayKind, SettlementState};
use kura_payroll::pay::Item;
use kura_yen::{Exact, Rounding, Yen};

use crate::client_month::PaidPerson;
use crate::stop::Stop;

const SHEET: &str = "給与履歴";

/// 給与履歴 of a person up to the month of the run, the payment just computed included.
pub(super) struct PaidMonths<'run> {
    months: BTreeMap<Month, MonthRows<'run>>,
    /// The payment just computed lacks its part of what was paid for several months before.
    lacks_running: bool,
}

/// The rows paid in one month: 給与, and the differences paid beside it.
#[derive(Default)]
struct MonthRows<'run> {
    pay: Vec<HistoryRow<'run>>,
    differences: Vec<HistoryRow<'run>>,
}

/// A row and its number in the book; the payment just computed has none.
#[derive(Clone, Copy)]
struct HistoryRow<'run> {
    number: Option<u32>,
    facts: &'run PayHistory,
}

impl<'run> PaidMonths<'run> {
    /// The rows of the book up to the month, its slips, and the differences that this run pays for settled months.
    pub(super) fn of(slips: &[&'run PaidPerson<'_>], differences: &'run [PayHistory], upto: Month) -> Self {
        let mut paid =
            Self { months: BTreeMap::new(), lacks_running: slips.iter().any(|person| lacks_running(person, upto)) };
        let in_book = slips.first().into_iter().flat_map(|person| &person.facts.rows.history);
        let in_book = in_book.map(|row| HistoryRow { number: Some(row.number), facts: &row.facts });
        let of_person = |row: &&PayHistory| {
            slips.iter().any(|person| {
                let employee = person.facts.employee;
                row.client_code == employee.client_code && row.employee_code == employee.employee_code
            })
        };
        let of_run = slips.iter().map(|person| &person.history).chain(differences.iter().filter(of_person));
        for row in in_book.chain(of_run.map(|facts| HistoryRow { number: None, facts })) {
            if let Some(month) = row.facts.payment_month.filter(|month| *month <= upto) {
                paid.enter(row, month);
            }
        }
        paid.months.retain(|_, rows| !rows.pay.is_empty());
        paid
    }

    fn enter(&mut self, row: HistoryRow<'run>, month: Month) {
        match (row.facts.kind, row.facts.state) {
            (PayKind::Bonus, _) => {}
            (PayKind::Difference, _) | (PayKind::Pay, Some(SettlementState::Correction)) => {
                // A difference of a settled month counts in the month it is paid; what settles a 仮払い is that month's pay.
                let was_advanced = self.months.get(&month).is_some_and(MonthRows::is_advanced);
                let paid_in = if was_advanced { month } else { month.max(Month::of(row.facts.paid_on)) };
                self.months.entry(paid_in).or_default().differences.push(row);
            }
            (PayKind::Pay, _) => self.months.entry(month).or_default().pay.push(row),
        }
    }

    /// What the decisions read, from a month on. A difference that belongs to a payment before `window` is 遡及分.
    pub(super) fn since(&self, from: Month, window: Month) -> Result<Vec<PaidMonth>, Stop> {
        if self.lacks_running {
            let sentence = "数か月分をまとめて払った項目（定期券など）の支払が明細履歴にないので、月割りにできません。";
            let remedy = "その支払の行（支給日・項目コード・金額）を明細履歴に入れてください。";
            return Err(Stop::reason("明細履歴", "running_payment_missing", sentence, remedy));
        }
        self.months.range(from..).map(|(month, rows)| rows.paid_month(*month, window)).collect()
    }

    /// The first day of the oldest base period known.
    pub(super) fn known_from(&self) -> Option<Date> {
        self.months.values().find_map(MonthRows::period_from)
    }

    /// True when no payment of the months before `upto` is known.
    pub(super) fn is_first_payment(&self, upto: Month) -> bool {
        self.months.range(..upto).next().is_none()
    }

    /// The payment month whose base period holds the day, or begins on it.
    pub(super) fn month_holding(&self, day: Date) -> Option<Month> {
        let begun = |rows: &MonthRows<'_>| rows.period_from().is_some_and(|from| from <= day);
        self.months.iter().rev().find(|(_, rows)| begun(rows)).map(|(month, _)| *month)
    }

    /// Refuses a gap: every month between the two must have a payment.
    pub(super) fn whole_between(&self, from: Month, upto: Month) -> Result<(), Stop> {
        let mut month = from;
        while month <= upto {
            if !self.months.contains_key(&month) {
                return Err(DecisionError::PaidMonthMissing { month }.into());
            }
            month = month.next();
        }
        Ok(())
    }

    /// The payments of a whole month's pay in order: 支給月, 支給日, base period.
    pub(super) fn whole_payments(&self) -> impl Iterator<Item = (Month, Date, PayPeriod)> {
        self.months.iter().filter_map(|(month, rows)| {
            let [row] = rows.pay.as_slice() else { return None };
            let is_whole = row.facts.full_month == Some(FullMonthCell::Full);
            let period = PayPeriod { from: row.facts.period_from?, to: row.facts.period_to? };
            is_whole.then_some((*month, row.facts.paid_on, period))
        })
    }
}

/// True when a payment for several months runs in the month by its 支給月, and 明細履歴 does not have it.
fn lacks_running(person: &PaidPerson<'_>, month: Month) -> bool {
    let facts = &person.facts;
    let is_missing = |(at, item): (usize, &Item)| {
        let employee = facts.employee;
        let key = (employee.client_code.clone(), employee.employee_code.clone(), item.code.as_str().into());
        let was_paid = match item.pay_in_months {
            Some(months) if months.contains(month) => return false,
            Some(months) => (1..i32::from(item.class.pay_every_months))
                .map(|back| month.plus(-back))
                .find(|earlier| months.contains(*earlier))
                .is_some_and(|earlier| !was_paid_nothing(person, earlier)),
            None => true,
        };
        let is_known = person.asked.running.iter().any(|running| running.item == at);
        was_paid && !is_known && facts.known.fixed_pay.contains_key(&key)
    };
    let items = facts.group.plan.items.iter().enumerate().filter(|(_, item)| item.class.pay_every_months > 1);
    items.into_iter().any(is_missing)
}

/// True when the person was not there yet, or 給与履歴 has a payment without any pay (休職).
fn was_paid_nothing(person: &PaidPerson<'_>, month: Month) -> bool {
    let of_month = |row: &&PayHistory| row.kind == PayKind::Pay && row.payment_month == Some(month);
    let mut rows = person.facts.rows.history.iter().map(|row| &row.facts).filter(of_month).peekable();
    let hired_after = person.facts.employee.hired_on.is_some_and(|hired| month.last_day() < hired);
    hired_after || rows.peek().is_some() && rows.all(|row| row.gross == Some(Yen::ZERO))
}

impl MonthRows<'_> {
    fn period_from(&self) -> Option<Date> {
        self.pay.iter().filter_map(|row| row.facts.period_from).min()
    }

    /// True when all that was paid so far is a 仮払い.
    fn is_advanced(&self) -> bool {
        !self.pay.is_empty() && self.pay.iter().all(|row| row.facts.state == Some(SettlementState::Provisional))
    }

    fn paid_month(&self, month: Month, window: Month) -> Result<PaidMonth, Stop> {
        let [row] = self.pay.as_slice() else {
            return Err(DecisionError::PaidMonthTwice { month }.into());
        };
        let mut differences = self.differences.iter();
        let mut paid = if self.is_advanced() {
            // What settles it carries the days and the whole remuneration of the month.
            let settles = differences.next().ok_or_else(|| {
                let sentence = format!("{month} 支給は仮払い（暫定）で、報酬が決まっていません。");
                Stop::reason(SHEET, "provisional_pay", sentence, "精算してから判断してください。")
            })?;
            settles.paid_month(month)?
        } else {
            row.paid_month(month)?
        };
        for difference in differences {
            let [currency, in_kind] = difference.remuneration()?;
            paid.currency += currency;
            paid.in_kind += in_kind;
            paid.retroactive += difference.retroactive(currency + in_kind, month, window);
        }
        Ok(paid)
    }
}

impl HistoryRow<'_> {
    fn paid_month(&self, month: Month) -> Result<PaidMonth, Stop> {
        let facts = self.facts;
        let [currency, in_kind] = self.remuneration()?;
        Ok(PaidMonth {
            payment_month: month,
            paid_on: facts.paid_on,
            fixed_period: PayPeriod {
                from: self.needed(facts.period_from, "対象期間 自")?,
                to: self.needed(facts.period_to, "対象期間 至")?,
            },
            base_days: self.base_days(month)?,
            full_month: full_month(self.needed(facts.full_month, "1か月分の支給か")?),
            currency,
            in_kind,
            fixed_part: self.needed(facts.fixed_part, "報酬 うち固定的賃金")?,
            retroactive: self.needed(facts.retroactive_part, "報酬 うち遡及分")?,
        })
    }

    fn remuneration(&self) -> Result<[Yen; 2], Stop> {
        let currency = self.needed(self.facts.remuneration_currency, "報酬 通貨")?;
        Ok([currency, self.needed(self.facts.remuneration_in_kind, "報酬 現物")?])
    }

    /// What of a difference belongs to payments before the window: as the row says; of a settled month by that month.
    fn retroactive(&self, amount: Yen, paid_in: Month, window: Month) -> Yen {
        match self.facts.payment_month.filter(|of| *of < paid_in) {
            Some(of) if window <= of => Yen::ZERO,
            Some(_) => amount,
            None => self.facts.retroactive_part.unwrap_or(amount),
        }
    }

    /// 支払基礎日数: a half day counts as none.
    fn base_days(&self, month: Month) -> Result<u8, Stop> {
        let days: Exact = self.needed(self.facts.payment_base_days, "支払基礎日数")?;
        let days = days.round(Rounding::Down)?.get();
        u8::try_from(days).map_err(|_| DecisionError::BaseDaysTooMany { month }.into())
    }

    fn needed<T>(&self, value: Option<T>, column: &'static str) -> Result<T, Stop> {
        value.ok_or_else(|| Stop::unknown(SHEET, self.number, column))
    }
}

const fn full_month(cell: FullMonthCell) -> FullMonth {
    match cell {
        FullMonthCell::Full => FullMonth::Full,
        FullMonthCell::ProratedOnJoining => FullMonth::ProratedJoin,
        FullMonthCell::ProratedOnLeaving => FullMonth::ProratedLeaving,
        FullMonthCell::ProratedOnRaise => FullMonth::ProratedRaise,
        FullMonthCell::Suspension => FullMonth::Leave,
        FullMonthCell::PaidLate => FullMonth::Late,
    }
}
