use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month};
use kura_filing::{
    AnnualBaseNotice, FilingProblem, MediaNumber, MonthPay, Notices, Office, PersonKey, PersonName, Submitter,
    WorkerClass, submission,
};
use kura_law::Law;
use kura_model::{
    Book, Client, EmploymentClass, Establishment, EstablishmentCode, PayKind, PayType, Row, Scheme, Submitter as Files,
};
use kura_yen::{Exact, Rounding, Yen};

use crate::month::{MonthRequest, MonthResult, PaidPerson};
use crate::output::{OutputFile, file_name_part};
use crate::stop::Stop;

/// 算定基礎届 (2225700): the June payment completes April to June; one file an establishment, made from 1 July on.
pub(crate) fn file(
    book: &Book,
    law: &Law,
    request: &MonthRequest,
    client: &Row<Client>,
    paid: &[PaidPerson<'_>],
    result: &mut MonthResult,
) {
    if request.month.month() != 6 {
        return;
    }
    let reference_day = request.month.next().first_day();
    let mut by_establishment: BTreeMap<EstablishmentCode, (Establishment, Vec<AnnualBaseNotice>)> = BTreeMap::new();
    for person in paid {
        let placed = notice(person, request.month, reference_day);
        match placed {
            Ok(Some((establishment, notice))) => {
                let code = establishment.establishment_code.clone();
                by_establishment.entry(code).or_insert_with(|| (establishment, Vec::new())).1.push(notice);
            }
            Ok(None) => {}
            Err(stop) => result.findings.push(of_person(client, person, stop)),
        }
    }
    for (code, (establishment, notices)) in by_establishment {
        if request.as_of < reference_day {
            result.findings.push(held_back(client, &code, reference_day));
            continue;
        }
        let made =
            application(book, &establishment).map_err(|stop| vec![stop.finding()]).and_then(|(office, submitter)| {
                let notices = Notices::AnnualBase(&notices);
                let made = submission(law, &office, &submitter, request.as_of, request.as_of, notices);
                made.map_err(|problems| {
                    problems.iter().map(|problem| refused(client, &code, problem)).collect::<Vec<_>>()
                })
            });
        match made {
            Ok(submission) => {
                let (client, establishment) =
                    (file_name_part(client.client_code.as_str()), file_name_part(code.as_str()));
                let path = format!("届出/{client}-{establishment}-算定/{}", submission.file_name);
                result.files.push(OutputFile::new(path, submission.bytes));
            }
            Err(findings) => result.findings.extend(findings),
        }
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

/// The month just computed: 支払基礎日数 as typed, else the calendar days of the base period for monthly pay (with an absence
/// the scheduled days less the absent ones), else the days worked and on paid leave.
fn this_month(person: &PaidPerson<'_>) -> Result<MonthPay, Stop> {
    let facts = &person.facts;
    let clocks = facts.clocks();
    let bases = person.slip.bases;
    let row = facts.attendance_row();
    let days_or_none = |days: Option<kura_model::Days>| days.unwrap_or_default().exact();
    let base_days = match (row.and_then(|row| row.payment_base_days), row) {
        (Some(typed), _) => typed,
        (None, Some(row)) => {
            let absent = days_or_none(row.absent_days)?;
            let by_month =
                !matches!(facts.terms_on(clocks.attendance.to)?.pay_type, Some(PayType::Daily | PayType::Hourly));
            match (by_month, absent == Exact::ZERO) {
                (true, true) => Exact::whole(clocks.attendance.calendar_days()),
                (true, false) => Exact::whole(facts.schedule.scheduled_days(clocks.variable)?).minus(absent)?,
                (false, _) => days_or_none(row.worked_days)?.plus(days_or_none(row.paid_leave_days)?)?,
            }
        }
        (None, None) => Exact::whole(clocks.attendance.calendar_days()),
    };
    if has_payment_for_months(person) {
        let sentence = "数か月分をまとめて払う項目（定期券など）の月割りにはまだ対応していません。";
        return Err(Stop::reason("固定支給", "not_supported", sentence, "この人の算定基礎届は別に作ってください。"));
    }
    if bases.partial_month {
        let sentence = "6月支給が満額でない月です。修正平均の計算にはまだ対応していません。";
        return Err(Stop::reason("雇用条件", "not_supported", sentence, "この人の算定基礎届は別に作ってください。"));
    }
    Ok(MonthPay {
        base_days: whole_days(base_days)?,
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

/// Who files for which office.
fn application(book: &Book, establishment: &Establishment) -> Result<(Office, Submitter), Stop> {
    let sheet = "事業所";
    let code = |code: &Option<kura_model::Code>, column| {
        code.as_ref().map(|code| code.as_str().to_owned()).ok_or_else(|| Stop::unknown(sheet, None, column))
    };
    let text = |text: &Option<kura_model::Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown(sheet, None, column))
    };
    let office = Office {
        pref_code: code(&establishment.office_pref_code, "整理記号 都道府県コード")?,
        area_code: code(&establishment.office_area_code, "整理記号 郡市区符号")?,
        mark: code(&establishment.office_mark, "整理記号 事業所記号")?,
        number: code(&establishment.office_number, "事業所番号")?,
        zip: code(&establishment.zip, "郵便番号")?,
        address: text(&establishment.address, "所在地")?,
        name: text(&establishment.establishment_name, "事業所名")?,
        employer_name: text(&establishment.filing_employer_name, "届出する事業主氏名")?,
        tel: [
            code(&establishment.tel1, "電話（局番1）")?,
            code(&establishment.tel2, "電話（局番2）")?,
            code(&establishment.tel3, "電話（局番3）")?,
        ],
    };
    let submitter = match establishment.submitter.ok_or_else(|| Stop::unknown(sheet, None, "提出者"))? {
        Files::Employer => {
            Submitter::Establishment { media_number: media_number(&establishment.next_media_number, sheet)? }
        }
        Files::Sharoshi => {
            let office = &book.office;
            let missing = |column| Stop::unknown("事務所", None, column);
            let name = office.sharoshi_name.as_ref().ok_or_else(|| missing("社会保険労務士氏名"))?;
            let number = office.sharoshi_registration_number.as_ref().ok_or_else(|| missing("登録番号"))?;
            Submitter::Sharoshi {
                registration_number: number.as_str().to_owned(),
                name: name.as_str().to_owned(),
                media_number: media_number(&office.next_media_number, "事務所")?,
            }
        }
    };
    Ok((office, submitter))
}

fn media_number(code: &Option<kura_model::Code>, sheet: &'static str) -> Result<MediaNumber, Stop> {
    let number = code.as_ref().and_then(|code| code.as_str().parse().ok()).and_then(MediaNumber::new);
    number.ok_or_else(|| Stop::unknown(sheet, None, "次の媒体通番"))
}

fn of_person(client: &Row<Client>, person: &PaidPerson<'_>, stop: Stop) -> Finding {
    let (client, employee) = (client.client_code.as_str(), person.facts.employee.employee_code.as_str());
    let sentence = format!("会社{client} 社員{employee}: 算定基礎届に載せていません。{}", stop.sentence);
    Stop { sentence, ..stop }.finding()
}

fn held_back(client: &Row<Client>, establishment: &EstablishmentCode, from: Date) -> Finding {
    Finding {
        sheet: "事業所".to_owned(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code: "held_back",
        sentence: format!(
            "会社{} 事業所{establishment}: 算定基礎届は {from} から作れる届出のため、まだ作っていません。",
            client.client_code
        ),
        remedy: format!("{from} 以降に、--as-of をその日以降にしてもう一度実行してください。"),
    }
}

fn refused(client: &Row<Client>, establishment: &EstablishmentCode, problem: &FilingProblem) -> Finding {
    Finding {
        sheet: "届出".to_owned(),
        row: None,
        column: None,
        severity: Severity::Error,
        code: "filing_refused",
        sentence: format!("会社{} 事業所{establishment} 算定基礎届: {problem}", client.client_code),
        remedy: String::new(),
    }
}
