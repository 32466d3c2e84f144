//! 健康保険組合: it takes notices of its own. The form of its file differs from society to society and is not known, so it gets
//! a list of what was filed to the pension office, and of what concerns it alone.

use kura_filing::{FilingView, Form, ViewCell, view};
use kura_law::LawError;
use kura_model::{Establishment, InsurerKind, InsurerRate};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage, ListRow};
use kura_yen::Exact;

use super::Application;
use crate::client_month::ClientMonth;
use crate::filings::list_file as list_file_of_run;
use crate::lists::ListFile;
use crate::payslip::day_words;
use crate::stop::Stop;

/// 健保組合提出用一覧 of an application in a folder of the file's name; `None` for other insurers and for Hello Work.
pub(super) fn list_file(
    month: &ClientMonth<'_>,
    application: &Application<'_>,
    folder: &str,
    bytes: &[u8],
) -> Result<Option<ListFile>, Stop> {
    let Some(society) = society_of(month, application.establishment) else { return Ok(None) };
    let Some(form) = Form::of_code(application.records.form()) else { return Ok(None) };
    let list = list(month, society, application, form, bytes)?;
    let path_stem = format!("届出/{folder}-健保組合提出用一覧");
    Ok(Some(list_file_of_run(month.request, path_stem, vec![list])))
}

/// The 健康保険組合 of an establishment on the day of the files.
fn society_of<'run>(month: &ClientMonth<'run>, establishment: &Establishment) -> Option<&'run InsurerRate> {
    let code = establishment.insurer_code.clone()?;
    let history = month.known.insurer_rates.get(&(month.client.client_code.clone(), code))?;
    let rate = history.on(month.request.as_of)?;
    (rate.insurer_kind == Some(InsurerKind::HealthInsuranceSociety)).then_some(rate)
}

/// 健保組合提出用一覧 of one application, from the records as they were made.
fn list(
    month: &ClientMonth<'_>,
    society: &InsurerRate,
    application: &Application<'_>,
    form: Form,
    bytes: &[u8],
) -> Result<List, LawError> {
    let FilingView { headings, rows } = view(month.law, form, bytes)?;
    let column = |(at, heading): (usize, &String)| ListColumn::new(heading, kind(at, &rows));
    let columns = headings.iter().enumerate().map(column).collect();
    let list_rows = rows.iter().map(|row| ListRow::plain(row.iter().map(cell).collect())).collect();
    Ok(List {
        title: format!("健保組合提出用一覧　{}", application.title),
        captions: captions(month, society, application),
        columns,
        key_columns: 3,
        rows: list_rows,
        notes: vec![
            format!(
                "{}への届出のための一覧です。KPFD0006.CSVの組合ごとの項目は確認されていないため、ファイルは作っていません。",
                text(&society.insurer_name, "健康保険組合")
            ),
            "組合の様式または点検プログラムへ、この一覧から転記してください。個人番号は載せていません。".to_owned(),
        ],
        page: ListPage::PeopleAcross,
    })
}

fn captions(month: &ClientMonth<'_>, society: &InsurerRate, application: &Application<'_>) -> Vec<String> {
    let code = |code: &Option<kura_model::Code>| code.as_ref().map_or("", |code| code.as_str()).to_owned();
    let mut captions = vec![
        text(&application.establishment.establishment_name, "").to_owned(),
        text(&society.insurer_name, "健康保険組合").to_owned(),
        format!("事業所記号 {}", code(&society.society_mark)),
    ];
    if society.society_number.is_some() {
        captions.push(format!("事業所番号 {}", code(&society.society_number)));
    }
    captions.push(format!("作成 {}", day_words(month.request.as_of)));
    captions
}

fn text<'a>(text: &'a Option<kura_model::Text>, otherwise: &'a str) -> &'a str {
    text.as_ref().map_or(otherwise, |text| text.as_str())
}

/// What the cells of a column hold, by the first that is filled.
fn kind(at: usize, rows: &[Vec<ViewCell>]) -> Kind {
    let filled = rows.iter().filter_map(|row| row.get(at)).find(|cell| **cell != ViewCell::Empty);
    match filled {
        Some(ViewCell::Number(_)) => Kind::Number,
        Some(ViewCell::Yen(_)) => Kind::Yen,
        Some(ViewCell::Date(_)) => Kind::Date,
        Some(ViewCell::Month(_)) => Kind::Month,
        Some(ViewCell::Text(_) | ViewCell::Empty) | None => Kind::Text,
    }
}

fn cell(cell: &ViewCell) -> ListCell {
    match cell {
        ViewCell::Empty => ListCell::Empty,
        ViewCell::Text(words) => words.as_str().into(),
        ViewCell::Number(number) => Exact::whole(*number).into(),
        ViewCell::Yen(amount) => (*amount).into(),
        ViewCell::Date(day) => (*day).into(),
        ViewCell::Month(month) => (*month).into(),
    }
}
