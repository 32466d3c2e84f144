//! Soft delays against guessing: who was wrong waits longer each time, never for ever. Counted for a name, an address and the office.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The longest wait for one name or address: five minutes.
const WAIT_S_MAX: u64 = 300;

/// The longest wait for everybody: a flood of wrong names slows a sign-in down, and no more.
const OFFICE_WAIT_S_MAX: u64 = 4;

/// After so long without a wrong try, all is forgotten: one hour.
const FORGET_MS: u64 = 60 * 60 * 1000;

/// So many names and addresses are remembered.
const REMEMBERED_MAX: usize = 10_000;

#[derive(PartialEq, Eq, Hash, Clone)]
enum Whose {
    Name(String),
    Address(IpAddr),
    Office,
}

#[derive(Default, Clone, Copy)]
struct Wrong {
    times: u32,
    last: u64,
}

/// All wrong tries that are remembered.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<Whose, Wrong>>);

impl Guesses {
    /// For how many seconds nothing may be tried; 0 when it may.
    pub(crate) fn wait_s(&self, name: &str, address: Option<IpAddr>, now: u64) -> u64 {
        let all = self.all();
        let left = |whose: &Whose| all.get(whose).map_or(0, |wrong| wrong.left_s(whose, now));
        keys(name, address).iter().map(left).max().unwrap_or(0)
    }

    /// Somebody was wrong.
    pub(crate) fn wrong(&self, name: &str, address: Option<IpAddr>, now: u64) {
        let mut all = self.all();
        if all.len() >= REMEMBERED_MAX {
            all.retain(|_, wrong| now < wrong.last.saturating_add(FORGET_MS));
        }
        if all.len() >= REMEMBERED_MAX {
            all.retain(|whose, _| *whose == Whose::Office);
        }
        for whose in keys(name, address) {
            let wrong = all.entry(whose).or_default();
            let forgotten = now >= wrong.last.saturating_add(FORGET_MS);
            *wrong = Wrong { times: if forgotten { 1 } else { wrong.times.saturating_add(1) }, last: now };
        }
    }

    /// Somebody was right: their name and address begin anew.
    pub(crate) fn right(&self, name: &str, address: Option<IpAddr>) {
        let mut all = self.all();
        for whose in keys(name, address) {
            if whose != Whose::Office {
                all.remove(&whose);
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Whose, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whom a try is counted for. A slip has no name.
fn keys(name: &str, address: Option<IpAddr>) -> Vec<Whose> {
    let name: String = name.chars().take(64).collect();
    let name = (!name.is_empty()).then_some(Whose::Name(name));
    [name, address.map(Whose::Address), Some(Whose::Office)].into_iter().flatten().collect()
}

impl Wrong {
    fn left_s(self, whose: &Whose, now: u64) -> u64 {
        let (free, most) = match whose {
            Whose::Name(_) => (3, WAIT_S_MAX),
            // Several people sit behind one address.
            Whose::Address(_) => (10, WAIT_S_MAX),
            Whose::Office => (50, OFFICE_WAIT_S_MAX),
        };
        let Some(over) = self.times.checked_sub(free) else { return 0 };
        let whole_s = 1_u64.checked_shl(over).unwrap_or(most).min(most);
        let until = self.last.saturating_add(whole_s.saturating_mul(1000));
        until.saturating_sub(now).div_ceil(1000).min(whole_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

    #[test]
    fn waits_double_up_to_five_minutes_and_are_forgotten_in_an_hour() {
        let guesses = Guesses::default();
        let mut now = 1_000_000;
        let mut waits = Vec::new();
        for _ in 0..14 {
            guesses.wrong("hanako", None, now);
            let wait = guesses.wait_s("hanako", None, now);
            waits.push(wait);
            now += wait * 1000;
            assert_eq!(guesses.wait_s("hanako", None, now), 0, "a wait ends");
        }
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(guesses.wait_s("taro", None, now), 0, "another name does not wait");
        now += FORGET_MS;
        guesses.wrong("hanako", None, now);
        assert_eq!(guesses.wait_s("hanako", None, now), 0);
    }

    #[test]
    fn an_address_waits_whatever_the_name_and_the_office_never_long() {
        let guesses = Guesses::default();
        for at in 0..60 {
            guesses.wrong(&format!("name {at}"), HERE, 1000);
        }
        assert_eq!(guesses.wait_s("somebody", HERE, 1000), WAIT_S_MAX);
        assert_eq!(guesses.wait_s("somebody", None, 1000), OFFICE_WAIT_S_MAX);
        guesses.right("somebody", HERE);
        assert_eq!(guesses.wait_s("somebody", HERE, 1000), OFFICE_WAIT_S_MAX);
    }

    #[test]
    fn a_clock_that_went_back_makes_nobody_wait_longer_than_the_whole_wait() {
        let guesses = Guesses::default();
        for _ in 0..5 {
            guesses.wrong("hanako", None, 9_000_000);
        }
        assert_eq!(guesses.wait_s("hanako", None, 1000), 4);
    }
}
