use kura_calendar::Month;
use kura_law::Law;
use kura_model::{
    AccountPurpose, ApplicationClass, BankAccount, Book, Client, ClientCode, Code, Cover, EmploymentBusinessClass,
    EstablishmentChange, InsurerCode, LaborInsuranceChange, LaborInsuranceNumber, LegalClass, Office, PayslipDelivery,
    ProjectClass, Row, SpecifiedCoveredClass, StandingAgreement, Submitter, SupportLevyRounding, Text,
};

use crate::DemoError;
use crate::pay_facts::bank_account;
use crate::pay_groups::ALWAYS;
use crate::place::Place;

/// 表紙 and 事務所: the same invented office for every client.
pub(crate) fn begin(law: &Law, settled: Month) -> Book {
    let written_on = settled.next().first_day();
    let cover = Cover {
        schema_version: Some("1".into()),
        as_of_month: Some(settled),
        written_at: Some(format!("{written_on}T09:00+09:00").as_str().into()),
        written_by: Some(OFFICE_NAME.into()),
        law_pack: Some(law.version().into()),
        ..Cover::default()
    };
    let office = Office {
        office_name: Some(OFFICE_NAME.into()),
        sharoshi_name: Some("架空　律子".into()),
        sharoshi_registration_number: Some("13990001".into()),
        zip: Some("100-0000".into()),
        address: Some("東京都千代田区架空町1-1".into()),
        tel: Some("03-0000-0000".into()),
        next_media_number: Some("001".into()),
        support_levy_rounding: Some(SupportLevyRounding::CombinedOnce),
        ..Office::default()
    };
    Book { cover: cover.into(), office: office.into(), ..Book::default() }
}

const OFFICE_NAME: &str = "架空社会保険労務士法人";

/// What the design says of a company.
pub(crate) struct Company {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kana: &'static str,
    pub(crate) representative: &'static str,
    pub(crate) zip: &'static str,
    pub(crate) address: &'static str,
    pub(crate) tel: &'static str,
    pub(crate) business: &'static str,
    pub(crate) tax_office: &'static str,
}

impl Company {
    /// The row of 会社.
    pub(crate) fn client(&self) -> Client {
        let mut client = Client::new(ClientCode::from(self.code));
        client.client_name = Some(self.name.into());
        client.client_kana = Some(self.kana.into());
        client.legal_class = Some(LegalClass::Private);
        client.representative_title = Some("代表取締役".into());
        client.representative_name = Some(self.representative.into());
        (client.zip, client.address, client.tel) =
            (Some(self.zip.into()), Some(self.address.into()), Some(self.tel.into()));
        client.fiscal_closing_month = Some(3);
        client.business = Some(self.business.into());
        client.specified_covered_class = Some(SpecifiedCoveredClass::NotSpecified);
        client.tax_office = Some(self.tax_office.into());
        client.tax_office_reference = Some(Code::from(format!("99000{}", self.code).as_str()));
        client.payslip_delivery = Some(PayslipDelivery::Paper);
        client.contract_from = Some(ALWAYS);
        (client.attendance_due, client.calculation_due) = (Some(5), Some(4));
        (client.approval_due, client.transfer_due) = (Some(3), Some(3));
        client.joint_report_standing_agreement = Some(StandingAgreement::Unconfirmed);
        client
    }

    /// The company's own accounts: 給与 and 賞与 with a 委託者コード each, 住民税納付 with a third.
    pub(crate) fn accounts(&self) -> Vec<Row<BankAccount>> {
        let client = ClientCode::from(self.code);
        let purposes =
            [(AccountPurpose::Pay, 11), (AccountPurpose::Bonus, 12), (AccountPurpose::InhabitantTaxPayment, 21)];
        let account = |(purpose, kind): (AccountPurpose, i64)| {
            let mut account = bank_account(&client, purpose);
            account.account_number = Some(Code::from(format!("9{}000", self.code).as_str()));
            account.holder_kana = Some(self.kana.into());
            account.consignor_code = Some(Code::from(format!("99000{}{kind}", self.code).as_str()));
            account.consignor_kana = Some(self.kana.into());
            account.into()
        };
        purposes.into_iter().map(account).collect()
    }
}

/// What the design says of an establishment; the invented marks and numbers stand here as well.
pub(crate) struct EstablishmentFacts {
    pub(crate) place: &'static Place,
    pub(crate) name: &'static str,
    pub(crate) kana: &'static str,
    pub(crate) address: &'static str,
    pub(crate) tel: [&'static str; 3],
    pub(crate) employer: &'static str,
    pub(crate) insurer: &'static str,
    pub(crate) pension_office: &'static str,
    /// 都道府県コード (of the pension office), 郡市区符号, 事業所記号, 事業所番号.
    pub(crate) mark: [&'static str; 4],
    pub(crate) hello_work: [&'static str; 2],
    pub(crate) employment_number: &'static str,
    pub(crate) employment_class: EmploymentBusinessClass,
    /// 労働保険番号 of 労災 and of 雇用.
    pub(crate) labor_numbers: [&'static str; 2],
    pub(crate) labor_standards_office: &'static str,
    pub(crate) workers: i64,
    pub(crate) bonus_months: Option<&'static str>,
}

impl EstablishmentFacts {
    /// The row of 事業所.
    pub(crate) fn row(&self) -> EstablishmentChange {
        let place = self.place;
        let mut row = EstablishmentChange::new(ClientCode::from(place.client), place.code(), ALWAYS);
        row.establishment_name = Text::from(self.name).into();
        row.establishment_kana = kura_model::Kana::from(self.kana).into();
        row.zip = Code::from(place.zip).into();
        row.address = Text::from(self.address).into();
        let [tel1, tel2, tel3] = self.tel;
        (row.tel1, row.tel2, row.tel3) = (Code::from(tel1).into(), Code::from(tel2).into(), Code::from(tel3).into());
        row.prefecture = place.prefecture.into();
        row.insurer_code = InsurerCode::from(self.insurer).into();
        row.pension_office = Text::from(self.pension_office).into();
        let [prefecture, area, mark, number] = self.mark;
        row.office_pref_code = Code::from(prefecture).into();
        row.office_area_code = Code::from(area).into();
        row.office_mark = Code::from(mark).into();
        row.office_number = Code::from(number).into();
        row.filing_employer_name = Text::from(self.employer).into();
        row.submitter = Submitter::Sharoshi.into();
        row.social_insurance_from = ALWAYS.into();
        if let Some(months) = self.bonus_months.and_then(kura_model::MonthsOfYear::parse) {
            row.registered_bonus_months = months.into();
        }
        let [hello_work_code, hello_work_name] = self.hello_work;
        row.hello_work_code = Code::from(hello_work_code).into();
        row.hello_work_name = Text::from(hello_work_name).into();
        row.employment_establishment_number = Code::from(self.employment_number).into();
        row.employment_business_class = self.employment_class.into();
        let [accident, employment] = self.labor_numbers;
        row.accident_insurance_number = Code::from(accident).into();
        row.employment_labor_insurance_number = Code::from(employment).into();
        row.labor_standards_office = Text::from(self.labor_standards_office).into();
        row.minimum_wage_prefecture = place.prefecture.into();
        row.regular_worker_count = self.workers.into();
        row
    }

    /// 労働保険: 一元 has one row, 二元 one for 労災 and one for 雇用. 労災保険率 comes from the law.
    pub(crate) fn labor_insurances(
        &self,
        law: &Law,
        type_code: &str,
    ) -> Result<Vec<Row<LaborInsuranceChange>>, DemoError> {
        let on = crate::day(2024, 4, 1);
        let rate = law.row("accident_insurance_rates", &[type_code], on)?.rate_e5("rate_e5")?;
        let row = |number: &str, class: ApplicationClass| {
            let client = ClientCode::from(self.place.client);
            let mut row = LaborInsuranceChange::new(client, LaborInsuranceNumber::from(number), on);
            row.application_class = class.into();
            row.project_class = ProjectClass::Continuing.into();
            row.type_code = Code::from(type_code).into();
            row.relation_from = ALWAYS.into();
            row
        };
        let [accident, employment] = self.labor_numbers;
        let unitary = accident == employment;
        let mut of_accident =
            row(accident, if unitary { ApplicationClass::Unitary } else { ApplicationClass::DualAccident });
        of_accident.accident_rate = rate.into();
        if !unitary {
            // 建設: the works of a year count as one.
            of_accident.project_class = ProjectClass::ConsolidatedFixedTerm.into();
        }
        let mut rows = vec![of_accident.into()];
        if !unitary {
            rows.push(row(employment, ApplicationClass::DualEmployment).into());
        }
        Ok(rows)
    }
}
