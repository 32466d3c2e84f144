//! `kura month --bonus NAME` as a user runs it: every yen by hand from the facts of the invented books and the printed tables.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kura_book::{Book, Source};
use kura_calendar::Date;
use kura_model::{BonusState, PayKind};
use kura_yen::Yen;
use serde_json::Value;
use tempfile::TempDir;

/// A copy of an invented book that a test may change, in a folder of its own.
struct Copied {
    folder: TempDir,
}

/// What a run made, said, and its exit status.
struct Ran {
    out: PathBuf,
    said: String,
    status: i32,
}

impl Copied {
    fn of(demo: &str) -> Self {
        let copied = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(copied.book()).unwrap();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(demo)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, copied.book().join(path.file_name().unwrap())).unwrap();
        }
        copied
    }

    /// 003 with the bonuses of T045 and T031 alone, and what T045 was paid the month before as the row says it.
    fn of_two() -> Self {
        let copied = Self::of("003-hinata");
        copied.keep("賞与", |line| {
            line.starts_with("会社コード") || line.starts_with("003,T045,2026") || line.starts_with("003,T031,2026")
        });
        copied.change("賞与", "520700,0,6,,,自動", "520700,0,6,300000,,自動");
        copied.change("賞与", "150000,0,6,,,自動", "150000,0,6,0,,自動");
        copied
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("本")
    }

    fn sheet(&self, sheet: &str) -> (PathBuf, String) {
        let path = self.book().join(format!("{sheet}.csv"));
        let text = fs::read_to_string(&path).unwrap_or_default();
        (path, text.trim_start_matches('\u{feff}').to_owned())
    }

    fn change(&self, sheet: &str, from: &str, to: &str) {
        let (path, text) = self.sheet(sheet);
        assert!(text.contains(from), "{sheet} holds {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn keep(&self, sheet: &str, keeps: impl Fn(&str) -> bool) {
        let (path, text) = self.sheet(sheet);
        fs::write(path, text.lines().filter(|line| keeps(line)).map(|line| format!("{line}\n")).collect::<String>())
            .unwrap();
    }

    /// Adds a row to a sheet, by the headers of its cells; a sheet that is not there begins with them.
    fn add(&self, sheet: &str, cells: &[(&str, &str)]) {
        let (path, mut text) = self.sheet(sheet);
        if text.is_empty() {
            text = cells.iter().map(|(header, _)| *header).collect::<Vec<_>>().join(",") + "\n";
        }
        let headers: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        assert!(cells.iter().all(|(header, _)| headers.contains(header)), "{sheet} has {cells:?}");
        let cell = |header: &&str| cells.iter().find(|(of, _)| of == header).map_or("", |(_, value)| *value);
        let row: Vec<&str> = headers.iter().map(cell).collect();
        let row = row.join(",");
        fs::write(path, format!("{text}{row}\n")).unwrap();
    }

    /// Gives every row of a sheet one more column.
    fn add_column(&self, sheet: &str, header: &str, value: &str) {
        let (path, text) = self.sheet(sheet);
        let rows = text.lines().enumerate();
        let rows = rows.map(|(at, line)| format!("{line},{}\n", if at == 0 { header } else { value }));
        fs::write(path, rows.collect::<String>()).unwrap();
    }

    fn bonus(&self, month: &str, name: &str, as_of: &str) -> Ran {
        self.run(&self.book(), &["--month", month, "--bonus", name, "--as-of", as_of])
    }

    fn run(&self, book: &Path, arguments: &[&str]) -> Ran {
        let out = self.folder.path().join("出力");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kura"));
        let output = command.arg("month").arg(book).args(arguments).arg("--out").arg(&out).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ran { out, said, status: output.status.code().unwrap() }
    }
}

impl Ran {
    fn slips(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.out.join("slips.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn slip(&self, person: &str) -> Value {
        let slip = self.slips().into_iter().find(|slip| slip["person"] == person);
        slip.unwrap_or_else(|| panic!("a slip of {person}: {}", self.said))
    }

    /// 健康保険, 厚生年金, 雇用保険, 所得税, 差引 of a person.
    fn figures(&self, person: &str) -> [i64; 5] {
        let slip = self.slip(person);
        let taken = |code| amount(&slip, "deductions", code);
        let [health, pension] = [taken("health_insurance"), taken("employees_pension")];
        [health, pension, taken("employment_insurance"), taken("income_tax"), slip["net"].as_i64().unwrap()]
    }

    fn next_book(&self, name: &str) -> (PathBuf, Book) {
        let path = self.out.join("次の本").join(name);
        let bytes = fs::read(&path).unwrap();
        (path, kura_book::read(Source::Workbook(&bytes)).0)
    }

    /// The records of a 届書CSV, cut into fields.
    fn records(&self, folder: &str) -> Vec<Vec<String>> {
        let bytes = fs::read(self.out.join("届出").join(folder).join("SHFD0006.CSV")).unwrap();
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!broken);
        let records = text.lines().filter(|line| line.starts_with("2265700"));
        records.map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }
}

fn amount(slip: &Value, list: &str, code: &str) -> i64 {
    let lines = slip[list].as_array().unwrap().iter().filter(|line| line["code"] == code);
    lines.map(|line| line["amount"].as_i64().unwrap()).sum()
}

/// A rate of the printed table of bonuses, in 1/100000, for people with some dependants.
fn bonus_rate(previous_pay: i64, dependents: usize) -> i64 {
    let printed = include_str!("../../../law/tax/withholding_bonus_r8.csv");
    let rows = printed.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let mut rows = rows.filter(|cells| {
        let bound = |at: usize| cells[at].parse::<i64>();
        bound(1 + 2 * dependents).is_ok_and(|from| from <= previous_pay)
            && bound(2 + 2 * dependents).is_ok_and(|to| previous_pay < to)
    });
    let rate = rows.next().unwrap()[0];
    let (whole, decimals) = rate.split_once('.').unwrap();
    whole.parse::<i64>().unwrap() * 100_000 + format!("{decimals:0<5}").parse::<i64>().unwrap()
}

/// 月額表 甲欄: the printed rows, and above 740,000 yen the amount of the bound with a part of what is above it, less its fraction.
fn monthly_tax(pay: i64, dependents: usize) -> i64 {
    let rows = |printed: &'static str| printed.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let number = |cell: &str| cell.parse::<i64>().unwrap();
    if pay < 740_000 {
        let mut rows = rows(include_str!("../../../law/tax/withholding_monthly_r8.csv"));
        return number(rows.find(|cells| number(cells[0]) <= pay && pay < number(cells[1])).unwrap()[2 + dependents]);
    }
    let mut rows = rows(include_str!("../../../law/tax/withholding_monthly_r8_over_740000.csv"));
    let row = rows
        .find(|cells| cells[0] == "kou" && number(cells[1]) <= pay && (cells[2].is_empty() || pay < number(cells[2])));
    let row = row.unwrap();
    let rate = format!("{:0<5}", row[3].trim_start_matches("0.")).parse::<i64>().unwrap();
    number(row[4 + dependents]) + (pay - number(row[1])) * rate / 100_000
}

/// 東京, July 2026: 9.85 % + care 1.62 % + levy 0.23 %, of which the employee bears half, 50 sen and less dropped.
fn tokyo_with_care(standard: i64) -> i64 {
    (standard * (9_850 + 1_620 + 230) + 99_999) / 200_000
}

/// The summer bonus of the care company over the book of its June: last month's pay is that run's own slip.
#[test]
fn the_summer_bonus_follows_the_june_of_its_book() {
    let copied = Copied::of("003-hinata");
    let june = copied.run(&copied.book(), &["--month", "2026-06", "--as-of", "2026-07-01", "--no-pdf"]);
    let june_taxable = june.slip("T045")["taxable"].as_i64().unwrap();
    let (_, july_book) = june.next_book("蔵ブック_2026-07.xlsx");
    let book = copied.folder.path().join("七月.xlsx");
    fs::copy(june.out.join("次の本/蔵ブック_2026-07.xlsx"), &book).unwrap();

    let ran = copied.run(&book, &["--month", "2026-07", "--bonus", "夏季賞与", "--as-of", "2026-07-10", "--no-pdf"]);
    assert_eq!(ran.status, 0, "{}", ran.said);
    let planned = july_book.bonuses.iter().filter(|row| row.state == Some(BonusState::Planned)).count();
    assert_eq!(ran.slips().len(), planned);
    // T045: 標準賞与額 520,000; 5/1000 of 520,700 is 2,603.5.
    let [health, pension, employment] = [30_420, 47_580, 2_603];
    assert_eq!(health, tokyo_with_care(520_000));
    let taxable = 520_700 - health - pension - employment;
    let tax = taxable * bonus_rate(june_taxable, 3) / 100_000;
    assert_eq!(ran.figures("T045"), [health, pension, employment, tax, taxable - tax]);
    let slip = ran.slip("T045");
    assert_eq!(
        (&slip["kind"], &slip["payment_date"], &slip["payment_month"]),
        (&"bonus".into(), &"2026-07-10".into(), &"2026-07".into())
    );
    assert_eq!(slip["clocks"]["premium_month"], "2026-07");
    assert_eq!(amount(&slip, "pay", "bonus"), 520_700);
    for list in ["賞与一覧表", "振込一覧"] {
        assert!(ran.out.join(format!("一覧/003-{list}.xlsx")).exists(), "{list}");
    }
    // T031: on 育休 over the end of July and for more than a month; nothing was paid to her in June.
    assert_eq!(ran.figures("T031"), [0, 0, 750, 0, 149_250]);

    let records = ran.records("003-T-賞与");
    let of = |number: &str| records.iter().find(|fields| fields[4] == number).unwrap().clone();
    assert_eq!(&of("45")[10..14], ["080710", "520700", "0", "520000"]);
    assert_eq!(&of("31")[10..14], ["080710", "150000", "0", "150000"]);
    let of_kurume = ran.records("003-F-賞与");
    assert_eq!(records.len() + of_kurume.len(), planned);
    // F068 is 75 and left 健保 in June: she is reported as 70歳以上被用者 alone, and bears 雇用保険 alone.
    assert_eq!(ran.figures("F068")[..3], [0, 0, 1_404]);
    let f068 = of_kurume.iter().find(|fields| fields[4] == "568").unwrap();
    assert_eq!(f068.iter().filter(|field| *field == "1").count(), 2, "{f068:?}");

    let (path, next) = ran.next_book("蔵ブック_2026-07_夏季賞与.xlsx");
    assert_eq!(next.cover.as_of_month, july_book.cover.as_of_month);
    let settled =
        next.bonuses.iter().find(|row| row.employee_code.as_str() == "T031" && row.paid_on == day(2026, 7, 10));
    let settled = settled.unwrap();
    assert_eq!(settled.state, Some(BonusState::Settled));
    assert_eq!([settled.health_standard_bonus, settled.pension_standard_bonus], [Some(Yen::new(150_000)); 2]);
    assert_eq!(
        [settled.health_total, settled.employment_insurance, settled.net],
        [0, 750, 149_250].map(|yen| Some(Yen::new(yen)))
    );
    let history = next.pay_histories.iter().filter(|row| row.kind == PayKind::Bonus && row.paid_on == day(2026, 7, 10));
    assert_eq!(history.count(), planned);
    let lines =
        next.pay_lines.iter().filter(|row| row.employee_code.as_str() == "T045" && row.paid_on == day(2026, 7, 10));
    assert_eq!(lines.count(), 5);

    // What is paid is not paid again.
    let book = copied.folder.path().join("賞与の後.xlsx");
    fs::copy(&path, &book).unwrap();
    let again = copied.run(&book, &["--month", "2026-07", "--bonus", "夏季賞与", "--as-of", "2026-07-10", "--no-pdf"]);
    assert_eq!((again.status, again.slips().len()), (1, 0));
    assert!(again.said.contains("支給済み"), "{}", again.said);
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// What 002-01 was paid in November, after social insurance.
fn winter(previous_pay: &str) -> Copied {
    let copied = Copied::of("002-senshu");
    copied.add(
        "給与履歴",
        &[
            ("会社コード", "002"),
            ("社員番号", "01"),
            ("種別", "給与"),
            ("支給日", "2026-11-25"),
            ("支給月", "2026-11"),
            ("課税対象", previous_pay),
            ("状態", "確定"),
        ],
    );
    copied
}

/// 5,730,000 yen a fiscal year less the 1,000,000 of July; 1,500,000 a month for the pension; an officer has no 雇用保険.
/// 大阪, December 2026: 10.13 % + care 1.62 % + levy 0.23 %.
const WINTER_HEALTH: i64 = (5_730_000 - 1_000_000) * (10_130 + 1_620 + 230) / 200_000;
const WINTER_PENSION: i64 = 1_500_000 * 183 / 2_000;
const WINTER_TAXABLE: i64 = 6_000_000 - WINTER_HEALTH - WINTER_PENSION;

#[test]
fn the_winter_bonus_of_the_president_meets_both_caps() {
    let copied = winter("1130000");
    let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
    assert_eq!(ran.status, 0, "{}", ran.said);
    assert_eq!((WINTER_HEALTH, WINTER_PENSION), (283_327, 137_250));
    // 甲欄1人, 952,000円以上1,342,000円未満: 32.672 %.
    let tax = WINTER_TAXABLE * 32_672 / 100_000;
    assert_eq!(ran.figures("01"), [283_327, 137_250, 0, tax, WINTER_TAXABLE - tax]);
    let (_, next) = ran.next_book("蔵ブック_2026-12_冬季賞与.xlsx");
    let row = next.bonuses.iter().find(|row| row.paid_on == day(2026, 12, 10)).unwrap();
    assert_eq!(row.health_standard_bonus, Some(Yen::new(4_730_000)));
    assert_eq!(row.pension_standard_bonus, Some(Yen::new(1_500_000)));
    // The report carries the whole bonus.
    let records = ran.records("002-S-賞与");
    assert_eq!(&records[0][10..14], ["081210", "6000000", "0", "6000000"]);
}

#[test]
fn above_ten_times_the_pay_of_the_month_before_the_monthly_table_decides() {
    let tax = |previous_pay: &str| {
        let copied = winter(previous_pay);
        let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
        assert_eq!(ran.status, 0, "{}", ran.said);
        ran.figures("01")[3]
    };
    // Ten times 557,942 is 5,579,420, three yen less than the taxed bonus; one yen more is enough for the rate table.
    assert_eq!(WINTER_TAXABLE, 5_579_423);
    let share = WINTER_TAXABLE / 6;
    assert_eq!(tax("557942"), (monthly_tax(557_942 + share, 1) - monthly_tax(557_942, 1)) * 6);
    assert_eq!(tax("557943"), WINTER_TAXABLE * bonus_rate(557_943, 1) / 100_000);
    // 0 yen is as good as none, and other than unknown.
    assert_eq!(tax("0"), monthly_tax(share, 1) * 6);
}

#[test]
fn a_typed_pay_of_the_month_before_wins_over_the_history_and_seven_months_divide_by_twelve() {
    let copied = winter("1130000");
    copied.change("賞与", "6000000,0,6,,", "6000000,0,7,0,");
    let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
    assert_eq!(ran.figures("01")[3], monthly_tax(WINTER_TAXABLE / 12, 1) * 12);
}

#[test]
fn a_bonus_whose_month_before_is_unknown_stops_and_says_what_to_write() {
    let copied = Copied::of("002-senshu");
    let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
    assert_eq!((ran.status, ran.slips().len()), (1, 0));
    assert!(ran.said.contains("会社002 社員01: 2026-11 に支払った給与が給与履歴になく"), "{}", ran.said);
    // A book whose November is settled for others says that nothing was paid to this one.
    let copied = winter("1130000");
    copied.change("給与履歴", "002,01,給与,2026-11-25", "002,02,給与,2026-11-25");
    copied.change("表紙", "2026-09", "2026-11");
    let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
    assert_eq!(ran.status, 0, "{}", ran.said);
    assert_eq!(ran.figures("01")[3], monthly_tax(WINTER_TAXABLE / 6, 1) * 6);
}

#[test]
fn other_insurers_of_the_year_count_towards_the_cap() {
    let copied = winter("1130000");
    copied.change("賞与", "6000000,0,6,,,", "6000000,0,6,,4700000,");
    let ran = copied.bonus("2026-12", "冬季賞与", "2026-12-10");
    // 30,000 yen are left of the year.
    assert_eq!(ran.figures("01")[..2], [30_000 * 11_980 / 200_000, 137_250]);
}

#[test]
fn leave_that_ends_before_the_month_does_exempts_nothing() {
    let copied = Copied::of_two();
    copied.change("休業", "003,T031,育児,2026-01-10,2027-01-09,", "003,T031,育児,2026-01-10,2026-07-30,");
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    // 35 years: 150,000 x (9.85 + 0.23) % / 2 and x 18.3 % / 2.
    assert_eq!(ran.figures("T031")[..3], [7_560, 13_725, 750], "{}", ran.said);
    let typed = Copied::of_two();
    typed.change("休業", "003,T031,育児,2026-01-10,2027-01-09,", "003,T031,育児,2026-01-10,2026-07-30,");
    typed.change("賞与", "150000,0,6,0,,自動", "150000,0,6,0,,育休（1か月超・月末）");
    let ran = typed.bonus("2026-07", "夏季賞与", "2026-07-10");
    assert_eq!(ran.figures("T031")[..3], [0, 0, 750], "{}", ran.said);
}

#[test]
fn a_leaver_of_the_month_is_reported_and_bears_no_premium() {
    let leaving = |last_day: &str| {
        let copied = Copied::of_two();
        let (path, text) = copied.sheet("従業員");
        let headers: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let at = headers.iter().position(|header| *header == "退職日").unwrap();
        let rows = text.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if line.starts_with("003,T045,") {
                cells[at] = last_day;
            }
            cells.join(",") + "\n"
        });
        fs::write(path, rows.collect::<String>()).unwrap();
        let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
        let reported = ran.records("003-T-賞与").iter().any(|fields| fields[4] == "45");
        (ran.figures("T045"), reported)
    };
    assert_eq!(leaving("2026-07-31").0[..3], [30_420, 47_580, 2_603]);
    let (figures, reported) = leaving("2026-07-30");
    assert_eq!((&figures[..3], reported), (&[0, 0, 2_603][..], true));
}

/// A second bonus of the month: 標準賞与額 of both together, less what the first one bore; and a first that must come first.
#[test]
fn two_bonuses_of_a_month_are_one_standard_bonus() {
    let copied = Copied::of_two();
    let settlement = [
        ("会社コード", "003"),
        ("社員番号", "T045"),
        ("支給日", "2026-07-24"),
        ("賞与名", "決算賞与"),
        ("状態", "予定"),
        ("支給額 通貨", "300400"),
        ("前月の給与（社保控除後）", "300000"),
    ];
    copied.add("賞与", &settlement);
    let early = copied.bonus("2026-07", "決算賞与", "2026-07-24");
    assert_eq!((early.status, early.slips().len()), (1, 0));
    assert!(early.said.contains("2026-07-10 の賞与が予定のまま"), "{}", early.said);

    let summer = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    assert_eq!(summer.status, 0, "{}", summer.said);
    let book = copied.folder.path().join("次.xlsx");
    fs::copy(summer.out.join("次の本/蔵ブック_2026-07_夏季賞与.xlsx"), &book).unwrap();
    let ran = copied.run(&book, &["--month", "2026-07", "--bonus", "決算賞与", "--as-of", "2026-07-24"]);
    assert_eq!(ran.status, 0, "{}", ran.said);
    // 821,100 -> 821,000: 48,028.5 -> 48,028 and 75,121.5 -> 75,121 of the month, less 30,420 and 47,580.
    assert_eq!(ran.figures("T045")[..3], [48_028 - 30_420, 75_121 - 47_580, 1_502]);
    let records = ran.records("003-T-賞与");
    assert_eq!(&records[0][10..14], ["080724", "821100", "0", "821000"]);
    assert!(records[0].contains(&"10".to_owned()), "the day of the first payment: {:?}", records[0]);
}

/// Items of the bonus: a typed sum, a formula on it, and 変動支給 that must add up; the month's pay never shows them.
#[test]
fn items_of_a_bonus_come_from_formulas_and_variable_pay() {
    let copied = Copied::of_two();
    let item = |code: &str, name: &str, kind: &str, source: &str, formula: &str| {
        let earning = if kind == "支給" {
            ["課税", "賞与（年3回以下）", "非固定", "○"]
        } else {
            ["", "", "", ""]
        };
        copied.add(
            "支給控除項目",
            &[
                ("会社コード", "003"),
                ("項目コード", code),
                ("給与体系コード", "M"),
                ("適用開始日", "2026-04-01"),
                ("項目名", name),
                ("区分", kind),
                ("金額の決め方", source),
                ("式", formula),
                ("式の端数", if formula.is_empty() { "" } else { "切捨" }),
                ("賞与で使う", "○"),
                ("課税区分", earning[0]),
                ("社会保険の報酬", earning[1]),
                ("固定的賃金", earning[2]),
                ("労働保険の賃金", earning[3]),
                ("割増の基礎", if kind == "支給" { "除外:1か月超" } else { "" }),
                ("割増の基礎の分母", if kind == "支給" { "月" } else { "" }),
            ],
        );
    };
    item("B010", "基本賞与", "支給", "変動支給", "");
    item("B020", "業績賞与", "支給", "変動支給", "");
    item("B900", "賞与組合費", "控除", "式", "賞与*0.01");
    copied.change("協定", "組合費", "組合費、賞与組合費");
    let given = |person: &str, code: &str, yen: &str| {
        let cells =
            [("会社コード", "003"), ("社員番号", person), ("支給月", "2026-07"), ("項目コード", code), ("金額", yen)];
        copied.add("変動支給", &cells);
    };
    given("T045", "B010", "400000");
    given("T045", "B020", "120700");
    given("T031", "B010", "150001");
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    let slip = ran.slip("T045");
    assert_eq!([amount(&slip, "pay", "B010"), amount(&slip, "pay", "B020")], [400_000, 120_700]);
    assert_eq!(amount(&slip, "deductions", "B900"), 5_207);
    assert_eq!(ran.figures("T045")[..3], [30_420, 47_580, 2_603]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.said.contains("会社003 社員T031: 賞与の支給額（通貨）と、項目別の額の合計が一致しません"),
        "{}",
        ran.said
    );
    // The rows that were used are gone, those of the person who was stopped wait.
    let (_, next) = ran.next_book("蔵ブック_2026-07_夏季賞与.xlsx");
    let left: Vec<&str> = next.variable_pays.iter().map(|row| row.employee_code.as_str()).collect();
    assert_eq!(left, ["T031"]);
}

#[test]
fn deductions_above_the_bonus_are_owed_and_nothing_is_transferred() {
    let copied = Copied::of_two();
    copied.add(
        "支給控除項目",
        &[
            ("会社コード", "003"),
            ("項目コード", "B910"),
            ("給与体系コード", "M"),
            ("適用開始日", "2026-04-01"),
            ("項目名", "貸付金返済"),
            ("区分", "控除"),
            ("金額の決め方", "変動支給"),
            ("賞与で使う", "○"),
        ],
    );
    let cells = [
        ("会社コード", "003"),
        ("社員番号", "T031"),
        ("支給月", "2026-07"),
        ("項目コード", "B910"),
        ("金額", "200000"),
    ];
    copied.add("変動支給", &cells);
    let refused = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    assert!(refused.said.contains("貸付金返済") && refused.said.contains("労基法24条"), "{}", refused.said);
    assert_eq!((refused.status, refused.slips().len()), (1, 0));
    copied.change("協定", "組合費", "組合費、貸付金返済");
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    let slip = ran.slip("T031");
    assert_eq!((&slip["net"], &slip["shortfall"]), (&(149_250 - 200_000).into(), &50_750.into()), "{}", ran.said);
}

/// 004-2: 4.20 + 0.90 + 0.115 % of the society, never a half by assumption; the pension office hears of the pension.
#[test]
fn a_society_charges_its_own_shares_and_is_named_for_its_report() {
    let copied = Copied::of("004-kaku");
    copied.add(
        "賞与",
        &[
            ("会社コード", "004"),
            ("社員番号", "2"),
            ("支給日", "2026-06-19"),
            ("賞与名", "夏季賞与"),
            ("状態", "予定"),
            ("支給額 通貨", "400999"),
            ("算定期間（月）", "6"),
            ("前月の給与（社保控除後）", "300000"),
        ],
    );
    let ran = copied.bonus("2026-06", "夏季賞与", "2026-06-19");
    assert_eq!(ran.status, 0, "{}", ran.said);
    assert_eq!(ran.figures("2")[..3], [400_000 * 5_215 / 100_000, 400_000 * 183 / 2_000, 2_005]);
    let names = fs::read_dir(ran.out.join("届出")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    let folder = names.iter().find(|name| name.ends_with("-賞与")).unwrap();
    assert_eq!(&ran.records(folder)[0][11..14], ["400999", "0", "400000"]);
    assert!(names.iter().any(|name| name.ends_with("-賞与-健保組合提出用一覧.xlsx")), "{names:?}");
    assert!(names.contains(&"届出一覧.xlsx".to_owned()), "{names:?}");
}

#[test]
fn a_row_of_nobody_and_a_name_of_no_bonus_are_named() {
    let copied = Copied::of_two();
    copied.add(
        "賞与",
        &[
            ("会社コード", "003"),
            ("社員番号", "Z999"),
            ("支給日", "2026-07-10"),
            ("賞与名", "夏季賞与"),
            ("状態", "予定"),
            ("支給額 通貨", "100000"),
        ],
    );
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    assert_eq!((ran.status, ran.slips().len()), (1, 2));
    assert!(ran.said.contains("会社003 社員Z999: 会社か従業員のシートにない人です"), "{}", ran.said);
    let ran = copied.bonus("2026-07", "冬季賞与", "2026-07-10");
    assert_eq!((ran.status, ran.slips().len()), (1, 0));
    assert!(ran.said.contains("この月の予定は「夏季賞与」です"), "{}", ran.said);
}

#[test]
fn the_report_waits_for_the_day_of_payment() {
    let copied = Copied::of_two();
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-09");
    assert_eq!((ran.status, ran.slips().len()), (0, 2), "{}", ran.said);
    assert!(!ran.out.join("届出").exists());
    assert!(ran.said.contains("賞与支払届は 2026-07-10 から作れる届出"), "{}", ran.said);
}

#[test]
fn the_payslip_of_a_bonus_says_what_it_is() {
    let copied = Copied::of_two();
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    let pdf = ran.out.join("明細/003-T045.pdf");
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for words in [
        "賞与明細書",
        "夏季賞与",
        "令和8年7月10日",
        "石神井",
        "520,700",
        "30,420",
        "47,580",
        "介護保険",
        "520,000円",
        "課税対象額の",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(!text.contains("勤怠") && !text.contains("締切日"), "{text}");
}

#[test]
fn the_register_of_a_bonus_shows_standards_caps_and_exemptions() {
    let copied = Copied::of_two();
    let ran = copied.bonus("2026-07", "夏季賞与", "2026-07-10");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(ran.out.join("一覧/003-賞与一覧表.xlsx")).unwrap();
    let (_, sheet) = calamine::Reader::worksheets(&mut book).into_iter().next().unwrap();
    let rows: Vec<String> = sheet.rows().map(|row| row.iter().map(|cell| format!("{cell} ")).collect()).collect();
    let text = rows.join("\n");
    let of = |person: &str| rows.iter().find(|row| row.contains(person)).unwrap();
    assert!(of("T045").contains("520700 520700 30420 47580 2603") && of("T045").contains("520000 520000 0"), "{text}");
    assert!(of("T031").contains("150000 150000 0") && of("T031").contains("産休・育休により免除"), "{text}");
}

/// A registered month without a bonus owes a report; a planned row is enough to owe none.
#[test]
fn a_registered_month_without_a_bonus_is_named_by_the_month_of_pay() {
    let june = |copied: &Copied| {
        let ran = copied.run(&copied.book(), &["--month", "2026-06", "--as-of", "2026-07-01", "--no-pdf"]);
        assert_eq!(ran.status, 0, "{}", ran.said);
        ran.said.contains("賞与不支給報告書")
    };
    let copied = Copied::of("000-hajimari");
    assert!(!june(&copied));
    copied.add_column("事業所", "賞与支払予定月", "6・12");
    assert!(june(&copied));
    copied.add(
        "賞与",
        &[
            ("会社コード", "000"),
            ("社員番号", "01"),
            ("支給日", "2026-06-30"),
            ("賞与名", "夏季賞与"),
            ("状態", "予定"),
            ("支給額 通貨", "300000"),
        ],
    );
    assert!(!june(&copied));
}

#[test]
fn figures_of_which_a_later_version_is_announced_are_named() {
    let outdated = |month: &str, day: &str| {
        let copied = Copied::of_two();
        // The table of tax on bonuses ends with 2026 and is refused by name; a 非居住者 does not need it.
        copied.change("従業員", ",居住者,", ",非居住者,");
        copied.change("賞与", "003,T045,2026-07-10", &format!("003,T045,{day}"));
        let ran = copied.bonus(month, "夏季賞与", day);
        assert_eq!(ran.slips().len(), 1, "{}", ran.said);
        let findings = fs::read_to_string(ran.out.join("確認事項.jsonl")).unwrap();
        findings.lines().filter(|line| line.contains(r#""code":"law_outdated""#)).count()
    };
    // The rates of insurance change in March: 協会けんぽ and the national ones.
    assert_eq!([outdated("2027-02", "2027-02-26"), outdated("2027-03", "2027-03-01")], [0, 2]);
}
