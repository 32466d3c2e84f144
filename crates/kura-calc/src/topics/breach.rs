//! 漏えい等報告: the clocks and the triggers.

use kura_breach::{
    ClientClass, Fact, FoundItem, Incident, Kind, Persons, PropertyRisk, Regime, Scope, assess, final_report,
    prompt_report,
};
use kura_law::Law;

use super::figures_day::pack_day;
use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

const REGIMES: [(&str, Regime); 2] = [("appi", Regime::Appi), ("mynumber", Regime::MyNumber)];
const SCOPES: [(&str, Scope); 3] = [("appi", Scope::Appi), ("mynumber", Scope::MyNumber), ("both", Scope::Both)];
const CLIENT_CLASSES: [(&str, ClientClass); 4] = [
    ("private", ClientClass::Private),
    ("administrative_organ", ClientClass::AdministrativeOrgan),
    ("regulated_transition_body", ClientClass::RegulatedTransitionBody),
    ("unknown", ClientClass::Unknown),
];
const KINDS: [(&str, Kind); 13] = [
    ("leak", Kind::Leak),
    ("suspected_leak", Kind::Leak),
    ("loss", Kind::Loss),
    ("suspected_loss", Kind::Loss),
    ("damage", Kind::Damage),
    ("suspected_damage", Kind::Damage),
    ("loss_with_identical_backup", Kind::IdenticalBackup),
    ("damage_with_identical_backup", Kind::IdenticalBackup),
    ("leak_recovered_before_seen", Kind::RecoveredUnseen),
    ("exposed", Kind::Exposed),
    ("use_against_art9", Kind::UseAgainstArticle9),
    ("provision_against_art19", Kind::ProvisionAgainstArticle19),
    ("unknown", Kind::Unknown),
];
const FACTS: [(&str, Fact); 3] = [("yes", Fact::Yes), ("no", Fact::No), ("unknown", Fact::Unknown)];
const KEY_FACTS: [(&str, Fact); 4] =
    [("yes", Fact::Yes), ("no", Fact::No), ("key_unknown", Fact::Unknown), ("unknown", Fact::Unknown)];
const PROPERTY_RISKS: [(&str, PropertyRisk); 4] = [
    ("yes", PropertyRisk::Known(Fact::Yes)),
    ("no", PropertyRisk::Known(Fact::No)),
    ("unknown", PropertyRisk::Known(Fact::Unknown)),
    ("bank_account_only", PropertyRisk::BankAccountOnly),
];
/// The largest number of persons a request may name: more than live in Japan.
const PERSONS_MAX: i64 = 200_000_000;

/// `breach_clock`: 速報 and 確報 of one regime from the day of knowledge in Japan.
pub(crate) fn breach_clock(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let regime = request.choice("regime", &REGIMES)?;
    let known_on = request.jst_day("known_at")?;
    let triggers = triggers(request)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(regime), Some(known_on)) = (regime, known_on) {
        let prompt = prompt_report(regime, known_on, law)?;
        answer.fields().date("prompt_day3", prompt.alarm);
        answer.fields().date("prompt_day5", prompt.limit);
        answer.cite(prompt.citations);
        if let Some(items) = triggers {
            let limit = final_report(regime, known_on, &items, law)?;
            answer.fields().integer("final_days", i64::from(limit.days));
            answer.fields().date("final_raw_day", limit.raw_day);
            answer.fields().date("final_due", limit.due);
            answer.fields().objects("rolled_over", &limit.passed_over, |day, (closed, why)| {
                day.date("date", *closed);
                day.text("reason", &why.to_string());
            });
            answer.cite(limit.citations);
        }
    }
    answer.or_missing(request, &["regime", "known_at"])
}

/// `breach_trigger`: whether an incident is to be reported, under the rules in force when it became known.
pub(crate) fn breach_trigger(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let scope = request.choice("regime", &SCOPES)?;
    let kind = request.choice("kind", &KINDS)?;
    let known_on = request.jst_day("known_at")?.map_or_else(|| pack_day(law), Ok)?;
    let client_class = request.choice("client_class", &CLIENT_CLASSES)?.unwrap_or(ClientClass::Private);
    let persons = persons(request)?;
    let sensitive = fact(request, "sensitive")?;
    let property_risk = request.choice("property_risk", &PROPERTY_RISKS)?;
    let property_risk = property_risk.unwrap_or(PropertyRisk::Known(Fact::Unknown));
    let unlawful = fact(request, "unlawful")?;
    let public_view = fact(request, "public_view")?;
    let public_body_system = fact(request, "public_body_system")?;
    let encrypted_key_safe = request.choice("encrypted_key_safe", &KEY_FACTS)?.unwrap_or(Fact::Unknown);
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(scope), Some(kind)) = (scope, kind) {
        let incident = Incident {
            client_class,
            kind,
            persons,
            sensitive,
            property_risk,
            unlawful,
            public_view,
            public_body_system,
            encrypted_key_safe,
        };
        let assessment = assess(scope, &incident, known_on, law)?;
        let items: Vec<String> = assessment.items.iter().map(FoundItem::to_string).collect();
        answer.fields().text("verdict", assessment.verdict.code());
        answer.fields().texts("items", items.iter().map(String::as_str));
        match assessment.final_days {
            Some(days) => answer.fields().integer("final_days", i64::from(days)),
            None => answer.fields().null("final_days"),
        }
        answer.cite(assessment.citations);
    }
    answer.or_missing(request, &["regime", "kind"])
}

/// A fact that is not given is unknown, and unknown never means no.
fn fact(request: &mut Request<'_>, name: &str) -> Result<Fact, CalcError> {
    Ok(request.choice(name, &FACTS)?.unwrap_or(Fact::Unknown))
}

/// One text (`"rule7-1+3+4"`) or a list of texts (`["7-1","7-3"]`).
fn triggers(request: &mut Request<'_>) -> Result<Option<Vec<FoundItem>>, CalcError> {
    let texts = match request.text("triggers") {
        Ok(Some(text)) => vec![text],
        Ok(None) => return Ok(None),
        Err(_) => request.texts("triggers")?.unwrap_or_default(),
    };
    let mut items = Vec::new();
    for text in &texts {
        items.extend(FoundItem::read_list(text)?);
    }
    Ok(Some(items))
}

/// The count in `persons`, the largest possible number in `upper_bound`; each a number or `"unknown"`.
fn persons(request: &mut Request<'_>) -> Result<Persons, CalcError> {
    let count = number_or_unknown(request, "persons")?;
    let bound = number_or_unknown(request, "upper_bound")?;
    Ok(match (count, bound) {
        (Number::Known(count), Number::NotGiven) => Persons::counted(count),
        (Number::Known(count), Number::Known(bound)) => Persons { at_least: count, at_most: Some(bound.max(count)) },
        (Number::Known(count), Number::Unknown) => Persons { at_least: count, at_most: None },
        (Number::NotGiven | Number::Unknown, Number::Known(bound)) => Persons::at_most(bound),
        (Number::NotGiven | Number::Unknown, Number::NotGiven | Number::Unknown) => Persons::UNKNOWN,
    })
}

enum Number {
    NotGiven,
    Unknown,
    Known(u32),
}

fn number_or_unknown(request: &mut Request<'_>, name: &str) -> Result<Number, CalcError> {
    if matches!(request.choice(name, &[("unknown", ())]), Ok(Some(()))) {
        return Ok(Number::Unknown);
    }
    Ok(request.integer(name, 0..=PERSONS_MAX)?.map_or(Number::NotGiven, Number::Known))
}
