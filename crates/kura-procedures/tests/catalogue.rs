//! The catalogue of procedures.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use std::collections::HashSet;

use kura_calendar::{Date, parse_iso_date};
use kura_law::Law;
use kura_procedures::{Channel, Correction, catalogue, procedure};

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

#[test]
fn every_procedure_has_a_code_of_its_own_an_agency_and_a_source() {
    let all = catalogue(law(), day("2026-11-24")).unwrap();
    assert_eq!(all.len(), 62);
    assert_eq!(all.iter().map(|procedure| procedure.code).collect::<HashSet<_>>().len(), all.len());
    for procedure in &all {
        assert!(!procedure.name.is_empty() && !procedure.agency.is_empty(), "{}", procedure.code);
        assert!(!law().citation(procedure.citation).unwrap().source.is_empty(), "{}", procedure.code);
    }
}

#[test]
fn the_ways_to_file_are_those_that_are_established() {
    let ways = |code| procedure(law(), code, day("2026-11-24")).unwrap().channels;
    assert_eq!(ways("acquisition_notice"), [Channel::MediaCsv("2200700"), Channel::Egov("4950013521019000")]);
    assert_eq!(ways("employment_loss_notice")[0], Channel::HelloWorkCsv("10191-soshitsu.csv"));
    let maternity = ways("maternity_leave_notice");
    assert_eq!(maternity[0], Channel::MediaCsvNotEstablished("2273700 (order unverified)"));
    assert_eq!(ways("article36_agreement_notice"), [Channel::EgovIdUnknown]);
    assert_eq!(ways("insured_class_change_notice"), []);
    assert_eq!(ways("labor_standards_inspection"), []);
    assert!(maternity[0].japanese().contains("確認されていない"));
}

#[test]
fn what_is_out_can_be_mended_only_where_it_is_established() {
    let correction = |code| procedure(law(), code, day("2026-11-24")).unwrap().correction();
    assert_eq!(correction("acquisition_notice"), Correction::ByEgovNotice);
    assert_eq!(correction("insured_class_change_notice"), Correction::NotEstablished);
}

#[test]
fn procedures_and_papers_begin_on_their_day() {
    let known = |code: &str, on: &str| procedure(law(), code, day(on)).is_ok();
    assert!(!known("premium_adjustment_application", "2026-09-30"));
    assert!(known("premium_adjustment_application", "2026-10-01"));
    assert!(!known("short_hours_childcare_benefit", "2025-03-31"));
    assert!(known("short_hours_childcare_benefit", "2025-04-01"));
    let papers = |on: &str| {
        let notice = procedure(law(), "dependent_change_notice", day(on)).unwrap();
        notice.documents(law(), day(on)).unwrap().iter().map(|paper| paper.name).collect::<Vec<_>>()
    };
    assert!(papers("2026-03-31").is_empty());
    assert_eq!(papers("2026-04-01"), ["労働条件通知書"]);
}

#[test]
fn a_code_nobody_knows_is_refused_by_name() {
    let refused = procedure(law(), "acquisition", day("2026-11-24")).unwrap_err();
    assert!(refused.to_string().contains("手続の一覧"), "{refused}");
}
