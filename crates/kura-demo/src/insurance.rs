use kura_calendar::{Date, Month};
use kura_model::{
    AcquisitionCause, AcquisitionClass, InsuranceSpell, LeavingClass, LossCause, PayType, Scheme, SelectedOffice,
    SeparationSlipWish, StandardDecision, StandardRemuneration, WageForm,
};
use kura_yen::{Exact, Yen};

use crate::person::{Grades, Person};
use crate::{day, month};

/// The schemes of an employee.
pub(crate) const ALL: &[Scheme] = &[Scheme::Health, Scheme::Pension, Scheme::Employment];
/// The schemes of an officer.
pub(crate) const SOCIAL: &[Scheme] = &[Scheme::Health, Scheme::Pension];

impl Person {
    /// Insured from the day of hire; said after pay and hire.
    pub(crate) fn insured(mut self, schemes: &[Scheme]) -> Self {
        for scheme in schemes {
            let spell = self.spell(*scheme);
            self.spells.push(spell);
        }
        self
    }

    fn spell(&self, scheme: Scheme) -> InsuranceSpell {
        let mut spell = InsuranceSpell::new(self.client.clone(), self.code.clone(), scheme);
        spell.acquired_on = Some(self.hired_on());
        spell.acquisition_class = Some(AcquisitionClass::One);
        if scheme == Scheme::Employment {
            spell.insured_number = Some(self.place.employment_number(self.number));
            spell.acquisition_cause = Some(AcquisitionCause::OtherHire);
            spell.wage_form = Some(match self.terms.pay_type.value() {
                Some(PayType::Daily) => WageForm::Daily,
                Some(PayType::Hourly) => WageForm::Hourly,
                _ => WageForm::Monthly,
            });
        } else {
            spell.insured_number = Some(self.place.insured_number(self.number));
        }
        spell
    }

    /// 取得時の報酬: a person whose 取得 belongs to the demonstration.
    pub(crate) fn acquisition_pay(mut self, pay: i64) -> Self {
        for spell in &mut self.spells {
            match spell.scheme {
                Scheme::Employment => spell.monthly_wage_thousand = Some(pay / 1000),
                _ => {
                    spell.acquisition_pay_currency = Some(Yen::new(pay));
                    spell.acquisition_pay_in_kind = Some(Yen::ZERO);
                }
            }
        }
        self
    }

    /// 短時間労働者 of health insurance and pension.
    pub(crate) fn short_time(mut self) -> Self {
        for spell in self.spells.iter_mut().filter(|spell| spell.scheme != Scheme::Employment) {
            spell.short_time_worker = true;
        }
        self
    }

    /// 二以上事業所勤務.
    pub(crate) fn multi_establishment(mut self) -> Self {
        for spell in self.spells.iter_mut().filter(|spell| spell.scheme != Scheme::Employment) {
            spell.multi_establishment = true;
        }
        self
    }

    /// 70 was reached before the demonstration: the pension spell has ended, the health spell says 70歳以上被用者.
    pub(crate) fn seventy_on(mut self, reached: Date) -> Self {
        for spell in &mut self.spells {
            match spell.scheme {
                Scheme::Health => {
                    spell.aged_70_or_over = true;
                    spell.class_changed_on = Some(reached);
                }
                Scheme::Pension => {
                    spell.lost_on = Some(reached);
                    spell.filed_on = Some(reached);
                }
                _ => {}
            }
        }
        for standard in &mut self.standards {
            standard.pension_equivalent = standard.pension_standard.take();
        }
        self
    }

    /// 75 is reached: health insurance alone ends, on the birthday itself.
    pub(crate) fn seventy_five_on(mut self, birthday: Date) -> Self {
        for spell in self.spells.iter_mut().filter(|spell| spell.scheme == Scheme::Health) {
            spell.lost_on = Some(birthday);
            spell.loss_cause = Some(LossCause::ReachedSeventyFive);
            spell.certificates_attached = Some(0);
            spell.certificates_unreturnable = Some(0);
        }
        self
    }

    /// The newest filing about the insurances was made before the run.
    pub(crate) fn filed(mut self, filed_on: Date) -> Self {
        for spell in &mut self.spells {
            spell.filed_on = Some(filed_on);
        }
        self
    }

    /// 離職票 is not wished.
    pub(crate) fn without_separation_slip(mut self) -> Self {
        for spell in self.spells.iter_mut().filter(|spell| spell.scheme == Scheme::Employment) {
            spell.wants_separation_slip = Some(SeparationSlipWish::NotWanted);
        }
        self
    }

    /// All open spells end the day after the last day.
    pub(crate) fn insurances_end(&mut self, last_day: Date, class: LeavingClass) {
        let hours = self.terms.weekly_scheduled_hours.value().copied();
        let lost_on = last_day.tomorrow().ok();
        for spell in self.spells.iter_mut().filter(|spell| spell.lost_on.is_none()) {
            spell.lost_on = lost_on;
            if spell.scheme == Scheme::Employment {
                spell.separated_on = Some(last_day);
                spell.weekly_hours_at_loss = hours;
                spell.loss_cause = Some(match class {
                    LeavingClass::Death => LossCause::OtherThanSeparation,
                    LeavingClass::EmployerReason => LossCause::SeparationByEmployer,
                    _ => LossCause::OrdinarySeparation,
                });
                if class == LeavingClass::OwnReason {
                    spell.separation_reason = Some("40".into());
                    spell.separation_statement = Some("一身上の都合による自己都合退職".into());
                }
                if class == LeavingClass::ContractEnd {
                    spell.separation_reason = Some("24".into());
                    spell.separation_statement = Some("契約期間の満了による離職".into());
                }
                if class != LeavingClass::Death {
                    spell.wants_separation_slip = Some(SeparationSlipWish::Wanted);
                }
            } else {
                let died = class == LeavingClass::Death;
                spell.loss_cause = Some(if died { LossCause::Death } else { LossCause::LeftWork });
                spell.certificates_attached = Some(0);
                spell.certificates_unreturnable = Some(0);
            }
        }
    }

    /// The standard stands from 定時決定 2025-09, and the same in the year before; of a later hire from 取得.
    pub(crate) fn standard(mut self, grades: Grades) -> Self {
        if self.hired_on() > day(2025, 9, 1) {
            let row = self.decision(Month::of(self.hired_on()), StandardDecision::Acquisition, grades);
            self.standards.push(row);
            return self;
        }
        for (from, notified_on) in [(month(2024, 9), day(2024, 9, 13)), (month(2025, 9), day(2025, 9, 12))] {
            let mut row = self.decision(from, StandardDecision::Annual, grades);
            row.notified_on = Some(notified_on);
            self.standards.push(row);
        }
        self
    }

    fn decision(&self, from: Month, decision: StandardDecision, grades: Grades) -> StandardRemuneration {
        let mut row = StandardRemuneration::new(self.client.clone(), self.code.clone(), from);
        row.health_standard = Some(grades.health);
        row.pension_standard = Some(grades.pension);
        row.decision = Some(decision);
        row.remuneration = grades.pay;
        row
    }

    /// The decision has been notified.
    pub(crate) fn notified(mut self, on: Date) -> Self {
        for standard in &mut self.standards {
            standard.notified_on = Some(on);
        }
        self
    }

    /// 二以上: the notified figures (the full amounts of health with care and levy, and of pension).
    pub(crate) fn notified_premiums(mut self, other_office: &str, health: Exact, pension: Exact) -> Self {
        for standard in &mut self.standards {
            standard.decision = Some(StandardDecision::MultiEstablishment);
            standard.selected_office = Some(SelectedOffice::ThisCompany);
            standard.other_office = Some(other_office.into());
            standard.notified_health = Some(health);
            standard.notified_pension = Some(pension);
        }
        self
    }

    /// 被扶養者の有無 follows from the family.
    pub(crate) fn complete_dependents(&mut self) {
        let dependents = self.family.iter().any(|member| member.health_dependent_from.value().is_some());
        for spell in self.spells.iter_mut().filter(|spell| spell.scheme == Scheme::Health) {
            spell.has_dependents = dependents;
        }
    }
}
