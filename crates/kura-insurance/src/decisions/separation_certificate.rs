use kura_calendar::{Date, age_on};
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::InsuranceError;
use crate::decisions::separation_periods::{ClosingDay, Cut, counting_periods, length_days, wage_periods};
use crate::decisions::{DecisionError, Explanation, PayPeriod, wording};
use crate::figures::{self, LABOR};

/// What a 離職証明書 stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeparationFacts {
    /// 離職年月日.
    pub separated_on: Date,
    /// 雇用保険の資格取得日.
    pub acquired: Date,
    /// 締日.
    pub closing: ClosingDay,
    /// 倒産・解雇等・特定理由: fewer months are needed (雇用保険法13条2項).
    pub special: bool,
}

/// 賃金支払基礎日数 of a period, and the hours where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseFigures {
    /// 基礎日数.
    pub days: u8,
    /// 基礎となった労働時間, minutes.
    pub minutes: Option<u32>,
}

/// What was paid for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WageFigures {
    /// 基礎日数 and hours.
    pub base: BaseFigures,
    /// 賃金額Ａ: by the month, yen.
    pub monthly: Yen,
    /// 賃金額Ｂ: by the day, the hour or the piece, yen.
    pub by_day_or_hour: Yen,
}

impl WageFigures {
    /// 計.
    pub fn total(&self) -> Yen {
        self.monthly + self.by_day_or_hour
    }
}

/// Boxes ⑧ to ⑬ of a 離職証明書.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeparationCertificate {
    /// ⑧ and ⑨, newest first.
    pub counting: Vec<CountingRow>,
    /// ⑩, ⑪ and ⑫, newest first.
    pub wages: Vec<WageRow>,
    /// 被保険者期間 in half months.
    pub half_months: u16,
    /// True when the insured period reaches what 基本手当 asks for. A shorter one may be joined to an earlier employer's.
    pub enough: bool,
    /// 完全月.
    pub full_months: u16,
    /// ⑬ 備考: the hours of periods with too few days.
    pub remarks: Vec<String>,
    /// Why.
    pub explanation: Explanation,
}

/// A row of ⑧ and ⑨.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountingRow {
    /// ⑧.
    pub period: PayPeriod,
    /// ⑨; `None` = unknown.
    pub base: Option<BaseFigures>,
    /// How it counts.
    pub counted: Counted,
}

/// A row of ⑩, ⑪ and ⑫.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WageRow {
    /// ⑩.
    pub period: PayPeriod,
    /// ⑪ and ⑫; `None` = unknown.
    pub wage: Option<WageFigures>,
    /// [`Counted::Month`] and [`Counted::MonthByHours`] are 完全月.
    pub counted: Counted,
}

/// How a period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// 1か月, by days.
    Month,
    /// 1か月, by hours.
    MonthByHours,
    /// 2分の1か月: the first weeks after acquisition.
    HalfMonth,
    /// 数えない.
    No,
    /// 分からない: its days are unknown.
    Unknown,
}

impl Counted {
    const fn half_months(self) -> u16 {
        match self {
            Self::Month | Self::MonthByHours => 2,
            Self::HalfMonth => 1,
            Self::No | Self::Unknown => 0,
        }
    }
}

/// Whether a 離職証明書 must be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CertificateNeeded {
    /// 年齢により必ず.
    ByAge,
    /// 本人が希望.
    Wished,
    /// 希望しない.
    NotWished,
    /// 希望を確かめる.
    Ask,
}

/// Whether a 離職証明書 is made (雇用保険法施行規則7条): always from an age on, else when the person wishes one. Not on death.
pub fn certificate_needed(
    law: &Law,
    birth_date: Date,
    separated_on: Date,
    wished: Option<bool>,
) -> Result<(CertificateNeeded, Explanation), DecisionError> {
    let age = figures::small::<u8>(law, LABOR, "separation_certificate.always_from_age", separated_on)?;
    let (needed, text) = if age_on(birth_date, separated_on).is_some_and(|years| years >= age.value) {
        let text = format!("離職日に{}歳以上なので、希望にかかわらず離職証明書を作ります。", age.value);
        (CertificateNeeded::ByAge, text)
    } else {
        match wished {
            Some(true) => (CertificateNeeded::Wished, "本人が離職票を希望するので、離職証明書を作ります。".to_owned()),
            Some(false) => {
                (CertificateNeeded::NotWished, "本人が離職票を希望しないので、離職証明書は要りません。".to_owned())
            }
            None => (CertificateNeeded::Ask, "離職票を希望するかを本人に確かめてください。".to_owned()),
        }
    };
    let mut explanation = Explanation::default();
    explanation.cite(age.citation, text);
    Ok((needed, explanation))
}

/// The periods and figures of a 離職証明書 (雇用保険法13条, 14条, 17条): rows back from the separation until the insured period
/// and the 完全月 reach what is needed, or until the acquisition.
///
/// `base` gives the 基礎日数 of any period, `wage` the pay of a 賃金支払対象期間 (a payment for n months with one n-th);
/// `None` = unknown, which makes a row that says so and counts as nothing.
pub fn separation_certificate(
    law: &Law,
    facts: &SeparationFacts,
    base: impl Fn(PayPeriod) -> Option<BaseFigures>,
    wage: impl Fn(PayPeriod) -> Option<WageFigures>,
) -> Result<SeparationCertificate, DecisionError> {
    if facts.separated_on < facts.acquired {
        return Err(InsuranceError::LastDayBeforeAcquisition.into());
    }
    let rules = Rules::on(law, facts)?;
    let mut explanation = Explanation::default();
    explanation.cite(
        rules.citation,
        format!(
            "離職日{}の翌日から1か月ずつ遡り、被保険者期間が{}か月になるまで書きます（⑧⑨）。",
            wording::day(facts.separated_on),
            rules.months_needed
        ),
    );
    let periods = counting_periods(facts.separated_on, facts.acquired, rules.look_back_months)?;
    let needed = rules.months_needed.saturating_mul(2);
    let counting = rules.counted_rows(&periods, needed, true, base)?;
    let periods = wage_periods(facts.separated_on, facts.acquired, facts.closing, rules.look_back_months)?;
    let full_needed = rules.full_months_needed.saturating_mul(2);
    let full = rules.counted_rows(&periods, full_needed, false, |period| wage(period).map(|wage| wage.base))?;

    let counting: Vec<CountingRow> =
        counting.into_iter().map(|(period, base, counted)| CountingRow { period, base, counted }).collect();
    let wages: Vec<WageRow> =
        full.into_iter().map(|(period, _, counted)| WageRow { period, wage: wage(period), counted }).collect();
    let half_months: u16 = counting.iter().map(|row| row.counted.half_months()).sum();
    let full_months = wages.iter().map(|row| row.counted.half_months()).sum::<u16>().div_euclid(2);
    let remarks = rules.remarks(&counting);
    let certificate = SeparationCertificate {
        enough: half_months >= needed,
        counting,
        wages,
        half_months,
        full_months,
        remarks,
        explanation,
    };
    Ok(rules.explained(certificate))
}

type Row = (PayPeriod, Option<BaseFigures>, Counted);

/// The figures of the law for one separation.
struct Rules {
    days: u8,
    minutes: Option<u32>,
    half_month_days: i32,
    months_needed: u16,
    full_months_needed: u16,
    look_back_months: u16,
    citation: CitationId,
}

impl Rules {
    fn on(law: &Law, facts: &SeparationFacts) -> Result<Self, DecisionError> {
        let on = facts.separated_on;
        let key = |name: &str| format!("separation_certificate.{name}");
        let special = |name: &str| key(&if facts.special { format!("{name}_special") } else { name.to_owned() });
        let hours_from = figures::date(law, LABOR, &key("hours_rule_from"), on)?;
        let minutes = if on >= hours_from.value {
            let hours = figures::small::<u32>(law, LABOR, &key("month_hours_min"), on)?;
            Some(hours.value.saturating_mul(60))
        } else {
            None
        };
        let months = figures::small::<u16>(law, LABOR, &special("counting_months"), on)?;
        let years = figures::small::<u16>(law, LABOR, &special("look_back_years"), on)?;
        Ok(Self {
            days: figures::small::<u8>(law, LABOR, &key("month_days_min"), on)?.value,
            minutes,
            half_month_days: figures::small::<i32>(law, LABOR, &key("half_month_days_min"), on)?.value,
            months_needed: months.value,
            full_months_needed: figures::small::<u16>(law, LABOR, &key("full_months"), on)?.value,
            look_back_months: years.value.saturating_mul(12),
            citation: months.citation,
        })
    }

    /// Rows until the half months reach what is needed, by days alone; where that does not reach, hours count too
    /// (14条3項).
    fn counted_rows(
        &self,
        periods: &[Cut],
        needed: u16,
        cut_counts_half: bool,
        base: impl Fn(PayPeriod) -> Option<BaseFigures>,
    ) -> Result<Vec<Row>, DecisionError> {
        let mut rows = Vec::new();
        for by_hours in [false, self.minutes.is_some()] {
            rows = Vec::with_capacity(periods.len());
            let mut reached = 0_u16;
            for cut in periods {
                let figures = base(cut.period);
                let counted = self.count(cut, figures, cut_counts_half, by_hours)?;
                rows.push((cut.period, figures, counted));
                reached = reached.saturating_add(counted.half_months());
                if reached >= needed {
                    return Ok(rows);
                }
            }
        }
        Ok(rows)
    }

    fn count(
        &self,
        cut: &Cut,
        figures: Option<BaseFigures>,
        cut_counts_half: bool,
        by_hours: bool,
    ) -> Result<Counted, DecisionError> {
        let Some(figures) = figures else { return Ok(Counted::Unknown) };
        let days = figures.days >= self.days;
        let hours = by_hours && figures.minutes.zip(self.minutes).is_some_and(|(worked, needed)| worked >= needed);
        Ok(if !days && !hours {
            Counted::No
        } else if !cut.whole {
            let half = cut_counts_half && length_days(cut.period)? >= self.half_month_days;
            if half { Counted::HalfMonth } else { Counted::No }
        } else if days {
            Counted::Month
        } else {
            Counted::MonthByHours
        })
    }

    /// The hours of a period with fewer days stand in ⑬.
    fn remarks(&self, counting: &[CountingRow]) -> Vec<String> {
        let short = counting.iter().filter_map(|row| {
            let minutes = row.base.filter(|base| base.days < self.days)?.minutes?;
            self.minutes?;
            let (from, to) = (wording::day(row.period.from), wording::day(row.period.to));
            Some(format!("{from}から{to}まで 労働時間{}", wording::hours(minutes)))
        });
        short.collect()
    }

    fn explained(&self, mut certificate: SeparationCertificate) -> SeparationCertificate {
        let explanation = &mut certificate.explanation;
        let count = |wanted: Counted| certificate.counting.iter().filter(|row| row.counted == wanted).count();
        explanation.say(format!(
            "基礎日数{}日以上の月を1か月と数えます。{}か月あります。",
            self.days,
            count(Counted::Month)
        ));
        let by_hours = count(Counted::MonthByHours);
        if let Some(minutes) = self.minutes.filter(|_| by_hours > 0) {
            explanation.say(format!(
                "日数だけでは{}か月に足りないので、{}以上働いた月も数えます。{by_hours}か月あります（⑬に時間を書きます）。",
                self.months_needed,
                wording::hours(minutes)
            ));
        }
        if count(Counted::HalfMonth) > 0 {
            explanation.say(format!(
                "取得日からの1か月に満たない期間は{}日以上あるので2分の1か月と数えます。",
                self.half_month_days
            ));
        }
        if !certificate.enough {
            explanation.say(format!(
                "被保険者期間が{}か月に足りません。前の勤め先の期間と通算されることがあるので、このまま作ります。",
                self.months_needed
            ));
        }
        let unknown_wages = certificate.wages.iter().any(|row| row.counted == Counted::Unknown);
        if count(Counted::Unknown) > 0 || unknown_wages {
            explanation.say("基礎日数か賃金の分からない期間があります。確かめて入れてください。");
        }
        explanation.say(format!(
            "賃金は締日ごとに、基礎日数{}日以上の完全月が{}か月になるまで書きます（⑩⑪⑫）。完全月は{}か月です。",
            self.days, self.full_months_needed, certificate.full_months
        ));
        certificate
    }
}
