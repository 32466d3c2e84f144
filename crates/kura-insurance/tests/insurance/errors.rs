//! Every error of a premium or a period, made by a call, with its whole sentence and its remedy.

use kura_insurance::*;
use kura_yen::{Exact, Yen};

use crate::rows::{date, law, month};

fn said(error: &InsuranceError, sentence: &str, remedy: &str) {
    assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
}

#[test]
fn what_was_given_cannot_be_right() {
    let april = date("2026-04-01");
    let leave = Leave { kind: LeaveKind::Childcare, start: april, end: date("2026-03-31"), worked_days: 0 };
    let split = |own, other, decimals| {
        two_establishments(law(), april, Exact::whole(77_973), Yen::new(own), Yen::new(other), decimals).unwrap_err()
    };
    let enrolled = |daily_base, months| {
        let member = Enrolled { daily_base: Yen::new(daily_base), months };
        special_enrollment(law(), april, EnrollmentClass::Third, &[member]).unwrap_err()
    };
    let pension = PensionRates::national(law(), month("2026-04")).unwrap();
    let rule = instalment_rule(law(), april, Yen::new(400_000), true, false).unwrap();
    let cases = [
        (
            pension.premium(Yen::new(-1), RoundingAgreement::FiftySen).unwrap_err(),
            "標準報酬月額・標準賞与額が負の金額です。",
            "0円以上の額で指定してください。",
        ),
        (
            split(0, 0, 1),
            "二以上事業所勤務の報酬（賞与は賞与額）がどちらの事業所も0円なので、按分できません。",
            "どちらかの事業所の額を入れるか、年金事務所の通知額を使ってください。",
        ),
        (
            month_exemption(law(), &leave, month("2026-04")).unwrap_err(),
            "休業の終了日が開始日より前です。",
            "休業の開始日と終了日を確かめてください。",
        ),
        (
            coverage_months(law(), april, date("2026-03-31")).unwrap_err(),
            "在職の最終日が資格取得日より前です。",
            "資格取得日と在職の最終日を確かめてください。",
        ),
        (
            employment_rate_of_year(law(), 2022, Business::General).unwrap_err(),
            "2022年度は途中で雇用保険率が変わりました。年度の賃金総額だけでは確定保険料を計算できません。",
            "率が変わる前と後の賃金に分けて、それぞれの率を指定してください。",
        ),
        (
            enrolled(3_600, 12),
            "特別加入の給付基礎日額が、表にない額です。",
            "給付基礎日額の表（kura law show labor_insurance_rules）にある額で指定してください。",
        ),
        (
            enrolled(3_500, 13),
            "特別加入の月数は1から12までです。",
            "加入していた月数を、1か月未満は1か月として指定してください。",
        ),
        (split(1, 2, 40), "計算の途中の数が大きすぎて扱えません。", "入力した金額・率・日数を確かめてください。"),
        (
            instalments(law(), &rule, 2027, Yen::new(400_000)).unwrap_err(),
            "2028年の祝日の表がありません（収録は2016年から2027年まで）。",
            "祝日の表がある年の日付にするか、その年の祝日を取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        said(&error, sentence, remedy);
    }
}

#[test]
fn what_the_law_pack_does_not_hold_is_named_with_its_table_and_day() {
    let share = |premium_month: &str, standard: i64, year: u8| {
        adjusted_share(law(), month(premium_month), Yen::new(standard), year).unwrap_err()
    };
    let official = "公式の表で確かめ、法令データへ取り込んでください。";
    let table = "法令データ「保険料調整制度の本人負担割合」（premium_adjustment_shares）";
    let outside = |what: &str| format!("{table}は{what}を収録していません。");
    said(&share("2026-10", 88_000, 0), &outside("1年目から3年目までのほかの年"), official);
    said(&share("2026-10", 134_000, 1), &outside("上限を超える標準報酬月額"), official);
    said(
        &share("2026-09", 88_000, 1),
        &format!("{table}に2026-09-01の数字がありません。"),
        "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
    );
    said(
        &standard_remuneration(law(), Scheme::Health, month("2026-04"), Yen::new(-1)).unwrap_err(),
        "法令データ「標準報酬月額 等級表」（standard_remuneration_grades）は最初の段に満たない値を収録していません。",
        official,
    );
    said(
        &HealthRates::kyokai(law(), month("2026-04"), "東京", false).unwrap_err(),
        "法令データ「協会けんぽ 都道府県単位保険料率」（health_premium_rates）に「東京」がありません。",
        "表にある名前で指定してください（`kura law show` で一覧できます）。",
    );
}
