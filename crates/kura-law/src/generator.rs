use kura_calendar::Date;
use kura_yen::{Exact, Rounding};
use serde::Serialize;

use crate::grid::Grid;
use crate::{Law, LawError};

/// How the printed 月額表 of one year compares with the generator: the parameters of the 電算機計算の特例 give every 甲 and
/// 乙 cell of the printed part, so a mistyped cell shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GeneratorReport {
    /// First 支給日 of the table.
    pub from: String,
    /// 甲 cells compared.
    pub kou_cells: usize,
    /// 乙 cells compared.
    pub otsu_cells: usize,
    /// The cells that differ, in the order of the table.
    pub mismatches: Vec<Mismatch>,
}

/// A cell of the printed table that the generator does not give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// First yen of the row.
    pub row_from: i64,
    /// `kou0` to `kou7` or `otsu`.
    pub column: String,
    /// 税額 as it stands in the table, yen.
    pub printed: i64,
    /// 税額 as the generator computes it, yen.
    pub computed: i64,
}

impl Law {
    /// Computes every printed 甲 and 乙 cell of every year's 月額表 and compares it with the table.
    pub fn generator_reports(&self) -> Result<Vec<GeneratorReport>, LawError> {
        self.withholding.monthly.iter().map(|grid| Generator::of_year(self, grid.slot.from)?.compare(grid)).collect()
    }
}

/// The rule by which the printed table of one year is made.
struct Generator<'law> {
    law: &'law Law,
    on: Date,
    per_person: Exact,
    surtax_factor: Exact,
    kou_unit: i64,
    kou_smallest: i64,
    otsu_unit: i64,
    otsu_high_multiple: Exact,
    otsu_low_multiple: Exact,
}

impl<'law> Generator<'law> {
    fn of_year(law: &'law Law, on: Date) -> Result<Self, LawError> {
        let figure = |key: &str| law.figure("tax_rules", key, on);
        Ok(Self {
            law,
            on,
            per_person: figure("computer_formula.per_person")?.exact()?,
            surtax_factor: figure("table_generator.surtax_factor")?.exact()?,
            kou_unit: figure("computer_formula.unit_yen")?.integer()?,
            kou_smallest: figure("table_generator.smallest_tax_yen")?.integer()?,
            otsu_unit: figure("table_generator.otsu_unit_yen")?.integer()?,
            otsu_high_multiple: figure("table_generator.otsu_high_multiple")?.exact()?,
            otsu_low_multiple: figure("table_generator.otsu_low_multiple")?.exact()?,
        })
    }

    fn compare(&self, grid: &Grid) -> Result<GeneratorReport, LawError> {
        let (mut kou_cells, mut otsu_cells) = (0_usize, 0_usize);
        let mut mismatches = Vec::new();
        let mut compare = |row_from: i64, column: String, printed: i64, computed: i64| {
            if printed != computed {
                mismatches.push(Mismatch { row_from, column, printed, computed });
            }
        };
        for (min_incl, max_excl, kou, otsu) in grid.printed_rows() {
            for (dependents, &printed) in (0_i64..).zip(kou) {
                compare(min_incl, format!("kou{dependents}"), printed, self.kou(min_incl, max_excl, dependents)?);
            }
            compare(min_incl, "otsu".to_owned(), otsu, self.otsu(min_incl)?);
            kou_cells = kou_cells.saturating_add(kou.len());
            otsu_cells = otsu_cells.saturating_add(1);
        }
        Ok(GeneratorReport { from: grid.slot.from.to_string(), kou_cells, otsu_cells, mismatches })
    }

    /// 甲: the tax of the middle of the class, rounded before and after the surtax; the smallest taxes are not taken.
    fn kou(&self, min_incl: i64, max_excl: i64, dependents: i64) -> Result<i64, LawError> {
        let middle = Exact::whole(min_incl).plus(Exact::whole(max_excl))?.divided_by_integer(2)?;
        let base = self.after_deductions(middle)?.minus(self.per_person.times_integer(dependents)?)?;
        let tax = self.plain_tax(base)?.round_to(self.kou_unit, Rounding::HalfUp)?;
        let with_surtax = tax.exact().times(self.surtax_factor)?.round_to(self.kou_unit, Rounding::HalfUp)?.get();
        Ok(if with_surtax < self.kou_smallest { 0 } else { with_surtax })
    }

    /// 乙: what the tax grows by between two multiples of the lower bound of the class, rounded before and after the surtax.
    fn otsu(&self, min_incl: i64) -> Result<i64, LawError> {
        let tax_of_multiple = |multiple: Exact| {
            let pay = Exact::whole(min_incl).times(multiple)?;
            Ok::<_, LawError>(self.plain_tax(self.after_deductions(pay)?)?.round(Rounding::Down)?)
        };
        let growth = tax_of_multiple(self.otsu_high_multiple)? - tax_of_multiple(self.otsu_low_multiple)?;
        let tax = growth.exact().round_to(self.otsu_unit, Rounding::HalfUp)?;
        Ok(tax.exact().times(self.surtax_factor)?.round_to(self.otsu_unit, Rounding::HalfUp)?.get())
    }

    /// Pay less 給与所得控除 (a fraction of a yen raised) and 基礎控除 of a month.
    fn after_deductions(&self, pay: Exact) -> Result<Exact, LawError> {
        let salary_deduction = self.bracket("monthly_salary_deduction", pay)?.round(Rounding::Up)?.exact();
        Ok(pay.minus(salary_deduction)?.minus(self.bracket("monthly_basic_deduction", pay)?)?)
    }

    /// The monthly tax before the surtax.
    fn plain_tax(&self, base: Exact) -> Result<Exact, LawError> {
        if base.is_negative() { Ok(Exact::ZERO) } else { self.bracket("plain_monthly_tax", base) }
    }

    fn bracket(&self, name: &str, amount: Exact) -> Result<Exact, LawError> {
        Ok(self.law.brackets("computer_formula_brackets", name, self.on).value(amount)?.0)
    }
}
