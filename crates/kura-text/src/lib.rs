#![doc = include_str!("../README.md")]

mod bank;
mod charset;
mod check;
mod decode;
mod fold;
mod kana;
mod name;
mod piece;
mod problem;
mod proposal;
mod proposal_tables;
mod shift_jis;
mod width;

pub use bank::bank_kana;
pub use charset::Charset;
pub use check::{PROBLEMS_MAX, check, propose};
pub use decode::{DecodeProblem, Encoding, decode};
pub use fold::{fold_header, half_width_code};
pub use kana::{hiragana_to_katakana, is_katakana, to_full_width_kana, to_half_width_kana};
pub use name::{NameForm, check_name_form, is_katakana_name, set_name_space};
pub use problem::{Refusal, TextProblem};
pub use shift_jis::{append_shift_jis, encode_shift_jis, shift_jis_len};
pub use width::convert_width;
