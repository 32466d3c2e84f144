use kura_yen::Yen;

/// 前月の給与（社会保険料控除後）: the row of the bonus table. 0 yen and no pay are different facts, though both lead to the
/// monthly table (所得税法186条1項2号).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviousPay {
    /// As typed on the row of the bonus, yen; 0 and negative amounts stand as they are.
    Typed(Yen),
    /// The pays of the previous month from the history, together, yen.
    FromHistory(Yen),
    /// 前月に給与の支払がない.
    NotPaid,
    /// The history of that month is missing: the tax of a resident has no answer.
    Unknown,
}

impl PreviousPay {
    /// The typed amount where there is one; else the pays (課税対象: after social insurance, bonuses left out) that the history
    /// has for the month before the 支給日. `history` is `None` when the history of that month is missing or still 暫定; an
    /// empty one says that nothing was paid.
    pub fn of(typed: Option<Yen>, history: Option<&[Yen]>) -> Self {
        match (typed, history) {
            (Some(typed), _) => Self::Typed(typed),
            (None, None) => Self::Unknown,
            (None, Some([])) => Self::NotPaid,
            (None, Some(pays)) => Self::FromHistory(pays.iter().copied().sum()),
        }
    }

    /// The amount, where pay was paid.
    pub const fn amount(self) -> Option<Yen> {
        match self {
            Self::Typed(amount) | Self::FromHistory(amount) => Some(amount),
            Self::NotPaid | Self::Unknown => None,
        }
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::Typed(amount) => format!("{amount}（入力）"),
            Self::FromHistory(amount) => format!("{amount}（給与履歴）"),
            Self::NotPaid => "支払なし".to_owned(),
            Self::Unknown => "不明".to_owned(),
        }
    }
}
