use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_yen::Yen;

use crate::decisions::standards::valid_until;
use crate::decisions::{DecidedStandard, DecisionError, Explanation, REMUNERATION, Schemes, wording};

/// 資格取得時決定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcquisitionDetermination {
    /// The standards and how long they stand.
    pub standard: DecidedStandard,
    /// Why.
    pub explanation: Explanation,
}

/// 資格取得時決定 (健康保険法42条, 厚生年金保険法22条): the contract pay of a month, overtime and commuting that are to be
/// expected included, from the month of acquisition to August (acquired January to May) or the next August.
///
/// Hourly and daily pay and commission: what people in the same work got in the month before, or contract hours times
/// the rate (42条1項2号, 3号); the caller brings the amount.
pub fn acquisition_determination(
    law: &Law,
    acquired: Date,
    currency: Yen,
    in_kind: Yen,
    schemes: Schemes,
) -> Result<AcquisitionDetermination, DecisionError> {
    if currency.is_negative() || in_kind.is_negative() {
        return Err(DecisionError::NegativeContractPay);
    }
    let mut explanation = Explanation::default();
    let rule = law.figure(REMUNERATION, "acquisition.rule", acquired)?;
    explanation.cite(
        rule.citation(),
        format!(
            "資格取得時決定（健康保険法42条、厚生年金保険法22条）: 契約による1か月の報酬（見込みの残業代と通勤手当を含む）\
             {}で決めます。",
            say_pay(currency, in_kind)
        ),
    );
    let month = Month::of(acquired);
    let until = valid_until(law, month, "acquisition.valid_to_august_if_acquired_by_month")?;
    let standard = DecidedStandard::of(law, schemes, currency + in_kind, month, until.value, &mut explanation)?;
    explanation.cite(
        until.citation,
        format!(
            "{}の資格取得なので、{}から{}まで適用します（その前に改定があればそこまで）。",
            wording::day(acquired),
            wording::month(month),
            wording::month(until.value)
        ),
    );
    Ok(AcquisitionDetermination { standard, explanation })
}

fn say_pay(currency: Yen, in_kind: Yen) -> String {
    let total = wording::yen(currency + in_kind);
    if in_kind == Yen::ZERO {
        return total;
    }
    format!("{total}（通貨{}、現物{}）", wording::yen(currency), wording::yen(in_kind))
}
