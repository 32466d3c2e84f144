use kura_text::{Charset, NameForm, convert_width, set_name_space};

/// 氏名, as a filing writes it.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    /// カナ: half width, one half-width space (`ﾋﾅﾀ ﾐｽﾞｷ`).
    pub kana: String,
    /// 漢字: one full-width space (`日向　瑞樹`); may be empty.
    pub kanji: String,
}

impl PersonName {
    /// The name of the parts an office keeps: 姓, 名, セイ, メイ, the kana in either width. A character that no change of width
    /// makes acceptable stays and is found when the file is made.
    pub fn of_parts(family: &str, given: &str, family_kana: &str, given_kana: &str) -> Self {
        let join = |parts: [&str; 2], form| set_name_space(&parts.join(" "), form);
        let kana = join([family_kana, given_kana], NameForm::Kana);
        Self {
            kana: convert_width(&kana, Charset::KanaHalf).unwrap_or(kana),
            kanji: join([family, given], NameForm::Kanji),
        }
    }
}

/// 性別, where a form asks for nothing finer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }
}

/// 住所.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// 郵便番号, `100-0000` or `1000000`.
    pub zip: String,
    /// カナ, half width; only 資格取得届 asks for it.
    pub kana: String,
    /// 漢字, 37 full-width characters at most.
    pub kanji: String,
}

impl Address {
    /// The address of the cells an office keeps, each in the width its field takes. A character that no change of width makes
    /// acceptable stays and is found when the file is made.
    pub fn of_parts(zip: &str, kanji: &str, kana: &str) -> Self {
        let in_width = |text: &str, charset| convert_width(text, charset).unwrap_or_else(|_| text.to_owned());
        Self {
            zip: zip.to_owned(),
            kana: in_width(kana, Charset::AlnumKanaSymbol),
            kanji: in_width(kanji, Charset::AnyNoHalfSpace),
        }
    }
}

/// How a person is known to the Service. The columns a record fills follow from it, so it is chosen before any number is
/// filled in.
#[derive(Clone, PartialEq, Eq)]
pub enum PersonKey {
    /// 個人番号: the record carries [`MY_NUMBER_PLACEHOLDER`] until the vault fills it.
    MyNumber,
    /// 基礎年金番号, `4210-556677` or ten digits.
    BasicPension(String),
}

/// Stands where a 個人番号 belongs: as long as one, and no number. Only the vault puts a number in its place.
pub const MY_NUMBER_PLACEHOLDER: &str = "{{MYNUMBER}}";

/// 郵便番号 in its two parts.
pub(crate) fn zip_parts(zip: &str) -> (&str, &str) {
    parts(zip, 3)
}

/// 基礎年金番号 in its two parts, 課所符号 and 一連番号.
pub(crate) fn basic_pension_parts(number: &str) -> (&str, &str) {
    parts(number, 4)
}

/// At the hyphen, or after so many characters where there is none. Whatever is wrong with a part is found in its field.
pub(crate) fn parts(code: &str, first_len: usize) -> (&str, &str) {
    code.split_once('-').or_else(|| code.split_at_checked(first_len)).unwrap_or((code, ""))
}
