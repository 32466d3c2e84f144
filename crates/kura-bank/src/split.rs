use kura_yen::{Exact, Rounding, Yen, YenError};

/// Up to so many accounts a person and kind of payment (口座の順位).
pub const ACCOUNTS_MAX: usize = 3;

/// How much of a net goes one way (振込の方法).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// 全額.
    Whole,
    /// 定額, yen.
    Fixed(Yen),
    /// 定率, percent of the net, below one yen dropped.
    Percent(Exact),
    /// 残額.
    Remainder,
    /// 現金: so many yen, or all that is left.
    Cash(Option<Yen>),
}

/// A part with its 順位, which may stay unknown where there is one part only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankedPart {
    /// 順位.
    pub rank: Option<i64>,
    /// 振込の方法.
    pub part: Part,
}

/// Why a net cannot be split. No error holds an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// No way at all.
    #[error("振込先も現金の指定もありません。")]
    NoPart,
    /// More accounts than a person may have.
    #[error("口座が{count}件あります（{ACCOUNTS_MAX}件まで）。")]
    TooMany {
        /// Rows found.
        count: usize,
    },
    /// Several rows and one of them without 順位.
    #[error("口座の順位が空欄です。")]
    NoRank,
    /// Two rows of one 順位.
    #[error("順位{rank}の口座が2件あります。")]
    SameRank {
        /// The rank.
        rank: i64,
    },
    /// 全額 beside other rows.
    #[error("「全額」の口座のほかに口座があります。")]
    WholeNotAlone,
    /// Two rows that take what is left.
    #[error("「残額」（または金額のない「現金」）が2件あります。")]
    TwoRemainders,
    /// An amount below zero.
    #[error("振込の額・率が0未満です。")]
    BelowZero,
    /// The fixed amounts and shares are more than the net.
    #[error("定額・定率の合計が差引支給額を超えています。")]
    Exceeds,
    /// Something is left and no row takes it.
    #[error("定額・定率の残りを受け取る口座がありません。")]
    LeftOver,
    /// A share cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl SplitError {
    /// What to do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoPart => "口座を1件加えてください。現金で支払うときも、方法を「現金」とした1件が要ります。",
            Self::TooMany { .. } => "使わない口座を消してください。",
            Self::NoRank | Self::SameRank { .. } => "順位を1から順に、重ならないように付けてください。",
            Self::WholeNotAlone => "分けて振り込むときは、「全額」を「残額」に変えてください。",
            Self::TwoRemainders => "「残額」は1件だけにしてください。",
            Self::BelowZero => "0以上で書いてください。",
            Self::Exceeds => "今回の定額・定率を減らすか、その口座の方法を「残額」にしてください。",
            Self::LeftOver => "どれか1件の方法を「残額」にしてください。",
            Self::Yen(_) => "率は「30」のように、百分率で書いてください。",
        }
    }
}

/// 差引支給額 over the parts: one amount a part, in the order given, none below zero, together the net. A net of zero or
/// below is not paid: every part is 0.
///
/// # Errors
/// [`SplitError`]: nothing is paid short or over in silence.
pub fn split(net: Yen, parts: &[RankedPart]) -> Result<Vec<Yen>, SplitError> {
    require_order(parts)?;
    let net = net.or_zero();
    let mut left = net;
    let mut amounts = Vec::with_capacity(parts.len());
    for RankedPart { part, .. } in parts {
        let amount = match *part {
            _ if net == Yen::ZERO => Yen::ZERO,
            Part::Fixed(amount) | Part::Cash(Some(amount)) => amount,
            Part::Percent(percent) => net.exact().times(percent)?.divided_by_integer(100)?.round(Rounding::Down)?,
            Part::Whole | Part::Remainder | Part::Cash(None) => Yen::ZERO,
        };
        if amount.is_negative() {
            return Err(SplitError::BelowZero);
        }
        if amount > left {
            return Err(SplitError::Exceeds);
        }
        left -= amount;
        amounts.push(amount);
    }
    let taker = parts.iter().position(|ranked| ranked.part.takes_the_rest());
    match taker.and_then(|at| amounts.get_mut(at)) {
        Some(amount) => *amount = left,
        None if left == Yen::ZERO => {}
        None => return Err(SplitError::LeftOver),
    }
    Ok(amounts)
}

impl Part {
    const fn takes_the_rest(self) -> bool {
        matches!(self, Self::Whole | Self::Remainder | Self::Cash(None))
    }
}

/// What is wrong with the parts whatever the net.
fn require_order(parts: &[RankedPart]) -> Result<(), SplitError> {
    let count = parts.len();
    if count == 0 {
        return Err(SplitError::NoPart);
    }
    if count > ACCOUNTS_MAX {
        return Err(SplitError::TooMany { count });
    }
    if count > 1 {
        let mut ranks = parts.iter().map(|ranked| ranked.rank).collect::<Option<Vec<_>>>().ok_or(SplitError::NoRank)?;
        ranks.sort_unstable();
        let twice = ranks.iter().zip(ranks.iter().skip(1)).find(|(rank, next)| rank == next);
        if let Some((&rank, _)) = twice {
            return Err(SplitError::SameRank { rank });
        }
        if parts.iter().any(|ranked| ranked.part == Part::Whole) {
            return Err(SplitError::WholeNotAlone);
        }
    }
    if parts.iter().filter(|ranked| ranked.part.takes_the_rest()).count() > 1 {
        return Err(SplitError::TwoRemainders);
    }
    Ok(())
}
