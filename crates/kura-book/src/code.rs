use kura_model::CodeForm;
use kura_text::half_width_code;

use crate::finding::Problem;

/// A code as typed or as a spreadsheet left it, in its full shape.
///
/// Spreadsheets turn `0012345` into 12345: where the shape of the code is known the zeros are put back, and that is said.
pub(crate) fn read_code(text: &str, was_number: bool, form: CodeForm) -> (String, Option<Problem>) {
    let folded = half_width_code(text.trim());
    let plain = folded.strip_prefix('\'').unwrap_or(&folded).trim();
    match form {
        CodeForm::Free => (plain.to_owned(), None),
        CodeForm::Telephone if was_number && !plain.starts_with('0') => (format!("0{plain}"), Some(zeros_restored())),
        CodeForm::Telephone => (plain.to_owned(), None),
        CodeForm::Municipality => read_municipality(plain),
        CodeForm::Digits(groups) => read_digits(plain, groups),
    }
}

/// `zeros_restored`.
pub(crate) fn zeros_restored() -> Problem {
    Problem::info(
        "zeros_restored",
        "先頭の0が消えていたため、桁数に合わせて補いました。",
        "列の表示形式を「文字列」にして、番号を入れ直すと消えません。",
    )
}

fn read_digits(plain: &str, groups: &[usize]) -> (String, Option<Problem>) {
    let parts: Vec<&str> = plain.split(['-', ' ']).collect();
    let all_digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !all_digits || (parts.len() != 1 && parts.len() != groups.len()) {
        return (plain.to_owned(), Some(wrong_shape(groups)));
    }
    let width: usize = groups.iter().sum();
    let digits = match parts.as_slice() {
        [digits] => format!("{digits:0>width$}"),
        several => several.iter().zip(groups).map(|(part, width)| format!("{part:0>width$}")).collect(),
    };
    if digits.len() != width {
        return (plain.to_owned(), Some(wrong_shape(groups)));
    }
    let typed = parts.iter().map(|part| part.len()).sum::<usize>();
    (grouped(&digits, groups), (typed < width).then(zeros_restored))
}

/// Five digits lack either their check digit or an eaten first 0. Where the check digit of the second would be wrong it is the
/// first; else nobody can tell (15202 is 長岡市 without its check digit, and 幌延町 without its 0).
fn read_municipality(plain: &str) -> (String, Option<Problem>) {
    let digits: Option<Vec<u32>> = plain.chars().map(|character| character.to_digit(10)).collect();
    match digits.as_deref() {
        Some([_, _, _, _, _, _]) => (plain.to_owned(), None),
        Some([one, two, three, four, check]) if municipality_check([0, *one, *two, *three, *four]) == *check => {
            let problem = Problem::warning(
                "municipality_five_digits",
                "市区町村コードが5桁です。先頭の0が消えたのか、検査数字がないのか分かりません。",
                "通知書の6桁のコードを、列の表示形式を「文字列」にして入れてください。",
            );
            (plain.to_owned(), Some(problem))
        }
        Some([one, two, three, four, five]) => {
            let check = municipality_check([*one, *two, *three, *four, *five]);
            let problem = Problem::info(
                "check_digit_added",
                "5桁の市区町村コードに検査数字を補い、6桁にしました。",
                "通知書の6桁のコードと照らし合わせてください。",
            );
            (format!("{plain}{check}"), Some(problem))
        }
        _ => (plain.to_owned(), Some(wrong_shape(&[6]))),
    }
}

/// 検査数字: 11 less the rest of the weighted sum (6, 5, 4, 3, 2) by 11, its last digit.
fn municipality_check(digits: [u32; 5]) -> u32 {
    let weighted: u32 = digits.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - weighted % 11) % 10
}

fn grouped(digits: &str, groups: &[usize]) -> String {
    let mut rest = digits;
    let mut parts = Vec::with_capacity(groups.len());
    for width in groups {
        let (part, after) = rest.split_at_checked(*width).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.join("-")
}

fn wrong_shape(groups: &[usize]) -> Problem {
    let shape: Vec<String> = groups.iter().map(usize::to_string).collect();
    Problem::warning(
        "code_shape",
        format!("番号の桁数が違うか、数字でない文字が入っています（{}桁の数字）。", shape.join("-")),
        "書類の番号と照らし合わせて直してください。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESTABLISHMENT: CodeForm = CodeForm::Digits(&[4, 6, 1]);

    #[track_caller]
    fn check(text: &str, form: CodeForm, code: &str, finding: Option<&str>) {
        let (read, problem) = read_code(text, true, form);
        assert_eq!((read.as_str(), problem.map(|problem| problem.code)), (code, finding), "{text}");
    }

    #[test]
    fn eaten_zeros_are_put_back_and_said() {
        check("1300-123456-7", ESTABLISHMENT, "1300-123456-7", None);
        check("13001234567", ESTABLISHMENT, "1300-123456-7", None);
        check("1001234567", ESTABLISHMENT, "0100-123456-7", Some("zeros_restored"));
        check("100-123456-7", ESTABLISHMENT, "0100-123456-7", Some("zeros_restored"));
        check("１３００－１２３４５６－７", ESTABLISHMENT, "1300-123456-7", None);
        check("12345", CodeForm::Digits(&[7]), "0012345", Some("zeros_restored"));
        check("'0012345", CodeForm::Digits(&[7]), "0012345", None);
        check("312345678", CodeForm::Telephone, "0312345678", Some("zeros_restored"));
        check("03-0000-0000", CodeForm::Telephone, "03-0000-0000", None);
        check("007", CodeForm::Free, "007", None);
    }

    #[test]
    fn municipalities_have_six_digits() {
        check("152021", CodeForm::Municipality, "152021", None);
        check("27140", CodeForm::Municipality, "271403", Some("check_digit_added"));
        check("15202", CodeForm::Municipality, "15202", Some("municipality_five_digits"));
        check("長岡市", CodeForm::Municipality, "長岡市", Some("code_shape"));
    }

    #[test]
    fn a_code_of_another_shape_is_kept_and_said() {
        check("123456789012", ESTABLISHMENT, "123456789012", Some("code_shape"));
        check("1300-1234567", ESTABLISHMENT, "1300-1234567", Some("code_shape"));
        check("ABC", CodeForm::Digits(&[7]), "ABC", Some("code_shape"));
    }
}
