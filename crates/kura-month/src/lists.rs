//! 一覧: what an office looks at, keeps and pays by, made from the slips and the settled months. Every amount is one that stands
//! on a slip or in 給与履歴, or a sum of such.

use kura_print::{List, PrintStamp};

use self::payments::Payments;
use crate::client_month::ClientMonth;
use crate::comparison;
use crate::month::noon;
use crate::output::file_name_part;
use crate::outputs::Outputs;

mod attendance_columns;
mod bill_difference;
mod bonus_register;
mod captions;
mod due_dates;
mod employment_remittance;
mod groups;
mod inhabitant_tax;
mod line_columns;
mod pay_register;
mod payments;
mod premium_bill;
mod premium_list;
mod premium_remittance;
mod table;
mod transfers;
mod wage_ledger;
mod wage_summary;
mod withholding_tax;
mod worker_roster;

pub(crate) use captions::person_name;

/// Lists that belong into one file.
pub struct ListFile {
    /// Its path without the ending: `一覧/001-支給控除一覧表`.
    pub path_stem: String,
    /// The lists, in order.
    pub lists: Vec<List>,
    /// What makes the same lists the same bytes.
    pub stamp: PrintStamp,
}

/// All lists of a client's month.
pub(crate) fn make(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    if month.paid.is_empty() {
        return;
    }
    let mut file = |name: &str, lists: Vec<List>| outputs.lists.push(file(month, name, lists));
    let payments = Payments::of(month);
    file("支給控除一覧表", vec![pay_register::list(month)]);
    file("前月比較", vec![comparison::list(month)]);
    let bills = premium_bill::bills(month, &payments);
    let remittances = vec![
        withholding_tax::list(month, &payments),
        inhabitant_tax::list(month, &payments),
        premium_remittance::list(month, &bills),
        employment_remittance::list(month),
    ];
    file("納付一覧", remittances);
    file("社会保険料一覧", premium_list::lists(month, &bills));
    file("賃金台帳", vec![wage_ledger::list(month, &payments)]);
    file("労働者名簿", vec![worker_roster::list(month)]);
    file("賃金集計_労働保険", wage_summary::lists(month, &payments));
    file("振込一覧", vec![transfers::list(month, &month.transfers)]);
    if let Some(list) = transfers::cash_list(month, &month.transfers) {
        file("金種表", vec![list]);
    }
}

/// All lists of a client's bonus.
pub(crate) fn of_bonus(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    if month.bonuses.is_empty() {
        return;
    }
    outputs.lists.push(file(month, "賞与一覧表", vec![bonus_register::list(month)]));
    outputs.lists.push(file(month, "振込一覧", vec![transfers::list(month, &month.transfers)]));
    outputs.lists.extend(transfers::cash_list(month, &month.transfers).map(|list| file(month, "金種表", vec![list])));
}

/// `一覧/<会社>-<name>`.
fn file(month: &ClientMonth<'_>, name: &str, lists: Vec<List>) -> ListFile {
    let client = file_name_part(month.client.client_code.as_str());
    let document_id = format!("{}-{client}-{name}", month.request.month);
    let stamp = PrintStamp { document_id, printed_at: noon(month.request.as_of) };
    ListFile { path_stem: format!("一覧/{client}-{name}"), lists, stamp }
}
