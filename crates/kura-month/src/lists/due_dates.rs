use kura_calendar::{Date, Month};
use kura_law::{Law, LawError};

use crate::payslip::day_words;
use crate::stop::Stop;

/// What is paid to an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duty {
    /// 源泉所得税.
    Withholding,
    /// 住民税.
    InhabitantTax,
}

/// The months that are paid together under 納期の特例, and the day they are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) first: Month,
    pub(super) last: Month,
    pub(super) due: Date,
}

impl Duty {
    const fn key(self) -> &'static str {
        match self {
            Self::Withholding => "withholding",
            Self::InhabitantTax => "inhabitant_tax",
        }
    }

    const fn office(self) -> &'static str {
        match self {
            Self::Withholding => "national_tax",
            Self::InhabitantTax => "local_government",
        }
    }

    /// 納期限 of what was withheld in a month: a day of the month after, moved off closed days.
    pub(super) fn due(self, law: &Law, month: Month) -> Result<Date, Stop> {
        let key = format!("{}.payment.due_day_of_next_month", self.key());
        let day = law.figure("tax_rules", &key, month.last_day())?.integer()?;
        open_day(law, self.office(), month.next().day_or_last(i8::try_from(day).unwrap_or(i8::MAX)))
    }

    /// 納期の特例: the half year a month lies in.
    pub(super) fn half(self, law: &Law, month: Month) -> Result<Half, Stop> {
        let key = format!("{}.payment.semiannual_due", self.key());
        let figure = law.figure("tax_rules", &key, month.last_day())?;
        for period in figure.list()? {
            let period = Period::parse(period).ok_or_else(|| figure.unreadable("月-月=月日 ではありません"))?;
            if let Some((first, last)) = period.around(month) {
                let year = if period.due_month <= last.month() { last.year().saturating_add(1) } else { last.year() };
                let due = Month::new(year, period.due_month)?.day_or_last(period.due_day);
                return Ok(Half { first, last, due: open_day(law, self.office(), due)? });
            }
        }
        Err(figure.unreadable("この月の期間がありません").into())
    }
}

/// 納期限 of the premiums of a month (健保法164条, 厚年法83条): the last day of the month after, moved off closed days.
pub(super) fn premiums_due(law: &Law, premium_month: Month) -> Result<Date, Stop> {
    let key = "collection_month.due_months_after";
    let after = law.figure("social_insurance_rules", key, premium_month.last_day())?.integer()?;
    let month = premium_month.plus(i32::try_from(after).unwrap_or(0));
    open_day(law, "administrative_organ", month.last_day())
}

/// 「納期限 令和8年8月10日(月)」, or why it is not known.
pub(super) fn in_words(due: Result<Date, Stop>) -> String {
    match due {
        Ok(day) => format!("納期限 {}", day_words(day)),
        Err(stop) => format!("納期限は計算できません。{}", stop.sentence),
    }
}

fn open_day(law: &Law, office: &str, day: Date) -> Result<Date, Stop> {
    let closing = law.closing_rule(office, day).map_err(|error: LawError| Stop::from(error))?;
    Ok(closing.next_open_day(day, law.holidays())?.0)
}

/// `6-11=12-10`: from June to November, due on 10 December. A period that ends before it begins runs over the new year.
struct Period {
    first_month: i8,
    last_month: i8,
    due_month: i8,
    due_day: i8,
}

impl Period {
    fn parse(text: &str) -> Option<Self> {
        let pair = |text: &str| {
            let (left, right) = text.split_once('-')?;
            Some((left.parse().ok()?, right.parse().ok()?))
        };
        let (months, due) = text.split_once('=')?;
        let ((first_month, last_month), (due_month, due_day)) = (pair(months)?, pair(due)?);
        Some(Self { first_month, last_month, due_month, due_day })
    }

    /// The period of this kind that holds the month.
    fn around(&self, month: Month) -> Option<(Month, Month)> {
        let length = i32::from(self.last_month).saturating_sub(i32::from(self.first_month)).rem_euclid(12);
        let into = i32::from(month.month()).saturating_sub(i32::from(self.first_month)).rem_euclid(12);
        let first = month.plus(into.saturating_neg());
        (into <= length).then(|| (first, first.plus(length)))
    }
}
