//! What counts as a change of fixed pay, and which payment is the first to carry it.

use crate::book::{TestBook, fields};

/// June and July were paid whole; the run is August.
fn august() -> TestBook {
    let book = TestBook::hajimari_in("2026-08");
    book.paid("2026-06", 30, 330_000);
    book.paid("2026-07", 31, 332_000);
    book
}

#[test]
fn nothing_changed_asks_nothing() {
    let run = august().run("2026-08", "2026-09-01");
    assert_eq!(run.status, 0);
    run.says_not("随時改定");
}

#[test]
fn an_allowance_that_is_new_changed_or_ended() {
    let raised = august();
    let row = [("項目コード", "K020"), ("適用開始日", "2026-06-01"), ("金額", "64000"), ("変更の理由", "昇給")];
    raised.add_to_person("固定支給", &row);
    let run = raised.run("2026-08", "2026-09-01");
    // 246,000 + 64,000 + 17,600 = 327,600.
    assert_eq!(run.filing("000-H-月変")[0][45], "役職手当の変更");

    let ended = august();
    ended.set_where("固定支給", ("項目コード", "K020"), "終了日", "2026-05-31");
    let run = ended.run("2026-08", "2026-09-01");
    assert_eq!(run.gross(), 263_600);
    run.says("役職手当の変更による随時改定: 改定しない（固定的賃金と等級の向きが逆）。");

    // What was decided on 07-10 and goes back to June is counted from the payment after the decision.
    let late = august();
    let row = [("項目コード", "K020"), ("適用開始日", "2026-06-01"), ("金額", "64000"), ("決定日", "2026-07-10")];
    late.add_to_person("固定支給", &row);
    let run = late.run("2026-08", "2026-09-01");
    run.says("2026年6月25日の支給は変更が決まる前の額なので、起算月にしません。");
    run.says("起算月は2026年7月です。2026年9月の支給の後に判断します。");
}

/// Two changes that one payment is the first to carry are one: +20,000 and -10,000.
#[test]
fn changes_of_one_payment_are_summed_up() {
    let book = august();
    book.terms("2026-05-16", &[("基本額", "266000")]);
    book.set_where("固定支給", ("項目コード", "K020"), "終了日", "2026-05-31");
    let run = book.run("2026-08", "2026-09-01");
    let records = run.filing("000-H-月変");
    // (330,000 + 332,000 + 283,600) / 3 = 315,200: 320,000.
    assert_eq!(fields(&records[0], 18, 19), ["06", "1"]);
    assert_eq!(records[0][45], "基本給・役職手当の変更");
}

/// A formula has no row that says when it changed: its line in one whole payment and the next says it.
#[test]
fn a_new_item_by_formula_is_seen_in_the_lines() {
    let book = august();
    let item = [
        ("会社コード", "000"),
        ("項目コード", "K025"),
        ("適用開始日", "2026-06-01"),
        ("項目名", "地域手当"),
        ("明細の名", "地域手当"),
        ("区分", "支給"),
        ("並び順", "25"),
        ("金額の決め方", "式"),
        ("式", "54000"),
        ("式の端数", "切捨"),
        ("課税区分", "課税"),
        ("社会保険の報酬", "算入"),
        ("固定的賃金", "固定"),
        ("労働保険の賃金", "○"),
        ("割増の基礎", "算入"),
        ("割増の基礎の分母", "月"),
        ("平均賃金・離職証明書の賃金", "算入"),
    ];
    book.add("支給控除項目", &item);
    let line = |paid_on: &str, code: &str, amount: &str| {
        book.add_to_person("明細履歴", &[("支給日", paid_on), ("項目コード", code), ("金額", amount)]);
    };
    for paid_on in ["2026-05-25", "2026-06-25", "2026-07-25"] {
        line(paid_on, "K010", "246000");
    }
    line("2026-06-25", "K025", "54000");
    line("2026-07-25", "K025", "54000");
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.gross(), 327_600);
    assert_eq!(run.filing("000-H-月変")[0][45], "地域手当の変更");
}

/// Pay by the days worked is another amount every month; only another way to work is a change.
#[test]
fn the_way_to_work_behind_a_formula_over_days() {
    let book = august();
    book.set_where("支給控除項目", ("項目コード", "K040"), "金額の決め方", "式");
    book.set_where("支給控除項目", ("項目コード", "K040"), "式", "通勤日額*出勤日数");
    book.set_where("支給控除項目", ("項目コード", "K040"), "式の端数", "切捨");
    book.remove("固定支給", ("項目コード", "K040"));
    book.set("通勤", "1か月の額", "");
    book.set("通勤", "1日の額", "700");
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.gross(), 261_000 + 18 * 700);
    run.says_not("随時改定");
    book.add_to_person("通勤", &[("適用開始日", "2026-06-01"), ("区間", "1"), ("1日の額", "3700")]);
    let run = book.run("2026-08", "2026-09-01");
    // 261,000 + 18 x 3,700 = 327,600.
    assert_eq!(run.gross(), 327_600);
    assert_eq!(run.filing("000-H-月変")[0][45], "通勤手当の変更");
}

/// An old raise of a person who moved in without history was carried by payments nobody has typed.
#[test]
fn a_change_before_the_history_asks_nothing() {
    let book = TestBook::hajimari_in("2026-08");
    book.remove("給与履歴", ("会社コード", "000"));
    book.terms("2026-03-01", &[("基本額", "300000")]);
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.status, 0);
    run.says_not("随時改定");
}
