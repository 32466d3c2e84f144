//! Pay computed from sealed records and stored sealed.

use std::path::Path;
use std::time::Duration;

use kura_benches::{ADMINISTRATOR, Installation, InventedClient};
use kura_desk::{Room, Scope};
use kura_law::Law;
use kura_month::MonthRequest;

use crate::{Size, bytes_of, millis, processor_time, ratio, timed};

/// Everybody has three sealed inputs: their facts, what was handed in for the month, and the month before.
pub(crate) fn run(size: Size, folder: &Path) {
    through_all_states(&InventedClient::new(size.people, 1), folder, size.people);
}

/// Everybody has the fourteen months that a long-standing client has.
pub(crate) fn history(size: Size, folder: &Path) {
    through_all_states(&InventedClient::new(size.people_with_history, 14), folder, size.people_with_history);
}

fn through_all_states(client: &InventedClient, folder: &Path, people: usize) {
    let law = Law::embedded().unwrap();
    let (room, scope) = office(client, folder);
    let request = MonthRequest { month: client.month, as_of: client.as_of(), trace: false, payslips: false };
    let ((), alone) = timed(|| drop(kura_month::run(&client.book, &request, law)));
    let explained = MonthRequest { trace: true, ..request };
    let ((), slips) = timed(|| drop(kura_month::slips(&client.book, &explained, law)));
    let ((), unexplained) = timed(|| drop(kura_month::slips(&client.book, &request, law)));
    let (first, took) = timed(|| room.run(&scope, &client.order(), law).unwrap().run);
    let busy = processor_time();
    let again: Vec<_> = (0..4).map(|_| timed(|| room.run(&scope, &client.order(), law).unwrap().run)).collect();
    let busy = processor_time().saturating_sub(busy) / 4;
    let best = again.iter().map(|(_, took)| *took).min().unwrap();
    // Each run withdrew the one before.
    let (run, _) = again.last().unwrap();
    assert_eq!(first.slips, run.slips);
    let ((), checked) = timed(|| {
        room.check(&scope, run.id).unwrap();
        room.approve(&scope, run.id).unwrap();
    });
    let (published, publishing) = timed(|| room.publish(&scope, run.id, law).unwrap());
    println!("  {people} people, {} slips, {} stopped, {} lists", run.slips, run.stops, published.result.lists.len());
    println!(
        "  run: {} the first time, {} at best ({} a slip); {} of processor time on average",
        millis(took),
        millis(best),
        each(best, run.slips),
        millis(busy)
    );
    println!("  check and approve: {}; publish: {}", millis(checked), millis(publishing));
    println!(
        "  nothing opened or stored: explained slips {}, slips {}, everything a month makes {}",
        millis(slips),
        millis(unexplained),
        millis(alone)
    );
}

/// What a run costs while slips gather in the office, and what they take on disk.
pub(crate) fn growth(size: Size, folder: &Path) {
    let law = Law::embedded().unwrap();
    let client = InventedClient::new(size.people, 1);
    let (room, scope) = office(&client, folder);
    let (mut stored, mut tell) = (0, size.people);
    let (mut first, mut recent) = (Vec::new(), Vec::new());
    while stored < size.stored_slips {
        let before = bytes_of(folder);
        let (run, took) = timed(|| room.run(&scope, &client.order(), law).unwrap().run);
        stored += run.slips;
        recent.push(took);
        if first.len() < 5 {
            first.push(took);
        }
        if stored + run.slips > tell.min(size.stored_slips) {
            let grown = bytes_of(folder).saturating_sub(before);
            let last: Vec<Duration> = recent.split_off(recent.len().saturating_sub(5));
            let (now, then) = (median(last), median(first.clone()));
            println!(
                "  {stored} slips stored: {} a slip, {} times the first; {grown} bytes more for {} slips",
                each(now, run.slips),
                ratio(now.as_nanos(), then.as_nanos()),
                run.slips
            );
            tell = stored * 3;
        }
    }
    println!("  {} bytes on disk", bytes_of(folder));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn each(time: Duration, slips: usize) -> String {
    format!("{} us", time.as_micros() / u128::try_from(slips.max(1)).unwrap())
}

pub(crate) fn office(client: &InventedClient, folder: &Path) -> (Room, Scope) {
    let room = Installation::open(folder).begin(0);
    let scope = room.sign_in(ADMINISTRATOR).unwrap();
    let (imported, took) = timed(|| room.import(&scope, &client.book, None, false).unwrap());
    println!("  {} people taken in: {} records, {}", client.book.employees.len(), imported.records, millis(took));
    (room, scope)
}
