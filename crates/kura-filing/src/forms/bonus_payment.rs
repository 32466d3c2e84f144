use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::Yen;

use super::Fill;
use super::amounts::check_least;
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;
use crate::{PersonKey, PersonName};

/// 賞与支払届 (2265700), one person. The total is counted here.
#[derive(Clone, PartialEq, Eq)]
pub struct BonusPaymentNotice {
    /// 被保険者整理番号.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 賞与支払年月日.
    pub paid_on: Date,
    /// 通貨によるものの額, yen, before any rounding.
    pub currency: Yen,
    /// 現物によるものの額, yen.
    pub in_kind: Yen,
    /// 備考欄項目１: 70歳以上被用者, with the number the person is known by.
    pub over_70: Option<PersonKey>,
    /// 備考欄項目２: 二以上勤務.
    pub multi_office: bool,
    /// 備考欄項目３: the day of the first payment, when bonuses of one month are added up.
    pub same_month_first_day: Option<u8>,
    /// 70歳以上被用者届のみ提出.
    pub only_over_70: bool,
}

impl Fill for BonusPaymentNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, checking: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        writer.date("paid_era", self.paid_on);
        writer.money("currency", self.currency);
        writer.money("in_kind", self.in_kind);
        let amount_max = Yen::new(writer.amount_max("bonus_total"));
        let unit = rounding_unit(checking.law, self.paid_on)?;
        writer.money("bonus_total", bonus_total([self.currency, self.in_kind], unit, amount_max));
        if let Some(key) = &self.over_70 {
            writer.person_key("", key);
        }
        writer.flag("flag_over70", self.over_70.is_some());
        writer.flag("flag_multi_office", self.multi_office);
        if let Some(day) = self.same_month_first_day {
            writer.two_digits("same_month_first_day", day);
        }
        writer.flag("only_over70", self.only_over_70);
        Ok(())
    }
}

/// 合計（賞与額）: the parts, each as the form can write it, without what is below the rounding unit; 9999999 when their sum
/// is more than the form can write.
fn bonus_total(parts: [Yen; 2], unit: i64, amount_max: Yen) -> Yen {
    let sum: Yen = parts.into_iter().map(|part| part.min(amount_max)).sum();
    if sum > amount_max { amount_max } else { sum.floor_to(unit) }
}

/// 標準賞与額の端数, yen (健康保険法45条, 厚生年金保険法24条の4).
fn rounding_unit(law: &Law, paid_on: Date) -> Result<i64, LawError> {
    law.figure("social_insurance_rules", "standard_bonus.truncate_below_yen", paid_on)?.integer()
}

/// Where the fields stand that are compared with each other.
pub(crate) struct Places {
    paid_era: usize,
    currency: usize,
    in_kind: usize,
    total: usize,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        Ok(Self {
            paid_era: layout.require("paid_era")?,
            currency: layout.require("currency")?,
            in_kind: layout.require("in_kind")?,
            total: layout.require("bonus_total")?,
        })
    }
}

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        checking.check_not_future(self.paid_era, record, layout);
        check_least(self.total, record, layout, &mut checking.report);
        let parts = record.number(self.currency).zip(record.number(self.in_kind));
        if let Some(((currency, in_kind), total)) = parts.zip(record.number(self.total))
            && let Some((paid_on, field)) = record.date(self.paid_era).zip(layout.field(self.total))
        {
            let unit = rounding_unit(checking.law, paid_on)?;
            let expected = bonus_total([Yen::new(currency), Yen::new(in_kind)], unit, Yen::new(field.amount_max()));
            if total != expected.get() {
                checking.report.add_in(
                    field,
                    "総計不正",
                    format!("通貨と現物を足し、{unit}円未満を切り捨ててください。"),
                );
            }
        }
        Ok(())
    }
}
