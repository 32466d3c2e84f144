//! The 届出 of a month as a user gets them: the real program over the demonstration books, its files byte by byte.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kura_law::Law;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A demonstration book with some of its people, and the output of a run over it.
struct Case {
    folder: TempDir,
}

impl Case {
    fn of(client: &str, people: &[&str]) -> Self {
        let case = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(case.book()).unwrap();
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(client);
        for entry in fs::read_dir(demo).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let at = text.lines().next().unwrap().split(',').position(|header| header == "社員番号");
            let kept = text.lines().enumerate().filter(|(row, line)| {
                let Some(code) = at.filter(|_| *row > 0).and_then(|at| line.split(',').nth(at)) else { return true };
                code.is_empty() || people.contains(&code)
            });
            let kept = kept.fold(String::new(), |kept, (_, line)| kept + line + "\n");
            fs::write(case.book().join(path.file_name().unwrap()), kept).unwrap();
        }
        case
    }

    /// The same with the fourteen settled months in 給与履歴.
    fn with_history(client: &str, people: &[&str]) -> Self {
        let law = Law::embedded().unwrap();
        let demo = kura_demo::books(law).unwrap().into_iter().find(|demo| demo.folder == client).unwrap();
        let mut book = demo.book;
        book.employees.retain(|employee| people.contains(&employee.employee_code.as_str()));
        let of_run = std::mem::take(&mut book.attendances);
        for past in demo.history_months {
            book.attendances = past.attendance;
            book = kura_month::settle(&book, past.month, law).0;
        }
        book.attendances = of_run;
        let case = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(case.book()).unwrap();
        for file in kura_book::write_folder(&book) {
            fs::write(case.book().join(&file.name), &file.bytes).unwrap();
        }
        case
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("本")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("出力")
    }

    /// Writes a value into a cell of every row of which some cell is `of` and some other is `and`.
    fn set(&self, sheet: &str, [of, and]: [&str; 2], column: &str, value: &str) -> &Self {
        let path = self.book().join(format!("{sheet}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        let at = text.lines().next().unwrap().split(',').position(|header| header == column).unwrap();
        let mut changed = String::new();
        let mut count = 0;
        for line in text.lines() {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells.contains(&of) && cells.contains(&and) {
                cells[at] = value;
                count += 1;
            }
            writeln!(changed, "{}", cells.join(",")).unwrap();
        }
        assert!(count > 0, "{sheet} has a row of {of} and {and}");
        fs::write(&path, changed).unwrap();
        self
    }

    fn run(&self, month: &str, as_of: &str) -> String {
        let (book, out) = (self.book(), self.out());
        let output = kura(&[
            "month",
            book.to_str().unwrap(),
            "--month",
            month,
            "--as-of",
            as_of,
            "--out",
            out.to_str().unwrap(),
            "--no-pdf",
        ]);
        assert!(out.exists(), "{}", said(&output));
        said(&output)
    }

    /// The lines of a file of 届出.
    fn lines(&self, path: &str) -> Vec<String> {
        let bytes = fs::read(self.out().join("届出").join(path)).unwrap();
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!broken && text.ends_with("\r\n"));
        text.split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&fs::read(self.out().join("届出").join(path)).unwrap()).unwrap()
    }

    /// The sentences of the findings with a code.
    fn findings(&self, code: &str) -> Vec<String> {
        let text = fs::read_to_string(self.out().join("確認事項.jsonl")).unwrap();
        let findings = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let with_code = findings.filter(|finding| finding["code"] == code);
        with_code
            .map(|finding| {
                format!("{}／{}", finding["sentence"].as_str().unwrap(), finding["remedy"].as_str().unwrap())
            })
            .collect()
    }

    /// The folders of 届出.
    fn folders(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.out().join("届出")) else { return Vec::new() };
        let folders = entries.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn kura(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn check(case: &Case, path: &str, as_of: &str) -> String {
    let file = case.out().join("届出").join(path);
    said(&kura(&["filing", "check", file.to_str().unwrap(), "--as-of", as_of]))
}

const OFFICE_T: &str =
    "21,57,ﾋﾅﾀ,04821,176,0000,東京都練馬区架空町7-8,株式会社ひなた介護サービス,日野　朝雄,03,0000,0000";
const OFFICE_F: &str =
    "75,31,ﾋﾅﾀ,00931,830,0000,福岡県久留米市架空町9,株式会社ひなた介護サービス久留米,日野　朝雄,0942,00,0000";

/// The events of the care company: three hired, two left in May and June, one reached 75; who was filed in May is not filed again.
fn hinata() -> Case {
    Case::of("003-hinata", &["T095", "T156", "F065", "T070", "F055", "T083", "F040", "F068", "T052"])
}

#[test]
fn the_hires_of_june_are_filed_establishment_by_establishment() {
    let case = hinata();
    case.run("2026-06", "2026-07-01");
    assert_eq!(
        case.lines("003-T-取得/SHFD0006.CSV"),
        [
            ",,13990001,002,20260701,22223",
            "[kanri]",
            "架空　律子,001",
            OFFICE_T,
            "[data]",
            "2200700,21,57,ﾋﾅﾀ,04821,95,ｶﾏﾀ ﾌﾐｶ,蒲田　文香,7,050503,2,1,,,,9903,100095,9,080601,0,293500,0,293500,,,,,,\
             176,0000,ﾄｳｷｮｳﾄ ﾈﾘﾏｸ ｶｸｳﾁｮｳ 31-6,東京都練馬区架空町31-6,,",
            "2200700,21,57,ﾋﾅﾀ,04821,156,ﾌｯｻ ｺｳﾍｲ,福生　康平,5,391209,1,1,,,,9903,100156,9,080601,0,115166,0,115166,\
             ,,1,,,176,0000,ﾄｳｷｮｳﾄ ﾈﾘﾏｸ ｶｸｳﾁｮｳ 21-20,東京都練馬区架空町21-20,,",
        ]
    );
    assert_eq!(
        case.lines("003-F-取得/SHFD0006.CSV")[3..],
        [
            OFFICE_F,
            "[data]",
            "2200700,75,31,ﾋﾅﾀ,00931,565,ﾓｼﾞ ﾄｵﾙ,門司　透,7,100408,1,1,,,,9903,100565,9,080601,0,248500,0,248500,,,,,,\
             830,0000,ﾌｸｵｶｹﾝ ｸﾙﾒｼ ｶｸｳﾁｮｳ 28-26,福岡県久留米市架空町28-26,,",
        ]
    );
    let employment = case.lines("003-T-雇用保険取得/10101-shutoku.csv");
    assert_eq!(
        employment[9..],
        [
            "10101,,,,,,1,蒲田　文香,ｶﾏﾀ ﾌﾐｶ,,,2,平成,05,05,03,1308,990003,0,令和,08,06,01,2,1,293,7,05,2,,,40,00,無,,,\
             ,,,,,,,株式会社ひなた介護サービス,,,,,,,,,,,,,,,,,",
            "10101,,,,,,1,福生　康平,ﾌｯｻ ｺｳﾍｲ,,,1,昭和,39,12,09,1308,990003,0,令和,08,06,01,2,4,115,3,05,2,,,20,00,無,,,\
             ,,,,,,,株式会社ひなた介護サービス,,,,,,,,,,,,,,,,,",
        ]
    );
    for path in ["003-T-取得", "003-F-取得", "003-T-喪失", "003-F-喪失"] {
        let checked = check(&case, &format!("{path}/SHFD0006.CSV"), "2026-07-01");
        assert_eq!(checked, "エラーはありません。\n", "{path}");
    }
}

#[test]
fn who_left_and_who_reached_75_lose_their_insurance_on_their_own_day() {
    let case = hinata();
    case.run("2026-06", "2026-07-01");
    // Left on the 20th: lost the day after. Left at the end of May: lost on the 1st of June. 75 on the birthday itself.
    assert_eq!(
        case.lines("003-F-喪失/SHFD0006.CSV")[4..],
        [
            "[data]",
            "2201700,75,31,ﾋﾅﾀ,00931,540,ｳｷﾊ ｲｽﾞﾐ,浮羽　泉,5,410915,,9903,100540,9,080621,4,9,080620,,,,0,0,,,,",
            "2201700,75,31,ﾋﾅﾀ,00931,555,ﾂﾔｻﾞｷ ﾉﾘｺ,津屋崎　典子,5,620526,,9903,100555,9,080601,4,9,080531,,,,0,0,,,,",
            "2201700,75,31,ﾋﾅﾀ,00931,568,ﾕｸﾊｼ ﾕｳｶ,行橋　優花,5,260618,,9903,100568,9,080618,7,,,,,,0,0,,,,",
        ]
    );
    assert_eq!(
        case.lines("003-T-喪失/SHFD0006.CSV")[5..],
        ["2201700,21,57,ﾋﾅﾀ,04821,52,ﾄｼﾏ ｱﾔ,豊島　綾,7,081030,,9903,100052,9,080701,4,9,080630,,,,0,0,,,,"]
    );
    let made = case.findings("filing_made");
    assert!(made.iter().any(|finding| finding.starts_with(
        "届出/003-F-喪失/SHFD0006.CSV: 資格喪失届を3件作りました（F040、F055、F068）。／提出したら被保険者資格の「届出日」"
    )));
}

#[test]
fn a_loss_of_tomorrow_is_held_back_until_its_day() {
    let case = hinata();
    case.run("2026-06", "2026-06-30");
    assert!(!case.folders().contains(&"003-T-喪失".to_owned()));
    let held_back = case.findings("held_back");
    assert!(held_back.contains(
        &"会社003 社員T052: 資格喪失届は 2026-07-01 から作れる届出のため、まだ作っていません。／2026-07-01 以降に、\
          --as-of をその日以降にしてもう一度実行してください。"
            .to_owned()
    ));
    case.run("2026-06", "2026-07-01");
    assert!(case.folders().contains(&"003-T-喪失".to_owned()));
}

#[test]
fn an_event_is_filed_in_its_month_or_the_next_and_after_that_asked_about() {
    let case = Case::of("003-hinata", &["F055"]);
    // The loss on 1 June belongs to May, the month of the last day.
    for month in ["2026-05", "2026-06"] {
        case.run(month, "2026-07-15");
        assert!(case.folders().contains(&"003-F-喪失".to_owned()), "{month}");
    }
    case.run("2026-07", "2026-07-15");
    assert_eq!(case.folders(), Vec::<String>::new());
    let asked = case.findings("filing_overdue");
    assert!(asked.iter().any(|finding| {
        finding.starts_with("会社003: 前々月以前の資格喪失届で、「届出日」が空欄のものが1件あります（F055）。")
    }));
    case.run("2026-04", "2026-07-15");
    assert_eq!(case.folders(), Vec::<String>::new());
    assert!(
        case.findings("held_back").iter().any(|finding| finding.ends_with("kura month --month 2026-05 で作ります。"))
    );
    // Filed: nothing more is said.
    case.set("被保険者資格", ["F055", "健保"], "届出日", "2026-06-03").set(
        "被保険者資格",
        ["F055", "厚年"],
        "届出日",
        "2026-06-03",
    );
    case.run("2026-06", "2026-07-15");
    assert!(!case.folders().contains(&"003-F-喪失".to_owned()));
}

#[test]
fn a_character_the_authority_refuses_leaves_its_person_out_and_names_the_proposal() {
    let case = Case::of("003-hinata", &["T088", "T095"]);
    for scheme in ["健保", "厚年"] {
        case.set("被保険者資格", ["T088", scheme], "取得日", "2026-06-01");
        case.set("被保険者資格", ["T088", scheme], "取得時の報酬 通貨", "234000");
        case.set("被保険者資格", ["T088", scheme], "取得時の報酬 現物", "0");
    }
    case.run("2026-06", "2026-06-25");
    let lines = case.lines("003-T-取得/SHFD0006.CSV");
    assert_eq!(lines.len(), 6);
    assert!(lines[5].contains("蒲田　文香"));
    let refused = case.findings("filing_refused");
    assert!(refused[0].starts_with(
        "会社003 社員T088: 資格取得届に載せていません。「被保険者氏名（漢字）」: 入力不可文字検出／無効文字検出"
    ));
    assert!(refused[0].contains("「高」に置き換えてよいか"), "{refused:?}");
    assert!(refused[1].contains("「崎」に置き換えてよいか"), "{refused:?}");
    assert_eq!(check(&case, "003-T-取得/SHFD0006.CSV", "2026-06-25"), "エラーはありません。\n");
}

#[test]
fn an_empty_cell_stops_the_notice_and_is_never_zero() {
    let case = Case::of("003-hinata", &["T095"]);
    for scheme in ["健保", "厚年"] {
        case.set("被保険者資格", ["T095", scheme], "取得時の報酬 現物", "");
    }
    case.run("2026-06", "2026-06-25");
    assert!(!case.folders().contains(&"003-T-取得".to_owned()));
    let unknown = case.findings("unknown_value");
    assert!(
        unknown.iter().any(|finding| finding.starts_with(
            "会社003 社員T095: 資格取得届に載せていません。計算に必要な「取得時の報酬 現物」が空欄です。"
        ))
    );
}

/// Nobody's number is in a file: where one is kept, and no address is known, a place of its length stands open.
#[test]
fn where_only_a_number_is_kept_the_file_waits_for_it_beside_the_others() {
    let case = Case::of("003-hinata", &["T095", "T156"]);
    case.set("従業員", ["T095", "蒲田"], "住所カナ", "").set("従業員", ["T095", "蒲田"], "個人番号の状態", "保管");
    case.run("2026-06", "2026-06-25");
    assert!(case.lines("003-T-取得/SHFD0006.CSV")[5].contains("福生　康平"));
    let waiting = case.lines("003-T-取得-番号待ち/SHFD0006.CSV");
    assert_eq!(
        waiting[5],
        "2200700,21,57,ﾋﾅﾀ,04821,95,ｶﾏﾀ ﾌﾐｶ,蒲田　文香,7,050503,2,1,{{MYNUMBER}},,,,,9,080601,0,293500,0,293500,,,,,,,,,,,"
    );
    assert!(case.findings("filing_made").iter().any(|finding| finding.contains("番号を入れるまで提出できません。")));
}

#[test]
fn each_submitter_counts_its_own_media_numbers() {
    let case = hinata();
    case.set("事業所", ["003", "F"], "提出者", "事業主").set("事業所", ["003", "F"], "次の媒体通番", "999");
    case.run("2026-06", "2026-06-25");
    let first = |path: &str| case.lines(path)[0].clone();
    assert_eq!(first("003-F-取得/SHFD0006.CSV"), "75,31,ﾋﾅﾀ,999,20260625,22223");
    assert_eq!(first("003-F-喪失/SHFD0006.CSV"), "75,31,ﾋﾅﾀ,001,20260625,22223");
    assert_eq!(first("003-T-取得/SHFD0006.CSV"), ",,13990001,001,20260625,22223");
}

#[test]
fn a_foreigner_is_filed_with_the_residence_card() {
    let case = Case::of("003-hinata", &["T025"]);
    case.set("被保険者資格", ["T025", "雇保"], "取得日", "2026-06-08");
    case.set("被保険者資格", ["T025", "雇保"], "賃金月額（千円）（雇保）", "310");
    case.set("雇用条件", ["T025", "入社"], "職種", "05").set("雇用条件", ["T025", "入社"], "就職経路", "1");
    case.run("2026-06", "2026-06-25");
    let record = case.lines("003-T-雇用保険取得/10101-shutoku.csv").pop().unwrap();
    assert!(
        record.ends_with(",株式会社ひなた介護サービス,TANASHI JUNKO,ベトナム,,介護,,2028,03,31,002,002,,,,,,,"),
        "{record}"
    );
}

/// A child was born in May; of the other family the wife found work and the elder child has moved out.
#[test]
fn a_family_is_filed_as_it_changes() {
    let case = Case::of("003-hinata", &["T022", "T045"]);
    let path = case.book().join("扶養家族.csv");
    let text = fs::read_to_string(&path).unwrap();
    let headers: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let child: Vec<&str> = text.lines().find(|line| line.starts_with("003,T045,2,")).unwrap().split(',').collect();
    let moved: Vec<&str> = headers
        .iter()
        .zip(&child)
        .map(|(header, cell)| match *header {
            "適用開始日" => "2026-06-15",
            "同居" => "なし",
            "別居 郵便番号" => "530-0000",
            "別居住所" => "大阪府大阪市架空町1 2",
            "会社コード" | "社員番号" | "家族番号" => cell,
            _ => "",
        })
        .collect();
    fs::write(&path, format!("{text}{}\n", moved.join(","))).unwrap();
    let wife = child[4];
    case.set("扶養家族", ["T045", "妻"], "健保の扶養 非該当日", "2026-06-01");
    case.set("扶養家族", ["T045", "妻"], "健保の扶養 非該当の理由", "就職");
    case.run("2026-06", "2026-06-25");
    let lines = case.lines("003-T-異動/SHFD0006.CSV");
    assert_eq!(
        lines[5],
        "2202700,21,57,ﾋﾅﾀ,0,,,22,ﾅｶﾉ ﾀﾞｲｷ,中野　大樹,7,050303,1,,9903,100022,,176,0000,東京都練馬区架空町26-41,1"
            .to_owned()
            + &",".repeat(50)
            + "ﾅｶﾉ ｼｹﾞﾙ,中野　茂,9,080510,1,01,,,1,176,0000,東京都練馬区架空町26-41,,,,,,,,9,080510,4,,0,1"
            + &",".repeat(44)
    );
    let fields: Vec<Vec<&str>> = lines[5..].iter().map(|line| line.split(',').collect()).collect();
    assert!(fields.iter().all(|record| record.len() == 139));
    let of_45: Vec<&Vec<&str>> = fields.iter().filter(|record| record[7] == "45").collect();
    // 非該当: the wife, by her own day and reason (3 就職・収入増加).
    assert_eq!(
        (of_45[0][20], of_45[0][24], of_45[0][27], &of_45[0][49..52]),
        ("2", &*format!("{wife}　{}", name_of(&text, "003,T045,1,")), "2", &["9", "080601", "3"][..])
    );
    // 変更: the child who lives apart, with the address of its own and what it was.
    assert_eq!((of_45[1][20], of_45[1][75]), ("3", "01"));
    assert!(lines[7].contains(",530,0000,大阪府大阪市架空町1　2,"), "{}", lines[7]);
    assert!(lines[7].contains("別居（旧　同居）"), "{}", lines[7]);
    assert_eq!(check(&case, "003-T-異動/SHFD0006.CSV", "2026-06-25"), "エラーはありません。\n");
}

/// 名 of the first row that begins so.
fn name_of(sheet: &str, beginning: &str) -> String {
    sheet.lines().find(|line| line.starts_with(beginning)).unwrap().split(',').nth(5).unwrap().to_owned()
}

fn rows<'json>(certificate: &'json Value, part: &str, fields: &[&str]) -> Vec<Vec<&'json Value>> {
    let rows = certificate[part].as_array().unwrap().iter();
    rows.map(|row| fields.iter().map(|field| &row[field]).collect()).collect()
}

/// 離職証明書 of F055, who left on 31 May with the closing day: 265,500 + 12,000 + 18,000 + 11,000 of commuting, and 2:00 of
/// overtime a month, paid the month after: (265,500 + 12,000 + 18,000) / 160 up = 1,847 x 1.25 x 2 = 4,617.5 up.
#[test]
fn a_certificate_gives_each_month_what_was_earned_in_it() {
    let case = Case::with_history("003-hinata", &["F055"]);
    case.run("2026-06", "2026-06-25");
    let certificate = case.json("003-F-離職証明書/F055.json");
    let wages =
        rows(&certificate, "wage_periods", &["from", "to", "base_days", "wage_a", "wage_b", "total", "full_month"]);
    let total = 265_500 + 12_000 + 18_000 + 11_000 + 4_618;
    assert_eq!(wages.len(), 6);
    assert_eq!(
        wages[0],
        [&json!("2026-05-01"), &json!("2026-05-31"), &json!(31), &json!(total), &json!(0), &json!(total), &json!(true)]
    );
    assert_eq!(wages[3][..4], [&json!("2026-02-01"), &json!("2026-02-28"), &json!(28), &json!(total)]);
    let counting = rows(&certificate, "counting_periods", &["from", "to", "base_days", "counted"]);
    assert_eq!(counting.len(), 12);
    assert_eq!(counting[11], [&json!("2025-06-01"), &json!("2025-06-30"), &json!(30), &json!("1か月")]);
    assert_eq!((&certificate["insured_half_months"], &certificate["full_months"]), (&json!(24), &json!(6)));
    assert_eq!(certificate["reason"]["choice"], Value::Null);
    assert_eq!(certificate["reason"]["choice_note"], "離職証明書の離職理由の選択肢が確認されていません");
    assert_eq!(certificate["reason"]["statement"], "契約期間の満了による離職");
    assert!(case.out().join("届出/003-F-離職証明書/F055.xlsx").exists());
    // There is no joint file for a loss with a certificate.
    assert!(!case.folders().contains(&"003-F-雇用保険喪失".to_owned()));
    assert_eq!(case.findings("certificate_open"), Vec::<String>::new());
}

/// F040, 59, is certified without a wish. June's overtime comes in July: what is not computed yet is said, and is no zero.
#[test]
fn a_certificate_of_a_leaver_within_the_month_says_what_is_not_computed_yet() {
    let case = Case::with_history("003-hinata", &["F040"]);
    case.run("2026-06", "2026-06-25");
    let certificate = case.json("003-F-離職証明書/F040.json");
    let wages = rows(&certificate, "wage_periods", &["from", "to", "base_days", "total"]);
    assert_eq!(wages[0], [&json!("2026-06-01"), &json!("2026-06-20"), &Value::Null, &Value::Null]);
    assert_eq!(wages[1][..3], [&json!("2026-05-01"), &json!("2026-05-31"), &json!(31)]);
    let counting = rows(&certificate, "counting_periods", &["from", "to", "base_days", "counted"]);
    assert_eq!(counting[0], [&json!("2026-05-21"), &json!("2026-06-20"), &Value::Null, &json!("不明")]);
    assert_eq!(counting[1], [&json!("2026-04-21"), &json!("2026-05-20"), &json!(30), &json!("1か月")]);
    assert_eq!(counting.len(), 13);
    let open = case.findings("certificate_open");
    assert!(open[0].starts_with(
        "会社003 社員F040: 離職証明書に⑨の日数が分からない期間: 2026-05-21～2026-06-20。⑪⑫を計算できない期間: 2026-06-01～2026-06-20。／"
    ), "{open:?}");
}

/// 002-12 leaves on 9 October with a closing day of the 20th: 13 of 20 days of 251,330 and 12,300 and 12,480.
#[test]
fn a_certificate_follows_the_closing_day() {
    let case = Case::with_history("002-senshu", &["12"]);
    case.run("2026-10", "2026-10-23");
    let certificate = case.json("002-S-離職証明書/12.json");
    let wages = rows(&certificate, "wage_periods", &["from", "to", "base_days", "total", "full_month"]);
    let prorated = 163_365 + 7_995 + 8_112;
    assert_eq!(wages[0], [&json!("2026-09-21"), &json!("2026-10-09"), &json!(19), &json!(prorated), &json!(false)]);
    assert_eq!(wages[1][2..], [&json!(31), &json!(251_330 + 12_300 + 12_480), &json!(true)]);
    assert_eq!(
        wages[4][..],
        [&json!("2026-05-21"), &json!("2026-06-20"), &json!(31), &json!(240_000 + 12_480), &json!(true)]
    );
    assert_eq!(wages.len(), 7);
    let counting = rows(&certificate, "counting_periods", &["from", "to", "base_days"]);
    assert_eq!(counting[7], [&json!("2026-02-10"), &json!("2026-03-09"), &json!(28)]);
}

#[test]
fn a_loss_without_a_certificate_is_in_the_joint_file() {
    let case = hinata();
    case.set("被保険者資格", ["T052", "雇保"], "離職票の希望", "無");
    case.run("2026-06", "2026-07-01");
    let lines = case.lines("003-T-雇用保険喪失/10191-soshitsu.csv");
    assert_eq!(
        lines[9..],
        ["10191,,,9900,030052,2,1308,990003,0,令和,02,04,01,令和,08,06,30,2,2,,,,,ﾄｼﾏ ｱﾔ,豊島　綾,2,平成,08,10,30,\
          東京都練馬区架空町29-21,株式会社ひなた介護サービス,,,,,一身上の都合による自己都合退職,40,00,,,,,,,,,,,,,,,,"]
    );
    assert!(!case.folders().contains(&"003-T-離職証明書".to_owned()));
}

#[test]
fn the_list_beside_the_files_says_what_each_holds() {
    let case = hinata();
    case.run("2026-06", "2026-06-25");
    let list = case.json("届出一覧.json");
    let of = |path: &str| list.as_array().unwrap().iter().find(|made| made["path"] == path).cloned().unwrap();
    assert_eq!(
        of("届出/003-T-取得/SHFD0006.CSV"),
        json!({
            "path": "届出/003-T-取得/SHFD0006.CSV", "client": "003", "establishment": "T",
            "establishment_name": "株式会社ひなた介護サービス", "title": "資格取得届", "form": "2200700",
            "records": 2, "people": ["T095", "T156"], "media_number": "002", "made_on": "2026-06-25",
            "addressee": "年金事務所・健保組合", "deadline": "事実発生から5日以内", "deadline_confidence": "未確認"
        })
    );
    assert_eq!(of("届出/003-F-離職証明書/F040.json")["media_number"], Value::Null);
    assert_eq!(of("届出/003-T-雇用保険取得/10101-shutoku.csv")["deadline"], "翌月10日");
    assert!(case.out().join("届出/届出一覧.xlsx").exists());
}

/// The pension office gets a file, the 健康保険組合 a list of the same people and of those who concern it alone.
#[test]
fn a_society_gets_its_list_beside_the_pension_file() {
    let case = Case::of("004-kaku", &["1", "2", "3"]);
    for scheme in ["健保", "厚年"] {
        case.set("被保険者資格", ["2", scheme], "取得日", "2026-06-01");
        case.set("被保険者資格", ["2", scheme], "取得時の報酬 通貨", "398200");
        case.set("被保険者資格", ["2", scheme], "取得時の報酬 現物", "0");
    }
    // 1 reaches 75 in June: only the society loses an insured person.
    case.set("従業員", ["004", "1"], "生年月日", "1951-06-18");
    case.set("被保険者資格", ["1", "健保"], "喪失日", "2026-06-18").set(
        "被保険者資格",
        ["1", "健保"],
        "喪失原因",
        "7 75歳到達",
    );
    case.set("被保険者資格", ["1", "厚年"], "喪失日", "2021-06-17").set(
        "被保険者資格",
        ["1", "厚年"],
        "届出日",
        "2021-06-17",
    );
    case.set("扶養家族", ["004", "妻"], "健保の扶養 該当日", "2026-06-10");
    case.set("扶養家族", ["004", "妻"], "職業", "無職");
    case.run("2026-06", "2026-06-25");
    assert_eq!(case.folders(), ["004-Y-取得"]);
    let lines = case.lines("004-Y-取得/SHFD0006.CSV");
    assert!(lines[5].starts_with("2200700,31,04,ｶｸｳ,00404,2,ﾂﾙﾐ ｱｵｲ,鶴見　葵,5,590404,"), "{}", lines[5]);
    for list in ["取得", "喪失-健保のみ", "異動"] {
        assert!(case.out().join(format!("届出/004-Y-{list}-健保組合提出用一覧.xlsx")).exists(), "{list}");
    }
    let made = case.json("届出一覧.json");
    let of_society = made.as_array().unwrap().iter().filter(|made| made["form"] == "健保組合提出用一覧");
    assert_eq!(
        of_society.map(|made| made["people"].clone()).collect::<Vec<_>>(),
        [json!(["2"]), json!(["1"]), json!(["1"])]
    );
    assert!(case.findings("category_3_of_society")[0].starts_with("会社004 社員1: "));
}

/// 70 and over: leaving ends 70歳以上被用者 on the last day itself; from 75 on nothing else is left to file.
#[test]
fn people_over_seventy_end_on_their_last_day() {
    let case = Case::of("003-hinata", &["F068", "F019"]);
    // F019 (born 1956-06-10) reached 70 on 2026-06-09 and leaves on the 20th.
    case.set("従業員", ["003", "F019"], "退職日", "2026-06-20").set(
        "従業員",
        ["003", "F019"],
        "退職の区分",
        "自己都合",
    );
    for (scheme, day, cause) in [("健保", "2026-06-21", "4 退職等"), ("厚年", "2026-06-09", "")] {
        case.set("被保険者資格", ["F019", scheme], "喪失日", day);
        case.set("被保険者資格", ["F019", scheme], "喪失原因", cause);
    }
    // F068, 75 on the 18th, leaves on the 20th as well.
    case.set("従業員", ["003", "F068"], "退職日", "2026-06-20");
    case.run("2026-06", "2026-06-25");
    assert_eq!(
        case.lines("003-F-喪失/SHFD0006.CSV")[5..],
        [
            "2201700,75,31,ﾋﾅﾀ,00931,519,ｵｵﾑﾀ ｽｽﾑ,大牟田　進,5,310610,,9903,100519,9,080621,4,9,080620,,,,,,1,9,080620,",
            "2201700,75,31,ﾋﾅﾀ,00931,568,ﾕｸﾊｼ ﾕｳｶ,行橋　優花,5,260618,,9903,100568,9,080618,7,,,,,,0,0,,,,",
            "2201700,75,31,ﾋﾅﾀ,00931,,ﾕｸﾊｼ ﾕｳｶ,行橋　優花,5,260618,,9903,100568,,,4,9,080620,,,,0,0,1,9,080620,1",
        ]
    );
    assert_eq!(check(&case, "003-F-喪失/SHFD0006.CSV", "2026-06-25"), "エラーはありません。\n");
    assert!(case.findings("seventy_reached")[0].starts_with("会社003 社員F019: 70歳に達し"));
}

#[test]
fn days_that_do_not_agree_stop_the_loss() {
    let case = hinata();
    for scheme in ["健保", "厚年"] {
        case.set("被保険者資格", ["F040", scheme], "喪失日", "2026-06-25");
    }
    case.set("被保険者資格", ["F068", "健保"], "喪失日", "2026-06-17");
    case.run("2026-06", "2026-06-25");
    assert_eq!(case.lines("003-F-喪失/SHFD0006.CSV").len(), 6);
    let stopped = case.findings("loss_day");
    assert!(
        stopped[0]
            .starts_with("会社003 社員F040: 資格喪失届に載せていません。喪失日 2026-06-25 が退職日と合いません。")
    );
    assert!(
        stopped[1].starts_with(
            "会社003 社員F068: 資格喪失届に載せていません。喪失日 2026-06-17 が75歳の誕生日と合いません。"
        )
    );
}

/// 26,000 leavers with full remarks make a file beyond 4,500,000 bytes: it becomes several applications with a media number
/// each, and nobody is lost or filed twice. They were paid for the last time the month before: no slip is in the way.
#[test]
fn a_file_beyond_the_limit_becomes_several_applications() {
    const PEOPLE: usize = 26_000;
    let case = Case::of("002-senshu", &["12"]);
    case.set("従業員", ["002", "12"], "退職日", "2026-09-20");
    for scheme in ["健保", "厚年"] {
        case.set("被保険者資格", ["12", scheme], "喪失日", "2026-09-21");
        case.set("被保険者資格", ["12", scheme], "備考（喪失）", &"備".repeat(37));
    }
    for entry in fs::read_dir(case.book()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (header, rows) = text.split_once('\n').unwrap();
        if !header.contains("社員番号") {
            continue;
        }
        let mut many = format!("{header}\n");
        if ["従業員", "雇用条件", "被保険者資格"].iter().any(|sheet| path.file_stem().unwrap() == *sheet) {
            let rows: Vec<&str> = rows.lines().filter(|row| !row.contains(",雇保,")).collect();
            for row in (0..PEOPLE).flat_map(|number| rows.iter().map(move |row| (number, row))) {
                writeln!(many, "{}", row.1.replacen(",12,", &format!(",F{:05},", row.0), 1)).unwrap();
            }
        }
        fs::write(&path, many).unwrap();
    }
    case.run("2026-10", "2026-10-23");
    let folders = case.folders();
    assert_eq!(folders, ["002-S-喪失", "002-S-喪失-2"]);
    let mut records = 0;
    for (folder, number) in folders.iter().zip(["001", "002"]) {
        let path = case.out().join("届出").join(folder).join("SHFD0006.CSV");
        assert!(fs::metadata(&path).unwrap().len() < 4_500_000);
        let lines = case.lines(&format!("{folder}/SHFD0006.CSV"));
        assert_eq!(lines[0], format!(",,13990001,{number},20261023,22223"));
        records += lines.len() - 5;
    }
    assert_eq!(records, PEOPLE);
}
