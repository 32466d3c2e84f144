//! Reading a folder of CSV files: half-right input is read, and said.

use kura_book::{Book, Finding, NamedFile, Source, read};

fn book(files: &[(&str, &str)]) -> (Book, Vec<Finding>) {
    let files: Vec<NamedFile<'_>> =
        files.iter().map(|(name, text)| NamedFile { name, bytes: text.as_bytes() }).collect();
    read(Source::Folder(&files))
}

fn codes(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let row = finding.row.map(|row| row.to_string()).unwrap_or_default();
            format!("{}/{row}/{}/{}", finding.sheet, finding.column.as_deref().unwrap_or(""), finding.code)
        })
        .collect()
}

const CLIENT: (&str, &str) = ("会社.csv", "会社コード,会社名\n002,株式会社泉州総合設備\n");

#[test]
fn a_company_and_its_people() {
    let (book, findings) = book(&[
        CLIENT,
        (
            "従業員.csv",
            "社員番号,姓,名,セイ,生年月日,性別,任意:靴\n07,岸和田,勇,ｷｼﾜﾀﾞ,S54.8.3,男,26.5\n12,貝塚,美咲,かいづか,1995-04-12,女,\n",
        ),
        (
            "勤怠.csv",
            "支給月,社員番号,出勤日数,時間外,深夜 時間外,知らない列\nR8.10,7,21,66:20,6,x\n2026/10,12,13.5,8.5,,\n2026-10,99,1.3,8:75,,\n",
        ),
    ]);
    assert_eq!(book.employees.len(), 2);
    let isamu = book.employees.first().expect("first");
    assert_eq!(isamu.client_code.as_str(), "002");
    assert_eq!(isamu.birth_date.map(|day| day.to_string()).as_deref(), Some("1979-08-03"));
    assert_eq!(isamu.family_kana.as_ref().map(|kana| kana.as_str()), Some("キシワダ"));
    let worked = book.attendances.first().expect("first");
    assert_eq!(worked.employee_code.as_str(), "07");
    assert_eq!(worked.overtime_hours.map(|time| time.to_string()).as_deref(), Some("66:20"));
    assert_eq!(
        book.attendances.get(1).and_then(|row| row.worked_days).map(|days| days.to_string()).as_deref(),
        Some("13.5")
    );
    assert_eq!(
        codes(&findings),
        [
            "勤怠/1/知らない列/unknown_column",
            "勤怠/2/社員番号/zeros_restored",
            "勤怠/4/出勤日数/not_quarter_days",
            "勤怠/4/時間外/not_a_time",
            "勤怠/4/社員番号/unknown_code",
        ]
    );
}

#[test]
fn dated_rows_take_over_and_clear() {
    let (book, findings) = book(&[
        CLIENT,
        ("従業員.csv", "社員番号,姓\n12,貝塚\n"),
        (
            "雇用条件.csv",
            "社員番号,適用開始日,変更の理由,基本額,役職,雇用区分\n12,2020-04-01,入社,\"240,000\",主任,正社員\n12,2026-06-21,昇給,251330,,\n12,2026-09-01,,,なし,\n",
        ),
    ]);
    assert_eq!(findings, []);
    let histories = kura_model::histories(&book.employment_terms);
    let terms = histories.values().next().expect("one person");
    let on = |day: &str| terms.on(day.parse().expect("a day")).expect("employed");
    assert_eq!(on("2026-06-20").base_amount.map(|amount| amount.get()), Some(240_000));
    assert_eq!(on("2026-06-21").base_amount.map(|amount| amount.get()), Some(251_330));
    assert_eq!(on("2026-06-21").position.as_ref().map(|text| text.as_str()), Some("主任"));
    assert_eq!(on("2026-09-01").position, None);
    assert_eq!(on("2026-09-01").change_reason, None);
    assert_eq!(on("2026-09-01").employment_class, Some(kura_model::EmploymentClass::Regular));
}
