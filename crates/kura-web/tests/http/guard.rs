//! What holds for every answer, and what never gets as far as a screen.

use crate::given::Served;

/// Every route, with a path that reaches it.
pub(crate) const GETS: [&str; 14] = [
    "/",
    "/sign-in",
    "/prove-again",
    "/begin",
    "/clients",
    "/clients/001",
    "/clients/001/people",
    "/clients/001/people/0001",
    "/payroll",
    "/payroll/01a20ec8-05af-7000-8000-eb39ad3eba87",
    "/users",
    "/healthz",
    "/readyz",
    "/metrics",
];
const POSTS: [&str; 7] =
    ["/sign-in", "/prove-again", "/sign-out", "/begin", "/begin/password", "/users", "/users/slip"];

/// The routes anybody may ask for.
const OPEN: [&str; 6] = ["/", "/sign-in", "/begin", "/healthz", "/readyz", "/metrics"];

#[test]
fn every_answer_bears_the_headers() {
    let served = Served::with(11, &[0]);
    let (mut browser, _) = served.administrator();
    let mut answers: Vec<_> = GETS.iter().map(|path| (*path, browser.get(path))).collect();
    answers.push(("missing", browser.get("/nothing/here")));
    answers.push(("static", browser.get("/static/0/desk.css")));
    answers.push(("static missing", browser.get("/static/0/../../etc/passwd")));
    answers.push(("method", browser.send("DELETE", "/clients", &[("origin", "http://localhost")], "")));
    for (path, answer) in answers {
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{path}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
        assert!(answer.header("x-request-id").is_some(), "{path}");
        let kept = answer.header("cache-control");
        assert_eq!(
            kept,
            Some(if path == "static" { "public, max-age=31536000, immutable" } else { "no-store" }),
            "{path}"
        );
        assert!(!answer.body.contains("<style") && !answer.body.contains(" style="), "{path}");
        assert!(!answer.body.contains("<script>") && !answer.body.contains(" onclick="), "{path}");
        assert!(answer.status < 500, "{path}");
    }
}

#[test]
fn without_a_session_nothing_of_the_office_is_shown() {
    let served = Served::with(12, &[0]);
    let mut browser = served.browser();
    for path in GETS {
        let answer = browser.get(path);
        if OPEN.contains(&path) {
            assert!(!answer.body.contains("越路"), "{path}");
        } else {
            assert_eq!(answer.status, 303, "{path}");
            assert_eq!(answer.header("location"), Some(format!("/sign-in?back={path}").as_str()));
            assert!(answer.body.is_empty());
        }
    }
}

#[test]
fn a_form_from_another_site_changes_nothing() {
    let served = Served::empty(13);
    let (mut browser, _) = served.administrator();
    let own = format!("http://localhost:{}", served.port);
    for path in POSTS {
        for headers in [
            vec![],
            vec![("origin", "http://evil.example")],
            vec![("origin", "null")],
            vec![("origin", "http://localhost:1")],
            vec![("origin", "https://localhost")],
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
        ] {
            let answer = browser.send("POST", path, &headers, "name=x&password=x&code=x&slip=x&role=4");
            assert_eq!(answer.status, 403, "{path} {headers:?}");
        }
    }
    assert_eq!(browser.get("/clients").status, 200, "still signed in");
    assert_eq!(browser.send("POST", "/sign-out", &[("origin", &own)], "").status, 303);
}

#[test]
fn a_name_that_was_pointed_here_is_not_ours() {
    let served = Served::empty(14);
    let (mut browser, _) = served.administrator();
    for host in ["evil.example", "localhost", "localhost:1", "evil.example:80", ""] {
        assert_eq!(browser.send("GET", "/clients", &[("host", host)], "").status, 403, "{host}");
    }
    let address = format!("127.0.0.1:{}", served.port);
    assert_eq!(browser.send("GET", "/clients", &[("host", &address)], "").status, 200);
}

#[test]
fn a_long_body_is_refused_and_the_server_goes_on() {
    let served = Served::empty(15);
    let mut browser = served.browser();
    let answer = browser.post("/sign-in", &[("name", &"x".repeat(100_000))]);
    assert_eq!(answer.status, 413);
    assert_eq!(browser.get("/healthz").status, 200);
}

#[test]
fn a_link_leads_nowhere_else_after_the_sign_in() {
    let served = Served::empty(16);
    let (mut browser, secret) = served.administrator();
    for back in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        served.pass_s(60);
        let code = secret.code_at(served.now()).unwrap();
        let fields = [("password", crate::given::PASSWORD), ("code", &code), ("back", back)];
        let answer = browser.post("/prove-again", &fields);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{back}");
    }
}

#[test]
fn what_was_typed_is_never_markup() {
    let served = Served::empty(17);
    let (mut browser, _) = served.administrator();
    let name = "<script>alert(1)</script>\"'";
    let put = browser.post("/users", &[("name", name), ("role", "4")]);
    assert_eq!(put.status, 200);
    assert!(put.body.contains("&#60;script&#62;") && !put.body.contains("<script>"));
    let tried = served.browser().post("/sign-in", &[("name", name), ("password", "x"), ("code", "1")]);
    assert!(!tried.body.contains("<script>"));
    let back = served.browser().get("/sign-in?back=%22%3E%3Cscript%3E");
    assert!(!back.body.contains("<script>"));
}

#[test]
fn the_counters_hold_no_path_and_no_name() {
    let served = Served::with(18, &[0]);
    let (mut browser, _) = served.administrator();
    browser.get("/clients/001/people/0001");
    let metrics = browser.get("/metrics").body;
    assert!(metrics.contains("route=\"/clients/{client}/people/{employee}\",status="), "{metrics}");
    assert!(metrics.contains("kura_sessions 1"));
    assert!(!metrics.contains("/001") && !metrics.contains("hanako"));
}
