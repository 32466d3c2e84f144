//! The semantic inputs of the examples, read into the records of this crate.

pub(crate) mod hello_work;

use kura_calendar::{Date, Month, parse_iso_date, parse_iso_month};
use kura_filing::*;
use kura_yen::Yen;
use serde_json::Value;

pub(crate) fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

pub(crate) fn flag(value: &Value, key: &str) -> bool {
    value[key].as_bool().unwrap_or_default()
}

pub(crate) fn day(value: &Value, key: &str) -> Date {
    parse_iso_date(&text(value, key)).unwrap()
}

pub(crate) fn month(value: &Value, key: &str) -> Month {
    parse_iso_month(&text(value, key)).unwrap()
}

pub(crate) fn yen(value: &Value, key: &str) -> Option<Yen> {
    value[key].as_i64().map(Yen::new)
}

pub(crate) fn name(value: &Value) -> PersonName {
    PersonName { kana: text(value, "kana"), kanji: text(value, "kanji") }
}

pub(crate) fn key(value: &Value) -> Option<PersonKey> {
    match (value["my_number"].as_str(), value["pension_no"].as_str()) {
        (Some(_), _) => Some(PersonKey::MyNumber),
        (None, Some(number)) => Some(PersonKey::BasicPension(number.to_owned())),
        (None, None) => None,
    }
}

pub(crate) fn office(input: &Value) -> Office {
    let office = &input["office"];
    let tel: Vec<String> = text(office, "tel").split('-').map(str::to_owned).collect();
    Office {
        // The Hello Work examples have none.
        pref_code: text(office, "office_pref_code"),
        area_code: text(office, "office_area_code"),
        mark: text(office, "office_mark"),
        number: text(office, "office_number"),
        zip: text(office, "zip"),
        address: text(office, "address"),
        name: text(office, "name"),
        employer_name: text(office, "employer"),
        tel: tel.try_into().unwrap(),
    }
}

pub(crate) fn submitter(input: &Value) -> Submitter {
    assert_eq!(text(input, "submitter"), "office");
    let number = u16::try_from(input["media_seq"].as_u64().unwrap()).unwrap();
    Submitter::Establishment { media_number: MediaNumber::new(number).unwrap() }
}

pub(crate) fn people<T>(input: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    input["people"].as_array().unwrap().iter().map(read).collect()
}

fn months(person: &Value) -> [MonthPay; 3] {
    let month = |month: &Value| MonthPay {
        base_days: u8::try_from(month[0].as_u64().unwrap()).unwrap(),
        currency: Yen::new(month[1].as_i64().unwrap()),
        in_kind: Yen::new(month[2].as_i64().unwrap()),
    };
    let months: Vec<MonthPay> = person["months"].as_array().unwrap().iter().map(month).collect();
    months.try_into().unwrap()
}

fn small(value: &Value) -> u8 {
    u8::try_from(value.as_u64().unwrap()).unwrap()
}

fn pay_change(person: &Value) -> Option<PayChange> {
    let change = person["raise"].as_array()?;
    let kind = if small(&change[1]) == 1 { PayChangeKind::Raise } else { PayChangeKind::Cut };
    Some(PayChange { month: small(&change[0]), kind })
}

/// What 算定基礎届 and 月額変更届 say alike; `applies_from` is the name of the month.
fn pay_notice(person: &Value, applies_from: &str) -> PayNotice {
    let retroactive = person["retro"].as_array();
    PayNotice {
        insured_number: text(person, "ref"),
        name: name(person),
        birth_date: day(person, "birth"),
        applies_from: month(person, applies_from),
        old_health_standard: yen(person, "old_health"),
        old_pension_standard: yen(person, "old_pension"),
        old_revised: month(person, "old_revised"),
        pay_change: pay_change(person),
        retroactive: retroactive.map(|retroactive| Retroactive {
            month: small(&retroactive[0]),
            amount: Yen::new(retroactive[1].as_i64().unwrap()),
        }),
        months: months(person),
        corrected_average: yen(person, "corrected"),
        over_70: flag(person, "over70").then(|| key(person).unwrap()),
        multi_office: false,
        memo: text(person, "memo"),
        only_over_70: false,
    }
}

pub(crate) fn annual_base(person: &Value) -> AnnualBaseNotice {
    AnnualBaseNotice {
        pay: pay_notice(person, "apply"),
        worker_class: match text(person, "worker").as_str() {
            "part_time" => WorkerClass::PartTime,
            "short_time" => WorkerClass::ShortTime,
            _ => WorkerClass::Regular,
        },
        over_70_months: Vec::new(),
        monthly_change_planned: false,
        joined_midway: flag(person, "joined_midway"),
        leave: false,
        annual_average: false,
    }
}

pub(crate) fn monthly_change(person: &Value) -> MonthlyChangeNotice {
    MonthlyChangeNotice {
        pay: pay_notice(person, "revise"),
        short_time: flag(person, "short_time"),
        reason: text(person, "reason"),
        health_only: flag(person, "health_only"),
    }
}

pub(crate) fn bonus(person: &Value) -> BonusPaymentNotice {
    BonusPaymentNotice {
        insured_number: text(person, "ref"),
        name: name(person),
        birth_date: day(person, "birth"),
        paid_on: day(person, "paid"),
        currency: yen(person, "currency").unwrap(),
        in_kind: yen(person, "in_kind").unwrap(),
        over_70: None,
        multi_office: false,
        same_month_first_day: person["same_month_first_day"].as_u64().map(|day| u8::try_from(day).unwrap()),
        only_over_70: false,
    }
}

pub(crate) fn acquisition(person: &Value) -> AcquisitionNotice {
    assert_eq!(person["acquisition_class"], 1);
    let address = || AcquisitionKey::Address {
        address: address(person),
        basic_pension_number: Some(text(person, "pension_no")),
        no_resident_record: None,
    };
    AcquisitionNotice {
        insured_number: text(person, "ref"),
        name: name(person),
        birth_date: day(person, "birth"),
        class: if text(person, "sex") == "male" { InsuredClass::Male } else { InsuredClass::Female },
        acquisition_class: AcquisitionClass::HealthAndPension,
        key: if person["my_number"].is_string() { AcquisitionKey::MyNumber } else { address() },
        acquired_on: day(person, "acquired"),
        has_dependents: flag(person, "has_dependents"),
        pay_currency: yen(person, "pay_currency").unwrap(),
        pay_in_kind: yen(person, "pay_in_kind").unwrap(),
        over_70: false,
        multi_office: false,
        short_time: flag(person, "short_time"),
        rehire: false,
        memo: String::new(),
        only_over_70: false,
        issue_eligibility_certificate: flag(person, "need_certificate"),
    }
}

fn address(value: &Value) -> Address {
    Address { zip: text(value, "zip"), kana: text(value, "address_kana"), kanji: text(value, "address") }
}

pub(crate) fn loss(person: &Value) -> LossNotice {
    let certificates = |at: usize| person["certificates"].as_array().map(|counts| small(&counts[at]));
    LossNotice {
        insured_number: text(person, "ref"),
        name: name(person),
        birth_date: day(person, "birth"),
        key: key(person).unwrap(),
        cause: match person["cause"].as_u64() {
            Some(4) => LossCause::Left { last_day: day(person, "last_day") },
            _ => LossCause::Age75 { lost_on: day(person, "lost") },
        },
        multi_office: false,
        rehire: false,
        memo: String::new(),
        certificates_attached: certificates(0),
        certificates_unreturnable: certificates(1),
        over_70_ended_on: flag(person, "over70_end").then(|| day(person, "last_day")),
        only_over_70: flag(person, "only_over70"),
    }
}

pub(crate) fn dependent_change(person: &Value) -> DependentChangeNotice {
    assert_eq!(person["change_type"], 1);
    let dependents = person["dependents"].as_array().unwrap();
    DependentChangeNotice {
        employer_confirmed: flag(person, "employer_confirmation"),
        employer_received_on: Some(day(person, "received")),
        insured_number: text(person, "ref"),
        name: name(person),
        birth_date: day(person, "birth"),
        sex: sex(person),
        key: InsuredKey::Address { basic_pension_number: text(person, "pension_no"), address: address(person) },
        income: yen(person, "income"),
        change: DependentChange::Began,
        spouse: Some(spouse(&person["spouse"])),
        spouse_annual_income: None,
        dependents: dependents.iter().map(dependent).collect(),
    }
}

fn sex(value: &Value) -> Sex {
    if text(value, "sex") == "male" { Sex::Male } else { Sex::Female }
}

fn spouse(spouse: &Value) -> Spouse {
    assert_eq!((&spouse["relation"], &spouse["reason"], &spouse["job"]), (&"2".into(), &"3".into(), &"1".into()));
    let tel: Vec<String> = text(spouse, "tel").split('-').map(str::to_owned).collect();
    Spouse {
        name: name(spouse),
        birth_date: day(spouse, "birth"),
        relation: SpouseRelation::Wife,
        key: key(spouse),
        nationality: String::new(),
        alias: None,
        address: address(spouse),
        tel: Some((TelKind::Mobile, tel.try_into().unwrap())),
        category_3_filed_on: Some(day(spouse, "filed")),
        began: Some(Began {
            on: day(spouse, "became"),
            reason: SpouseBeganReason::LeftJob,
            living_together: flag(spouse, "living_together"),
            job: SpouseJob::None,
            income: yen(spouse, "income").unwrap(),
        }),
        ended: None,
        memo: String::new(),
        relation_confirmed: false,
        overseas: None,
        issue_eligibility_certificate: flag(spouse, "need_certificate"),
    }
}

fn dependent(child: &Value) -> Dependent {
    assert_eq!((&child["relation"], &child["reason"], &child["job"]), (&"01".into(), &"1".into(), &"4".into()));
    Dependent {
        name: name(child),
        birth_date: day(child, "birth"),
        sex: sex(child),
        relation: DependentRelation::Child,
        has_my_number: false,
        address: address(child),
        began: Some(Began {
            on: day(child, "became"),
            reason: DependentBeganReason::Birth,
            living_together: flag(child, "living_together"),
            job: DependentJob::JuniorHighSchoolOrBelow,
            income: yen(child, "income").unwrap(),
        }),
        ended: None,
        memo: String::new(),
        relation_confirmed: false,
        overseas: None,
        issue_eligibility_certificate: false,
    }
}
