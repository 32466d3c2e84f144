use std::borrow::Cow;

use kura_yen::{Exact, Rounding};

use super::evaluate::Value;
use super::token::Sign;

/// One step of an explained result: what was computed, and what came out. It becomes words when somebody reads it
/// ([`Step::words`]); while people are paid it is numbers alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Step(pub(super) Taken);

/// A step in numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Taken {
    Read { slot: u16, value: Operand },
    Arithmetic { sign: Sign, left: Exact, right: Exact, result: Exact },
    Compared { sign: Sign, left: Operand, right: Operand, holds: bool },
    Rounded { rounding: Rounding, number: Exact, digits: Exact, result: Exact },
    LookedUp { key: Operand, result: Exact },
    Extreme { name: &'static str, result: Exact },
}

/// A value inside a step.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(Exact),
    Text(Box<str>),
}

/// A step in words, for example `片道距離 × 2` and `64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepWords {
    /// The operation with its operands.
    pub text: String,
    /// What came out, exact.
    pub result: String,
}

impl Step {
    /// The step in words; `name` gives the word for a slot.
    pub fn words<'names>(&self, name: impl Fn(u16) -> Cow<'names, str>) -> StepWords {
        let (text, result) = match &self.0 {
            Taken::Read { slot, value: Operand::Number(number) } => (name(*slot).into_owned(), number.to_string()),
            Taken::Read { slot, value } => (name(*slot).into_owned(), value.words()),
            Taken::Arithmetic { sign, left, right, result } => {
                (format!("{left} {} {right}", mark(*sign)), result.to_string())
            }
            Taken::Compared { sign, left, right, holds } => {
                let text = format!("{} {} {}", left.words(), mark(*sign), right.words());
                (text, if *holds { "はい" } else { "いいえ" }.to_owned())
            }
            Taken::Rounded { rounding, number, digits, result } => {
                (format!("{number} を{}（桁数 {digits}）", rounding_word(*rounding)), result.to_string())
            }
            Taken::LookedUp { key, result } => (format!("参照表（{}）", key.words()), result.to_string()),
            Taken::Extreme { name, result } => ((*name).to_owned(), result.to_string()),
        };
        StepWords { text, result }
    }
}

impl Operand {
    pub(super) fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text.as_ref().into()),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("「{text}」"),
        }
    }
}

fn mark(sign: Sign) -> &'static str {
    match sign {
        Sign::Plus => "＋",
        Sign::Minus => "－",
        Sign::Times => "×",
        Sign::Divide => "÷",
        Sign::Equal => "＝",
        Sign::NotEqual => "≠",
        Sign::Less => "＜",
        Sign::LessOrEqual => "≦",
        Sign::Greater => "＞",
        Sign::GreaterOrEqual => "≧",
    }
}

fn rounding_word(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Down => "切捨て",
        Rounding::Up => "切上げ",
        Rounding::HalfUp => "四捨五入",
        Rounding::HalfDown => "五捨六入",
    }
}
