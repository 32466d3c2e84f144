//! Whatever comes in, the checker answers; whatever is written, the checker accepts.

use kura_calendar::Date;
use kura_filing::*;
use kura_law::Law;
use kura_yen::Yen;
use proptest::prelude::*;

use crate::checker::{EXAMPLES, LATER, problems};
use crate::submissions::{annual_base, establishment, file, office};

/// One change of a file: the kind of change, where (as a share of the file), and the bytes put there.
type Mutation = (u8, u16, Vec<u8>);

fn mutated(mut bytes: Vec<u8>, mutations: &[Mutation]) -> Vec<u8> {
    for (kind, share, put) in mutations {
        let at = bytes.len() * usize::from(*share) / (usize::from(u16::MAX) + 1);
        let end = (at + put.len()).min(bytes.len());
        match kind {
            0 => drop(bytes.splice(at..at, put.iter().copied())),
            1 => drop(bytes.splice(at..end, put.iter().copied())),
            2 => drop(bytes.drain(at..end)),
            _ => bytes.extend_from_within(at..end),
        }
    }
    bytes
}

/// Pieces a record is made of, and bytes that break it.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let telling = [
        &b","[..],
        b"\r\n",
        b"\n",
        b"\x81",
        b"\x87\x40",
        b"9",
        b"[data]\r\n",
        b"2202700",
        b"\"",
        b"\xFF",
        b"0000000000",
    ];
    prop_oneof![prop::sample::select(telling.map(<[u8]>::to_vec).to_vec()), prop::collection::vec(any::<u8>(), 0..12),]
}

/// What a field should hold, now and then anything.
fn mostly(good: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![19 => good, 1 => any::<String>()]
}

proptest! {
    #[test]
    fn any_bytes_are_checked(bytes in prop::collection::vec(any::<u8>(), 0..2_000), name in any::<String>()) {
        let found = check(&bytes, &name, Law::embedded().unwrap(), LATER);
        prop_assert!(!found.is_empty() && found.len() <= PROBLEMS_MAX);
    }

    #[test]
    fn any_change_of_an_example_is_checked(
        example in prop::sample::select(EXAMPLES.to_vec()),
        mutations in prop::collection::vec((0..4_u8, any::<u16>(), piece()), 1..6),
    ) {
        let bytes = mutated(example.to_vec(), &mutations);
        for problem in problems(&bytes) {
            prop_assert!(!problem.message.is_empty() && !problem.remedy.is_empty());
            let lines = bytes.split(|byte| *byte == b'\n').count();
            prop_assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)));
        }
    }

    #[test]
    fn what_is_written_is_accepted(
        insured_number in mostly("[1-9][0-9]{0,5}"),
        kana in mostly("[ｱ-ﾝ]{1,12} [ｱ-ﾝ]{1,12}"),
        kanji in mostly("[山川田中村]{1,4}　[ぁ-ん]{1,7}"),
        memo in mostly("[ -+.-~ｱ-ﾝぁ-ん]{0,37}"),
        months in prop::array::uniform3((0..40_u8, -10..30_000_000_i64, -10..30_000_000_i64)),
        class in prop::sample::select(vec![WorkerClass::Regular, WorkerClass::PartTime, WorkerClass::ShortTime]),
        flags in any::<[bool; 5]>(),
        only_over_70 in prop::bool::weighted(0.1),
        birth_day in 0..60_000_i32,
    ) {
        let [over_70, multi_office, leave, joined_midway, annual_average] = flags;
        let month = |(base_days, currency, in_kind)| MonthPay {
            base_days,
            currency: Yen::new(currency),
            in_kind: Yen::new(in_kind),
        };
        let pay = PayNotice {
            insured_number,
            name: PersonName { kana, kanji },
            birth_date: Date::constant(1868, 1, 1).saturating_add(std::time::Duration::from_secs(86_400) * birth_day.unsigned_abs()),
            months: months.map(month),
            over_70: over_70.then(|| PersonKey::BasicPension("4210-118823".to_owned())),
            multi_office,
            only_over_70,
            memo,
            ..annual_base().pay
        };
        let notice = AnnualBaseNotice { pay, worker_class: class, leave, joined_midway, annual_average, ..annual_base() };
        match file(Notices::AnnualBase(&[notice])) {
            Err(found) => prop_assert!(!found.is_empty()),
            Ok(file) => {
                prop_assert_eq!(problems(&file.bytes), []);
                let text = String::from_utf8_lossy(&file.bytes);
                prop_assert_eq!(text.matches("\r\n").count(), 6);
                prop_assert_eq!(text.lines().last().unwrap().matches(',').count(), 52);
            }
        }
    }

    /// The total of the bonus never exceeds its parts, and the file is accepted.
    #[test]
    fn bonus_totals(currency in 1_000..20_000_000_i64, in_kind in 0..20_000_000_i64) {
        let notice = BonusPaymentNotice {
            insured_number: "1".to_owned(),
            name: annual_base().pay.name,
            birth_date: Date::constant(1990, 1, 1),
            paid_on: Date::constant(2026, 7, 3),
            currency: Yen::new(currency),
            in_kind: Yen::new(in_kind),
            over_70: None,
            multi_office: false,
            same_month_first_day: None,
            only_over_70: false,
        };
        let file = submission(
            Law::embedded().unwrap(),
            &office(),
            &establishment(),
            LATER,
            LATER,
            Notices::BonusPayment(&[notice]),
        );
        let file = file.unwrap();
        prop_assert_eq!(problems(&file.bytes), []);
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        let total: i64 = text.lines().last().unwrap().split(',').nth(13).unwrap().parse().unwrap();
        let written = currency.min(9_999_999) + in_kind.min(9_999_999);
        let expected = if written > 9_999_999 { 9_999_999 } else { written - written % 1_000 };
        prop_assert_eq!(total, expected);
    }
}
