use kura_calendar::Date;
use kura_law::{Law, LawError};

use crate::field::Placeholders;
use crate::problem::Report;
use crate::record::Record;
use crate::record_layout::RecordLayout;

/// One check under way: what it may rely on and what it has found.
pub(crate) struct Checking<'law> {
    pub(crate) law: &'law Law,
    /// The day of the check; an event after it is refused.
    pub(crate) as_of: Date,
    pub(crate) placeholders: Placeholders,
    pub(crate) report: Report,
    base_days: Option<(Date, BaseDays)>,
}

impl<'law> Checking<'law> {
    pub(crate) fn new(law: &'law Law, as_of: Date, placeholders: Placeholders) -> Self {
        Self { law, as_of, placeholders, report: Report::default(), base_days: None }
    }

    /// 支払基礎日数 in force on a day. The records of a file ask for the same day again and again.
    pub(crate) fn base_days(&mut self, on: Date) -> Result<BaseDays, LawError> {
        if let Some((day, base_days)) = self.base_days
            && day == on
        {
            return Ok(base_days);
        }
        let base_days = BaseDays::on(self.law, on)?;
        self.base_days = Some((on, base_days));
        Ok(base_days)
    }

    /// An age of the social insurance rules, in years.
    pub(crate) fn age(&self, key: &str, on: Date) -> Result<u8, LawError> {
        let figure = self.law.figure("social_insurance_rules", key, on)?;
        u8::try_from(figure.integer()?).map_err(|_| figure.unreadable("年齢ではありません"))
    }

    /// Reports an event that has not happened yet on the day of the check.
    pub(crate) fn check_not_future(&mut self, era_position: usize, record: Record<'_>, layout: &RecordLayout) {
        let lies_ahead = record.date(era_position).is_some_and(|day| day > self.as_of);
        if let Some(field) = layout.date_field(era_position).filter(|_| lies_ahead) {
            let message = format!("「{}」が点検する日より後です", field.name_ja);
            self.report.add_in(field, message, "その日が来てから提出してください。");
        }
    }
}

/// 支払基礎日数: the days a month needs to count, by class of worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BaseDays {
    regular: i64,
    part_time: i64,
    part_time_fallback: i64,
    short_time: i64,
    each_month_of_revision: i64,
}

/// 区分, as far as 支払基礎日数 is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkerClass {
    /// 一般の被保険者.
    Regular,
    /// パート（短時間就労者）: at least three quarters of the hours.
    PartTime,
    /// 短時間労働者（特定適用事業所等）: less than three quarters.
    ShortTime,
}

impl BaseDays {
    /// The figures in force on a day.
    pub(crate) fn on(law: &Law, on: Date) -> Result<Self, LawError> {
        let figure = |key: &str| law.figure(TABLE, &format!("payment_base_days.{key}"), on)?.integer();
        Ok(Self {
            regular: figure("regular_or_three_quarters")?,
            part_time: figure("part_timer_three_quarters_teiji.primary")?,
            part_time_fallback: figure("part_timer_three_quarters_teiji.fallback")?,
            short_time: figure("short_time_worker")?,
            each_month_of_revision: figure("zuiji_each_month_min")?,
        })
    }

    /// 定時決定: which of the months count. A part-timer without a month of the full days counts those of the lower number.
    pub(crate) fn counted(self, class: WorkerClass, days: [i64; 3]) -> [bool; 3] {
        let reaching = |least: i64| days.map(|days| days >= least);
        match class {
            WorkerClass::Regular => reaching(self.regular),
            WorkerClass::ShortTime => reaching(self.short_time),
            WorkerClass::PartTime => {
                let full = reaching(self.part_time);
                if full.contains(&true) { full } else { reaching(self.part_time_fallback) }
            }
        }
    }

    /// 随時改定: the days every one of the three months needs.
    pub(crate) const fn each_month_of_revision(self, short_time: bool) -> i64 {
        if short_time { self.short_time } else { self.each_month_of_revision }
    }
}

const TABLE: &str = "standard_remuneration_rules";
