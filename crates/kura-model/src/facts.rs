//! The facts themselves: one type a sheet, written by `build.rs` from `schema/*.toml`.

use crate::*;
use kura_calendar::{Date, Month};
use kura_yen::{Exact, Rate, Yen};

include!(concat!(env!("OUT_DIR"), "/facts.rs"));
