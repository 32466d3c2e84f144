use kura_filing::EmploymentLossNotice;
use kura_insurance::decisions::{Counted, CountingRow, PayPeriod, WageRow};
use serde::Serialize;

use super::{Certified, Leaver};
use crate::filings::person::{code_or_empty, text_or_empty};
use crate::stop::Stop;

/// Said in place of the list from which the employer chooses.
pub(super) const REASONS_UNCONFIRMED: &str = "離職証明書の離職理由の選択肢が確認されていません";

/// 離職証明書 by the numbers of its boxes, with what its 資格喪失届 says.
#[derive(Serialize)]
struct CertificateRecord<'a> {
    form: &'static str,
    client: &'a str,
    establishment: &'a str,
    person: &'a str,
    /// ①.
    insured_number: &'a str,
    /// ②.
    employment_establishment_number: String,
    /// ③.
    name: &'a str,
    name_kana: &'a str,
    /// ④.
    separated_on: String,
    /// ⑤.
    establishment_name: String,
    establishment_address: String,
    establishment_tel: String,
    /// ⑥.
    address: &'a str,
    tel: String,
    /// ⑦.
    reason: ReasonRecord<'a>,
    /// ⑧ and ⑨.
    counting_periods: Vec<CountingRecord>,
    /// ⑩, ⑪ and ⑫.
    wage_periods: Vec<WageRecord>,
    /// ⑬.
    remarks: &'a [String],
    /// 被保険者期間, in half months, and whether it reaches what is needed.
    insured_half_months: u16,
    insured_months_enough: bool,
    /// 完全月.
    full_months: u16,
    loss_notice: LossRecord<'a>,
    explanation: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReasonRecord<'a> {
    choice: Option<&'static str>,
    choice_note: &'static str,
    statement: &'a str,
}

#[derive(Serialize)]
struct CountingRecord {
    from: String,
    to: String,
    base_days: Option<u8>,
    minutes: Option<u32>,
    counted: &'static str,
}

#[derive(Serialize)]
struct WageRecord {
    from: String,
    to: String,
    base_days: Option<u8>,
    wage_a: Option<i64>,
    wage_b: Option<i64>,
    total: Option<i64>,
    full_month: bool,
}

#[derive(Serialize)]
struct LossRecord<'a> {
    acquired_on: String,
    separated_on: String,
    cause: u8,
    birth_date: String,
    weekly_hours: String,
    reason: &'a str,
    foreigner: Option<ForeignerRecord<'a>>,
}

#[derive(Serialize)]
struct ForeignerRecord<'a> {
    name_latin: &'a str,
    nationality: &'a str,
    residence_status: &'a str,
    residence_until: Option<String>,
    permission_other: bool,
    dispatched: bool,
}

/// The certificate as data; unknown is null, never 0.
pub(super) fn json(certified: &Certified<'_>, notice: &EmploymentLossNotice) -> Result<String, Stop> {
    let Certified { leaver: Leaver { person, establishment, separated_on, row, .. }, certificate, .. } = certified;
    let tel = [&establishment.tel1, &establishment.tel2, &establishment.tel3].map(code_or_empty).join("-");
    let record = CertificateRecord {
        form: "離職証明書",
        client: person.employee.client_code.as_str(),
        establishment: establishment.establishment_code.as_str(),
        person: person.code().as_str(),
        insured_number: &notice.insured_number,
        employment_establishment_number: code_or_empty(&establishment.employment_establishment_number),
        name: &notice.name.kanji,
        name_kana: &notice.name.kana,
        separated_on: separated_on.to_string(),
        establishment_name: text_or_empty(&establishment.establishment_name),
        establishment_address: text_or_empty(&establishment.address),
        establishment_tel: tel,
        address: &notice.address,
        tel: code_or_empty(&person.employee.tel),
        reason: ReasonRecord { choice: None, choice_note: REASONS_UNCONFIRMED, statement: statement(row) },
        counting_periods: certificate.counting.iter().map(counting).collect(),
        wage_periods: certificate.wages.iter().map(wage).collect(),
        remarks: &certificate.remarks,
        insured_half_months: certificate.half_months,
        insured_months_enough: certificate.enough,
        full_months: certificate.full_months,
        loss_notice: loss(notice),
        explanation: certificate.explanation.steps().iter().map(|step| step.text.as_str()).collect(),
    };
    let unwritten =
        |_| Stop::reason("被保険者資格", "not_written", "記録を作れませんでした。", "開発者に知らせてください。");
    let mut json = serde_json::to_string_pretty(&record).map_err(unwritten)?;
    json.push('\n');
    Ok(json)
}

/// 具体的事情記載欄.
pub(super) fn statement(row: &kura_model::InsuranceSpell) -> &str {
    row.separation_statement.as_ref().map_or("", |words| words.as_str())
}

/// How a period counts.
pub(super) const fn counted_words(counted: Counted) -> &'static str {
    match counted {
        Counted::Month => "1か月",
        Counted::MonthByHours => "1か月（時間）",
        Counted::HalfMonth => "2分の1か月",
        Counted::No => "数えない",
        Counted::Unknown => "不明",
    }
}

/// True for a 完全月.
pub(super) const fn is_full(counted: Counted) -> bool {
    matches!(counted, Counted::Month | Counted::MonthByHours)
}

fn days(PayPeriod { from, to }: PayPeriod) -> (String, String) {
    (from.to_string(), to.to_string())
}

fn counting(row: &CountingRow) -> CountingRecord {
    let (from, to) = days(row.period);
    CountingRecord {
        from,
        to,
        base_days: row.base.map(|base| base.days),
        minutes: row.base.and_then(|base| base.minutes),
        counted: counted_words(row.counted),
    }
}

fn wage(row: &WageRow) -> WageRecord {
    let (from, to) = days(row.period);
    WageRecord {
        from,
        to,
        base_days: row.wage.map(|wage| wage.base.days),
        wage_a: row.wage.map(|wage| wage.monthly.get()),
        wage_b: row.wage.map(|wage| wage.by_day_or_hour.get()),
        total: row.wage.map(|wage| wage.total().get()),
        full_month: is_full(row.counted),
    }
}

fn loss(notice: &EmploymentLossNotice) -> LossRecord<'_> {
    LossRecord {
        acquired_on: notice.acquired_on.to_string(),
        separated_on: notice.separated_on.to_string(),
        cause: notice.cause.code(),
        birth_date: notice.birth_date.to_string(),
        weekly_hours: format!("{}:{:02}", notice.weekly_hours.hours, notice.weekly_hours.minutes),
        reason: &notice.reason,
        foreigner: notice.foreigner.as_ref().map(|foreigner| ForeignerRecord {
            name_latin: &foreigner.name_latin,
            nationality: &foreigner.nationality,
            residence_status: &foreigner.residence_status,
            residence_until: foreigner.residence_until.map(|until| until.to_string()),
            permission_other: foreigner.permission_other,
            dispatched: foreigner.dispatched,
        }),
    }
}
