use kura_model::ItemKind;
use kura_yen::Rounding;

use super::lookup_table::LookupTable;
use super::names::{FactName, OwnWord, PlanNames};
use super::problem::PlanProblem;
use crate::formula::{Formula, compile, dependency_order};
use crate::pay::{AmountSource, Item};

/// An item whose formula is still text.
#[derive(Debug, Clone)]
pub struct ItemInput {
    /// The item; its source is replaced when `formula` is given.
    pub item: Item,
    /// The formula as it was written, and its rounding.
    pub formula: Option<(String, Rounding)>,
}

/// The items with their formulas read and checked, and every problem with one.
pub(crate) fn compiled(
    inputs: Vec<ItemInput>,
    own: OwnWord,
    facts: &[FactName],
    tables: &[LookupTable],
) -> (Vec<Item>, Vec<PlanProblem>) {
    let (mut items, sources): (Vec<Item>, Vec<_>) = inputs.into_iter().map(|input| (input.item, input.formula)).unzip();
    let mut problems = Vec::new();
    for (at, source) in sources.into_iter().enumerate() {
        let (Some((text, rounding)), Some(item)) = (source, items.get(at)) else { continue };
        match compile(&text, &PlanNames { own, facts, items: &items, tables }) {
            Ok(formula) => {
                if let Some(item) = items.get_mut(at) {
                    item.source = AmountSource::Formula(formula, rounding);
                }
            }
            Err(problem) => problems.push(PlanProblem::Formula { item: item.name.clone(), problem }),
        }
    }
    let names = PlanNames { own, facts, items: &items, tables };
    problems.extend(unlawful_deductions(&items));
    problems.extend(ambiguous_names(&names));
    (items, problems)
}

fn unlawful_deductions(items: &[Item]) -> impl Iterator<Item = PlanProblem> {
    let deductions = items.iter().filter(|item| item.kind == ItemKind::Deduction && item.deduction_basis.is_none());
    deductions.map(|item| PlanProblem::NoDeductionBasis { item: item.name.clone() })
}

fn ambiguous_names(names: &PlanNames<'_>) -> Vec<PlanProblem> {
    let problem = |item: &Item, slot: u16| PlanProblem::AmbiguousName {
        item: item.name.clone(),
        name: names.name_of(slot).to_owned(),
    };
    let ambiguous = |item: &Item| -> Vec<PlanProblem> {
        let slots = item.formula_slots().iter().copied();
        slots.filter(|slot| names.is_ambiguous(*slot)).map(|slot| problem(item, slot)).collect()
    };
    names.items.iter().flat_map(ambiguous).collect()
}

impl PlanNames<'_> {
    /// Indices of the formula items, each after those it needs.
    pub(crate) fn formula_order(&self) -> Result<Vec<usize>, PlanProblem> {
        let needed = |item: &Item| item.formula_slots().iter().filter_map(|slot| self.item_of(*slot)).collect();
        let needs: Vec<Vec<usize>> = self.items.iter().map(needed).collect();
        let order = dependency_order(self.items.len(), |item| needs.get(item).map_or(&[], Vec::as_slice));
        let order = order.map_err(|circle| PlanProblem::Circle {
            items: circle.items.iter().filter_map(|&at| self.items.get(at)).map(|item| item.name.clone()).collect(),
        })?;
        Ok(order.into_iter().filter(|&at| self.items.get(at).is_some_and(|item| item.formula().is_some())).collect())
    }
}

impl Item {
    pub(crate) fn formula(&self) -> Option<&Formula> {
        match &self.source {
            AmountSource::Formula(formula, _) => Some(formula),
            _ => None,
        }
    }

    /// The slots of the names in its formula; none where it has no formula.
    pub(crate) fn formula_slots(&self) -> &[u16] {
        self.formula().map_or(&[], Formula::slots)
    }
}
