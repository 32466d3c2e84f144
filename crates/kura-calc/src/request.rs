use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use kura_calendar::{Date, Month, jst_day_of_instant, parse_iso_date, parse_iso_month};
use kura_yen::{Exact, Yen};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::CalcError;

/// The most fields an object may have. No topic knows half as many.
const FIELDS_MAX: usize = 64;
/// The longest text of a field, in characters.
const TEXT_CHARACTERS_MAX: usize = 200;

/// The fields of one request line. A field that was given and never asked for makes [`Request::finish`] fail.
#[derive(Debug)]
pub(crate) struct Request<'line> {
    fields: Vec<Field<'line>>,
}

#[derive(Debug)]
struct Field<'line> {
    name: Cow<'line, str>,
    value: &'line str,
    asked_for: bool,
}

impl<'line> Request<'line> {
    /// Reads a line as an object, or an object inside it. What its fields hold is read when they are asked for.
    pub(crate) fn parse(line: &'line [u8]) -> Result<Self, CalcError> {
        let text = std::str::from_utf8(line).map_err(|error| CalcError::not_utf8(error.valid_up_to()))?;
        let Fields(fields) = serde_json::from_str(text).map_err(|error| CalcError::not_json(error.column()))?;
        if fields.len() > FIELDS_MAX {
            return Err(CalcError::too_many_fields(FIELDS_MAX));
        }
        for (at, field) in fields.iter().enumerate() {
            if fields.iter().take(at).any(|other| other.name == field.name) {
                return Err(CalcError::repeated_field(&field.name));
            }
        }
        Ok(Self { fields })
    }

    /// True when the field was given (null counts as not given).
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name && field.value != "null")
    }

    /// True when the field was given as null.
    pub(crate) fn is_null(&mut self, name: &str) -> bool {
        self.raw(name) == Some("null")
    }

    /// Closes the request: a field that no one asked for is an error.
    pub(crate) fn finish(&self) -> Result<(), CalcError> {
        match self.fields.iter().find(|field| !field.asked_for) {
            Some(field) => Err(CalcError::unknown_field(&field.name)),
            None => Ok(()),
        }
    }

    /// Yen, a whole number inside the range.
    pub(crate) fn yen(&mut self, name: &str, range: RangeInclusive<i64>) -> Result<Option<Yen>, CalcError> {
        Ok(self.integer(name, range)?.map(Yen::new))
    }

    /// A whole number inside the range.
    pub(crate) fn integer<T: TryFrom<i64>>(
        &mut self,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Result<Option<T>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        let digits = raw.strip_prefix('-').unwrap_or(raw);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CalcError::wrong_type(name, "小数点や引用符のない整数"));
        }
        let number =
            raw.parse().ok().filter(|number| range.contains(number)).and_then(|number| T::try_from(number).ok());
        number.map(Some).ok_or_else(|| outside(name, &range))
    }

    /// An exact number: a JSON number or a decimal string, inside the range of whole bounds.
    pub(crate) fn decimal(&mut self, name: &str, range: RangeInclusive<i64>) -> Result<Option<Exact>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        let digits = unquoted(raw);
        let number = Exact::parse(digits).map_err(|_| CalcError::wrong_type(name, "「9.85」のような10進の数"))?;
        if number < Exact::whole(*range.start()) || number > Exact::whole(*range.end()) {
            return Err(outside(name, &range));
        }
        Ok(Some(number))
    }

    /// Text of at most [`TEXT_CHARACTERS_MAX`] characters.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<Cow<'line, str>>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        let Ok(Text(text)) = serde_json::from_str(raw) else {
            return Err(CalcError::wrong_type(name, "引用符で囲んだ文字列"));
        };
        if text.chars().nth(TEXT_CHARACTERS_MAX).is_some() {
            return Err(CalcError::out_of_range(name, &format!("{TEXT_CHARACTERS_MAX}文字まで")));
        }
        Ok(Some(text))
    }

    /// A code of digits or signs (業種番号): text, or a whole number as it is spelled.
    pub(crate) fn code(&mut self, name: &str) -> Result<Option<Cow<'line, str>>, CalcError> {
        match self.given(name) {
            Some(raw) if raw.bytes().all(|byte| byte.is_ascii_digit()) && raw.len() <= TEXT_CHARACTERS_MAX => {
                Ok(Some(Cow::Borrowed(raw)))
            }
            _ => self.text(name),
        }
    }

    /// true or false; also 0 and 1, yes and no, True and False, as number or text.
    pub(crate) fn flag(&mut self, name: &str) -> Result<Option<bool>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        match unquoted(raw) {
            "true" | "True" | "yes" | "1" => Ok(Some(true)),
            "false" | "False" | "no" | "0" => Ok(Some(false)),
            _ => Err(CalcError::wrong_type(name, "true か false")),
        }
    }

    /// One of the named choices.
    pub(crate) fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Result<Option<T>, CalcError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match choices.iter().find(|(spelling, _)| *spelling == text) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let spellings: Vec<&str> = choices.iter().map(|(spelling, _)| *spelling).collect();
                Err(CalcError::unknown_choice(name, &spellings.join(" / ")))
            }
        }
    }

    /// A day `YYYY-MM-DD`.
    pub(crate) fn date(&mut self, name: &str) -> Result<Option<Date>, CalcError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        parse_iso_date(&text).map(Some).map_err(|error| CalcError::bad_date(name, &error))
    }

    /// A month `YYYY-MM`.
    pub(crate) fn month(&mut self, name: &str) -> Result<Option<Month>, CalcError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        parse_iso_month(&text).map(Some).map_err(|error| CalcError::bad_date(name, &error))
    }

    /// The civil day in Japan of a day or an instant with its offset.
    pub(crate) fn jst_day(&mut self, name: &str) -> Result<Option<Date>, CalcError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        jst_day_of_instant(&text).map(Some).map_err(|error| CalcError::bad_date(name, &error))
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, name: &str) -> Result<Option<Vec<Cow<'line, str>>>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        let list: Vec<Text<'line>> =
            serde_json::from_str(raw).map_err(|_| CalcError::wrong_type(name, "文字列の配列"))?;
        Ok(Some(list.into_iter().map(|Text(text)| text).collect()))
    }

    /// An object inside the request: its fields are read, and one that nobody asked for is an error.
    pub(crate) fn object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Request<'line>) -> Result<T, CalcError>,
    ) -> Result<Option<T>, CalcError> {
        let Some(raw) = self.given(name) else { return Ok(None) };
        if !raw.starts_with('{') {
            return Err(CalcError::wrong_type(name, "{ } で囲んだ項目の組"));
        }
        let inner = Request::parse(raw.as_bytes()).and_then(|mut inner| {
            let value = read(&mut inner)?;
            inner.finish()?;
            Ok(value)
        });
        inner.map(Some).map_err(|error| error.inside(name))
    }

    fn given(&mut self, name: &str) -> Option<&'line str> {
        self.raw(name).filter(|raw| *raw != "null")
    }

    fn raw(&mut self, name: &str) -> Option<&'line str> {
        let field = self.fields.iter_mut().find(|field| field.name == name)?;
        field.asked_for = true;
        Some(field.value)
    }
}

fn outside(name: &str, range: &RangeInclusive<i64>) -> CalcError {
    CalcError::out_of_range(name, &format!("{}から{}まで", grouped(*range.start()), grouped(*range.end())))
}

/// `10,000,000,000`; four digits stay together, as in years.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-" } else { "" }.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && digits.len().saturating_sub(at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn unquoted(raw: &str) -> &str {
    raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw)
}

/// JSON text, borrowed where it holds no escape.
#[derive(Deserialize)]
struct Text<'line>(#[serde(borrow)] Cow<'line, str>);

struct Fields<'line>(Vec<Field<'line>>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(12);
        while let Some((Text(name), raw)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
            fields.push(Field { name, value: raw.get(), asked_for: false });
        }
        Ok(Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading the field `x` of `{"x": value}` gives, or the code of its error.
    fn read<'line, T>(
        line: &'line str,
        read: impl FnOnce(&mut Request<'line>) -> Result<Option<T>, CalcError>,
    ) -> Result<Option<T>, &'static str> {
        Request::parse(line.as_bytes()).and_then(|mut request| read(&mut request)).map_err(|error| error.code)
    }

    fn object(value: &str) -> String {
        format!("{{\"x\":{value}}}")
    }

    #[test]
    fn whole_numbers_are_digits_inside_their_range() {
        let cases = [
            ("0", Ok(Some(0))),
            ("-5", Ok(Some(-5))),
            ("100", Ok(Some(100))),
            ("null", Ok(None)),
            ("101", Err("out_of_range")),
            ("-6", Err("out_of_range")),
            ("99999999999999999999999999", Err("out_of_range")),
            ("1.0", Err("wrong_type")),
            ("1e2", Err("wrong_type")),
            ("1e999", Err("wrong_type")),
            ("\"1\"", Err("wrong_type")),
            ("true", Err("wrong_type")),
            ("[1]", Err("wrong_type")),
        ];
        for (value, expected) in cases {
            assert_eq!(read(&object(value), |request| request.integer::<i64>("x", -5..=100)), expected, "{value}");
            let yen = expected.map(|number| number.map(Yen::new));
            assert_eq!(read(&object(value), |request| request.yen("x", -5..=100)), yen, "{value}");
        }
        assert_eq!(read("{\"x\":300}", |request| request.integer::<u8>("x", 0..=1000)), Err("out_of_range"));
    }

    #[test]
    fn an_error_states_the_range_for_people() {
        let cases =
            [(0, "0"), (2199, "2199"), (10_000, "10,000"), (-100_000, "-100,000"), (1_000_000_000, "1,000,000,000")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn decimals_are_numbers_or_texts_and_stay_exact() {
        let exact = |text| Ok(Some(Exact::parse(text).unwrap()));
        let cases = [
            ("9.85", exact("9.85")),
            ("\"9.850\"", exact("9.85")),
            ("0", exact("0")),
            ("100", exact("100")),
            ("100.000001", Err("out_of_range")),
            ("-0.1", Err("out_of_range")),
            ("1e1", Err("wrong_type")),
            ("1e999", Err("wrong_type")),
            ("\"9,85\"", Err("wrong_type")),
            ("\"\"", Err("wrong_type")),
            ("0.0000000000000000000000000001", Err("wrong_type")),
        ];
        for (value, expected) in cases {
            assert_eq!(read(&object(value), |request| request.decimal("x", 0..=100)), expected, "{value}");
        }
    }

    #[test]
    fn flags_are_read_in_each_of_their_spellings() {
        for spelling in ["true", "1", "\"yes\"", "\"true\"", "\"True\"", "\"1\""] {
            assert_eq!(read(&object(spelling), |request| request.flag("x")), Ok(Some(true)), "{spelling}");
        }
        for spelling in ["false", "0", "\"no\"", "\"false\"", "\"False\"", "\"0\""] {
            assert_eq!(read(&object(spelling), |request| request.flag("x")), Ok(Some(false)), "{spelling}");
        }
        for spelling in ["2", "\"unknown\"", "\"TRUE\"", "{}", "1.0"] {
            assert_eq!(read(&object(spelling), |request| request.flag("x")), Err("wrong_type"), "{spelling}");
        }
    }

    #[test]
    fn texts_may_hold_escapes_and_have_a_length() {
        assert_eq!(read(r#"{"x":"\u6771京"}"#, |request| request.text("x")), Ok(Some("東京".into())));
        assert_eq!(read("{\"x\":35}", |request| request.text("x")), Err("wrong_type"));
        assert_eq!(read(r#"{"x":"\ud800"}"#, |request| request.text("x")), Err("wrong_type"));
        let long = |count| object(&format!("\"{}\"", "蔵".repeat(count)));
        assert!(read(&long(TEXT_CHARACTERS_MAX), |request| request.text("x")).is_ok());
        assert_eq!(read(&long(TEXT_CHARACTERS_MAX + 1), |request| request.text("x")), Err("out_of_range"));
    }

    #[test]
    fn codes_are_texts_or_digits_as_spelled() {
        assert_eq!(read("{\"x\":35}", |request| request.code("x")), Ok(Some("35".into())));
        assert_eq!(read("{\"x\":\"特1\"}", |request| request.code("x")), Ok(Some("特1".into())));
        assert_eq!(read("{\"x\":3.5}", |request| request.code("x")), Err("wrong_type"));
        assert_eq!(read("{\"y\":1}", |request| request.code("x")), Ok(None));
    }

    #[test]
    fn choices_days_and_months() {
        let colour = |request: &mut Request<'_>| request.choice("x", &[("red", 1), ("blue", 2)]);
        assert_eq!(read("{\"x\":\"blue\"}", colour), Ok(Some(2)));
        assert_eq!(read("{\"x\":\"green\"}", colour), Err("unknown_choice"));
        for (value, code) in [
            ("\"2026-02-30\"", "impossible_date"),
            ("\"2026-13-01\"", "impossible_date"),
            ("\"2300-01-01\"", "out_of_range"),
            ("\"2026/06/01\"", "wrong_type"),
            ("\"2026-06\"", "wrong_type"),
            ("20260601", "wrong_type"),
        ] {
            assert_eq!(read(&object(value), |request| request.date("x")), Err(code), "{value}");
        }
        assert!(read("{\"x\":\"2028-02-29\"}", |request| request.date("x")).is_ok_and(|day| day.is_some()));
        assert!(read("{\"x\":\"2026-06\"}", |request| request.month("x")).is_ok_and(|month| month.is_some()));
        assert_eq!(read("{\"x\":\"2026-00\"}", |request| request.month("x")), Err("impossible_date"));
        assert_eq!(read("{\"x\":\"2026-06-01T10:00\"}", |request| request.jst_day("x")), Err("wrong_type"));
    }

    #[test]
    fn a_field_nobody_asked_for_is_an_error_inside_objects_too() {
        let mut request = Request::parse(b"{\"x\":1,\"y\":{\"z\":2,\"w\":3}}").unwrap();
        assert_eq!(request.finish(), Err(CalcError::unknown_field("x")));
        request.integer::<i64>("x", 0..=9).unwrap();
        let inner = request.object("y", |inner| inner.integer::<i64>("z", 0..=9));
        assert_eq!(inner, Err(CalcError::unknown_field("y.w")));
        let inner = request.object("y", |inner| inner.integer::<i64>("w", 0..=1));
        assert_eq!(inner.map_err(|error| error.field), Err(Some("y.w".to_owned())));
        assert_eq!(request.finish(), Ok(()));
        assert_eq!(request.object("x", |_| Ok(())).map_err(|error| error.code), Err("wrong_type"));
    }

    #[test]
    fn null_is_as_good_as_not_given_and_can_be_told_apart() {
        let mut request = Request::parse(b"{\"x\":null}").unwrap();
        assert_eq!((request.has("x"), request.is_null("x"), request.is_null("y")), (false, true, false));
        assert_eq!(request.date("x"), Ok(None));
        assert_eq!(request.finish(), Ok(()));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let code = |line: &[u8]| Request::parse(line).map(|_| ()).map_err(|error| error.code);
        let cases: [(&[u8], &str); 11] = [
            (b"", "not_json"),
            (b"{", "not_json"),
            (b"[]", "not_json"),
            (b"null", "not_json"),
            (b"{} {}", "not_json"),
            (b"{\"x\":1,}", "not_json"),
            (b"{\"x\":01}", "not_json"),
            (b"{\"x\":\"\0\"}", "not_json"),
            (b"\0", "not_json"),
            (b"{\"x\":1,\"\\u0078\":2}", "repeated_field"),
            (b"{\"\xff\":1}", "not_utf8"),
        ];
        for (line, expected) in cases {
            assert_eq!(code(line), Err(expected), "{}", line.escape_ascii());
        }
        let nested = format!("{{\"x\":{}", "[".repeat(60_000));
        assert_eq!(code(nested.as_bytes()), Err("not_json"));
        let fields = |count| (0..count).map(|at| format!("\"f{at}\":0")).collect::<Vec<_>>().join(",");
        assert_eq!(code(format!("{{{}}}", fields(FIELDS_MAX)).as_bytes()), Ok(()));
        assert_eq!(code(format!("{{{}}}", fields(FIELDS_MAX + 1)).as_bytes()), Err("too_many_fields"));
    }
}
