//! The records of the Hello Work examples stand in the input by heading.

use kura_calendar::{Date, Era, Wareki};
use kura_filing::*;
use serde_json::Value;

use super::text;

fn day(record: &Value, heading: &str) -> Date {
    let era = match text(record, &format!("{heading}（元号）")).as_str() {
        "平成" => Era::Heisei,
        _ => Era::Reiwa,
    };
    let part = |part: &str| text(record, &format!("{heading}（{part}）"));
    let wareki = Wareki {
        era,
        year: part("年").parse().unwrap(),
        month: part("月").parse().unwrap(),
        day: part("日").parse().unwrap(),
    };
    wareki.to_date().unwrap()
}

fn insured_number(record: &Value) -> String {
    let part = |part: &str| text(record, &format!("被保険者番号{part}"));
    format!("{}-{}-{}", part("4桁"), part("6桁"), part("CD"))
}

fn name(record: &Value) -> PersonName {
    PersonName {
        kana: text(record, "被保険者氏名フリガナ（カタカナ）"), kanji: text(record, "被保険者氏名")
    }
}

fn sex(record: &Value) -> Sex {
    if text(record, "性別") == "1" { Sex::Male } else { Sex::Female }
}

fn weekly_hours(record: &Value) -> WeeklyHours {
    let part = |part: &str| text(record, &format!("１週間の所定労働時間（{part}）")).parse().unwrap();
    WeeklyHours { hours: part("時間"), minutes: part("分") }
}

pub(crate) fn acquisition(record: &Value) -> EmploymentAcquisitionNotice {
    let codes = ["取得区分", "被保険者となったことの原因", "賃金（支払の態様）", "雇用形態", "就職経路"];
    assert_eq!(codes.map(|heading| text(record, heading)), ["2", "2", "1", "7", "2"]);
    assert_eq!(text(record, "契約期間の定め"), "無");
    EmploymentAcquisitionNotice {
        insured_number: insured_number(record),
        class: EmploymentAcquisitionClass::Again,
        name: name(record),
        new_name: None,
        sex: sex(record),
        birth_date: day(record, "生年月日"),
        acquired_on: day(record, "資格取得年月日"),
        cause: EmploymentAcquisitionCause::NewHire,
        wage_form: WageForm::Monthly,
        monthly_wage_thousand: text(record, "賃金（賃金月額）").parse().unwrap(),
        employment_form: EmploymentForm::Other,
        occupation: text(record, "職種").parse().unwrap(),
        recruitment_route: RecruitmentRoute::Own,
        weekly_hours: weekly_hours(record),
        contract: None,
        foreigner: None,
        remarks: String::new(),
    }
}

pub(crate) fn loss(record: &Value) -> EmploymentLossNotice {
    assert_eq!(["喪失原因", "離職票交付希望"].map(|heading| text(record, heading)), ["2", "2"]);
    EmploymentLossNotice {
        insured_number: insured_number(record),
        acquired_on: day(record, "資格取得年月日"),
        separated_on: day(record, "離職等年月日"),
        cause: EmploymentLossCause::Separation,
        wants_separation_slip: false,
        name: name(record),
        new_name: None,
        sex: sex(record),
        birth_date: day(record, "生年月日"),
        address: text(record, "被保険者の住所又は居所"),
        reason: text(record, "被保険者でなくなったことの原因"),
        weekly_hours: weekly_hours(record),
        foreigner: None,
    }
}
