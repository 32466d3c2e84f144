//! 式: formulas that users write on pay items, in Japanese names and exact decimals.
//!
//! `IF(出勤日数=0,0,MIN(ROUNDDOWN(片道距離*2*出勤日数*15,0),25000))`: read and checked when it is saved, never while people are
//! paid. A formula is at most 1,000 characters and 32 levels deep. An unknown value (an empty cell) stops the formula that
//! really needs it; it is never taken as 0.
//!
//! Language: numbers (`15`, `0.012`), texts (`"2級管工事"`), names (`出勤日数`, `任意:売上`, `「通勤手当（定期）」`), `+ - * /`,
//! `= <> < <= > >=`, `( )`, `IF MIN MAX ROUND ROUNDUP ROUNDDOWN AND OR NOT` and `参照表("表名", キー)`. Full-width signs and
//! digits count as half-width ones.

mod check;
mod evaluate;
mod order;
mod parse;
mod step;
mod token;

pub use check::{Formula, Name, Names, ValueType, compile};
pub use evaluate::{EvaluationProblem, Value, Values};
pub use order::{Cycle, dependency_order};
pub use step::{Step, StepWords};

/// Most characters of a formula.
pub const FORMULA_CHARACTERS_MAX: usize = 1_000;
/// Deepest nesting of a formula.
pub const FORMULA_DEPTH_MAX: usize = 32;

/// What is wrong with a formula, and where (character position from 1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("式の{position}文字目: {problem}")]
pub struct FormulaProblem {
    /// Character position, from 1.
    pub position: usize,
    /// What is wrong.
    pub problem: Problem,
}

/// The kinds of mistakes in a formula; each text says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing written.
    #[error("式が空です。金額の決め方が「式」のときは式を書いてください。")]
    Empty,
    /// More than [`FORMULA_CHARACTERS_MAX`] characters.
    #[error("式は1,000文字までです。項目を分けて短くしてください。")]
    TooLong,
    /// Deeper than [`FORMULA_DEPTH_MAX`].
    #[error("かっこや関数の入れ子は32段までです。項目を分けて浅くしてください。")]
    TooDeep,
    /// A character that has no meaning here.
    #[error("「{0}」は式に使えません。使える記号は + - * / = < > ( ) です。")]
    Character(char),
    /// A text or quoted name without its end.
    #[error("引用符が閉じていません。終わりに引用符を加えてください。")]
    OpenQuote,
    /// A number with too many digits or two points.
    #[error("数値として読めません。整数部と小数部はそれぞれ15桁までです。")]
    Number,
    /// Something else must stand here.
    #[error("ここには{0}が必要です。")]
    Expected(&'static str),
    /// The formula goes on after its end.
    #[error("式の終わりのあとに余分なものがあります。演算子が抜けていないか確かめてください。")]
    Trailing,
    /// No item, attendance column, fact or custom field has this name.
    #[error("「{0}」という項目はありません。支給控除項目・勤怠の見出し・任意項目の名前で書いてください。")]
    UnknownName(String),
    /// No function has this name.
    #[error("「{0}」という関数はありません。使える関数は IF MIN MAX ROUND ROUNDUP ROUNDDOWN AND OR NOT 参照表 です。")]
    UnknownFunction(String),
    /// No 参照表 has this name.
    #[error("「{0}」という参照表はありません。シート「参照表」の表名を確かめてください。")]
    UnknownTable(String),
    /// A function with another number of arguments.
    #[error("{0}の引数の数が違います。{1}にしてください。")]
    Arguments(&'static str, &'static str),
    /// A value of another type.
    #[error("{found}ではなく{wanted}が必要です。")]
    Type {
        /// What must stand here.
        wanted: ValueType,
        /// What stands here.
        found: ValueType,
    },
    /// The two sides of a comparison, or the two branches of an IF, differ in type.
    #[error("左右（またはIFの2つの値）の種類が違います。数値どうし、文字どうしにしてください。")]
    Unequal,
}
