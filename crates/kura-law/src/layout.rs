use crate::table::Table;
use crate::{Confidence, LawError, RowRef};

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
    /// Most bytes in Shift_JIS; 0 = the specification read gives no limit.
    pub max_len: usize,
    /// Name of the character set (kura-text knows what each holds).
    pub charset: String,
    /// 必須・任意・条件付き.
    pub required: Requirement,
    /// Allowed codes as `code` (the meaning after `=` dropped); empty when any value may stand.
    pub codes: Vec<String>,
    /// What codes mean, of those the layout says it of: `1`, `男`.
    pub meanings: Vec<(String, String)>,
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
        let fields = table.rows.iter().enumerate().map(|(at, row)| {
            let cells = RowRef::new(table, at, row);
            let bad = |column: &str, reason: &str| table.sheet.bad(at, column, reason);
            let number = |column: &str| u16::try_from(cells.integer(column)?).map_err(|_| bad(column, "大きすぎます"));
            let number_or_zero = |column: &str| match cells.text(column)? {
                "" => Ok(0),
                _ => number(column),
            };
            Ok(Field {
                number: number("no")?,
                name_ja: cells.text("name_ja")?.to_owned(),
                name: cells.text("name_en")?.to_owned(),
                kind: FieldKind::parse(cells.text("type")?).ok_or_else(|| bad("type", "知らない区分です"))?,
                min_len: usize::from(number_or_zero("min_len")?),
                max_len: usize::from(number("max_len")?),
                charset: cells.text("charset")?.to_owned(),
                required: Requirement::parse(cells.text("required")?)
                    .ok_or_else(|| bad("required", "知らない区分です"))?,
                codes: codes(cells.text("codes")?),
                meanings: meanings(cells.text("codes")?),
                notes: cells.text("notes")?.to_owned(),
                confidence: row.confidence,
            })
        });
        let fields = fields.collect::<Result<Vec<_>, LawError>>()?;
        // 項番 runs from 1 without a gap: the position in the record is the number.
        let misplaced = fields.iter().zip(1..).position(|(field, place)| field.number != place);
        if let Some(at) = misplaced {
            return Err(table.sheet.bad(at, "no", "項番が続いていません"));
        }
        Ok(Self { table: table.info.id.clone(), title: table.info.title.clone(), fields })
    }

    /// The position (from 0) of a field by identifier.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl FieldKind {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "CONST" => Self::Constant,
            "N" => Self::Digits,
            "ENUM" => Self::Code,
            "FLAG" => Self::Flag,
            "ERA" => Self::Era,
            "YMD6" => Self::EraDate,
            "YM" => Self::MonthOfYear,
            "MONEY" => Self::Money,
            "K" => Self::Kana,
            "J" => Self::FullWidth,
            "A" => Self::Text,
            "X" => Self::CodeOrKana,
            "EMPTY" => Self::Empty,
            "ERA_KANJI" => Self::EraKanji,
            _ => return None,
        })
    }
}

impl Requirement {
    /// `C1`, `C2`: conditional, as one of a numbered group.
    pub(crate) fn parse(letter: &str) -> Option<Self> {
        Some(match letter {
            "M" => Self::Always,
            "O" => Self::Optional,
            "C" | "C1" | "C2" => Self::Conditional,
            "X" => Self::Never,
            _ => return None,
        })
    }
}

/// `7=平成|9=令和` -> 7, 9; `01..12` -> each. A remark in brackets is dropped, but the values it adds are taken:
/// `17..31 (11..31 when field 45 is 1)` -> 11 to 31. A reference (`see ...`) or sources that differ (`CONFLICT`) mean any value.
fn codes(text: &str) -> Vec<String> {
    if text.is_empty() || text.starts_with("see ") || text.contains("CONFLICT") {
        return Vec::new();
    }
    let mut codes: Vec<String> = Vec::new();
    for entry in text.split('|') {
        let (spelled, remark) = entry.split_once(" (").unwrap_or((entry, ""));
        let code = spelled.split('=').next().unwrap_or_default().trim();
        let ranges = [remark.split(' ').next(), Some(code)].into_iter().flatten().filter_map(range);
        let listed: Vec<String> = ranges.flatten().collect();
        let spelled_out = if listed.is_empty() { vec![code.to_owned()] } else { listed };
        for code in spelled_out {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes
}

/// `1=男|6=` -> 1 男.
fn meanings(text: &str) -> Vec<(String, String)> {
    let entries = text.split('|').filter_map(|entry| entry.split_once('='));
    let meant = entries.map(|(code, meaning)| (code.trim().to_owned(), meaning.trim().to_owned()));
    meant.filter(|(_, meaning)| !meaning.is_empty()).collect()
}

/// The codes of `01..12`, as wide as the first; a range of more than a thousand is no list of codes.
fn range(text: &str) -> Option<impl Iterator<Item = String>> {
    let (low, high) = text.split_once("..")?;
    let (first, last): (u32, u32) = (low.parse().ok()?, high.parse().ok()?);
    let width = low.len();
    (last.checked_sub(first)? < 1_000).then(|| (first..=last).map(move |code| format!("{code:0width$}")))
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_of_a_field() {
        assert_eq!(codes("7=平成|9=令和"), ["7", "9"]);
        assert_eq!(codes("4=退職等|5=死亡|11=社会保障協定"), ["4", "5", "11"]);
        assert_eq!(codes("001..003"), ["001", "002", "003"]);
        assert_eq!(codes("01..11 (two digits)").len(), 11);
        assert_eq!(codes("有|無 (written as the character)"), ["有", "無"]);
        let days = codes("17..31 (11..31 when field 45 is 1)");
        assert_eq!((days.len(), days[0].as_str(), days[20].as_str()), (21, "11", "31"));
        for any in ["", "see code_pension_prefectures.csv", "01..47 (one reading) / others - CONFLICT"] {
            assert_eq!(codes(any), [""; 0], "{any}");
        }
        assert_eq!(codes("0..4294967295"), ["0..4294967295"]);
    }
}
