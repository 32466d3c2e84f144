use kura_yen::Exact;

use super::token::{Placed, Sign, Token};
use super::{FORMULA_DEPTH_MAX, FormulaProblem, Problem};

/// A formula as it was written, before names and types are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) position: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(Exact),
    Text(String),
    Name(String),
    Negative(Box<Expression>),
    Operation(Sign, Box<Expression>, Box<Expression>),
    Call(String, Vec<Expression>),
}

pub(super) fn parse(tokens: &[Placed]) -> Result<Expression, FormulaProblem> {
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let expression = parser.comparison()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some((position, _)) => Err(FormulaProblem { position: *position, problem: Problem::Trailing }),
    }
}

struct Parser<'tokens> {
    tokens: &'tokens [Placed],
    at: usize,
    depth: usize,
}

/// One method a level of binding, the loosest first.
impl Parser<'_> {
    fn comparison(&mut self) -> Result<Expression, FormulaProblem> {
        use Sign::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        self.depth = self.depth.saturating_add(1);
        if self.depth > FORMULA_DEPTH_MAX {
            return Err(self.here(Problem::TooDeep));
        }
        let left = self.sum()?;
        let compared = match self.sign(&[Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual]) {
            Some((position, sign)) => operation(position, sign, left, self.sum()?),
            None => left,
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(compared)
    }

    fn sum(&mut self) -> Result<Expression, FormulaProblem> {
        let mut left = self.product()?;
        while let Some((position, sign)) = self.sign(&[Sign::Plus, Sign::Minus]) {
            left = operation(position, sign, left, self.product()?);
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, FormulaProblem> {
        let mut left = self.factor()?;
        while let Some((position, sign)) = self.sign(&[Sign::Times, Sign::Divide]) {
            left = operation(position, sign, left, self.factor()?);
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expression, FormulaProblem> {
        let Some((position, token)) = self.tokens.get(self.at) else { return Err(self.here(Problem::Expected("値"))) };
        let position = *position;
        self.at = self.at.saturating_add(1);
        let kind = match token {
            Token::Number(number) => Kind::Number(*number),
            Token::Text(text) => Kind::Text(text.clone()),
            Token::Sign(Sign::Minus) => Kind::Negative(Box::new(self.factor_after_sign()?)),
            Token::Sign(Sign::Plus) => return self.factor_after_sign(),
            Token::Open => {
                let inner = self.comparison()?;
                self.expect(&Token::Close, "閉じかっこ「)」")?;
                return Ok(inner);
            }
            Token::Name(name) if self.next_is(&Token::Open) => Kind::Call(name.clone(), self.arguments()?),
            Token::Name(name) => Kind::Name(name.clone()),
            _ => return Err(FormulaProblem { position, problem: Problem::Expected("値") }),
        };
        Ok(Expression { position, kind })
    }

    /// `--1` is two levels: signs count as nesting, so that a thousand of them end in an error, not in the stack.
    fn factor_after_sign(&mut self) -> Result<Expression, FormulaProblem> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > FORMULA_DEPTH_MAX {
            return Err(self.here(Problem::TooDeep));
        }
        let factor = self.factor()?;
        self.depth = self.depth.saturating_sub(1);
        Ok(factor)
    }

    fn arguments(&mut self) -> Result<Vec<Expression>, FormulaProblem> {
        self.at = self.at.saturating_add(1);
        let mut arguments = Vec::new();
        if self.next_is(&Token::Close) {
            self.at = self.at.saturating_add(1);
            return Ok(arguments);
        }
        loop {
            arguments.push(self.comparison()?);
            if self.next_is(&Token::Comma) {
                self.at = self.at.saturating_add(1);
            } else {
                self.expect(&Token::Close, "「,」か閉じかっこ「)」")?;
                return Ok(arguments);
            }
        }
    }

    fn sign(&mut self, wanted: &[Sign]) -> Option<(usize, Sign)> {
        match self.tokens.get(self.at) {
            Some((position, Token::Sign(sign))) if wanted.contains(sign) => {
                self.at = self.at.saturating_add(1);
                Some((*position, *sign))
            }
            _ => None,
        }
    }

    fn next_is(&self, wanted: &Token) -> bool {
        self.tokens.get(self.at).is_some_and(|(_, token)| token == wanted)
    }

    fn expect(&mut self, wanted: &Token, name: &'static str) -> Result<(), FormulaProblem> {
        if !self.next_is(wanted) {
            return Err(self.here(Problem::Expected(name)));
        }
        self.at = self.at.saturating_add(1);
        Ok(())
    }

    /// A problem at the next token, or just after the last one.
    fn here(&self, problem: Problem) -> FormulaProblem {
        let next = self.tokens.get(self.at).map(|(position, _)| *position);
        let after_last = || self.tokens.last().map_or(1, |(position, _)| position.saturating_add(1));
        FormulaProblem { position: next.unwrap_or_else(after_last), problem }
    }
}

fn operation(position: usize, sign: Sign, left: Expression, right: Expression) -> Expression {
    Expression { position, kind: Kind::Operation(sign, Box::new(left), Box::new(right)) }
}
