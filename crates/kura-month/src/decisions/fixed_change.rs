use kura_calendar::Date;
use kura_insurance::decisions::FixedPayChange;
use kura_yen::Yen;

use crate::stop::Stop;

/// A change of one part of fixed pay, as the dated facts say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FixedChange {
    /// What changed: 基本給, 給与形態, an item by its name.
    pub(super) what: String,
    /// 適用開始日.
    pub(super) on: Date,
    /// 決定日, where it is known.
    pub(super) decided_on: Option<Date>,
    /// Before and after in the unit it is agreed in: a month, a day, an hour.
    pub(super) unit: [Yen; 2],
    /// Before and after as pay of a month, where that is known.
    pub(super) monthly: Option<[Yen; 2]>,
}

impl FixedChange {
    /// A change of an amount a month.
    pub(super) fn of_month(what: &str, on: Date, decided_on: Option<Date>, amounts: [Yen; 2]) -> Self {
        Self { what: what.to_owned(), on, decided_on, unit: amounts, monthly: Some(amounts) }
    }

    fn rise(&self) -> i64 {
        let [before, after] = self.unit;
        (after - before).get().signum()
    }
}

/// Several changes that one payment is the first to carry: they count as one, by the sum of a month's pay.
pub(super) struct ChangesTogether {
    what: String,
    on: Date,
    decided_on: Option<Date>,
    before: Yen,
    after: Yen,
}

impl ChangesTogether {
    /// `None` of no change. Changes in different units that go different ways cannot be summed up without the hours of the
    /// contract: that is asked for.
    pub(super) fn of(changes: &[FixedChange]) -> Result<Option<Self>, Stop> {
        let Some(on) = changes.iter().map(|change| change.on).max() else { return Ok(None) };
        let mut words: Vec<&str> = Vec::new();
        for change in changes {
            if !words.contains(&change.what.as_str()) {
                words.push(&change.what);
            }
        }
        let monthly: Option<Vec<[Yen; 2]>> = changes.iter().map(|change| change.monthly).collect();
        let amounts = match (changes, monthly) {
            ([one], _) => vec![one.unit],
            (_, Some(monthly)) => monthly,
            (several, None) => {
                let same_way = several.windows(2).all(|pair| matches!(pair, [a, b] if a.rise() == b.rise()));
                if !same_way {
                    return Err(Stop::unknown("雇用条件", None, "週の所定時間"));
                }
                several.iter().map(|change| change.unit).collect()
            }
        };
        Ok(Some(Self {
            what: words.join("・"),
            on,
            decided_on: changes.iter().filter_map(|change| change.decided_on).max(),
            before: amounts.iter().map(|[before, _]| *before).sum(),
            after: amounts.iter().map(|[_, after]| *after).sum(),
        }))
    }

    /// As the rules of 随時改定 read it. A payment that was late by mistake is a row 遅配 of 給与履歴, not of the change.
    pub(super) fn as_one(&self) -> FixedPayChange<'_> {
        FixedPayChange {
            what: &self.what,
            before: self.before,
            after: self.after,
            effective_on: self.on,
            decided_on: self.decided_on,
            paid_late_by_mistake: false,
        }
    }
}
