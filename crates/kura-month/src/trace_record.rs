use kura_calendar::Date;
use kura_law::{Citation, Law};
use kura_payroll::formula::StepWords;
use kura_payroll::pay::{Item, Line, Reason, Slip, Total, Traced};
use serde::Serialize;

use crate::bonus::PaidBonus;
use crate::client_month::PaidPerson;
use crate::outputs::Outputs;
use crate::slip_record::{SlipKind, code_and_name};

/// One line of trace.jsonl: why a line of a slip, or a total, has its amount (docs/month.md).
#[derive(Debug, Serialize)]
struct TraceRecord<'slip> {
    client: &'slip str,
    person: &'slip str,
    kind: &'static str,
    payment_date: String,
    list: &'static str,
    code: &'slip str,
    name: &'slip str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    inputs: Vec<InputRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepRecord>,
    law: Vec<&'slip Citation>,
    law_pack: &'slip str,
}

#[derive(Debug, Serialize)]
struct InputRecord {
    name: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
struct StepRecord {
    text: String,
    result: String,
}

/// A slip with every reason of it.
struct Explained<'slip, Steps> {
    kind: &'static str,
    client: &'slip str,
    person: &'slip str,
    paid_on: Date,
    law: &'slip Law,
    items: &'slip [Item],
    slip: &'slip Slip,
    traced: &'slip Traced,
    steps: Steps,
}

/// The slip of a month's pay once more, with every reason. Of a correction it is the slip as it is right.
pub(crate) fn of_pay(kind: Option<SlipKind>, person: &PaidPerson<'_>) -> Option<String> {
    let (employee, plan) = (person.facts.employee, &person.facts.group.plan);
    let mut traced = Traced::default();
    let slip = plan.pay(&person.asked, &mut traced).ok()?;
    let explained = Explained {
        kind: kind.map_or("pay", SlipKind::code),
        client: employee.client_code.as_str(),
        person: person.code(),
        paid_on: person.history.paid_on,
        law: plan.law,
        items: &plan.items,
        slip: &slip,
        traced: &traced,
        steps: |reason: &Reason| plan.steps_in_words(reason),
    };
    explained.lines().ok()
}

impl Outputs {
    /// The reasons of a slip that was just entered.
    pub(crate) fn explain(&mut self, kind: Option<SlipKind>, person: &PaidPerson<'_>) {
        self.enter_trace(of_pay(kind, person), person.facts.employee.client_code.as_str(), person.code());
    }

    /// The slip of a bonus once more, with every reason.
    pub(crate) fn explain_bonus(&mut self, paid: &PaidBonus<'_>) {
        let (client, code) = (paid.facts.employee.client_code.as_str(), paid.code().as_str());
        let plan = &paid.group.plan;
        let mut traced = Traced::default();
        let lines = plan.pay(&paid.asked, &mut traced).ok().and_then(|slip| {
            let explained = Explained {
                kind: "bonus",
                client,
                person: code,
                paid_on: plan.paid_on,
                law: plan.law,
                items: &plan.items,
                slip: &slip.slip,
                traced: &traced,
                steps: |reason: &Reason| plan.steps_in_words(reason),
            };
            explained.lines().ok()
        });
        self.enter_trace(lines, client, code);
    }
}

impl<Steps: Fn(&Reason) -> Vec<StepWords>> Explained<'_, Steps> {
    /// Each line of the slip, then the totals that have a reason of their own.
    fn lines(&self) -> Result<String, serde_json::Error> {
        let mut records = String::new();
        let pay = self.slip.pay.iter().map(|line| ("pay", line));
        let lines = pay.chain(self.slip.deductions.iter().map(|line| ("deductions", line)));
        for ((list, line), (_, reason)) in lines.zip(&self.traced.reasons) {
            push(&mut records, &self.of_line(list, line, reason))?;
        }
        for (total, reason) in &self.traced.totals {
            push(&mut records, &self.of_total(*total, reason))?;
        }
        Ok(records)
    }

    fn of_line(&self, list: &'static str, line: &Line, reason: &Reason) -> TraceRecord<'_> {
        let (code, name) = code_and_name(self.items, line.kind);
        TraceRecord {
            amount: Some(line.amount.get()),
            rule: Some(line.rule.japanese()),
            month: line.month.map(|month| month.to_string()),
            ..self.record(list, (code, name), reason)
        }
    }

    fn of_total(&self, total: Total, reason: &Reason) -> TraceRecord<'_> {
        let words = match total {
            Total::Commuting => ("tax_free_commuting", "通勤手当の非課税額"),
            Total::NightDuty => ("tax_free_night_duty", "宿日直料の非課税額"),
            Total::Meals => ("tax_free_meals", "食事の非課税額"),
            Total::HealthStandardBonus => ("health_standard_bonus", "標準賞与額（健康保険）"),
            Total::PensionStandardBonus => ("pension_standard_bonus", "標準賞与額（厚生年金）"),
        };
        self.record("totals", words, reason)
    }

    fn record<'slip>(
        &'slip self,
        list: &'static str,
        (code, name): (&'slip str, &'slip str),
        reason: &Reason,
    ) -> TraceRecord<'slip> {
        let inputs = reason.inputs.iter().map(|(name, value)| InputRecord { name, value: value.to_string() });
        let steps = (self.steps)(reason).into_iter().map(|StepWords { text, result }| StepRecord { text, result });
        TraceRecord {
            client: self.client,
            person: self.person,
            kind: self.kind,
            payment_date: self.paid_on.to_string(),
            list,
            code,
            name,
            amount: None,
            rule: None,
            month: None,
            inputs: inputs.collect(),
            exact: reason.exact.map(|exact| exact.to_string()),
            rounding: reason.rounding,
            steps: steps.collect(),
            law: reason.citations.iter().filter_map(|id| self.law.citation(*id)).collect(),
            law_pack: self.law.version(),
        }
    }
}

fn push(records: &mut String, record: &TraceRecord<'_>) -> Result<(), serde_json::Error> {
    records.push_str(&serde_json::to_string(record)?);
    records.push('\n');
    Ok(())
}
