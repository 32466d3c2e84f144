use std::collections::BTreeMap;

use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};

use super::captions;
use super::line_columns::{LineColumns, Side};
use super::pay_register::tax_cells;
use super::table::{Level, Table};
use crate::bonus::{PaidBonus, percent};
use crate::client_month::ClientMonth;
use crate::slip_record::code_and_name;

/// 賞与一覧表: people by items, with the 標準賞与額 of the month, the count of the year before it, and how the tax was found.
pub(super) fn list(month: &ClientMonth<'_>) -> List {
    let lines = LineColumns::new(month.known, &month.client.client_code, &used(month));
    let mut table = Table::new("賞与一覧表", captions::of_bonus(month), ListPage::PeopleAcross);
    columns(&mut table, &lines);
    for paid in &month.bonuses {
        table.row(cells(paid, &lines));
    }
    table.close(Level::All, format!("合計 {}件", month.bonuses.len()));
    table.note(
        "「健康保険料」は介護保険料と子ども・子育て支援金を含みます。標準賞与額は、その月の賞与の合計によります。",
    );
    table.finish()
}

fn columns(table: &mut Table, lines: &LineColumns<'_>) {
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    let money = |header: &str, section: &str| ListColumn::new(header, Kind::Yen).in_section(section);
    table.stated(ListColumn::new("支給日", Kind::Date));
    lines.enter(Side::Pay, table);
    table.summed(money("総支給額", Side::Pay.japanese()).total());
    lines.enter(Side::Deduction, table);
    table.summed(money("控除合計", Side::Deduction.japanese()).total());
    table.summed(money("差引支給額", "差引").total());
    table.summed(money("差引不足額", "差引"));
    for header in ["非課税額", "課税対象額", "うち介護保険料", "うち支援金"] {
        table.summed(money(header, "内訳"));
    }
    for header in ["標準賞与額 健保", "標準賞与額 厚年"] {
        table.summed(money(header, "社会保険"));
    }
    table.stated(money("年度累計（前月まで）", "社会保険"));
    for header in ["健康保険", "厚生年金"] {
        table.stated(ListColumn::new(header, Kind::Text).in_section("社会保険"));
    }
    table.stated(ListColumn::new("税の区分", Kind::Text).in_section("所得税"));
    table.stated(ListColumn::new("扶養人数", Kind::Number).in_section("所得税"));
    table.stated(ListColumn::new("乗ずべき率", Kind::Text).in_section("所得税"));
}

fn cells(paid: &PaidBonus<'_>, lines: &LineColumns<'_>) -> Vec<ListCell> {
    let PaidBonus { facts, row, group, slip: bonus, history, .. } = paid;
    let mut cells = vec![paid.code().as_str().into(), captions::person_name(facts.employee).into(), row.paid_on.into()];
    cells.extend(lines.slip_cells(&group.plan.items, &bonus.slip, history));
    cells.push(bonus.standard.health_before.into());
    cells.push(bonus.insured.health.japanese().into());
    cells.push(bonus.insured.pension.japanese().into());
    cells.extend(tax_cells(history));
    cells.push(ListCell::of(bonus.tax_rate.and_then(percent)));
    cells
}

/// The codes and names of the lines on the slips.
fn used<'run>(month: &'run ClientMonth<'_>) -> BTreeMap<&'run str, &'run str> {
    let mut used = BTreeMap::new();
    for paid in &month.bonuses {
        let slip = &paid.slip.slip;
        for line in slip.pay.iter().chain(&slip.deductions) {
            let (code, name) = code_and_name(&paid.group.plan.items, line.kind);
            used.entry(code).or_insert(name);
        }
    }
    used
}
