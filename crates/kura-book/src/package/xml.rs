use std::borrow::Cow;
use std::io::{BufReader, ErrorKind, Read, Take};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// Why a part of a workbook cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartProblem {
    /// No XML as spreadsheets write it, or cut off.
    Broken,
    /// Beyond the limits.
    TooBig,
}

/// One step through an XML text; `<v/>` is taken for `<v></v>`.
pub(crate) enum Token<'part> {
    Open(BytesStart<'part>),
    Close(BytesEnd<'part>),
    /// What stands between tags; empty for what says nothing (comments, declarations).
    Text(Cow<'part, str>),
}

/// A walk through an XML text that never holds more than one token of it.
pub(crate) struct Xml<R> {
    reader: Reader<Take<BufReader<R>>>,
    token: Vec<u8>,
    depth: usize,
}

const CHUNK_BYTES: usize = 128 * 1024;
/// A cell holds at most 32,767 characters.
const TOKEN_BYTES_MAX: u64 = 1024 * 1024;
/// A cell stands eight deep; the reader remembers the name of every open element.
const DEPTH_MAX: usize = 100;

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: R) -> Self {
        let source = BufReader::with_capacity(CHUNK_BYTES, source).take(TOKEN_BYTES_MAX);
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, token: Vec::new(), depth: 0 }
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'_>>, PartProblem> {
        self.token.clear();
        self.reader.get_mut().set_limit(TOKEN_BYTES_MAX);
        let event = self.reader.read_event_into(&mut self.token);
        if self.reader.get_ref().limit() == 0 {
            return Err(PartProblem::TooBig);
        }
        Ok(Some(match event.map_err(|error| problem(&error))? {
            Event::Start(tag) => {
                self.depth = self.depth.saturating_add(1);
                if self.depth > DEPTH_MAX {
                    return Err(PartProblem::TooBig);
                }
                Token::Open(tag)
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Token::Close(tag)
            }
            Event::Text(text) => Token::Text(text.into_inner()),
            Event::CData(text) => Token::Text(text.into_inner()),
            Event::GeneralRef(reference) => Token::Text(referred(&reference).ok_or(PartProblem::Broken)?),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => Token::Text(Cow::Borrowed("")),
            // A document type could define entities without end: spreadsheets have none.
            Event::DocType(_) => return Err(PartProblem::Broken),
            Event::Eof => return Ok(None),
        }))
    }
}

fn problem(error: &quick_xml::Error) -> PartProblem {
    match error {
        quick_xml::Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => PartProblem::TooBig,
        _ => PartProblem::Broken,
    }
}

/// What `&amp;` or `&#x9AD8;` stands for.
fn referred(reference: &BytesRef<'_>) -> Option<Cow<'static, str>> {
    match reference.resolve_char_ref().ok()? {
        Some(character) => Some(Cow::Owned(character.to_string())),
        None => resolve_predefined_entity(reference).map(Cow::Borrowed),
    }
}

/// The value of an attribute by its local name, its escapes undone.
pub(crate) fn attribute<'tag>(tag: &'tag BytesStart<'_>, name: &str) -> Option<Cow<'tag, str>> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).map_while(Result::ok);
    attributes
        .find(|attribute| attribute.key.local_name().as_ref() == name)?
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
}

/// Undoes Excel's own `_x000D_` for what XML cannot hold.
pub(crate) fn without_excel_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(plain)
}

/// The character of `000D_` (behind `_x`), and what follows.
pub(crate) fn excel_escape(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.split_at_checked(4)?;
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| hexadecimal)?;
    Some((char::from_u32(code)?, after.strip_prefix('_')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn walk(text: &str) -> Result<String, PartProblem> {
        let mut xml = Xml::new(text.as_bytes());
        let mut seen = String::new();
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) => {
                    let reference = attribute(&tag, "r").unwrap_or_default();
                    seen.push_str(&format!("<{} {reference}>", tag.local_name().as_ref()));
                }
                Token::Close(tag) => seen.push_str(&format!("</{}>", tag.local_name().as_ref())),
                Token::Text(text) => seen.push_str(&text),
            }
        }
        Ok(seen)
    }

    #[test]
    fn tags_text_and_what_is_skipped() {
        let text = "<?xml version=\"1.0\"?><!-- > --><x:row r=\"2&amp;3\" a='>'><c r=\"A2\"/><v>1 &lt; &#x9AD8;&#39;&amp;lt;</v>\
            <t><![CDATA[a<b&amp;]]></t></x:row>";
        assert_eq!(walk(text).as_deref(), Ok("<row 2&3><c A2></c><v >1 < 高'&lt;</v><t >a<b&amp;</t></row>"));
    }

    #[test]
    fn what_is_no_spreadsheet_is_broken() {
        for text in [
            "<!DOCTYPE lolz [<!ENTITY a \"b\">]><a/>",
            "<row",
            "<c r=\"A1>",
            "<![CDATA[x",
            "<v>&lol;</v>",
            "<v>1 & 2</v>",
            "<v>1</t>",
        ] {
            assert_eq!(walk(text), Err(PartProblem::Broken), "{text}");
        }
    }

    #[test]
    fn what_would_fill_the_memory_is_too_big() {
        let long = 3 * 1024 * 1024;
        for text in ["x".repeat(long), format!("<v r=\"{}\"/>", "x".repeat(long)), "<v>".repeat(long)] {
            assert_eq!(walk(&text), Err(PartProblem::TooBig));
        }
    }

    #[test]
    fn escapes_are_undone_once() {
        for (written, plain) in [
            ("一行_x000D_二行", "一行\r二行"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00 _xD800_ a_b_xyzw_", "_x00 _xD800_ a_b_xyzw_"),
        ] {
            assert_eq!(without_excel_escapes(written), plain);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[<>/!?'\"=&;a-c \\[\\]_x-]{0,60}") {
            let _ = walk(&text);
            let _ = without_excel_escapes(&text);
        }
    }
}
