//! Hears requests and answers them, until it is asked to stop.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use kura_platform::clock;
use kura_platform::socket::{Address, Ear, Line, SocketError};
use zeroize::Zeroizing;

use crate::frame;
use crate::message::{Refusal, Reply, Request};
use crate::vault::Vault;

/// How many may talk at once; the rest are told so.
const LINES_MAX: usize = 64;
/// How long somebody may take to send a request or to take the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the end waits for answers on their way: a second.
const LAST_LOOKS: u32 = 100;
const LOOK: Duration = Duration::from_millis(10);
/// So many failures of the socket in a row end the vault.
const FAILURES_MAX: u32 = 100;

/// Ends a vault that serves.
#[derive(Debug, Clone)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    address: Address,
}

impl Stop {
    /// For the vault at this address.
    #[must_use]
    pub fn at(address: Address) -> Self {
        Self { asked: Arc::default(), address }
    }

    /// Ends it, once the answers on their way are given.
    pub fn now(&self) {
        self.asked.store(true, Ordering::SeqCst);
        // The vault waits for a call; this is one. Should it fail, the next call ends it.
        let _ = Line::connect(&self.address);
    }

    fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Answers until `stop` says so.
///
/// # Errors
/// [`SocketError`] when the socket fails again and again.
pub fn serve(vault: Vault, ear: &Ear, stop: &Stop) -> Result<(), SocketError> {
    let vault = Arc::new(Mutex::new(vault));
    let talking = Arc::new(AtomicUsize::new(0));
    let mut failures = 0;
    while !stop.is_asked() {
        let line = match ear.accept() {
            Ok(line) => line,
            // Somebody else's call is no failure of ours.
            Err(SocketError::AnotherUser) => continue,
            Err(error) if failures >= FAILURES_MAX => return Err(error),
            Err(_) => {
                failures += 1;
                thread::sleep(Duration::from_millis(50));
                continue;
            }
        };
        failures = 0;
        if !stop.is_asked() {
            attend_on_its_own_thread(line, &vault, &talking);
        }
    }
    // Answers on their way are given; a caller who takes none is not waited for.
    for _ in 0..LAST_LOOKS {
        if talking.load(Ordering::SeqCst) == 0 {
            break;
        }
        thread::sleep(LOOK);
    }
    Ok(())
}

fn attend_on_its_own_thread(mut line: Line, vault: &Arc<Mutex<Vault>>, talking: &Arc<AtomicUsize>) {
    if talking.load(Ordering::SeqCst) >= LINES_MAX {
        let _ = reply(&mut line, &Reply::Refused(Refusal::Busy), &[]);
        return;
    }
    talking.fetch_add(1, Ordering::SeqCst);
    let (vault, counted) = (Arc::clone(vault), Arc::clone(talking));
    let attend = move || {
        // A line that breaks is its caller's loss: what was done stands in the journal.
        let _ = attend(&mut line, &vault);
        counted.fetch_sub(1, Ordering::SeqCst);
    };
    if thread::Builder::new().name("line".to_owned()).spawn(attend).is_err() {
        talking.fetch_sub(1, Ordering::SeqCst);
    }
}

fn attend(line: &mut Line, vault: &Mutex<Vault>) -> io::Result<()> {
    line.set_patience(PATIENCE)?;
    let frame = match frame::read(line) {
        Ok(frame) => frame,
        Err(frame::FrameError::Line(error)) => return Err(error),
        Err(_) => return reply(line, &Reply::Refused(Refusal::NotUnderstood), &[]),
    };
    let (answer, secret) = match serde_json::from_slice::<Request>(&frame.message) {
        Err(_) => (Reply::Refused(Refusal::NotUnderstood), Zeroizing::default()),
        Ok(request) => answer(&request, &frame.secret, vault),
    };
    reply(line, &answer, &secret)
}

fn answer(request: &Request, secret: &[u8], vault: &Mutex<Vault>) -> (Reply, Zeroizing<Vec<u8>>) {
    // A thread that ended in the middle of a request left a vault nobody can vouch for.
    match (vault.lock(), clock::unix_millis()) {
        (Ok(mut vault), Ok(now)) => vault.answer(request, secret, now),
        _ => (Reply::Refused(Refusal::JournalFailed), Zeroizing::default()),
    }
}

fn reply(line: &mut Line, reply: &Reply, secret: &[u8]) -> io::Result<()> {
    let message = serde_json::to_vec(reply)?;
    frame::write(line, &message, secret).map_err(|error| match error {
        frame::FrameError::Line(error) => error,
        other => io::Error::other(other),
    })
}
