//! 給与規程: rates and roundings that are below the law (労基法24条, 37条).

use kura_book::{Finding, Severity};
use kura_payroll::wages::{PayRules, PayRulesFinding, check_pay_rules};

use crate::client_month::ClientMonth;
use crate::pay_group::PayGroupMonth;
use crate::stop::Stop;

/// What is below the law in the rules of each pay group that pays somebody in the month.
pub(super) fn check(month: &ClientMonth<'_>) -> Vec<Finding> {
    month.pay_groups().into_iter().flat_map(|group| of_group(month, group)).collect()
}

fn of_group(month: &ClientMonth<'_>, group: &PayGroupMonth<'_>) -> Vec<Finding> {
    let on = group.plan.clocks.variable.to;
    match check_pay_rules(month.law, on, &PayRules::from(&group.plan.rules)) {
        Ok((found, _)) => found.iter().map(|found| finding(month, group, found)).collect(),
        Err(error) => vec![Stop::from(error).finding()],
    }
}

fn finding(month: &ClientMonth<'_>, group: &PayGroupMonth<'_>, found: &PayRulesFinding) -> Finding {
    let (client, code) = (&month.client.client_code, &group.group.pay_group_code);
    Finding {
        sheet: "給与規程".to_owned(),
        row: None,
        column: Some(column(found)),
        severity: Severity::Warning,
        code: "pay_rule_below_law",
        sentence: format!("会社{client} 給与体系{code}: {}（{}）", found.sentence(), found.article()),
        remedy: found.remedy().to_owned(),
    }
}

/// The column of 給与規程 that says it.
fn column(found: &PayRulesFinding) -> String {
    match found {
        PayRulesFinding::RateBelowLaw { rate: "45時間超", .. } => "特別条項の割増率（45時間超）".to_owned(),
        PayRulesFinding::RateBelowLaw { rate, .. } => format!("割増率 {rate}"),
        PayRulesFinding::AmountCut { amount } => format!("{amount}の端数"),
        PayRulesFinding::DayCut | PayRulesFinding::MonthCut => "月の時間合計の端数".to_owned(),
        PayRulesFinding::DeductionRoundedUp => "欠勤・遅早控除の端数".to_owned(),
    }
}
