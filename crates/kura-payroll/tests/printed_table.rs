//! 月額表: every printed cell against a second way to compute it, in whole numbers.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_payroll::tax::{TaxColumn, WithholdingTable};
use kura_yen::Yen;
use law::{day, law};

fn monthly(on: &str, taxable: i64, column: TaxColumn) -> i64 {
    WithholdingTable::monthly(law(), day(on)).unwrap().tax(Yen::new(taxable), column).unwrap().yen.get()
}

/// The printed monthly table, made again in whole numbers: the midpoint of a class, the deductions of the year, two
/// roundings. An independent second way to every cell below 740,000 yen.
struct Printed {
    on: &'static str,
    first: i64,
    basic: i64,
    salary: [(i64, i64, i64); 6],
}

const END: i64 = i64::MAX;
const HIGHER: [(i64, i64, i64); 4] =
    [(299_999, 30, 6_667), (549_999, 20, 36_667), (708_330, 10, 91_667), (END, 0, 162_500)];
const PLAIN: [(i64, i64, i64); 6] = [
    (162_500, 5, 0),
    (275_000, 10, 8_125),
    (579_166, 20, 35_625),
    (750_000, 23, 53_000),
    (1_500_000, 33, 128_000),
    (END, 40, 233_000),
];

impl Printed {
    fn of(on: &'static str, first: i64, basic: i64, low: [(i64, i64, i64); 2]) -> Self {
        let [a, b, c, d] = HIGHER;
        Self { on, first, basic, salary: [low[0], low[1], a, b, c, d] }
    }

    fn years() -> [Self; 3] {
        [
            Self::of("2025-12-31", 88_000, 40_000, [(135_416, 0, 45_834), (149_999, 40, -8_333)]),
            Self::of("2026-12-31", 105_000, 48_334, [(158_333, 0, 54_167), (158_333, 0, 54_167)]),
            Self::of("2027-01-01", 111_000, 51_667, [(169_443, 0, 57_500), (169_443, 0, 57_500)]),
        ]
    }

    fn classes(&self) -> Vec<(i64, i64)> {
        let mut classes = Vec::new();
        let mut from = self.first;
        while from < 740_000 {
            let width = if from < 99_000 {
                1_000
            } else if from < 221_000 {
                2_000
            } else {
                3_000
            };
            classes.push((from, from + width));
            from += width;
        }
        classes
    }

    fn after_deductions(&self, pay: i64) -> i64 {
        let (_, percent, add) = self.salary.into_iter().find(|step| pay <= step.0).unwrap();
        let hundredths = pay * percent;
        assert_eq!(hundredths % 100, 0, "classes leave no fraction");
        pay - (hundredths / 100 + add) - self.basic
    }

    fn kou(&self, (from, to): (i64, i64), people: i64) -> i64 {
        let base = self.after_deductions((from + to) / 2) - 31_667 * people;
        if base <= 0 {
            return 0;
        }
        let (_, percent, less) = PLAIN.into_iter().find(|step| base <= step.0).unwrap();
        // In hundredths of a yen to the nearest 10 yen, then 2.1 % more, again to the nearest 10 yen.
        let tax = (base * percent - less * 100 + 500) / 1_000 * 10;
        let with_surtax = (tax * 1_021 + 5_000) / 10_000 * 10;
        if with_surtax >= 100 { with_surtax } else { 0 }
    }

    fn otsu(&self, (from, _): (i64, i64)) -> i64 {
        let tax = |halves: i64| {
            let base = self.after_deductions(from * halves / 2).max(0);
            let (_, percent, less) = PLAIN.into_iter().find(|step| base <= step.0).unwrap();
            (base * percent - less * 100) / 100
        };
        let to_hundred = |amount: i64| (amount + 50) / 100 * 100;
        let plain = to_hundred(tax(5) - tax(3));
        to_hundred((plain * 1_021) / 1_000)
    }
}

#[test]
fn every_printed_cell_is_what_the_notice_computes() {
    let mut cells = 0;
    for year in Printed::years() {
        for class in year.classes() {
            for pay in [class.0, class.1 - 1] {
                for dependents in 0..8 {
                    let tax = monthly(year.on, pay, TaxColumn::Kou { dependents });
                    assert_eq!(tax, year.kou(class, dependents.into()), "{} {pay} 甲 {dependents}", year.on);
                }
                let tax = monthly(year.on, pay, TaxColumn::Otsu { secondary_dependents: 0 });
                assert_eq!(tax, year.otsu(class), "{} {pay} 乙", year.on);
                cells += 9;
            }
        }
    }
    assert!(cells > 2 * 9 * 690);
}
