use kura_calendar::{Date, Month, Wareki, japanese_weekday};
use kura_model::{Attendance, Client, Employee, Minutes};
use kura_payroll::clocks::{Clocks, Period};
use kura_payroll::pay::{BuiltIn, Item, Line, LineKind, Slip};
use kura_print as print;

use crate::bank::{PaidOut, Way};
use crate::slip_record::{SlipKind, code_and_name};

/// What a payslip is printed from.
pub(crate) struct Printed<'run> {
    pub(crate) office_name: &'run str,
    pub(crate) client: &'run Client,
    pub(crate) employee: &'run Employee,
    /// How the net is paid.
    pub(crate) paid_out: &'run PaidOut<'run>,
    pub(crate) heading: Heading,
    /// The items of the plan of the slip.
    pub(crate) items: &'run [Item],
    pub(crate) slip: &'run Slip,
    pub(crate) law_pack: &'run str,
}

/// What differs between the slip of a month and that of a bonus.
pub(crate) struct Heading {
    title: &'static str,
    payment_month: String,
    clocks: print::Clocks,
    attendance: Vec<print::Field>,
    notes: Vec<String>,
}

impl Heading {
    /// 給与明細書.
    pub(crate) fn of_month(clocks: Clocks, attendance: Option<&Attendance>) -> Self {
        Self {
            title: "給与明細書",
            payment_month: format!("{}分", month_words(clocks.payment_month)),
            clocks: print::Clocks {
                payment_day: day_words(clocks.payment_date),
                premium_month: format!("{}分", month_words(clocks.premium_month)),
                closing_day: day_words(clocks.closing_date),
                attendance_period: period_words(clocks.attendance),
                variable_period: (clocks.variable != clocks.attendance).then(|| period_words(clocks.variable)),
            },
            attendance: attendance.map(attendance_fields).unwrap_or_default(),
            notes: Vec::new(),
        }
    }

    /// 訂正明細書 or 仮払い明細書: the clocks of its month, paid on its own day.
    pub(crate) fn of_kind(kind: SlipKind, clocks: Clocks, paid_on: Date) -> Self {
        let of_month = Self::of_month(clocks, None);
        let title = match kind {
            SlipKind::Correction => "訂正明細書",
            SlipKind::Provisional => "仮払い明細書",
        };
        Self { title, clocks: print::Clocks { payment_day: day_words(paid_on), ..of_month.clocks }, ..of_month }
    }

    /// 賞与明細書: every clock is the 支給日.
    pub(crate) fn of_bonus(name: &str, paid_on: Date, notes: Vec<String>) -> Self {
        let month = month_words(Month::of(paid_on));
        Self {
            title: "賞与明細書",
            payment_month: format!("{month} {name}"),
            clocks: print::Clocks {
                payment_day: day_words(paid_on),
                premium_month: format!("{month}分"),
                ..print::Clocks::default()
            },
            attendance: Vec::new(),
            notes,
        }
    }
}

impl Printed<'_> {
    /// The payslip in the words in which it is printed.
    pub(crate) fn payslip(self) -> print::Payslip {
        let slip = self.slip;
        let family = self.employee.family_name.as_ref().map_or("", |text| text.as_str());
        let given = self.employee.given_name.as_ref().map_or("", |text| text.as_str());
        let own_name = || format!("{family}　{given}");
        print::Payslip {
            office_line: self.office_name.to_owned(),
            client_name: self.client.client_name.as_ref().map_or("", |text| text.as_str()).to_owned(),
            title: self.heading.title.to_owned(),
            person_code: self.employee.employee_code.to_string(),
            person_name: self.employee.name_in_use.as_ref().map_or_else(own_name, |name| name.as_str().to_owned()),
            paid_leave: Vec::new(),
            pay: slip.pay.iter().map(|line| self.line(line)).collect(),
            deductions: slip.deductions.iter().map(|line| self.line(line)).collect(),
            totals: print::Totals {
                gross: slip.gross.get(),
                tax_free: slip.tax_free.get(),
                taxable: slip.taxable.get(),
                deduction_total: slip.deduction_total.get(),
                net: slip.net.get(),
                shortfall: slip.shortfall().get(),
            },
            health_split: self.health_split(),
            transfers: self.transfers(),
            notes: self.notes(),
            law_pack: self.law_pack.to_owned(),
            payment_month: self.heading.payment_month,
            clocks: self.heading.clocks,
            attendance: self.heading.attendance,
        }
    }

    fn line(&self, line: &Line) -> print::Line {
        let (_, name) = code_and_name(self.items, line.kind);
        let hours = matches!(line.kind, LineKind::BuiltIn(_)).then_some(line.quantity).flatten();
        let quantity = hours.and_then(|quantity| quantity.count.times_integer(60).ok());
        let minutes = quantity.and_then(|minutes| minutes.round(kura_yen::Rounding::HalfUp).ok());
        let quantity = minutes.and_then(|minutes| i32::try_from(minutes.get()).ok());
        let premium = matches!(line.kind, LineKind::BuiltIn(BuiltIn::HealthInsurance | BuiltIn::EmployeesPension));
        print::Line {
            name: name.to_owned(),
            quantity: quantity.map(|minutes| Minutes::new(minutes).to_string()),
            amount: line.amount.get(),
            note: line.month.filter(|_| premium).map(|month| format!("{}分", month_words(month))),
        }
    }

    fn health_split(&self) -> Vec<print::Amount> {
        let splits: Vec<[kura_yen::Yen; 3]> = self.slip.deductions.iter().filter_map(|line| line.split).collect();
        let sum = |pick: fn(&[kura_yen::Yen; 3]) -> kura_yen::Yen| splits.iter().map(pick).sum::<kura_yen::Yen>().get();
        let parts = [
            ("健康保険", sum(|[health, _, _]| *health)),
            ("介護保険", sum(|[_, care, _]| *care)),
            ("子ども・子育て支援金", sum(|[_, _, levy]| *levy)),
        ];
        let charged = parts.into_iter().filter(|(_, amount)| *amount != 0);
        charged.map(|(name, amount)| print::Amount { name: name.to_owned(), amount }).collect()
    }

    /// Where the net goes: each account by bank and branch, and what is in the envelope.
    fn transfers(&self) -> Vec<print::Amount> {
        let name = |text: &Option<kura_model::Text>| text.as_ref().map_or("", |text| text.as_str()).to_owned();
        let way = |way: &Way<'_>| print::Amount {
            name: match way.is_cash() {
                true => "現金".to_owned(),
                false => format!("{} {}", name(&way.account.bank_name), name(&way.account.branch_name)),
            },
            amount: way.amount.get(),
        };
        self.paid_out.ways.iter().map(way).collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.heading.notes.clone();
        if self.slip.net.is_negative() {
            notes.push("控除額が支給額を上回っています。差引不足額のお支払い方法は会社にご確認ください。".to_owned());
        }
        if self.slip.bases.taxable_commuting.get() > 0 {
            notes.push("通勤手当のうち非課税限度額を超える部分は課税対象です。".to_owned());
        }
        notes
    }
}

fn attendance_fields(row: &Attendance) -> Vec<print::Field> {
    let days = |days: Option<kura_model::Days>| days.map(|days| format!("{days}日"));
    let hours = |hours: Option<Minutes>| hours.filter(|hours| *hours != Minutes::ZERO).map(|hours| hours.to_string());
    let times = |count: Option<i64>| count.filter(|count| *count != 0).map(|count| format!("{count}回"));
    let fields = [
        ("出勤日数", days(row.worked_days)),
        ("有給休暇", days(row.paid_leave_days)),
        ("欠勤日数", days(row.absent_days)),
        ("労働時間", hours(row.working_hours)),
        ("法定内残業", hours(row.within_statutory_overtime)),
        ("時間外", hours(row.overtime_hours)),
        ("所定休日労働", hours(row.scheduled_holiday_hours)),
        ("法定休日労働", hours(row.statutory_holiday_hours)),
        ("深夜", hours(Some(night(row)))),
        ("遅刻", times(row.late_count)),
        ("早退", times(row.early_count)),
    ];
    let known = fields.into_iter().filter_map(|(label, value)| Some((label, value?)));
    known.map(|(label, value)| print::Field { label: label.to_owned(), value }).collect()
}

fn night(row: &Attendance) -> Minutes {
    let parts = [row.night_in_scheduled, row.night_in_overtime, row.night_in_statutory_holiday];
    parts.into_iter().flatten().fold(Minutes::ZERO, Minutes::plus)
}

/// 令和8年6月25日(木).
pub(crate) fn day_words(day: Date) -> String {
    let wareki = Wareki::of(day).map_or_else(|_| day.to_string(), |wareki| wareki.to_string());
    format!("{wareki}({})", japanese_weekday(day.weekday()))
}

/// 令和8年6月.
pub(crate) fn month_words(month: Month) -> String {
    match Wareki::of(month.last_day()) {
        Ok(wareki) if wareki.year == 1 => format!("{}元年{}月", wareki.era.japanese(), wareki.month),
        Ok(wareki) => format!("{}{}年{}月", wareki.era.japanese(), wareki.year, wareki.month),
        Err(_) => month.to_string(),
    }
}

/// 令和8年5月1日～5月31日.
pub(crate) fn period_words(period: Period) -> String {
    let from = Wareki::of(period.from).map_or_else(|_| period.from.to_string(), |wareki| wareki.to_string());
    let same_year = period.from.year() == period.to.year();
    let to = if same_year {
        format!("{}月{}日", period.to.month(), period.to.day())
    } else {
        Wareki::of(period.to).map_or_else(|_| period.to.to_string(), |wareki| wareki.to_string())
    };
    format!("{from}～{to}")
}
