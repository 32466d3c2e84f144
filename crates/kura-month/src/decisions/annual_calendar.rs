use kura_calendar::{Date, Month, parse_iso_date};
use kura_law::{Law, LawError};

use crate::stop::Stop;

const TABLE: &str = "standard_remuneration_rules";

/// The months and the day of 定時決定 in a year, as the law pack says them.
pub(super) struct AnnualCalendar {
    /// The payment months, April to June.
    pub(super) payments: Vec<Month>,
    /// 1 July: who is insured on this day is determined, and from this day the 届 may be made.
    pub(super) insured_on: Date,
    /// 適用年月, September.
    pub(super) applies_from: Month,
    /// 改定月 of revisions that take its place: July, and on application August and September.
    pub(super) revised_instead: Vec<Month>,
    /// Of these the ones on application.
    pub(super) on_application: Vec<Month>,
    /// The first month of the year of 年間平均, July of the year before.
    pub(super) year_from: Month,
}

impl AnnualCalendar {
    pub(super) fn of(law: &Law, year: i16) -> Result<Self, Stop> {
        let first = Month::new(year, 1)?.first_day();
        let figure = |key| law.figure(TABLE, key, first);
        let month = |text: &str, unreadable: LawError| {
            let number = text.trim().parse().map_err(|_| Stop::from(unreadable))?;
            Ok::<_, Stop>(Month::new(year, number)?)
        };
        let months = |key| {
            let figure = figure(key)?;
            let months = figure.list()?.into_iter().map(|text| month(text, figure.unreadable("not a month")));
            months.collect::<Result<Vec<Month>, Stop>>()
        };
        let insured_on = figure("teiji.insured_on")?;
        let day = parse_iso_date(&format!("{year:04}-{}", insured_on.text()?));
        let on_application = months("teiji.excluded_planned_revision_months")?;
        let mut revised_instead = months("teiji.excluded_revision_month")?;
        revised_instead.extend(&on_application);
        let applies_from = months("teiji.applies_from_month")?;
        let year_from = figure("teiji_annual_average.first_month_of_previous_year")?;
        let year_from = month(year_from.text()?, year_from.unreadable("not a month"))?.plus(-12);
        let unreadable = || Stop::from(insured_on.unreadable("not a day MM-DD"));
        Ok(Self {
            payments: months("teiji.payment_months")?,
            insured_on: day.map_err(|_| unreadable())?,
            applies_from: applies_from.first().copied().ok_or_else(unreadable)?,
            revised_instead,
            on_application,
            year_from,
        })
    }

    /// The last payment month, after which 定時決定 can be made.
    pub(super) fn last_payment(&self) -> Option<Month> {
        self.payments.last().copied()
    }
}
