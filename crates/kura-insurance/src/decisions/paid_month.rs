use kura_calendar::{Date, Month};
use kura_yen::Yen;

use crate::decisions::DecisionError;

/// 被保険者の区分 as the base-day rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkerClass {
    /// 通常の被保険者: works as long as a regular employee.
    Ordinary,
    /// 短時間就労者（パート）: shorter than a regular employee, but three quarters or more.
    PartTimer,
    /// 短時間労働者: insured by the extension of coverage, below three quarters.
    ShortTimeWorker,
}

impl WorkerClass {
    /// The word of the forms.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Ordinary => "通常の被保険者",
            Self::PartTimer => "短時間就労者（パート）",
            Self::ShortTimeWorker => "短時間労働者",
        }
    }
}

/// 1か月分の支給か: whether a payment is the pay of a whole month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FullMonth {
    /// 満額.
    Full,
    /// 日割（途中入社）.
    ProratedJoin,
    /// 日割（退職）.
    ProratedLeaving,
    /// 日割（昇給）.
    ProratedRaise,
    /// 休職等: 休職給, 育休, strike.
    Leave,
    /// 遅配: the pay of the month, or a part of it, came in a later month.
    Late,
}

impl FullMonth {
    /// The word of the workbook.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Full => "満額",
            Self::ProratedJoin => "日割（途中入社）",
            Self::ProratedLeaving => "日割（退職）",
            Self::ProratedRaise => "日割（昇給）",
            Self::Leave => "休職等",
            Self::Late => "遅配",
        }
    }
}

/// 対象期間 of a payment, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PayPeriod {
    /// 自.
    pub from: Date,
    /// 至, the 締切日.
    pub to: Date,
}

/// One payment of the pay history (給与履歴), by the 支給日 clock.
///
/// A payment for n months (a six-month pass) already stands here with one n-th in every month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PaidMonth {
    /// 支給月.
    pub payment_month: Month,
    /// 支給日.
    pub paid_on: Date,
    /// 対象期間 of the fixed pay in it.
    pub fixed_period: PayPeriod,
    /// 支払基礎日数, 0 to 31.
    pub base_days: u8,
    /// 1か月分の支給か.
    pub full_month: FullMonth,
    /// 報酬のうち通貨によるもの, yen, 遡及分 included.
    pub currency: Yen,
    /// 報酬のうち現物によるもの, yen.
    pub in_kind: Yen,
    /// うち固定的賃金, yen, without 遡及分.
    pub fixed_part: Yen,
    /// うち遡及分: the part that belongs to earlier months, yen.
    pub retroactive: Yen,
}

impl PaidMonth {
    /// 合計: currency and in kind.
    pub fn total(&self) -> Yen {
        self.currency + self.in_kind
    }

    /// The remuneration of the month itself: without what belongs to earlier months.
    pub fn own(&self) -> Yen {
        self.total() - self.retroactive
    }

    fn check(&self) -> Result<(), DecisionError> {
        let month = self.payment_month;
        if self.base_days > 31 {
            return Err(DecisionError::BaseDaysTooMany { month });
        }
        if self.total().is_negative() || self.own().is_negative() {
            return Err(DecisionError::NegativeRemuneration { month });
        }
        Ok(())
    }
}

/// A checked pay history in the order of its months.
pub(crate) struct PayHistory<'a> {
    months: Vec<&'a PaidMonth>,
}

impl<'a> PayHistory<'a> {
    pub(crate) fn read(history: &'a [PaidMonth]) -> Result<Self, DecisionError> {
        let mut months: Vec<&PaidMonth> = history.iter().collect();
        months.sort_by_key(|paid| paid.payment_month);
        for paid in &months {
            paid.check()?;
        }
        let twice = months.windows(2).find_map(|pair| match pair {
            [one, other] if one.payment_month == other.payment_month => Some(one.payment_month),
            _ => None,
        });
        match twice {
            Some(month) => Err(DecisionError::PaidMonthTwice { month }),
            None => Ok(Self { months }),
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &'a PaidMonth> {
        self.months.iter().copied()
    }

    pub(crate) fn last(&self) -> Option<&'a PaidMonth> {
        self.months.last().copied()
    }

    pub(crate) fn find(&self, month: Month) -> Option<&'a PaidMonth> {
        self.iter().find(|paid| paid.payment_month == month)
    }

    pub(crate) fn require(&self, month: Month) -> Result<&'a PaidMonth, DecisionError> {
        self.find(month).ok_or(DecisionError::PaidMonthMissing { month })
    }
}
