use kura_calendar::{Date, Month};
use kura_law::LawError;
use kura_yen::Yen;

use super::Fill;
use super::amounts::check_least;
use super::pay_months::{MonthNames, MonthPay, MonthPlaces, PayChange, Retroactive, write_months, write_old_standard};
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::Demand::{Blank, Filled};
use crate::rule::{Rule, When};
use crate::writer::RecordWriter;
use crate::{PersonKey, PersonName};

/// 報酬月額変更届 (2221700), one person. The months, totals and the average follow from what is given.
#[derive(Clone, PartialEq, Eq)]
pub struct MonthlyChangeNotice {
    /// 被保険者整理番号; empty when only the 70歳以上被用者 part is filed.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 改定年月: the month after the three.
    pub revised: Month,
    /// 従前の標準報酬月額（健保）, yen.
    pub old_health_standard: Option<Yen>,
    /// 従前の標準報酬月額（厚年）, yen.
    pub old_pension_standard: Option<Yen>,
    /// 従前の改定月.
    pub old_revised: Month,
    /// 昇（降）給.
    pub pay_change: Option<PayChange>,
    /// 遡及支払.
    pub retroactive: Option<Retroactive>,
    /// The three months before 改定年月, by the month of payment, the earliest first.
    pub months: [MonthPay; 3],
    /// 修正平均額, yen: the average without arrears.
    pub corrected_average: Option<Yen>,
    /// 備考欄項目１: 70歳以上被用者月額変更, with the number the person is known by.
    pub over_70: Option<PersonKey>,
    /// 備考欄項目２: 二以上勤務.
    pub multi_office: bool,
    /// 備考欄項目３: 短時間労働者.
    pub short_time: bool,
    /// 備考欄項目４: 昇給・降給の理由, 37 full-width characters at most.
    pub reason: String,
    /// 備考欄項目５: 健康保険のみ月額変更.
    pub health_only: bool,
    /// 備考欄, 37 full-width characters at most.
    pub memo: String,
    /// 70歳以上被用者届のみ提出.
    pub only_over_70: bool,
}

impl Fill for MonthlyChangeNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        writer.month("revise_era", self.revised);
        write_old_standard(writer, "old_std_health", self.old_health_standard);
        write_old_standard(writer, "old_std_pension", self.old_pension_standard);
        writer.month("old_rev_era", self.old_revised);
        PayChange::write(self.pay_change, writer);
        Retroactive::write(self.retroactive, writer);
        for (name, before) in PAY_MONTHS.into_iter().zip([-3, -2, -1]) {
            writer.two_digits(name, self.revised.plus(before).month());
        }
        // 随時改定 sums up all three months, or there is none.
        write_months(writer, &NAMES, self.months, [true; 3]);
        writer.money_if("corrected_average", self.corrected_average);
        if let Some(key) = &self.over_70 {
            writer.person_key("", key);
        }
        writer.flag("flag_over70", self.over_70.is_some());
        writer.flag("flag_multi_office", self.multi_office);
        writer.flag("flag_short_time", self.short_time);
        writer.set("raise_reason", &self.reason);
        writer.flag("flag_health_only", self.health_only);
        writer.set("memo", &self.memo);
        writer.flag("only_over70", self.only_over_70);
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

/// What the notes of the layout demand.
pub(crate) const RULES: &[Rule] = &[
    Rule { field: "insured_ref_no", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "flag_over70", demand: Filled, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "raise_month", demand: Filled, when: &[When::Filled("raise_type")] },
    Rule { field: "raise_type", demand: Filled, when: &[When::Filled("raise_month")] },
];

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
