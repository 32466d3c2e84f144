//! What holds for every text: a clean check is a promise of bytes, a proposal is one the field takes, widths keep meaning.

use kura_text::{
    Charset, bank_kana, check, convert_width, encode_shift_jis, fold_header, half_width_code, propose, shift_jis_len,
};
use proptest::prelude::*;

/// Texts near the borders of the sets, and anything at all.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~｡-ﾟァ-ヶー　亜-黑髙﨑①㈱Ⅲ\u{3099}\u{E0100}\u{200B}]{0,30}",
        "[ｱ-ﾟ A-Z0-9-]{0,30}",
        "[一-龥　]{0,30}",
        ".{0,30}",
        any::<String>(),
    ]
}

fn charset() -> impl Strategy<Value = Charset> {
    prop::sample::select(Charset::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_clean_check_promises_the_bytes(text in text(), charset in charset(), bytes_max in 0_usize..60) {
        let problems = check(&text, charset, ..=bytes_max);
        if problems.is_empty() {
            let bytes = encode_shift_jis(&text).unwrap();
            prop_assert_eq!(bytes.len(), shift_jis_len(&text));
            prop_assert!(bytes.len() <= bytes_max);
        }
        prop_assert_eq!(check(&text, Charset::Any, ..).is_empty(), encode_shift_jis(&text).is_ok());
    }

    #[test]
    fn a_problem_names_a_character_of_the_text_and_proposes_what_the_field_takes(text in text(), charset in charset()) {
        for problem in check(&text, charset, ..) {
            prop_assert!(problem.character().is_none_or(|character| text.contains(character)));
            prop_assert!(problem.place().is_none_or(|place| place >= 1 && place <= text.chars().count()));
            for proposal in problem.proposals() {
                prop_assert!(proposal.chars().all(|character| charset.takes(character)), "{:?}", proposal);
            }
            prop_assert!(!problem.to_string().is_empty());
        }
    }

    #[test]
    fn a_proposed_value_has_no_refused_character(text in text(), charset in charset()) {
        if let Some(proposed) = propose(&text, charset) {
            prop_assert!(proposed.chars().all(|character| charset.takes(character)));
            if text.chars().all(|character| charset.takes(character)) {
                prop_assert_eq!(proposed, text);
            }
        }
    }

    #[test]
    fn a_converted_value_is_taken_and_stays(text in text(), charset in charset()) {
        match convert_width(&text, charset) {
            Ok(converted) => {
                prop_assert!(converted.chars().all(|character| charset.takes(character)));
                prop_assert_eq!(convert_width(&converted, charset), Ok(converted));
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                let refused = check(&text, charset, ..);
                prop_assert!(problems.iter().all(|problem| refused.contains(problem)));
            }
        }
    }

    #[test]
    fn bank_kana_stays_and_fits_one_byte_a_character(text in text()) {
        match bank_kana(&text, &[]) {
            Ok(kana) => {
                prop_assert_eq!(encode_shift_jis(&kana).unwrap().len(), kana.chars().count());
                prop_assert_eq!(bank_kana(&kana, &[]), Ok(kana));
            }
            Err(problems) => prop_assert!(problems.iter().all(|problem| problem.place().is_some())),
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in text()) {
        let folded = fold_header(&text);
        prop_assert_eq!(fold_header(&folded), folded);
        let code = half_width_code(&text).into_owned();
        prop_assert_eq!(half_width_code(&code).into_owned(), code);
    }
}
