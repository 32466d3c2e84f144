//! An office on this machine, as a user runs it: made, filled, paid, exported, verified - and stolen.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a test stops at the first surprise, and it reads the folder of a user"
)]

#[path = "office/keeping.rs"]
mod keeping;

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kura_law::Law;
use serde_json::Value;
use tempfile::TempDir;

fn kura(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said)
}

/// `kura` that must do what it was asked.
fn done(arguments: &[&str]) -> String {
    let (status, said) = kura(arguments);
    assert_eq!(status, 0, "{arguments:?}: {said}");
    said
}

/// `kura init`, typing `typed` back; `None` types what was shown.
fn init(home: &Path, typed: Option<&str>) -> (bool, String) {
    let key = home.join("server.key");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(["init", "--dir", home.to_str().unwrap(), "--key-file", key.to_str().unwrap(), "--key-inside-home"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shown = BufReader::new(child.stdout.take().unwrap());
    let mut words = Vec::new();
    while words.len() < 24 {
        let mut line = String::new();
        assert!(shown.read_line(&mut line).unwrap() > 0, "24 words are shown");
        let parts: Vec<&str> = line.split_whitespace().collect();
        let numbered = parts.chunks(2).filter(|pair| pair[0].trim_end_matches('.').parse::<u8>().is_ok());
        words.extend(numbered.filter(|pair| pair.len() == 2).map(|pair| pair[1].to_owned()));
    }
    let typed = typed.map_or_else(|| words.join(" "), str::to_owned);
    writeln!(child.stdin.take().unwrap(), "{typed}").unwrap();
    let mut said = String::new();
    shown.read_to_string(&mut said).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().success(), said)
}

/// An office with the demo's second client, and the folder of its book.
fn office() -> (TempDir, PathBuf, PathBuf) {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("kura-home");
    assert!(init(&home, None).0);
    let book = folder.path().join("book");
    fs::create_dir(&book).unwrap();
    let demo = kura_demo::books(Law::embedded().unwrap()).unwrap().remove(1).book;
    for file in kura_book::write_folder(&demo) {
        fs::write(book.join(&file.name), &file.bytes).unwrap();
    }
    done(&["import", book.to_str().unwrap(), "--dir", home.to_str().unwrap()]);
    (folder, home, book)
}

fn run_id(home: &str, more: &[&str]) -> (i32, String) {
    let (status, said) = kura(&[&["payroll", "run", "--dir", home, "--client", "002", "--json"], more].concat());
    let line = said.lines().find(|line| line.starts_with('{')).unwrap_or_else(|| panic!("{said}"));
    let line: Value = serde_json::from_str(line).unwrap();
    (status, line["run"].as_str().unwrap().to_owned())
}

#[test]
fn nothing_is_made_before_the_words_are_typed_back() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("kura-home");
    let (made, said) = init(&home, Some("abandon abandon abandon"));
    assert!(!made, "{said}");
    assert!(!home.exists());
    let (status, said) = kura(&["payroll", "list", "--client", "002", "--dir", home.to_str().unwrap()]);
    assert_eq!(status, 1);
    assert!(said.contains("kura init"), "{said}");
}

#[test]
fn a_month_on_the_store_gives_the_bytes_of_kura_month() {
    let (folder, home, book) = office();
    let dir = home.to_str().unwrap();
    let stateless = folder.path().join("stateless");
    let month = ["--month", "2026-10", "--as-of", "2026-11-01"];
    let out = stateless.to_str().unwrap();
    let (_, said) = kura(&[&["month", book.to_str().unwrap(), "--out", out, "--no-pdf"], &month[..]].concat());
    let (_, run) = run_id(dir, &month);

    let (status, refused) = kura(&["payroll", "publish", &run, "--dir", dir]);
    assert_eq!(status, 1);
    assert!(refused.contains("次は点検です"), "{refused}");
    done(&["payroll", "check", &run, "--dir", dir]);
    done(&["payroll", "approve", &run, "--dir", dir]);
    done(&["payroll", "publish", &run, "--dir", dir, "--no-pdf"]);
    let published = home.join("out/002_2026-10");
    let mut compared = 0;
    for path in files_of(&stateless) {
        let inside = path.strip_prefix(&stateless).unwrap();
        // 次の本 names the book it was made from, and 確認事項 the rows of it: the store has no book and no rows.
        if inside.starts_with("次の本") || inside.to_str().unwrap().starts_with("確認事項") {
            continue;
        }
        assert!(fs::read(&path).unwrap() == fs::read(published.join(inside)).unwrap(), "{}: {said}", inside.display());
        compared += 1;
    }
    assert!(compared > 10);
    // Paid once is paid: a second run finds nobody to pay.
    let (_, again) = run_id(dir, &month);
    let listed = done(&["payroll", "list", "--dir", dir, "--client", "002", "--json"]);
    let last: Value = serde_json::from_str(listed.lines().last().unwrap()).unwrap();
    assert_eq!((last["run"].as_str().unwrap(), &last["slips"]), (again.as_str(), &Value::from(0)));
}

#[test]
fn an_export_taken_in_elsewhere_is_the_same_office() {
    let (folder, home, _) = office();
    let exported = folder.path().join("office");
    done(&["export", "--dir", home.to_str().unwrap(), "--out", exported.to_str().unwrap()]);
    let second = folder.path().join("second");
    assert!(init(&second, None).0);
    let book = exported.to_str().unwrap();
    let dry = done(&["import", book, "--dir", second.to_str().unwrap(), "--dry-run"]);
    assert!(dry.contains("まだ何も書いていません"), "{dry}");
    done(&["import", book, "--dir", second.to_str().unwrap()]);
    let again = folder.path().join("again");
    done(&["export", "--dir", second.to_str().unwrap(), "--out", again.to_str().unwrap()]);
    for path in files_of(&exported) {
        let inside = path.strip_prefix(&exported).unwrap();
        assert!(fs::read(&path).unwrap() == fs::read(again.join(inside)).unwrap(), "{}", inside.display());
    }
    // A workbook says the same as the folder.
    let workbook = folder.path().join("office.xlsx");
    done(&["export", "--dir", home.to_str().unwrap(), "--out", workbook.to_str().unwrap()]);
    let same = done(&["import", workbook.to_str().unwrap(), "--dir", second.to_str().unwrap(), "--dry-run"]);
    assert!(same.contains("新しいことはありません"), "{same}");
}

#[test]
fn a_changed_or_shortened_journal_is_named() {
    let (folder, home, _) = office();
    let dir = home.to_str().unwrap();
    let whole = done(&["journal", "verify", "--dir", dir]);
    assert!(whole.contains("欠けも書き換えもなく"), "{whole}");
    let file = folder.path().join("journal.kura");
    let exported = done(&["journal", "export", "--dir", dir, "--out", file.to_str().unwrap()]);
    let key = exported.lines().find_map(|line| line.strip_prefix("検証鍵: ")).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/verify_journal.py");
    let second = Command::new("python3").arg(script).arg(&file).arg(key).output().unwrap();
    assert!(second.status.success(), "{}", String::from_utf8_lossy(&second.stdout));

    let store =
        files_of(&home.join("store")).into_iter().find(|path| path.extension().is_some_and(|ext| ext == "sqlite"));
    let store = store.unwrap();
    let change = |sql: &str| {
        let program =
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); print(c.execute(sys.argv[2]).rowcount); c.commit()";
        let changed = Command::new("python3").args(["-c", program, store.to_str().unwrap(), sql]).output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&changed.stdout).trim(),
            "1",
            "{}",
            String::from_utf8_lossy(&changed.stderr)
        );
    };
    let kept = fs::read(&store).unwrap();
    change("UPDATE journal SET salt = zeroblob(32) WHERE seq = 3");
    let (status, said) = kura(&["journal", "verify", "--dir", dir]);
    assert_eq!(status, 1);
    assert!(said.contains('3'), "{said}");
    fs::write(&store, kept).unwrap();
    done(&["journal", "verify", "--dir", dir]);
}

/// A thief has the whole folder but the key store: here the key lies in a file, which the thief does not get.
#[test]
fn a_stolen_copy_holds_no_word_of_anybody() {
    let (_folder, home, book) = office();
    let demo = kura_demo::books(Law::embedded().unwrap()).unwrap().remove(1).book;
    let dir = home.to_str().unwrap();
    let (_, run) = run_id(dir, &["--month", "2026-10", "--as-of", "2026-11-01"]);
    done(&["payroll", "check", &run, "--dir", dir]);
    let mut canaries: Vec<String> = Vec::new();
    for person in &demo.employees {
        let name = [person.family_name.as_ref(), person.given_name.as_ref()].into_iter().flatten();
        let name: Vec<&str> = name.map(kura_model::Text::as_str).collect();
        canaries.extend([name.join(" "), name.join("　"), name.concat()]);
        canaries.extend(person.family_kana.iter().map(|kana| kana.as_str().to_owned()));
        canaries.extend(person.address.iter().map(|address| address.as_str().to_owned()));
    }
    for account in &demo.bank_accounts {
        canaries.extend(account.account_number.iter().map(|number| number.as_str().to_owned()));
    }
    canaries.retain(|canary| canary.chars().count() >= 3);
    canaries.push("13848755".to_owned());
    canaries.sort();
    canaries.dedup();
    assert!(canaries.len() > 100);
    let mut spelled: HashMap<[u8; 6], Vec<Vec<u8>>> = HashMap::new();
    for word in canaries.iter().flat_map(|canary| spellings(canary)) {
        spelled.entry(*word.first_chunk().unwrap()).or_default().push(word);
    }
    let holds_a_word = |bytes: &[u8]| {
        (0..bytes.len()).any(|at| {
            let begun = bytes[at..].first_chunk().and_then(|six: &[u8; 6]| spelled.get(six));
            begun.is_some_and(|words| words.iter().any(|word| bytes[at..].starts_with(word)))
        })
    };
    assert!(holds_a_word(&fs::read(book.join("従業員.csv")).unwrap()), "the search finds what is there");
    let mut searched = 0;
    for path in files_of(&home) {
        let bytes = fs::read(&path).unwrap();
        assert!(!holds_a_word(&bytes), "{} holds a word of somebody", path.display());
        searched += bytes.len();
    }
    assert!(searched > 100_000);
    // Without the key nothing opens, and it says what is missing.
    fs::remove_file(home.join("server.key")).unwrap();
    let (status, said) = kura(&["export", "--dir", dir, "--out", home.join("x").to_str().unwrap()]);
    assert_eq!(status, 1, "{said}");
    assert!(!home.join("x").exists());
}

/// A word in UTF-8, UTF-16 of both orders and CP932, and each of these as hexadecimal and as base64 wherever it begins. Shorter ones than
/// six bytes say nothing: chance writes them, too.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let units = || word.encode_utf16();
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(word);
    let plain = [
        word.as_bytes().to_vec(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
        cp932.into_owned(),
    ];
    let mut all = Vec::new();
    for bytes in plain {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        all.extend([hex.to_uppercase().into_bytes(), hex.into_bytes()]);
        all.extend((0..3).map(|before| base64_inside(&bytes, before)));
        all.push(bytes);
    }
    all.retain(|spelled| spelled.len() >= 6);
    all
}

/// The letters of base64 that say nothing but these bytes, where so many bytes of something else stand before them in a group of three.
fn base64_inside(bytes: &[u8], before: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let first = (6 - before * 8 % 6) % 6;
    let letters = bits[first..].chunks_exact(6);
    letters.map(|six| LETTERS[six.iter().fold(0, |sum, bit| sum * 2 + usize::from(*bit))]).collect()
}

#[test]
fn a_word_is_found_in_base64_wherever_it_begins() {
    // "xxかな" is eHjjgYvjgao=, "かな" 44GL44Gq, "xかな" eOOBi+OBqg==.
    assert_eq!(base64_inside("かな".as_bytes(), 0), b"44GL44Gq");
    assert_eq!(base64_inside("かな".as_bytes(), 1), b"OBi+OBq");
    assert_eq!(base64_inside("かな".as_bytes(), 2), b"jgYvjga");
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_of(&path));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_doctor_says_what_a_theft_would_open() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("kura-home");
    assert!(init(&home, None).0);
    let (status, said) = kura(&["doctor", "--dir", home.to_str().unwrap()]);
    // The key lies in the folder itself: a copy of it opens everything, and the doctor calls that bad.
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("× 盗難"), "{said}");
    for about in ["版", "時計", "空き容量", "ディスクの確定", "権限", "記録", "法令データ"] {
        assert!(said.contains(about), "{about}: {said}");
    }
    let (_, json) = kura(&["doctor", "--json", "--dir", home.to_str().unwrap()]);
    let lines: Vec<Value> = json.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(lines.iter().any(|line| line["about"] == "盗難" && line["level"] == "bad"), "{json}");
}
