use kura_model::{PayType, PremiumBaseDivisor, RemunerationClass};

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
                (Rule::ContractMonthly | Rule::Prorated, _) => form_of(class),
                (Rule::DailyTimesDays | Rule::HourlyTimesHours | Rule::CommissionGuarantee, _) => WageForm::Work,
                (Rule::PaidLeaveOrdinary | Rule::PaidLeaveByDay, _) => WageForm::Work,
                (_, LineKind::BuiltIn(built_in)) if by_work || built_in.is_premium() => WageForm::Work,
                (_, LineKind::Item(at)) if at == work.base_line && by_work => WageForm::Work,
                _ => form_of(class),
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
            wages.push(Wage { amount, form: form_of(item.class), class: item.class.average_wage });
        }
        wages
    }
}

fn form_of(class: ItemClass) -> WageForm {
    match class.premium_base_divisor {
        PremiumBaseDivisor::Month => WageForm::Period,
        PremiumBaseDivisor::Day | PremiumBaseDivisor::Hour | PremiumBaseDivisor::Commission => WageForm::Work,
    }
}
