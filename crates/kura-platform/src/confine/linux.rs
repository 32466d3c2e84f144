//! Linux: limits, `prctl`, `mlockall`, Landlock, seccomp.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, LandlockStatus, RestrictionStatus, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};
use rustix::thread::{CapabilitySet, capabilities};

pub(super) use super::calls::limit_calls;
use super::{Reached, Shortfall};

/// The rules of Linux 6.12: files, devices, TCP, signals and abstract sockets. Tested rules only, as Landlock's authors advise.
const RULES: ABI = ABI::V6;

pub(super) fn no_core_dumps() -> Reached {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    match (setrlimit(Resource::Core, none), set_dumpable_behavior(DumpableBehavior::NotDumpable)) {
        (Ok(()), Ok(())) => Reached::Fully,
        (Err(_), Err(_)) => Reached::NotAtAll(Shortfall::Refused),
        _ => Reached::Partly(Shortfall::Refused),
    }
}

/// Locks all memory, now and later; but only where no limit stands: under one, the first allocation past it would end the process.
pub(super) fn lock_memory() -> Reached {
    let endless = Rlimit { current: None, maximum: None };
    // Root may lift the limit; for others this fails and changes nothing.
    let _ = setrlimit(Resource::Memlock, endless);
    if getrlimit(Resource::Memlock).current.is_some() && !above_the_limit() {
        return Reached::Partly(Shortfall::MemoryLimit);
    }
    match mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT) {
        Ok(()) => Reached::Fully,
        Err(_) => Reached::Partly(Shortfall::Refused),
    }
}

/// Whether no limit counts for this process (`CAP_IPC_LOCK`).
fn above_the_limit() -> bool {
    capabilities(None).is_ok_and(|sets| sets.effective.contains(CapabilitySet::IPC_LOCK))
}

pub(super) fn shut_in(folders: &[&Path]) -> Reached {
    reached(landlock(folders))
}

/// Files and devices alone.
pub(super) fn shut_files_in(folders: &[&Path]) -> Reached {
    let files = AccessFs::from_all(RULES);
    let confined = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(files)
        .and_then(Ruleset::create)
        .and_then(|ruleset| ruleset.add_rules(path_beneath_rules(folders, files)))
        .and_then(RulesetCreated::restrict_self);
    reached(confined)
}

fn reached(status: Result<RestrictionStatus, RulesetError>) -> Reached {
    let Ok(status) = status else {
        return Reached::NotAtAll(Shortfall::Refused);
    };
    match (status.landlock, status.ruleset) {
        (LandlockStatus::NotEnabled | LandlockStatus::NotImplemented, _) => Reached::NotAtAll(Shortfall::NoLandlock),
        (_, RulesetStatus::FullyEnforced) => Reached::Fully,
        (_, RulesetStatus::PartiallyEnforced) => Reached::Partly(Shortfall::OlderKernel),
        (_, RulesetStatus::NotEnforced) => Reached::NotAtAll(Shortfall::OlderKernel),
    }
}

/// Everything is forbidden but the folders named; of TCP nothing is left.
fn landlock(folders: &[&Path]) -> Result<RestrictionStatus, RulesetError> {
    let files = AccessFs::from_all(RULES);
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(files)?
        .handle_access(AccessNet::from_all(RULES))?
        .scope(Scope::from_all(RULES))?
        .create()?
        .add_rules(path_beneath_rules(folders, files))?
        .restrict_self()
}
