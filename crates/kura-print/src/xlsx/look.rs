use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::list::{ListCell, ListColumn, ListColumnKind, ListRowKind};

const FONT: &str = "BIZ UDPゴシック";
/// The format in which whatever is typed stays text (`@`).
const TEXT: u8 = 49;
const INK: Color = Color::RGB(0x1C_25_30);
const ACCENT: Color = Color::RGB(0x1D_3C_5E);
const RULE: Color = Color::RGB(0xD3_D8_DE);
const TINT: Color = Color::RGB(0xF0_F3_F7);

/// How a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Words in several lines where they are long.
    Words,
    /// A code, in one line.
    Code,
    /// Words among figures, at the right.
    Said,
    Yen,
    Number,
    Hours,
    Date,
    Month,
}

/// How much a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Plain,
    Strong,
    Total,
}

const SHOWN: [Shown; 8] =
    [Shown::Words, Shown::Code, Shown::Said, Shown::Yen, Shown::Number, Shown::Hours, Shown::Date, Shown::Month];
const WEIGHTS: [Weight; 3] = [Weight::Plain, Weight::Strong, Weight::Total];

/// The style of a heading row, of a note; before them every way to be shown in every weight.
pub(super) const HEADING: usize = SHOWN.len() * WEIGHTS.len();
pub(super) const NOTE: usize = HEADING + 1;
pub(super) const STYLES: usize = NOTE + 1;

/// The place of a style among the styles.
pub(super) fn style(shown: Shown, weight: Weight) -> usize {
    let place = |found: Option<usize>| found.unwrap_or(0);
    let weight = place(WEIGHTS.iter().position(|entry| *entry == weight));
    weight.saturating_mul(SHOWN.len()).saturating_add(place(SHOWN.iter().position(|entry| *entry == shown)))
}

impl Shown {
    /// A cell without a value, or with words, in a column of this kind.
    pub(super) fn in_column(kind: ListColumnKind) -> Self {
        match kind {
            ListColumnKind::Text => Shown::Words,
            ListColumnKind::Code => Shown::Code,
            _ => Shown::Said,
        }
    }

    pub(super) fn of(cell: &ListCell, kind: ListColumnKind) -> Self {
        match cell {
            ListCell::Empty | ListCell::Text(_) => Self::in_column(kind),
            ListCell::Yen(_) => Shown::Yen,
            // Whole numbers by thousands, as amounts.
            ListCell::Number(number) if number.is_whole() => Shown::Yen,
            ListCell::Number(_) => Shown::Number,
            ListCell::Minutes(_) => Shown::Hours,
            ListCell::Date(_) => Shown::Date,
            ListCell::Month(_) => Shown::Month,
        }
    }
}

impl Weight {
    pub(super) fn of(row: ListRowKind, column: &ListColumn) -> Self {
        match row {
            ListRowKind::Total => Weight::Total,
            ListRowKind::Subtotal => Weight::Strong,
            _ if column.is_total => Weight::Strong,
            _ => Weight::Plain,
        }
    }
}

/// Fonts, colours and number formats of a sheet.
pub(super) struct Look {
    pub(super) base: Format,
    pub(super) title: Format,
    pub(super) caption: Format,
    pub(super) section: Format,
    pub(super) header: Format,
    /// In the order of their places.
    pub(super) styles: Vec<Format>,
}

impl Look {
    pub(super) fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(10).set_font_charset(128).set_font_color(INK);
        let head = base.clone().set_bold().set_font_color(ACCENT).set_background_color(TINT);
        let mut styles: Vec<Format> =
            WEIGHTS.iter().flat_map(|weight| SHOWN.iter().map(|shown| cell(&base, *shown, *weight))).collect();
        styles
            .push(base.clone().set_num_format_index(TEXT).set_bold().set_font_color(ACCENT).set_background_color(TINT));
        styles.push(base.clone().set_num_format_index(TEXT).set_font_size(9));
        Look {
            title: base.clone().set_bold().set_font_size(14).set_font_color(ACCENT),
            caption: base.clone().set_font_size(9),
            section: head.clone().set_border_top(FormatBorder::Thin).set_border_top_color(ACCENT),
            header: head
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(ACCENT),
            styles,
            base,
        }
    }
}

fn cell(base: &Format, shown: Shown, weight: Weight) -> Format {
    let format = base.clone().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(RULE);
    let format = format.set_align(FormatAlign::VerticalCenter);
    let format = match shown {
        Shown::Words | Shown::Code | Shown::Said => format.set_num_format_index(TEXT),
        Shown::Yen => format.set_num_format("#,##0;[Red]-#,##0"),
        Shown::Number => format,
        Shown::Hours => format.set_num_format("[h]:mm"),
        Shown::Date => format.set_num_format("yyyy/mm/dd"),
        Shown::Month => format.set_num_format("yyyy/mm"),
    };
    let format = match shown {
        Shown::Words => format.set_text_wrap(),
        Shown::Code => format,
        _ => format.set_align(FormatAlign::Right),
    };
    match weight {
        Weight::Plain => format,
        Weight::Strong => format.set_bold().set_background_color(TINT),
        Weight::Total => format
            .set_bold()
            .set_background_color(TINT)
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(ACCENT)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(ACCENT),
    }
}
