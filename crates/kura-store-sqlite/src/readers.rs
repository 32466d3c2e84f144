//! Idle reading connections of all offices. A connection costs memory even when nobody asks: so there are a few for the offices asked
//! last, and not one for each.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kura_id::OfficeId;
use rusqlite::Connection;

/// The idle readers, the one longest idle first.
pub(crate) struct Readers {
    idle_max: usize,
    idle: Mutex<VecDeque<(OfficeId, Connection)>>,
}

impl Readers {
    pub(crate) fn new(idle_max: usize) -> Self {
        Self { idle_max, idle: Mutex::default() }
    }

    /// A reader of this office, if one is idle.
    pub(crate) fn take(&self, office: OfficeId) -> Option<Connection> {
        let mut idle = self.idle();
        let place = idle.iter().rposition(|(of, _)| *of == office)?;
        idle.remove(place).map(|(_, reader)| reader)
    }

    pub(crate) fn give_back(&self, office: OfficeId, reader: Connection) {
        let mut idle = self.idle();
        idle.push_back((office, reader));
        let over = if idle.len() > self.idle_max { idle.pop_front() } else { None };
        // Closed after others may go on.
        drop(idle);
        drop(over);
    }

    /// Closes all readers of an office.
    pub(crate) fn close(&self, office: OfficeId) {
        self.idle().retain(|(of, _)| *of != office);
    }

    fn idle(&self) -> MutexGuard<'_, VecDeque<(OfficeId, Connection)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
