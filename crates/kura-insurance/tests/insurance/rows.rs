//! Reading of the vector files: one map a row, and the `key=value;...` inputs of a row.

use std::collections::HashMap;

use kura_calendar::{Date, Month, parse_iso_date, parse_iso_month};
use kura_law::Law;
use kura_yen::{Exact, Yen};

pub(crate) fn law() -> &'static Law {
    Law::embedded().expect("the embedded pack is read")
}

pub(crate) fn month(text: &str) -> Month {
    parse_iso_month(text).unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

/// A row of a vector file.
pub(crate) struct Row {
    cells: HashMap<String, String>,
    inputs: HashMap<String, String>,
}

impl Row {
    pub(crate) fn all(csv: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        reader.records().map(|record| Row::new(&header, &record.unwrap())).collect()
    }

    fn new(header: &csv::StringRecord, record: &csv::StringRecord) -> Row {
        let cells: HashMap<String, String> =
            header.iter().zip(record).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
        let pairs = cells["inputs"].split(';').map(|pair| pair.split_once('=').expect("inputs are key=value"));
        let inputs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Row { cells, inputs }
    }

    pub(crate) fn cell(&self, name: &str) -> &str {
        &self.cells[name]
    }

    pub(crate) fn input(&self, name: &str) -> &str {
        &self.inputs[name]
    }

    pub(crate) fn given(&self, name: &str) -> bool {
        self.inputs.contains_key(name)
    }

    pub(crate) fn yen(&self, name: &str) -> Yen {
        Yen::new(self.input(name).parse().unwrap())
    }

    pub(crate) fn number(&self, name: &str) -> i64 {
        self.input(name).parse().unwrap()
    }

    pub(crate) fn exact(&self, name: &str) -> Exact {
        Exact::parse(self.input(name)).unwrap()
    }

    pub(crate) fn per_cent(&self, name: &str) -> Exact {
        self.exact(name).divided_by_integer(100).unwrap()
    }

    pub(crate) fn per_mille(&self, name: &str) -> Exact {
        self.exact(name).divided_by_integer(1000).unwrap()
    }

    /// 0/1, True.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.inputs.get(name).map(String::as_str) {
            Some("1" | "True") => true,
            None | Some("0") => false,
            Some(other) => panic!("not a flag: {other}"),
        }
    }

    /// The row's date as a premium month or payment month.
    pub(crate) fn month(&self) -> Month {
        month(self.cell("date"))
    }

    /// The row's date as a day.
    pub(crate) fn day(&self) -> Date {
        date(self.cell("date"))
    }
}
