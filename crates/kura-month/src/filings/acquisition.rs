//! 資格取得届 (2200700) of 健康保険・厚生年金保険.

use std::collections::BTreeMap;

use kura_calendar::Date;
use kura_filing::{AcquisitionClass, AcquisitionKey, AcquisitionNotice, InsuredClass, NoResidentRecord, Sex};
use kura_model::{InsuranceSpell, NoResidentRecordReason, Row, Scheme};
use kura_yen::Yen;

use super::person::{Insurer, Person, code_or_empty, text_or_empty};
use super::pile::{Pile, Procedure};
use super::window::Event;
use crate::stop::Stop;

/// The rows of one acquisition: 健保 and 厚年 of the same day, or one of them.
pub(super) struct Acquisition<'run> {
    pub(super) on: Date,
    rows: Vec<&'run Row<InsuranceSpell>>,
}

/// Every acquisition of a person that this run files.
pub(super) fn enter<'run>(person: &Person<'run>, pile: &mut Pile<'run>) {
    let mut by_day: BTreeMap<Date, Vec<&'run Row<InsuranceSpell>>> = BTreeMap::new();
    for row in person.spells(&[Scheme::Health, Scheme::Pension]) {
        match row.acquired_on {
            Some(on) => by_day.entry(on).or_default().push(row),
            None => {
                pile.stop(person, Procedure::Acquisition, Stop::unknown("被保険者資格", Some(row.number), "取得日"))
            }
        }
    }
    for (on, rows) in by_day {
        let event = Event { day: on, from: on, filed: rows.iter().all(|row| row.filed_on.is_some()) };
        if !pile.is_due(person, Procedure::Acquisition, event) {
            continue;
        }
        if let Err(stop) = file(person, &Acquisition { on, rows }, pile) {
            pile.stop(person, Procedure::Acquisition, stop);
        }
    }
}

fn file<'run>(person: &Person<'run>, acquisition: &Acquisition<'run>, pile: &mut Pile<'run>) -> Result<(), Stop> {
    let establishment = person.establishment(acquisition.on, pile.window().as_of())?;
    let ages = person.ages(acquisition.on)?;
    let has_pension = acquisition.of(Scheme::Pension).is_some() || ages.pension <= acquisition.on;
    match person.insurer(establishment, acquisition.on)? {
        Insurer::Society if !has_pension => {
            let notice = notice(person, acquisition)?;
            pile.of_society.acquisitions.enter(establishment, person, notice, false);
            return Ok(());
        }
        Insurer::Kyokai if acquisition.of(Scheme::Health).is_none() && acquisition.on < ages.health => {
            let sentence = "厚年だけの取得です（健保の行がありません）。";
            return Err(unclear(
                sentence,
                "健保の行を加えるか、健保に入らない理由を確かめて、届出を別に作ってください。",
            ));
        }
        _ if !has_pension => {
            let sentence = "健保だけの取得です（厚年の行がありません）。";
            return Err(unclear(
                sentence,
                "厚年の行を加えるか、厚年に入らない理由を確かめて、届出を別に作ってください。",
            ));
        }
        Insurer::Kyokai | Insurer::Society | Insurer::NhiSociety => {}
    }
    let notice = notice(person, acquisition)?;
    let waits = matches!(notice.key, AcquisitionKey::MyNumber);
    pile.acquisitions.enter(establishment, person, notice, waits);
    Ok(())
}

fn unclear(sentence: &str, remedy: &str) -> Stop {
    Stop::reason("被保険者資格", "acquisition_unclear", sentence, remedy)
}

fn notice(person: &Person<'_>, acquisition: &Acquisition<'_>) -> Result<AcquisitionNotice, Stop> {
    let ages = person.ages(acquisition.on)?;
    Ok(AcquisitionNotice {
        insured_number: acquisition.insured_number(),
        name: person.name()?,
        birth_date: person.birth_date()?,
        class: match person.sex()? {
            Sex::Male => InsuredClass::Male,
            Sex::Female => InsuredClass::Female,
        },
        acquisition_class: acquisition.class()?,
        key: key(person, acquisition)?,
        acquired_on: acquisition.on,
        has_dependents: acquisition.any(|row| row.has_dependents),
        pay_currency: acquisition.pay(|row| row.acquisition_pay_currency, "取得時の報酬 通貨")?,
        pay_in_kind: acquisition.pay(|row| row.acquisition_pay_in_kind, "取得時の報酬 現物")?,
        over_70: ages.pension <= acquisition.on,
        multi_office: acquisition.any(|row| row.multi_establishment),
        short_time: acquisition.any(|row| row.short_time_worker),
        rehire: acquisition.any(|row| row.rehire),
        memo: acquisition.remarks(),
        only_over_70: ages.health <= acquisition.on,
        issue_eligibility_certificate: acquisition.any(|row| row.issue_eligibility_certificate),
    })
}

/// 住所 and, where the book has it, 基礎年金番号; without a whole address a place for the 個人番号 that is kept.
fn key(person: &Person<'_>, acquisition: &Acquisition<'_>) -> Result<AcquisitionKey, Stop> {
    let address = match person.address() {
        Ok(address) => address,
        Err(_) if person.number_is_kept() => return Ok(AcquisitionKey::MyNumber),
        Err(stop) => return Err(stop),
    };
    let basic_pension_number = &person.employee.basic_pension_number;
    Ok(AcquisitionKey::Address {
        address,
        basic_pension_number: basic_pension_number.as_ref().map(|number| number.as_str().to_owned()),
        no_resident_record: acquisition.no_resident_record()?,
    })
}

impl<'run> Acquisition<'run> {
    /// The row of a scheme.
    pub(super) fn of(&self, scheme: Scheme) -> Option<&'run Row<InsuranceSpell>> {
        self.rows.iter().copied().find(|row| row.scheme == scheme)
    }

    fn any(&self, says: fn(&InsuranceSpell) -> bool) -> bool {
        self.rows.iter().any(|row| says(row))
    }

    fn first<T>(&self, fact: impl Fn(&InsuranceSpell) -> Option<T>) -> Option<T> {
        self.rows.iter().find_map(|row| fact(row))
    }

    fn insured_number(&self) -> String {
        code_or_empty(&self.first(|row| row.insured_number.clone()))
    }

    fn unknown(&self, column: &'static str) -> Stop {
        Stop::unknown("被保険者資格", self.rows.first().map(|row| row.number), column)
    }

    fn class(&self) -> Result<AcquisitionClass, Stop> {
        use kura_model::AcquisitionClass as Typed;
        match self.first(|row| row.acquisition_class) {
            Some(Typed::One) => Ok(AcquisitionClass::HealthAndPension),
            Some(Typed::Three) => Ok(AcquisitionClass::MutualAidSecondment),
            Some(Typed::Four) => Ok(AcquisitionClass::SeamenVoluntary),
            Some(Typed::Two) => Err(unclear(
                "「取得区分」2 は健保・厚年にありません。",
                "1（健保・厚年）、3（共済出向）、4（船保任継）から選んでください。",
            )),
            None => Err(self.unknown("取得区分")),
        }
    }

    /// 報酬月額; an empty cell is not 0.
    fn pay(&self, amount: fn(&InsuranceSpell) -> Option<Yen>, column: &'static str) -> Result<Yen, Stop> {
        self.first(amount).ok_or_else(|| self.unknown(column))
    }

    fn remarks(&self) -> String {
        text_or_empty(&self.first(|row| row.acquisition_remarks.clone()))
    }

    fn no_resident_record(&self) -> Result<Option<NoResidentRecord>, Stop> {
        Ok(match self.first(|row| row.no_resident_record_reason) {
            None => None,
            Some(NoResidentRecordReason::LivingAbroad) => Some(NoResidentRecord::LivingAbroad),
            Some(NoResidentRecordReason::ShortStay) => Some(NoResidentRecord::ShortStay),
            Some(NoResidentRecordReason::Other) => {
                let words = self.first(|row| row.no_resident_record_memo.clone());
                let words = words.ok_or_else(|| self.unknown("住民票住所を書けない理由 その他"))?;
                Some(NoResidentRecord::Other(words.as_str().to_owned()))
            }
        })
    }
}
