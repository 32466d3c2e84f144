//! What holds for every slip.

use kura_insurance::{Business, EmployerBill, HealthRounding};
use kura_model::{CashRounding, MonthlyHoursRounding, PayType, ProrationMethod, ShortfallHandling};
use kura_payroll::pay::{
    AmountSource, Carried, FixedOvertime, ItemInput, PayPlan, PersonMonth, PremiumDue, Scratch, Slip, Suspension,
    Traced, WageRules,
};
use kura_yen::{Exact, Rounding, Yen};
use proptest::prelude::*;

use crate::clients::{
    BASE, BY_THE_DAY, CAR, FAMILY, FIXED_OVERTIME, PLAIN, PRORATED, SAME_MONTH, TRAIN, clocks, deduction, exact,
    formula, item, plan, qualifications, wage_rules,
};
use crate::law::law;
use crate::people::*;

const ROUNDINGS: [Option<Rounding>; 3] = [None, Some(Rounding::Up), Some(Rounding::HalfUp)];
const METHODS: [ProrationMethod; 4] = [
    ProrationMethod::CalendarDays,
    ProrationMethod::MonthlyAverageDays,
    ProrationMethod::FixedThirtyDays,
    ProrationMethod::MonthlyAverageHours,
];

/// What a case is made from: small numbers that turn into rules and facts.
#[derive(Debug, Clone)]
struct Case {
    pay_type: PayType,
    base: i64,
    allowance: i64,
    rules: [usize; 4],
    half_hours: bool,
    overtime: i64,
    scheduled_holiday: i64,
    holiday: i64,
    night: i64,
    absent: i64,
    late: i64,
    days: i64,
    left_on: Option<i8>,
    fixed_sum: Option<i64>,
    standard: i64,
    care: bool,
    levy_apart: bool,
    refund: i64,
    carried: i64,
}

fn case() -> impl Strategy<Value = Case> {
    let pay_type = prop_oneof![
        Just(PayType::Monthly),
        Just(PayType::DailyMonthly),
        Just(PayType::Daily),
        Just(PayType::Hourly),
        Just(PayType::OfficerRemuneration),
    ];
    let work = (0_i64..5_000, 0_i64..2_000, 0_i64..1_500, 0_i64..3_000, 0_i64..6, 0_i64..300, 1_i64..23);
    let rules = ([0_usize..3, 0..3, 0..3, 0..4], any::<bool>(), proptest::option::of(1_i8..30));
    let social = (proptest::option::of(0_i64..90_000), 98_i64..650, any::<bool>(), any::<bool>());
    (pay_type, 1_000_i64..600_000, 0_i64..50_000, work, rules, social, -5_000_i64..5_000, 0_i64..999).prop_map(
        |(pay_type, base, allowance, work, rules, social, refund, carried)| {
            let (overtime, scheduled_holiday, holiday, night, absent, late, days) = work;
            let (rules, half_hours, left_on) = rules;
            let (fixed_sum, standard, care, levy_apart) = social;
            let base = match pay_type {
                PayType::Daily => 5_000 + base / 20,
                PayType::Hourly => 1_000 + base / 200,
                _ => 100_000 + base,
            };
            let standard = standard * 1_000;
            Case {
                pay_type,
                base,
                allowance,
                rules,
                half_hours,
                overtime,
                scheduled_holiday,
                holiday,
                night,
                absent,
                late,
                days,
                left_on,
                fixed_sum,
                standard,
                care,
                levy_apart,
                refund,
                carried,
            }
        },
    )
}

fn items() -> Vec<ItemInput> {
    vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("職務手当", AmountSource::Fixed, PRORATED),
        item("家族手当", AmountSource::Fixed, FAMILY),
        formula("現場手当", "800*出勤日数", BY_THE_DAY),
        item("固定残業代", AmountSource::Fixed, FIXED_OVERTIME),
        item("通勤手当", AmountSource::Fixed, TRAIN),
        formula("通勤手当（車）", "片道距離*2*出勤日数*15", CAR),
        item("精算", AmountSource::Variable, PLAIN),
        deduction(formula("親睦会費", "IF(基本給>=300000,1500,1000)", PLAIN)),
        deduction(item("購買代", AmountSource::Variable, PLAIN)),
    ]
}

impl Case {
    fn plan(&self, items: Vec<ItemInput>) -> PayPlan<'static> {
        let [unit, price, amount, proration] = self.rules;
        let method = METHODS[proration];
        let rules = WageRules {
            unit_rounding: ROUNDINGS[unit],
            premium_unit_rounding: ROUNDINGS[price],
            premium_amount_rounding: ROUNDINGS[amount].unwrap_or(Rounding::Up),
            monthly_hours_rounding: if self.half_hours {
                MonthlyHoursRounding::HalfHour
            } else {
                MonthlyHoursRounding::AsClocked
            },
            proration_leave: method,
            absence_method: method,
            lateness_method: method,
            cash_rounding: if self.carried > 500 { CashRounding::Below1000NextMonth } else { CashRounding::NotCarried },
            shortfall_handling: ShortfallHandling::AdvancedByEmployer,
            ..wage_rules()
        };
        plan(clocks(SAME_MONTH, "2026-06"), items, rules, qualifications(&[]))
    }

    fn person(&self, plan: &PayPlan<'_>) -> PersonMonth {
        let mut person = person(plan, self.pay_type, self.base);
        scheduled(plan, &mut person, &["2026-06-06", "2026-06-07", "2026-06-13", "2026-06-14"]);
        worked(&mut person, &self.days.to_string());
        let attendance = &mut person.attendance;
        attendance.working_minutes = Some(self.days * 480);
        attendance.overtime_minutes = self.overtime;
        attendance.scheduled_holiday_minutes = self.scheduled_holiday;
        attendance.statutory_holiday_minutes = self.holiday;
        attendance.night_minutes = self.night;
        attendance.absent_days = Some(Exact::whole(self.absent));
        attendance.late_and_early_minutes = self.late;
        attendance.suspension =
            (self.late > 250).then_some(Suspension { days: Exact::whole(2), allowance: Some(yen(9_999)) });
        if let Some(sum) = self.fixed_sum {
            let fixed_overtime = Some(FixedOvertime { minutes: sum / 50, amount: yen(sum) });
            person.variable_contract.fixed_overtime = fixed_overtime;
            person.contracts.0[0].1 = person.variable_contract;
            fixed(plan, &mut person, "固定残業代", sum);
        }
        fixed(plan, &mut person, "職務手当", self.allowance);
        fixed(plan, &mut person, "家族手当", 5_000);
        fixed(plan, &mut person, "通勤手当", 12_345);
        drives(&mut person, &(self.standard / 10_000).to_string());
        person.commuting.as_mut().unwrap().fare = Some(yen(12_345));
        variable(plan, &mut person, "精算", self.refund);
        variable(plan, &mut person, "購買代", self.refund / 2);
        if let Some(day) = self.left_on {
            paid_only(&mut person, period("2026-06-01", &format!("2026-06-{day:02}")));
        }
        person.premiums = vec![self.premium()];
        person.employment_insurance = employed(plan, Business::General);
        person.tax = kou(u16::try_from(self.absent).unwrap());
        person.inhabitant_tax = inhabitant(plan, self.allowance / 3);
        person.carried = Carried { fraction: yen(self.carried), advance: yen(self.carried * 10), last_payment: false };
        person
    }

    fn premium(&self) -> PremiumDue {
        let due = kyokai("2026-05", "東京都", self.care, self.standard, self.standard.min(650_000));
        let rounding = if self.levy_apart { HealthRounding::SupportLevySeparate } else { HealthRounding::CombinedOnce };
        PremiumDue { rounding, ..due }
    }
}

/// Lines by name, in an order of their own.
fn by_name(plan: &PayPlan<'_>, slip: &Slip) -> Vec<(String, i64)> {
    let lines = slip.pay.iter().chain(&slip.deductions);
    let mut lines: Vec<_> = lines.map(|line| (name(plan, line.kind).to_owned(), line.amount.get())).collect();
    lines.sort();
    lines
}

proptest! {
    #[test]
    fn the_lines_make_the_totals_and_the_totals_the_net(case in case()) {
        let plan = case.plan(items());
        let slip = pay(&plan, &case.person(&plan));
        let sum = |lines: &[kura_payroll::pay::Line]| lines.iter().map(|line| line.amount.get()).sum::<i64>();
        prop_assert_eq!(slip.gross.get(), sum(&slip.pay));
        prop_assert_eq!(slip.deduction_total.get(), sum(&slip.deductions));
        prop_assert_eq!(slip.net.get(), slip.gross.get() - slip.deduction_total.get());
        prop_assert_eq!(slip.taxable, slip.gross - slip.tax_free - slip.bases.social_insurance);
        prop_assert_eq!(slip.shortfall() == Yen::ZERO, !slip.net.is_negative());
        for line in slip.deductions.iter().filter(|line| line.split.is_some()) {
            prop_assert_eq!(line.split.unwrap().into_iter().sum::<Yen>(), line.amount);
        }
        prop_assert!(slip.bases.taxable_commuting >= Yen::ZERO);
    }

    #[test]
    fn the_order_of_the_items_changes_nothing(case in case(), turn in 1_usize..10) {
        let plan = case.plan(items());
        let mut turned = items();
        turned.rotate_left(turn);
        turned.swap(0, 3);
        let other = case.plan(turned);
        let (slip, again) = (pay(&plan, &case.person(&plan)), pay(&other, &case.person(&other)));
        prop_assert_eq!(by_name(&plan, &slip), by_name(&other, &again));
        prop_assert_eq!((slip.gross, slip.tax_free, slip.taxable), (again.gross, again.tax_free, again.taxable));
        prop_assert_eq!((slip.net, slip.bases), (again.net, again.bases));
    }

    #[test]
    fn more_overtime_never_lowers_the_gross(case in case(), more in 0_i64..3_000) {
        let plan = case.plan(items());
        let person = case.person(&plan);
        let gross = pay(&plan, &person).gross;
        for change in [
            |attendance: &mut kura_payroll::pay::Attendance, more| attendance.overtime_minutes += more,
            |attendance: &mut kura_payroll::pay::Attendance, more| attendance.scheduled_holiday_minutes += more,
            |attendance: &mut kura_payroll::pay::Attendance, more| attendance.statutory_holiday_minutes += more,
            |attendance: &mut kura_payroll::pay::Attendance, more| attendance.night_minutes += more,
            |attendance: &mut kura_payroll::pay::Attendance, more| attendance.within_statutory_minutes += more,
        ] {
            let mut longer = person.clone();
            change(&mut longer.attendance, more);
            // Where the month's hours are rounded as one total and stand on two lines (時間外, 所定休日), a minute that moves from
            // one line to the other moves a fraction with it, and each line is rounded on its own: one yen, never more.
            let slack = yen(i64::from(case.half_hours));
            prop_assert!(pay(&plan, &longer).gross + slack >= gross);
        }
    }

    #[test]
    fn less_work_never_raises_the_gross(case in case(), more in 1_i64..5) {
        let plan = case.plan(items());
        let person = case.person(&plan);
        let gross = pay(&plan, &person).gross;
        let mut absent = person.clone();
        absent.attendance.absent_days = Some(Exact::whole(case.absent + more));
        prop_assert!(pay(&plan, &absent).gross <= gross);
        let mut late = person;
        late.attendance.late_and_early_minutes += more;
        prop_assert!(pay(&plan, &late).gross <= gross);
    }

    #[test]
    fn memory_that_was_used_before_leaves_no_trace(first in case(), second in case()) {
        let plan = first.plan(items());
        let (mut scratch, mut slip, mut traced) = (Scratch::default(), Slip::default(), Traced::default());
        for case in [&first, &second, &first] {
            let person = case.person(&plan);
            traced.clear();
            plan.pay_into(&person, &mut scratch, &mut slip, &mut traced).unwrap();
            prop_assert_eq!(&slip, &plan.pay(&person, &mut ()).unwrap());
            prop_assert_eq!(traced.reasons.len(), slip.pay.len() + slip.deductions.len());
        }
    }

    /// The bill is the floor of the sum of what nobody rounded: in 1/100,000 of a yen, added as integers.
    #[test]
    fn the_bill_of_the_employer_is_the_floor_of_the_sum(cases in proptest::collection::vec(case(), 1..40)) {
        let mut bill = EmployerBill::EMPTY;
        let (mut health, mut pension, mut contribution, mut of_employees) = (0_i64, 0_i64, 0_i64, 0_i64);
        let row = |code| {
            let row = law().row("national_premium_rates", &[code], crate::law::day("2026-05-01")).unwrap();
            row.integer("rate_e5").unwrap()
        };
        for case in &cases {
            let due = case.premium();
            let (rates, standard) = due.health.unwrap();
            let (pension_rates, pension_standard) = due.pension.unwrap();
            let plan = case.plan(items());
            let slip = pay(&plan, &case.person(&plan));
            of_employees += slip.deductions[0].amount.get();
            bill.add_health(&rates.premium(standard, due.rounding, due.agreement).unwrap()).unwrap();
            bill.add_pension(&pension_rates.premium(pension_standard, due.agreement).unwrap()).unwrap();
            let care = if case.care { row("care") } else { 0 };
            health += case.standard * (9_850 + care + row("child_support_levy"));
            pension += case.standard.min(650_000) * row("pension");
            contribution += case.standard.min(650_000) * row("child_contribution");
        }
        let lines = bill.lines().unwrap();
        prop_assert_eq!(lines.health.get(), health / 100_000);
        prop_assert_eq!(lines.pension.get(), pension / 100_000);
        prop_assert_eq!(lines.child_contribution.get(), contribution / 100_000);
        // The employees bear half of it, but for less than a yen each (with the levy apart).
        prop_assert!((2 * of_employees - lines.health.get()).abs() <= 2 * i64::try_from(cases.len()).unwrap());
    }
}

#[test]
fn a_slip_that_does_not_add_up_is_never_handed_out() {
    let case = |change: fn(&mut Slip)| {
        let plan = plan(
            clocks(SAME_MONTH, "2026-06"),
            vec![item("基本給", AmountSource::BasePay, BASE)],
            WageRules { monthly_average_hours: exact("160"), ..wage_rules() },
            qualifications(&[]),
        );
        let mut person = person(&plan, PayType::Monthly, 300_000);
        person.premiums = vec![kyokai("2026-05", "東京都", true, 300_000, 300_000)];
        let mut slip = pay(&plan, &person);
        change(&mut slip);
        slip.verify().map_err(|error| error.to_string())
    };
    let wrong = |what: &str| Err(format!("明細の検算が合いません（{what}）。"));
    assert_eq!(case(|_| ()), Ok(()));
    assert_eq!(case(|slip| slip.gross += yen(1)), wrong("支給の合計"));
    assert_eq!(case(|slip| slip.pay[0].amount += yen(1)), wrong("支給の合計"));
    assert_eq!(case(|slip| slip.deduction_total += yen(1)), wrong("控除の合計"));
    assert_eq!(case(|slip| slip.net += yen(1)), wrong("支給－控除＝差引"));
    assert_eq!(case(|slip| slip.deductions[0].split = Some([yen(1); 3])), wrong("保険料の内訳の合計"));
}
