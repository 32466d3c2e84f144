//! One member of a family in the words of the form. Spouse and others have code lists of their own.

use kura_calendar::CalendarError;
use kura_filing::{
    Address, Began, Dependent, DependentBeganReason, DependentChange, DependentEndedReason, DependentJob,
    DependentRelation, Ended, Overseas, OverseasReason, PersonKey, PersonName, Spouse, SpouseBeganReason,
    SpouseEndedReason, SpouseJob, SpouseRelation, TelKind,
};
use kura_model::{
    FamilyMember, FamilyOccupation, HealthDependentEndReason, HealthDependentReason, OverseasException, Relation, Sex,
    TelType, Text,
};
use kura_yen::Yen;

use super::dependents::Happened;
use super::person::{Person, name_of, sex, text_or_empty};
use crate::stop::Stop;

/// 配偶者, registered or not.
pub(super) const fn is_spouse(member: &FamilyMember) -> bool {
    matches!(member.relation, Some(Relation::Wife | Relation::Husband | Relation::UnregisteredSpouse))
}

pub(super) fn spouse(person: &Person<'_>, event: &Happened<'_>) -> Result<Spouse, Stop> {
    let member = event.member;
    let began = match event.change {
        DependentChange::Began => Some(began(event, spouse_began(member)?, spouse_job(member)?)?),
        DependentChange::Ended | DependentChange::Changed => None,
    };
    let ended = match event.change {
        DependentChange::Ended => Some(Ended { on: event.on, reason: spouse_ended(event)? }),
        DependentChange::Began | DependentChange::Changed => None,
    };
    let number = member.basic_pension_number.as_ref();
    Ok(Spouse {
        name: name(member)?,
        birth_date: member.birth_date.ok_or_else(|| unknown("生年月日"))?,
        relation: match (member.relation, member.sex) {
            (Some(Relation::Husband), _) => SpouseRelation::Husband,
            (Some(Relation::Wife), _) => SpouseRelation::Wife,
            (_, Some(Sex::Male)) => SpouseRelation::HusbandUnregistered,
            (_, Some(Sex::Female)) => SpouseRelation::WifeUnregistered,
            (_, None) => return Err(unknown("性別")),
        },
        key: number.map(|number| PersonKey::BasicPension(number.as_str().to_owned())),
        nationality: text_or_empty(&member.nationality),
        alias: None,
        address: address(person, member)?,
        tel: tel(member),
        category_3_filed_on: member.category_3_filed_on,
        overseas: overseas(event)?,
        issue_eligibility_certificate: began.is_some() && member.issue_eligibility_certificate,
        began,
        ended,
        memo: event.memo.clone(),
        relation_confirmed: false,
    })
}

pub(super) fn dependent(person: &Person<'_>, event: &Happened<'_>) -> Result<Dependent, Stop> {
    let member = event.member;
    let began = match event.change {
        DependentChange::Began => Some(began(event, other_began(member)?, other_job(member)?)?),
        DependentChange::Ended | DependentChange::Changed => None,
    };
    let ended = match event.change {
        DependentChange::Ended => Some(Ended { on: event.on, reason: other_ended(member)? }),
        DependentChange::Began | DependentChange::Changed => None,
    };
    Ok(Dependent {
        name: name(member)?,
        birth_date: member.birth_date.ok_or_else(|| unknown("生年月日"))?,
        sex: member.sex.map(sex).ok_or_else(|| unknown("性別"))?,
        relation: relation(member)?,
        has_my_number: false,
        address: address(person, member)?,
        overseas: overseas(event)?,
        issue_eligibility_certificate: began.is_some() && member.issue_eligibility_certificate,
        began,
        ended,
        memo: event.memo.clone(),
        relation_confirmed: false,
    })
}

fn unknown(column: &'static str) -> Stop {
    Stop::unknown("扶養家族", None, column)
}

pub(super) fn name(member: &FamilyMember) -> Result<PersonName, Stop> {
    let FamilyMember { family_name, given_name, family_kana, given_kana, .. } = member;
    name_of("扶養家族", family_name, given_name, family_kana, given_kana)
}

/// The insured person's address, or the member's own.
fn address(person: &Person<'_>, member: &FamilyMember) -> Result<Address, Stop> {
    if member.living_together {
        return person.address();
    }
    let zip = member.zip.as_ref().ok_or_else(|| unknown("別居 郵便番号"))?;
    let address = member.address.as_ref().ok_or_else(|| unknown("別居住所"))?;
    Ok(Address::of_parts(zip.as_str(), address.as_str(), ""))
}

fn tel(member: &FamilyMember) -> Option<(TelKind, [String; 3])> {
    let mut parts = member.tel.as_ref()?.as_str().split('-').map(str::to_owned);
    let parts = [parts.next()?, parts.next()?, parts.next()?];
    let kind = match member.tel_type? {
        TelType::Home => TelKind::Home,
        TelType::Mobile => TelKind::Mobile,
        TelType::Workplace => TelKind::Work,
        TelType::Other => TelKind::Other,
    };
    Some((kind, parts))
}

fn began<Reason, Job>(event: &Happened<'_>, reason: Reason, job: Job) -> Result<Began<Reason, Job>, Stop> {
    let income: Option<Yen> = event.member.annual_income_health;
    Ok(Began {
        on: event.on,
        reason,
        living_together: event.member.living_together,
        job,
        income: income.ok_or_else(|| unknown("年間収入の見込み（健保）"))?,
    })
}

/// 海外特例: it begins with the dependency.
fn overseas(event: &Happened<'_>) -> Result<Option<Overseas>, Stop> {
    let Some(exception) = event.member.overseas_exception.filter(|_| event.change == DependentChange::Began) else {
        return Ok(None);
    };
    let reason = match exception {
        OverseasException::StudyAbroad => OverseasReason::Study,
        OverseasException::AccompanyingFamily => OverseasReason::AccompanyingFamily,
        OverseasException::DesignatedActivities => OverseasReason::DesignatedActivities,
        OverseasException::MarriageAbroad => OverseasReason::MarriedAbroad,
        OverseasException::Other => {
            let sentence = "海外特例の理由が「その他」です。理由の内容を書く列がありません。";
            return Err(Stop::reason("扶養家族", "not_supported", sentence, "この届出は別に作ってください。"));
        }
    };
    Ok(Some(Overseas::Applies { on: event.on, reason }))
}

/// その他, in words that must be there.
fn words(words: &Option<Text>, column: &'static str) -> Result<String, Stop> {
    words.as_ref().map(|words| words.as_str().to_owned()).ok_or_else(|| unknown(column))
}

const BEGAN_WORDS: &str = "被扶養者になった理由 その他";
const ENDED_WORDS: &str = "被扶養者でなくなった理由 その他";

fn spouse_began(member: &FamilyMember) -> Result<SpouseBeganReason, Stop> {
    let reason = member.health_reason.ok_or_else(|| unknown("健保の扶養 該当の理由"))?;
    Ok(match reason {
        HealthDependentReason::EmploymentOfInsured => SpouseBeganReason::InsuredFoundWork,
        HealthDependentReason::Marriage => SpouseBeganReason::Marriage,
        HealthDependentReason::Separation => SpouseBeganReason::LeftJob,
        HealthDependentReason::IncomeFell => SpouseBeganReason::IncomeFell,
        HealthDependentReason::Other => SpouseBeganReason::Other(words(&member.health_reason_other, BEGAN_WORDS)?),
        HealthDependentReason::Birth | HealthDependentReason::LivingTogether => {
            SpouseBeganReason::Other(reason.japanese().to_owned())
        }
    })
}

fn other_began(member: &FamilyMember) -> Result<DependentBeganReason, Stop> {
    let reason = member.health_reason.ok_or_else(|| unknown("健保の扶養 該当の理由"))?;
    Ok(match reason {
        HealthDependentReason::Birth => DependentBeganReason::Birth,
        HealthDependentReason::Separation => DependentBeganReason::LeftJob,
        HealthDependentReason::IncomeFell => DependentBeganReason::IncomeFell,
        HealthDependentReason::LivingTogether => DependentBeganReason::CameToLiveTogether,
        HealthDependentReason::Other => DependentBeganReason::Other(words(&member.health_reason_other, BEGAN_WORDS)?),
        // The list of the others does not have these two; of the insured person's own work the words must not say the spouse's.
        HealthDependentReason::EmploymentOfInsured => DependentBeganReason::Other("被保険者の就職".to_owned()),
        HealthDependentReason::Marriage => DependentBeganReason::Other(reason.japanese().to_owned()),
    })
}

fn spouse_ended(event: &Happened<'_>) -> Result<SpouseEndedReason, Stop> {
    let member = event.member;
    Ok(match member.health_end_reason.ok_or_else(|| unknown("健保の扶養 非該当の理由"))? {
        // 被扶養者でなくなった日 is the day after the death.
        HealthDependentEndReason::Death => {
            SpouseEndedReason::Died(event.on.yesterday().map_err(|_| CalendarError::OutOfRange)?)
        }
        HealthDependentEndReason::Divorce => SpouseEndedReason::Divorce,
        HealthDependentEndReason::Employment | HealthDependentEndReason::IncomeRose => {
            SpouseEndedReason::FoundWorkOrIncomeRose
        }
        HealthDependentEndReason::ReachedSeventyFive => SpouseEndedReason::Age75,
        HealthDependentEndReason::DisabilityCertified => SpouseEndedReason::DisabilityCertified,
        HealthDependentEndReason::Other => {
            SpouseEndedReason::Other(words(&member.health_end_reason_other, ENDED_WORDS)?)
        }
    })
}

fn other_ended(member: &FamilyMember) -> Result<DependentEndedReason, Stop> {
    let reason = member.health_end_reason.ok_or_else(|| unknown("健保の扶養 非該当の理由"))?;
    Ok(match reason {
        HealthDependentEndReason::Death => DependentEndedReason::Died,
        HealthDependentEndReason::Employment => DependentEndedReason::FoundWork,
        HealthDependentEndReason::IncomeRose => DependentEndedReason::IncomeRose,
        HealthDependentEndReason::ReachedSeventyFive => DependentEndedReason::Age75,
        HealthDependentEndReason::DisabilityCertified => DependentEndedReason::DisabilityCertified,
        HealthDependentEndReason::Other => {
            DependentEndedReason::Other(words(&member.health_end_reason_other, ENDED_WORDS)?)
        }
        HealthDependentEndReason::Divorce => DependentEndedReason::Other(reason.japanese().to_owned()),
    })
}

fn spouse_job(member: &FamilyMember) -> Result<SpouseJob, Stop> {
    Ok(match member.occupation.ok_or_else(|| unknown("職業"))? {
        FamilyOccupation::Unemployed => SpouseJob::None,
        FamilyOccupation::PartTime => SpouseJob::PartTime,
        FamilyOccupation::Pensioner => SpouseJob::Pensioner,
        FamilyOccupation::PupilOrYounger | FamilyOccupation::Student | FamilyOccupation::Other => SpouseJob::Other,
    })
}

/// 職業; a child that was just born has none to be typed.
fn other_job(member: &FamilyMember) -> Result<DependentJob, Stop> {
    Ok(match member.occupation {
        Some(FamilyOccupation::Unemployed) => DependentJob::None,
        Some(FamilyOccupation::PartTime) => DependentJob::PartTime,
        Some(FamilyOccupation::Pensioner) => DependentJob::Pensioner,
        Some(FamilyOccupation::PupilOrYounger) => DependentJob::JuniorHighSchoolOrBelow,
        Some(FamilyOccupation::Student) => DependentJob::HighSchoolOrUniversity,
        Some(FamilyOccupation::Other) => DependentJob::Other,
        None if member.health_reason == Some(HealthDependentReason::Birth) => DependentJob::JuniorHighSchoolOrBelow,
        None => return Err(unknown("職業")),
    })
}

fn relation(member: &FamilyMember) -> Result<DependentRelation, Stop> {
    Ok(match member.relation.ok_or_else(|| unknown("続柄"))? {
        Relation::Child => DependentRelation::Child,
        Relation::OtherChild => DependentRelation::OtherChild,
        Relation::Parent => DependentRelation::Parent,
        Relation::ParentInLaw => DependentRelation::ParentInLaw,
        Relation::YoungerSibling => DependentRelation::YoungerSibling,
        Relation::ElderSibling => DependentRelation::ElderSibling,
        Relation::Grandparent => DependentRelation::Grandparent,
        Relation::GreatGrandparent => DependentRelation::GreatGrandparent,
        Relation::Grandchild => DependentRelation::Grandchild,
        Relation::Wife | Relation::Husband | Relation::UnregisteredSpouse | Relation::Other => {
            let sentence = "続柄が「その他」です。続柄の内容を書く列がありません。";
            return Err(Stop::reason("扶養家族", "not_supported", sentence, "この届出は別に作ってください。"));
        }
    })
}
