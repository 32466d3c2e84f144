//! 連記式 files beyond the examples.

use kura_calendar::Date;
use kura_filing::*;
use kura_law::Law;

use crate::submissions::{AS_OF, establishment, lines, office};

fn acquisition() -> EmploymentAcquisitionNotice {
    EmploymentAcquisitionNotice {
        insured_number: String::new(),
        class: EmploymentAcquisitionClass::First,
        name: PersonName::of_parts("加茂", "蒼", "カモ", "アオイ"),
        new_name: None,
        sex: Sex::Male,
        birth_date: Date::constant(2005, 5, 30),
        acquired_on: Date::constant(2026, 4, 1),
        cause: EmploymentAcquisitionCause::NewGraduate,
        wage_form: WageForm::Hourly,
        monthly_wage_thousand: 120,
        employment_form: EmploymentForm::FixedTerm,
        occupation: 11,
        recruitment_route: RecruitmentRoute::HelloWork,
        weekly_hours: WeeklyHours { hours: 22, minutes: 30 },
        contract: Some(ContractTerm {
            from: Date::constant(2026, 4, 1),
            to: Date::constant(2027, 3, 31),
            renewal_clause: true,
        }),
        foreigner: Some(ForeignWorker {
            name_latin: "KAMO AOI".to_owned(),
            nationality: "ベトナム".to_owned(),
            nationality_code: "VNM".to_owned(),
            residence_status: "介護".to_owned(),
            residence_status_code: "P1".to_owned(),
            residence_until: Some(Date::constant(2028, 3, 31)),
            permission_other: false,
            dispatched: false,
        }),
        remarks: String::new(),
    }
}

fn filed(notice: EmploymentAcquisitionNotice, number: &str) -> Result<Submission, Vec<FilingProblem>> {
    let notices = [notice];
    let notices = HelloWorkNotices::Acquisition(&notices);
    hello_work_submission(Law::embedded().unwrap(), &office(), number, &establishment(), AS_OF, notices)
}

#[test]
fn terms_and_foreigners() {
    let file = filed(acquisition(), "1500-123456-7").unwrap();
    let record = lines(&file)[9].clone();
    assert!(record.contains(",4,120,4,11,1,,,22,30,"), "{record}");
    assert!(record.contains(",2028,03,31,002,002,"), "{record}");
    let same = filed(acquisition(), "15001234567").unwrap();
    assert_eq!(same.bytes, file.bytes);
}

#[test]
fn what_is_refused() {
    let of = |notice, number| filed(notice, number).unwrap_err().remove(0);
    let unnamed = EmploymentAcquisitionNotice {
        name: PersonName { kana: String::new(), kanji: "加茂　蒼".to_owned() },
        ..acquisition()
    };
    assert_eq!(of(unnamed, "1500-123456-7").message, "「被保険者氏名フリガナ（カタカナ）」が入力されていません");
    let occupation = EmploymentAcquisitionNotice { occupation: 12, ..acquisition() };
    assert_eq!(of(occupation, "1500-123456-7").field.unwrap().name_ja, "職種");
    assert_eq!(of(acquisition(), "1500-12345-7").line, Some(7));
    assert!(of(acquisition(), "").message.contains("入力されていません"));
    let comma = EmploymentAcquisitionNotice { remarks: "a,b".to_owned(), ..acquisition() };
    assert_eq!(of(comma, "1500-123456-7").message, "入力不可文字検出／無効文字検出");
}

/// What is made is in order when it is checked, and what is spoiled is told by its line.
#[test]
fn a_joint_file_is_checked_by_its_own_layouts() {
    let law = Law::embedded().unwrap();
    let file = filed(acquisition(), "1500-123456-7").unwrap();
    assert_eq!(check(&file.bytes, file.file_name, law, AS_OF), []);
    assert!(is_hello_work(&file.bytes, "別名.csv") && !is_hello_work(b"21,57", "SHFD0006.CSV"));
    let told = |bytes: &[u8], name: &str| -> Vec<String> {
        check(bytes, name, law, AS_OF).iter().map(ToString::to_string).collect()
    };
    let named = told(&file.bytes, "SHFD0006.CSV");
    assert_eq!(named, ["ファイル名が正しくありません 10101-shutoku.csvにしてください。"]);
    let lines: Vec<&[u8]> = file.bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let without_data = lines[..9].concat();
    assert_eq!(told(&without_data, file.file_name), ["データレコードがありません 1人以上の届出を入れてください。"]);
    let mut short = lines[..9].concat();
    short.extend_from_slice(b"10101,,\r\n");
    let short = told(&short, file.file_name);
    assert!(
        short.len() == 1 && short[0].starts_with("10行目（1人目）: データレコード不正 項目が3個あります。"),
        "{short:?}"
    );
    let without_heading = [&lines[..8].concat()[..], &lines[9..].concat()[..]].concat();
    let told = told(&without_heading, file.file_name);
    assert!(told[0].starts_with("9行目: データレコード不正 この行は見出し「帳票種別,"), "{told:?}");
}
