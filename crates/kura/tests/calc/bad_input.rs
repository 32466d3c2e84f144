//! What no program should send: every line gets one answer, the code says what is wrong, memory stays where it is.

use std::iter;

use crate::command::{answers, code, feed};

/// The most memory the command may ever hold, whatever it is fed.
const PEAK_KIB_MAX: u64 = 32 * 1024;
const MIB: usize = 1024 * 1024;
const QUESTIONS: &str = include_str!("../vectors/questions.jsonl");

/// The codes of the answers to lines that may hold any byte but a line end.
fn codes(lines: &[&[u8]]) -> Vec<Option<String>> {
    answers(&lines.join(&b'\n')).iter().map(|answer| code(answer)).collect()
}

#[test]
fn lines_that_are_no_question() {
    let deep = format!("{{\"topic\":\"salary_income\",\"year\":{}", "[".repeat(60_000));
    let deep_and_closed =
        format!("{{\"topic\":\"salary_income\",\"year\":{}{}}}", "[".repeat(30_000), "]".repeat(30_000));
    let long = vec![b'x'; 65_537];
    let cases: [(&[u8], &str); 18] = [
        (b"", "not_json"),
        (b" ", "not_json"),
        (b"\0", "not_json"),
        (b"null", "not_json"),
        (b"[[[[[[", "not_json"),
        (b"{\"topic\":\"salary_income\",\"year\":2026,\"pay\":5000000", "not_json"),
        (b"{\"topic\":\"salary_income\"}{\"topic\":\"salary_income\"}", "not_json"),
        (b"{\"topic\":\"salary_income\",\"year\":2026,\"pay\":+1}", "not_json"),
        (b"{\"topic\":\"salary_income\",\"year\":2026,\"pay\":NaN}", "not_json"),
        (b"{\"topic\":\"salary_income\0\"}", "not_json"),
        (b"\xef\xbb\xbf{\"topic\":\"salary_income\"}", "not_json"),
        (b"\x8f\xed\x96\xbe", "not_utf8"),
        (b"{\"topic\":\"\xe6\x9d\"}", "not_utf8"),
        (b"\xed\xa0\x80", "not_utf8"),
        (&long, "line_too_long"),
        (deep.as_bytes(), "not_json"),
        (deep_and_closed.as_bytes(), "wrong_type"),
        (b"{}", "missing_field"),
    ];
    let codes = codes(&cases.map(|(line, _)| line));
    assert_eq!(codes.len(), cases.len());
    for ((line, expected), code) in cases.iter().zip(codes) {
        assert_eq!(code.as_deref(), Some(*expected), "{}", line[..line.len().min(80)].escape_ascii());
    }
}

#[test]
fn questions_with_something_wrong() {
    let cases = [
        (r#"{"topic":"none"}"#, "unknown_topic"),
        (r#"{"topic":5}"#, "wrong_type"),
        (r#"{"topic":"salary_income","year":2026,"pay":1e999}"#, "wrong_type"),
        (r#"{"topic":"salary_income","year":2026,"pay":1e3}"#, "wrong_type"),
        (r#"{"topic":"salary_income","year":2026,"pay":5000000.5}"#, "wrong_type"),
        (r#"{"topic":"salary_income","year":2026,"pay":99999999999999999999999999999999999999}"#, "out_of_range"),
        (r#"{"topic":"salary_income","year":2026,"pay":-9223372036854775809}"#, "out_of_range"),
        (r#"{"topic":"salary_income","year":2026,"pay":10000000001}"#, "out_of_range"),
        (r#"{"topic":"salary_income","year":2026,"pay":1,"pay":2}"#, "repeated_field"),
        (r#"{"topic":"salary_income","topic":"salary_income"}"#, "repeated_field"),
        (r#"{"topic":"salary_income","year":2026,"pay":1,"\u0070ay":2}"#, "repeated_field"),
        (r#"{"topic":"salary_income","year":2026,"pay":1,"Pay":2}"#, "unknown_field"),
        (r#"{"topic":"salary_income","year":2026,"pay":1,"":2}"#, "unknown_field"),
        (r#"{"topic":"commuting_limit","date":"2026-04-25","distance_km":1e999}"#, "wrong_type"),
        (r#"{"topic":"commuting_limit","date":"2026-04-25","distance_km":"１２"}"#, "wrong_type"),
        (r#"{"topic":"commuting_limit","date":"2026-04-31","distance_km":12}"#, "impossible_date"),
        (r#"{"topic":"commuting_limit","date":"2027-02-29","distance_km":12}"#, "impossible_date"),
        (r#"{"topic":"commuting_limit","date":"0000-00-00","distance_km":12}"#, "impossible_date"),
        (r#"{"topic":"commuting_limit","date":"9999-12-31","distance_km":12}"#, "out_of_range"),
        (r#"{"topic":"commuting_limit","date":"2013-04-25","distance_km":12}"#, "law_missing"),
        (r#"{"topic":"withholding","payment_date":"2028-01-01","taxable":300000}"#, "law_missing"),
        (r#"{"topic":"withholding","payment_date":"2027-01-01","period":"day","taxable":9000}"#, "law_missing"),
        (r#"{"topic":"withholding","payment_date":"2026-06-25","column":"hei","taxable":24000}"#, "law_outside_table"),
        (r#"{"topic":"withholding","payment_date":"2026-06-25","column":"kou8","taxable":1}"#, "unknown_choice"),
        (
            r#"{"topic":"withholding","payment_date":"2026-06-25","column":"kou2","dependents":1,"taxable":1}"#,
            "wrong_combination",
        ),
        (r#"{"topic":"social_premium","month":"2026-13","health_standard":1}"#, "impossible_date"),
        (
            r#"{"topic":"social_premium","month":"2026-04","prefecture":"江戸","health_standard":1,"care":true}"#,
            "law_unknown_key",
        ),
        (r#"{"topic":"labor_insurance_annual","wages":{"accident":-1}}"#, "out_of_range"),
        (r#"{"topic":"labor_insurance_annual","wages":{"accident":1,"acident":1}}"#, "unknown_field"),
        (r#"{"topic":"labor_insurance_annual","wages":[1,2]}"#, "wrong_type"),
        (r#"{"topic":"breach_clock","regime":"appi","known_at":"2026-09-01T15:10","triggers":"7-1"}"#, "wrong_type"),
        (r#"{"topic":"breach_clock","regime":"appi","known_at":"2026-09-01","triggers":"2-1"}"#, "unknown_choice"),
        (r#"{"topic":"breach_clock","regime":"appi","known_at":"2026-09-01","triggers":[]}"#, "unknown_choice"),
        (r#"{"topic":"breach_trigger","regime":"appi","kind":"leak","persons":-1}"#, "out_of_range"),
        (r#"{"topic":"my_number_check","digits":123456789018}"#, "wrong_type"),
    ];
    let lines: Vec<&[u8]> = cases.iter().map(|(line, _)| line.as_bytes()).collect();
    for ((line, expected), code) in cases.iter().zip(codes(&lines)) {
        assert_eq!(code.as_deref(), Some(*expected), "{line}");
    }
}

/// An error may be shown to anyone: it has no number of a person and no amount.
#[test]
fn no_error_repeats_what_it_was_given() {
    let lines = [
        r#"{"topic":"my_number_check","digits":123456789018}"#,
        r#"{"topic":"my_number_check","digits":"123456789018","more":1}"#,
        r#"{"topic":"salary_income","year":2026,"pay":"123456789018"}"#,
        r#"{"topic":"salary_income","year":2026,"pay":123456789018}"#,
        r#"{"topic":"withholding","payment_date":"123456789018","taxable":1}"#,
        r#"{"topic":"123456789018"}"#,
    ];
    for answer in answers(lines.join("\n").as_bytes()) {
        assert!(code(&answer).is_some() && !answer.contains("123456789018"), "{answer}");
    }
}

#[test]
fn line_ends_of_both_kinds_and_an_open_last_line() {
    let question = r#"{"topic":"basic_deduction","year":2026,"total_income":2440000}"#;
    let answers = answers(format!("{question}\r\n{question}\n\r\n{question}").as_bytes());
    assert_eq!(answers.len(), 4);
    assert!(answers[0].starts_with("{\"amount\":1040000,") && answers[0] == answers[1] && answers[1] == answers[3]);
    assert_eq!(code(&answers[2]).as_deref(), Some("not_json"));
    assert_eq!(crate::command::answers(b""), [""; 0]);
}

/// A program may ask and wait before it asks again.
#[test]
fn a_question_is_answered_while_the_input_stays_open() {
    let question = QUESTIONS.lines().next().unwrap();
    let fed = feed(iter::once(format!("{question}\n").into_bytes()), 1);
    assert_eq!((fed.lines, fed.results), (1, 1));
}

#[test]
fn sixty_four_mebibytes_of_questions() {
    let block = QUESTIONS.repeat(MIB / QUESTIONS.len());
    let lines = block.lines().count() * 64;
    let fed = feed(iter::repeat_n(block.into_bytes(), 64), lines);
    assert_eq!((fed.lines, fed.results), (lines, lines));
    assert_bounded(fed.peak_kib, "questions");
}

#[test]
fn a_line_of_sixty_four_mebibytes() {
    let open = iter::repeat_n(vec![b'{'; MIB], 64);
    let fed = feed(open.chain(iter::once(b"\n{}\n".to_vec())), 2);
    assert_eq!((fed.lines, fed.results), (2, 0));
    assert_bounded(fed.peak_kib, "one line");
}

/// The shortest lines have the longest answers for their size.
#[test]
fn a_quarter_of_a_million_empty_lines() {
    let fed = feed(iter::once(vec![b'\n'; MIB / 4]), MIB / 4);
    assert_eq!((fed.lines, fed.results), (MIB / 4, 0));
    assert_bounded(fed.peak_kib, "empty lines");
}

#[test]
fn sixteen_mebibytes_of_noise() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = Vec::with_capacity(16 * MIB);
    while noise.len() < 16 * MIB {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        noise.extend_from_slice(&state.to_le_bytes());
    }
    noise.push(b'\n');
    let lines = noise.iter().filter(|byte| **byte == b'\n').count();
    let fed = feed(iter::once(noise), lines);
    assert_eq!((fed.lines, fed.results), (lines, 0));
    assert_bounded(fed.peak_kib, "noise");
}

fn assert_bounded(peak_kib: Option<u64>, input: &str) {
    if let Some(peak) = peak_kib {
        println!("{input}: at most {peak} KiB held");
        assert!(peak < PEAK_KIB_MAX, "{input}: {peak} KiB held");
    }
}
