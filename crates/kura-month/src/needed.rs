use kura_calendar::Date;
use kura_model::{Establishment, PayGroup, PayItem};

use crate::known::{Known, RowNumbers};
use crate::stop::Stop;

/// The cells of one row that a calculation needs. What is empty is gathered: whoever fills the sheet in learns of all of it at once.
#[derive(Debug)]
pub(crate) struct Needed {
    sheet: &'static str,
    row: Option<u32>,
    /// Whose row it is, by codes.
    whose: String,
    stops: Vec<Stop>,
}

impl Needed {
    /// The row of 給与規程 in force on a day.
    pub(crate) fn of_pay_group(known: &Known, group: &PayGroup, on: Date) -> Self {
        let PayGroup { client_code, pay_group_code, .. } = group;
        let row = number(&known.pay_group_rows, &(client_code.clone(), pay_group_code.clone()), on);
        Self::of_row("給与規程", row, format!("会社{client_code} 給与体系{pay_group_code}: "))
    }

    /// The row of 支給控除項目 in force on a day.
    pub(crate) fn of_pay_item(known: &Known, item: &PayItem, on: Date) -> Self {
        let PayItem { client_code, item_code, pay_group_code, .. } = item;
        let key = (client_code.clone(), item_code.clone(), pay_group_code.clone());
        let row = number(&known.pay_item_rows, &key, on);
        Self::of_row("支給控除項目", row, format!("会社{client_code} 項目{item_code}: "))
    }

    /// The row of 事業所 in force on a day.
    pub(crate) fn of_establishment(known: &Known, establishment: &Establishment, on: Date) -> Self {
        let Establishment { client_code, establishment_code, .. } = establishment;
        let row = number(&known.establishment_rows, &(client_code.clone(), establishment_code.clone()), on);
        Self::of_row("事業所", row, format!("会社{client_code} 事業所{establishment_code}: "))
    }

    /// A row of another sheet.
    pub(crate) fn of_row(sheet: &'static str, row: Option<u32>, whose: String) -> Self {
        Self { sheet, row, whose, stops: Vec::new() }
    }

    /// What stands in a cell. An empty one is gathered.
    pub(crate) fn cell<T>(&mut self, value: Option<T>, column: &'static str) -> Option<T> {
        if value.is_none() {
            self.stop(Stop::unknown(self.sheet, self.row, column));
        }
        value
    }

    /// What was computed from the cells. A failure is gathered.
    pub(crate) fn computed<T, E: Into<Stop>>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.stop(error.into())).ok()
    }

    /// Gathers what stops the row.
    pub(crate) fn stop(&mut self, stop: Stop) {
        self.stops.push(Stop { row: stop.row.or(self.row), ..stop });
    }

    /// What was made of the cells for one person, or the first thing that stops it.
    pub(crate) fn of_person<T>(self, made: Option<T>) -> Result<T, Stop> {
        made.ok_or_else(|| self.stops.into_iter().next().unwrap_or_else(|| Stop::unknown(self.sheet, self.row, "")))
    }

    /// All that was gathered, each with whose row it is.
    pub(crate) fn into_stops(self) -> Vec<Stop> {
        let told = |stop: Stop| Stop { sentence: format!("{}{}", self.whose, stop.sentence), ..stop };
        self.stops.into_iter().map(told).collect()
    }
}

impl Known {
    /// The row of 事業所 in force on a day, as people count rows.
    pub(crate) fn establishment_row(&self, establishment: &Establishment, on: Date) -> Option<u32> {
        let key = (establishment.client_code.clone(), establishment.establishment_code.clone());
        number(&self.establishment_rows, &key, on)
    }
}

/// A row that stands in no sheet yet has no number.
fn number<K: Ord>(rows: &RowNumbers<K>, key: &K, on: Date) -> Option<u32> {
    rows.get(key)?.on(on).copied().filter(|number| *number > 0)
}
