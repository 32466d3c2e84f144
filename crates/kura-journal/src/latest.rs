//! What the journal says each record is now. An older row opens as well as the newest one: only the journal tells them apart.

use std::collections::BTreeMap;

use kura_id::{Kind, RecordId};

use crate::entry::{ContentHash, Entry, RecordVersion};

/// The newest version of each record, as opened entries tell it.
#[derive(Debug, Clone, Default)]
pub struct LatestVersions(BTreeMap<(Kind, RecordId), (u64, Option<ContentHash>)>);

/// Journal and records do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VersionWrong {
    /// The journal itself lets a version go back or stand still.
    #[error("記録簿の中で版が{before}から{after}へ戻っています（種類{}・{id}）。", kind.get())]
    NotRising {
        /// Kind of the record.
        kind: Kind,
        /// Its id.
        id: RecordId,
        /// The version told before.
        before: u64,
        /// The version told then.
        after: u64,
    },
    /// No entry tells of this record.
    #[error("記録簿にないデータがあります（種類{}・{id}）。", kind.get())]
    NotTold {
        /// Kind of the record.
        kind: Kind,
        /// Its id.
        id: RecordId,
    },
    /// An older version lies in the store, or one that was deleted.
    #[error("データが古い版に戻されています（種類{}・{id}：記録簿では版{told}、保存されているのは版{stored}）。", kind.get())]
    RolledBack {
        /// Kind of the record.
        kind: Kind,
        /// Its id.
        id: RecordId,
        /// The newest version that was told.
        told: u64,
        /// The version that is stored.
        stored: u64,
    },
    /// The same version with other bytes, or a version that was never told.
    #[error("データが記録簿と一致しません（種類{}・{id}、版{stored}）。", kind.get())]
    Other {
        /// Kind of the record.
        kind: Kind,
        /// Its id.
        id: RecordId,
        /// The version that is stored.
        stored: u64,
    },
}

impl LatestVersions {
    /// Takes the next entry, in the order of the journal. Only what it wrote counts.
    ///
    /// # Errors
    /// [`VersionWrong::NotRising`].
    pub fn take(&mut self, entry: &Entry) -> Result<(), VersionWrong> {
        if !entry.draft.writes() {
            return Ok(());
        }
        for &RecordVersion { kind, id, version, sealed } in &entry.draft.records {
            match self.0.insert((kind, id), (version, sealed)) {
                Some((before, _)) if before >= version => {
                    return Err(VersionWrong::NotRising { kind, id, before, after: version });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Compares a stored record with what was told, and crosses it off.
    ///
    /// # Errors
    /// [`VersionWrong`].
    pub fn compare(&mut self, stored: &RecordVersion) -> Result<(), VersionWrong> {
        let &RecordVersion { kind, id, version, sealed } = stored;
        match self.0.remove(&(kind, id)) {
            None => Err(VersionWrong::NotTold { kind, id }),
            Some((told, _)) if told > version => Err(VersionWrong::RolledBack { kind, id, told, stored: version }),
            Some(told) if told == (version, sealed) && sealed.is_some() => Ok(()),
            Some(_) => Err(VersionWrong::Other { kind, id, stored: version }),
        }
    }

    /// What was told, not deleted, and not crossed off: records that are missing in the store.
    pub fn missing(self) -> impl Iterator<Item = RecordVersion> {
        let told = self.0.into_iter().filter(|(_, (_, sealed))| sealed.is_some());
        told.map(|((kind, id), (version, sealed))| RecordVersion { kind, id, version, sealed })
    }
}
