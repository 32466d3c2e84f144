use std::collections::BTreeSet;

use kura_model::{CodeForm, ColumnSchema, Kind, SheetSchema};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet,
    XlsxError,
};

use crate::documentation::need_words;

const FONT: &str = "BIZ UDPゴシック";
/// Rows below the last one that are ready to be filled.
const READY_ROWS: u32 = 1_000;
const LAST_ROW: u32 = 1_048_575;

/// How a book looks: fonts, colours, widths, lists to pick from.
pub(crate) struct Look {
    cell: Format,
    key_header: Format,
    needed_header: Format,
    header: Format,
}

impl Look {
    pub(crate) fn new() -> Self {
        let cell = Format::new().set_font_name(FONT).set_font_size(10).set_font_charset(128);
        let header = cell
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin);
        Self {
            key_header: header.clone().set_background_color(Color::RGB(0x26_4653)).set_font_color(Color::White),
            needed_header: header.clone().set_background_color(Color::RGB(0xBF_DDE0)),
            header: header.set_background_color(Color::RGB(0xEE_EEEE)),
            cell,
        }
    }

    pub(crate) fn prepare(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        workbook.set_default_format(&self.cell, 18, 72)?;
        Ok(())
    }

    /// Name, columns and header row of a sheet.
    pub(crate) fn head(
        &self,
        sheet: &mut Worksheet,
        schema: &SheetSchema,
        custom: &BTreeSet<&str>,
    ) -> Result<(), XlsxError> {
        sheet.set_name(schema.header)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_row_height(0, 36)?;
        for (place, column) in (0_u16..).zip(schema.columns) {
            sheet.set_column_width(place, width(column))?;
            sheet.set_column_format(place, &self.cell.clone().set_num_format(number_format(column.kind)))?;
            let header = match (column.required, column.need.is_empty()) {
                (true, _) => &self.key_header,
                (false, false) => &self.needed_header,
                (false, true) => &self.header,
            };
            sheet.write_string_with_format(0, place, column.header, header)?;
            sheet.insert_note(0, place, &note(schema, column))?;
        }
        let first_custom = u16::try_from(schema.columns.len()).unwrap_or(u16::MAX);
        for (place, name) in (first_custom..).zip(custom) {
            sheet.set_column_width(place, 14)?;
            sheet.write_string_with_format(0, place, format!("任意:{name}"), &self.header)?;
        }
        Ok(())
    }

    /// Lists to pick from, and whether the sheet is shown.
    pub(crate) fn below(&self, sheet: &mut Worksheet, schema: &SheetSchema, rows: u32) -> Result<(), XlsxError> {
        let last = rows.saturating_add(READY_ROWS).min(LAST_ROW);
        for (place, column) in (0_u16..).zip(schema.columns) {
            if let Some(words) = words_to_pick(column)
                && let Ok(list) = DataValidation::new().allow_list_strings(&words)
            {
                let list = list
                    .set_error_style(DataValidationErrorStyle::Warning)
                    .set_error_title("選べる値ではありません")?
                    .set_error_message(
                        "一覧から選んでください。このまま入れると、読み込むときに確認事項になります。",
                    )?;
                sheet.add_data_validation(1, place, last, place, &list)?;
            }
        }
        sheet.set_hidden(rows == 0 && !schema.visible);
        Ok(())
    }
}

fn words_to_pick(column: &ColumnSchema) -> Option<Vec<&'static str>> {
    match column.kind {
        Kind::Choice(list, allowed) => Some(
            allowed.iter().filter_map(|at| list.values.get(usize::from(*at))).map(|value| value.japanese).collect(),
        ),
        Kind::Flag => Some(vec!["○"]),
        _ => None,
    }
}

fn number_format(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "yyyy-mm-dd",
        Kind::Yen => "#,##0;[Red]-#,##0",
        Kind::HoursMinutes => "[h]:mm",
        Kind::Decimal | Kind::Count | Kind::Days | Kind::Percent | Kind::PerMille => "General",
        _ => "@",
    }
}

fn width(column: &ColumnSchema) -> u16 {
    let values = match column.kind {
        Kind::Text => 18,
        Kind::Formula => 40,
        Kind::Kana => 16,
        Kind::Code(CodeForm::Digits(groups)) => {
            u16::try_from(groups.iter().sum::<usize>().saturating_add(5)).unwrap_or(20)
        }
        Kind::Code(_) | Kind::Date | Kind::Yen | Kind::Weekdays | Kind::Choice(..) => 12,
        Kind::Dates => 24,
        _ => 10,
    };
    // A header of more than one line is wrapped: half of its length fits.
    let letters = u16::try_from(column.header.chars().count()).unwrap_or(u16::MAX);
    values.max(letters.saturating_add(3)).clamp(8, 40)
}

/// What stands behind the header when somebody points at it.
fn note(schema: &SheetSchema, column: &ColumnSchema) -> Note {
    let mut lines = vec![format!("{} ({})", column.identifier, column.kind.word())];
    if !column.about.is_empty() {
        lines.push(column.about.to_owned());
    }
    if !column.example.is_empty() {
        lines.push(format!("例: {}", column.example));
    }
    if let Some(words) = words_to_pick(column) {
        lines.push(format!("値: {}", words.join(" / ")));
    }
    if !column.need.is_empty() {
        lines.push(format!("必要: {}", need_words(column.need)));
    }
    if schema.dated.is_some() && !column.required {
        lines.push("空欄は前のまま、「なし」で取り消し".to_owned());
    }
    Note::new(lines.join("\n")).set_author("kura").add_author_prefix(false).set_width(260).set_height(130)
}
