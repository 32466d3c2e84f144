//! 給与計算: the named people of the demo clients by a second method, every rule by a table, every refusal, properties.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod absence;
#[path = "../law/altered.rs"]
mod altered;
mod by_parts;
mod clients;
mod commission;
mod comparable_wage;
mod deductions;
mod demo_001;
mod demo_002;
mod demo_003;
mod demo_003_leavers;
mod demo_004;
mod errors;
mod fixed_overtime;
mod formulas;
#[path = "../law/mod.rs"]
mod law;
mod overtime;
mod people;
mod properties;
mod proration;
mod second;
mod tax_free;
