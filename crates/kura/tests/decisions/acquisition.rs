//! 資格取得時決定: T095 of 003, insured from 2026-06-01.

use crate::book::TestBook;

#[test]
fn the_grade_of_the_reported_pay_is_compared_with_the_book() {
    let book = TestBook::hinata(&["T095"]);
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    run.says_not("取得時の報酬");
    let typed = book.run("2026-06", "2026-07-01").standards();
    let [typed] = typed.as_slice() else { panic!("one row") };

    book.set("標準報酬", "健保 標準報酬月額", "200000");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0);
    run.says("社員T095: 標準報酬が、被保険者資格の「取得時の報酬」の等級と違います。");

    // Without a row pay is computed with the grade, and the next book holds it as a proposal.
    book.remove("標準報酬", ("社員番号", "T095"));
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    run.says("社員T095: 標準報酬の行がないので、取得時の報酬から決めて計算しました。");
    let proposed = run.standards();
    let [proposed] = proposed.as_slice() else { panic!("one row") };
    assert_eq!((proposed.applies_from, proposed.decision), (typed.applies_from, typed.decision));
    assert_eq!((proposed.health_standard, proposed.pension_standard), (typed.health_standard, typed.pension_standard));
    assert_eq!(proposed.notified_on, None);
}
