use kura_law::LawError;

use super::Fill;
use super::pay_months::{MonthNames, MonthPlaces};
use super::pay_notice::PayNotice;
use crate::checking::{Checking, WorkerClass};
use crate::form_rules::Comparison;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;

/// 報酬月額算定基礎届 (2225700), one person.
#[derive(Clone, PartialEq, Eq)]
pub struct AnnualBaseNotice {
    /// What 月額変更届 says too: from September, by the payments of April, May and June.
    pub pay: PayNotice,
    /// 備考欄項目６ and ７.
    pub worker_class: WorkerClass,
    /// 70歳算定基礎月: one or two of the months, when not all of them count.
    pub over_70_months: Vec<u8>,
    /// 備考欄項目３: 月額変更予定.
    pub monthly_change_planned: bool,
    /// 備考欄項目４: 途中入社.
    pub joined_midway: bool,
    /// 備考欄項目５: 病休・育休・休職等.
    pub leave: bool,
    /// 備考欄項目８: 年間平均.
    pub annual_average: bool,
}

impl Fill for AnnualBaseNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, checking: &mut Checking<'_>) -> Result<(), LawError> {
        for (name, month) in PAY_MONTHS.into_iter().zip(MONTHS) {
            writer.set(name, month);
        }
        let days = self.pay.months.map(|month| i64::from(month.base_days));
        let counted = checking.base_days(self.pay.applies_from.first_day())?.counted(self.worker_class, days);
        self.pay.write("apply_era", &NAMES, counted, writer);
        let over_70_months: String = self.over_70_months.iter().map(|month| format!("{month:02}")).collect();
        writer.set("over70_months", over_70_months);
        writer.flag("flag_gekkaku_planned", self.monthly_change_planned);
        writer.flag("flag_joined_midway", self.joined_midway);
        writer.flag("flag_leave", self.leave);
        writer.flag("flag_short_time", self.worker_class == WorkerClass::ShortTime);
        writer.flag("flag_part_time", self.worker_class == WorkerClass::PartTime);
        writer.flag("flag_annual_average", self.annual_average);
        Ok(())
    }
}

/// 給与支給月, fixed.
const MONTHS: [&str; 3] = ["04", "05", "06"];
const PAY_MONTHS: [&str; 3] = ["pay_month_04", "pay_month_05", "pay_month_06"];
const NAMES: MonthNames = MonthNames {
    base_days: ["base_days_04", "base_days_05", "base_days_06"],
    currency: ["currency_04", "currency_05", "currency_06"],
    in_kind: ["in_kind_04", "in_kind_05", "in_kind_06"],
    total: ["total_04", "total_05", "total_06"],
};

/// Where the fields stand that are compared with each other.
pub(crate) struct Places {
    months: MonthPlaces,
    apply_era: usize,
    short_time: usize,
    part_time: usize,
    over_70_months: usize,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        Ok(Self {
            months: MonthPlaces::of(layout, &NAMES)?,
            apply_era: layout.require("apply_era")?,
            short_time: layout.require("flag_short_time")?,
            part_time: layout.require("flag_part_time")?,
            over_70_months: layout.require("over70_months")?,
        })
    }

    fn worker_class(&self, record: Record<'_>) -> WorkerClass {
        match (record.is_set(self.short_time), record.is_set(self.part_time)) {
            (true, _) => WorkerClass::ShortTime,
            (false, true) => WorkerClass::PartTime,
            (false, false) => WorkerClass::Regular,
        }
    }

    /// Which months count, by the base days as written.
    fn counted(&self, record: Record<'_>, checking: &mut Checking<'_>) -> Result<Option<[bool; 3]>, LawError> {
        let (Some(applies_from), Some(days)) = (record.month(self.apply_era), self.months.base_days(record)) else {
            return Ok(None);
        };
        let counted = checking.base_days(applies_from.first_day())?.counted(self.worker_class(record), days);
        if !counted.contains(&true) {
            checking.report.add("基礎日数の足りる月がありません", NO_MONTH);
            return Ok(None);
        }
        Ok(Some(counted))
    }

    fn check_over_70_months(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) {
        let months = record.at(self.over_70_months).as_bytes().chunks(2);
        let is_good = months.clone().all(|month| MONTHS.iter().any(|one| one.as_bytes() == month));
        if let Some(field) = layout.field(self.over_70_months).filter(|_| !is_good) {
            let message = format!("「{}」に使えない値です", field.name_ja);
            checking.report.add_in(field, message, "04・05・06のうち1つか2つを続けて書いてください（例 0506）。");
        }
    }
}

const NO_MONTH: &str = "保険者が決める場合（保険者算定）にあたります。この場合の書き方は確認されていないため、\
    このファイルから除き、年金事務所に確かめて提出してください。";

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        let counted = self.counted(record, checking)?;
        self.months.check_sums(record, counted, layout, &mut checking.report);
        self.check_over_70_months(record, layout, checking);
        Ok(())
    }
}
