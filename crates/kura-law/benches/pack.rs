//! What reading the pack costs (budget 5 ms), and what a look-up costs (a `kura calc` line makes several).

#![expect(clippy::expect_used, reason = "a bench without its pack has nothing to measure")]

use divan::{Bencher, black_box};
use kura_calendar::{Date, parse_iso_date};
use kura_law::{Column, Law};
use kura_yen::{Exact, Yen};

fn main() {
    divan::main();
}

fn day() -> (&'static Law, Date) {
    (Law::embedded().expect("the pack reads"), parse_iso_date("2026-06-25").expect("a day"))
}

#[divan::bench]
fn load_the_whole_pack(bencher: Bencher) {
    bencher.bench(Law::load_embedded);
}

#[divan::bench]
fn row_and_rate(bencher: Bencher) {
    let (law, on) = day();
    bencher.bench(|| {
        let row = law.row("health_premium_rates", black_box(&["東京都"]), on)?;
        Ok::<_, kura_law::LawError>((row.rate_e5("rate_e5")?, row.citation()))
    });
}

#[divan::bench]
fn row_alone(bencher: Bencher) {
    let (law, on) = day();
    bencher.bench(|| law.row("health_premium_rates", black_box(&["東京都"]), on).map(|row| row.citation()));
}

#[divan::bench]
fn figure(bencher: Bencher) {
    let (law, on) = day();
    bencher.bench(|| law.figure("tax_rules", black_box("computer_formula.per_person"), on)?.integer());
}

#[divan::bench]
fn grade_of_a_remuneration(bencher: Bencher) {
    let (law, on) = day();
    bencher.bench(|| {
        let row = law.band("standard_remuneration_grades", &["health"], on, "pay_lower_incl", black_box(303_000))?;
        row.yen("standard_monthly_yen")
    });
}

#[divan::bench]
fn tax_of_the_monthly_table(bencher: Bencher) {
    let (law, on) = day();
    bencher.bench(|| law.monthly_withholding(on)?.tax(Column::Kou, black_box(Yen::new(300_000)), 2));
}

#[divan::bench]
fn step_of_a_bracket_table(bencher: Bencher) {
    let (law, _) = day();
    let on = parse_iso_date("2026-12-25").expect("a day");
    let amount = Exact::whole(5_123_456);
    bencher.bench(|| law.brackets("year_end_brackets", "salary_income", on).value(black_box(amount)));
}

#[divan::bench]
fn generator_of_three_years(bencher: Bencher) {
    let (law, _) = day();
    bencher.bench(|| law.generator_reports());
}
