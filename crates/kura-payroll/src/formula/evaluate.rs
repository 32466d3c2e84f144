use std::borrow::Cow;

use kura_yen::{Exact, Rounding, YenError};

use super::check::{Formula, Node};
use super::token::Sign;

/// A value of a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'facts> {
    /// 数値.
    Number(Exact),
    /// 文字.
    Text(Cow<'facts, str>),
}

/// The values of one person and month.
pub trait Values {
    /// The value of a slot; `None` when the cell is empty: unknown, not 0.
    fn value(&self, slot: u16) -> Option<Value<'_>>;
    /// The value of a 参照表 for a key, at the day of the run; `None` when the table has no row for the key.
    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact>;
}

/// Why a formula has no value for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationProblem {
    /// A value the formula needs is unknown.
    #[error("式に必要な値が空欄です。値がないときは0と書いてください。")]
    Unknown {
        /// The slot of the value.
        slot: u16,
    },
    /// A 参照表 has no row for the key.
    #[error("参照表に、このキーの行がありません。行を加えるか、キーのつづりを確かめてください。")]
    NoRow {
        /// The number of the table.
        table: u16,
    },
    /// Digits of ROUND outside −9 to 9, or with a fraction.
    #[error("ROUND・ROUNDUP・ROUNDDOWNの桁数は−9から9までの整数です。")]
    Digits,
    /// Division by zero, or a number beyond every range.
    #[error(transparent)]
    Number(#[from] YenError),
}

/// One step of an explained result: what was computed, and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The operation with its operands, for example `片道距離 × 2`.
    pub text: String,
    /// What came out, exact.
    pub result: String,
}

impl Formula {
    /// The exact value for one person and month.
    pub fn evaluate(&self, values: &impl Values) -> Result<Exact, EvaluationProblem> {
        number(&self.root, values, &mut ())
    }

    /// The same value with every step that led to it; `name` gives the word for a slot.
    pub fn explain<'names>(
        &self,
        values: &impl Values,
        name: impl Fn(u16) -> Cow<'names, str>,
    ) -> Result<(Exact, Vec<Step>), EvaluationProblem> {
        let mut steps = Steps { name, steps: Vec::new() };
        let result = number(&self.root, values, &mut steps)?;
        Ok((result, steps.steps))
    }
}

/// Who listens to the steps: nobody (and the compiler leaves the words out), or the trace.
trait Listener {
    fn heard(&mut self, step: impl FnOnce() -> (String, String));
    fn word(&self, slot: u16) -> String;
}

impl Listener for () {
    fn heard(&mut self, _: impl FnOnce() -> (String, String)) {}
    fn word(&self, _: u16) -> String {
        String::new()
    }
}

struct Steps<F> {
    name: F,
    steps: Vec<Step>,
}

impl<'names, F: Fn(u16) -> Cow<'names, str>> Listener for Steps<F> {
    fn heard(&mut self, step: impl FnOnce() -> (String, String)) {
        let (text, result) = step();
        self.steps.push(Step { text, result });
    }

    fn word(&self, slot: u16) -> String {
        (self.name)(slot).into_owned()
    }
}

fn number(node: &Node, values: &impl Values, listener: &mut impl Listener) -> Result<Exact, EvaluationProblem> {
    match node {
        Node::Number(number) => Ok(*number),
        Node::Slot(slot) => match values.value(*slot) {
            Some(Value::Number(number)) => {
                let word = listener.word(*slot);
                listener.heard(|| (word, number.to_string()));
                Ok(number)
            }
            _ => Err(EvaluationProblem::Unknown { slot: *slot }),
        },
        Node::Negative(inner) => Ok(number(inner, values, listener)?.negated()?),
        Node::Arithmetic(sign, left, right) => {
            let (left, right) = (number(left, values, listener)?, number(right, values, listener)?);
            let result = arithmetic(*sign, left, right)?;
            listener.heard(|| (format!("{left} {} {right}", mark(*sign)), result.to_string()));
            Ok(result)
        }
        Node::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            number(if truth(condition, values, listener)? { yes } else { no }, values, listener)
        }
        Node::Least(nodes) => extreme("MIN", nodes, values, listener, |best, next| next < best),
        Node::Greatest(nodes) => extreme("MAX", nodes, values, listener, |best, next| next > best),
        Node::Round(rounding, inner, digits) => {
            let (inner, digits) = (number(inner, values, listener)?, number(digits, values, listener)?);
            let result = round(inner, digits, *rounding)?;
            listener.heard(|| (format!("{inner} を{}（桁数 {digits}）", rounding_word(*rounding)), result.to_string()));
            Ok(result)
        }
        Node::Table(table, key) => {
            let key = value(key, values, listener)?;
            let result = values.look_up(*table, &key).ok_or(EvaluationProblem::NoRow { table: *table })?;
            listener.heard(|| (format!("参照表（{}）", value_word(&key)), result.to_string()));
            Ok(result)
        }
        // The checker lets nothing else stand where a number is wanted.
        Node::Text(_) | Node::Compare(..) | Node::All(_) | Node::Any(_) | Node::Not(_) => {
            Err(EvaluationProblem::Number(YenError::NotADecimal))
        }
    }
}

fn truth(node: &Node, values: &impl Values, listener: &mut impl Listener) -> Result<bool, EvaluationProblem> {
    match node {
        Node::Compare(sign, left, right) => {
            let (left, right) = (value(left, values, listener)?, value(right, values, listener)?);
            let result = compare(*sign, &left, &right);
            listener.heard(|| {
                let text = format!("{} {} {}", value_word(&left), mark(*sign), value_word(&right));
                (text, if result { "はい" } else { "いいえ" }.to_owned())
            });
            Ok(result)
        }
        Node::All(nodes) => {
            for node in nodes {
                if !truth(node, values, listener)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Node::Any(nodes) => {
            for node in nodes {
                if truth(node, values, listener)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Node::Not(inner) => Ok(!truth(inner, values, listener)?),
        Node::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            truth(if truth(condition, values, listener)? { yes } else { no }, values, listener)
        }
        _ => Err(EvaluationProblem::Number(YenError::NotADecimal)),
    }
}

fn value<'facts>(
    node: &'facts Node,
    values: &'facts impl Values,
    listener: &mut impl Listener,
) -> Result<Value<'facts>, EvaluationProblem> {
    match node {
        Node::Text(text) => Ok(Value::Text(Cow::Borrowed(text))),
        Node::Slot(slot) => values.value(*slot).ok_or(EvaluationProblem::Unknown { slot: *slot }),
        Node::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            value(if truth(condition, values, listener)? { yes } else { no }, values, listener)
        }
        _ => number(node, values, listener).map(Value::Number),
    }
}

fn extreme(
    name: &str,
    nodes: &[Node],
    values: &impl Values,
    listener: &mut impl Listener,
    better: impl Fn(Exact, Exact) -> bool,
) -> Result<Exact, EvaluationProblem> {
    let mut best: Option<Exact> = None;
    for node in nodes {
        let next = number(node, values, listener)?;
        best = Some(match best {
            Some(best) if !better(best, next) => best,
            _ => next,
        });
    }
    let best = best.ok_or(EvaluationProblem::Number(YenError::NotADecimal))?;
    listener.heard(|| (name.to_owned(), best.to_string()));
    Ok(best)
}

fn arithmetic(sign: Sign, left: Exact, right: Exact) -> Result<Exact, YenError> {
    match sign {
        Sign::Plus => left.plus(right),
        Sign::Minus => left.minus(right),
        Sign::Times => left.times(right),
        _ => left.divided_by(right),
    }
}

fn compare(sign: Sign, left: &Value<'_>, right: &Value<'_>) -> bool {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Number(_), Value::Text(_)) => std::cmp::Ordering::Less,
        (Value::Text(_), Value::Number(_)) => std::cmp::Ordering::Greater,
    };
    match sign {
        Sign::Equal => order.is_eq(),
        Sign::NotEqual => order.is_ne(),
        Sign::Less => order.is_lt(),
        Sign::LessOrEqual => order.is_le(),
        Sign::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// Rounds at a decimal place as a spreadsheet does: 0 whole, 1 one decimal, −2 hundreds; the magnitude counts.
fn round(number: Exact, digits: Exact, rounding: Rounding) -> Result<Exact, EvaluationProblem> {
    let digits = if digits.is_whole() { digits.round(Rounding::Down)?.get() } else { i64::MAX };
    if !(-9..=9).contains(&digits) {
        return Err(EvaluationProblem::Digits);
    }
    let places = u32::try_from(digits.unsigned_abs()).unwrap_or_default();
    let scale = 10_i64.saturating_pow(places);
    if digits >= 0 {
        let scaled = number.times_integer(scale)?.round(rounding)?;
        Ok(scaled.exact().divided_by_integer(scale)?)
    } else {
        Ok(number.round_to(scale, rounding)?.exact())
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

fn value_word(value: &Value<'_>) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("「{text}」"),
    }
}
