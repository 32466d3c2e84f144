//! What a plan of pay and a plan of a bonus have alike: items with formulas, the names in them, 参照表, and what can be wrong
//! with all of that before anybody is paid.

mod items;
mod lookup_table;
mod names;
mod problem;

pub use items::ItemInput;
pub(crate) use items::compiled;
pub use lookup_table::LookupTable;
pub use names::FactName;
pub(crate) use names::{OWN_WORD_SLOT, OwnWord, PlanNames, PlanValues};
pub use problem::PlanProblem;
