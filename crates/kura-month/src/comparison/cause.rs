use kura_calendar::Date;
use kura_model::{FixedPay, FullMonth, ItemCode, PayHistory, VariablePay};
use kura_payroll::pay::{AmountSource, BuiltIn, LineKind};
use kura_yen::{Exact, Yen};

use super::{Sum, built_in, since};
use crate::client_month::PaidPerson;
use crate::wording::{figure, from_to};

/// Why a line differs from the payment before: what changed among its facts, one clause each. Where no fact that decides the
/// line has changed, that is said too: such a difference wants a look.
pub(super) fn of(
    person: &PaidPerson<'_>,
    before: &PayHistory,
    code: &str,
    kind: Option<LineKind>,
    was: Sum,
    is: Sum,
) -> String {
    let mut causes = match built_in(code) {
        Some(BuiltIn::HealthInsurance) => premium(person, before, Premium::Health, is),
        Some(BuiltIn::EmployeesPension) => premium(person, before, Premium::Pension, is),
        Some(BuiltIn::EmploymentInsurance) => employment_insurance(person, before),
        Some(BuiltIn::IncomeTax) => income_tax(person, before),
        Some(BuiltIn::InhabitantTax) => inhabitant_tax(person),
        Some(BuiltIn::FractionCarriedIn | BuiltIn::FractionCarriedOut) => vec!["差引支給額の端数".to_owned()],
        Some(BuiltIn::AdvanceRecovered) => vec!["前に支給した給与の不足額".to_owned()],
        Some(line) => quantities(line, was, is),
        None => item(person, before, code, kind, was, is),
    };
    if causes.is_empty() && before.full_month != person.history.full_month {
        causes.push(part_of_month(person, before));
    }
    if causes.is_empty() {
        causes.push("決め手になる事実の変更が見つかりません。確かめてください".to_owned());
    }
    causes.join("、")
}

/// 数量・単価: hours, days and their price.
fn quantities(line: BuiltIn, was: Sum, is: Sum) -> Vec<String> {
    let count = |count: Exact| format!("{}{}", figure(count), counted_in(line));
    match (was.amount, is.amount) {
        (None, _) => {
            return vec![is.count.map_or_else(|| "今月から".to_owned(), |of| format!("今月から（{}）", count(of)))];
        }
        (_, None) => {
            return vec![
                was.count.map_or_else(|| "今月はなし".to_owned(), |of| format!("今月はなし（前は{}）", count(of))),
            ];
        }
        _ => {}
    }
    let mut causes = Vec::new();
    if let (Some(before), Some(after)) = (was.count, is.count)
        && before != after
    {
        causes.push(format!("{}→{}", count(before), count(after)));
    }
    if let (Some(before), Some(after)) = (was.unit, is.unit)
        && before != after
    {
        causes.push(format!("単価 {}円→{}円", figure(before), figure(after)));
    }
    causes
}

/// What the 数量 of a built-in line counts, where it is always the same.
const fn counted_in(line: BuiltIn) -> &'static str {
    match line {
        BuiltIn::WithinStatutoryOvertime
        | BuiltIn::Overtime
        | BuiltIn::OvertimeOver45
        | BuiltIn::OvertimeOver60
        | BuiltIn::ScheduledHoliday
        | BuiltIn::StatutoryHoliday
        | BuiltIn::Night => "時間",
        _ => "",
    }
}

/// An item of the book: its own change, else the period, else what goes into it.
fn item(
    person: &PaidPerson<'_>,
    before: &PayHistory,
    code: &str,
    kind: Option<LineKind>,
    was: Sum,
    is: Sum,
) -> Vec<String> {
    let plan = &person.facts.group.plan;
    let index = match kind {
        Some(LineKind::Item(index)) => Some(index),
        _ => plan.item(code),
    };
    let Some(item) = index.and_then(|index| plan.items.get(index)) else {
        return vec!["項目が今月の支給控除項目にありません（廃止）".to_owned()];
    };
    let mut causes = Vec::new();
    if matches!(item.source, AmountSource::BasePay) {
        causes.extend(base_pay(person, before));
    }
    causes.extend(fixed_pay(person, before, code));
    causes.extend(variable_pay(person, code));
    if item.class.prorate && (before.full_month != person.history.full_month || is_part(before)) {
        causes.push(part_of_month(person, before));
    }
    if let (Some(earlier), Some(now)) = (was.count, is.count)
        && earlier != now
    {
        causes.push(format!("数量 {}→{}", figure(earlier), figure(now)));
    }
    if causes.is_empty() && matches!(item.source, AmountSource::Variable) {
        causes.push("前月だけの変動支給".to_owned());
    }
    if causes.is_empty() && item.pay_in_months.is_some() {
        causes.push(format!("支給月の決まった項目（{}か月ごと）", item.class.pay_every_months));
    }
    if causes.is_empty() && plan.is_formula(index.unwrap_or_default()) {
        causes.push("式の結果（勤怠・家族・資格などの入力の変化）".to_owned());
    }
    causes
}

/// 基本額 and 給与形態.
fn base_pay(person: &PaidPerson<'_>, before: &PayHistory) -> Vec<String> {
    let facts = &person.facts;
    let Ok(now) = facts.terms_on(facts.clocks().attendance.to) else { return Vec::new() };
    let Ok(then) = facts.terms_on(since(before)) else { return Vec::new() };
    let mut causes = Vec::new();
    if then.base_amount != now.base_amount {
        let reason = now.change_reason.map_or_else(String::new, |reason| format!("、{}", reason.japanese()));
        let change = from_to(then.base_amount, now.base_amount);
        causes.push(format!("基本額 {change}（{}{reason}）", now.effective_from));
    }
    if then.pay_type != now.pay_type {
        causes.push(format!("給与形態の変更（{}）", now.effective_from));
    }
    causes
}

/// 固定支給: the rights that began or ended since the payment before.
fn fixed_pay(person: &PaidPerson<'_>, before: &PayHistory, code: &str) -> Option<String> {
    let facts = &person.facts;
    let employee = facts.employee;
    let key = (employee.client_code.clone(), employee.employee_code.clone(), ItemCode::from(code));
    let history = facts.known.fixed_pay.get(&key)?;
    let (from, to) = (since(before), facts.clocks().attendance.to);
    let words = |(day, right): &(Date, FixedPay)| {
        let reason = right.change_reason.map_or_else(String::new, |reason| format!("、{}", reason.japanese()));
        format!("固定支給の変更（{day}から{reason}）")
    };
    let ended = history.on(from).and_then(|right| right.to).filter(|ended| *ended < to);
    let begun = history.changes_within(from, to).next().map(words);
    begun.or_else(|| ended.map(|day| format!("固定支給の終了（{day}まで）")))
}

/// 変動支給 of this month.
fn variable_pay(person: &PaidPerson<'_>, code: &str) -> Option<String> {
    let month = person.facts.clocks().payment_month;
    let mut rows = person.facts.rows.variable.iter();
    let row: &VariablePay = rows.find(|row| row.payment_month == month && row.item_code.as_str() == code)?;
    let reason = row.reason.as_ref().map_or_else(String::new, |reason| format!("（{}）", reason.as_str()));
    Some(format!("今月の変動支給{reason}"))
}

fn is_part(payment: &PayHistory) -> bool {
    payment.full_month.is_some_and(|of| of != FullMonth::Full)
}

/// `満額→日割（退職）`; two parts of a month differ by their days.
fn part_of_month(person: &PaidPerson<'_>, before: &PayHistory) -> String {
    let now = &person.history;
    let word = |of: Option<FullMonth>| of.map_or("不明", FullMonth::japanese);
    let days = |days: Option<Exact>| days.map_or_else(|| "不明".to_owned(), figure);
    if before.full_month == now.full_month {
        let days = format!("{}日→{}日", days(before.payment_base_days), days(now.payment_base_days));
        return format!("{} {days}", word(now.full_month));
    }
    format!("{}→{}", word(before.full_month), word(now.full_month))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Premium {
    Health,
    Pension,
}

fn premium(person: &PaidPerson<'_>, before: &PayHistory, premium: Premium, is: Sum) -> Vec<String> {
    let now = &person.history;
    let mut causes = Vec::new();
    let months: Vec<String> = person.asked.premiums.iter().map(|due| format!("{}分", due.month)).collect();
    if months.len() > 1 {
        causes.push(format!("{}か月分（{}）", months.len(), months.join("・")));
    }
    let standards = match premium {
        Premium::Health => (before.health_standard, now.health_standard),
        Premium::Pension => (before.pension_standard, now.pension_standard),
    };
    match standards {
        (Some(_), None) if is.amount.is_none() => causes.push("徴収する保険料月なし（喪失・免除・年齢）".to_owned()),
        (None, Some(_)) => causes.push("徴収の開始（資格取得・免除の終了）".to_owned()),
        (then, now) if then != now => causes.push(format!("標準報酬月額 {}", from_to(then, now))),
        _ => {}
    }
    let care = (before.care.unwrap_or(Yen::ZERO) > Yen::ZERO, now.care.unwrap_or(Yen::ZERO) > Yen::ZERO);
    match (premium, care) {
        (Premium::Health, (false, true)) => causes.push("介護保険料の開始".to_owned()),
        (Premium::Health, (true, false)) if is.amount.is_some() => causes.push("介護保険料の終了".to_owned()),
        _ => {}
    }
    if causes.is_empty()
        && let (Some(then), Some(now)) = (before.premium_month, now.premium_month)
        && then != now
    {
        causes.push(format!("料率（保険料月 {then}→{now}）"));
    }
    causes
}

fn employment_insurance(person: &PaidPerson<'_>, before: &PayHistory) -> Vec<String> {
    let now = &person.history;
    if before.employment_wage != now.employment_wage {
        return vec![format!("対象の賃金 {}", from_to(before.employment_wage, now.employment_wage))];
    }
    match (before.closing_date, now.closing_date) {
        (Some(then), Some(now)) if then != now => vec![format!("料率（締切日 {then}→{now}）")],
        _ => Vec::new(),
    }
}

fn income_tax(person: &PaidPerson<'_>, before: &PayHistory) -> Vec<String> {
    let now = &person.history;
    let mut causes = Vec::new();
    if before.withholding_column != now.withholding_column {
        let word = |column: Option<kura_model::WithholdingColumn>| column.map_or("なし", |column| column.japanese());
        causes.push(format!("税の区分 {}→{}", word(before.withholding_column), word(now.withholding_column)));
    }
    if before.dependents != now.dependents {
        let word = |count: Option<i64>| count.map_or_else(|| "不明".to_owned(), |count| format!("{count}人"));
        causes.push(format!("扶養親族等の数 {}→{}", word(before.dependents), word(now.dependents)));
    }
    if before.taxable != now.taxable {
        causes.push(format!("社会保険料控除後の額 {}", from_to(before.taxable, now.taxable)));
    }
    if before.paid_on.year() != now.paid_on.year() {
        causes.push(format!("税額表 {}年→{}年", before.paid_on.year(), now.paid_on.year()));
    }
    causes
}

/// 住民税: the month's part of the notice in force.
fn inhabitant_tax(person: &PaidPerson<'_>) -> Vec<String> {
    let month = person.facts.clocks().payment_month;
    let changed = person.facts.rows.notices.iter().any(|notice| notice.changed_from == Some(month));
    let last = person.facts.rows.notices.iter().find(|notice| notice.last_month == Some(month));
    let ended = person.facts.rows.notices.iter().any(|notice| notice.last_month.is_some_and(|last| last < month));
    let cause = match (changed, last, month.month()) {
        (_, Some(notice), _) => {
            let handling =
                notice.at_leaving.map_or_else(String::new, |handling| format!("（{}）", handling.japanese()));
            format!("最終の徴収月{handling}")
        }
        (true, None, _) => "税額の変更通知".to_owned(),
        (false, None, 6) => "新年度の通知（6月分）".to_owned(),
        (false, None, 7) => "7月以降の月割額（6月は端数を含む）".to_owned(),
        _ if ended => "徴収の終了（普通徴収・異動）".to_owned(),
        _ if person.asked.inhabitant_tax.is_empty() => "特別徴収なし".to_owned(),
        _ => "通知の月割額".to_owned(),
    };
    vec![cause]
}
