//! What a month pays where something happened in it: the real program over one person of a demonstration book, with the facts
//! of the case written into its sheets.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, in its small functions too; it reads and writes the folders of a user"
)]

#[path = "month_pay/average_wage.rs"]
mod average_wage;
#[path = "month_pay/carried.rs"]
mod carried;
#[path = "month_pay/case.rs"]
mod case;
#[path = "month_pay/empty_cells.rs"]
mod empty_cells;
#[path = "month_pay/in_kind.rs"]
mod in_kind;
#[path = "month_pay/leave.rs"]
mod leave;
#[path = "month_pay/parts_of_the_period.rs"]
mod parts_of_the_period;
#[path = "month_pay/premiums.rs"]
mod premiums;
#[path = "month_pay/variable_pay.rs"]
mod variable_pay;
#[path = "month_pay/watch.rs"]
mod watch;
