use kura_calendar::Date;
use kura_law::{CitationId, Cited, Law, LawError};
use kura_model::VariableHours;
use kura_yen::Yen;

use crate::clocks::Clocks;
use crate::plan::PlanProblem;
use crate::tax::{CommutingLimits, ComputerFormula, Method, WithholdingTable};

const STANDARDS: &str = "labor_standards";
const TAX: &str = "tax_rules";

/// The figures of law of one pay group and month, read once and used for everybody.
#[derive(Debug)]
pub(super) struct Figures<'law> {
    /// 月額表 of the payment date.
    pub(super) monthly_table: WithholdingTable<'law>,
    /// 電子計算機等の特例 of the payment date, where the pay group uses it.
    pub(super) computer_formula: Option<ComputerFormula<'law>>,
    /// 通勤手当の非課税限度額 of the payment date.
    pub(super) commuting: CommutingLimits<'law>,
    pub(super) overtime: OvertimeFigures,
    pub(super) tax_free: TaxFreeFigures,
}

/// 労働基準法 at the end of the variable period.
#[derive(Debug)]
pub(super) struct OvertimeFigures {
    /// 60時間, minutes (労基法37条1項ただし書).
    pub(super) over_60_minutes: Cited<i64>,
    /// 限度時間 of a month, minutes (労基法36条4項; 32条の4 with 1年変形).
    pub(super) over_45_minutes: Cited<i64>,
    /// 月の時間合計の端数: the unit, minutes, and below what it is dropped (昭63.3.14 基発150号).
    pub(super) hours_unit: i64,
    pub(super) hours_below: i64,
    pub(super) hours_citation: CitationId,
    /// 割増賃金 (労基法37条) and its base (規則19条).
    pub(super) premium: CitationId,
    pub(super) base: CitationId,
    /// 休業手当 (労基法26条).
    pub(super) suspension: CitationId,
    /// 賃金の控除 (労基法24条).
    pub(super) deduction: CitationId,
}

/// 非課税 of 宿日直料 and 食事 on the payment date; a figure that is missing is an error where it is needed.
#[derive(Debug)]
pub(super) struct TaxFreeFigures {
    /// 宿日直料, yen a time.
    pub(super) night_duty: Result<Cited<Yen>, LawError>,
    /// 食事 in kind: the employer's part, yen a month.
    pub(super) meals_month: Result<Cited<Yen>, LawError>,
    /// 夜食代 in money, yen a time.
    pub(super) night_meal: Result<Cited<Yen>, LawError>,
}

impl<'law> Figures<'law> {
    pub(super) fn on(
        law: &'law Law,
        clocks: Clocks,
        method: Method,
        variable_hours: VariableHours,
    ) -> Result<Self, PlanProblem> {
        let paid_on = clocks.payment_date;
        let by_formula = method == Method::ComputerFormula;
        Ok(Self {
            monthly_table: WithholdingTable::monthly(law, paid_on)?,
            computer_formula: by_formula.then(|| ComputerFormula::on(law, paid_on)).transpose()?,
            commuting: CommutingLimits::on(law, paid_on),
            overtime: OvertimeFigures::on(law, clocks.variable.to, variable_hours)?,
            tax_free: TaxFreeFigures::on(law, paid_on),
        })
    }
}

impl OvertimeFigures {
    fn on(law: &Law, on: Date, variable_hours: VariableHours) -> Result<Self, LawError> {
        let integer = |key| {
            let figure = law.figure(STANDARDS, key, on)?;
            Ok::<_, LawError>(Cited { value: figure.integer()?, citation: figure.citation() })
        };
        let citation = |key| Ok::<_, LawError>(law.figure(STANDARDS, key, on)?.citation());
        let limit = integer(match variable_hours {
            VariableHours::Yearly => "article36.variable_year_month_limit_hours",
            VariableHours::NotUsed | VariableHours::Monthly | VariableHours::Flextime => "article36.month_limit_hours",
        })?;
        let unit = integer("rounding.month_hours.unit_minutes")?;
        Ok(Self {
            over_60_minutes: integer("premium.overtime_over_60h_threshold_minutes")?,
            over_45_minutes: Cited { value: limit.value.saturating_mul(60), citation: limit.citation },
            hours_unit: unit.value,
            hours_below: integer("rounding.month_hours.below_minutes")?.value,
            hours_citation: unit.citation,
            premium: citation("premium.overtime_pct")?,
            base: citation("premium.base.mixed")?,
            suspension: citation("suspension_allowance.pct_of_average_wage")?,
            deduction: citation("wage_payment.deduction_agreement")?,
        })
    }
}

impl TaxFreeFigures {
    fn on(law: &Law, on: Date) -> Self {
        let yen = |key| {
            let figure = law.figure(TAX, key, on)?;
            Ok(Cited { value: figure.yen()?, citation: figure.citation() })
        };
        Self {
            night_duty: yen("nontaxable.night_duty.per_time"),
            meals_month: yen("nontaxable.meals.employer_share_max_month"),
            night_meal: yen("nontaxable.meals.night_meal_per_time"),
        }
    }
}
