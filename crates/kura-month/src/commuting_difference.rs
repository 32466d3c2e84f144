use kura_calendar::Month;
use kura_model::{PayKind, PayLine, Row, VariablePay};
use kura_yen::Yen;

use crate::person::PersonFacts;
use crate::stop::Stop;

const HISTORY: &str = "明細履歴";

impl PersonFacts<'_> {
    /// What was paid as 通勤手当 for the 対象月 of a difference, from 明細履歴: the tax-free limit is that month's. Nothing for any other
    /// item, and for the payment month itself. A difference paid before for the same month cannot be told from its line.
    pub(crate) fn commuting_paid_for(&self, row: &Row<VariablePay>, item: usize) -> Result<Option<Yen>, Stop> {
        let of_plan = self.group.plan.items.get(item).filter(|item| item.class.is_commuting());
        let earlier = row.for_month.filter(|month| *month != self.clocks().payment_month);
        let (Some(item), Some(month)) = (of_plan, earlier) else { return Ok(None) };
        let lines = self.lines_paid_in(month)?;
        let mut paid = Yen::ZERO;
        for other in self.group.plan.items.iter().filter(|other| other.class.is_commuting()) {
            let months = i32::from(other.class.pay_every_months.max(1));
            let is_measured_alike = months == 1 && item.class.pay_every_months <= 1 || other.code == item.code;
            if is_measured_alike {
                let of_item = lines.iter().filter(|line| line.item_code.as_str() == other.code);
                paid += of_item.filter_map(|line| line.amount).sum::<Yen>();
            } else if self.paid_between(&other.code, month.plus(1_i32.saturating_sub(months)), month.plus(1))
                != Yen::ZERO
            {
                return Err(together_with_a_pass(month));
            }
        }
        Ok(Some(paid))
    }

    /// The lines that were paid in a month.
    fn lines_paid_in(&self, month: Month) -> Result<Vec<&PayLine>, Stop> {
        let payments =
            self.rows.history.iter().filter(|row| row.kind != PayKind::Bonus && row.payment_month == Some(month));
        let days: Vec<_> = payments.map(|row| row.paid_on).collect();
        let lines: Vec<&PayLine> =
            self.rows.lines.iter().map(|row| &row.facts).filter(|line| days.contains(&line.paid_on)).collect();
        if lines.is_empty() {
            let sentence =
                format!("{month} 支給の明細履歴がないため、通勤手当の差額のうち非課税になる額を計算できません。");
            let remedy = "明細履歴に、その支給日の支給の行（項目コードと金額）を加えてください。";
            return Err(Stop::reason(HISTORY, "pay_lines_missing", sentence, remedy));
        }
        Ok(lines)
    }
}

/// A monthly allowance and a pass for n months share the month's limit: which of them a difference belongs to is not one line's matter.
fn together_with_a_pass(month: Month) -> Stop {
    let sentence = format!(
        "{month} は毎月の通勤手当と数か月分の定期代の両方が限度額を使うため、差額の非課税分を1行では計算できません。"
    );
    let remedy = "変動支給の行を消し、通勤・固定支給を直して、その月の訂正として計算してください。";
    Stop::reason(HISTORY, "commuting_difference_of_two", sentence, remedy)
}
