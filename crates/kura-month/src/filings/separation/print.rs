use kura_filing::EmploymentLossNotice;
use kura_insurance::decisions::{CountingRow, SeparationCertificate, WageRow};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage, ListRow};
use kura_yen::Exact;

use super::data::{REASONS_UNCONFIRMED, counted_words, is_full, statement};
use super::{Certified, Leaver};
use crate::client_month::ClientMonth;
use crate::filings::person::{code_or_empty, text_or_empty};
use crate::payslip::day_words;

/// Said where a figure is not known: it is no 0.
const OPEN: &str = "未計算";

/// 離職証明書 as a draft to write the form from: ⑧ to ⑬ side by side as on the form.
pub(super) fn list(month: &ClientMonth<'_>, certified: &Certified<'_>, notice: &EmploymentLossNotice) -> List {
    let SeparationCertificate { counting, wages, remarks, explanation, .. } = &certified.certificate;
    let rows = (0..counting.len().max(wages.len())).map(|at| {
        let mut cells = counting.get(at).map_or_else(|| vec![ListCell::Empty; 4], counting_cells);
        cells.extend(wages.get(at).map_or_else(|| vec![ListCell::Empty; 7], wage_cells));
        ListRow::plain(cells)
    });
    let mut notes: Vec<String> = remarks.iter().map(|remark| format!("⑬ {remark}")).collect();
    notes.push(format!("⑦ {REASONS_UNCONFIRMED}。事業主と離職者に確かめて、様式の選択肢から選んでください。"));
    notes.push(format!("「{OPEN}」は、その期間の給与か勤怠がまだ本にないことを表します。0ではありません。"));
    notes.extend(explanation.steps().iter().map(|step| step.text.clone()));
    List {
        title: "離職証明書（下書き）".to_owned(),
        captions: captions(month, certified, notice),
        columns: columns(),
        key_columns: 0,
        rows: rows.collect(),
        notes,
        page: ListPage::Landscape,
    }
}

fn captions(month: &ClientMonth<'_>, certified: &Certified<'_>, notice: &EmploymentLossNotice) -> Vec<String> {
    let Leaver { establishment, row, separated_on, .. } = certified.leaver;
    let tel = [&establishment.tel1, &establishment.tel2, &establishment.tel3].map(code_or_empty).join("-");
    vec![
        text_or_empty(&month.client.client_name),
        format!("① 被保険者番号 {}", notice.insured_number),
        format!("② 事業所番号 {}", code_or_empty(&establishment.employment_establishment_number)),
        format!("③ {}（{}）", notice.name.kanji, notice.name.kana),
        format!("④ 離職年月日 {}", day_words(*separated_on)),
        format!(
            "⑤ {} {} {tel}",
            text_or_empty(&establishment.establishment_name),
            text_or_empty(&establishment.address)
        ),
        format!("⑥ {}", notice.address),
        format!("⑦ 具体的事情 {}", statement(row)),
        format!("作成 {}", day_words(month.request.as_of)),
    ]
}

fn columns() -> Vec<ListColumn> {
    let section = |header: &str, kind, section: &str| ListColumn::new(header, kind).in_section(section);
    let counting = "被保険者期間算定対象期間";
    let wages = "賃金支払対象期間";
    vec![
        section("⑧ 自", Kind::Date, counting),
        section("⑧ 至", Kind::Date, counting),
        section("⑨ 基礎日数", Kind::Days, counting),
        section("数え方", Kind::Text, counting),
        section("⑩ 自", Kind::Date, wages),
        section("⑩ 至", Kind::Date, wages),
        section("⑪ 基礎日数", Kind::Days, wages),
        section("⑫ Ａ", Kind::Yen, wages),
        section("⑫ Ｂ", Kind::Yen, wages),
        section("⑫ 計", Kind::Yen, wages).total(),
        section("完全月", Kind::Text, wages),
    ]
}

fn counting_cells(row: &CountingRow) -> Vec<ListCell> {
    let days = row.base.map_or_else(|| OPEN.into(), |base| Exact::whole(i64::from(base.days)).into());
    vec![row.period.from.into(), row.period.to.into(), days, counted_words(row.counted).into()]
}

fn wage_cells(row: &WageRow) -> Vec<ListCell> {
    let mut cells: Vec<ListCell> = vec![row.period.from.into(), row.period.to.into()];
    match row.wage {
        Some(wage) => {
            cells.push(Exact::whole(i64::from(wage.base.days)).into());
            cells.extend([wage.monthly.into(), wage.by_day_or_hour.into(), wage.total().into()]);
        }
        None => cells.extend([OPEN.into(), OPEN.into(), OPEN.into(), OPEN.into()]),
    }
    cells.push(if is_full(row.counted) { "○".into() } else { ListCell::Empty });
    cells
}
