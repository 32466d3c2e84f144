#![doc = include_str!("../README.md")]

mod annual_base;
mod formula_facts;
mod inhabitant_tax;
mod known;
mod month;
mod output;
mod pay_group;
mod payslip;
mod person;
mod premiums;
mod schedule;
mod slip_record;
mod stop;

pub use month::{MonthRequest, MonthResult, PayslipPrint, SlipLine, run};
pub use output::OutputFile;
