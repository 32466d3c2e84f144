//! `kura month --trace`: each yen of a slip with rule, inputs, exact amount, rounding and the figures of law.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

fn run(book: &Path, out: &Path, arguments: &[&str]) -> PathBuf {
    let mut kura = Command::new(env!("CARGO_BIN_EXE_kura"));
    let output = kura.arg("month").arg(book).args(arguments).args(["--no-pdf", "--out"]).arg(out).output().unwrap();
    assert!(out.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    out.to_owned()
}

fn demo(book: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(book)
}

fn records(out: &Path, file: &str) -> Vec<Value> {
    let text = fs::read_to_string(out.join(file)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// List, code, month, amount and rule of every line of the slips, by person and in their order.
fn lines_of_slips(out: &Path) -> Vec<Value> {
    let mut lines = Vec::new();
    for slip in records(out, "slips.jsonl") {
        for list in ["pay", "deductions"] {
            for line in slip[list].as_array().unwrap() {
                lines.push(json!([
                    slip["client"],
                    slip["person"],
                    slip["kind"],
                    slip["payment_date"],
                    list,
                    line["code"],
                    line["name"],
                    line["month"],
                    line["amount"],
                    line["rule"],
                    slip["law_pack"]
                ]));
            }
        }
    }
    lines
}

/// The same of trace.jsonl, without the totals.
fn lines_of_trace(out: &Path) -> Vec<Value> {
    let keys =
        ["client", "person", "kind", "payment_date", "list", "code", "name", "month", "amount", "rule", "law_pack"];
    let lines = records(out, "trace.jsonl").into_iter().filter(|line| line["list"] != "totals");
    lines.map(|line| Value::Array(keys.iter().map(|key| line[*key].clone()).collect())).collect()
}

#[test]
fn every_line_of_pay_and_bonus_is_explained_once_and_nothing_else_changes() {
    let folder = TempDir::new().unwrap();
    let out = |name: &str| folder.path().join(name);
    let october = ["--month", "2026-10", "--as-of", "2026-10-23"];
    let plain = run(&demo("002-senshu"), &out("記録なし"), &october);
    let traced = run(&demo("002-senshu"), &out("記録あり"), &[&october[..], &["--trace"]].concat());
    assert!(!plain.join("trace.jsonl").exists());
    let slips = |out: &Path| fs::read(out.join("slips.jsonl")).unwrap();
    assert_eq!(slips(&plain), slips(&traced));
    let lines = lines_of_slips(&traced);
    assert!(lines.len() > 300);
    assert_eq!(lines_of_trace(&traced), lines);

    let june = run(&demo("003-hinata"), &out("6月"), &["--month", "2026-06", "--as-of", "2026-07-01"]);
    let next = fs::read_dir(june.join("次の本")).unwrap().next().unwrap().unwrap().path();
    let summer = ["--month", "2026-07", "--bonus", "夏季賞与", "--as-of", "2026-07-10", "--trace"];
    let bonus = run(&next, &out("賞与"), &summer);
    let lines = lines_of_slips(&bonus);
    assert!(lines.len() > 500);
    assert_eq!(lines_of_trace(&bonus), lines);
}

/// 002-07 by the printed tables: 60 hours at 2,203 x 1.25 = 2,754; 410,000 x (10.13 + 1.62 + 0.23) % / 2 = 24,559; the car.
#[test]
fn a_line_says_what_it_was_computed_from() {
    let folder = TempDir::new().unwrap();
    let arguments = ["--month", "2026-10", "--as-of", "2026-10-23", "--trace"];
    let out = run(&demo("002-senshu"), &folder.path().join("出力"), &arguments);
    let of_person = |code: &str| {
        let mut lines = records(&out, "trace.jsonl").into_iter();
        lines.find(|line| line["person"] == "07" && line["code"] == code).unwrap()
    };
    let overtime = of_person("overtime");
    assert_eq!(
        overtime["inputs"],
        json!([
            {"name": "時間単価", "value": "2203"},
            {"name": "割増率", "value": "1.25"},
            {"name": "割増単価", "value": "2754"},
            {"name": "時間", "value": "60:00"},
        ])
    );
    assert_eq!((&overtime["exact"], &overtime["rounding"]), (&json!("165240"), &json!("四捨五入")));
    let health = of_person("health_insurance");
    assert_eq!((&health["exact"], &health["amount"]), (&json!("24559"), &json!(24_559)));
    let law = health["law"].as_array().unwrap();
    let rate = law.iter().find(|figure| figure["table"] == "health_premium_rates").unwrap();
    assert_eq!((&rate["from"], &rate["confidence"]), (&json!("2026-03"), &json!("CONFIRMED")));
    assert!(rate["source"].as_str().is_some_and(|source| !source.is_empty()));
    let car = of_person("K210");
    assert_eq!(car["steps"][1], json!({"text": "32 × 2", "result": "64"}));
    let tax_free = of_person("tax_free_commuting");
    assert_eq!((&tax_free["list"], &tax_free["exact"]), (&json!("totals"), &json!("19700")));
    assert_eq!(tax_free["inputs"][2], json!({"name": "課税分", "value": "460"}));
}
