use std::sync::Mutex;

use kura_id::IdError;

/// Ids in the order in which they are made, also within a millisecond: a counter stands in front of the chance.
pub(crate) struct IdSource {
    last: Mutex<(u64, u32)>,
}

/// The counter has 26 bits: what UUIDv7 leaves free before the last six bytes.
const COUNT_MAX: u32 = (1 << 26) - 1;

impl IdSource {
    pub(crate) const fn new() -> Self {
        Self { last: Mutex::new((0, 0)) }
    }

    /// The parts of the next id: a time that never runs backwards, and ten bytes that begin with the counter.
    pub(crate) fn next<T>(
        &self,
        now: u64,
        chance: [u8; 6],
        id: impl FnOnce(u64, [u8; 10]) -> Result<T, IdError>,
    ) -> Result<T, IdError> {
        let (millis, count) = self.turn(now);
        let bits = |shift: u32, mask: u32| u8::try_from((count >> shift) & mask).unwrap_or(u8::MAX);
        let [d, e, f, g, h, i] = chance;
        id(millis, [bits(22, 0x0f), bits(14, 0xff), bits(8, 0x3f), bits(0, 0xff), d, e, f, g, h, i])
    }

    fn turn(&self, now: u64) -> (u64, u32) {
        let mut last = match self.last.lock() {
            Ok(last) => last,
            Err(poisoned) => poisoned.into_inner(),
        };
        let (millis, count) = *last;
        *last = if now > millis {
            (now, 0)
        } else if count < COUNT_MAX {
            (millis, count.saturating_add(1))
        } else {
            (millis.saturating_add(1), 0)
        };
        *last
    }
}

#[cfg(test)]
mod tests {
    use kura_id::RecordId;

    use super::*;

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_they_were_made() {
        let source = IdSource::new();
        let make = |now, byte| source.next(now, [byte; 6], RecordId::from_parts).unwrap();
        let mut ids = vec![make(5, 255)];
        ids.extend((0..70_000_u32).map(|at| make(5, u8::try_from(at % 251).unwrap())));
        ids.push(make(4, 0));
        ids.push(make(6, 0));
        assert!(ids.is_sorted_by(|one, next| one < next));
        assert_eq!(ids.last().unwrap().unix_millis(), 6);
    }

    #[test]
    fn a_full_counter_takes_the_next_millisecond() {
        let source = IdSource { last: Mutex::new((5, COUNT_MAX)) };
        assert_eq!(source.turn(5), (6, 0));
    }
}
