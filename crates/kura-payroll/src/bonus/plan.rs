use kura_calendar::{Date, Month};
use kura_law::Law;

use crate::formula::StepWords;
use crate::pay::{Item, LineKind, Reason};
use crate::plan::{FactName, ItemInput, LookupTable, OwnWord, PlanNames, PlanProblem, compiled};
use crate::tax::Method;

/// 賞与: the typed amount in money. An item of that name is more: what is given besides is in it.
const BONUS: OwnWord = OwnWord { word: "賞与", before_items: false };

/// What the people of one bonus share.
#[derive(Debug)]
pub struct BonusPlan<'law> {
    /// The law pack.
    pub law: &'law Law,
    /// 支給日: the one clock of a bonus.
    pub paid_on: Date,
    /// The items that are used in bonuses (賞与で使う), in the order of the slip.
    pub items: Vec<Item>,
    /// The names of facts that formulas use, in the order of [`super::PersonBonus::facts`].
    pub facts: Vec<FactName>,
    /// 税額の求め方: the two exceptions go through the monthly tax.
    pub method: Method,
    pub(super) formula_order: Vec<usize>,
    pub(super) tables: Vec<LookupTable>,
}

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct BonusPlanInput {
    /// 支給日, moved off days on which banks are closed.
    pub paid_on: Date,
    /// The items that are used in bonuses, formulas still as text. A 標準 item takes the typed amount.
    pub items: Vec<ItemInput>,
    /// The names of facts that formulas may use.
    pub facts: Vec<FactName>,
    /// 参照表 in force.
    pub tables: Vec<LookupTable>,
    /// 税額の求め方.
    pub method: Method,
}

impl<'law> BonusPlan<'law> {
    /// Compiles a plan: every formula is read and checked, before any bonus. All problems are told at once.
    pub fn new(law: &'law Law, input: BonusPlanInput) -> Result<Self, Vec<PlanProblem>> {
        let BonusPlanInput { paid_on, items, facts, tables, method } = input;
        let (items, problems) = compiled(items, BONUS, &facts, &tables);
        if !problems.is_empty() {
            return Err(problems);
        }
        let names = PlanNames { own: BONUS, facts: &facts, items: &items, tables: &tables };
        let formula_order = names.formula_order().map_err(|problem| vec![problem])?;
        Ok(Self { law, paid_on, items, facts, method, formula_order, tables })
    }

    /// 支給月: premium month, ages and exemptions.
    pub fn payment_month(&self) -> Month {
        Month::of(self.paid_on)
    }

    /// The index of an item by its code.
    pub fn item(&self, code: &str) -> Option<usize> {
        self.items.iter().position(|item| item.code == code)
    }

    /// 項目コード and 明細の名 of a line.
    pub fn code_and_name(&self, kind: LineKind) -> (&str, &str) {
        match kind {
            LineKind::BuiltIn(built_in) => (built_in.code(), built_in.japanese()),
            LineKind::Item(at) => {
                self.items.get(at).map_or(("", ""), |item| (item.code.as_str(), item.slip_name.as_str()))
            }
        }
    }

    /// A reason of a formula item in words: each step with what came out.
    pub fn steps_in_words(&self, reason: &Reason) -> Vec<StepWords> {
        reason.steps.iter().map(|step| step.words(|slot| self.names().name_of(slot).into())).collect()
    }

    /// The names of its formulas, each with its slot.
    pub(super) fn names(&self) -> PlanNames<'_> {
        PlanNames { own: BONUS, facts: &self.facts, items: &self.items, tables: &self.tables }
    }
}
