use kura_calendar::{Date, Era, Month, Wareki};

/// レコード: the values of one line, in the order of its layout.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    values: &'a [&'a str],
}

impl<'a> Record<'a> {
    pub(crate) fn new(values: &'a [&'a str]) -> Self {
        Self { values }
    }

    /// The value at a position, empty when there is none.
    pub(crate) fn at(self, position: usize) -> &'a str {
        self.values.get(position).copied().unwrap_or_default()
    }

    pub(crate) fn is_filled(self, position: usize) -> bool {
        !self.at(position).is_empty()
    }

    /// True for a flag that is set.
    pub(crate) fn is_set(self, position: usize) -> bool {
        self.at(position) == "1"
    }

    /// The value as a number, `None` when it is none.
    pub(crate) fn number(self, position: usize) -> Option<i64> {
        let value = self.at(position);
        if value.bytes().all(|byte| byte.is_ascii_digit()) { value.parse().ok() } else { None }
    }

    /// True when the value is the digit of a 元号.
    pub(crate) fn names_era(self, position: usize) -> bool {
        era_of(self.at(position)).is_some()
    }

    /// The day of a 元号 and the 年月日 after it; `None` when there is no such day.
    pub(crate) fn date(self, era_position: usize) -> Option<Date> {
        let era = era_of(self.at(era_position))?;
        let (year, month, day) = match self.at(era_position.saturating_add(1)).as_bytes() {
            [y1, y2, m1, m2, d1, d2] => (two_digits(*y1, *y2)?, two_digits(*m1, *m2)?, two_digits(*d1, *d2)?),
            _ => return None,
        };
        Wareki { era, year: i16::from(year), month, day }.to_date().ok()
    }

    /// The month of a 元号 with the 年 and the 月 after it; `None` when the era has no such month.
    pub(crate) fn month(self, era_position: usize) -> Option<Month> {
        let era = era_of(self.at(era_position))?;
        let year = i16::try_from(self.number(era_position.saturating_add(1))?).ok().filter(|year| *year >= 1)?;
        let month = i8::try_from(self.number(era_position.saturating_add(2))?).ok()?;
        let gregorian = era.first_day().year().checked_add(year)?.checked_sub(1)?;
        let month = Month::new(gregorian, month).ok()?;
        let in_era = era.first_day() <= month.last_day() && era.end().is_none_or(|end| month.first_day() < end);
        in_era.then_some(month)
    }
}

fn era_of(digit: &str) -> Option<Era> {
    let mut characters = digit.chars();
    let era = characters.next().and_then(|digit| Era::NEWEST_FIRST.into_iter().find(|era| era.filing_digit() == digit));
    era.filter(|_| characters.next().is_none())
}

fn two_digits(tens: u8, ones: u8) -> Option<i8> {
    let digit = |byte: u8| if byte.is_ascii_digit() { byte.checked_sub(b'0') } else { None };
    i8::try_from(digit(tens)?.checked_mul(10)?.checked_add(digit(ones)?)?).ok()
}
