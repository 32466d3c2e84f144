//! What holds for every correction.

use kura_payroll::correction::{Payment, Side, provisional_slip, settlement};
use kura_payroll::pay::{BuiltIn, LineKind};
use kura_yen::Yen;
use proptest::prelude::*;

use crate::law::{day, law};
use crate::ledger::{correct, june, line, month, payment, together};

const CODES: [(&str, bool); 7] = [
    ("base", false),
    ("overtime", false),
    ("absence", false),
    ("health_insurance", true),
    ("employees_pension", true),
    ("income_tax", true),
    ("union", true),
];

/// Slips with any of the lines, each at most once; the month of a premium is always known.
fn slips() -> impl Strategy<Value = Payment> {
    let amounts = prop::collection::vec(prop::option::of(-500_000..500_000_i64), CODES.len());
    (amounts, 0..90_000_i64).prop_map(|(amounts, tax_free)| {
        let lines = CODES.iter().zip(amounts).filter_map(|(&(code, deduction), amount)| {
            let side = if deduction { Side::Deduction } else { Side::Pay };
            let premium = code == "health_insurance" || code == "employees_pension";
            Some(line(side, code, premium.then(|| month("2026-05")), amount?))
        });
        Payment { tax_free: Yen::new(tax_free), ..payment("2026-06-25", lines.collect()) }
    })
}

proptest! {
    #[test]
    fn what_was_paid_and_its_corrections_sum_to_the_slip_as_computed_last(
        first in slips(),
        later in prop::collection::vec(slips(), 1..5),
    ) {
        let mut payments = vec![first];
        for (at, recomputed) in later.iter().enumerate() {
            let correction = correct(&payments, recomputed, &format!("2026-07-{:02}", at + 1));
            prop_assert_eq!(correction.net(), recomputed.net() - payments.iter().map(Payment::net).sum::<Yen>());
            payments.push(correction.payment());
            prop_assert_eq!(together(&payments), together(std::slice::from_ref(recomputed)));
            for part in [Payment::gross, Payment::deduction_total, Payment::net, Payment::taxable] {
                prop_assert_eq!(payments.iter().map(part).sum::<Yen>(), part(recomputed));
            }
        }
        let again = correct(&payments, later.last().unwrap(), "2026-07-31");
        prop_assert!(again.is_empty() && again.net() == Yen::ZERO);
    }

    #[test]
    fn an_advance_and_its_settlement_are_the_full_slip(net in 1..900_000_i64, full in slips()) {
        let slip = provisional_slip(Yen::new(net)).unwrap();
        let name = |_: LineKind| (BuiltIn::ProvisionalPay.code().to_owned(), BuiltIn::ProvisionalPay.japanese().to_owned());
        let paid = Payment::of_slip(&slip, day("2026-06-25"), name);
        let settled = settlement(law(), june(), std::slice::from_ref(&paid), &full, day("2026-07-24")).unwrap();
        prop_assert_eq!(together(&[paid.clone(), settled.payment()]), together(std::slice::from_ref(&full)));
        prop_assert_eq!(paid.net() + settled.net(), full.net());
    }

    #[test]
    fn the_order_of_the_lines_does_not_matter(paid in slips(), now in slips()) {
        let backwards = |payment: &Payment| {
            let mut payment = payment.clone();
            payment.lines.reverse();
            payment
        };
        let forth = correct(std::slice::from_ref(&paid), &now, "2026-07-10");
        let back = correct(&[backwards(&paid)], &backwards(&now), "2026-07-10");
        prop_assert_eq!(together(&[forth.payment()]), together(&[back.payment()]));
        prop_assert_eq!(forth.net(), back.net());
    }
}
