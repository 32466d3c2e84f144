//! Windows and the rest: what the standard ways of the system leave.

use std::path::Path;

use super::{Reached, Shortfall};

#[cfg(unix)]
pub(super) fn no_core_dumps() -> Reached {
    use rustix::process::{Resource, Rlimit, setrlimit};
    match setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        Ok(()) => Reached::Fully,
        Err(_) => Reached::NotAtAll(Shortfall::Refused),
    }
}

#[cfg(not(unix))]
pub(super) const fn no_core_dumps() -> Reached {
    Reached::NotAtAll(Shortfall::NotOnThisSystem)
}

/// The pages of secrets lock themselves (`secret`).
pub(super) const fn lock_memory() -> Reached {
    Reached::Partly(Shortfall::NotOnThisSystem)
}

pub(super) const fn shut_in(_: &[&Path]) -> Reached {
    Reached::NotAtAll(Shortfall::NotOnThisSystem)
}

pub(super) const fn shut_files_in(_: &[&Path]) -> Reached {
    Reached::NotAtAll(Shortfall::NotOnThisSystem)
}

pub(super) const fn limit_calls() -> Reached {
    Reached::NotAtAll(Shortfall::NotOnThisSystem)
}
