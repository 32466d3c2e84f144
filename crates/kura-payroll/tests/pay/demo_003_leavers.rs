//! 003: those who joined, left or died around 2026-06-25.

use kura_payroll::pay::{BuiltIn, LineKind, PayPlan, PersonMonth, Rule, TaxFacts};

use crate::clients::client_003_m;
use crate::demo_003::{premium, staff, union_dues, unit};
use crate::people::*;
use crate::second::{self, parts};

const MONTH: &str = "2026-06";
const PAID_ON: &str = "2026-06-25";
const PREMIUM: &str = "2026-05";
const CLOSES: &str = "2026-06-30";

/// 基本給 of the others by the digits of their number.
fn base(k: i64) -> i64 {
    198_000 + 4_500 * (k % 20)
}

/// 資格手当 of the others by the digits of their number.
fn qualification(k: i64) -> (&'static str, i64) {
    [("看護師", 30_000), ("介護福祉士", 12_000), ("初任者", 3_000)][usize::try_from(k % 3).unwrap()]
}

fn other(plan: &PayPlan<'_>, k: i64) -> PersonMonth {
    let mut person = staff(plan, base(k));
    fact(&mut person, "保有資格", qualification(k).0);
    fixed(plan, &mut person, "処遇改善手当", 18_000);
    fixed(plan, &mut person, "組合員", i64::from(k % 2 == 0));
    person
}

#[test]
fn t052_leaves_at_the_end_of_the_month_with_two_premiums() {
    let plan = client_003_m(MONTH);
    let mut leaver = staff(&plan, 231_000);
    leaver.attendance.overtime_minutes = 180;
    by_train(&plan, &mut leaver, 8_700);
    fixed(&plan, &mut leaver, "組合員", 1);
    leaver.premiums =
        vec![kyokai(PREMIUM, "東京都", false, 240_000, 240_000), kyokai(MONTH, "東京都", false, 240_000, 240_000)];
    leaver.inhabitant_tax = inhabitant(&plan, second::inhabitant(118_300, true));
    let slip = pay(&plan, &leaver);

    let overtime = premium(unit(231_000), 125, 180);
    let gross = 231_000 + 8_700 + overtime;
    let of = |month| (second::health(month, "東京都", false, 240_000), second::pension(month, 240_000));
    let ((may_health, may_pension), (june_health, june_pension)) = (of(PREMIUM), of(MONTH));
    let employment = second::employment(CLOSES, "general", gross);
    let social = may_health + may_pension + june_health + june_pension + employment;
    let tax = second::kou(PAID_ON, gross - 8_700 - social, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 231_000), ("通勤手当", 8_700), ("時間外手当", overtime)],
        &[
            ("健康保険料", may_health),
            ("厚生年金保険料", may_pension),
            ("健康保険料", june_health),
            ("厚生年金保険料", june_pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 10_500),
            ("組合費", union_dues(231_000)),
        ],
    );
    let months: Vec<_> = slip.deductions.iter().filter_map(|line| line.month).collect();
    assert_eq!(months, ["2026-05", "2026-05", "2026-06", "2026-06", "2026-06"].map(month));
    assert_eq!(slip.deducted(BuiltIn::HealthInsurance), yen(may_health + june_health));
}

#[test]
fn t070_after_the_last_base_pay_has_the_overtime_of_may_alone() {
    let plan = client_003_m(MONTH);
    let mut leaver = other(&plan, 70);
    leaver.attendance.overtime_minutes = 180;
    unpaid(&mut leaver);
    let slip = pay(&plan, &leaver);

    // The unit of May holds every allowance of May, though none is paid any more.
    assert_eq!((base(70), qualification(70).1), (243_000, 12_000));
    let overtime = premium(unit(243_000 + 12_000 + 18_000), 125, 180);
    let employment = second::employment(CLOSES, "general", overtime);
    let tax = second::kou(PAID_ON, overtime - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 0), ("時間外手当", overtime)],
        &[("雇用保険料", employment), ("所得税", tax)],
    );
}

#[test]
fn t083_what_is_paid_after_death_goes_to_the_heirs_without_tax() {
    let plan = client_003_m(MONTH);
    let mut dead = other(&plan, 83);
    dead.attendance.overtime_minutes = 240;
    dead.tax = TaxFacts::PaidToHeirs;
    unpaid(&mut dead);
    let slip = pay(&plan, &dead);
    let overtime = premium(unit(base(83) + qualification(83).1 + 18_000), 125, 240);
    assert_eq!(overtime, 7_270);
    let employment = second::employment(CLOSES, "general", overtime);
    assert_slip(&plan, &slip, &[("基本給", 0), ("時間外手当", overtime)], &[("雇用保険料", employment)]);
}

#[test]
fn t095_joins_on_the_first_and_has_no_attendance_yet() {
    let plan = client_003_m(MONTH);
    let mut joiner = other(&plan, 95);
    joiner.fixed.iter_mut().for_each(|fixed| fixed.at_variable_end = None);
    let slip = pay(&plan, &joiner);
    let gross = base(95) + qualification(95).1 + 18_000;
    let employment = second::employment(CLOSES, "general", gross);
    let tax = second::kou(PAID_ON, gross - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", base(95)), ("資格手当", qualification(95).1), ("処遇改善手当", 18_000)],
        &[("雇用保険料", employment), ("所得税", tax)],
    );
    assert!(!slip.bases.partial_month);
}

#[test]
fn f040_leaves_inside_the_month_and_every_fixed_item_by_the_day() {
    let plan = client_003_m(MONTH);
    let mut leaver = other(&plan, 40);
    paid_only(&mut leaver, period("2026-06-01", "2026-06-20"));
    let slip = pay(&plan, &leaver);
    let of_30 = |amount: i64| parts(amount * 20, 30).up();
    let (base, qualification, care) = (of_30(base(40)), of_30(qualification(40).1), of_30(18_000));
    let gross = base + qualification + care;
    let employment = second::employment(CLOSES, "general", gross);
    let tax = second::kou(PAID_ON, gross - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", base), ("資格手当", qualification), ("処遇改善手当", care)],
        &[("雇用保険料", employment), ("所得税", tax), ("組合費", union_dues(base))],
    );
    assert!(slip.bases.partial_month);
    assert_eq!(slip.pay[0].rule, Rule::Prorated);
}

#[test]
fn f068_at_75_pays_the_health_premium_of_may_and_no_pension() {
    let plan = client_003_m(MONTH);
    let mut carer = other(&plan, 68);
    carer.attendance.overtime_minutes = 53 * 68 % 1_500;
    by_train(&plan, &mut carer, 6_000 + 200 * (68 % 30));
    carer.premiums = vec![kyokai(PREMIUM, "福岡県", false, 260_000, 0)];
    carer.tax = kou(1);
    carer.inhabitant_tax = inhabitant(&plan, second::inhabitant(90_000 + 1_100 * 68, true));
    let slip = pay(&plan, &carer);

    let fixed = base(68) + qualification(68).1 + 18_000;
    let overtime = premium(unit(fixed), 125, 604);
    let gross = fixed + 7_600 + overtime;
    let health = second::health(PREMIUM, "福岡県", false, 260_000);
    let employment = second::employment(CLOSES, "general", gross);
    let tax = second::kou(PAID_ON, gross - 7_600 - health - employment, 1);
    assert_slip(
        &plan,
        &slip,
        &[
            ("基本給", 234_000),
            ("資格手当", 3_000),
            ("処遇改善手当", 18_000),
            ("通勤手当", 7_600),
            ("時間外手当", overtime),
        ],
        &[
            ("健康保険料", health),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", second::inhabitant(164_800, true)),
            ("組合費", union_dues(234_000)),
        ],
    );
    assert!(slip.deductions.iter().all(|line| line.kind != LineKind::BuiltIn(BuiltIn::EmployeesPension)));
}
