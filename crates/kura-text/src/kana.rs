/// ひらがな to カタカナ; everything else stays.
pub fn hiragana_to_katakana(text: &str) -> String {
    text.chars().map(katakana_of).collect()
}

/// Full-width katakana to half-width, ガ becoming the two characters ｶﾞ, and the full-width space to the half-width one.
/// Small kana stay small. What has no half-width form stays, ヮヰヱヵヶ among it: JIS X 0201 does not know them.
pub fn to_half_width_kana(text: &str) -> String {
    let mut half = String::with_capacity(text.len());
    for character in text.chars() {
        match half_form(character) {
            Some(form) => half.push_str(form),
            None => half.push(character),
        }
    }
    half
}

/// Half-width kana to full-width, ｶﾞ becoming the one character ガ, and the half-width space to the full-width one.
/// Everything else stays.
pub fn to_full_width_kana(text: &str) -> String {
    let mut full = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match full_form(character) {
            Some(form) => {
                let mark = characters.next_if(|next| is_half_width_mark(*next) && compose(character, *next).is_some());
                full.push(mark.and_then(|mark| compose(character, mark)).unwrap_or(form));
            }
            None => full.push(character),
        }
    }
    full
}

/// True for the full-width katakana of JIS X 0208, ァ to ヶ, and the long vowel ー.
pub const fn is_katakana(character: char) -> bool {
    matches!(character, 'ァ'..='ヶ' | 'ー')
}

/// The half-width form of a katakana, a kana mark or the full-width space.
pub(crate) fn half_form(character: char) -> Option<&'static str> {
    let form = match character {
        '。' => "｡",
        '「' => "｢",
        '」' => "｣",
        '、' => "､",
        '゛' => "ﾞ",
        '゜' => "ﾟ",
        '\u{3000}' => " ",
        'ァ'..='ー' => {
            let index = usize::try_from(u32::from(character) - u32::from('ァ')).ok()?;
            HALF_WIDTH.get(index).copied()?
        }
        _ => return None,
    };
    (!form.is_empty()).then_some(form)
}

/// The full-width form of one half-width kana or of the space, a mark ﾞ taken alone.
pub(crate) fn full_form(character: char) -> Option<char> {
    match character {
        ' ' => Some('\u{3000}'),
        '\u{FF61}'..='\u{FF9F}' => {
            let index = usize::try_from(u32::from(character) - 0xFF61).ok()?;
            FULL_WIDTH.get(index).copied()
        }
        _ => None,
    }
}

/// ﾞ or ﾟ.
pub(crate) const fn is_half_width_mark(character: char) -> bool {
    matches!(character, 'ﾞ' | 'ﾟ')
}

/// One kana of a base in any width and a mark written after it: か and U+3099, ｶ and ﾞ. The full-width kana, or `None` where
/// JIS X 0208 has no such kana.
pub(crate) fn compose(base: char, mark: char) -> Option<char> {
    let (katakana, is_hiragana) = match base {
        'ぁ'..='ん' => (katakana_of(base), true),
        _ => (full_form(base).unwrap_or(base), false),
    };
    let step = match (mark, katakana) {
        ('ﾞ' | '゛' | '\u{3099}', 'ウ') => return Some('ヴ'),
        ('ﾞ' | '゛' | '\u{3099}', _) if VOICEABLE.contains(katakana) => 1,
        ('ﾟ' | '゜' | '\u{309A}', 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ') => 2,
        _ => return None,
    };
    let back = if is_hiragana { HIRAGANA_TO_KATAKANA } else { 0 };
    char::from_u32(u32::from(katakana) + step - back)
}

fn katakana_of(character: char) -> char {
    match character {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => {
            char::from_u32(u32::from(character) + HIRAGANA_TO_KATAKANA).unwrap_or(character)
        }
        _ => character,
    }
}

const HIRAGANA_TO_KATAKANA: u32 = 0x60;

const VOICEABLE: &str = "カキクケコサシスセソタチツテトハヒフヘホ";

/// From ァ (U+30A1) to ー (U+30FC); empty where JIS X 0201 has no form.
const HALF_WIDTH: [&str; 92] = [
    "ｧ", "ｱ", "ｨ", "ｲ", "ｩ", "ｳ", "ｪ", "ｴ", "ｫ", "ｵ", "ｶ", "ｶﾞ", "ｷ", "ｷﾞ", "ｸ", "ｸﾞ", "ｹ", "ｹﾞ", "ｺ", "ｺﾞ", "ｻ", "ｻﾞ", "ｼ",
    "ｼﾞ", "ｽ", "ｽﾞ", "ｾ", "ｾﾞ", "ｿ", "ｿﾞ", "ﾀ", "ﾀﾞ", "ﾁ", "ﾁﾞ", "ｯ", "ﾂ", "ﾂﾞ", "ﾃ", "ﾃﾞ", "ﾄ", "ﾄﾞ", "ﾅ", "ﾆ", "ﾇ", "ﾈ", "ﾉ",
    "ﾊ", "ﾊﾞ", "ﾊﾟ", "ﾋ", "ﾋﾞ", "ﾋﾟ", "ﾌ", "ﾌﾞ", "ﾌﾟ", "ﾍ", "ﾍﾞ", "ﾍﾟ", "ﾎ", "ﾎﾞ", "ﾎﾟ", "ﾏ", "ﾐ", "ﾑ", "ﾒ", "ﾓ", "ｬ", "ﾔ", "ｭ",
    "ﾕ", "ｮ", "ﾖ", "ﾗ", "ﾘ", "ﾙ", "ﾚ", "ﾛ", "", "ﾜ", "", "", "ｦ", "ﾝ", "ｳﾞ", "", "", "", "", "", "", "･", "ｰ",
];

/// From ｡ (U+FF61) to ﾟ (U+FF9F).
const FULL_WIDTH: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ',
    'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ',
    'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル',
    'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];
