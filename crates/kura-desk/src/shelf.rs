//! The records of a book in the store: found by whose and which they are, opened together, written back where they differ.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kura_calendar::Month;
use kura_id::{Kind, UnitId};
use kura_journal::RecordVersion;
use kura_model::{Book, ClientCode};
use kura_records::{BookRecord, Drawer, Owner, Parsed, RecordError, RecordKey, join, merge, split};
use kura_seal::UnitKeys;
use kura_store::{Find, Hit, Index, Key, Keys, Limit, Reads, Record, RecordName, Values};
use rayon::prelude::*;
use zeroize::Zeroizing;

use crate::error::DeskError;
use crate::kinds::{self, OF_CLIENT, PLACE};
use crate::records::{Draft, Work};
use crate::room::Room;

/// Records of a book, opened.
#[derive(Default)]
pub(crate) struct Shelf {
    records: HashMap<RecordKey, Shelved>,
    units: HashMap<Owner, UnitId>,
    /// Owners who got their unit here and have no record of their facts yet.
    without_facts: BTreeSet<Owner>,
    /// Every record that was opened, in the order of the book.
    pub(crate) seen: Vec<RecordVersion>,
    pub(crate) book: Book,
}

struct Shelved {
    name: RecordName,
    unit: UnitId,
    version: u64,
    body: Zeroizing<Vec<u8>>,
}

/// What is taken off the shelf.
pub(crate) enum Wanted<'months> {
    /// Everything the office has.
    Everything,
    /// The facts of all clients, and nobody's.
    Clients,
    /// The facts of one client, and nobody's.
    FactsOf(UnitId),
    /// What a book says something about: its clients with their people, and the months it has rows of. A row of a sheet of months has its
    /// month in its key, so that a known row with the key of a row that came is among them.
    Touched(&'months Book),
    /// A client: its facts, its people's, and their records of these months.
    Client { client: UnitId, inputs: &'months [Month], histories: &'months [Month] },
}

impl Shelf {
    /// Opens the records that are wanted.
    pub(crate) fn open(room: &Room, reads: &dyn Reads, wanted: &Wanted<'_>) -> Result<Self, DeskError> {
        let names = names(room, reads, wanted)?;
        room.keys.open_all(reads)?;
        let mut opened = Vec::with_capacity(names.len());
        for chunk in names.chunks(usize::from(Limit::MAX.get())) {
            let asked: Vec<RecordName> = chunk.iter().map(|(name, _)| *name).collect();
            let mut records = Vec::with_capacity(asked.len());
            for record in reads.get_many(&asked)?.into_iter().flatten() {
                match room.keys.of(reads, record.unit) {
                    Ok(key) => records.push((record, key)),
                    // Erased: whoever forgot its key knows nothing of it any more.
                    Err(DeskError::Erased { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            let part: Result<Vec<_>, DeskError> =
                records.par_iter().map(|(record, key)| open_one(room, key, record)).collect();
            opened.append(&mut part?);
        }
        let order: HashMap<RecordName, usize> = names.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
        let month = |name: &RecordName| order.get(name).and_then(|at| names.get(*at)).map(|(_, value)| value.clone());
        opened.sort_by_cached_key(|(shelved, _)| {
            (shelved.name.kind, month(&shelved.name), shelved.unit, shelved.name.id)
        });
        Self::of(opened)
    }

    fn of(opened: Vec<(Shelved, Parsed)>) -> Result<Self, DeskError> {
        let mut shelf = Self::default();
        let mut bodies = Vec::with_capacity(opened.len());
        for (shelved, parsed) in opened {
            let RecordName { kind, id } = shelved.name;
            shelf.seen.push(RecordVersion { kind, id, version: shelved.version, sealed: None });
            if let Some(key) = parsed.key() {
                shelf.units.insert(key.owner.clone(), shelved.unit);
                shelf.records.insert(key, shelved);
            }
            bodies.push(parsed);
        }
        // A row that says nothing of whose it is was refused when it was parsed.
        shelf.book = join(bodies).map_err(|_| DeskError::NotFound { what: "記録の持ち主" })?;
        Ok(shelf)
    }

    /// The unit of an owner that has records here.
    pub(crate) fn unit(&self, owner: &Owner) -> Option<UnitId> {
        self.units.get(owner).copied()
    }

    /// The people whose records were opened.
    pub(crate) fn people(&self) -> Vec<UnitId> {
        let people = self.units.iter().filter(|(owner, _)| matches!(owner, Owner::Person(..)));
        let people: BTreeSet<UnitId> = people.map(|(_, unit)| *unit).collect();
        people.into_iter().collect()
    }

    /// Puts into `work` every record of the book that differs from what is stored; records the book does not have stay.
    pub(crate) fn write(
        &mut self,
        work: &mut Work<'_>,
        reads: &dyn Reads,
        room: &Room,
        book: &Book,
    ) -> Result<(), DeskError> {
        for record in split(book) {
            self.write_one(work, reads, room, record)?;
        }
        // An owner is found by the record of its facts, so there is always one.
        for owner in std::mem::take(&mut self.without_facts) {
            let drawer = drawer_of_facts(&owner);
            self.write_one(
                work,
                reads,
                room,
                BookRecord { key: RecordKey { owner, drawer }, body: NO_FACTS.to_owned() },
            )?;
        }
        Ok(())
    }

    fn write_one(
        &mut self,
        work: &mut Work<'_>,
        reads: &dyn Reads,
        room: &Room,
        record: BookRecord,
    ) -> Result<(), DeskError> {
        let BookRecord { key, mut body } = record;
        let place = place_key(room, &key);
        if !self.records.contains_key(&key)
            && let Some(found) = find_one(reads, kinds::of_drawer(key.drawer), place.clone())?
        {
            let (shelved, known) = open_one(room, room.keys.of(reads, found.unit)?.as_ref(), &found)?;
            // Nobody looked at it before: what it holds stays, and what comes goes over it.
            body = over(known, body, &key).map_err(|error| DeskError::Body { name: found.name, error })?;
            self.records.insert(key.clone(), shelved);
        }
        let (name, unit, expected) = match self.records.get(&key) {
            Some(known) if known.body.as_slice() == body.as_bytes() => return Ok(()),
            Some(known) => (known.name, known.unit, known.version),
            None => {
                let name = RecordName { kind: kinds::of_drawer(key.drawer), id: room.new_record()? };
                (name, self.unit_of(work, reads, room, &key.owner)?, 0)
            }
        };
        if key.drawer == drawer_of_facts(&key.owner) {
            self.without_facts.remove(&key.owner);
        }
        let client = match &key.owner {
            Owner::Office | Owner::Client(_) => unit,
            Owner::Person(client, _) => self.unit_of(work, reads, room, &Owner::Client(client.clone()))?,
        };
        let month = match key.drawer {
            Drawer::Input(month) | Drawer::History(month) => Some(month),
            Drawer::Office | Drawer::Client | Drawer::Person => None,
        };
        let keys = Keys::new([place, kinds::of_client(month, client)])?;
        work.put(Draft { name, unit, expected, body: body.into_bytes(), keys });
        Ok(())
    }

    /// The unit of an owner; a new one for an owner nobody knows yet.
    fn unit_of(
        &mut self,
        work: &mut Work<'_>,
        reads: &dyn Reads,
        room: &Room,
        owner: &Owner,
    ) -> Result<UnitId, DeskError> {
        if let Some(unit) = self.units.get(owner) {
            return Ok(*unit);
        }
        let unit = match find_owner(room, reads, owner)? {
            Some(unit) => unit,
            None if *owner == Owner::Office => room.own_unit()?,
            None => {
                self.without_facts.insert(owner.clone());
                work.new_unit()?
            }
        };
        self.units.insert(owner.clone(), unit);
        Ok(unit)
    }
}

/// The body of a record with the rows that come over those that are known.
fn over(known: Parsed, body: String, key: &RecordKey) -> Result<String, RecordError> {
    let merged = merge(&join([known])?, &join([Parsed::parse(body.as_bytes())?])?).book;
    Ok(split(&merged).into_iter().find(|record| record.key == *key).map_or(body, |record| record.body))
}

/// The unit of an owner, by the record of its facts.
pub(crate) fn find_owner(room: &Room, reads: &dyn Reads, owner: &Owner) -> Result<Option<UnitId>, DeskError> {
    Ok(facts_of(room, reads, owner)?.map(|record| record.unit))
}

/// The record of an owner's facts.
pub(crate) fn facts_of(room: &Room, reads: &dyn Reads, owner: &Owner) -> Result<Option<Record>, DeskError> {
    let drawer = drawer_of_facts(owner);
    let key = RecordKey { owner: owner.clone(), drawer };
    find_one(reads, kinds::of_drawer(drawer), place_key(room, &key))
}

/// The body of a record without a row.
const NO_FACTS: &str = "{}";

const fn drawer_of_facts(owner: &Owner) -> Drawer {
    match owner {
        Owner::Office => Drawer::Office,
        Owner::Client(_) => Drawer::Client,
        Owner::Person(..) => Drawer::Person,
    }
}

fn find_one(reads: &dyn Reads, kind: Kind, key: Key) -> Result<Option<Record>, DeskError> {
    let question =
        Find { kind, index: key.index, values: Values::exactly(&key.value), after: None, limit: Limit::rows(1) };
    match reads.find(&question)?.hits.first() {
        Some(hit) => Ok(reads.get(RecordName { kind, id: hit.id })?),
        None => Ok(None),
    }
}

/// All records of a kind by client.
pub(crate) fn find_all(reads: &dyn Reads, kind: Kind, values: Values) -> Result<Vec<Hit>, DeskError> {
    find_by(reads, kind, OF_CLIENT, values)
}

/// All hits of an index.
pub(crate) fn find_by(reads: &dyn Reads, kind: Kind, index: Index, values: Values) -> Result<Vec<Hit>, DeskError> {
    let mut question = Find { kind, index, values, after: None, limit: Limit::MAX };
    let mut all = Vec::new();
    loop {
        let mut page = reads.find(&question)?;
        question.after = page.hits.last().cloned();
        all.append(&mut page.hits);
        if !page.more {
            return Ok(all);
        }
    }
}

fn names(room: &Room, reads: &dyn Reads, wanted: &Wanted<'_>) -> Result<Vec<Named>, DeskError> {
    let mut names = Vec::new();
    match wanted {
        Wanted::Everything => {
            for kind in kinds::OF_BOOK {
                take(&mut names, reads, kind, Values::all())?;
            }
        }
        Wanted::Clients => take(&mut names, reads, kinds::CLIENT, Values::all())?,
        Wanted::FactsOf(client) => take_of(&mut names, reads, kinds::CLIENT, None, *client)?,
        Wanted::Touched(book) => {
            take_of(&mut names, reads, kinds::OFFICE, None, room.own_unit()?)?;
            for (client, months) in touched(book) {
                let Some(client) = find_owner(room, reads, &Owner::Client(client))? else { continue };
                take_client(&mut names, reads, client, &months.inputs, &months.histories)?;
            }
        }
        Wanted::Client { client, inputs, histories } => {
            take_of(&mut names, reads, kinds::OFFICE, None, room.own_unit()?)?;
            take_client(&mut names, reads, *client, *inputs, *histories)?;
        }
    }
    Ok(names)
}

/// A record with the value by which it was found.
type Named = (RecordName, Vec<u8>);

/// The months of a client that a book has rows of.
#[derive(Default)]
struct Months {
    inputs: BTreeSet<Month>,
    histories: BTreeSet<Month>,
}

fn touched(book: &Book) -> BTreeMap<ClientCode, Months> {
    let mut clients: BTreeMap<ClientCode, Months> = BTreeMap::new();
    for BookRecord { key, .. } in split(book) {
        let (Owner::Client(client) | Owner::Person(client, _)) = key.owner else { continue };
        let months = clients.entry(client).or_default();
        match key.drawer {
            Drawer::Input(month) => drop(months.inputs.insert(month)),
            Drawer::History(month) => drop(months.histories.insert(month)),
            Drawer::Office | Drawer::Client | Drawer::Person => {}
        }
    }
    clients
}

fn take_client<'months>(
    names: &mut Vec<Named>,
    reads: &dyn Reads,
    client: UnitId,
    inputs: impl IntoIterator<Item = &'months Month>,
    histories: impl IntoIterator<Item = &'months Month>,
) -> Result<(), DeskError> {
    for kind in [kinds::CLIENT, kinds::PERSON] {
        take_of(names, reads, kind, None, client)?;
    }
    for month in inputs {
        take_of(names, reads, kinds::INPUT, Some(*month), client)?;
    }
    for month in histories {
        take_of(names, reads, kinds::HISTORY, Some(*month), client)?;
    }
    Ok(())
}

fn take_of(
    names: &mut Vec<Named>,
    reads: &dyn Reads,
    kind: Kind,
    month: Option<Month>,
    client: UnitId,
) -> Result<(), DeskError> {
    take(names, reads, kind, Values::exactly(&kinds::of_client(month, client).value))
}

fn take(names: &mut Vec<Named>, reads: &dyn Reads, kind: Kind, values: Values) -> Result<(), DeskError> {
    let hits = find_all(reads, kind, values)?;
    names.extend(hits.into_iter().map(|hit| (RecordName { kind, id: hit.id }, hit.value)));
    Ok(())
}

fn open_one(room: &Room, keys: &UnitKeys, record: &Record) -> Result<(Shelved, Parsed), DeskError> {
    let Record { name, unit, version, .. } = *record;
    let body = room.unseal_with(keys, record)?;
    let parsed = Parsed::parse(&body).map_err(|error| DeskError::Body { name, error })?;
    Ok((Shelved { name, unit, version, body }, parsed))
}

/// The look-up key of a record: a keyed hash, because codes of people say something of them.
fn place_key(room: &Room, key: &RecordKey) -> Key {
    let mut words = Vec::new();
    let mut word = |bytes: &[u8]| {
        words.extend(bytes.len().to_be_bytes());
        words.extend(bytes);
    };
    match &key.owner {
        Owner::Office => {}
        Owner::Client(client) => word(client.as_str().as_bytes()),
        Owner::Person(client, person) => {
            word(client.as_str().as_bytes());
            word(person.as_str().as_bytes());
        }
    }
    match key.drawer {
        Drawer::Office | Drawer::Client | Drawer::Person => {}
        Drawer::Input(month) | Drawer::History(month) => word(&kinds::period(month)),
    }
    Key { index: PLACE, value: room.keys.lookup().hash(&words).to_vec() }
}
