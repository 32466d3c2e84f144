use kura_calendar::Date;
use kura_filing::{
    AcquisitionNotice, AnnualBaseNotice, BonusPaymentNotice, DependentChangeNotice, EmploymentAcquisitionNotice,
    EmploymentLossNotice, FilingProblem, Form, HelloWorkNotices, LossNotice, MonthlyChangeNotice, Notices, Office,
    Submission, Submitter, hello_work_submission, submission,
};
use kura_law::Law;

/// The records of an application, all of one procedure.
#[derive(Clone)]
pub(crate) enum Batch {
    /// 資格取得届.
    Acquisition(Vec<AcquisitionNotice>),
    /// 資格喪失届.
    Loss(Vec<LossNotice>),
    /// 被扶養者（異動）届.
    DependentChange(Vec<DependentChangeNotice>),
    /// 月額変更届.
    MonthlyChange(Vec<MonthlyChangeNotice>),
    /// 算定基礎届.
    AnnualBase(Vec<AnnualBaseNotice>),
    /// 賞与支払届.
    BonusPayment(Vec<BonusPaymentNotice>),
    /// 雇用保険 資格取得届.
    EmploymentAcquisition(Vec<EmploymentAcquisitionNotice>),
    /// 雇用保険 資格喪失届.
    EmploymentLoss(Vec<EmploymentLossNotice>),
}

/// What a file is made with besides its records.
pub(super) struct Heading<'run> {
    pub(super) law: &'run Law,
    pub(super) office: &'run Office,
    /// 雇用保険適用事業所番号; needed for Hello Work alone.
    pub(super) employment_number: &'run str,
    pub(super) submitter: &'run Submitter,
    pub(super) as_of: Date,
}

/// The same for the list of whichever variant.
macro_rules! each {
    ($batch:expr, $list:ident => $result:expr) => {
        match $batch {
            Batch::Acquisition($list) => $result,
            Batch::Loss($list) => $result,
            Batch::DependentChange($list) => $result,
            Batch::MonthlyChange($list) => $result,
            Batch::AnnualBase($list) => $result,
            Batch::BonusPayment($list) => $result,
            Batch::EmploymentAcquisition($list) => $result,
            Batch::EmploymentLoss($list) => $result,
        }
    };
}

impl Batch {
    pub(super) fn len(&self) -> usize {
        each!(self, list => list.len())
    }

    /// 様式コード; of Hello Work the name of the file.
    pub(super) const fn form(&self) -> &'static str {
        match self {
            Self::Acquisition(_) => Form::Acquisition.code(),
            Self::Loss(_) => Form::Loss.code(),
            Self::DependentChange(_) => Form::DependentChange.code(),
            Self::MonthlyChange(_) => Form::MonthlyChange.code(),
            Self::AnnualBase(_) => Form::AnnualBase.code(),
            Self::BonusPayment(_) => Form::BonusPayment.code(),
            Self::EmploymentAcquisition(_) => "10101-shutoku.csv",
            Self::EmploymentLoss(_) => "10191-soshitsu.csv",
        }
    }

    /// True for the files of Hello Work.
    pub(super) const fn is_hello_work(&self) -> bool {
        matches!(self, Self::EmploymentAcquisition(_) | Self::EmploymentLoss(_))
    }

    /// Leaves only the records that are kept; `keeps` has one answer for each.
    pub(super) fn retain(&mut self, keeps: &[bool]) {
        let mut keeps = keeps.iter().copied();
        each!(self, list => list.retain(|_| keeps.next().unwrap_or(true)));
    }

    /// The second half; the first stays.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let mut rest = self.clone();
        each!(self, list => list.truncate(at));
        each!(&mut rest, list => drop(list.drain(..at)));
        rest
    }

    pub(super) fn file(&self, heading: &Heading<'_>) -> Result<Submission, Vec<FilingProblem>> {
        let Heading { law, office, employment_number, submitter, as_of } = *heading;
        let social = |notices| submission(law, office, submitter, as_of, as_of, notices);
        let employment = |notices| hello_work_submission(law, office, employment_number, submitter, as_of, notices);
        match self {
            Self::Acquisition(list) => social(Notices::Acquisition(list)),
            Self::Loss(list) => social(Notices::Loss(list)),
            Self::DependentChange(list) => social(Notices::DependentChange(list)),
            Self::MonthlyChange(list) => social(Notices::MonthlyChange(list)),
            Self::AnnualBase(list) => social(Notices::AnnualBase(list)),
            Self::BonusPayment(list) => social(Notices::BonusPayment(list)),
            Self::EmploymentAcquisition(list) => employment(HelloWorkNotices::Acquisition(list)),
            Self::EmploymentLoss(list) => employment(HelloWorkNotices::Loss(list)),
        }
    }
}
