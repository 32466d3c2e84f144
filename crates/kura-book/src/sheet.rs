use std::collections::HashMap;

use kura_model::{SheetSchema, Text, Value, Values};

use crate::cell::{CellReader, Raw};
use crate::finding::{Findings, Problem};
use crate::header::{Header, Target};
use crate::known::{CodeColumn, Found, Known, no_client};
use crate::limits::{CELLS_MAX, COLUMNS_MAX, HEADER_ROWS_MAX, ROWS_MAX};

/// What a whole reading knows, sheet after sheet.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    pub(crate) findings: Findings,
    pub(crate) cells: CellReader,
    known: Known,
    cells_read: usize,
}

/// Takes the cells of one sheet, in the order of rows, and gives its rows on.
pub(crate) struct SheetIntake<'reading> {
    intake: &'reading mut Intake,
    schema: &'static SheetSchema,
    give: &'reading mut dyn FnMut(u32, &mut Values),
    header: Option<Header>,
    first_rows: Vec<(u32, String)>,
    row: u32,
    values: Values,
    row_is_lost: bool,
    rows_given: usize,
    keys: HashMap<String, u32>,
    code_columns: Vec<CodeColumn>,
    stopped: bool,
}

impl<'reading> SheetIntake<'reading> {
    pub(crate) fn new(
        intake: &'reading mut Intake,
        schema: &'static SheetSchema,
        give: &'reading mut dyn FnMut(u32, &mut Values),
    ) -> Self {
        Self {
            intake,
            schema,
            give,
            header: None,
            first_rows: Vec::new(),
            row: 0,
            values: Values::empty(schema.columns.len()),
            row_is_lost: false,
            rows_given: 0,
            keys: HashMap::new(),
            code_columns: Known::columns_of(schema),
            stopped: false,
        }
    }

    /// The next cell; rows and columns from 0. Returns false when the rest of the sheet need not be read.
    pub(crate) fn cell(&mut self, row: u32, place: u32, raw: Raw<'_>) -> bool {
        let number = row.saturating_add(1);
        if number != self.row {
            self.end_row();
            self.row = number;
        }
        self.intake.cells_read = self.intake.cells_read.saturating_add(1);
        if number > ROWS_MAX || place >= COLUMNS_MAX || self.intake.cells_read > CELLS_MAX {
            self.stop(too_big());
        }
        if self.stopped {
            return false;
        }
        match &self.header {
            None => self.first_rows.push((place, text_of(raw))),
            Some(header) => match header.target(place).cloned() {
                Some(Target::Column(at)) => self.read_cell(at, raw),
                Some(Target::Custom(name)) => self.read_custom(name, raw),
                None => {}
            },
        }
        true
    }

    /// After the last cell.
    pub(crate) fn finish(mut self) {
        self.end_row();
        if self.header.is_none() && self.row > 0 && !self.stopped {
            self.stop(no_header());
        }
    }

    fn read_cell(&mut self, at: usize, raw: Raw<'_>) {
        let Some(column) = self.schema.columns.get(at) else { return };
        match self.intake.cells.read(column, self.schema.dated.is_some(), raw) {
            Ok((value, remark)) => {
                if let Some(value) = value {
                    self.values.set(at, value);
                }
                if let Some(remark) = remark {
                    self.tell(remark, Some(column.header));
                }
            }
            Err(problem) => {
                self.row_is_lost |= column.required;
                self.tell(problem, Some(column.header));
            }
        }
    }

    fn read_custom(&mut self, name: Text, raw: Raw<'_>) {
        match self.intake.cells.custom(raw) {
            Ok(Some(value)) => self.values.custom_mut().set(name, value),
            Ok(None) => {}
            Err(problem) => self.tell(problem, Some(&format!("任意:{}", name.as_str()))),
        }
    }

    fn end_row(&mut self) {
        if self.stopped {
            return;
        }
        if self.header.is_none() {
            self.look_for_header();
            return;
        }
        if !self.values.is_empty() && self.is_whole() {
            self.look_up_codes();
            self.look_for_the_same_row();
            if self.schema.one_row && self.rows_given > 0 {
                self.tell(second_row(), None);
            } else {
                (self.give)(self.row, &mut self.values);
                self.rows_given = self.rows_given.saturating_add(1);
            }
        }
        self.values.clear();
        self.row_is_lost = false;
    }

    /// The first of the first rows that holds known headers is the header.
    fn look_for_header(&mut self) {
        let cells = std::mem::take(&mut self.first_rows);
        if cells.is_empty() {
            return;
        }
        let filled = cells.iter().filter(|(_, text)| !text.trim().is_empty()).count();
        let (header, problems) = Header::of(self.schema, &cells, &mut self.intake.cells.texts);
        if header.known() >= 2 || header.known() > 0 && header.known() == filled {
            for (column, problem) in problems {
                self.tell(problem, column.as_deref());
            }
            if self.row > 1 {
                self.tell(header_not_first(), None);
            }
            self.header = Some(header);
            self.look_for_missing_columns();
        } else if self.row >= HEADER_ROWS_MAX {
            self.stop(no_header());
        }
    }

    fn look_for_missing_columns(&mut self) {
        let Some(header) = &self.header else { return };
        let client = self.intake.known.only_client();
        let missing = self.schema.columns.iter().enumerate().filter(|(at, column)| {
            let filled_in = column.identifier == "client_code" && client.is_some();
            column.required && !header.has_column(*at) && !filled_in
        });
        let missing: Vec<&str> = missing.map(|(_, column)| column.header).collect();
        for header in &missing {
            self.tell(column_missing(), Some(header));
        }
        self.stopped = !missing.is_empty();
    }

    /// True when the row has every cell without which it says nothing about anyone; puts in the one client of the book.
    fn is_whole(&mut self) -> bool {
        for (at, column) in self.schema.columns.iter().enumerate().filter(|(_, column)| column.required) {
            if self.values.get(at).is_some() {
                continue;
            }
            match self.intake.known.only_client().filter(|_| column.identifier == "client_code") {
                Some(client) => self.values.set(at, Value::Text(client)),
                None => {
                    if !self.row_is_lost {
                        self.tell(cell_missing(), Some(column.header));
                    }
                    self.row_is_lost = true;
                }
            }
        }
        !self.row_is_lost
    }

    /// Puts back zeros that a code lost, notes codes that are given out, and tells codes that nobody gave out.
    fn look_up_codes(&mut self) {
        for place in 0..self.code_columns.len() {
            let Some(CodeColumn { at, names, gives_out }) = self.code_columns.get(place).copied() else { continue };
            let Some(Value::Text(code)) = self.values.get(at) else { continue };
            let code = code.clone();
            let client = if names == "client_code" { no_client() } else { self.client() };
            if gives_out {
                self.intake.known.give(names, &client, &code);
                continue;
            }
            let header = self.schema.columns.get(at).map(|column| column.header);
            match self.intake.known.find(self.schema, names, &client, &code) {
                Found::Same | Found::Unknown { first_time: false } => {}
                Found::Restored(in_full) => {
                    self.values.set(at, Value::Text(in_full));
                    self.tell(crate::code::zeros_restored(), header);
                }
                Found::Unknown { first_time: true } => self.tell(unknown_code(), header),
            }
        }
    }

    fn look_for_the_same_row(&mut self) {
        if self.schema.repeats || self.schema.one_row {
            return;
        }
        let mut key = String::new();
        for (at, column) in self.schema.columns.iter().enumerate() {
            if column.key || self.schema.dated == Some(at) {
                key.push_str(
                    &self.values.get(at).map(|value| crate::spelling::spell(column, value)).unwrap_or_default(),
                );
                key.push('\u{1}');
            }
        }
        if let Some(before) = self.keys.insert(key, self.row) {
            self.tell(same_row(before), None);
        }
    }

    fn client(&self) -> Text {
        match self.values.get(0) {
            Some(Value::Text(client)) => client.clone(),
            _ => no_client(),
        }
    }

    fn stop(&mut self, problem: Problem) {
        if !self.stopped {
            self.tell(problem, None);
        }
        self.stopped = true;
    }

    fn tell(&mut self, problem: Problem, column: Option<&str>) {
        self.intake.findings.add(problem.at(self.schema.header, Some(self.row), column));
    }
}

/// The words of a header cell; a date or an error value is no header.
fn text_of(raw: Raw<'_>) -> String {
    const KEPT_MAX: usize = 200;
    match raw {
        Raw::Text(text) => text.chars().take(KEPT_MAX).collect(),
        Raw::Number { .. } | Raw::DayOrTime(_) | Raw::Bool(_) | Raw::Broken => String::from("?"),
    }
}

fn too_big() -> Problem {
    Problem::error(
        "sheet_too_big",
        "シートが大きすぎるため、ここから先を読みませんでした。",
        "使っていない行と列を消すか、会社ごとに本を分けてください。",
    )
}

fn no_header() -> Problem {
    Problem::error(
        "no_header",
        "見出しの行が見つかりません。シートを読みませんでした。",
        "1行目に見出しを置いてください（ひな形の1行目を写せます）。",
    )
}

fn header_not_first() -> Problem {
    Problem::info(
        "header_not_first",
        "見出しが1行目にありません。この行を見出しとして読みました。",
        "上の行を消してください。",
    )
}

fn column_missing() -> Problem {
    Problem::error(
        "column_missing",
        "この列がないと行がだれの何のことか分からないため、シートを読みませんでした。",
        "列を加えてください。",
    )
}

fn cell_missing() -> Problem {
    Problem::error(
        "cell_missing",
        "空欄のため、この行がだれの何のことか分からず、行を読みませんでした。",
        "値を入れるか、使わない行なら消してください。",
    )
}

fn second_row() -> Problem {
    Problem::warning("second_row", "1行だけのシートです。2行目からは読みませんでした。", "余分な行を消してください。")
}

fn unknown_code() -> Problem {
    Problem::error(
        "unknown_code",
        "このコードの行が、元のシートにありません。",
        "コードを直すか、元のシートに行を加えてください。",
    )
}

fn same_row(before: u32) -> Problem {
    Problem::warning(
        "same_row",
        format!(
            "{before}行目と同じもの（会社・社員・日付など）についての行です。下の行を後からの訂正として読みました。"
        ),
        "どちらかを消してください。",
    )
}
