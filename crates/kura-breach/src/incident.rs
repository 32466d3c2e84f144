/// A fact as it is known at the moment of judging.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// It is so.
    Yes,
    /// It is certainly not so.
    No,
    /// Not known, or not examined.
    Unknown,
}

impl Fact {
    /// True only when both are; unknown when one decides and is unknown.
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }
}

/// What happened (漏えい等). A suspicion (おそれ) counts the same as the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 漏えい or its suspicion.
    Leak,
    /// 滅失 or its suspicion.
    Loss,
    /// 毀損 or its suspicion.
    Damage,
    /// 滅失・毀損 while identical data are kept elsewhere: neither, but a leak may remain.
    IdenticalBackup,
    /// All recovered before a third party saw it: no leak.
    RecoveredUnseen,
    /// Left open to many by electronic means.
    Exposed,
    /// Use against 番号法9条.
    UseAgainstArticle9,
    /// Provision against 番号法19条.
    ProvisionAgainstArticle19,
    /// Not known yet.
    Unknown,
}

/// 本人の数.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Persons {
    /// The persons counted so far.
    pub at_least: u32,
    /// The largest possible number; `None` when no one can say.
    pub at_most: Option<u32>,
}

impl Persons {
    /// A finished count.
    pub const fn counted(number: u32) -> Self {
        Self { at_least: number, at_most: Some(number) }
    }

    /// Not counted; the largest possible number stands for it (unknown number: use the maximum possible).
    pub const fn at_most(number: u32) -> Self {
        Self { at_least: 0, at_most: Some(number) }
    }

    /// Neither counted nor bounded.
    pub const UNKNOWN: Self = Self { at_least: 0, at_most: None };

    /// Whether there are more persons than the threshold. While no one can say, an incident concerns one person at least.
    pub fn more_than(self, threshold: u32) -> Fact {
        match self.at_most {
            _ if self.at_least > threshold => Fact::Yes,
            Some(at_most) if at_most > threshold => Fact::Yes,
            Some(_) => Fact::No,
            None if threshold == 0 => Fact::Yes,
            None => Fact::Unknown,
        }
    }
}

/// Whether misuse of the data can cause damage to property (財産的被害).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PropertyRisk {
    /// Yes (card numbers, login and password of a payment service), no, or unknown.
    Known(Fact),
    /// A bank account number alone: judged by likelihood, by a person.
    BankAccountOnly,
}

/// The legal class of the handler whose data it is (the client).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientClass {
    /// 民間事業者.
    Private,
    /// 行政機関等: lower threshold of persons.
    AdministrativeOrgan,
    /// 規律移行法人 (public universities and hospitals): judged like private handlers.
    RegulatedTransitionBody,
    /// Not recorded: the stricter reading is presumed.
    Unknown,
}

/// The facts of an incident for one handler. No fact names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Incident {
    /// Legal class of the handler.
    pub client_class: ClientClass,
    /// What happened.
    pub kind: Kind,
    /// 本人の数.
    pub persons: Persons,
    /// 要配慮個人情報 included.
    pub sensitive: Fact,
    /// 財産的被害のおそれ.
    pub property_risk: PropertyRisk,
    /// 不正の目的のおそれ (unauthorised access, ransomware, theft, an insider).
    pub unlawful: Fact,
    /// 特定個人情報 open to an unspecified many by electronic means.
    pub public_view: Fact,
    /// 特定個人情報 in a system that a public body, or its delegate, uses.
    pub public_body_system: Fact,
    /// 高度な暗号化 with the means of reading properly managed at the time of the incident.
    pub encrypted_key_safe: Fact,
}
