use kura_calendar::Month;
use kura_model::PayKind;
use kura_payroll::pay::RunningPayment;
use kura_yen::Yen;

use crate::person::PersonFacts;

impl PersonFacts<'_> {
    /// Payments for several months that were made earlier and still run (6か月定期): one n-th of each counts in this month's 報酬,
    /// and a pass uses up its part of the tax-free limit. They stand in 明細履歴, by the payment months since which less than n have
    /// gone by.
    pub(crate) fn running(&self) -> Vec<RunningPayment> {
        let month = self.clocks().payment_month;
        let mut running = Vec::new();
        for (at, item) in self.group.plan.items.iter().enumerate() {
            let months = i32::from(item.class.pay_every_months);
            if months < 2 {
                continue;
            }
            let oldest = month.plus(1_i32.saturating_sub(months));
            let amount = self.paid_between(&item.code, oldest, month);
            if amount != Yen::ZERO {
                running.push(RunningPayment { item: at, amount });
            }
        }
        running
    }

    /// What was paid of an item from one payment month on and before another.
    pub(crate) fn paid_between(&self, code: &str, from: Month, before: Month) -> Yen {
        let payments = self.rows.history.iter().filter(|row| {
            row.kind != PayKind::Bonus && row.payment_month.is_some_and(|paid| from <= paid && paid < before)
        });
        let days: Vec<_> = payments.map(|row| row.paid_on).collect();
        let lines =
            self.rows.lines.iter().filter(|line| line.item_code.as_str() == code && days.contains(&line.paid_on));
        lines.filter_map(|line| line.amount).sum()
    }
}
