//! What an office needs beside its months: people who work there, who looked at whom, erasure, keys, outputs again.

use std::fs;

use serde_json::Value;

use super::{done, files_of, kura, office, run_id};

fn lines(said: &str) -> Vec<Value> {
    said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

#[test]
fn users_are_taken_in_and_the_last_administrator_stays() {
    let (_folder, home, _) = office();
    let dir = home.to_str().unwrap();
    let said = done(&["user", "put", "kura-clerk", "--role", "clerk", "--client", "002", "--dir", dir]);
    assert!(said.contains("kura-clerk  職員  担当 002"), "{said}");
    done(&["user", "put", "kura-second", "--role", "administrator", "--dir", dir]);
    done(&["user", "remove", "kura-clerk", "--dir", dir]);
    let users = lines(&done(&["user", "list", "--json", "--dir", dir]));
    let role_of = |name: &str| users.iter().find(|user| user["name"] == name).unwrap()["role"].clone();
    assert_eq!((users.len(), role_of("kura-clerk"), role_of("kura-second")), (3, "登録なし".into(), "管理者".into()));
    done(&["user", "remove", "kura-second", "--dir", dir]);
    let myself = users.iter().filter_map(|user| user["name"].as_str()).find(|name| !name.starts_with("kura-")).unwrap();
    let (status, said) = kura(&["user", "remove", myself, "--dir", dir]);
    assert_eq!(status, 1);
    assert!(said.contains("管理者が一人もいなくなります"), "{said}");
    let (status, _) = kura(&["user", "put", "x", "--role", "king", "--dir", dir]);
    assert_eq!(status, 2);
}

#[test]
fn an_export_is_told_of_each_person_and_an_erased_one_is_gone() {
    let (folder, home, _) = office();
    let dir = home.to_str().unwrap();
    let person = ["--client", "002", "--person", "12", "--dir", dir];
    let nobody = done(&[&["journal", "who"], &person[..]].concat());
    assert!(nobody.contains("見た人も、持ち出した人もいません"), "{nobody}");
    done(&["export", "--dir", dir, "--out", folder.path().join("all").to_str().unwrap()]);
    let looks = lines(&done(&[&["journal", "who", "--json"], &person[..]].concat()));
    let told: Vec<_> = looks.iter().map(|look| (look["purpose"].as_str(), look["class"].as_str())).collect();
    // Who asked before who had looked has looked, too.
    assert_eq!(told, [(Some("監査・検証"), Some("画面に表示")), (Some("移行"), Some("持出し"))]);

    let proposed = done(&["erasure", "propose", "--on", "2026-11-24", "--dir", dir]);
    assert!(proposed.contains("人です"), "{proposed}");
    let asked = lines(&done(&[&["erasure", "ask", "--json"], &person[..]].concat()));
    let number = asked[0]["erasure"].as_str().unwrap();
    assert_eq!(asked[0]["needs_approval"], false);
    let (status, own) = kura(&["erasure", "approve", number, "--dir", dir]);
    assert_eq!(status, 1);
    assert!(own.contains("本人は承認できません"), "{own}");
    let listed = lines(&done(&["erasure", "list", "--json", "--dir", dir]));
    assert_eq!((listed[0]["person"].as_str(), &listed[0]["done_at"]), (Some("12"), &Value::Null));
    let gone = done(&["erasure", "run", number, "--dir", dir]);
    assert!(gone.contains("消去しました"), "{gone}");
    let (status, _) = kura(&["erasure", "run", number, "--dir", dir]);
    assert_eq!(status, 1);
    let (status, said) = kura(&[&["journal", "who"], &person[..]].concat());
    assert_eq!(status, 1, "{said}");
    done(&["journal", "verify", "--dir", dir]);

    // The journal tells of all of it, by day and by user.
    let told = lines(&done(&["journal", "list", "--json", "--dir", dir]));
    let of = |action: &str| told.iter().filter(|entry| entry["action"] == action).count();
    assert_eq!((of("消去の依頼"), of("消去"), of("出力")), (1, 1, 1));
    let past = done(&["journal", "list", "--to", "2020-01-01", "--dir", dir]);
    assert_eq!(past, "");
    let (status, said) = kura(&["journal", "list", "--user", "nobody-of-this-name", "--dir", dir]);
    assert_eq!(status, 1, "{said}");
    assert_eq!(kura(&["journal", "list", "--from", "yesterday", "--dir", dir]).0, 2);
}

#[test]
fn keys_are_changed_and_everything_is_there() {
    let (folder, home, _) = office();
    let dir = home.to_str().unwrap();
    let export = |name: &str| {
        let out = folder.path().join(name);
        done(&["export", "--dir", dir, "--out", out.to_str().unwrap()]);
        files_of(&out).into_iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let before = export("before");
    let said = done(&["keys", "rotate", "--data-key", "--dir", dir]);
    assert!(said.contains("包み直しました"), "{said}");
    done(&["keys", "rotate", "--client", "002", "--person", "12", "--dir", dir]);
    done(&["keys", "rotate", "--client", "002", "--dir", dir]);
    done(&["keys", "rotate", "--office", "--dir", dir]);
    done(&["keys", "rotate", "--data-key", "--dir", dir]);
    assert!(export("after") == before);
    done(&["journal", "verify", "--dir", dir]);
    assert_eq!(kura(&["keys", "rotate", "--dir", dir]).0, 2);
}

#[test]
fn a_published_month_gives_its_files_again_and_what_had_to_wait() {
    let (folder, home, book) = office();
    let dir = home.to_str().unwrap();
    let (_, first) = run_id(dir, &["--month", "2026-10", "--as-of", "2026-10-01"]);
    done(&["payroll", "withdraw", &first, "--dir", dir]);
    let (status, said) = kura(&["payroll", "check", &first, "--dir", dir]);
    assert_eq!(status, 1);
    assert!(said.contains("取消"), "{said}");
    let (_, run) = run_id(dir, &["--month", "2026-10", "--as-of", "2026-10-01"]);
    for step in ["check", "approve"] {
        done(&["payroll", step, &run, "--dir", dir]);
    }
    done(&["payroll", "publish", &run, "--dir", dir, "--no-pdf"]);
    let published = home.join("out/002_2026-10");
    let again = folder.path().join("again");
    done(&["payroll", "output", &run, "--dir", dir, "--out", again.to_str().unwrap(), "--no-pdf"]);
    for path in files_of(&published) {
        let inside = path.strip_prefix(&published).unwrap();
        assert!(fs::read(&path).unwrap() == fs::read(again.join(inside)).unwrap(), "{}", inside.display());
    }
    // On a later day the notices that had to wait are made, as `kura month` makes them on that day.
    let (late, stateless) = (folder.path().join("late"), folder.path().join("stateless"));
    let day = ["--as-of", "2026-12-31", "--no-pdf", "--out"];
    done(&[&["payroll", "output", &run, "--dir", dir], &day[..], &[late.to_str().unwrap()]].concat());
    let month = ["month", book.to_str().unwrap(), "--month", "2026-10"];
    kura(&[&month[..], &day[..], &[stateless.to_str().unwrap()]].concat());
    let notices = |place: &std::path::Path| {
        let files = files_of(&place.join("届出")).into_iter();
        files.map(|path| (path.strip_prefix(place).unwrap().to_owned(), fs::read(&path).unwrap())).collect::<Vec<_>>()
    };
    assert!(notices(&late) == notices(&stateless));
    assert!(notices(&late).len() > notices(&again).len(), "something had to wait");
}
