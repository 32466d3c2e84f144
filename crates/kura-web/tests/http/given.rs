//! An invented office that serves.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use kura_desk::{Beginning, CodeSecret, Desk, Lease, Room};
use kura_id::OfficeId;
use kura_journal::{Action, Actor, Detail, EntryDraft, Purpose, Role, UnixMillis};
use kura_law::Law;
use kura_seal::{DataKey, KeyEpoch};
use kura_store::{Clock, Entropy, MemoryStore, NotLent, Store};
use kura_web::{Ending, House, HouseError, Parts};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use zeroize::Zeroizing;

use crate::browser::{Answer, Browser};

/// 2026-07-01 00:00 UTC.
const START: u64 = 1_782_864_000_000;

/// The first administrator, and everybody's password.
pub(crate) const ADMINISTRATOR: &str = "hanako";
pub(crate) const PASSWORD: &str = "ame no hi ni hon wo yomu";

pub(crate) struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        Ok(self.0.load(Ordering::Relaxed))
    }
}

struct SeededEntropy(Mutex<ChaCha20Rng>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        self.0.lock().unwrap().fill_bytes(bytes);
        Ok(())
    }
}

/// A vault that lends for ever and signs nothing.
struct TestHouse {
    office: OfficeId,
}

impl House for TestHouse {
    fn lease(&self) -> Result<Lease, HouseError> {
        Ok(lease(self.office))
    }

    fn witness(&self, _: &Room) -> Result<(), HouseError> {
        Ok(())
    }

    fn write_outputs(&self, _: kura_desk::Published) -> Result<String, HouseError> {
        Ok("out/there".to_owned())
    }
}

fn lease(office: OfficeId) -> Lease {
    let until = UnixMillis::new(START * 2);
    let mut entry = EntryDraft::new(office, Actor::SYSTEM, Action::Lease, Purpose::Maintenance);
    entry.detail = Some(Detail::Lease { key_epoch: 1, until });
    Lease { key: DataKey::from_bytes(KeyEpoch::FIRST, &Zeroizing::new([7; 32])), until, entry }
}

/// An office that serves until it is dropped.
pub(crate) struct Served {
    pub(crate) port: u16,
    /// The administrator's first slip.
    pub(crate) slip: String,
    pub(crate) clock: Arc<TestClock>,
    desk: Desk,
    office: OfficeId,
    ending: Ending,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// An office without clients.
    pub(crate) fn empty(seed: u8) -> Self {
        Self::with(seed, &[])
    }

    /// An office with some clients of the demonstration, by their place in its list.
    pub(crate) fn with(seed: u8, demo: &[usize]) -> Self {
        let clock = Arc::new(TestClock(AtomicU64::new(START)));
        let chance = SeededEntropy(Mutex::new(ChaCha20Rng::from_seed([seed; 32])));
        let (lent_clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) = (clock.clone(), Arc::new(chance));
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new(Arc::clone(&lent_clock), Arc::clone(&entropy)));
        let desk = Desk::new(store, Arc::clone(&lent_clock), Arc::clone(&entropy));
        let office = OfficeId::from_parts(START, [seed; 10]).unwrap();
        let beginning = Beginning { administrator: ADMINISTRATOR.to_owned() };
        let room = desk.begin(office, lease(office), &beginning).unwrap();
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        let mut books = kura_demo::books(Law::embedded().unwrap()).unwrap();
        for at in demo {
            room.import(&scope, &std::mem::take(&mut books[*at].book), None, false).unwrap();
        }
        let slip = room.issue_slip(&scope, ADMINISTRATOR).unwrap().code.to_string();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let ending = Ending::default();
        let parts =
            Parts { room, lent_until: START * 2, house: Box::new(TestHouse { office }), clock: lent_clock, entropy };
        let asked = ending.clone();
        let thread = std::thread::spawn(move || kura_web::serve(parts, listener, &asked).unwrap());
        Self { port, slip, clock, desk, office, ending, thread: Some(thread) }
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.0.load(Ordering::Relaxed)
    }

    pub(crate) fn pass_s(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.port)
    }

    /// The administrator, signed in by their slip, and what their phone knows.
    pub(crate) fn administrator(&self) -> (Browser, CodeSecret) {
        let mut browser = self.browser();
        let secret = self.enrol(&mut browser, &self.slip);
        (browser, secret)
    }

    /// Begins with a slip; gives what the phone knows.
    pub(crate) fn enrol(&self, browser: &mut Browser, slip: &str) -> CodeSecret {
        let page = browser.post("/begin", &[("slip", slip)]);
        assert_eq!(page.status, 200, "{}", page.body);
        let secret = CodeSecret::from_base32(&page.hidden("secret")).unwrap();
        let done = self.enrol_with(browser, slip, &secret, PASSWORD, &secret.code_at(self.now()).unwrap());
        assert_eq!(done.status, 303, "{}", done.body);
        secret
    }

    pub(crate) fn enrol_with(
        &self,
        browser: &mut Browser,
        slip: &str,
        secret: &CodeSecret,
        password: &str,
        code: &str,
    ) -> Answer {
        let secret = secret.to_base32();
        let fields = [("slip", slip), ("secret", &secret), ("password", password), ("again", password), ("code", code)];
        browser.post("/begin/password", &fields)
    }

    /// Somebody else of the office, signed in.
    pub(crate) fn user(&self, name: &str, role: Role, clients: &[&str]) -> Browser {
        let room = self.desk.open(self.office, lease(self.office)).unwrap();
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        room.put_user(&scope, name, role, clients).unwrap();
        let slip = room.issue_slip(&scope, name).unwrap().code.to_string();
        let mut browser = self.browser();
        self.enrol(&mut browser, &slip);
        browser
    }

    /// What the journal says, as the administrator reads it.
    pub(crate) fn journal(&self) -> Vec<kura_desk::Told> {
        let room = self.desk.open(self.office, lease(self.office)).unwrap();
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        room.journal(&scope, &kura_desk::JournalFilter::default()).unwrap().entries
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.ending.ask();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}
