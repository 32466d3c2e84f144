use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{
    Agreement, AgreementKind, AverageWageBase, CashRounding, ClientCode, DayOfMonth, ItemKind, ItemSource,
    ItemTaxClass, PayGroup, PayItem, RoundingRule, VariableHours, WithholdingMethod,
};
use kura_payroll::clocks::{ClockRules, Clocks, ClosingDay};
use kura_payroll::pay::{
    AmountSource, DeductionBasis, Item, ItemClass, ItemInput, LookupTable, PayPlan, PlanInput, PlanProblem,
    PremiumPayRates, WageRules,
};
use kura_payroll::tax::Method;
use kura_yen::{Exact, Rate, Rounding};

use crate::formula_facts;
use crate::known::Known;
use crate::stop::Stop;

const SHEET: &str = "給与規程";

/// A pay group in one payment month: its rules, clocks and compiled items.
#[derive(Debug)]
pub(crate) struct PayGroupMonth<'law> {
    pub(crate) group: PayGroup,
    pub(crate) plan: PayPlan<'law>,
}

impl<'law> PayGroupMonth<'law> {
    pub(crate) fn new(law: &'law Law, known: &Known, group: &PayGroup, month: Month) -> Result<Self, Vec<Stop>> {
        let one = |stop: Stop| vec![stop];
        let clocks = clocks(law, group, month).map_err(one)?;
        let items = items(known, group, clocks.attendance.to, clocks.payment_date, false).map_err(one)?;
        let input = PlanInput {
            clocks,
            items,
            facts: formula_facts::names(),
            tables: lookup_tables(known, &group.client_code, clocks.attendance.to),
            rules: wage_rules(group).map_err(one)?,
            method: method(group).map_err(one)?,
        };
        let plan =
            PayPlan::new(law, input).map_err(|problems| problems.into_iter().map(item_stop).collect::<Vec<_>>())?;
        Ok(Self { group: group.clone(), plan })
    }
}

/// A problem of the items of a plan.
pub(crate) fn item_stop(problem: PlanProblem) -> Stop {
    Stop::reason("支給控除項目", "formula", problem, "項目の行を直してください。")
}

/// 税額の求め方.
pub(crate) fn method(group: &PayGroup) -> Result<Method, Stop> {
    Ok(match required(group.withholding_method, "税額の求め方")? {
        WithholdingMethod::PrintedTable => Method::Table,
        WithholdingMethod::ComputerFormula => Method::ComputerFormula,
    })
}

/// The clocks of a pay group in a month.
fn clocks(law: &Law, group: &PayGroup, month: Month) -> Result<Clocks, Stop> {
    let rules = ClockRules {
        closing_day: closing_day(required(group.closing_day, "締日")?),
        payment_month: required(group.payment_month_offset, "支払月")?,
        payment_day: match required(group.payment_day, "支払日")? {
            DayOfMonth::Day(day) => day,
            DayOfMonth::Last => 31,
        },
        payment_day_shift: required(group.payment_day_shift, "支払日が休日のとき")?,
        variable_period: required(group.variable_period_offset, "変動分の勤怠月")?,
        variable_closing_day: group.variable_closing_day.map(closing_day),
        premium_collection: required(group.premium_collection, "社会保険料の徴収")?,
    };
    Ok(rules.clocks(month, &law.bank_closing(month.last_day())?, law.holidays())?)
}

fn closing_day(day: DayOfMonth) -> ClosingDay {
    match day {
        DayOfMonth::Day(day) => ClosingDay::Day(day),
        DayOfMonth::Last => ClosingDay::EndOfMonth,
    }
}

fn wage_rules(group: &PayGroup) -> Result<WageRules, Stop> {
    let whole_month = Exact::whole(12);
    let minutes = required(group.daily_scheduled_hours, "1日の所定労働時間")?.get();
    let annual = required(group.annual_scheduled_days, "年間所定労働日数");
    let average_days = match group.monthly_average_days {
        Some(days) => days,
        None => annual.clone()?.divided_by(whole_month)?.truncated_to(2)?,
    };
    let average_hours = match group.monthly_average_hours {
        Some(hours) => hours,
        None => {
            let hours = annual?.times_integer(i64::from(minutes))?.divided_by_integer(60)?;
            hours.divided_by(whole_month)?.truncated_to(2)?
        }
    };
    let proration = required(group.proration_method, "日割の方法")?;
    Ok(WageRules {
        monthly_average_hours: average_hours,
        monthly_average_days: average_days,
        daily_scheduled_minutes: i64::from(minutes),
        hourly_divisor: required(group.hourly_divisor, "単価の分母")?,
        sixty_hour_base: required(group.sixty_hour_base, "60時間の起算")?,
        variable_hours: group.variable_hours.unwrap_or(VariableHours::NotUsed),
        rates: premium_rates(group)?,
        unit_rounding: rounding(required(group.unit_rounding, "時間単価の端数")?),
        premium_unit_rounding: rounding(required(group.premium_unit_rounding, "割増単価の端数")?),
        premium_amount_rounding: rounding(required(group.premium_amount_rounding, "割増額の端数")?)
            .unwrap_or(Rounding::Up),
        monthly_hours_rounding: required(group.monthly_hours_rounding, "月の時間合計の端数")?,
        proration_join: group.proration_method_join.unwrap_or(proration),
        proration_leave: group.proration_method_leave.unwrap_or(proration),
        proration_suspension: group.proration_method_suspension.unwrap_or(proration),
        proration_raise: group.proration_method_raise.unwrap_or(proration),
        proration_rounding: rounding(required(group.proration_rounding, "日割の端数")?).unwrap_or(Rounding::Up),
        absence_method: required(group.absence_method, "欠勤控除の方法")?,
        lateness_method: required(group.lateness_method, "遅早控除の方法")?,
        absence_rounding: rounding(required(group.absence_rounding, "欠勤・遅早控除の端数")?).unwrap_or(Rounding::Down),
        paid_leave_wage_method: required(group.paid_leave_wage_method, "有給の賃金（時給・日給者）")?,
        fixed_overtime_comparison: required(group.fixed_overtime_comparison, "固定残業の比べ方")?,
        cash_rounding: group.cash_rounding.unwrap_or(CashRounding::NotCarried),
        shortfall_handling: required(group.shortfall_handling, "控除しきれないとき")?,
    })
}

fn premium_rates(group: &PayGroup) -> Result<PremiumPayRates, Stop> {
    let rate = |rate: Option<Rate>, column| Ok::<_, Stop>(required(rate, column)?.exact());
    Ok(PremiumPayRates {
        within_statutory: rate(group.rate_within, "割増率 法定内")?,
        overtime: rate(group.rate_overtime, "割増率 時間外")?,
        over_45: group.rate_over_45.map(Rate::exact),
        over_60: rate(group.rate_over_60, "割増率 60時間超")?,
        statutory_holiday: rate(group.rate_statutory_holiday, "割増率 法定休日")?,
        night: rate(group.rate_night, "割増率 深夜")?,
        scheduled_holiday: rate(group.rate_scheduled_holiday, "割増率 所定休日")?,
    })
}

/// The items of the group on a day, in the order of the slip: those of pay, or those of bonuses (賞与で使う).
pub(crate) fn items(
    known: &Known,
    group: &PayGroup,
    on: Date,
    paid_on: Date,
    for_bonus: bool,
) -> Result<Vec<ItemInput>, Stop> {
    let mut rows: Vec<&PayItem> = Vec::new();
    for ((client, _, pay_group), history) in &known.pay_items {
        let of_group = pay_group.as_ref().is_none_or(|code| *code == group.pay_group_code);
        if *client == group.client_code && of_group {
            rows.extend(history.on(on).filter(|item| item.for_bonus == for_bonus));
        }
    }
    rows.sort_by(|left, right| {
        let order = |item: &PayItem| (item.sort.unwrap_or(i64::MAX), item.item_code.clone());
        order(left).cmp(&order(right))
    });
    let paid = rows.into_iter().filter(|item| item.item_kind != Some(ItemKind::Attendance));
    let agreements: Vec<&Agreement> =
        known.agreements.iter().filter(|of| of.client_code == group.client_code).collect();
    paid.map(|row| item(row, &agreements, paid_on)).collect()
}

fn item(row: &PayItem, agreements: &[&Agreement], paid_on: Date) -> Result<ItemInput, Stop> {
    let sheet = "支給控除項目";
    let needed = |column: &'static str| Stop::unknown(sheet, None, column);
    let name = row.item_name.as_ref().ok_or_else(|| needed("項目名"))?.as_str().to_owned();
    let kind = row.item_kind.ok_or_else(|| needed("区分"))?;
    let source = row.source.ok_or_else(|| needed("金額の決め方"))?;
    let formula = match (source, &row.formula) {
        (ItemSource::Formula, Some(formula)) => {
            let rule = row.formula_rounding.ok_or_else(|| needed("式の端数"))?;
            Some((formula.as_str().to_owned(), rounding(rule).unwrap_or(Rounding::Down)))
        }
        (ItemSource::Formula, None) => return Err(needed("式")),
        _ => None,
    };
    let slip_name = row.slip_name.as_ref().map_or_else(|| name.clone(), |slip_name| slip_name.as_str().to_owned());
    let item = Item {
        code: row.item_code.to_string(),
        name,
        slip_name,
        kind,
        source: match source {
            ItemSource::FixedPay | ItemSource::Formula => AmountSource::Fixed,
            ItemSource::VariablePay => AmountSource::Variable,
            ItemSource::BuiltIn => AmountSource::BasePay,
            ItemSource::AttendanceBased => {
                let remedy = "金額の決め方を「式」にし、勤怠の見出しを使った式を書いてください。";
                return Err(Stop::reason(
                    sheet,
                    "not_supported",
                    "金額の決め方「勤怠計算」にはまだ対応していません。",
                    remedy,
                ));
            }
        },
        class: class(row, kind)?,
        show_zero: row.show_zero,
        pay_in_months: row.pay_in_months,
        deduction_basis: agreed(row, agreements, paid_on).then_some(DeductionBasis::Agreement),
    };
    Ok(ItemInput { item, formula })
}

/// True when a 24条協定 in force on the payment date names the item.
fn agreed(row: &PayItem, agreements: &[&Agreement], paid_on: Date) -> bool {
    let names = [&row.item_name, &row.slip_name].into_iter().flatten().map(|name| name.as_str());
    is_agreed(agreements.iter().copied(), &names.collect::<Vec<_>>(), paid_on)
}

/// True when a 24条協定 in force on a day lists one of the names.
pub(crate) fn is_agreed<'book>(
    mut agreements: impl Iterator<Item = &'book Agreement>,
    names: &[&str],
    on: Date,
) -> bool {
    agreements.any(|agreement| {
        let listed = agreement.deductible_items.as_ref().map_or("", |items| items.as_str());
        let mut listed = listed.split([',', '、', '，', '\n']).map(str::trim);
        agreement.agreement_kind == AgreementKind::ArticleTwentyFourDeduction
            && agreement.valid_from.is_none_or(|from| from <= on)
            && agreement.valid_to.is_none_or(|to| on <= to)
            && listed.any(|item| names.contains(&item))
    })
}

/// How an item counts, as its row says.
pub(crate) fn class(row: &PayItem, kind: ItemKind) -> Result<ItemClass, Stop> {
    if kind != ItemKind::Earning {
        let tax = row.tax_class.unwrap_or(ItemTaxClass::Taxable);
        return Ok(ItemClass { tax, labor_wage: false, ..ItemClass::PREMIUM_PAY });
    }
    let needed = |column: &'static str| Stop::unknown("支給控除項目", None, column);
    Ok(ItemClass {
        tax: row.tax_class.ok_or_else(|| needed("課税区分"))?,
        remuneration: row.remuneration_class.ok_or_else(|| needed("社会保険の報酬"))?,
        fixed_wage: row.fixed_wage.ok_or_else(|| needed("固定的賃金"))?,
        labor_wage: row.labor_wage,
        premium_base: row.premium_base.ok_or_else(|| needed("割増の基礎"))?,
        premium_base_divisor: row.premium_base_divisor.ok_or_else(|| needed("割増の基礎の分母"))?,
        minimum_wage_base: row.minimum_wage_base,
        average_wage: row.average_wage_base.unwrap_or(AverageWageBase::Included),
        prorate: row.prorate,
        reduce_on_absence: row.reduce_on_absence,
        pay_every_months: u8::try_from(row.pay_every_months.unwrap_or(1)).unwrap_or(1),
    })
}

/// 参照表 in force on a day.
pub(crate) fn lookup_tables(known: &Known, client: &ClientCode, on: Date) -> Vec<LookupTable> {
    let mut tables: Vec<LookupTable> = Vec::new();
    for ((of, name, key, from, to), history) in &known.lookup_rows {
        let Some(value) = history.on(on).and_then(|row| row.value).filter(|_| of == client) else { continue };
        let at = tables.iter().position(|table| table.name == name.as_str()).unwrap_or_else(|| {
            tables.push(LookupTable { name: name.as_str().to_owned(), keys: Vec::new(), ranges: Vec::new() });
            tables.len().saturating_sub(1)
        });
        let Some(table) = tables.get_mut(at) else { continue };
        match (key, from) {
            (Some(key), _) => table.keys.push((key.as_str().to_owned(), value)),
            (None, Some(from)) => table.ranges.push((*from, *to, value)),
            (None, None) => {}
        }
    }
    tables
}

fn required<T>(value: Option<T>, column: &'static str) -> Result<T, Stop> {
    value.ok_or_else(|| Stop::unknown(SHEET, None, column))
}

fn rounding(rule: RoundingRule) -> Option<Rounding> {
    match rule {
        RoundingRule::Unrounded => None,
        RoundingRule::Down => Some(Rounding::Down),
        RoundingRule::Up => Some(Rounding::Up),
        RoundingRule::HalfUp => Some(Rounding::HalfUp),
        RoundingRule::HalfDown => Some(Rounding::HalfDown),
    }
}
