use kura_calendar::{Date, Month};
use kura_law::CitationId;
use kura_yen::{Exact, Yen};

use crate::error::CalcError;
use crate::request::Request;

/// The answer of a topic: result fields in the order they were entered, and where their figures come from.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    fields: Object,
    law: Vec<CitationId>,
}

impl Answer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The result fields, to be entered.
    pub(crate) fn fields(&mut self) -> &mut Object {
        &mut self.fields
    }

    /// Names the figures the result stands on, each once.
    pub(crate) fn cite(&mut self, citations: impl IntoIterator<Item = CitationId>) {
        for citation in citations {
            if !self.law.contains(&citation) {
                self.law.push(citation);
            }
        }
    }

    /// The answer, or the first of the `needed` fields that is missing when nothing could be answered.
    pub(crate) fn or_missing(self, request: &Request<'_>, needed: &[&str]) -> Result<Self, CalcError> {
        if !self.fields.is_empty() {
            return Ok(self);
        }
        let missing = needed.iter().find(|name| !request.has(name)).or(needed.first());
        Err(CalcError::missing_field(missing.copied().unwrap_or("topic")))
    }

    /// The line: the fields, then `law` with each citation.
    pub(crate) fn write(&self, citations: &[Object], out: &mut Vec<u8>) {
        out.push(b'{');
        out.extend_from_slice(&self.fields.body);
        if !self.fields.is_empty() {
            out.push(b',');
        }
        out.extend_from_slice(b"\"law\":[");
        for (at, citation) in self.law.iter().filter_map(|id| citations.get(id.index())).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            citation.write(out);
        }
        out.extend_from_slice(b"]}");
    }
}

/// A JSON object under construction: what stands between its braces.
#[derive(Debug, Default)]
pub(crate) struct Object {
    body: Vec<u8>,
}

impl Object {
    pub(crate) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// The object with its braces.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        out.extend_from_slice(&self.body);
        out.push(b'}');
    }

    /// An amount of yen.
    pub(crate) fn yen(&mut self, name: &str, amount: Yen) {
        self.integer(name, amount.get());
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, name: &str, number: i64) {
        self.name(name);
        self.body.extend_from_slice(number.to_string().as_bytes());
    }

    /// An exact number as a decimal string with at least `places` places: `"5713.0"`. One that does not end is a fraction `n/d`.
    pub(crate) fn decimal(&mut self, name: &str, number: Exact, places: usize) {
        self.name(name);
        self.body.push(b'"');
        let text = number.to_string();
        self.body.extend_from_slice(text.as_bytes());
        let shown = text.split_once('.').map_or(0, |(_, digits)| digits.len());
        if !text.contains('/') && shown < places {
            if shown == 0 {
                self.body.push(b'.');
            }
            self.body.extend((shown..places).map(|_| b'0'));
        }
        self.body.push(b'"');
    }

    /// Text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        write_text(text, &mut self.body);
    }

    /// A day as `YYYY-MM-DD`.
    pub(crate) fn date(&mut self, name: &str, day: Date) {
        self.text(name, &day.to_string());
    }

    /// A month as `YYYY-MM`.
    pub(crate) fn month(&mut self, name: &str, month: Month) {
        self.text(name, &month.to_string());
    }

    /// true or false.
    pub(crate) fn flag(&mut self, name: &str, flag: bool) {
        self.name(name);
        self.body.extend_from_slice(if flag { b"true" } else { b"false" });
    }

    /// null: known to be none (no last charged month, no end).
    pub(crate) fn null(&mut self, name: &str) {
        self.name(name);
        self.body.extend_from_slice(b"null");
    }

    /// A list of texts.
    pub(crate) fn texts<'text>(&mut self, name: &str, texts: impl IntoIterator<Item = &'text str>) {
        self.name(name);
        self.body.push(b'[');
        for (at, text) in texts.into_iter().enumerate() {
            if at > 0 {
                self.body.push(b',');
            }
            write_text(text, &mut self.body);
        }
        self.body.push(b']');
    }

    /// An object inside this one. Nothing is written when it stays empty.
    pub(crate) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Object)) {
        let mut inner = Object::default();
        fill(&mut inner);
        if !inner.is_empty() {
            self.name(name);
            inner.write(&mut self.body);
        }
    }

    /// A list of objects, one an item.
    pub(crate) fn objects<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, fill: impl Fn(&mut Object, T)) {
        self.name(name);
        self.body.push(b'[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.body.push(b',');
            }
            let mut inner = Object::default();
            fill(&mut inner, item);
            inner.write(&mut self.body);
        }
        self.body.push(b']');
    }

    fn name(&mut self, name: &str) {
        if !self.body.is_empty() {
            self.body.push(b',');
        }
        write_text(name, &mut self.body);
        self.body.push(b':');
    }
}

/// Appends a JSON string.
fn write_text(text: &str, out: &mut Vec<u8>) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else if let Ok(escaped) = serde_json::to_vec(text) {
        out.extend_from_slice(&escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(fill: impl FnOnce(&mut Object)) -> String {
        let (mut object, mut out) = (Object::default(), Vec::new());
        fill(&mut object);
        object.write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_have_the_places_asked_for_and_never_lose_one() {
        let decimal = |number, places| written(|fields| fields.decimal("x", number, places));
        let parsed = |text| Exact::parse(text).unwrap();
        assert_eq!(decimal(parsed("5713"), 1), r#"{"x":"5713.0"}"#);
        assert_eq!(decimal(parsed("16104"), 2), r#"{"x":"16104.00"}"#);
        assert_eq!(decimal(parsed("11298.42"), 1), r#"{"x":"11298.42"}"#);
        assert_eq!(decimal(parsed("-0.5"), 2), r#"{"x":"-0.50"}"#);
        assert_eq!(decimal(parsed("7"), 0), r#"{"x":"7"}"#);
        assert_eq!(decimal(Exact::ratio(1, 3).unwrap(), 2), r#"{"x":"1/3"}"#);
    }

    #[test]
    fn fields_keep_their_order_and_empty_objects_are_not_written() {
        let line = written(|fields| {
            fields.yen("tax", Yen::new(-250));
            fields.object("nothing", |_| {});
            fields.object("row", |row| row.null("to_excl"));
            fields.objects("parts", [1, 2], |part, number| part.integer("at", number));
            fields.texts("items", ["7-1", "7-3"]);
            fields.texts("none", []);
            fields.flag("exempt", true);
        });
        let expected = r#"{"tax":-250,"row":{"to_excl":null},"parts":[{"at":1},{"at":2}],"items":["7-1","7-3"],"none":[],"exempt":true}"#;
        assert_eq!(line, expected);
    }

    #[test]
    fn any_text_comes_back_from_json() {
        for text in ["東京都", "a\"b", "a\\b", "\u{0}\u{1f}\n", "\u{7f}", "😀", ""] {
            let line = written(|fields| fields.text("x", text));
            let read: serde_json::Value = serde_json::from_str(&line).unwrap();
            assert_eq!(read["x"], text, "{line}");
        }
    }

    #[test]
    fn an_answer_without_result_names_the_first_missing_field() {
        let missing = |line: &'static [u8]| {
            let request = Request::parse(line).unwrap();
            Answer::new().or_missing(&request, &["year", "pay"]).map(|_| ()).map_err(|error| error.field)
        };
        assert_eq!(missing(b"{}"), Err(Some("year".to_owned())));
        assert_eq!(missing(b"{\"year\":2026}"), Err(Some("pay".to_owned())));
        assert_eq!(missing(b"{\"year\":2026,\"pay\":null}"), Err(Some("pay".to_owned())));
    }
}
