use std::fmt;

use kura_law::{Field, FieldKind};

/// The values a field takes.
pub(crate) enum Codes {
    /// Any, as far as the layout knows.
    Any,
    /// Numbers of so many digits.
    Range { width: usize, first: u32, last: u32 },
    /// One of these.
    List(Vec<String>),
}

impl Codes {
    pub(crate) fn compile(field: &Field) -> Self {
        let codes: Vec<&str> = field.codes.iter().filter_map(|code| code.split(" (").next()).collect();
        // Codes that depend on another field, or that the sources do not agree on, are no list.
        if field.codes.iter().any(|code| code.contains("when") || code.contains("CONFLICT")) {
            return Self::Any;
        }
        match (codes.as_slice(), field.kind) {
            ([], _) => Self::Any,
            ([range], _) if range.contains("..") => Self::range_of_words(range).unwrap_or(Self::Any),
            // A count (001, 01 or 1) is compared with what it counts.
            ([_], FieldKind::Digits) if field.min_len < field.max_len => Self::Any,
            _ => Self::range_of_list(&codes)
                .unwrap_or_else(|| Self::List(codes.into_iter().map(str::to_owned).collect())),
        }
    }

    pub(crate) fn take(&self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Range { width, first, last } => {
                value.len() == *width && value.parse().is_ok_and(|number: u32| (*first..=*last).contains(&number))
            }
            Self::List(codes) => codes.iter().any(|code| code == value),
        }
    }

    fn range_of_words(range: &str) -> Option<Self> {
        let (first, last) = range.split_once("..")?;
        Some(Self::Range { width: first.len(), first: first.parse().ok()?, last: last.parse().ok()? })
    }

    /// A list of one width without a gap: `00` to `31`.
    fn range_of_list(codes: &[&str]) -> Option<Self> {
        let first_code = codes.first()?;
        let numbers = codes.iter().filter(|code| code.len() == first_code.len()).map(|code| code.parse().ok());
        let numbers: Vec<u32> = numbers.collect::<Option<_>>()?;
        let (first, last) = (*numbers.first()?, *numbers.last()?);
        let is_whole = numbers.len() == codes.len() && numbers.iter().copied().eq(first..=last);
        (is_whole && numbers.len() > 2).then_some(Self::Range { width: first_code.len(), first, last })
    }
}

/// As a remedy lists them.
impl fmt::Display for Codes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("どの値でも"),
            Self::Range { width, first, last } => write!(formatter, "{first:0width$}から{last:0width$}まで"),
            Self::List(codes) => formatter.write_str(&codes.join("・")),
        }
    }
}
