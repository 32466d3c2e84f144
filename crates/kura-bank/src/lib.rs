#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod days;
mod denominations;
mod inhabitant_tax;
mod layout;
mod problem;
mod profile;
mod read;
mod record;
mod split;
mod transfer_file;
mod write;

pub use days::{DayError, data_due, require_bank_day};
pub use denominations::{DenominationError, Denominations, Form, Notes2000, Pieces};
pub use inhabitant_tax::{InhabitantTaxFileRefused, refuse_inhabitant_tax_file};
pub use problem::{BankProblem, PROBLEMS_MAX, RecordKind};
pub use profile::{BankProfile, ClearingHouse, LineEnds};
pub use read::{check, read};
pub use split::{ACCOUNTS_MAX, Part, RankedPart, SplitError, split};
pub use transfer_file::{Account, AccountKind, NewCode, Payer, Payment, TransferFile, TransferKind};
pub use write::write;
