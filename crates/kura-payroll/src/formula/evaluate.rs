use std::borrow::Cow;

use kura_yen::{Exact, Rounding, YenError};

use super::check::{Formula, Node};
use super::step::{Operand, Step, Taken};
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
    /// The key of a 参照表 is empty: nothing to look up.
    #[error("参照表のキーが空です。キーになる値を記入するか、IFで空の場合の値を書いてください。")]
    NoKey {
        /// The number of the table.
        table: u16,
    },
    /// Digits of ROUND outside −9 to 9, or with a fraction.
    #[error("ROUND・ROUNDUP・ROUNDDOWNの桁数は−9から9までの整数です。")]
    Digits,
    /// Division by zero, or a number beyond every range.
    #[error("{0}{remedy}", remedy = .0.remedy())]
    Number(#[from] YenError),
}

impl Formula {
    /// The exact value for one person and month.
    pub fn evaluate(&self, values: &impl Values) -> Result<Exact, EvaluationProblem> {
        number(&self.root, values, &mut ())
    }

    /// The same value, with every step that led to it added to `steps`.
    pub fn explain(&self, values: &impl Values, steps: &mut Vec<Step>) -> Result<Exact, EvaluationProblem> {
        number(&self.root, values, steps)
    }
}

/// Who listens to the steps: nobody (and the compiler leaves the steps out), or the trace.
trait Listener {
    fn heard(&mut self, step: impl FnOnce() -> Taken);
}

impl Listener for () {
    fn heard(&mut self, _: impl FnOnce() -> Taken) {}
}

impl Listener for Vec<Step> {
    fn heard(&mut self, step: impl FnOnce() -> Taken) {
        self.push(Step(step()));
    }
}

fn number(node: &Node, values: &impl Values, listener: &mut impl Listener) -> Result<Exact, EvaluationProblem> {
    match node {
        Node::Number(number) => Ok(*number),
        Node::Slot(slot) => match values.value(*slot) {
            Some(Value::Number(number)) => {
                listener.heard(|| Taken::Read { slot: *slot, value: Operand::Number(number) });
                Ok(number)
            }
            _ => Err(EvaluationProblem::Unknown { slot: *slot }),
        },
        Node::Negative(inner) => Ok(number(inner, values, listener)?.negated()?),
        Node::Arithmetic(sign, left, right) => {
            let (left, right) = (number(left, values, listener)?, number(right, values, listener)?);
            let result = arithmetic(*sign, left, right)?;
            listener.heard(|| Taken::Arithmetic { sign: *sign, left, right, result });
            Ok(result)
        }
        Node::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            number(if truth(condition, values, listener)? { yes } else { no }, values, listener)
        }
        Node::Least(nodes) => extreme("MIN", nodes, values, listener, |best, next| next < best),
        Node::Greatest(nodes) => extreme("MAX", nodes, values, listener, |best, next| next > best),
        Node::Round(rounding, inner, digits) => {
            let (number, digits) = (number(inner, values, listener)?, number(digits, values, listener)?);
            let result = round(number, digits, *rounding)?;
            listener.heard(|| Taken::Rounded { rounding: *rounding, number, digits, result });
            Ok(result)
        }
        Node::Table(table, key) => {
            let key = value(key, values, listener)?;
            let result = values.look_up(*table, &key).ok_or_else(|| no_row(*table, &key))?;
            listener.heard(|| Taken::LookedUp { key: Operand::of(&key), result });
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
                let (left, right) = (Operand::of(&left), Operand::of(&right));
                Taken::Compared { sign: *sign, left, right, holds: result }
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

fn no_row(table: u16, key: &Value<'_>) -> EvaluationProblem {
    match key {
        Value::Text(text) if text.is_empty() => EvaluationProblem::NoKey { table },
        _ => EvaluationProblem::NoRow { table },
    }
}

fn extreme(
    name: &'static str,
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
    listener.heard(|| Taken::Extreme { name, result: best });
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
