use kura_calendar::{Date, Month};
use kura_insurance::{Business, EmploymentInsuranceRates};
use kura_law::Law;
use kura_model::{
    Attendance, Employee, EmploymentBusinessClass, EmploymentTerms, Establishment, FamilyMember, InhabitantTaxMethod,
    Row, Scheme, TaxResidence, WithholdingColumn,
};
use kura_payroll::clocks::{Clocks, Period};
use kura_payroll::formula::Value;
use kura_payroll::pay::{Contract, PersonMonth, TaxFacts};
use kura_payroll::tax::{DependentsRules, FamilyFacts, TaxColumn, TaxpayerFacts};

use crate::attendance::Worked;
use crate::commuting::route;
use crate::contracts::{PaidDays, contract};
use crate::formula_facts::{self, Source};
use crate::inhabitant_tax;
use crate::known::{Known, PersonRows};
use crate::meals::Given;
use crate::pay_group::PayGroupMonth;
use crate::premiums;
use crate::schedule::Schedule;
use crate::stop::Stop;

/// Looks up everything about one person for one month, each fact at the day that decides it.
#[derive(Clone, Copy)]
pub(crate) struct PersonFacts<'run> {
    pub(crate) law: &'run Law,
    pub(crate) known: &'run Known,
    pub(crate) group: &'run PayGroupMonth<'run>,
    pub(crate) schedule: &'run Schedule<'run>,
    pub(crate) employee: &'run Employee,
    pub(crate) rows: &'run PersonRows<'run>,
}

impl PersonFacts<'_> {
    /// The days on which the person is employed: from 雇入日 to 退職日 or 死亡日.
    pub(crate) fn employed(&self) -> Result<Period, Stop> {
        let from = self.employee.hired_on.ok_or_else(|| Stop::unknown("従業員", None, "雇入日"))?;
        let ends = [self.employee.left_on, self.employee.died_on];
        let to = ends.into_iter().flatten().min().unwrap_or(kura_calendar::LAST_DAY);
        Ok(Period { from, to })
    }

    /// True when the terms at the end of a month, or on the last day of employment before it, name this pay group.
    pub(crate) fn in_group_at_end_of(&self, month: Month) -> bool {
        let last_day = self.employed().map_or(month.last_day(), |employed| employed.to.min(month.last_day()));
        let terms = self.terms_on(last_day);
        terms.is_ok_and(|terms| terms.pay_group_code.as_ref() == Some(&self.group.group.pay_group_code))
    }

    /// True when the person is employed in the period of this pay group and belongs to it at its end.
    pub(crate) fn is_due(&self) -> Result<bool, Stop> {
        let (clocks, employed) = (self.clocks(), self.employed()?);
        let mut periods = [clocks.attendance, clocks.variable].into_iter();
        let due = periods.any(|period| period.overlap(employed.from, employed.to).is_some());
        let last_day = clocks.attendance.to.min(employed.to);
        Ok(due && self.terms_on(last_day)?.pay_group_code.as_ref() == Some(&self.group.group.pay_group_code))
    }

    pub(crate) fn clocks(&self) -> Clocks {
        self.group.plan.clocks
    }

    /// The terms on a day.
    pub(crate) fn terms_on(&self, day: Date) -> Result<&EmploymentTerms, Stop> {
        let key = (self.employee.client_code.clone(), self.employee.employee_code.clone());
        let history = self.known.terms.get(&key);
        let found =
            history.and_then(|history| history.on(day).or_else(|| history.facts().first().map(|(_, first)| first)));
        found.ok_or_else(|| Stop::unknown("雇用条件", None, "適用開始日"))
    }

    /// The terms at the end of a period, or on the last day of employment.
    fn terms_at_end(&self, period: Period) -> Result<&EmploymentTerms, Stop> {
        self.terms_on(period.to.min(self.employed()?.to))
    }

    /// The establishment at the end of the premium month or of the attendance period.
    pub(crate) fn establishment(&self, day: Date) -> Result<&Establishment, Stop> {
        let code = self.terms_on(day)?.establishment_code.clone();
        let code = code.ok_or_else(|| Stop::unknown("雇用条件", None, "社会保険の事業所"))?;
        let history = self.known.establishments.get(&(self.employee.client_code.clone(), code));
        history.and_then(|history| history.on(day)).ok_or_else(|| Stop::unknown("事業所", None, "適用開始日"))
    }

    /// Everything the engine needs.
    pub(crate) fn month(&self) -> Result<PersonMonth, Stop> {
        let clocks = self.clocks();
        let employed = self.employed()?;
        let PaidDays { contracts, suspended } = self.paid_days(employed)?;
        let variable_contract = contract(self.terms_at_end(clocks.variable)?)?;
        let Worked { whole: attendance, parts } = self.worked(contracts.0.is_empty(), variable_contract)?;
        let legs = self.commuting_legs(clocks.payment_date);
        let scheduled_days = attendance.scheduled_days.map(|days| days.total());
        let rows = self.attendance_rows();
        let facts = self.formula_facts(clocks.payment_date, variable_contract, &rows, scheduled_days)?;
        let terms = self.terms_at_end(clocks.attendance)?;
        let (fixed, variable) = (self.fixed(employed, &parts)?, self.variable()?);
        let meals = self.meals(Given { fixed: &fixed, variable: &variable })?;
        Ok(PersonMonth {
            contracts,
            suspended,
            variable_contract,
            attendance,
            fixed,
            parts,
            variable,
            facts,
            commuting: route(&legs)?,
            running: self.running(),
            meals,
            premiums: premiums::due(self)?,
            employment_insurance: self.employment_insurance(clocks.closing_date)?,
            employee_part_of_officer_pay: terms.employee_part_of_officer_pay,
            tax: self.tax(terms, clocks.payment_date)?,
            inhabitant_tax: match terms.inhabitant_tax_method {
                Some(InhabitantTaxMethod::Special) => {
                    let last_pay = clocks.attendance.contains(employed.to);
                    inhabitant_tax::due(self.rows, Month::of(clocks.payment_date), last_pay)?
                }
                Some(_) => Vec::new(),
                None => return Err(Stop::unknown("雇用条件", None, "住民税の徴収")),
            },
            carried: self.carried()?,
        })
    }

    /// The values of the names that formulas use, for a payment on a day.
    pub(crate) fn formula_facts(
        &self,
        on: Date,
        contract: Contract,
        rows: &[&Row<Attendance>],
        scheduled_days: Option<i64>,
    ) -> Result<Vec<Option<Value<'static>>>, Stop> {
        let [distance, daily] = self.way_to_work(on)?;
        let source = Source {
            employee: self.employee,
            attendance: None,
            contract,
            distance_km: Some(distance),
            commuting_daily: Some(daily),
            scheduled_days,
            family: &self.family(on),
            on,
        };
        Ok(formula_facts::values(&source, rows))
    }

    /// 雇用保険: the rates of a closing date, where the person is covered on it.
    pub(crate) fn employment_insurance(&self, closing_date: Date) -> Result<Option<EmploymentInsuranceRates>, Stop> {
        let business = self.employment_business(closing_date)?;
        Ok(business.map(|business| EmploymentInsuranceRates::on(self.law, closing_date, business)).transpose()?)
    }

    /// 雇用保険: the business where the person is covered on a day (or on the last day of employment before it).
    pub(crate) fn employment_business(&self, day: Date) -> Result<Option<Business>, Stop> {
        let last_day = day.min(self.employed()?.to);
        let covered = self.rows.spells.iter().any(|spell| {
            let begun = spell.acquired_on.is_some_and(|from| from <= last_day);
            spell.scheme == Scheme::Employment && begun && spell.lost_on.is_none_or(|lost| last_day < lost)
        });
        if !covered {
            return Ok(None);
        }
        let establishment = self.establishment(last_day)?;
        let row = self.known.establishment_row(establishment, last_day);
        let class = establishment.employment_business_class;
        Ok(Some(match class.ok_or_else(|| Stop::unknown("事業所", row, "雇用保険の事業区分"))? {
            EmploymentBusinessClass::General => Business::General,
            EmploymentBusinessClass::AgriForestFishSake => Business::AgricultureForestryFisherySake,
            EmploymentBusinessClass::Construction => Business::Construction,
        }))
    }

    /// How a payment on a day is taxed.
    pub(crate) fn tax(&self, terms: &EmploymentTerms, on: Date) -> Result<TaxFacts, Stop> {
        if self.employee.died_on.is_some_and(|died| died < on) {
            return Ok(TaxFacts::PaidToHeirs);
        }
        match self.employee.tax_residence {
            None => return Err(Stop::unknown("従業員", None, "居住者区分")),
            Some(TaxResidence::NonResident) => return Ok(TaxFacts::NonResident),
            Some(TaxResidence::Resident) => {}
        }
        let people = |count: Option<i64>| count.map(|count| u16::try_from(count).unwrap_or(u16::MAX));
        let column = terms.withholding_column.ok_or_else(|| Stop::unknown("雇用条件", None, "税の区分"))?;
        Ok(TaxFacts::Resident(match column {
            WithholdingColumn::Kou => TaxColumn::Kou {
                dependents: match people(terms.dependents_count) {
                    Some(typed) => typed,
                    None => self.counted_dependents(terms, on)?,
                },
            },
            WithholdingColumn::Otsu => {
                TaxColumn::Otsu { secondary_dependents: people(terms.secondary_dependents).unwrap_or(0) }
            }
            WithholdingColumn::Hei => TaxColumn::Hei,
        }))
    }

    /// 扶養親族等の数, counted from 従業員 and 扶養家族 at the pay day.
    pub(crate) fn counted_dependents(&self, terms: &EmploymentTerms, on: Date) -> Result<u16, Stop> {
        let person = TaxpayerFacts {
            disability: self.employee.disability_class,
            widow_single_parent: self.employee.widow_single_parent,
            working_student: self.employee.working_student,
            own_income_estimate: terms.own_income_estimate,
        };
        let family: Vec<FamilyFacts> = self.family(on).into_iter().map(family_facts).collect();
        Ok(DependentsRules::on(self.law, on)?.count(&person, &family)?.count)
    }

    /// 扶養家族 on a day.
    pub(crate) fn family(&self, on: Date) -> Vec<&FamilyMember> {
        let of_person = self.known.family_of(&self.employee.client_code, &self.employee.employee_code);
        of_person.filter_map(|history| history.on(on)).collect()
    }
}

fn family_facts(member: &FamilyMember) -> FamilyFacts {
    FamilyFacts {
        relation: member.relation,
        birth_date: member.birth_date,
        tax_class: member.tax_class,
        income_estimate: member.estimated_income_tax,
        disability: member.disability_class,
        cohabiting_special: member.cohabiting_special,
        living_together: member.living_together,
        non_resident: member.non_resident_class,
        documents: member.documents,
    }
}
