use std::fmt;

use kura_calendar::LAST_DAY;
use kura_law::{Field, FieldKind, Law, LawError};

/// The values a field takes.
pub(crate) enum Codes {
    /// Any, as far as the layout knows.
    Any,
    /// Numbers of so many digits, without a gap.
    Range { width: usize, first: u32, last: u32 },
    /// One of these.
    List(Vec<String>),
}

impl Codes {
    pub(crate) fn compile(field: &Field) -> Self {
        let codes: Vec<&str> = field.codes.iter().map(String::as_str).collect();
        match (codes.as_slice(), field.kind) {
            ([], _) => Self::Any,
            // A count (001, 01 or 1) is compared with what it counts.
            ([_], FieldKind::Digits) if field.min_len < field.max_len => Self::Any,
            _ => Self::range(&codes).unwrap_or_else(|| Self::List(codes.into_iter().map(str::to_owned).collect())),
        }
    }

    /// 年金事務所の都道府県コード, which the layouts refer to.
    pub(crate) fn of_pension_prefectures(law: &Law) -> Result<Self, LawError> {
        // A list has no dates: any day finds all of it.
        let rows = law.rows_in_force("pension_prefecture_codes", LAST_DAY)?;
        let codes = rows.map(|row| Ok(row.text("pension_code")?.to_owned()));
        Ok(Self::List(codes.collect::<Result<_, LawError>>()?))
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

    /// A list of one width without a gap: `00` to `31`.
    fn range(codes: &[&str]) -> Option<Self> {
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
