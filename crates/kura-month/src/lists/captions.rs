use std::collections::BTreeSet;

use kura_calendar::Date;
use kura_model::Employee;
use kura_payroll::clocks::Clocks;

use crate::client_month::ClientMonth;
use crate::payslip::{day_words, month_words, period_words};

/// What stands over every list: the employer, the payment month, the clocks of each pay group, who made it and when.
pub(super) fn of_month(month: &ClientMonth<'_>) -> Vec<String> {
    let mut captions = vec![client_name(month).to_owned(), format!("{}支給", month_words(month.request.month))];
    captions.extend(clocks(month));
    captions.push(made_by(month));
    captions
}

/// What stands over the lists of a bonus.
pub(super) fn of_bonus(month: &ClientMonth<'_>) -> Vec<String> {
    let days: BTreeSet<Date> = month.bonuses.iter().map(|paid| paid.row.paid_on).collect();
    let days: Vec<String> = days.into_iter().map(day_words).collect();
    let name = month.bonuses.first().and_then(|paid| paid.row.bonus_name.as_ref()).map_or("", |name| name.as_str());
    vec![client_name(month).to_owned(), format!("{name} 支給日 {}", days.join("、")), made_by(month)]
}

/// What stands over the list of the differences of a settled month.
pub(super) fn of_correction(month: &ClientMonth<'_>) -> Vec<String> {
    let what = format!("{}支給の訂正・精算（差額）", month_words(month.request.month));
    vec![client_name(month).to_owned(), what, made_by(month)]
}

/// 会社名.
pub(super) fn client_name<'run>(month: &ClientMonth<'run>) -> &'run str {
    month.client.facts.client_name.as_ref().map_or("", |name| name.as_str())
}

/// The office and the day of the files.
pub(super) fn made_by(month: &ClientMonth<'_>) -> String {
    let office = month.book.office.office_name.as_ref().map_or("", |name| name.as_str());
    format!("作成 {} {office}", day_words(month.request.as_of))
}

/// The four clocks (支給日, 保険料月, 締切日, 勤怠対象期間), once for the pay groups that share them.
fn clocks(month: &ClientMonth<'_>) -> Vec<String> {
    let mut sharing: Vec<(Clocks, Vec<&str>)> = Vec::new();
    for group in month.pay_groups() {
        let name = group.group.pay_group_name.as_ref().map_or("", |name| name.as_str());
        match sharing.iter_mut().find(|(clocks, _)| *clocks == group.plan.clocks) {
            Some((_, names)) => names.push(name),
            None => sharing.push((group.plan.clocks, vec![name])),
        }
    }
    let several = sharing.len() > 1;
    let words = |(clocks, names): &(Clocks, Vec<&str>)| {
        let names = if several { format!("【{}】", names.join("・")) } else { String::new() };
        let variable = if clocks.variable == clocks.attendance {
            String::new()
        } else {
            format!("（変動分 {}）", period_words(clocks.variable))
        };
        format!(
            "{names}支給日 {}／保険料 {}分／締切日 {}／勤怠 {}{variable}",
            day_words(clocks.payment_date),
            month_words(clocks.premium_month),
            day_words(clocks.closing_date),
            period_words(clocks.attendance),
        )
    };
    sharing.iter().map(words).collect()
}

/// The name a person goes by.
pub(crate) fn person_name(employee: &Employee) -> String {
    let part = |text: &Option<kura_model::Text>| text.as_ref().map_or("", |text| text.as_str()).to_owned();
    employee.name_in_use.as_ref().map_or_else(
        || format!("{}　{}", part(&employee.family_name), part(&employee.given_name)),
        |name| name.as_str().to_owned(),
    )
}

/// So many people are named in one sentence; the rest are counted.
const NAMED_MAX: usize = 20;

/// 「社員12、社員15、ほか3人」.
pub(super) fn people_named(codes: &[&str]) -> String {
    let named: Vec<String> = codes.iter().take(NAMED_MAX).map(|code| format!("社員{code}")).collect();
    match codes.len().saturating_sub(NAMED_MAX) {
        0 => named.join("、"),
        more => format!("{}、ほか{more}人", named.join("、")),
    }
}
