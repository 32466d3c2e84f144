use kura_calendar::Date;
use kura_law::{CitationId, Figure, Law, LawError, RowRef};

use crate::clock::days_of_final_report;
use crate::{BreachError, Certainty, ClientClass, Fact, FoundItem, Incident, Item, Kind, PropertyRisk, Regime, Scope};

/// What is to be done, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 高度な暗号化等: outside every item, also the notice to persons.
    Excluded,
    /// 報告対象外.
    NotReportable,
    /// Below the items; a report is to be endeavoured (番号法).
    Voluntary,
    /// The rules end here: a person decides.
    NeedsHuman,
    /// A fact is unknown that could trigger: treated as reportable until it is known.
    PresumedReportable,
    /// 報告対象事態.
    Reportable,
}

impl Verdict {
    /// The verdict as programs read it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::NotReportable => "not_reportable",
            Self::Voluntary => "voluntary",
            Self::NeedsHuman => "needs_human",
            Self::PresumedReportable => "presumed_reportable",
            Self::Reportable => "reportable",
        }
    }
}

/// The verdict on an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Of two regimes the graver verdict.
    pub verdict: Verdict,
    /// The items that apply or may apply, in the order of the rules; empty where a person decides whether there is a breach.
    pub items: Vec<FoundItem>,
    /// Days of the 確報, the fewest of any reading; `None` when nothing is to be reported.
    pub final_days: Option<u16>,
    /// The rows of law it stands on.
    pub citations: Vec<CitationId>,
}

/// Judges an incident under the rules in force on the day of knowledge (in Japan).
pub fn assess(scope: Scope, incident: &Incident, known_on: Date, law: &Law) -> Result<Assessment, BreachError> {
    let mut whole =
        Assessment { verdict: Verdict::Excluded, items: Vec::new(), final_days: None, citations: Vec::new() };
    for &regime in scope.regimes() {
        let one = assess_under(regime, incident, known_on, law)?;
        whole.verdict = whole.verdict.max(one.verdict);
        whole.items.extend(one.items);
        whole.final_days = match (whole.final_days, one.final_days) {
            (Some(days), Some(other)) => Some(days.min(other)),
            (days, other) => days.or(other),
        };
        whole.citations.extend(one.citations);
    }
    Ok(whole)
}

fn assess_under(regime: Regime, incident: &Incident, known_on: Date, law: &Law) -> Result<Assessment, BreachError> {
    let settled = |verdict, rule: Figure<'_>| Assessment {
        verdict,
        items: Vec::new(),
        final_days: None,
        citations: vec![rule.citation()],
    };
    let rule = |key: &str| law.figure("breach_rules", key, known_on);
    if incident.encrypted_key_safe == Fact::Yes {
        return Ok(settled(Verdict::Excluded, rule("high_encryption.excludes")?));
    }
    if incident.kind == Kind::RecoveredUnseen {
        return Ok(settled(Verdict::NotReportable, rule("not_a_breach.leak_recovered_before_seen")?));
    }
    let (mut items, mut consulted) = (Vec::new(), Vec::new());
    for item in Item::ALL.into_iter().filter(|item| item.regime() == regime) {
        let row = law.row("breach_triggers", &[regime.code(), item.code()], known_on)?;
        consulted.push(row.citation());
        if let Some(certainty) = certainty(&row, incident)? {
            items.push(FoundItem { item, certainty });
        }
    }
    if items.is_empty() {
        let rule = rule(match regime {
            Regime::Appi => "below_threshold.appi",
            Regime::MyNumber => "below_threshold.mynumber",
        })?;
        let endeavoured = rule.text()? == "endeavour";
        let mut below = settled(if endeavoured { Verdict::Voluntary } else { Verdict::NotReportable }, rule);
        below.citations.extend(consulted);
        return Ok(below);
    }
    let mut citations = Vec::new();
    let final_days = days_of_final_report(regime, &items, known_on, law, &mut citations)?;
    let verdict = if !is_surely_a_breach(regime, incident.kind) {
        items.clear();
        Verdict::NeedsHuman
    } else if incident.encrypted_key_safe == Fact::Unknown {
        citations.push(rule("high_encryption.key_unknown_exempts")?.citation());
        Verdict::PresumedReportable
    } else {
        verdict_of(&items)
    };
    Ok(Assessment { verdict, items, final_days: Some(final_days), citations })
}

/// Whether the facts fulfil an item, and how surely; `None` when they do not.
fn certainty(row: &RowRef<'_>, incident: &Incident) -> Result<Option<Certainty>, LawError> {
    let mut certain = Certainty::Certain;
    let fact = match row.text("fact")? {
        "sensitive" => incident.sensitive,
        "property_risk" => match incident.property_risk {
            PropertyRisk::Known(fact) => fact,
            PropertyRisk::BankAccountOnly => {
                certain = Certainty::Judgement;
                Fact::Yes
            }
        },
        "unlawful" => incident.unlawful,
        "public_view" => incident.public_view,
        "public_body_system" => incident.public_body_system,
        // The number of persons alone.
        "persons" => Fact::Yes,
        _ => return Err(broken_trigger("fact")),
    };
    Ok(match fact.and(enough_persons(row, incident)?) {
        Fact::Yes => Some(certain),
        Fact::Unknown => Some(Certainty::Presumed),
        Fact::No => None,
    })
}

fn enough_persons(row: &RowRef<'_>, incident: &Incident) -> Result<Fact, LawError> {
    let more_than = |column: &str| {
        let threshold = u32::try_from(row.integer(column)?).map_err(|_| broken_trigger(column))?;
        Ok::<_, LawError>(incident.persons.more_than(threshold))
    };
    let private = more_than("persons_over")?;
    let organ = more_than("persons_over_administrative_organ")?;
    Ok(match incident.client_class {
        ClientClass::Private | ClientClass::RegulatedTransitionBody => private,
        ClientClass::AdministrativeOrgan => organ,
        ClientClass::Unknown if private == organ => private,
        ClientClass::Unknown => Fact::Unknown,
    })
}

/// False where only a person can say that the event is 漏えい等 at all: identical data are kept elsewhere (only a leak may
/// remain), or the event is one of 番号法 alone and 個人情報保護法 is asked.
fn is_surely_a_breach(regime: Regime, kind: Kind) -> bool {
    match kind {
        Kind::IdenticalBackup => false,
        Kind::UseAgainstArticle9 | Kind::ProvisionAgainstArticle19 => regime == Regime::MyNumber,
        Kind::Leak | Kind::Loss | Kind::Damage | Kind::RecoveredUnseen | Kind::Exposed | Kind::Unknown => true,
    }
}

fn verdict_of(items: &[FoundItem]) -> Verdict {
    let any = |certainty| items.iter().any(|found| found.certainty == certainty);
    if any(Certainty::Certain) {
        Verdict::Reportable
    } else if any(Certainty::Presumed) {
        Verdict::PresumedReportable
    } else {
        Verdict::NeedsHuman
    }
}

fn broken_trigger(column: &str) -> LawError {
    let (file, column) = ("breach/triggers_rules.csv".to_owned(), column.to_owned());
    LawError::BadCell { file, row: 0, column, reason: "unknown spelling".to_owned() }
}
