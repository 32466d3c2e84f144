//! A browser of one's own, and the line to it: one JSON message after another, each ended by a zero byte.

use std::cell::{Cell, RefCell};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::page::Page;

/// How long a fact may take to come true before the flow fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

const FLAGS: [&str; 13] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=ja-JP",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
];

/// A running browser with a new, empty profile. It ends when this is dropped.
pub struct Chromium {
    child: Child,
    to: RefCell<File>,
    from: Receiver<Value>,
    number_last: Cell<u64>,
    events: RefCell<Vec<Value>>,
    // Dropped last: the profile and the pipes lie in it.
    _folder: tempfile::TempDir,
}

impl Chromium {
    /// Starts the browser.
    ///
    /// # Panics
    /// Where there is none, or it does not start.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (commands, answers) = (folder.path().join("commands"), folder.path().join("answers"));
        assert!(Command::new("mkfifo").arg(&commands).arg(&answers).status().unwrap().success());
        let child = browser(folder.path(), &commands, &answers);
        // Both ends open in the order in which the shell opens its own.
        let to = OpenOptions::new().write(true).open(&commands).unwrap();
        let from = listen(File::open(&answers).unwrap());
        let started =
            Self { child, to: to.into(), from, number_last: Cell::new(0), events: RefCell::default(), _folder: folder };
        started.call(None, "Target.getTargets", &json!({}));
        started
    }

    /// Opens a page of its own window, 1280 wide unless told otherwise by [`Page::size`].
    #[must_use]
    pub fn page(&self) -> Page<'_> {
        let context = self.call(None, "Target.createBrowserContext", &json!({}));
        let about = json!({ "url": "about:blank", "browserContextId": context["browserContextId"] });
        let target = self.call(None, "Target.createTarget", &about);
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.call(None, "Target.attachToTarget", &attach)["sessionId"].as_str().unwrap().to_owned();
        Page::new(self, session)
    }

    /// Sends a command and waits for its answer, which must be good.
    pub(crate) fn call(&self, session: Option<&str>, method: &str, params: &Value) -> Value {
        self.ask(session, method, params).unwrap_or_else(|refused| panic!("{method}: {refused}"))
    }

    /// Sends a command and waits for its answer; events that come before it are kept.
    pub(crate) fn ask(&self, session: Option<&str>, method: &str, params: &Value) -> Result<Value, Value> {
        let number = self.number_last.get() + 1;
        self.number_last.set(number);
        let mut message = json!({ "id": number, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.borrow_mut().write_all(&bytes).unwrap();
        loop {
            let mut answer = self.next(method);
            if answer["id"] == number {
                return if answer["error"].is_null() {
                    Ok(answer["result"].take())
                } else {
                    Err(answer["error"].take())
                };
            }
            self.events.borrow_mut().push(answer);
        }
    }

    /// Waits for an event of a session, also one that came already; it is taken away.
    pub(crate) fn event(&self, session: &str, method: &str) -> Value {
        let is_it = |event: &Value| event["sessionId"] == session && event["method"] == method;
        let kept = self.events.borrow().iter().position(is_it);
        if let Some(at) = kept {
            return self.events.borrow_mut().remove(at);
        }
        loop {
            let event = self.next(method);
            if is_it(&event) {
                return event;
            }
            self.events.borrow_mut().push(event);
        }
    }

    /// Forgets the events of a kind that came so far.
    pub(crate) fn forget(&self, session: &str, method: &str) {
        self.events.borrow_mut().retain(|event| event["sessionId"] != session || event["method"] != method);
    }

    fn next(&self, waited_for: &str) -> Value {
        match self.from.recv_timeout(PATIENCE) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => panic!("the browser did not answer: {waited_for}"),
            Err(RecvTimeoutError::Disconnected) => panic!("the browser ended: {waited_for}"),
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn browser(folder: &Path, commands: &Path, answers: &Path) -> Child {
    let program = std::env::var_os("KURA_CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    Command::new("sh")
        .args(["-c", r#"commands=$1 answers=$2; shift 2; exec "$@" 3<"$commands" 4>"$answers""#, "sh"])
        .arg(commands)
        .arg(answers)
        .arg(program)
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell starts the browser")
}

fn listen(answers: File) -> Receiver<Value> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut answers = BufReader::new(answers);
        let mut message = Vec::new();
        while answers.read_until(0, &mut message).is_ok_and(|bytes| bytes > 0) {
            message.pop();
            if send.send(serde_json::from_slice(&message).unwrap()).is_err() {
                return;
            }
            message.clear();
        }
    });
    receive
}
