//! What is said of the family, and what is refused.

use kura_model::{DisabilityClass, FamilyDocuments, FamilyTaxClass, NonResidentClass, Relation};
use kura_payroll::tax::{DependentReason, FamilyFacts, TaxpayerFacts};
use kura_yen::Yen;

use crate::family::{PERSON, abroad, child, count, small_child, try_count, wife};

/// The sentences about a family of one.
fn said(on: &str, person: &TaxpayerFacts, one: FamilyFacts) -> Vec<String> {
    let counted = try_count(on, person, &[one]).unwrap();
    counted.family.concat().iter().map(DependentReason::sentence).collect()
}

#[test]
fn every_sentence_about_the_family_has_an_example() {
    use {FamilyDocuments as Documents, NonResidentClass as Class};
    let rich = TaxpayerFacts { own_income_estimate: Some(Yen::new(9_500_000)), ..PERSON };
    let special = |facts: FamilyFacts| FamilyFacts { disability: Some(DisabilityClass::Special), ..facts };
    let as_class = |tax_class, facts: FamilyFacts| FamilyFacts { tax_class: Some(tax_class), ..facts };
    let not_counted = as_class(FamilyTaxClass::NotCounted, wife("1990-01-02", 0));
    let examples: [(TaxpayerFacts, FamilyFacts, &[&str]); 17] = [
        (PERSON, wife("1990-01-02", 0), &["源泉控除対象配偶者です（合計所得の見込みが950,000円以下）。"]),
        (
            PERSON,
            child("2000-01-02", 0),
            &["控除対象扶養親族です（12月31日に16歳以上、合計所得の見込みが580,000円以下）。"],
        ),
        (
            PERSON,
            as_class(FamilyTaxClass::SpecifiedRelative, child("2006-01-02", 600_000)),
            &["特定親族です（合計所得の見込みが1,000,000円以下）。"],
        ),
        (
            PERSON,
            as_class(FamilyTaxClass::SpecifiedRelative, child("2006-01-02", 1_100_000)),
            &["特定親族ですが、合計所得の見込みが1,000,000円を超えるため、毎月の人数には数えず年末調整で控除します。"],
        ),
        (PERSON, not_counted, &["税の区分が対象外のため、数えません。"]),
        (
            PERSON,
            FamilyFacts { relation: Some(Relation::UnregisteredSpouse), ..wife("1990-01-02", 0) },
            &["婚姻の届出がないため、税の配偶者として数えません。"],
        ),
        (
            rich,
            as_class(FamilyTaxClass::SameLivelihoodSpouse, wife("1990-01-02", 0)),
            &["本人の合計所得の見込みが9,000,000円を超えるため、配偶者を数えません。"],
        ),
        (
            PERSON,
            wife("1990-01-02", 1_000_000),
            &[
                "配偶者の合計所得の見込みが950,000円を超えるため、数えません。",
                "税の区分は「源泉控除対象配偶者」ですが、続柄・年齢・所得からは「対象外」です。扶養控除等申告書を確かめてください。",
            ],
        ),
        (PERSON, small_child("2020-01-02"), &["12月31日に16歳未満のため、数えません。"]),
        (
            PERSON,
            child("2000-01-02", 600_000),
            &[
                "合計所得の見込みが580,000円を超えるため、数えません。",
                "税の区分は「扶養親族（16歳以上）」ですが、続柄・年齢・所得からは「対象外」です。扶養控除等申告書を確かめてください。",
            ],
        ),
        (
            PERSON,
            abroad(Class::StudyAbroad, Documents::Kinship),
            &["非居住者で、必要な書類（親族関係書類、留学では留学ビザ等書類も）がないため、数えません。"],
        ),
        (
            PERSON,
            abroad(Class::UnderThirtyOrSeventy, Documents::Kinship),
            &["30歳から69歳までの非居住者で、留学・障害・38万円送金のどれでもないため、数えません。"],
        ),
        (
            PERSON,
            FamilyFacts { disability: Some(DisabilityClass::Ordinary), ..small_child("2020-01-02") },
            &["12月31日に16歳未満のため、数えません。", "障害者です。"],
        ),
        (
            PERSON,
            FamilyFacts { cohabiting_special: true, ..special(small_child("2020-01-02")) },
            &["12月31日に16歳未満のため、数えません。", "特別障害者です。", "同居特別障害者のため、もう1人数えます。"],
        ),
        (
            PERSON,
            special(small_child("2020-01-02")),
            &[
                "12月31日に16歳未満のため、数えません。",
                "特別障害者です。",
                "同居している特別障害者ですが、同居特別障害者に○がないため、もう1人は数えません。",
            ],
        ),
        (
            PERSON,
            special(as_class(FamilyTaxClass::SpecifiedRelative, child("2006-01-02", 600_000))),
            &[
                "特定親族です（合計所得の見込みが1,000,000円以下）。",
                "障害者ですが、同一生計配偶者でも扶養親族でもないため、障害者として数えません。",
            ],
        ),
        (
            PERSON,
            FamilyFacts {
                living_together: false,
                non_resident: Some(Class::Resident),
                ..special(small_child("2020-01-02"))
            },
            &["12月31日に16歳未満のため、数えません。", "特別障害者です。"],
        ),
    ];
    for (person, one, sentences) in examples {
        assert_eq!(said("2026-06-25", &person, one), sentences);
    }
}

#[test]
fn a_child_that_turns_sixteen_counts_before_the_sheet_says_so() {
    let stale = small_child("2010-08-08");
    assert_eq!(count("2026-01-23", &[stale]), 1);
    assert_eq!(
        said("2026-01-23", &PERSON, stale).concat(),
        "控除対象扶養親族です（12月31日に16歳以上、合計所得の見込みが580,000円以下）。税の区分は「16歳未満」ですが、続柄・年齢・所得からは\
         「扶養親族（16歳以上）」です。扶養控除等申告書を確かめてください。"
    );
}

#[test]
fn an_empty_cell_that_decides_is_named_and_never_zero() {
    let error = |person: TaxpayerFacts, family: &[FamilyFacts]| {
        let error = try_count("2026-06-25", &person, family).unwrap_err();
        let remedy =
            "扶養控除等申告書を確かめて入れてください。該当しないときは「なし」、所得がないときは0を入れてください。";
        assert_eq!(error.remedy(), remedy);
        error.to_string()
    };
    let of_person =
        |sheet: &str, column: &str| format!("{sheet}の「{column}」が空欄のため、扶養親族等の数を数えられません。");
    assert_eq!(error(TaxpayerFacts { disability: None, ..PERSON }, &[]), of_person("従業員", "障害者区分"));
    let person = TaxpayerFacts { widow_single_parent: None, ..PERSON };
    assert_eq!(error(person, &[]), of_person("従業員", "寡婦・ひとり親"));
    assert_eq!(error(TaxpayerFacts { working_student: None, ..PERSON }, &[]), of_person("従業員", "勤労学生"));
    let unknown_income = TaxpayerFacts { own_income_estimate: None, ..PERSON };
    let expected = of_person("雇用条件", "本人の合計所得の見込み");
    assert_eq!(error(unknown_income, &[wife("1990-01-02", 0)]), expected);
    // without a spouse that would count nobody asks
    assert_eq!(try_count("2026-06-25", &unknown_income, &[wife("1990-01-02", 950_001)]).unwrap().count, 0);

    let first = child("2000-01-02", 0);
    let away = FamilyFacts { living_together: false, ..first };
    let cases = [
        (FamilyFacts { tax_class: None, ..first }, "税の区分"),
        (FamilyFacts { relation: None, ..first }, "続柄"),
        (FamilyFacts { birth_date: None, ..first }, "生年月日"),
        (FamilyFacts { income_estimate: None, ..first }, "合計所得の見込み（税）"),
        (FamilyFacts { income_estimate: None, ..wife("1990-01-02", 0) }, "合計所得の見込み（税）"),
        (FamilyFacts { disability: None, ..first }, "障害者"),
        (FamilyFacts { non_resident: None, ..away }, "非居住者の区分"),
        (FamilyFacts { non_resident: Some(NonResidentClass::StudyAbroad), ..away }, "非居住者の書類"),
    ];
    for (facts, column) in cases {
        let text = format!("扶養家族の2人目の「{column}」が空欄のため、扶養親族等の数を数えられません。");
        assert_eq!(error(PERSON, &[first, facts]), text);
    }
    // one who is 対象外 is asked for nothing
    let outside = FamilyFacts {
        tax_class: Some(FamilyTaxClass::NotCounted),
        relation: None,
        birth_date: None,
        income_estimate: None,
        disability: None,
        ..away
    };
    assert_eq!(count("2026-06-25", &[outside]), 0);
}

#[test]
fn contradictions_are_refused_with_a_remedy() {
    let error = |family: &[FamilyFacts]| try_count("2026-06-25", &PERSON, family).unwrap_err();
    let cases = [
        (
            error(&[child("2026-06-26", 0)]),
            "扶養家族の1人目の生年月日が支給日より後です。",
            "生年月日か適用開始日を直してください。",
        ),
        (
            error(&[FamilyFacts { cohabiting_special: true, ..child("2000-01-02", 0) }]),
            "扶養家族の1人目は同居特別障害者に○がありますが、障害者の区分が特別ではありません。",
            "障害者の区分か、同居特別障害者の○を直してください。",
        ),
        (
            error(&[wife("1990-01-02", 0), wife("1991-01-02", 0)]),
            "扶養家族に、税の対象の配偶者が2人います。",
            "婚姻が終わった配偶者の行に、税の区分「対象外」を入れてください。",
        ),
        (
            try_count("2019-12-25", &PERSON, &[]).unwrap_err(),
            "法令データ「税の規則（源泉・年末調整・住民税・非課税・法定調書）」（tax_rules）に2019-12-25の数字がありません。",
            "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
        ),
        (
            try_count("2022-12-23", &PERSON, &[abroad(NonResidentClass::StudyAbroad, FamilyDocuments::KinshipAndVisa)])
                .unwrap_err(),
            "法令データ「税の規則（源泉・年末調整・住民税・非課税・法定調書）」（tax_rules）に2022-12-23の数字がありません。",
            "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
    let divorced = FamilyFacts { tax_class: Some(FamilyTaxClass::NotCounted), ..wife("1990-01-02", 0) };
    assert_eq!(count("2026-06-25", &[divorced, wife("1991-01-02", 0)]), 1);
    assert_eq!(count("2026-06-25", &[child("2026-06-25", 0)]), 0);
}
