use std::fmt::{Display, Write};

use kura_calendar::{Date, Month, Wareki};
use kura_law::LawError;
use kura_yen::Yen;

use crate::checking::Checking;
use crate::field::FieldRule;
use crate::person::{MY_NUMBER_PLACEHOLDER, PersonKey, PersonName, basic_pension_parts, parts};
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::submission::FileWriter;

/// Fills the fields of a record by identifier. The room of one record serves the next.
pub(crate) struct RecordWriter<'layout> {
    layout: &'layout RecordLayout,
    pads_money: bool,
    /// What `_` stands for before an identifier: `dep1_`, as in the rules of a form.
    block: &'static str,
    values: Vec<String>,
    /// The field written last; at first, one beyond the layout.
    last: usize,
    /// What was written after each field the last time: records of a file are filled alike.
    after: Vec<Option<Placed>>,
    misfit: Option<LawError>,
}

/// An identifier in its two parts, and where its field is.
#[derive(Clone, Copy)]
struct Placed {
    block: &'static str,
    name: &'static str,
    position: usize,
}

impl Placed {
    /// The same words at the same place of the program: no character needs to be compared.
    fn is(self, block: &'static str, name: &'static str) -> bool {
        std::ptr::eq(self.name, name) && std::ptr::eq(self.block, block)
    }
}

impl<'layout> RecordWriter<'layout> {
    pub(crate) fn new(layout: &'layout RecordLayout, pads_money: bool) -> Self {
        let fields = layout.fields.len();
        let (values, after) = (vec![String::new(); fields], vec![None; fields.saturating_add(1)]);
        Self { layout, pads_money, block: "", values, last: fields, after, misfit: None }
    }

    /// The layout of the record.
    pub(crate) const fn layout(&self) -> &'layout RecordLayout {
        self.layout
    }

    /// Empties every field.
    pub(crate) fn clear(&mut self) {
        self.values.iter_mut().for_each(String::clear);
        self.last = self.values.len();
    }

    /// The values in the order of the layout.
    ///
    /// # Errors
    /// The record wrote a field the layout does not have.
    pub(crate) fn finish(&mut self) -> Result<Vec<&str>, LawError> {
        match self.misfit.take() {
            Some(misfit) => Err(misfit),
            None => Ok(self.values.iter().map(String::as_str).collect()),
        }
    }

    /// Checks the record and adds it to a file, as a line of its own that is no data record.
    pub(crate) fn write_line(mut self, file: &mut FileWriter, checking: &mut Checking<'_>) -> Result<(), LawError> {
        let layout = self.layout;
        let values = self.finish()?;
        checking.report.at_line(file.next_line());
        layout.check(Record::new(&values), checking.placeholders, &mut checking.report);
        file.line(&values, layout);
        Ok(())
    }

    /// A value as it stands.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Display) {
        if let Some(position) = self.place(name) {
            self.set_at(position, value);
        }
    }

    /// The same where there is one.
    pub(crate) fn set_if(&mut self, name: &'static str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// 1, or nothing.
    pub(crate) fn flag(&mut self, name: &'static str, is_set: bool) {
        if is_set {
            self.set(name, 1);
        }
    }

    /// Digits with leading zeros.
    pub(crate) fn two_digits(&mut self, name: &'static str, number: impl Into<i64>) {
        self.set(name, format_args!("{:02}", number.into()));
    }

    /// Yen; more than the field holds is written as the most it holds.
    pub(crate) fn money(&mut self, name: &'static str, amount: Yen) {
        let Some(position) = self.place(name) else { return };
        let amount_max = self.layout.field(position).map_or(i64::MAX, FieldRule::amount_max);
        let amount = amount.get().min(amount_max);
        match self.pads_money {
            true => self.set_at(position, format_args!("{amount:07}")),
            false => self.set_at(position, amount),
        }
    }

    /// The same where there is an amount.
    pub(crate) fn money_if(&mut self, name: &'static str, amount: Option<Yen>) {
        if let Some(amount) = amount {
            self.money(name, amount);
        }
    }

    /// What is written by `write` is of a block: its identifiers begin with `_`.
    pub(crate) fn in_block(&mut self, block: &'static str, write: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.block, block);
        write(self);
        self.block = outside;
    }

    /// 氏名 in its two fields, of a block (`insured_`, `sp_`).
    pub(crate) fn name(&mut self, block: &'static str, name: &PersonName) {
        self.in_block(block, |writer| {
            writer.set("_name_kana", &name.kana);
            writer.set("_name_kanji", &name.kanji);
        });
    }

    /// The most a field of yen holds.
    pub(crate) fn amount_max(&self, name: &'static str) -> i64 {
        let field = self.layout.position(name).and_then(|position| self.layout.field(position));
        field.map_or(i64::MAX, FieldRule::amount_max)
    }

    /// A day in its two fields, 元号 and 年月日.
    pub(crate) fn date(&mut self, era_name: &'static str, day: Date) {
        let position = self.place(era_name);
        if let Some((position, wareki)) = position.zip(self.accept(Wareki::of(day))) {
            self.set_at(position, wareki.era.filing_digit());
            let six_digits = format_args!("{:02}{:02}{:02}", wareki.year, wareki.month, wareki.day);
            self.set_at(position.saturating_add(1), six_digits);
        }
    }

    /// The same where there is a day.
    pub(crate) fn date_if(&mut self, era_name: &'static str, day: Option<Date>) {
        if let Some(day) = day {
            self.date(era_name, day);
        }
    }

    /// A month in its three fields, 元号, 年 and 月; named by the era of its first day.
    pub(crate) fn month(&mut self, era_name: &'static str, month: Month) {
        let position = self.place(era_name);
        if let Some((position, wareki)) = position.zip(self.accept(Wareki::of(month.first_day()))) {
            self.set_at(position, wareki.era.filing_digit());
            self.set_at(position.saturating_add(1), format_args!("{:02}", wareki.year));
            self.set_at(position.saturating_add(2), format_args!("{:02}", wareki.month));
        }
    }

    /// A number of four, six and one digits in its three fields: at the hyphens, or by length where there are none.
    pub(crate) fn three_parts(&mut self, names: [&'static str; 3], number: &str) {
        let (first, rest) = parts(number, 4);
        let (second, third) = parts(rest, 6);
        for (name, part) in names.into_iter().zip([first, second, third]) {
            self.set(name, part);
        }
    }

    /// The result, or nothing with the failure kept for [`finish`](Self::finish).
    pub(crate) fn accept<T, E: Into<LawError>>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.misfit = Some(error.into())).ok()
    }

    /// 個人番号 or 基礎年金番号, in the fields of a block (`sp_`, or nothing for the insured person).
    pub(crate) fn person_key(&mut self, block: &'static str, key: &PersonKey) {
        self.in_block(block, |writer| match key {
            PersonKey::MyNumber => writer.set("_my_number", MY_NUMBER_PLACEHOLDER),
            PersonKey::BasicPension(number) => {
                let (office, serial) = basic_pension_parts(number);
                writer.set("_basic_pension_no_1", office);
                writer.set("_basic_pension_no_2", serial);
            }
        });
    }

    /// The position of a field by identifier.
    fn place(&mut self, name: &'static str) -> Option<usize> {
        let (block, own) = name.strip_prefix('_').map_or(("", name), |own| (self.block, own));
        let expected = self.after.get(self.last).copied().flatten().filter(|placed| placed.is(block, own));
        let Some(placed) = expected.or_else(|| self.look_up(block, own)) else {
            self.misfit = Some(self.layout.missing(&format!("{block}{own}")));
            return None;
        };
        if let Some(after) = self.after.get_mut(self.last) {
            *after = Some(placed);
        }
        self.last = placed.position;
        Some(placed.position)
    }

    fn look_up(&self, block: &'static str, name: &'static str) -> Option<Placed> {
        let position = self.layout.position_in_block(block, name)?;
        Some(Placed { block, name, position })
    }

    fn set_at(&mut self, position: usize, value: impl Display) {
        if let Some(slot) = self.values.get_mut(position) {
            slot.clear();
            // Writing to a String cannot fail.
            let _ = write!(slot, "{value}");
        }
    }
}
