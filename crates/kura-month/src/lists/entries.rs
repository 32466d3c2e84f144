use std::borrow::Cow;

use kura_calendar::Date;
use kura_insurance::EmploymentInsuranceRates;
use kura_model::{Attendance, EmploymentTerms, PayHistory, Row};
use kura_payroll::pay::{Item, Slip};

use super::captions;
use crate::client_month::ClientMonth;
use crate::person::PersonFacts;

/// A slip as the lists need it: of a month's pay, of a difference, or of a bonus.
pub(super) struct Entry<'month, 'run> {
    pub(super) facts: &'month PersonFacts<'run>,
    pub(super) items: &'month [Item],
    pub(super) slip: &'month Slip,
    pub(super) history: &'month PayHistory,
    /// The day whose terms decide where the person belongs.
    pub(super) on: Date,
    /// 勤怠 of its period; none on a bonus or a difference.
    pub(super) attendance: Option<Cow<'run, Row<Attendance>>>,
    /// 雇用保険: the rates when covered.
    pub(super) rates: Option<EmploymentInsuranceRates>,
}

/// The slips of a run, in the order of the book.
pub(super) fn entries<'month, 'run>(month: &'month ClientMonth<'run>) -> Vec<Entry<'month, 'run>> {
    let paid = month.paid.iter().map(|person| Entry {
        facts: &person.facts,
        items: &person.facts.group.plan.items,
        slip: &person.slip,
        history: &person.history,
        on: person.last_day(),
        attendance: person.facts.attendance_row(),
        rates: person.asked.employment_insurance,
    });
    let bonuses = month.bonuses.iter().map(|paid| {
        let paid_on = paid.row.paid_on;
        let business = paid.facts.employment_business(paid_on).ok().flatten();
        Entry {
            facts: &paid.facts,
            items: &paid.group.plan.items,
            slip: &paid.slip.slip,
            history: &paid.history,
            on: paid.facts.employed().map_or(paid_on, |employed| paid_on.min(employed.to)),
            attendance: None,
            rates: business.and_then(|business| EmploymentInsuranceRates::on(month.law, paid_on, business).ok()),
        }
    });
    paid.chain(bonuses).collect()
}

impl<'month> Entry<'month, '_> {
    pub(super) fn attendance(&self) -> Option<&Attendance> {
        self.attendance.as_deref().map(|row| &row.facts)
    }

    /// 社員番号.
    pub(super) fn code(&self) -> &'month str {
        self.facts.employee.employee_code.as_str()
    }

    /// 氏名.
    pub(super) fn name(&self) -> String {
        captions::person_name(self.facts.employee)
    }

    pub(super) fn terms(&self) -> Option<&'month EmploymentTerms> {
        self.facts.terms_on(self.on).ok()
    }

    /// 事業所コード.
    pub(super) fn establishment_code(&self) -> &'month str {
        self.terms().and_then(|terms| terms.establishment_code.as_ref()).map_or("", |code| code.as_str())
    }
}
