use kura_calendar::Date;
use kura_model::{ItemCode, ItemKind};
use kura_payroll::clocks::Period;
use kura_payroll::pay::{AmountSource, AttendancePart, FixedAmount, Spans, VariableAmount};
use kura_yen::Yen;

use crate::person::PersonFacts;
use crate::stop::Stop;

impl PersonFacts<'_> {
    /// 固定支給: the rights inside the employed part of the attendance period.
    pub(crate) fn fixed(&self, employed: Period, parts: &[AttendancePart]) -> Result<Vec<FixedAmount>, Stop> {
        let clocks = self.clocks();
        let plan = &self.group.plan;
        let paid = clocks.attendance.overlap(employed.from, employed.to);
        let paid = paid.map(|paid| self.without_part_pay(paid)).transpose()?.unwrap_or_default();
        let mut amounts = Vec::new();
        for (at, item) in plan.items.iter().enumerate() {
            if !matches!(item.source, AmountSource::Fixed) {
                continue;
            }
            let code = ItemCode::from(item.code.as_str());
            let key = (self.employee.client_code.clone(), self.employee.employee_code.clone(), code);
            let Some(history) = self.known.fixed_pay.get(&key) else { continue };
            let value_on = |day: Date| {
                let known = history.on(day).filter(|known| known.to.is_none_or(|to| day <= to))?;
                known.factor.or(known.amount.map(Yen::exact))
            };
            let mut spans = Vec::new();
            for run in &paid {
                let mut starts = vec![run.from];
                starts.extend(history.changes_within(run.from, run.to).map(|(from, _)| *from));
                for (index, &from) in starts.iter().enumerate() {
                    let next = starts.get(index.saturating_add(1)).and_then(|next| next.yesterday().ok());
                    let ends = history.on(from).and_then(|known| known.to);
                    let to = next.unwrap_or(run.to).min(ends.unwrap_or(run.to));
                    spans.extend(value_on(from).map(|value| (Period { from, to }, value)));
                }
            }
            let at_end = |period: Period| value_on(period.to.min(employed.to));
            amounts.push(FixedAmount {
                item: at,
                spans: Spans(spans),
                at_variable_end: at_end(clocks.variable),
                at_part_ends: parts.iter().map(|part| at_end(part.period)).collect(),
            });
        }
        Ok(amounts)
    }

    /// 変動支給 of the month. A row without an amount, or of an item that nobody is paid by, stops: it was meant to be paid.
    pub(crate) fn variable(&self) -> Result<Vec<VariableAmount>, Stop> {
        let month = self.clocks().payment_month;
        let mut amounts = Vec::new();
        for row in self.rows.variable.iter().filter(|row| row.payment_month == month) {
            let Some(item) = self.group.plan.item(row.item_code.as_str()) else {
                if self.is_not_of_the_month(&row.item_code) {
                    continue;
                }
                let sentence =
                    format!("変動支給の項目コード「{}」は、この給与で使う支給控除項目にありません。", row.item_code);
                let remedy = "項目コードを直すか、支給控除項目に行を加えてください。";
                let stop = Stop::reason("変動支給", "variable_item_unknown", sentence, remedy);
                return Err(Stop { row: Some(row.number), column: Some("項目コード"), ..stop });
            };
            let amount = row.amount.ok_or_else(|| Stop::unknown("変動支給", Some(row.number), "金額"))?;
            let already_paid = self.commuting_paid_for(row, item)?;
            amounts.push(VariableAmount { item, amount, for_month: row.for_month, already_paid });
        }
        Ok(amounts)
    }

    /// 賞与で使う, or 勤怠: known, and no part of the month's pay.
    fn is_not_of_the_month(&self, code: &ItemCode) -> bool {
        let of_client = self
            .known
            .pay_items
            .iter()
            .filter(|((client, item, _), _)| *client == self.employee.client_code && item == code);
        of_client
            .flat_map(|(_, history)| history.facts())
            .any(|(_, item)| item.for_bonus || item.item_kind == Some(ItemKind::Attendance))
    }
}
