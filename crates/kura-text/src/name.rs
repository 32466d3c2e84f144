use crate::TextProblem;
use crate::kana::is_katakana;

/// 氏名の書き方: the space that parts family and given name in a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// カナ氏名: one half-width space.
    Kana,
    /// 漢字氏名: one full-width space.
    Kanji,
}

impl NameForm {
    /// The one space of the form.
    pub const fn space(self) -> char {
        match self {
            NameForm::Kana => ' ',
            NameForm::Kanji => '\u{3000}',
        }
    }

    pub(crate) const fn space_name(self) -> &'static str {
        match self {
            NameForm::Kana => "半角スペース",
            NameForm::Kanji => "全角スペース",
        }
    }
}

/// Checks 氏名項目形式: exactly one space of the form, between two parts. An empty name is no question of form.
///
/// # Errors
/// [`TextProblem::NameForm`].
pub fn check_name_form(name: &str, form: NameForm) -> Result<(), TextProblem> {
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    match name.split_once(form.space()) {
        _ if name.is_empty() => Ok(()),
        Some((family, given)) if is_part(family) && is_part(given) => Ok(()),
        _ => Err(TextProblem::NameForm { form }),
    }
}

/// The name with the spaces of the form: none at the ends, one of the right width wherever one or more of any width stood.
/// A name written without a space stays so: where to cut it is not for a program to guess.
pub fn set_name_space(name: &str, form: NameForm) -> String {
    let mut spaced = String::with_capacity(name.len());
    for part in name.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(form.space());
        }
        spaced.push_str(part);
    }
    spaced
}

/// フリガナ as the workbook keeps it: full-width katakana and ー, parts separated by one space of either width.
pub fn is_katakana_name(name: &str) -> bool {
    let is_space = |character| matches!(character, ' ' | '\u{3000}');
    name.split(is_space).all(|part| !part.is_empty() && part.chars().all(is_katakana) && !part.starts_with('ー'))
}
