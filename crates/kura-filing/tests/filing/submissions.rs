//! Files made from notices: who submits, what is refused, where the numbers go.

use kura_calendar::{Date, Month};
use kura_filing::*;
use kura_law::Law;
use kura_yen::Yen;

pub(crate) const AS_OF: Date = Date::constant(2026, 7, 6);

pub(crate) fn office() -> Office {
    Office {
        pref_code: "32".to_owned(),
        area_code: "11".to_owned(),
        mark: "ｺｼｼﾞ".to_owned(),
        number: "123".to_owned(),
        zip: "9400000".to_owned(),
        address: "新潟県長岡市架空町１－２－３".to_owned(),
        name: "株式会社越路みそ醸造".to_owned(),
        employer_name: "越路　正道".to_owned(),
        tel: ["0258".to_owned(), "00".to_owned(), "0000".to_owned()],
    }
}

pub(crate) fn establishment() -> Submitter {
    Submitter::Establishment { media_number: MediaNumber::FIRST }
}

fn pay() -> PayNotice {
    let month = MonthPay { base_days: 30, currency: Yen::new(243_000), in_kind: Yen::ZERO };
    PayNotice {
        insured_number: "3".to_owned(),
        name: PersonName::of_parts("佐渡島", "みのり", "サドシマ", "ミノリ"),
        birth_date: Date::constant(1992, 11, 20),
        applies_from: Month::new(2026, 9).unwrap(),
        old_health_standard: Some(Yen::new(260_000)),
        old_pension_standard: Some(Yen::new(260_000)),
        old_revised: Month::new(2025, 9).unwrap(),
        pay_change: None,
        retroactive: None,
        months: [month; 3],
        corrected_average: None,
        over_70: None,
        multi_office: false,
        memo: String::new(),
        only_over_70: false,
    }
}

fn of_pay(pay: PayNotice) -> AnnualBaseNotice {
    AnnualBaseNotice {
        pay,
        worker_class: WorkerClass::Regular,
        over_70_months: Vec::new(),
        monthly_change_planned: false,
        joined_midway: false,
        leave: false,
        annual_average: false,
    }
}

pub(crate) fn annual_base() -> AnnualBaseNotice {
    of_pay(pay())
}

fn bonus() -> BonusPaymentNotice {
    BonusPaymentNotice {
        insured_number: "3".to_owned(),
        name: PersonName::of_parts("佐渡島", "みのり", "サドシマ", "ミノリ"),
        birth_date: Date::constant(1992, 11, 20),
        paid_on: Date::constant(2026, 7, 3),
        currency: Yen::new(300_000),
        in_kind: Yen::ZERO,
        over_70: None,
        multi_office: false,
        same_month_first_day: None,
        only_over_70: false,
    }
}

fn loss(cause: LossCause) -> LossNotice {
    LossNotice {
        insured_number: "3".to_owned(),
        name: PersonName::of_parts("佐渡島", "みのり", "サドシマ", "ミノリ"),
        birth_date: Date::constant(1950, 11, 20),
        key: PersonKey::MyNumber,
        cause,
        multi_office: false,
        rehire: false,
        memo: String::new(),
        certificates_attached: None,
        certificates_unreturnable: None,
        over_70_ended_on: None,
        only_over_70: false,
    }
}

pub(crate) fn file(notices: Notices<'_>) -> Result<Submission, Vec<FilingProblem>> {
    submission(Law::embedded().unwrap(), &office(), &establishment(), AS_OF, AS_OF, notices)
}

fn of_annual_base(notice: AnnualBaseNotice) -> Result<Submission, Vec<FilingProblem>> {
    file(Notices::AnnualBase(&[notice]))
}

/// The one problem of a notice.
fn problem(notice: AnnualBaseNotice) -> FilingProblem {
    let mut problems = of_annual_base(notice).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

pub(crate) fn lines(file: &Submission) -> Vec<String> {
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    text.split("\r\n").map(str::to_owned).collect()
}

#[test]
fn by_a_sharoshi() {
    let submitter = Submitter::Sharoshi {
        registration_number: "13990001".to_owned(),
        name: "架空　律子".to_owned(),
        media_number: MediaNumber::new(14).unwrap(),
    };
    let law = Law::embedded().unwrap();
    let notices = [annual_base()];
    let file = submission(law, &office(), &submitter, AS_OF, AS_OF, Notices::AnnualBase(&notices)).unwrap();
    let name = kura_text::encode_shift_jis("架空　律子").unwrap();
    let head = [b",,13990001,014,20260706,22223\r\n[kanri]\r\n", &name[..], b",001\r\n32,11,"].concat();
    assert!(file.bytes.starts_with(&head));
    assert_eq!(check(&file.bytes, file.file_name, law, AS_OF), []);
}

#[test]
fn media_numbers() {
    assert_eq!((MediaNumber::new(0), MediaNumber::new(1_000)), (None, None));
    assert_eq!(MediaNumber::new(998).unwrap().next().to_string(), "999");
    assert_eq!(MediaNumber::new(999).unwrap().next(), MediaNumber::FIRST);
    assert_eq!(MediaNumber::FIRST.to_string(), "001");
}

#[test]
fn characters_the_authority_refuses() {
    let name = PersonName::of_parts("髙松", "﨑子", "タカマツ", "サキコ");
    let problems = of_annual_base(of_pay(PayNotice { name, ..pay() })).unwrap_err();
    let shown = |problem: &FilingProblem| (problem.character, problem.place, problem.proposals.clone());
    assert_eq!(
        problems.iter().map(shown).collect::<Vec<_>>(),
        [(Some('髙'), Some(1), vec!["高".to_owned()]), (Some('﨑'), Some(4), vec!["崎".to_owned()])]
    );
    assert_eq!(problems[0].message, "入力不可文字検出／無効文字検出");
    assert_eq!((problems[0].line, problems[0].record), (Some(6), Some(1)));
    assert_eq!(problems[0].field.as_ref().unwrap().name_ja, "被保険者氏名（漢字）");
    assert!(problems[0].to_string().starts_with("6行目（1人目）「被保険者氏名（漢字）」: 入力不可文字検出"));

    for memo in ["復職,時短", "復職\r\n時短", "復職\"時短\"", "①"] {
        let problem = of_annual_base(of_pay(PayNotice { memo: memo.to_owned(), ..pay() })).unwrap_err().remove(0);
        assert_eq!((problem.message.as_str(), problem.place), ("入力不可文字検出／無効文字検出", problem.place));
        assert_eq!(problem.field.unwrap().number, 52);
    }
    let office = Office { name: "㈱越路みそ醸造".to_owned(), ..office() };
    let notices = [annual_base()];
    let law = Law::embedded().unwrap();
    let problems = submission(law, &office, &establishment(), AS_OF, AS_OF, Notices::AnnualBase(&notices)).unwrap_err();
    assert_eq!((problems[0].line, problems[0].record), (Some(4), None));
    assert_eq!(problems[0].proposals[0], "株式会社");
}

#[test]
fn what_a_notice_may_not_say() {
    let no_day = MonthPay { base_days: 0, currency: Yen::ZERO, in_kind: Yen::ZERO };
    let none = problem(of_pay(PayNotice { months: [no_day; 3], ..pay() }));
    assert_eq!((none.message.as_str(), none.record), ("基礎日数の足りる月がありません", Some(1)));
    let negative = MonthPay { currency: Yen::new(-1), ..pay().months[0] };
    let problems = of_annual_base(of_pay(PayNotice { months: [negative; 3], ..pay() })).unwrap_err();
    assert_eq!(problems[0].message, "入力不可文字検出／無効文字検出");
    // A standard that is no whole number of thousands does not become one.
    let broken = problem(of_pay(PayNotice { old_health_standard: Some(Yen::new(260_500)), ..pay() }));
    assert_eq!((broken.message.as_str(), broken.field.unwrap().number), ("最大桁数超過", 13));
    let pay_change = Some(PayChange { month: 13, kind: PayChangeKind::Cut });
    assert_eq!(problem(of_pay(PayNotice { pay_change, ..pay() })).field.unwrap().number, 18);
    let only = of_pay(PayNotice { only_over_70: true, insured_number: String::new(), ..pay() });
    assert_eq!(problem(only).field.unwrap().name_ja, "備考欄項目１（70歳以上被用者算定）");
    assert_eq!(file(Notices::AnnualBase(&[])).unwrap_err()[0].message, "届出する人がいません");
}

#[test]
fn the_record_is_named() {
    let wrong = of_pay(PayNotice { insured_number: "A".to_owned(), ..pay() });
    let notices = [annual_base(), wrong.clone(), annual_base(), wrong];
    let problems = file(Notices::AnnualBase(&notices)).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.record).collect::<Vec<_>>(), [Some(2), Some(4)]);
    let many = vec![notices[1].clone(); 2_000];
    assert_eq!(file(Notices::AnnualBase(&many)).unwrap_err().len(), PROBLEMS_MAX);
}

#[test]
fn too_much_for_one_file() {
    let memo = "あ".repeat(37);
    let many = vec![of_pay(PayNotice { memo, ..pay() }); 17_500];
    let problems = file(Notices::AnnualBase(&many)).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message, "ファイルが4.5MBに達しています");
    assert!(problems[0].remedy.contains("2つ以上"));
    assert!(file(Notices::AnnualBase(&many[..8_000])).is_ok());
}

#[test]
fn events_to_come_are_refused() {
    let on = |paid_on| file(Notices::BonusPayment(&[BonusPaymentNotice { paid_on, ..bonus() }]));
    assert!(on(AS_OF).is_ok());
    let problems = on(Date::constant(2026, 7, 7)).unwrap_err();
    assert_eq!(problems[0].message, "「賞与支払年月日（年月日）」が点検する日より後です");
    let left = |last_day| file(Notices::Loss(&[loss(LossCause::Left { last_day })]));
    assert!(left(Date::constant(2026, 7, 5)).is_ok());
    // The day after is the one that counts.
    assert_eq!(left(AS_OF).unwrap_err().len(), 1);
}

#[test]
fn a_missing_figure_is_named() {
    // 標準賞与額 begins in April 2003.
    let problems =
        file(Notices::BonusPayment(&[BonusPaymentNotice { paid_on: Date::constant(2003, 3, 31), ..bonus() }]))
            .unwrap_err();
    assert!(problems[0].message.contains("2003-03-31"), "{}", problems[0].message);
    assert_eq!((problems[0].record, problems.len()), (Some(1), 1));
    let after = BonusPaymentNotice { paid_on: Date::constant(2003, 4, 1), ..bonus() };
    assert!(file(Notices::BonusPayment(&[after])).is_ok());
}

#[test]
fn causes_of_loss() {
    let day = Date::constant(2026, 6, 30);
    for (cause, fields) in [
        (LossCause::Left { last_day: day }, ",9,080701,4,9,080630,"),
        (LossCause::Died { died_on: day }, ",9,080701,5,9,080630,"),
        (LossCause::Age75 { lost_on: day }, ",9,080630,7,,,"),
        (LossCause::DisabilityCertified { lost_on: day }, ",9,080630,9,,,"),
        (LossCause::SocialSecurityAgreement { lost_on: day }, ",9,080630,11,,,"),
    ] {
        let file = file(Notices::Loss(&[loss(cause)])).unwrap();
        assert!(lines(&file)[5].contains(fields), "{}", lines(&file)[5]);
    }
}

#[test]
fn places_of_numbers() {
    let day = Date::constant(2026, 6, 30);
    let known =
        LossNotice { key: PersonKey::BasicPension("4210118823".to_owned()), ..loss(LossCause::Left { last_day: day }) };
    let notices = [loss(LossCause::Left { last_day: day }), known, loss(LossCause::Left { last_day: day })];
    let file = file(Notices::Loss(&notices)).unwrap();
    let places: Vec<(usize, u16)> = file.number_places.iter().map(|place| (place.record, place.field)).collect();
    assert_eq!(places, [(1, 11), (3, 11)]);
    for place in &file.number_places {
        assert!(file.bytes[place.offset..].starts_with(MY_NUMBER_PLACEHOLDER.as_bytes()));
    }
    assert_eq!(MY_NUMBER_PLACEHOLDER.len(), 12);
    assert!(lines(&file)[6].contains(",4210,118823,"));
    // Kept as it is the file is good, handed over it is not.
    let problems = check(&file.bytes, file.file_name, Law::embedded().unwrap(), AS_OF);
    assert_eq!(problems.len(), 2);
    assert!(problems[0].message.contains("まだ入っていません"));
    // And it does not speak of what it holds.
    assert_eq!(format!("{file:?}"), format!("Submission {{ SHFD0006.CSV, {} bytes, 3 records }}", file.bytes.len()));
}

#[test]
fn names_of_parts() {
    let name = PersonName::of_parts(" 光が丘", "恵　", "ヒカリガオカ", "メグミ");
    assert_eq!((name.kana.as_str(), name.kanji.as_str()), ("ﾋｶﾘｶﾞｵｶ ﾒｸﾞﾐ", "光が丘　恵"));
    let latin = PersonName::of_parts("グエン", "ラン", "グエン", "Lan");
    assert_eq!(latin.kana, "グエン Lan");
}
