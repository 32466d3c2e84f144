//! What `kura law check` says, on the day the pack was made and later.

use crate::pack::{date, with_change};
use kura_law::{Confidence, Finding, FindingKind, Law, findings_text};

fn tables(findings: &[Finding], kind: FindingKind) -> Vec<(&str, &str)> {
    let of_kind = findings.iter().filter(|finding| finding.kind == kind);
    of_kind.map(|finding| (finding.table.as_str(), finding.from.as_deref().unwrap_or_default())).collect()
}

#[test]
fn the_true_state_on_2026_11_24() {
    let findings = Law::embedded().unwrap().check(date("2026-11-24"));
    for none in [FindingKind::Broken, FindingKind::Generator, FindingKind::Hole, FindingKind::Stale] {
        assert_eq!(tables(&findings, none), [], "{none:?}");
    }
    let missing = tables(&findings, FindingKind::Missing);
    assert!(missing.contains(&("withholding_bonus", "2027-01-01")));
    assert!(missing.contains(&("withholding_daily", "2027-01-01")));
    assert!(missing.contains(&("holidays", "2028-01-01")));
    assert_eq!(missing.len(), 17);
    assert_eq!(
        tables(&findings, FindingKind::Due),
        [
            ("withholding_monthly", "2027-01"),
            ("computer_formula_brackets", "2027-01"),
            ("breach_rules", "2027-01"),
            ("health_premium_rates", "2027-03"),
            ("national_premium_rates", "2027-03"),
            ("employment_insurance_rates", "2027-04"),
            ("accident_insurance_rates", "2027-04"),
            ("labor_cost_ratios", "2027-04"),
            ("special_enrollment_rates", "2027-04"),
        ]
    );
    let low = tables(&findings, FindingKind::LowConfidence);
    assert!(low.contains(&("special_enrollment_rates", "")));
    assert!(!low.iter().any(|(table, _)| *table == "health_premium_rates"));
}

#[test]
fn the_gravest_stand_first() {
    let findings = Law::embedded().unwrap().check(date("2027-12-01"));
    assert!(findings.is_sorted_by_key(|finding| finding.kind));
}

#[test]
fn a_change_is_due_near_and_after_its_day() {
    let law = Law::embedded().unwrap();
    let days_left = |today| {
        let due = law.due(date(today));
        due.iter().find(|due| due.table == "health_premium_rates").map(|due| due.days_left)
    };
    assert_eq!(days_left("2026-10-01"), None, "151 days before");
    assert_eq!(days_left("2026-10-02"), Some(150));
    assert_eq!(days_left("2027-03-01"), Some(0));
    assert_eq!(days_left("2027-03-02"), Some(-1));
    let findings = law.check(date("2027-03-02"));
    let past = findings.iter().find(|found| found.kind == FindingKind::Due && found.table == "health_premium_rates");
    assert!(past.unwrap().sentence.contains("日を過ぎています"));
    // Rows that are already in the pack leave nothing to do.
    let loaded = law.due(date("2027-09-01"));
    assert!(!loaded.iter().any(|due| due.table == "standard_remuneration_grades"));
}

#[test]
fn figures_asked_for_after_an_unloaded_change_are_known_to_be_doubtful() {
    let law = Law::embedded().unwrap();
    assert_eq!(law.outdated("health_premium_rates", date("2027-02-28")), None);
    assert_eq!(law.outdated("health_premium_rates", date("2027-03-01")).unwrap().on, "2027-03");
    assert_eq!(law.outdated("standard_remuneration_grades", date("2027-09-01")), None, "its rows are loaded");
    assert_eq!(law.outdated("minimum_wage_national_average", date("2030-01-01")), None, "no change is announced");
}

#[test]
fn a_table_is_stale_after_180_days() {
    let law = Law::embedded().unwrap();
    let stale = |today| tables(&law.check(date(today)), FindingKind::Stale).len();
    assert_eq!(stale("2027-05-21"), 0, "180 days after 2026-11-22");
    assert_eq!(stale("2027-05-22"), law.tables().len());
}

#[test]
fn a_hole_between_two_rows_shows() {
    let r6 = "北海道,01,10.21,10210,2024-03,2025-03,";
    let law = with_change("social_insurance/health_premium_rates.csv", r6, &r6.replace("2025-03", "2025-02")).unwrap();
    let findings = law.check(date("2026-11-24"));
    assert_eq!(tables(&findings, FindingKind::Hole), [("health_premium_rates", "2025-02-01")]);
    assert_eq!(findings[0].sentence, "「北海道」は2025-02-01から2025-03-01の前日まで数字がありません。");
}

#[test]
fn a_broken_layout_shows() {
    let law = with_change("forms/layouts/2225700.csv", "\n2,", "\n3,").unwrap();
    let findings = law.check(date("2026-11-24"));
    assert_eq!(tables(&findings, FindingKind::Broken), [("layout_2225700", "")]);
}

/// The counts LAWLOG.md states for the pack.
#[test]
fn rows_by_confidence() {
    let mut sums = [0; 5];
    for count in Law::embedded().unwrap().confidence_counts() {
        for (mark, rows) in count.rows {
            sums[Confidence::ALL.iter().position(|known| *known == mark).unwrap()] += rows;
        }
    }
    let log = include_str!("../../../../LAWLOG.md");
    for (mark, rows) in Confidence::ALL.into_iter().zip(sums) {
        let line = format!("| {} {} | {rows} |", mark.mark(), mark.japanese());
        assert!(log.contains(&line), "LAWLOG.md should have {line}");
    }
}

#[test]
fn the_text_has_a_line_a_finding() {
    let findings = Law::embedded().unwrap().check(date("2026-11-24"));
    let text = findings_text(&findings);
    assert_eq!(text.lines().count(), findings.len() + 2);
    assert!(text.lines().nth(2).unwrap().starts_with("未収録"), "{text}");
    let json = serde_json::to_value(&findings[0]).unwrap();
    assert_eq!(json["kind"], "missing");
    assert_eq!(json["table"], "withholding_bonus");
}
