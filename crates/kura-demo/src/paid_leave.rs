use kura_calendar::{Date, Length, Month, PeriodStart, period_end};
use kura_model::{Days, EmploymentClass, PaidLeave};

use crate::DemoError;
use crate::person::{Figures, Person};

impl Person {
    /// The newest grant of 年次有給休暇 up to a day, with an invented number of days taken. Officers have none.
    pub(crate) fn newest_grant(&self, figures: &Figures<'_>, upto: Date) -> Result<Option<PaidLeave>, DemoError> {
        let weekly = self.terms.weekly_days.value().map(|days| days.round(kura_yen::Rounding::Down)).transpose()?;
        let hours = self.terms.weekly_scheduled_hours.value().copied();
        let (Some(weekly), Some(hours)) = (weekly, hours) else { return Ok(None) };
        if self.terms.employment_class.value() == Some(&EmploymentClass::Officer) {
            return Ok(None);
        }
        let full_hours = figures.law.figure("labor_standards", "paid_leave.full_weekly_hours", upto)?.integer()?;
        let full = weekly.get() >= 5 || i64::from(hours.get()) >= full_hours * 60;
        let class = if full { "5".to_owned() } else { weekly.get().to_string() };
        let served = Month::of(upto).months_since(Month::of(self.hired_on()));
        let mut newest = None;
        for row in figures.law.rows("paid_leave_grants", &[&class], upto)? {
            let months = row.integer("service_months")?;
            if months <= i64::from(served) {
                newest = newest.max(Some((months, row.integer("days")?)));
            }
        }
        let Some((months, days)) = newest else { return Ok(None) };
        // The last column of the table comes again every year.
        let again = (i64::from(served) - months) / 12;
        let months = i32::try_from(months + 12 * again).unwrap_or(0);
        let granted_on = Month::of(self.hired_on()).plus(months).day_or_last(self.hired_on().day());
        let years = figures.law.figure("labor_standards", "paid_leave.prescription_years", upto)?.integer()?;
        let days = i32::try_from(days).unwrap_or(0);
        let taken = i32::try_from(self.number % 6).unwrap_or(0).min(days);
        let mut grant = PaidLeave::new(self.client.clone(), self.code.clone(), granted_on);
        grant.granted_days = Some(Days::whole(days));
        grant.expires_on = lapses_on(granted_on, years);
        grant.taken = Some(Days::whole(taken));
        grant.balance = Some(Days::whole(days - taken));
        Ok(Some(grant))
    }
}

/// 時効日: the last day of the years from the grant on.
fn lapses_on(granted_on: Date, years: i64) -> Option<Date> {
    let length = Length::Years(u16::try_from(years).ok()?);
    period_end(granted_on, PeriodStart::DayCounted, length).ok()
}
