//! What a process that holds keys gives up: its core dumps, its place in the swap file, the rest of the disk, the network.

use std::fmt;
use std::path::Path;

#[cfg(target_os = "linux")]
#[path = "confine/calls.rs"]
mod calls;

#[cfg(target_os = "linux")]
#[path = "confine/linux.rs"]
mod system;

#[cfg(not(target_os = "linux"))]
#[path = "confine/other.rs"]
mod system;

/// What was reached of a protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It holds.
    Fully,
    /// A part holds.
    Partly(Shortfall),
    /// It does not hold.
    NotAtAll(Shortfall),
}

/// What is missing, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// The system knows no such protection, or we do not use it there.
    NotOnThisSystem,
    /// The system refused.
    Refused,
    /// Memory may be locked up to a limit only, so the pages of secrets are locked and copies made while working are not.
    MemoryLimit,
    /// The kernel is older than some of the rules.
    OlderKernel,
    /// Landlock is not in this kernel, or switched off.
    NoLandlock,
}

/// What a process reached, for its log and for `kura doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confinement {
    /// No core dump, and (Linux) no other process of the same user may look into the memory.
    pub no_core_dumps: Reached,
    /// Memory is not written to the swap file.
    pub memory_locked: Reached,
    /// Files outside the folders named are out of reach, and so is TCP.
    pub shut_in: Reached,
    /// No other program, no socket but local ones, no look into another process, nothing that changes the system.
    pub calls_limited: Reached,
}

/// Gives up what can be given up. To be called before the process starts a thread: Linux confines the calling thread and its
/// children. Of the disk, `folders` stay open for reading and writing; what is open already stays open.
#[must_use]
pub fn confine(folders: &[&Path]) -> Confinement {
    Confinement {
        no_core_dumps: system::no_core_dumps(),
        memory_locked: system::lock_memory(),
        shut_in: system::shut_in(folders),
        calls_limited: system::limit_calls(),
    }
}

/// Gives up the rest of the disk alone, for a process that goes on to use the network. To be called before it starts a thread.
#[must_use]
pub fn files_only(folders: &[&Path]) -> Reached {
    system::shut_files_in(folders)
}

impl Confinement {
    /// Each protection with its Japanese name.
    #[must_use]
    pub const fn each(&self) -> [(&'static str, Reached); 4] {
        [
            ("コアダンプの禁止", self.no_core_dumps),
            ("メモリーのスワップ禁止", self.memory_locked),
            ("フォルダーの制限", self.shut_in),
            ("システムコールの制限", self.calls_limited),
        ]
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fully => out.write_str("有効"),
            Self::Partly(shortfall) => write!(out, "一部だけ有効（{shortfall}）"),
            Self::NotAtAll(shortfall) => write!(out, "無効（{shortfall}）"),
        }
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotOnThisSystem => "このシステムでは使えません",
            Self::Refused => "システムに断られました",
            Self::MemoryLimit => {
                "固定できるメモリーに上限があり、鍵のページだけを固定します。LimitMEMLOCK=infinity で上限を外せます"
            }
            Self::OlderKernel => "カーネルが古く、一部の規則が効きません",
            Self::NoLandlock => "カーネルでLandlockが使えません",
        })
    }
}
