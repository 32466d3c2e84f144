use kura_law::CitationId;
use kura_yen::Exact;

use super::slip::LineKind;
use crate::formula::Step;

/// Why a line has its amount: the inputs, the exact result before its rounding, the figures of law.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason {
    /// The inputs in words, for example `("標準報酬月額", "260000")`.
    pub inputs: Vec<(&'static str, String)>,
    /// The exact result before rounding, where there was one.
    pub exact: Option<Exact>,
    /// The rounding, in words.
    pub rounding: Option<&'static str>,
    /// The steps of a formula.
    pub steps: Vec<Step>,
    /// The figures of law.
    pub citations: Vec<CitationId>,
}

/// Who listens while a slip is computed. With `()` no reason is ever made.
pub trait Trace {
    /// True when reasons are wanted.
    const LISTENS: bool;
    /// Takes the reason of a line.
    fn reason(&mut self, line: LineKind, reason: impl FnOnce() -> Reason);
}

impl Trace for () {
    const LISTENS: bool = false;
    fn reason(&mut self, _: LineKind, _: impl FnOnce() -> Reason) {}
}

/// Keeps every reason, in the order of the work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traced {
    /// The reasons by line.
    pub reasons: Vec<(LineKind, Reason)>,
}

impl Trace for Traced {
    const LISTENS: bool = true;
    fn reason(&mut self, line: LineKind, reason: impl FnOnce() -> Reason) {
        self.reasons.push((line, reason()));
    }
}
