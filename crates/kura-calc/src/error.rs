use kura_calendar::{CalendarError, Date};

use crate::answer::Object;

/// Why a line has no result: a code for programs, a sentence and a remedy for people, and the place.
/// Every code stands in docs/calc.md. No text repeats an amount or a number of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalcError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) field: Option<String>,
    pub(crate) remedy: String,
    pub(crate) table: Option<String>,
    pub(crate) date: Option<Date>,
}

impl CalcError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, remedy: remedy.into(), table: None, date: None }
    }

    /// The same error at a field of the request.
    pub(crate) fn at(self, field: &str) -> Self {
        // What a caller invents as a field name comes back shortened.
        Self { field: Some(field.chars().take(64).collect()), ..self }
    }

    /// The same error inside an object of the request: `wages.accident`.
    pub(crate) fn inside(self, object: &str) -> Self {
        match self.field.clone() {
            Some(field) => self.at(&format!("{object}.{field}")),
            None => self.at(object),
        }
    }

    pub(crate) fn line_too_long() -> Self {
        Self::new(
            "line_too_long",
            "1行が65,536バイトを超えています。",
            "1行に1件ずつ、必要な項目だけを書いてください。",
        )
    }

    pub(crate) fn not_utf8(byte: usize) -> Self {
        let message = format!("{}バイト目から先がUTF-8として読めません。", byte.saturating_add(1));
        Self::new("not_utf8", message, "文字コードをUTF-8にして送ってください。")
    }

    pub(crate) fn not_json(byte: usize) -> Self {
        let message = format!("JSONのオブジェクトとして読めません（{byte}バイト目付近）。");
        Self::new("not_json", message, "{\"topic\": \"…\", …} の形で1行に1件書いてください。")
    }

    pub(crate) fn too_many_fields(most: usize) -> Self {
        let message = format!("項目が{most}個を超えています。");
        Self::new("too_many_fields", message, "docs/calc.md にある項目だけを書いてください。")
    }

    pub(crate) fn unknown_topic() -> Self {
        Self::new("unknown_topic", "この topic はありません。", "docs/calc.md の一覧にある topic を指定してください。")
            .at("topic")
    }

    pub(crate) fn unknown_field(name: &str) -> Self {
        Self::new("unknown_field", "この topic にない項目です。", "項目名のつづりを docs/calc.md で確かめてください。")
            .at(name)
    }

    pub(crate) fn repeated_field(name: &str) -> Self {
        Self::new("repeated_field", "同じ項目が2回あります。", "どちらか一つにしてください。").at(name)
    }

    pub(crate) fn missing_field(name: &str) -> Self {
        Self::new("missing_field", "計算に必要な項目がありません。", "この項目を加えてください（docs/calc.md）。")
            .at(name)
    }

    pub(crate) fn wrong_type(name: &str, wanted: &str) -> Self {
        Self::new("wrong_type", "値の型が違います。", format!("{wanted}で指定してください。")).at(name)
    }

    pub(crate) fn out_of_range(name: &str, range: &str) -> Self {
        let message = format!("値が範囲の外です（{range}）。");
        Self::new("out_of_range", message, "単位（円・％・月）を確かめてください。").at(name)
    }

    pub(crate) fn unknown_choice(name: &str, choices: &str) -> Self {
        let remedy = format!("{choices} のどれかを指定してください。");
        Self::new("unknown_choice", "この値は選べません。", remedy).at(name)
    }

    /// Fields that are right one by one and exclude each other.
    pub(crate) fn wrong_combination(name: &str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new("wrong_combination", message, remedy).at(name)
    }

    pub(crate) fn bad_date(name: &str, error: &CalendarError) -> Self {
        let code = match error {
            CalendarError::ImpossibleDate => "impossible_date",
            CalendarError::OutOfRange => "out_of_range",
            _ => "wrong_type",
        };
        let remedy = "実在する日付を YYYY-MM-DD（月は YYYY-MM）で指定してください。";
        Self::new(code, error.to_string(), remedy).at(name)
    }

    /// The line that is answered with this error.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let mut error = Object::default();
        error.text("code", self.code);
        error.text("message", &self.message);
        if let Some(field) = &self.field {
            error.text("field", field);
        }
        error.text("remedy", &self.remedy);
        if let Some(table) = &self.table {
            error.text("table", table);
        }
        if let Some(date) = self.date {
            error.date("date", date);
        }
        let mut line = Object::default();
        line.object("error", |fields| *fields = error);
        line.write(out);
    }
}
