//! The clock, the chance and the user of this machine.

use kura_platform::{clock, random};
use kura_store::{Clock, Entropy, NotLent};

use crate::stop::Stop;

pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn unix_millis(&self) -> Result<u64, NotLent> {
        clock::unix_millis().map_err(|_| NotLent::Time)
    }
}

pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NotLent> {
        random::fill(bytes).map_err(|_| NotLent::Chance)
    }
}

/// The time (UTC, milliseconds since 1970) and ten bytes of chance: what an id is made of.
pub(crate) fn now_and_chance() -> Result<(u64, [u8; 10]), Stop> {
    let millis = clock::unix_millis().map_err(|error| Stop::named(error, ""))?;
    let chance = random::bytes().map_err(|error| Stop::named(error, ""))?;
    Ok((millis, chance))
}

/// The user who runs this program, as the operating system knows them: the environment may say anything.
pub(crate) fn os_user() -> Result<String, Stop> {
    match whoami::username() {
        Ok(name) if !name.is_empty() => Ok(name),
        _ => Err(Stop::named(
            "このプログラムを実行している利用者を、オペレーティングシステムから得られません。",
            "利用者の登録を確かめてください。",
        )),
    }
}
