use kura_calendar::{Date, Timeline};
use kura_filing::{Address, PersonKey, PersonName, Sex};
use kura_insurance::InsuranceAges;
use kura_law::Law;
use kura_model::{
    Code, Employee, EmployeeCode, EmploymentTerms, Establishment, FamilyMember, InsuranceSpell, InsurerKind, Kana,
    NumberStatus, Row, Scheme, Text,
};

use crate::known::{Known, PersonRows};
use crate::stop::Stop;

/// One person as the filings see them: paid in the month or not.
#[derive(Clone, Copy)]
pub(super) struct Person<'run> {
    pub(super) law: &'run Law,
    pub(super) known: &'run Known,
    pub(super) employee: &'run Employee,
    pub(super) rows: &'run PersonRows<'run>,
}

/// 医療保険者.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Insurer {
    /// 協会けんぽ: the pension office takes the notices of both schemes.
    Kyokai,
    /// 健康保険組合: it takes its notices itself.
    Society,
    /// 国保組合: no health insurance, the pension office alone.
    NhiSociety,
}

/// The ages that end the schemes.
#[derive(Debug, Clone, Copy)]
pub(super) struct EndingAges {
    /// 70歳に達する日: the pension ends, 70歳以上被用者 begins.
    pub(super) pension: Date,
    /// 75歳の誕生日: the health insurance ends.
    pub(super) health: Date,
}

impl<'run> Person<'run> {
    pub(super) fn code(&self) -> &'run EmployeeCode {
        &self.employee.employee_code
    }

    /// 扶養家族, member by member.
    pub(super) fn family(&self) -> impl Iterator<Item = &'run Timeline<FamilyMember>> + use<'run> {
        self.known.family_of(&self.employee.client_code, self.code())
    }

    /// The spells of the schemes, in the order of the book.
    pub(super) fn spells(
        &self,
        schemes: &'run [Scheme],
    ) -> impl Iterator<Item = &'run Row<InsuranceSpell>> + use<'run> {
        self.rows.spells.iter().copied().filter(move |spell| schemes.contains(&spell.scheme))
    }

    /// The terms on a day, or the first ones known.
    pub(super) fn terms_on(&self, day: Date) -> Result<&'run EmploymentTerms, Stop> {
        let history = self.known.terms.get(&(self.employee.client_code.clone(), self.code().clone()));
        let found =
            history.and_then(|history| history.on(day).or_else(|| history.facts().first().map(|(_, first)| first)));
        found.ok_or_else(|| Stop::unknown("雇用条件", None, "適用開始日"))
    }

    /// The establishment of an event, with its name and address of the day of the file.
    pub(super) fn establishment(&self, event: Date, as_of: Date) -> Result<&'run Establishment, Stop> {
        let code = self.terms_on(event)?.establishment_code.clone();
        let code = code.ok_or_else(|| Stop::unknown("雇用条件", None, "社会保険の事業所"))?;
        let history = self.known.establishments.get(&(self.employee.client_code.clone(), code));
        let found = history.and_then(|history| history.on(as_of).or_else(|| history.on(event)));
        found.ok_or_else(|| Stop::unknown("事業所", None, "適用開始日"))
    }

    pub(super) fn insurer(&self, establishment: &Establishment, day: Date) -> Result<Insurer, Stop> {
        let row = self.known.establishment_row(establishment, day);
        let code = establishment.insurer_code.as_ref().ok_or_else(|| Stop::unknown("事業所", row, "保険者コード"))?;
        if code.as_str() == "協会" {
            return Ok(Insurer::Kyokai);
        }
        let history = self.known.insurer_rates.get(&(self.employee.client_code.clone(), code.clone()));
        let insurer = history.and_then(|history| history.on(day));
        let insurer = insurer.ok_or_else(|| Stop::unknown("保険者料率", None, "適用開始月"))?;
        Ok(match insurer.insurer_kind.ok_or_else(|| Stop::unknown("保険者料率", None, "保険者種類"))? {
            InsurerKind::KyokaiKenpo => Insurer::Kyokai,
            InsurerKind::HealthInsuranceSociety => Insurer::Society,
            InsurerKind::NhiSociety => Insurer::NhiSociety,
        })
    }

    /// 戸籍の氏名: filings never use the 通称.
    pub(super) fn name(&self) -> Result<PersonName, Stop> {
        let Employee { family_name, given_name, family_kana, given_kana, .. } = self.employee;
        name_of("従業員", family_name, given_name, family_kana, given_kana)
    }

    pub(super) fn birth_date(&self) -> Result<Date, Stop> {
        self.employee.birth_date.ok_or_else(|| Stop::unknown("従業員", None, "生年月日"))
    }

    pub(super) fn sex(&self) -> Result<Sex, Stop> {
        self.employee.sex.map(sex).ok_or_else(|| Stop::unknown("従業員", None, "性別"))
    }

    pub(super) fn ages(&self, on: Date) -> Result<EndingAges, Stop> {
        let birth_date = self.birth_date()?;
        let InsuranceAges { reached: [.., (_, pension), (health_age, _)], .. } =
            InsuranceAges::of(self.law, birth_date, on)?;
        Ok(EndingAges { pension, health: kura_calendar::birthday_in(birth_date, health_age)? })
    }

    /// 住所; the first empty cell stops.
    pub(super) fn address(&self) -> Result<Address, Stop> {
        let missing = |column| Stop::unknown("従業員", None, column);
        let zip = self.employee.zip.as_ref().ok_or_else(|| missing("郵便番号"))?;
        let address = self.employee.address.as_ref().ok_or_else(|| missing("住所"))?;
        let kana = self.employee.address_kana.as_ref().ok_or_else(|| missing("住所カナ"))?;
        Ok(Address::of_parts(zip.as_str(), address.as_str(), kana.as_str()))
    }

    /// True when a 個人番号 is kept: where nothing else is known of the person, a file may wait for it.
    pub(super) fn number_is_kept(&self) -> bool {
        self.employee.number_status == Some(NumberStatus::Kept)
    }

    /// 基礎年金番号 where the book has it, else a place for the 個人番号 that is kept, else the empty cell.
    pub(super) fn key(&self) -> Result<PersonKey, Stop> {
        match &self.employee.basic_pension_number {
            Some(number) => Ok(PersonKey::BasicPension(number.as_str().to_owned())),
            None if self.number_is_kept() => Ok(PersonKey::MyNumber),
            None => Err(Stop::unknown("従業員", None, "基礎年金番号")),
        }
    }
}

pub(super) const fn sex(sex: kura_model::Sex) -> Sex {
    match sex {
        kura_model::Sex::Male => Sex::Male,
        kura_model::Sex::Female => Sex::Female,
    }
}

/// The four cells of a name.
pub(super) fn name_of(
    sheet: &'static str,
    family: &Option<Text>,
    given: &Option<Text>,
    family_kana: &Option<Kana>,
    given_kana: &Option<Kana>,
) -> Result<PersonName, Stop> {
    let text = |text: &Option<Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown(sheet, None, column))
    };
    let kana = |kana: &Option<Kana>, column| {
        kana.as_ref().map(|kana| kana.as_str().to_owned()).ok_or_else(|| Stop::unknown(sheet, None, column))
    };
    Ok(PersonName::of_parts(
        &text(family, "姓")?,
        &text(given, "名")?,
        &kana(family_kana, "セイ")?,
        &kana(given_kana, "メイ")?,
    ))
}

/// A code as it stands, or nothing.
pub(super) fn code_or_empty(code: &Option<Code>) -> String {
    code.as_ref().map_or_else(String::new, |code| code.as_str().to_owned())
}

/// Words as they stand, or nothing.
pub(super) fn text_or_empty(text: &Option<Text>) -> String {
    text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned())
}
