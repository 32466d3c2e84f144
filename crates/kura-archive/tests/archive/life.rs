//! A deterministic life: commits, erasures, ships that fail, days that pass, and after each step a restore. The oracle is what the target
//! acknowledged.
//!
//! `KURA_SIMULATION_SEEDS=1000 cargo test --release -p kura-archive life` plays more of them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use kura_archive::{Demand, Folder, ObjectName, Protection, Put, Target, TargetError};
use kura_id::OfficeId;
use kura_journal::TreeHash;
use kura_store::contract::world::{Chance, PERSON, SLIP, delete, name, put, unit};
use kura_store::{StoredChange, Wrap};

use crate::given::{DAY, World, of_unit, opens, present};

const SEEDS: u64 = 12;
const STEPS: usize = 40;

/// Loses the answer, or the object.
struct Unsteady {
    inner: Folder,
    cuts: std::sync::Mutex<Chance>,
    steady: AtomicBool,
}

impl Target for Unsteady {
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError> {
        let fate = if self.steady.load(Ordering::SeqCst) { 9 } else { self.cuts.lock().unwrap().below(10) };
        if fate == 0 {
            return Err(TargetError::Full);
        }
        let put = self.inner.put(name, bytes);
        if fate == 1 { Err(TargetError::Unavailable { reason: "cut".to_owned() }) } else { put }
    }

    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError> {
        self.inner.newest_manifest(office)
    }

    fn protection(&self) -> Protection {
        Protection::AddOnly
    }
}

struct Life {
    world: World,
    chance: Chance,
    target: Unsteady,
    versions: std::collections::BTreeMap<u64, (u64, bool)>,
    erased: BTreeSet<u64>,
    /// What the target acknowledged: size, root and records.
    acknowledged: Option<(u64, TreeHash, Vec<StoredChange>)>,
    /// What it may have without having said so.
    tried: Vec<(u64, TreeHash, Vec<StoredChange>)>,
}

impl Life {
    fn begin(seed: u64) -> Self {
        let world = World::new(seed + 1);
        let target = Unsteady {
            inner: world.target(),
            cuts: std::sync::Mutex::new(Chance::new(seed ^ 77)),
            steady: AtomicBool::new(false),
        };
        Self {
            world,
            chance: Chance::new(seed),
            target,
            versions: std::collections::BTreeMap::new(),
            erased: BTreeSet::new(),
            acknowledged: None,
            tried: Vec::new(),
        }
    }

    fn step(&mut self) -> usize {
        let whose = 1 + self.chance.below(6);
        match self.chance.below(8) {
            0..=3 => self.write(whose),
            4 if self.erased.len() < 3 && self.versions.contains_key(&whose) && self.erased.insert(whose) => {
                self.world.erase(whose);
            }
            5 => self.world.pass(self.chance.below(9) * DAY),
            _ => return self.ship(),
        }
        0
    }

    fn write(&mut self, whose: u64) {
        if self.erased.contains(&whose) {
            return;
        }
        self.world.pass(1_000);
        let (version, there) = self.versions.get(&whose).copied().unwrap_or_default();
        let deletes = there && self.chance.below(4) == 0;
        let person = name(PERSON, whose);
        let change = if deletes { delete(person, version) } else { put(person, version, &version.to_be_bytes()) };
        let slip = put(name(SLIP, 1_000 * whose + version), 0, b"slip");
        self.world.commit(vec![of_unit(whose, change), slip]);
        self.versions.insert(whose, (version + 1, !deletes));
    }

    /// Ships and proves what is there now; says whether it was cut.
    fn ship(&mut self) -> usize {
        let head = self.world.office.head().unwrap();
        let now = (head.size(), head.root(), present(&*self.world.office));
        let cut = self.world.ship_to(&self.target).is_err();
        if head.size() == 0 {
            return 0;
        }
        if cut {
            self.tried.push(now);
        } else {
            self.acknowledged = Some(now);
            self.tried.clear();
        }
        self.look();
        usize::from(cut)
    }

    /// What was acknowledged comes back, or what came after it.
    fn look(&self) {
        let Some(acknowledged) = &self.acknowledged else { return };
        let (to, _) = self.world.restored(&Demand { open: Some(&opens), ..Demand::default() }).unwrap();
        let head = to.head().unwrap();
        let back = (head.size(), head.root(), present(&*to));
        assert!(back == *acknowledged || self.tried.contains(&back));
        for (erased, is_told) in self.erased.iter().map(|number| (*number, head.size() == self.size())) {
            assert!(!is_told || to.wrap(unit(erased)).unwrap() == Some(Wrap::Destroyed));
        }
    }

    fn size(&self) -> u64 {
        self.world.office.head().unwrap().size()
    }
}

#[test]
fn whatever_is_cut_what_was_acknowledged_comes_back() {
    let seeds = std::env::var("KURA_SIMULATION_SEEDS").map_or(SEEDS, |seeds| seeds.parse().unwrap());
    let mut cuts = 0;
    for seed in 0..seeds {
        let mut life = Life::begin(seed);
        for _ in 0..STEPS {
            cuts += life.step();
        }
        life.target.steady.store(true, Ordering::SeqCst);
        life.ship();
        assert!(life.acknowledged.is_none_or(|(size, ..)| size == life.world.office.head().unwrap().size()));
    }
    assert!(cuts > 0, "something must be cut, or nothing is shown");
}
