//! 控除 by law, arrears, advances, fractions, switch dates of rates and tables.

use kura_insurance::{Business, EmployeeShare, HealthRounding, RoundingAgreement};
use kura_model::{CashRounding, MonthOffset, PayType, ShortfallHandling};
use kura_payroll::clocks::ClockRules;
use kura_payroll::pay::{AmountSource, Carried, PayError, PayPlan, PersonMonth, PremiumDue, Slip, TaxFacts, WageRules};
use kura_payroll::tax::TaxColumn;
use kura_yen::Yen;

use crate::clients::{BASE, OFFICER, PLAIN, SAME_MONTH, clocks, exact, item, plan, qualifications, wage_rules};
use crate::law::law;
use crate::people::*;
use crate::second::{self, parts};

fn plan_with(clock_rules: ClockRules, month: &str, change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    let mut rules = wage_rules();
    change(&mut rules);
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        item("手当", AmountSource::Fixed, PLAIN),
    ];
    plan(clocks(clock_rules, month), items, rules, qualifications(&[]))
}

fn plan_of(month: &str) -> PayPlan<'static> {
    plan_with(SAME_MONTH, month, |_| ())
}

#[track_caller]
fn deductions(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<(String, i64)> {
    let slip = pay(plan, person);
    slip.deductions.iter().map(|line| (name(plan, line.kind).to_owned(), line.amount.get())).collect()
}

fn lines(lines: &[(&str, i64)]) -> Vec<(String, i64)> {
    lines.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
}

#[test]
fn employment_insurance_follows_the_closing_date_not_the_payment_date() {
    let next_month = ClockRules { payment_month: MonthOffset::NextMonth, payment_day: 10, ..SAME_MONTH };
    for (payment_month, closes) in [("2026-04", "2026-03-31"), ("2026-05", "2026-04-30")] {
        let plan = plan_with(next_month, payment_month, |_| ());
        let mut person = person(&plan, PayType::Monthly, 300_000);
        person.employment_insurance = employed(&plan, Business::General);
        person.tax = TaxFacts::PaidToHeirs;
        let premium = second::employment(closes, "general", 300_000);
        assert_eq!(deductions(&plan, &person), lines(&[("雇用保険料", premium)]));
    }
    let of = |closes| second::employment(closes, "general", 300_000);
    assert_eq!((of("2026-03-31"), of("2026-04-30")), (1_650, 1_500));
}

#[test]
fn the_support_levy_begins_with_the_premium_of_april_2026() {
    for (payment_month, premium_month) in [("2026-04", "2026-03"), ("2026-05", "2026-04")] {
        let plan = plan_of(payment_month);
        let mut person = person(&plan, PayType::Monthly, 300_000);
        person.premiums = vec![kyokai(premium_month, "東京都", true, 300_000, 300_000)];
        let slip = pay(&plan, &person);
        let levy = slip.deductions[0].split.unwrap()[2];
        assert_eq!(levy != yen(0), premium_month == "2026-04");
        let levy_e5 = if premium_month == "2026-04" { 230 } else { 0 };
        let (health, care) = (9_850, 1_620);
        assert_eq!(slip.deductions[0].amount.get(), parts(300_000 * (health + care + levy_e5), 200_000).fifty_sen());
    }
}

#[test]
fn the_table_of_the_payment_date_on_both_sides_of_the_year() {
    let next = ClockRules {
        payment_month: MonthOffset::NextMonth,
        payment_day: 10,
        payment_day_shift: kura_model::BusinessDayShift::Next,
        ..SAME_MONTH
    };
    for (payment_month, paid_on) in [("2025-12", "2025-12-10"), ("2026-01", "2026-01-13")] {
        let plan = plan_with(next, payment_month, |_| ());
        assert_eq!(plan.clocks.payment_date, crate::law::day(paid_on));
        let person = person(&plan, PayType::Monthly, 300_000);
        assert_eq!(deductions(&plan, &person), lines(&[("所得税", second::kou(paid_on, 300_000, 0))]));
    }
    assert_ne!(second::kou("2025-12-10", 300_000, 0), second::kou("2026-01-13", 300_000, 0));
}

#[test]
fn the_levy_apart_and_a_share_of_the_person() {
    let plan = plan_of("2026-06");
    let mut staff = person(&plan, PayType::Monthly, 134_000);
    let due = kyokai("2026-05", "東京都", true, 134_000, 134_000);
    staff.premiums = vec![PremiumDue { rounding: HealthRounding::SupportLevySeparate, ..due }];
    // 9.85 + 1.62 per cent together, 0.23 per cent apart.
    let apart = parts(134_000 * 11_470, 200_000).fifty_sen() + parts(134_000 * 230, 200_000).fifty_sen();
    let pension = second::pension("2026-05", 134_000);
    let tax = second::kou("2026-06-25", 134_000 - apart - pension, 0);
    let wanted = [("健康保険料", apart), ("厚生年金保険料", pension), ("所得税", tax)];
    assert_eq!(deductions(&plan, &staff), lines(&wanted));

    // 保険料調整制度: a quarter of the basic premium and of the pension; care and levy keep their halves.
    let share = EmployeeShare::from_percent(exact("25")).unwrap();
    let (rates, standard) = due.health.unwrap();
    let (pension_rates, _) = due.pension.unwrap();
    staff.premiums = vec![PremiumDue {
        health: Some((rates.with_health_share(share).unwrap(), standard)),
        pension: Some((pension_rates.with_pension_share(share).unwrap(), standard)),
        agreement: RoundingAgreement::HalfUp,
        ..due
    }];
    let health = parts(134_000 * (9_850 + 2 * 1_850), 400_000).half_up();
    let pension = parts(134_000 * 18_300, 400_000).fifty_sen();
    let slip = pay(&plan, &staff);
    assert_eq!((slip.deductions[0].amount.get(), slip.deductions[1].amount.get()), (health, pension));
}

#[test]
fn an_officer_with_employee_status_bears_employment_insurance_on_that_part_only() {
    let plan = plan_of("2026-06");
    let mut officer = person(&plan, PayType::OfficerRemuneration, 800_000);
    officer.employee_part_of_officer_pay = Some(yen(320_000));
    officer.employment_insurance = employed(&plan, Business::General);
    fixed(&plan, &mut officer, "手当", 10_000);
    let slip = pay(&plan, &officer);
    assert_eq!(slip.bases.labor_wage, yen(320_000));
    assert_eq!(slip.deductions[0].amount.get(), second::employment("2026-06-30", "general", 320_000));
}

#[test]
fn a_non_resident_bears_a_flat_rate_of_the_gross_and_heirs_bear_no_tax() {
    let plan = plan_of("2026-06");
    let mut person = person(&plan, PayType::Monthly, 300_001);
    person.premiums = vec![kyokai("2026-05", "東京都", false, 300_000, 300_000)];
    person.tax = TaxFacts::NonResident;
    let slip = pay(&plan, &person);
    assert_eq!(slip.deductions[2].amount.get(), parts(300_001 * 2_042, 10_000).down());
    person.tax = TaxFacts::PaidToHeirs;
    assert_eq!(pay(&plan, &person).deductions.len(), 2);
}

#[test]
fn a_day_labourer_of_the_hei_column_whose_days_are_alike() {
    let plan = plan_of("2026-06");
    let mut labourer = person(&plan, PayType::Daily, 15_000);
    labourer.tax = TaxFacts::Resident(TaxColumn::Hei);
    worked(&mut labourer, "12");
    let hit = law().daily_withholding(plan.clocks.payment_date).unwrap();
    let of_day = hit.tax(kura_law::Column::Hei, yen(15_000), 0).unwrap().unwrap().tax.get();
    assert!(of_day > 0);
    assert_eq!(deductions(&plan, &labourer), lines(&[("所得税", 12 * of_day)]));
    // Days that differ: overtime on some of them, or an allowance that no day has.
    labourer.attendance.overtime_minutes = 60;
    let refused = plan.pay(&labourer, &mut ()).unwrap_err();
    assert_eq!(refused.to_string(), "「日ごとの額が違う丙欄の給与」の計算にはまだ対応していません。");
    assert!(refused.remedy().starts_with("日ごとに日額表で税額を求めて別に計算し"), "{}", refused.remedy());
    labourer.attendance.overtime_minutes = 0;
    fixed(&plan, &mut labourer, "手当", 1_001);
    assert_eq!(plan.pay(&labourer, &mut ()).unwrap_err(), refused);
}

#[test]
fn only_the_premium_of_the_month_before_is_taken_without_an_agreement() {
    let plan = plan_of("2026-06");
    let mut person = person(&plan, PayType::Monthly, 300_000);
    person.premiums = vec![
        kyokai("2026-04", "東京都", false, 300_000, 300_000),
        kyokai("2026-05", "東京都", false, 300_000, 300_000),
    ];
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::NeedsAgreement { what: "前月より前の社会保険料" });
    assert_eq!(
        (refused.to_string().as_str(), refused.remedy()),
        (
            "「前月より前の社会保険料」を給与から控除するには労使協定が要ります（労基法24条）。",
            "24条控除の協定を結び、給与規程の「控除しきれないとき」を「立替（協定あり）」にするか、給与から控除せず本人に請求してください。",
        )
    );
    let advanced = |rules: &mut WageRules| rules.shortfall_handling = ShortfallHandling::AdvancedByEmployer;
    let plan = plan_with(SAME_MONTH, "2026-06", advanced);
    assert_eq!(pay(&plan, &person).deductions.len(), 5);
}

#[test]
fn an_advance_is_recovered_as_far_as_the_pay_reaches() {
    let advanced = |rules: &mut WageRules| rules.shortfall_handling = ShortfallHandling::AdvancedByEmployer;
    let plan = plan_with(SAME_MONTH, "2026-06", advanced);
    let recovered = |base, advance| {
        let mut person = person(&plan, PayType::Monthly, base);
        person.tax = TaxFacts::PaidToHeirs;
        person.inhabitant_tax = inhabitant(&plan, 10_000);
        person.carried = Carried { advance: yen(advance), ..Carried::default() };
        let slip = pay(&plan, &person);
        (slip.deducted(kura_payroll::pay::BuiltIn::AdvanceRecovered).get(), slip.net.get())
    };
    assert_eq!(recovered(100_000, 30_000), (30_000, 60_000));
    assert_eq!(recovered(30_000, 30_000), (20_000, 0));
    assert_eq!(recovered(5_000, 30_000), (0, -5_000));

    let plan = plan_of("2026-06");
    let mut person = person(&plan, PayType::Monthly, 100_000);
    person.carried = Carried { advance: yen(1), ..Carried::default() };
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::NeedsAgreement { what: "立替金の返済" });
}

#[test]
fn a_fraction_goes_to_the_next_pay_and_the_last_pay_keeps_none_back() {
    let of = |rounding, base, carried| {
        let plan = plan_with(SAME_MONTH, "2026-06", |rules| rules.cash_rounding = rounding);
        let mut person = person(&plan, PayType::Monthly, base);
        person.tax = TaxFacts::PaidToHeirs;
        person.carried = carried;
        let slip = pay(&plan, &person);
        let of = |built_in| slip.deducted(built_in).get();
        use kura_payroll::pay::BuiltIn::{FractionCarriedIn, FractionCarriedOut};
        (of(FractionCarriedIn), of(FractionCarriedOut), slip.net.get())
    };
    let carried = |fraction, last_payment| Carried { fraction: yen(fraction), last_payment, ..Carried::default() };
    use CashRounding::{Below100NextMonth, Below1000NextMonth, NotCarried};
    assert_eq!(of(NotCarried, 251_388, carried(0, false)), (0, 0, 251_388));
    assert_eq!(of(Below100NextMonth, 251_388, carried(0, false)), (0, 88, 251_300));
    assert_eq!(of(Below1000NextMonth, 251_388, carried(0, false)), (0, 388, 251_000));
    assert_eq!(of(Below1000NextMonth, 251_388, carried(700, false)), (-700, 88, 252_000));
    assert_eq!(of(Below1000NextMonth, 251_388, carried(700, true)), (-700, 0, 252_088));
    // The rule was dropped: what was kept back is paid.
    assert_eq!(of(NotCarried, 251_388, carried(700, false)), (-700, 0, 252_088));
    assert_eq!(of(Below1000NextMonth, 0, carried(0, false)), (0, 0, 0));
}

#[test]
fn a_slip_that_does_not_add_up_names_what_does_not_hold() {
    type Change = fn(&mut Slip, Yen);
    let plan = plan_of("2026-06");
    let mut person = person(&plan, PayType::Monthly, 300_000);
    person.premiums = vec![kyokai("2026-05", "東京都", true, 300_000, 300_000)];
    let whole = pay(&plan, &person);
    let changes: [(Change, &str); 4] = [
        (|slip, one| slip.gross += one, "支給の合計"),
        (|slip, one| slip.deduction_total += one, "控除の合計"),
        (|slip, one| slip.net += one, "支給－控除＝差引"),
        (|slip, one| slip.deductions.first_mut().unwrap().split.as_mut().unwrap()[0] += one, "保険料の内訳の合計"),
    ];
    for (change, what) in changes {
        let mut broken = whole.clone();
        change(&mut broken, Yen::new(1));
        let told = broken.verify().unwrap_err().to_string();
        assert_eq!(told, format!("明細の検算が合いません（{what}）。"));
    }
}
