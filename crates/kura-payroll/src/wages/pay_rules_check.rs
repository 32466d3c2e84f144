use kura_calendar::{Date, parse_iso_date};
use kura_law::{Law, LawError};
use kura_model::MonthlyHoursRounding;
use kura_yen::{Exact, Rounding};

use super::STANDARDS;
use crate::Citations;
use crate::pay::{PremiumPayRates, WageRules};

/// How hours are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursRounding {
    /// As clocked.
    AsClocked,
    /// The month's total as the notice allows it (昭63.3.14 基発150号).
    HalfHourOfMonth,
    /// The month's total by another rule.
    OfMonth {
        /// Unit, minutes.
        unit_minutes: i64,
        /// From this rest on the unit is given, minutes; 1 = always up.
        up_from_minutes: i64,
    },
    /// Every day by itself.
    OfDay {
        /// Unit, minutes.
        unit_minutes: i64,
        /// From this rest on the unit is given, minutes; 1 = always up.
        up_from_minutes: i64,
    },
}

impl From<MonthlyHoursRounding> for HoursRounding {
    fn from(rounding: MonthlyHoursRounding) -> Self {
        match rounding {
            MonthlyHoursRounding::AsClocked => Self::AsClocked,
            MonthlyHoursRounding::HalfHour => Self::HalfHourOfMonth,
        }
    }
}

/// What the law looks at in the rules of a pay group (給与規程).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayRules {
    /// 割増率.
    pub rates: PremiumPayRates,
    /// 時間単価の端数; `None` = as it is.
    pub unit_rounding: Option<Rounding>,
    /// 割増単価の端数; `None` = as it is.
    pub premium_unit_rounding: Option<Rounding>,
    /// 割増額の端数.
    pub premium_amount_rounding: Rounding,
    /// 時間の端数.
    pub hours_rounding: HoursRounding,
    /// 欠勤・遅早控除の端数.
    pub absence_rounding: Rounding,
}

impl From<&WageRules> for PayRules {
    fn from(rules: &WageRules) -> Self {
        Self {
            rates: rules.rates,
            unit_rounding: rules.unit_rounding,
            premium_unit_rounding: rules.premium_unit_rounding,
            premium_amount_rounding: rules.premium_amount_rounding,
            hours_rounding: rules.monthly_hours_rounding.into(),
            absence_rounding: rules.absence_rounding,
        }
    }
}

/// A rule of a pay group that is below the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayRulesFinding {
    /// A 割増率 below the legal one; rates as multiples (1.25), the night rate as the part on top.
    RateBelowLaw {
        /// Which rate, in Japanese.
        rate: &'static str,
        /// As set.
        set: Exact,
        /// The least.
        least: Exact,
    },
    /// An amount is cut where only half and more up, less down is no breach.
    AmountCut {
        /// Which amount, in Japanese.
        amount: &'static str,
    },
    /// Hours of each day are cut.
    DayCut,
    /// The month's hours are cut otherwise than the notice allows.
    MonthCut,
    /// A deduction for time not worked is rounded up.
    DeductionRoundedUp,
}

impl PayRulesFinding {
    /// The article or notice it stands on.
    pub const fn article(&self) -> &'static str {
        match self {
            Self::RateBelowLaw { .. } => "労基法37条1項・4項",
            Self::AmountCut { .. } | Self::DayCut | Self::MonthCut => "労基法24条・37条、昭63.3.14基発150号",
            Self::DeductionRoundedUp => "労基法24条",
        }
    }

    /// The finding as one Japanese sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::RateBelowLaw { rate, set, least } => {
                format!("割増率（{rate}）の{}が、法の下限の{}を下回っています。", percent(*set), percent(*least))
            }
            Self::AmountCut { amount } => {
                format!("{amount}の端数に切捨てがあります。認められるのは50銭未満切捨て・50銭以上切上げまでです。")
            }
            Self::DayCut => "1日ごとの労働時間の端数を切り捨てています。".to_owned(),
            Self::MonthCut => {
                "1か月の時間の合計の端数を、通達で認められた30分の規則と違う方法で切り捨てています。".to_owned()
            }
            Self::DeductionRoundedUp => {
                "欠勤・遅早控除の端数を切り上げ、働かなかった分より多く控除しています。".to_owned()
            }
        }
    }

    /// What the user can do, one Japanese sentence.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::RateBelowLaw { .. } => "給与規程の割増率を下限以上にしてください。",
            Self::AmountCut { .. } => "給与規程のその端数を「なし」「切上」「四捨五入」のどれかにしてください。",
            Self::DayCut => "1日の時間は1分単位で集計し、端数処理は1か月の合計にだけ使ってください。",
            Self::MonthCut => "給与規程の月の時間合計の端数を「なし」か「30分（未満切捨・以上切上）」にしてください。",
            Self::DeductionRoundedUp => "給与規程の欠勤・遅早控除の端数を「切捨」にしてください。",
        }
    }
}

/// What of the rules of a pay group is below the law on a day: rates (労基法37条), roundings of amounts and of hours (24条, 37条).
pub fn check_pay_rules(law: &Law, on: Date, rules: &PayRules) -> Result<(Vec<PayRulesFinding>, Citations), LawError> {
    let mut check = Check { law, on, findings: Vec::new(), citations: Citations::none() };
    check.rates(&rules.rates)?;
    check.amounts(rules)?;
    check.hours(rules.hours_rounding)?;
    if rules.absence_rounding == Rounding::Up {
        check.cite("rounding.late")?;
        check.findings.push(PayRulesFinding::DeductionRoundedUp);
    }
    Ok((check.findings, check.citations))
}

struct Check<'law> {
    law: &'law Law,
    on: Date,
    findings: Vec<PayRulesFinding>,
    citations: Citations,
}

impl Check<'_> {
    fn cite(&mut self, key: &str) -> Result<(), LawError> {
        self.citations.add(self.law.figure(STANDARDS, key, self.on)?.citation());
        Ok(())
    }

    fn number(&mut self, key: &str) -> Result<i64, LawError> {
        self.cite(key)?;
        self.law.figure(STANDARDS, key, self.on)?.integer()
    }

    /// A premium of the law as a part of the unit (0.25).
    fn premium(&mut self, key: &str) -> Result<Exact, LawError> {
        Ok(Exact::ratio(self.number(key)?, 100)?)
    }

    fn rates(&mut self, rates: &PremiumPayRates) -> Result<(), LawError> {
        let whole = Exact::whole(1);
        let overtime = whole.plus(self.premium("premium.overtime_pct")?)?;
        let holiday = whole.plus(self.premium("premium.holiday_pct")?)?;
        let night = self.premium("premium.night_pct")?;
        let everywhere = self.law.figure(STANDARDS, "premium.overtime_over_60h_all_employers_from", self.on)?;
        let everywhere = parse_iso_date(everywhere.text()?).map_err(|_| everywhere.unreadable("日付ではありません"))?;
        // Before that day small and medium-sized employers owed the ordinary premium for these hours too.
        let over_60 =
            if self.on < everywhere { overtime } else { whole.plus(self.premium("premium.overtime_over_60h_pct")?)? };
        let set_and_least = [
            ("時間外", Some(rates.overtime), overtime),
            ("45時間超", rates.over_45, overtime),
            ("60時間超", Some(rates.over_60), over_60),
            ("法定休日", Some(rates.statutory_holiday), holiday),
            ("深夜", Some(rates.night), night),
            ("所定休日", Some(rates.scheduled_holiday), overtime),
        ];
        for (rate, set, least) in set_and_least {
            if let Some(set) = set.filter(|set| *set < least) {
                self.findings.push(PayRulesFinding::RateBelowLaw { rate, set, least });
            }
        }
        Ok(())
    }

    fn amounts(&mut self, rules: &PayRules) -> Result<(), LawError> {
        let places = [
            ("時間単価", rules.unit_rounding, "rounding.unit_price.below_sen"),
            ("割増単価", rules.premium_unit_rounding, "rounding.unit_price.below_sen"),
            ("割増額", Some(rules.premium_amount_rounding), "rounding.month_amount.below_sen"),
        ];
        for (amount, rounding, key) in places {
            // 50銭以下切捨て drops the 50 sen that the notice gives.
            if matches!(rounding, Some(Rounding::Down | Rounding::HalfDown)) {
                self.cite(key)?;
                self.findings.push(PayRulesFinding::AmountCut { amount });
            }
        }
        Ok(())
    }

    fn hours(&mut self, rounding: HoursRounding) -> Result<(), LawError> {
        match rounding {
            HoursRounding::AsClocked => {}
            HoursRounding::HalfHourOfMonth => self.cite("rounding.month_hours.below_minutes")?,
            HoursRounding::OfDay { up_from_minutes, .. } => {
                self.cite("rounding.month_hours.daily")?;
                if up_from_minutes > 1 {
                    self.findings.push(PayRulesFinding::DayCut);
                }
            }
            HoursRounding::OfMonth { unit_minutes, up_from_minutes } => {
                let unit = self.number("rounding.month_hours.unit_minutes")?;
                let up_from = self.number("rounding.month_hours.below_minutes")?;
                let as_allowed = unit_minutes == unit && up_from_minutes <= up_from;
                if up_from_minutes > 1 && !as_allowed {
                    self.findings.push(PayRulesFinding::MonthCut);
                }
            }
        }
        Ok(())
    }
}

fn percent(multiple: Exact) -> String {
    let percent = multiple.times_integer(100).ok().and_then(|percent| percent.to_decimal(4));
    percent.map_or_else(|| multiple.to_string(), |percent| format!("{percent}%"))
}
