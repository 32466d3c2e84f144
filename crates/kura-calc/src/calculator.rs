use kura_law::{Citation, Law};

use crate::answer::Object;
use crate::error::CalcError;
use crate::request::Request;
use crate::topics;

/// The longest request line, in bytes. A longer one is answered with an error; nothing of it is kept.
pub const LINE_BYTES_MAX: usize = 64 * 1024;

/// The statutory calculator: a law pack, and its citations ready to be written.
#[derive(Debug)]
pub struct Calculator<'law> {
    law: &'law Law,
    citations: Vec<Object>,
}

impl<'law> Calculator<'law> {
    /// A calculator on one law pack.
    pub fn new(law: &'law Law) -> Self {
        Self { law, citations: law.citations().iter().map(citation).collect() }
    }

    /// Answers one request line (without its line end) by appending one line of JSON, without a line end, to `out`.
    /// Every line gets an answer: a line that cannot be understood gets an error with place and remedy.
    pub fn answer_line(&self, line: &[u8], out: &mut Vec<u8>) {
        if let Err(error) = self.answer(line, out) {
            error.write(out);
        }
    }

    /// Answers a line that is longer than [`LINE_BYTES_MAX`].
    pub fn answer_too_long(out: &mut Vec<u8>) {
        CalcError::line_too_long().write(out);
    }

    /// Writes nothing when it fails.
    fn answer(&self, line: &[u8], out: &mut Vec<u8>) -> Result<(), CalcError> {
        let mut request = Request::parse(line)?;
        let topic = request.text("topic")?.ok_or_else(|| CalcError::missing_field("topic"))?;
        let answer = topics::find(&topic)?(&mut request, self.law)?;
        answer.write(&self.citations, out);
        Ok(())
    }
}

fn citation(citation: &Citation) -> Object {
    let mut fields = Object::default();
    fields.text("table", &citation.table);
    fields.text("from", &citation.from);
    fields.text("confidence", citation.confidence.mark());
    fields.text("source", &citation.source);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(line: &str) -> String {
        let mut out = b"before".to_vec();
        Calculator::new(Law::embedded().unwrap()).answer_line(line.as_bytes(), &mut out);
        String::from_utf8(out).unwrap().strip_prefix("before").unwrap().to_owned()
    }

    #[test]
    fn a_result_carries_its_law() {
        let line = answer(r#"{"topic":"withholding","payment_date":"2026-06-25","taxable":300000}"#);
        let expected = r#"{"tax":7930,"table":"withholding_monthly","row":{"from":299000,"to_excl":302000},"law":[{"table":"withholding_monthly","from":"2026-01-01","confidence":"CONFIRMED","source":""#;
        assert!(line.starts_with(expected), "{line}");
        assert!(line.ends_with("\"}]}"), "{line}");
    }

    #[test]
    fn an_error_stands_alone() {
        let line = answer(r#"{"topic":"salary_income","year":2026,"pay":-1}"#);
        assert!(line.starts_with(r#"{"error":{"code":"out_of_range","message":""#), "{line}");
        assert!(line.contains(r#""field":"pay""#), "{line}");
    }

    #[test]
    fn the_topic_is_asked_for_first() {
        assert!(answer("{}").contains(r#""code":"missing_field""#));
        assert!(answer(r#"{"topic":null}"#).contains(r#""code":"missing_field""#));
        assert!(answer(r#"{"topic":1}"#).contains(r#""code":"wrong_type""#));
        assert!(answer(r#"{"topic":"x"}"#).contains(r#""code":"unknown_topic""#));
        assert!(answer(r#"{"topic":"salary\u005fincome","year":2026,"pay":700000}"#).starts_with(r#"{"amount":0,"#));
    }
}
