use std::fmt;

use kura_yen::{Exact, Rounding};

use super::parse::{Expression, Kind, parse};
use super::token::{Sign, tokens};
use super::{FormulaProblem, Problem};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// 数値.
    Number,
    /// 文字.
    Text,
    /// 条件: true or false.
    Truth,
}

impl fmt::Display for ValueType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Number => "数値",
            Self::Text => "文字",
            Self::Truth => "条件",
        })
    }
}

/// A name a formula may use: the slot its value stands in when people are paid, and its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Slot of the value.
    pub slot: u16,
    /// Its type.
    pub value_type: ValueType,
}

/// The names a formula may use.
pub trait Names {
    /// A name of an item, an attendance column, a fact or a custom field.
    fn name(&self, name: &str) -> Option<Name>;
    /// The number of a 参照表.
    fn table(&self, table: &str) -> Option<u16>;
}

/// A formula that was read and checked: it yields a number whenever the values it needs are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    pub(super) root: Node,
    slots: Vec<u16>,
}

impl Formula {
    /// The slots of the values the formula may need, each once, in the order of their first use.
    pub fn slots(&self) -> &[u16] {
        &self.slots
    }

    /// True when the formula is a 参照表 and nothing else: an empty key then says that the item is not for this person.
    pub fn is_look_up(&self) -> bool {
        matches!(self.root, Node::Table(..))
    }
}

/// A checked part of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Number(Exact),
    Text(String),
    Slot(u16),
    Negative(Box<Node>),
    Arithmetic(Sign, Box<Node>, Box<Node>),
    Compare(Sign, Box<Node>, Box<Node>),
    If(Box<[Node; 3]>),
    Least(Vec<Node>),
    Greatest(Vec<Node>),
    Round(Rounding, Box<Node>, Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Table(u16, Box<Node>),
}

/// Reads and checks a formula: names, types, numbers of arguments. Its value must be a number.
pub fn compile(source: &str, names: &impl Names) -> Result<Formula, FormulaProblem> {
    let expression = parse(&tokens(source)?)?;
    let mut checker = Checker { names, slots: Vec::new() };
    let root = checker.typed(&expression, ValueType::Number)?;
    Ok(Formula { root, slots: checker.slots })
}

struct Checker<'names, N> {
    names: &'names N,
    slots: Vec<u16>,
}

impl<N: Names> Checker<'_, N> {
    fn typed(&mut self, expression: &Expression, wanted: ValueType) -> Result<Node, FormulaProblem> {
        let (node, found) = self.node(expression)?;
        let problem = Problem::Type { wanted, found };
        if found == wanted { Ok(node) } else { Err(FormulaProblem { position: expression.position, problem }) }
    }

    fn node(&mut self, expression: &Expression) -> Result<(Node, ValueType), FormulaProblem> {
        let fails = |problem| Err(FormulaProblem { position: expression.position, problem });
        Ok(match &expression.kind {
            Kind::Number(number) => (Node::Number(*number), ValueType::Number),
            Kind::Text(text) => (Node::Text(text.clone()), ValueType::Text),
            Kind::Name(name) => match self.names.name(name) {
                Some(known) => (self.slot(known), known.value_type),
                None => return fails(Problem::UnknownName(name.clone())),
            },
            Kind::Negative(inner) => {
                (Node::Negative(Box::new(self.typed(inner, ValueType::Number)?)), ValueType::Number)
            }
            Kind::Operation(sign, left, right) => return self.operation(expression.position, *sign, left, right),
            Kind::Call(function, arguments) => return self.call(expression.position, function, arguments),
        })
    }

    fn slot(&mut self, name: Name) -> Node {
        if !self.slots.contains(&name.slot) {
            self.slots.push(name.slot);
        }
        Node::Slot(name.slot)
    }

    fn operation(
        &mut self,
        position: usize,
        sign: Sign,
        left: &Expression,
        right: &Expression,
    ) -> Result<(Node, ValueType), FormulaProblem> {
        if matches!(sign, Sign::Plus | Sign::Minus | Sign::Times | Sign::Divide) {
            let (left, right) = (self.typed(left, ValueType::Number)?, self.typed(right, ValueType::Number)?);
            return Ok((Node::Arithmetic(sign, Box::new(left), Box::new(right)), ValueType::Number));
        }
        let ((left, left_type), (right, right_type)) = (self.node(left)?, self.node(right)?);
        let ordered = !matches!(sign, Sign::Equal | Sign::NotEqual);
        if left_type != right_type || left_type == ValueType::Truth || (ordered && left_type != ValueType::Number) {
            return Err(FormulaProblem { position, problem: Problem::Unequal });
        }
        Ok((Node::Compare(sign, Box::new(left), Box::new(right)), ValueType::Truth))
    }

    fn call(
        &mut self,
        position: usize,
        function: &str,
        arguments: &[Expression],
    ) -> Result<(Node, ValueType), FormulaProblem> {
        let upper = function.to_ascii_uppercase();
        let wrong = |name, count| Err(FormulaProblem { position, problem: Problem::Arguments(name, count) });
        match (upper.as_str(), arguments) {
            ("IF", [condition, yes, no]) => self.choose(position, condition, yes, no),
            ("IF", _) => wrong("IF", "条件・当たるときの値・当たらないときの値の3つ"),
            ("MIN", [_, ..]) => Ok((Node::Least(self.each(arguments, ValueType::Number)?), ValueType::Number)),
            ("MAX", [_, ..]) => Ok((Node::Greatest(self.each(arguments, ValueType::Number)?), ValueType::Number)),
            ("MIN", _) => wrong("MIN", "1つ以上"),
            ("MAX", _) => wrong("MAX", "1つ以上"),
            ("ROUND", _) => self.round(position, Rounding::HalfUp, "ROUND", arguments),
            ("ROUNDUP", _) => self.round(position, Rounding::Up, "ROUNDUP", arguments),
            ("ROUNDDOWN", _) => self.round(position, Rounding::Down, "ROUNDDOWN", arguments),
            ("AND", [_, ..]) => Ok((Node::All(self.each(arguments, ValueType::Truth)?), ValueType::Truth)),
            ("OR", [_, ..]) => Ok((Node::Any(self.each(arguments, ValueType::Truth)?), ValueType::Truth)),
            ("AND", _) => wrong("AND", "1つ以上"),
            ("OR", _) => wrong("OR", "1つ以上"),
            ("NOT", [truth]) => Ok((Node::Not(Box::new(self.typed(truth, ValueType::Truth)?)), ValueType::Truth)),
            ("NOT", _) => wrong("NOT", "1つ"),
            ("参照表", [table, key]) => self.look_up(table, key),
            ("参照表", _) => wrong("参照表", "引用符で囲んだ表名とキーの2つ"),
            _ => Err(FormulaProblem { position, problem: Problem::UnknownFunction(function.to_owned()) }),
        }
    }

    fn each(&mut self, arguments: &[Expression], wanted: ValueType) -> Result<Vec<Node>, FormulaProblem> {
        arguments.iter().map(|argument| self.typed(argument, wanted)).collect()
    }

    fn choose(
        &mut self,
        position: usize,
        condition: &Expression,
        yes: &Expression,
        no: &Expression,
    ) -> Result<(Node, ValueType), FormulaProblem> {
        let condition = self.typed(condition, ValueType::Truth)?;
        let ((yes, yes_type), (no, no_type)) = (self.node(yes)?, self.node(no)?);
        if yes_type != no_type {
            return Err(FormulaProblem { position, problem: Problem::Unequal });
        }
        Ok((Node::If(Box::new([condition, yes, no])), yes_type))
    }

    fn round(
        &mut self,
        position: usize,
        rounding: Rounding,
        name: &'static str,
        arguments: &[Expression],
    ) -> Result<(Node, ValueType), FormulaProblem> {
        let [number, digits] = arguments else {
            return Err(FormulaProblem { position, problem: Problem::Arguments(name, "数値と桁数の2つ") });
        };
        let (number, digits) = (self.typed(number, ValueType::Number)?, self.typed(digits, ValueType::Number)?);
        Ok((Node::Round(rounding, Box::new(number), Box::new(digits)), ValueType::Number))
    }

    fn look_up(&mut self, table: &Expression, key: &Expression) -> Result<(Node, ValueType), FormulaProblem> {
        let Kind::Text(name) = &table.kind else {
            return Err(FormulaProblem {
                position: table.position, problem: Problem::Expected("引用符で囲んだ表名")
            });
        };
        let Some(number) = self.names.table(name) else {
            return Err(FormulaProblem { position: table.position, problem: Problem::UnknownTable(name.clone()) });
        };
        let (key, key_type) = self.node(key)?;
        if key_type == ValueType::Truth {
            let problem = Problem::Type { wanted: ValueType::Text, found: key_type };
            return Err(FormulaProblem { position: table.position, problem });
        }
        Ok((Node::Table(number, Box::new(key)), ValueType::Number))
    }
}
