use kura_model::{ItemKind, ItemTaxClass, RemunerationClass};
use kura_payroll::pay::{FixedAmount, Item, Meals, VariableAmount};
use kura_yen::{Rounding, Yen};

use crate::person::PersonFacts;
use crate::stop::Stop;

/// The rows of a person that give an item an amount.
#[derive(Clone, Copy)]
pub(crate) struct Given<'rows> {
    pub(crate) fixed: &'rows [FixedAmount],
    pub(crate) variable: &'rows [VariableAmount],
}

impl PersonFacts<'_> {
    /// 食事 given in kind, where an item pays it: 食事の価額 from the items 情報 of the 課税区分 食事, what the person pays from its 控除.
    /// Neither is nothing because it has no row.
    pub(crate) fn meals(&self, rows: Given<'_>) -> Result<Option<Meals>, Stop> {
        let in_kind =
            |item: &Item| is_meal(item, ItemKind::Earning) && item.class.remuneration == RemunerationClass::InKind;
        if self.sum(rows, in_kind)?.is_none_or(|given| given == Yen::ZERO) {
            return Ok(None);
        }
        let value = self.sum(rows, |item| is_meal(item, ItemKind::Information))?;
        let borne = self.sum(rows, |item| is_meal(item, ItemKind::Deduction))?;
        Ok(Some(Meals {
            value: value.ok_or_else(|| unknown("食事の価額", "情報"))?,
            borne_by_employee: borne.ok_or_else(|| unknown("食事の本人負担額", "控除"))?,
        }))
    }

    /// What the rows of some items come to at the end of the period; `None` without a row.
    fn sum(&self, rows: Given<'_>, of: impl Fn(&Item) -> bool) -> Result<Option<Yen>, Stop> {
        let is_one = |at: usize| self.group.plan.items.get(at).is_some_and(&of);
        let mut amounts = Vec::new();
        for fixed in rows.fixed.iter().filter(|fixed| is_one(fixed.item)) {
            amounts.extend(fixed.spans.last().map(|amount| amount.round(Rounding::HalfUp)).transpose()?);
        }
        amounts.extend(rows.variable.iter().filter(|variable| is_one(variable.item)).map(|variable| variable.amount));
        Ok((!amounts.is_empty()).then(|| amounts.into_iter().sum()))
    }
}

fn is_meal(item: &Item, kind: ItemKind) -> bool {
    item.kind == kind && item.class.tax == ItemTaxClass::Meal
}

fn unknown(what: &str, kind: &str) -> Stop {
    let sentence = format!("{what}が分からないため、食事の現物支給に課税するか決められません。");
    let remedy = format!(
        "区分「{kind}」・課税区分「食事」の項目の固定支給か変動支給に、1か月の{what}（なければ0）を記入してください。"
    );
    Stop::reason("固定支給", "meals_unknown", sentence, remedy)
}
