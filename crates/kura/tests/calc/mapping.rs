//! The mapping of the page: which question a row of a vector file is, and which result it expects.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::page::{PAGE, blocks};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    #[serde(rename = "file")]
    pub(crate) files: Vec<File>,
    #[serde(rename = "vector")]
    pub(crate) vectors: Vec<Vector>,
}

/// A vector file and the meaning of its columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) rows: usize,
    pub(crate) id: String,
    pub(crate) kind: Option<String>,
    pub(crate) item: Option<String>,
    pub(crate) inputs: Option<String>,
    pub(crate) expected: Option<String>,
}

/// One kind of row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vector {
    pub(crate) file: String,
    pub(crate) kind: Option<String>,
    pub(crate) question: String,
    pub(crate) result: Option<ResultPath>,
    #[serde(default)]
    pub(crate) compare: Vec<Compare>,
    #[serde(default)]
    pub(crate) unused: Vec<String>,
}

/// The path of the value that must be `expected`: one, or one an item.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum ResultPath {
    One(String),
    OfItem(BTreeMap<String, String>),
}

/// A value beside `expected`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compare {
    pub(crate) cell: String,
    pub(crate) result: String,
    #[serde(rename = "as")]
    pub(crate) spelling: Option<String>,
    pub(crate) text: Option<String>,
}

impl Mapping {
    pub(crate) fn of_the_page() -> Self {
        let blocks = blocks(PAGE, "toml");
        assert_eq!(blocks.len(), 1, "the page has one mapping");
        toml::from_str(blocks[0]).unwrap()
    }

    /// The vector of a row; every row has exactly one.
    pub(crate) fn vector(&self, file: &File, row: &Row) -> &Vector {
        let kind = file.kind.as_ref().map(|column| row.columns[column].as_str());
        let mut found = self.vectors.iter().filter(|vector| vector.file == file.name && vector.kind.as_deref() == kind);
        let vector = found.next().unwrap_or_else(|| panic!("{}: no vector for kind {kind:?}", file.name));
        assert!(found.next().is_none(), "{}: two vectors for kind {kind:?}", file.name);
        vector
    }
}

impl Vector {
    /// All comparisons of a row: the `result` of its item, and the others.
    pub(crate) fn comparisons(&self, file: &File, row: &Row) -> Vec<Compare> {
        let path = self.result.as_ref().map(|result| match result {
            ResultPath::One(path) => path,
            ResultPath::OfItem(paths) => {
                let item = &row.columns[file.item.as_ref().expect("a column of items")];
                paths.get(item).unwrap_or_else(|| panic!("{}: no result for item {item}", file.name))
            }
        });
        let expected = path.map(|path| Compare {
            cell: file.expected.clone().expect("a column of expected values"),
            result: path.clone(),
            spelling: None,
            text: None,
        });
        let all: Vec<Compare> = expected.into_iter().chain(self.compare.iter().cloned()).collect();
        assert!(!all.is_empty(), "{}: a vector compares nothing", file.name);
        all
    }
}

/// A row of a vector file.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) columns: BTreeMap<String, String>,
    /// The keys of `inputs`.
    pub(crate) inputs: BTreeMap<String, String>,
}

impl Row {
    pub(crate) fn all(file: &File, csv: &str) -> Vec<Self> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows = reader.deserialize::<BTreeMap<String, String>>().map(|columns| {
            let columns = columns.unwrap();
            let inputs = file.inputs.as_ref().map_or("", |column| &columns[column]);
            let inputs = inputs.split(';').filter(|pair| !pair.is_empty()).map(|pair| {
                let (key, value) = pair.split_once('=').unwrap();
                (key.to_owned(), value.to_owned())
            });
            let inputs = inputs.collect();
            Self { columns, inputs }
        });
        rows.collect()
    }

    /// The value of a key or column; nothing when it is empty.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let value = self.inputs.get(name).or_else(|| self.columns.get(name))?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }
}
