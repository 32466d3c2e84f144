//! Facts of the design that no formula gives.

use kura_demo::DemoRun;
use kura_model::{
    BonusState, InhabitantTaxMethod, LeaveKind, LossCause, MonthOffset, PremiumBase, RoundingRule, Scheme, histories,
};
use kura_yen::Yen;

use super::{books, date, demo, month, terms};

#[test]
fn five_forty_three_hundred_and_three_people() {
    let counts: Vec<(&str, usize)> = books().iter().map(|demo| (demo.folder, demo.book.employees.len())).collect();
    assert_eq!(counts, [("001-koshiji", 5), ("002-senshu", 40), ("003-hinata", 300), ("004-kaku", 3)]);
    let of_tokyo = demo("003").book.employees.iter().filter(|row| row.employee_code.as_str().starts_with('T'));
    assert_eq!(of_tokyo.count(), 160);
}

#[test]
fn runs_in_order() {
    assert_eq!(demo("001").runs, [DemoRun::Month { month: month("2026-07") }]);
    assert_eq!(
        demo("002").runs,
        [
            DemoRun::Month { month: month("2026-10") },
            DemoRun::Month { month: month("2026-11") },
            DemoRun::Bonus { name: "冬季賞与", paid_on: date("2026-12-10") },
        ]
    );
    assert_eq!(
        demo("003").runs,
        [DemoRun::Month { month: month("2026-06") }, DemoRun::Bonus { name: "夏季賞与", paid_on: date("2026-07-10") }]
    );
    assert_eq!(demo("004").runs, [DemoRun::Month { month: month("2026-06") }]);
    for demo in books() {
        let DemoRun::Month { month } = demo.runs[0] else { panic!("a month comes first") };
        assert_eq!(demo.book.cover.as_of_month, Some(month.previous()));
    }
}

#[test]
fn clocks_of_the_pay_groups() {
    let of = |client: &str, code: &str| {
        let all = histories(&demo(client).book.pay_groups);
        let (_, history) = all.iter().find(|((_, group), _)| group.as_str() == code).unwrap();
        let group = history.on(date("2026-06-01")).unwrap();
        (
            group.closing_day.unwrap().to_string(),
            group.payment_month_offset.unwrap(),
            group.payment_day.unwrap().to_string(),
            group.variable_period_offset.unwrap(),
            group.premium_collection.unwrap(),
            [
                group.unit_rounding.unwrap(),
                group.premium_unit_rounding.unwrap(),
                group.premium_amount_rounding.unwrap(),
            ],
        )
    };
    use MonthOffset::{NextMonth, PreviousMonth, SameMonth};
    use RoundingRule::{HalfUp, Unrounded, Up};
    let last = || "末日".to_owned();
    assert_eq!(of("001", "M"), (last(), NextMonth, "10".to_owned(), SameMonth, NextMonth, [Unrounded, Unrounded, Up]));
    assert_eq!(of("002", "D"), ("20".to_owned(), SameMonth, "25".to_owned(), SameMonth, SameMonth, [HalfUp; 3]));
    assert_eq!(of("003", "M"), (last(), SameMonth, "25".to_owned(), PreviousMonth, NextMonth, [Up, Unrounded, Up]));
    assert_eq!(of("003", "H"), (last(), NextMonth, "25".to_owned(), SameMonth, NextMonth, [Up, Unrounded, Up]));
    assert_eq!(of("004", "M"), (last(), SameMonth, "25".to_owned(), SameMonth, NextMonth, [Unrounded, Unrounded, Up]));
}

#[test]
fn only_lawful_reasons_leave_an_item_out_of_the_premium_base() {
    let allowed = [
        ("家族手当", PremiumBase::ExcludedFamily),
        ("住宅手当", PremiumBase::ExcludedHousing),
        ("固定残業代", PremiumBase::ExcludedPremiumPay),
    ];
    for row in books().iter().flat_map(|demo| &demo.book.pay_items) {
        let (name, base) = (row.item_name.value().unwrap().as_str(), row.premium_base.value());
        let expected = allowed.iter().find(|(item, _)| *item == name).map(|(_, base)| *base);
        let commuting = name.starts_with("通勤手当") || name == "6か月定期";
        match base {
            Some(PremiumBase::ExcludedCommuting) => assert!(commuting, "{name}"),
            Some(PremiumBase::Included) => assert!(expected.is_none() && !commuting, "{name}"),
            Some(base) => assert_eq!(expected, Some(*base), "{name}"),
            None => assert!(row.tax_class.value().is_none(), "{name}"),
        }
    }
}

#[test]
fn dated_changes() {
    let base = |client: &str, code: &str, on: &str| terms(client, code, on).base_amount.unwrap();
    assert_eq!([base("002", "12", "2026-06-20"), base("002", "12", "2026-06-21")], [240_000, 251_330].map(Yen::new));
    assert_eq!([base("002", "33", "2026-07-05"), base("002", "33", "2026-07-06")], [300_000, 340_000].map(Yen::new));
    let fixed = histories(&demo("002").book.fixed_pays);
    let (_, allowance) =
        fixed.iter().find(|((_, person, item), _)| (person.as_str(), item.as_str()) == ("12", "K130")).unwrap();
    assert!(allowance.on(date("2026-06-20")).is_none());
    assert_eq!(allowance.on(date("2026-06-21")).unwrap().amount, Some(Yen::new(12_300)));
    for code in ["T070", "F055", "T083"] {
        assert_eq!(terms("003", code, "2026-06-25").inhabitant_tax_method, Some(InhabitantTaxMethod::OrdinaryF));
    }
}

#[test]
fn losses_of_003() {
    let book = &demo("003").book;
    let lost = |code: &str, scheme| {
        let mut spells = book.insurance_spells.iter();
        let spell = spells.find(|row| row.employee_code.as_str() == code && row.scheme == scheme).unwrap();
        (spell.lost_on.map(|day| day.to_string()), spell.loss_cause)
    };
    for (code, day, cause) in [
        ("T052", "2026-07-01", LossCause::LeftWork),
        ("T070", "2026-05-16", LossCause::LeftWork),
        ("F055", "2026-06-01", LossCause::LeftWork),
        ("T083", "2026-05-21", LossCause::Death),
        ("F040", "2026-06-21", LossCause::LeftWork),
        ("F068", "2026-06-18", LossCause::ReachedSeventyFive),
    ] {
        assert_eq!(lost(code, Scheme::Health), (Some(day.to_owned()), Some(cause)), "{code}");
    }
    assert_eq!(lost("F068", Scheme::Pension).0, Some("2021-06-17".to_owned()));
    assert_eq!(lost("F068", Scheme::Employment).0, None);
    assert_eq!(lost("F019", Scheme::Pension).0, None, "70 in June 2026 is for the engine to see");
    let joined = book.insurance_spells.iter().filter(|row| row.acquired_on == Some(date("2026-06-01")));
    assert_eq!(joined.count(), 3 * 3);
}

#[test]
fn coverage_of_part_timers() {
    for (client, code, schemes, short_time) in [
        ("001", "4", 1, false),
        ("001", "5", 0, false),
        ("002", "39", 0, false),
        ("003", "T105", 0, false),
        ("003", "T101", 3, true),
        ("003", "T120", 3, true),
        ("003", "T104", 3, false),
    ] {
        let spells = demo(client).book.insurance_spells.iter().filter(|row| row.employee_code.as_str() == code);
        let spells: Vec<_> = spells.collect();
        assert_eq!(spells.len(), schemes, "{client}-{code}");
        let health = spells.iter().find(|row| row.scheme == Scheme::Health);
        assert_eq!(health.is_some_and(|row| row.short_time_worker), short_time, "{client}-{code}");
    }
}

#[test]
fn bonuses_planned_and_paid() {
    let book = &demo("003").book;
    let of = |day: &str| book.bonuses.iter().filter(|row| row.paid_on == date(day)).collect::<Vec<_>>();
    let planned = of("2026-07-10");
    assert!(planned.iter().all(|row| row.state == Some(BonusState::Planned) && row.health_standard_bonus.is_none()));
    let amount = |code: &str| {
        let row = planned.iter().find(|row| row.employee_code.as_str() == code);
        row.and_then(|row| row.amount_currency).map(Yen::get)
    };
    // 198,000 + 13,500 times 1.2
    assert_eq!([amount("T045"), amount("T031"), amount("T003")], [Some(520_700), Some(150_000), Some(253_800)]);
    // 198,000 + 36,000 times 1.2
    assert_eq!(amount("F068"), Some(280_800));
    for none in ["T001", "T014", "T052", "T070", "T083", "T095", "T101", "F040", "F055", "F065", "F007"] {
        assert_eq!(amount(none), None, "{none}");
    }
    // 98 + 70 members of staff, less nine named and six who left or came; with T045 and T031.
    assert_eq!(planned.len(), 98 + 70 - 9 - 6 + 2);
    assert_eq!((of("2025-07-10").len(), of("2025-12-10").len()), (planned.len(), planned.len() - 1));
    let president: Vec<_> = demo("002").book.bonuses.iter().map(|row| row.amount_currency.unwrap().get()).collect();
    assert_eq!(president, [1_000_000, 6_000_000]);
}

#[test]
fn typed_payments_of_the_settled_months() {
    let typed: Vec<(String, String, i64, String)> = books()
        .iter()
        .flat_map(|demo| &demo.book.pay_histories)
        .map(|row| {
            let days = row.payment_base_days.unwrap().to_string();
            (row.employee_code.to_string(), row.paid_on.to_string(), row.gross.unwrap().get(), days)
        })
        .collect();
    let expected = [
        ("33", "2026-07-24", 322_400, "30"),
        ("33", "2026-08-25", 348_900, "31"),
        ("33", "2026-09-25", 352_300, "31"),
        ("T031", "2025-10-24", 24_581, "3"),
        ("T060", "2026-04-24", 200_000, "25"),
        ("T060", "2026-05-25", 256_300, "31"),
        ("T120", "2026-04-24", 81_500, "10"),
        ("T120", "2026-05-25", 131_900, "17"),
    ];
    let expected = expected.map(|(code, day, gross, days)| (code.to_owned(), day.to_owned(), gross, days.to_owned()));
    assert_eq!(typed, expected);
}

#[test]
fn leaves_are_those_of_the_design() {
    let leaves: Vec<(String, LeaveKind, String)> = books()
        .iter()
        .flat_map(|demo| &demo.book.leaves)
        .map(|row| (row.employee_code.to_string(), row.leave_kind, row.from.to_string()))
        .collect();
    let expected = [
        ("28", LeaveKind::SuspensionFromWork, "2026-08-21"),
        ("T022", LeaveKind::ChildcareAtBirth, "2026-05-11"),
        ("T031", LeaveKind::Maternity, "2025-10-04"),
        ("T031", LeaveKind::Childcare, "2026-01-10"),
    ];
    assert_eq!(leaves, expected.map(|(code, kind, from)| (code.to_owned(), kind, from.to_owned())));
}
