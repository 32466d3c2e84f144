//! 雇用保険: 資格取得届 (10101) and, for a person without 離職票, 資格喪失届 (10191).

use kura_calendar::Date;
use kura_filing::{
    ContractTerm, EmploymentAcquisitionCause, EmploymentAcquisitionClass, EmploymentAcquisitionNotice, EmploymentForm,
    EmploymentLossCause, EmploymentLossNotice, ForeignWorker, RecruitmentRoute, WageForm, WeeklyHours,
};
use kura_insurance::decisions::{CertificateNeeded, certificate_needed};
use kura_model::{
    AcquisitionCause, AcquisitionClass, Code, EmploymentClass, EmploymentTerms, InsuranceSpell, LossCause, Minutes,
    RenewalClause, Row, Scheme, SeparationSlipWish,
};

use super::person::{Person, code_or_empty, text_or_empty};
use super::pile::{Pile, Procedure};
use super::separation::Leaver;
use super::window::Event;
use crate::stop::Stop;

/// Every acquisition and loss of a person that this run files.
pub(super) fn enter<'run>(person: &Person<'run>, pile: &mut Pile<'run>) {
    for row in person.spells(&[Scheme::Employment]) {
        acquisition(person, row, pile);
        loss(person, row, pile);
    }
}

fn acquisition<'run>(person: &Person<'run>, row: &'run Row<InsuranceSpell>, pile: &mut Pile<'run>) {
    let procedure = Procedure::EmploymentAcquisition;
    let Some(on) = row.acquired_on else {
        return pile.stop(person, procedure, Stop::unknown("被保険者資格", Some(row.number), "取得日"));
    };
    if !pile.is_due(person, procedure, Event { day: on, from: on, filed: row.filed_on.is_some() }) {
        return;
    }
    let made = person
        .establishment(on, pile.window().as_of())
        .and_then(|establishment| Ok((establishment, acquisition_notice(person, row, on)?)));
    match made {
        Ok((establishment, notice)) => pile.employment_acquisitions.enter(establishment, person, notice, false),
        Err(stop) => pile.stop(person, procedure, stop),
    }
}

fn acquisition_notice(
    person: &Person<'_>,
    row: &Row<InsuranceSpell>,
    on: Date,
) -> Result<EmploymentAcquisitionNotice, Stop> {
    let unknown = |column| Stop::unknown("被保険者資格", Some(row.number), column);
    let terms = person.terms_on(on)?;
    let class = match row.acquisition_class.ok_or_else(|| unknown("取得区分"))? {
        AcquisitionClass::One => EmploymentAcquisitionClass::First,
        AcquisitionClass::Two => EmploymentAcquisitionClass::Again,
        AcquisitionClass::Three | AcquisitionClass::Four => return Err(unknown("取得区分")),
    };
    let wage = row.monthly_wage_thousand.ok_or_else(|| unknown("賃金月額（千円）（雇保）"))?;
    Ok(EmploymentAcquisitionNotice {
        insured_number: match class {
            EmploymentAcquisitionClass::First => String::new(),
            EmploymentAcquisitionClass::Again => code_or_empty(&row.insured_number),
        },
        class,
        name: person.name()?,
        new_name: None,
        sex: person.sex()?,
        birth_date: person.birth_date()?,
        acquired_on: on,
        cause: acquisition_cause(row.acquisition_cause.ok_or_else(|| unknown("取得の原因（雇保）"))?),
        wage_form: wage_form(row.wage_form.ok_or_else(|| unknown("賃金の態様（雇保）"))?),
        monthly_wage_thousand: u32::try_from(wage).map_err(|_| unknown("賃金月額（千円）（雇保）"))?,
        employment_form: employment_form(terms)?,
        occupation: number(&terms.occupation_code).ok_or_else(|| Stop::unknown("雇用条件", None, "職種"))?,
        recruitment_route: recruitment_route(terms)?,
        weekly_hours: weekly_hours(terms.weekly_scheduled_hours)?,
        contract: contract(person, terms)?,
        foreigner: foreigner(person)?,
        remarks: text_or_empty(&row.acquisition_remarks),
    })
}

fn loss<'run>(person: &Person<'run>, row: &'run Row<InsuranceSpell>, pile: &mut Pile<'run>) {
    let procedure = Procedure::EmploymentLoss;
    let Some(lost_on) = row.lost_on else { return };
    let Ok(last_day) = lost_on.yesterday() else { return };
    let separated_on = row.separated_on.unwrap_or(last_day);
    let filed = row.filed_on.is_some_and(|filed_on| lost_on <= filed_on);
    if !pile.is_due(person, procedure, Event { day: last_day, from: lost_on, filed }) {
        return;
    }
    if let Err(stop) = file_loss(person, row, separated_on, pile) {
        pile.stop(person, procedure, stop);
    }
}

fn file_loss<'run>(
    person: &Person<'run>,
    row: &'run Row<InsuranceSpell>,
    separated_on: Date,
    pile: &mut Pile<'run>,
) -> Result<(), Stop> {
    let establishment = person.establishment(separated_on, pile.window().as_of())?;
    if needs_certificate(person, row, separated_on)? {
        pile.leavers.push(Leaver { person: *person, establishment, row, separated_on });
    } else {
        let notice = loss_notice(person, row, separated_on)?;
        pile.employment_losses.enter(establishment, person, notice, false);
    }
    Ok(())
}

/// Whether the loss is filed with a 離職証明書, for which there is no joint file.
fn needs_certificate(person: &Person<'_>, row: &Row<InsuranceSpell>, separated_on: Date) -> Result<bool, Stop> {
    let cause = row.loss_cause.ok_or_else(|| Stop::unknown("被保険者資格", Some(row.number), "喪失原因"))?;
    if cause == LossCause::OtherThanSeparation {
        return Ok(false);
    }
    let wished = row.wants_separation_slip.map(|wish| wish == SeparationSlipWish::Wanted);
    match certificate_needed(person.law, person.birth_date()?, separated_on, wished)?.0 {
        CertificateNeeded::ByAge | CertificateNeeded::Wished => Ok(true),
        CertificateNeeded::NotWished => Ok(false),
        CertificateNeeded::Ask => Err(Stop::unknown("被保険者資格", Some(row.number), "離職票の希望")),
    }
}

pub(super) fn loss_notice(
    person: &Person<'_>,
    row: &Row<InsuranceSpell>,
    separated_on: Date,
) -> Result<EmploymentLossNotice, Stop> {
    let unknown = |column| Stop::unknown("被保険者資格", Some(row.number), column);
    let cause = match row.loss_cause.ok_or_else(|| unknown("喪失原因"))? {
        LossCause::OtherThanSeparation => EmploymentLossCause::NotSeparation,
        LossCause::OrdinarySeparation => EmploymentLossCause::Separation,
        LossCause::SeparationByEmployer => EmploymentLossCause::SeparationByEmployer,
        _ => {
            let sentence = "「喪失原因」が健保・厚年の区分になっています。";
            let remedy = "雇保の行では 1 離職以外の理由、2 3以外の離職、3 事業主の都合による離職 から選んでください。";
            return Err(Stop {
                row: Some(row.number), ..Stop::reason("被保険者資格", "loss_cause", sentence, remedy)
            });
        }
    };
    let leaving_class = person.employee.leaving_class.map(|class| class.japanese().to_owned());
    let statement = row.separation_statement.as_ref().map(|words| words.as_str().to_owned());
    let hours = match row.weekly_hours_at_loss {
        Some(hours) => Some(hours),
        None => person.terms_on(separated_on)?.weekly_scheduled_hours,
    };
    Ok(EmploymentLossNotice {
        insured_number: code_or_empty(&row.insured_number),
        acquired_on: row.acquired_on.ok_or_else(|| unknown("取得日"))?,
        separated_on,
        cause,
        wants_separation_slip: row.wants_separation_slip == Some(SeparationSlipWish::Wanted),
        name: person.name()?,
        new_name: None,
        sex: person.sex()?,
        birth_date: person.birth_date()?,
        address: person.address()?.kanji,
        reason: statement.or(leaving_class).ok_or_else(|| unknown("離職の具体的事情"))?,
        weekly_hours: weekly_hours(hours)?,
        foreigner: foreigner(person)?,
    })
}

const fn acquisition_cause(cause: AcquisitionCause) -> EmploymentAcquisitionCause {
    match cause {
        AcquisitionCause::NewGraduate => EmploymentAcquisitionCause::NewGraduate,
        AcquisitionCause::OtherHire => EmploymentAcquisitionCause::NewHire,
        AcquisitionCause::FromDayLabor => EmploymentAcquisitionCause::FromDayLabor,
        AcquisitionCause::Other => EmploymentAcquisitionCause::Other,
        AcquisitionCause::ReturnFromSecondment => EmploymentAcquisitionCause::ReturnFromSecondment,
    }
}

const fn wage_form(form: kura_model::WageForm) -> WageForm {
    match form {
        kura_model::WageForm::Monthly => WageForm::Monthly,
        kura_model::WageForm::Weekly => WageForm::Weekly,
        kura_model::WageForm::Daily => WageForm::Daily,
        kura_model::WageForm::Hourly => WageForm::Hourly,
        kura_model::WageForm::Other => WageForm::Other,
    }
}

/// 雇用形態; a term makes 有期契約労働者 of everybody whose class does not say more.
fn employment_form(terms: &EmploymentTerms) -> Result<EmploymentForm, Stop> {
    let class = terms.employment_class.ok_or_else(|| Stop::unknown("雇用条件", None, "雇用区分"))?;
    Ok(match class {
        EmploymentClass::DayLabor => EmploymentForm::DayLabor,
        EmploymentClass::Dispatched => EmploymentForm::Dispatched,
        EmploymentClass::PartTime | EmploymentClass::StudentPartTime => EmploymentForm::PartTime,
        _ if terms.contract_to.is_some() => EmploymentForm::FixedTerm,
        _ => EmploymentForm::Other,
    })
}

fn recruitment_route(terms: &EmploymentTerms) -> Result<RecruitmentRoute, Stop> {
    match number(&terms.recruitment_route) {
        Some(1) => Ok(RecruitmentRoute::HelloWork),
        Some(2) => Ok(RecruitmentRoute::Own),
        Some(3) => Ok(RecruitmentRoute::PrivateAgency),
        Some(4) => Ok(RecruitmentRoute::Unknown),
        _ => Err(Stop::unknown("雇用条件", None, "就職経路")),
    }
}

fn number(code: &Option<Code>) -> Option<u8> {
    code.as_ref().and_then(|code| code.as_str().parse().ok())
}

fn weekly_hours(hours: Option<Minutes>) -> Result<WeeklyHours, Stop> {
    let unknown = || Stop::unknown("雇用条件", None, "週の所定時間");
    let minutes = hours.ok_or_else(unknown)?.get();
    let part = |part: i32| u8::try_from(part).map_err(|_| unknown());
    Ok(WeeklyHours { hours: part(minutes.div_euclid(60))?, minutes: part(minutes.rem_euclid(60))? })
}

/// 契約期間; none for 定めなし.
fn contract(person: &Person<'_>, terms: &EmploymentTerms) -> Result<Option<ContractTerm>, Stop> {
    let Some(to) = terms.contract_to else { return Ok(None) };
    let from = terms.contract_from.or(person.employee.hired_on);
    let clause = terms.renewal_clause.ok_or_else(|| Stop::unknown("雇用条件", None, "契約の更新"))?;
    Ok(Some(ContractTerm {
        from: from.ok_or_else(|| Stop::unknown("雇用条件", None, "契約期間 自"))?,
        to,
        renewal_clause: clause == RenewalClause::Renewable,
    }))
}

/// 外国人雇用状況, of a person with a 国籍 or a 在留資格. The codes may stay empty; the words may not.
fn foreigner(person: &Person<'_>) -> Result<Option<ForeignWorker>, Stop> {
    let employee = person.employee;
    if employee.nationality_name.is_none() && employee.residence_status_name.is_none() {
        return Ok(None);
    }
    let text = |text: &Option<kura_model::Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
    };
    Ok(Some(ForeignWorker {
        name_latin: text(&employee.name_latin, "ローマ字氏名")?,
        nationality: text(&employee.nationality_name, "国籍・地域の名")?,
        nationality_code: code_or_empty(&employee.nationality),
        residence_status: text(&employee.residence_status_name, "在留資格の名")?,
        residence_status_code: code_or_empty(&employee.residence_status),
        residence_until: employee.residence_until,
        permission_other: employee.permission_other,
        dispatched: employee.dispatch_work,
    }))
}
