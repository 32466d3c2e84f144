use kura_law::LawError;
use kura_yen::Yen;

use super::amounts::{SumPlaces, check_least};
use crate::problem::Report;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;

/// 支払った月の報酬: one of the three months of 算定基礎届 and 月額変更届.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPay {
    /// 給与計算の基礎日数.
    pub base_days: u8,
    /// 通貨によるものの額, yen.
    pub currency: Yen,
    /// 現物によるものの額, yen.
    pub in_kind: Yen,
}

/// Identifiers of the fields of the three months, the earliest first.
pub(crate) struct MonthNames {
    pub(crate) base_days: [&'static str; 3],
    pub(crate) currency: [&'static str; 3],
    pub(crate) in_kind: [&'static str; 3],
    pub(crate) total: [&'static str; 3],
}

/// The fields of the three months and of what is counted from them, in the layouts that have them.
pub(crate) struct MonthPlaces {
    pub(crate) base_days: [usize; 3],
    sums: [SumPlaces; 3],
    grand_total: usize,
    pub(crate) average: usize,
    pub(crate) corrected: usize,
}

impl MonthPlaces {
    pub(crate) fn of(layout: &RecordLayout, names: &MonthNames) -> Result<Self, LawError> {
        let [first, second, third] = names.base_days.map(|name| layout.require(name));
        let sum = |currency, in_kind, total| SumPlaces::of(layout, [currency, in_kind, total]);
        let ([c1, c2, c3], [k1, k2, k3], [t1, t2, t3]) = (names.currency, names.in_kind, names.total);
        Ok(Self {
            base_days: [first?, second?, third?],
            sums: [sum(c1, k1, t1)?, sum(c2, k2, t2)?, sum(c3, k3, t3)?],
            grand_total: layout.require("grand_total")?,
            average: layout.require("average")?,
            corrected: layout.require("corrected_average")?,
        })
    }

    /// 給与計算の基礎日数 as written.
    pub(crate) fn base_days(&self, record: Record<'_>) -> Option<[i64; 3]> {
        three_numbers(record, self.base_days)
    }

    /// Compares the sums with what they are made of, and the least amounts; `counted` says which months are summed up.
    pub(crate) fn check_sums(
        &self,
        record: Record<'_>,
        counted: Option<[bool; 3]>,
        layout: &RecordLayout,
        report: &mut Report,
    ) {
        for sum in self.sums.iter().filter(|sum| sum.differs(record, layout)) {
            if let Some(field) = layout.field(sum.total) {
                let message = format!("「{}」が内訳と合いません", field.name_ja);
                report.add_in(field, message, "通貨によるものの額と現物によるものの額を足した額にしてください。");
            }
        }
        if let Some((counted, totals)) = counted.zip(three_numbers(record, self.sums.map(|sum| sum.total))) {
            self.check_grand_total(record, counted, totals, layout, report);
        }
        check_least(self.corrected, record, layout, report);
    }

    fn check_grand_total(
        &self,
        record: Record<'_>,
        counted: [bool; 3],
        totals: [i64; 3],
        layout: &RecordLayout,
        report: &mut Report,
    ) {
        let (Some(grand_total), Some(average)) = (layout.field(self.grand_total), layout.field(self.average)) else {
            return;
        };
        let summed = counted.iter().zip(totals).filter(|(counts, _)| **counts).map(|(_, total)| total);
        let sum = summed.clone().fold(0, i64::saturating_add);
        if record.number(self.grand_total).is_some_and(|written| written != sum.min(grand_total.amount_max())) {
            report.add_in(grand_total, "総計不正", "基礎日数の足りる月の合計を足した額にしてください。");
        }
        // Behind 9999999 stands an amount that is not known, so neither is its average.
        let is_known = summed.clone().all(|total| total < grand_total.amount_max());
        let expected = sum.checked_div(i64::try_from(summed.count()).unwrap_or_default());
        if is_known && record.number(self.average).is_some_and(|written| Some(written) != expected) {
            let message = format!("「{}」が総計と合いません", average.name_ja);
            report.add_in(average, message, "総計を対象の月数で割り、1円未満を切り捨ててください。");
        }
    }
}

/// Writes the three months, and the sum and average of those that count.
pub(super) fn write_months(
    writer: &mut RecordWriter<'_>,
    names: &MonthNames,
    months: [MonthPay; 3],
    counted: [bool; 3],
) {
    for (name, month) in names.base_days.iter().zip(months) {
        writer.two_digits(name, month.base_days);
    }
    let totals = months.map(|month| month.currency + month.in_kind);
    let amounts = [
        (names.currency, months.map(|month| month.currency)),
        (names.in_kind, months.map(|month| month.in_kind)),
        (names.total, totals),
    ];
    for (names, amounts) in amounts {
        names.iter().zip(amounts).for_each(|(name, amount)| writer.money(name, amount));
    }
    let counted = totals.iter().zip(counted).filter(|(_, counts)| *counts).map(|(total, _)| *total);
    let sum: Yen = counted.clone().sum();
    let average = sum.get().checked_div(i64::try_from(counted.count()).unwrap_or_default());
    writer.money("grand_total", sum);
    writer.money("average", Yen::new(average.unwrap_or_default()));
}

fn three_numbers(record: Record<'_>, [first, second, third]: [usize; 3]) -> Option<[i64; 3]> {
    Some([record.number(first)?, record.number(second)?, record.number(third)?])
}
