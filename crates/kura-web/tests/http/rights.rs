//! Who sees what: a role's own clients and no other's, one office and no other.

use kura_journal::{Action, Class, Role};

use crate::browser::Answer;
use crate::given::Served;

/// A page without what differs by design.
fn page(answer: &Answer) -> (u16, String) {
    let id = answer.header("x-request-id").unwrap();
    (answer.status, answer.body.replace(id, "ID"))
}

#[test]
fn a_clerk_sees_their_own_clients_and_another_client_is_as_if_it_were_not() {
    let served = Served::with(21, &[0, 1]);
    let mut clerk = served.user("taro", Role::Clerk, &["002"]);
    let list = clerk.get("/clients").body;
    assert!(list.contains("泉州総合設備") && !list.contains("越路"));
    for rest in ["", "/people", "/people/01", "/people/0001"] {
        let other = clerk.get(&format!("/clients/001{rest}"));
        let nobody = clerk.get(&format!("/clients/999{rest}"));
        assert_eq!(other.status, 404);
        assert_eq!(page(&other), page(&nobody), "{rest}");
    }
    assert_eq!(clerk.get("/clients/002").status, 200);
    assert_eq!(clerk.get("/clients/002/people").status, 200);
    assert_eq!(clerk.get("/clients/002/people/01").status, 200);
    assert_eq!(clerk.get("/users").status, 404);
    assert_eq!(clerk.post("/users", &[("name", "taro"), ("role", "2")]).status, 404);
    assert_eq!(clerk.post("/users/slip", &[("name", "hanako")]).status, 404);
    assert!(!clerk.get("/clients").body.contains("href=\"/users\""), "what does not work is not offered");
}

#[test]
fn a_session_of_one_office_is_nothing_in_another() {
    let (one, other) = (Served::with(22, &[0]), Served::with(23, &[1]));
    let (mut browser, _) = one.administrator();
    let mut elsewhere = other.browser();
    elsewhere.cookie.clone_from(&browser.cookie);
    for path in crate::guard::GETS {
        let (here, there, stranger) = (browser.get(path), elsewhere.get(path), other.browser().get(path));
        assert_eq!(there.status, stranger.status, "{path}");
        assert!(
            here.status < 400 || path.starts_with("/clients/001/people/") || path.starts_with("/payroll/"),
            "{path}"
        );
        assert!(!there.body.contains("泉州") && !there.body.contains("越路"), "{path}");
    }
}

#[test]
fn that_somebody_looked_stands_in_the_journal_with_the_request_of_the_page() {
    let served = Served::with(24, &[1]);
    let (mut browser, _) = served.administrator();
    let answer = browser.get("/clients/002/people/01");
    assert_eq!(answer.status, 200);
    let id = answer.header("x-request-id").unwrap();
    let entries = served.journal();
    let of_page: Vec<_> = entries
        .iter()
        .filter(|told| told.entry.draft.request.is_some_and(|request| request.to_string() == id))
        .collect();
    assert_eq!(of_page.len(), 2, "the client's facts and the person's");
    for told in &of_page {
        let draft = &told.entry.draft;
        assert_eq!((draft.action, draft.class), (Action::Read, Some(Class::Shown)));
        assert!(draft.origin.address.is_some_and(|address| address.is_loopback()));
    }
    assert!(of_page.iter().any(|told| told.entry.draft.subjects.len() == 1));
}

#[test]
fn whose_rights_change_signs_in_again() {
    let served = Served::with(25, &[0, 1]);
    let (mut administrator, _) = served.administrator();
    let mut clerk = served.user("taro", Role::Clerk, &["001", "002"]);
    assert_eq!(clerk.get("/clients/001").status, 200);
    assert_eq!(administrator.post("/users", &[("name", "taro"), ("role", "4"), ("clients", "002")]).status, 200);
    assert_eq!(clerk.get("/clients/001").status, 303);
    let own = administrator.post("/users", &[("name", "hanako"), ("role", "4")]);
    assert!(own.body.contains("自分の役割は変えられません"));
}
