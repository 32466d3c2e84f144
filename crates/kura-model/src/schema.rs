/// A sheet of the workbook.
#[derive(Debug)]
pub struct SheetSchema {
    /// Its identifier, for example `employment_terms`.
    pub identifier: &'static str,
    /// Its Japanese name, for example 雇用条件.
    pub header: &'static str,
    /// What a row is (Japanese).
    pub about: &'static str,
    /// Shown in an empty template; the others are hidden until they hold a row.
    pub visible: bool,
    /// Holds one row only (表紙, 事務所).
    pub one_row: bool,
    /// The same key may stand in several rows (明細履歴).
    pub repeats: bool,
    /// The column of 適用開始日, if the sheet is dated.
    pub dated: Option<usize>,
    /// The columns, in their order.
    pub columns: &'static [ColumnSchema],
}

/// A column of a sheet.
#[derive(Debug)]
pub struct ColumnSchema {
    /// Its identifier, for example `base_amount`.
    pub identifier: &'static str,
    /// Its header, for example 基本額.
    pub header: &'static str,
    /// Other headers that are read as this column.
    pub also: &'static [&'static str],
    /// What kind of value it holds.
    pub kind: Kind,
    /// What stops without it, as letters: P pay, B bonus, A 算定・月変, Q 取得届, L 喪失届, H Hello Work, T remittance.
    pub need: &'static str,
    /// A row without it says nothing about anyone and is left out.
    pub required: bool,
    /// Part of the key of a row.
    pub key: bool,
    /// The thing a code names, when it names one: the identifier of its type (`employee_code`).
    pub names: Option<&'static str>,
    /// Smallest plausible value, as typed.
    pub min: Option<&'static str>,
    /// Largest plausible value, as typed.
    pub max: Option<&'static str>,
    /// Example, as typed.
    pub example: &'static str,
    /// What it means (Japanese).
    pub about: &'static str,
}

/// The kind of value a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// Full-width katakana.
    Kana,
    /// Digits and letters; leading zeros count.
    Code(CodeForm),
    /// A day.
    Date,
    /// A month.
    Month,
    /// Whole yen.
    Yen,
    /// An exact decimal.
    Decimal,
    /// A whole number.
    Count,
    /// Hours and minutes.
    HoursMinutes,
    /// Days in quarters.
    Days,
    /// Per cent.
    Percent,
    /// Per mille.
    PerMille,
    /// One of a list; the places in the list that this column takes.
    Choice(&'static ChoiceSchema, &'static [u16]),
    /// ○ or empty.
    Flag,
    /// A formula.
    Formula,
    /// 末日 or a day number.
    DayOfMonth,
    /// Months of the year: `7,12`.
    Months,
    /// A pattern of weekdays: `土(2,4)`.
    Weekdays,
    /// Days: `2026-05-12,2026-05-13`.
    Dates,
    /// 年度: `R8`.
    FiscalYear,
}

impl Kind {
    /// The word of the workbook's documentation for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text | Self::Months | Self::Weekdays | Self::Dates => "text",
            Self::Kana => "kana",
            Self::Code(_) => "code",
            Self::Date => "date",
            Self::Month => "month",
            Self::Yen => "yen",
            Self::Decimal | Self::Count | Self::FiscalYear => "dec",
            Self::HoursMinutes => "hm",
            Self::Days => "days",
            Self::Percent | Self::PerMille => "pct",
            Self::Choice(..) | Self::DayOfMonth => "enum",
            Self::Flag => "flag",
            Self::Formula => "formula",
        }
    }
}

/// What is known of the shape of a code, so that zeros eaten by a spreadsheet can be put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeForm {
    /// Nothing.
    Free,
    /// A telephone number: it begins with 0.
    Telephone,
    /// 全国地方公共団体コード: five digits and a check digit.
    Municipality,
    /// Groups of digits parted by hyphens; one group has no hyphen (`8`, `4-6-1`).
    Digits(&'static [usize]),
}

/// A list of choices.
#[derive(Debug)]
pub struct ChoiceSchema {
    /// Its Rust type.
    pub name: &'static str,
    /// What is chosen (Japanese).
    pub about: &'static str,
    /// What can be chosen, in order.
    pub values: &'static [ChoiceValue],
}

/// One choice of a list.
#[derive(Debug)]
pub struct ChoiceValue {
    /// As it stands in a cell.
    pub japanese: &'static str,
    /// Its identifier, read as well.
    pub identifier: &'static str,
    /// Other spellings that are read.
    pub also: &'static [&'static str],
    /// What it means (Japanese), where the word does not say it.
    pub about: &'static str,
}
