use crate::piece::{Piece, pieces};
use crate::proposal::proposals_for;
use crate::width::half_width;
use crate::{PROBLEMS_MAX, Refusal, TextProblem};

/// 全銀カナ: a name as the kana fields of a bank file (全銀フォーマット) take it. Katakana, letters and digits become half-width,
/// small kana large, the long vowel a hyphen, small letters capital; the space and `( ) - .` stay.
///
/// `also_allowed` are the half-width signs this bank takes besides (`/`, `｢`, `｣`, `\`, `ｦ`), as its own sheet says.
///
/// # Errors
/// Every other character, with its place in `text`: ｦ, comma, apostrophe, plus, colon, question mark, middle dot, hiragana,
/// kanji. Sources: the character lists of two payroll vendors and a bank; the hyphen for the long vowel is single-sourced.
pub fn bank_kana(text: &str, also_allowed: &[char]) -> Result<String, Vec<TextProblem>> {
    let bank_form = |character: char| if also_allowed.contains(&character) { Some(character) } else { form(character) };
    let mut converted = String::with_capacity(text.len());
    let mut problems = Vec::new();
    for piece in pieces(text) {
        match half_width(piece.text).chars().map(bank_form).collect::<Option<String>>() {
            Some(form) => converted.push_str(&form),
            None => problems.extend(problem(piece, |character| bank_form(character).is_some())),
        }
        if problems.len() == PROBLEMS_MAX {
            break;
        }
    }
    if problems.is_empty() { Ok(converted) } else { Err(problems) }
}

/// What a half-width character becomes in a bank file.
fn form(character: char) -> Option<char> {
    Some(match character {
        '0'..='9' | 'A'..='Z' | ' ' | '(' | ')' | '-' | '.' | 'ｱ'..='ﾟ' => character,
        'a'..='z' => character.to_ascii_uppercase(),
        'ｰ' => '-',
        'ｧ' => 'ｱ',
        'ｨ' => 'ｲ',
        'ｩ' => 'ｳ',
        'ｪ' => 'ｴ',
        'ｫ' => 'ｵ',
        'ｬ' => 'ﾔ',
        'ｭ' => 'ﾕ',
        'ｮ' => 'ﾖ',
        'ｯ' => 'ﾂ',
        _ => return None,
    })
}

fn problem(piece: Piece<'_>, takes: impl Fn(char) -> bool) -> Option<TextProblem> {
    let is_refused = |character: &char| !half_width(character.encode_utf8(&mut [0; 4])).chars().all(&takes);
    let character = piece.text.chars().find(is_refused)?;
    let reason = match Refusal::of(character) {
        None | Some(Refusal::Separator) => Refusal::OutsideBankKana,
        Some(reason) => reason,
    };
    Some(TextProblem::Refused { place: piece.place, character, reason, proposals: proposals_for(piece.text, takes) })
}
