//! The schema is what the workbook's specification says it is.

use std::collections::BTreeSet;

use kura_model::{Book, CodeForm, Kind};

#[test]
fn twenty_nine_sheets_each_named_once() {
    let identifiers: BTreeSet<&str> = Book::SHEETS.iter().map(|sheet| sheet.identifier).collect();
    let headers: BTreeSet<&str> = Book::SHEETS.iter().map(|sheet| sheet.header).collect();
    assert_eq!((Book::SHEETS.len(), identifiers.len(), headers.len()), (29, 29, 29));
}

#[test]
fn a_small_client_sees_its_eleven_sheets_and_the_three_of_every_book() {
    let visible: Vec<&str> = Book::SHEETS.iter().filter(|sheet| sheet.visible).map(|sheet| sheet.header).collect();
    let expected = [
        "表紙",
        "事務所",
        "会社",
        "事業所",
        "給与規程",
        "支給控除項目",
        "従業員",
        "雇用条件",
        "被保険者資格",
        "標準報酬",
        "勤怠",
        "住民税",
        "口座",
        "給与履歴",
    ];
    assert_eq!(visible, expected);
}

#[test]
fn dated_sheets_are_those_marked_so() {
    let dated: Vec<&str> =
        Book::SHEETS.iter().filter(|sheet| sheet.dated.is_some()).map(|sheet| sheet.identifier).collect();
    let expected = [
        "establishment",
        "insurer_rate",
        "labor_insurance",
        "pay_group",
        "pay_item",
        "lookup_table",
        "employment_terms",
        "commuting",
        "family",
        "fixed_pay",
    ];
    assert_eq!(dated, expected);
}

#[test]
fn columns_are_named_once_and_need_known_letters() {
    for sheet in Book::SHEETS {
        let identifiers: BTreeSet<&str> = sheet.columns.iter().map(|column| column.identifier).collect();
        assert_eq!(identifiers.len(), sheet.columns.len(), "{}", sheet.header);
        for column in sheet.columns {
            assert!(column.need.chars().all(|letter| "PBAQLHT".contains(letter)), "{} {}", sheet.header, column.header);
            let snake = column
                .identifier
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            assert!(snake, "{} {}", sheet.header, column.identifier);
            if let Kind::Code(CodeForm::Digits(groups)) = column.kind {
                assert!(!groups.is_empty() && groups.iter().all(|width| *width > 0));
            }
        }
        let client = sheet.columns.first().map(|column| column.identifier);
        assert_eq!(client == Some("client_code"), !sheet.one_row, "会社コード leads {}", sheet.header);
    }
}

#[test]
fn no_column_holds_a_my_number() {
    let columns = Book::SHEETS.iter().flat_map(|sheet| sheet.columns);
    let about_it: Vec<&str> = columns
        .filter(|column| {
            column.header.contains("個人番号")
                || column.header.contains("マイナンバー")
                || column.identifier.contains("my_number")
        })
        .map(|column| column.identifier)
        .collect();
    assert_eq!(about_it, ["number_status"]);
}
