//! 育児休業等終了時改定: back on 2026-04-01, judged by April, May and June.

use kura_model::StandardDecision;

use crate::book::TestBook;

fn back_in_april(wanted: &str) -> TestBook {
    let book = TestBook::hajimari();
    let leave = [
        ("種類", "育児"),
        ("開始日", "2025-06-10"),
        ("終了日", "2026-03-31"),
        ("出産日", "2025-04-15"),
        ("給与の扱い", "無給"),
        ("終了時改定の申出", wanted),
    ];
    book.add_to_person("休業", &leave);
    book.set("標準報酬", "健保 標準報酬月額", "300000");
    book.set("標準報酬", "厚年 標準報酬月額", "300000");
    book
}

/// 283,310 is 280,000: one grade is enough, and 定時決定 is not made.
#[test]
fn one_grade_is_enough_when_the_person_asked_for_it() {
    let run = back_in_april("○").run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let revised = ("2026-07".to_owned(), [Some(280_000), Some(280_000), None], StandardDecision::ChildcareEnd);
    assert_eq!(run.proposals(), [revised]);
    run.says("育児休業等終了時改定に当たります。2026年7月から改定します。");
    assert!(run.filing("000-H-算定").is_empty());
}

#[test]
fn without_the_wish_it_is_only_mentioned() {
    let run = back_in_april("").run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    run.says("申出があれば育児休業等終了時改定ができます");
    assert_eq!(run.proposals()[0].2, StandardDecision::Annual);
    assert_eq!(run.filing("000-H-算定").len(), 1);
}
