//! The worked example of docs/add-a-rate.md. The rates of 2027 in it are INVENTED: they are no forecast and no law.

use kura_law::{FindingKind, Law};

use crate::pack::{date, text_of, with_files};

const FILE: &str = "social_insurance/health_premium_rates.csv";
const DOCUMENT: &str = include_str!("../../../../docs/add-a-rate.md");

/// Tokyo of R8 as it stands, and the two rows the document puts in its place.
const OLD_ROW: &str = "東京都,13,9.85,9850,2026-03,,CONFIRMED,";
const CLOSED_ROW: &str = "東京都,13,9.85,9850,2026-03,2027-03,CONFIRMED,";
const NEW_ROW: &str = "東京都,13,9.99,9990,2027-03,,CONFIRMED,INVENTED for the example; no law";

fn edited() -> String {
    let text = text_of(FILE);
    let old = text.lines().find(|line| line.starts_with(OLD_ROW)).expect("the row of Tokyo for R8");
    text.replace(old, &format!("{}\n{NEW_ROW}", old.replacen(OLD_ROW, CLOSED_ROW, 1)))
}

fn tokyo(law: &Law, on: &str) -> String {
    let row = law.row("health_premium_rates", &["東京都"], date(on)).unwrap();
    row.text("rate_percent").unwrap().to_owned()
}

#[test]
fn the_new_row_is_in_force_and_the_old_one_ends() {
    let law = with_files(&[(FILE, &edited())]).unwrap();
    assert_eq!([tokyo(&law, "2027-02-28"), tokyo(&law, "2027-03-01")], ["9.85", "9.99"]);
    let cited = law.row("health_premium_rates", &["東京都"], date("2027-03-01")).unwrap().citation();
    assert_eq!(law.citation(cited).unwrap().from, "2027-03");
    // The other prefectures are untouched.
    let osaka = law.row("health_premium_rates", &["大阪府"], date("2027-03-01")).unwrap().text("rate_percent").unwrap();
    let before = Law::embedded().unwrap().row("health_premium_rates", &["大阪府"], date("2026-03-01")).unwrap();
    assert_eq!(osaka, before.text("rate_percent").unwrap());
}

#[test]
fn a_forgotten_end_is_refused() {
    let forgotten = edited().replacen(CLOSED_ROW, OLD_ROW, 1);
    let error = with_files(&[(FILE, &forgotten)]).unwrap_err();
    assert!(error.to_string().contains("「東京都」の期間がほかの行と重なっています"), "{error}");
}

#[test]
fn an_end_too_early_shows_as_a_hole() {
    let early = edited().replacen(CLOSED_ROW, &CLOSED_ROW.replace("2027-03", "2027-02"), 1);
    let law = with_files(&[(FILE, &early)]).unwrap();
    assert!(law.check(date("2027-02-01")).iter().any(|finding| finding.kind == FindingKind::Hole));
}

#[test]
fn the_change_is_no_longer_due_when_the_index_says_so() {
    let index = text_of("tables.toml");
    let old = "next_change = { on = \"2027-03\", what = \"令和9年度の料率（2027年1月から2月に公表）\" }";
    let new = "next_change = { on = \"2028-03\", what = \"令和10年度の料率（2028年1月から2月に公表）\" }";
    assert!(index.contains(old));
    let law = with_files(&[(FILE, &edited()), ("tables.toml", &index.replacen(old, new, 1))]).unwrap();
    assert_eq!(law.outdated("health_premium_rates", date("2027-03-01")), None);
    assert!(!law.due(date("2027-03-01")).iter().any(|due| due.table == "health_premium_rates"));
    assert!(DOCUMENT.contains(new), "the document shows the line of the index");
}

#[test]
fn the_document_shows_the_rows_tested_here() {
    for row in [OLD_ROW, CLOSED_ROW, NEW_ROW] {
        assert!(DOCUMENT.contains(row), "docs/add-a-rate.md should show {row}");
    }
    assert!(DOCUMENT.contains("INVENTED"));
}
