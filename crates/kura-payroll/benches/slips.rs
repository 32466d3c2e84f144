//! Slips a second on 2 cores: the site workers of demo client 002 and the monthly staff of 003, repeated; twelve and more
//! lines a slip, formulas on. Goals: 1,000,000 slips/s without trace, 300,000/s with it, one slip under 1 ms, a flat cost
//! from 100 to 1,000,000 slips.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench without its people has nothing to measure")]

#[path = "../tests/pay/clients.rs"]
#[expect(dead_code, reason = "two of the four clients are measured")]
mod clients;
#[path = "../tests/law/mod.rs"]
mod law;
#[path = "../tests/pay/people.rs"]
#[expect(dead_code, reason = "people are made here and compared in the tests")]
mod people;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use kura_insurance::Business;
use kura_model::PayType;
use kura_payroll::pay::{PayPlan, PersonMonth, Scratch, Slip, Trace, Traced};
use kura_yen::Exact;
use people::{by_train, drives, employed, fact, fixed, inhabitant, kou, kyokai, person, worked};
use rayon::prelude::*;

fn main() {
    divan::main();
}

/// Two pay groups with their people, taken in turn.
struct Payroll {
    plans: [PayPlan<'static>; 2],
    people: [Vec<PersonMonth>; 2],
}

impl Payroll {
    fn new() -> Self {
        let plans = [clients::client_002("2026-10"), clients::client_003_m("2026-06")];
        let people = [
            (1..=27).map(|k| site_worker(&plans[0], k)).collect(),
            (1..=168).map(|k| carer(&plans[1], k)).collect::<Vec<_>>(),
        ];
        let payroll = Self { plans, people };
        for at in 0..payroll.count() {
            let (plan, person) = payroll.at(at);
            let slip = plan.pay(person, &mut ()).unwrap();
            let lines = slip.pay.len() + slip.deductions.len();
            assert!(lines >= 12, "slip {at} has {lines} lines only");
        }
        payroll
    }

    fn count(&self) -> usize {
        self.people.iter().map(Vec::len).sum()
    }

    fn at(&self, number: usize) -> (&PayPlan<'static>, &PersonMonth) {
        let [first, second] = &self.people;
        match first.get(number) {
            Some(person) => (&self.plans[0], person),
            None => (&self.plans[1], &second[number - first.len()]),
        }
    }
}

/// 002: 日給, 職長手当, 資格手当, 現場手当, car, overtime over 60 hours for some, night, dues.
fn site_worker(plan: &PayPlan<'_>, k: i64) -> PersonMonth {
    let mut person = person(plan, PayType::Daily, 12_500 + 250 * (k % 13));
    worked(&mut person, "21");
    person.attendance.overtime_minutes = 60 + 97 * k % 4_000;
    person.attendance.night_minutes = 180;
    person.attendance.statutory_holiday_days = Some(Exact::whole(1));
    person.attendance.statutory_holiday_minutes = 480;
    for (name, amount) in [("対象", 1), ("職長手当", 12_050), ("日額", 800)] {
        fixed(plan, &mut person, name, amount);
    }
    fact(&mut person, "保有資格", ["1級管工事", "2級管工事"][usize::try_from(k % 2).unwrap()]);
    drives(&mut person, &(3 + 7 * k % 40).to_string());
    insure(plan, person, "2026-10", "大阪府", Business::Construction, k)
}

/// 003: 月給, 資格手当, 処遇改善手当, 住宅手当, commuting, overtime and night of the month before, union dues.
fn carer(plan: &PayPlan<'_>, k: i64) -> PersonMonth {
    let mut person = person(plan, PayType::Monthly, 198_000 + 4_500 * (k % 20));
    worked(&mut person, "20");
    person.attendance.overtime_minutes = 30 + 53 * k % 1_500;
    person.attendance.night_minutes = 8 * 60 * (1 + k % 3);
    for (name, amount) in [("処遇改善手当", 18_000), ("組合員", 1), ("家賃", 45_000 + 1_000 * (k % 20))] {
        fixed(plan, &mut person, name, amount);
    }
    fact(&mut person, "保有資格", ["看護師", "介護福祉士", "初任者"][usize::try_from(k % 3).unwrap()]);
    by_train(plan, &mut person, 6_000 + 200 * (k % 30));
    insure(plan, person, "2026-05", "東京都", Business::General, k)
}

fn insure(
    plan: &PayPlan<'_>,
    mut person: PersonMonth,
    month: &str,
    prefecture: &str,
    business: Business,
    k: i64,
) -> PersonMonth {
    let standard = 200_000 + 20_000 * (k % 12);
    person.premiums = vec![kyokai(month, prefecture, k % 2 == 0, standard, standard)];
    person.employment_insurance = employed(plan, business);
    person.tax = kou(u16::try_from(k % 4).unwrap());
    person.inhabitant_tax = inhabitant(plan, 7_000 + 100 * k);
    person
}

fn all<T: Trace + Default + Send>(payroll: &Payroll, slips: usize, clear: impl Fn(&mut T) + Sync) -> i64 {
    let count = payroll.count();
    let start = || (Scratch::default(), Slip::default(), T::default());
    (0..slips)
        .into_par_iter()
        .with_min_len(25)
        .map_init(start, |(scratch, slip, trace), at| {
            let (plan, person) = payroll.at(at % count);
            clear(trace);
            plan.pay_into(person, scratch, slip, trace).unwrap();
            black_box(&trace);
            slip.net.get()
        })
        .sum()
}

const SLIPS: [usize; 3] = [100, 10_000, 1_000_000];

#[divan::bench(args = SLIPS, max_time = 8)]
fn two_cores_without_trace(bencher: Bencher, slips: usize) {
    let payroll = Payroll::new();
    bencher.counter(ItemsCount::new(slips)).bench(|| all::<()>(&payroll, slips, |()| {}));
}

#[divan::bench(args = SLIPS, max_time = 8)]
fn two_cores_with_trace(bencher: Bencher, slips: usize) {
    let payroll = Payroll::new();
    bencher.counter(ItemsCount::new(slips)).bench(|| all::<Traced>(&payroll, slips, Traced::clear));
}

/// The cost of a slip: it must not grow with their number.
#[divan::bench(args = SLIPS, max_time = 8)]
fn one_core_without_trace(bencher: Bencher, slips: usize) {
    let payroll = Payroll::new();
    bencher.counter(ItemsCount::new(slips)).bench(|| one_by_one::<()>(&payroll, slips, |()| {}));
}

#[divan::bench(args = SLIPS, max_time = 8)]
fn one_core_with_trace(bencher: Bencher, slips: usize) {
    let payroll = Payroll::new();
    bencher.counter(ItemsCount::new(slips)).bench(|| one_by_one::<Traced>(&payroll, slips, Traced::clear));
}

fn one_by_one<T: Trace + Default>(payroll: &Payroll, slips: usize, clear: impl Fn(&mut T)) -> i64 {
    let count = payroll.count();
    let (mut scratch, mut slip, mut trace) = (Scratch::default(), Slip::default(), T::default());
    let mut sum = 0;
    for at in 0..slips {
        let (plan, person) = payroll.at(at % count);
        clear(&mut trace);
        plan.pay_into(person, &mut scratch, &mut slip, &mut trace).unwrap();
        black_box(&trace);
        sum += slip.net.get();
    }
    sum
}

#[divan::bench]
fn one_slip_with_its_own_memory(bencher: Bencher) {
    let payroll = Payroll::new();
    let (plan, person) = payroll.at(6);
    bencher.bench(|| plan.pay(black_box(person), &mut ()));
}

#[divan::bench]
fn plan_of_a_pay_group(bencher: Bencher) {
    bencher.bench(|| clients::client_003_m(black_box("2026-06")));
}
