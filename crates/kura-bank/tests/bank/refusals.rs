//! What is not written, each with its place and its words.

use kura_bank::{AccountKind, BankProblem, BankProfile, RecordKind, TransferFile, refuse_inhabitant_tax_file, write};
use kura_yen::Yen;

use crate::files::{account, brewery, day, law, payment};

fn refused(change: impl FnOnce(&mut TransferFile)) -> Vec<BankProblem> {
    let mut file = brewery();
    change(&mut file);
    write(law(), &file, &BankProfile::default()).unwrap_err()
}

/// The one problem of a changed file, as a user reads it.
fn words(change: impl FnOnce(&mut TransferFile)) -> String {
    let problems = refused(change);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

#[test]
fn a_character_is_named_with_its_place_and_nothing_else_of_the_value() {
    let problems = refused(|file| file.payments[1].payee_kana = "サドシマ　みノ・髙".to_owned());
    let found: Vec<_> = problems.iter().map(|problem| (problem.place, problem.character)).collect();
    assert_eq!(found, [(Some(6), Some('み')), (Some(8), Some('・')), (Some(9), Some('髙'))]);
    assert!(problems.iter().all(|problem| problem.payment == Some(2) && problem.kind == Some(RecordKind::Data)));
    assert!(problems.iter().all(|problem| !problem.to_string().contains("サド")), "{problems:?}");
    let first = problems[0].to_string();
    assert!(first.starts_with("2件目「受取人名」: 振込データに使えない文字があります。 6文字目の「み」は"), "{first}");
}

#[test]
fn what_a_bank_would_refuse_is_refused_here() {
    let long = "ア".repeat(31);
    type Case = (&'static str, fn(&mut TransferFile));
    let cases: [Case; 14] = [
        ("2件目「振込金額」: 0円以下の振込は作れません。", |file| {
            file.payments[1].amount = Yen::ZERO
        }),
        ("3件目「振込金額」: 0円以下の振込は作れません。", |file| {
            file.payments[2].amount = Yen::new(-1)
        }),
        ("2件目「振込金額」: 10桁に収まりません。", |file| {
            file.payments[1].amount = Yen::new(10_000_000_000)
        }),
        (
            "1件目「口座番号」: 8桁あり、この項目の7桁に合いません。 口座番号は7桁以内です。ゆうちょ銀行は",
            |file| {
                file.payments[0].account.number = "12345678".to_owned();
            },
        ),
        ("1件目「口座番号」: 空欄です。 口座番号を書いてください。", |file| {
            file.payments[0].account.number.clear()
        }),
        ("1件目「口座番号」: 4文字目が数字ではありません。", |file| {
            file.payments[0].account.number = "123-456".to_owned();
        }),
        ("1件目「被仕向銀行番号」: 3桁あり、この項目の4桁に合いません。", |file| {
            file.payments[0].account.bank_code = "999".to_owned();
        }),
        ("1件目「被仕向支店番号」: 0桁あり、この項目の3桁に合いません。", |file| {
            file.payments[0].account.branch_code.clear();
        }),
        ("1件目「受取人名」: 空欄です。 通帳に書かれた", |file| {
            file.payments[0].payee_kana = "　".to_owned()
        }),
        ("1件目「受取人名」: スペースが先頭にあるか、2つ続いています。", |file| {
            file.payments[0].payee_kana = "コシジ　　マサミチ".to_owned();
        }),
        ("3件目: 貯蓄預金は給与・賞与の振込データに使えません。", |file| {
            file.payments[2].account.kind = AccountKind::Savings;
        }),
        (
            "ヘッダーレコード「振込依頼人コード（委託者コード）」: 空欄です。 銀行から示された",
            |file| {
                file.payer.consignor_code.clear();
            },
        ),
        ("2026-06-28は銀行の休業日（日）で、振込指定日にできません。 支払日を", |file| {
            file.transfer_date = day("2026-06-28");
        }),
        ("振込がありません。", |file| file.payments.clear()),
    ];
    for (start, change) in cases {
        let said = words(change);
        assert!(said.starts_with(start), "{start}\n{said}");
    }
    let said = words(|file| file.payments[0].payee_kana = long);
    assert!(said.starts_with("1件目「受取人名」: 半角31文字あり、この項目の30文字を超えています"), "{said}");
    let said = words(|file| file.payments[0].account.bank_kana = "ガ".repeat(8));
    assert!(said.contains("16文字あり") && said.contains("空欄にしてください"), "{said}");
}

#[test]
fn limits_are_those_of_the_fields() {
    let profile = BankProfile::default();
    let mut file = brewery();
    file.payments = vec![payment("1", "ｱ", 9_999_999_999)];
    assert!(write(law(), &file, &profile).is_ok());
    // 合計金額 has twelve digits: a hundred such payments fit, the hundred and first does not.
    file.payments = vec![payment("1", "ｱ", 9_999_999_999); 100];
    assert!(write(law(), &file, &profile).is_ok());
    file.payments.push(payment("1", "ｱ", 100));
    let problems = write(law(), &file, &profile).unwrap_err();
    assert_eq!(problems[0].to_string().split(' ').next(), Some("トレーラーレコード「合計金額」:"));
}

#[test]
fn what_a_bank_takes_besides_is_its_own() {
    let mut file = brewery();
    file.payments[0].payee_kana = "ｱ/ｲ".to_owned();
    assert!(write(law(), &file, &BankProfile::default()).is_err());
    let profile = BankProfile { further_signs: vec!['/'], ..BankProfile::default() };
    let bytes = write(law(), &file, &profile).unwrap();
    assert_eq!(kura_bank::check(law(), &bytes, &profile, file.transfer_date), []);
    assert_eq!(kura_bank::check(law(), &bytes, &BankProfile::default(), file.transfer_date)[0].character, Some('/'));
}

#[test]
fn a_payer_may_pay_from_another_kind_of_account() {
    let mut file = brewery();
    file.payer.account = kura_bank::Account { kind: AccountKind::Other, ..account("9001000") };
    assert!(write(law(), &file, &BankProfile::default()).is_ok());
    file.payments[0].account.kind = AccountKind::Other;
    assert!(write(law(), &file, &BankProfile::default()).is_err());
}

#[test]
fn the_file_of_inhabitant_tax_is_refused_by_name() {
    let refused = refuse_inhabitant_tax_file(law());
    assert_eq!(refused.to_string(), "住民税納付ファイルの様式が銀行から示されていません。");
    assert!(refused.remedy.contains("取引銀行の様式を取り寄せてください。"), "{}", refused.remedy);
}
