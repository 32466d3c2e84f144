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
use crate::needed::Needed;
use crate::stop::Stop;

/// A pay group in one payment month: its rules, clocks and compiled items.
#[derive(Debug)]
pub(crate) struct PayGroupMonth<'law> {
    pub(crate) group: PayGroup,
    pub(crate) plan: PayPlan<'law>,
}

impl<'law> PayGroupMonth<'law> {
    /// The rules of a pay group in a month, or everything that is missing in its rows.
    pub(crate) fn new(law: &'law Law, known: &Known, group: &PayGroup, month: Month) -> Result<Self, Vec<Stop>> {
        let mut cells = Needed::of_pay_group(known, group, month.last_day());
        let clocks = clock_rules(group, &mut cells).and_then(|rules| cells.computed(clocks(law, rules, month)));
        let (rules, method) = (wage_rules(group, &mut cells), method(group, &mut cells));
        // Without clocks the items are looked at all the same: what is empty in them is told in the same run.
        let on =
            clocks.map_or((month.last_day(), month.last_day()), |clocks| (clocks.attendance.to, clocks.payment_date));
        let ((clocks, rules), (method, items)) = match (clocks.zip(rules), method, items(known, group, on, false)) {
            (Some(rules), Some(method), Ok(items)) => (rules, (method, items)),
            (_, _, items) => return Err([cells.into_stops(), items.err().unwrap_or_default()].concat()),
        };
        let input = PlanInput {
            clocks,
            items,
            facts: formula_facts::names(),
            tables: lookup_tables(known, &group.client_code, clocks.attendance.to),
            rules,
            method,
        };
        let plan =
            PayPlan::new(law, input).map_err(|problems| problems.into_iter().map(item_stop).collect::<Vec<_>>())?;
        Ok(Self { group: group.clone(), plan })
    }
}

/// A problem of the items of a plan.
pub(crate) fn item_stop(problem: PlanProblem) -> Stop {
    Stop::reason("支給控除項目", "formula", &problem, problem.remedy())
}

/// 税額の求め方.
pub(crate) fn method(group: &PayGroup, cells: &mut Needed) -> Option<Method> {
    Some(match cells.cell(group.withholding_method, "税額の求め方")? {
        WithholdingMethod::PrintedTable => Method::Table,
        WithholdingMethod::ComputerFormula => Method::ComputerFormula,
    })
}

/// The clocks of a pay group in a month.
fn clocks(law: &Law, rules: ClockRules, month: Month) -> Result<Clocks, Stop> {
    Ok(rules.clocks(month, &law.bank_closing(month.last_day())?, law.holidays())?)
}

fn clock_rules(group: &PayGroup, cells: &mut Needed) -> Option<ClockRules> {
    let closing = cells.cell(group.closing_day, "締日");
    let payment_month = cells.cell(group.payment_month_offset, "支払月");
    let payment = cells.cell(group.payment_day, "支払日");
    let shift = cells.cell(group.payment_day_shift, "支払日が休日のとき");
    let variable_period = cells.cell(group.variable_period_offset, "変動分の勤怠月");
    let premium_collection = cells.cell(group.premium_collection, "社会保険料の徴収");
    Some(ClockRules {
        closing_day: closing_day(closing?),
        payment_month: payment_month?,
        payment_day: match payment? {
            DayOfMonth::Day(day) => day,
            DayOfMonth::Last => 31,
        },
        payment_day_shift: shift?,
        variable_period: variable_period?,
        variable_closing_day: group.variable_closing_day.map(closing_day),
        premium_collection: premium_collection?,
    })
}

fn closing_day(day: DayOfMonth) -> ClosingDay {
    match day {
        DayOfMonth::Day(day) => ClosingDay::Day(day),
        DayOfMonth::Last => ClosingDay::EndOfMonth,
    }
}

fn wage_rules(group: &PayGroup, cells: &mut Needed) -> Option<WageRules> {
    let averages = averages(group, cells);
    let hourly_divisor = cells.cell(group.hourly_divisor, "単価の分母");
    let rates = premium_rates(group, cells);
    let sixty_hour_base = cells.cell(group.sixty_hour_base, "60時間の起算");
    let unit = cells.cell(group.unit_rounding, "時間単価の端数");
    let premium_unit = cells.cell(group.premium_unit_rounding, "割増単価の端数");
    let premium_amount = cells.cell(group.premium_amount_rounding, "割増額の端数");
    let monthly_hours = cells.cell(group.monthly_hours_rounding, "月の時間合計の端数");
    let proration = cells.cell(group.proration_method, "日割の方法");
    let prorated = cells.cell(group.proration_rounding, "日割の端数");
    let absence_method = cells.cell(group.absence_method, "欠勤控除の方法");
    let lateness_method = cells.cell(group.lateness_method, "遅早控除の方法");
    let absence = cells.cell(group.absence_rounding, "欠勤・遅早控除の端数");
    let paid_leave = cells.cell(group.paid_leave_wage_method, "有給の賃金（時給・日給者）");
    let fixed_overtime = cells.cell(group.fixed_overtime_comparison, "固定残業の比べ方");
    let shortfall = cells.cell(group.shortfall_handling, "控除しきれないとき");
    let Averages { daily_minutes, days, hours } = averages?;
    let proration = proration?;
    Some(WageRules {
        monthly_average_hours: hours,
        monthly_average_days: days,
        daily_scheduled_minutes: daily_minutes,
        hourly_divisor: hourly_divisor?,
        sixty_hour_base: sixty_hour_base?,
        variable_hours: group.variable_hours.unwrap_or(VariableHours::NotUsed),
        rates: rates?,
        unit_rounding: rounding(unit?),
        premium_unit_rounding: rounding(premium_unit?),
        premium_amount_rounding: rounding(premium_amount?).unwrap_or(Rounding::Up),
        monthly_hours_rounding: monthly_hours?,
        proration_join: group.proration_method_join.unwrap_or(proration),
        proration_leave: group.proration_method_leave.unwrap_or(proration),
        proration_suspension: group.proration_method_suspension.unwrap_or(proration),
        proration_raise: group.proration_method_raise.unwrap_or(proration),
        proration_rounding: rounding(prorated?).unwrap_or(Rounding::Up),
        absence_method: absence_method?,
        lateness_method: lateness_method?,
        absence_rounding: rounding(absence?).unwrap_or(Rounding::Down),
        paid_leave_wage_method: paid_leave?,
        fixed_overtime_comparison: fixed_overtime?,
        cash_rounding: group.cash_rounding.unwrap_or(CashRounding::NotCarried),
        shortfall_handling: shortfall?,
    })
}

/// The scheduled work of a day, and of a month on the average.
struct Averages {
    daily_minutes: i64,
    days: Exact,
    hours: Exact,
}

/// 月平均 as typed, else from 年間所定労働日数.
fn averages(group: &PayGroup, cells: &mut Needed) -> Option<Averages> {
    let daily = cells.cell(group.daily_scheduled_hours, "1日の所定労働時間").map(|minutes| i64::from(minutes.get()));
    let typed = (group.monthly_average_days, group.monthly_average_hours);
    let annual = match typed {
        (Some(_), Some(_)) => None,
        _ => cells.cell(group.annual_scheduled_days, "年間所定労働日数"),
    };
    let monthly = |of_year: Exact| of_year.divided_by(Exact::whole(12))?.truncated_to(2);
    let days = match typed.0 {
        Some(days) => days,
        None => cells.computed(monthly(annual?))?,
    };
    let daily_minutes = daily?;
    let hours = match typed.1 {
        Some(hours) => hours,
        None => {
            let of_year = annual?.times_integer(daily_minutes).and_then(|minutes| minutes.divided_by_integer(60));
            cells.computed(of_year.and_then(monthly))?
        }
    };
    Some(Averages { daily_minutes, days, hours })
}

fn premium_rates(group: &PayGroup, cells: &mut Needed) -> Option<PremiumPayRates> {
    let mut rate = |rate: Option<Rate>, column| cells.cell(rate, column).map(Rate::exact);
    let within_statutory = rate(group.rate_within, "割増率 法定内");
    let overtime = rate(group.rate_overtime, "割増率 時間外");
    let over_60 = rate(group.rate_over_60, "割増率 60時間超");
    let statutory_holiday = rate(group.rate_statutory_holiday, "割増率 法定休日");
    let night = rate(group.rate_night, "割増率 深夜");
    let scheduled_holiday = rate(group.rate_scheduled_holiday, "割増率 所定休日");
    Some(PremiumPayRates {
        within_statutory: within_statutory?,
        overtime: overtime?,
        over_45: group.rate_over_45.map(Rate::exact),
        over_60: over_60?,
        statutory_holiday: statutory_holiday?,
        night: night?,
        scheduled_holiday: scheduled_holiday?,
    })
}

/// The items of the group on a day, for a payment date, in the order of the slip: those of pay, or those of bonuses (賞与で使う);
/// or everything that is missing in their rows.
pub(crate) fn items(
    known: &Known,
    group: &PayGroup,
    (on, paid_on): (Date, Date),
    for_bonus: bool,
) -> Result<Vec<ItemInput>, Vec<Stop>> {
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
    let (mut items, mut stops) = (Vec::new(), Vec::new());
    for row in paid {
        let mut cells = Needed::of_pay_item(known, row, on);
        items.extend(item(row, agreed(row, &agreements, paid_on), &mut cells));
        stops.extend(cells.into_stops());
    }
    if stops.is_empty() { Ok(items) } else { Err(stops) }
}

fn item(row: &PayItem, agreed: bool, cells: &mut Needed) -> Option<ItemInput> {
    let name = cells.cell(row.item_name.as_ref(), "項目名").map(|name| name.as_str().to_owned());
    let kind = cells.cell(row.item_kind, "区分");
    let source = cells.cell(row.source, "金額の決め方");
    let formula = match source {
        Some(ItemSource::Formula) => {
            let formula = cells.cell(row.formula.as_ref(), "式");
            let rule = cells.cell(row.formula_rounding, "式の端数");
            formula
                .zip(rule)
                .map(|(formula, rule)| (formula.as_str().to_owned(), rounding(rule).unwrap_or(Rounding::Down)))
        }
        _ => None,
    };
    let source = source.and_then(|source| amount_source(source, cells));
    let class = kind.and_then(|kind| class(row, kind, cells));
    let (name, kind) = (name?, kind?);
    let slip_name = row.slip_name.as_ref().map_or_else(|| name.clone(), |slip_name| slip_name.as_str().to_owned());
    let item = Item {
        code: row.item_code.to_string(),
        name,
        slip_name,
        kind,
        source: source?,
        class: class?,
        show_zero: row.show_zero,
        pay_in_months: row.pay_in_months,
        deduction_basis: agreed.then_some(DeductionBasis::Agreement),
    };
    Some(ItemInput { item, formula })
}

fn amount_source(source: ItemSource, cells: &mut Needed) -> Option<AmountSource> {
    Some(match source {
        ItemSource::FixedPay | ItemSource::Formula => AmountSource::Fixed,
        ItemSource::VariablePay => AmountSource::Variable,
        ItemSource::BuiltIn => AmountSource::BasePay,
        ItemSource::AttendanceBased => {
            cells.stop(Stop {
                column: Some("金額の決め方"),
                ..Stop::reason(
                    "支給控除項目",
                    "not_supported",
                    "金額の決め方「勤怠計算」にはまだ対応していません。",
                    "金額の決め方を「式」にし、勤怠の見出しを使った式を書いてください。",
                )
            });
            return None;
        }
    })
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
pub(crate) fn class(row: &PayItem, kind: ItemKind, cells: &mut Needed) -> Option<ItemClass> {
    if kind != ItemKind::Earning {
        let tax = row.tax_class.unwrap_or(ItemTaxClass::Taxable);
        return Some(ItemClass { tax, labor_wage: false, ..ItemClass::PREMIUM_PAY });
    }
    let tax = cells.cell(row.tax_class, "課税区分");
    let remuneration = cells.cell(row.remuneration_class, "社会保険の報酬");
    let fixed_wage = cells.cell(row.fixed_wage, "固定的賃金");
    let premium_base = cells.cell(row.premium_base, "割増の基礎");
    let premium_base_divisor = cells.cell(row.premium_base_divisor, "割増の基礎の分母");
    Some(ItemClass {
        tax: tax?,
        remuneration: remuneration?,
        fixed_wage: fixed_wage?,
        labor_wage: row.labor_wage,
        premium_base: premium_base?,
        premium_base_divisor: premium_base_divisor?,
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

fn rounding(rule: RoundingRule) -> Option<Rounding> {
    match rule {
        RoundingRule::Unrounded => None,
        RoundingRule::Down => Some(Rounding::Down),
        RoundingRule::Up => Some(Rounding::Up),
        RoundingRule::HalfUp => Some(Rounding::HalfUp),
        RoundingRule::HalfDown => Some(Rounding::HalfDown),
    }
}
