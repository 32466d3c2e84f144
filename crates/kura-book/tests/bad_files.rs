//! Files people really send: Excel's own habits, damaged files, files that would not fit.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use kura_book::{Book, Finding, NamedFile, Severity, Source, check_chain, read, sha256};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

fn workbook(fill: impl FnOnce(&mut Workbook)) -> (Book, Vec<Finding>) {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    read(Source::Workbook(&workbook.save_to_buffer().expect("saved")))
}

fn sheet<'book>(workbook: &'book mut Workbook, name: &str, header: &[&str]) -> &'book mut Worksheet {
    let sheet = workbook.add_worksheet().set_name(name).expect("a name");
    for (place, text) in (0..).zip(header) {
        sheet.write_string(0, place, *text).expect("written");
    }
    sheet
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn excel_eats_zeros_and_makes_dates() {
    let (book, findings) = workbook(|workbook| {
        let clients = sheet(workbook, "会社", &["会社コード", "会社名"]);
        clients.write_string(1, 0, "001").expect("written");
        let people = sheet(
            workbook,
            "従業員",
            &["会社コード", "社員番号", "姓", "生年月日", "雇入日", "退職日", "基礎年金番号", "電話"],
        );
        let date = Format::new().set_num_format("yyyy/m/d");
        people.write_number(1, 0, 1).expect("written");
        people.write_string(1, 1, "007").expect("written");
        people.write_string(1, 2, "岸和田").expect("written");
        people
            .write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(1979, 8, 3).expect("a day"), &date)
            .expect("written");
        people.write_number(1, 4, 45_748).expect("written");
        people.write_number(1, 5, 20_270_331).expect("written");
        people.write_number(1, 6, 421_118_823).expect("written");
        people.write_number(1, 7, 312_345_678).expect("written");
        let hours = sheet(
            workbook,
            "勤怠",
            &["社員番号", "支給月", "時間外", "法定内残業", "労働時間（時給・日給者）", "出勤日数"],
        );
        hours.write_number(1, 0, 7).expect("written");
        hours
            .write_datetime_with_format(1, 1, ExcelDateTime::from_ymd(2026, 10, 1).expect("a day"), &date)
            .expect("written");
        hours
            .write_number_with_format(1, 2, 3980.0 / 1440.0, &Format::new().set_num_format("[h]:mm"))
            .expect("written");
        hours.write_number(1, 3, 8.5).expect("written");
        hours
            .write_number_with_format(1, 4, 0.361_111_111_111_111, &Format::new().set_num_format("h:mm"))
            .expect("written");
        hours.write_number(1, 5, 20.25).expect("written");
    });
    let isamu = book.employees.first().expect("read");
    assert_eq!((isamu.client_code.as_str(), isamu.employee_code.as_str()), ("001", "007"));
    let day = |day: Option<kura_calendar::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    assert_eq!(
        [day(isamu.birth_date), day(isamu.hired_on), day(isamu.left_on)],
        ["1979-08-03", "2025-04-01", "2027-03-31"]
    );
    assert_eq!(isamu.basic_pension_number.as_ref().map(|code| code.as_str()), Some("0421-118823"));
    assert_eq!(isamu.tel.as_ref().map(|code| code.as_str()), Some("0312345678"));
    let worked = book.attendances.first().expect("read");
    let time = |time: Option<kura_model::Minutes>| time.map(|time| time.to_string()).unwrap_or_default();
    let times = [worked.overtime_hours, worked.within_statutory_overtime, worked.working_hours].map(time);
    assert_eq!(times, ["66:20", "8:30", "8:40"]);
    assert_eq!((worked.employee_code.as_str(), worked.payment_month.to_string().as_str()), ("007", "2026-10"));
    assert_eq!(worked.worked_days.map(|days| days.to_string()).as_deref(), Some("20.25"));
    assert!(
        findings.iter().all(|finding| finding.code == "zeros_restored" && finding.severity == Severity::Info),
        "{findings:?}"
    );
    assert_eq!(findings.len(), 4);
}

#[test]
fn a_yen_with_a_fraction_a_percent_cell_and_a_broken_formula_are_found() {
    let (book, findings) = workbook(|workbook| {
        let clients = sheet(workbook, "client", &["client_code"]);
        clients.write_string(1, 0, "004").expect("written");
        let rates = sheet(
            workbook,
            "保険者料率",
            &["保険者コード", "適用開始月", "健康保険料率 全体", "健康保険料率 本人", "介護保険料率　全体"],
        );
        rates.write_string(1, 0, "組合").expect("written");
        rates.write_string(1, 1, "R8.3").expect("written");
        rates.write_number_with_format(1, 2, 0.092, &Format::new().set_num_format("0.00%")).expect("written");
        rates.write_number(1, 3, 0.042).expect("written");
        rates.write_string(1, 4, "1.80％").expect("written");
        let pay = sheet(workbook, "変動支給", &["社員番号", "支給月", "項目コード", "金額", "数量"]);
        pay.write_row(1, 0, ["1", "2026-07", "D050"]).expect("written");
        pay.write_number(1, 3, 1240.4).expect("written");
        pay.write_formula(1, 4, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).expect("written");
    });
    let rates = book.insurer_rates.first().expect("read");
    assert_eq!(rates.health_rate.value().map(|rate| rate.to_string()).as_deref(), Some("0.092"));
    assert_eq!(rates.care_rate.value().map(|rate| rate.to_string()).as_deref(), Some("0.018"));
    assert_eq!(rates.health_rate_employee.value(), None);
    let pay = book.variable_pays.first().expect("read");
    assert_eq!((pay.amount, pay.quantity), (None, None));
    assert_eq!(codes(&findings), ["out_of_range", "not_whole_yen", "broken_cell"]);
    assert!(findings.iter().all(|finding| finding.row == Some(2)));
}

#[test]
fn titles_above_merged_cells_and_unknown_sheets_are_said() {
    let (book, findings) = workbook(|workbook| {
        let clients = workbook.add_worksheet().set_name("会社").expect("a name");
        clients.merge_range(0, 0, 0, 1, "顧問先一覧", &Format::new()).expect("merged");
        clients.write_row(1, 0, ["会社コード", "会社名"]).expect("written");
        clients.write_row(2, 0, ["001", "株式会社越路みそ醸造"]).expect("written");
        sheet(workbook, "メモ", &["何か"]);
    });
    assert_eq!(book.clients.len(), 1);
    assert_eq!(codes(&findings), ["unknown_sheet", "header_not_first", "merged_cells"]);
}

#[test]
fn a_sheet_without_header_tells_no_name() {
    let (book, findings) = workbook(|workbook| {
        let people = workbook.add_worksheet().set_name("従業員").expect("a name");
        for row in 0..8 {
            people.write_row(row, 0, ["001", "07", "岸和田", "勇"]).expect("written");
        }
    });
    assert!(book.employees.is_empty());
    assert_eq!(codes(&findings), ["no_header"]);
    assert!(!format!("{findings:?}").contains("岸和田"));
}

#[test]
fn a_row_about_nobody_is_left_out_and_the_others_are_read() {
    let text = "社員番号,支給月,出勤日数,売上\n,2026-10,20,1\n07,2026年13月,20,1\n12,2026-10,20,1\n";
    let (book, findings) = read(Source::Folder(&[
        NamedFile { name: "out/会社.CSV", bytes: "会社コード\n001\n".as_bytes() },
        NamedFile { name: "out/勤怠.csv", bytes: text.as_bytes() },
    ]));
    assert_eq!(book.attendances.iter().map(|row| row.number).collect::<Vec<_>>(), [4]);
    assert_eq!(codes(&findings), ["unknown_column", "cell_missing", "not_a_month"]);
}

#[test]
fn shift_jis_utf8_with_mark_and_broken_text() {
    // 会社コード,会社名 / 001,髙橋①㈱
    let shift_jis = b"\x89\xEF\x8E\xD0\x83R\x81[\x83h,\x89\xEF\x8E\xD0\x96\xBC\n001,\xEE\xE0\x8B\xB4\x87@\x87\x8A\n";
    let (book, findings) = read(Source::Folder(&[NamedFile { name: "会社.csv", bytes: shift_jis }]));
    assert_eq!(findings, []);
    assert_eq!(
        book.clients.first().and_then(|client| client.client_name.as_ref()).map(|name| name.as_str()),
        Some("髙橋①㈱")
    );
    let marked = "\u{FEFF}会社コード,会社名\r\n\"001\",\"改行\nと,コンマ\"\r\n".as_bytes();
    let (book, findings) = read(Source::Folder(&[NamedFile { name: "会社.csv", bytes: marked }]));
    assert_eq!(findings, []);
    assert_eq!(
        book.clients.first().and_then(|client| client.client_name.as_ref()).map(|name| name.as_str()),
        Some("改行\nと,コンマ")
    );
    let (_, findings) = read(Source::Folder(&[NamedFile { name: "会社.csv", bytes: b"\xFF\xFEa\0" }]));
    assert_eq!(codes(&findings), ["unreadable_text"]);
}

#[test]
fn files_that_are_no_book() {
    for (bytes, code) in [
        (b"".as_slice(), "unreadable_file"),
        (b"PK\x03\x04 and nothing".as_slice(), "unreadable_file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old one".as_slice(), "old_or_protected_excel"),
    ] {
        let (book, findings) = read(Source::Workbook(bytes));
        assert_eq!((book, codes(&findings)), (Book::default(), vec![code]));
    }
    let (_, findings) = read(Source::Workbook(&vec![0; 101 * 1024 * 1024]));
    assert_eq!(codes(&findings), ["file_too_big"]);
}

#[test]
fn the_chain_of_books_is_checked() {
    let before = kura_book::template("2026-06-01".parse().expect("a day")).expect("written");
    let mut book = Book::default();
    assert_eq!(check_chain(&book, Source::Workbook(&before)).expect_err("no hash").code, "no_chain");
    book.cover.previous_book_sha256 = Some(sha256(Source::Workbook(&before)).as_str().into());
    assert_eq!(check_chain(&book, Source::Workbook(&before)), Ok(()));
    assert_eq!(check_chain(&book, Source::Workbook(b"another")).expect_err("another").code, "broken_chain");
}
