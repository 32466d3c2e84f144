//! The triggers: every row of the trigger vectors, both sides of every threshold, and "unknown never means no".

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_breach::{
    Assessment, BreachError, ClientClass, Fact, FoundItem, Incident, Kind, Persons, PropertyRisk, Regime, Scope,
    Verdict, assess,
};
use kura_calendar::{Date, parse_iso_date};
use kura_law::{Law, LawError};
use proptest::prelude::*;

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

fn judge(scope: Scope, incident: &Incident) -> Assessment {
    assess(scope, incident, day("2026-11-22"), law()).unwrap()
}

/// A leak about which everything is known and nothing is grave.
const HARMLESS: Incident = Incident {
    client_class: ClientClass::Private,
    kind: Kind::Leak,
    persons: Persons::counted(1),
    sensitive: Fact::No,
    property_risk: PropertyRisk::Known(Fact::No),
    unlawful: Fact::No,
    public_view: Fact::No,
    public_body_system: Fact::No,
    encrypted_key_safe: Fact::No,
};

/// Verdict, items and days as the vectors spell them.
fn spelled(assessment: &Assessment) -> (String, String, String) {
    let of_regime = |regime| {
        let items = assessment.items.iter().filter(|found| found.item.regime() == regime);
        items.map(FoundItem::to_string).collect::<Vec<_>>().join("+")
    };
    let regimes = [Regime::Appi, Regime::MyNumber].map(of_regime);
    let items = regimes.iter().filter(|items| !items.is_empty()).cloned().collect::<Vec<_>>().join(" & ");
    let days = assessment.final_days.map(|days| days.to_string()).unwrap_or_default();
    (assessment.verdict.code().to_owned(), items, days)
}

#[test]
fn every_row_of_the_trigger_vectors() {
    let mut reader = csv::Reader::from_reader(include_str!("vectors/triggers.csv").as_bytes());
    let columns = reader.headers().unwrap().clone();
    let mut rows = 0;
    for record in reader.records().map(Result::unwrap) {
        let cell = |name: &str| &record[columns.iter().position(|column| column == name).unwrap()];
        let scope = match cell("regime") {
            "appi" => Scope::Appi,
            "mynumber" => Scope::MyNumber,
            "both" => Scope::Both,
            other => panic!("{other}"),
        };
        let kind = match cell("kind") {
            "leak" | "suspected_leak" => Kind::Leak,
            "damage" => Kind::Damage,
            "damage_with_identical_backup" => Kind::IdenticalBackup,
            "exposed" => Kind::Exposed,
            "provision_against_art19" => Kind::ProvisionAgainstArticle19,
            other => panic!("{other}"),
        };
        // An empty cell asks nothing: the regime has no item for it.
        let fact = |name: &str| match cell(name) {
            "yes" => Fact::Yes,
            "no" => Fact::No,
            "" | "key_unknown" => Fact::Unknown,
            other => panic!("{other}"),
        };
        let persons = match (cell("persons"), cell("upper_bound")) {
            ("unknown", "unknown") => Persons::UNKNOWN,
            ("unknown", bound) => Persons::at_most(bound.parse().unwrap()),
            (count, "") => Persons::counted(count.parse().unwrap()),
            (count, bound) => panic!("{count} {bound}"),
        };
        let incident = Incident {
            client_class: ClientClass::Private,
            kind,
            persons,
            sensitive: fact("sensitive"),
            property_risk: PropertyRisk::Known(fact("property_risk")),
            unlawful: fact("unlawful"),
            public_view: fact("public_view"),
            public_body_system: fact("public_body_system"),
            encrypted_key_safe: fact("encrypted_key_safe"),
        };
        let assessment = judge(scope, &incident);
        let expected = (cell("expect").to_owned(), cell("items").to_owned(), cell("final_days").to_owned());
        assert_eq!(spelled(&assessment), expected, "{}", cell("id"));
        assert!(!assessment.citations.is_empty(), "{}", cell("id"));
        rows += 1;
    }
    assert_eq!(rows, 17);
}

#[test]
fn both_sides_of_every_threshold() {
    use ClientClass::{AdministrativeOrgan, Private, RegulatedTransitionBody, Unknown};
    let rows = [
        (Scope::Appi, Private, 1_000, "not_reportable", ""),
        (Scope::Appi, Private, 1_001, "reportable", "7-4"),
        (Scope::Appi, RegulatedTransitionBody, 1_000, "not_reportable", ""),
        (Scope::Appi, RegulatedTransitionBody, 1_001, "reportable", "7-4"),
        (Scope::Appi, AdministrativeOrgan, 100, "not_reportable", ""),
        (Scope::Appi, AdministrativeOrgan, 101, "reportable", "7-4"),
        (Scope::Appi, Unknown, 100, "not_reportable", ""),
        (Scope::Appi, Unknown, 101, "presumed_reportable", "7-4?"),
        (Scope::Appi, Unknown, 1_001, "reportable", "7-4"),
        (Scope::MyNumber, Private, 100, "voluntary", ""),
        (Scope::MyNumber, Private, 101, "reportable", "2-4"),
        (Scope::MyNumber, AdministrativeOrgan, 100, "voluntary", ""),
        (Scope::MyNumber, AdministrativeOrgan, 101, "reportable", "2-4"),
        (Scope::Both, Private, 100, "voluntary", ""),
        (Scope::Both, Private, 101, "reportable", "2-4"),
        (Scope::Both, Private, 1_001, "reportable", "7-4 & 2-4"),
    ];
    for (scope, client_class, persons, verdict, items) in rows {
        let counted = Incident { client_class, persons: Persons::counted(persons), ..HARMLESS };
        let bounded = Incident { persons: Persons::at_most(persons), ..counted };
        for incident in [counted, bounded] {
            let (found, codes, days) = spelled(&judge(scope, &incident));
            let wanted_days = if items.is_empty() { "" } else { "30" };
            assert_eq!((found.as_str(), codes.as_str(), days.as_str()), (verdict, items, wanted_days), "{incident:?}");
        }
    }
}

#[test]
fn one_person_is_enough_for_the_other_items() {
    let yes = Fact::Yes;
    let rows = [
        (Incident { sensitive: yes, ..HARMLESS }, "7-1", "30"),
        (Incident { property_risk: PropertyRisk::Known(yes), ..HARMLESS }, "7-2", "30"),
        (Incident { unlawful: yes, ..HARMLESS }, "7-3 & 2-2", "60"),
        (Incident { public_body_system: yes, ..HARMLESS }, "2-1", "30"),
        (Incident { public_view: yes, ..HARMLESS }, "2-3", "30"),
    ];
    for (incident, items, days) in rows {
        for persons in [Persons::counted(1), Persons::at_most(1)] {
            let assessment = judge(Scope::Both, &Incident { persons, ..incident });
            assert_eq!(spelled(&assessment), ("reportable".to_owned(), items.to_owned(), days.to_owned()));
        }
        // No person, no report; below the items a report under 番号法 is to be endeavoured.
        let no_one = judge(Scope::Both, &Incident { persons: Persons::counted(0), ..incident });
        assert_eq!(no_one.verdict, Verdict::Voluntary);
    }
}

#[test]
fn unknown_persons_leave_the_certain_items_certain() {
    let incident = Incident { persons: Persons::UNKNOWN, sensitive: Fact::Yes, ..HARMLESS };
    let (verdict, items, days) = spelled(&judge(Scope::Appi, &incident));
    assert_eq!((verdict.as_str(), items.as_str(), days.as_str()), ("reportable", "7-1+7-4?", "30"));
    // 1,001 counted and no end in sight: no longer a presumption.
    let counting = Incident { persons: Persons { at_least: 1_001, at_most: None }, ..HARMLESS };
    assert_eq!(spelled(&judge(Scope::Appi, &counting)).1, "7-4");
    // 900 counted, up to 1,500 possible: the maximum stands.
    let possible = Incident { persons: Persons { at_least: 900, at_most: Some(1_500) }, ..HARMLESS };
    assert_eq!(judge(Scope::Appi, &possible).verdict, Verdict::Reportable);
}

#[test]
fn an_unknown_purpose_never_lengthens_the_limit() {
    let unknown = Incident { unlawful: Fact::Unknown, ..HARMLESS };
    let (verdict, items, days) = spelled(&judge(Scope::Appi, &unknown));
    assert_eq!((verdict.as_str(), items.as_str(), days.as_str()), ("presumed_reportable", "7-3?", "60"));
    let sensitive = Incident { sensitive: Fact::Yes, ..unknown };
    let (verdict, items, days) = spelled(&judge(Scope::Appi, &sensitive));
    assert_eq!((verdict.as_str(), items.as_str(), days.as_str()), ("reportable", "7-1+7-3?", "30"));
}

#[test]
fn where_a_person_decides() {
    let bank_account = Incident { property_risk: PropertyRisk::BankAccountOnly, ..HARMLESS };
    assert_eq!(spelled(&judge(Scope::Appi, &bank_account)).0, "needs_human");
    assert_eq!(spelled(&judge(Scope::Appi, &bank_account)).1, "7-2?");
    let backup = Incident { kind: Kind::IdenticalBackup, ..HARMLESS };
    assert_eq!(judge(Scope::Appi, &backup).verdict, Verdict::NotReportable);
    assert_eq!(judge(Scope::Appi, &Incident { sensitive: Fact::Yes, ..backup }).verdict, Verdict::NeedsHuman);
    // A provision against 番号法 is one under that law; whether it is a leak under the other a person says.
    let provision = Incident { kind: Kind::ProvisionAgainstArticle19, persons: Persons::counted(1_001), ..HARMLESS };
    assert_eq!(judge(Scope::MyNumber, &provision).verdict, Verdict::Reportable);
    assert_eq!(judge(Scope::Appi, &provision).verdict, Verdict::NeedsHuman);
    assert_eq!(spelled(&judge(Scope::Both, &provision)).1, "2-4");
    let recovered = Incident { kind: Kind::RecoveredUnseen, sensitive: Fact::Yes, ..HARMLESS };
    assert_eq!(judge(Scope::Both, &recovered).verdict, Verdict::NotReportable);
}

#[test]
fn a_day_before_the_duty_is_refused_and_not_judged() {
    let before = assess(Scope::Appi, &HARMLESS, day("2022-03-31"), law());
    assert!(matches!(before, Err(BreachError::Law(LawError::Missing { table, .. })) if table == "breach_triggers"));
    for on in ["2022-04-01", "2024-03-31", "2024-04-01"] {
        let theft = Incident { unlawful: Fact::Yes, ..HARMLESS };
        let found = assess(Scope::Both, &theft, day(on), law()).unwrap();
        assert_eq!((found.verdict, found.final_days), (Verdict::Reportable, Some(60)), "{on}");
    }
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![Just(Fact::Yes), Just(Fact::No), Just(Fact::Unknown)]
}

fn property_risk() -> impl Strategy<Value = PropertyRisk> {
    prop_oneof![3 => fact().prop_map(PropertyRisk::Known), 1 => Just(PropertyRisk::BankAccountOnly)]
}

fn client_class() -> impl Strategy<Value = ClientClass> {
    use ClientClass::{AdministrativeOrgan, Private, RegulatedTransitionBody, Unknown};
    prop_oneof![Just(Private), Just(AdministrativeOrgan), Just(RegulatedTransitionBody), Just(Unknown)]
}

fn kind() -> impl Strategy<Value = Kind> {
    use Kind::{
        Damage, Exposed, IdenticalBackup, Leak, Loss, ProvisionAgainstArticle19, RecoveredUnseen, Unknown,
        UseAgainstArticle9,
    };
    let all = [
        Leak,
        Loss,
        Damage,
        IdenticalBackup,
        RecoveredUnseen,
        Exposed,
        UseAgainstArticle9,
        ProvisionAgainstArticle19,
        Unknown,
    ];
    proptest::sample::select(all.to_vec())
}

fn persons() -> impl Strategy<Value = Persons> {
    let number = || prop_oneof![0_u32..3, 98_u32..104, 998_u32..1_004, any::<u32>()];
    (number(), proptest::option::of(number())).prop_map(|(at_least, at_most)| Persons { at_least, at_most })
}

fn incident() -> impl Strategy<Value = Incident> {
    let facts = (fact(), property_risk(), fact(), fact(), fact(), fact());
    (client_class(), kind(), persons(), facts).prop_map(|(client_class, kind, persons, facts)| {
        let (sensitive, property_risk, unlawful, public_view, public_body_system, encrypted_key_safe) = facts;
        Incident {
            client_class,
            kind,
            persons,
            sensitive,
            property_risk,
            unlawful,
            public_view,
            public_body_system,
            encrypted_key_safe,
        }
    })
}

/// The incident with one of its facts no longer known.
fn with_one_fact_unknown(incident: &Incident) -> [Incident; 10] {
    let unknown = Fact::Unknown;
    [
        Incident { client_class: ClientClass::Unknown, ..*incident },
        Incident { kind: Kind::Unknown, ..*incident },
        // What was counted stays counted; what may come is unknown.
        Incident { persons: Persons { at_most: None, ..incident.persons }, ..*incident },
        Incident { persons: Persons::UNKNOWN, ..*incident },
        Incident { sensitive: unknown, ..*incident },
        Incident { property_risk: PropertyRisk::Known(unknown), ..*incident },
        Incident { unlawful: unknown, ..*incident },
        Incident { public_view: unknown, ..*incident },
        Incident { public_body_system: unknown, ..*incident },
        Incident { encrypted_key_safe: unknown, ..*incident },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn making_a_fact_unknown_never_lowers_the_verdict(incident in incident()) {
        // A presumption asks for the same report as certainty.
        let duty = |assessment: &Assessment| assessment.verdict.min(Verdict::PresumedReportable);
        for scope in [Scope::Appi, Scope::MyNumber, Scope::Both] {
            let known = judge(scope, &incident);
            for less in with_one_fact_unknown(&incident) {
                let unsure = judge(scope, &less);
                prop_assert!(duty(&unsure) >= duty(&known), "{:?}\n{:?}\n{:?}\n{:?}", less, unsure, incident, known);
            }
        }
    }

    #[test]
    fn making_a_fact_unknown_never_gives_more_days(incident in incident()) {
        for scope in [Scope::Appi, Scope::MyNumber, Scope::Both] {
            if let Some(days) = judge(scope, &incident).final_days {
                for less in with_one_fact_unknown(&incident) {
                    prop_assert!(judge(scope, &less).final_days.is_some_and(|fewer| fewer <= days), "{:?}", less);
                }
            }
        }
    }

    #[test]
    fn an_unknown_fact_counts_at_least_like_a_yes_that_triggers(incident in incident()) {
        for (unknown, yes) in [
            (Incident { sensitive: Fact::Unknown, ..incident }, Incident { sensitive: Fact::Yes, ..incident }),
            (Incident { unlawful: Fact::Unknown, ..incident }, Incident { unlawful: Fact::Yes, ..incident }),
            (Incident { public_view: Fact::Unknown, ..incident }, Incident { public_view: Fact::Yes, ..incident }),
        ] {
            let [unknown, yes] = [unknown, yes].map(|incident| judge(Scope::Both, &incident));
            prop_assert_eq!(unknown.verdict.min(Verdict::PresumedReportable), yes.verdict.min(Verdict::PresumedReportable));
        }
    }

    #[test]
    fn both_regimes_ask_for_no_less_than_either(incident in incident()) {
        let [appi, number, both] = [Scope::Appi, Scope::MyNumber, Scope::Both].map(|scope| judge(scope, &incident));
        prop_assert_eq!(both.verdict, appi.verdict.max(number.verdict));
        prop_assert_eq!(both.items.len(), appi.items.len() + number.items.len());
        let fewest = [appi.final_days, number.final_days].into_iter().flatten().min();
        prop_assert_eq!(both.final_days, fewest);
    }

    #[test]
    fn days_stand_exactly_where_something_may_be_reported(incident in incident()) {
        for scope in [Scope::Appi, Scope::MyNumber, Scope::Both] {
            let assessment = judge(scope, &incident);
            prop_assert_eq!(assessment.final_days.is_some(), assessment.verdict >= Verdict::NeedsHuman);
            prop_assert!(assessment.items.is_empty() || assessment.verdict >= Verdict::NeedsHuman);
        }
    }
}
