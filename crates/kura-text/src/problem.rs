use std::fmt;

use crate::piece::{Piece, is_combining_mark, is_variation_selector};
use crate::proposal::{is_invisible, proposals};
use crate::shift_jis::code_of;
use crate::{Charset, NameForm};

/// Why a value cannot stand in its field. It names at most the one offending character, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextProblem {
    /// 使えない文字.
    Refused {
        /// Position from 1, as a reader counts: a mark that joins the character before it is not counted.
        place: usize,
        /// The offending character. A mark that joins the character before it has that character's place.
        character: char,
        /// Why.
        reason: Refusal,
        /// What may stand at this place instead (a mark and its base together), best first. A person chooses.
        proposals: Vec<String>,
    },
    /// Two kinds in a field that takes one or the other.
    MixedKinds {
        /// Position from 1 of the first character of the second kind.
        place: usize,
        /// That character.
        character: char,
        /// The set of the field.
        charset: Charset,
    },
    /// Two spaces in a row.
    RepeatedSpace {
        /// Position from 1 of the second space.
        place: usize,
    },
    /// 最大桁数超過, in bytes of Shift_JIS.
    TooLong {
        /// Bytes of the value.
        bytes: usize,
        /// Bytes of the field.
        bytes_max: usize,
    },
    /// Fewer bytes of Shift_JIS than the field wants.
    TooShort {
        /// Bytes of the value.
        bytes: usize,
        /// Bytes the field wants.
        bytes_min: usize,
    },
    /// 氏名項目形式不正: not exactly one space between family and given name.
    NameForm {
        /// The form wanted.
        form: NameForm,
    },
}

/// Why a character is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A kanji outside JIS X 0208 level 1 and 2 (髙, 﨑), in CP932 or not.
    KanjiBeyondLevel2,
    /// Another character outside JIS X 0208 (①, ㈱, é, emoji): 機種依存文字.
    BeyondJisX0208,
    /// 外字: a character of a private-use area.
    PrivateUse,
    /// 異体字セレクター behind a kanji.
    VariationSelector,
    /// A mark written apart from its letter (か and ゛).
    CombiningMark,
    /// A character nobody sees.
    Invisible,
    /// Line break, tab or another control.
    Control,
    /// Comma or quotation mark: the files know no quoting.
    Separator,
    /// A good character, not one of this field.
    OutsideCharset(Charset),
    /// A good character, not one of the kana fields of a bank file.
    OutsideBankKana,
}

impl TextProblem {
    /// Position from 1, where the problem has one.
    pub fn place(&self) -> Option<usize> {
        match self {
            Self::Refused { place, .. } | Self::MixedKinds { place, .. } | Self::RepeatedSpace { place } => {
                Some(*place)
            }
            Self::TooLong { .. } | Self::TooShort { .. } | Self::NameForm { .. } => None,
        }
    }

    /// The offending character, where the problem is one character.
    pub fn character(&self) -> Option<char> {
        match self {
            Self::Refused { character, .. } | Self::MixedKinds { character, .. } => Some(*character),
            _ => None,
        }
    }

    /// What may stand instead of a refused character, best first.
    pub fn proposals(&self) -> &[String] {
        match self {
            Self::Refused { proposals, .. } => proposals,
            _ => &[],
        }
    }

    /// What the official checker says (仕様チェックプログラム); `None` where no official wording is known.
    pub const fn checker_message(&self) -> Option<&'static str> {
        match self {
            Self::Refused { .. } => Some("入力不可文字検出／無効文字検出"),
            Self::TooLong { .. } => Some("最大桁数超過"),
            Self::NameForm { .. } => Some("氏名項目形式不正"),
            Self::MixedKinds { .. } | Self::RepeatedSpace { .. } | Self::TooShort { .. } => None,
        }
    }

    /// The problem of a piece of text in a field; `None` if the field takes it.
    pub(crate) fn refused(piece: Piece<'_>, charset: Charset) -> Option<Self> {
        let character = piece.text.chars().find(|character| !charset.takes(*character))?;
        let reason = Refusal::of(character).unwrap_or(Refusal::OutsideCharset(charset));
        Some(Self::Refused { place: piece.place, character, reason, proposals: proposals(piece.text, charset) })
    }
}

impl Refusal {
    /// Why no field of any form takes the character; `None` if some field does.
    pub(crate) fn of(character: char) -> Option<Self> {
        Some(match character {
            ',' | '"' => Self::Separator,
            _ if code_of(character).is_some() => return None,
            _ if character.is_control() => Self::Control,
            _ if is_variation_selector(character) => Self::VariationSelector,
            _ if is_combining_mark(character) => Self::CombiningMark,
            _ if is_invisible(character) => Self::Invisible,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Self::PrivateUse,
            '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                Self::KanjiBeyondLevel2
            }
            _ => Self::BeyondJisX0208,
        })
    }
}

impl fmt::Display for TextProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { place, character, reason, proposals } => {
                write!(formatter, "{place}文字目の{}は、{reason}。{}", Shown(*character), Remedy(proposals))
            }
            Self::MixedKinds { place, character, charset } => write!(
                formatter,
                "{place}文字目の{}から文字の種類が変わっています。この項目は{}です。どちらかに揃えてください。",
                Shown(*character),
                charset.description()
            ),
            Self::RepeatedSpace { place } => {
                write!(formatter, "{place}文字目でスペースが2つ続いています。1つにしてください。")
            }
            Self::TooLong { bytes, bytes_max } => write!(
                formatter,
                "{bytes}バイトあり、この項目の上限{bytes_max}バイト（全角2・半角1、半角の濁点も1）を超えています。短くしてください。"
            ),
            Self::TooShort { bytes, bytes_min } => {
                write!(
                    formatter,
                    "{bytes}バイトしかなく、この項目の下限{bytes_min}バイトに足りません。桁を確かめてください。"
                )
            }
            Self::NameForm { form } => write!(formatter, "氏と名の間は{}1つで区切ってください。", form.space_name()),
        }
    }
}

impl std::error::Error for TextProblem {}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::KanjiBeyondLevel2 => "届出に使えない漢字です（JIS第一・第二水準にありません）",
            Self::BeyondJisX0208 => "届出に使えない文字です（機種依存文字など、JIS X 0208にありません）",
            Self::PrivateUse => "外字です（ほかのパソコンでは別の字になります）",
            Self::VariationSelector => "漢字の字形を選ぶ符号（異体字セレクター）で、届出に使えません",
            Self::CombiningMark => "前の文字から離れて書かれた濁点などの符号で、届出に使えません",
            Self::Invisible => "目に見えない文字で、届出に使えません",
            Self::Control => "改行・タブなどの制御文字で、届出に使えません",
            Self::Separator => "項目の区切りになるため使えません",
            Self::OutsideCharset(Charset::Nothing) => "空欄にする項目に入っています",
            Self::OutsideCharset(charset) => {
                return write!(formatter, "この項目に使えません（使えるのは{}です）", charset.description());
            }
            Self::OutsideBankKana => "振込データのカナ項目に使えません",
        })
    }
}

/// The one offending character, as a reader can see it.
struct Shown(char);

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ' ' => formatter.write_str("半角スペース"),
            '\u{3000}' => formatter.write_str("全角スペース"),
            '\n' | '\r' => formatter.write_str("改行"),
            '\t' => formatter.write_str("タブ"),
            character => match Refusal::of(character) {
                Some(
                    Refusal::Control
                    | Refusal::Invisible
                    | Refusal::CombiningMark
                    | Refusal::VariationSelector
                    | Refusal::PrivateUse,
                ) => write!(formatter, "U+{:04X}", u32::from(character)),
                _ => write!(formatter, "「{character}」"),
            },
        }
    }
}

struct Remedy<'a>(&'a [String]);

impl fmt::Display for Remedy<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((best, others)) = self.0.split_first() else {
            return formatter.write_str("ほかの書き方に改めてください。");
        };
        if best.is_empty() {
            return formatter.write_str("この文字を消してください。");
        }
        write!(formatter, "「{best}」")?;
        for other in others {
            write!(formatter, "か「{other}」")?;
        }
        formatter.write_str("に置き換えてよいか確かめてください。")
    }
}
