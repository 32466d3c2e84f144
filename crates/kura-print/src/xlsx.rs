//! Lists as .xlsx: a frame by rust_xlsxwriter, filled with rows as they come.

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufReader, BufWriter, Cursor, Write};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

mod look;
mod rows;
mod widths;

use self::look::{Look, STYLES};
use self::rows::RowXml;
use crate::list::{List, ListPage};
use crate::payslip::PrintedAt;

const A4: u8 = 9;
const ROWS_MAX: usize = 1_048_576;
const COLUMNS_MAX: usize = 16_384;
/// Characters that fit across A4 before the figures become too small to read.
const FITTING_CHARACTERS_MAX: u32 = 190;

/// Why lists could not be written as .xlsx. No variant carries a value of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// A list has more rows or columns than a sheet may have.
    #[error("{list}番目の一覧が大きすぎて、Excelのシートに書けません。事業所や期間で分けてください。")]
    TooBig {
        /// Which list, from 1.
        list: usize,
    },
    /// A text is longer than a cell may hold.
    #[error("{list}番目の一覧に、Excelのセルに入らない長い文字列（32,767文字超）があります。短くしてください。")]
    TextTooLong {
        /// Which list, from 1.
        list: usize,
    },
    /// The time of writing is not a date of the calendar.
    #[error("作成日時が暦にない日付です。作成日時を確かめてください。")]
    ImpossibleStamp,
    /// The file format refused the whole.
    #[error("Excelのファイルを組み立てられません。PDFで出力してください。")]
    NotAssembled,
}

/// The lists as one .xlsx, a sheet each: heads frozen and repeated on paper, amounts by thousands and red below zero, texts
/// that stay texts. The same lists and time give the same bytes.
///
/// # Errors
/// Every variant of [`ListError`].
pub fn lists_xlsx(lists: &[List], written_at: PrintedAt) -> Result<Vec<u8>, ListError> {
    for (number, list) in (1..).zip(lists) {
        if list.columns.len() > COLUMNS_MAX || list.rows.len().saturating_add(list.notes.len()) > ROWS_MAX - 100 {
            return Err(ListError::TooBig { list: number });
        }
        if !rows::fits(list) {
            return Err(ListError::TextTooLong { list: number });
        }
    }
    let properties = properties(written_at)?;
    let frame = frame(lists, &properties).map_err(|_| ListError::NotAssembled)?;
    fill(&frame, lists).map_err(|_| ListError::NotAssembled)
}

/// Where things stand on a sheet, rows counted from 0.
#[derive(Clone, Copy)]
struct Plan {
    /// The row of the sections; none where no column has one.
    sections: Option<u32>,
    headers: u32,
    first: u32,
    /// Whether all columns fit the width of a page.
    fits_page: bool,
}

impl Plan {
    fn of(list: &List, widths: &[u16]) -> Self {
        let sections = list.columns.iter().any(|column| !column.section.is_empty()).then_some(3);
        let headers = sections.map_or(3, |row: u32| row.saturating_add(1));
        let characters: u32 = widths.iter().map(|width| u32::from(*width)).sum();
        Plan { sections, headers, first: headers.saturating_add(1), fits_page: characters <= FITTING_CHARACTERS_MAX }
    }
}

/// The workbook without its rows. Each sheet has one row instead in which every style is used once.
fn frame(lists: &[List], properties: &DocProperties) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let mut workbook = Workbook::new();
    workbook.set_default_format(&look.base, 18, 64)?;
    workbook.set_properties(properties);
    let mut names = HashSet::new();
    for list in lists {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&list.title, &mut names))?;
        lay_out(sheet, list, &look)?;
    }
    if lists.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

fn lay_out(sheet: &mut Worksheet, list: &List, look: &Look) -> Result<(), XlsxError> {
    let widths = widths::of(list);
    let plan = Plan::of(list, &widths);
    sheet.write_string_with_format(0, 0, &list.title, &look.title)?;
    sheet.write_string_with_format(1, 0, list.captions.join("　"), &look.caption)?;
    sheet.set_row_height(0, 24)?;
    for ((place, column), width) in (0_u16..).zip(&list.columns).zip(&widths) {
        sheet.set_column_width(place, *width)?;
        sheet.write_string_with_format(plan.headers, place, &column.header, &look.header)?;
    }
    if let Some(row) = plan.sections {
        let mut before = "";
        for (place, column) in (0_u16..).zip(&list.columns) {
            let shown = if column.section == before { "" } else { column.section.as_str() };
            sheet.write_string_with_format(row, place, shown, &look.section)?;
            before = &column.section;
        }
    }
    sheet.set_row_height(plan.headers, widths::header_height(list, &widths))?;
    let keys = u16::try_from(list.key_columns.min(list.columns.len())).unwrap_or(0);
    sheet.set_freeze_panes(plan.first, keys)?;
    for (place, style) in (0_u16..).zip(&look.styles) {
        sheet.write_blank(plan.first, place, style)?;
    }
    on_paper(sheet, list, plan, keys)
}

fn on_paper(sheet: &mut Worksheet, list: &List, plan: Plan, keys: u16) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4);
    if list.page == ListPage::Portrait {
        sheet.set_portrait();
    } else {
        sheet.set_landscape();
    }
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&8&A&R&8&P / &N");
    sheet.set_repeat_rows(plan.sections.unwrap_or(plan.headers), plan.headers)?;
    if plan.fits_page {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(70);
        if let Some(last) = keys.checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
    }
    Ok(())
}

/// The frame with the rows of the lists in place of its rows of styles.
fn fill(frame: &[u8], lists: &[List]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut frame = ZipArchive::new(Cursor::new(frame))?;
    let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
    let sheets: Vec<String> = (1..=lists.len()).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    for (name, list) in sheets.iter().zip(lists) {
        filled.start_file(name, options())?;
        let sheet = Reader::from_reader(BufReader::new(frame.by_name(name)?));
        fill_sheet(sheet, list, BufWriter::new(&mut filled))?;
    }
    for at in 0..frame.len() {
        let part = frame.by_index_raw(at)?;
        let is_filled = part.name().is_ok_and(|name| sheets.iter().any(|sheet| *sheet == *name));
        if !is_filled {
            filled.raw_copy_file(part)?;
        }
    }
    Ok(filled.finish()?.into_inner())
}

fn fill_sheet<R: std::io::BufRead, W: Write>(
    mut frame: Reader<R>,
    list: &List,
    filled: W,
) -> Result<(), Box<dyn Error>> {
    let plan = Plan::of(list, &widths::of(list));
    let mut filled = Writer::new(filled);
    let mut styles: Vec<String> = Vec::with_capacity(STYLES);
    let legend = plan.first.saturating_add(1).to_string();
    let mut in_legend = false;
    let mut token = Vec::new();
    loop {
        token.clear();
        match frame.read_event_into(&mut token)? {
            Event::Empty(tag) if tag.name().as_ref() == "dimension" => {
                let area = rows::area(list, plan.first);
                filled.create_element("dimension").with_attribute(("ref", area.as_str())).write_empty()?;
            }
            Event::Start(tag) if tag.name().as_ref() == "row" && attribute(&tag, "r") == legend => in_legend = true,
            Event::Empty(tag) if in_legend => styles.push(attribute(&tag, "s")),
            Event::End(tag) if in_legend => {
                in_legend = tag.name().as_ref() != "row";
            }
            Event::End(tag) if tag.name().as_ref() == "sheetData" => {
                RowXml::new(list, &styles, plan.first).write(filled.get_mut())?;
                filled.write_event(Event::End(tag))?;
            }
            Event::Eof => return Ok(filled.into_inner().flush()?),
            event => filled.write_event(event)?,
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let attribute = tag.try_get_attribute(name).ok().flatten();
    attribute.map(|attribute| attribute.value.as_ref().to_owned()).unwrap_or_default()
}

/// The title as the name of a sheet: at most 31 characters, without what may not stand in one, and unlike all others.
fn sheet_name(title: &str, names: &mut HashSet<String>) -> String {
    const CHARACTERS_MAX: usize = 24;
    let printable = |character: &char| !character.is_control() && !"[]:*?/\\'".contains(*character);
    let plain: String = title.chars().filter(printable).take(CHARACTERS_MAX).collect();
    let plain = if plain.trim().is_empty() { "一覧".to_owned() } else { plain.trim().to_owned() };
    let mut name = plain.clone();
    let mut number = 2_usize;
    while !names.insert(name.to_lowercase()) {
        name = format!("{plain} ({number})");
        number = number.saturating_add(1);
    }
    name
}

/// Level 2, as measured for the workbook: a third smaller than level 1 in the same time.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(2))
        .last_modified_time(DateTime::default())
}

fn properties(at: PrintedAt) -> Result<DocProperties, ListError> {
    let year = u16::try_from(at.year).map_err(|_| ListError::ImpossibleStamp)?;
    let created = ExcelDateTime::from_ymd(year, at.month, at.day)
        .and_then(|day| day.and_hms(u16::from(at.hour), at.minute, f64::from(at.second)))
        .map_err(|_| ListError::ImpossibleStamp)?;
    Ok(DocProperties::new().set_author("Kura").set_creation_datetime(&created))
}
