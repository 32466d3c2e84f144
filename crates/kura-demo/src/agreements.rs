use kura_calendar::Date;
use kura_model::{Agreement, AgreementKind, ClientCode, Minutes, WorkplaceCode};
use kura_yen::Rate;

use crate::DemoError;
use crate::pay_groups::ALWAYS;

/// 24条協定: what may be deducted.
pub(crate) fn deduction(client: &str, workplace: &str, item: &str) -> Agreement {
    let mut agreement = agreement(client, workplace, AgreementKind::ArticleTwentyFourDeduction, ALWAYS);
    agreement.deductible_items = Some(item.into());
    agreement
}

/// 36協定 with its 特別条項, for a year. Limits in hours: month and year, then month and year of the 特別条項 and its 回数.
pub(crate) fn overtime(
    (client, workplace): (&str, &str),
    (from, to): (Date, Date),
    limits: [i32; 2],
    special: [i32; 2],
) -> Result<Agreement, DemoError> {
    let hours = |hours: i32| Some(Minutes::new(hours * 60));
    let mut agreement = agreement(client, workplace, AgreementKind::ArticleThirtySix, from);
    agreement.valid_to = Some(to);
    agreement.base_date = Some(from);
    let ([month, year], [special_month, special_year]) = (limits, special);
    (agreement.limit_month, agreement.limit_year) = (hours(month), hours(year));
    (agreement.special_limit_month, agreement.special_limit_year) = (hours(special_month), hours(special_year));
    agreement.special_times = Some(6);
    agreement.special_rate = Some(Rate::from_percent("25")?);
    Ok(agreement)
}

/// 1年単位の変形労働時間制.
pub(crate) fn yearly_hours(client: &str, workplace: &str, (from, to): (Date, Date)) -> Agreement {
    let mut agreement = agreement(client, workplace, AgreementKind::VariableHoursYearly, from);
    agreement.valid_to = Some(to);
    agreement.base_date = Some(from);
    agreement
}

/// Concluded and filed on the day before it begins.
fn agreement(client: &str, workplace: &str, kind: AgreementKind, from: Date) -> Agreement {
    let mut agreement = Agreement::new(ClientCode::from(client), kind);
    agreement.workplace_code = Some(WorkplaceCode::from(workplace));
    agreement.concluded_on = from.yesterday().ok();
    agreement.valid_from = Some(from);
    agreement.election = Some("投票".into());
    if kind != AgreementKind::ArticleTwentyFourDeduction {
        agreement.filed_on = from.yesterday().ok();
    }
    agreement
}
