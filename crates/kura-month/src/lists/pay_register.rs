use std::collections::BTreeMap;

use kura_model::{ItemKind, PayHistory};
use kura_payroll::pay::Item;
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};

use super::attendance_columns::AttendanceColumns;
use super::entries::Entry;
use super::groups::{Grouped, groups};
use super::line_columns::{LineColumns, Side};
use super::table::{Level, Table};
use crate::client_month::ClientMonth;
use crate::slip_record::code_and_name;

/// 支給控除一覧表: people by items, with 小計 of 部門 and 事業所.
pub(super) fn list(month: &ClientMonth<'_>, entries: &[Entry<'_, '_>], captions: Vec<String>) -> List {
    let lines = LineColumns::new(month.known, &month.client.client_code, &used(entries));
    let attendance = AttendanceColumns::of(entries);
    let mut table = Table::new("支給控除一覧表", captions, ListPage::PeopleAcross);
    let grouped = groups(entries);
    columns(&mut table, &grouped, &attendance, &lines);
    let width = table.width();
    grouped.rows(&mut table, |entry, department| {
        let mut cells = Vec::with_capacity(width);
        enter_cells(&mut cells, entry, department, &attendance, &lines);
        cells
    });
    table.close(Level::All, format!("合計 {}件", entries.len()));
    table.note("「健康保険料」は介護保険料と子ども・子育て支援金を含みます。内訳は社会保険料一覧にあります。");
    table.finish()
}

fn columns(table: &mut Table, grouped: &Grouped<'_, '_>, attendance: &AttendanceColumns, lines: &LineColumns<'_>) {
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    if grouped.have_departments() {
        table.stated(ListColumn::new("部門", Kind::Text));
    }
    let money = |header: &str, section: &str| ListColumn::new(header, Kind::Yen).in_section(section);
    attendance.enter(table);
    lines.enter(Side::Pay, table);
    table.summed(money("総支給額", Side::Pay.japanese()).total());
    lines.enter(Side::Deduction, table);
    table.summed(money("控除合計", Side::Deduction.japanese()).total());
    table.summed(money("差引支給額", "差引").total());
    table.summed(money("差引不足額", "差引"));
    for header in ["非課税額", "課税対象額", "うち介護保険料", "うち支援金"] {
        table.summed(money(header, "内訳"));
    }
    for header in ["健保標準", "厚年標準"] {
        table.stated(money(header, "基礎"));
    }
    table.stated(ListColumn::new("税の区分", Kind::Text).in_section("基礎"));
    table.stated(ListColumn::new("扶養人数", Kind::Number).in_section("基礎"));
}

fn enter_cells(
    cells: &mut Vec<ListCell>,
    entry: &Entry<'_, '_>,
    department: Option<&str>,
    attendance: &AttendanceColumns,
    lines: &LineColumns<'_>,
) {
    cells.push(entry.code().into());
    cells.push(entry.name().into());
    cells.extend(department.map(ListCell::from));
    cells.extend(attendance.cells(entry.attendance()));
    cells.extend(lines.slip_cells(entry.items, entry.slip, entry.history));
    cells.extend(tax_cells(entry.history));
}

/// 税の区分 and 扶養人数.
pub(super) fn tax_cells(history: &PayHistory) -> [ListCell; 2] {
    [
        ListCell::of(history.withholding_column.map(|column| column.japanese())),
        ListCell::of(history.dependents.map(kura_yen::Exact::whole)),
    ]
}

/// The codes and names of the lines: all items of the pay groups that pay, and what else stands on a slip.
fn used<'month>(entries: &[Entry<'month, '_>]) -> BTreeMap<&'month str, &'month str> {
    let mut used = BTreeMap::new();
    let mut before: &[Item] = &[];
    for entry in entries {
        if !std::ptr::eq(before, entry.items) {
            let paid_or_taken = |item: &&Item| matches!(item.kind, ItemKind::Earning | ItemKind::Deduction);
            for item in entry.items.iter().filter(paid_or_taken) {
                used.entry(item.code.as_str()).or_insert(item.slip_name.as_str());
            }
            before = entry.items;
        }
        for line in entry.slip.pay.iter().chain(&entry.slip.deductions) {
            let (code, name) = code_and_name(entry.items, line.kind);
            used.entry(code).or_insert(name);
        }
    }
    used
}
