use kura_calendar::Month;
use kura_insurance::decisions::{CurrentStandard, Explanation, FullMonth, MonthsAverage, PaidMonth};
use kura_model::{ClientCode, EmployeeCode};
use kura_yen::Yen;

/// A decision about one person's 標準報酬 with everything it stands on: a line of 月変・算定の判定表.
pub(crate) struct Judgement {
    pub(crate) client: ClientCode,
    pub(crate) employee: EmployeeCode,
    pub(crate) kind: JudgementKind,
    /// 従前 健保, yen.
    pub(crate) old_health: Option<Yen>,
    /// 従前 厚年 (70歳以上は相当額), yen.
    pub(crate) old_pension: Option<Yen>,
    /// 従前の改定月.
    pub(crate) old_from: Option<Month>,
    /// The payments it was judged by, in order.
    pub(crate) months: Vec<JudgedMonth>,
    /// 総計 of the months that count, yen.
    pub(crate) total: Option<Yen>,
    /// 平均額, yen.
    pub(crate) average: Option<Yen>,
    /// 修正平均額, yen, where there is one.
    pub(crate) corrected_average: Option<Yen>,
    /// 決定後 健保, yen.
    pub(crate) new_health: Option<Yen>,
    /// 決定後 厚年 (70歳以上は相当額), yen.
    pub(crate) new_pension: Option<Yen>,
    /// 適用年月 of the decision, where there is one.
    pub(crate) applies_from: Option<Month>,
    /// What it comes to, in a few words: 改定, 改定しない（2等級以上の差がない）.
    pub(crate) verdict: String,
    /// Why, sentence by sentence; with amounts of the person.
    pub(crate) explanation: Vec<String>,
}

/// What was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JudgementKind {
    /// 資格取得時決定.
    Acquisition,
    /// 定時決定 (算定).
    Annual,
    /// 随時改定 (月変).
    Occasional,
    /// 産前産後休業終了時改定.
    MaternityEnd,
    /// 育児休業等終了時改定.
    ChildcareEnd,
}

impl JudgementKind {
    /// The word of the list.
    pub(crate) const fn japanese(self) -> &'static str {
        match self {
            Self::Acquisition => "資格取得時決定",
            Self::Annual => "定時決定（算定）",
            Self::Occasional => "随時改定（月変）",
            Self::MaternityEnd => "産前産後休業終了時改定",
            Self::ChildcareEnd => "育児休業等終了時改定",
        }
    }
}

/// One payment a judgement looked at.
pub(crate) struct JudgedMonth {
    /// 支給月.
    pub(crate) month: Month,
    /// 支払基礎日数.
    pub(crate) base_days: u8,
    /// 1か月分の支給か.
    pub(crate) full_month: FullMonth,
    /// 報酬 通貨, yen.
    pub(crate) currency: Yen,
    /// 報酬 現物, yen.
    pub(crate) in_kind: Yen,
    /// うち遡及分, yen.
    pub(crate) retroactive: Yen,
    /// True when the month is in the average the decision used.
    pub(crate) counts: bool,
}

impl Judgement {
    /// A judgement that says who and what, and nothing else yet.
    pub(super) fn new(client: ClientCode, employee: EmployeeCode, kind: JudgementKind, verdict: String) -> Self {
        Self {
            client,
            employee,
            kind,
            old_health: None,
            old_pension: None,
            old_from: None,
            months: Vec::new(),
            total: None,
            average: None,
            corrected_average: None,
            new_health: None,
            new_pension: None,
            applies_from: None,
            verdict,
            explanation: Vec::new(),
        }
    }

    pub(super) fn with_old(self, current: CurrentStandard, from: Month) -> Self {
        Self { old_health: current.health, old_pension: current.pension, old_from: Some(from), ..self }
    }

    /// The payments from one month to another, and the averages over them.
    pub(super) fn with_months(
        mut self,
        paid: &[PaidMonth],
        (from, upto): (Month, Month),
        counted: Option<&MonthsAverage>,
        corrected: Option<&MonthsAverage>,
    ) -> Self {
        let used = corrected.or(counted);
        let looked_at = paid.iter().filter(|paid| from <= paid.payment_month && paid.payment_month <= upto);
        self.months = looked_at
            .map(|paid| JudgedMonth {
                month: paid.payment_month,
                base_days: paid.base_days,
                full_month: paid.full_month,
                currency: paid.currency,
                in_kind: paid.in_kind,
                retroactive: paid.retroactive,
                counts: used.is_some_and(|used| used.months.contains(&paid.payment_month)),
            })
            .collect();
        self.total = counted.map(|counted| counted.total);
        self.average = counted.map(|counted| counted.average);
        self.corrected_average = corrected.map(|corrected| corrected.average);
        self
    }

    pub(super) fn with_new(self, applies_from: Month, [health, pension]: [Option<Yen>; 2]) -> Self {
        Self { applies_from: Some(applies_from), new_health: health, new_pension: pension, ..self }
    }

    pub(super) fn explained(mut self, explanation: &Explanation) -> Self {
        self.explanation.extend(explanation.steps().iter().map(|step| step.text.clone()));
        self
    }
}
