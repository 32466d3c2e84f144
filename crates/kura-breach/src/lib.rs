#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod assess;
mod clock;
mod error;
mod incident;
mod item;

pub use assess::{Assessment, Verdict, assess};
pub use clock::{Clock, GuideDays, Limit, breach_clock, delegator_notice, final_report, prompt_report};
pub use error::BreachError;
pub use incident::{ClientClass, Fact, Incident, Kind, Persons, PropertyRisk};
pub use item::{Certainty, FoundItem, Item, Regime, Scope};
