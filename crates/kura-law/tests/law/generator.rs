//! The generator gives every printed 甲 and 乙 cell of the 月額表, and finds a mistyped one.

use crate::pack::{date, with_change};
use kura_law::{FindingKind, Law, Mismatch};

#[test]
fn every_cell_of_every_year() {
    let reports = Law::embedded().unwrap().generator_reports().unwrap();
    let counts = reports.iter().map(|report| (report.from.as_str(), report.kou_cells, report.otsu_cells));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [("2020-01-01", 1_960, 245), ("2026-01-01", 1_848, 231), ("2027-01-01", 1_824, 228)]
    );
    for report in reports {
        assert_eq!(report.mismatches, [], "{}", report.from);
    }
}

#[test]
fn a_mistyped_cell_shows() {
    // R8, 105,000 to 107,000 yen: nobody 170 yen, second payer 3,800 yen.
    let row = "\n105000,107000,170,0,0,0,0,0,0,0,3800,\n";
    let mistyped = |to: &str| {
        let law = with_change("tax/withholding_monthly_r8.csv", row, &row.replace("170", to)).unwrap();
        law.generator_reports().unwrap().swap_remove(1).mismatches
    };
    let expected = Mismatch { row_from: 105_000, column: "kou0".to_owned(), printed: 710, computed: 170 };
    assert_eq!(mistyped("710"), [expected]);
    assert_eq!(mistyped("170"), []);
    let law = with_change("tax/withholding_monthly_r8.csv", row, &row.replace("3800", "3900")).unwrap();
    let found = law.check(date("2026-11-24"));
    let found: Vec<_> = found.iter().filter(|finding| finding.kind == FindingKind::Generator).collect();
    let [one] = found.as_slice() else { panic!("one finding, not {found:?}") };
    assert_eq!(one.sentence, "2026-01-01からの月額表の105000円の行「otsu」は3900円ですが、算式では3800円です。");
}

#[test]
fn a_wrong_parameter_shows_in_many_cells() {
    let law =
        with_change("tax/tax_rules.csv", "computer_formula.per_person,31667,", "computer_formula.per_person,31666,");
    let reports = law.unwrap().generator_reports().unwrap();
    assert!(reports.iter().all(|report| report.mismatches.len() > 100));
}
