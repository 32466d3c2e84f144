#![doc = include_str!("../README.md")]

mod amount;
mod cell;
mod chain;
mod choices;
mod code;
mod csv_folder;
mod documentation;
mod finding;
mod header;
mod known;
mod limits;
mod look;
mod number;
mod package;
mod pattern;
mod range;
mod read;
mod row_xml;
mod sheet;
mod sheets;
mod spelling;
mod texts;
mod time;
mod write_csv;
mod write_xlsx;
mod xlsx;

pub use chain::{SCHEMA_VERSION, check_chain, sha256};
pub use csv_folder::NamedFile;
pub use documentation::documentation;
pub use finding::{Finding, Severity};
pub use kura_model::{Book, Row};
pub use read::{Source, read};
pub use spelling::spell;
pub use write_csv::{WrittenFile, write_folder};
pub use write_xlsx::{WriteError, template, write};
