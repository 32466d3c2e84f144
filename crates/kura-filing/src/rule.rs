use kura_law::LawError;

use crate::problem::Report;
use crate::record::Record;
use crate::record_layout::RecordLayout;

/// 項目間の規則: what the other fields of a record demand of one field, by the identifiers of the layout.
///
/// Source: the notes of the layouts (自動チェックの項目表).
pub(crate) struct Rule {
    pub(crate) field: &'static str,
    pub(crate) demand: Demand,
    /// All of them hold.
    pub(crate) when: &'static [When],
}

/// What is demanded of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    Filled,
    Blank,
    OneOf(&'static [&'static str]),
}

/// What is known of another field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Filled(&'static str),
    Blank(&'static str),
    Is(&'static str, &'static [&'static str]),
    IsNot(&'static str, &'static [&'static str]),
}

/// A rule with the positions its layout gives.
pub(crate) struct PlacedRule {
    field: usize,
    demand: Demand,
    when: Vec<(usize, When)>,
}

impl Rule {
    /// The rule in a layout; `block` goes before every identifier that begins with `_` (`dep1_`).
    pub(crate) fn place(&self, layout: &RecordLayout, block: &str) -> Result<PlacedRule, LawError> {
        let position = |name: &str| match name.strip_prefix('_') {
            Some(name) => layout.require(&format!("{block}{name}")),
            None => layout.require(name),
        };
        let when = self.when.iter().map(|when| Ok((position(when.field())?, *when)));
        Ok(PlacedRule {
            field: position(self.field)?,
            demand: self.demand,
            when: when.collect::<Result<_, LawError>>()?,
        })
    }
}

impl PlacedRule {
    /// The field is filled, whatever the others hold.
    pub(crate) fn filled(layout: &RecordLayout, field: &'static str) -> Result<Self, LawError> {
        Rule { field, demand: Demand::Filled, when: &[] }.place(layout, "")
    }

    pub(crate) fn check(&self, record: Record<'_>, layout: &RecordLayout, report: &mut Report) {
        if self.is_met(record) || !self.when.iter().all(|(at, when)| when.holds(record.at(*at))) {
            return;
        }
        let Some(field) = layout.field(self.field) else { return };
        let name = &field.name_ja;
        let (message, remedy) = match self.demand {
            Demand::Filled => (format!("「{name}」が入力されていません"), "入力してください。".to_owned()),
            Demand::Blank => (format!("「{name}」は空欄にする項目です"), "空欄にしてください。".to_owned()),
            Demand::OneOf(codes) => {
                (format!("「{name}」に使えない値です"), format!("{}のどれかにしてください。", codes.join("・")))
            }
        };
        report.add_in(field, message, format!("{}{remedy}", self.condition(layout)));
    }

    fn is_met(&self, record: Record<'_>) -> bool {
        let value = record.at(self.field);
        match self.demand {
            Demand::Filled => !value.is_empty(),
            Demand::Blank => value.is_empty(),
            Demand::OneOf(codes) => value.is_empty() || codes.contains(&value),
        }
    }

    /// 「備考欄項目１」が1のときは、
    fn condition(&self, layout: &RecordLayout) -> String {
        let words = self.when.iter().filter_map(|(at, when)| Some(when.words(&layout.field(*at)?.name_ja)));
        let words: Vec<String> = words.collect();
        if words.is_empty() { String::new() } else { format!("{}のときは、", words.join("、かつ")) }
    }
}

impl When {
    const fn field(self) -> &'static str {
        match self {
            Self::Filled(field) | Self::Blank(field) | Self::Is(field, _) | Self::IsNot(field, _) => field,
        }
    }

    fn holds(self, value: &str) -> bool {
        match self {
            Self::Filled(_) => !value.is_empty(),
            Self::Blank(_) => value.is_empty(),
            Self::Is(_, codes) => codes.contains(&value),
            Self::IsNot(_, codes) => !codes.contains(&value),
        }
    }

    fn words(self, name: &str) -> String {
        match self {
            Self::Filled(_) => format!("「{name}」が記入済み"),
            Self::Blank(_) => format!("「{name}」が空欄"),
            Self::Is(_, codes) => format!("「{name}」が{}", codes.join("か")),
            Self::IsNot(_, codes) => format!("「{name}」が{}以外", codes.join("か")),
        }
    }
}
