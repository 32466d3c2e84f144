//! 雇用保険の適用.

use kura_insurance::decisions::*;

use crate::pay::{date, law, says};

fn worker() -> EmploymentTerms {
    EmploymentTerms {
        on: date("2026-06-01"),
        birth_date: date("1989-12-12"),
        position: EmploymentPosition::Worker,
        contract: Contract::Indefinite,
        weekly_minutes: 20 * 60,
        student: Student::No,
    }
}

fn class(terms: EmploymentTerms) -> Option<EmploymentInsuredClass> {
    employment_coverage(law(), &terms).unwrap().class
}

const GENERAL: Option<EmploymentInsuredClass> = Some(EmploymentInsuredClass::General);

#[test]
fn twenty_hours_and_ten_from_october_2028() {
    let of = |on: &str, weekly_minutes| class(EmploymentTerms { on: date(on), weekly_minutes, ..worker() });
    assert_eq!([of("2028-09-30", 20 * 60), of("2028-09-30", 20 * 60 - 1)], [GENERAL, None]);
    assert_eq!([of("2028-10-01", 10 * 60), of("2028-10-01", 10 * 60 - 1)], [GENERAL, None]);
}

#[test]
fn thirty_one_days() {
    let of = |to: &str, renewal| {
        let contract = Contract::FixedTerm { from: date("2026-06-01"), to: date(to), renewal };
        let found = employment_coverage(law(), &EmploymentTerms { contract, ..worker() }).unwrap();
        (found.class, found.open)
    };
    assert_eq!(of("2026-07-01", Prospect::NotExpected), (GENERAL, false), "31 days");
    assert_eq!(of("2026-06-30", Prospect::NotExpected), (None, false), "30 days");
    assert_eq!(of("2026-06-30", Prospect::Expected), (GENERAL, false));
    assert_eq!(of("2026-06-30", Prospect::Unknown), (None, true));
}

#[test]
fn all_that_is_said() {
    let said = |terms: EmploymentTerms| employment_coverage(law(), &terms).unwrap().explanation;
    let expected = "\
週の所定労働時間20時間は20時間以上です。
契約期間: 期間の定めなし。31日以上雇用される見込みがあります。
65歳未満なので、雇用保険の一般被保険者です。";
    assert_eq!(said(worker()).text(), expected);
    says(&said(EmploymentTerms { weekly_minutes: 960, ..worker() }), "週の所定労働時間16時間は20時間に足りません。");
    says(&said(EmploymentTerms { weekly_minutes: 960, ..worker() }), "雇用保険の被保険者になりません。");
    let short = |renewal| {
        let contract = Contract::FixedTerm { from: date("2026-06-01"), to: date("2026-06-30"), renewal };
        EmploymentTerms { contract, ..worker() }
    };
    says(&said(short(Prospect::NotExpected)), "31日以上雇用される見込みがありません。");
    says(&said(short(Prospect::Unknown)), "31日以上雇用される見込みがあるかが分かりません。");
    says(&said(short(Prospect::Unknown)), "雇用保険は、分からない要件を確かめてから判断します。");
}

#[test]
fn exclusions() {
    let excluded = |terms: EmploymentTerms, sentence: &str| {
        let found = employment_coverage(law(), &terms).unwrap();
        assert_eq!((found.class, found.open), (None, false));
        says(&found.explanation, sentence);
    };
    let position = |position| EmploymentTerms { position, ..worker() };
    excluded(position(EmploymentPosition::Officer), "役員は労働者でないので適用外です。");
    excluded(
        position(EmploymentPosition::CohabitingRelative),
        "事業主と同居の親族は原則として適用外です（例外はハローワークに確かめてください）。",
    );
    excluded(
        position(EmploymentPosition::DayLaborer),
        "日雇の人は一般の被保険者になりません（日雇労働被保険者の手続を確かめてください）。",
    );
    excluded(EmploymentTerms { student: Student::Daytime, ..worker() }, "昼間学生なので適用外です。");
    assert_eq!(class(EmploymentTerms { student: Student::DaytimeExcepted, ..worker() }), GENERAL);
    assert_eq!(class(EmploymentTerms { student: Student::EveningOrCorrespondence, ..worker() }), GENERAL);
}

#[test]
fn an_officer_with_employee_status_is_insured_on_that_part() {
    let terms = EmploymentTerms { position: EmploymentPosition::OfficerWithEmployeeStatus, ..worker() };
    let found = employment_coverage(law(), &terms).unwrap();
    assert_eq!((found.class, found.employee_part_only), (GENERAL, true));
    says(&found.explanation, "兼務役員なので、労働者としての賃金だけを雇用保険の賃金にします。");
    assert!(!employment_coverage(law(), &worker()).unwrap().employee_part_only);
}

#[test]
fn elderly_from_sixty_five() {
    // 栃尾 of client 001, born 1958-09-01: 65 on 2023-08-31.
    let of = |on: &str| class(EmploymentTerms { on: date(on), birth_date: date("1958-09-01"), ..worker() });
    assert_eq!(of("2023-08-30"), GENERAL);
    assert_eq!(of("2023-08-31"), Some(EmploymentInsuredClass::Elderly));
    let terms = EmploymentTerms { birth_date: date("1958-09-01"), ..worker() };
    says(&employment_coverage(law(), &terms).unwrap().explanation, "65歳以上なので、雇用保険の高年齢被保険者です。");
}
