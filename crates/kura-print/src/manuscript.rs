//! The slip as the template receives it: every text safe to set, every amount already formatted.

use kura_yen::Yen;
use serde::Serialize;

use crate::measures;
use crate::paper::{Length, Typeface, is_variation_selector};
use crate::{Amount, Field, Line, Payslip, PrintError};

const ROWS_MAX: usize = 200;
const CHARACTERS_MAX: usize = 300;
/// Ten digits: more would run over the next column.
const YEN_MAX: i64 = 9_999_999_999;
/// Latin and digits do not break inside a word: a longer run gets places to break, in a column and in a full line.
const COLUMN_RUN_MAX: usize = 12;
const LINE_RUN_MAX: usize = 48;
const ZERO_WIDTH_SPACE: char = '\u{200B}';
/// The printer's mark for a character that the typeface does not have (下駄).
const GETA: char = '〓';

/// A character that the typeface does not have. It is printed as `〓`; the slip should be checked by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unprintable {
    /// Field or section of the slip: `氏名`, `支給`.
    pub place: &'static str,
    /// Row in the section, from 1.
    pub row: usize,
    /// Character in the text, from 1.
    pub position: usize,
}

/// The slip in the shape of `payslip.typ`.
#[derive(Serialize)]
pub(crate) struct Manuscript {
    office: String,
    client: String,
    title: String,
    code: String,
    name: String,
    month: String,
    payment_day: String,
    clocks: Vec<Pair>,
    attendance: Vec<Pair>,
    pay: Items,
    deductions: Items,
    gross: String,
    deduction_total: String,
    net: String,
    shortfall: Option<String>,
    taxation: Vec<Pair>,
    health_split: Vec<Pair>,
    transfers: Vec<Pair>,
    notes: Vec<String>,
    law_pack: String,
    /// Whether it takes more than one page.
    pub(crate) is_long: bool,
}

/// A table of items with the widths of its columns; 0 where there is none.
#[derive(Serialize)]
pub(crate) struct Items {
    pub(crate) lines: Vec<Item>,
    pub(crate) quantity_width: Length,
    pub(crate) amount_width: Length,
}

#[derive(Serialize)]
pub(crate) struct Pair {
    pub(crate) label: String,
    pub(crate) value: String,
    /// Whether both are known to take one line.
    pub(crate) fits: bool,
}

impl Pair {
    fn new(label: impl Into<String>, value: String) -> Self {
        Pair { label: label.into(), value, fits: false }
    }
}

#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) quantity: String,
    pub(crate) note: String,
    pub(crate) amount: String,
    /// Whether the name, and the note if there is one, are known to take one line each.
    pub(crate) fits: bool,
}

impl Manuscript {
    /// Sets the slip in writing. `has_glyph` says which characters the typeface has.
    ///
    /// # Errors
    /// [`PrintError::TooManyRows`], [`PrintError::TextTooLong`], [`PrintError::AmountTooLarge`].
    pub(crate) fn of(
        slip: &Payslip,
        has_glyph: &dyn Fn(char) -> bool,
    ) -> Result<(Manuscript, Vec<Unprintable>), PrintError> {
        let mut desk = Copyist { has_glyph, unprintable: Vec::new() };
        let manuscript = Manuscript {
            office: desk.passage("事務所", 1, &slip.office_line)?,
            client: desk.text("会社名", 1, &slip.client_name)?,
            title: desk.text("表題", 1, &slip.title)?,
            code: desk.text("社員番号", 1, &slip.person_code)?,
            name: desk.text("氏名", 1, &slip.person_name)?,
            month: desk.text("支給月", 1, &slip.payment_month)?,
            payment_day: desk.text("支給日", 1, &slip.clocks.payment_day)?,
            clocks: desk.clocks(slip)?,
            attendance: desk.attendance(slip)?,
            pay: desk.items("支給", &slip.pay)?,
            deductions: desk.items("控除", &slip.deductions)?,
            gross: yen("総支給額", 1, slip.totals.gross)?,
            deduction_total: yen("控除合計", 1, slip.totals.deduction_total)?,
            net: yen("差引支給額", 1, slip.totals.net)?,
            shortfall: shortfall(slip)?,
            taxation: taxation(slip)?,
            health_split: desk.amounts("健康保険料の内訳", &slip.health_split)?,
            transfers: desk.amounts("振込先", &slip.transfers)?,
            notes: desk.notes(&slip.notes)?,
            law_pack: desk.text("法令データの版", 1, &slip.law_pack)?,
            is_long: false,
        };
        Ok((manuscript, desk.unprintable))
    }
}

impl Manuscript {
    /// The manuscript with the widths of its columns.
    pub(crate) fn measured(mut self, typeface: &Typeface) -> Self {
        self.pay.measure(typeface);
        self.deductions.measure(typeface);
        measures::attendance(&mut self.attendance, typeface);
        measures::cards([&mut self.taxation, &mut self.health_split, &mut self.transfers], typeface);
        self
    }
}

/// Copies texts from the slip and remembers what the typeface cannot print.
struct Copyist<'a> {
    has_glyph: &'a dyn Fn(char) -> bool,
    unprintable: Vec<Unprintable>,
}

impl Copyist<'_> {
    fn clocks(&mut self, slip: &Payslip) -> Result<Vec<Pair>, PrintError> {
        let clocks = &slip.clocks;
        let printed = [
            ("勤怠対象期間", clocks.attendance_period.as_str()),
            ("変動分", clocks.variable_period.as_deref().unwrap_or_default()),
            ("締切日", clocks.closing_day.as_str()),
            ("保険料月", clocks.premium_month.as_str()),
        ];
        printed
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| Ok(Pair::new(label, self.text(label, 1, value)?)))
            .collect()
    }

    fn attendance(&mut self, slip: &Payslip) -> Result<Vec<Pair>, PrintError> {
        let mut pairs = self.fields("勤怠", &slip.attendance)?;
        pairs.append(&mut self.fields("有給休暇", &slip.paid_leave)?);
        Ok(pairs)
    }

    fn fields(&mut self, place: &'static str, fields: &[Field]) -> Result<Vec<Pair>, PrintError> {
        self.rows(place, fields, |desk, row, field| {
            Ok(Pair::new(desk.text(place, row, &field.label)?, desk.text(place, row, &field.value)?))
        })
    }

    fn items(&mut self, place: &'static str, lines: &[Line]) -> Result<Items, PrintError> {
        let lines = self.rows(place, lines, |desk, row, line| {
            Ok(Item {
                name: desk.text(place, row, &line.name)?,
                quantity: desk.text(place, row, line.quantity.as_deref().unwrap_or_default())?,
                note: desk.text(place, row, line.note.as_deref().unwrap_or_default())?,
                amount: yen(place, row, line.amount)?,
                fits: false,
            })
        })?;
        Ok(Items { lines, quantity_width: 0, amount_width: 0 })
    }

    fn amounts(&mut self, place: &'static str, amounts: &[Amount]) -> Result<Vec<Pair>, PrintError> {
        self.rows(place, amounts, |desk, row, amount| {
            Ok(Pair::new(desk.text(place, row, &amount.name)?, yen(place, row, amount.amount)?))
        })
    }

    fn notes(&mut self, notes: &[String]) -> Result<Vec<String>, PrintError> {
        self.rows("備考", notes, |desk, row, note| desk.passage("備考", row, note))
    }

    fn rows<T, R>(
        &mut self,
        place: &'static str,
        rows: &[T],
        mut copy: impl FnMut(&mut Self, usize, &T) -> Result<R, PrintError>,
    ) -> Result<Vec<R>, PrintError> {
        if rows.len() > ROWS_MAX {
            return Err(PrintError::TooManyRows { place, rows_max: ROWS_MAX });
        }
        (1..).zip(rows).map(|(row, entry)| copy(self, row, entry)).collect()
    }

    /// A text that stands in a column.
    fn text(&mut self, place: &'static str, row: usize, text: &str) -> Result<String, PrintError> {
        self.copy(place, row, text, COLUMN_RUN_MAX)
    }

    /// A text that has the width of the page.
    fn passage(&mut self, place: &'static str, row: usize, text: &str) -> Result<String, PrintError> {
        self.copy(place, row, text, LINE_RUN_MAX)
    }

    /// One text, fit to be set: no control characters, no missing glyphs, no word longer than `run_max`.
    fn copy(&mut self, place: &'static str, row: usize, text: &str, run_max: usize) -> Result<String, PrintError> {
        let mut copied = String::with_capacity(text.len());
        let mut run = 0_usize;
        for (position, character) in (1..).zip(text.chars()) {
            if position > CHARACTERS_MAX {
                return Err(PrintError::TextTooLong { place, row, characters_max: CHARACTERS_MAX });
            }
            run = if breaks_around(character) { 0 } else { run.saturating_add(1) };
            if run > run_max {
                copied.push(ZERO_WIDTH_SPACE);
                run = 1;
            }
            match character {
                _ if steers_layout(character) => copied.push(' '),
                _ if is_variation_selector(character) || (self.has_glyph)(character) => copied.push(character),
                _ => {
                    self.unprintable.push(Unprintable { place, row, position });
                    copied.push(GETA);
                }
            }
        }
        Ok(copied)
    }
}

fn taxation(slip: &Payslip) -> Result<Vec<Pair>, PrintError> {
    [("非課税支給額", slip.totals.tax_free), ("課税対象額（社保控除後）", slip.totals.taxable)]
        .into_iter()
        .map(|(label, amount)| Ok(Pair::new(label, yen(label, 1, amount)?)))
        .collect()
}

fn shortfall(slip: &Payslip) -> Result<Option<String>, PrintError> {
    match slip.totals.shortfall {
        0 => Ok(None),
        amount => yen("差引不足額", 1, amount).map(Some),
    }
}

/// `1234567` as `1,234,567`, negative with `▲` as Japanese accounts write it.
fn yen(place: &'static str, row: usize, amount: i64) -> Result<String, PrintError> {
    if !(-YEN_MAX..=YEN_MAX).contains(&amount) {
        return Err(PrintError::AmountTooLarge { place, row });
    }
    let magnitude = Yen::new(amount.saturating_abs()).grouped();
    Ok(if amount < 0 { format!("▲{magnitude}") } else { magnitude })
}

/// Lines may break next to spaces and to every character of Japanese script.
fn breaks_around(character: char) -> bool {
    character.is_whitespace() || character >= '\u{2E80}'
}

/// Line feeds, tabs and the invisible marks that turn writing around have no place in a name.
fn steers_layout(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands_and_marked_when_negative() {
        let table = [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1_000, "1,000"),
            (-1, "▲1"),
            (-12_340, "▲12,340"),
            (123_456_789, "123,456,789"),
            (YEN_MAX, "9,999,999,999"),
            (-YEN_MAX, "▲9,999,999,999"),
        ];
        for (amount, printed) in table {
            assert_eq!(yen("支給", 1, amount), Ok(printed.to_owned()));
        }
        for amount in [YEN_MAX + 1, -YEN_MAX - 1, i64::MAX, i64::MIN] {
            assert_eq!(yen("支給", 3, amount), Err(PrintError::AmountTooLarge { place: "支給", row: 3 }));
        }
    }

    fn copied(text: &str) -> (String, Vec<Unprintable>) {
        let mut desk = Copyist { has_glyph: &|character| character != '𠮷', unprintable: Vec::new() };
        let copied = desk.text("氏名", 1, text).unwrap();
        (copied, desk.unprintable)
    }

    #[test]
    fn a_missing_glyph_becomes_a_geta_and_is_reported_with_its_place() {
        assert_eq!(
            copied("架空𠮷子"),
            ("架空〓子".to_owned(), vec![Unprintable { place: "氏名", row: 1, position: 3 }])
        );
        assert_eq!(copied("葛\u{E0100}城").0, "葛\u{E0100}城");
    }

    #[test]
    fn marks_that_steer_the_layout_become_spaces() {
        assert_eq!(copied("架空\n\t\u{202E}花子").0, "架空   花子");
    }

    #[test]
    fn only_long_latin_words_get_places_to_break() {
        assert_eq!(copied("abcdefghijkl").0, "abcdefghijkl");
        assert_eq!(copied("abcdefghijklm").0, "abcdefghijkl\u{200B}m");
        assert_eq!(copied("時間外労働割増賃金法定内分深夜割増を含む").0, "時間外労働割増賃金法定内分深夜割増を含む");
    }

    #[test]
    fn a_text_or_section_beyond_every_limit_is_refused_by_place() {
        let fits = Payslip { notes: vec!["あ".repeat(CHARACTERS_MAX)], ..Payslip::default() };
        assert!(Manuscript::of(&fits, &|_| true).is_ok());
        let long = Payslip { notes: vec!["あ".repeat(CHARACTERS_MAX + 1)], ..Payslip::default() };
        let refused = Manuscript::of(&long, &|_| true).err();
        assert_eq!(refused, Some(PrintError::TextTooLong { place: "備考", row: 1, characters_max: CHARACTERS_MAX }));
        let many = Payslip { pay: vec![Line::default(); ROWS_MAX + 1], ..Payslip::default() };
        let refused = Manuscript::of(&many, &|_| true).err();
        assert_eq!(refused, Some(PrintError::TooManyRows { place: "支給", rows_max: ROWS_MAX }));
    }
}
