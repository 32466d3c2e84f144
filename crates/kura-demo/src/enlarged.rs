use std::collections::HashMap;

use kura_model::{Book, CustomFields, Facts, Row, RowSink, RowSource, SheetSchema, Text, Value, Values};

/// The same client with as many people as asked: everybody again and again, under new 社員番号 (`T031`, `1-T031`, `2-T031`, ...), with all
/// their rows. For measuring; the people beyond the book's own say nothing that the book's own do not say.
#[must_use]
pub fn enlarged(book: &Book, people: usize) -> Book {
    let places = book.employees.iter().enumerate().map(|(at, row)| (row.employee_code.as_str().to_owned(), at));
    let mut copies = Copies { places: places.collect(), people, sheets: Vec::new(), next: 0 };
    book.write(&mut copies);
    Book::read(&mut copies)
}

struct Copies {
    /// The place of each of the book's own people.
    places: HashMap<String, usize>,
    people: usize,
    sheets: Vec<Vec<Cells>>,
    next: usize,
}

type Cells = (Vec<Option<Value>>, CustomFields);

impl RowSink for Copies {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        self.sheets.push(rows.iter().map(|row| (row.facts.to_values(), row.facts.custom().clone())).collect());
    }
}

impl RowSource for Copies {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let rows = self.sheets.get_mut(self.next).map(std::mem::take).unwrap_or_default();
        self.next = self.next.saturating_add(1);
        let rounds = self.people.div_ceil(self.places.len().max(1)).max(1);
        let copies = (0..rounds).flat_map(|round| rows.iter().map(move |row| (round, row)));
        let copies = copies.filter_map(|(round, row)| self.copy(T::SCHEMA, round, row));
        copies.filter_map(|mut values| T::from_values(&mut values)).map(Row::from).collect()
    }
}

impl Copies {
    /// A row once more for the person of that round; a row that names nobody stands once.
    fn copy(&self, schema: &SheetSchema, round: usize, (cells, custom): &Cells) -> Option<Values> {
        let column = schema.columns.iter().position(|column| column.identifier == "employee_code");
        let named = column.and_then(|at| Some((at, cells.get(at)?.as_ref()?)));
        let code = match named {
            Some((_, Value::Text(code))) => Some(code.as_str()),
            _ => None,
        };
        let place = code.and_then(|code| self.places.get(code));
        let stays = match place {
            Some(place) => round.saturating_mul(self.places.len()).saturating_add(*place) < self.people,
            None => round == 0,
        };
        let mut values = stays.then(|| Values::empty(schema.columns.len()))?;
        for (at, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell {
                values.set(at, cell.clone());
            }
        }
        if let (Some((at, _)), Some(code), true) = (named, code, round > 0) {
            values.set(at, Value::Text(Text::from(format!("{round}-{code}").as_str())));
        }
        *values.custom_mut() = custom.clone();
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_comes_with_all_rows() {
        let book = crate::books(kura_law::Law::embedded().unwrap()).unwrap().remove(1).book;
        let of_first =
            |book: &Book, code: &str| book.fixed_pays.iter().filter(|row| row.employee_code.as_str() == code).count();
        let first = book.employees[0].employee_code.to_string();
        let large = enlarged(&book, 100);
        assert_eq!(large.employees.len(), 100);
        assert_eq!(large.employees[40].employee_code.as_str(), format!("1-{first}"));
        assert_eq!(of_first(&large, &format!("2-{first}")), of_first(&book, &first));
        assert_eq!(large.pay_items, book.pay_items);
        assert!(enlarged(&book, book.employees.len()) == book);
        assert_eq!(enlarged(&book, 3).employees.len(), 3);
    }
}
