use kura_calendar::{Date, Month};
use kura_law::{CitationId, Cited, Law};
use kura_yen::{Rounding, Yen};

use crate::decisions::{DecisionError, Explanation, PaidMonth, REMUNERATION, WorkerClass, wording};
use crate::figures;

/// An average over payment months, as the forms write it: total and average of the months counted, never capped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthsAverage {
    /// The payment months counted.
    pub months: Vec<Month>,
    /// 総計, yen.
    pub total: Yen,
    /// 平均額, yen, the fraction dropped.
    pub average: Yen,
}

/// The average of what `amount` takes from each month; `None` of no month.
pub(crate) fn average(
    law: &Law,
    on: Date,
    counted: &[&PaidMonth],
    amount: impl Fn(&PaidMonth) -> Yen,
) -> Result<Option<MonthsAverage>, DecisionError> {
    if counted.is_empty() {
        return Ok(None);
    }
    let unit = figures::integer(law, REMUNERATION, "averages.truncate_average_below_yen", on)?;
    let number = i64::try_from(counted.len()).unwrap_or(i64::MAX);
    let total: Yen = counted.iter().map(|paid| amount(paid)).sum();
    let average = total.exact().divided_by_integer(number)?.round_to(unit.value, Rounding::Down)?;
    Ok(Some(MonthsAverage { months: counted.iter().map(|paid| paid.payment_month).collect(), total, average }))
}

impl MonthsAverage {
    /// `927,800円 ÷ 3か月 = 309,266円（円未満切捨て）`.
    pub(crate) fn sum(&self) -> String {
        let (total, number, average) = (wording::yen(self.total), self.months.len(), wording::yen(self.average));
        format!("{total} ÷ {number}か月 = {average}（円未満切捨て）")
    }
}

/// 支払基礎日数 a month needs, with the relief of 短時間就労者.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BaseDayRule {
    minimum: Cited<u8>,
    fallback: Option<Cited<u8>>,
}

impl BaseDayRule {
    /// 定時決定: 17; 短時間就労者 17, then 15; 短時間労働者 11.
    pub(crate) fn annual(law: &Law, worker: WorkerClass, on: Date) -> Result<Self, DecisionError> {
        match worker {
            WorkerClass::Ordinary => Self::of(law, on, "payment_base_days.regular_or_three_quarters", None),
            WorkerClass::PartTimer => Self::of(
                law,
                on,
                "payment_base_days.part_timer_three_quarters_teiji.primary",
                Some("payment_base_days.part_timer_three_quarters_teiji.fallback"),
            ),
            WorkerClass::ShortTimeWorker => Self::of(law, on, "payment_base_days.short_time_worker", None),
        }
    }

    /// 随時改定: 17 in each month, 短時間労働者 11; no relief.
    pub(crate) fn occasional(law: &Law, worker: WorkerClass, on: Date) -> Result<Self, DecisionError> {
        match worker {
            WorkerClass::Ordinary | WorkerClass::PartTimer => {
                Self::of(law, on, "payment_base_days.zuiji_each_month_min", None)
            }
            WorkerClass::ShortTimeWorker => Self::of(law, on, "payment_base_days.short_time_worker", None),
        }
    }

    /// 産前産後休業・育児休業等終了時改定: as 定時決定.
    pub(crate) fn leave_end(law: &Law, worker: WorkerClass, on: Date) -> Result<Self, DecisionError> {
        let regular = "leave_end_revision.base_days.regular";
        match worker {
            WorkerClass::Ordinary => Self::of(law, on, regular, None),
            WorkerClass::PartTimer => {
                Self::of(law, on, regular, Some("leave_end_revision.base_days.part_timer_fallback"))
            }
            WorkerClass::ShortTimeWorker => Self::of(law, on, "leave_end_revision.base_days.short_time_worker", None),
        }
    }

    fn of(law: &Law, on: Date, minimum: &str, fallback: Option<&str>) -> Result<Self, DecisionError> {
        let days = |key: &str| figures::small(law, REMUNERATION, key, on);
        Ok(Self { minimum: days(minimum)?, fallback: fallback.map(days).transpose()? })
    }

    /// 支払基礎日数 every month needs where there is no relief.
    pub(crate) fn minimum(&self) -> u8 {
        self.minimum.value
    }

    pub(crate) fn citation(&self) -> CitationId {
        self.minimum.citation
    }

    /// The months that have enough base days; what was counted is said.
    pub(crate) fn counted<'a>(
        &self,
        months: &[&'a PaidMonth],
        worker: WorkerClass,
        explanation: &mut Explanation,
    ) -> Vec<&'a PaidMonth> {
        let with = |minimum: u8| -> Vec<&'a PaidMonth> {
            months.iter().copied().filter(|paid| paid.base_days >= minimum).collect()
        };
        let (mut used, mut counted) = (self.minimum, with(self.minimum.value));
        if let Some(fallback) = self.fallback.filter(|_| counted.is_empty()) {
            let word = worker.japanese();
            explanation.cite(
                used.citation,
                format!(
                    "{}日以上の月がないので、{word}の取扱いにより{}日以上の月を使います。",
                    used.value, fallback.value
                ),
            );
            (used, counted) = (fallback, with(fallback.value));
        }
        explanation.cite(used.citation, say_counted(used.value, worker, &counted));
        counted
    }
}

fn say_counted(minimum: u8, worker: WorkerClass, counted: &[&PaidMonth]) -> String {
    let months: Vec<Month> = counted.iter().map(|paid| paid.payment_month).collect();
    let rule = format!("{}は支払基礎日数{minimum}日以上の月を数えます", worker.japanese());
    if months.is_empty() {
        format!("{rule}。{minimum}日以上の月はありません。")
    } else {
        format!("{rule}。数える月は{}です。", wording::months(&months))
    }
}

/// `2026年4月: 支払基礎日数30日、301,500円`, with what is not in cash, not of the month or not a whole month.
pub(crate) fn say_month(paid: &PaidMonth, explanation: &mut Explanation) {
    let mut text = format!(
        "{}の支給: 支払基礎日数{}日、報酬{}",
        wording::month(paid.payment_month),
        paid.base_days,
        wording::yen(paid.total())
    );
    if paid.in_kind != Yen::ZERO {
        text.push_str(&format!("（うち現物{}）", wording::yen(paid.in_kind)));
    }
    if paid.retroactive != Yen::ZERO {
        text.push_str(&format!("（うち前の月の分の差額{}）", wording::yen(paid.retroactive)));
    }
    if paid.full_month != crate::decisions::FullMonth::Full {
        text.push_str(&format!("、{}", paid.full_month.japanese()));
    }
    text.push('。');
    explanation.say(text);
}
