use kura_law::Law;
use kura_model::{ItemKind, SixtyHourBase};
use kura_yen::{Exact, Yen};

use super::amounts::ItemAmount;
use super::figures::Figures;
use super::item::{AmountSource, Item};
use super::rules::WageRules;
use super::trace::Reason;
use super::{PayError, PersonMonth};
use crate::clocks::Clocks;
use crate::formula::{EvaluationProblem, StepWords};
use crate::plan::{
    FactName, ItemInput, LookupTable, OWN_WORD_SLOT, OwnWord, PlanNames, PlanProblem, PlanValues, compiled,
};
use crate::tax::Method;

/// 基本給: the amount of this slip's base line, after 日割, before any absence. The item of that name is more: what is given
/// besides is in it.
const BASE_PAY: OwnWord = OwnWord { word: "基本給", before_items: true };

/// What a pay group and a month share.
#[derive(Debug)]
pub struct PayPlan<'law> {
    /// The law pack.
    pub law: &'law Law,
    /// The four clocks.
    pub clocks: Clocks,
    /// The items in the order of the slip.
    pub items: Vec<Item>,
    /// The names of facts that formulas use, in the order of [`super::PersonMonth::facts`].
    pub facts: Vec<FactName>,
    /// 給与規程.
    pub rules: WageRules,
    /// 税額の求め方.
    pub method: Method,
    pub(super) tables: Vec<LookupTable>,
    pub(super) figures: Figures<'law>,
    /// The formulas, each after those it needs.
    pub(super) formulas: Vec<FormulaItem>,
    /// The 標準 item of officers and of everybody else.
    pub(super) officer_line: usize,
    pub(super) employee_line: usize,
}

/// A formula in the order of the work.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormulaItem {
    /// Index of the item.
    pub(super) item: usize,
    /// True when the formula needs 基本給, itself or through another formula.
    pub(super) needs_base_pay: bool,
    /// True when it uses 勤怠 or 変動支給, itself or through another formula.
    pub(super) of_attendance: bool,
}

/// What a plan is made from.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// The clocks of the month.
    pub clocks: Clocks,
    /// The items, formulas still as text.
    pub items: Vec<ItemInput>,
    /// The names of facts that formulas may use.
    pub facts: Vec<FactName>,
    /// 参照表 in force.
    pub tables: Vec<LookupTable>,
    /// 給与規程.
    pub rules: WageRules,
    /// 税額の求め方.
    pub method: Method,
}

impl<'law> PayPlan<'law> {
    /// Compiles a plan: every formula is read and checked, before any pay. All problems are told at once.
    pub fn new(law: &'law Law, input: PlanInput) -> Result<Self, Vec<PlanProblem>> {
        let PlanInput { clocks, items, facts, tables, rules, method } = input;
        let (items, mut problems) = compiled(items, BASE_PAY, &facts, &tables);
        let calendar_month =
            clocks.variable.from.day() == 1 && clocks.variable.to.tomorrow().is_ok_and(|next| next.day() == 1);
        if rules.sixty_hour_base == SixtyHourBase::FirstOfMonth && !calendar_month {
            problems.push(PlanProblem::SixtyHoursOfCalendarMonth);
        }
        let base_lines = base_lines(&items);
        if base_lines.is_none() {
            problems.push(PlanProblem::NoBasePay);
        }
        let (Some((officer_line, employee_line)), true) = (base_lines, problems.is_empty()) else {
            return Err(problems);
        };
        let names = PlanNames { own: BASE_PAY, facts: &facts, items: &items, tables: &tables };
        let formulas = formulas(&names).map_err(|problem| vec![problem])?;
        let figures = Figures::on(law, clocks, method, rules.variable_hours).map_err(|problem| vec![problem])?;
        Ok(Self { law, clocks, items, facts, rules, method, tables, figures, formulas, officer_line, employee_line })
    }

    /// True for an item whose amount is a 式.
    pub fn is_formula(&self, item: usize) -> bool {
        self.formulas.iter().any(|formula| formula.item == item)
    }

    /// The index of an item by its code.
    pub fn item(&self, code: &str) -> Option<usize> {
        self.items.iter().position(|item| item.code == code)
    }

    /// The names of its formulas, each with its slot.
    pub(super) fn names(&self) -> PlanNames<'_> {
        PlanNames { own: BASE_PAY, facts: &self.facts, items: &self.items, tables: &self.tables }
    }

    /// What formulas see of one person: an item of 固定支給 or 変動支給 without a row is no unknown cell, the person has no right
    /// to it, and that is 0.
    pub(super) fn values<'run>(
        &'run self,
        person: &'run PersonMonth,
        base_pay: Option<Yen>,
        amounts: &'run [ItemAmount],
    ) -> PlanValues<'run, impl Fn(usize) -> Option<Exact>> {
        let amount = |at: usize| amounts.get(at).and_then(ItemAmount::on_the_slip);
        PlanValues { names: self.names(), own: base_pay.map(Yen::exact), facts: &person.facts, amount }
    }

    pub(super) fn formula_error(&self, item: &str, problem: EvaluationProblem) -> PayError {
        match problem {
            EvaluationProblem::Unknown { slot } => PayError::Unknown { what: self.names().name_of(slot).to_owned() },
            problem => PayError::Formula { item: item.to_owned(), problem },
        }
    }

    /// A reason of a formula item in words: each step with what came out.
    pub fn steps_in_words(&self, reason: &Reason) -> Vec<StepWords> {
        reason.steps.iter().map(|step| step.words(|slot| self.names().name_of(slot).into())).collect()
    }
}

/// The base lines of officers and of everybody else: 役員報酬 for officers where a plan has both.
fn base_lines(items: &[Item]) -> Option<(usize, usize)> {
    let base = |item: &Item| item.kind == ItemKind::Earning && matches!(item.source, AmountSource::BasePay);
    let lines = || items.iter().enumerate().filter(|(_, item)| base(item));
    let (first, _) = lines().next()?;
    let named = |officer: bool| lines().find(|(_, item)| (item.name == "役員報酬") == officer).map(|(at, _)| at);
    Some((named(true).unwrap_or(first), named(false).unwrap_or(first)))
}

/// The formulas in the order of the work.
fn formulas(names: &PlanNames<'_>) -> Result<Vec<FormulaItem>, PlanProblem> {
    let mut formulas: Vec<FormulaItem> = Vec::new();
    for at in names.formula_order()? {
        let Some(item) = names.items.get(at) else { continue };
        let (mut needs_base_pay, mut of_attendance) = (false, false);
        for slot in item.formula_slots().iter().copied() {
            needs_base_pay |= slot == OWN_WORD_SLOT;
            let fact = names.fact_of(slot).and_then(|fact| names.facts.get(fact));
            of_attendance |= fact.is_some_and(|fact| fact.of_attendance);
            let needed = names.item_of(slot);
            let source = needed.and_then(|needed| names.items.get(needed)).map(|item| &item.source);
            of_attendance |= matches!(source, Some(AmountSource::Variable));
            if let Some(other) = formulas.iter().find(|other| Some(other.item) == needed) {
                needs_base_pay |= other.needs_base_pay;
                of_attendance |= other.of_attendance;
            }
        }
        formulas.push(FormulaItem { item: at, needs_base_pay, of_attendance });
    }
    Ok(formulas)
}
