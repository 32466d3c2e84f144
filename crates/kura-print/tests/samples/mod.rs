//! Invented people and companies, for the tests and the examples.

use kura_print::{Amount, Clocks, Field, Line, Payslip, PrintStamp, PrintedAt, Totals};

pub(crate) fn stamp(document_id: &str) -> PrintStamp {
    let printed_at = PrintedAt { year: 2026, month: 7, day: 1, hour: 9, minute: 12, second: 30 };
    PrintStamp { document_id: document_id.to_owned(), printed_at }
}

/// Every sample with its name.
pub(crate) fn all() -> [(&'static str, Payslip); 4] {
    [("small", small()), ("large", large()), ("shortfall", shortfall()), ("bonus", bonus())]
}

/// A month of an ordinary employee; fits one page.
pub(crate) fn small() -> Payslip {
    Payslip {
        office_line: "架空社会保険労務士法人　〒100-0000 東京都千代田区架空町1-1　電話 03-0000-0000".into(),
        client_name: "株式会社越路みそ醸造".into(),
        title: "給与明細書".into(),
        person_code: "0012".into(),
        person_name: "架空　花子".into(),
        payment_month: "令和8年6月分".into(),
        clocks: Clocks {
            payment_day: "令和8年6月25日(木)".into(),
            premium_month: "令和8年5月分".into(),
            closing_day: "令和8年6月15日".into(),
            attendance_period: "令和8年5月16日～6月15日".into(),
            variable_period: None,
        },
        attendance: fields(&[
            ("出勤日数", "21日"),
            ("欠勤日数", "0日"),
            ("有給取得", "1日"),
            ("総労働時間", "181:30"),
            ("時間外", "12:30"),
            ("深夜", "1:15"),
            ("休日", "0:00"),
            ("遅刻早退", "0:00"),
        ]),
        paid_leave: fields(&[("有給残日数", "11.5日")]),
        pay: vec![
            line("基本給", None, 248_000),
            line("役職手当", None, 15_000),
            line("家族手当", None, 10_000),
            line("時間外手当", Some("12:30"), 26_211),
            line("深夜手当", Some("1:15"), 525),
            Line { note: Some("非課税".into()), ..line("通勤手当", None, 11_110) },
        ],
        deductions: vec![
            line("健康保険料", None, 14_820),
            line("厚生年金保険料", None, 27_450),
            line("雇用保険料", None, 1_555),
            line("所得税", None, 5_410),
            line("住民税", None, 13_100),
            line("組合費", None, 1_000),
        ],
        totals: Totals {
            gross: 310_846,
            tax_free: 11_110,
            taxable: 255_911,
            deduction_total: 63_335,
            net: 247_511,
            shortfall: 0,
        },
        health_split: amounts(&[("健康保険", 14_310), ("子ども・子育て支援金", 510)]),
        transfers: amounts(&[("架空銀行 本店 普通 ****567", 247_511)]),
        notes: vec!["令和8年5月分から健康保険料に子ども・子育て支援金が含まれています。".into()],
        law_pack: "2026-06-01".into(),
    }
}

/// Forty items with names of thirty characters, a name of twenty-five.
pub(crate) fn large() -> Payslip {
    let pay = (1..=24_i64).map(|number| Line {
        name: format!("特殊勤務手当（夜間及び休日の緊急呼出し対応に係る加算分）{number:02}"),
        quantity: Some(format!("{number}:30")),
        amount: 1_111 * number,
        note: (number % 6 == 0).then(|| "令和8年4月改定、旧規程による経過措置の額を含む".to_owned()),
    });
    let deductions = (1..=16_i64).map(|number| Line {
        name: format!("財形貯蓄・団体扱保険料等（労使協定に基づく控除の本人分）{number:02}"),
        quantity: None,
        amount: if number == 7 { -12_340 } else { 777 * number },
        note: None,
    });
    Payslip {
        client_name: "特定非営利活動法人　架空県中山間地域医療福祉総合支援センター機構".into(),
        person_name: "架空之宮　アレクサンドリーナ・マリア・花子・ジュニア".into(),
        attendance: (1..=20).map(|number| field(&format!("所定休日労働時間（法定内）{number}"), "123:45")).collect(),
        pay: pay.collect(),
        deductions: deductions.collect(),
        clocks: Clocks { variable_period: Some("令和8年4月16日～5月15日".into()), ..small().clocks },
        health_split: amounts(&[("健康保険", 14_310), ("介護保険", 2_430), ("子ども・子育て支援金", 510)]),
        transfers: amounts(&[("架空銀行 本店営業部 普通 ****567", 150_000), ("架空信用金庫 北支店 普通 ****890", 77_777)]),
        notes: vec![
            "4月分の通勤手当の差額を精算しました。".into(),
            "変動分（時間外・深夜・休日）は前月の勤怠対象期間で計算しています。あわせて、遡及して改定した役職手当の差額をこの明細に含めています。".into(),
        ],
        ..small()
    }
}

/// A month of absence: the premiums exceed the pay.
pub(crate) fn shortfall() -> Payslip {
    Payslip {
        person_name: "見本　太郎".into(),
        pay: vec![line("基本給", None, 248_000), line("欠勤控除", Some("20日"), -236_190)],
        deductions: vec![
            line("健康保険料", None, 14_820),
            line("厚生年金保険料", None, 27_450),
            line("雇用保険料", None, 59),
            line("住民税", None, 13_100),
        ],
        totals: Totals {
            gross: 11_810,
            tax_free: 0,
            taxable: 0,
            deduction_total: 55_429,
            net: 0,
            shortfall: 43_619,
        },
        transfers: Vec::new(),
        notes: vec!["差引不足額43,619円は、7月31日までに会社の口座へお振り込みいただくか、7月支給の給与から控除します。ご不明な点は総務までお尋ねください。".into()],
        ..small()
    }
}

/// A bonus: no attendance, few lines.
pub(crate) fn bonus() -> Payslip {
    Payslip {
        title: "賞与明細書".into(),
        payment_month: "令和8年夏季賞与".into(),
        clocks: Clocks {
            payment_day: "令和8年7月10日(金)".into(),
            premium_month: "令和8年7月分".into(),
            ..Clocks::default()
        },
        attendance: Vec::new(),
        paid_leave: Vec::new(),
        pay: vec![line("賞与", Some("2.0か月"), 496_000)],
        deductions: vec![
            line("健康保険料", None, 24_428),
            line("厚生年金保険料", None, 45_384),
            line("雇用保険料", None, 2_480),
            line("所得税", None, 17_309),
        ],
        totals: Totals {
            gross: 496_000,
            tax_free: 0,
            taxable: 423_708,
            deduction_total: 89_601,
            net: 406_399,
            shortfall: 0,
        },
        health_split: amounts(&[("健康保険", 23_858), ("子ども・子育て支援金", 570)]),
        transfers: amounts(&[("架空銀行 本店 普通 ****567", 406_399)]),
        notes: Vec::new(),
        ..small()
    }
}

pub(crate) fn line(name: &str, quantity: Option<&str>, amount: i64) -> Line {
    Line { name: name.to_owned(), quantity: quantity.map(str::to_owned), amount, note: None }
}

fn field(label: &str, value: &str) -> Field {
    Field { label: label.to_owned(), value: value.to_owned() }
}

fn fields(pairs: &[(&str, &str)]) -> Vec<Field> {
    pairs.iter().map(|(label, value)| field(label, value)).collect()
}

fn amounts(pairs: &[(&str, i64)]) -> Vec<Amount> {
    pairs.iter().map(|&(name, amount)| Amount { name: name.to_owned(), amount }).collect()
}
