use kura_calendar::Date;
use kura_law::LawError;

use super::person::{ForeignWorker, WeeklyHours, write_date, write_insured_number};
use crate::checking::Checking;
use crate::forms::Fill;
use crate::writer::RecordWriter;
use crate::{PersonName, Sex};

/// 雇用保険 被保険者資格喪失届 (10191), one person. The column 個人番号 stays empty in this file.
#[derive(Clone, PartialEq, Eq)]
pub struct EmploymentLossNotice {
    /// 被保険者番号, `5010-123450-1` or eleven digits.
    pub insured_number: String,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 離職等年月日: the last day of the employment.
    pub separated_on: Date,
    /// 喪失原因.
    pub cause: EmploymentLossCause,
    /// 離職票交付希望.
    pub wants_separation_slip: bool,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 新氏名 and 氏名変更年月日, of a person whose name has changed.
    pub new_name: Option<(PersonName, Date)>,
    /// 性別.
    pub sex: Sex,
    /// 生年月日.
    pub birth_date: Date,
    /// 被保険者の住所又は居所.
    pub address: String,
    /// 被保険者でなくなったことの原因, in words.
    pub reason: String,
    /// １週間の所定労働時間.
    pub weekly_hours: WeeklyHours,
    /// 外国人雇用状況.
    pub foreigner: Option<ForeignWorker>,
}

/// 喪失原因 of 雇用保険; not the 離職理由 of a 離職証明書.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmploymentLossCause {
    /// 離職以外の理由.
    NotSeparation,
    /// 3以外の離職.
    Separation,
    /// 事業主の都合による離職.
    SeparationByEmployer,
}

impl EmploymentLossCause {
    /// 1, 2 or 3, as the form has them.
    pub const fn code(self) -> u8 {
        match self {
            Self::NotSeparation => 1,
            Self::Separation => 2,
            Self::SeparationByEmployer => 3,
        }
    }
}

/// What a notice is nothing without.
pub(super) const REQUIRED: &[&str] = &[
    "被保険者番号4桁",
    "被保険者番号6桁",
    "被保険者番号CD",
    "被保険者氏名",
    "被保険者氏名フリガナ（カタカナ）",
    "事業所番号（安定所番号）",
];

impl Fill for EmploymentLossNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("帳票種別", "10191");
        write_insured_number(writer, &self.insured_number);
        write_date(writer, "資格取得年月日", self.acquired_on);
        write_date(writer, "離職等年月日", self.separated_on);
        writer.set("喪失原因", self.cause.code());
        writer.set("離職票交付希望", if self.wants_separation_slip { 1 } else { 2 });
        if let Some((new_name, changed_on)) = &self.new_name {
            writer.set("新氏名", &new_name.kanji);
            writer.set("新氏名フリガナ（カタカナ）", &new_name.kana);
            write_date(writer, "氏名変更年月日", *changed_on);
        }
        writer.set("被保険者氏名", &self.name.kanji);
        writer.set("被保険者氏名フリガナ（カタカナ）", &self.name.kana);
        writer.set("性別", self.sex.code());
        write_date(writer, "生年月日", self.birth_date);
        writer.set("被保険者の住所又は居所", &self.address);
        writer.set("被保険者でなくなったことの原因", &self.reason);
        self.weekly_hours.write(writer);
        if let Some(foreigner) = &self.foreigner {
            foreigner.write(writer);
        }
        Ok(())
    }
}
