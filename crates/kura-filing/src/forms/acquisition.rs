use kura_calendar::{Date, reaches_age_on};
use kura_law::LawError;
use kura_yen::Yen;

use super::Fill;
use super::amounts::{SumPlaces, check_least};
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::person::{basic_pension_parts, zip_parts};
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::Demand::{Blank, Filled, OneOf};
use crate::rule::{Rule, When};
use crate::writer::RecordWriter;
use crate::{Address, MY_NUMBER_PLACEHOLDER, PersonName};

/// 被保険者資格取得届 (2200700), one person.
#[derive(Clone, PartialEq, Eq)]
pub struct AcquisitionNotice {
    /// 被保険者整理番号; may be empty.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 種別 and 取得区分; not written when only the 70歳以上被用者 part is filed.
    pub class: InsuredClass,
    /// 取得区分.
    pub acquisition_class: AcquisitionClass,
    /// How the person is known to the Service.
    pub key: AcquisitionKey,
    /// 資格取得年月日.
    pub acquired_on: Date,
    /// 被扶養者の有無.
    pub has_dependents: bool,
    /// 報酬月額（通貨）, yen.
    pub pay_currency: Yen,
    /// 報酬月額（現物）, yen.
    pub pay_in_kind: Yen,
    /// 備考欄項目１: 70歳以上被用者該当.
    pub over_70: bool,
    /// 備考欄項目２: 二以上事業所勤務者の取得.
    pub multi_office: bool,
    /// 備考欄項目３: 短時間労働者の取得.
    pub short_time: bool,
    /// 備考欄項目４: 退職後の継続再雇用者の取得.
    pub rehire: bool,
    /// 備考欄, 37 full-width characters at most.
    pub memo: String,
    /// 70歳以上被用者届のみ提出.
    pub only_over_70: bool,
    /// 資格確認書発行要否.
    pub issue_eligibility_certificate: bool,
}

/// 種別（性別）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InsuredClass {
    /// 男.
    Male,
    /// 女.
    Female,
    /// 坑内員.
    Miner,
    /// 男（基金）.
    MaleOfFund,
    /// 女（基金）.
    FemaleOfFund,
    /// 坑内員（基金）.
    MinerOfFund,
}

/// 取得区分. The layout has two more codes whose meaning is not established.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AcquisitionClass {
    /// 健保・厚年.
    HealthAndPension,
    /// 共済出向.
    MutualAidSecondment,
    /// 船保任継.
    SeamenVoluntary,
}

/// How the person is known, and with it the columns that are filled.
#[derive(Clone, PartialEq, Eq)]
pub enum AcquisitionKey {
    /// 個人番号: the columns of the address stay empty.
    MyNumber,
    /// No 個人番号: address, and 基礎年金番号 where there is one.
    Address {
        /// 住所 with its kana.
        address: Address,
        /// 基礎年金番号, `4210-118823` or ten digits.
        basic_pension_number: Option<String>,
        /// 住民票住所を記載できない理由.
        no_resident_record: Option<NoResidentRecord>,
    },
}

/// 住民票住所を記載できない理由.
#[derive(Clone, PartialEq, Eq)]
pub enum NoResidentRecord {
    /// 海外在住.
    LivingAbroad,
    /// 短期在留.
    ShortStay,
    /// その他, in words: 37 full-width characters at most.
    Other(String),
}

impl Fill for AcquisitionNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, _: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        if !self.only_over_70 {
            writer.set("class_sex", self.class.code());
            writer.set("acquisition_class", self.acquisition_class.code());
        }
        self.key.write(writer);
        writer.date("acquired_era", self.acquired_on);
        writer.set("has_dependents", u8::from(self.has_dependents));
        writer.money("pay_currency", self.pay_currency);
        writer.money("pay_in_kind", self.pay_in_kind);
        writer.money("pay_total", self.pay_currency + self.pay_in_kind);
        writer.flag("flag_over70", self.over_70);
        writer.flag("flag_multi_office", self.multi_office);
        writer.flag("flag_short_time", self.short_time);
        writer.flag("flag_rehire", self.rehire);
        writer.set("memo", &self.memo);
        writer.flag("only_over70", self.only_over_70);
        writer.flag("issue_eligibility_certificate", self.issue_eligibility_certificate);
        Ok(())
    }
}

impl AcquisitionKey {
    fn write(&self, writer: &mut RecordWriter<'_>) {
        let Self::Address { address, basic_pension_number, no_resident_record } = self else {
            writer.set("my_number", MY_NUMBER_PLACEHOLDER);
            return;
        };
        if let Some(number) = basic_pension_number {
            let (office, serial) = basic_pension_parts(number);
            writer.set("basic_pension_no_1", office);
            writer.set("basic_pension_no_2", serial);
        }
        match no_resident_record {
            None => {}
            Some(NoResidentRecord::LivingAbroad) => writer.set("no_juminhyo_reason", 1),
            Some(NoResidentRecord::ShortStay) => writer.set("no_juminhyo_reason", 2),
            Some(NoResidentRecord::Other(words)) => {
                writer.set("no_juminhyo_reason", 3);
                writer.set("no_juminhyo_memo", words);
            }
        }
        let (zip1, zip2) = zip_parts(&address.zip);
        writer.set("zip1", zip1);
        writer.set("zip2", zip2);
        writer.set("address_kana", &address.kana);
        writer.set("address_kanji", &address.kanji);
    }
}

impl InsuredClass {
    const fn code(self) -> u8 {
        match self {
            Self::Male => 1,
            Self::Female => 2,
            Self::Miner => 3,
            Self::MaleOfFund => 5,
            Self::FemaleOfFund => 6,
            Self::MinerOfFund => 7,
        }
    }
}

impl AcquisitionClass {
    const fn code(self) -> u8 {
        match self {
            Self::HealthAndPension => 1,
            Self::MutualAidSecondment => 3,
            Self::SeamenVoluntary => 4,
        }
    }
}

/// What the notes of the layout demand.
pub(crate) const RULES: &[Rule] = &[
    Rule { field: "class_sex", demand: Filled, when: &[When::Is("acquisition_class", &["1", "3", "4"])] },
    Rule { field: "class_sex", demand: OneOf(&["1", "2"]), when: &[When::Is("acquisition_class", &["3", "4"])] },
    Rule { field: "class_sex", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "acquisition_class", demand: Blank, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "flag_over70", demand: Filled, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "no_juminhyo_reason", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "no_juminhyo_memo", demand: Blank, when: &[When::Filled("my_number")] },
    Rule {
        field: "no_juminhyo_memo",
        demand: Blank,
        when: &[When::Blank("my_number"), When::IsNot("no_juminhyo_reason", &["3"])],
    },
    Rule {
        field: "no_juminhyo_memo",
        demand: Filled,
        when: &[When::Blank("my_number"), When::Is("no_juminhyo_reason", &["3"])],
    },
    Rule { field: "basic_pension_no_1", demand: Blank, when: &[When::Is("acquisition_class", &["3", "4"])] },
    Rule { field: "zip1", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "zip2", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "address_kana", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "zip1", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "zip2", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "address_kana", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "address_kanji", demand: Blank, when: &[When::Filled("my_number")] },
];

/// Where the fields stand that are compared with each other.
pub(crate) struct Places {
    birth_era: usize,
    acquired_era: usize,
    over_70: usize,
    pay: SumPlaces,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        Ok(Self {
            birth_era: layout.require("birth_era")?,
            acquired_era: layout.require("acquired_era")?,
            over_70: layout.require("flag_over70")?,
            pay: SumPlaces::of(layout, ["pay_currency", "pay_in_kind", "pay_total"])?,
        })
    }
}

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        checking.check_not_future(self.acquired_era, record, layout);
        if self.pay.differs(record, layout)
            && let Some(field) = layout.field(self.pay.total)
        {
            checking.report.add_in(
                field,
                "総計不正",
                "通貨によるものの額と現物によるものの額を足した額にしてください。",
            );
        }
        check_least(self.pay.total, record, layout, &mut checking.report);
        if record.is_set(self.over_70)
            && let Some((born, acquired)) = record.date(self.birth_era).zip(record.date(self.acquired_era))
            && let Some(field) = layout.date_field(self.acquired_era)
        {
            let age = checking.age("age_boundaries.pension_end_age", acquired)?;
            if acquired < reaches_age_on(born, age)? {
                let message = format!("「{}」に70歳以上被用者には早すぎる日が入っています", field.name_ja);
                checking.report.add_in(
                    field,
                    message,
                    format!("{age}歳に達する日（誕生日の前日）以後の日にしてください。"),
                );
            }
        }
        Ok(())
    }
}
