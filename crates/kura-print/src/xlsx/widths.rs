use crate::list::{List, ListCell, ListRowKind};

const NARROWEST: usize = 7;
const WIDEST: usize = 36;

/// The width of every column, in digits: what its cells need, within reason.
pub(super) fn of(list: &List) -> Vec<u16> {
    let mut needed: Vec<usize> = list.columns.iter().map(|column| width(&column.header).div_ceil(3)).collect();
    for row in list.rows.iter().filter(|row| row.kind != ListRowKind::Heading) {
        for (needed, cell) in needed.iter_mut().zip(&row.cells) {
            *needed = (*needed).max(width_of(cell));
        }
    }
    let padded = needed.into_iter().map(|needed| needed.saturating_add(2).clamp(NARROWEST, WIDEST));
    padded.map(|width| u16::try_from(width).unwrap_or(0)).collect()
}

/// High enough for the longest head, in points.
pub(super) fn header_height(list: &List, widths: &[u16]) -> u32 {
    const LINE: u32 = 14;
    let lines = |(header, room): (&str, u16)| width(header).div_ceil(usize::from(room).saturating_sub(1).max(2));
    let headers = list.columns.iter().map(|column| column.header.as_str());
    let lines = headers.zip(widths.iter().copied()).map(lines).max().unwrap_or(1).clamp(1, 6);
    u32::try_from(lines).unwrap_or(1).saturating_mul(LINE).saturating_add(6)
}

fn width_of(cell: &ListCell) -> usize {
    match cell {
        ListCell::Empty => 0,
        ListCell::Text(words) => width(words),
        ListCell::Yen(amount) => {
            let digits = usize::try_from(amount.get().unsigned_abs().checked_ilog10().unwrap_or(0)).unwrap_or(0);
            digits.saturating_add(2).saturating_add(digits / 3)
        }
        ListCell::Number(number) => number.to_string().len(),
        ListCell::Minutes(_) | ListCell::Month(_) => 7,
        ListCell::Date(_) => 10,
    }
}

/// Japanese characters are two digits wide.
fn width(words: &str) -> usize {
    words.chars().map(|character| if is_narrow(character) { 1 } else { 2 }).sum()
}

fn is_narrow(character: char) -> bool {
    character < '\u{2E80}' || ('\u{FF61}'..='\u{FF9F}').contains(&character)
}
