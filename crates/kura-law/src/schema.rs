use serde::Deserialize;

use crate::Kind;
use crate::citation::Confidence;
use crate::layout::{FieldKind, Requirement};
use crate::table::day;

/// A column of a table: its name, how its cells are spelled, and whether a cell may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ColumnInfo {
    /// 列の名.
    pub name: String,
    /// How a cell is spelled.
    pub value: ValueType,
    /// True when a cell may be empty.
    pub open: bool,
}

/// How a cell is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// 円, a whole number.
    Yen,
    /// 率 in 1/100000, a whole number.
    RateE5,
    /// A decimal number: a rate as a fraction, a percentage, a rate per mille.
    Decimal,
    /// `true` or `false`.
    Flag,
    /// A day `YYYY-MM-DD` or the month `YYYY-MM` it begins.
    Day,
    /// A mark of 確度.
    Confidence,
    /// What a figure's value is: `number`, `rate`, `text` or `list`.
    Unit,
    /// The type of a field of a form.
    FieldKind,
    /// 必須・任意・条件付き of a field of a form.
    Requirement,
    /// The kind of a holiday.
    HolidayKind,
}

impl ColumnInfo {
    const NAMES: [(&str, ValueType); 6] = [
        ("text", ValueType::Text),
        ("integer", ValueType::Integer),
        ("yen", ValueType::Yen),
        ("rate_e5", ValueType::RateE5),
        ("decimal", ValueType::Decimal),
        ("flag", ValueType::Flag),
    ];

    fn new(name: &str, value: ValueType) -> Self {
        Self { name: name.to_owned(), value, open: false }
    }

    fn open(name: &str, value: ValueType) -> Self {
        Self { name: name.to_owned(), value, open: true }
    }

    pub(crate) fn accepts(&self, cell: &str) -> bool {
        if cell.is_empty() { self.open } else { self.value.accepts(cell) }
    }

    pub(crate) const fn expectation(&self) -> &'static str {
        match self.value {
            ValueType::Text => "空欄にはできません",
            ValueType::Integer | ValueType::Yen | ValueType::RateE5 => "整数ではありません",
            ValueType::Decimal => "数値ではありません",
            ValueType::Flag => "true か false ではありません",
            ValueType::Day => "日付か年月ではありません",
            ValueType::Confidence => "知らない確度です",
            ValueType::Unit | ValueType::FieldKind | ValueType::Requirement | ValueType::HolidayKind => {
                "知らない区分です"
            }
        }
    }
}

/// `name type`, with `?` behind the type when a cell may be empty: `pay_upper_excl yen?`.
impl TryFrom<String> for ColumnInfo {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let unknown = || format!("the column `{text}` is not `name type`");
        let (name, spelled) = text.split_once(' ').ok_or_else(unknown)?;
        let kind = spelled.strip_suffix('?').unwrap_or(spelled);
        let (_, value) = Self::NAMES.into_iter().find(|(known, _)| *known == kind).ok_or_else(unknown)?;
        Ok(Self { name: name.to_owned(), value, open: spelled.ends_with('?') })
    }
}

impl ValueType {
    fn accepts(self, cell: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Integer | Self::Yen | Self::RateE5 => digits(unsigned(cell)),
            Self::Decimal => {
                let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
                digits(unsigned(whole)) && digits(fraction.as_bytes())
            }
            Self::Flag => matches!(cell, "true" | "false"),
            Self::Day => day(cell).is_ok(),
            Self::Confidence => Confidence::parse(cell).is_some(),
            Self::Unit => matches!(cell, "number" | "rate" | "text" | "list"),
            Self::FieldKind => FieldKind::parse(cell).is_some(),
            Self::Requirement => Requirement::parse(cell).is_some(),
            Self::HolidayKind => matches!(cell, "national" | "substitute" | "citizens" | "special"),
        }
    }
}

/// Few enough digits for an `i64`.
fn digits(text: &[u8]) -> bool {
    (1..=18).contains(&text.len()) && text.iter().all(u8::is_ascii_digit)
}

fn unsigned(cell: &str) -> &[u8] {
    match cell.as_bytes() {
        [b'-', digits @ ..] => digits,
        digits => digits,
    }
}

/// The columns of a table that has one file: those of its kind, or those the manifest declares.
pub(crate) fn columns(kind: Kind, declared: &[ColumnInfo]) -> Vec<ColumnInfo> {
    use ValueType as V;
    let column = ColumnInfo::new;
    let open = ColumnInfo::open;
    let dated = || [open("from", V::Day), open("to_excl", V::Day)];
    let source = || [column("confidence", V::Confidence), column("source", V::Text)];
    match kind {
        Kind::Dated => declared.iter().cloned().chain(dated()).chain(source()).collect(),
        Kind::Figure => {
            let own = [column("key", V::Text), column("value", V::Text), column("unit", V::Unit)];
            own.into_iter().chain(dated()).chain(source()).collect()
        }
        Kind::Bracket => {
            let own = [
                column("name", V::Text),
                open("upto_incl", V::Yen),
                column("step", V::Yen),
                column("rate", V::Decimal),
                column("add", V::Yen),
            ];
            own.into_iter().chain(dated()).chain(source()).collect()
        }
        Kind::Layout => {
            let own = [
                column("no", V::Integer),
                column("name_ja", V::Text),
                column("name_en", V::Text),
                column("type", V::FieldKind),
                open("min_len", V::Integer),
                column("max_len", V::Integer),
                column("charset", V::Text),
                column("required", V::Requirement),
                open("codes", V::Text),
                open("notes", V::Text),
            ];
            own.into_iter().chain(source()).collect()
        }
        Kind::Days => {
            let own = [column("date", V::Day), column("name_ja", V::Text), column("kind", V::HolidayKind)];
            own.into_iter().chain(source()).collect()
        }
        Kind::List => declared.iter().cloned().chain(source()).collect(),
        Kind::Grid | Kind::RateGrid => Vec::new(),
    }
}

/// The printed part of a 月額表 or 日額表; `hei` stands in the 日額表 only.
pub(crate) fn grid_columns(hei: bool) -> Vec<ColumnInfo> {
    use ValueType as V;
    let bounds = [ColumnInfo::new("min_incl", V::Yen), ColumnInfo::new("max_excl", V::Yen)];
    let kou = (0..8).map(|count| ColumnInfo::new(&format!("kou{count}"), V::Yen));
    let otsu = [ColumnInfo::open("otsu", V::Yen), ColumnInfo::open("otsu_rate", V::Decimal)];
    let hei = hei.then(|| ColumnInfo::new("hei", V::Yen));
    bounds.into_iter().chain(kou).chain(otsu).chain(hei).collect()
}

/// The part of a 月額表 or 日額表 above its printed rows: base and rate of each segment.
pub(crate) fn over_columns() -> Vec<ColumnInfo> {
    use ValueType as V;
    let own = [
        ColumnInfo::new("column", V::Text),
        ColumnInfo::new("from_incl", V::Yen),
        ColumnInfo::open("upto_excl", V::Yen),
        ColumnInfo::new("rate", V::Decimal),
        ColumnInfo::new("base0", V::Yen),
    ];
    own.into_iter().chain((1..8).map(|count| ColumnInfo::open(&format!("base{count}"), V::Yen))).collect()
}

/// 賞与に対する源泉徴収税額の算出率の表: a rate a row, the bounds of the previous month's pay by number of dependants.
pub(crate) fn rate_grid_columns() -> Vec<ColumnInfo> {
    use ValueType as V;
    let spans = (0..8).map(|count| format!("kou{count}")).chain(["otsu".to_owned()]);
    let bounds = spans.flat_map(|span| {
        [ColumnInfo::open(&format!("{span}_min_incl"), V::Yen), ColumnInfo::open(&format!("{span}_max_excl"), V::Yen)]
    });
    [ColumnInfo::new("rate", V::Decimal)].into_iter().chain(bounds).collect()
}
