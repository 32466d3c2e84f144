//! Which open offices were used last: beyond a limit, the one unused the longest is closed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use kura_id::OfficeId;

use crate::office::OfficeFile;

/// The open offices.
pub(crate) struct Recent {
    open_max: usize,
    uses: Mutex<Uses>,
}

#[derive(Default)]
struct Uses {
    count: u64,
    last: HashMap<OfficeId, (u64, Weak<OfficeFile>)>,
}

impl Recent {
    pub(crate) fn new(open_max: usize) -> Self {
        Self { open_max: open_max.max(1), uses: Mutex::default() }
    }

    /// Notes a use, and closes what is too much. An office at work is not closed, so that for a moment there may be more.
    pub(crate) fn used(&self, file: &Arc<OfficeFile>) {
        let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        uses.count = uses.count.wrapping_add(1);
        let use_now = uses.count;
        uses.last
            .entry(file.id())
            .and_modify(|(last, _)| *last = use_now)
            .or_insert_with(|| (use_now, Arc::downgrade(file)));
        if uses.last.len() > self.open_max {
            uses.close_oldest(self.open_max);
        }
    }
}

impl Uses {
    fn close_oldest(&mut self, open_max: usize) {
        let mut by_age: Vec<_> =
            self.last.iter().map(|(office, (last, file))| (*last, *office, file.clone())).collect();
        by_age.sort_unstable_by_key(|(last, _, _)| *last);
        // The newest is the one in use now.
        by_age.pop();
        for (_, office, file) in by_age {
            if self.last.len() <= open_max {
                return;
            }
            if file.upgrade().is_none_or(|file| file.close_if_idle()) {
                self.last.remove(&office);
            }
        }
    }
}
