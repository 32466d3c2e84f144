//! Looks at people, each in the journal before it is seen.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kura_benches::{ADMINISTRATOR, Installation, InventedClient};
use kura_desk::{Room, Scope};
use kura_journal::Purpose;
use kura_model::{ClientCode, EmployeeCode};

use crate::pay::office;
use crate::{Size, millis, timed};

/// Looks a second that have to be borne.
const RATE: u64 = 2_500;
/// Requests under way at the same time.
const THREADS: u64 = 64;

/// A name looked for among all people of an office.
pub(crate) fn search(size: Size, folder: &Path) {
    let client = InventedClient::new(size.people_searched, 0);
    let name = client.book.employees.last().unwrap().family_name.clone().unwrap();
    let (room, scope) = office(&client, folder);
    let (first, cold) = timed(|| room.find_people(&scope, name.as_str()).unwrap());
    let mut times: Vec<Duration> =
        (0..50).map(|_| timed(|| room.find_people(&scope, name.as_str()).unwrap()).1).collect();
    times.sort_unstable();
    println!(
        "  one name among {} people, {} found: {} with keys still closed, then {} median, {} worst of 50",
        client.book.employees.len(),
        first.len(),
        millis(cold),
        millis(times[25]),
        millis(times[49])
    );
}

/// All looks into one office.
pub(crate) fn in_one_office(size: Size, folder: &Path) {
    let client = InventedClient::new(size.people_searched, 0);
    steady(&[office(&client, folder)], &client, size.seconds);
}

/// Each look into another office.
pub(crate) fn over_offices(size: Size, folder: &Path) {
    let client = InventedClient::new(20, 0);
    let installation = Installation::open(folder);
    let offices: Vec<(Room, Scope)> = (0..size.offices)
        .map(|number| {
            let room = installation.begin(number);
            let scope = room.sign_in(ADMINISTRATOR).unwrap();
            room.import(&scope, &client.book, None, false).unwrap();
            (room, scope)
        })
        .collect();
    steady(&offices, &client, size.seconds);
}

/// Looks due at even distances, whether those before are done or not: a wait counts from the moment a look was due.
fn steady(offices: &[(Room, Scope)], client: &InventedClient, seconds: u64) {
    let code = ClientCode::from("003");
    let people: Vec<EmployeeCode> = client.book.employees.iter().map(|row| row.employee_code.clone()).collect();
    for (room, scope) in offices {
        room.person(scope, &code, &people[0], Purpose::Inquiry).unwrap();
    }
    let (start, next, total) = (Instant::now(), AtomicU64::new(0), RATE * seconds);
    let waits = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut own = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= total {
                        break;
                    }
                    let due = start + Duration::from_micros(number * 1_000_000 / RATE);
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let place = usize::try_from(number).unwrap();
                    let (room, who) = &offices[place % offices.len()];
                    room.person(who, &code, &people[place * 7 % people.len()], Purpose::Inquiry).unwrap();
                    own.push(due.elapsed());
                }
                waits.lock().unwrap().extend(own);
            });
        }
    });
    let rate = u128::from(total) * 1_000 / start.elapsed().as_millis().max(1);
    let mut waits = waits.into_inner().unwrap();
    waits.sort_unstable();
    let at = |percent: usize| millis(waits[(waits.len() * percent / 100).min(waits.len() - 1)]);
    println!(
        "  {total} looks into {} offices, {rate} a second of {RATE} asked for: p50 {}, p99 {}, worst {}",
        offices.len(),
        at(50),
        at(99),
        at(100)
    );
}
