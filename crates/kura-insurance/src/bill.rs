use kura_yen::{Exact, Rounding, Yen, YenError};

use crate::premium::{HealthPremium, PensionPremium};

/// 納入告知額 by our own count: the unrounded premiums of every insured person of an establishment and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmployerBill {
    health: Exact,
    pension: Exact,
    child_contribution: Exact,
}

/// The lines of the bill, yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillLines {
    /// 健康勘定: health, care and support levy.
    pub health: Yen,
    /// 厚生年金勘定.
    pub pension: Yen,
    /// 子ども・子育て拠出金.
    pub child_contribution: Yen,
}

impl EmployerBill {
    /// A bill without anyone.
    pub const EMPTY: Self = Self { health: Exact::ZERO, pension: Exact::ZERO, child_contribution: Exact::ZERO };

    /// Adds the health premium of a person.
    pub fn add_health(&mut self, premium: &HealthPremium) -> Result<(), YenError> {
        self.health = self.health.plus(premium.full_total()?)?;
        Ok(())
    }

    /// Adds the pension premium of a person and the contribution beside it.
    pub fn add_pension(&mut self, premium: &PensionPremium) -> Result<(), YenError> {
        self.pension = self.pension.plus(premium.full)?;
        self.child_contribution = self.child_contribution.plus(premium.child_contribution)?;
        Ok(())
    }

    /// Adds full amounts as they are: those of 二以上勤務, which the pension office notifies; below zero they take a person out.
    pub fn add(&mut self, health: Exact, pension: Exact, child_contribution: Exact) -> Result<(), YenError> {
        self.health = self.health.plus(health)?;
        self.pension = self.pension.plus(pension)?;
        self.child_contribution = self.child_contribution.plus(child_contribution)?;
        Ok(())
    }

    /// The lines, the fraction of each sum dropped (国等の債権債務等の金額の端数計算に関する法律2条).
    /// The employer's share is what the bill leaves after the employees' shares.
    pub fn lines(&self) -> Result<BillLines, YenError> {
        Ok(BillLines {
            health: self.health.round(Rounding::Down)?,
            pension: self.pension.round(Rounding::Down)?,
            child_contribution: self.child_contribution.round(Rounding::Down)?,
        })
    }
}
