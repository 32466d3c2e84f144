use kura_model::{
    AverageWageBase, Change, ClientCode, FixedWage, Formula, ItemCode, ItemKind, ItemSource, ItemTaxClass,
    MonthsOfYear, PayGroupCode, PayItemChange, PremiumBase, PremiumBaseDivisor, RemunerationClass, RoundingRule, Row,
    Text,
};

use crate::pay_groups::ALWAYS;

/// A line of an item table of the design. It begins as a fixed allowance of the month that counts everywhere; each method says
/// where the line differs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    code: &'static str,
    name: &'static str,
    slip_name: &'static str,
    /// To whom: pay groups, all of them when there is none.
    groups: &'static [&'static str],
    kind: ItemKind,
    source: ItemSource,
    formula: Option<&'static str>,
    tax: ItemTaxClass,
    fixed_wage: FixedWage,
    labor_wage: bool,
    base: PremiumBase,
    divisor: PremiumBaseDivisor,
    minimum_wage: bool,
    prorate: bool,
    reduce_on_absence: bool,
    every_months: Option<(i64, &'static str)>,
    basis: &'static str,
}

impl Item {
    /// 支給.
    pub(crate) const fn earning(code: &'static str, name: &'static str) -> Self {
        Self {
            code,
            name,
            slip_name: name,
            groups: &[],
            kind: ItemKind::Earning,
            source: ItemSource::FixedPay,
            formula: None,
            tax: ItemTaxClass::Taxable,
            fixed_wage: FixedWage::Fixed,
            labor_wage: true,
            base: PremiumBase::Included,
            divisor: PremiumBaseDivisor::Month,
            minimum_wage: true,
            prorate: false,
            reduce_on_absence: false,
            every_months: None,
            basis: "賃金規程",
        }
    }

    /// 役員報酬: taxed, 報酬, and nothing that is of workers. The cell 割増の基礎 may not stay empty; an officer has no 割増.
    pub(crate) const fn officer_pay() -> Self {
        let item = Self::earning("K001", "役員報酬").built_in().not_minimum_wage();
        Self { labor_wage: false, basis: "株主総会・取締役会の決議", ..item }
    }

    /// 基本給.
    pub(crate) const fn base_pay() -> Self {
        Self::earning("K010", "基本給").built_in()
    }

    /// 通勤手当 of a means.
    pub(crate) const fn commuting(code: &'static str, name: &'static str, means: ItemTaxClass) -> Self {
        let item = Self::earning(code, name).not_minimum_wage().base(PremiumBase::ExcludedCommuting);
        Self { slip_name: "通勤手当", tax: means, ..item }
    }

    /// 控除 by a 24条協定.
    pub(crate) const fn deduction(code: &'static str, name: &'static str) -> Self {
        Self { kind: ItemKind::Deduction, basis: "24条協定", ..Self::earning(code, name) }
    }

    /// A number of 固定支給 that formulas name: paid to nobody.
    pub(crate) const fn information(code: &'static str, name: &'static str) -> Self {
        Self { kind: ItemKind::Information, ..Self::earning(code, name) }
    }

    pub(crate) const fn groups(self, groups: &'static [&'static str]) -> Self {
        Self { groups, ..self }
    }

    const fn built_in(self) -> Self {
        Self { source: ItemSource::BuiltIn, ..self }
    }

    pub(crate) const fn formula(self, formula: &'static str) -> Self {
        Self { source: ItemSource::Formula, formula: Some(formula), ..self }
    }

    /// 変動支給.
    pub(crate) const fn variable(self) -> Self {
        Self { source: ItemSource::VariablePay, ..self }
    }

    /// 非固定.
    pub(crate) const fn not_fixed(self) -> Self {
        Self { fixed_wage: FixedWage::NotFixed, ..self }
    }

    pub(crate) const fn base(self, base: PremiumBase) -> Self {
        Self { base, ..self }
    }

    pub(crate) const fn divisor(self, divisor: PremiumBaseDivisor) -> Self {
        Self { divisor, ..self }
    }

    pub(crate) const fn not_minimum_wage(self) -> Self {
        Self { minimum_wage: false, ..self }
    }

    /// 日.
    pub(crate) const fn prorated(self) -> Self {
        Self { prorate: true, ..self }
    }

    /// 欠.
    pub(crate) const fn reduced_on_absence(self) -> Self {
        Self { reduce_on_absence: true, ..self }
    }

    /// 支給の周期 and 支給月.
    pub(crate) const fn every_months(self, months: i64, paid_in: &'static str) -> Self {
        Self { every_months: Some((months, paid_in)), ..self }
    }
}

/// 支給控除項目: a row an item, or a row an item and pay group where not all groups have it.
pub(crate) fn pay_items(client: &str, items: &[Item]) -> Vec<Row<PayItemChange>> {
    let mut rows = Vec::new();
    for item in items {
        if item.groups.is_empty() {
            rows.push(row(client, item, None).into());
        }
        rows.extend(item.groups.iter().map(|group| Row::from(row(client, item, Some(group)))));
    }
    rows
}

fn row(client: &str, item: &Item, group: Option<&str>) -> PayItemChange {
    let mut row = PayItemChange::new(ClientCode::from(client), ItemCode::from(item.code), ALWAYS);
    row.pay_group_code = group.map(PayGroupCode::from);
    row.item_name = Text::from(item.name).into();
    row.slip_name = Text::from(item.slip_name).into();
    row.item_kind = item.kind.into();
    row.sort = item.code.trim_start_matches(char::is_alphabetic).parse::<i64>().map_or(Change::Unchanged, Change::To);
    row.source = item.source.into();
    if let Some(formula) = item.formula {
        row.formula = Formula::from(formula).into();
        row.formula_rounding = RoundingRule::Down.into();
    }
    if item.kind != ItemKind::Information {
        row.basis = Text::from(item.basis).into();
    }
    if item.kind != ItemKind::Earning {
        return row;
    }
    row.tax_class = item.tax.into();
    row.remuneration_class = RemunerationClass::Included.into();
    row.fixed_wage = item.fixed_wage.into();
    row.premium_base = item.base.into();
    row.premium_base_divisor = item.divisor.into();
    row.average_wage_base = AverageWageBase::Included.into();
    // A flag that is not set stays empty.
    for (flag, set) in [
        (&mut row.labor_wage, item.labor_wage),
        (&mut row.minimum_wage_base, item.minimum_wage),
        (&mut row.prorate, item.prorate),
        (&mut row.reduce_on_absence, item.reduce_on_absence),
    ] {
        if set {
            *flag = true.into();
        }
    }
    if let Some((months, paid_in)) = item.every_months {
        row.pay_every_months = months.into();
        row.pay_in_months = MonthsOfYear::parse(paid_in).map_or(Change::Unchanged, Change::To);
    }
    row
}
