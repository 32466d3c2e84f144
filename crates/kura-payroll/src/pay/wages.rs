use kura_model::{PayType, PremiumBaseDivisor, RemunerationClass};
use kura_yen::Yen;

use super::built_in::BuiltIn;
use super::counting::month_part;
use super::item::ItemClass;
use super::rule::Rule;
use super::slip::{LineKind, Slip};
use super::work::Work;
use super::{PayPlan, PersonMonth};
use crate::wages::{Wage, WageForm};

impl PayPlan<'_> {
    /// 賃金 of a slip as the 平均賃金 takes them (労基法12条): each line of labour wages with how it is fixed and how it counts,
    /// what is paid for n months with 1/n in each of them. What is given in kind does not stand here.
    pub fn wages(&self, person: &PersonMonth, slip: &Slip) -> Vec<Wage> {
        let work = Work::new(self, person);
        let by_work = matches!(work.contract.pay_type, PayType::Daily | PayType::Hourly | PayType::Commission);
        let counts = |class: &ItemClass| class.labor_wage && class.remuneration != RemunerationClass::InKind;
        let mut wages = Vec::with_capacity(slip.pay.len());
        for line in &slip.pay {
            let class = work.class(line.kind);
            if !counts(&class) {
                continue;
            }
            let form = match (line.rule, line.kind) {
                (Rule::ContractMonthly | Rule::Prorated, _) => class.wage_form(),
                (Rule::DailyTimesDays | Rule::HourlyTimesHours | Rule::CommissionGuarantee, _) => WageForm::Work,
                (Rule::PaidLeaveOrdinary | Rule::PaidLeaveByDay, _) => WageForm::Work,
                (_, LineKind::BuiltIn(built_in)) if by_work || built_in.is_premium() => WageForm::Work,
                (_, LineKind::Item(at)) if at == work.base_line && by_work => WageForm::Work,
                _ => class.wage_form(),
            };
            wages.push(Wage {
                amount: month_part(line.amount, class.pay_every_months),
                form,
                class: class.average_wage,
            });
        }
        for running in &person.running {
            let Some(item) = self.items.get(running.item).filter(|item| counts(&item.class)) else { continue };
            let amount = month_part(running.amount, item.class.pay_every_months);
            wages.push(Wage { amount, form: item.class.wage_form(), class: item.class.average_wage });
        }
        wages
    }
}

impl ItemClass {
    /// How the 平均賃金 take an amount of the class: by the month, or by days, hours and pieces.
    pub const fn wage_form(&self) -> WageForm {
        match self.premium_base_divisor {
            PremiumBaseDivisor::Month => WageForm::Period,
            PremiumBaseDivisor::Day | PremiumBaseDivisor::Hour | PremiumBaseDivisor::Commission => WageForm::Work,
        }
    }
}

impl BuiltIn {
    /// The line of an earlier slip as the 平均賃金 take it (労基法12条); `by_work` says that the person was paid by the day, the
    /// hour or on 歩合. `None` for deductions, bonuses and 仮払い.
    pub fn wage(self, amount: Yen, by_work: bool) -> Option<Wage> {
        let is_wage = !self.is_deduction() && !matches!(self, Self::Bonus | Self::BonusInKind | Self::ProvisionalPay);
        let class = ItemClass::PREMIUM_PAY;
        let form = if by_work || self.is_premium() { WageForm::Work } else { class.wage_form() };
        is_wage.then_some(Wage { amount, form, class: class.average_wage })
    }
}
