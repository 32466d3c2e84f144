//! The bank files of `kura month`, on the invented clients: every byte against the slips, and what stops a transfer.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kura_book::{Source, read};
use kura_yen::Yen;
use serde_json::Value;
use tempfile::TempDir;

/// A run on a copy of a demonstration book.
struct Run {
    folder: TempDir,
}

impl Run {
    fn on(demo: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let book = folder.path().join("本");
        fs::create_dir(&book).unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(demo);
        for entry in fs::read_dir(source).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, book.join(path.file_name().unwrap())).unwrap();
        }
        Self { folder }
    }

    /// Replaces what stands in a sheet.
    fn change(self, sheet: &str, from: &str, to: &str) -> Self {
        let path = self.folder.path().join(format!("本/{sheet}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{sheet} holds {from}");
        fs::write(&path, text.replace(from, to)).unwrap();
        self
    }

    /// Keeps the rows of a sheet that begin with one of these.
    fn keep(self, sheet: &str, starts: &[&str]) -> Self {
        let path = self.folder.path().join(format!("本/{sheet}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        let rows = text.trim_start_matches('\u{feff}').lines();
        let kept = rows.filter(|row| starts.iter().any(|start| row.starts_with(start)));
        fs::write(&path, kept.map(|row| format!("{row}\n")).collect::<String>()).unwrap();
        self
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("出力")
    }

    /// Runs a month as of a day.
    fn month(&self, month: &str, as_of: &str) -> Month {
        self.made(&["--month", month, "--as-of", as_of])
    }

    fn made(&self, arguments: &[&str]) -> Month {
        let book = self.folder.path().join("本");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kura"));
        command.arg("month").arg(&book).args(arguments).arg("--out").arg(self.out());
        let output = command.output().unwrap();
        assert!(output.status.code().unwrap() < 2, "{}", String::from_utf8_lossy(&output.stderr));
        let lines = |name: &str| {
            let text = fs::read_to_string(self.out().join(name)).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
        };
        Month { slips: lines("slips.jsonl"), findings: lines("確認事項.jsonl") }
    }

    /// The records of a bank file, CR LF behind each taken away.
    fn records(&self, name: &str) -> Vec<String> {
        let bytes = fs::read(self.out().join("銀行").join(name)).unwrap();
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!broken && text.ends_with("\r\n"));
        assert_eq!(bytes.len() % 122, 0, "one byte a character, 120 and CR LF");
        text.split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn bank_files(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.out().join("銀行")) else { return Vec::new() };
        let mut names: Vec<_> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The text of a print, as it is laid out.
    fn print(&self, path: &str) -> String {
        let text = Command::new("pdftotext").arg("-layout").arg(self.out().join(path)).arg("-").output().unwrap();
        String::from_utf8(text.stdout).unwrap()
    }

    /// 振込 and 現金 of the last 給与履歴 of each person in the next book.
    fn carried(&self, month: &str) -> Vec<(Option<Yen>, Option<Yen>)> {
        let bytes = fs::read(self.out().join(format!("次の本/蔵ブック_{month}.xlsx"))).unwrap();
        let (book, _) = read(Source::Workbook(&bytes));
        let settled = book.pay_histories.iter().filter(|row| row.law_pack.is_some());
        settled.map(|row| (row.transferred, row.cash)).collect()
    }
}

struct Month {
    slips: Vec<Value>,
    findings: Vec<Value>,
}

impl Month {
    fn nets(&self) -> Vec<i64> {
        self.slips.iter().map(|slip| slip["net"].as_i64().unwrap()).collect()
    }

    /// The findings of the bank, as (severity, code, row, sentence).
    fn of_bank(&self) -> Vec<(&str, &str, Option<u64>, &str)> {
        let codes = [
            "bank_file",
            "paying_account_missing",
            "paying_accounts",
            "transfer_amount",
            "transfer_consent",
            "transfer_date",
            "transfer_due",
            "transfer_split",
            "transfer_sum",
            "unknown_value",
        ];
        let text = |finding: &'_ Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let of_bank = self.findings.iter().filter(|finding| {
            let is_account = ["口座", "会社", "給与規程"].contains(&text(finding, "sheet").as_str());
            is_account && codes.contains(&text(finding, "code").as_str())
        });
        of_bank
            .map(|finding| {
                (
                    finding["severity"].as_str().unwrap(),
                    finding["code"].as_str().unwrap(),
                    finding["row"].as_u64(),
                    finding["sentence"].as_str().unwrap(),
                )
            })
            .collect()
    }
}

/// A data record with every field spelled out: account, name padded to 30, ten digits of yen, 社員番号.
fn data(number: &str, payee: &str, amount: i64, employee: &str) -> String {
    let payee = format!("{payee}{}", " ".repeat(30 - payee.chars().count()));
    let names = ("ｶｸｳ            ", "ﾎﾝﾃﾝ           ");
    format!("29990{}001{}00001{number}{payee}{amount:010}0{employee:0>10}0000000000         ", names.0, names.1)
}

const JUNE_BEFORE: &str = "2026-06-22";

#[test]
fn the_file_of_the_software_company_is_right_to_the_byte() {
    let run = Run::on("004-kaku");
    let month = run.month("2026-06", JUNE_BEFORE);
    assert_eq!(month.of_bank(), []);
    assert_eq!(run.bank_files(), ["004-全銀_給与.txt"]);
    let records = run.records("004-全銀_給与.txt");
    let nets = month.nets();
    let [first, second, third] = nets.as_slice() else { panic!("three slips") };
    let header = "11109900000411ｶｸｳｿﾌﾄｶｲﾊﾂ                              06259990ｶｸｳ            001ﾎﾝﾃﾝ           19004000                 ";
    let expected = [
        header.to_owned(),
        data("0040001", "ﾄﾂｶ ﾐﾉﾙ", *first, "1"),
        data("0040002", "ﾂﾙﾐ ｱｵｲ", *second, "2"),
        data("0040003", "ﾎﾄﾞｶﾞﾔ ﾘｸ", *third, "3"),
        format!("8000003{:012}{}", first + second + third, " ".repeat(101)),
        format!("9{}", " ".repeat(119)),
    ];
    assert_eq!(records, expected);
    assert!(records.iter().all(|record| record.chars().count() == 120));
    let carried: Vec<_> = nets.iter().map(|net| (Some(Yen::new(*net)), Some(Yen::ZERO))).collect();
    assert_eq!(run.carried("2026-07"), carried);
}

/// The brewery pays on the tenth of the next month: five people, one by train.
#[test]
fn the_file_of_the_brewery_sums_to_its_slips() {
    let run = Run::on("001-koshiji");
    let month = run.month("2026-07", "2026-07-01");
    assert_eq!(month.of_bank(), []);
    let records = run.records("001-全銀_給与.txt");
    let amounts: Vec<i64> =
        records.iter().filter(|record| record.starts_with('2')).map(|record| amount_of(record)).collect();
    assert_eq!((amounts.len(), &amounts), (5, &month.nets()));
    let trailer = &records[6];
    assert_eq!(trailer.trim_end(), format!("8000005{:012}", amounts.iter().sum::<i64>()));
    assert_eq!(&records[0].chars().skip(54).take(4).collect::<String>(), "0710", "Friday 10 July 2026");
}

/// 1,234,567.
fn grouped(amount: i64) -> String {
    let digits: Vec<char> = amount.to_string().chars().rev().collect();
    let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(",").chars().rev().collect()
}

fn amount_of(record: &str) -> i64 {
    record.chars().skip(80).take(10).collect::<String>().parse().unwrap()
}

/// 社員2: 50,000 yen to a second account, the rest to the first; 社員3: 10,000 yen in an envelope, 25 % and the rest by transfer.
#[test]
fn a_net_is_split_as_its_rows_say() {
    let run = Run::on("004-kaku")
        .change(
            "口座",
            "004,2,両方,1,9990,架空銀行,カクウ,001,本店,ホンテン,普通,0040002,ツルミ　アオイ,全額,,,,2020-04-01",
            "004,2,両方,1,9990,架空銀行,カクウ,001,本店,ホンテン,普通,0040002,ツルミ　アオイ,残額,,,,2020-04-01\n\
             004,2,給与,2,9990,架空銀行,カクウ,001,本店,ホンテン,普通,0040012,ツルミ　アオイ,定額,50000,,,2020-04-01\n\
             004,2,賞与,3,9990,架空銀行,カクウ,001,本店,ホンテン,普通,0040022,ツルミ　アオイ,定額,1,,,2020-04-01",
        )
        .change(
            "口座",
            "普通,0040003,ホドガヤ　リク,全額,,,,2020-04-01",
            "普通,0040003,ホドガヤ　リク,定率,25,,,2020-04-01\n\
             004,3,両方,2,,,,,,,,,,現金,10000,,,\n\
             004,3,両方,3,9990,架空銀行,カクウ,001,本店,ホンテン,普通,0040013,ホドガヤ　リク,残額,,,,2020-04-01",
        );
    let month = run.month("2026-06", JUNE_BEFORE);
    assert_eq!(month.of_bank(), []);
    let nets = month.nets();
    let quarter = nets[2] * 25 / 100;
    let records = run.records("004-全銀_給与.txt");
    assert_eq!(
        records[1..6],
        [
            data("0040001", "ﾄﾂｶ ﾐﾉﾙ", nets[0], "1"),
            data("0040002", "ﾂﾙﾐ ｱｵｲ", nets[1] - 50_000, "2"),
            data("0040012", "ﾂﾙﾐ ｱｵｲ", 50_000, "2"),
            data("0040003", "ﾎﾄﾞｶﾞﾔ ﾘｸ", quarter, "3"),
            data("0040013", "ﾎﾄﾞｶﾞﾔ ﾘｸ", nets[2] - quarter - 10_000, "3"),
        ]
    );
    let yen = |amount| Some(Yen::new(amount));
    assert_eq!(
        run.carried("2026-07"),
        [(yen(nets[0]), yen(0)), (yen(nets[1]), yen(0)), (yen(nets[2] - 10_000), yen(10_000))]
    );
    // The payslip and the lists say the same.
    let slip = run.print("明細/004-3.pdf");
    for words in [grouped(quarter), "現金".to_owned(), "10,000".to_owned(), grouped(nets[2] - quarter - 10_000)] {
        assert!(slip.contains(&words), "{words} in\n{slip}");
    }
    let list = run.print("一覧/004-振込一覧.pdf");
    for words in ["データの期限 令和8年6月22日(月)", "ほかに現金で1人に10,000円を支払います（金種表）。"]
    {
        assert!(list.contains(words), "{words} in\n{list}");
    }
    let envelopes = run.print("一覧/004-金種表.pdf");
    assert!(envelopes.contains("1万円") && envelopes.contains("5千円") && envelopes.contains("500円"), "{envelopes}");
}

/// Whoever cannot be paid is named and left out of the file; the others are paid, and the history does not say "transferred".
#[test]
fn a_transfer_that_cannot_be_made_stops_its_person_alone() {
    let cases = [
        ("ツルミ　アオイ,全額", "ツルミ・アオイ,全額", "bank_file", "振込データに使えない文字があります。"),
        ("普通,0040002", "貯蓄,0040002", "bank_file", "貯蓄預金は給与・賞与の振込データに使えません。"),
        ("普通,0040002", "普通,", "unknown_value", "「口座番号」が空欄です。"),
        ("ツルミ　アオイ,全額", "ツルミ　アオイ,", "unknown_value", "「振込の方法」が空欄です。"),
        (
            "ツルミ　アオイ,全額,",
            "ツルミ　アオイ,定額,999999",
            "transfer_split",
            "定額・定率の合計が差引支給額を超えています。",
        ),
        (
            "ツルミ　アオイ,全額,",
            "ツルミ　アオイ,定額,1000",
            "transfer_split",
            "定額・定率の残りを受け取る口座がありません。",
        ),
        ("ツルミ　アオイ,全額,", "ツルミ　アオイ,定額,1000.5", "transfer_amount", "振込の額が円単位ではありません。"),
    ];
    for (from, to, code, sentence) in cases {
        let run = Run::on("004-kaku").change("口座", from, to);
        let month = run.month("2026-06", JUNE_BEFORE);
        let said = format!("会社004 社員2: {sentence}この人の振込は作っていません。");
        assert_eq!(month.of_bank(), [("error", code, Some(6), said.as_str())]);
        let nets = month.nets();
        let records = run.records("004-全銀_給与.txt");
        assert_eq!(records.iter().filter(|record| record.starts_with('2')).count(), 2, "{to}");
        assert_eq!(records[3].trim_end(), format!("8000002{:012}", nets[0] + nets[2]), "{to}");
        assert_eq!(run.carried("2026-07")[1], (None, None), "{to}");
    }
    let run = Run::on("004-kaku").change("口座", "\n004,2,", "\n004,9,");
    let month = run.month("2026-06", JUNE_BEFORE);
    let said = "会社004 社員2: 振込先も現金の指定もありません。この人の振込は作っていません。";
    assert_eq!(month.of_bank(), [("error", "transfer_split", None, said)]);
}

/// The whole file: the company's account, its 委託者コード, the day.
#[test]
fn a_file_without_what_the_bank_asks_for_is_not_made() {
    let no_code = Run::on("004-kaku").change("口座", "9900000411", "");
    let month = no_code.month("2026-06", JUNE_BEFORE);
    let said = "会社004: 会社の口座の「委託者コード」が空欄です。給与の振込データは作っていません。";
    assert_eq!(month.of_bank(), [("error", "unknown_value", Some(2), said)]);
    assert_eq!(no_code.bank_files(), [""; 0]);

    let no_account = Run::on("004-kaku").change("口座", "004,,給与", "004,,引落");
    let month = no_account.month("2026-06", JUNE_BEFORE);
    let said = "会社004: 給与を振り込む会社の口座がありません。給与の振込データは作っていません。";
    assert_eq!(month.of_bank(), [("warning", "paying_account_missing", None, said)]);
    assert_eq!(no_account.bank_files(), [""; 0]);
    assert_eq!(month.nets().len(), 3, "the slips are made all the same");

    let bad_name = Run::on("004-kaku").change("口座", "9900000411,カクウソフトカイハツ", "9900000411,カクウ・ソフト");
    let month = bad_name.month("2026-06", JUNE_BEFORE);
    let said = "会社004: 振込データに使えない文字があります。給与の振込データは作っていません。";
    assert_eq!(month.of_bank(), [("error", "bank_file", Some(2), said)]);

    // The 28th of June 2026 is a Sunday, and the day is not moved.
    let sunday = Run::on("004-kaku").change("給与規程", "当月,25,前営業日", "当月,28,そのまま");
    let month = sunday.month("2026-06", JUNE_BEFORE);
    let said = "会社004: 2026-06-28は銀行の休業日（日）で、振込指定日にできません。給与の振込データは作っていません。";
    assert_eq!(month.of_bank(), [("error", "transfer_date", None, said)]);
    assert_eq!(sunday.bank_files(), [""; 0]);
}

/// Three bank days before Thursday 25 June 2026 is Monday the 22nd.
#[test]
fn a_file_made_late_says_so() {
    let said = |as_of: &str| {
        let month = Run::on("004-kaku").month("2026-06", as_of);
        month
            .of_bank()
            .into_iter()
            .map(|(severity, _, _, sentence)| format!("{severity} {sentence}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(said("2026-06-22"), [""; 0]);
    let late = "warning 会社004: 給与の振込データの期限2026-06-22（支給日2026-06-25の3営業日前）を過ぎています。";
    assert_eq!(said("2026-06-23"), [late]);
    assert_eq!(said("2026-06-25"), [late]);
    assert_eq!(said("2026-06-26"), ["warning 会社004: 給与の振込指定日2026-06-25を過ぎています。"]);
}

#[test]
fn consent_to_transfers_is_asked_for_once_a_client() {
    let run = Run::on("004-kaku")
        .change("口座", "ツルミ　アオイ,全額,,,,2020-04-01", "ツルミ　アオイ,全額,,,,")
        .change("口座", "ホドガヤ　リク,全額,,,,2020-04-01", "ホドガヤ　リク,全額,,,,2026-06-26");
    let month = run.month("2026-06", JUNE_BEFORE);
    let said = "会社004: 給与の口座振込の同意日が空欄か、支給日より後です（社員2・3）。";
    assert_eq!(month.of_bank(), [("warning", "transfer_consent", None, said)]);
    assert_eq!(run.bank_files(), ["004-全銀_給与.txt"]);
}

#[test]
fn a_net_below_zero_is_not_transferred() {
    let run = Run::on("004-kaku").change("住民税", ",138000,11500,", ",1026500,900000,");
    let month = run.month("2026-06", JUNE_BEFORE);
    let nets = month.nets();
    assert!(nets[2] < 0, "{nets:?}");
    let records = run.records("004-全銀_給与.txt");
    assert_eq!(records[3].trim_end(), format!("8000002{:012}", nets[0] + nets[1]));
    assert_eq!(run.carried("2026-07")[2], (Some(Yen::ZERO), Some(Yen::ZERO)));
    assert_eq!(month.of_bank(), []);
}

/// 夏季賞与 of two people of the care company on Friday 10 July 2026: kind 12, under the code the bank gave for bonuses.
#[test]
fn a_bonus_has_a_file_of_its_own() {
    let run = Run::on("003-hinata")
        .keep("賞与", &["会社コード", "003,T045,2026", "003,T031,2026"])
        .change("賞与", "520700,0,6,,,自動", "520700,0,6,300000,,自動")
        .change("賞与", "150000,0,6,,,自動", "150000,0,6,0,,自動");
    let bonus = run.made(&["--month", "2026-07", "--bonus", "夏季賞与", "--as-of", "2026-07-01"]);
    assert_eq!(bonus.of_bank(), []);
    assert_eq!(run.bank_files(), ["003-全銀_賞与.txt"]);
    let records = run.records("003-全銀_賞与.txt");
    assert!(records[0].starts_with("11209900000312ﾋﾅﾀｶｲｺﾞｻ-ﾋﾞｽ "), "{}", records[0]);
    assert_eq!(records[0].chars().skip(54).take(4).collect::<String>(), "0710");
    let paid: Vec<i64> = records[1..3].iter().map(|record| amount_of(record)).collect();
    assert_eq!(paid, bonus.nets());
    assert_eq!(records[3].trim_end(), format!("8000002{:012}", paid.iter().sum::<i64>()));
    assert_eq!(records.len(), 5);
}
