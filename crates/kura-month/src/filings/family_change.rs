//! 変更: what an already filed dependant is, and was before.

use kura_calendar::{Date, Wareki};
use kura_model::FamilyMember;

/// The days on which something changed of a member who was a dependant before and after, each with the words of 備考.
pub(super) fn changes(facts: &[(Date, FamilyMember)]) -> impl Iterator<Item = (Date, String)> {
    let pairs = facts.iter().zip(facts.iter().skip(1));
    pairs.filter_map(|((_, before), (on, after))| {
        let dependent = |member: &FamilyMember| {
            member.health_dependent_from.is_some_and(|from| from < *on)
                && member.health_dependent_to.is_none_or(|to| *on < to)
        };
        let memo = memo(before, after);
        (dependent(before) && dependent(after) && !memo.is_empty()).then_some((*on, memo))
    })
}

/// Which of the facts of the form changed, with the value they had: 「氏名変更（旧 日向　瑞樹）」.
fn memo(before: &FamilyMember, after: &FamilyMember) -> String {
    let mut words = Vec::new();
    let name = |member: &FamilyMember| {
        let part = |text: &Option<kura_model::Text>| text.as_ref().map_or("", |text| text.as_str()).to_owned();
        format!("{}　{}", part(&member.family_name), part(&member.given_name))
    };
    let kana = |member: &FamilyMember| (member.family_kana.clone(), member.given_kana.clone());
    if name(before) != name(after) {
        words.push(format!("氏名変更（旧　{}）", name(before)));
    } else if kana(before) != kana(after) {
        words.push("フリガナ訂正".to_owned());
    }
    if before.birth_date != after.birth_date {
        let day = before.birth_date.and_then(|day| Wareki::of(day).ok());
        words.push(format!("生年月日訂正（旧　{}）", day.map_or_else(|| "不明".to_owned(), |day| day.to_string())));
    }
    if before.sex != after.sex {
        words.push(format!("性別訂正（旧　{}）", before.sex.map_or("不明", |sex| sex.japanese())));
    }
    if before.relation != after.relation {
        words.push(format!("続柄変更（旧　{}）", before.relation.map_or("不明", |relation| relation.japanese())));
    }
    match (before.living_together, after.living_together) {
        (true, false) => words.push("別居（旧　同居）".to_owned()),
        (false, true) => words.push("同居（旧　別居）".to_owned()),
        (false, false) if before.address != after.address => words.push("住所変更".to_owned()),
        (true, true) | (false, false) => {}
    }
    words.join("、")
}
