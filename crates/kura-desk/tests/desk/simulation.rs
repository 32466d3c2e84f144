//! A deterministic life of an office: seeds, a clock that jumps, a vault that dies, a store that fails before a commit and after one, and
//! requests that come twice. The oracle is what the store acknowledged, and what the office said it wrote.
//!
//! `KURA_SIMULATION_SEEDS=1000 cargo test --release --workspace --test desk simulation` plays more of them.

use std::collections::BTreeSet;

use kura_desk::{DeskError, RunKind, RunOrder, RunState};
use kura_journal::{LogKey, Purpose, Role};
use kura_law::Law;
use kura_model::{Book, ClientCode, EmployeeCode};
use kura_records::Owner;
use kura_store::{CommitError, Fault, Limit};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use zeroize::Zeroizing;

use crate::faulty::Hap;
use crate::given::{ADMINISTRATOR, Blank, Given, demo, first_month, lease};

const SEEDS: u64 = 4;
const STEPS: usize = 30;
const MINUTE: u64 = 60_000;

struct Life {
    given: Given,
    law: &'static Law,
    chance: ChaCha20Rng,
    book: Book,
    /// What may stand in the mark of every person: the last one that was acknowledged, and those nobody heard of since.
    marks: BTreeSet<String>,
    erased: BTreeSet<EmployeeCode>,
    /// How often something failed, so that a seed in which nothing does is noticed.
    failed: usize,
}

impl Life {
    fn begin(seed: u64) -> Self {
        let book = demo(0);
        let given = Given::with_books(&[&book]);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_be_bytes());
        let chance = ChaCha20Rng::from_seed(bytes);
        let law = Law::embedded().unwrap();
        let mut life = Self { given, law, chance, book, marks: BTreeSet::new(), erased: BTreeSet::new(), failed: 0 };
        life.import("始".to_owned()).unwrap();
        life
    }

    fn any(&mut self, below: u32) -> u32 {
        self.chance.next_u32() % below
    }

    /// Renews the lease, whatever the clock says now.
    fn renew(&self) {
        self.given.room.renew(lease(self.given.clock.now() + 15 * MINUTE)).unwrap();
    }

    fn step(&mut self, number: usize) {
        let minutes = u64::from(self.any(10));
        match self.any(5) {
            0 => self.given.clock.pass(3 * minutes * MINUTE),
            1 => self.given.clock.back(minutes * MINUTE),
            _ => {}
        }
        let vault_is_dead = self.any(7) == 0;
        if vault_is_dead {
            self.given.clock.pass(60 * MINUTE);
        } else {
            self.renew();
        }
        for _ in 0..self.any(3) {
            let hap = [Hap::Before, Hap::After, Hap::Twice][usize::try_from(self.any(3)).unwrap()];
            let passed = self.any(3);
            self.given.plan.then(passed, hap);
        }
        let done = self.act(number);
        self.given.plan.haps.lock().unwrap().clear();
        if let Err(error) = done {
            self.failed += 1;
            assert!(may_happen(&error), "{error:?}");
            assert!(!vault_is_dead || error == DeskError::NoKey, "{error:?}");
        } else {
            assert!(!vault_is_dead, "without a key nothing is done");
        }
        self.look();
    }

    fn act(&mut self, number: usize) -> Result<(), DeskError> {
        let (at, choice, whose) = (self.any(5), self.any(10), self.any(3));
        let employee = self.book.employees[usize::try_from(at).unwrap()].employee_code.clone();
        let client = ClientCode::from("001");
        let room = &self.given.room;
        let scope = room.sign_in(ADMINISTRATOR)?;
        match choice {
            0..=2 => self.import(format!("{number}")),
            3 => room.person(&scope, &client, &employee, Purpose::Inquiry).map(|_| ()),
            4 => room.put_user(&scope, "clerk", Role::Clerk, &["001"]).map(|_| ()),
            5 | 6 => self.run(),
            7 => {
                let owner = match whose {
                    0 => Owner::Office,
                    1 => Owner::Client(client),
                    _ => Owner::Person(client, employee),
                };
                room.rotate_unit_key(&scope, &owner).map(|_| ())
            }
            8 => match room.checkpoint_due()? {
                Some(due) => room.keep_checkpoint(&due.sign(&LogKey::from_seed(&Zeroizing::new([1; 32])))),
                None => Ok(()),
            },
            _ => {
                let asked = room.ask_erasure(&scope, &client, &employee)?;
                // It may be done and nobody hear of it.
                let done = room.erase(&scope, asked.id).map(|_| ());
                self.erased.insert(employee);
                done
            }
        }
    }

    /// One commit that marks the client and everybody who is left: all of it, or nothing.
    fn import(&mut self, mark: String) -> Result<(), DeskError> {
        let mut book = self.book.clone();
        let erased = &self.erased;
        book.employees.retain(|row| !erased.contains(&row.employee_code));
        let mut marked = Book { employees: book.employees, ..Book::default() };
        for row in marked.employees.iter_mut() {
            row.address = Some(mark.as_str().into());
        }
        let scope = self.given.room.sign_in(ADMINISTRATOR)?;
        self.marks.insert(mark.clone());
        self.given.room.import(&scope, &marked, None, false)?;
        self.marks = BTreeSet::from([mark]);
        Ok(())
    }

    /// A month, from computed to published, as far as it comes.
    fn run(&self) -> Result<(), DeskError> {
        let room = &self.given.room;
        let scope = room.sign_in(ADMINISTRATOR)?;
        let month = first_month(0);
        let order = RunOrder { client: "001".to_owned(), month, kind: RunKind::Pay, as_of: month.last_day() };
        let run = room.run(&scope, &order, self.law)?.run;
        room.check(&scope, run.id)?;
        room.approve(&scope, run.id)?;
        assert_eq!(room.publish(&scope, run.id, self.law)?.run.state, RunState::Published);
        Ok(())
    }

    /// Nothing acknowledged is lost, nothing is half, journal and records agree, nobody is paid twice.
    fn look(&mut self) {
        self.renew();
        let room = &self.given.room;
        let scope = room.sign_in(ADMINISTRATOR).unwrap();
        assert_eq!(room.verify_records(&scope).unwrap().wrong, []);
        let office = self.given.store.open_office(self.given.office, std::sync::Arc::new(Blank)).unwrap();
        for receipt in self.given.plan.acknowledged.lock().unwrap().iter() {
            let entry = office.journal_from(receipt.seq, Limit::rows(1)).unwrap().remove(0);
            assert_eq!((entry.seq, entry.leaf), (receipt.seq, receipt.leaf));
        }
        let book = room.export(&scope).unwrap().book;
        let marks: BTreeSet<String> =
            book.employees.iter().map(|row| row.address.as_ref().unwrap().as_str().to_owned()).collect();
        assert!(marks.len() <= 1 && marks.is_subset(&self.marks), "{marks:?} of {:?}", self.marks);
        let missing: BTreeSet<_> = self.book.employees.iter().map(|row| row.employee_code.clone()).collect();
        let there: BTreeSet<_> = book.employees.iter().map(|row| row.employee_code.clone()).collect();
        assert!(missing.difference(&there).all(|gone| self.erased.contains(gone)));
        // An erasure that was not carried out leaves the person where they were.
        self.erased.retain(|employee| !there.contains(employee));
        let paid = |row: &kura_model::PayHistory| {
            format!("{} {:?} {} {:?}", row.employee_code, row.kind, row.paid_on, row.state)
        };
        let payments: BTreeSet<String> = book.pay_histories.iter().map(|row| paid(&row.facts)).collect();
        assert_eq!(payments.len(), book.pay_histories.len());
    }
}

/// What a step may meet. A record that does not open, or that is not there, is not among it.
fn may_happen(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::Commit(
            CommitError::Fault(Fault::Unavailable { .. }) | CommitError::NotSealed(_) | CommitError::Conflict { .. }
        ) | DeskError::NoKey
            | DeskError::StepUp
            | DeskError::Stale
            | DeskError::WrongState { .. }
            | DeskError::Destruction(_)
            | DeskError::Erased { .. }
            | DeskError::NotFound { what: "従業員" }
    )
}

#[test]
fn whatever_fails_nothing_that_was_acknowledged_is_lost() {
    let seeds = std::env::var("KURA_SIMULATION_SEEDS").map_or(SEEDS, |seeds| seeds.parse().unwrap());
    let mut failed = 0;
    for seed in 0..seeds {
        let mut life = Life::begin(seed);
        for number in 0..STEPS {
            life.step(number);
        }
        failed += life.failed;
    }
    assert!(failed > 0, "something must fail, or nothing is shown");
}
