use kura_calendar::{CalendarError, Date};

/// Why the law pack has no answer. The text is what a user reads; it names the table and the day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// The pack has no figure for that day: it is refused by name, never guessed.
    #[error("法令データ「{title}」（{table}）に{on}の数字がありません。")]
    Missing {
        /// Identifier of the table.
        table: String,
        /// 表の名.
        title: String,
        /// The day asked for.
        on: Date,
        /// What to do about it.
        remedy: String,
    },
    /// The key (都道府県, 業種番号 ...) stands in no row of the table.
    #[error("法令データ「{title}」（{table}）に「{key}」がありません。")]
    UnknownKey {
        /// Identifier of the table.
        table: String,
        /// 表の名.
        title: String,
        /// The key asked for.
        key: String,
    },
    /// An amount lies outside what the table covers (丙欄 at 24,000円 and above, pay over 20,000,000円).
    #[error("法令データ「{title}」（{table}）は{what}を収録していません。")]
    OutsideTable {
        /// Identifier of the table.
        table: String,
        /// 表の名.
        title: String,
        /// The part that is not covered, in Japanese.
        what: String,
    },
    /// No table has this name.
    #[error("「{table}」という表はありません。`kura law check` で表の一覧を確かめてください。")]
    UnknownTable {
        /// The name asked for.
        table: String,
    },
    /// A cell of the pack cannot be read: the pack itself is broken.
    #[error("法令データ {file} の{row}行目「{column}」が読めません（{reason}）。")]
    BadCell {
        /// File under law/.
        file: String,
        /// Line of the file, the header is line 1.
        row: u64,
        /// Column name.
        column: String,
        /// What is wrong.
        reason: String,
    },
    /// The manifest law/tables.toml cannot be read.
    #[error("法令データの目録 law/tables.toml が読めません（{reason}）。")]
    BadManifest {
        /// What is wrong.
        reason: String,
    },
    /// A day cannot be computed.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// An exact number cannot be computed.
    #[error(transparent)]
    Yen(#[from] kura_yen::YenError),
}

impl LawError {
    pub(crate) fn bad_cell(file: &str, row: u64, column: &str, reason: &str) -> Self {
        Self::BadCell { file: file.to_owned(), row, column: column.to_owned(), reason: reason.to_owned() }
    }

    /// The table the error is about, where there is one.
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Missing { table, .. }
            | Self::UnknownKey { table, .. }
            | Self::OutsideTable { table, .. }
            | Self::UnknownTable { table } => Some(table),
            _ => None,
        }
    }

    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Missing { remedy, .. } => remedy,
            Self::UnknownKey { .. } => "表にある名前で指定してください（`kura law show` で一覧できます）。",
            Self::OutsideTable { .. } => "公式の表で確かめ、法令データへ取り込んでください。",
            Self::UnknownTable { .. } => "表の名前を確かめてください。",
            Self::BadCell { .. } | Self::BadManifest { .. } => "law/ の該当する行を直してください。",
            Self::Calendar(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}
