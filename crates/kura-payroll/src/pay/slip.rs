use kura_calendar::Month;
use kura_yen::{Exact, Yen};

use super::built_in::BuiltIn;
use super::rule::Rule;

/// 給与明細: the lines of one payment and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slip {
    /// 支給, absence as negatives, in the order of the slip.
    pub pay: Vec<Line>,
    /// 控除, in the order of the slip.
    pub deductions: Vec<Line>,
    /// 総支給額: the sum of [`Self::pay`].
    pub gross: Yen,
    /// 非課税.
    pub tax_free: Yen,
    /// 課税対象額（社会保険料控除後）; for 非居住者 and for pay to the heirs, whose tax does not follow from it, likewise.
    pub taxable: Yen,
    /// 控除合計: the sum of [`Self::deductions`].
    pub deduction_total: Yen,
    /// 差引支給額; below zero when the deductions exceed the pay.
    pub net: Yen,
    /// What the pay counts as for insurance, revision and unit prices.
    pub bases: Bases,
}

impl Slip {
    /// 差引不足額: what the person owes when the net is negative; nothing is transferred then.
    pub fn shortfall(&self) -> Yen {
        (-self.net).or_zero()
    }

    /// What is really paid out, by transfer or in cash.
    pub fn paid_out(&self) -> Yen {
        self.net.or_zero()
    }

    /// The sum of one built-in deduction over its months.
    pub fn deducted(&self, built_in: BuiltIn) -> Yen {
        let lines = self.deductions.iter().filter(|line| line.kind == LineKind::BuiltIn(built_in));
        lines.map(|line| line.amount).sum()
    }

    /// The invariants of every slip, added up anew without saturation: lines sum to totals, pay less deductions is the net,
    /// the split of a premium sums to it. A slip that breaks one is never handed out.
    pub fn verify(&self) -> Result<(), Unbalanced> {
        let sum = |lines: &[Line]| lines.iter().map(|line| i128::from(line.amount.get())).sum::<i128>();
        let (pay, deductions) = (sum(&self.pay), sum(&self.deductions));
        let holds = [
            (pay == i128::from(self.gross.get()), "支給の合計"),
            (deductions == i128::from(self.deduction_total.get()), "控除の合計"),
            (pay.checked_sub(deductions) == Some(i128::from(self.net.get())), "支給－控除＝差引"),
            (self.deductions.iter().all(Line::split_holds), "保険料の内訳の合計"),
        ];
        match holds.into_iter().find(|(holds, _)| !holds) {
            None => Ok(()),
            Some((_, what)) => Err(Unbalanced { what }),
        }
    }

    /// Empties the slip and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.pay.clear();
        self.deductions.clear();
        let (pay, deductions) = (std::mem::take(&mut self.pay), std::mem::take(&mut self.deductions));
        *self = Self { pay, deductions, ..Self::default() };
    }
}

/// The slip does not add up: a mistake of the program, and no slip leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("明細の検算が合いません（{what}）。")]
pub struct Unbalanced {
    /// The rule that does not hold.
    pub what: &'static str,
}

impl Unbalanced {
    /// What the user can do, one Japanese sentence.
    pub const fn remedy(self) -> &'static str {
        "金額に間違いがなければ、この人の番号を添えて開発者に知らせてください。"
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it pays or deducts.
    pub kind: LineKind,
    /// 金額, yen.
    pub amount: Yen,
    /// 数量・単価, where the amount is their product.
    pub quantity: Option<Quantity>,
    /// The rule that gave the amount.
    pub rule: Rule,
    /// 対象月: the month of a premium or of a back-payment.
    pub month: Option<Month>,
    /// 内訳 of a health premium: basic part, care, support levy.
    pub split: Option<[Yen; 3]>,
}

impl Line {
    /// A line that is an amount alone.
    pub(crate) const fn new(kind: LineKind, amount: Yen, rule: Rule) -> Self {
        Self { kind, amount, quantity: None, rule, month: None, split: None }
    }

    fn split_holds(&self) -> bool {
        self.split.is_none_or(|parts| parts.into_iter().sum::<Yen>() == self.amount)
    }
}

/// 数量・単価 behind an amount: hours and their price, days and theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// 数量 in hours or days.
    pub count: Exact,
    /// 単価, yen.
    pub unit: Exact,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// An item of the plan, by its index.
    Item(usize),
    /// A line every plan has.
    BuiltIn(BuiltIn),
}

/// What the pay counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bases {
    /// 報酬（通貨）, an item paid for n months with 1/n in each of them.
    pub remuneration: Yen,
    /// 報酬（現物）.
    pub remuneration_in_kind: Yen,
    /// うち固定的賃金.
    pub fixed_part: Yen,
    /// うち遡及分: 変動支給 of an earlier month.
    pub retroactive_part: Yen,
    /// 労働保険の賃金.
    pub labor_wage: Yen,
    /// 健康保険料・厚生年金保険料・雇用保険料 together.
    pub social_insurance: Yen,
    /// 通勤手当 above its tax-free limit.
    pub taxable_commuting: Yen,
    /// True when base pay was prorated or left out: the month is not 満額.
    pub partial_month: bool,
}
