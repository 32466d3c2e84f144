mod codes;
mod family;
pub(crate) mod rules;

pub use codes::{
    DependentBeganReason, DependentChange, DependentEndedReason, DependentJob, DependentRelation, OverseasEndReason,
    OverseasReason, SpouseBeganReason, SpouseEndedReason, SpouseJob, SpouseRelation, TelKind,
};
pub use family::{Began, Dependent, Ended, Overseas, Spouse};

use kura_calendar::Date;
use kura_law::LawError;
use kura_yen::Yen;

use super::Fill;
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::person::{basic_pension_parts, zip_parts};
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;
use crate::{Address, MY_NUMBER_PLACEHOLDER, PersonName, Sex};

/// 被扶養者（異動）届 (2202700), one record: an insured person with a spouse and two others at most.
#[derive(Clone, PartialEq, Eq)]
pub struct DependentChangeNotice {
    /// 事業主確認欄: the employer confirmed that the person is a dependant for income tax, so no proof of income is added.
    pub employer_confirmed: bool,
    /// 事業主等受付年月日.
    pub employer_received_on: Option<Date>,
    /// 被保険者整理番号; needed unless the change is 該当.
    pub insured_number: String,
    /// 被保険者氏名.
    pub name: PersonName,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別.
    pub sex: Sex,
    /// How the insured person is known to the Service.
    pub key: InsuredKey,
    /// 被保険者の収入, yen a year; only when the change is 該当.
    pub income: Option<Yen>,
    /// 異動の別.
    pub change: DependentChange,
    /// 配偶者である被扶養者.
    pub spouse: Option<Spouse>,
    /// 配偶者の年間収入, yen: of a spouse who is no dependant; only when the change is 該当.
    pub spouse_annual_income: Option<Yen>,
    /// その他の被扶養者, two at most: see [`split`](Self::split).
    pub dependents: Vec<Dependent>,
}

/// How the insured person is known, and with it the columns that are filled.
#[derive(Clone, PartialEq, Eq)]
pub enum InsuredKey {
    /// 個人番号: the columns of the insured person's address stay empty.
    MyNumber,
    /// 基礎年金番号 and address.
    Address {
        /// 基礎年金番号, `4401-335577` or ten digits.
        basic_pension_number: String,
        /// 住所; the kana are not asked for.
        address: Address,
    },
}

/// The blocks for others than the spouse.
const BLOCKS: [&str; 2] = ["dep1_", "dep2_"];

impl DependentChangeNotice {
    /// The records this makes: the first with the spouse and two others, then two more each.
    pub fn split(self) -> Vec<Self> {
        let mut rest = self.dependents.clone().into_iter();
        let mut take = || rest.by_ref().take(BLOCKS.len()).collect::<Vec<_>>();
        let next = Self { spouse: None, spouse_annual_income: None, dependents: Vec::new(), ..self.clone() };
        let mut records = vec![Self { dependents: take(), ..self }];
        loop {
            match take() {
                dependents if dependents.is_empty() => return records,
                dependents => records.push(Self { dependents, ..next.clone() }),
            }
        }
    }
}

impl Fill for DependentChangeNotice {
    fn fill(&self, writer: &mut RecordWriter<'_>, checking: &mut Checking<'_>) -> Result<(), LawError> {
        writer.set("employer_confirmation", u8::from(self.employer_confirmed));
        writer.date_if("employer_received_era", self.employer_received_on);
        writer.set("insured_ref_no", &self.insured_number);
        writer.name("insured_", &self.name);
        writer.date("birth_era", self.birth_date);
        writer.set("insured_sex", self.sex.code());
        self.key.write(writer);
        writer.money_if("insured_income", self.income);
        writer.set("change_type", self.change.code());
        if let Some(spouse) = &self.spouse {
            spouse.write(writer);
        }
        writer.money_if("sp_annual_income", self.spouse_annual_income);
        for (dependent, block) in self.dependents.iter().zip(BLOCKS) {
            dependent.write(writer, block);
        }
        if self.dependents.len() > BLOCKS.len() {
            let message = format!("配偶者のほかの被扶養者が1件に{}人を超えています", BLOCKS.len());
            checking.report.add(message, "2件以上に分けて届出してください。");
        }
        Ok(())
    }
}

impl InsuredKey {
    fn write(&self, writer: &mut RecordWriter<'_>) {
        match self {
            Self::MyNumber => writer.set("my_number", MY_NUMBER_PLACEHOLDER),
            Self::Address { basic_pension_number, address } => {
                let (office, serial) = basic_pension_parts(basic_pension_number);
                writer.set("basic_pension_no_1", office);
                writer.set("basic_pension_no_2", serial);
                let (zip1, zip2) = zip_parts(&address.zip);
                writer.set("zip1", zip1);
                writer.set("zip2", zip2);
                writer.set("address_kanji", &address.kanji);
            }
        }
    }
}

/// Where the day stands that is compared with the day of the check.
pub(crate) struct Places {
    employer_received_era: usize,
}

impl Places {
    pub(crate) fn of(layout: &RecordLayout) -> Result<Self, LawError> {
        Ok(Self { employer_received_era: layout.require("employer_received_era")? })
    }
}

impl Comparison for Places {
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError> {
        checking.check_not_future(self.employer_received_era, record, layout);
        Ok(())
    }
}
