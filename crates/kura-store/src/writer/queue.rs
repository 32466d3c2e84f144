//! Commits that arrive together are written together.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::prepare::Prepared;
use crate::commit::Receipt;
use crate::error::{CommitError, Fault};
use crate::given::SealEntry;

/// Rows from which a commit is bulk: an import, a run. One of them goes into a batch, beside all small ones that wait.
const BULK_ROWS_MIN: usize = 64;
/// Batches that belong to small commits alone after a bulk one, where there are small ones: so a person at a screen seldom waits for a
/// bulk commit, and never for two.
const REST_BATCHES: u8 = 8;
/// So long without a small commit, and the rest is over.
const REST: Duration = Duration::from_millis(10);
/// The most commits of one batch.
const BATCH_COMMITS_MAX: usize = 256;

/// A commit on its way.
pub(super) struct Waiting {
    ticket: u64,
    pub(super) prepared: Prepared,
    pub(super) seal: Arc<dyn SealEntry>,
    pub(super) answer: Option<Result<Receipt, CommitError>>,
}

/// The queue of one office. The first to wait leads.
#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    turn: Condvar,
}

#[derive(Default)]
struct State {
    next_ticket: u64,
    small: VecDeque<Waiting>,
    bulk: VecDeque<Waiting>,
    led: bool,
    /// Batches that bulk commits still have to wait.
    rest: u8,
    /// Small commits that ever came.
    small_count: u64,
    /// The same, when the last bulk commit was taken.
    small_count_at_bulk: u64,
    answered: Vec<(u64, Result<Receipt, CommitError>)>,
    closed: Option<String>,
}

impl Queue {
    /// Waits until the commit is written, and writes what waits where nobody else does.
    pub(super) fn submit(
        &self,
        prepared: Prepared,
        seal: Arc<dyn SealEntry>,
        mut write: impl FnMut(&mut [Waiting]) -> Result<(), Fault>,
        mut tidy: impl FnMut() -> Result<(), Fault>,
    ) -> Result<Receipt, CommitError> {
        let mut state = self.lock();
        let ticket = state.line_up(prepared, seal);
        loop {
            if let Some(place) = state.answered.iter().position(|(answered, _)| *answered == ticket) {
                return state.answered.swap_remove(place).1;
            }
            if let Some(reason) = &state.closed {
                return Err(CommitError::Fault(Fault::Closed { reason: reason.clone() }));
            }
            if state.led {
                state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            if state.small.is_empty() && state.rest > 0 {
                state = self.rest(state);
                continue;
            }
            let mut batch = state.batch();
            state.led = true;
            drop(state);
            let lead = Lead { queue: self, done: false };
            let written = write(&mut batch);
            self.answer(batch, written);
            let tidied = tidy();
            state = lead.end();
            if let Err(fault) = &tidied {
                state.close_after(fault);
            }
            self.turn.notify_all();
        }
    }

    /// A bulk commit gives small ones the time to come.
    fn rest<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let (mut state, waited) = self.turn.wait_timeout(state, REST).unwrap_or_else(PoisonError::into_inner);
        // Woken by a batch of small ones, it looks again.
        if waited.timed_out() && state.small.is_empty() {
            state.rest = 0;
        }
        state
    }

    fn answer(&self, batch: Vec<Waiting>, written: Result<(), Fault>) {
        let mut state = self.lock();
        if let Err(fault) = &written {
            state.close_after(fault);
        }
        state.answer(batch, &written);
        self.turn.notify_all();
    }

    pub(super) fn check_open(&self) -> Result<(), Fault> {
        self.lock().closed.clone().map_or(Ok(()), |reason| Err(Fault::Closed { reason }))
    }

    pub(super) fn close_after(&self, fault: &Fault) {
        self.lock().close_after(fault);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn line_up(&mut self, prepared: Prepared, seal: Arc<dyn SealEntry>) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket = ticket.wrapping_add(1);
        let small = prepared.weight() < BULK_ROWS_MIN;
        self.small_count = self.small_count.wrapping_add(small.into());
        let line = if small { &mut self.small } else { &mut self.bulk };
        line.push_back(Waiting { ticket, prepared, seal, answer: None });
        ticket
    }

    fn batch(&mut self) -> Vec<Waiting> {
        let small = self.small.len().min(BATCH_COMMITS_MAX);
        let mut batch: Vec<Waiting> = self.small.drain(..small).collect();
        if self.rest > 0 {
            self.rest = self.rest.saturating_sub(1);
        } else if let Some(bulk) = self.bulk.pop_front() {
            batch.push(bulk);
            if self.small_count != self.small_count_at_bulk {
                self.rest = REST_BATCHES;
                self.small_count_at_bulk = self.small_count;
            }
        }
        batch
    }

    /// To each its own answer; a fault is everybody's.
    fn answer(&mut self, batch: Vec<Waiting>, written: &Result<(), Fault>) {
        for Waiting { ticket, answer, .. } in batch {
            let answer = match (written, answer) {
                (Err(fault), _) => Err(CommitError::Fault(fault.clone())),
                (Ok(()), Some(answer)) => answer,
                (Ok(()), None) => Err(CommitError::Fault(Fault::damaged("unanswered commit"))),
            };
            self.answered.push((ticket, answer));
        }
    }

    fn close_after(&mut self, fault: &Fault) {
        if let (None, Some(reason)) = (&self.closed, fault.closes()) {
            self.close(reason.to_owned());
        }
    }

    /// Nobody is written any more: who waits finds out when it wakes.
    fn close(&mut self, reason: String) {
        self.closed = Some(reason);
        self.small.clear();
        self.bulk.clear();
    }
}

/// Whoever leads. Should its thread end in a panic, the office is closed instead of waiting for ever.
struct Lead<'a> {
    queue: &'a Queue,
    done: bool,
}

impl<'a> Lead<'a> {
    fn end(mut self) -> MutexGuard<'a, State> {
        self.done = true;
        let mut state = self.queue.lock();
        state.led = false;
        state
    }
}

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let mut state = self.queue.lock();
        state.led = false;
        state.close("the writing thread ended".to_owned());
        drop(state);
        self.queue.turn.notify_all();
    }
}
