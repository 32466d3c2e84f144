//! A page as a person has it before them.

use std::path::Path;
use std::time::Instant;

use base64ct::{Base64, Encoding as _};
use serde_json::{Value, json};

use crate::chromium::{Chromium, PATIENCE};

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");
/// What WCAG 2.2 AA asks for, as far as a program can see it.
const AXE_RUN: &str = r#"axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    .then(found => found.violations.map(v => ({ rule: v.id, says: v.help, where: v.nodes.map(n => n.target.join(" ")) })))"#;

/// What is wrong with a page for somebody who cannot see or use a mouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The checker's name of the rule.
    pub rule: String,
    /// The rule in a sentence.
    pub says: String,
    /// The elements, as selectors.
    pub places: Vec<String>,
}

/// A page in a window of its own: no cookie is shared with another page.
pub struct Page<'browser> {
    browser: &'browser Chromium,
    session: String,
}

impl<'browser> Page<'browser> {
    pub(crate) fn new(browser: &'browser Chromium, session: String) -> Self {
        let page = Self { browser, session };
        page.call("Page.enable", &json!({}));
        page.call("Runtime.enable", &json!({}));
        page.size(1280, 800);
        page
    }

    /// The window's size in CSS pixels.
    pub fn size(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// Goes to an address and waits until the page has loaded.
    pub fn go(&self, url: &str) {
        self.loading(|| {
            let gone = self.call("Page.navigate", &json!({ "url": url }));
            assert!(gone["errorText"].is_null(), "{url}: {}", gone["errorText"]);
        });
    }

    /// Does something that makes another page load, and waits for that page.
    pub fn loading(&self, what: impl FnOnce()) {
        self.browser.forget(&self.session, "Page.loadEventFired");
        what();
        self.browser.event(&self.session, "Page.loadEventFired");
    }

    /// The value of an expression; a promise is waited for.
    #[must_use]
    pub fn value(&self, expression: &str) -> Value {
        let ask = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", &ask);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        self.value("location.href").as_str().unwrap().to_owned()
    }

    /// The text of an element as a person reads it; waits until the element is there.
    #[must_use]
    pub fn text(&self, selector: &str) -> String {
        self.wait_for(selector);
        self.value(&format!("document.querySelector({}).innerText", json!(selector))).as_str().unwrap().to_owned()
    }

    /// Waits until an element is there.
    pub fn wait_for(&self, selector: &str) {
        self.wait_until(&format!("document.querySelector({}) !== null", json!(selector)));
    }

    /// Waits until the page shows a text.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("document.body.innerText.includes({})", json!(text)));
    }

    /// Waits until an expression is true, looking again a hundred times a second.
    pub fn wait_until(&self, condition: &str) {
        let end = Instant::now() + PATIENCE;
        let wait = format!(
            "new Promise(done => {{ const end = Date.now() + 1000;
                const look = () => {{ const is = (() => ({condition}))(); if (is || Date.now() > end) done(is); else setTimeout(look, 10); }};
                look(); }})"
        );
        let ask = json!({ "expression": wait, "awaitPromise": true, "returnByValue": true });
        loop {
            // A page that is left while it is asked gives no answer; the next one is asked again.
            let answer = self.browser.ask(Some(&self.session), "Runtime.evaluate", &ask);
            if answer.is_ok_and(|answer| answer["result"]["value"] == json!(true)) {
                return;
            }
            assert!(Instant::now() < end, "never came true: {condition}\n{}", self.value("document.body.innerText"));
        }
    }

    /// Clicks the middle of an element.
    pub fn click(&self, selector: &str) {
        self.wait_for(selector);
        let middle = self.value(&format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{ block: 'center' }});
                const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()",
            json!(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let at = json!({ "type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", &at);
        }
    }

    /// Puts the cursor into a field.
    pub fn focus(&self, selector: &str) {
        self.wait_for(selector);
        let _ = self.value(&format!("document.querySelector({}).focus()", json!(selector)));
    }

    /// Types a text into a field, over what stands there.
    pub fn fill(&self, selector: &str, text: &str) {
        self.focus(selector);
        let _ = self.value("document.activeElement.select()");
        self.insert(text);
    }

    /// Types where the cursor is.
    pub fn insert(&self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    /// A person's IME has a reading open at the cursor, not yet confirmed.
    pub fn compose(&self, reading: &str) {
        let end = reading.chars().count();
        let composition = json!({ "text": reading, "selectionStart": end, "selectionEnd": end });
        self.call("Input.imeSetComposition", &composition);
    }

    /// Presses a key by its name (`Enter`, `Tab`, `ArrowDown`, `Escape` ...).
    pub fn press(&self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Tab" => (9, ""),
            "Escape" => (27, ""),
            "Backspace" => (8, ""),
            "Delete" => (46, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            "Home" => (36, ""),
            "End" => (35, ""),
            other => panic!("no such key here: {other}"),
        };
        let mut down = json!({ "type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if !text.is_empty() {
            down["type"] = json!("keyDown");
            down["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", &down);
        self.call(
            "Input.dispatchKeyEvent",
            &json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code }),
        );
    }

    /// Chooses a file for an upload field.
    pub fn choose_file(&self, selector: &str, file: &Path) {
        self.wait_for(selector);
        let root = self.call("DOM.getDocument", &json!({}))["root"]["nodeId"].clone();
        let node = self.call("DOM.querySelector", &json!({ "nodeId": root, "selector": selector }))["nodeId"].clone();
        self.call("DOM.setFileInputFiles", &json!({ "nodeId": node, "files": [file] }));
    }

    /// An authenticator that holds passkeys and always says yes, as a person with a fingerprint does.
    pub fn authenticator(&self) {
        self.call("WebAuthn.enable", &json!({}));
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true,
        });
        self.call("WebAuthn.addVirtualAuthenticator", &json!({ "options": options }));
    }

    /// What the accessibility checker finds.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        // In a world of its own: the page's content policy stays as it is, and is not asked.
        let frame = self.call("Page.getFrameTree", &json!({}))["frameTree"]["frame"]["id"].clone();
        let world = self.call("Page.createIsolatedWorld", &json!({ "frameId": frame, "worldName": "axe" }));
        let ask = |expression: &str| {
            let ask = json!({
                "expression": expression, "contextId": world["executionContextId"], "awaitPromise": true, "returnByValue": true,
            });
            self.call("Runtime.evaluate", &ask)
        };
        ask(AXE);
        let found = ask(AXE_RUN);
        assert!(found["exceptionDetails"].is_null(), "{}", found["exceptionDetails"]);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let violation = |found: &Value| Violation {
            rule: text(&found["rule"]),
            says: text(&found["says"]),
            places: found["where"].as_array().unwrap().iter().map(text).collect(),
        };
        found["result"]["value"].as_array().unwrap().iter().map(violation).collect()
    }

    /// The page from top to bottom as a PNG.
    #[must_use]
    pub fn picture(&self) -> Vec<u8> {
        let shot = self.call("Page.captureScreenshot", &json!({ "format": "png", "captureBeyondViewport": true }));
        Base64::decode_vec(shot["data"].as_str().unwrap()).unwrap()
    }

    fn call(&self, method: &str, params: &Value) -> Value {
        self.browser.call(Some(&self.session), method, params)
    }
}
