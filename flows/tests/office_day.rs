//! The office's day in the browser.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and leaves pictures for people"
)]

use kura_desk::CodeSecret;
use kura_flows::{Chromium, Office, Page, Served};

const PASSWORD: &str = "ame no hi ni hon wo yomu";

/// The administrator begins with the slip that `kura serve` printed, with the keyboard alone.
fn begin(page: &Page<'_>, served: &Served) -> CodeSecret {
    let (name, slip) = served.beginning.as_ref().unwrap();
    page.go(&format!("{}/begin", served.address));
    page.focus("[name=slip]");
    page.insert(slip);
    page.loading(|| page.press("Enter"));
    page.wait_for_text(name);
    let secret =
        CodeSecret::from_base32(page.value("document.querySelector('[name=secret]').value").as_str().unwrap()).unwrap();
    for field in ["password", "again"] {
        page.focus(&format!("[name={field}]"));
        page.insert(PASSWORD);
    }
    page.focus("[name=code]");
    page.insert(&secret.code_at(now()).unwrap());
    page.loading(|| page.press("Enter"));
    secret
}

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_millis().try_into().unwrap()
}

/// Clean for who cannot see or use a mouse; the picture goes where `KURA_PICTURES` says, for people to look at.
fn looked_at(page: &Page<'_>, name: &str) {
    if let Some(folder) = std::env::var_os("KURA_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), page.picture()).unwrap();
    }
    assert_eq!(page.violations(), [], "{name}: {}", page.address());
}

#[test]
fn the_first_administrator_comes_in_and_walks_through_the_office() {
    let office = Office::demo();
    let served = office.serve();
    let browser = Chromium::start();
    let page = browser.page();
    page.go(&served.address);
    assert!(page.address().contains("/sign-in"), "{}", page.address());
    looked_at(&page, "sign-in");
    let _ = begin(&page, &served);
    looked_at(&page, "home");
    let places = page.value("[...document.querySelectorAll('nav a')].map(a => [a.innerText, a.href])");
    let places: Vec<(String, String)> = serde_json::from_value(places).unwrap();
    assert!(places.len() >= 2, "{places:?}");
    for (name, address) in &places {
        page.go(address);
        assert!(!page.text("h1").is_empty(), "{name}");
        looked_at(&page, &format!("room-{}", address.rsplit('/').next().unwrap()));
    }
    page.click("header form button");
    page.wait_for("[name=password]");
    page.go(&format!("{}/clients", served.address));
    assert!(page.address().contains("/sign-in"), "what was open before is closed after signing out");
}
