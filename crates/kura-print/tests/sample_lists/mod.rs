//! Invented lists of the shapes that an office prints. Nobody in them exists.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a sample that cannot be made is no sample")]

use kura_calendar::{Date, Month};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage, ListRow, ListRowKind};
use kura_yen::{Exact, Yen};

/// Every sample with its name.
pub(crate) fn all() -> Vec<(&'static str, List)> {
    vec![("register", register(31)), ("ledger", ledger()), ("premiums", premiums(120)), ("transfers", transfers())]
}

const FAMILY: [&str; 8] = ["架空", "見本", "試験", "例示", "仮名", "作例", "模擬", "雛形"];
const GIVEN: [&str; 8] = ["花子", "太郎", "次郎", "美咲", "健一", "さくら", "アレクサンドリーナ・マリア", "翔"];
const PAY: [&str; 14] = [
    "基本給",
    "役職手当",
    "資格手当",
    "家族手当",
    "住宅手当",
    "皆勤手当",
    "時間外手当",
    "深夜手当",
    "休日手当",
    "特殊勤務手当（夜間及び休日の緊急呼出し対応に係る加算分その一）",
    "通勤手当（非課税）",
    "通勤手当（課税）",
    "不就労控除",
    "前月差額調整",
];
const DEDUCTIONS: [&str; 13] = [
    "健康保険料",
    "介護保険料",
    "子ども・子育て支援金",
    "厚生年金保険料",
    "雇用保険料",
    "社会保険料計",
    "所得税",
    "住民税",
    "年末調整",
    "財形貯蓄",
    "団体扱生命保険料",
    "社宅使用料",
    "組合費",
];
const ATTENDANCE: [&str; 9] =
    ["所定日数", "出勤日数", "欠勤日数", "有給取得", "総労働時間", "時間外", "深夜", "法定休日", "遅刻早退"];

fn name(number: usize) -> String {
    if number == 5 {
        return "架空之宮　アレクサンドリーナ・マリア・花子・ジュニア・フォン・見本之浦四十文字目迄".to_owned();
    }
    format!("{}　{}", FAMILY[number % FAMILY.len()], GIVEN[(number / 3) % GIVEN.len()])
}

fn yen(amount: i64) -> ListCell {
    ListCell::Yen(Yen::new(amount))
}

fn captions() -> Vec<String> {
    ["株式会社越路みそ醸造", "令和8年6月分", "締切日 令和8年6月15日", "支給日 令和8年6月25日(木)"]
        .map(str::to_owned)
        .into()
}

/// The 36 items of pay and deductions with their sums, under the heads of `keys`.
fn pay_columns(keys: Vec<ListColumn>) -> Vec<ListColumn> {
    let mut columns = keys;
    let kind = |place: usize| if place < 4 { Kind::Days } else { Kind::Hours };
    columns.extend(
        ATTENDANCE.iter().enumerate().map(|(place, name)| ListColumn::new(*name, kind(place)).in_section("勤怠")),
    );
    columns.extend(PAY.iter().map(|name| ListColumn::new(*name, Kind::Yen).in_section("支給")));
    columns.push(ListColumn::new("総支給額", Kind::Yen).in_section("支給").total());
    columns.extend(DEDUCTIONS.iter().map(|name| ListColumn::new(*name, Kind::Yen).in_section("控除")));
    columns.push(ListColumn::new("控除合計", Kind::Yen).in_section("控除").total());
    columns.push(ListColumn::new("差引支給額", Kind::Yen).total());
    columns.push(ListColumn::new("備考", Kind::Text));
    columns
}

fn pay_cells(number: usize) -> Vec<ListCell> {
    let step = i64::try_from(number).unwrap();
    let mut cells: Vec<ListCell> = vec![
        Exact::whole(21).into(),
        Exact::whole(20).into(),
        if number.is_multiple_of(4) { Exact::parse("0.5").unwrap().into() } else { ListCell::Empty },
        Exact::whole(1).into(),
        ListCell::Minutes(9_600 + step),
        ListCell::Minutes(754),
        ListCell::Empty,
        ListCell::Empty,
        ListCell::Minutes(if number.is_multiple_of(7) { 35 } else { 0 }),
    ];
    let sum = |cells: &mut Vec<ListCell>, count: usize, base: i64| {
        let amounts: Vec<i64> = (0..count)
            .map(|item| match (item, i64::try_from(item).unwrap()) {
                (0, _) => base + 1_111 * step,
                (12, _) => -3_400 * (step % 3),
                (_, place) if (step + place) % 3 == 0 => 0,
                (_, place) => 1_000 * place + 37 * step,
            })
            .collect();
        let shown = amounts.iter().enumerate();
        cells.extend(shown.map(|(item, amount)| if item == 8 { ListCell::Empty } else { yen(*amount) }));
        let total = amounts.iter().sum();
        cells.push(yen(total));
        total
    };
    let pay = sum(&mut cells, PAY.len(), 248_000);
    let deducted = sum(&mut cells, DEDUCTIONS.len(), 14_820);
    cells.push(yen(pay - deducted));
    cells.push(ListCell::Empty);
    cells
}

/// 支給控除一覧表: 40 items of `people` people with the sum of all.
pub(crate) fn register(people: usize) -> List {
    let keys = vec![ListColumn::new("社員番号", Kind::Code), ListColumn::new("氏名", Kind::Text)];
    let row = |kind, code: String, name: String, number| {
        let mut cells = vec![ListCell::Text(code), ListCell::Text(name)];
        cells.extend(pay_cells(number));
        ListRow::new(kind, cells)
    };
    let mut rows: Vec<ListRow> =
        (0..people).map(|number| row(ListRowKind::Plain, format!("{:04}", number + 1), name(number), number)).collect();
    rows.push(row(ListRowKind::Total, String::new(), format!("合計 {people}人"), 9_876));
    List {
        title: "支給控除一覧表".into(),
        captions: captions(),
        columns: pay_columns(keys),
        key_columns: 2,
        rows,
        notes: vec!["控除の「子ども・子育て支援金」は健康保険料に含まれる額の内訳です。".into()],
        page: ListPage::PeopleAcross,
    }
}

/// 賃金台帳: twelve months and two bonuses of one person.
pub(crate) fn ledger() -> List {
    let month = |number: i8| Month::new(2026, number).unwrap();
    let row = |kind, key, number| {
        let mut cells = vec![key];
        cells.extend(pay_cells(number));
        ListRow::new(kind, cells)
    };
    let mut rows: Vec<ListRow> =
        (1..=12).map(|number| row(ListRowKind::Plain, month(number).into(), number.unsigned_abs().into())).collect();
    rows.push(row(ListRowKind::Plain, "夏季賞与".into(), 300));
    rows.push(row(ListRowKind::Plain, "冬季賞与".into(), 310));
    rows.push(row(ListRowKind::Total, "合計".into(), 4_000));
    List {
        title: "賃金台帳".into(),
        captions: vec!["株式会社越路みそ醸造".into(), "令和8年".into(), "0006".into(), name(5), "性別 女".into()],
        columns: pay_columns(vec![ListColumn::new("月", Kind::Month)]),
        key_columns: 1,
        rows,
        notes: Vec::new(),
        page: ListPage::PeopleAcross,
    }
}

/// 社会保険料一覧: fifteen columns, a heading and a subtotal for every forty people.
pub(crate) fn premiums(people: usize) -> List {
    let amounts = [
        "健康保険料（本人）",
        "健康保険料（会社）",
        "介護保険料（本人）",
        "介護保険料（会社）",
        "支援金（本人）",
        "支援金（会社）",
        "厚生年金保険料（本人）",
        "厚生年金保険料（会社）",
        "子ども・子育て拠出金",
    ];
    let mut columns = vec![
        ListColumn::new("社員番号", Kind::Code),
        ListColumn::new("氏名", Kind::Text),
        ListColumn::new("生年月日", Kind::Date),
        ListColumn::new("等級", Kind::Number).in_section("標準報酬"),
        ListColumn::new("健保の標準報酬月額", Kind::Yen).in_section("標準報酬"),
    ];
    columns.extend(amounts.iter().map(|name| ListColumn::new(*name, Kind::Yen).in_section("保険料")));
    columns.push(ListColumn::new("備考", Kind::Text));
    let sum = |kind, words: &str, step: i64| {
        let mut cells = vec![ListCell::Empty, words.into(), ListCell::Empty, ListCell::Empty, ListCell::Empty];
        cells.extend((1..=9).map(|item| yen(step * 15_000 * item)));
        ListRow::new(kind, cells)
    };
    let mut rows = Vec::new();
    for number in 0..people {
        if number.is_multiple_of(40) {
            rows.push(ListRow::heading(format!("第{}事業所", number / 40 + 1)));
        }
        let step = i64::try_from(number).unwrap();
        let born = Date::new(1960 + i16::try_from(number % 45).unwrap(), 3, 14).unwrap();
        let mut cells = vec![
            format!("{:04}", number + 1).into(),
            name(number).into(),
            born.into(),
            Exact::whole(step % 50 + 1).into(),
            yen(88_000 + 2_000 * step),
        ];
        cells.extend((1..=9_i64).map(|item| if item == 4 { ListCell::Empty } else { yen(1_234 * item + step) }));
        cells.push(ListCell::of((number % 9 == 5).then_some("当月に資格を取得しました")));
        rows.push(ListRow::plain(cells));
        if number % 40 == 39 {
            rows.push(sum(ListRowKind::Subtotal, "小計", 40));
        }
    }
    rows.push(sum(ListRowKind::Total, "合計", 120));
    List {
        title: "社会保険料一覧".into(),
        captions: captions(),
        columns,
        key_columns: 2,
        rows,
        notes: vec![
            "納入告知額との差は、被保険者ごとの端数処理によるものです。".into(),
            "会社負担は納入告知額から本人負担を差し引いた額です。".into(),
        ],
        page: ListPage::Landscape,
    }
}

/// 振込一覧: upright, with texts that a spreadsheet must not take for formulas.
pub(crate) fn transfers() -> List {
    let columns = vec![
        ListColumn::new("社員番号", Kind::Code),
        ListColumn::new("氏名", Kind::Text),
        ListColumn::new("銀行・支店", Kind::Text),
        ListColumn::new("種目", Kind::Text),
        ListColumn::new("口座番号", Kind::Code),
        ListColumn::new("口座名義", Kind::Text),
        ListColumn::new("振込額", Kind::Yen),
    ];
    let row = |number: usize| {
        let holder = if number == 2 { "=HYPERLINK(\"x\")" } else { "ｶｸｳ ﾊﾅｺ" };
        ListRow::plain(vec![
            format!("{:04}", number + 1).into(),
            name(number).into(),
            "架空銀行 0001　本店営業部 001".into(),
            "普通".into(),
            "0123456".into(),
            holder.into(),
            yen(if number == 3 { -1_200 } else { 247_511 }),
        ])
    };
    let mut rows: Vec<ListRow> = (0..24).map(row).collect();
    let mut total = vec![ListCell::Empty; 6];
    total[1] = "合計 24件".into();
    total.push(yen(5_691_553));
    rows.push(ListRow::new(ListRowKind::Total, total));
    List {
        title: "振込一覧".into(),
        captions: captions(),
        columns,
        key_columns: 2,
        rows,
        notes: Vec::new(),
        page: ListPage::Portrait,
    }
}
