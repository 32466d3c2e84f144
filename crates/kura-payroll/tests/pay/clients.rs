//! The four demo clients: items, wage rules and clocks, typed by hand from their descriptions.

use kura_calendar::parse_iso_month;
use kura_model::{
    AverageWageBase, BusinessDayShift, CashRounding, FixedOvertimeComparison, FixedWage, HourlyDivisor, ItemKind,
    ItemTaxClass, MonthOffset, MonthlyHoursRounding, PaidLeaveWageMethod, PremiumBase, PremiumBaseDivisor,
    ProrationMethod, RemunerationClass, ShortfallHandling, SixtyHourBase, VariableHours,
};
use kura_payroll::clocks::{ClockRules, Clocks, ClosingDay};
use kura_payroll::formula::ValueType;
use kura_payroll::pay::{
    AmountSource, DeductionBasis, FactName, Item, ItemClass, ItemInput, LookupTable, PayPlan, PlanInput,
    PremiumPayRates, WageRules,
};
use kura_payroll::tax::Method;
use kura_yen::{Exact, Rounding};

use crate::law::law;

/// The names of facts that the formulas of the clients use: attendance first.
pub(crate) const FACTS: [(&str, ValueType, bool); 9] = [
    ("出勤日数", ValueType::Number, true),
    ("欠勤日数", ValueType::Number, true),
    ("遅刻回数", ValueType::Number, true),
    ("早退回数", ValueType::Number, true),
    ("片道距離", ValueType::Number, false),
    ("通勤日額", ValueType::Number, false),
    ("保有資格", ValueType::Text, false),
    ("家族手当対象の子", ValueType::Number, false),
    ("任意:売上", ValueType::Number, true),
];

pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// Taxed, 報酬, fixed, 労働保険の賃金, in the base by the month, in the minimum-wage comparison, neither prorated nor cut.
pub(crate) const PLAIN: ItemClass = ItemClass {
    tax: ItemTaxClass::Taxable,
    remuneration: RemunerationClass::Included,
    fixed_wage: FixedWage::Fixed,
    labor_wage: true,
    premium_base: PremiumBase::Included,
    premium_base_divisor: PremiumBaseDivisor::Month,
    minimum_wage_base: true,
    average_wage: AverageWageBase::Included,
    prorate: false,
    reduce_on_absence: false,
    pay_every_months: 1,
};
pub(crate) const PRORATED: ItemClass = ItemClass { prorate: true, ..PLAIN };
pub(crate) const BASE: ItemClass = ItemClass { reduce_on_absence: true, ..PRORATED };
pub(crate) const OFFICER: ItemClass =
    ItemClass { labor_wage: false, premium_base: PremiumBase::ExcludedOverOneMonth, minimum_wage_base: false, ..PLAIN };
pub(crate) const TRAIN: ItemClass = ItemClass {
    tax: ItemTaxClass::CommutingPublicTransport,
    premium_base: PremiumBase::ExcludedCommuting,
    minimum_wage_base: false,
    ..PRORATED
};
pub(crate) const CAR: ItemClass = ItemClass { tax: ItemTaxClass::CommutingVehicle, prorate: false, ..TRAIN };
pub(crate) const FAMILY: ItemClass =
    ItemClass { premium_base: PremiumBase::ExcludedFamily, minimum_wage_base: false, ..PLAIN };
pub(crate) const BY_THE_DAY: ItemClass = ItemClass { premium_base_divisor: PremiumBaseDivisor::Day, ..PLAIN };
pub(crate) const FIXED_OVERTIME: ItemClass =
    ItemClass { premium_base: PremiumBase::ExcludedPremiumPay, minimum_wage_base: false, ..PRORATED };
pub(crate) const HOUSING: ItemClass =
    ItemClass { premium_base: PremiumBase::ExcludedHousing, minimum_wage_base: false, ..PLAIN };

pub(crate) fn item(name: &str, source: AmountSource, class: ItemClass) -> ItemInput {
    let name = name.to_owned();
    let (code, slip_name) = (format!("K-{name}"), name.clone());
    let item = Item {
        code,
        name,
        slip_name,
        kind: ItemKind::Earning,
        source,
        class,
        show_zero: false,
        pay_in_months: None,
        deduction_basis: None,
    };
    ItemInput { item, formula: None }
}

pub(crate) fn formula(name: &str, source: &str, class: ItemClass) -> ItemInput {
    ItemInput { formula: Some((source.to_owned(), Rounding::Down)), ..item(name, AmountSource::Fixed, class) }
}

/// A deduction of the 24条協定.
pub(crate) fn deduction(mut input: ItemInput) -> ItemInput {
    input.item.kind = ItemKind::Deduction;
    input.item.class = ItemClass { labor_wage: false, ..ItemClass::PREMIUM_PAY };
    input.item.deduction_basis = Some(DeductionBasis::Agreement);
    input
}

/// A factor that only formulas see.
pub(crate) fn factor(name: &str) -> ItemInput {
    let mut input = item(name, AmountSource::Fixed, PLAIN);
    input.item.kind = ItemKind::Information;
    input
}

pub(crate) fn qualifications(rows: &[(&str, i64)]) -> LookupTable {
    let keys = rows.iter().map(|(key, value)| ((*key).to_owned(), Exact::whole(*value))).collect();
    LookupTable { name: "資格手当".to_owned(), keys, ranges: Vec::new() }
}

pub(crate) fn facts() -> Vec<FactName> {
    let fact =
        |(name, value_type, of_attendance): (&str, _, _)| FactName { name: name.to_owned(), value_type, of_attendance };
    FACTS.into_iter().map(fact).collect()
}

/// Wage rules of 001, with what the other clients change.
pub(crate) fn wage_rules() -> WageRules {
    WageRules {
        monthly_average_hours: exact("168"),
        monthly_average_days: exact("21"),
        daily_scheduled_minutes: 480,
        hourly_divisor: HourlyDivisor::MonthlyAverage,
        sixty_hour_base: SixtyHourBase::PayPeriod,
        variable_hours: VariableHours::NotUsed,
        rates: PremiumPayRates {
            within_statutory: exact("1"),
            overtime: exact("1.25"),
            over_45: None,
            over_60: exact("1.5"),
            statutory_holiday: exact("1.35"),
            night: exact("0.25"),
            scheduled_holiday: exact("1.25"),
        },
        unit_rounding: None,
        premium_unit_rounding: None,
        premium_amount_rounding: Rounding::Up,
        monthly_hours_rounding: MonthlyHoursRounding::AsClocked,
        proration_join: ProrationMethod::CalendarDays,
        proration_leave: ProrationMethod::CalendarDays,
        proration_suspension: ProrationMethod::CalendarDays,
        proration_raise: ProrationMethod::CalendarDays,
        proration_rounding: Rounding::Up,
        absence_method: ProrationMethod::MonthlyAverageHours,
        lateness_method: ProrationMethod::MonthlyAverageHours,
        absence_rounding: Rounding::Down,
        paid_leave_wage_method: PaidLeaveWageMethod::OrdinaryWage,
        fixed_overtime_comparison: FixedOvertimeComparison::ByAmount,
        cash_rounding: CashRounding::NotCarried,
        shortfall_handling: ShortfallHandling::PaidInByEmployee,
    }
}

/// Last day, paid on the 25th of the same month, premium of the previous month.
pub(crate) const SAME_MONTH: ClockRules = ClockRules {
    closing_day: ClosingDay::EndOfMonth,
    payment_month: MonthOffset::SameMonth,
    payment_day: 25,
    payment_day_shift: BusinessDayShift::Previous,
    variable_period: MonthOffset::SameMonth,
    variable_closing_day: None,
    premium_collection: MonthOffset::NextMonth,
};

pub(crate) fn clocks(rules: ClockRules, month: &str) -> Clocks {
    let month = parse_iso_month(month).unwrap();
    let bank = law().bank_closing(month.last_day()).unwrap();
    rules.clocks(month, &bank, law().holidays()).unwrap()
}

pub(crate) fn plan(clocks: Clocks, items: Vec<ItemInput>, rules: WageRules, table: LookupTable) -> PayPlan<'static> {
    let input = PlanInput { clocks, items, facts: facts(), tables: vec![table], rules, method: Method::Table };
    PayPlan::new(law(), input).unwrap()
}

/// 001: last day, paid on the 10th of the next month.
pub(crate) fn client_001(month: &str) -> PayPlan<'static> {
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        formula("家族手当", "5000*家族手当対象の子", FAMILY),
        factor("皆勤手当の対象"),
        formula(
            "皆勤手当",
            "IF(欠勤日数+遅刻回数+早退回数=0, 8000, 0)*皆勤手当の対象",
            ItemClass { minimum_wage_base: false, ..PLAIN },
        ),
        item("通勤手当", AmountSource::Fixed, TRAIN),
        item("通勤手当（車）", AmountSource::Fixed, ItemClass { tax: ItemTaxClass::CommutingVehicle, ..TRAIN }),
        deduction(item("購買代", AmountSource::Variable, PLAIN)),
    ];
    let rules = ClockRules { payment_month: MonthOffset::NextMonth, payment_day: 10, ..SAME_MONTH };
    plan(clocks(rules, month), items, wage_rules(), qualifications(&[]))
}

/// 002: the 20th, paid on the 25th of the same month, premium of the same month, hours of a month in half hours.
pub(crate) fn client_002(month: &str) -> PayPlan<'static> {
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        item("職長手当", AmountSource::Fixed, PLAIN),
        item("職務手当", AmountSource::Fixed, PRORATED),
        formula("資格手当", "参照表(\"資格手当\", 保有資格)", PLAIN),
        item("日額", AmountSource::Fixed, PLAIN),
        formula("現場手当", "日額*出勤日数", BY_THE_DAY),
        formula("通勤手当（車）", "MIN(ROUNDDOWN(片道距離*2*出勤日数*15,0),25000)", CAR),
        item("通勤手当", AmountSource::Fixed, TRAIN),
        item("対象", AmountSource::Fixed, PLAIN),
        deduction(formula("親睦会費", "IF(OR(対象=0,出勤日数=0),0,IF(基本給>=300000,1500,1000))", PLAIN)),
    ];
    let items = items.into_iter().map(|input| match input.item.name.as_str() {
        "日額" | "対象" => factor(&input.item.name),
        _ => input,
    });
    let rules = WageRules {
        monthly_average_hours: exact("170.5"),
        monthly_average_days: exact("22"),
        daily_scheduled_minutes: 465,
        unit_rounding: Some(Rounding::HalfUp),
        premium_unit_rounding: Some(Rounding::HalfUp),
        premium_amount_rounding: Rounding::HalfUp,
        monthly_hours_rounding: MonthlyHoursRounding::HalfHour,
        variable_hours: VariableHours::Yearly,
        proration_join: ProrationMethod::ScheduledDaysOfPeriod,
        proration_leave: ProrationMethod::ScheduledDaysOfPeriod,
        proration_raise: ProrationMethod::ScheduledDaysOfPeriod,
        absence_method: ProrationMethod::MonthlyAverageDays,
        ..wage_rules()
    };
    let clock_rules =
        ClockRules { closing_day: ClosingDay::Day(20), premium_collection: MonthOffset::SameMonth, ..SAME_MONTH };
    let table = qualifications(&[("1級管工事", 10_000), ("2級管工事", 5_000)]);
    plan(clocks(clock_rules, month), items.collect(), rules, table)
}

fn items_003() -> Vec<ItemInput> {
    let pass = ItemClass { pay_every_months: 6, prorate: false, ..TRAIN };
    let mut six_months = item("6か月定期", AmountSource::Fixed, pass);
    six_months.item.pay_in_months = kura_model::MonthsOfYear::parse("4,10");
    vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        formula("資格手当", "参照表(\"資格手当\", 保有資格)", PRORATED),
        item("役職手当", AmountSource::Fixed, PRORATED),
        item("処遇改善手当", AmountSource::Fixed, PRORATED),
        item("固定残業代", AmountSource::Fixed, FIXED_OVERTIME),
        factor("家賃"),
        formula("住宅手当", "MIN(ROUNDDOWN(家賃*0.3,-2),15000)", HOUSING),
        item("通勤手当", AmountSource::Fixed, TRAIN),
        item("通勤手当（車）", AmountSource::Fixed, ItemClass { prorate: true, ..CAR }),
        formula("通勤手当（日額）", "通勤日額*出勤日数", ItemClass { prorate: false, ..TRAIN }),
        six_months,
        factor("組合員"),
        deduction(formula("組合費", "ROUNDDOWN(基本給*0.012,-1)*組合員", PLAIN)),
    ]
}

fn rules_003() -> WageRules {
    WageRules {
        monthly_average_hours: exact("160"),
        monthly_average_days: exact("20"),
        unit_rounding: Some(Rounding::Up),
        absence_method: ProrationMethod::MonthlyAverageDays,
        ..wage_rules()
    }
}

fn table_003() -> LookupTable {
    qualifications(&[("看護師", 30_000), ("介護福祉士", 12_000), ("初任者", 3_000)])
}

/// 003, M: base and fixed items of the month, attendance of the month before.
pub(crate) fn client_003_m(month: &str) -> PayPlan<'static> {
    let rules = ClockRules { variable_period: MonthOffset::PreviousMonth, ..SAME_MONTH };
    plan(clocks(rules, month), items_003(), rules_003(), table_003())
}

/// 003, H: paid on the 25th of the next month.
pub(crate) fn client_003_h(month: &str) -> PayPlan<'static> {
    let rules = ClockRules { payment_month: MonthOffset::NextMonth, ..SAME_MONTH };
    plan(clocks(rules, month), items_003(), rules_003(), table_003())
}

/// 004: fixed and variable pay of the month itself.
pub(crate) fn client_004(month: &str) -> PayPlan<'static> {
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        item("通勤手当", AmountSource::Fixed, TRAIN),
    ];
    let rules = WageRules { monthly_average_hours: exact("160"), monthly_average_days: exact("20"), ..wage_rules() };
    plan(clocks(SAME_MONTH, month), items, rules, qualifications(&[]))
}
