//! 一覧: what an office looks at, keeps and pays by, made from the slips and the settled months. Every amount is one that stands
//! on a slip or in 給与履歴, or a sum of such.

use kura_print::{List, PrintStamp};

use self::entries::entries;
use self::payments::Payments;
use crate::client_month::ClientMonth;
use crate::comparison;
use crate::month::noon;
use crate::next_book::CarriedForward;
use crate::output::file_name_part;
use crate::outputs::Outputs;

mod attendance_columns;
mod bill_difference;
mod bonus_premiums;
mod bonus_register;
mod captions;
mod due_dates;
mod employment_remittance;
mod entries;
mod groups;
mod inhabitant_tax;
mod judgements;
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

/// All lists of a client's month. Where the run only corrects a settled month, those that look at more than its slips.
pub(crate) fn make(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let entries = entries(month);
    if !outputs.carried.histories.iter().any(|row| row.client_code == month.client.client_code) {
        return;
    }
    let of_slips = |list: &dyn Fn() -> List| if entries.is_empty() { Vec::new() } else { vec![list()] };
    let lists = {
        let CarriedForward { histories, lines, .. } = &outputs.carried;
        let payments = Payments::of(month, histories);
        let bills = premium_bill::bills(month, &payments);
        let remittances = vec![
            withholding_tax::list(month, &payments),
            inhabitant_tax::list(month, &payments),
            premium_remittance::list(month, &bills),
            employment_remittance::list(&entries, captions::of_month(month)),
        ];
        vec![
            ("支給控除一覧表", of_slips(&|| pay_register::list(month, &entries, captions::of_month(month)))),
            ("前月比較", of_slips(&|| comparison::list(month))),
            ("納付一覧", remittances),
            ("社会保険料一覧", premium_list::lists(month, &bills)),
            ("賃金台帳", vec![wage_ledger::list(month, &payments, lines)]),
            ("労働者名簿", vec![worker_roster::list(month)]),
            ("賃金集計_労働保険", wage_summary::lists(month, &payments)),
            ("月変・算定の判定表", judgements::lists(month, &outputs.judgements)),
        ]
    };
    let has_slips = !entries.is_empty();
    file_all(month, lists, outputs);
    if has_slips {
        file_transfers(month, "", outputs);
    }
}

/// All lists of a client's bonus.
pub(crate) fn of_bonus(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let entries = entries(month);
    if entries.is_empty() {
        return;
    }
    let lists = {
        let CarriedForward { histories, lines, .. } = &outputs.carried;
        let payments = Payments::of(month, histories);
        let captions = || captions::of_bonus(month);
        let remittances = vec![
            withholding_tax::list(month, &payments),
            bonus_premiums::list(month, &entries, captions()),
            employment_remittance::list(&entries, captions()),
        ];
        vec![
            ("賞与一覧表", vec![bonus_register::list(month)]),
            ("納付一覧", remittances),
            ("賃金台帳", vec![wage_ledger::list(month, &payments, lines)]),
            ("賃金集計_労働保険", wage_summary::lists(month, &payments)),
        ]
    };
    file_all(month, lists, outputs);
    file_transfers(month, "", outputs);
}

/// The lists of the differences of a settled month.
pub(crate) fn make_correction(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let mut entries = entries(month);
    for entry in &mut entries {
        entry.attendance = None;
    }
    let register = pay_register::list(month, &entries, captions::of_correction(month));
    let suffix = format!("_訂正_{}", month.request.month);
    file(month, &format!("支給控除一覧表{suffix}"), vec![register], outputs);
    file_transfers(month, &suffix, outputs);
}

/// 振込一覧, and 金種表 where somebody is paid in cash.
pub(crate) fn file_transfers(month: &ClientMonth<'_>, suffix: &str, outputs: &mut Outputs) {
    file(month, &format!("振込一覧{suffix}"), vec![transfers::list(month, &month.transfers)], outputs);
    if let Some(list) = transfers::cash_list(month, &month.transfers) {
        file(month, &format!("金種表{suffix}"), vec![list], outputs);
    }
}

fn file_all(month: &ClientMonth<'_>, lists: Vec<(&str, Vec<List>)>, outputs: &mut Outputs) {
    for (name, lists) in lists {
        if !lists.is_empty() {
            file(month, name, lists, outputs);
        }
    }
}

fn file(month: &ClientMonth<'_>, name: &str, lists: Vec<List>, outputs: &mut Outputs) {
    let client = file_name_part(month.client.client_code.as_str());
    let document_id = format!("{}-{client}-{name}", month.request.month);
    let stamp = PrintStamp { document_id, printed_at: noon(month.request.as_of) };
    outputs.lists.push(ListFile { path_stem: format!("一覧/{client}-{name}"), lists, stamp });
}
