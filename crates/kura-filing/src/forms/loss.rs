use kura_calendar::{Date, birthday_in};
use kura_law::LawError;

use super::Fill;
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::Demand::{Blank, Filled};
use crate::rule::{Rule, When};
use crate::writer::RecordWriter;
use crate::{PersonKey, PersonName};

/// 被保険者資格喪失届 (2201700), one person. 資格喪失年月日 follows from the cause.
#[derive(Clone, PartialEq, Eq)]
pub struct LossNotice {
    /// 被保険者整理番号; empty when only the 70歳以上被用者 part is filed.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// How the person is known to the Service.
    pub key: PersonKey,
    /// 喪失（不該当）原因, with its day.
    pub cause: LossCause,
    /// 備考欄項目１: 二以上事業所勤務者の喪失.
    pub multi_office: bool,
    /// 備考欄項目２: 退職後の継続再雇用者の喪失.
    pub rehire: bool,
    /// 備考欄, 37 full-width characters at most.
    pub memo: String,
    /// 資格確認書回収（添付）, how many.
    pub certificates_attached: Option<u8>,
    /// 資格確認書回収（返不能）, how many.
    pub certificates_unreturnable: Option<u8>,
    /// 70歳以上被用者の不該当年月日; the last day itself where the person left or died.
    pub over_70_ended_on: Option<Date>,
    /// 70歳以上被用者届のみ提出: 資格喪失年月日 stays empty.
    pub only_over_70: bool,
}

/// 喪失（不該当）原因.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LossCause {
    /// 退職等, with the last day; 資格喪失年月日 is the day after.
    Left {
        /// 退職日.
        last_day: Date,
    },
    /// 死亡; 資格喪失年月日 is the day after.
    Died {
        /// 死亡日.
        died_on: Date,
    },
    /// 75歳到達.
    Age75 {
        /// 資格喪失年月日: the 75th birthday.
        lost_on: Date,
    },
    /// 障害認定.
    DisabilityCertified {
        /// 資格喪失年月日.
        lost_on: Date,
    },
    /// 社会保障協定.
    SocialSecurityAgreement {
        /// 資格喪失年月日.
        lost_on: Date,
    },
}

impl LossCause {
    const fn code(self) -> u8 {
        match self {
            Self::Left { .. } => 4,
            Self::Died { .. } => 5,
            Self::Age75 { .. } => 7,
            Self::DisabilityCertified { .. } => 9,
            Self::SocialSecurityAgreement { .. } => 11,
        }
    }

    /// 退職日・死亡日.
    const fn last_day(self) -> Option<Date> {
        match self {
            Self::Left { last_day: day } | Self::Died { died_on: day } => Some(day),
            Self::Age75 { .. } | Self::DisabilityCertified { .. } | Self::SocialSecurityAgreement { .. } => None,
        }
    }

    /// 資格喪失年月日; `None` at the end of the calendar.
    pub fn lost_on(self) -> Option<Date> {
        match self {
            Self::Left { last_day: day } | Self::Died { died_on: day } => day.tomorrow().ok(),
            Self::Age75 { lost_on }
            | Self::DisabilityCertified { lost_on }
            | Self::SocialSecurityAgreement { lost_on } => Some(lost_on),
        }
    }
}

impl Fill for LossNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        writer.person_key("", &self.key);
        if !self.only_over_70 {
            writer.date_if("lost_era", self.cause.lost_on());
        }
        writer.set("loss_cause", self.cause.code());
        writer.date_if("left_or_died_era", self.cause.last_day());
        writer.flag("flag_multi_office", self.multi_office);
        writer.flag("flag_rehire", self.rehire);
        writer.set("memo", &self.memo);
        writer.set_if("certificates_attached", self.certificates_attached);
        writer.set_if("certificates_unreturnable", self.certificates_unreturnable);
        writer.flag("flag_over70_end", self.over_70_ended_on.is_some());
        writer.date_if("over70_ended_era", self.over_70_ended_on);
        writer.flag("only_over70", self.only_over_70);
        Ok(())
    }
}

/// 退職等, 死亡: the causes with a last day.
const ENDS_WITH_LAST_DAY: &[&str] = &["4", "5"];

/// What the notes of the layout demand.
pub(crate) const RULES: &[Rule] = &[
    Rule { field: "insured_ref_no", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "basic_pension_no_1", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "lost_era", demand: Filled, when: &[When::Blank("only_over70")] },
    Rule { field: "lost_era", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "left_or_died_era", demand: Filled, when: &[When::Is("loss_cause", ENDS_WITH_LAST_DAY)] },
    Rule {
        field: "left_or_died_era",
        demand: Blank,
        when: &[When::Filled("loss_cause"), When::IsNot("loss_cause", ENDS_WITH_LAST_DAY)],
    },
    Rule { field: "flag_over70_end", demand: Filled, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "over70_ended_era", demand: Filled, when: &[When::Is("flag_over70_end", &["1"])] },
];

/// Where the fields stand that are compared with each other.
pub(crate) struct Places {
    birth_era: usize,
    lost_era: usize,
    cause: usize,
    last_day_era: usize,
    over_70_ended_era: usize,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        Ok(Self {
            birth_era: layout.require("birth_era")?,
            lost_era: layout.require("lost_era")?,
            cause: layout.require("loss_cause")?,
            last_day_era: layout.require("left_or_died_era")?,
            over_70_ended_era: layout.require("over70_ended_era")?,
        })
    }

    /// Both days of a person who left or died follow from the last day.
    fn check_last_day(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) {
        let Some(last_day) = record.date(self.last_day_era) else { return };
        let lost = record.date(self.lost_era);
        if let Some(field) = layout.date_field(self.lost_era)
            && lost.is_some_and(|lost| last_day.tomorrow().ok() != Some(lost))
        {
            let message = format!("「{}」が退職日・死亡日の翌日ではありません", field.name_ja);
            checking.report.add_in(field, message, "退職日または死亡日の翌日にしてください。");
        }
        let ended = record.date(self.over_70_ended_era);
        if let Some(field) = layout.date_field(self.over_70_ended_era)
            && ended.is_some_and(|ended| ended != last_day)
        {
            let message = format!("「{}」が退職日・死亡日と同じ日ではありません", field.name_ja);
            checking.report.add_in(
                field,
                message,
                "70歳以上被用者は、退職日または死亡日そのものにしてください（翌日ではありません）。",
            );
        }
    }

    fn check_birth_date(
        &self,
        record: Record<'_>,
        layout: &RecordLayout,
        checking: &mut Checking<'_>,
    ) -> Result<(), LawError> {
        let dates = record.date(self.birth_era).zip(record.date(self.lost_era));
        let Some(((born, lost), field)) = dates.zip(layout.date_field(self.lost_era)) else { return Ok(()) };
        if lost <= born {
            let message = format!("「{}」が生年月日より後ではありません", field.name_ja);
            checking.report.add_in(field, message, "2つの日を確かめてください。");
        } else if record.at(self.cause) == "7" {
            let age = checking.age("age_boundaries.health_end_age", lost)?;
            if lost < birthday_in(born, age)? {
                let message = format!("「{}」が{age}歳の誕生日より前です", field.name_ja);
                checking.report.add_in(field, message, format!("{age}歳の誕生日にしてください。"));
            }
        }
        Ok(())
    }
}

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        checking.check_not_future(self.lost_era, record, layout);
        checking.check_not_future(self.over_70_ended_era, record, layout);
        self.check_last_day(record, layout, checking);
        self.check_birth_date(record, layout, checking)
    }
}
