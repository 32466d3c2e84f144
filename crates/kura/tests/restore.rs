//! The worst day: the machine is gone, and an office comes back from a folder and a sheet of paper.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads the folder of a user"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kura_law::Law;
use tempfile::TempDir;

/// `kura` with these lines on its standard input.
fn kura_told(arguments: &[&str], typed: &str) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that stops before it asks has closed the pipe.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said)
}

fn done(arguments: &[&str]) -> String {
    let (status, said) = kura_told(arguments, "");
    assert_eq!(status, 0, "{arguments:?}: {said}");
    said
}

/// What stands on the paper.
struct Sheet {
    words: String,
    fingerprint: String,
}

impl Sheet {
    fn typed(&self) -> String {
        format!("{}\n{}\n", self.words, self.fingerprint)
    }
}

fn init(home: &Path) -> Sheet {
    let key = home.join("server.key");
    let mut child = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(["init", "--dir", home.to_str().unwrap(), "--key-file", key.to_str().unwrap(), "--key-inside-home"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shown = BufReader::new(child.stdout.take().unwrap());
    let (mut words, mut fingerprint) = (Vec::new(), String::new());
    while fingerprint.is_empty() {
        let mut line = String::new();
        assert!(shown.read_line(&mut line).unwrap() > 0, "the sheet is shown");
        let parts: Vec<&str> = line.split_whitespace().collect();
        let numbered = parts.chunks(2).filter(|pair| pair[0].trim_end_matches('.').parse::<u8>().is_ok());
        words.extend(numbered.filter(|pair| pair.len() == 2).map(|pair| pair[1].to_owned()));
        // Groups of a fingerprint may look like numbers.
        words.truncate(24);
        if let Some(shown) = line.strip_prefix("ログの検証鍵の指紋") {
            fingerprint = shown.trim().to_owned();
        }
    }
    let words = words.join(" ");
    writeln!(child.stdin.take().unwrap(), "{words}").unwrap();
    shown.read_to_string(&mut String::new()).unwrap();
    assert!(child.wait().unwrap().success());
    Sheet { words, fingerprint }
}

/// An office with the demo's second client, and where it ships to.
struct World {
    folder: TempDir,
    home: PathBuf,
    target: PathBuf,
    sheet: Sheet,
}

impl World {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("kura-home");
        let sheet = init(&home);
        let book = folder.path().join("book");
        fs::create_dir(&book).unwrap();
        let demo = kura_demo::books(Law::embedded().unwrap()).unwrap().remove(1).book;
        for file in kura_book::write_folder(&demo) {
            fs::write(book.join(&file.name), &file.bytes).unwrap();
        }
        done(&["import", book.to_str().unwrap(), "--dir", home.to_str().unwrap()]);
        let target = folder.path().join("stick");
        Self { folder, home, target, sheet }
    }

    fn dir(&self) -> &str {
        self.home.to_str().unwrap()
    }

    fn to(&self) -> &str {
        self.target.to_str().unwrap()
    }

    fn ship(&self) -> String {
        done(&["archive", "ship", "--to", self.to(), "--dir", self.dir()])
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn restore(&self, name: &str, more: &[&str], typed: &str) -> (i32, String) {
        let to = self.place(name);
        let key = to.join("server.key");
        let (to, key) = (to.to_str().unwrap(), key.to_str().unwrap());
        let arguments = ["restore", "--from", self.to(), "--to", to, "--key-file", key, "--key-inside-home"];
        kura_told(&[&arguments, more].concat(), typed)
    }

    fn export(&self, dir: &Path, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let out = self.place(name);
        done(&["export", "--dir", dir.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        let mut files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.strip_prefix(&out).unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

#[test]
fn an_office_comes_back_from_a_stick_and_a_sheet_and_works() {
    let world = World::new();
    let run = done(&["payroll", "run", "--dir", world.dir(), "--client", "002", "--month", "2026-10", "--json"]);
    assert!(run.contains("run"));
    assert!(world.ship().contains("ランサムウェアからは守れません"));
    let before = world.export(&world.home, "before");
    world.ship();
    assert!(world.ship().contains("新しい分はありません"));
    // Its key lies inside the home, which the doctor does not like.
    let (_, doctor) = kura_told(&["doctor", "--dir", world.dir()], "");
    assert!(doctor.contains("送っていない記録は0件"), "{doctor}");

    // Without a key all but the records is proven.
    let verified = done(&["archive", "verify", "--from", world.to()]);
    assert!(verified.contains("欠けも書き換えもありません"), "{verified}");
    let (status, said) = kura_told(&["archive", "verify", "--from", world.to(), "--words"], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("記録のとおりです") && said.contains("復旧シートと一致しました"), "{said}");

    // The machine is gone.
    fs::remove_dir_all(&world.home).unwrap();
    let (status, said) = world.restore("new", &[], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("一致しました"), "{said}");
    let new = world.place("new");
    let dir = new.to_str().unwrap();
    assert!(done(&["payroll", "list", "--dir", dir, "--client", "002"]).contains("2026-10"));
    assert_eq!(world.export(&new, "after"), before);
    let verified = done(&["journal", "verify", "--dir", dir]);
    assert!(verified.contains("記録のとおりです"), "{verified}");
    let (_, doctor) = kura_told(&["doctor", "--dir", dir], "");
    assert!(doctor.contains("正しくつながっています") && doctor.contains("どこにも保全していません"), "{doctor}");

    // It ships again, to a target of its own, and comes back from there as well.
    let (status, said) = kura_told(&["archive", "ship", "--to", world.to(), "--dir", dir], "");
    assert_eq!(status, 1);
    assert!(said.contains("新しい保全先"), "{said}");
    let second = world.place("second");
    done(&["archive", "ship", "--to", second.to_str().unwrap(), "--dir", dir]);
    let third = world.place("third");
    let key = third.join("server.key");
    let arguments = ["restore", "--from", second.to_str().unwrap(), "--to", third.to_str().unwrap(), "--key-file"];
    let words = format!("{}\n\n", world.sheet.words);
    let (status, said) = kura_told(&[&arguments[..], &[key.to_str().unwrap(), "--key-inside-home"]].concat(), &words);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("照合していません"), "{said}");
    assert_eq!(world.export(&third, "third-book"), before);
}

#[test]
fn what_is_typed_wrong_is_named_and_leaves_nothing() {
    let world = World::new();
    world.ship();
    let other = init(&world.place("other-home"));
    let swapped: Vec<&str> = world.sheet.words.split(' ').rev().collect();
    let wrong_fingerprint = format!("{}\n{}\n", world.sheet.words, other.fingerprint);
    for (typed, expected) in [
        (String::new(), "24語が入力されませんでした"),
        ("abandon\n".to_owned(), "24語です（入力は1語）"),
        (swapped.join(" "), "組み合わせが正しくありません"),
        (world.sheet.words.replacen(' ', " zzzz ", 1), "24語です（入力は25語）"),
        (other.typed(), "この復旧シートは、この保全のものではありません"),
        (wrong_fingerprint, "復旧シートのものと違います"),
    ] {
        let (status, said) = world.restore("new", &[], &typed);
        // The checksum of reversed words is right once in 256; then the sheet is another one.
        assert!(said.contains(expected) || said.contains("保全のものではありません"), "{said}");
        assert_eq!(status, 1, "{said}");
        assert!(!world.place("new").exists());
    }
    let (status, said) = world.restore("kura-home", &[], &world.sheet.typed());
    assert_eq!(status, 1);
    assert!(said.contains("空ではありません"), "{said}");
    let (status, said) = world.restore("new", &["--at", "gestern"], &world.sheet.typed());
    assert_eq!(status, 2, "{said}");
    let (status, said) = world.restore("new", &["--at", "1999-01-01"], &world.sheet.typed());
    assert_eq!(status, 1);
    assert!(said.contains("まだ記録がありません"), "{said}");
}

#[test]
fn a_restore_that_was_stopped_begins_cleanly() {
    let world = World::new();
    world.ship();
    // What a try leaves that was killed at its worst moment: everything but the settings.
    let (status, said) = world.restore("new", &[], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    let new = world.place("new");
    fs::remove_file(new.join("kura.toml")).unwrap();
    fs::write(new.join("restoring"), new.join("server.key").to_str().unwrap()).unwrap();
    let (status, said) = kura_told(&["payroll", "list", "--client", "002", "--dir", new.to_str().unwrap()], "");
    assert_eq!(status, 1, "no half-opened office: {said}");
    let (status, said) = world.restore("new", &[], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    done(&["journal", "verify", "--dir", new.to_str().unwrap()]);
}

#[test]
fn an_older_archive_is_found_out_by_a_checkpoint_that_was_kept() {
    let world = World::new();
    done(&["journal", "verify", "--dir", world.dir()]);
    world.ship();
    let old = fs::read_dir(&world.target).unwrap().next().unwrap().unwrap().path();
    done(&["journal", "verify", "--dir", world.dir()]);
    let note = fs::read_dir(world.home.join("checkpoints")).unwrap().next().unwrap().unwrap().path();
    let note = note.to_str().unwrap();
    assert!(old.is_dir());
    let (status, said) = world.restore("new", &["--known", note], &world.sheet.typed());
    assert_eq!(status, 1);
    assert!(said.contains("古い目録が戻されています"), "{said}");
    let (status, said) = world.restore("new", &["--known", note, "--accept-loss"], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("この復元には含まれません"), "{said}");
    done(&["journal", "verify", "--dir", world.place("new").to_str().unwrap()]);
}

#[test]
fn another_machine_receives_and_the_office_comes_back_from_it() {
    let world = World::new();
    let pairing = world.place("pairing");
    let pairing = pairing.to_str().unwrap();
    done(&["archive", "pair", "--dir", world.dir(), "--out", pairing]);
    let arguments = ["--listen", "127.0.0.1:0", "--into", world.to(), "--pairing", pairing, "--reserve-gb", "0"];
    let mut machine = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(["archive", "receive"])
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut heard = BufReader::new(machine.stdout.take().unwrap());
    let mut line = String::new();
    heard.read_line(&mut line).unwrap();
    let to = format!("tcp://{}", line.split_whitespace().next().unwrap());
    let (status, said) = kura_told(&["archive", "ship", "--to", &to, "--dir", world.dir()], "");
    assert_eq!(status, 2, "{said}");
    let shipped = done(&["archive", "ship", "--to", &to, "--pairing", pairing, "--dir", world.dir()]);
    assert!(shipped.contains("追加だけができます"), "{shipped}");
    line.clear();
    heard.read_line(&mut line).unwrap();
    assert!(line.contains("受け取りました: 目録1番"), "{line}");
    let (_, doctor) = kura_told(&["doctor", "--dir", world.dir()], "");
    assert!(doctor.contains("送っていない記録は0件") && doctor.contains("追加だけができます"), "{doctor}");
    machine.kill().unwrap();
    machine.wait().unwrap();
    let (status, said) = kura_told(&["archive", "ship", "--to", &to, "--pairing", pairing, "--dir", world.dir()], "");
    assert_eq!(status, 1);
    assert!(said.contains("保全先を使えません"), "{said}");
    let (status, said) = world.restore("new", &[], &world.sheet.typed());
    assert_eq!(status, 0, "{said}");
    assert_eq!(world.export(&world.place("new"), "after"), world.export(&world.home, "before"));
}

#[test]
fn drills_say_whether_the_promise_holds() {
    let world = World::new();
    let drilled = done(&["drill", "restore", "--dir", world.dir()]);
    assert!(drilled.contains("訓練の結果: 保全から戻せます") && drilled.contains("前提:"), "{drilled}");
    let drilled = done(&["drill", "ransom", "--dir", world.dir()]);
    for expected in ["削除: 断られました", "どれも何も変わりません", "最新は変わりません", "すべて戻せます", "前提:"]
    {
        assert!(drilled.contains(expected), "{drilled}");
    }
    assert!(!world.home.join("drill").exists());
    done(&["journal", "verify", "--dir", world.dir()]);
}
