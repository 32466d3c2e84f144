use kura_calendar::{Date, Month, birthday_in, reaches_age_on};
use kura_law::{CitationId, Law};

use crate::InsuranceError;
use crate::figures::{self, SOCIAL};

/// The premium months an age opens and closes. Facts can close more (介護保険適用除外); they are not the age's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsuranceAges {
    /// First month with a care premium: that of the day 40 is reached (介護保険法9条2号).
    pub care_first_month: Month,
    /// Last month with a care premium: the one before the day 65 is reached.
    pub care_last_month: Month,
    /// Last month with a pension premium: the one before the day 70 is reached (厚生年金保険法14条5号).
    pub pension_last_month: Month,
    /// Last month with a health premium: the one before the 75th birthday itself (後期高齢者医療).
    pub health_last_month: Month,
    /// The ages and the days they are reached: 介護の始まり, 介護の終わり, 厚生年金の終わり, 健康保険の終わり.
    pub reached: [(u8, Date); 4],
    citations: [CitationId; 4],
}

impl InsuranceAges {
    /// The months of a person, by the ages of the law in force on a day.
    pub fn of(law: &Law, birth_date: Date, on: Date) -> Result<Self, InsuranceError> {
        let age = |name: &str| figures::small::<u8>(law, SOCIAL, &format!("age_boundaries.{name}"), on);
        let care_start = age("care_start_age")?;
        let care_end = age("care_end_age")?;
        let pension_end = age("pension_end_age")?;
        let health_end = age("health_end_age")?;
        let reached = |age: u8| Ok::<_, InsuranceError>((age, reaches_age_on(birth_date, age)?));
        let reached = [
            reached(care_start.value)?,
            reached(care_end.value)?,
            reached(pension_end.value)?,
            reached(health_end.value)?,
        ];
        let [(_, care_from), (_, care_until), (_, pension_until), _] = reached;
        Ok(Self {
            care_first_month: Month::of(care_from),
            care_last_month: Month::of(care_until).previous(),
            pension_last_month: Month::of(pension_until).previous(),
            health_last_month: Month::of(birthday_in(birth_date, health_end.value)?).previous(),
            reached,
            citations: [care_start.citation, care_end.citation, pension_end.citation, health_end.citation],
        })
    }

    /// True when the age lets a care premium be charged for the month.
    pub fn care_in(&self, month: Month) -> bool {
        self.care_first_month <= month && month <= self.care_last_month
    }

    /// True when the age lets a pension premium be charged for the month.
    pub fn pension_in(&self, month: Month) -> bool {
        month <= self.pension_last_month
    }

    /// True when the age lets a health premium be charged for the month.
    pub fn health_in(&self, month: Month) -> bool {
        month <= self.health_last_month
    }

    /// Where the ages come from.
    pub fn citations(&self) -> impl Iterator<Item = CitationId> + use<> {
        self.citations.into_iter()
    }
}
