use kura_calendar::{Date, Month};
use kura_payroll::bonus::BonusPlan;
use kura_payroll::clocks::Period;
use kura_payroll::pay::{Item, Line, LineKind, PayPlan, Slip};
use serde::Serialize;

/// A slip that is not the pay of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlipKind {
    /// 訂正, and the settlement of a 仮払い: a difference.
    Correction,
    /// 仮払い.
    Provisional,
}

impl SlipKind {
    /// As slips.jsonl and trace.jsonl spell it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Provisional => "provisional",
        }
    }

    /// 訂正 or 仮払い.
    pub(crate) const fn japanese(self) -> &'static str {
        match self {
            Self::Correction => "訂正",
            Self::Provisional => "仮払い",
        }
    }
}

/// One line of slips.jsonl: a stable contract for acceptance and parallel runs (docs/month.md).
#[derive(Debug, Serialize)]
pub(crate) struct SlipRecord<'slip> {
    client: &'slip str,
    person: &'slip str,
    kind: &'static str,
    payment_month: String,
    payment_date: String,
    clocks: ClocksRecord,
    pay: Vec<LineRecord<'slip>>,
    deductions: Vec<LineRecord<'slip>>,
    gross: i64,
    tax_free: i64,
    taxable: i64,
    deduction_total: i64,
    net: i64,
    shortfall: i64,
    law_pack: &'slip str,
}

#[derive(Debug, Serialize)]
struct ClocksRecord {
    premium_month: String,
    closing_date: String,
    attendance_from: String,
    attendance_to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    variable_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variable_to: Option<String>,
}

#[derive(Debug, Serialize)]
struct LineRecord<'slip> {
    code: &'slip str,
    name: &'slip str,
    amount: i64,
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    split: Option<SplitRecord>,
}

#[derive(Debug, Serialize)]
struct SplitRecord {
    health: i64,
    care: i64,
    support_levy: i64,
}

impl<'slip> SlipRecord<'slip> {
    pub(crate) fn new(client: &'slip str, person: &'slip str, plan: &'slip PayPlan<'_>, slip: &'slip Slip) -> Self {
        let clocks = plan.clocks;
        let differs = |period: Period| (period != clocks.attendance).then_some(period);
        let of = SlipOf { client, person, items: &plan.items, slip, law_pack: plan.law.version() };
        of.record(
            "pay",
            (clocks.payment_month, clocks.payment_date),
            ClocksRecord {
                premium_month: clocks.premium_month.to_string(),
                closing_date: clocks.closing_date.to_string(),
                attendance_from: clocks.attendance.from.to_string(),
                attendance_to: clocks.attendance.to.to_string(),
                variable_from: differs(clocks.variable).map(|period| period.from.to_string()),
                variable_to: differs(clocks.variable).map(|period| period.to.to_string()),
            },
        )
    }

    /// A difference or a 仮払い of a month, paid on its own day.
    pub(crate) fn of_kind(
        kind: SlipKind,
        paid_on: Date,
        client: &'slip str,
        person: &'slip str,
        plan: &'slip PayPlan<'_>,
        slip: &'slip Slip,
    ) -> Self {
        Self { kind: kind.code(), payment_date: paid_on.to_string(), ..Self::new(client, person, plan, slip) }
    }

    /// A bonus: every clock of it is its 支給日.
    pub(crate) fn of_bonus(
        client: &'slip str,
        person: &'slip str,
        plan: &'slip BonusPlan<'_>,
        slip: &'slip Slip,
    ) -> Self {
        let (month, day) = (plan.payment_month(), plan.paid_on);
        let of = SlipOf { client, person, items: &plan.items, slip, law_pack: plan.law.version() };
        of.record(
            "bonus",
            (month, day),
            ClocksRecord {
                premium_month: month.to_string(),
                closing_date: day.to_string(),
                attendance_from: day.to_string(),
                attendance_to: day.to_string(),
                variable_from: None,
                variable_to: None,
            },
        )
    }
}

/// What every kind of slip says alike.
struct SlipOf<'slip> {
    client: &'slip str,
    person: &'slip str,
    items: &'slip [Item],
    slip: &'slip Slip,
    law_pack: &'slip str,
}

impl<'slip> SlipOf<'slip> {
    fn record(self, kind: &'static str, (month, day): (Month, Date), clocks: ClocksRecord) -> SlipRecord<'slip> {
        let Self { client, person, items, slip, law_pack } = self;
        let lines = |lines: &'slip [Line]| lines.iter().map(|line| LineRecord::new(items, line)).collect();
        SlipRecord {
            client,
            person,
            kind,
            payment_month: month.to_string(),
            payment_date: day.to_string(),
            clocks,
            pay: lines(&slip.pay),
            deductions: lines(&slip.deductions),
            gross: slip.gross.get(),
            tax_free: slip.tax_free.get(),
            taxable: slip.taxable.get(),
            deduction_total: slip.deduction_total.get(),
            net: slip.net.get(),
            shortfall: slip.shortfall().get(),
            law_pack,
        }
    }
}

impl<'slip> LineRecord<'slip> {
    fn new(items: &'slip [Item], line: &Line) -> Self {
        let (code, name) = code_and_name(items, line.kind);
        Self {
            code,
            name,
            amount: line.amount.get(),
            rule: line.rule.japanese(),
            month: line.month.map(|month| month.to_string()),
            split: line.split.map(|[health, care, support_levy]| SplitRecord {
                health: health.get(),
                care: care.get(),
                support_levy: support_levy.get(),
            }),
        }
    }
}

/// 項目コード and 明細の名 of a line; `items` are those of its plan.
pub(crate) fn code_and_name(items: &[Item], kind: LineKind) -> (&str, &str) {
    match kind {
        LineKind::BuiltIn(built_in) => (built_in.code(), built_in.japanese()),
        LineKind::Item(at) => items.get(at).map_or(("", ""), |item| (item.code.as_str(), item.slip_name.as_str())),
    }
}
