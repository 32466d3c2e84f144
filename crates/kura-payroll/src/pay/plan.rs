use kura_law::Law;
use kura_model::{ItemKind, ItemTaxClass};
use kura_yen::{Exact, Yen};

use super::item::{AmountSource, Item};
use super::rules::WageRules;
use super::values::{FactName, PlanNames};
use crate::clocks::Clocks;
use crate::formula::{Formula, FormulaProblem, Value, compile, dependency_order};
use crate::tax::{ComputerFormula, Method, WithholdingTable};

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
    /// Indices of formula items, each after those it needs.
    pub(super) formula_order: Vec<usize>,
    pub(super) tables: Vec<LookupTable>,
    pub(super) monthly_table: WithholdingTable<'law>,
    pub(super) computer_formula: Option<ComputerFormula<'law>>,
    /// 60時間 and 45時間, minutes (労基法37条1項, 36条4項).
    pub(super) over_60_minutes: i64,
    pub(super) over_45_minutes: i64,
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

/// An item whose formula is still text.
#[derive(Debug, Clone)]
pub struct ItemInput {
    /// The item; its source is replaced when `formula` is given.
    pub item: Item,
    /// The formula as it was written, and its rounding.
    pub formula: Option<(String, kura_yen::Rounding)>,
}

/// 参照表: exact keys, or ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupTable {
    /// 表名.
    pub name: String,
    /// Rows by exact key.
    pub keys: Vec<(String, Exact)>,
    /// Rows by range: 以上, 未満 (open when `None`), 値.
    pub ranges: Vec<(Exact, Option<Exact>, Exact)>,
}

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
    /// A withholding table is missing.
    #[error(transparent)]
    Withholding(#[from] crate::tax::WithholdingError),
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
}

impl<'law> PayPlan<'law> {
    /// Compiles a plan: every formula is read and checked, before any pay. All problems are told at once.
    pub fn new(law: &'law Law, input: PlanInput) -> Result<Self, Vec<PlanProblem>> {
        let names: Vec<String> = input.items.iter().map(|input| input.item.name.clone()).collect();
        let tables: Vec<String> = input.tables.iter().map(|table| table.name.clone()).collect();
        let names = PlanNames { facts: &input.facts, items: &names, tables: &tables };
        let mut problems = Vec::new();
        let mut items = Vec::with_capacity(input.items.len());
        for ItemInput { mut item, formula } in input.items {
            if let Some((source, rounding)) = formula {
                match compile(&source, &names) {
                    Ok(formula) => item.source = AmountSource::Formula(formula, rounding),
                    Err(problem) => problems.push(PlanProblem::Formula { item: item.name.clone(), problem }),
                }
            }
            items.push(item);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let formula_order = formula_order(&items, &names).map_err(|problem| vec![problem])?;
        let figures = Figures::on(law, input.clocks, input.method).map_err(|problem| vec![problem])?;
        Ok(Self {
            law,
            clocks: input.clocks,
            items,
            facts: input.facts,
            rules: input.rules,
            method: input.method,
            formula_order,
            tables: input.tables,
            monthly_table: figures.monthly_table,
            computer_formula: figures.computer_formula,
            over_60_minutes: figures.over_60_minutes,
            over_45_minutes: figures.over_45_minutes,
        })
    }

    /// The index of an item by its code.
    pub fn item(&self, code: &str) -> Option<usize> {
        self.items.iter().position(|item| item.code == code)
    }

    /// The items of a kind with their indices.
    pub(super) fn items_of(&self, kind: ItemKind) -> impl Iterator<Item = (usize, &Item)> {
        self.items.iter().enumerate().filter(move |(_, item)| item.kind == kind)
    }

    pub(super) fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        let table = self.tables.get(usize::from(table))?;
        match key {
            Value::Text(text) => table.keys.iter().find(|(known, _)| known == text).map(|(_, value)| *value),
            Value::Number(number) => {
                let holds =
                    |(from, to, _): &&(Exact, Option<Exact>, Exact)| from <= number && to.is_none_or(|to| *number < to);
                table.ranges.iter().find(holds).map(|(_, _, value)| *value)
            }
        }
    }
}

struct Figures<'law> {
    monthly_table: WithholdingTable<'law>,
    computer_formula: Option<ComputerFormula<'law>>,
    over_60_minutes: i64,
    over_45_minutes: i64,
}

impl<'law> Figures<'law> {
    fn on(law: &'law Law, clocks: Clocks, method: Method) -> Result<Self, PlanProblem> {
        let paid_on = clocks.payment_date;
        let standard = |key| law.figure("labor_standards", key, clocks.variable.to)?.integer();
        let formula = method == Method::ComputerFormula;
        Ok(Self {
            monthly_table: WithholdingTable::monthly(law, paid_on)?,
            computer_formula: formula.then(|| ComputerFormula::on(law, paid_on)).transpose()?,
            over_60_minutes: standard("premium.overtime_over_60h_threshold_minutes")?,
            over_45_minutes: standard("article36.month_limit_hours")?.saturating_mul(60),
        })
    }
}

fn formula_order(items: &[Item], names: &PlanNames<'_>) -> Result<Vec<usize>, PlanProblem> {
    let formula = |item: &Item| match &item.source {
        AmountSource::Formula(formula, _) => Some(formula.clone()),
        _ => None,
    };
    let needs: Vec<Vec<usize>> = items
        .iter()
        .map(|item| {
            formula(item).map_or_else(Vec::new, |formula: Formula| {
                formula.slots().iter().filter_map(|slot| names.item_of(*slot)).collect()
            })
        })
        .collect();
    let order = dependency_order(items.len(), |item| needs.get(item).map_or(&[], Vec::as_slice));
    let order = order.map_err(|circle| PlanProblem::Circle {
        items: circle.items.iter().filter_map(|&item| items.get(item)).map(|item| item.name.clone()).collect(),
    })?;
    Ok(order.into_iter().filter(|&item| items.get(item).is_some_and(|item| formula(item).is_some())).collect())
}

/// 通勤手当 of either means.
pub(super) fn is_commuting(tax: ItemTaxClass) -> bool {
    matches!(tax, ItemTaxClass::CommutingPublicTransport | ItemTaxClass::CommutingVehicle)
}

/// The part of an amount that a month of an n-month payment counts with (1/n, a fraction dropped).
pub(super) fn month_part(amount: Yen, every_months: u8) -> Yen {
    match amount.exact().divided_by_integer(i64::from(every_months.max(1))) {
        Ok(part) => part.round(kura_yen::Rounding::Down).unwrap_or(amount),
        Err(_) => amount,
    }
}
