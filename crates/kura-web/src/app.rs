//! What all requests share. The room is reached through [`Signed`](crate::signed::Signed) alone, or where nobody is signed in yet.

use std::sync::Arc;

use kura_desk::{DeskError, Room};
use kura_id::RequestId;
use kura_store::{Clock, Entropy};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use crate::guesses::Guesses;
use crate::house::House;
use crate::metrics::Metrics;
use crate::refusal::Refusal;
use crate::sessions::Sessions;

/// What a desk in the browser is made of.
pub struct Parts {
    /// The office, with its key lent.
    pub room: Room,
    /// Until when the key is lent (UTC, milliseconds since 1970).
    pub lent_until: u64,
    /// What the house does for the desk: keys, signatures.
    pub house: Box<dyn House>,
    /// The clock; tests move it.
    pub clock: Arc<dyn Clock>,
    /// The source of chance.
    pub entropy: Arc<dyn Entropy>,
}

pub(crate) struct App {
    room: Arc<Room>,
    pub(crate) house: Box<dyn House>,
    pub(crate) lent_until: std::sync::atomic::AtomicU64,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) sessions: Sessions,
    pub(crate) guesses: Guesses,
    /// One proof of identity at a time: each costs memory and time, and the next one has to see whether this one was wrong.
    pub(crate) proving: Mutex<()>,
    pub(crate) metrics: Metrics,
    /// The port people type: names of this machine with another port are other places.
    pub(crate) port: u16,
}

impl App {
    pub(crate) fn new(parts: Parts, port: u16) -> Self {
        let Parts { room, lent_until, house, clock, entropy } = parts;
        Self {
            room: Arc::new(room),
            house,
            lent_until: lent_until.into(),
            clock,
            entropy,
            sessions: Sessions::default(),
            guesses: Guesses::default(),
            proving: Mutex::default(),
            metrics: Metrics::default(),
            port,
        }
    }

    /// UTC, milliseconds since 1970.
    pub(crate) fn now(&self) -> Result<u64, Refusal> {
        self.clock.unix_millis().map_err(|error| Refusal::Desk(error.into()))
    }

    /// The id of a request that begins.
    pub(crate) fn new_request(&self) -> Result<RequestId, DeskError> {
        let mut chance = [0; 10];
        self.entropy.fill(&mut chance)?;
        Ok(RequestId::from_parts(self.clock.unix_millis()?, chance)?)
    }

    /// Work of the desk, on a thread that may wait for the disk. Everything that shows data asks for a scope besides the room.
    pub(crate) async fn desk<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Room) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let room = Arc::clone(&self.room);
        match spawn_blocking(move || work(&room)).await {
            Ok(done) => done.map_err(Refusal::Desk),
            Err(_) => Err(Refusal::Broken),
        }
    }
}
