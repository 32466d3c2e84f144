use kura_calendar::Month;
use kura_model::{FiscalYear, InhabitantTaxAtLeaving, InhabitantTaxNotice, Row};
use kura_yen::Yen;

use crate::known::PersonRows;
use crate::stop::Stop;

/// 住民税 to collect in a month: the amount of the newest notice of the year (June to May). A year without a notice stops the
/// person: last year's amount is never carried on. `last_pay` is true when the base pay of the leaving day is in this pay: with
/// 一括徴収 all that is left of the year is collected then, and after 最終の徴収月 nothing is.
pub(crate) fn due(rows: &PersonRows<'_>, month: Month, last_pay: bool) -> Result<Vec<(Month, Yen)>, Stop> {
    let first_year = first_year(month);
    let year = FiscalYear::beginning_in(first_year);
    let newest = notice_in_force(rows, month);
    let collected_before = rows.notices.iter().any(|notice| notice.last_month.is_some_and(|last| last < month));
    if newest.is_none() && collected_before {
        return Ok(Vec::new());
    }
    let notice = newest.ok_or_else(|| {
        let sentence = format!("住民税の通知（年度 {year}）がありません。");
        Stop::reason(
            "住民税",
            "inhabitant_tax_notice_missing",
            sentence,
            "新しい年度の特別徴収税額の通知を入力してください。",
        )
    })?;
    if notice.last_month.is_some_and(|last| last < month) {
        return Ok(Vec::new());
    }
    let unknown = || Stop::unknown("住民税", Some(notice.number), "月割額");
    let is_last = notice.last_month.map_or(last_pay, |last| last == month);
    let at_once = matches!(
        notice.at_leaving,
        Some(InhabitantTaxAtLeaving::LumpSumObligatory | InhabitantTaxAtLeaving::LumpSumRequested)
    );
    if !(is_last && at_once) {
        return Ok(vec![(month, of_month(notice, month).ok_or_else(unknown)?)]);
    }
    let may = Month::new(first_year.saturating_add(1), 5)?;
    let left = (0..=may.months_since(month)).map(|ahead| of_month(notice, month.plus(ahead)).ok_or_else(unknown));
    let sum = left.collect::<Result<Vec<Yen>, Stop>>()?.into_iter().sum();
    Ok(vec![(month, sum)])
}

/// The newest notice for a month of its year (June to May).
pub(crate) fn notice_in_force<'book>(
    rows: &PersonRows<'book>,
    month: Month,
) -> Option<&'book Row<InhabitantTaxNotice>> {
    let year = FiscalYear::beginning_in(first_year(month));
    let in_force = rows.notices.iter().copied().filter(|notice| {
        notice.fiscal_year == year && notice.changed_from.is_none_or(|changed_from| changed_from <= month)
    });
    in_force.max_by_key(|notice| (notice.changed_from, notice.number))
}

/// The calendar year in which the year of 住民税 of a month begins.
fn first_year(month: Month) -> i16 {
    if month.month() >= 6 { month.year() } else { month.year().saturating_sub(1) }
}

fn of_month(notice: &InhabitantTaxNotice, month: Month) -> Option<Yen> {
    match month.month() {
        1 => notice.m01,
        2 => notice.m02,
        3 => notice.m03,
        4 => notice.m04,
        5 => notice.m05,
        6 => notice.m06,
        7 => notice.m07,
        8 => notice.m08,
        9 => notice.m09,
        10 => notice.m10,
        11 => notice.m11,
        _ => notice.m12,
    }
}
