//! 差引不足額: deductions of the law and of agreements that the pay does not cover. Nothing is transferred; somebody has to ask for it.

use kura_book::Finding;
use kura_model::ShortfallHandling;
use kura_yen::Yen;

use super::of_person;
use crate::client_month::PaidPerson;

/// A net below zero, with what is to be done about it. The amount stands on the slip and in 支給控除一覧表.
pub(super) fn check(person: &PaidPerson<'_>) -> Option<Finding> {
    if person.slip.shortfall() == Yen::ZERO {
        return None;
    }
    let words = "差引支給額が不足しています。振込はありません。不足額は明細と支給控除一覧表にあります。";
    let remedy = match person.facts.group.plan.rules.shortfall_handling {
        ShortfallHandling::AdvancedByEmployer => "会社が立て替え、協定のとおり次の給与から返してもらいます。",
        _ => "本人に請求し、納めた日と額を控えてください。",
    };
    Some(of_person(person, ("給与履歴", Some("差引不足額")), "net_below_zero", words, remedy))
}
