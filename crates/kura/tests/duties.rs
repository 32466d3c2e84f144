//! `kura duties`: what a book obliges to, as a person and as a program read it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn duties(book: &str, options: &[&str]) -> Output {
    let demo = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo")).join(book);
    let mut command = Command::new(env!("CARGO_BIN_EXE_kura"));
    command.arg("duties").arg(demo).args(options).output().unwrap()
}

fn words(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// 12 leaves on 9 October, 15 joined on 1 October, 23 becomes 40 on 4 November; the bonus of December is planned.
#[test]
fn a_month_of_a_company_as_people_read_it() {
    let output = words(&duties("002-senshu", &["--on", "2026-10-15"]));
    assert!(output.starts_with("2026年10月15日(木) 現在の届出（法令データ "), "{output}");
    let expected = "
期限を過ぎたもの（1件）
2026年10月6日(火)　会社002 事業所S 15　資格取得届／70歳以上被用者該当届　入社・資格取得　健康保険法施行規則24条; 厚生年金保険法施行規則15条　未確認

これからのもの（7件）
2026年10月15日(木)　会社002 事業所S 12　資格喪失届／70歳以上被用者不該当届　退社・資格喪失　健康保険法施行規則29条; 厚生年金保険法施行規則22条　未確認
2026年10月20日(火)　会社002 事業所S 12　資格喪失届＋離職証明書（離職票あり）　退社・資格喪失　雇用保険法施行規則7条　確認済
";
    assert!(output.contains(expected), "{output}");
    assert!(output.contains("\n2026年11月10日(火)　会社002 事業所S 12　給与所得者異動届（個人住民税）　"), "{output}");
    assert!(output.contains("\n2026年12月15日(火)（予定）　会社002 事業所S　賞与支払届　"), "{output}");
    assert!(output.contains("\n質問（0件）\n"), "{output}");
    assert!(output.contains("会社002 事業所S 23　2026年11月4日に40歳です"), "{output}");
}

#[test]
fn what_is_missing_is_asked() {
    let output = words(&duties("003-hinata", &["--on", "2026-06-25"]));
    assert!(
        output.contains("\n質問（1件）\n会社003 事業所F F019　70歳到達　70歳以上被用者の標準報酬月額相当額"),
        "{output}"
    );
    assert!(
        output.contains("2026年6月8日(月)（2026年6月6日(土)が閉庁日）　会社003 事業所F F065　資格取得届"),
        "{output}"
    );
}

#[test]
fn a_program_reads_each_deadline_with_its_law() {
    let output = words(&duties("003-hinata", &["--on", "2026-06-25", "--json"]));
    let whole: Value = serde_json::from_str(&output).unwrap();
    assert_eq!((&whole["from"], &whole["to"]), (&Value::from("2026-04-01"), &Value::from("2026-09-25")));
    let all = whole["duties"].as_array().unwrap();
    assert!(all.iter().all(|duty| !duty["law"].as_array().unwrap().is_empty()));
    let of_person = |person: &str, procedure: &str| {
        let mut found =
            all.iter().filter(|duty| duty["occurrence"]["person"] == person && duty["procedure"] == procedure);
        found.next().unwrap().clone()
    };
    let joined = of_person("F065", "acquisition_notice");
    let due = &joined["deadline"]["due"];
    assert_eq!((&due["raw_day"], &due["due_day"]), (&Value::from("2026-06-06"), &Value::from("2026-06-08")));
    assert_eq!(due["shift"]["passed_over"][1]["reason"], "日");
    assert_eq!((&joined["filed"], &joined["deadline"]["confidence"]), (&Value::from("no"), &Value::from("MEMORY")));
    assert_eq!(joined["channels"][0], "届書CSV（2200700）");
    // Born on 18 June 1951: 75 on the birthday, five days.
    assert_eq!(of_person("F068", "loss_notice")["deadline"]["due"]["due_day"], "2026-06-23");
    let benefit = of_person("T022", "birth_childcare_leave_benefit");
    assert_eq!(
        (&benefit["deadline"]["opens"], &benefit["deadline"]["kind"]),
        (&Value::from("2026-07-05"), &Value::from("window"))
    );
    assert_eq!(whole["questions"][0]["decides"][0], "age_70_notice");
}

/// 12 leaves nine days earlier: what hangs on the day moves, and says why; the rest stays.
#[test]
fn a_change_of_the_book_shows_which_dates_moved_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let demo = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/002-senshu"));
    for entry in fs::read_dir(&demo).unwrap().map(Result::unwrap) {
        let text = fs::read_to_string(entry.path()).unwrap();
        let earlier =
            if entry.file_name() == "従業員.csv" { text.replace("2026-10-09", "2026-09-30") } else { text };
        fs::write(folder.path().join(entry.file_name()), earlier).unwrap();
    }
    let before = folder.path().to_str().unwrap();
    let output = words(&duties("002-senshu", &["--on", "2026-10-15", "--previous", before]));
    let why = "従業員 退職日が2026年9月30日(水)から2026年10月9日(金)に変わりました";
    let (_, moved) = output.split_once("前の本から変わったもの").unwrap();
    assert!(moved.starts_with("（2件）\n"), "{moved}");
    assert!(
        moved.contains(&format!("2026年10月13日(火)（2026年10月10日(土)が閉庁日） → 2026年11月10日(火)　{why}")),
        "{moved}"
    );
    assert!(moved.contains(&format!("2026年10月31日(土) → 2026年11月9日(月)　{why}")), "{moved}");
    let same = words(&duties("002-senshu", &["--on", "2026-10-15", "--json", "--previous", demo.to_str().unwrap()]));
    let whole: Value = serde_json::from_str(&same).unwrap();
    assert_eq!(whole["moved"], Value::Array(vec![]));
}

#[test]
fn a_wrong_day_is_wrong_use_and_a_missing_book_is_named() {
    let output = duties("002-senshu", &["--on", "someday"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("--on: "));
    assert_eq!(duties("no-such-book", &[]).status.code(), Some(1));
}
