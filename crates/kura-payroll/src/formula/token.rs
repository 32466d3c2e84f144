use kura_yen::Exact;

use super::{FORMULA_CHARACTERS_MAX, FormulaProblem, Problem};

/// A word of the formula language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Exact),
    Text(String),
    Name(String),
    Sign(Sign),
    Comma,
    Open,
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A token with its place (character position from 1).
pub(super) type Placed = (usize, Token);

pub(super) fn tokens(source: &str) -> Result<Vec<Placed>, FormulaProblem> {
    let characters: Vec<char> = source.chars().collect();
    if characters.len() > FORMULA_CHARACTERS_MAX {
        return Err(FormulaProblem { position: FORMULA_CHARACTERS_MAX, problem: Problem::TooLong });
    }
    let mut reader = Reader { characters: &characters, at: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next_token()? {
        tokens.push(token);
    }
    match tokens.is_empty() {
        true => Err(FormulaProblem { position: 1, problem: Problem::Empty }),
        false => Ok(tokens),
    }
}

struct Reader<'source> {
    characters: &'source [char],
    at: usize,
}

impl Reader<'_> {
    fn next_token(&mut self) -> Result<Option<Placed>, FormulaProblem> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at = self.at.saturating_add(1);
        }
        let position = self.at.saturating_add(1);
        let Some(first) = self.take() else { return Ok(None) };
        let token = match first {
            '"' | '”' | '“' => Token::Text(self.until(&['"', '”', '“'], position)?),
            '「' => Token::Name(self.until(&['」'], position)?),
            '0'..='9' => self.number(first, position)?,
            ',' | '、' => Token::Comma,
            '(' => Token::Open,
            ')' => Token::Close,
            '+' => Token::Sign(Sign::Plus),
            '-' | '−' => Token::Sign(Sign::Minus),
            '*' | '×' => Token::Sign(Sign::Times),
            '/' | '÷' => Token::Sign(Sign::Divide),
            '=' => Token::Sign(Sign::Equal),
            '≠' => Token::Sign(Sign::NotEqual),
            '≦' | '≤' => Token::Sign(Sign::LessOrEqual),
            '≧' | '≥' => Token::Sign(Sign::GreaterOrEqual),
            '<' => Token::Sign(self.either(&[('=', Sign::LessOrEqual), ('>', Sign::NotEqual)], Sign::Less)),
            '>' => Token::Sign(self.either(&[('=', Sign::GreaterOrEqual)], Sign::Greater)),
            letter if is_name_start(letter) => Token::Name(self.name(letter)),
            other => return Err(FormulaProblem { position, problem: Problem::Character(other) }),
        };
        Ok(Some((position, token)))
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied().map(half_width)
    }

    fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at = self.at.saturating_add(1);
        Some(next)
    }

    fn either(&mut self, second: &[(char, Sign)], alone: Sign) -> Sign {
        match second.iter().find(|(character, _)| self.peek() == Some(*character)) {
            Some((_, sign)) => {
                self.at = self.at.saturating_add(1);
                *sign
            }
            None => alone,
        }
    }

    /// What stands up to the closing quote, as it is written (nothing is folded inside quotes).
    fn until(&mut self, ends: &[char], position: usize) -> Result<String, FormulaProblem> {
        let rest = self.characters.get(self.at..).unwrap_or_default();
        let Some(length) = rest.iter().position(|character| ends.contains(character)) else {
            return Err(FormulaProblem { position, problem: Problem::OpenQuote });
        };
        self.at = self.at.saturating_add(length).saturating_add(1);
        Ok(rest.iter().take(length).collect())
    }

    fn number(&mut self, first: char, position: usize) -> Result<Token, FormulaProblem> {
        let mut digits = String::from(first);
        while let Some(next) = self.peek().filter(|next| next.is_ascii_digit() || *next == '.') {
            digits.push(next);
            self.at = self.at.saturating_add(1);
        }
        let number = Exact::parse(&digits);
        number.map(Token::Number).map_err(|_| FormulaProblem { position, problem: Problem::Number })
    }

    fn name(&mut self, first: char) -> String {
        let mut name = String::from(first);
        while let Some(next) = self.peek().filter(|next| is_name_part(*next)) {
            name.push(next);
            self.at = self.at.saturating_add(1);
        }
        name
    }
}

fn is_name_start(character: char) -> bool {
    character.is_alphabetic() || character == '_' || character == '々'
}

/// `:` belongs to the custom fields (`任意:売上`).
fn is_name_part(character: char) -> bool {
    is_name_start(character) || character.is_numeric() || matches!(character, '・' | ':' | 'ー' | '〜')
}

/// ASCII for its full-width twin: what an input method leaves behind.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            let code = u32::from(character).saturating_sub(0xfee0);
            char::from_u32(code).unwrap_or(character)
        }
        '\u{3000}' => ' ',
        other => other,
    }
}
