use std::collections::BTreeMap;

use kura_calendar::Date;
use kura_filing::{BonusPaymentNotice, PersonKey, PersonName};
use kura_model::{EmployeeCode, Establishment, EstablishmentCode, InsuranceSpell, Kana, Row, Scheme, Text};

use super::insurance;
use super::person::PaidBonus;
use crate::client_month::ClientMonth;
use crate::filing_desk::{Application, Batch};
use crate::outputs::Outputs;
use crate::premiums;
use crate::stop::Stop;

/// 被保険者賞与支払届 (2265700): one file an establishment, made from the last 支給日 on. A 健康保険組合 gets the desk's list beside
/// it, and one of those who are in its insurance alone.
pub(crate) fn file(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let mut by_establishment: BTreeMap<(EstablishmentCode, Receiver), Filed> = BTreeMap::new();
    for paid in &month.bonuses {
        match notice(paid) {
            Ok(Some((establishment, receiver, notice))) => {
                let place = (establishment.establishment_code.clone(), receiver);
                let of = by_establishment.entry(place).or_insert_with(|| Filed::of(establishment));
                of.from = of.from.max(notice.paid_on);
                of.people.push(paid.code().clone());
                of.notices.push(notice);
            }
            Ok(None) => {}
            Err(stop) => {
                let place = format!("会社{} 社員{}: ", month.client.client_code, paid.code());
                let sentence = format!("{place}{}賞与支払届に入れていません。", stop.sentence);
                outputs.findings.push(Stop { sentence, ..stop }.finding());
            }
        }
    }
    for ((_, receiver), Filed { establishment, from, people, notices }) in by_establishment {
        let (establishment, records) = (&establishment, Batch::BonusPayment(notices));
        let application =
            Application { establishment, label: "賞与", title: "賞与支払届", from, people, records };
        match receiver {
            Receiver::PensionOffice => outputs.submit(month, application),
            Receiver::SocietyAlone => {
                outputs.submit_to_society(month, Application { label: "賞与-健保のみ", ..application });
            }
        }
    }
}

/// Who is told of a bonus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Receiver {
    PensionOffice,
    /// In the insurance of a 健康保険組合, and neither in the pension nor 70歳以上被用者.
    SocietyAlone,
}

struct Filed {
    establishment: Establishment,
    from: Date,
    people: Vec<EmployeeCode>,
    notices: Vec<BonusPaymentNotice>,
}

impl Filed {
    fn of(establishment: Establishment) -> Self {
        Self { establishment, from: kura_calendar::FIRST_DAY, people: Vec::new(), notices: Vec::new() }
    }
}

/// The notice of a person, with the establishment it belongs to and who gets it; `None` for people who are not reported.
fn notice(paid: &PaidBonus<'_>) -> Result<Option<(Establishment, Receiver, BonusPaymentNotice)>, Stop> {
    let facts = &paid.facts;
    let Some(report) = &paid.slip.report else { return Ok(None) };
    let establishment = facts.establishment(report.paid_on.min(facts.employed()?.to))?;
    let kyokai = establishment.insurer_code.as_ref().is_some_and(|code| code.as_str() == premiums::KYOKAI);
    let receiver = if kyokai || report.pension.is_insured() || report.over_70 {
        Receiver::PensionOffice
    } else {
        Receiver::SocietyAlone
    };
    let employee = facts.employee;
    let spell = spell(paid)?.ok_or_else(|| Stop::unknown("被保険者資格", None, "取得日"))?;
    let number = spell.insured_number.as_ref();
    let number = number.ok_or_else(|| Stop::unknown("被保険者資格", Some(spell.number), "被保険者番号"))?;
    let over_70 = if report.over_70 {
        let number = employee.basic_pension_number.as_ref();
        let number = number.ok_or_else(|| Stop::unknown("従業員", None, "基礎年金番号"))?;
        Some(PersonKey::BasicPension(number.as_str().to_owned()))
    } else {
        None
    };
    let notice = BonusPaymentNotice {
        insured_number: number.as_str().to_owned(),
        name: name(paid)?,
        birth_date: employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))?,
        paid_on: report.paid_on,
        currency: report.currency,
        in_kind: report.in_kind,
        over_70,
        multi_office: report.multi_office,
        same_month_first_day: report.same_month_first_day,
        only_over_70: report.only_over_70,
    };
    Ok(Some((establishment.clone(), receiver, notice)))
}

/// The row of 被保険者資格 whose number the person is reported by: the one in force, else the newest one.
fn spell<'run>(paid: &'run PaidBonus<'_>) -> Result<Option<&'run Row<InsuranceSpell>>, Stop> {
    for scheme in [Scheme::Health, Scheme::Pension] {
        if let Some(spell) = insurance::spell_on(&paid.facts, scheme, paid.row.paid_on)? {
            return Ok(Some(spell));
        }
    }
    let social = paid.facts.rows.spells.iter().filter(|row| matches!(row.scheme, Scheme::Health | Scheme::Pension));
    Ok(social.max_by_key(|row| row.acquired_on).copied())
}

fn name(paid: &PaidBonus<'_>) -> Result<PersonName, Stop> {
    let employee = paid.facts.employee;
    let text = |text: &Option<Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
    };
    let kana = |kana: &Option<Kana>, column| {
        kana.as_ref().map(|kana| kana.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
    };
    Ok(PersonName::of_parts(
        &text(&employee.family_name, "姓")?,
        &text(&employee.given_name, "名")?,
        &kana(&employee.family_kana, "セイ")?,
        &kana(&employee.given_kana, "メイ")?,
    ))
}
