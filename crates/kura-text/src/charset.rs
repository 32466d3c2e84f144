use crate::shift_jis::{Code, code_of};

/// 文字種: which characters a field of a 届書 takes. The names are those of the `charset` column of the layouts.
///
/// No set takes a comma, a quotation mark or a line break: the files know no quoting. No set goes beyond JIS X 0201 (one
/// byte) and JIS X 0208-1990 level 1 and 2 with the non-kanji rows (two bytes).
/// Source: CSV形式届書作成仕様書 16.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charset {
    /// `num`: digits.
    Num,
    /// `kana_half`: 半角カナ and one-byte space, no middle dot, no other sign.
    KanaHalf,
    /// `zenkaku`: two-byte characters.
    Zenkaku,
    /// `kanji_or_kana`: two-byte characters, or 半角カナ with one-byte space; not mixed.
    KanjiOrKana,
    /// `alnum_or_kana`: letters and digits, or 半角カナ; not mixed (事業所記号).
    AlnumOrKana,
    /// `alnum_kana_symbol`: every one-byte character (住所カナ).
    AlnumKanaSymbol,
    /// `any`: one-byte and two-byte characters.
    Any,
    /// `any_no_half_space`: the same without the one-byte space (住所漢字).
    AnyNoHalfSpace,
    /// `none`: the field stays empty.
    Nothing,
}

impl Charset {
    /// Every set.
    pub const ALL: [Charset; 9] = [
        Charset::Num,
        Charset::KanaHalf,
        Charset::Zenkaku,
        Charset::KanjiOrKana,
        Charset::AlnumOrKana,
        Charset::AlnumKanaSymbol,
        Charset::Any,
        Charset::AnyNoHalfSpace,
        Charset::Nothing,
    ];

    /// Reads the name a layout uses; `None` for a name no layout uses.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|charset| charset.name() == name)
    }

    /// The name a layout uses.
    pub const fn name(self) -> &'static str {
        match self {
            Charset::Num => "num",
            Charset::KanaHalf => "kana_half",
            Charset::Zenkaku => "zenkaku",
            Charset::KanjiOrKana => "kanji_or_kana",
            Charset::AlnumOrKana => "alnum_or_kana",
            Charset::AlnumKanaSymbol => "alnum_kana_symbol",
            Charset::Any => "any",
            Charset::AnyNoHalfSpace => "any_no_half_space",
            Charset::Nothing => "none",
        }
    }

    /// What the set takes, in the words of a finding.
    pub const fn description(self) -> &'static str {
        match self {
            Charset::Num => "半角数字だけ",
            Charset::KanaHalf => "半角カナと半角スペースだけ",
            Charset::Zenkaku => "全角文字だけ",
            Charset::KanjiOrKana => "全角文字だけ、または半角カナだけ",
            Charset::AlnumOrKana => "半角英数字だけ、または半角カナだけ",
            Charset::AlnumKanaSymbol => "半角の英数字・カナ・記号だけ",
            Charset::Any => "JIS第一・第二水準までの文字",
            Charset::AnyNoHalfSpace => "半角スペースを除く文字",
            Charset::Nothing => "空欄",
        }
    }

    /// True if the set takes this character.
    pub fn takes(self, character: char) -> bool {
        code_of(character).is_some_and(|code| self.takes_code(code))
    }

    pub(crate) fn takes_code(self, code: Code) -> bool {
        match (self, code) {
            (_, Code::One(b',' | b'"')) | (Charset::Nothing, _) => false,
            (Charset::Num, Code::One(byte)) => byte.is_ascii_digit(),
            (Charset::KanaHalf | Charset::KanjiOrKana, Code::One(byte)) => is_kana_byte(byte) || byte == b' ',
            (Charset::AlnumOrKana, Code::One(byte)) => is_kana_byte(byte) || byte.is_ascii_alphanumeric(),
            (Charset::Zenkaku, Code::One(_)) => false,
            (Charset::AnyNoHalfSpace, Code::One(byte)) => byte != b' ',
            (Charset::AlnumKanaSymbol | Charset::Any, Code::One(_)) => true,
            (Charset::Zenkaku | Charset::KanjiOrKana | Charset::Any | Charset::AnyNoHalfSpace, Code::Two(_)) => true,
            (Charset::Num | Charset::KanaHalf | Charset::AlnumOrKana | Charset::AlnumKanaSymbol, Code::Two(_)) => false,
        }
    }

    /// In a set of two kinds that may not be mixed: true for the one-byte kana kind. `None` where mixing is free.
    pub(crate) fn is_kana_kind(self, character: char) -> Option<bool> {
        self.is_kana_kind_of(code_of(character)?)
    }

    pub(crate) fn is_kana_kind_of(self, code: Code) -> Option<bool> {
        match (self, code) {
            (Charset::KanjiOrKana, code) => Some(matches!(code, Code::One(_))),
            (Charset::AlnumOrKana, Code::One(byte)) => Some(is_kana_byte(byte)),
            _ => None,
        }
    }

    /// The two spaces that may not stand in a row.
    pub(crate) const fn repeated_space(self) -> Option<&'static str> {
        match self {
            Charset::KanaHalf | Charset::AlnumKanaSymbol => Some("  "),
            Charset::AnyNoHalfSpace => Some("\u{3000}\u{3000}"),
            _ => None,
        }
    }
}

/// ｦ to ﾟ of JIS X 0201, the long vowel with them; not the marks ｡｢｣､･.
const fn is_kana_byte(byte: u8) -> bool {
    matches!(byte, 0xA6..=0xDF)
}
