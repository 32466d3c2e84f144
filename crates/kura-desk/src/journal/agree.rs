//! Journal and records laid side by side: an older row opens as well as the newest one, and only the journal tells them apart.

use std::collections::BTreeSet;

use kura_journal::{
    Action, Class, ContentHash, Frontier, LatestVersions, LeafHash, Purpose, RecordVersion, VersionWrong,
};
use kura_store::{FIRST_SEQ, Limit, Reads, Record, RecordName, Values};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::find_all;

/// What was compared, and what does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordsChecked {
    /// How many entries were read.
    pub entries: u64,
    /// How many records were compared.
    pub records: usize,
    /// What is wrong; nothing where journal and records agree.
    pub wrong: Vec<RecordsWrong>,
}

/// One thing by which journal and records do not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordsWrong {
    /// A record is another than the journal tells: too old, changed, or told by nobody.
    #[error(transparent)]
    Version(#[from] VersionWrong),
    /// The journal tells of a record that is not there.
    #[error("記録簿にあるデータがありません（種類{}・{}、版{}）。", .0.kind.get(), .0.id, .0.version)]
    Missing(RecordVersion),
    /// Salt and payload of an entry do not give its hash.
    #[error("記録簿の{seq}番が書き換えられています。")]
    Hash {
        /// Its number.
        seq: u64,
    },
    /// An entry does not open. What it told is not known.
    #[error("記録簿の{seq}番を開けません。")]
    Closed {
        /// Its number.
        seq: u64,
    },
    /// The entries do not give the root that the office goes on from.
    #[error("記録簿の全体のハッシュ値が合いません。")]
    Root,
}

impl Room {
    /// 記録簿との照合: reads the whole journal and compares every record with what it says is the newest version. Nobody sees anything of a
    /// person.
    ///
    /// # Errors
    /// No right, or the store does not answer. What does not fit is no error but the answer.
    pub fn verify_records(&self, scope: &Scope) -> Result<RecordsChecked, DeskError> {
        let actor = scope.may(Resource::Journal, Operation::Verify, Over::Office, self.now()?)?;
        let checked = {
            let reads = self.office.snapshot()?;
            self.compare(reads.as_ref())?
        };
        let mut told = scope.entry(actor, Action::Read, Purpose::Audit);
        told.class = Some(Class::Computed);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(checked)
    }

    fn compare(&self, reads: &dyn Reads) -> Result<RecordsChecked, DeskError> {
        let mut wrong = Vec::new();
        let (mut latest, entries) = self.read_journal(reads, &mut wrong)?;
        // Those that are found by an index, and those that the journal tells of: a row may have lost the one or the other.
        let mut names: BTreeSet<RecordName> = BTreeSet::new();
        for kind in kinds::ALL {
            names.extend(find_all(reads, kind, Values::all())?.into_iter().map(|hit| RecordName { kind, id: hit.id }));
        }
        names.extend(latest.clone().missing().map(|told| RecordName { kind: told.kind, id: told.id }));
        let names: Vec<RecordName> = names.into_iter().collect();
        let mut records = 0_usize;
        for chunk in names.chunks(usize::from(Limit::MAX.get())) {
            for record in reads.get_many(chunk)?.into_iter().flatten() {
                records = records.saturating_add(1);
                wrong.extend(latest.compare(&version_of(&record)).err().map(RecordsWrong::from));
            }
        }
        wrong.extend(latest.missing().map(RecordsWrong::Missing));
        Ok(RecordsChecked { entries, records, wrong })
    }

    fn read_journal(
        &self,
        reads: &dyn Reads,
        wrong: &mut Vec<RecordsWrong>,
    ) -> Result<(LatestVersions, u64), DeskError> {
        let keys = self.keys.of(reads, self.own_unit()?)?;
        let mut latest = LatestVersions::default();
        let mut tree = Frontier::default();
        let mut seq = FIRST_SEQ;
        loop {
            let page = reads.journal_from(seq, Limit::MAX)?;
            let Some(last) = page.last() else { break };
            seq = last.seq.saturating_add(1);
            for stored in &page {
                let seq = stored.seq;
                if LeafHash::of(&stored.salt, &stored.payload) != stored.leaf {
                    wrong.push(RecordsWrong::Hash { seq });
                }
                tree.push(stored.leaf).map_err(|_| DeskError::Tree)?;
                match self.open_entry(&keys, stored) {
                    Ok(told) => wrong.extend(latest.take(&told.entry).err().map(RecordsWrong::from)),
                    Err(_) => wrong.push(RecordsWrong::Closed { seq }),
                }
            }
        }
        if tree != reads.head()?.frontier {
            wrong.push(RecordsWrong::Root);
        }
        Ok((latest, tree.size()))
    }
}

fn version_of(record: &Record) -> RecordVersion {
    let RecordName { kind, id } = record.name;
    RecordVersion { kind, id, version: record.version, sealed: Some(ContentHash::of(&record.sealed)) }
}
