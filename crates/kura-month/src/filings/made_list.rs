//! 届出一覧: what each file of the run holds, one level above the files.

use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_model::{Book, ClientCode, EmployeeCode, EstablishmentCode};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage, ListRow};
use kura_yen::Exact;
use serde::Serialize;

use super::list_file;
use crate::filing_desk::MadeFiling;
use crate::known::Known;
use crate::month::MonthRequest;
use crate::output::OutputFile;
use crate::outputs::Outputs;
use crate::payslip::{day_words, month_words};

/// A line of `届出一覧.json`.
#[derive(Serialize)]
struct MadeRecord<'a> {
    path: &'a str,
    client: &'a str,
    establishment: &'a str,
    establishment_name: &'a str,
    title: &'static str,
    form: &'static str,
    records: usize,
    people: Vec<&'a str>,
    media_number: Option<String>,
    made_on: String,
    addressee: Option<&'a str>,
    deadline: Option<&'a str>,
    deadline_confidence: Option<&'static str>,
}

/// The list of everything that was made, for all clients of the run.
pub(crate) fn enter(book: &Book, known: &Known, law: &Law, request: &MonthRequest, outputs: &mut Outputs) {
    if outputs.filings.made.is_empty() {
        return;
    }
    let records: Vec<MadeRecord<'_>> =
        outputs.filings.made.iter().map(|made| record(made, known, law, request)).collect();
    let lists = vec![files(&records, book, request), people(&outputs.filings.made, book)];
    if let Ok(mut json) = serde_json::to_string_pretty(&records) {
        json.push('\n');
        outputs.files.push(OutputFile::new("届出/届出一覧.json", json));
    }
    outputs.lists.push(list_file(request, "届出/届出一覧".to_owned(), lists));
}

fn record<'a>(made: &'a MadeFiling, known: &'a Known, law: &'a Law, request: &MonthRequest) -> MadeRecord<'a> {
    let duty = duty(law, made.form, request.as_of).ok().flatten();
    MadeRecord {
        path: &made.path,
        client: made.client.as_str(),
        establishment: made.establishment.as_str(),
        establishment_name: establishment_name(known, &made.client, &made.establishment, request.as_of),
        title: made.title,
        form: made.form,
        records: made.people.len(),
        people: made.people.iter().map(EmployeeCode::as_str).collect(),
        media_number: made.media_number.map(|number| number.to_string()),
        made_on: request.as_of.to_string(),
        addressee: duty.as_ref().map(|duty| duty.addressee),
        deadline: duty.as_ref().map(|duty| duty.deadline),
        deadline_confidence: duty.map(|duty| duty.confidence),
    }
}

/// What 手続の一覧 says of a form.
struct Duty<'law> {
    addressee: &'law str,
    deadline: &'law str,
    confidence: &'static str,
}

fn duty<'law>(law: &'law Law, form: &str, on: Date) -> Result<Option<Duty<'law>>, LawError> {
    for row in law.rows_in_force("procedures", on)? {
        if row.text("csv_form")? == form || row.text("procedure_ja")?.contains(form) {
            let citation = law.citation(row.citation());
            let confidence = citation.map_or("", |citation| citation.confidence.japanese());
            return Ok(Some(Duty { addressee: row.text("addressee")?, deadline: row.text("deadline")?, confidence }));
        }
    }
    Ok(None)
}

fn establishment_name<'a>(
    known: &'a Known,
    client: &ClientCode,
    establishment: &EstablishmentCode,
    on: Date,
) -> &'a str {
    let history = known.establishments.get(&(client.clone(), establishment.clone()));
    let facts = history.and_then(|history| history.on(on).or_else(|| history.facts().first().map(|(_, facts)| facts)));
    facts.and_then(|facts| facts.establishment_name.as_ref()).map_or("", |name| name.as_str())
}

fn files(records: &[MadeRecord<'_>], book: &Book, request: &MonthRequest) -> List {
    let office = book.office.office_name.as_ref().map_or("", |name| name.as_str());
    let rows = records.iter().map(|record| {
        let deadline = record.deadline.zip(record.deadline_confidence);
        ListRow::plain(vec![
            record.client.into(),
            record.establishment.into(),
            record.establishment_name.into(),
            record.title.into(),
            Exact::whole(i64::try_from(record.records).unwrap_or(i64::MAX)).into(),
            ListCell::of(record.media_number.clone()),
            request.as_of.into(),
            ListCell::of(record.addressee),
            ListCell::of(deadline.map(|(deadline, confidence)| format!("{deadline}（{confidence}）"))),
            record.path.into(),
        ])
    });
    List {
        title: "届出一覧".to_owned(),
        captions: vec![
            office.to_owned(),
            format!("{}支給", month_words(request.month)),
            format!("作成 {}", day_words(request.as_of)),
        ],
        columns: vec![
            ListColumn::new("会社", Kind::Code),
            ListColumn::new("事業所", Kind::Code),
            ListColumn::new("事業所名", Kind::Text),
            ListColumn::new("届書", Kind::Text),
            ListColumn::new("件数", Kind::Number),
            ListColumn::new("媒体通番", Kind::Code),
            ListColumn::new("作成日", Kind::Date),
            ListColumn::new("提出先", Kind::Text),
            ListColumn::new("期限（確かさ）", Kind::Text),
            ListColumn::new("ファイル", Kind::Text),
        ],
        key_columns: 0,
        rows: rows.collect(),
        notes: vec![
            "取得・喪失・異動は、提出したら本の届出日を記入してください。空欄の間は、次の月にも同じ届出を作ります。"
                .to_owned(),
            "期限と提出先は法令データの手続の一覧によります。「未確認」は、官公庁の案内で確かめてください。".to_owned(),
        ],
        page: ListPage::Landscape,
    }
}

/// Who is in which file.
fn people(made: &[MadeFiling], book: &Book) -> List {
    let names: std::collections::BTreeMap<_, String> = book
        .employees
        .iter()
        .map(|employee| {
            let part = |text: &Option<kura_model::Text>| text.as_ref().map_or("", |text| text.as_str()).to_owned();
            let name = format!("{}　{}", part(&employee.family_name), part(&employee.given_name));
            ((&employee.client_code, &employee.employee_code), name)
        })
        .collect();
    let rows = made.iter().flat_map(|made| {
        made.people.iter().map(|person| {
            ListRow::plain(vec![
                made.client.as_str().into(),
                made.establishment.as_str().into(),
                made.title.into(),
                person.as_str().into(),
                ListCell::of(names.get(&(&made.client, person)).map(String::as_str)),
            ])
        })
    });
    List {
        title: "届出した人".to_owned(),
        captions: Vec::new(),
        columns: vec![
            ListColumn::new("会社", Kind::Code),
            ListColumn::new("事業所", Kind::Code),
            ListColumn::new("届書", Kind::Text),
            ListColumn::new("社員番号", Kind::Code),
            ListColumn::new("氏名", Kind::Text),
        ],
        key_columns: 0,
        rows: rows.collect(),
        notes: Vec::new(),
        page: ListPage::Portrait,
    }
}
