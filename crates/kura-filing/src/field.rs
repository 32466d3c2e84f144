use kura_law::{Field, FieldKind, Law, LawError, Requirement};
use kura_text::{Charset, NameForm, TextProblem, check, check_name_form};

use crate::codes::Codes;
use crate::person::MY_NUMBER_PLACEHOLDER;
use crate::problem::{ProblemField, Report};

/// What a layout says about one field, ready to be checked.
pub(crate) struct FieldRule {
    pub(crate) number: u16,
    pub(crate) name_ja: String,
    pub(crate) is_my_number: bool,
    charset: Charset,
    required: Requirement,
    bytes_min: usize,
    bytes_max: usize,
    codes: Codes,
    refused: Refused,
    is_name: bool,
    /// What the official checker says of any other value of a constant.
    constant_message: Option<&'static str>,
}

/// Values that are never meant: 「00」 of a year, 「99」 of a 郡市区符号. The notes of the layouts say so in these words.
#[derive(Clone, Copy)]
struct Refused {
    zeros: bool,
    ninety_nine: bool,
}

impl FieldRule {
    pub(crate) fn compile(law: &Law, table: &str, field: &Field) -> Result<Self, LawError> {
        let charset = Charset::parse(&field.charset).ok_or_else(|| LawError::BadCell {
            file: table.to_owned(),
            row: u64::from(field.number).saturating_add(1),
            column: "charset".to_owned(),
            reason: "知らない文字種です".to_owned(),
        })?;
        // Where a layout knows no limit it says 0.
        let is_unlimited = field.max_len == 0 && field.kind != FieldKind::Empty;
        let is_prefecture = field.name == "office_pref_code" && field.kind == FieldKind::Digits;
        let notes = field.notes.as_str();
        Ok(Self {
            number: field.number,
            name_ja: field.name_ja.clone(),
            is_my_number: field.name.ends_with("my_number"),
            charset,
            required: field.required,
            bytes_min: field.min_len,
            bytes_max: if is_unlimited { usize::MAX } else { field.max_len },
            codes: if is_prefecture { Codes::of_pension_prefectures(law)? } else { Codes::compile(field) },
            refused: Refused {
                zeros: notes.contains("not 0") || notes.contains("not all zeros"),
                ninety_nine: notes.contains("not 99"),
            },
            is_name: NAMES.iter().any(|ending| field.name.ends_with(ending)),
            constant_message: (field.name == "representative_form_code").then_some(WRONG_REPRESENTATIVE_CODE),
        })
    }

    /// Checks a value by itself.
    pub(crate) fn check(&self, value: &str, placeholders: Placeholders, report: &mut Report) {
        let name = &self.name_ja;
        if let Some(message) = self.constant_message {
            if !self.codes.take(value) {
                report.add_in(self, message, format!("{}を設定してください。", self.codes));
            }
        } else if value.is_empty() {
            if self.is_required() {
                self.report_missing(report);
            }
        } else if self.required == Requirement::Never {
            report.add_in(self, format!("「{name}」は空欄にする項目です"), "値を消してください。");
        } else if self.is_my_number && value == MY_NUMBER_PLACEHOLDER {
            if placeholders == Placeholders::Refused {
                let message = format!("「{name}」がまだ入っていません（仮の文字のままです）");
                report.add_in(self, message, "個人番号を補記してから提出してください。");
            }
        } else if self.takes_text(value, report) {
            self.check_meaning(value, report);
        }
    }

    /// True for a value among those the layout lists.
    pub(crate) fn has_code(&self, value: &str) -> bool {
        self.codes.take(value)
    }

    pub(crate) fn is_required(&self) -> bool {
        self.required == Requirement::Always
    }

    pub(crate) fn report_missing(&self, report: &mut Report) {
        let name = &self.name_ja;
        report.add_in(self, format!("「{name}」が入力されていません"), format!("「{name}」を入力してください。"));
    }

    pub(crate) fn for_problem(&self) -> ProblemField {
        ProblemField { number: self.number, name_ja: self.name_ja.clone() }
    }

    /// The most a field of yen can hold; a larger amount is written so (9999999).
    pub(crate) fn amount_max(&self) -> i64 {
        let digits = u32::try_from(self.bytes_max).unwrap_or(u32::MAX);
        10_i64.checked_pow(digits).map_or(i64::MAX, |above| above.saturating_sub(1))
    }

    fn takes_text(&self, value: &str, report: &mut Report) -> bool {
        if self.charset == Charset::Num && self.takes_digits(value) {
            return true;
        }
        let problems = check(value, self.charset, self.bytes_min..=self.bytes_max);
        for problem in &problems {
            report.add_text(self, problem);
        }
        problems.is_empty()
    }

    /// The common case of a filled field, decided without looking at characters.
    pub(crate) fn takes_digits(&self, value: &str) -> bool {
        (self.bytes_min..=self.bytes_max).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn check_meaning(&self, value: &str, report: &mut Report) {
        let not_meant = || format!("「{}」に使えない値です", self.name_ja);
        let zeros = self.refused.zeros && value.bytes().all(|byte| byte == b'0');
        if !self.codes.take(value) {
            report.add_in(self, not_meant(), format!("使えるのは{}です。", self.codes));
        } else if zeros || (self.refused.ninety_nine && value == "99") {
            report.add_in(self, not_meant(), "0だけの番号などは使えません。番号を確かめてください。");
        } else if self.is_name
            && let Err(problem) = self.check_name(value)
        {
            report.add_text(self, &problem);
        }
    }

    fn check_name(&self, value: &str) -> Result<(), TextProblem> {
        let is_kana = match self.charset {
            Charset::KanjiOrKana => value.chars().next().is_some_and(|first| Charset::KanaHalf.takes(first)),
            charset => charset == Charset::KanaHalf,
        };
        check_name_form(value, if is_kana { NameForm::Kana } else { NameForm::Kanji })
    }
}

/// Said of the last field of line 1.
pub(crate) const WRONG_REPRESENTATIVE_CODE: &str = "代表届書コード不正";

/// Identifiers of the fields that hold 氏 and 名.
const NAMES: [&str; 6] = ["name_kana", "name_kanji", "alias_kana", "alias_kanji", "employer_name", "sharoshi_name"];

/// Whether the placeholder of a 個人番号 may stand in a file: in one we keep, not in one that is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholders {
    Taken,
    Refused,
}
