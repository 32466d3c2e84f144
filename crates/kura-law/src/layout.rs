use crate::table::Table;
use crate::{Confidence, LawError};

/// 届書の様式: the fields of one record, in order.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The table it comes from, for example `layout_2225700`.
    pub table: String,
    /// 様式の名.
    pub title: String,
    /// 項目, in the order of the record.
    pub fields: Vec<Field>,
}

/// 項目 of a record.
#[derive(Debug, Clone)]
pub struct Field {
    /// 項番, from 1.
    pub number: u16,
    /// 項目名.
    pub name_ja: String,
    /// Identifier.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Least number of bytes in Shift_JIS when filled.
    pub min_len: usize,
    /// Most bytes in Shift_JIS.
    pub max_len: usize,
    /// Name of the character set (kura-text knows what each holds).
    pub charset: String,
    /// 必須・任意・条件付き.
    pub required: Requirement,
    /// Allowed codes as `code` (the meaning after `=` dropped); empty when any value may stand.
    pub codes: Vec<String>,
    /// Notes of the specification.
    pub notes: String,
    /// 確度.
    pub confidence: Confidence,
}

/// Type of a field, as reference/forms names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A fixed value.
    Constant,
    /// Digits.
    Digits,
    /// One of the codes.
    Code,
    /// 1 or empty.
    Flag,
    /// 元号, one digit.
    Era,
    /// YYMMDD in the era of the field before.
    EraDate,
    /// Month 01 to 12.
    MonthOfYear,
    /// Yen.
    Money,
    /// Half-width kana.
    Kana,
    /// Full-width.
    FullWidth,
    /// Free text.
    Text,
    /// Letters and digits, or kana.
    CodeOrKana,
    /// Must stay empty.
    Empty,
    /// 元号 as two characters (Hello Work).
    EraKanji,
}

/// Whether a field must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// 必須.
    Always,
    /// 任意.
    Optional,
    /// Depends on other fields.
    Conditional,
    /// Must be empty.
    Never,
}

impl Layout {
    pub(crate) fn read(table: &Table) -> Result<Self, LawError> {
        let fields = table.rows.iter().map(|row| {
            let cells = crate::RowRef { table, row };
            let whole = |column: &str| cells.integer(column);
            let bytes = |column: &str| Ok::<_, LawError>(usize::try_from(whole(column)?).unwrap_or_default());
            Ok(Field {
                number: u16::try_from(whole("no")?).unwrap_or_default(),
                name_ja: cells.text("name_ja")?.to_owned(),
                name: cells.text("name_en")?.to_owned(),
                kind: kind(cells.text("type")?).ok_or_else(|| broken(table, row.line, "type"))?,
                min_len: if cells.text("min_len")?.is_empty() { 0 } else { bytes("min_len")? },
                max_len: bytes("max_len")?,
                charset: cells.text("charset")?.to_owned(),
                required: requirement(cells.text("required")?).ok_or_else(|| broken(table, row.line, "required"))?,
                codes: codes(cells.text("codes")?),
                notes: cells.text("notes")?.to_owned(),
                confidence: Confidence::parse(cells.text("confidence")?)
                    .ok_or_else(|| broken(table, row.line, "confidence"))?,
            })
        });
        Ok(Self {
            table: table.info.id.clone(),
            title: table.info.title.clone(),
            fields: fields.collect::<Result<_, LawError>>()?,
        })
    }

    /// The position (from 0) of a field by identifier.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

fn broken(table: &Table, line: u64, column: &str) -> LawError {
    crate::table::bad_cell(table.info.file.as_deref().unwrap_or_default(), line, column, "unknown spelling")
}

fn kind(name: &str) -> Option<FieldKind> {
    Some(match name {
        "CONST" => FieldKind::Constant,
        "N" => FieldKind::Digits,
        "ENUM" => FieldKind::Code,
        "FLAG" => FieldKind::Flag,
        "ERA" => FieldKind::Era,
        "YMD6" => FieldKind::EraDate,
        "YM" => FieldKind::MonthOfYear,
        "MONEY" => FieldKind::Money,
        "K" => FieldKind::Kana,
        "J" => FieldKind::FullWidth,
        "A" => FieldKind::Text,
        "X" => FieldKind::CodeOrKana,
        "EMPTY" => FieldKind::Empty,
        "ERA_KANJI" => FieldKind::EraKanji,
        _ => return None,
    })
}

fn requirement(letter: &str) -> Option<Requirement> {
    Some(match letter {
        "M" => Requirement::Always,
        "O" => Requirement::Optional,
        "C" => Requirement::Conditional,
        "X" => Requirement::Never,
        _ => return None,
    })
}

/// `7=平成|9=令和` -> 7, 9; `01..12` -> each; a reference such as `see ...` means any value.
fn codes(text: &str) -> Vec<String> {
    if text.is_empty() || text.starts_with("see ") {
        return Vec::new();
    }
    let mut codes = Vec::new();
    for entry in text.split('|') {
        let code = entry.split('=').next().unwrap_or_default().trim();
        match code.split_once("..").and_then(|(low, high)| Some((low, low.parse::<u32>().ok()?, high.parse::<u32>().ok()?))) {
            Some((low, first, last)) => codes.extend((first..=last).map(|n| format!("{n:0width$}", width = low.len()))),
            None => codes.push(code.to_owned()),
        }
    }
    codes
}
