use kura_calendar::{Date, Month, age_on};
use kura_insurance::{Scheme, standard_remuneration};
use kura_law::Law;
use kura_model::{
    AccidentWageClass, Book, Change, ChangeReason, ClientCode, CommutingChange, DisabilityClass, Employee,
    EmployeeCode, EmploymentClass, EmploymentTermsChange, FamilyMemberChange, FixedPayChange, InhabitantTaxMethod,
    InhabitantTaxNotice, InsuranceSpell, Kana, LeaveGrantClass, LeavingClass, Minutes, PayGroupCode, PayType,
    PayslipDelivery, Row, StandardRemuneration, StudentClass, TaxResidence, Text, WidowSingleParent, WithholdingColumn,
    WorkingStudent, WorkplaceCode,
};
use kura_yen::{Exact, Yen};

use crate::attendance::Work;
use crate::names::{Name, latin};
use crate::place::Place;
use crate::{DemoError, day};

/// What the law decides about the facts of people.
pub(crate) struct Figures<'law> {
    pub(crate) law: &'law Law,
    /// From this age on 31 December a relative is a 扶養親族 that counts.
    pub(crate) counted_age: u8,
}

impl<'law> Figures<'law> {
    pub(crate) fn new(law: &'law Law) -> Result<Self, DemoError> {
        let age = law.figure("tax_rules", "withholding.dependents.counted_age_min", day(2026, 1, 1))?;
        let counted_age = u8::try_from(age.integer()?).map_err(|_| age.unreadable("年齢ではありません"))?;
        Ok(Self { law, counted_age })
    }

    /// The 標準報酬月額 of health insurance and pension for a contract pay, by the grades in force in a month.
    pub(crate) fn grades(&self, month: Month, pay: i64) -> Result<Grades, DemoError> {
        let grade = |scheme| standard_remuneration(self.law, scheme, month, Yen::new(pay));
        let (health, pension) = (grade(Scheme::Health)?, grade(Scheme::Pension)?);
        Ok(Grades { health: health.standard_monthly, pension: pension.standard_monthly, pay: Some(Yen::new(pay)) })
    }
}

/// 標準報酬月額 of a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grades {
    pub(crate) health: Yen,
    pub(crate) pension: Yen,
    /// 報酬月額 it follows from, where the design gives one.
    pub(crate) pay: Option<Yen>,
}

impl Grades {
    /// The same amount for both schemes, as the design gives it.
    pub(crate) const fn given(standard: i64) -> Self {
        Self::two(standard, standard)
    }

    /// 健保 and 厚年 apart.
    pub(crate) const fn two(health: i64, pension: i64) -> Self {
        Self { health: Yen::new(health), pension: Yen::new(pension), pay: None }
    }
}

/// Everything a book says about one person. It begins with the defaults of the design; each method adds what a row of it says.
pub(crate) struct Person {
    pub(crate) place: &'static Place,
    pub(crate) number: i64,
    pub(crate) counted_age: u8,
    pub(crate) client: ClientCode,
    pub(crate) code: EmployeeCode,
    pub(crate) employee: Employee,
    /// The terms from the day of hire.
    pub(crate) terms: EmploymentTermsChange,
    pub(crate) later_terms: Vec<EmploymentTermsChange>,
    pub(crate) commuting: Vec<CommutingChange>,
    pub(crate) fixed: Vec<FixedPayChange>,
    pub(crate) spells: Vec<InsuranceSpell>,
    pub(crate) standards: Vec<StandardRemuneration>,
    pub(crate) family: Vec<FamilyMemberChange>,
    pub(crate) notices: Vec<InhabitantTaxNotice>,
    /// 勤怠 of the run's month.
    pub(crate) work: Option<Work>,
    /// 勤怠 of the settled months, where it differs.
    pub(crate) past_work: Option<Work>,
}

impl Person {
    pub(crate) fn new(figures: &Figures<'_>, place: &'static Place, code: &str, name: &Name, birth_date: Date) -> Self {
        let number: i64 = code.trim_start_matches(char::is_alphabetic).parse().unwrap_or(0);
        let (client, code) = (ClientCode::from(place.client), EmployeeCode::from(code));
        let hired_on = default_hire(birth_date);
        let mut employee = Employee::new(client.clone(), code.clone());
        employee.family_name = Some(name.family.into());
        employee.given_name = Some(name.given.into());
        employee.family_kana = Some(name.family_kana.into());
        employee.given_kana = Some(name.given_kana.into());
        employee.sex = Some(name.sex);
        employee.birth_date = Some(birth_date);
        let (address, address_kana) = place.address(number);
        (employee.zip, employee.address, employee.address_kana) =
            (Some(place.zip.into()), Some(address), Some(address_kana));
        employee.resident_municipality = Some(place.municipality.into());
        employee.hired_on = Some(hired_on);
        employee.basic_pension_number = Some(place.basic_pension_number(number));
        employee.disability_class = Some(DisabilityClass::NotDisabled);
        employee.widow_single_parent = Some(WidowSingleParent::Neither);
        employee.working_student = Some(WorkingStudent::NotWorkingStudent);
        employee.tax_residence = Some(TaxResidence::Resident);
        employee.student = Some(StudentClass::NotStudent);
        employee.payslip_delivery = Some(PayslipDelivery::Paper);
        let mut terms = EmploymentTermsChange::new(client.clone(), code.clone(), hired_on);
        terms.change_reason = ChangeReason::Hired.into();
        terms.establishment_code = place.code().into();
        terms.workplace_code = WorkplaceCode::from(place.establishment).into();
        terms.employment_class = EmploymentClass::Regular.into();
        terms.weekly_scheduled_hours = Minutes::new(place.weekly_minutes).into();
        terms.weekly_days = Exact::whole(5).into();
        terms.monthly_days = Exact::whole(place.monthly_days).into();
        terms.regular_weekly_hours = Minutes::new(place.weekly_minutes).into();
        terms.regular_monthly_days = Exact::whole(place.monthly_days).into();
        terms.accident_wage_class = AccidentWageClass::Regular.into();
        terms.withholding_column = WithholdingColumn::Kou.into();
        terms.inhabitant_tax_method = InhabitantTaxMethod::Ordinary.into();
        terms.leave_grant_class = LeaveGrantClass::Ordinary.into();
        Self {
            place,
            number,
            counted_age: figures.counted_age,
            client,
            code,
            employee,
            terms,
            later_terms: Vec::new(),
            commuting: Vec::new(),
            fixed: Vec::new(),
            spells: Vec::new(),
            standards: Vec::new(),
            family: Vec::new(),
            notices: Vec::new(),
            work: None,
            past_work: None,
        }
    }

    pub(crate) fn hired_on(&self) -> Date {
        self.terms.effective_from
    }

    /// Hired on another day than the default; said before anything that begins with the hire.
    pub(crate) fn hired(mut self, day: Date) -> Self {
        self.employee.hired_on = Some(day);
        self.terms.effective_from = day;
        // 職種 and 就職経路 of the 雇用保険取得届.
        self.terms.occupation_code = kura_model::Code::from("05").into();
        self.terms.recruitment_route = kura_model::Code::from("2").into();
        self
    }

    /// Pay group, pay type and 基本額.
    pub(crate) fn paid(mut self, group: &str, pay_type: PayType, base: i64) -> Self {
        self.terms.pay_group_code = PayGroupCode::from(group).into();
        self.terms.pay_type = pay_type.into();
        self.terms.base_amount = Yen::new(base).into();
        self
    }

    /// 役員: 役員報酬, no worker, no 労働保険.
    pub(crate) fn officer(self, group: &str, title: &str, pay: i64) -> Self {
        let mut officer = self.paid(group, PayType::OfficerRemuneration, pay).position(title);
        officer.terms.employment_class = EmploymentClass::Officer.into();
        officer.terms.accident_wage_class = AccidentWageClass::OfficerExcluded.into();
        officer.terms.weekly_scheduled_hours = Change::Unchanged;
        officer.terms.weekly_days = Change::Unchanged;
        officer.terms.monthly_days = Change::Unchanged;
        officer.terms.leave_grant_class = Change::Unchanged;
        officer
    }

    pub(crate) fn position(mut self, title: &str) -> Self {
        self.terms.position = Text::from(title).into();
        self
    }

    pub(crate) fn department(mut self, department: &str) -> Self {
        self.terms.department = Text::from(department).into();
        self
    }

    pub(crate) fn class(mut self, class: EmploymentClass) -> Self {
        self.terms.employment_class = class.into();
        self
    }

    /// Part-time: minutes and days a week, days a month.
    pub(crate) fn part_time(mut self, weekly_minutes: i32, weekly_days: i64, monthly_days: i64) -> Self {
        self.terms.weekly_scheduled_hours = Minutes::new(weekly_minutes).into();
        self.terms.weekly_days = Exact::whole(weekly_days).into();
        self.terms.monthly_days = Exact::whole(monthly_days).into();
        let class = match weekly_days {
            2 => LeaveGrantClass::ProportionalTwoDays,
            3 => LeaveGrantClass::ProportionalThreeDays,
            4 => LeaveGrantClass::ProportionalFourDays,
            _ => LeaveGrantClass::Ordinary,
        };
        self.terms.leave_grant_class = class.into();
        self
    }

    /// A change of terms from a day on.
    pub(crate) fn changes_from(
        mut self,
        day: Date,
        reason: ChangeReason,
        change: impl FnOnce(&mut EmploymentTermsChange),
    ) -> Self {
        let mut row = EmploymentTermsChange::new(self.client.clone(), self.code.clone(), day);
        row.change_reason = reason.into();
        change(&mut row);
        self.later_terms.push(row);
        self
    }

    pub(crate) fn qualified(mut self, qualification: &str) -> Self {
        self.employee.qualifications = Some(qualification.into());
        self
    }

    /// 勤怠 of the run's month.
    pub(crate) fn works(mut self, work: Work) -> Self {
        self.work = Some(work);
        self
    }

    /// 勤怠 of the settled months, where it is another.
    pub(crate) fn worked_before(mut self, work: Work) -> Self {
        self.past_work = Some(work);
        self
    }

    /// Leaves; said after the insurances, which end the day after.
    pub(crate) fn leaves(mut self, last_day: Date, class: LeavingClass) -> Self {
        match class {
            LeavingClass::Death => self.employee.died_on = Some(last_day),
            _ => self.employee.left_on = Some(last_day),
        }
        self.employee.leaving_class = Some(class);
        self.insurances_end(last_day, class);
        self
    }

    /// ベトナム, with a residence status until 2028-03-31 and a name in Latin letters.
    pub(crate) fn foreigner(mut self, status: &str) -> Self {
        let spell = |kana: &Option<Kana>| latin(kana.as_ref().map_or("", Kana::as_str));
        let name = format!("{} {}", spell(&self.employee.family_kana), spell(&self.employee.given_kana));
        self.employee.name_latin = Some(name.as_str().into());
        self.employee.nationality_name = Some("ベトナム".into());
        self.employee.residence_status_name = Some(status.into());
        self.employee.residence_until = Some(day(2028, 3, 31));
        self
    }

    /// Writes all rows about the person into the book.
    pub(crate) fn add_to(mut self, book: &mut Book) {
        self.complete_income_estimate();
        self.complete_dependents();
        book.bank_accounts.push(self.account().into());
        book.employees.push(self.employee.into());
        book.employment_terms.push(self.terms.into());
        book.employment_terms.extend(self.later_terms.into_iter().map(Row::from));
        book.commutings.extend(self.commuting.into_iter().map(Row::from));
        book.fixed_pays.extend(self.fixed.into_iter().map(Row::from));
        book.insurance_spells.extend(self.spells.into_iter().map(Row::from));
        book.standard_remunerations.extend(self.standards.into_iter().map(Row::from));
        book.family_members.extend(self.family.into_iter().map(Row::from));
        book.inhabitant_tax_notices.extend(self.notices.into_iter().map(Row::from));
    }
}

/// Hired 2020-04-01, two years later when under 19 on that day.
fn default_hire(birth_date: Date) -> Date {
    let first = day(2020, 4, 1);
    if age_on(birth_date, first).is_some_and(|age| age >= 19) { first } else { day(2022, 4, 1) }
}
