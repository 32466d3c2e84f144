use kura_text::half_width_code;
use kura_yen::Exact;

/// The whole number a spreadsheet cell holds; what differs from it only beyond 15 significant digits is it.
pub(crate) fn whole(value: f64) -> Option<i64> {
    match exact_whole(value) {
        Some(number) => Some(number),
        None => decimal_text(value)?.parse().ok(),
    }
}

/// The decimal a spreadsheet cell holds, at the 15 significant digits spreadsheets show (0.1 + 0.2 is 0.3).
pub(crate) fn decimal_text(value: f64) -> Option<String> {
    if let Some(number) = exact_whole(value) {
        return (number.unsigned_abs() < 1_000_000_000_000_000).then(|| number.to_string());
    }
    if !value.is_finite() {
        return None;
    }
    let shortest = value.to_string();
    if significant_digits(&shortest) <= SIGNIFICANT && !has_tiny_digits(&shortest) {
        return Some(shortest);
    }
    let scientific = format!("{value:.14e}");
    let (_, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let decimals = usize::try_from(14_i32.checked_sub(exponent)?).ok()?.min(SIGNIFICANT);
    let text = format!("{value:.decimals$}");
    let trimmed = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text.as_str() };
    Some(if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() })
}

const SIGNIFICANT: usize = 15;

fn significant_digits(decimal: &str) -> usize {
    let digits = decimal.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0');
    digits.count()
}

/// More than 15 digits behind the point.
fn has_tiny_digits(decimal: &str) -> bool {
    decimal.split_once('.').is_some_and(|(_, fraction)| fraction.len() > SIGNIFICANT)
}

/// A number as people type it, as a plain decimal: `1,240` `¥1,240` `１２４０円` `△1,240` `(1,240)` `9.20`.
pub(crate) fn plain_decimal(text: &str) -> Option<String> {
    let folded = half_width_code(text.trim());
    let mut rest = folded.trim();
    let mut negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|open| open.strip_suffix(')')) {
        (negative, rest) = (true, inside);
    }
    rest = strip_currency(rest);
    if let Some(magnitude) = rest.strip_prefix(['-', '\u{2212}', '△', '▲']) {
        (negative, rest) = (!negative, strip_currency(magnitude));
    } else if let Some(magnitude) = rest.strip_prefix('+') {
        rest = magnitude;
    }
    rest = rest.strip_suffix('円').unwrap_or(rest).trim_end();
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let whole = without_thousands(whole)?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&whole) || !fraction.is_none_or(digits) {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    let whole = if whole.trim_start_matches('0').is_empty() { "0" } else { whole.trim_start_matches('0') };
    Some(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

/// The number a plain decimal says, of up to 15 digits before its point and 30 after.
pub(crate) fn exact(plain: &str) -> Option<Exact> {
    const AT_ONCE: usize = 15;
    let Some((head, tail)) = plain.split_once('.').and_then(|(whole, fraction)| {
        let (near, far) = fraction.split_at_checked(AT_ONCE)?;
        Some((format!("{whole}.{near}"), far)).filter(|_| !far.is_empty())
    }) else {
        return Exact::parse(plain).ok();
    };
    let head = Exact::parse(&head).ok()?;
    let tail = Exact::parse(&format!("0.{tail}")).ok()?.divided_by_integer(1_000_000_000_000_000).ok()?;
    if plain.starts_with('-') { head.minus(tail).ok() } else { head.plus(tail).ok() }
}

fn strip_currency(text: &str) -> &str {
    text.strip_prefix(['¥', '￥', '\\']).unwrap_or(text).trim_start()
}

/// Commas are taken out only where they part thousands.
fn without_thousands(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut plain = String::from(first);
    for group in groups {
        (group.len() == 3).then_some(())?;
        plain.push_str(group);
    }
    (1..=3).contains(&first.len()).then_some(plain)
}

/// A float that is a whole number below 2^53, read from its bits.
fn exact_whole(value: f64) -> Option<i64> {
    const FRACTION_BITS: u32 = 52;
    let bits = value.to_bits();
    if bits.trailing_zeros() >= 63 {
        return Some(0);
    }
    let exponent = u32::try_from(bits >> FRACTION_BITS & 0x7FF).ok()?.checked_sub(1023)?;
    let shift = FRACTION_BITS.checked_sub(exponent)?;
    let fraction_mask = (1_u64 << FRACTION_BITS).wrapping_sub(1);
    let mantissa = bits & fraction_mask | 1 << FRACTION_BITS;
    let below_one = (1_u64 << shift).wrapping_sub(1);
    (mantissa & below_one == 0).then_some(())?;
    let magnitude = i64::try_from(mantissa >> shift).ok()?;
    Some(if value.is_sign_negative() { magnitude.saturating_neg() } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spreadsheet_noise_beyond_fifteen_digits_is_no_number() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (32_765.2, "32765.2"),
            (44_606.25, "44606.25"),
            (-0.115, "-0.115"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e-17, "0"),
            (349_089.0, "349089"),
            (123_456_789_012.0, "123456789012"),
            (1.0 / 3.0, "0.333333333333333"),
        ] {
            assert_eq!(decimal_text(value).as_deref(), Some(text));
        }
        assert_eq!(decimal_text(f64::NAN), None);
        assert_eq!(decimal_text(f64::INFINITY), None);
        assert_eq!(decimal_text(1e15), None);
        assert_eq!(decimal_text(1.5e300), None);
        assert_eq!(whole(2.999_999_999_999_999_6), Some(3));
        assert_eq!(whole(2.5), None);
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (typed, plain) in [
            ("1,240", Some("1240")),
            ("¥1,240", Some("1240")),
            ("￥１，２４０", Some("1240")),
            ("1240円", Some("1240")),
            ("△1,240", Some("-1240")),
            ("(1,240)", Some("-1240")),
            ("-007", Some("-7")),
            ("000", Some("0")),
            ("9.20", Some("9.20")),
            ("1,24", None),
            ("12,3456", None),
            ("1.2.3", None),
            ("", None),
            ("-", None),
            ("1e5", None),
            ("約1000", None),
        ] {
            assert_eq!(plain_decimal(typed).as_deref(), plain, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_whole_number_below_two_to_the_53_is_itself(number in -(1_i64 << 53) + 1..1_i64 << 53) {
            #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "exact below 2^53")]
            let float = number as f64;
            prop_assert_eq!(exact_whole(float), Some(number));
        }

        #[test]
        fn no_float_panics(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            let _ = (whole(value), decimal_text(value));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = plain_decimal(&text);
        }
    }
}
