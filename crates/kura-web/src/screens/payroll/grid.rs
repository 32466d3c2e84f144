//! Slips as a grid, and the reasons of one person's amounts: lines of slips.jsonl and trace.jsonl, read for a page.

use std::collections::BTreeMap;

use kura_model::{Employee, Kana, Row, Text};
use kura_yen::Yen;
use serde::Deserialize;

use super::shown_day;

#[derive(Deserialize)]
struct Slip {
    person: String,
    payment_date: String,
    pay: Vec<Line>,
    deductions: Vec<Line>,
    gross: i64,
    deduction_total: i64,
    net: i64,
}

#[derive(Deserialize)]
struct Line {
    code: String,
    name: String,
    amount: i64,
}

/// 支給控除一覧.
pub(super) struct Grid {
    /// Code and name of each item of pay, then of each deduction.
    pub(super) pay: Vec<(String, String)>,
    pub(super) deductions: Vec<(String, String)>,
    pub(super) rows: Vec<GridRow>,
    /// The sums of the columns, in the order of a row.
    pub(super) sums: GridRow,
    /// Whether there is an earlier run to compare with.
    pub(super) compares: bool,
    pub(super) paid_on: String,
}

/// One slip of it; an empty cell is no line.
pub(super) struct GridRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) pay: Vec<String>,
    pub(super) deductions: Vec<String>,
    pub(super) gross: String,
    pub(super) deduction_total: String,
    pub(super) net: String,
    /// Against the net of the run before.
    pub(super) difference: String,
}

impl Grid {
    pub(super) fn of(slips: &[String], before: Option<&[String]>, names: &BTreeMap<String, String>) -> Option<Self> {
        let slips = parsed(slips)?;
        let mut former: BTreeMap<String, i64> = BTreeMap::new();
        for slip in parsed(before.unwrap_or_default())? {
            let net = former.entry(slip.person).or_default();
            *net = net.saturating_add(slip.net);
        }
        let pay = columns(slips.iter().map(|slip| &slip.pay));
        let deductions = columns(slips.iter().map(|slip| &slip.deductions));
        let row = |slip: &Slip| GridRow {
            code: slip.person.clone(),
            name: names.get(&slip.person).cloned().unwrap_or_default(),
            pay: cells(&slip.pay, &pay),
            deductions: cells(&slip.deductions, &deductions),
            gross: grouped(slip.gross),
            deduction_total: grouped(slip.deduction_total),
            net: grouped(slip.net),
            difference: match (before, former.get(&slip.person)) {
                (None, _) => String::new(),
                (Some(_), None) => "前回なし".to_owned(),
                (Some(_), Some(net)) => signed(slip.net.saturating_sub(*net)),
            },
        };
        let rows = slips.iter().map(row).collect();
        let all = |lines: fn(&Slip) -> &Vec<Line>| -> Vec<Line> {
            let lines = slips.iter().flat_map(lines);
            lines.map(|line| Line { code: line.code.clone(), name: String::new(), amount: line.amount }).collect()
        };
        let sum = |amount: fn(&Slip) -> i64| grouped(slips.iter().map(amount).fold(0, i64::saturating_add));
        let sums = GridRow {
            code: String::new(),
            name: "合計".to_owned(),
            pay: cells(&all(|slip| &slip.pay), &pay),
            deductions: cells(&all(|slip| &slip.deductions), &deductions),
            gross: sum(|slip| slip.gross),
            deduction_total: sum(|slip| slip.deduction_total),
            net: sum(|slip| slip.net),
            difference: String::new(),
        };
        let paid_on = slips.first().map(|slip| shown_day(&slip.payment_date)).unwrap_or_default();
        Some(Self { pay, deductions, rows, sums, compares: before.is_some(), paid_on })
    }
}

fn parsed(lines: &[String]) -> Option<Vec<Slip>> {
    lines.iter().map(|line| serde_json::from_str(line).ok()).collect()
}

/// Code and name of each item, in the order in which they first come.
fn columns<'slip>(slips: impl Iterator<Item = &'slip Vec<Line>>) -> Vec<(String, String)> {
    let mut columns: Vec<(String, String)> = Vec::new();
    for line in slips.flatten() {
        if columns.iter().all(|(code, _)| *code != line.code) {
            columns.push((line.code.clone(), line.name.clone()));
        }
    }
    columns
}

fn cells(lines: &[Line], columns: &[(String, String)]) -> Vec<String> {
    let cell = |(code, _): &(String, String)| {
        let of_code: Vec<i64> = lines.iter().filter(|line| line.code == *code).map(|line| line.amount).collect();
        if of_code.is_empty() { String::new() } else { grouped(of_code.into_iter().fold(0, i64::saturating_add)) }
    };
    columns.iter().map(cell).collect()
}

fn grouped(amount: i64) -> String {
    Yen::new(amount).grouped()
}

fn signed(amount: i64) -> String {
    match amount {
        0 => "0".to_owned(),
        amount if amount > 0 => format!("+{}", grouped(amount)),
        amount => grouped(amount),
    }
}

/// The names of people by 社員番号.
pub(super) fn names_of(people: &[Row<Employee>]) -> BTreeMap<String, String> {
    let name = |row: &Row<Employee>| {
        let parts = [row.family_name.as_ref().map(Text::as_str), row.given_name.as_ref().map(Text::as_str)];
        let written = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let kana = || row.family_kana.as_ref().map_or("", Kana::as_str).to_owned();
        (row.employee_code.as_str().to_owned(), if written.is_empty() { kana() } else { written })
    };
    people.iter().map(name).collect()
}

#[derive(Deserialize)]
struct Traced {
    #[serde(default)]
    list: String,
    code: String,
    name: String,
    amount: i64,
    rule: String,
    #[serde(default)]
    month: String,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    exact: String,
    #[serde(default)]
    rounding: String,
    #[serde(default)]
    law: Vec<Source>,
    law_pack: String,
}

#[derive(Deserialize)]
struct Input {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Source {
    table: String,
    from: String,
    confidence: String,
    source: String,
}

/// Why one amount is what it is.
pub(super) struct Reason {
    pub(super) list: &'static str,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) month: String,
    pub(super) amount: String,
    pub(super) rule: String,
    pub(super) inputs: Vec<(String, String)>,
    pub(super) exact: String,
    pub(super) rounding: String,
    /// Table, valid from, confidence, source.
    pub(super) sources: Vec<[String; 4]>,
    pub(super) law_pack: String,
}

impl Reason {
    pub(super) fn of(line: &str) -> Option<Self> {
        let traced: Traced = serde_json::from_str(line).ok()?;
        let list = match traced.list.as_str() {
            "pay" => "支給",
            "deductions" => "控除",
            _ => "合計",
        };
        let mut sources: Vec<[String; 4]> = Vec::new();
        for source in traced.law {
            let line = [source.table, source.from, confidence(&source.confidence), source.source];
            if !sources.contains(&line) {
                sources.push(line);
            }
        }
        Some(Self {
            list,
            code: traced.code,
            name: traced.name,
            month: traced.month,
            amount: grouped(traced.amount),
            rule: traced.rule,
            inputs: traced.inputs.into_iter().map(|input| (input.name, input.value)).collect(),
            exact: traced.exact,
            rounding: traced.rounding,
            sources,
            law_pack: traced.law_pack,
        })
    }
}

/// How sure the law data are of a figure, in a word.
fn confidence(word: &str) -> String {
    match word {
        "CONFIRMED" => "確認済",
        "MEMORY" => "要確認",
        other => other,
    }
    .to_owned()
}
