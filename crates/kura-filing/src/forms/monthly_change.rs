use kura_calendar::Month;
use kura_law::LawError;

use super::Fill;
use super::amounts::check_least;
use super::pay_months::{MonthNames, MonthPlaces};
use super::pay_notice::PayNotice;
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;

/// 報酬月額変更届 (2221700), one person. The months follow from the first it applies from.
#[derive(Clone, PartialEq, Eq)]
pub struct MonthlyChangeNotice {
    /// What 算定基礎届 says too, by the payments of the three months before 改定年月.
    pub pay: PayNotice,
    /// 備考欄項目３: 短時間労働者.
    pub short_time: bool,
    /// 備考欄項目４: 昇給・降給の理由, 37 full-width characters at most.
    pub reason: String,
    /// 備考欄項目５: 健康保険のみ月額変更.
    pub health_only: bool,
}

impl Fill for MonthlyChangeNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        for (name, before) in PAY_MONTHS.into_iter().zip([-3, -2, -1]) {
            writer.two_digits(name, self.pay.applies_from.plus(before).month());
        }
        // 随時改定 sums up all three months, or there is none.
        self.pay.write("revise_era", &NAMES, [true; 3], writer);
        writer.flag("flag_short_time", self.short_time);
        writer.set("raise_reason", &self.reason);
        writer.flag("flag_health_only", self.health_only);
        Ok(())
    }
}

const PAY_MONTHS: [&str; 3] = ["pay_month_m3", "pay_month_m2", "pay_month_m1"];
const NAMES: MonthNames = MonthNames {
    base_days: ["base_days_m3", "base_days_m2", "base_days_m1"],
    currency: ["currency_m3", "currency_m2", "currency_m1"],
    in_kind: ["in_kind_m3", "in_kind_m2", "in_kind_m1"],
    total: ["total_m3", "total_m2", "total_m1"],
};

/// Where the fields stand that are compared with each other.
pub(crate) struct Places {
    months: MonthPlaces,
    revise_era: usize,
    pay_months: [usize; 3],
    short_time: usize,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        let [third_last, second_last, last] = PAY_MONTHS;
        Ok(Self {
            months: MonthPlaces::of(layout, &NAMES)?,
            revise_era: layout.require("revise_era")?,
            pay_months: [layout.require(third_last)?, layout.require(second_last)?, layout.require(last)?],
            short_time: layout.require("flag_short_time")?,
        })
    }

    /// Three months in a row, the last of them the one before 改定年月.
    fn check_pay_months(&self, revised: Month, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) {
        for (position, before) in self.pay_months.into_iter().zip([-3, -2, -1]) {
            let expected = i64::from(revised.plus(before).month());
            if let Some(field) = layout.field(position)
                && record.number(position).is_some_and(|written| written != expected)
            {
                let message = format!("「{}」が改定年月の前の3か月と合いません", field.name_ja);
                checking.report.add_in(field, message, format!("この改定年月なら{expected:02}です。"));
            }
        }
    }

    fn check_base_days(
        &self,
        revised: Month,
        record: Record<'_>,
        layout: &RecordLayout,
        checking: &mut Checking<'_>,
    ) -> Result<(), LawError> {
        let least = checking.base_days(revised.first_day())?.each_month_of_revision(record.is_set(self.short_time));
        for position in self.months.base_days {
            if let Some(field) = layout.field(position)
                && record.number(position).is_some_and(|days| days < least)
                && field.has_code(record.at(position))
            {
                let message = format!("「{}」に使えない値です", field.name_ja);
                checking.report.add_in(field, message, format!("3か月とも{least}日以上の月に限ります。"));
            }
        }
        Ok(())
    }
}

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        if let Some(revised) = record.month(self.revise_era) {
            self.check_pay_months(revised, record, layout, checking);
            self.check_base_days(revised, record, layout, checking)?;
        }
        self.months.check_sums(record, Some([true; 3]), layout, &mut checking.report);
        if !record.is_filled(self.months.corrected) {
            check_least(self.months.average, record, layout, &mut checking.report);
        }
        Ok(())
    }
}
