use std::borrow::Cow;
use std::io::Read;

/// Why a part of a workbook cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartProblem {
    /// No XML as spreadsheets write it, or cut off.
    Broken,
    /// Beyond the limits.
    TooBig,
}

/// One step through an XML text. Names are local: `x:row` is `row`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'part> {
    /// `<name ...>`, or `<name .../>` when it is closed at once.
    Open { name: &'part str, attributes: Attributes<'part>, closed: bool },
    /// `</name>`.
    Close(&'part str),
    /// What stands between tags, its escapes not yet undone.
    Text(&'part str),
}

/// A walk through an XML text that never holds more than one token of it.
pub(crate) struct Xml<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
}

const CHUNK_BYTES: usize = 128 * 1024;
/// A cell holds at most 32,767 characters.
const TOKEN_BYTES_MAX: usize = 1024 * 1024;

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source, buffer: Vec::new(), at: 0, ended: false }
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'_>>, PartProblem> {
        loop {
            let Some(first) = self.peek(0)? else { return Ok(None) };
            if first != b'<' {
                let end = self.find_or_end(b'<')?;
                return self.text(end, 0).map(|text| Some(Token::Text(text)));
            }
            match self.peek(1)? {
                Some(b'?') => self.skip_past(b"?>")?,
                Some(b'!') if self.starts_with(b"<!--")? => self.skip_past(b"-->")?,
                Some(b'!') if self.starts_with(b"<![CDATA[")? => return self.character_data().map(Some),
                // A document type could define entities without end: spreadsheets have none.
                Some(b'!') | None => return Err(PartProblem::Broken),
                Some(_) => return self.tag().map(Some),
            }
        }
    }

    fn tag(&mut self) -> Result<Token<'_>, PartProblem> {
        let mut end = self.find(b'>', 0)?;
        if self.peek(1)? == Some(b'/') {
            let inside = self.text(end.saturating_add(1), 0)?;
            let name =
                inside.strip_prefix("</").and_then(|inside| inside.strip_suffix('>')).ok_or(PartProblem::Broken)?;
            return Ok(Token::Close(local(name.trim_ascii_end())));
        }
        while !self.quotes_are_closed(end) {
            end = self.find(b'>', end.saturating_add(1))?;
        }
        let inside = self.text(end.saturating_add(1), 0)?;
        let inside = inside.strip_prefix('<').and_then(|inside| inside.strip_suffix('>')).ok_or(PartProblem::Broken)?;
        let (inside, closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_end = inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(name_end).unwrap_or((inside, ""));
        Ok(Token::Open { name: local(name), attributes: Attributes(attributes), closed })
    }

    fn character_data(&mut self) -> Result<Token<'_>, PartProblem> {
        let start = b"<![CDATA[".len();
        let mut end = self.find(b'>', 0)?;
        while !self.ends_with(end, b"]]>") {
            end = self.find(b'>', end.saturating_add(1))?;
        }
        self.at = self.at.saturating_add(start);
        let inside = end.saturating_sub(start).saturating_sub(2);
        self.text(inside, 3).map(Token::Text)
    }

    /// Takes so many bytes as text, and leaves out so many behind them.
    fn text(&mut self, length: usize, left_out: usize) -> Result<&str, PartProblem> {
        let start = self.at;
        let end = start.saturating_add(length);
        self.at = end.saturating_add(left_out);
        let bytes = self.buffer.get(start..end).ok_or(PartProblem::Broken)?;
        std::str::from_utf8(bytes).map_err(|_| PartProblem::Broken)
    }

    fn skip_past(&mut self, mark: &[u8]) -> Result<(), PartProblem> {
        let mut end = self.find(b'>', 0)?;
        while !self.ends_with(end, mark) {
            end = self.find(b'>', end.saturating_add(1))?;
        }
        self.at = self.at.saturating_add(end).saturating_add(1);
        Ok(())
    }

    fn quotes_are_closed(&self, end: usize) -> bool {
        let tag = self.rest().get(..end).unwrap_or_default();
        let open = tag.iter().fold(None, |open, byte| match open {
            None if matches!(byte, b'"' | b'\'') => Some(byte),
            Some(quote) if quote == byte => None,
            unchanged => unchanged,
        });
        open.is_none()
    }

    fn ends_with(&self, end: usize, mark: &[u8]) -> bool {
        self.rest().get(..=end).is_some_and(|rest| rest.ends_with(mark))
    }

    fn starts_with(&mut self, mark: &[u8]) -> Result<bool, PartProblem> {
        while self.rest().len() < mark.len() {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(self.rest().starts_with(mark))
    }

    fn peek(&mut self, ahead: usize) -> Result<Option<u8>, PartProblem> {
        while self.rest().len() <= ahead {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.rest().get(ahead).copied())
    }

    /// How far the byte is, from a place behind the current one on.
    fn find(&mut self, byte: u8, from: usize) -> Result<usize, PartProblem> {
        self.look_for(byte, from)?.ok_or(PartProblem::Broken)
    }

    /// How far the byte is, or the end of the text.
    fn find_or_end(&mut self, byte: u8) -> Result<usize, PartProblem> {
        Ok(self.look_for(byte, 0)?.unwrap_or(self.rest().len()))
    }

    fn look_for(&mut self, byte: u8, from: usize) -> Result<Option<usize>, PartProblem> {
        let mut from = from;
        loop {
            let rest = self.rest();
            if let Some(found) = rest.get(from..).and_then(|rest| rest.iter().position(|other| *other == byte)) {
                return Ok(Some(from.saturating_add(found)));
            }
            from = rest.len();
            if from > TOKEN_BYTES_MAX {
                return Err(PartProblem::TooBig);
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Reads on; false at the end of the text.
    fn fill(&mut self) -> Result<bool, PartProblem> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at.min(self.buffer.len()));
        self.at = 0;
        let before = self.buffer.len();
        self.buffer.resize(before.saturating_add(CHUNK_BYTES), 0);
        let room = self.buffer.get_mut(before..).unwrap_or_default();
        let read = self.source.read(room).map_err(|error| match error.kind() {
            std::io::ErrorKind::FileTooLarge => PartProblem::TooBig,
            _ => PartProblem::Broken,
        })?;
        self.buffer.truncate(before.saturating_add(read));
        self.ended = read == 0;
        Ok(read > 0)
    }
}

/// The attributes of a tag, as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attributes<'tag>(&'tag str);

impl<'tag> Attributes<'tag> {
    /// The value of an attribute by its local name, its escapes not yet undone.
    pub(crate) fn get(self, wanted: &str) -> Option<&'tag str> {
        self.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }

    /// Local names and values.
    pub(crate) fn iter(self) -> impl Iterator<Item = (&'tag str, &'tag str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (name, after) = split_at_byte(rest, b'=')?;
            let after = after.trim_ascii_start();
            let quote = after.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''))?;
            let (value, behind) = split_at_byte(after.get(1..)?, quote)?;
            rest = behind;
            Some((local(name.trim_ascii()), value))
        })
    }
}

/// What stands before and behind the first such byte (of ASCII). Tags are short: looking byte by byte is the fastest.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|other| other == byte)?;
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// Undoes `&amp;` and its like, and Excel's own `_x000D_` for what XML cannot hold.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    let plain = if text.contains('&') { Cow::Owned(without_entities(text)) } else { Cow::Borrowed(text) };
    if plain.contains("_x") { Cow::Owned(without_excel_escapes(&plain)) } else { plain }
}

fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let known = after.split_once(';').and_then(|(entity, behind)| Some((entity_character(entity)?, behind)));
        match known {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity_character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

fn without_excel_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        match excel_escape(after) {
            Some((character, behind)) => {
                plain.push(character);
                rest = behind;
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The character of `000D_` (behind `_x`), and what follows.
pub(crate) fn excel_escape(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.split_at_checked(4)?;
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?;
    Some((char::from_u32(code)?, after.strip_prefix('_')?))
}

fn local(name: &str) -> &str {
    split_at_byte(name, b':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn walk(text: &str) -> Result<Vec<String>, PartProblem> {
        let mut xml = Xml::new(text.as_bytes());
        let mut seen = Vec::new();
        while let Some(token) = xml.next()? {
            seen.push(match token {
                Token::Open { name, attributes, closed } => {
                    let attributes: Vec<String> =
                        attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
                    format!("<{name} {}{}", attributes.join(" "), if closed { "/" } else { "" })
                }
                Token::Close(name) => format!("/{name}"),
                Token::Text(text) => text.to_owned(),
            });
        }
        Ok(seen)
    }

    #[test]
    fn tags_text_and_what_is_skipped() {
        let text = "<?xml version=\"1.0\"?><!-- > --><x:row r=\"2\" a='>'><c r=\"A2\"/><v>1 &lt;</v><t><![CDATA[a<b]]></t></x:row>";
        let seen = walk(text).expect("well formed");
        assert_eq!(seen, ["<row r=2 a=>", "<c r=A2/", "<v ", "1 &lt;", "/v", "<t ", "a<b", "/t", "/row"]);
    }

    #[test]
    fn what_is_no_spreadsheet_is_broken() {
        for text in ["<!DOCTYPE lolz [<!ENTITY a \"b\">]><a/>", "<row", "<c r=\"A1>", "<![CDATA[x"] {
            assert_eq!(walk(text), Err(PartProblem::Broken), "{text}");
        }
        assert_eq!(walk(&"x".repeat(3 * TOKEN_BYTES_MAX)), Err(PartProblem::TooBig));
    }

    #[test]
    fn escapes_are_undone_once() {
        for (written, plain) in [
            ("a &amp; b &lt;c&gt; &#x9AD8;&#39;", "a & b <c> 高'"),
            ("&amp;lt; &unknown; &", "&lt; &unknown; &"),
            ("一行_x000D_二行", "一行\r二行"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00 _xD800_ a_b_xyzw_", "_x00 _xD800_ a_b_xyzw_"),
        ] {
            assert_eq!(unescaped(written), plain);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[<>/!?'\"=&;a-c \\[\\]_x-]{0,60}") {
            let _ = walk(&text);
            let _ = unescaped(&text);
        }
    }
}
