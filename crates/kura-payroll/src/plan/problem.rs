use crate::formula::FormulaProblem;

/// What is wrong with a plan, and at which item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanProblem {
    /// A formula cannot be read or checked.
    #[error("項目「{item}」: {problem}")]
    Formula {
        /// 項目名.
        item: String,
        /// What is wrong, with its place.
        problem: FormulaProblem,
    },
    /// Items need each other in a circle.
    #[error("項目「{}」の式が互いを参照していて計算できません。どれかの式から参照を外してください。", items.join("」「"))]
    Circle {
        /// The names of the items in the circle.
        items: Vec<String>,
    },
    /// No item of the kind 支給 takes the base pay.
    #[error("金額の決め方が「標準」の支給項目（基本給・役員報酬）がありません。支給控除項目に加えてください。")]
    NoBasePay,
    /// A formula uses a name that two items, or an item and a fact, have.
    #[error("項目「{item}」の式にある「{name}」は、二つ以上の項目の名前です。項目名を分けてください。")]
    AmbiguousName {
        /// 項目名 of the formula.
        item: String,
        /// The name.
        name: String,
    },
    /// A deduction that neither law nor an agreement allows (労基法24条1項).
    #[error(
        "控除項目「{item}」の根拠がありません（労基法24条）。協定のシートに「24条控除」の協定を入れ、控除できる項目にこの名前を書いてください。"
    )]
    NoDeductionBasis {
        /// 項目名.
        item: String,
    },
    /// The 60 hours run over calendar months, and the attendance does not.
    #[error(
        "60時間の起算「毎月1日」は、勤怠の期間が1日から末日までのときだけ計算できます。「計算期間」にするか、変動分の締日を末日にしてください。"
    )]
    SixtyHoursOfCalendarMonth,
    /// A withholding table is missing.
    #[error(transparent)]
    Withholding(#[from] crate::tax::WithholdingError),
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
}

impl PlanProblem {
    /// What the user can do, one Japanese sentence; how to mend an item stands in the problem itself.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Withholding(error) => error.remedy(),
            Self::Law(error) => error.remedy(),
            _ => "項目の行を直してください。",
        }
    }
}
