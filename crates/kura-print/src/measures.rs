//! Measures of the payslip, so that the typesetter need not find them out. They belong to `payslip.typ`.

use crate::manuscript::{Item, Items};
use crate::paper::{A4_SHORT, Length, POINT, Type, Typeface};

/// 16 mm at both sides, 16 pt between the two tables.
const TABLE: Length = (A4_SHORT - 2 * 45_354 - 16 * POINT) / 2;
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
