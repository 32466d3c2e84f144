use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month};
use kura_filing::{AnnualBaseNotice, MonthPay, MonthlyChangeNotice, PayNotice, PersonKey, PersonName};
use kura_insurance::decisions::{CurrentStandard, PaidMonth};
use kura_model::{EmployeeCode, Establishment, EstablishmentCode, StandardDecision, StandardRemuneration};
use kura_yen::Yen;

use super::annual_calendar::AnnualCalendar;
use super::insured::Insured;
use super::judgement::{Judgement, JudgementKind};
use super::paid_months::PaidMonths;
use super::wording;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::outputs::Outputs;
use crate::stop::Stop;

/// The person whose 標準報酬 is decided, and what was paid.
pub(super) struct Subject<'run> {
    pub(super) month: &'run ClientMonth<'run>,
    pub(super) person: &'run PaidPerson<'run>,
    pub(super) paid: PaidMonths<'run>,
}

impl Subject<'_> {
    /// 支給月 of the run.
    pub(super) fn run(&self) -> Month {
        self.month.request.month
    }

    /// Something to look at; the sentence holds no amount of the person.
    pub(super) fn finding(
        &self,
        severity: Severity,
        code: &'static str,
        sentence: impl std::fmt::Display,
        remedy: &str,
    ) -> Finding {
        Finding {
            sheet: "標準報酬".to_owned(),
            row: None,
            column: None,
            severity,
            code,
            sentence: format!("会社{} 社員{}: {sentence}", self.month.client.client_code, self.person.code()),
            remedy: remedy.to_owned(),
        }
    }

    /// Why a decision was not made.
    pub(super) fn not_decided(&self, kind: JudgementKind, stop: Stop) -> Finding {
        let (client, employee) = (&self.month.client.client_code, self.person.code());
        let sentence = format!("会社{client} 社員{employee}: {}を判断していません。{}", kind.japanese(), stop.sentence);
        Stop { sentence, ..stop }.finding()
    }

    pub(super) fn judgement(&self, kind: JudgementKind, verdict: impl Into<String>) -> Judgement {
        let employee = self.person.facts.employee;
        Judgement::new(employee.client_code.clone(), employee.employee_code.clone(), kind, verdict.into())
    }

    /// A row of 標準報酬 the book already holds for the same decision.
    pub(super) fn known_decision(&self, from: Month, decision: StandardDecision) -> Option<&StandardRemuneration> {
        let mut rows = self.person.facts.rows.standards.iter();
        rows.find(|row| row.applies_from == from && row.decision == Some(decision)).map(|row| &row.facts)
    }

    /// What 算定基礎届 and 月額変更届 say alike, without a change of pay, arrears, a corrected average and a memo.
    pub(super) fn pay_notice(
        &self,
        insured: &Insured<'_>,
        old: CurrentStandard,
        old_from: Month,
        applies_from: Month,
        months: [MonthPay; 3],
    ) -> Result<PayNotice, Stop> {
        Ok(PayNotice {
            insured_number: self.insured_number(insured)?,
            name: self.name()?,
            birth_date: self.birth_date()?,
            applies_from,
            old_health_standard: old.health,
            old_pension_standard: old.pension,
            old_revised: old_from,
            pay_change: None,
            retroactive: None,
            months,
            corrected_average: None,
            over_70: self.over_70_key(insured)?,
            multi_office: false,
            memo: String::new(),
            only_over_70: only_over_70(insured),
        })
    }

    fn name(&self) -> Result<PersonName, Stop> {
        let employee = self.person.facts.employee;
        let text = |text: &Option<kura_model::Text>, column| {
            text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
        };
        let kana = |kana: &Option<kura_model::Kana>, column| {
            kana.as_ref().map(|kana| kana.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
        };
        Ok(PersonName::of_parts(
            &text(&employee.family_name, "姓")?,
            &text(&employee.given_name, "名")?,
            &kana(&employee.family_kana, "セイ")?,
            &kana(&employee.given_kana, "メイ")?,
        ))
    }

    fn birth_date(&self) -> Result<Date, Stop> {
        self.person.facts.employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))
    }

    /// The number a 70歳以上被用者 is known by; `None` for everybody else.
    fn over_70_key(&self, insured: &Insured<'_>) -> Result<Option<PersonKey>, Stop> {
        if !insured.over_70 {
            return Ok(None);
        }
        let number = self.person.facts.employee.basic_pension_number.as_ref();
        let number = number.ok_or_else(|| Stop::unknown("従業員", None, "基礎年金番号"))?;
        Ok(Some(PersonKey::BasicPension(number.as_str().to_owned())))
    }

    /// 被保険者整理番号; empty where the 70歳以上被用者 part alone is filed.
    fn insured_number(&self, insured: &Insured<'_>) -> Result<String, Stop> {
        if only_over_70(insured) {
            return Ok(String::new());
        }
        let number = insured.spell.insured_number.as_ref();
        let unknown = || Stop::unknown("被保険者資格", Some(insured.spell.number), "被保険者番号");
        number.map(|number| number.as_str().to_owned()).ok_or_else(unknown)
    }
}

/// 70歳以上被用者届のみ提出: neither health insurance nor pension is left.
const fn only_over_70(insured: &Insured<'_>) -> bool {
    insured.over_70 && insured.health.is_none()
}

/// A payment as the forms write it; a month without one is no days and no pay.
pub(super) fn month_pay(paid: &[PaidMonth], month: Month) -> MonthPay {
    let paid = paid.iter().find(|paid| paid.payment_month == month);
    MonthPay {
        base_days: paid.map_or(0, |paid| paid.base_days),
        currency: paid.map_or(Yen::ZERO, |paid| paid.currency),
        in_kind: paid.map_or(Yen::ZERO, |paid| paid.in_kind),
    }
}

/// What the decisions of a client's people make.
pub(super) struct Made<'out> {
    pub(super) outputs: &'out mut Outputs,
    pub(super) annual: ByEstablishment<AnnualBaseNotice>,
    pub(super) monthly: ByEstablishment<MonthlyChangeNotice>,
}

/// The notices of one procedure by the establishment they belong to, people in the order of the book.
pub(super) struct ByEstablishment<T>(pub(super) BTreeMap<EstablishmentCode, Notices<T>>);

pub(super) struct Notices<T> {
    pub(super) establishment: Establishment,
    pub(super) people: Vec<EmployeeCode>,
    pub(super) records: Vec<T>,
}

impl<T> ByEstablishment<T> {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(super) fn add(&mut self, subject: &Subject<'_>, on: Date, notice: T) -> Result<(), Stop> {
        let establishment = subject.person.facts.establishment(on)?;
        let notices = self.0.entry(establishment.establishment_code.clone()).or_insert_with(|| Notices {
            establishment: establishment.clone(),
            people: Vec::new(),
            records: Vec::new(),
        });
        notices.people.push(subject.person.facts.employee.employee_code.clone());
        notices.records.push(notice);
        Ok(())
    }
}

impl Made<'_> {
    /// A decision for the next book, unless the book already says it; what differs from what it says is told.
    pub(super) fn propose(&mut self, subject: &Subject<'_>, row: StandardRemuneration) {
        let Some(known) = row.decision.and_then(|decision| subject.known_decision(row.applies_from, decision)) else {
            self.outputs.carried.standards.push(row);
            return;
        };
        let same = known.health_standard == row.health_standard
            && known.pension_standard == row.pension_standard
            && known.pension_equivalent == row.pension_equivalent;
        if !same {
            let sentence = format!("{}からの標準報酬月額が、給与履歴から決めた額と違います。", row.applies_from);
            let remedy = "決定通知書と給与履歴を確かめてください。標準報酬の行はそのまま使います。";
            self.outputs.findings.push(subject.finding(Severity::Warning, "standard_differs", sentence, remedy));
        }
    }

    /// A revision that takes the place of 定時決定 withdraws the proposal of it; a decision that was notified is named.
    pub(super) fn withdraw_annual(&mut self, subject: &Subject<'_>, calendar: &AnnualCalendar, begins: Month) {
        if !calendar.revised_instead.contains(&begins) {
            return;
        }
        let from = calendar.applies_from;
        let annual = [StandardDecision::Annual, StandardDecision::AnnualAverage];
        let known = annual.into_iter().find_map(|decision| subject.known_decision(from, decision));
        if known.is_some_and(|known| known.notified_on.is_some()) {
            let sentence =
                format!("{}から改定するので、{}の定時決定は行いません。", wording::month(begins), wording::month(from));
            let remedy = "標準報酬にある定時決定の行を確かめてください。";
            self.outputs.findings.push(subject.finding(Severity::Warning, "annual_superseded", sentence, remedy));
        }
        let employee = subject.person.facts.employee;
        let withdrawn = (employee.client_code.clone(), employee.employee_code.clone(), from);
        self.outputs.carried.withdrawn_annual.push(withdrawn);
    }
}
