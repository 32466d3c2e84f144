use kura_law::Law;
use kura_model::{ItemKind, SixtyHourBase};
use kura_yen::Exact;

use super::figures::Figures;
use super::item::{AmountSource, Item};
use super::rules::WageRules;
use super::values::{BASE_PAY_SLOT, FactName, PlanNames};
use crate::clocks::Clocks;
use crate::formula::{Formula, FormulaProblem, Value, compile, dependency_order};
use crate::tax::Method;

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

impl<'law> PayPlan<'law> {
    /// Compiles a plan: every formula is read and checked, before any pay. All problems are told at once.
    pub fn new(law: &'law Law, input: PlanInput) -> Result<Self, Vec<PlanProblem>> {
        let PlanInput { clocks, items, facts, tables, rules, method } = input;
        let names: Vec<String> = items.iter().map(|input| input.item.name.clone()).collect();
        let table_names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
        let names = PlanNames { facts: &facts, items: &names, tables: &table_names };
        let (items, mut problems) = compiled(items, &names);
        problems.extend(unlawful_deductions(&items));
        problems.extend(ambiguous_names(&items, &names));
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
        let formulas = formulas(&items, &names).map_err(|problem| vec![problem])?;
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

    pub(super) fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        let table = self.tables.get(usize::from(table))?;
        let of_key = |holds: &dyn Fn(&str) -> bool| table.keys.iter().find(|(known, _)| holds(known));
        match key {
            Value::Text(text) => of_key(&|known| known == text).map(|(_, value)| *value),
            Value::Number(number) => {
                let holds =
                    |(from, to, _): &&(Exact, Option<Exact>, Exact)| from <= number && to.is_none_or(|to| *number < to);
                let of_range = table.ranges.iter().find(holds).map(|(_, _, value)| *value);
                let same_number = |known: &str| Exact::parse(known).is_ok_and(|known| known == *number);
                of_range.or_else(|| of_key(&same_number).map(|(_, value)| *value))
            }
        }
    }
}

/// The items with their formulas read and checked, and every problem with one.
fn compiled(inputs: Vec<ItemInput>, names: &PlanNames<'_>) -> (Vec<Item>, Vec<PlanProblem>) {
    let mut problems = Vec::new();
    let mut items = Vec::with_capacity(inputs.len());
    for ItemInput { mut item, formula } in inputs {
        if let Some((source, rounding)) = formula {
            match compile(&source, names) {
                Ok(formula) => item.source = AmountSource::Formula(formula, rounding),
                Err(problem) => problems.push(PlanProblem::Formula { item: item.name.clone(), problem }),
            }
        }
        items.push(item);
    }
    (items, problems)
}

fn unlawful_deductions(items: &[Item]) -> impl Iterator<Item = PlanProblem> {
    let deductions = items.iter().filter(|item| item.kind == ItemKind::Deduction && item.deduction_basis.is_none());
    deductions.map(|item| PlanProblem::NoDeductionBasis { item: item.name.clone() })
}

/// Formulas whose words stand for more than one thing: a wrong one would be paid without a sign.
fn ambiguous_names(items: &[Item], names: &PlanNames<'_>) -> Vec<PlanProblem> {
    let mut problems = Vec::new();
    for item in items {
        for slot in formula_of(item).map_or(&[][..], Formula::slots) {
            let Some(name) = names.name_of(*slot) else { continue };
            let others = items.iter().filter(|other| other.name == name).count();
            if others > 1 || (others == 1 && names.item_of(*slot).is_none()) {
                problems.push(PlanProblem::AmbiguousName { item: item.name.clone(), name: name.to_owned() });
            }
        }
    }
    problems
}

/// The base lines of officers and of everybody else: 役員報酬 for officers where a plan has both.
fn base_lines(items: &[Item]) -> Option<(usize, usize)> {
    let base = |item: &Item| item.kind == ItemKind::Earning && matches!(item.source, AmountSource::BasePay);
    let lines = || items.iter().enumerate().filter(|(_, item)| base(item));
    let (first, _) = lines().next()?;
    let named = |officer: bool| lines().find(|(_, item)| (item.name == "役員報酬") == officer).map(|(at, _)| at);
    Some((named(true).unwrap_or(first), named(false).unwrap_or(first)))
}

fn formulas(items: &[Item], names: &PlanNames<'_>) -> Result<Vec<FormulaItem>, PlanProblem> {
    let slots = |item: &Item| formula_of(item).map_or(&[][..], Formula::slots).to_vec();
    let needs: Vec<Vec<usize>> =
        items.iter().map(|item| slots(item).into_iter().filter_map(|slot| names.item_of(slot)).collect()).collect();
    let order = dependency_order(items.len(), |item| needs.get(item).map_or(&[], Vec::as_slice));
    let order = order.map_err(|circle| PlanProblem::Circle {
        items: circle.items.iter().filter_map(|&item| items.get(item)).map(|item| item.name.clone()).collect(),
    })?;
    let mut formulas: Vec<FormulaItem> = Vec::new();
    for at in order {
        let Some(item) = items.get(at).filter(|item| formula_of(item).is_some()) else { continue };
        let (mut needs_base_pay, mut of_attendance) = (false, false);
        for slot in slots(item) {
            needs_base_pay |= slot == BASE_PAY_SLOT;
            of_attendance |= names.fact_of(slot).is_some_and(|fact| fact.of_attendance);
            let needed = names.item_of(slot);
            let source = needed.and_then(|needed| items.get(needed)).map(|item| &item.source);
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

fn formula_of(item: &Item) -> Option<&Formula> {
    match &item.source {
        AmountSource::Formula(formula, _) => Some(formula),
        _ => None,
    }
}
