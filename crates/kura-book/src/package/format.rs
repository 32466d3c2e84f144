/// What a cell's number format makes of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shown {
    /// A plain number.
    #[default]
    Number,
    /// A day, a time of day, or a length of time.
    DayOrTime,
    /// 9.20% for 0.092.
    Percent,
}

impl Shown {
    /// The formats every program knows by number; 27 to 36 and 50 to 58 are days and times in Japanese spreadsheets.
    pub(crate) const fn of_builtin(format: u32) -> Self {
        match format {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::DayOrTime,
            _ => Self::Number,
        }
    }

    /// A format as text: `yyyy/m/d`, `[$-411]ggge"年"m"月"d"日"`, `[h]:mm`, `0.00%`, `#,##0"個"`.
    pub(crate) fn of_code(code: &str) -> Self {
        let mut rest = code;
        while let Some(character) = rest.chars().next() {
            rest = rest.get(character.len_utf8()..).unwrap_or("");
            match character {
                '"' => rest = rest.split_once('"').map_or("", |(_, behind)| behind),
                '\\' | '_' | '*' => {
                    rest = rest.chars().next().and_then(|skipped| rest.strip_prefix(skipped)).unwrap_or("")
                }
                '[' => {
                    let (inside, behind) = rest.split_once(']').unwrap_or((rest, ""));
                    if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                        return Self::DayOrTime;
                    }
                    rest = behind;
                }
                // Only the first section, that of positive numbers, decides.
                ';' => break,
                '%' => return Self::Percent,
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'g' | 'e' | 'a' | 'r' => {
                    return if is_general(character, rest) || is_exponent(character, rest) {
                        Self::Number
                    } else {
                        Self::DayOrTime
                    };
                }
                _ => {}
            }
        }
        Self::Number
    }
}

/// `General` begins with G, which is not looked at; its e is.
fn is_general(character: char, rest: &str) -> bool {
    character == 'e' && rest.to_ascii_lowercase().starts_with("neral")
}

/// `0.00e+00`
fn is_exponent(character: char, rest: &str) -> bool {
    character == 'e' && rest.starts_with(['+', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_people_use() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("GENERAL", Shown::Number),
            ("0", Shown::Number),
            ("#,##0;[Red]-#,##0", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("0.00e+00", Shown::Number),
            ("#,##0\"day\"", Shown::Number),
            ("0_ ", Shown::Number),
            ("[Red]0", Shown::Number),
            ("@", Shown::Number),
            ("0.00%", Shown::Percent),
            ("yyyy/m/d", Shown::DayOrTime),
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", Shown::DayOrTime),
            ("[$-411]ge.m.d", Shown::DayOrTime),
            ("[h]:mm", Shown::DayOrTime),
            ("h:mm;@", Shown::DayOrTime),
            ("m\"月\"d\"日\"", Shown::DayOrTime),
            ("0;-0;\"h\"", Shown::Number),
        ] {
            assert_eq!(Shown::of_code(code), shown, "{code}");
        }
        for (format, shown) in
            [(0, Shown::Number), (10, Shown::Percent), (14, Shown::DayOrTime), (57, Shown::DayOrTime)]
        {
            assert_eq!(Shown::of_builtin(format), shown, "{format}");
        }
    }
}
