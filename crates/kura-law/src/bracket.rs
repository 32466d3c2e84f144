use kura_calendar::Date;
use kura_yen::{Exact, Rounding, Yen};

use crate::sheet::Sheet;
use crate::{CitationId, Law, LawError};

/// 速算表: steps by amount, each `rate x (amount cut to its step) + add`. A flat amount has rate 0.
#[derive(Debug, Clone, Copy)]
pub struct Brackets<'law> {
    law: &'law Law,
    table: &'law str,
    name: &'law str,
    on: Date,
}

/// One step: amounts up to a bound, cut to multiples, times a rate, plus an amount.
#[derive(Debug)]
pub(crate) struct Step {
    upto_incl: Option<i64>,
    cut_to: i64,
    rate: Exact,
    add: i64,
}

impl<'law> Brackets<'law> {
    pub(crate) fn new(law: &'law Law, table: &'law str, name: &'law str, on: Date) -> Self {
        Self { law, table, name, on }
    }

    /// The exact value for an amount, and where its step comes from.
    pub fn value(&self, amount: Exact) -> Result<(Exact, CitationId), LawError> {
        let mut none_in_force = true;
        for row in self.law.rows(self.table, &[self.name], self.on)? {
            none_in_force = false;
            if let Some(step) = row.table.steps.get(row.at).filter(|step| step.holds(amount)) {
                return Ok((step.apply(amount)?, row.citation()));
            }
        }
        if none_in_force {
            return Err(self.law.missing_key_on(self.table, &[self.name], self.on));
        }
        Err(self.law.outside(self.table, &format!("{}の最後の段を超える金額", self.title())))
    }

    /// The name of the 速算表 in Japanese, where the manifest has one.
    pub fn title(&self) -> &'law str {
        let title = self.law.info(self.table).and_then(|info| info.names.get(self.name));
        title.map_or(self.name, String::as_str)
    }

    /// The value for an amount, a fraction rounded by the named rule.
    pub fn rounded(&self, amount: Yen, rounding: Rounding) -> Result<(Yen, CitationId), LawError> {
        let (exact, citation) = self.value(amount.exact())?;
        Ok((exact.round(rounding)?, citation))
    }
}

impl Step {
    /// Reads the steps of a file, row by row; the bounds of one name and start must rise.
    pub(crate) fn read_all(sheet: &Sheet) -> Result<Vec<Self>, LawError> {
        let column = |name: &str| sheet.require(name);
        let (name, from) = (column("name")?, column("from")?);
        let (upto_incl, cut_to, rate, add) = (column("upto_incl")?, column("step")?, column("rate")?, column("add")?);
        let whole = |row: usize, at: usize, named: &str| {
            sheet.cell(row, at).parse::<i64>().map_err(|_| sheet.bad(row, named, "整数ではありません"))
        };
        let mut steps: Vec<Self> = Vec::with_capacity(sheet.rows());
        for row in 0..sheet.rows() {
            let open = sheet.cell(row, upto_incl).is_empty();
            let step = Self {
                upto_incl: if open { None } else { Some(whole(row, upto_incl, "upto_incl")?) },
                cut_to: whole(row, cut_to, "step")?,
                rate: Exact::parse(sheet.cell(row, rate)).map_err(|_| sheet.bad(row, "rate", "数値ではありません"))?,
                add: whole(row, add, "add")?,
            };
            let before = row.checked_sub(1);
            let continues =
                |&before: &usize| [name, from].iter().all(|&at| sheet.cell(before, at) == sheet.cell(row, at));
            let lower = before.filter(continues).and_then(|before| steps.get(before)).map(|before| before.upto_incl);
            let rises =
                lower.is_none_or(|lower| lower.is_some_and(|lower| step.upto_incl.is_none_or(|upto| lower < upto)));
            if !rises {
                return Err(sheet.bad(row, "upto_incl", "前の段より大きくありません"));
            }
            steps.push(step);
        }
        Ok(steps)
    }

    fn holds(&self, amount: Exact) -> bool {
        self.upto_incl.is_none_or(|bound| amount <= Exact::whole(bound))
    }

    fn apply(&self, amount: Exact) -> Result<Exact, LawError> {
        let cut = if self.cut_to > 1 { amount.round_to(self.cut_to, Rounding::Down)?.exact() } else { amount };
        Ok(cut.times(self.rate)?.plus(Exact::whole(self.add))?)
    }
}
