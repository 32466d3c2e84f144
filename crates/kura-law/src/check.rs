use kura_calendar::Date;
use serde::Serialize;

use crate::manifest::{NextChange, TableInfo};
use crate::table::day;
use crate::{Confidence, Kind, Law, LawError, text_table};

/// What `kura law check` says about the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of finding it is.
    pub kind: FindingKind,
    /// Identifier of the table.
    pub table: String,
    /// 表の名.
    pub title: String,
    /// The day it begins to matter, where there is one: first day without a figure, first day of a change.
    pub from: Option<String>,
    /// What is the matter, one Japanese sentence.
    pub sentence: String,
    /// What to do, one Japanese sentence.
    pub remedy: String,
}

/// The kinds of findings, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// 不良: a part of the table cannot be read.
    Broken,
    /// 不一致: a cell of a 税額表 differs from what its generator computes.
    Generator,
    /// 欠落: a key has rows before and after a time without any.
    Hole,
    /// 未収録: a figure that is known to be missing and is refused.
    Missing,
    /// 改定: a change is near or past and its rows are not in the pack.
    Due,
    /// 要確認: nobody compared the table with its source for long.
    Stale,
    /// 確度: rows that rest on memory, on one source, or on an inferred order.
    LowConfidence,
}

/// A change of a table that is known to come and whose rows are not in the pack yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Identifier of the table.
    pub table: String,
    /// 表の名.
    pub title: String,
    /// First day or month the change applies, as the manifest spells it.
    pub on: String,
    /// What will change and when it is announced.
    pub what: String,
    /// Days from today to the change; below zero when it is past.
    pub days_left: i32,
}

/// How many rows of a table stand on which ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfidenceCount {
    /// Identifier of the table.
    pub table: String,
    /// Rows by 確度; a row of a 税額表 counts as one.
    pub rows: Vec<(Confidence, usize)>,
}

impl FindingKind {
    /// The word a Japanese reader sees.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Broken => "不良",
            Self::Generator => "不一致",
            Self::Hole => "欠落",
            Self::Missing => "未収録",
            Self::Due => "改定",
            Self::Stale => "要確認",
            Self::LowConfidence => "確度",
        }
    }
}

impl Law {
    /// Everything to say about the tables on a day, the gravest first.
    pub fn check(&self, today: Date) -> Vec<Finding> {
        let mut findings = self.broken();
        findings.extend(self.generator_findings());
        findings.extend(self.manifest.tables.iter().flat_map(|info| self.holes(info)));
        findings.extend(self.missing().iter().filter_map(|missing| {
            let info = self.info(&missing.table)?;
            let sentence =
                format!("{}（{}から）は収録していません。使おうとすると止まります。", missing.what, missing.from);
            Some(finding(FindingKind::Missing, info, Some(missing.from.clone()), sentence, &missing.remedy))
        }));
        findings.extend(self.due(today).into_iter().filter_map(|due| {
            let info = self.info(&due.table)?;
            let sentence = match due.days_left {
                ..0 => format!("{}の改定「{}」の日を過ぎています。", due.on, due.what),
                left => format!("{}の改定「{}」まで{left}日です。", due.on, due.what),
            };
            let remedy = "公表されたら docs/add-a-rate.md の手順で取り込んでください。";
            Some(finding(FindingKind::Due, info, Some(due.on), sentence, remedy))
        }));
        findings.extend(self.manifest.tables.iter().filter_map(|info| self.stale(info, today)));
        findings.extend(self.low_confidence());
        findings
    }

    /// The changes that begin within the days the manifest names, or have begun, and are not in the pack.
    pub fn due(&self, today: Date) -> Vec<Due> {
        let within = i32::from(self.manifest.due_within_days);
        let due = |info: &TableInfo| {
            let change = info.next_change.as_ref().filter(|change| !change.loaded)?;
            let days_left = days_between(today, day(&change.on).ok()??);
            let (table, title) = (info.id.clone(), info.title.clone());
            Some(Due { table, title, on: change.on.clone(), what: change.what.clone(), days_left })
        };
        let mut all: Vec<Due> = self.manifest.tables.iter().filter_map(due).collect();
        all.retain(|due| due.days_left <= within);
        all.sort_by_key(|due| due.days_left);
        all
    }

    /// The announced change of a table that begins on or before a day and whose rows are not in the pack: a figure asked for
    /// on that day may be last year's. `None` when nothing is known to have changed.
    pub fn outdated(&self, table: &str, on: Date) -> Option<&NextChange> {
        let change = self.info(table)?.next_change.as_ref().filter(|change| !change.loaded)?;
        let begins = day(&change.on).ok()??;
        (begins <= on).then_some(change)
    }

    /// How many rows of every table stand on which ground, in the order of the manifest.
    pub fn confidence_counts(&self) -> Vec<ConfidenceCount> {
        let count = |info: &TableInfo| {
            let marks = self.marks(&info.id);
            let rows = Confidence::ALL.iter().map(|&mark| (mark, marks.iter().filter(|&&found| found == mark).count()));
            ConfidenceCount { table: info.id.clone(), rows: rows.filter(|(_, rows)| *rows > 0).collect() }
        };
        self.manifest.tables.iter().map(count).collect()
    }

    fn broken(&self) -> Vec<Finding> {
        let layouts = self.manifest.tables.iter().filter(|info| info.kind == Kind::Layout);
        layouts.filter_map(|info| self.layout(&info.id).err().map(|error| unreadable(info, &error))).collect()
    }

    fn generator_findings(&self) -> Vec<Finding> {
        let Some(info) = self.info("withholding_monthly") else { return Vec::new() };
        let reports = match self.generator_reports() {
            Ok(reports) => reports,
            Err(error) => return vec![unreadable(info, &error)],
        };
        let wrong = reports
            .into_iter()
            .flat_map(|report| report.mismatches.into_iter().map(move |cell| (report.from.clone(), cell)));
        let found = wrong.map(|(from, cell)| {
            let sentence = format!(
                "{from}からの月額表の{}円の行「{}」は{}円ですが、算式では{}円です。",
                cell.row_from, cell.column, cell.printed, cell.computed
            );
            finding(FindingKind::Generator, info, Some(from), sentence, "公式の表と見比べて直してください。")
        });
        found.collect()
    }

    fn holes(&self, info: &TableInfo) -> Vec<Finding> {
        let Ok(table) = self.table(&info.id) else { return Vec::new() };
        let Ok(pairs) = table.neighbours() else { return Vec::new() };
        let holes = pairs.into_iter().filter_map(|pair| {
            let end = table.rows.get(pair.earlier)?.to_excl?;
            let start = table.rows.get(pair.later)?.from.filter(|start| end < *start)?;
            let sentence = format!("「{}」は{end}から{start}の前日まで数字がありません。", table.key_of(pair.later));
            let remedy = "行の from と to_excl を確かめてください。";
            Some(finding(FindingKind::Hole, info, Some(end.to_string()), sentence, remedy))
        });
        holes.collect()
    }

    fn stale(&self, info: &TableInfo, today: Date) -> Option<Finding> {
        let age = days_between(day(&info.checked).ok()??, today);
        if age <= i32::from(self.manifest.stale_after_days) {
            return None;
        }
        let sentence = format!("最後に出典と照らしたのは{}で、{age}日前です。", info.checked);
        let remedy = "出典と照らし、law/tables.toml の checked を改めてください。";
        Some(finding(FindingKind::Stale, info, None, sentence, remedy))
    }

    fn low_confidence(&self) -> Vec<Finding> {
        let low =
            |mark: &Confidence| matches!(mark, Confidence::Memory | Confidence::Reconstructed | Confidence::Single);
        let found = self.confidence_counts().into_iter().filter_map(|count| {
            let words: Vec<String> = count
                .rows
                .iter()
                .filter(|(mark, _)| low(mark))
                .map(|(mark, rows)| format!("{} {rows}行", mark.japanese()))
                .collect();
            let info = self.info(&count.table).filter(|_| !words.is_empty())?;
            let sentence = format!("確認の足りない行があります（{}）。", words.join("、"));
            Some(finding(FindingKind::LowConfidence, info, None, sentence, "公式の資料で確かめてください。"))
        });
        found.collect()
    }

    fn marks(&self, table: &str) -> Vec<Confidence> {
        if let Some(table) = self.tables.get(table) {
            return table.rows.iter().map(|row| row.confidence).collect();
        }
        let marks = self.withholding.sheets(table).into_iter().map(|year| {
            let mark = self.citation(year.citation).map(|cited| cited.confidence);
            std::iter::repeat_n(mark, year.sheet.rows())
        });
        marks.flatten().flatten().collect()
    }
}

/// Findings as plain text, one a line, with the remedy below.
pub fn findings_text(findings: &[Finding]) -> String {
    let header = ["区分", "表", "内容"].map(str::to_owned);
    let rows = findings.iter().map(|finding| {
        vec![
            finding.kind.japanese().to_owned(),
            finding.table.clone(),
            format!("{}：{} → {}", finding.title, finding.sentence, finding.remedy),
        ]
    });
    text_table::render(&header, &rows.collect::<Vec<_>>())
}

fn finding(kind: FindingKind, info: &TableInfo, from: Option<String>, sentence: String, remedy: &str) -> Finding {
    Finding { kind, table: info.id.clone(), title: info.title.clone(), from, sentence, remedy: remedy.to_owned() }
}

fn unreadable(info: &TableInfo, error: &LawError) -> Finding {
    finding(FindingKind::Broken, info, None, error.to_string(), error.remedy())
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
