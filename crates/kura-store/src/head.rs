use kura_journal::{Frontier, LogEpoch, TreeHash, UnixMillis};

/// Where an office's journal stands, and how much of it is safe elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The right edge of the tree: how many entries there are, and all that is needed to go on.
    pub frontier: Frontier,
    /// The time of the last entry; 0 before the first.
    pub last_at: UnixMillis,
    /// The log epoch the last entry belongs to.
    pub epoch: LogEpoch,
    /// The archive holds everything before this number. From 1: nothing yet.
    pub acknowledged_before: u64,
    /// The history begins here: older changes are in the archive alone.
    pub kept_from: u64,
    /// The office takes what a restore brings, and no commits.
    pub restoring: bool,
}

impl Head {
    /// Of a new office.
    #[must_use]
    pub fn new(restoring: bool) -> Self {
        Self {
            frontier: Frontier::default(),
            last_at: UnixMillis::new(0),
            epoch: LogEpoch::FIRST,
            acknowledged_before: FIRST_SEQ,
            kept_from: FIRST_SEQ,
            restoring,
        }
    }

    /// How many entries there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> TreeHash {
        self.frontier.root()
    }

    /// The number of the next entry.
    #[must_use]
    pub const fn next_seq(&self) -> u64 {
        self.size().saturating_add(FIRST_SEQ)
    }
}

/// Entries are numbered from here.
pub const FIRST_SEQ: u64 = 1;
