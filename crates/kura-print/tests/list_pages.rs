//! What a list must be on paper: everything on it, heads on every page, figures that read back as they were given.
#![expect(clippy::unwrap_used, reason = "a test stops at a file that cannot be made or read")]

mod reading;
mod sample_lists;

use std::num::NonZeroUsize;

use kura_print::{
    List, ListCell, ListColumn, ListColumnKind as Kind, ListPage, ListRow, ListRowKind, PrintError, PrintStamp,
    PrintedAt, Printer,
};
use kura_yen::Yen;
use reading::pages_of;
use sample_lists::{all, ledger, premiums, register, transfers};

fn stamp(name: &str) -> PrintStamp {
    let printed_at = PrintedAt { year: 2026, month: 7, day: 1, hour: 9, minute: 12, second: 30 };
    PrintStamp { document_id: name.to_owned(), printed_at }
}

fn print(files: &[(Vec<List>, PrintStamp)]) -> Vec<Result<Vec<u8>, PrintError>> {
    let mut delivered = Vec::new();
    Printer::new(NonZeroUsize::new(2).unwrap()).unwrap().list_files(files, |number, pdf| {
        assert_eq!(number, delivered.len());
        delivered.push(pdf);
    });
    delivered
}

/// The words of every page, without spaces.
fn words(lists: Vec<List>) -> Vec<String> {
    let pdf = print(&[(lists, stamp("test"))]).remove(0).unwrap();
    pages_of(&pdf).iter().map(|page| page.chars().filter(|character| !character.is_whitespace()).collect()).collect()
}

#[test]
fn every_page_of_people_across_has_all_items_and_its_people() {
    let list = register(31);
    let pages = words(vec![list.clone()]);
    assert_eq!(pages.len(), 3);
    for page in &pages {
        for item in list.columns.iter().take(41).map(|column| column.header.as_str()) {
            assert!(page.contains(item), "{item} is missing in {page}");
        }
        assert!(page.contains("支給控除一覧表株式会社越路みそ醸造令和8年6月分締切日令和8年6月15日"));
    }
    for number in 1..=31 {
        assert!(pages.concat().contains(&format!("{number:04}")), "{number}");
    }
    assert!(pages.concat().contains("-3,400") && pages.concat().contains("合計31人"));
    assert!(pages.concat().contains("1/3") && pages.concat().contains("3/3"));
    assert!(pages.concat().contains("健康保険料に含まれる額の内訳です"));
}

#[test]
fn no_character_becomes_one_that_looks_alike() {
    let pages = words(all().into_iter().map(|(_, list)| list).collect()).concat();
    assert!(pages.contains('支') && pages.contains('月') && pages.contains('金'));
    let look_alike = |character: char| ('\u{2E80}'..='\u{2FDF}').contains(&character);
    assert!(!pages.contains(look_alike), "{:?}", pages.chars().find(|character| look_alike(*character)));
}

#[test]
fn a_ledger_of_a_year_and_two_bonuses_says_its_months() {
    let pages = words(vec![ledger()]).concat();
    for expected in ["令和8年1月", "令和8年12月", "夏季賞与", "冬季賞与", "差引支給額", "勤怠", "支給", "控除"]
    {
        assert!(pages.contains(expected), "{expected} is missing in {pages}");
    }
}

#[test]
fn a_long_list_repeats_its_heads_and_keeps_every_row() {
    let pages = words(vec![premiums(120)]);
    assert_eq!(pages.len(), 5);
    for page in &pages {
        assert!(page.contains("社員番号氏名生年月日等級"), "{page}");
        assert!(page.contains("標準報酬保険料"), "{page}");
    }
    let all = pages.concat();
    for expected in ["0001架空花子S35.3.14188,0001,2342,4683,702", "第3事業所", "小計600,000", "0120"] {
        assert!(all.contains(expected), "{expected} is missing in {all}");
    }
    assert!(all.contains("合計1,800,000") && all.contains("会社負担は納入告知額から"));
}

#[test]
fn columns_that_do_not_fit_go_on_beside_the_key_columns() {
    let list = List { page: ListPage::Landscape, ..register(3) };
    let pages = words(vec![list.clone()]);
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.contains("社員番号氏名") && page.contains("0002見本花子"), "{page}");
    }
    for column in &list.columns {
        assert!(pages.concat().contains(&column.header), "{}", column.header);
    }
}

#[test]
fn nothing_and_zero_are_told_apart() {
    let list = List {
        title: "一覧".into(),
        columns: vec![ListColumn::new("項目", Kind::Text), ListColumn::new("金額", Kind::Yen)],
        rows: vec![
            ListRow::plain(vec!["無".into(), ListCell::Empty]),
            ListRow::plain(vec!["零".into(), Yen::ZERO.into()]),
            ListRow::plain(vec!["欠".into()]),
        ],
        ..List::default()
    };
    assert!(words(vec![list]).concat().contains("一覧項目金額無零0欠"));
}

#[test]
fn a_heading_begins_a_page_of_people() {
    let mut list = register(4);
    list.rows.insert(2, ListRow::heading("第二営業部"));
    let pages = words(vec![list]);
    assert!(pages[0].contains("0002") && !pages[0].contains("0003"));
    assert!(pages[1].contains("第二営業部") && pages[1].contains("0003"));
}

#[test]
fn empty_lists_and_long_texts_are_printed_or_refused_by_place() {
    assert_eq!(words(Vec::new()).len(), 1);
    for page in [ListPage::Portrait, ListPage::Landscape, ListPage::PeopleAcross] {
        assert_eq!(words(vec![List { page, ..List::default() }]).len(), 1);
        let row = ListRow::new(ListRowKind::Total, vec!["W".repeat(300).into(); 5]);
        let columns = vec![ListColumn::new("W".repeat(300), Kind::Text); 5];
        let longest = List { page, columns, key_columns: 1, rows: vec![row; 3], ..transfers() };
        assert!(!words(vec![longest]).is_empty());
    }
    let mut long = transfers();
    long.rows[4].cells[1] = "架".repeat(301).into();
    let refused = print(&[(vec![transfers()], stamp("a")), (vec![long], stamp("b")), (vec![ledger()], stamp("c"))]);
    assert!(refused[0].is_ok() && refused[2].is_ok());
    assert_eq!(refused[1], Err(PrintError::TextTooLong { place: "一覧", row: 5, characters_max: 300 }));
}

#[test]
fn the_same_lists_are_the_same_bytes() {
    let files = [(vec![transfers()], stamp("a")), (vec![transfers()], stamp("a")), (vec![transfers()], stamp("b"))];
    let printed = print(&files);
    assert_eq!(printed[0], printed[1]);
    assert_ne!(printed[0], printed[2]);
}
