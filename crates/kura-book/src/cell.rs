use std::borrow::Cow;

use kura_calendar::{Date, LAST_DAY, Month, read_date};
use kura_model::{CLEARED, ColumnSchema, CustomValue, DateList, Kind, Value};
use kura_text::{hiragana_to_katakana, is_katakana, to_full_width_kana};

use crate::choices::Spellings;
use crate::code::read_code;
use crate::finding::Problem;
use crate::limits::CHARACTERS_MAX;
use crate::number::{decimal_text, exact, plain_decimal, whole};
use crate::texts::Texts;
use crate::time::{Epoch, date_of_number, month_of_number, month_of_text};
use crate::{amount, pattern};

/// A cell as the file holds it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Raw<'cell> {
    Text(&'cell str),
    Number {
        value: f64,
        percent: bool,
    },
    DayOrTime(f64),
    Bool(bool),
    /// `#N/A`, `#VALUE!` and their like.
    Broken,
}

/// What a cell says, and what is to be said about it.
pub(crate) type Reading = Result<(Option<Value>, Option<Problem>), Problem>;

/// Reads cells; knows how the book counts days, and the words of every list.
#[derive(Debug, Default)]
pub(crate) struct CellReader {
    pub(crate) epoch: Epoch,
    pub(crate) texts: Texts,
    spellings: Spellings,
}

impl CellReader {
    /// What a cell says under a column. An empty cell says nothing.
    pub(crate) fn read(&mut self, column: &ColumnSchema, dated: bool, raw: Raw<'_>) -> Reading {
        let printable;
        let raw = match raw {
            Raw::Broken => return Err(broken()),
            Raw::Text(text) => {
                printable = printable_part(text)?;
                if printable.is_empty() {
                    return Ok((None, None));
                }
                Raw::Text(&printable)
            }
            other => other,
        };
        if dated && !column.required && matches!(raw, Raw::Text(CLEARED)) && !self.means_a_choice(column) {
            return Ok((if column.key { None } else { Some(Value::Cleared) }, None));
        }
        let mut remark = None;
        let value = match column.kind {
            Kind::Text | Kind::Formula => self.text(raw, &mut remark)?,
            Kind::Kana => self.kana(raw, &mut remark)?,
            Kind::Code(form) => {
                let (code, problem) = read_code(&code_text(raw)?, matches!(raw, Raw::Number { .. }), form);
                remark = problem;
                Value::Text(self.texts.keep(&code))
            }
            Kind::Choice(list, allowed) => Value::Choice(self.spellings.find(list, allowed, &plain_text(raw)?)?),
            Kind::Date => Value::Date(self.date(raw)?),
            Kind::Month => self.month(raw)?,
            Kind::Dates => self.dates(raw)?,
            Kind::Yen => amount::yen(raw)?,
            Kind::Decimal => Value::Decimal(amount::decimal(raw)?),
            Kind::Count => Value::Count(amount::count(raw)?),
            Kind::HoursMinutes => amount::hours_minutes(raw)?,
            Kind::Days => amount::days(raw)?,
            Kind::Percent => amount::rate(raw, 100)?,
            Kind::PerMille => amount::rate(raw, 1000)?,
            Kind::Flag => pattern::flag(raw)?,
            Kind::DayOfMonth => pattern::day_of_month(column, raw)?,
            Kind::Months => pattern::months(raw)?,
            Kind::Weekdays => pattern::weekdays(raw)?,
            Kind::FiscalYear => pattern::fiscal_year(raw)?,
        };
        crate::range::check(column, &value)?;
        Ok((Some(value), remark))
    }

    /// A cell of a `任意:` column: a number where it is one, else its text.
    pub(crate) fn custom(&mut self, raw: Raw<'_>) -> Result<Option<CustomValue>, Problem> {
        let text = match raw {
            Raw::Text(text) => printable_part(text)?,
            Raw::DayOrTime(serial) => self.epoch.day(serial).ok_or_else(broken)?.to_string().into(),
            other => plain_text(other)?,
        };
        if text.is_empty() {
            return Ok(None);
        }
        let text = text.trim();
        let number = if matches!(raw, Raw::Text(_)) && text.starts_with('0') && !text.starts_with("0.") && text != "0" {
            None
        } else {
            plain_decimal(text).and_then(|plain| exact(&plain))
        };
        Ok(Some(number.map_or_else(|| CustomValue::Text(self.texts.keep(text)), CustomValue::Number)))
    }

    fn means_a_choice(&mut self, column: &ColumnSchema) -> bool {
        match column.kind {
            Kind::Choice(list, allowed) => self.spellings.has(list, allowed, CLEARED),
            _ => false,
        }
    }

    fn text(&mut self, raw: Raw<'_>, remark: &mut Option<Problem>) -> Result<Value, Problem> {
        if let Raw::DayOrTime(serial) = raw {
            *remark = Some(Problem::warning(
                "text_became_date",
                "文字の列に日付が入っています。表計算ソフトが文字を日付に変えたかもしれません。",
                "列の表示形式を「文字列」にして入れ直してください。",
            ));
            let day = self.epoch.day(serial).ok_or_else(broken)?;
            return Ok(Value::Text(self.texts.keep(&day.to_string())));
        }
        Ok(Value::Text(self.texts.keep(&plain_text(raw)?)))
    }

    /// Full-width katakana, whatever width was typed; what is no kana is kept and said.
    fn kana(&mut self, raw: Raw<'_>, remark: &mut Option<Problem>) -> Result<Value, Problem> {
        let typed = plain_text(raw)?;
        let kana = to_full_width_kana(&hiragana_to_katakana(&typed));
        let stranger = kana.chars().find(|character| !is_katakana(*character) && !may_stand_in_kana(*character));
        if let Some(stranger) = stranger {
            *remark = Some(Problem::warning(
                "not_kana",
                format!("カタカナでない文字「{stranger}」が入っています。"),
                "全角カタカナで入れ直してください。",
            ));
        }
        Ok(Value::Text(self.texts.keep(&kana)))
    }

    fn date(&self, raw: Raw<'_>) -> Result<Date, Problem> {
        let day = match raw {
            Raw::DayOrTime(serial) => self.epoch.day(serial),
            Raw::Number { value, .. } => date_of_number(value, self.epoch),
            Raw::Text(text) => match read_date(date_part(text)) {
                Ok(day) => Some(day),
                Err(error) => return Err(Problem::error("not_a_date", error.to_string(), "")),
            },
            Raw::Bool(_) | Raw::Broken => None,
        };
        day.filter(|day| *day <= LAST_DAY).ok_or_else(|| {
            Problem::error(
                "not_a_date",
                "日付として読めません。",
                "「2026-06-25」「R8.6.25」「令和8年6月25日」のように入れてください。",
            )
        })
    }

    fn month(&self, raw: Raw<'_>) -> Result<Value, Problem> {
        let month = match raw {
            Raw::DayOrTime(serial) => self.epoch.day(serial).map(Month::of),
            Raw::Number { value, .. } => month_of_number(value, self.epoch),
            Raw::Text(text) => month_of_text(text),
            Raw::Bool(_) | Raw::Broken => None,
        };
        month.map(Value::Month).ok_or_else(|| {
            Problem::error(
                "not_a_month",
                "年月として読めません。",
                "「2026-06」「R8.6」のように、列の表示形式を「文字列」にして入れてください。",
            )
        })
    }

    fn dates(&self, raw: Raw<'_>) -> Result<Value, Problem> {
        let Raw::Text(text) = raw else { return Ok(Value::Dates(DateList::new(vec![self.date(raw)?]))) };
        let parts = text.split([',', '、', '，', ';', '\n', ' ']).map(str::trim).filter(|part| !part.is_empty());
        let days: Result<Vec<_>, _> = parts.map(|part| self.date(Raw::Text(part))).collect();
        Ok(Value::Dates(DateList::new(days?)))
    }
}

/// A text without the spaces around it and without control characters, which nobody sees; line breaks and tabs stay.
fn printable_part(text: &str) -> Result<Cow<'_, str>, Problem> {
    let text = text.trim();
    if text.len() > CHARACTERS_MAX && text.chars().count() > CHARACTERS_MAX {
        return Err(too_long());
    }
    let stays = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    if text.chars().all(stays) {
        Ok(text.into())
    } else {
        Ok(text.chars().filter(|character| stays(*character)).collect())
    }
}

/// The words of a text, number or truth cell.
pub(crate) fn plain_text(raw: Raw<'_>) -> Result<Cow<'_, str>, Problem> {
    match raw {
        Raw::Text(text) => Ok(text.into()),
        Raw::Number { value, .. } => decimal_text(value).map(Into::into).ok_or_else(not_a_number),
        Raw::Bool(true) => Ok("TRUE".into()),
        Raw::Bool(false) => Ok("FALSE".into()),
        Raw::DayOrTime(_) => Err(Problem::error(
            "unexpected_date",
            "日付でない列に日付が入っています。",
            "列の表示形式を「文字列」にして入れ直してください。",
        )),
        Raw::Broken => Err(broken()),
    }
}

fn code_text(raw: Raw<'_>) -> Result<Cow<'_, str>, Problem> {
    match raw {
        Raw::Number { value, .. } => match whole(value).filter(|number| *number >= 0) {
            Some(number) => Ok(number.to_string().into()),
            None => Err(Problem::error(
                "code_became_number",
                "番号が小数か、15桁を超える数に変わっています。",
                "列の表示形式を「文字列」にして、番号を入れ直してください。",
            )),
        },
        other => plain_text(other),
    }
}

/// The day of `2026-07-01 00:00:00` or `2026-07-01T09:12`.
fn date_part(text: &str) -> &str {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let clock =
        |time: &str| !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+Z-".contains(&byte));
    if clock(time) && time.contains(':') { day } else { text }
}

fn may_stand_in_kana(character: char) -> bool {
    character.is_ascii()
        || "　・ー－（）「」。、，．／０１２３４５６７８９".contains(character)
        || ('Ａ'..='Ｚ').contains(&character)
        || ('ａ'..='ｚ').contains(&character)
}

fn broken() -> Problem {
    Problem::error(
        "broken_cell",
        "セルがエラー値か、読めない値です。",
        "計算式を直すか、値を入れ直してください。式の列には先頭の「=」を付けずに入れてください。",
    )
}

fn too_long() -> Problem {
    Problem::error("too_long", format!("{CHARACTERS_MAX}文字を超えています。"), "短くしてください。")
}

pub(crate) fn not_a_number() -> Problem {
    Problem::error("not_a_number", "数として読めません。", "半角の数字で入れてください。")
}
