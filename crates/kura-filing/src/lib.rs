#![doc = include_str!("../README.md")]

mod check;
mod checking;
mod codes;
mod field;
mod form;
mod form_rules;
mod forms;
mod header;
mod hello_work;
mod line;
mod office;
mod person;
mod problem;
mod record;
mod record_layout;
mod rule;
mod submission;
mod view;
mod writer;

pub use check::{check, check_folder, is_hello_work};
pub use checking::WorkerClass;
pub use form::Form;
pub use forms::{
    AcquisitionClass, AcquisitionKey, AcquisitionNotice, AnnualBaseNotice, Began, BonusPaymentNotice, Dependent,
    DependentBeganReason, DependentChange, DependentChangeNotice, DependentEndedReason, DependentJob,
    DependentRelation, Ended, InsuredClass, InsuredKey, LossCause, LossNotice, MonthPay, MonthlyChangeNotice,
    NoResidentRecord, Notices, Overseas, OverseasEndReason, OverseasReason, PayChange, PayChangeKind, PayNotice,
    Retroactive, Spouse, SpouseBeganReason, SpouseEndedReason, SpouseJob, SpouseRelation, TelKind,
};
pub use hello_work::{
    ContractTerm, EmploymentAcquisitionCause, EmploymentAcquisitionClass, EmploymentAcquisitionNotice, EmploymentForm,
    EmploymentLossCause, EmploymentLossNotice, ForeignWorker, HelloWorkNotices, RecruitmentRoute, WageForm,
    WeeklyHours, hello_work_submission,
};
pub use office::{MediaNumber, Office, Submitter};
pub use person::{Address, MY_NUMBER_PLACEHOLDER, PersonKey, PersonName, Sex};
pub use problem::{FilingProblem, PROBLEMS_MAX, ProblemField};
pub use submission::{FILE_BYTES_LIMIT, FILE_NAME, NumberPlace, Submission, submission};
pub use view::{FilingView, ViewCell, view};
