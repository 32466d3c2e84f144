use kura_model::{FixedWage, RemunerationClass};
use kura_yen::Yen;

use super::built_in::BuiltIn;
use super::item::ItemClass;
use super::rule::Rule;
use super::slip::{Bases, Line, LineKind};
use super::trace::{Reason, Trace};
use super::work::{Lines, Work};

impl Work<'_> {
    /// What the pay counts as: 報酬 with 1/n of what is paid for n months, 労働保険の賃金 in full when paid.
    pub(super) fn bases(&self, pay: &[Line]) -> Bases {
        let mut bases = Bases::default();
        for line in pay {
            let class = self.class(line.kind);
            let part = month_part(line.amount, class.pay_every_months);
            let earlier = line.month.is_some_and(|month| month != self.plan.clocks.payment_month);
            count_remuneration(&mut bases, class, part);
            if earlier && class.remuneration == RemunerationClass::Included {
                bases.retroactive_part += part;
            }
            if class.labor_wage {
                bases.labor_wage += line.amount;
            }
        }
        for running in &self.person.running {
            let Some(item) = self.plan.items.get(running.item) else { continue };
            count_remuneration(&mut bases, item.class, month_part(running.amount, item.class.pay_every_months));
        }
        // 兼務役員: only the part that is wages.
        bases.labor_wage = self.person.employee_part_of_officer_pay.unwrap_or(bases.labor_wage);
        bases
    }

    /// How a line counts: items as their rows say; leave, 欠勤, 遅早 and 休業控除 as base pay; everything else as premiums.
    pub(super) fn class(&self, kind: LineKind) -> ItemClass {
        let item = match kind {
            LineKind::Item(at) => self.plan.items.get(at),
            LineKind::BuiltIn(
                BuiltIn::PaidLeave
                | BuiltIn::PaidSpecialLeave
                | BuiltIn::Absence
                | BuiltIn::Lateness
                | BuiltIn::SuspensionDeduction,
            ) => self.plan.items.get(self.base_line),
            LineKind::BuiltIn(_) => None,
        };
        item.map_or(ItemClass::PREMIUM_PAY, |item| item.class)
    }

    /// 現物: part of the pay, but not of the money.
    pub(super) fn in_kind_line<T: Trace>(&self, pay: &[Line], deductions: &mut Lines<'_, T>) {
        let in_kind = pay.iter().filter(|line| self.class(line.kind).remuneration == RemunerationClass::InKind);
        let amount: Yen = in_kind.map(|line| line.amount).sum();
        if amount == Yen::ZERO {
            return;
        }
        let line = Line::new(LineKind::BuiltIn(BuiltIn::GivenInKind), amount, Rule::GivenInKind);
        deductions.enter(line, || Reason {
            inputs: vec![("現物の価額", amount.into())],
            exact: Some(amount.exact()),
            ..Reason::default()
        });
    }
}

fn count_remuneration(bases: &mut Bases, class: ItemClass, part: Yen) {
    match class.remuneration {
        RemunerationClass::Included => {
            bases.remuneration += part;
            if class.fixed_wage == FixedWage::Fixed {
                bases.fixed_part += part;
            }
        }
        RemunerationClass::InKind => bases.remuneration_in_kind += part,
        RemunerationClass::Excluded | RemunerationClass::Bonus => {}
    }
}

/// The part of an amount that a month of an n-month payment counts with (1/n, a fraction dropped).
pub(super) fn month_part(amount: Yen, every_months: u8) -> Yen {
    match every_months {
        0 | 1 => amount,
        months => amount.get().checked_div(i64::from(months)).map_or(amount, Yen::new),
    }
}
