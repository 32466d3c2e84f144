use kura_calendar::Date;
use kura_law::LawError;

use super::person::{ForeignWorker, WeeklyHours, write_date, write_insured_number};
use crate::checking::Checking;
use crate::forms::Fill;
use crate::writer::RecordWriter;
use crate::{PersonName, Sex};

/// 雇用保険 被保険者資格取得届 (10101), one person. The column 個人番号 stays empty in this file.
#[derive(Clone, PartialEq, Eq)]
pub struct EmploymentAcquisitionNotice {
    /// 被保険者番号, `5010-654321-0` or eleven digits; empty for a first acquisition.
    pub insured_number: String,
    /// 取得区分.
    pub class: EmploymentAcquisitionClass,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 変更後の氏名, of a person who files a new name with the acquisition.
    pub new_name: Option<PersonName>,
    /// 性別.
    pub sex: Sex,
    /// 生年月日.
    pub birth_date: Date,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 被保険者となったことの原因.
    pub cause: EmploymentAcquisitionCause,
    /// 賃金（支払の態様）.
    pub wage_form: WageForm,
    /// 賃金月額, thousands of yen.
    pub monthly_wage_thousand: u32,
    /// 雇用形態.
    pub employment_form: EmploymentForm,
    /// 職種, code 1 to 11.
    pub occupation: u8,
    /// 就職経路.
    pub recruitment_route: RecruitmentRoute,
    /// １週間の所定労働時間.
    pub weekly_hours: WeeklyHours,
    /// 契約期間; none for 定めなし.
    pub contract: Option<ContractTerm>,
    /// 外国人雇用状況.
    pub foreigner: Option<ForeignWorker>,
    /// 備考.
    pub remarks: String,
}

/// 雇用保険の取得区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentAcquisitionClass {
    /// 新規.
    First,
    /// 再取得.
    Again,
}

/// 被保険者となったことの原因.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentAcquisitionCause {
    /// 新規雇用（新規学卒）.
    NewGraduate,
    /// 新規雇用（その他）.
    NewHire,
    /// 日雇からの切替.
    FromDayLabor,
    /// その他.
    Other,
    /// 出向元への復帰等（65歳以上）.
    ReturnFromSecondment,
}

/// 賃金（支払の態様）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WageForm {
    /// 月給.
    Monthly,
    /// 週給.
    Weekly,
    /// 日給.
    Daily,
    /// 時間給.
    Hourly,
    /// その他.
    Other,
}

/// 雇用形態.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentForm {
    /// 日雇.
    DayLabor,
    /// 派遣.
    Dispatched,
    /// パートタイム.
    PartTime,
    /// 有期契約労働者.
    FixedTerm,
    /// 季節的雇用.
    Seasonal,
    /// 船員.
    Seaman,
    /// その他.
    Other,
}

/// 就職経路.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecruitmentRoute {
    /// 安定所紹介.
    HelloWork,
    /// 自己就職.
    Own,
    /// 民間紹介.
    PrivateAgency,
    /// 把握していない.
    Unknown,
}

/// 契約期間.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractTerm {
    /// 契約期間開始.
    pub from: Date,
    /// 契約期間終了, the last day.
    pub to: Date,
    /// 契約更新条項の有無.
    pub renewal_clause: bool,
}

/// What a notice is nothing without.
pub(super) const REQUIRED: &[&str] = &["被保険者氏名", "被保険者氏名フリガナ（カタカナ）", "事業所番号（安定所番号）"];

impl Fill for EmploymentAcquisitionNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("帳票種別", "10101");
        write_insured_number(writer, &self.insured_number);
        writer.set("取得区分", self.class.code());
        writer.set("被保険者氏名", &self.name.kanji);
        writer.set("被保険者氏名フリガナ（カタカナ）", &self.name.kana);
        if let Some(new_name) = &self.new_name {
            writer.set("変更後の氏名", &new_name.kanji);
            writer.set("変更後の氏名フリガナ（カタカナ）", &new_name.kana);
        }
        writer.set("性別", self.sex.code());
        write_date(writer, "生年月日", self.birth_date);
        write_date(writer, "資格取得年月日", self.acquired_on);
        writer.set("被保険者となったことの原因", self.cause.code());
        writer.set("賃金（支払の態様）", self.wage_form.code());
        writer.set("賃金（賃金月額）", self.monthly_wage_thousand);
        writer.set("雇用形態", self.employment_form.code());
        writer.two_digits("職種", self.occupation);
        writer.set("就職経路", self.recruitment_route.code());
        self.weekly_hours.write(writer);
        writer.set("契約期間の定め", exists(self.contract.is_some()));
        if let Some(contract) = self.contract {
            write_date(writer, "契約期間開始", contract.from);
            write_date(writer, "契約期間終了", contract.to);
            writer.set("契約更新条項の有無", exists(contract.renewal_clause));
        }
        if let Some(foreigner) = &self.foreigner {
            foreigner.write(writer);
        }
        writer.set("備考", &self.remarks);
        Ok(())
    }
}

const fn exists(yes: bool) -> &'static str {
    if yes { "有" } else { "無" }
}

impl EmploymentAcquisitionClass {
    const fn code(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Again => 2,
        }
    }
}

impl EmploymentAcquisitionCause {
    const fn code(self) -> u8 {
        match self {
            Self::NewGraduate => 1,
            Self::NewHire => 2,
            Self::FromDayLabor => 3,
            Self::Other => 4,
            Self::ReturnFromSecondment => 8,
        }
    }
}

impl WageForm {
    const fn code(self) -> u8 {
        match self {
            Self::Monthly => 1,
            Self::Weekly => 2,
            Self::Daily => 3,
            Self::Hourly => 4,
            Self::Other => 5,
        }
    }
}

impl EmploymentForm {
    const fn code(self) -> u8 {
        match self {
            Self::DayLabor => 1,
            Self::Dispatched => 2,
            Self::PartTime => 3,
            Self::FixedTerm => 4,
            Self::Seasonal => 5,
            Self::Seaman => 6,
            Self::Other => 7,
        }
    }
}

impl RecruitmentRoute {
    const fn code(self) -> u8 {
        match self {
            Self::HelloWork => 1,
            Self::Own => 2,
            Self::PrivateAgency => 3,
            Self::Unknown => 4,
        }
    }
}
