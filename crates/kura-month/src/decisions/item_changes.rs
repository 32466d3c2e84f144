use std::collections::BTreeMap;

use kura_calendar::{Date, Timeline};
use kura_insurance::decisions::PayPeriod;
use kura_model::{FixedPay, FixedWage, ItemCode, ItemKind, PayLine, RemunerationClass};
use kura_payroll::formula::Value;
use kura_payroll::pay::{AmountSource, FormulaInputs, Item, LineKind, PersonMonth, Slip};
use kura_yen::{Exact, Yen};

use super::fixed_change::FixedChange;
use super::paid_months::PaidMonths;
use crate::client_month::PaidPerson;
use crate::stop::Stop;

/// The names of facts that follow from the way to work.
const COMMUTING_FACTS: [&str; 2] = ["片道距離", "通勤日額"];
/// A fact that is another number every month without anything having changed.
const DAYS_OF_PERIOD: &str = "所定日数";

/// The changes of items of fixed pay: 固定支給 by its rows; formulas by the factors and the way to work they name, else by
/// what they came to in one whole payment and the next.
pub(super) struct ItemChanges<'run> {
    pub(super) person: &'run PaidPerson<'run>,
    pub(super) paid: &'run PaidMonths<'run>,
    /// 明細履歴 of the person.
    pub(super) lines: &'run [&'run PayLine],
}

impl ItemChanges<'_> {
    pub(super) fn find(&self) -> Result<Vec<FixedChange>, Stop> {
        let mut changes = Vec::new();
        let plan = &self.person.facts.group.plan;
        for (at, item) in plan.items.iter().enumerate().filter(|(_, item)| is_fixed_pay(item)) {
            match item.source {
                AmountSource::Fixed => changes.extend(self.of_amounts(item)),
                AmountSource::Formula(..) => {
                    let Some(inputs) = plan.formula_inputs(at) else { continue };
                    if self.follows_work(&inputs) {
                        changes.extend(self.of_way_to_work(at, item, &inputs)?);
                    } else {
                        changes.extend(self.of_lines(at, item, &inputs));
                    }
                }
                AmountSource::BasePay | AmountSource::Variable => {}
            }
        }
        Ok(changes)
    }

    /// 固定支給 by its rows: new, changed, ended.
    fn of_amounts(&self, item: &Item) -> Vec<FixedChange> {
        let Some(history) = self.fixed_pay(&item.code) else { return Vec::new() };
        let months = i64::from(item.class.pay_every_months.max(1));
        let of_month = |amount: Option<Yen>| {
            let amount = amount.unwrap_or(Yen::ZERO);
            amount.get().checked_div(months).map_or(amount, Yen::new)
        };
        let rights = rights(history);
        let mut before = None;
        let mut changes = Vec::new();
        for Right { from, amount, decided_on } in rights {
            let amounts = [of_month(before), of_month(amount)];
            let [was, is] = amounts;
            // What a joiner begins with is no change.
            let is_first = before.is_none() && self.hired_on().is_none_or(|hired| from <= hired);
            if was != is && !is_first {
                changes.push(FixedChange::of_month(&item.name, from, decided_on, amounts));
            }
            before = amount;
        }
        changes
    }

    /// True when the amount is another one in every month by the work done, the base pay or the calendar.
    fn follows_work(&self, inputs: &FormulaInputs) -> bool {
        let plan = &self.person.facts.group.plan;
        let by_fact = inputs.facts.iter().filter_map(|at| plan.facts.get(*at));
        let by_item = inputs.items.iter().filter_map(|at| plan.items.get(*at));
        inputs.base_pay
            || by_fact.clone().any(|fact| fact.of_attendance || fact.name == DAYS_OF_PERIOD)
            || by_item.clone().any(|item| matches!(item.source, AmountSource::Variable))
    }

    /// A formula over days worked that names the distance or the daily fare: the same month's work, before and after.
    fn of_way_to_work(&self, at: usize, item: &Item, inputs: &FormulaInputs) -> Result<Vec<FixedChange>, Stop> {
        let plan = &self.person.facts.group.plan;
        let named = |name: &str| {
            inputs.facts.iter().copied().find(|at| plan.facts.get(*at).is_some_and(|fact| fact.name == name))
        };
        let slots = COMMUTING_FACTS.map(named);
        if slots == [None; 2] {
            return Ok(Vec::new());
        }
        let mut changes = Vec::new();
        for on in self.person.facts.commuting_changes() {
            let Ok(day_before) = on.yesterday() else { continue };
            let (was, is) = (self.person.facts.way_to_work(day_before)?, self.person.facts.way_to_work(on)?);
            if was == is || self.hired_on().is_none_or(|hired| on <= hired) {
                continue;
            }
            let amounts = [self.amount_with(at, slots, was)?, self.amount_with(at, slots, is)?];
            changes.push(FixedChange::of_month(&item.name, on, None, amounts));
        }
        Ok(changes)
    }

    /// The line of an item in this month, had the way to work been another.
    fn amount_with(&self, at: usize, slots: [Option<usize>; 2], way: [Exact; 2]) -> Result<Yen, Stop> {
        let mut asked: PersonMonth = self.person.asked.clone();
        for (slot, value) in slots.into_iter().zip(way) {
            if let Some(fact) = slot.and_then(|slot| asked.facts.get_mut(slot)) {
                *fact = Some(Value::Number(value));
            }
        }
        let slip = self.person.facts.group.plan.pay(&asked, &mut ())?;
        Ok(line_of(&slip, at))
    }

    /// A formula over facts and factors alone: what it came to in one whole payment and the next.
    fn of_lines(&self, at: usize, item: &Item, inputs: &FormulaInputs) -> Vec<FixedChange> {
        let days = self.days_of_factors(item, inputs);
        let this_month = self.person.facts.clocks().payment_month;
        let mut earlier: Option<(PayPeriod, Yen)> = None;
        let mut changes: Vec<FixedChange> = Vec::new();
        for (month, paid_on, period) in self.paid.whole_payments() {
            let amount =
                if month == this_month { Some(line_of(&self.person.slip, at)) } else { self.settled(item, paid_on) };
            let Some(amount) = amount else {
                earlier = None;
                continue;
            };
            if let Some((before, was)) = earlier.filter(|(_, was)| *was != amount) {
                let dated = days.iter().copied().find(|day| before.from < *day && *day <= period.to);
                let on = dated.unwrap_or(period.from);
                match changes.last_mut().filter(|change| change.on == on) {
                    // A change inside a period is spread over two payments.
                    Some(change) => *change = FixedChange::of_month(&item.name, on, None, [change.unit[0], amount]),
                    None => changes.push(FixedChange::of_month(&item.name, on, None, [was, amount])),
                }
            }
            earlier = Some((period, amount));
        }
        changes
    }

    /// The days on which a factor the formula names begins or ends.
    fn days_of_factors(&self, item: &Item, inputs: &FormulaInputs) -> Vec<Date> {
        let plan = &self.person.facts.group.plan;
        let named = inputs.items.iter().filter_map(|at| plan.items.get(*at)).map(|item| item.code.as_str());
        let codes = named.chain([item.code.as_str()]);
        let rights = codes.filter_map(|code| self.fixed_pay(code)).flat_map(rights);
        let mut days: Vec<Date> = rights.map(|right| right.from).collect();
        days.sort();
        days
    }

    /// An item's line in a settled payment: 0 where other lines are kept and this one is not; `None` where none are.
    fn settled(&self, item: &Item, paid_on: Date) -> Option<Yen> {
        let of_day = self.lines.iter().filter(|line| line.paid_on == paid_on);
        let by_code: BTreeMap<&str, Yen> =
            of_day.filter_map(|line| Some((line.item_code.as_str(), line.amount?))).collect();
        (!by_code.is_empty()).then(|| by_code.get(item.code.as_str()).copied().unwrap_or(Yen::ZERO))
    }

    fn fixed_pay(&self, code: &str) -> Option<&Timeline<FixedPay>> {
        let employee = self.person.facts.employee;
        let key = (employee.client_code.clone(), employee.employee_code.clone(), ItemCode::from(code));
        self.person.facts.known.fixed_pay.get(&key)
    }

    fn hired_on(&self) -> Option<Date> {
        self.person.facts.employee.hired_on
    }
}

/// 固定的賃金 that counts as 報酬.
fn is_fixed_pay(item: &Item) -> bool {
    let counts = matches!(item.class.remuneration, RemunerationClass::Included | RemunerationClass::InKind);
    item.kind == ItemKind::Earning && counts && item.class.fixed_wage == FixedWage::Fixed
}

fn line_of(slip: &Slip, at: usize) -> Yen {
    slip.pay.iter().filter(|line| line.kind == LineKind::Item(at)).map(|line| line.amount).sum()
}

/// The right to an amount from a day on; an ended one is none.
struct Right {
    from: Date,
    amount: Option<Yen>,
    decided_on: Option<Date>,
}

fn rights(history: &Timeline<FixedPay>) -> Vec<Right> {
    let mut rights = Vec::new();
    let mut rows = history.facts().iter().peekable();
    while let Some((from, row)) = rows.next() {
        rights.push(Right { from: *from, amount: row.amount, decided_on: row.decided_on });
        let next = rows.peek().map(|(from, _)| *from);
        let ended = row.to.and_then(|to| to.tomorrow().ok()).filter(|ended| next.is_none_or(|next| *ended < next));
        rights.extend(ended.map(|from| Right { from, amount: None, decided_on: None }));
    }
    rights
}
