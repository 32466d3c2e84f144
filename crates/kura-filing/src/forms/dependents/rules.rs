use kura_law::LawError;

use crate::record_layout::RecordLayout;
use crate::rule::Demand::{Blank, Filled, OneOf};
use crate::rule::{PlacedRule, Rule, When};

/// The rules of the form: of the insured person, and of each block of a family member.
pub(crate) fn place(layout: &RecordLayout) -> Result<Vec<PlacedRule>, LawError> {
    let mut rules = place_block(INSURED, layout, "")?;
    for (block, own) in [("sp_", SPOUSE), ("dep1_", DEPENDENT), ("dep2_", DEPENDENT)] {
        rules.extend(place_block(FAMILY, layout, block)?);
        rules.extend(place_block(own, layout, block)?);
    }
    Ok(rules)
}

fn place_block(rules: &[Rule], layout: &RecordLayout, block: &str) -> Result<Vec<PlacedRule>, LawError> {
    rules.iter().map(|rule| rule.place(layout, block)).collect()
}

const BEGAN: When = When::Is("change_type", &["1"]);
const ENDED: When = When::Is("change_type", &["2"]);
const ENDED_OR_CHANGED: When = When::Is("change_type", &["2", "3"]);
const BEGAN_OR_CHANGED: When = When::Is("change_type", &["1", "3"]);
const BEGAN_OR_ENDED: When = When::Is("change_type", &["1", "2"]);
const CHANGED: When = When::Is("change_type", &["3"]);
/// The block is in use.
const USED: When = When::Filled("_name_kana");

const INSURED: &[Rule] = &[
    Rule { field: "insured_ref_no", demand: Filled, when: &[ENDED_OR_CHANGED] },
    Rule { field: "basic_pension_no_1", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "insured_income", demand: Blank, when: &[ENDED_OR_CHANGED] },
    Rule { field: "zip1", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "zip2", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "address_kanji", demand: Filled, when: &[When::Blank("my_number")] },
    Rule { field: "zip1", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "zip2", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "address_kanji", demand: Blank, when: &[When::Filled("my_number")] },
    Rule { field: "sp_annual_income", demand: Blank, when: &[ENDED_OR_CHANGED] },
    // Somebody is filed, and the first block comes before the second.
    Rule { field: "dep1_name_kana", demand: Filled, when: &[When::Blank("sp_name_kana")] },
    Rule { field: "dep1_name_kana", demand: Filled, when: &[When::Filled("dep2_name_kana")] },
];

/// What holds for every block.
const FAMILY: &[Rule] = &[
    Rule { field: "_name_kana", demand: Filled, when: &[When::Filled("_name_kanji")] },
    Rule { field: "_name_kana", demand: Filled, when: &[When::Filled("_birth_era")] },
    Rule { field: "_name_kana", demand: Filled, when: &[When::Filled("_relation")] },
    Rule { field: "_name_kana", demand: Filled, when: &[When::Filled("_became_era")] },
    Rule { field: "_name_kana", demand: Filled, when: &[When::Filled("_ended_era")] },
    Rule { field: "_birth_era", demand: Filled, when: &[USED] },
    Rule { field: "_relation", demand: Filled, when: &[USED] },
    Rule { field: "_issue_certificate", demand: Blank, when: &[When::Blank("_name_kana")] },
    // 該当
    Rule { field: "_living", demand: Filled, when: &[USED, BEGAN] },
    Rule { field: "_living", demand: Blank, when: &[ENDED_OR_CHANGED] },
    Rule { field: "_place_code", demand: Blank, when: &[BEGAN_OR_CHANGED] },
    Rule { field: "_became_era", demand: Filled, when: &[USED, BEGAN] },
    Rule { field: "_became_era", demand: Blank, when: &[ENDED] },
    Rule { field: "_became_reason", demand: Filled, when: &[USED, BEGAN] },
    Rule { field: "_became_reason", demand: Blank, when: &[ENDED_OR_CHANGED] },
    Rule { field: "_became_reason_other", demand: Filled, when: &[When::Is("_became_reason", &["5"])] },
    Rule { field: "_job", demand: Filled, when: &[USED, BEGAN] },
    Rule { field: "_job", demand: Blank, when: &[ENDED_OR_CHANGED] },
    Rule { field: "_income", demand: Filled, when: &[USED, BEGAN] },
    // 非該当
    Rule { field: "_ended_era", demand: Filled, when: &[USED, ENDED] },
    Rule { field: "_ended_reason", demand: Filled, when: &[USED, ENDED] },
    Rule { field: "_ended_reason", demand: Blank, when: &[BEGAN_OR_CHANGED] },
    Rule { field: "_ended_reason_other", demand: Filled, when: &[When::Is("_ended_reason", &["6"])] },
    Rule { field: "_ended_reason_other", demand: Blank, when: &[When::IsNot("_ended_reason", &["6"])] },
    // 変更
    Rule { field: "_memo", demand: Filled, when: &[USED, CHANGED] },
    // 海外特例
    Rule { field: "_overseas", demand: OneOf(&["1"]), when: &[When::Filled("_became_era")] },
    Rule { field: "_overseas_reason", demand: Filled, when: &[When::Is("_overseas", &["1"])] },
    Rule { field: "_overseas_reason_other", demand: Filled, when: &[When::Is("_overseas_reason", &["5"])] },
    Rule { field: "_overseas_end_reason", demand: Filled, when: &[When::Is("_overseas", &["2"])] },
    Rule { field: "_overseas_end_reason_other", demand: Filled, when: &[When::Is("_overseas_end_reason", &["2"])] },
    Rule { field: "_moved_in_era", demand: Filled, when: &[When::Is("_overseas_end_reason", &["1"])] },
];

const SPOUSE: &[Rule] = &[
    Rule { field: "_basic_pension_no_1", demand: Filled, when: &[When::Filled("_basic_pension_no_2")] },
    Rule { field: "_basic_pension_no_2", demand: Filled, when: &[When::Filled("_basic_pension_no_1")] },
    Rule { field: "_zip1", demand: Filled, when: &[USED] },
    Rule { field: "_zip2", demand: Filled, when: &[USED] },
    Rule { field: "_address", demand: Filled, when: &[USED] },
    Rule { field: "_died_era", demand: Filled, when: &[When::Is("_ended_reason", &["1"])] },
    Rule { field: "_died_era", demand: Blank, when: &[When::IsNot("_ended_reason", &["1"])] },
    Rule { field: "_overseas", demand: Blank, when: &[When::Filled("_ended_era")] },
    Rule { field: "_overseas_from_era", demand: Filled, when: &[When::Is("_overseas", &["1"])] },
    Rule { field: "_overseas_to_era", demand: Filled, when: &[When::Is("_overseas", &["2"])] },
];

const DEPENDENT: &[Rule] = &[
    Rule { field: "_sex", demand: Filled, when: &[USED] },
    Rule { field: "_relation_other", demand: Filled, when: &[When::Is("_relation", &["10"])] },
    Rule { field: "_relation_other", demand: Blank, when: &[When::IsNot("_relation", &["10"])] },
    Rule { field: "_zip1", demand: Filled, when: &[USED, BEGAN_OR_ENDED] },
    Rule { field: "_zip2", demand: Filled, when: &[USED, BEGAN_OR_ENDED] },
    Rule { field: "_address", demand: Filled, when: &[USED, BEGAN_OR_ENDED] },
];
