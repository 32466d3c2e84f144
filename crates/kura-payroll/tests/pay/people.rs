//! One invented person, and the words to change her.

use kura_calendar::Month;
use kura_insurance::{
    Business, EmploymentInsuranceRates, HealthRates, HealthRounding, PensionRates, RoundingAgreement,
};
use kura_model::PayType;
use kura_payroll::clocks::Period;
use kura_payroll::formula::Value;
use kura_payroll::pay::{
    Attendance, Carried, Contract, FixedAmount, Input, LineKind, PayPlan, PersonMonth, PremiumDue, Reason,
    ScheduledDays, Slip, Spans, TaxFacts, Traced, VariableAmount,
};
use kura_payroll::tax::{CommutingRoute, TaxColumn};
use kura_yen::{Exact, Yen};

use crate::clients::{FACTS, exact};
use crate::law::{day, law};

pub(crate) fn yen(amount: i64) -> Yen {
    Yen::new(amount)
}

pub(crate) fn month(text: &str) -> Month {
    kura_calendar::parse_iso_month(text).unwrap()
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

pub(crate) fn contract(pay_type: PayType, base_amount: i64) -> Contract {
    Contract {
        pay_type,
        base_amount: yen(base_amount),
        fixed_overtime: None,
        fixed_night: None,
        fixed_holiday: None,
        managerial_exempt: false,
    }
}

/// Paid for the whole attendance period, nobody in the family, nothing insured, no attendance but zeros.
pub(crate) fn person(plan: &PayPlan<'_>, pay_type: PayType, base_amount: i64) -> PersonMonth {
    let contract = contract(pay_type, base_amount);
    PersonMonth {
        contracts: Spans(vec![(plan.clocks.attendance, contract)]),
        suspended: false,
        variable_contract: contract,
        attendance: Attendance { absent_days: Some(Exact::ZERO), ..Attendance::default() },
        parts: Vec::new(),
        fixed: Vec::new(),
        variable: Vec::new(),
        facts: FACTS.map(|(name, _, _)| nothing(name)).to_vec(),
        commuting: None,
        running: Vec::new(),
        meals: None,
        premiums: Vec::new(),
        employment_insurance: None,
        employee_part_of_officer_pay: None,
        tax: kou(0),
        inhabitant_tax: Vec::new(),
        carried: Carried::default(),
    }
}

/// Counts are 0 and a qualification is none; 任意:売上 is unknown until it is said.
fn nothing(name: &str) -> Option<Value<'static>> {
    match name {
        "保有資格" => Some(Value::Text("".into())),
        "任意:売上" => None,
        _ => Some(Value::Number(Exact::ZERO)),
    }
}

pub(crate) fn kou(dependents: u16) -> TaxFacts {
    TaxFacts::Resident(TaxColumn::Kou { dependents })
}

/// The fact of a formula by its name.
pub(crate) fn fact(person: &mut PersonMonth, name: &str, value: &str) {
    let at = FACTS.iter().position(|(known, _, _)| *known == name).unwrap();
    person.facts[at] = Some(match name {
        "保有資格" => Value::Text(value.to_owned().into()),
        _ => Value::Number(exact(value)),
    });
}

pub(crate) fn worked(person: &mut PersonMonth, days: &str) {
    person.attendance.worked_days = Some(exact(days));
    fact(person, "出勤日数", days);
}

pub(crate) fn index(plan: &PayPlan<'_>, name: &str) -> usize {
    plan.items.iter().position(|item| item.name == name).unwrap()
}

/// 固定支給 for the whole attendance period, and before.
pub(crate) fn fixed(plan: &PayPlan<'_>, person: &mut PersonMonth, name: &str, amount: i64) {
    let amount = Exact::whole(amount);
    let spans = Spans(vec![(plan.clocks.attendance, amount)]);
    person.fixed.push(FixedAmount {
        item: index(plan, name),
        spans,
        at_variable_end: Some(amount),
        at_part_ends: Vec::new(),
    });
}

pub(crate) fn variable(plan: &PayPlan<'_>, person: &mut PersonMonth, name: &str, amount: i64) {
    let item = index(plan, name);
    person.variable.push(VariableAmount { item, amount: yen(amount), for_month: None, already_paid: None });
}

/// Public transport: what is paid is the fare.
pub(crate) fn by_train(plan: &PayPlan<'_>, person: &mut PersonMonth, a_month: i64) {
    fixed(plan, person, "通勤手当", a_month);
    person.commuting = Some(CommutingRoute { fare: Some(yen(a_month)), ..CommutingRoute::default() });
}

pub(crate) fn drives(person: &mut PersonMonth, km: &str) {
    person.commuting = Some(CommutingRoute { distance_km: Some(exact(km)), ..CommutingRoute::default() });
    fact(person, "片道距離", km);
}

/// Leaves or joins inside the attendance period: paid on these days alone.
pub(crate) fn paid_only(person: &mut PersonMonth, paid: Period) {
    for (span, _) in &mut person.contracts.0 {
        *span = span.overlap(paid.from, paid.to).unwrap();
    }
    for fixed in &mut person.fixed {
        for (span, _) in &mut fixed.spans.0 {
            *span = span.overlap(paid.from, paid.to).unwrap();
        }
    }
}

/// No day of the period is paid: unpaid leave, or a payment after the last base pay.
pub(crate) fn unpaid(person: &mut PersonMonth) {
    person.contracts.0.clear();
    person.fixed.iter_mut().for_each(|fixed| fixed.spans.0.clear());
}

/// Every day is a working day but those listed.
pub(crate) fn scheduled(plan: &PayPlan<'_>, person: &mut PersonMonth, days_off: &[&str]) {
    let days_off: Vec<_> = days_off.iter().map(|text| day(text)).collect();
    let days = ScheduledDays::of(plan.clocks.attendance, |day| Ok::<_, ()>(!days_off.contains(&day))).unwrap();
    person.attendance.scheduled_days = Some(days);
}

/// 協会けんぽ of a prefecture with the standards; a pension of 0 is none.
pub(crate) fn kyokai(month_text: &str, prefecture: &str, care: bool, health: i64, pension: i64) -> PremiumDue {
    let month = month(month_text);
    let rates = HealthRates::kyokai(law(), month, prefecture, care).unwrap();
    PremiumDue {
        month,
        health: Some((rates, yen(health))),
        pension: (pension != 0).then(|| (PensionRates::national(law(), month).unwrap(), yen(pension))),
        rounding: HealthRounding::CombinedOnce,
        agreement: RoundingAgreement::FiftySen,
        notified: None,
    }
}

pub(crate) fn employed(plan: &PayPlan<'_>, business: Business) -> Option<EmploymentInsuranceRates> {
    Some(EmploymentInsuranceRates::on(law(), plan.clocks.closing_date, business).unwrap())
}

pub(crate) fn inhabitant(plan: &PayPlan<'_>, amount: i64) -> Vec<(Month, Yen)> {
    vec![(plan.clocks.payment_month, yen(amount))]
}

/// The slip, with every check that holds for all slips: a reason for each line, and none without a figure or an input.
#[track_caller]
pub(crate) fn pay(plan: &PayPlan<'_>, person: &PersonMonth) -> Slip {
    let slip = plan.pay(person, &mut ()).unwrap();
    let mut traced = Traced::default();
    assert_eq!(plan.pay(person, &mut traced).unwrap(), slip, "listening changes nothing");
    let lines: Vec<LineKind> = slip.pay.iter().chain(&slip.deductions).map(|line| line.kind).collect();
    let reasons: Vec<LineKind> = traced.reasons.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(lines, reasons, "one reason for each line, in their order");
    let amounts = slip.pay.iter().chain(&slip.deductions).map(|line| line.amount);
    for ((kind, reason), amount) in traced.reasons.iter().zip(amounts) {
        assert!(reason.exact.is_some(), "{kind:?}");
        assert!(!reason.inputs.is_empty() || !reason.steps.is_empty() || amount == Yen::ZERO, "{kind:?}");
        assert!(reason.citations.iter().all(|citation| law().citation(*citation).is_some()));
    }
    slip.verify().unwrap();
    slip
}

/// The reason of the first line of a name.
#[track_caller]
pub(crate) fn reason(plan: &PayPlan<'_>, person: &PersonMonth, line: &str) -> Reason {
    let mut traced = Traced::default();
    plan.pay(person, &mut traced).unwrap();
    traced.reasons.into_iter().find(|(kind, _)| name(plan, *kind) == line).unwrap().1
}

/// An input of a reason, in words.
#[track_caller]
pub(crate) fn input(reason: &Reason, name: &str) -> String {
    reason.inputs.iter().find(|(known, _)| *known == name).map(|(_, input): &(_, Input)| input.to_string()).unwrap()
}

pub(crate) fn name<'plan>(plan: &'plan PayPlan<'_>, kind: LineKind) -> &'plan str {
    match kind {
        LineKind::Item(at) => plan.items[at].slip_name.as_str(),
        LineKind::BuiltIn(built_in) => built_in.japanese(),
    }
}

/// Names and amounts of the lines of pay, then of the deductions, as they are printed.
#[track_caller]
pub(crate) fn assert_slip(plan: &PayPlan<'_>, slip: &Slip, pay: &[(&str, i64)], deductions: &[(&str, i64)]) {
    let lines = |lines: &[kura_payroll::pay::Line]| -> Vec<(String, i64)> {
        lines.iter().map(|line| (name(plan, line.kind).to_owned(), line.amount.get())).collect()
    };
    let wanted = |lines: &[(&str, i64)]| -> Vec<(String, i64)> {
        lines.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
    };
    assert_eq!(lines(&slip.pay), wanted(pay));
    assert_eq!(lines(&slip.deductions), wanted(deductions));
    let sum = |lines: &[(&str, i64)]| lines.iter().map(|(_, amount)| amount).sum::<i64>();
    assert_eq!(slip.gross.get(), sum(pay));
    assert_eq!(slip.deduction_total.get(), sum(deductions));
    assert_eq!(slip.net.get(), sum(pay) - sum(deductions));
}
