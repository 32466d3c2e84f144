//! 健康保険・厚生年金保険の適用: each condition on both sides of its threshold and its day.

use kura_insurance::decisions::*;
use kura_yen::{Exact, Yen};

use crate::pay::{date, law, says};

fn days(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// A short-time worker of a company of 120 who meets every condition in 2026.
fn short_time() -> WorkTerms {
    WorkTerms {
        on: date("2026-06-01"),
        birth_date: date("1989-12-12"),
        position: SocialPosition::Worker,
        contract: Contract::Indefinite,
        weekly_minutes: 24 * 60,
        monthly_days: days("17"),
        regular_weekly_minutes: 40 * 60,
        regular_monthly_days: days("20"),
        monthly_wage: Some(Yen::new(130_000)),
        student: Student::No,
        employer: Employer { class: SpecifiedClass::Specified, insured_count: Some(120) },
        reduced_minimum_wage: false,
        opted_in: false,
    }
}

fn verdict(terms: WorkTerms) -> CoverageVerdict {
    social_coverage(law(), &terms).unwrap().verdict
}

fn fails(terms: WorkTerms, condition: Condition) {
    assert_eq!(verdict(terms), CoverageVerdict::NotCovered(vec![condition]));
}

fn asks(terms: WorkTerms, condition: Condition) {
    assert_eq!(verdict(terms), CoverageVerdict::Question(vec![condition]));
}

const SHORT: CoverageVerdict = CoverageVerdict::Covered(WorkerClass::ShortTimeWorker);
const PART: CoverageVerdict = CoverageVerdict::Covered(WorkerClass::PartTimer);
const ORDINARY: CoverageVerdict = CoverageVerdict::Covered(WorkerClass::Ordinary);

fn term(from: &str, to: &str, renewal: Prospect) -> Contract {
    Contract::FixedTerm { from: date(from), to: date(to), renewal }
}

#[test]
fn three_quarters_of_hours_and_of_days() {
    let of = |weekly_minutes, monthly_days: &str| {
        verdict(WorkTerms { weekly_minutes, monthly_days: days(monthly_days), ..short_time() })
    };
    assert_eq!(of(30 * 60, "15"), PART);
    assert_eq!(of(30 * 60 - 1, "15"), SHORT);
    assert_eq!(of(30 * 60, "14.9"), SHORT);
    assert_eq!(of(40 * 60, "20"), ORDINARY);
    assert_eq!(of(40 * 60, "19"), PART);
    let part_timer = WorkTerms { weekly_minutes: 30 * 60, ..short_time() };
    says(
        &social_coverage(law(), &part_timer).unwrap().explanation,
        "4分の3基準: 週30時間（正社員40時間）、月17日（正社員20日）。どちらも4分の3以上なので適用します。",
    );
    // Regular weeks of 5 x 7:45 = 38:45: three quarters are 29:03.75.
    let terms = WorkTerms { regular_weekly_minutes: 38 * 60 + 45, monthly_days: days("20"), ..short_time() };
    assert_eq!(verdict(WorkTerms { weekly_minutes: 29 * 60 + 4, ..terms }), PART);
    assert_eq!(verdict(WorkTerms { weekly_minutes: 29 * 60 + 3, ..terms }), SHORT);
}

#[test]
fn all_that_is_said_of_a_short_time_worker() {
    let found = social_coverage(law(), &short_time()).unwrap();
    assert_eq!((found.health, found.pension, found.aged_70_or_over), (true, true, false));
    let expected = "\
契約期間: 期間の定めなし。2か月を超えて使用されます。
4分の3基準: 週24時間（正社員40時間）、月17日（正社員20日）。4分の3に足りません。
特定適用事業所（任意特定適用事業所を含む）です。
週の所定労働時間24時間は20時間以上です。
月額賃金（所定内）は88,000円以上です。
雇用期間は「2か月超見込」に当たります。
昼間学生ではありません。
短時間労働者の要件をすべて満たすので適用します。";
    assert_eq!(found.explanation.text(), expected);
}

#[test]
fn weekly_hours_of_twenty() {
    assert_eq!(verdict(WorkTerms { weekly_minutes: 20 * 60, ..short_time() }), SHORT);
    let short = WorkTerms { weekly_minutes: 20 * 60 - 1, ..short_time() };
    fails(short, Condition::WeeklyHours);
    says(&social_coverage(law(), &short).unwrap().explanation, "週の所定労働時間19時間59分は20時間に足りません。");
    says(&social_coverage(law(), &short).unwrap().explanation, "短時間労働者の要件を満たさないので適用外です。");
}

#[test]
fn the_wage_condition_ends_with_september_2026() {
    let low = WorkTerms { monthly_wage: Some(Yen::new(87_999)), ..short_time() };
    assert_eq!(verdict(WorkTerms { monthly_wage: Some(Yen::new(88_000)), ..low }), SHORT);
    fails(WorkTerms { on: date("2026-09-30"), ..low }, Condition::MonthlyWage);
    assert_eq!(verdict(WorkTerms { on: date("2026-10-01"), ..low }), SHORT);
    let unknown = WorkTerms { monthly_wage: None, ..short_time() };
    asks(WorkTerms { on: date("2026-09-30"), ..unknown }, Condition::MonthlyWage);
    assert_eq!(verdict(WorkTerms { on: date("2026-10-01"), ..unknown }), SHORT);
    let said = |terms| social_coverage(law(), &terms).unwrap().explanation;
    says(&said(low), "月額賃金（所定内）は88,000円に足りません。");
    says(&said(unknown), "月額賃金（所定内）が88,000円以上かが分かりません。");
    says(&said(unknown), "分からない要件を確かめてから判断します。");
    says(&said(WorkTerms { on: date("2026-10-01"), ..low }), "月額賃金の要件はこの日にはありません。");
}

#[test]
fn company_sizes_by_day() {
    let steps = [
        ("2022-09-30", 501),
        ("2022-10-01", 101),
        ("2024-09-30", 101),
        ("2024-10-01", 51),
        ("2027-09-30", 51),
        ("2027-10-01", 36),
        ("2029-10-01", 21),
        ("2032-10-01", 11),
        ("2035-10-01", 1),
    ];
    for (on, minimum) in steps {
        let of = |class, count| {
            let employer = Employer { class, insured_count: count };
            verdict(WorkTerms { on: date(on), employer, ..short_time() })
        };
        let too_small = CoverageVerdict::NotCovered(vec![Condition::EmployerSize]);
        let question = CoverageVerdict::Question(vec![Condition::EmployerSize]);
        assert_eq!(of(SpecifiedClass::None, Some(minimum - 1)), too_small, "{on}");
        assert_eq!(of(SpecifiedClass::None, Some(minimum)), question, "{on}: what the authority says decides");
        assert_eq!(of(SpecifiedClass::None, None), too_small, "{on}");
        assert_eq!(of(SpecifiedClass::Specified, None), SHORT, "{on}");
        assert_eq!(of(SpecifiedClass::Voluntary, Some(3)), SHORT, "{on}");
    }
    let said = |insured_count| {
        let employer = Employer { class: SpecifiedClass::None, insured_count: Some(insured_count) };
        social_coverage(law(), &WorkTerms { employer, ..short_time() }).unwrap().explanation
    };
    says(&said(50), "特定適用事業所（被保険者51人以上）ではありません。");
    says(&said(51), "厚生年金保険の被保険者が51人以上います。特定適用事業所に当たるかと、該当の届を確かめてください。");
}

#[test]
fn students() {
    let of = |student| verdict(WorkTerms { student, ..short_time() });
    assert_eq!(of(Student::EveningOrCorrespondence), SHORT);
    assert_eq!(of(Student::DaytimeExcepted), SHORT);
    let daytime = WorkTerms { student: Student::Daytime, ..short_time() };
    fails(daytime, Condition::NotStudent);
    says(&social_coverage(law(), &daytime).unwrap().explanation, "昼間学生なので対象外です。");
    // At three quarters a student is insured like anybody.
    assert_eq!(verdict(WorkTerms { weekly_minutes: 30 * 60, ..daytime }), PART);
}

#[test]
fn contracts_of_two_months() {
    let of = |to: &str, renewal| {
        verdict(WorkTerms { weekly_minutes: 40 * 60, contract: term("2026-04-01", to, renewal), ..short_time() })
    };
    let out = CoverageVerdict::NotCovered(vec![Condition::LongerThanShortContract]);
    let open = CoverageVerdict::Question(vec![Condition::LongerThanShortContract]);
    assert_eq!(of("2026-05-31", Prospect::NotExpected), out);
    assert_eq!(of("2026-06-01", Prospect::NotExpected), PART);
    assert_eq!(of("2026-05-31", Prospect::Expected), PART);
    assert_eq!(of("2026-05-31", Prospect::Unknown), open);
    // Short-time workers: the same, as 2か月超見込.
    let short = |renewal| verdict(WorkTerms { contract: term("2026-04-01", "2026-05-31", renewal), ..short_time() });
    assert_eq!(short(Prospect::NotExpected), out);
    assert_eq!(short(Prospect::Expected), SHORT);
    assert_eq!(short(Prospect::Unknown), CoverageVerdict::Question(vec![Condition::EmploymentPeriod]));
}

#[test]
fn contracts_are_said() {
    let said = |on: &str, renewal| {
        let contract = term("2022-09-01", "2022-10-31", renewal);
        social_coverage(law(), &WorkTerms { on: date(on), contract, ..short_time() }).unwrap().explanation
    };
    let prefix = "契約期間: 2022年9月1日から2022年10月31日まで、";
    says(
        &said("2022-10-01", Prospect::NotExpected),
        &format!("{prefix}更新の見込みなし。2か月以内の契約です。期間を超える見込みがないので適用外です。"),
    );
    says(
        &said("2022-10-01", Prospect::Expected),
        "更新の見込みあり。2か月以内の契約です。当初から使用の見込みが期間を超えるので、最初の日から判断します。",
    );
    says(
        &said("2022-10-01", Prospect::Unknown),
        &format!(
            "{prefix}更新の見込みは未確認。2か月以内の契約です。期間を超える見込みがあるかを、契約書と同じ契約の人の更新の実績で確かめてください。"
        ),
    );
    says(&said("2022-10-01", Prospect::Unknown), "雇用期間が「2か月超見込」に当たるかが分かりません。");
    // Before 2022-10-01 no prospect helps a contract of two months.
    says(
        &said("2022-09-30", Prospect::Expected),
        "2022年10月1日より前は、2か月以内の契約は見込みにかかわらず、その期間を超えるまで適用外です。",
    );
}

#[test]
fn one_year_was_expected_before_october_2022() {
    let employer = Employer { class: SpecifiedClass::Specified, insured_count: Some(600) };
    let of = |on: &str, to: &str, renewal| {
        let contract = term("2021-10-01", to, renewal);
        verdict(WorkTerms { on: date(on), employer, contract, ..short_time() })
    };
    let out = CoverageVerdict::NotCovered(vec![Condition::EmploymentPeriod]);
    assert_eq!(of("2022-09-30", "2022-09-29", Prospect::NotExpected), out);
    assert_eq!(of("2022-09-30", "2022-09-30", Prospect::NotExpected), SHORT);
    assert_eq!(of("2022-09-30", "2022-09-29", Prospect::Expected), SHORT);
    let open = CoverageVerdict::Question(vec![Condition::EmploymentPeriod]);
    assert_eq!(of("2022-09-30", "2022-09-29", Prospect::Unknown), open);
    assert_eq!(of("2022-10-01", "2022-09-29", Prospect::NotExpected), SHORT);
    let contract = term("2021-10-01", "2022-09-29", Prospect::NotExpected);
    let terms = WorkTerms { on: date("2022-09-30"), employer, contract, ..short_time() };
    says(&social_coverage(law(), &terms).unwrap().explanation, "雇用期間は「1年以上見込」に当たりません。");
}

#[test]
fn people_with_a_permit_below_the_minimum_wage() {
    let low = WorkTerms {
        on: date("2026-10-01"),
        reduced_minimum_wage: true,
        monthly_wage: Some(Yen::new(87_999)),
        ..short_time()
    };
    fails(low, Condition::NotReducedMinimumWage);
    assert_eq!(verdict(WorkTerms { opted_in: true, ..low }), SHORT);
    assert_eq!(verdict(WorkTerms { monthly_wage: Some(Yen::new(88_000)), ..low }), SHORT);
    asks(WorkTerms { monthly_wage: None, ..low }, Condition::NotReducedMinimumWage);
    fails(WorkTerms { on: date("2026-09-30"), ..low }, Condition::MonthlyWage);
    let said = |terms| social_coverage(law(), &terms).unwrap().explanation;
    says(
        &said(low),
        "最低賃金の減額の特例を受ける人（所定内の賃金88,000円未満が特定減額特例対象者）: 本人の申出がないので対象外です。",
    );
    says(&said(WorkTerms { opted_in: true, ..low }), "対象外にはなりません（本人の申出を含む）。");
    says(
        &said(WorkTerms { monthly_wage: None, ..low }),
        "最低賃金の減額の特例を受ける人です。所定内の賃金が88,000円未満かが分かりません。",
    );
}

#[test]
fn officers_and_day_laborers() {
    let of = |position| social_coverage(law(), &WorkTerms { position, weekly_minutes: 0, ..short_time() }).unwrap();
    assert_eq!(of(SocialPosition::RegularOfficer).verdict, ORDINARY);
    says(
        &of(SocialPosition::RegularOfficer).explanation,
        "報酬を受けて常時勤務する役員なので適用します。労働時間では判断しません。",
    );
    let occasional = of(SocialPosition::OccasionalOfficer);
    assert_eq!(occasional.verdict, CoverageVerdict::NotCovered(vec![Condition::RegularOffice]));
    says(&occasional.explanation, "非常勤または無報酬の役員なので適用外です。");
    let daily = of(SocialPosition::DayLaborer);
    assert_eq!(daily.verdict, CoverageVerdict::NotCovered(vec![Condition::Continuing]));
    says(
        &daily.explanation,
        "日々雇い入れられる人は適用外です（健康保険は日雇特例被保険者の手続を確かめてください）。",
    );
}

#[test]
fn seventy_and_seventy_five() {
    let of = |on: &str| {
        let terms = WorkTerms { on: date(on), birth_date: date("1956-06-10"), weekly_minutes: 40 * 60, ..short_time() };
        social_coverage(law(), &terms).unwrap()
    };
    let schemes = |on: &str| (of(on).health, of(on).pension, of(on).aged_70_or_over);
    assert_eq!(schemes("2026-06-08"), (true, true, false));
    assert_eq!(schemes("2026-06-09"), (true, false, true), "the day before the 70th birthday");
    assert_eq!(schemes("2031-06-09"), (true, false, true));
    assert_eq!(schemes("2031-06-10"), (false, false, true), "the 75th birthday itself");
    says(&of("2026-06-09").explanation, "70歳以上なので厚生年金保険の被保険者ではなく、70歳以上被用者です。");
    says(&of("2031-06-10").explanation, "75歳以上なので後期高齢者医療の対象です。健康保険の被保険者になりません。");
}

#[test]
fn demo_hours_of_client_003() {
    // H people: 16 hours nothing, 20 to 24 short-time, 30 ordinary (a part-timer of three quarters).
    let of = |hours: u32, monthly_days: &str| {
        verdict(WorkTerms { weekly_minutes: hours * 60, monthly_days: days(monthly_days), ..short_time() })
    };
    assert_eq!(of(16, "17"), CoverageVerdict::NotCovered(vec![Condition::WeeklyHours]));
    assert_eq!([of(20, "17"), of(22, "17"), of(24, "17")], [SHORT, SHORT, SHORT]);
    assert_eq!(of(30, "20"), PART);
}
