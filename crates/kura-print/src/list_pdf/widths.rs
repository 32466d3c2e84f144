use crate::list::{List, ListCell, ListColumn, ListRowKind};
use crate::paper::{Length, POINT, Side, Type, Typeface};

use super::words::{may_wrap, printed, side};

/// Measures are taken at this size and scaled.
const MEASURED: Length = 1_000 * POINT;
const EM: Length = MEASURED;

/// What a column needs, at the size of measuring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    /// Nearly all its cells in one line.
    pub(super) natural: Length,
    /// With its words in several lines.
    pub(super) least: Length,
}

/// Free space at each side of a cell.
pub(super) fn padding(size: Length) -> Length {
    size * 35 / 100
}

/// A measure at a size.
pub(super) fn at(size: Length, measure: Length) -> Length {
    // Rounded up, so that what was measured fits.
    (measure * size / MEASURED) + 10
}

/// A cell in one line. Bold figures are a little wider, so all are measured bold.
pub(super) fn measure(typeface: &Typeface, words: &str) -> Length {
    typeface.width(Type::Bold, MEASURED, words)
}

/// What every column needs.
pub(super) fn needs(list: &List, typeface: &Typeface) -> Vec<Need> {
    let needs = list.columns.iter().enumerate().map(|(place, column)| {
        let need = need(list, place, column, typeface);
        let before = place.checked_sub(1).and_then(|place| list.columns.get(place));
        let gap = gap(EM, before, column);
        Need { natural: need.natural + gap, least: need.least + gap }
    });
    needs.collect()
}

/// More free space where words begin right after figures end.
pub(super) fn gap(size: Length, before: Option<&ListColumn>, column: &ListColumn) -> Length {
    let meet = before.is_some_and(|before| side(before.kind) == Side::Right) && side(column.kind) == Side::Left;
    if meet { size * 6 / 10 } else { 0 }
}

fn need(list: &List, place: usize, column: &ListColumn, typeface: &Typeface) -> Need {
    const HEADER_LEAST: Length = 4 * EM;
    const WORDS_LEAST: Length = 6 * EM;
    let header = measure(typeface, &column.header);
    let mut least = header.min((header / 3).max(HEADER_LEAST));
    let mut words = Vec::new();
    for row in list.rows.iter().filter(|row| row.kind != ListRowKind::Heading) {
        match row.cells.get(place) {
            None | Some(ListCell::Empty) => {}
            Some(cell) if may_wrap(cell, column.kind) => words.push(measure(typeface, &printed(cell))),
            Some(cell) => least = least.max(measure(typeface, &printed(cell))),
        }
    }
    words.sort_unstable();
    least = least.max(words.last().copied().unwrap_or(0).min(WORDS_LEAST));
    // One long name does not take the room of all: a tenth of the words may take several lines.
    let most = words.get(words.len().saturating_mul(9) / 10).copied().unwrap_or(0);
    Need { natural: least.max(most).max(header.min((header / 2).max(HEADER_LEAST))), least }
}

/// Widths at a size that fill `room` as far as is good to read; none where even the least does not fit.
pub(super) fn fit(needs: &[Need], size: Length, room: Length) -> Option<Vec<Length>> {
    const SLACK_EMS_MAX: Length = 3;
    let frame = 2 * padding(size);
    let natural: Vec<Length> = needs.iter().map(|need| at(size, need.natural) + frame).collect();
    let least: Vec<Length> = needs.iter().map(|need| at(size, need.least) + frame).collect();
    let (natural_sum, least_sum): (Length, Length) = (natural.iter().sum(), least.iter().sum());
    if least_sum > room {
        return None;
    }
    if natural_sum <= room {
        let columns = Length::try_from(needs.len()).unwrap_or(1).max(1);
        let slack = (room - natural_sum) / columns;
        // A few narrow columns stay together; others fill the page.
        let fills = natural_sum * 10 >= room * 6;
        let slack = if fills { slack } else { slack.min(SLACK_EMS_MAX * size) };
        return Some(natural.into_iter().map(|width| width + slack).collect());
    }
    let (missing, yielding) = (natural_sum - room, natural_sum - least_sum);
    let narrowed = natural
        .iter()
        .zip(&least)
        .map(|(natural, least)| natural - ((natural - least) * missing).checked_div(yielding).unwrap_or(0) - 1);
    Some(narrowed.collect())
}

/// Whether everything fits `room` in one line each.
pub(super) fn fits_naturally(needs: &[Need], size: Length, room: Length) -> bool {
    needs.iter().map(|need| at(size, need.natural) + 2 * padding(size)).sum::<Length>() <= room
}
