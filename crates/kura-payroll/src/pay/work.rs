use kura_model::ProrationMethod;
use kura_yen::{Exact, Yen, YenError};

use super::amounts::ItemAmount;
use super::person::{Contract, PersonMonth};
use super::proration::{Coverage, proration_method};
use super::slip::{Line, Slip};
use super::trace::{Reason, Trace};
use super::{PayError, PayPlan};

/// Buffers that are used again from slip to slip: nothing of one person is seen by the next.
#[derive(Debug, Default)]
pub struct Scratch {
    amounts: Vec<ItemAmount>,
}

/// One slip while it is made: what follows from plan and person before any yen.
#[derive(Clone, Copy)]
pub(super) struct Work<'run> {
    pub(super) plan: &'run PayPlan<'run>,
    pub(super) person: &'run PersonMonth,
    /// The contract of the last paid day; where no day is paid, that of the variable period.
    pub(super) contract: &'run Contract,
    /// The 標準 item of this contract.
    pub(super) base_line: usize,
    pub(super) coverage: Coverage,
    pub(super) proration: ProrationMethod,
}

/// The lines of one side of a slip, each with its reason.
pub(crate) struct Lines<'run, T> {
    pub(crate) lines: &'run mut Vec<Line>,
    pub(crate) trace: &'run mut T,
}

impl<T: Trace> Lines<'_, T> {
    /// Enters a line. Its reason is made only when somebody listens.
    pub(crate) fn enter(&mut self, line: Line, reason: impl FnOnce() -> Reason) {
        self.trace.reason(line.kind, reason);
        self.lines.push(line);
    }

    /// The sum of what stands there.
    pub(crate) fn sum(&self) -> Yen {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

impl PayPlan<'_> {
    /// The slip of one person. The same inputs give the same slip; with `()` as trace no reason is made.
    pub fn pay<T: Trace>(&self, person: &PersonMonth, trace: &mut T) -> Result<Slip, PayError> {
        let lines = self.items.len().saturating_add(8);
        let mut slip =
            Slip { pay: Vec::with_capacity(lines), deductions: Vec::with_capacity(lines), ..Slip::default() };
        self.pay_into(person, &mut Scratch::default(), &mut slip, trace)?;
        Ok(slip)
    }

    /// The slip of one person, into memory that is used again: what [`Self::pay`] does, for many people. After an error the
    /// slip holds nothing to be used.
    pub fn pay_into<T: Trace>(
        &self,
        person: &PersonMonth,
        scratch: &mut Scratch,
        slip: &mut Slip,
        trace: &mut T,
    ) -> Result<(), PayError> {
        slip.clear();
        let work = Work::new(self, person);
        let amounts = &mut scratch.amounts;
        let base = work.amounts(amounts)?;

        let mut pay = Lines { lines: &mut slip.pay, trace };
        work.pay_lines(&base, amounts, &mut pay)?;
        slip.gross = pay.sum();
        let free = work.tax_free(pay.lines, pay.trace)?;
        slip.tax_free = free.total;
        slip.bases = work.bases(&slip.pay);
        slip.bases.taxable_commuting = free.taxable_commuting;
        slip.bases.partial_month = base.partial;

        let mut deductions = Lines { lines: &mut slip.deductions, trace };
        work.social_lines(&mut deductions)?;
        work.employment_line(slip.bases.labor_wage, &mut deductions)?;
        slip.bases.social_insurance = deductions.sum();
        let gross_taxed = slip.gross - slip.tax_free;
        slip.taxable = gross_taxed - slip.bases.social_insurance;
        work.income_tax_line(gross_taxed, slip.taxable, &slip.pay, &mut deductions)?;
        work.inhabitant_lines(&mut deductions);
        work.other_deductions(base.amount, amounts, &mut deductions)?;
        work.in_kind_line(&slip.pay, &mut deductions);
        work.settlement_lines(slip.gross, &mut deductions)?;

        slip.deduction_total = deductions.sum();
        slip.net = slip.gross - slip.deduction_total;
        Ok(slip.verify()?)
    }
}

impl<'run> Work<'run> {
    pub(super) fn new(plan: &'run PayPlan<'run>, person: &'run PersonMonth) -> Self {
        let contract = person.contracts.last().unwrap_or(&person.variable_contract);
        Self {
            plan,
            person,
            contract,
            base_line: plan.base_line(contract),
            coverage: Coverage::of(plan, person),
            proration: proration_method(plan, person),
        }
    }
}

/// Hours of a number of minutes, exact.
pub(super) fn hours(minutes: i64) -> Result<Exact, YenError> {
    Exact::ratio(minutes, 60)
}

pub(super) fn unknown(what: &str) -> PayError {
    PayError::Unknown { what: what.to_owned() }
}
