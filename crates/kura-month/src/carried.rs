use std::collections::{BTreeMap, BTreeSet};

use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month, Timeline};
use kura_model::{
    Book, CashRounding, ClientCode, Employee, EmployeeCode, PayGroup, PayGroupCode, PayHistory, PayKind, PayLine,
    ShortfallHandling, histories,
};
use kura_payroll::pay::{BuiltIn, Carried};
use kura_yen::Yen;

use crate::client_month::{ClientMonth, PaidPerson};
use crate::outputs::Outputs;
use crate::pay_group::is_agreed;
use crate::person::PersonFacts;
use crate::stop::Stop;

/// What a 24条協定 has to name before an advance may be taken from pay.
const ADVANCE: &str = "立替金";

type PayGroups = BTreeMap<(ClientCode, PayGroupCode), Timeline<PayGroup>>;

/// A slip that neither takes over what earlier payments left, nor leaves anything: a second slip of a month, a correction. What
/// was kept back or advanced is settled by the month's first slip.
pub(crate) const NOTHING_CARRIED: Carried = Carried { fraction: Yen::ZERO, advance: Yen::ZERO, last_payment: true };

/// True for the lines by which one payment settles what another left: a correction of either leaves them as they are.
pub(crate) fn is_settled_between_payments(code: &str) -> bool {
    [BuiltIn::FractionCarriedIn, BuiltIn::FractionCarriedOut, BuiltIn::AdvanceRecovered]
        .into_iter()
        .any(|line| line.code() == code)
}

impl PersonFacts<'_> {
    /// What earlier payments left over for this one: 前月繰越端数, and the 立替金 that may be taken from it.
    pub(crate) fn carried(&self) -> Result<Carried, Stop> {
        let advance = if self.may_recover() { self.advances() } else { Yen::ZERO };
        Ok(Carried { fraction: self.fraction()?, advance, last_payment: self.is_last_payment()? })
    }

    /// Neither base pay nor pay by attendance of the person follows.
    fn is_last_payment(&self) -> Result<bool, Stop> {
        let clocks = self.clocks();
        Ok(self.employed()?.to <= clocks.attendance.to.min(clocks.variable.to))
    }

    /// 翌月繰越端数 of the payment before: the slips of the last month that was paid before this one.
    pub(crate) fn fraction(&self) -> Result<Yen, Stop> {
        let month = self.clocks().payment_month;
        let before =
            self.rows.history.iter().filter(|row| {
                row.kind != PayKind::Bonus && row.payment_month.is_some_and(|paid_month| paid_month < month)
            });
        let Some(last) = before.clone().filter_map(|row| row.payment_month).max() else { return Ok(Yen::ZERO) };
        let rows: Vec<&PayHistory> =
            before.filter(|row| row.payment_month == Some(last)).map(|row| &row.facts).collect();
        let kept: Vec<Yen> = self
            .lines_of(BuiltIn::FractionCarriedOut)
            .filter(|line| rows.iter().any(|row| row.paid_on == line.paid_on))
            .filter_map(|line| line.amount)
            .collect();
        if kept.is_empty() && rows.iter().any(|row| self.may_have_kept_back(row)) {
            let sentence = format!("{last} 支給の給与から翌月に繰り越した端数が分かりません。");
            let remedy = format!(
                "明細履歴に、その支給日の行を加えてください（項目コード {}、金額は繰り越した額、なければ0）。",
                BuiltIn::FractionCarriedOut.code()
            );
            return Err(Stop::reason("明細履歴", "fraction_unknown", sentence, remedy));
        }
        Ok(kept.into_iter().sum())
    }

    /// A typed payment without lines that was paid in whole units may have left a fraction. What a run wrote has its line.
    fn may_have_kept_back(&self, row: &PayHistory) -> bool {
        let typed = row.law_pack.is_none();
        let whole_units = |net: Yen, unit| net > Yen::ZERO && net.floor_to(unit) == net;
        match self.group.plan.rules.cash_rounding {
            CashRounding::NotCarried => false,
            CashRounding::Below100NextMonth => typed && row.net.is_some_and(|net| whole_units(net, 100)),
            CashRounding::Below1000NextMonth => typed && row.net.is_some_and(|net| whole_units(net, 1_000)),
        }
    }

    fn lines_of(&self, built_in: BuiltIn) -> impl Iterator<Item = &PayLine> {
        let lines = self.rows.lines.iter().map(|row| &row.facts);
        lines.filter(move |line| line.item_code.as_str() == built_in.code())
    }

    /// 立替金 that is still owed before this payment: 不足額 of the payments that were advanced, less what was recovered since.
    pub(crate) fn advances(&self) -> Yen {
        let groups = &self.known.pay_groups;
        let advanced = self
            .rows
            .history
            .iter()
            .filter(|row| is_advanced(groups, row))
            .filter_map(|row| Some((row.paid_on, row.shortfall?)));
        let recovered = self.lines_of(BuiltIn::AdvanceRecovered).filter_map(|line| Some((line.paid_on, -line.amount?)));
        balance(advanced.chain(recovered))
    }

    /// The setting advances what is short, and an agreement in force names it (労基法24条1項ただし書).
    fn may_recover(&self) -> bool {
        self.group.plan.rules.shortfall_handling == ShortfallHandling::AdvancedByEmployer && self.has_agreement()
    }

    fn has_agreement(&self) -> bool {
        let of_client = self.known.agreements.iter().filter(|of| of.client_code == self.employee.client_code);
        is_agreed(of_client, &[ADVANCE, BuiltIn::AdvanceRecovered.japanese()], self.clocks().payment_date)
    }
}

/// What is owed after all of them, by their days. It is never below nothing: what was recovered of an advance that the book no
/// longer holds does not count for a later one.
fn balance(entries: impl Iterator<Item = (Date, Yen)>) -> Yen {
    let mut by_day: BTreeMap<Date, Yen> = BTreeMap::new();
    for (day, amount) in entries {
        *by_day.entry(day).or_default() += amount;
    }
    by_day.into_values().fold(Yen::ZERO, |owed, amount| (owed + amount).or_zero())
}

/// True when the 給与規程 of the payment's own month carried its 不足額 as 立替金.
fn is_advanced(groups: &PayGroups, row: &PayHistory) -> bool {
    let month = row.payment_month.unwrap_or_else(|| Month::of(row.paid_on));
    let Some(code) = row.pay_group_code.clone() else { return false };
    let group = groups.get(&(row.client_code.clone(), code)).and_then(|history| history.on(month.last_day()));
    group.is_some_and(|group| group.shortfall_handling == Some(ShortfallHandling::AdvancedByEmployer))
}

/// The people who owe an advance still: their rows about it stay in the book, however old.
pub(crate) fn owing(book: &Book) -> BTreeSet<(ClientCode, EmployeeCode)> {
    let groups = histories(&book.pay_groups);
    let mut entries: BTreeMap<_, Vec<(Date, Yen)>> = BTreeMap::new();
    for row in book.pay_histories.iter().filter(|row| is_short(row) && is_advanced(&groups, row)) {
        let of_person = entries.entry((row.client_code.clone(), row.employee_code.clone())).or_default();
        of_person.extend(row.shortfall.map(|shortfall| (row.paid_on, shortfall)));
    }
    for line in book.pay_lines.iter().filter(|line| is_recovery(line)) {
        if let Some(of_person) = entries.get_mut(&(line.client_code.clone(), line.employee_code.clone())) {
            of_person.extend(line.amount.map(|amount| (line.paid_on, -amount)));
        }
    }
    let owing = entries.into_iter().filter(|(_, entries)| balance(entries.iter().copied()) > Yen::ZERO);
    owing.map(|(person, _)| person).collect()
}

/// True for a payment that left a 不足額.
pub(crate) fn is_short(row: &PayHistory) -> bool {
    row.shortfall.is_some_and(|shortfall| shortfall > Yen::ZERO)
}

/// True for a line that recovers an advance.
pub(crate) fn is_recovery(line: &PayLine) -> bool {
    line.item_code.as_str() == BuiltIn::AdvanceRecovered.code()
}

/// 確認事項 of what stays open: advances, and what is carried on though nobody is paid any more by whom it could be settled.
pub(crate) fn check(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    outputs.findings.extend(month.paid.iter().filter_map(open_advance));
    let paid = |person: &PersonFacts<'_>| {
        let is_paid = month.paid.iter().any(|paid| paid.code() == person.employee.employee_code.as_str());
        is_paid || person.rows.is_paid(month.request.month)
    };
    let left = |person: &PersonFacts<'_>| {
        person.employed().is_ok_and(|employed| employed.to < month.request.month.first_day())
    };
    for person in month.everybody.iter().filter(|person| left(person) && !paid(person)) {
        if person.fraction().is_ok_and(|fraction| fraction != Yen::ZERO) {
            let words = "退職した人に、翌月に繰り越した端数が支払われずに残っています。";
            let remedy = "端数を支払い、明細履歴の翌月繰越端数の行を0に直してください。";
            outputs.findings.push(finding(person, Severity::Warning, "fraction_left", words, remedy));
        }
        if person.advances() > Yen::ZERO {
            outputs.findings.push(advance_left(person));
        }
    }
}

/// What is still owed after a payment, and why it was not taken.
fn open_advance(paid: &PaidPerson<'_>) -> Option<Finding> {
    let person = &paid.facts;
    let advances = person.group.plan.rules.shortfall_handling == ShortfallHandling::AdvancedByEmployer;
    let of_this = if advances { paid.slip.shortfall() } else { Yen::ZERO };
    let owed = person.advances() + of_this - paid.slip.deducted(BuiltIn::AdvanceRecovered);
    if owed <= Yen::ZERO {
        return None;
    }
    let (severity, code, words, remedy) = if !advances || !person.has_agreement() {
        (
            Severity::Warning,
            "advance_not_recovered",
            "立替金がありますが、給与規程の「控除しきれないとき」と24条協定がそろっていないため、給与から控除していません。",
            "協定に種類「24条控除」、控除できる項目「立替金」の行を加えるか、本人に振り込んでもらい、給与履歴の不足額を0に直してください。",
        )
    } else if paid.asked.carried.last_payment {
        return Some(advance_left(person));
    } else {
        (Severity::Info, "advance_open", "立替金が残っています。次の給与から控除します。", "")
    };
    Some(finding(person, severity, code, words, remedy))
}

fn advance_left(person: &PersonFacts<'_>) -> Finding {
    let words = "退職した人に、給与から返済しきれなかった立替金が残っています。";
    let remedy = "本人に振り込んでもらい、給与履歴の不足額を0に直してください。";
    finding(person, Severity::Warning, "advance_left", words, remedy)
}

fn finding(person: &PersonFacts<'_>, severity: Severity, code: &'static str, words: &str, remedy: &str) -> Finding {
    let Employee { client_code, employee_code, .. } = person.employee;
    Finding {
        sheet: "給与履歴".to_owned(),
        row: None,
        column: None,
        severity,
        code,
        sentence: format!("会社{client_code} 社員{employee_code}: {words}"),
        remedy: remedy.to_owned(),
    }
}
