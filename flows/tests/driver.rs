//! The driver does what a person does: seen on a page that notes everything.

use kura_flows::Chromium;
use serde_json::json;

const PAGE: &str = "data:text/html;charset=utf-8,<!doctype html><html lang=ja><title>t</title><main><h1>見出し</h1>\
<label>名前<input id=name></label><button id=go onclick=\"document.querySelector('%23out').innerText='押した:'+document.querySelector('%23name').value\">送る</button>\
<p id=out></p></main></html>";

#[test]
fn a_person_types_composes_presses_and_clicks() {
    let browser = Chromium::start();
    let page = browser.page();
    page.go(PAGE);
    page.fill("#name", "蔵野");
    page.compose("はなこ");
    page.insert("花子");
    page.click("#go");
    page.wait_for_text("押した:蔵野花子");
    page.focus("#name");
    page.press("Tab");
    assert_eq!(page.value("document.activeElement.id"), json!("go"));
    page.fill("#name", "次");
    page.press("Tab");
    page.press("Enter");
    page.wait_for_text("押した:次");
    assert_eq!(page.text("#out"), "押した:次");
    assert_eq!(page.picture().get(1..4), Some(b"PNG".as_slice()));
}

#[test]
fn the_checker_finds_what_is_wrong_and_nothing_else() {
    let browser = Chromium::start();
    let page = browser.page();
    page.go(PAGE);
    assert_eq!(page.violations(), []);
    page.go("data:text/html;charset=utf-8,<!doctype html><html lang=ja><title>t</title><main><h1>見出し</h1><input id=bare></main></html>");
    let found = page.violations();
    assert_eq!(found.iter().map(|violation| violation.rule.as_str()).collect::<Vec<_>>(), ["label"]);
    assert_eq!(found.iter().flat_map(|violation| &violation.places).collect::<Vec<_>>(), ["#bare"]);
}

#[test]
fn pages_share_no_storage() {
    let browser = Chromium::start();
    let (one, other) = (browser.page(), browser.page());
    one.go(PAGE);
    other.go(PAGE);
    let _ = one.value("document.querySelector('#name').value = 'x'");
    assert_eq!(other.value("document.querySelector('#name').value"), json!(""));
    assert_eq!(one.address(), other.address());
}
