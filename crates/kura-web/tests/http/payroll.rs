//! Pay in the browser: computed, looked at to the last yen, checked, approved by a second person, published.

use kura_journal::{Class, Role};

use crate::browser::{Answer, Browser};
use crate::given::{PASSWORD, Served};

/// The client of the demonstration with three people, and the month it is paid for first.
const KAKU: usize = 3;
const ORDER: [(&str, &str); 2] = [("client", "004"), ("month", "2026-06")];

/// The address of the run on a page.
fn run_of(answer: &Answer) -> String {
    let from = answer.body.split("href=\"/payroll/").nth(1).unwrap();
    format!("/payroll/{}", &from.split(['/', '"']).next().unwrap())
}

fn computed(browser: &mut Browser) -> String {
    let page = browser.post("/payroll", &ORDER);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("<strong>計算済</strong>"));
    run_of(&page)
}

#[test]
fn a_run_goes_from_its_computation_to_its_publication_by_two_people() {
    let served = Served::with(31, &[KAKU]);
    let (mut first, secret) = served.administrator();
    let mut second = served.user("taro", Role::Sharoshi, &[]);
    let run = computed(&mut first);
    let step = |browser: &mut Browser, step: &str| browser.post(&format!("{run}/{step}"), &[]);
    assert_eq!(step(&mut first, "approve").status, 409, "no step is left out");
    assert_eq!(step(&mut first, "check").status, 303);
    let own = step(&mut first, "approve");
    assert_eq!(own.status, 409);
    assert!(own.body.contains("別の人が承認してください"));
    assert_eq!(step(&mut second, "approve").status, 303);
    served.pass_s(301);
    assert!(step(&mut first, "publish").header("location").unwrap().starts_with("/prove-again"));
    let code = secret.code_at(served.now()).unwrap();
    first.post("/prove-again", &[("password", PASSWORD), ("code", &code)]);
    let published = step(&mut first, "publish");
    assert_eq!(published.status, 200);
    assert!(published.body.contains("<strong>公開済</strong>") && published.body.contains("out/there"));
    assert!(first.get("/payroll").body.contains("公開済"));
}

#[test]
fn who_is_alone_approves_their_own_run() {
    let served = Served::with(32, &[KAKU]);
    let (mut only, _) = served.administrator();
    let run = computed(&mut only);
    for step in ["check", "approve"] {
        assert_eq!(only.post(&format!("{run}/{step}"), &[]).status, 303, "{step}");
    }
}

#[test]
fn every_yen_of_a_slip_has_its_reason_and_the_look_is_an_entry() {
    let served = Served::with(33, &[KAKU]);
    let (mut browser, _) = served.administrator();
    let run = computed(&mut browser);
    let grid = browser.get(&run).body;
    assert!(grid.contains(">600,000</a>") && grid.contains(">53,985</a>"), "{grid}");
    let page = browser.get(&format!("{run}/people/1"));
    // 590,000円 x 9.15 % of 厚生年金, by hand.
    for word in ["53,985円", "0.0915", "590000", "national_premium_rates", "確認済", "id=\"employees_pension\""] {
        assert!(page.body.contains(word), "{word}");
    }
    let id = page.header("x-request-id").unwrap();
    let entries = served.journal();
    let shown = entries.iter().map(|told| &told.entry.draft).filter(|draft| draft.class == Some(Class::Shown));
    let of_page = shown.filter(|draft| draft.request.is_some_and(|request| request.to_string() == id));
    assert_eq!(of_page.filter(|draft| draft.subjects.len() == 1).count(), 2, "the reasons, and the name");
}

#[test]
fn a_run_of_another_client_is_as_if_it_were_not() {
    let served = Served::with(34, &[1, KAKU]);
    let (mut administrator, _) = served.administrator();
    let run = computed(&mut administrator);
    let mut clerk = served.user("jiro", Role::Clerk, &["002"]);
    assert!(!clerk.get("/payroll").body.contains(&run));
    let nobody = "/payroll/01a20ec8-05af-7000-8000-eb39ad3eba87";
    for rest in ["", "/people/1"] {
        let (other, missing) = (clerk.get(&format!("{run}{rest}")), clerk.get(&format!("{nobody}{rest}")));
        assert_eq!((other.status, missing.status), (404, 404), "{rest}");
        let plain = |answer: &Answer| answer.body.replace(answer.header("x-request-id").unwrap(), "ID");
        assert_eq!(plain(&other), plain(&missing));
    }
    for step in ["check", "approve", "publish"] {
        assert_eq!(clerk.post(&format!("{run}/{step}"), &[]).status, 404, "{step}");
    }
    assert_eq!(clerk.post("/payroll", &ORDER).status, 404);
}

#[test]
fn a_month_that_is_none_comes_back_beside_what_was_typed() {
    let served = Served::with(35, &[KAKU]);
    let (mut browser, _) = served.administrator();
    let page = browser.post("/payroll", &[("client", "004"), ("month", "来月")]);
    assert!(page.body.contains("value=\"来月\"") && page.body.contains("2026-07 のように"));
}
