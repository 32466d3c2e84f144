//! 検査用数字: the check digits of 個人番号 and 法人番号. A typing aid, not proof: about 2 % of single wrong digits of a
//! 個人番号 pass, so the second pair of eyes stays.
//!
//! Nothing here keeps a number, and no error repeats one.

/// Why digits are no 個人番号 or 法人番号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NumberFault {
    /// Full-width digits: the caller makes them half-width before the check.
    #[error("全角の数字が含まれています。半角の数字に直してから確かめてください。")]
    FullWidth,
    /// Something else than digits: a hyphen, a space, a letter.
    #[error("数字以外の文字が含まれています。ハイフンや空白を除き、半角の数字だけにしてください。")]
    NotDigits,
    /// Not 12 digits (個人番号) or 13 digits (法人番号).
    #[error("桁数が違います。個人番号は12桁、法人番号は13桁です（先頭の0も必要です）。")]
    Length,
    /// The check digit does not fit: a digit is mistyped.
    #[error("検査用数字が合いません。入力の誤りがないか、元の書類と見比べてください。")]
    CheckDigit,
    /// All digits are zero: the check digit fits, but it is a placeholder and no one's number.
    #[error("すべて0の番号は仮の番号です。本人の番号を確かめてください。")]
    Dummy,
}

impl NumberFault {
    /// The reason as programs read it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FullWidth => "full_width",
            Self::NotDigits => "not_digits",
            Self::Length => "length",
            Self::CheckDigit => "check_digit",
            Self::Dummy => "dummy",
        }
    }
}

/// Checks a 個人番号: 12 half-width digits, the last is the check digit.
///
/// Source: 平成26年総務省令85号5条 (from memory; formula and weights agree in three independent implementations).
pub fn check_individual_number(digits: &str) -> Result<(), NumberFault> {
    let number: [u32; 12] = values(digits)?;
    let [body @ .., check] = number;
    if number == [0; 12] {
        return Err(NumberFault::Dummy);
    }
    if individual_check_digit(body) == check { Ok(()) } else { Err(NumberFault::CheckDigit) }
}

/// Checks a 法人番号: 13 half-width digits, the first is the check digit.
///
/// Source: 国税庁「法人番号の検査用数字」(平成26年財務省令70号2条; the number of the ordinance from memory).
pub fn check_corporate_number(digits: &str) -> Result<(), NumberFault> {
    let [check, body @ ..]: [u32; 13] = values(digits)?;
    if corporate_check_digit(body) == check { Ok(()) } else { Err(NumberFault::CheckDigit) }
}

/// 11 less the remainder by 11 of the weighted sum; remainders 0 and 1 give 0.
fn individual_check_digit(body: [u32; 11]) -> u32 {
    const WEIGHTS: [u32; 11] = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    match weighted_sum(body, WEIGHTS) % 11 {
        0 | 1 => 0,
        remainder => 11_u32.saturating_sub(remainder),
    }
}

/// 9 less the remainder by 9 of the weighted sum: 1 to 9, never 0.
fn corporate_check_digit(body: [u32; 12]) -> u32 {
    const WEIGHTS: [u32; 12] = [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1];
    9_u32.saturating_sub(weighted_sum(body, WEIGHTS) % 9)
}

fn weighted_sum<const N: usize>(digits: [u32; N], weights: [u32; N]) -> u32 {
    digits.into_iter().zip(weights).map(|(digit, weight)| digit.saturating_mul(weight)).sum()
}

/// The values of exactly `N` half-width digits.
fn values<const N: usize>(digits: &str) -> Result<[u32; N], NumberFault> {
    let full_width = |character: char| ('０'..='９').contains(&character);
    if digits.chars().any(|character| !character.is_ascii_digit() && !full_width(character)) {
        return Err(NumberFault::NotDigits);
    }
    if digits.chars().any(full_width) {
        return Err(NumberFault::FullWidth);
    }
    let mut values = [0; N];
    if digits.len() != N {
        return Err(NumberFault::Length);
    }
    for (value, digit) in values.iter_mut().zip(digits.chars()) {
        *value = digit.to_digit(10).ok_or(NumberFault::NotDigits)?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (body, weighted sum, check digit, number), all computed; see the official explanation of both formulas.
    const INDIVIDUAL: [(&str, u32, u32, &str); 11] = [
        ("12345678901", 212, 8, "123456789018"),
        ("00000000000", 0, 0, "000000000000"),
        ("11111111111", 47, 8, "111111111118"),
        ("99999999999", 423, 6, "999999999996"),
        ("02345678901", 206, 3, "023456789013"),
        ("98765432109", 228, 3, "987654321093"),
        ("31415926535", 196, 2, "314159265352"),
        ("10000000000", 6, 5, "100000000005"),
        ("00000000006", 12, 0, "000000000060"),
        ("00000000005", 10, 1, "000000000051"),
        ("55555555555", 235, 7, "555555555557"),
    ];
    const CORPORATE: [(&str, u32, u32, &str); 6] = [
        ("000012050002", 11, 7, "7000012050002"),
        ("180301018771", 53, 1, "1180301018771"),
        ("700110005901", 37, 8, "8700110005901"),
        ("123456789012", 74, 7, "7123456789012"),
        ("000000000000", 0, 9, "9000000000000"),
        ("999999999999", 162, 9, "9999999999999"),
    ];

    #[test]
    fn individual_numbers_of_the_table() {
        for (body, sum, check, number) in INDIVIDUAL {
            let values = values::<11>(body).unwrap();
            assert_eq!(weighted_sum(values, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), sum, "{body}");
            assert_eq!(individual_check_digit(values), check, "{body}");
            assert_eq!(format!("{body}{check}"), number);
            let expected = if check == 0 && sum == 0 { Err(NumberFault::Dummy) } else { Ok(()) };
            assert_eq!(check_individual_number(number), expected, "{number}");
        }
    }

    #[test]
    fn corporate_numbers_of_the_table() {
        for (body, sum, check, number) in CORPORATE {
            let values = values::<12>(body).unwrap();
            assert_eq!(weighted_sum(values, [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]), sum, "{body}");
            assert_eq!(corporate_check_digit(values), check, "{body}");
            assert_eq!(format!("{check}{body}"), number);
            assert_eq!(check_corporate_number(number), Ok(()), "{number}");
        }
        // The check digit is 1 to 9: thirteen zeros do not fit.
        assert_eq!(check_corporate_number("0000000000000"), Err(NumberFault::CheckDigit));
    }

    #[test]
    fn what_is_no_number_is_named() {
        let faults = [
            ("123456789012", NumberFault::CheckDigit),
            ("123456789010", NumberFault::CheckDigit),
            ("12345678901", NumberFault::Length),
            ("1234567890123", NumberFault::Length),
            ("", NumberFault::Length),
            ("0", NumberFault::Length),
            ("１２３４５６７８９０１８", NumberFault::FullWidth),
            ("12345678901８", NumberFault::FullWidth),
            ("１２３", NumberFault::FullWidth),
            ("1234-5678-9018", NumberFault::NotDigits),
            ("1234 5678 9018", NumberFault::NotDigits),
            ("12345678901a", NumberFault::NotDigits),
            ("１２３４５６７８９０１Ａ", NumberFault::NotDigits),
            ("١٢٣٤٥٦٧٨٩٠١٨", NumberFault::NotDigits),
            ("-12345678901", NumberFault::NotDigits),
        ];
        for (digits, fault) in faults {
            assert_eq!(check_individual_number(digits), Err(fault), "{digits}");
            // An error never repeats the number.
            assert!(!fault.to_string().contains("123") && !fault.to_string().contains("１２３"), "{fault}");
        }
        for (digits, fault) in [
            ("123456789012", NumberFault::Length),
            ("8123456789012", NumberFault::CheckDigit),
            ("７１２３４５６７８９０１２", NumberFault::FullWidth),
            ("7-123456789012", NumberFault::NotDigits),
        ] {
            assert_eq!(check_corporate_number(digits), Err(fault), "{digits}");
        }
    }

    /// Bodies spread over all values, the same at every run.
    fn bodies<const N: usize>() -> impl Iterator<Item = [u32; N]> {
        let mut state = 20_150_105_u32;
        let mut digit = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state / 65_536 % 10
        };
        (0..600).map(move |_| std::array::from_fn(|_| digit()))
    }

    #[test]
    fn one_wrong_digit_passes_only_between_the_remainders_0_and_1() {
        let remainder = |body: [u32; 11]| weighted_sum(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        let (mut passed, mut tried) = (0, 0);
        for body in bodies::<11>() {
            for (at, wrong) in (0..11).flat_map(|at| (0..10).map(move |wrong| (at, wrong))) {
                let mut mistyped = body;
                mistyped[at] = wrong;
                if mistyped == body {
                    continue;
                }
                tried += 1;
                let same = individual_check_digit(mistyped) == individual_check_digit(body);
                let blind = remainder(body) <= 1 && remainder(mistyped) <= 1;
                assert_eq!(same, blind, "{body:?} {mistyped:?}");
                passed += i32::from(same);
            }
        }
        assert!((passed * 1_000 / tried) < 20, "{passed} of {tried}");
    }

    #[test]
    fn a_wrong_check_digit_never_passes() {
        let text = |digits: &[u32]| digits.iter().map(u32::to_string).collect::<String>();
        for body in bodies::<11>() {
            let right = individual_check_digit(body);
            for check in (0..10).filter(|check| *check != right) {
                let number = text(&body) + &check.to_string();
                assert_eq!(check_individual_number(&number), Err(NumberFault::CheckDigit));
            }
        }
        for body in bodies::<12>() {
            let right = corporate_check_digit(body);
            for check in (0..10).filter(|check| *check != right) {
                let number = check.to_string() + &text(&body);
                assert_eq!(check_corporate_number(&number), Err(NumberFault::CheckDigit));
            }
        }
    }

    #[test]
    fn of_a_corporate_number_only_0_and_9_are_mixed_up_unseen() {
        for body in bodies::<12>() {
            for (at, wrong) in (0..12).flat_map(|at| (0..10).map(move |wrong| (at, wrong))) {
                let mut mistyped = body;
                mistyped[at] = wrong;
                let same = corporate_check_digit(mistyped) == corporate_check_digit(body);
                assert_eq!(same, body[at] % 9 == wrong % 9, "{body:?} {mistyped:?}");
            }
        }
    }
}
