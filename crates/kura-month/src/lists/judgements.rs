use std::collections::HashMap;

use kura_insurance::decisions::FullMonth;
use kura_model::Employee;
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::table::Table;
use crate::client_month::ClientMonth;
use crate::decisions::{JudgedMonth, Judgement};
use crate::payslip::month_words;

/// 月変・算定の判定表: every decision with its figures, and a second list that says why, sentence by sentence.
pub(super) fn lists(month: &ClientMonth<'_>, judgements: &[Judgement]) -> Vec<List> {
    let of_client = judgements.iter().filter(|judgement| judgement.client == month.client.client_code);
    let judgements: Vec<&Judgement> = of_client.collect();
    let people = month.book.employees.iter().filter(|row| row.client_code == month.client.client_code);
    let people = people.map(|row| (row.employee_code.as_str(), &row.facts)).collect();
    if judgements.is_empty() {
        Vec::new()
    } else {
        vec![figures(month, &judgements, &people), reasons(month, &judgements, &people)]
    }
}

type People<'month> = HashMap<&'month str, &'month Employee>;

fn figures(month: &ClientMonth<'_>, judgements: &[&Judgement], people: &People<'_>) -> List {
    let months = judgements.iter().map(|judgement| judgement.months.len()).max().unwrap_or(0);
    let mut table = Table::new("月変・算定の判定表", captions_of(month), ListPage::Landscape);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    let stated = |table: &mut Table, header: &str, kind, section: &str| {
        table.stated(ListColumn::new(header, kind).in_section(section));
    };
    stated(&mut table, "判定", Kind::Text, "");
    stated(&mut table, "健保", Kind::Yen, "従前");
    stated(&mut table, "厚年", Kind::Yen, "従前");
    stated(&mut table, "適用", Kind::Month, "従前");
    for number in 1..=months {
        let section = format!("{number}か月目");
        stated(&mut table, "支給月", Kind::Month, &section);
        stated(&mut table, "日数", Kind::Number, &section);
        stated(&mut table, "報酬", Kind::Yen, &section);
        stated(&mut table, "算入", Kind::Text, &section);
    }
    for (header, kind) in [("総計", Kind::Yen), ("平均", Kind::Yen), ("修正平均", Kind::Yen)] {
        stated(&mut table, header, kind, "平均");
    }
    stated(&mut table, "健保", Kind::Yen, "決定後");
    stated(&mut table, "厚年", Kind::Yen, "決定後");
    stated(&mut table, "適用", Kind::Month, "決定後");
    stated(&mut table, "結果", Kind::Text, "");
    for judgement in judgements {
        table.row(cells(judgement, people, months));
    }
    table.note("「算入」の○は平均に入れた月、×は入れなかった月です。決定後の標準報酬は、決定通知書が届くまでは当方の見込みです。");
    table.note("理由は「判定の理由」にあります。");
    table.finish()
}

fn cells(judgement: &Judgement, people: &People<'_>, months: usize) -> Vec<ListCell> {
    let mut cells = who(judgement, people);
    cells.push(judgement.kind.japanese().into());
    cells.push(ListCell::of(judgement.old_health));
    cells.push(ListCell::of(judgement.old_pension));
    cells.push(ListCell::of(judgement.old_from));
    for at in 0..months {
        cells.extend(judgement.months.get(at).map_or([const { ListCell::Empty }; 4], judged));
    }
    cells.extend([judgement.total, judgement.average, judgement.corrected_average].map(ListCell::of));
    cells.push(ListCell::of(judgement.new_health));
    cells.push(ListCell::of(judgement.new_pension));
    cells.push(ListCell::of(judgement.applies_from));
    cells.push(judgement.verdict.as_str().into());
    cells
}

fn judged(month: &JudgedMonth) -> [ListCell; 4] {
    let not_full = if month.full_month == FullMonth::Full { "" } else { "（満額でない）" };
    let retroactive = if month.retroactive == Yen::ZERO { "" } else { "（遡及分あり）" };
    let counts = if month.counts { "○" } else { "×" };
    [
        month.month.into(),
        Exact::whole(i64::from(month.base_days)).into(),
        (month.currency + month.in_kind).into(),
        format!("{counts}{not_full}{retroactive}").into(),
    ]
}

fn reasons(month: &ClientMonth<'_>, judgements: &[&Judgement], people: &People<'_>) -> List {
    let mut table = Table::new("判定の理由", captions_of(month), ListPage::Portrait);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    table.stated(ListColumn::new("判定", Kind::Text));
    table.stated(ListColumn::new("結果と理由", Kind::Text));
    for judgement in judgements {
        let mut first = who(judgement, people);
        first.extend([judgement.kind.japanese().into(), judgement.verdict.as_str().into()]);
        table.row(first);
        for sentence in &judgement.explanation {
            table.row(vec![ListCell::Empty, ListCell::Empty, ListCell::Empty, sentence.as_str().into()]);
        }
    }
    table.finish()
}

fn captions_of(month: &ClientMonth<'_>) -> Vec<String> {
    vec![
        captions::client_name(month).to_owned(),
        format!("{}支給までの給与履歴による", month_words(month.request.month)),
        captions::made_by(month),
    ]
}

fn who(judgement: &Judgement, people: &People<'_>) -> Vec<ListCell> {
    let code = judgement.employee.as_str();
    vec![code.into(), ListCell::of(people.get(code).map(|employee| captions::person_name(employee)))]
}
