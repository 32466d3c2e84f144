//! # 決定と届出の判断
//!
//! Pure functions that decide what an office files: standards of remuneration, coverage, loss, 離職証明書. Each takes plain
//! facts, asks kura-law for every figure, and gives its result with an [`Explanation`]: Japanese sentences with months,
//! figures and rule, each with its citation. A fact that is not known is a question in the result or an error, never 0.
//!
//! | function | what it decides |
//! |---|---|
//! | [`acquisition_determination`] | 資格取得時決定 |
//! | [`annual_determination`], [`annual_average_proposal`] | 定時決定 with 修正平均; 年間平均 as a proposal |
//! | [`occasional_revision`], [`occasional_annual_average`] | 随時改定 over the pay history; 年間平均 as a proposal |
//! | [`leave_end_revision`] | 産前産後休業・育児休業等終了時改定 |
//! | [`social_coverage`], [`employment_coverage`] | who is insured: 健康保険・厚生年金保険, 雇用保険 |
//! | [`age_events`] | 40・60・65・70・75歳 |
//! | [`social_loss`], [`employment_loss`] | 資格喪失日 by cause |
//! | [`separation_certificate`], [`certificate_needed`] | 離職証明書: periods, 基礎日数, 完全月 |

mod acquisition;
mod age_events;
mod annual;
mod annual_average;
mod average;
mod contract;
mod employment_coverage;
mod error;
mod explanation;
mod first_payment;
mod judgement;
mod leave_end;
mod loss;
mod occasional;
mod paid_month;
mod separation_certificate;
mod separation_periods;
mod short_time_coverage;
mod social_coverage;
mod standards;
mod wording;

pub use acquisition::{AcquisitionDetermination, acquisition_determination};
pub use age_events::{AgeEvent, AgeEventKind, age_events};
pub use annual::{AnnualDetermination, AnnualExclusion, AnnualFacts, AnnualOutcome, annual_determination};
pub use annual_average::{
    AnnualAverageProposal, AverageComparison, annual_average_proposal, occasional_annual_average,
};
pub use average::MonthsAverage;
pub use contract::{Contract, Prospect, Student};
pub use employment_coverage::{
    EmploymentCoverage, EmploymentInsuredClass, EmploymentPosition, EmploymentTerms, employment_coverage,
};
pub use error::DecisionError;
pub use explanation::{Explanation, Step};
pub use first_payment::FixedPayChange;
pub use judgement::{Direction, SchemeJudgement, Verdict};
pub use leave_end::{LeaveEndFacts, LeaveEndRevision, leave_end_revision};
pub use loss::{EmploymentLoss, LossCause, SchemeLoss, SocialLoss, employment_loss, social_loss};
pub use occasional::{
    JudgedRevision, NoRevision, OccasionalFacts, OccasionalRevision, OpenQuestion, RevisionOutcome, occasional_revision,
};
pub use paid_month::{FullMonth, PaidMonth, PayPeriod, WorkerClass};
pub use separation_certificate::{
    BaseFigures, CertificateNeeded, Counted, CountingRow, SeparationCertificate, SeparationFacts, WageFigures, WageRow,
    certificate_needed, separation_certificate,
};
pub use separation_periods::ClosingDay;
pub use social_coverage::{
    Condition, CoverageVerdict, Employer, SocialCoverage, SocialPosition, SpecifiedClass, WorkTerms, social_coverage,
};
pub use standards::{CurrentStandard, DecidedStandard, Schemes};

/// 定時決定・随時改定の規則.
pub(crate) const REMUNERATION: &str = "standard_remuneration_rules";
