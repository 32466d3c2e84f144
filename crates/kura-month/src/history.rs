use kura_calendar::Date;
use kura_model::{
    Attendance, Code, Days, EmploymentTerms, FullMonth, ItemCode, Minutes, PayHistory, PayKind, PayLine, PayType,
    SettlementState, Text, WithholdingColumn,
};
use kura_payroll::clocks::Period;
use kura_payroll::pay::{BuiltIn, Item, Line, PersonMonth, PremiumDue, Slip, TaxFacts};
use kura_payroll::tax::TaxColumn;
use kura_yen::{Exact, Rounding, Yen};

use crate::person::PersonFacts;
use crate::premiums::FullPremium;
use crate::slip_record::code_and_name;
use crate::stop::Stop;

/// The row of 給与履歴 of a slip: what 算定, 月変, the bonus tax, 年度更新, 離職証明書 and next month's comparison stand on.
pub(crate) fn row(facts: &PersonFacts<'_>, asked: &PersonMonth, slip: &Slip) -> Result<PayHistory, Stop> {
    let clocks = facts.clocks();
    let attendance = facts.attendance_row();
    let attendance = attendance.as_deref().map(|row| &row.facts);
    let bases = &slip.bases;
    let base_days = payment_base_days(facts, asked, attendance)?;
    let (column, dependents) = tax_class(asked.tax);
    let standard = |due: fn(&PremiumDue) -> Option<Yen>| asked.premiums.iter().find_map(due);
    let terms = facts.terms_on(clocks.attendance.to.min(facts.employed()?.to))?;
    let employer = employer_parts(asked, slip)?;
    let covered = asked.employment_insurance.is_some();
    Ok(PayHistory {
        payment_month: Some(clocks.payment_month),
        pay_group_code: Some(facts.group.group.pay_group_code.clone()),
        period_from: Some(clocks.attendance.from),
        period_to: Some(clocks.attendance.to),
        closing_date: Some(clocks.closing_date),
        premium_month: Some(clocks.premium_month),
        payment_base_days: Some(base_days),
        employment_base_days: Some(attendance.and_then(|row| row.employment_base_days).unwrap_or(base_days)),
        full_month: Some(full_month(facts, asked, slip)?),
        remuneration_currency: Some(bases.remuneration),
        remuneration_in_kind: Some(bases.remuneration_in_kind),
        fixed_part: Some(bases.fixed_part),
        retroactive_part: Some(bases.retroactive_part),
        accident_wage: Some(bases.labor_wage),
        employment_wage: Some(if covered { bases.labor_wage } else { Yen::ZERO }),
        accident_wage_class: terms.accident_wage_class,
        worked_days: attendance.and_then(|row| row.worked_days),
        hours: attendance.and_then(|row| working_time(facts, terms, row)),
        overtime: attendance.map(|row| minutes(&[row.overtime_hours, row.scheduled_holiday_hours])),
        statutory_holiday: attendance.map(|row| minutes(&[row.statutory_holiday_hours])),
        night: attendance
            .map(|row| minutes(&[row.night_in_scheduled, row.night_in_overtime, row.night_in_statutory_holiday])),
        health_standard: standard(|due| due.health.map(|(_, standard)| standard)),
        pension_standard: standard(|due| due.pension.map(|(_, standard)| standard)),
        withholding_column: column,
        dependents,
        inhabitant_tax: Some(slip.deducted(BuiltIn::InhabitantTax)),
        employer_health: Some(employer.health),
        employer_pension: Some(employer.pension),
        employer_child_contribution: Some(employer.child_contribution),
        ..settled(facts, PayKind::Pay, clocks.payment_date, slip)
    })
}

/// What a row of 給与履歴 takes from any settled slip: its totals and its deductions by law.
pub(crate) fn settled(facts: &PersonFacts<'_>, kind: PayKind, paid_on: Date, slip: &Slip) -> PayHistory {
    let employee = facts.employee;
    let split = |at: usize| {
        let parts = slip.deductions.iter().filter_map(|line| line.split).filter_map(|parts| parts.get(at).copied());
        parts.sum::<Yen>()
    };
    PayHistory {
        gross: Some(slip.gross),
        tax_free: Some(slip.tax_free),
        taxable: Some(slip.taxable),
        health_total: Some(slip.deducted(BuiltIn::HealthInsurance)),
        care: Some(split(1)),
        support_levy: Some(split(2)),
        pension: Some(slip.deducted(BuiltIn::EmployeesPension)),
        employment_insurance: Some(slip.deducted(BuiltIn::EmploymentInsurance)),
        tax: Some(slip.deducted(BuiltIn::IncomeTax)),
        deduction_total: Some(slip.deduction_total),
        net: Some(slip.net),
        shortfall: Some(slip.shortfall()),
        state: Some(SettlementState::Settled),
        law_pack: Some(Code::from(facts.law.version())),
        ..PayHistory::new(employee.client_code.clone(), employee.employee_code.clone(), kind, paid_on)
    }
}

/// The rows of 明細履歴 of a slip, 支給 then 控除; `items` are those of its plan.
pub(crate) fn lines(of: &PayHistory, items: &[Item], slip: &Slip) -> Vec<PayLine> {
    let line = |line: &Line| {
        let (code, name) = code_and_name(items, line.kind);
        PayLine {
            item_name: Some(Text::from(name)),
            quantity: line.quantity.map(|quantity| quantity.count),
            unit: line.quantity.map(|quantity| quantity.unit),
            amount: Some(line.amount),
            rule: Some(Text::from(line.rule.japanese())),
            ..PayLine::new(of.client_code.clone(), of.employee_code.clone(), of.paid_on, ItemCode::from(code))
        }
    };
    slip.pay.iter().chain(&slip.deductions).map(line).collect()
}

/// 支払基礎日数: as typed, else the calendar days of the base period for monthly pay (with an absence the scheduled days less
/// the absent ones), else the days worked and on paid leave.
fn payment_base_days(
    facts: &PersonFacts<'_>,
    asked: &PersonMonth,
    attendance: Option<&Attendance>,
) -> Result<Exact, Stop> {
    let clocks = facts.clocks();
    let days = |days: Option<Days>| days.unwrap_or_default().exact();
    let paid_days = || asked.contracts.0.iter().map(|(span, _)| span.calendar_days()).sum();
    let Some(row) = attendance else { return Ok(Exact::whole(paid_days())) };
    if let Some(typed) = row.payment_base_days {
        return Ok(typed);
    }
    let last_day = clocks.attendance.to.min(facts.employed()?.to);
    if matches!(facts.terms_on(last_day)?.pay_type, Some(PayType::Daily | PayType::Hourly)) {
        return Ok(days(row.worked_days)?.plus(days(row.paid_leave_days)?)?);
    }
    let absent = asked.attendance.absent_days.unwrap_or(Exact::ZERO);
    if absent == Exact::ZERO {
        return Ok(Exact::whole(paid_days()));
    }
    Ok(Exact::whole(facts.schedule.scheduled_days(clocks.variable)?).minus(absent)?)
}

/// 労働時間 within the statutory hours: as typed; for people paid by the month or the day the days worked times the hours of a
/// day, less what was not worked of them. Unknown for everybody else.
fn working_time(facts: &PersonFacts<'_>, terms: &EmploymentTerms, row: &Attendance) -> Option<Minutes> {
    let by_day =
        matches!(terms.pay_type, Some(PayType::Monthly | PayType::DailyMonthly | PayType::Daily | PayType::Annual));
    if row.working_hours.is_some() || !by_day {
        return row.working_hours;
    }
    let holidays = [row.statutory_holiday_days, row.scheduled_holiday_days].into_iter().flatten();
    let days = holidays.fold(row.worked_days?, Days::minus);
    let of_day = match (terms.weekly_scheduled_hours, terms.weekly_days) {
        (Some(hours), Some(days)) if days > Exact::ZERO => {
            Exact::whole(i64::from(hours.get())).divided_by(days).ok()?
        }
        _ => Exact::whole(facts.group.plan.rules.daily_scheduled_minutes),
    };
    let there = days.exact().ok()?.times(of_day).ok()?.round(Rounding::HalfUp).ok()?;
    let missed = [row.late_hours, row.early_hours, row.private_out_hours, row.absent_hours, row.paid_leave_hours];
    let worked = Minutes::new(i32::try_from(there.get()).ok()?).minus(minutes(&missed));
    Some(worked.max(Minutes::ZERO))
}

/// 1か月分の支給か.
fn full_month(facts: &PersonFacts<'_>, asked: &PersonMonth, slip: &Slip) -> Result<FullMonth, Stop> {
    let period = facts.clocks().attendance;
    let employed = facts.employed()?;
    let leaves_a_gap = |spans: &[(Period, _)]| -> bool {
        let paid: i64 = spans.iter().map(|(span, _)| span.calendar_days()).sum();
        let there = period.overlap(employed.from, employed.to).map_or(0, Period::calendar_days);
        paid < there
    };
    let joined_inside = |from: Date| period.from < from;
    Ok(match () {
        () if employed.to < period.to => FullMonth::ProratedOnLeaving,
        () if joined_inside(employed.from) => FullMonth::ProratedOnJoining,
        () if leaves_a_gap(&asked.contracts.0) => FullMonth::Suspension,
        () if slip.bases.partial_month && asked.contracts.0.len() > 1 => FullMonth::ProratedOnRaise,
        () if slip.bases.partial_month => FullMonth::Suspension,
        () => FullMonth::Full,
    })
}

/// 税の区分 and 扶養人数.
pub(crate) fn tax_class(tax: TaxFacts) -> (Option<WithholdingColumn>, Option<i64>) {
    match tax {
        TaxFacts::Resident(TaxColumn::Kou { dependents }) => {
            (Some(WithholdingColumn::Kou), Some(i64::from(dependents)))
        }
        TaxFacts::Resident(TaxColumn::Otsu { secondary_dependents }) => {
            (Some(WithholdingColumn::Otsu), Some(i64::from(secondary_dependents)))
        }
        TaxFacts::Resident(TaxColumn::Hei) => (Some(WithholdingColumn::Hei), None),
        TaxFacts::NonResident | TaxFacts::PaidToHeirs => (None, None),
    }
}

/// 事業主負担: the full unrounded premiums less what was taken from the pay. Indicative: the bill is rounded for all people at once.
fn employer_parts(asked: &PersonMonth, slip: &Slip) -> Result<FullPremium, Stop> {
    let full = asked.premiums.iter().try_fold(FullPremium::ZERO, |sum, due| sum.plus(FullPremium::of(due)?))?;
    Ok(FullPremium {
        health: full.health.minus(slip.deducted(BuiltIn::HealthInsurance).exact())?,
        pension: full.pension.minus(slip.deducted(BuiltIn::EmployeesPension).exact())?,
        child_contribution: full.child_contribution,
    })
}

fn minutes(parts: &[Option<Minutes>]) -> Minutes {
    parts.iter().flatten().fold(Minutes::default(), |sum, part| sum.plus(*part))
}
