//! Who comes in, with what, for how long.

use kura_desk::CodeSecret;
use kura_journal::{Action, Authentication};

use crate::browser::{Answer, Browser};
use crate::given::{ADMINISTRATOR, PASSWORD, Served};

fn sign_in(browser: &mut Browser, name: &str, password: &str, code: &str) -> Answer {
    browser.post("/sign-in", &[("name", name), ("password", password), ("code", code)])
}

fn is_in(browser: &mut Browser) -> bool {
    browser.get("/clients").status == 200
}

#[test]
fn the_first_administrator_begins_with_the_slip_and_the_slip_works_once() {
    let served = Served::empty(1);
    let (mut browser, secret) = served.administrator();
    assert!(is_in(&mut browser));
    let mut other = served.browser();
    assert_eq!(other.post("/begin", &[("slip", &served.slip)]).status, 401);
    let code = secret.code_at(served.now()).unwrap();
    assert_eq!(served.enrol_with(&mut other, &served.slip, &secret, PASSWORD, &code).status, 409);
    assert!(!is_in(&mut other));
}

#[test]
fn a_slip_ends_after_a_day() {
    let served = Served::empty(2);
    served.pass_s(24 * 60 * 60);
    assert_eq!(served.browser().post("/begin", &[("slip", &served.slip)]).status, 401);
}

#[test]
fn a_weak_password_or_a_wrong_code_leaves_the_slip_as_it_was() {
    let served = Served::empty(3);
    let mut browser = served.browser();
    let secret = CodeSecret::from_base32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").unwrap();
    let code = secret.code_at(served.now()).unwrap();
    for (password, code, word) in [
        ("short", code.as_str(), "12文字以上"),
        ("1qaz2wsx3edc4rfv", &code, "推測されやすい"),
        (PASSWORD, "000000", "確認コードが違います"),
    ] {
        let answer = served.enrol_with(&mut browser, &served.slip, &secret, password, code);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(word), "{}", answer.body);
        assert!(!answer.body.contains(password) || password == "short");
        assert!(!is_in(&mut browser));
    }
    assert_eq!(served.enrol_with(&mut browser, &served.slip, &secret, PASSWORD, &code).status, 303);
}

#[test]
fn name_password_and_code_are_all_needed_and_a_code_works_once() {
    let served = Served::empty(4);
    let (_, secret) = served.administrator();
    let mut browser = served.browser();
    let code = secret.code_at(served.now()).unwrap();
    assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, &code).status, 401, "used when they began");
    served.pass_s(30);
    let code = secret.code_at(served.now()).unwrap();
    let wrong = [("taro", PASSWORD, code.as_str()), (ADMINISTRATOR, "ame no hi ni hon wo kaku", &code)];
    let said: Vec<String> = wrong
        .iter()
        .map(|(name, password, code)| {
            let answer = sign_in(&mut browser, name, password, code);
            assert_eq!(answer.status, 401);
            answer.body.replace(*name, "NAME").replace(&answer.header("x-request-id").unwrap().to_owned(), "ID")
        })
        .collect();
    assert_eq!(said[0], said[1], "who is known is not told");
    assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, "０１２３４５").status, 401);
    served.pass_s(8);
    let full_width: String = code.chars().map(|digit| char::from_u32(u32::from(digit) + 0xFEE0).unwrap()).collect();
    assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, &full_width).status, 303, "typed with an input method");
    assert!(is_in(&mut browser));
    assert_eq!(sign_in(&mut served.browser(), ADMINISTRATOR, PASSWORD, &code).status, 401);
    let entries = served.journal();
    let did = |action| entries.iter().filter(|told| told.entry.draft.action == action).count();
    assert_eq!(did(Action::SignInRefused), 5);
    let last = entries.iter().rev().find(|told| told.entry.draft.origin.address.is_some()).unwrap();
    assert!(last.entry.draft.origin.agent.is_none() && last.entry.draft.request.is_some());
    let by_code = |told: &&kura_desk::Told| told.entry.draft.actor.authentication == Authentication::PasswordAndCode;
    assert!(entries.iter().any(|told| by_code(&told) && told.entry.draft.action == Action::SignIn));
}

#[test]
fn guessing_becomes_slow_and_never_locks() {
    let served = Served::empty(5);
    let (_, secret) = served.administrator();
    let mut browser = served.browser();
    let mut tried = 0;
    let began = served.now();
    for second in 0..3600 {
        let answer = sign_in(&mut browser, ADMINISTRATOR, "not the password", "123456");
        match answer.status {
            401 => tried += 1,
            429 => assert!(answer.header("retry-after").is_some()),
            other => panic!("{other}"),
        }
        if second == 20 {
            let right = secret.code_at(served.now()).unwrap();
            assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, &right).status, 429, "not even the right one");
        }
        served.pass_s(1);
    }
    assert_eq!(served.now() - began, 3_600_000);
    assert!((10..=25).contains(&tried), "{tried} tries in an hour");
    served.pass_s(300);
    let code = secret.code_at(served.now()).unwrap();
    assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, &code).status, 303);
}

#[test]
fn many_guesses_at_once_are_no_way_around_the_wait() {
    let served = Served::empty(15);
    let _ = served.administrator();
    let guess = || sign_in(&mut served.browser(), ADMINISTRATOR, "not the password", "123456").status;
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..24).map(|_| scope.spawn(guess)).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let tried = answers.iter().filter(|status| **status == 401).count();
    assert_eq!((tried, answers.len() - tried), (3, 21), "{answers:?}");
    assert!(answers.iter().all(|status| [401, 429].contains(status)), "{answers:?}");
}

#[test]
fn a_session_ends_after_half_an_hour_of_rest_and_after_twelve_hours_of_work() {
    let served = Served::empty(6);
    let (mut browser, secret) = served.administrator();
    served.pass_s(29 * 60);
    assert!(is_in(&mut browser));
    served.pass_s(30 * 60);
    assert!(!is_in(&mut browser));
    let code = secret.code_at(served.now()).unwrap();
    assert_eq!(sign_in(&mut browser, ADMINISTRATOR, PASSWORD, &code).status, 303);
    for _ in 0..35 {
        served.pass_s(20 * 60);
        assert!(is_in(&mut browser));
    }
    served.pass_s(20 * 60);
    assert!(!is_in(&mut browser));
    let ended = served.journal().iter().filter(|told| told.entry.draft.action == Action::SignOut).count();
    assert_eq!(ended, 2, "a session that ended is told once");
}

#[test]
fn a_token_that_somebody_planted_is_worth_nothing_and_changes_at_each_proof() {
    let served = Served::empty(7);
    let mut browser = served.browser();
    let planted = "A".repeat(43);
    browser.cookie = Some(planted.clone());
    let secret = served.enrol(&mut browser, &served.slip);
    let first = browser.cookie.clone().unwrap();
    assert_ne!(first, planted);
    assert_eq!(first.len(), 43, "256 bits");
    served.pass_s(30);
    let code = secret.code_at(served.now()).unwrap();
    assert_eq!(browser.post("/prove-again", &[("password", PASSWORD), ("code", &code)]).status, 303);
    let second = browser.cookie.clone().unwrap();
    assert_ne!(first, second);
    for gone in [planted, first] {
        browser.cookie = Some(gone);
        assert!(!is_in(&mut browser));
    }
    browser.cookie = Some(second.clone());
    assert_eq!(browser.post("/sign-out", &[]).status, 303);
    assert!(browser.cookie.is_none());
    browser.cookie = Some(second);
    assert!(!is_in(&mut browser), "the token itself is dead");
}

#[test]
fn rights_are_changed_only_with_a_fresh_proof() {
    let served = Served::empty(8);
    let (mut browser, secret) = served.administrator();
    let put = [("name", "taro"), ("role", "4"), ("clients", "001")];
    served.pass_s(301);
    let answer = browser.send("POST", "/users", &from(&served, "/users?x=1"), "name=taro&role=4&clients=001");
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some("/prove-again?back=/users%3Fx=1"));
    let code = secret.code_at(served.now()).unwrap();
    let proved = browser.post("/prove-again", &[("password", PASSWORD), ("code", &code), ("back", "/users?x=1")]);
    assert_eq!(proved.header("location"), Some("/users?x=1"));
    let answer = browser.post("/users", &put);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("taro さんの登録コード"));
}

/// The headers of a form sent from a page of ours.
fn from(served: &Served, path: &str) -> [(&'static str, &'static str); 2] {
    let site = format!("http://localhost:{}", served.port);
    [("origin", site.clone().leak()), ("referer", format!("{site}{path}").leak())]
}
