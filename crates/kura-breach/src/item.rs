use std::fmt;

use crate::BreachError;

/// A law that asks for a report. The two are judged separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// 個人情報保護法26条.
    Appi,
    /// 番号法29条の4.
    MyNumber,
}

impl Regime {
    /// Its name in the tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Appi => "appi",
            Self::MyNumber => "mynumber",
        }
    }
}

/// The regimes an incident is judged under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Personal data without My Numbers.
    Appi,
    /// 特定個人情報 alone.
    MyNumber,
    /// Both; also when it is unknown whether My Numbers are included (the Commission's form: answer yes when unknown).
    Both,
}

impl Scope {
    /// The regimes of the scope.
    pub const fn regimes(self) -> &'static [Regime] {
        match self {
            Self::Appi => &[Regime::Appi],
            Self::MyNumber => &[Regime::MyNumber],
            Self::Both => &[Regime::Appi, Regime::MyNumber],
        }
    }
}

/// 報告対象事態: an item (号) of 個人情報保護法施行規則7条 or of 特定個人情報の漏えい等に関する規則2条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// 7条1号 要配慮個人情報.
    R7_1,
    /// 7条2号 財産的被害のおそれ.
    R7_2,
    /// 7条3号 不正の目的のおそれ.
    R7_3,
    /// 7条4号 本人の数.
    R7_4,
    /// 2条1号 行政機関等の情報システム.
    R2_1,
    /// 2条2号 不正の目的のおそれ.
    R2_2,
    /// 2条3号 不特定多数の閲覧.
    R2_3,
    /// 2条4号 本人の数.
    R2_4,
}

impl Item {
    /// All items of both rules.
    pub const ALL: [Self; 8] =
        [Self::R7_1, Self::R7_2, Self::R7_3, Self::R7_4, Self::R2_1, Self::R2_2, Self::R2_3, Self::R2_4];

    /// Article and item as the tables write them: `7-3`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::R7_1 => "7-1",
            Self::R7_2 => "7-2",
            Self::R7_3 => "7-3",
            Self::R7_4 => "7-4",
            Self::R2_1 => "2-1",
            Self::R2_2 => "2-2",
            Self::R2_3 => "2-3",
            Self::R2_4 => "2-4",
        }
    }

    /// The regime of the rule.
    pub const fn regime(self) -> Regime {
        match self {
            Self::R7_1 | Self::R7_2 | Self::R7_3 | Self::R7_4 => Regime::Appi,
            Self::R2_1 | Self::R2_2 | Self::R2_3 | Self::R2_4 => Regime::MyNumber,
        }
    }
}

/// How sure it is that an item applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The facts fulfil it.
    Certain,
    /// A fact that decides is unknown.
    Presumed,
    /// The facts are known, the law needs a person's judgement (a bank account number alone).
    Judgement,
}

/// An item that applies or may apply. Displayed as `7-3`, or `7-4?` when it is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FoundItem {
    /// The item.
    pub item: Item,
    /// How sure it is.
    pub certainty: Certainty,
}

impl FoundItem {
    /// An item the facts fulfil.
    pub const fn certain(item: Item) -> Self {
        Self { item, certainty: Certainty::Certain }
    }

    /// Reads items as reports and tables write them: `7-3`, `7-4?`, `rule7-1+3+4`, `7-3 & 2-2`.
    pub fn read_list(text: &str) -> Result<Vec<Self>, BreachError> {
        let mut found = Vec::new();
        let mut article = None;
        for part in text.split(['+', '&', ',']) {
            let part = part.trim();
            let part = part.strip_prefix("rule").unwrap_or(part);
            let (part, certainty) = match part.strip_suffix('?') {
                Some(part) => (part, Certainty::Presumed),
                None => (part, Certainty::Certain),
            };
            // After the first item the article may be left out: 7-1+3+4.
            let number = match part.split_once('-') {
                Some((named, number)) => {
                    article = Some(named);
                    number
                }
                None => part,
            };
            let wanted = article.map(|article| (article, number));
            let item = Item::ALL.into_iter().find(|item| item.code().split_once('-') == wanted);
            found.push(Self { item: item.ok_or(BreachError::UnknownItem)?, certainty });
        }
        Ok(found)
    }
}

impl fmt::Display for FoundItem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.item.code())?;
        match self.certainty {
            Certainty::Certain => Ok(()),
            Certainty::Presumed | Certainty::Judgement => formatter.write_str("?"),
        }
    }
}
