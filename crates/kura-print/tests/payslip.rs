//! What a printed payslip must be: readable, the same each time, safe against every character, never more pages than it needs.

mod reading;
mod samples;

use std::num::NonZeroUsize;

use kura_print::{
    Field, Payslip, PrintError, PrintStamp, PrintedAt, Printer, Totals, Unprintable, payslip_pdf, payslip_unprintable,
};
use reading::pages_of;
use samples::{bonus, large, line, shortfall, small, stamp};

#[expect(clippy::unwrap_used, reason = "a test stops where a slip is not printed")]
fn printed(slip: &Payslip) -> Vec<u8> {
    payslip_pdf(slip, &stamp("test")).unwrap()
}

/// The words of the slip on paper, without spaces and places to break.
fn words(slip: &Payslip) -> String {
    pages_of(&printed(slip))
        .concat()
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '\u{200B}')
        .collect()
}

#[test]
fn a_small_slip_fits_one_page_and_says_what_it_must() {
    let pdf = printed(&small());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pages_of(&pdf).len(), 1);
    let words = words(&small());
    for expected in [
        "給与明細書令和8年6月分",
        "株式会社越路みそ醸造",
        "社員番号0012",
        "架空花子様",
        "支給日令和8年6月25日(木)",
        "勤怠対象期間令和8年5月16日～6月15日",
        "締切日令和8年6月15日",
        "保険料月令和8年5月分",
        "差引支給額247,511円",
        "時間外手当12:3026,211",
        "通勤手当非課税11,110",
        "総支給額310,846",
        "控除合計63,335",
        "課税対象額（社保控除後）255,911",
        "子ども・子育て支援金510",
        "架空銀行本店普通****567247,511",
        "法令データ2026-06-01版1/1",
    ] {
        assert!(words.contains(expected), "{expected} is missing in {words}");
    }
    assert!(!words.contains("差引不足額"));
}

#[test]
fn a_bonus_slip_has_no_attendance_section() {
    let words = words(&bonus());
    assert!(words.contains("賞与明細書令和8年夏季賞与"));
    assert!(!words.contains("勤怠"));
}

#[test]
fn forty_items_with_long_names_take_two_pages_and_the_head_is_repeated() {
    let pages = pages_of(&printed(&large()));
    assert_eq!(pages.len(), 2);
    let second: String = pages[1].chars().filter(|character| !character.is_whitespace()).collect();
    for expected in ["給与明細書令和8年6月分（続き）社員番号0012", "支給数量金額(円)", "2/2"] {
        assert!(second.contains(expected), "{expected} is missing in {second}");
    }
    let words = words(&large());
    for item in large().pay.iter().chain(&large().deductions) {
        assert!(words.contains(&item.name), "{} is missing", item.name);
    }
    assert!(words.contains("▲12,340"));
}

#[test]
fn a_shortfall_is_named_beside_a_net_pay_of_zero() {
    let words = words(&shortfall());
    assert!(words.contains("差引支給額0円"));
    assert!(words.contains("差引不足額控除が支給を上回った額です43,619円"));
    assert!(words.contains("欠勤控除20日▲236,190"));
}

#[test]
fn the_same_slip_is_the_same_bytes_and_another_is_not() {
    let first = printed(&small());
    assert_eq!(first, printed(&small()));
    assert_ne!(first, printed(&Payslip { person_name: "見本　次郎".into(), ..small() }));
    assert_ne!(first, payslip_pdf(&small(), &stamp("other document")).unwrap());
    let later = PrintedAt { day: 2, ..stamp("test").printed_at };
    assert_ne!(first, payslip_pdf(&small(), &PrintStamp { printed_at: later, ..stamp("test") }).unwrap());
}

#[test]
fn markup_in_a_name_is_printed_as_it_is() {
    let hostile = r##"#$*@_<>[]{}\"'`=-+/~^&%;#panic("x")#read("/etc/passwd")"##;
    let mut slip = small();
    slip.person_name = hostile.to_owned();
    slip.client_name = hostile.to_owned();
    slip.pay[0].name = hostile.to_owned();
    slip.pay[0].note = Some(hostile.to_owned());
    slip.notes = vec![hostile.to_owned(), "= 見出し\n- 箇条\n#pagebreak()".to_owned()];
    slip.attendance[0] = Field { label: hostile.to_owned(), value: hostile.to_owned() };
    assert_eq!(pages_of(&printed(&slip)).len(), 1);
    let words = words(&slip);
    assert_eq!(words.matches(hostile).count(), 7, "{words}");
    assert!(words.contains("=見出し-箇条#pagebreak()"), "{words}");
}

#[test]
fn a_character_the_typeface_lacks_is_reported_and_printed_as_a_geta() {
    let slip = Payslip { person_name: "𠮷田　花子".into(), ..small() };
    assert_eq!(payslip_unprintable(&slip), Ok(vec![Unprintable { place: "氏名", row: 1, position: 1 }]));
    assert!(words(&slip).contains("〓田花子様"));
    for (_, slip) in samples::all() {
        assert_eq!(payslip_unprintable(&slip), Ok(Vec::new()));
    }
    let common_variants = Payslip { person_name: "髙﨑　濵邉　㈱①Ⅳ".into(), ..small() };
    assert_eq!(payslip_unprintable(&common_variants), Ok(Vec::new()));
}

#[test]
fn empty_and_extreme_slips_are_printed_too() {
    assert_eq!(pages_of(&printed(&Payslip::default())).len(), 1);
    let largest = 9_999_999_999;
    let extreme = Payslip {
        pay: vec![line(&"W".repeat(300), Some("99999:59"), -largest)],
        deductions: vec![line("控除", None, largest)],
        totals: Totals {
            gross: -largest,
            tax_free: largest,
            taxable: -largest,
            deduction_total: largest,
            net: -largest,
            shortfall: largest,
        },
        notes: vec!["W".repeat(300)],
        ..small()
    };
    assert_eq!(pages_of(&printed(&extreme)).len(), 2);
    assert!(words(&extreme).contains("差引支給額▲9,999,999,999円"));
    let beyond = Payslip { pay: vec![line("基本給", None, largest + 1)], ..small() };
    let refused = payslip_pdf(&beyond, &stamp("test"));
    assert_eq!(refused.err(), Some(PrintError::AmountTooLarge { place: "支給", row: 1 }));
}

#[test]
fn an_impossible_time_is_refused() {
    let impossible = PrintedAt { month: 2, day: 30, ..stamp("test").printed_at };
    let refused = payslip_pdf(&small(), &PrintStamp { printed_at: impossible, ..stamp("test") });
    assert_eq!(refused.err(), Some(PrintError::ImpossibleStamp));
}

#[test]
fn no_error_quotes_the_slip() {
    let slip = Payslip { person_name: "架空".repeat(200), ..small() };
    let error = payslip_pdf(&slip, &stamp("test")).unwrap_err();
    assert_eq!(error, PrintError::TextTooLong { place: "氏名", row: 1, characters_max: 300 });
    assert!(!error.to_string().contains("架空"));
}

#[test]
fn a_batch_is_delivered_in_order_and_equals_single_prints() {
    let mut slips: Vec<(Payslip, PrintStamp)> = (0..70)
        .map(|number| (Payslip { person_code: format!("{number:04}"), ..bonus() }, stamp(&number.to_string())))
        .collect();
    slips[3].0.title = "あ".repeat(301);
    let mut delivered = Vec::new();
    let printer = Printer::new(NonZeroUsize::new(2).unwrap()).unwrap();
    printer.payslips(&slips, |number, pdf| delivered.push((number, pdf)));
    assert_eq!(delivered.len(), slips.len());
    for (expected, (number, pdf)) in delivered.into_iter().enumerate() {
        assert_eq!(number, expected);
        let (slip, stamp) = &slips[number];
        assert!(pdf == printer.payslip(slip, stamp), "slip {number} differs from its single print");
        assert_eq!(pdf.is_err(), number == 3);
    }
}

#[test]
fn a_bulk_file_has_every_slip_in_its_order_and_names_what_it_leaves_out() {
    let mut slips = vec![small(), large(), Payslip::default(), bonus()];
    slips[2].title = "あ".repeat(301);
    let printer = Printer::new(NonZeroUsize::new(2).unwrap()).unwrap();
    let mut delivered = Vec::new();
    let files = [(slips, stamp("bulk")), (Vec::new(), stamp("empty"))];
    printer.payslips_bulk(&files, |number, file| delivered.push((number, file.unwrap())));
    let [(0, bulk), (1, empty)] = delivered.as_slice() else { panic!("two files in their order") };
    assert_eq!(bulk.left_out, [(2, PrintError::TextTooLong { place: "表題", row: 1, characters_max: 300 })]);
    assert!(empty.left_out.is_empty() && empty.pdf.starts_with(b"%PDF"));
    let single: Vec<String> = [small(), large(), bonus()].iter().flat_map(|slip| pages_of(&printed(slip))).collect();
    assert_eq!(pages_of(&bulk.pdf), single);
}

#[test]
fn files_are_as_small_as_promised() {
    assert!(printed(&small()).len() <= 60_000);
    let slips: Vec<Payslip> = (0..50).map(|number| Payslip { person_code: number.to_string(), ..small() }).collect();
    Printer::new(NonZeroUsize::MIN).unwrap().payslips_bulk(&[(slips, stamp("bulk"))], |_, file| {
        assert!(file.unwrap().pdf.len() <= 50 * 40_000 / 4, "a quarter of the promise");
    });
}

#[test]
fn no_character_becomes_one_that_looks_alike() {
    let words = words(&small());
    assert!(words.contains("支給") && words.contains("令和8年6月分"));
    assert!(!words.contains(|character: char| ('\u{2E80}'..='\u{2FDF}').contains(&character)));
}
