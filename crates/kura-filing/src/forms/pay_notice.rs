use std::fmt;

use kura_calendar::{Date, Month};
use kura_yen::Yen;

use super::pay_months::{MonthNames, MonthPay, write_months};
use crate::rule::Demand::{Blank, Filled};
use crate::rule::{Rule, When};
use crate::writer::RecordWriter;
use crate::{PersonKey, PersonName};

/// What 算定基礎届 and 月額変更届 say alike. Totals and averages are counted here.
#[derive(Clone, PartialEq, Eq)]
pub struct PayNotice {
    /// 被保険者整理番号; empty when only the 70歳以上被用者 part is filed.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 適用年月 or 改定年月.
    pub applies_from: Month,
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
    /// The three months by the month of payment, the earliest first.
    pub months: [MonthPay; 3],
    /// 修正平均額, yen: the average without arrears or without months of less than a full month's pay, or the 年間平均.
    pub corrected_average: Option<Yen>,
    /// 備考欄項目１: 70歳以上被用者, with the number the person is known by.
    pub over_70: Option<PersonKey>,
    /// 備考欄項目２: 二以上勤務.
    pub multi_office: bool,
    /// 備考欄, 37 full-width characters at most.
    pub memo: String,
    /// 70歳以上被用者届のみ提出.
    pub only_over_70: bool,
}

/// 昇（降）給.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayChange {
    /// 昇（降）給月, 1 to 12.
    pub month: u8,
    /// Which way.
    pub kind: PayChangeKind,
}

/// 昇（降）給区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayChangeKind {
    /// 昇給.
    Raise,
    /// 降給.
    Cut,
}

/// 遡及支払.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retroactive {
    /// 遡及支払月, 1 to 12.
    pub month: u8,
    /// 遡及支払額, yen.
    pub amount: Yen,
}

impl PayNotice {
    /// Writes all of it; `era_name` is the first field of [`applies_from`](Self::applies_from), and `counted` says which months
    /// are summed up.
    pub(super) fn write(
        &self,
        era_name: &'static str,
        names: &MonthNames,
        counted: [bool; 3],
        writer: &mut RecordWriter<'_>,
    ) {
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        writer.month(era_name, self.applies_from);
        write_old_standard(writer, "old_std_health", self.old_health_standard);
        write_old_standard(writer, "old_std_pension", self.old_pension_standard);
        writer.month("old_rev_era", self.old_revised);
        if let Some(change) = self.pay_change {
            change.write(writer);
        }
        if let Some(retroactive) = self.retroactive {
            retroactive.write(writer);
        }
        write_months(writer, names, self.months, counted);
        writer.money_if("corrected_average", self.corrected_average);
        if let Some(key) = &self.over_70 {
            writer.person_key("", key);
        }
        writer.flag("flag_over70", self.over_70.is_some());
        writer.flag("flag_multi_office", self.multi_office);
        writer.set("memo", &self.memo);
        writer.flag("only_over70", self.only_over_70);
    }
}

impl PayChange {
    fn write(self, writer: &mut RecordWriter<'_>) {
        writer.two_digits("raise_month", self.month);
        writer.set("raise_type", if self.kind == PayChangeKind::Raise { 1 } else { 2 });
    }
}

impl Retroactive {
    fn write(self, writer: &mut RecordWriter<'_>) {
        writer.two_digits("retro_month", self.month);
        writer.money("retro_amount", self.amount);
    }
}

/// What the notes of both layouts demand.
pub(super) const RULES: &[Rule] = &[
    Rule { field: "insured_ref_no", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "raise_month", demand: Filled, when: &[When::Filled("raise_type")] },
    Rule { field: "raise_type", demand: Filled, when: &[When::Filled("raise_month")] },
];

/// 従前の標準報酬月額, in thousands of yen and four digits.
fn write_old_standard(writer: &mut RecordWriter<'_>, name: &'static str, standard: Option<Yen>) {
    if let Some(standard) = standard {
        writer.set(name, format_args!("{:04}", Thousands(standard)));
    }
}

/// An amount in thousands; one that is not whole is written in yen and refused for its length.
struct Thousands(Yen);

impl fmt::Display for Thousands {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yen = self.0.get();
        fmt::Display::fmt(&if yen % 1_000 == 0 { yen / 1_000 } else { yen }, formatter)
    }
}
