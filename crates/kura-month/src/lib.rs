#![doc = include_str!("../README.md")]

mod attendance;
mod bank;
mod bonus;
mod checklist;
mod client_month;
mod commuting;
mod comparison;
mod contracts;
mod correction;
mod decisions;
mod filing_desk;
mod filings;
mod formula_facts;
mod history;
mod inhabitant_tax;
mod item_amounts;
mod known;
mod lists;
mod month;
mod next_book;
mod output;
mod outputs;
mod pay_group;
mod payslip;
mod person;
mod premiums;
mod schedule;
mod slip_record;
mod stop;
mod wording;

pub use bonus::run_bonus;
pub use correction::run_provisional;
pub use lists::ListFile;
pub use month::{MonthRequest, MonthResult, PayslipPrint, SlipLine, noon, run, settle};
pub use output::OutputFile;
