use crate::LawError;
use crate::schema::ColumnInfo;

/// A CSV file of the pack, cut into cells: one line one row, the first line the names of the columns.
///
/// The pack keeps one row on one line, so that a change of law reads as a change of lines; that is less than CSV allows and
/// is read several times faster, which the start of the program needs.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) file: String,
    pub(crate) columns: Vec<String>,
    text: String,
    ends: Vec<usize>,
}

impl Sheet {
    /// Cuts a file whose columns must be exactly those of the schema, each cell spelled as its column asks.
    pub(crate) fn read(file: &str, text: &str, schema: &[ColumnInfo]) -> Result<Self, LawError> {
        let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
        let mut sheet = Self { file: file.to_owned(), columns: Vec::new(), text: String::new(), ends: Vec::new() };
        sheet.cut(lines.next().unwrap_or_default(), 1)?;
        sheet.columns = (0..sheet.ends.len()).map(|at| sheet.cell(0, at).to_owned()).collect();
        sheet.text.clear();
        sheet.ends.clear();
        sheet.check_header(schema)?;
        sheet.text.reserve(text.len());
        for (row, line) in lines.enumerate() {
            let before = sheet.ends.len();
            sheet.cut(line, line_of(row))?;
            let width = sheet.ends.len().saturating_sub(before);
            if width != schema.len() {
                return Err(sheet.bad(row, "", &format!("列の数が{}ではなく{width}です", schema.len())));
            }
            for (at, column) in schema.iter().enumerate() {
                if !column.accepts(sheet.cell(row, at)) {
                    return Err(sheet.bad(row, &column.name, column.expectation()));
                }
            }
        }
        Ok(sheet)
    }

    /// The number of rows below the header.
    pub(crate) fn rows(&self) -> usize {
        self.ends.len().checked_div(self.columns.len()).unwrap_or_default()
    }

    /// The cell of a row (from 0, the header apart) and column (from 0); empty outside.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        let at = row.saturating_mul(self.columns.len()).saturating_add(column);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.text.get(start..end).unwrap_or_default()
    }

    /// The cells of a row in order.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.columns.len()).map(move |column| self.cell(row, column))
    }

    /// The position of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The position of a column, an error when there is none.
    pub(crate) fn require(&self, name: &str) -> Result<usize, LawError> {
        self.column(name).ok_or_else(|| LawError::bad_cell(&self.file, 1, name, "列がありません"))
    }

    /// The error for a cell of a row.
    pub(crate) fn bad(&self, row: usize, column: &str, reason: &str) -> LawError {
        LawError::bad_cell(&self.file, line_of(row), column, reason)
    }

    fn check_header(&self, schema: &[ColumnInfo]) -> Result<(), LawError> {
        let bad = |name: &str, reason: &str| Err(LawError::bad_cell(&self.file, 1, name, reason));
        if let Some(unknown) = self.columns.iter().find(|name| !schema.iter().any(|column| column.name == **name)) {
            return bad(unknown, "知らない列です");
        }
        if let Some(missing) = schema.iter().find(|column| self.column(&column.name).is_none()) {
            return bad(&missing.name, "列がありません");
        }
        match self.columns.iter().zip(schema).find(|(name, column)| **name != column.name) {
            Some((name, _)) => bad(name, "列の順が目録と違います"),
            None if self.columns.len() != schema.len() => bad("", "同じ列が二度あります"),
            None => Ok(()),
        }
    }

    /// Appends the cells of one line.
    fn cut(&mut self, line: &str, number: u64) -> Result<(), LawError> {
        let mut rest = Some(line);
        while let Some(cells) = rest {
            // The first byte is looked at, not the first character: this line runs for every cell of the pack.
            rest = match cells.as_bytes() {
                [b'"', ..] => self.cut_quoted(cells.get(1..).unwrap_or_default(), number)?,
                _ => {
                    let (cell, after) =
                        cells.split_once(',').map_or((cells, None), |(cell, after)| (cell, Some(after)));
                    if cell.contains('"') {
                        return Err(self.bad_quoting(number));
                    }
                    self.text.push_str(cell);
                    after
                }
            };
            self.ends.push(self.text.len());
        }
        Ok(())
    }

    /// Appends a cell whose opening quote is passed; returns what follows its comma, `None` at the end of the line.
    fn cut_quoted<'text>(&mut self, quoted: &'text str, number: u64) -> Result<Option<&'text str>, LawError> {
        let mut rest = quoted;
        loop {
            let Some((cell, after)) = rest.split_once('"') else { return Err(self.bad_quoting(number)) };
            self.text.push_str(cell);
            if let Some(more) = after.strip_prefix('"') {
                self.text.push('"');
                rest = more;
            } else if after.is_empty() {
                return Ok(None);
            } else {
                return after.strip_prefix(',').map(Some).ok_or_else(|| self.bad_quoting(number));
            }
        }
    }

    fn bad_quoting(&self, number: u64) -> LawError {
        LawError::bad_cell(&self.file, number, "", "引用符の使い方が違います")
    }
}

/// The line of the file a row stands on; the header is line 1.
fn line_of(row: usize) -> u64 {
    u64::try_from(row).unwrap_or(u64::MAX).saturating_add(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::schema::ValueType;

    fn schema(width: usize) -> Vec<ColumnInfo> {
        let column = |at| ColumnInfo { name: format!("column{at}"), value: ValueType::Text, open: true };
        (0..width).map(column).collect()
    }

    fn read(text: &str, width: usize) -> Result<Sheet, LawError> {
        Sheet::read("invented.csv", text, &schema(width))
    }

    #[test]
    fn quoted_cells() {
        let sheet = read("column0,column1\n\"a,b\",\"say \"\"c\"\"\"\n,\n\"\",d\n", 2).unwrap();
        let rows: Vec<Vec<&str>> = (0..sheet.rows()).map(|row| sheet.cells(row).collect()).collect();
        assert_eq!(rows, [["a,b", "say \"c\""], ["", ""], ["", "d"]]);
        assert_eq!((sheet.cell(3, 0), sheet.cell(0, 2)), ("", ""));
    }

    proptest! {
        /// Whatever the csv crate writes on one line, we read as it was.
        #[test]
        fn reads_what_csv_writes(rows in prop::collection::vec(prop::collection::vec("[^\r\n]{0,8}", 3), 0..5)) {
            let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
            writer.write_record(["column0", "column1", "column2"]).unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let sheet = read(&text, 3).unwrap();
            let found: Vec<Vec<String>> = (0..sheet.rows()).map(|row| sheet.cells(row).map(str::to_owned).collect()).collect();
            prop_assert_eq!(found, rows);
        }

        /// Any text at all is read or refused, never a panic.
        #[test]
        fn no_text_is_too_odd(text in ".{0,200}") {
            let _ = read(&text, 2);
            let _ = read(&format!("column0,column1\n{text}"), 2);
        }
    }
}
