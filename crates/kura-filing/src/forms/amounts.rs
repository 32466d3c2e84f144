use kura_law::LawError;

use crate::problem::Report;
use crate::record::Record;
use crate::record_layout::RecordLayout;

/// Two amounts and their sum.
#[derive(Clone, Copy)]
pub(crate) struct SumPlaces {
    parts: [usize; 2],
    pub(crate) total: usize,
}

impl SumPlaces {
    /// `names`: currency, in kind, total.
    pub(crate) fn of(layout: &RecordLayout, [currency, in_kind, total]: [&str; 3]) -> Result<Self, LawError> {
        Ok(Self { parts: [layout.require(currency)?, layout.require(in_kind)?], total: layout.require(total)? })
    }

    /// True when the total is not the sum of its parts, 9999999 for anything above. Amounts that cannot be read do not differ.
    pub(crate) fn differs(self, record: Record<'_>, layout: &RecordLayout) -> bool {
        let [currency, in_kind] = self.parts.map(|part| record.number(part));
        let amount_max = layout.field(self.total).map_or(i64::MAX, |field| field.amount_max());
        let sum = currency.zip(in_kind).map(|(currency, in_kind)| currency.saturating_add(in_kind).min(amount_max));
        sum.zip(record.number(self.total)).is_some_and(|(sum, total)| sum != total)
    }
}

/// The least amount these forms take where they ask for pay, yen: less stands for a slip in the unit.
///
/// Source: the notes of the layouts (1000 or more).
const AMOUNT_MIN: i64 = 1_000;

/// Reports an amount below the least the form takes.
pub(crate) fn check_least(position: usize, record: Record<'_>, layout: &RecordLayout, report: &mut Report) {
    if let Some(field) = layout.field(position)
        && record.number(position).is_some_and(|amount| amount < AMOUNT_MIN)
    {
        let message = format!("「{}」が{AMOUNT_MIN}円未満です", field.name_ja);
        report.add_in(field, message, "千円単位で書いていないか確かめてください。");
    }
}
