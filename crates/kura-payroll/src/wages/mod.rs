//! 賃金: what labour law says of wages.

mod average_wage;
mod average_wage_period;
mod minimum;
mod minimum_wage_check;
mod overtime_agreement;
mod overtime_finding;
mod overtime_limits;
mod paid_leave_grant;
mod paid_leave_pay;
mod pay_cut;
mod pay_rules_check;
mod suspension_allowance;

pub use average_wage::{
    AverageWage, AverageWageError, AverageWageRule, ExcludedPeriod, ExclusionReason, PeriodWages, Wage, WageForm,
    average_wage,
};
pub use average_wage_period::{AverageWageBasis, AverageWageEvent, AverageWagePeriod};
pub use minimum::{MinimumWage, minimum_wage};
pub use minimum_wage_check::{MinimumWageCheckError, MinimumWageSegment, MinimumWageSpan, minimum_wage_check};
pub use overtime_agreement::{OvertimeAgreement, OvertimeScope, SpecialClause};
pub use overtime_finding::OvertimeFinding;
pub use overtime_limits::{MonthHours, OvertimeError, check_overtime_agreement, overtime_limits};
pub use paid_leave_grant::{
    FiveDayDuty, GrantBasis, PaidLeaveGrant, PaidLeaveGrantError, PaidLeaveWorker, WorkDays, five_day_duty_of_overlap,
    paid_leave_grant, paid_leave_grant_day,
};
pub use paid_leave_pay::{OrdinaryWagePart, PaidLeaveDay, PaidLeavePayError, PaidLeavePayFacts, paid_leave_pay};
pub use pay_cut::{PayCut, PayCutBase, PayCutError, pay_cut};
pub use pay_rules_check::{HoursRounding, PayRules, PayRulesFinding, check_pay_rules};
pub use suspension_allowance::{
    SuspensionAllowance, SuspensionDay, SuspensionDayReason, SuspensionDayResult, SuspensionError, suspension_allowance,
};

/// The table of 労働基準法 figures.
const STANDARDS: &str = "labor_standards";
