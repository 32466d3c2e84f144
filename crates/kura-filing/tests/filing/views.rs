//! A file as people read it: whole days and months, codes in words, no number of a person.

use kura_filing::*;
use kura_law::Law;

/// What a cell says, a day as 2026-10-01, an amount as its yen.
fn say(cell: &ViewCell) -> String {
    match cell {
        ViewCell::Empty => "-".to_owned(),
        ViewCell::Text(words) => words.clone(),
        ViewCell::Number(number) => number.to_string(),
        ViewCell::Yen(amount) => amount.get().to_string(),
        ViewCell::Date(day) => day.to_string(),
        ViewCell::Month(month) => month.to_string(),
    }
}

fn read(form: Form, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let view = view(Law::embedded().unwrap(), form, bytes).unwrap();
    let rows = view.rows.iter().map(|row| row.iter().map(say).collect::<Vec<_>>().join(" | "));
    (view.headings.clone(), rows.collect())
}

#[test]
fn a_loss_reads_as_days_and_words() {
    let (headings, rows) = read(Form::Loss, include_bytes!("../examples/02_2201700_loss/SHFD0006.CSV"));
    assert_eq!(
        headings,
        [
            "被保険者整理番号",
            "被保険者氏名（カナ）",
            "被保険者氏名（漢字）",
            "生年月日",
            "基礎年金番号",
            "資格喪失年月日",
            "喪失（不該当）原因",
            "退職日死亡日",
            "資格確認書回収（添付）",
            "資格確認書回収（返不能）",
            "70歳不該当情報（70歳不該当）",
            "不該当年月日",
            "70歳以上被用者届のみ提出"
        ]
    );
    assert_eq!(
        rows,
        [
            "7 | ﾅﾙｾ ﾉｿﾞﾐ | 成瀬　望 | 1998-02-28 | 4210-556677 | 2026-11-01 | 退職等 | 2026-10-31 | 1 | 0 | - | - | -",
            "2 | ﾌｼﾞｻﾜ ｲﾜｵ | 藤沢　巌 | 1951-11-20 | - | 2026-11-20 | 75歳到達 | - | - | - | - | - | -",
            "- | ﾂｷｼﾏ ｻﾀﾞｺ | 月島　貞子 | 1954-06-09 | 3301-204060 | - | 退職等 | 2026-11-10 | - | - | ○ | 2026-11-10 | ○",
        ]
    );
}

#[test]
fn a_santei_reads_in_months_and_yen_and_shows_no_number() {
    let bytes = include_bytes!("../examples/05_2225700_santei/SHFD0006.CSV");
    let (headings, rows) = read(Form::AnnualBase, bytes);
    let at = |heading: &str| headings.iter().position(|known| known == heading).unwrap();
    let first: Vec<&str> = rows[0].split(" | ").collect();
    assert_eq!(first[at("適用年月")], "2026-09");
    assert!(first[at("従前の標準報酬月額（健保）")].ends_with("000"));
    assert_eq!(headings.iter().filter(|heading| heading.contains("個人番号")).count(), 0);
    assert!(rows.iter().all(|row| !row.contains("123456789018")));
    assert_eq!(rows.len(), bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"2225700")).count());
}
