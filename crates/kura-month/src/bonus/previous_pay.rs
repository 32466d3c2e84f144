use kura_calendar::Month;
use kura_model::{Bonus, Book, ClientCode, PayKind, SettlementState};
use kura_payroll::bonus::PreviousPay;
use kura_yen::Yen;

use crate::person::PersonFacts;
use crate::stop::Stop;

/// True when the book says that a month's pay is settled and holds pay of it: then a person without a row was not paid.
pub(crate) fn is_settled(book: &Book, client: &ClientCode, month: Month) -> bool {
    let settled = book.cover.as_of_month.is_some_and(|as_of| month <= as_of);
    let mut rows = book.pay_histories.iter();
    settled && rows.any(|row| row.client_code == *client && row.kind == PayKind::Pay && month.contains(row.paid_on))
}

/// 前月の給与（社会保険料控除後）: as typed, else what 給与履歴 says was paid in the month before, 差額 included. No row is 支払なし
/// only where that is known: the month is settled, or the person was not yet employed in it.
pub(crate) fn of(facts: &PersonFacts<'_>, row: &Bonus, settled: bool) -> Result<PreviousPay, Stop> {
    let before = Month::of(row.paid_on).previous();
    let rows = facts.rows.history.iter().filter(|row| row.kind != PayKind::Bonus && before.contains(row.paid_on));
    let known = |row: &&&kura_model::Row<kura_model::PayHistory>| row.state != Some(SettlementState::Provisional);
    let taxable: Option<Vec<Yen>> = rows.map(|row| row.taxable.filter(|_| known(&row))).collect();
    let not_yet_employed = facts.employed()?.from > before.last_day();
    let history = taxable.filter(|pays| !pays.is_empty() || settled || not_yet_employed);
    Ok(PreviousPay::of(row.previous_pay_after_social_insurance, history.as_deref()))
}

/// What to do where it is unknown.
pub(crate) fn unknown(row: u32, before: Month) -> Stop {
    Stop {
        sheet: "賞与",
        row: Some(row),
        column: Some("前月の給与（社保控除後）"),
        code: "previous_pay_unknown",
        sentence: format!("{before} に支払った給与が給与履歴になく、賞与の所得税が決まりません。"),
        remedy: "前月の給与（社保控除後）を記入するか、給与履歴に前月の行を加えてください。支払がなかったときは0と書いてください。".to_owned(),
    }
}
