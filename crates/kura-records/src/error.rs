/// Why a body is not a record of this house. Places, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// No JSON, or JSON of another shape.
    #[error("記録の形が正しくありません（{line}行{column}文字目）。")]
    Shape {
        /// Line of the body, from 1.
        line: usize,
        /// Character of the line.
        column: usize,
    },
    /// A sheet this release does not know: a newer release wrote it.
    #[error("この版が知らないシートの記録です。")]
    UnknownSheet,
    /// A column this release does not know.
    #[error("シート「{sheet}」に、この版が知らない列の記録があります。")]
    UnknownColumn {
        /// Its Japanese name.
        sheet: &'static str,
    },
    /// A cell that its column cannot hold.
    #[error("シート「{sheet}」の「{column}」の記録を読めません。")]
    Cell {
        /// Japanese name of the sheet.
        sheet: &'static str,
        /// Its header.
        column: &'static str,
    },
    /// A row without the cells that say whose it is.
    #[error("シート「{sheet}」に、だれの記録か分からない行があります。")]
    Incomplete {
        /// Its Japanese name.
        sheet: &'static str,
    },
}

impl RecordError {
    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::UnknownSheet | Self::UnknownColumn { .. } => "新しい版のKuraで開いてください。",
            Self::Shape { .. } | Self::Cell { .. } | Self::Incomplete { .. } => {
                "記録が壊れているおそれがあります。kura journal verify で確かめ、控えから戻してください。"
            }
        }
    }
}
