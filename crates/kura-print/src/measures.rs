//! Measures of the payslip, so that the typesetter need not find them out. They belong to `payslip.typ`.

use crate::manuscript::{Item, Items, Pair};
use crate::paper::{A4_SHORT, Length, POINT, Type, Typeface};

/// 16 mm at both sides.
const PAGE: Length = A4_SHORT - 2 * 45_354;
/// Between tables that stand beside each other.
const COLUMN_GAP: Length = 16 * POINT;
const TABLE: Length = (PAGE - COLUMN_GAP) / 2;
const ATTENDANCE: Length = (PAGE - 3 * COLUMN_GAP) / 4;
/// The shares of the cards under the tables, in tenths, where all three are there.
const CARDS: [Length; 3] = [11, 10, 12];
/// 5 pt at both sides of a cell.
const INSETS: Length = 10 * POINT;
const TEXT: Length = 9 * POINT;
const LABEL: Length = 7_400;

impl Items {
    /// Columns as wide as their figures; and which names fit what is left.
    pub(crate) fn measure(&mut self, typeface: &Typeface) {
        let width = |size: Length, words: &str| typeface.width(Type::Regular, size, words);
        let widest = |size: Length, head: &str, words: fn(&Item) -> &str| {
            let widths = self.lines.iter().map(|line| width(size, words(line)));
            // A hair more than measured: the typesetter's sum of widths may round up.
            widths.max().unwrap_or(0).max(width(LABEL, head)) + INSETS + POINT / 10
        };
        let counted = self.lines.iter().any(|line| !line.quantity.is_empty());
        self.amount_width = widest(TEXT, "金額(円)", |line| &line.amount);
        self.quantity_width = if counted { widest(LABEL, "数量", |line| &line.quantity) } else { 0 };
        let room = TABLE - self.amount_width - self.quantity_width - INSETS - POINT / 10;
        for line in &mut self.lines {
            line.fits = width(TEXT, &line.name) <= room && width(LABEL, &line.note) <= room;
        }
    }
}

/// Which pairs of 勤怠 take one line each.
pub(crate) fn attendance(pairs: &mut [Pair], typeface: &Typeface) {
    mark_fitting(pairs, ATTENDANCE, typeface);
}

/// Which pairs of the cards take one line each; a card without pairs leaves its room to the others.
pub(crate) fn cards(cards: [&mut Vec<Pair>; 3], typeface: &Typeface) {
    let count = Length::try_from(cards.iter().filter(|pairs| !pairs.is_empty()).count()).unwrap_or(1).max(1);
    let room = PAGE - (count - 1) * COLUMN_GAP;
    for (pairs, share) in cards.into_iter().zip(CARDS) {
        let width = if count == 3 { room * share / CARDS.iter().sum::<Length>() } else { room / count };
        mark_fitting(pairs, width, typeface);
    }
}

fn mark_fitting(pairs: &mut [Pair], width: Length, typeface: &Typeface) {
    let width_of = |size: Length, words: &str| typeface.width(Type::Regular, size, words);
    for pair in pairs {
        let needed = width_of(LABEL, &pair.label) + width_of(TEXT, &pair.value) + TEXT / 2;
        pair.fits = needed <= width - INSETS;
    }
}
