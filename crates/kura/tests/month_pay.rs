//! What a month pays where something happened in it: the real program over one person of a demonstration book, with the facts
//! of the case written into its sheets.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

#[path = "month_pay/case.rs"]
mod case;
#[path = "month_pay/leave.rs"]
mod leave;
#[path = "month_pay/parts_of_the_period.rs"]
mod parts_of_the_period;
#[path = "month_pay/variable_pay.rs"]
mod variable_pay;
