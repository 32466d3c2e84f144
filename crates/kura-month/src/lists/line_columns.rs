use std::collections::{BTreeMap, HashMap};

use kura_model::{ClientCode, ItemKind, PayHistory};
use kura_payroll::pay::{BuiltIn, Item, Slip};
use kura_print::{ListCell, ListColumn, ListColumnKind};
use kura_yen::Yen;

use super::table::Table;
use crate::known::Known;
use crate::slip_record::code_and_name;

/// The lines of slips as columns: 支給 then 控除, each in the order of the slip.
pub(super) struct LineColumns<'run> {
    columns: Vec<LineColumn<'run>>,
    places: HashMap<&'run str, usize>,
}

/// Where a line stands on a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Pay,
    Deduction,
    /// A line of 明細履歴 whose code 支給控除項目 does not have.
    Unknown,
}

impl Side {
    pub(super) const fn japanese(self) -> &'static str {
        match self {
            Self::Pay => "支給",
            Self::Deduction => "控除",
            Self::Unknown => "区分不明",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct LineColumn<'run> {
    code: &'run str,
    /// 明細の名.
    name: &'run str,
    /// 項目名: stands where two columns have the same name on the slip (通勤手当 by car and by train).
    item_name: &'run str,
    side: Side,
}

impl<'run> LineColumns<'run> {
    /// The columns of these lines, given by code and name.
    pub(super) fn new(known: &'run Known, client: &ClientCode, used: &BTreeMap<&'run str, &'run str>) -> Self {
        let items = items(known, client);
        let built_in = |side, statutory| {
            BuiltIn::ALL.into_iter().filter_map(move |line| {
                let here = line.is_deduction() == (side == Side::Deduction) && line.is_statutory() == statutory;
                here.then(|| LineColumn { code: line.code(), name: line.japanese(), item_name: line.japanese(), side })
            })
        };
        let of_items = |side| items.iter().copied().filter(move |column| column.side == side);
        let in_order = of_items(Side::Pay)
            .chain(built_in(Side::Pay, false))
            .chain(built_in(Side::Deduction, true))
            .chain(of_items(Side::Deduction))
            .chain(built_in(Side::Deduction, false));
        let mut columns: Vec<LineColumn<'run>> = Vec::new();
        let mut places = HashMap::new();
        let of_used = used.iter().map(|(code, name)| LineColumn { code, name, item_name: name, side: Side::Unknown });
        for column in in_order.filter(|column| used.contains_key(column.code)).chain(of_used) {
            places.entry(column.code).or_insert_with(|| {
                columns.push(column);
                columns.len().saturating_sub(1)
            });
        }
        name_apart(&mut columns);
        Self { columns, places }
    }

    /// The columns of a side, into a table.
    pub(super) fn enter(&self, side: Side, table: &mut Table) {
        for column in self.columns.iter().filter(|column| column.side == side) {
            table.summed(ListColumn::new(column.name, ListColumnKind::Yen).in_section(side.japanese()));
        }
    }

    /// A slip from its first line to the standards its premiums stand on, as both registers show it.
    pub(super) fn slip_cells(&self, items: &[Item], slip: &Slip, history: &PayHistory) -> Vec<ListCell> {
        let mut amounts = self.amounts();
        for line in slip.pay.iter().chain(&slip.deductions) {
            amounts.add(code_and_name(items, line.kind).0, line.amount);
        }
        let charged = slip.deductions.iter().any(|line| line.split.is_some());
        let mut cells: Vec<ListCell> = amounts.cells(Side::Pay).collect();
        cells.push(slip.gross.into());
        cells.extend(amounts.cells(Side::Deduction));
        cells.push(slip.deduction_total.into());
        cells.push(slip.net.into());
        cells.push(ListCell::of(Some(slip.shortfall()).filter(|short| *short != Yen::ZERO)));
        cells.push(slip.tax_free.into());
        cells.push(slip.taxable.into());
        cells.push(ListCell::of(history.care.filter(|_| charged)));
        cells.push(ListCell::of(history.support_levy.filter(|_| charged)));
        cells.push(ListCell::of(history.health_standard));
        cells.push(ListCell::of(history.pension_standard));
        cells
    }

    /// An empty amount for each column.
    pub(super) fn amounts(&self) -> LineAmounts<'_, 'run> {
        LineAmounts { columns: self, amounts: vec![None; self.columns.len()] }
    }
}

/// The amounts of one slip by column; several lines of one code (a premium of two months) are one amount.
#[derive(Clone)]
pub(super) struct LineAmounts<'columns, 'run> {
    columns: &'columns LineColumns<'run>,
    amounts: Vec<Option<Yen>>,
}

impl LineAmounts<'_, '_> {
    pub(super) fn add(&mut self, code: &str, amount: Yen) {
        let place = self.columns.places.get(code).and_then(|place| self.amounts.get_mut(*place));
        if let Some(sum) = place {
            *sum = Some(sum.unwrap_or(Yen::ZERO) + amount);
        }
    }

    /// An amount that may be unknown.
    pub(super) fn add_known(&mut self, code: &str, amount: Option<Yen>) {
        if let Some(amount) = amount {
            self.add(code, amount);
        }
    }

    /// The cells of a side.
    pub(super) fn cells(&self, side: Side) -> impl Iterator<Item = ListCell> {
        let of_side = self.columns.columns.iter().zip(&self.amounts).filter(move |(column, _)| column.side == side);
        of_side.map(|(_, amount)| ListCell::of(*amount))
    }
}

/// The items of a client, whenever they were in force, in the order of the slip.
fn items<'run>(known: &'run Known, client: &ClientCode) -> Vec<LineColumn<'run>> {
    let mut items: Vec<(i64, LineColumn<'run>)> = Vec::new();
    for ((of, code, _), history) in &known.pay_items {
        let Some((_, item)) = history.facts().last().filter(|_| of == client) else { continue };
        let side = match item.item_kind {
            Some(ItemKind::Earning) => Side::Pay,
            Some(ItemKind::Deduction) => Side::Deduction,
            _ => continue,
        };
        let item_name = item.item_name.as_ref().map_or("", |name| name.as_str());
        let name = item.slip_name.as_ref().map_or(item_name, |name| name.as_str());
        items.push((item.sort.unwrap_or(i64::MAX), LineColumn { code: code.as_str(), name, item_name, side }));
    }
    items.sort_by(|(left, one), (right, other)| (left, one.code).cmp(&(right, other.code)));
    items.into_iter().map(|(_, column)| column).collect()
}

/// Where columns share their name on the slip, each gets the name of its item.
fn name_apart(columns: &mut [LineColumn<'_>]) {
    let mut count: HashMap<(&str, bool), usize> = HashMap::new();
    for column in columns.iter() {
        let times = count.entry((column.name, column.side == Side::Pay)).or_default();
        *times = times.saturating_add(1);
    }
    for column in columns {
        if count.get(&(column.name, column.side == Side::Pay)).is_some_and(|times| *times > 1) {
            column.name = column.item_name;
        }
    }
}
