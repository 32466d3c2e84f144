//! People of the demonstration whose months are given.

use kura_model::StandardDecision;

use crate::book::{TestBook, fields};

/// T060 joined on 2026-04-06: April is prorated (25 days are enough, but it is no whole month), May 256,300, June
/// 240,000 + 6:20 of overtime at 1,500 x 1.25 = 251,875. T120 works short-time: 10, 17 and 18 days, 11 are needed; June
/// 1,260 x 102:45 + six hours of paid leave + 420 x 17 days = 144,165.
#[test]
fn a_joiner_and_a_short_time_worker_of_003() {
    let run = TestBook::hinata(&["T060", "T120"]).run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let records = run.filing("003-T-算定");
    let [newcomer, short_time] = records.as_slice() else { panic!("two records") };
    assert_eq!(fields(newcomer, 13, 17), ["0240", "0240", "9", "08", "04"]);
    assert_eq!(fields(newcomer, 25, 27), ["25", "31", "30"]);
    assert_eq!(fields(newcomer, 34, 38), ["0200000", "0256300", "0251875", "0708175", "0236058"]);
    // (256,300 + 251,875) / 2 = 254,087.5: 修正平均, and 途中入社.
    assert_eq!((&*newcomer[38], &*newcomer[46], &*newcomer[51]), ("0254087", "1", "４月６日入社"));
    assert_eq!(fields(short_time, 25, 27), ["10", "17", "18"]);
    // (131,900 + 144,165) / 2 = 138,032.5.
    assert_eq!(fields(short_time, 36, 39), ["0144165", "0276065", "0138032", ""]);
    assert_eq!(short_time[48], "1");
    let proposals = run.proposals();
    let september = |amount| ("2026-09".to_owned(), [Some(amount), Some(amount), None], StandardDecision::Annual);
    assert!(proposals.contains(&september(260_000)) && proposals.contains(&september(142_000)), "{proposals:?}");
}

/// T014: 285,000 + 資格 30,000 + a sixth of the pass of 66,000 = 326,000 in each month, night work on top: 16:00 at 1,969 x 0.25 =
/// 7,876 in the settled months; June 8:15 of overtime 20,306 and 28:00 of night work 13,783, and no line of the pass.
#[test]
fn a_pass_counts_a_sixth_in_each_month() {
    let book = TestBook::hinata(&["T014"]);
    for (month, days) in [("2026-04", "30"), ("2026-05", "31")] {
        let cells = [
            ("会社コード", "003"),
            ("社員番号", "T014"),
            ("種別", "給与"),
            ("支給日", &format!("{month}-25")),
            ("支給月", month),
            ("対象期間 自", &format!("{month}-01")),
            ("対象期間 至", &format!("{month}-{days}")),
            ("支払基礎日数", days),
            ("1か月分の支給か", "満額"),
            ("報酬 通貨", "333876"),
            ("報酬 現物", "0"),
            ("報酬 うち固定的賃金", "326000"),
            ("報酬 うち遡及分", "0"),
            ("総支給", "399876"),
        ];
        book.add("給与履歴", &cells);
    }
    // Nobody knows what was paid in April.
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 1);
    run.says("社員T014: 定時決定（算定）を判断していません。数か月分をまとめて払った項目（定期券など）の支払が明細履歴にない");
    let line = [
        ("会社コード", "003"),
        ("社員番号", "T014"),
        ("支給日", "2026-04-25"),
        ("項目コード", "K440"),
        ("金額", "66000"),
    ];
    book.add("明細履歴", &line);
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!((run.status, run.gross()), (0, 285_000 + 30_000 + 20_306 + 13_783), "{}", run.said);
    let records = run.filing("003-T-算定");
    // 1,027,841 / 3 = 342,613.67.
    assert_eq!(fields(&records[0], 34, 39), ["0333876", "0333876", "0360089", "1027841", "0342613", ""]);
    let kept = ("2026-09".to_owned(), [Some(340_000), Some(340_000), None], StandardDecision::Annual);
    assert!(run.proposals().contains(&kept));
    // A person who was on leave when it was paid was paid nothing.
    book.remove("明細履歴", ("項目コード", "K440"));
    book.set_where("給与履歴", ("支給月", "2026-04"), "総支給", "0");
    assert_eq!(book.run("2026-06", "2026-07-01").filing("003-T-算定")[0][35], "0349089");
}

/// T095 was insured on 2026-06-01, T052 leaves on 06-30, T031 has no day of pay: none of them is in the file.
#[test]
fn people_of_003_who_are_not_in_the_file() {
    let book = TestBook::hinata(&["T095", "T052", "T031", "T060"]);
    for month in ["2026-04", "2026-05"] {
        book.add(
            "給与履歴",
            &[
                ("会社コード", "003"),
                ("社員番号", "T031"),
                ("種別", "給与"),
                ("支給日", &format!("{month}-25")),
                ("支給月", month),
                ("対象期間 自", &format!("{month}-01")),
                ("対象期間 至", &format!("{month}-30")),
                ("支払基礎日数", "0"),
                ("1か月分の支給か", "休職等"),
                ("報酬 通貨", "0"),
                ("報酬 現物", "0"),
                ("報酬 うち固定的賃金", "0"),
                ("報酬 うち遡及分", "0"),
            ],
        );
    }
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let numbers: Vec<String> = run.filing("003-T-算定").into_iter().map(|record| record[4].clone()).collect();
    assert_eq!(numbers, ["60"]);
    run.says("社員T031: 4月から6月に数えられる月がないので、従前の標準報酬月額のままとし");
    run.says_not("標準報酬: 会社003 社員T095");
    run.says_not("標準報酬: 会社003 社員T052");
    // T031 keeps 260,000.
    let kept = ("2026-09".to_owned(), [Some(260_000), Some(260_000), None], StandardDecision::Annual);
    assert!(run.proposals().contains(&kept));
}

/// 002-33: 300,000 -> 340,000 on 2026-07-06, inside the period that was paid on 07-24. The first payment that carries it for a
/// whole period is 08-25; with October (347,479) the average is 1,048,679 / 3 = 349,559: two grades, from November.
#[test]
fn the_question_of_002_33_is_answered_in_october() {
    let book = TestBook::copy("002-senshu", &["33"]);
    let run = book.run("2026-10", "2026-11-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let records = run.filing("002-S-月変");
    let [record] = records.as_slice() else { panic!("one record") };
    // 改定年月, 従前, 従前の改定月, 昇給 in August.
    assert_eq!(fields(record, 10, 21), ["9", "08", "11", "0300", "0300", "9", "07", "09", "08", "1", "", ""]);
    assert_eq!(fields(record, 22, 30), ["08", "09", "10", "31", "31", "30", "348900", "352300", "347479"]);
    assert_eq!(fields(record, 37, 39), ["1048679", "349559", ""]);
    assert_eq!(record[45], "基本給の変更");
    let revised = ("2026-11".to_owned(), [Some(340_000), Some(340_000), None], StandardDecision::Occasional);
    assert_eq!(run.proposals(), [revised]);
    run.says("2026年7月24日の支給（対象期間2026年6月21日から2026年7月20日まで）は、2026年7月6日からの変更を期間の途中から含むだけなので、起算月にしません。");
    run.says("起算月は2026年8月です。2026年11月から改定します。");
    run.says_not("340,000円");
    // On pay day the month of the revision has not come.
    let run = book.run("2026-10", "2026-10-23");
    assert!(run.filing("002-S-月変").is_empty());
    run.says("月額変更届は 2026-11-01 から作れる届出");
}

/// A month earlier the third payment is still to come: the question stands in 確認事項.
#[test]
fn the_question_of_002_33_waits_in_september() {
    let book = TestBook::copy("002-senshu", &["33"]);
    book.set("勤怠", "支給月", "2026-09");
    book.remove("給与履歴", ("支給月", "2026-09"));
    let run = book.run("2026-09", "2026-10-01");
    assert_eq!(run.status, 0, "{}", run.said);
    run.says("標準報酬: 会社002 社員33: 基本給の変更による随時改定: 2026年7月24日の支給");
    run.says("2026年10月の支給の後に判断します。要件に当たれば2026年11月から改定します。");
    assert!(run.filing("002-S-月変").is_empty() && run.proposals().is_empty());
}
