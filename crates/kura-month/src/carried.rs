use kura_book::{Finding, Severity};
use kura_model::{CashRounding, Employee, PayHistory, PayKind, PayLine};
use kura_payroll::pay::{BuiltIn, Carried};
use kura_yen::Yen;

use crate::client_month::ClientMonth;
use crate::outputs::Outputs;
use crate::person::PersonFacts;
use crate::stop::Stop;

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
    /// What earlier payments left over for this one: 前月繰越端数.
    pub(crate) fn carried(&self) -> Result<Carried, Stop> {
        Ok(Carried { fraction: self.fraction()?, advance: Yen::ZERO, last_payment: self.is_last_payment()? })
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
}

/// 確認事項 of what is still carried when nobody is paid by whom it could be settled: a last payment that was not known to be one.
pub(crate) fn check(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let paid = |person: &PersonFacts<'_>| {
        let is_paid = month.paid.iter().any(|paid| paid.code() == person.employee.employee_code.as_str());
        is_paid || person.rows.is_paid(month.request.month)
    };
    for person in month.everybody.iter().filter(|person| !paid(person)) {
        let left = person.employed().is_ok_and(|employed| employed.to < month.request.month.first_day());
        if left && person.fraction().is_ok_and(|fraction| fraction != Yen::ZERO) {
            let words = "退職した人に、翌月に繰り越した端数が支払われずに残っています。";
            let remedy = "端数を支払い、明細履歴の翌月繰越端数の行を0に直してください。";
            outputs.findings.push(warning(person, "fraction_left", words, remedy));
        }
    }
}

fn warning(person: &PersonFacts<'_>, code: &'static str, words: &str, remedy: &str) -> Finding {
    let Employee { client_code, employee_code, .. } = person.employee;
    Finding {
        sheet: "明細履歴".to_owned(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code,
        sentence: format!("会社{client_code} 社員{employee_code}: {words}"),
        remedy: remedy.to_owned(),
    }
}
