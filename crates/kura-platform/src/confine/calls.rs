//! Linux: seccomp. A list of what a process that holds keys never needs, and what its intruder needs first. A list of all it does need
//! would be stricter, and would break with the next version of the C library.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter_all_threads,
};

use super::{Reached, Shortfall};

/// Refused whatever their arguments.
const NEVER: [c_long; 24] = [
    // another program
    libc::SYS_execve,
    libc::SYS_execveat,
    // another process' memory, or this one's on somebody's behalf
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    // ways around this list
    libc::SYS_io_uring_setup,
    libc::SYS_bpf,
    libc::SYS_unshare,
    libc::SYS_setns,
    // keys of the kernel
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // the system itself
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_open_by_handle_at,
    libc::SYS_reboot,
];

/// On x86-64 a second set of numbers, with this bit, reaches the same calls.
#[cfg(target_arch = "x86_64")]
const SECOND_NUMBERS: Option<c_long> = Some(0x4000_0000);
#[cfg(not(target_arch = "x86_64"))]
const SECOND_NUMBERS: Option<c_long> = None;

/// Refuses the calls of the list from now on, to all threads of the process.
pub(super) fn limit_calls() -> Reached {
    match filter().map(|program| apply_filter_all_threads(&program)) {
        Ok(Ok(())) => Reached::Fully,
        Ok(Err(_)) => Reached::NotAtAll(Shortfall::Refused),
        Err(_) => Reached::NotAtAll(Shortfall::NotOnThisSystem),
    }
}

fn filter() -> Result<BpfProgram, BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    let numbers = |call: c_long| [Some(call), SECOND_NUMBERS.map(|bit| call | bit)].into_iter().flatten();
    for number in NEVER.into_iter().flat_map(numbers) {
        // No condition: always.
        rules.insert(number, Vec::new());
    }
    for number in numbers(libc::SYS_socket) {
        let local = u64::try_from(libc::AF_UNIX).unwrap_or_default();
        let not_local = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)?;
        rules.insert(number, vec![SeccompRule::new(vec![not_local])?]);
    }
    let refusal = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let architecture = std::env::consts::ARCH.try_into()?;
    SeccompFilter::new(rules, SeccompAction::Allow, refusal, architecture)?.try_into()
}
