use kura_calendar::Date;
use kura_yen::Yen;

use super::codes::{
    Coded, DependentBeganReason, DependentEndedReason, DependentJob, DependentRelation, OverseasEndReason,
    OverseasReason, SpouseBeganReason, SpouseEndedReason, SpouseJob, SpouseRelation, TelKind,
};
use crate::person::zip_parts;
use crate::writer::RecordWriter;
use crate::{Address, PersonKey, PersonName, Sex};

/// 配偶者である被扶養者（第３号被保険者）.
#[derive(Clone, PartialEq, Eq)]
pub struct Spouse {
    /// 氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 続柄.
    pub relation: SpouseRelation,
    /// 個人番号 or 基礎年金番号.
    pub key: Option<PersonKey>,
    /// 外国籍, 30 full-width characters at most; empty for none.
    pub nationality: String,
    /// 外国人通称名.
    pub alias: Option<PersonName>,
    /// 住所: always written, whether or not they live together.
    pub address: Address,
    /// 電話番号 in its three parts.
    pub tel: Option<(TelKind, [String; 3])>,
    /// 第３号被保険者届出日.
    pub category_3_filed_on: Option<Date>,
    /// Written when the change is 該当.
    pub began: Option<Began<SpouseBeganReason, SpouseJob>>,
    /// Written when the change is 非該当.
    pub ended: Option<Ended<SpouseEndedReason>>,
    /// 備考, 37 full-width characters at most: what changed, when the change is 変更.
    pub memo: String,
    /// 続柄確認.
    pub relation_confirmed: bool,
    /// 海外特例.
    pub overseas: Option<Overseas>,
    /// 資格確認書発行要否.
    pub issue_eligibility_certificate: bool,
}

/// その他の被扶養者.
#[derive(Clone, PartialEq, Eq)]
pub struct Dependent {
    /// 氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別.
    pub sex: Sex,
    /// 続柄.
    pub relation: DependentRelation,
    /// True: a 個人番号 will be filled in.
    pub has_my_number: bool,
    /// 住所: always written, whether or not they live together.
    pub address: Address,
    /// Written when the change is 該当.
    pub began: Option<Began<DependentBeganReason, DependentJob>>,
    /// Written when the change is 非該当.
    pub ended: Option<Ended<DependentEndedReason>>,
    /// 備考, 37 full-width characters at most: what changed, when the change is 変更.
    pub memo: String,
    /// 続柄確認.
    pub relation_confirmed: bool,
    /// 海外特例; the form asks no day for these.
    pub overseas: Option<Overseas>,
    /// 資格確認書発行要否.
    pub issue_eligibility_certificate: bool,
}

/// 被扶養者になった.
#[derive(Clone, PartialEq, Eq)]
pub struct Began<Reason, Job> {
    /// 被扶養者になった日.
    pub on: Date,
    /// 被扶養者になった理由.
    pub reason: Reason,
    /// 同居・別居の別.
    pub living_together: bool,
    /// 職業.
    pub job: Job,
    /// 収入, yen a year.
    pub income: Yen,
}

/// 被扶養者でなくなった.
#[derive(Clone, PartialEq, Eq)]
pub struct Ended<Reason> {
    /// 被扶養者でなくなった日.
    pub on: Date,
    /// 被扶養者でなくなった理由.
    pub reason: Reason,
}

/// 海外特例.
#[derive(Clone, PartialEq, Eq)]
pub enum Overseas {
    /// 該当.
    Applies {
        /// 海外特例要件に該当した日.
        on: Date,
        /// Why.
        reason: OverseasReason,
    },
    /// 非該当.
    Ended {
        /// 海外特例要件に非該当となった日.
        on: Date,
        /// Why.
        reason: OverseasEndReason,
    },
}

impl Spouse {
    pub(crate) fn write(&self, writer: &mut RecordWriter<'_>) {
        writer.date_if("sp_no3_filed_era", self.category_3_filed_on);
        writer.name("sp_", &self.name);
        writer.date("sp_birth_era", self.birth_date);
        writer.set("sp_relation", self.relation.code());
        if let Some(key) = &self.key {
            writer.person_key("sp_", key);
        }
        writer.set("sp_nationality", &self.nationality);
        if let Some(alias) = &self.alias {
            writer.set("sp_alias_kana", &alias.kana);
            writer.set("sp_alias_kanji", &alias.kanji);
        }
        writer.in_block("sp_", |writer| write_address(writer, &self.address));
        if let Some((kind, parts)) = &self.tel {
            writer.set("sp_tel_type", kind.code());
            for (name, part) in ["sp_tel1", "sp_tel2", "sp_tel3"].into_iter().zip(parts) {
                writer.set(name, part);
            }
        }
        if let Some(began) = &self.began {
            writer.in_block("sp_", |writer| write_began(writer, began));
        }
        if let Some(ended) = &self.ended {
            writer.in_block("sp_", |writer| write_ended(writer, ended));
            if let SpouseEndedReason::Died(day) = ended.reason {
                writer.date("sp_died_era", day);
            }
        }
        writer.set("sp_memo", &self.memo);
        writer.flag("sp_relation_confirmed", self.relation_confirmed);
        match &self.overseas {
            Some(Overseas::Applies { on, .. }) => writer.date("sp_overseas_from_era", *on),
            Some(Overseas::Ended { on, .. }) => writer.date("sp_overseas_to_era", *on),
            None => {}
        }
        writer.in_block("sp_", |writer| write_overseas(writer, self.overseas.as_ref()));
        writer.flag("sp_issue_certificate", self.issue_eligibility_certificate);
    }
}

impl Dependent {
    /// `block`: `dep1_` or `dep2_`.
    pub(crate) fn write(&self, writer: &mut RecordWriter<'_>, block: &'static str) {
        writer.in_block(block, |writer| self.write_in_block(writer, block));
    }

    fn write_in_block(&self, writer: &mut RecordWriter<'_>, block: &'static str) {
        writer.name(block, &self.name);
        writer.date("_birth_era", self.birth_date);
        writer.set("_sex", self.sex.code());
        writer.set("_relation", self.relation.code());
        writer.set("_relation_other", self.relation.words());
        if self.has_my_number {
            writer.person_key(block, &PersonKey::MyNumber);
        }
        write_address(writer, &self.address);
        if let Some(began) = &self.began {
            write_began(writer, began);
        }
        if let Some(ended) = &self.ended {
            write_ended(writer, ended);
        }
        writer.set("_memo", &self.memo);
        writer.flag("_relation_confirmed", self.relation_confirmed);
        write_overseas(writer, self.overseas.as_ref());
        writer.flag("_issue_certificate", self.issue_eligibility_certificate);
    }
}

fn write_began<Reason: Coded, Job: Coded>(writer: &mut RecordWriter<'_>, began: &Began<Reason, Job>) {
    writer.set("_living", if began.living_together { 1 } else { 2 });
    writer.date("_became_era", began.on);
    writer.set("_became_reason", began.reason.code());
    writer.set("_became_reason_other", began.reason.words());
    writer.set("_job", began.job.code());
    writer.money("_income", began.income);
}

fn write_ended<Reason: Coded>(writer: &mut RecordWriter<'_>, ended: &Ended<Reason>) {
    writer.date("_ended_era", ended.on);
    writer.set("_ended_reason", ended.reason.code());
    writer.set("_ended_reason_other", ended.reason.words());
}

fn write_address(writer: &mut RecordWriter<'_>, address: &Address) {
    let (zip1, zip2) = zip_parts(&address.zip);
    writer.set("_zip1", zip1);
    writer.set("_zip2", zip2);
    writer.set("_address", &address.kanji);
}

fn write_overseas(writer: &mut RecordWriter<'_>, overseas: Option<&Overseas>) {
    match overseas {
        None => {}
        Some(Overseas::Applies { reason, .. }) => {
            writer.set("_overseas", 1);
            writer.set("_overseas_reason", reason.code());
            writer.set("_overseas_reason_other", reason.words());
        }
        Some(Overseas::Ended { reason, .. }) => {
            writer.set("_overseas", 2);
            writer.set("_overseas_end_reason", reason.code());
            writer.set("_overseas_end_reason_other", reason.words());
            if let OverseasEndReason::MovedIn(day) = reason {
                writer.date("_moved_in_era", *day);
            }
        }
    }
}
