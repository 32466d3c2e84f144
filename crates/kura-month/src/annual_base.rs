use std::collections::BTreeMap;

use kura_book::Finding;
use kura_calendar::{Date, Month};
use kura_filing::{AnnualBaseNotice, MonthPay, PersonKey, PersonName, WorkerClass};
use kura_model::{EmployeeCode, EmploymentClass, Establishment, EstablishmentCode, PayKind, Scheme};
use kura_yen::{Exact, Rounding, Yen};

use crate::client_month::{ClientMonth, PaidPerson};
use crate::filing_desk::{Application, Batch};
use crate::outputs::Outputs;
use crate::stop::Stop;

/// 算定基礎届 (2225700): the June payment completes April to June; one file an establishment, made from 1 July on.
pub(crate) fn file(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let june = month.request.month;
    if june.month() != 6 {
        return;
    }
    let reference_day = june.next().first_day();
    let mut by_establishment: BTreeMap<EstablishmentCode, (Establishment, Vec<(EmployeeCode, AnnualBaseNotice)>)> =
        BTreeMap::new();
    for person in &month.paid {
        match notice(person, june, reference_day) {
            Ok(Some((establishment, notice))) => {
                let code = establishment.establishment_code.clone();
                let of_person = (person.facts.employee.employee_code.clone(), notice);
                by_establishment.entry(code).or_insert_with(|| (establishment, Vec::new())).1.push(of_person);
            }
            Ok(None) => {}
            Err(stop) => outputs.findings.push(of_person(month, person, stop)),
        }
    }
    for (establishment, notices) in by_establishment.into_values() {
        let (people, notices) = notices.into_iter().unzip();
        let application = Application {
            establishment: &establishment,
            label: "算定",
            title: "算定基礎届",
            from: reference_day,
            people,
            records: Batch::AnnualBase(notices),
        };
        outputs.submit(month, application);
    }
}

/// The notice of a person, and the establishment it belongs to; `None` for people the annual determination leaves out.
fn notice(
    person: &PaidPerson<'_>,
    june: Month,
    reference_day: Date,
) -> Result<Option<(Establishment, AnnualBaseNotice)>, Stop> {
    let facts = &person.facts;
    let insured = |scheme| {
        facts.rows.spells.iter().find(|spell| {
            let begun = spell.acquired_on.is_some_and(|from| from < june.first_day());
            spell.scheme == scheme && begun && spell.lost_on.is_none_or(|lost| reference_day < lost)
        })
    };
    let Some(spell) = insured(Scheme::Health).or_else(|| insured(Scheme::Pension)) else { return Ok(None) };
    if facts.employed()?.to < reference_day {
        return Ok(None);
    }
    let employee = facts.employee;
    let newest = facts.rows.standards.iter().filter(|standard| standard.applies_from <= june.next());
    let standard = newest.max_by_key(|standard| standard.applies_from);
    let standard = standard.ok_or_else(|| Stop::unknown("標準報酬", None, "適用年月"))?;
    if standard.applies_from == june.next() {
        return Ok(None);
    }
    let text = |text: &Option<kura_model::Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
    };
    let kana = |kana: &Option<kura_model::Kana>, column| {
        kana.as_ref().map(|kana| kana.as_str().to_owned()).ok_or_else(|| Stop::unknown("従業員", None, column))
    };
    let name = PersonName::of_parts(
        &text(&employee.family_name, "姓")?,
        &text(&employee.given_name, "名")?,
        &kana(&employee.family_kana, "セイ")?,
        &kana(&employee.given_kana, "メイ")?,
    );
    let over_70 = spell.aged_70_or_over;
    let basic_pension =
        employee.basic_pension_number.as_ref().map(|number| PersonKey::BasicPension(number.as_str().to_owned()));
    let notice = AnnualBaseNotice {
        insured_number: spell.insured_number.as_ref().map_or_else(String::new, |number| number.as_str().to_owned()),
        name,
        birth_date: employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))?,
        applies_from: june.plus(3),
        old_health_standard: standard.health_standard,
        old_pension_standard: standard.pension_standard.or(standard.pension_equivalent),
        old_revised: standard.applies_from,
        pay_change: None,
        retroactive: None,
        months: [history(person, june.plus(-2))?, history(person, june.plus(-1))?, this_month(person)?],
        worker_class: worker_class(person, spell.short_time_worker)?,
        corrected_average: None,
        over_70: if over_70 {
            Some(basic_pension.ok_or_else(|| Stop::unknown("従業員", None, "基礎年金番号"))?)
        } else {
            None
        },
        over_70_months: Vec::new(),
        multi_office: spell.multi_establishment,
        monthly_change_planned: false,
        joined_midway: false,
        leave: false,
        annual_average: false,
        memo: String::new(),
        only_over_70: false,
    };
    Ok(Some((facts.establishment(reference_day)?.clone(), notice)))
}

/// A settled month of 給与履歴. Anything but a full month's pay wants a corrected average, which a person must decide.
fn history(person: &PaidPerson<'_>, month: Month) -> Result<MonthPay, Stop> {
    let sheet = "給与履歴";
    let mut of_month =
        person.facts.rows.history.iter().filter(|row| row.payment_month == Some(month) && row.kind == PayKind::Pay);
    let row = of_month.next().ok_or_else(|| {
        let sentence = format!("{month} 支給の給与履歴がありません。");
        Stop::reason(sheet, "pay_history_missing", sentence, "支払った月の行を加えてください。")
    })?;
    if row.full_month != Some(kura_model::FullMonth::Full) {
        let sentence = format!("{month} 支給が満額でない月です。修正平均の計算にはまだ対応していません。");
        return Err(Stop::reason(sheet, "not_supported", sentence, "この人の算定基礎届は別に作ってください。"));
    }
    let unknown = |column| Stop::unknown(sheet, Some(row.number), column);
    Ok(MonthPay {
        base_days: whole_days(row.payment_base_days.ok_or_else(|| unknown("支払基礎日数"))?)?,
        currency: row.remuneration_currency.ok_or_else(|| unknown("報酬 通貨"))?,
        in_kind: row.remuneration_in_kind.unwrap_or(Yen::ZERO),
    })
}

/// The month just computed.
fn this_month(person: &PaidPerson<'_>) -> Result<MonthPay, Stop> {
    let bases = person.slip.bases;
    if has_payment_for_months(person) {
        let sentence = "数か月分をまとめて払う項目（定期券など）の月割りにはまだ対応していません。";
        return Err(Stop::reason("固定支給", "not_supported", sentence, "この人の算定基礎届は別に作ってください。"));
    }
    if bases.partial_month {
        let sentence = "6月支給が満額でない月です。修正平均の計算にはまだ対応していません。";
        return Err(Stop::reason("雇用条件", "not_supported", sentence, "この人の算定基礎届は別に作ってください。"));
    }
    Ok(MonthPay {
        base_days: whole_days(person.history.payment_base_days.unwrap_or(Exact::ZERO))?,
        currency: bases.remuneration,
        in_kind: bases.remuneration_in_kind,
    })
}

/// A payment for n months counts one n-th in each month's 報酬, also in the months without a payment.
fn has_payment_for_months(person: &PaidPerson<'_>) -> bool {
    let facts = &person.facts;
    let of_months = facts.group.plan.items.iter().filter(|item| item.class.pay_every_months > 1);
    of_months.map(|item| item.code.as_str().into()).any(|code| {
        let key = (facts.employee.client_code.clone(), facts.employee.employee_code.clone(), code);
        facts.known.fixed_pay.contains_key(&key)
    })
}

fn whole_days(days: Exact) -> Result<u8, Stop> {
    u8::try_from(days.round(Rounding::Down)?.get()).map_err(|_| Stop::unknown("給与履歴", None, "支払基礎日数"))
}

fn worker_class(person: &PaidPerson<'_>, short_time: bool) -> Result<WorkerClass, Stop> {
    let clocks = person.facts.clocks();
    Ok(match person.facts.terms_on(clocks.attendance.to)?.employment_class {
        _ if short_time => WorkerClass::ShortTime,
        Some(EmploymentClass::PartTime) => WorkerClass::PartTime,
        _ => WorkerClass::Regular,
    })
}

fn of_person(month: &ClientMonth<'_>, person: &PaidPerson<'_>, stop: Stop) -> Finding {
    let (client, employee) = (&month.client.client_code, person.code());
    let sentence = format!("会社{client} 社員{employee}: 算定基礎届に載せていません。{}", stop.sentence);
    Stop { sentence, ..stop }.finding()
}
