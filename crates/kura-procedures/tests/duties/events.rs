use kura_calendar::Month;
use kura_model::{
    Agreement, AgreementKind, Bonus, BonusState, Change, Code, EmploymentTermsChange, EstablishmentChange,
    EstablishmentCode, FamilyMemberChange, FamilyNumber, LaborInsuranceChange, LaborInsuranceNumber, Leave, LeaveKind,
    LossCause, NumberStatus, PremiumExemption, Row, Scheme, SeparationSlipWish, StandardDecision, StandardRemuneration,
};
use kura_procedures::{DeadlineKind, Filed, LifeEvent, Period, Reported, ReportedKind, duties};
use kura_yen::Yen;

use crate::book::{all_told, asked, book, client, day, law, of_2026, period, person, spell, told};

#[test]
fn nothing_happens_and_nothing_is_due() {
    let found = of_2026(&book(), &[]);
    assert_eq!((all_told(&found), asked(&found)), (vec![], vec![]));
}

#[test]
fn somebody_joins() {
    let mut book = book();
    for row in &mut book.insurance_spells {
        row.acquired_on = Some(day("2026-04-01"));
        row.filed_on = None;
    }
    book.employees[0].hired_on = Some(day("2026-04-01"));
    let found = of_2026(&book, &[]);
    assert_eq!(all_told(&found), ["acquisition_notice 2026-04-06", "employment_acquisition_notice 2026-05-11"]);
    assert!(found.duties.iter().all(|duty| duty.filed == Filed::No));
    assert_eq!(found.duties[0].occurrence.establishment, Some(EstablishmentCode::from("H")));
    spell(&mut book, Scheme::Health).filed_on = Some(day("2026-04-02"));
    spell(&mut book, Scheme::Pension).filed_on = Some(day("2026-04-03"));
    assert_eq!(of_2026(&book, &[]).duties[0].filed, Filed::On(day("2026-04-03")));
}

#[test]
fn a_joiner_without_insurance_is_asked_about_and_a_foreigner_is_notified() {
    let mut book = book();
    book.insurance_spells.clear();
    book.employees[0].hired_on = Some(day("2026-12-01"));
    let found = of_2026(&book, &[]);
    assert_eq!(
        asked(&found),
        ["被保険者資格 取得日: acquisition_notice", "被保険者資格 取得日: employment_acquisition_notice"]
    );
    book.employees[0].nationality_name = Some("ベトナム".into());
    assert_eq!(all_told(&of_2026(&book, &[])), ["foreign_worker_notice 2027-02-01"]);
    book.employees[0].hired_on = None;
    assert!(asked(&of_2026(&book, &[]))[0].starts_with("従業員 雇入日"));
}

#[test]
fn somebody_leaves() {
    let mut book = book();
    book.employees[0].left_on = Some(day("2026-06-30"));
    let found = of_2026(&book, &[]);
    assert_eq!(
        all_told(&found),
        ["inhabitant_tax_change_notice 2026-07-10", "withholding_slip_at_leaving 2026-07-31"],
        "no day of loss is guessed from the last day"
    );
    assert_eq!(asked(&found), ["被保険者資格 喪失日: loss_notice", "被保険者資格 喪失日: employment_loss_notice"]);
    for row in &mut book.insurance_spells {
        row.lost_on = Some(day("2026-07-01"));
    }
    let found = of_2026(&book, &[]);
    assert_eq!(
        all_told(&found),
        [
            "loss_notice 2026-07-06",
            "inhabitant_tax_change_notice 2026-07-10",
            "employment_loss_notice 2026-07-13",
            "voluntary_continuation_and_other_benefits 2026-07-21",
            "withholding_slip_at_leaving 2026-07-31",
        ]
    );
    assert_eq!(
        asked(&found),
        ["被保険者資格 喪失原因: employment_loss_notice employment_loss_notice_with_certificate"]
    );
    assert_eq!(found.duties[0].filed, Filed::No, "the day of 2020 is that of the acquisition");
}

#[test]
fn the_certificate_is_wished_for_or_asked_about() {
    let mut book = book();
    book.employees[0].left_on = Some(day("2026-06-30"));
    let employment = spell(&mut book, Scheme::Employment);
    employment.lost_on = Some(day("2026-07-01"));
    employment.loss_cause = Some(LossCause::OrdinarySeparation);
    let filed = |book: &_| {
        let found = of_2026(book, &[]);
        let of_employment = |told: &String| told.starts_with("employment_loss");
        all_told(&found).into_iter().find(of_employment).unwrap()
    };
    assert_eq!(filed(&book), "employment_loss_notice 2026-07-13");
    assert!(asked(&of_2026(&book, &[])).iter().any(|asked| asked.starts_with("被保険者資格 離職票の希望")));
    spell(&mut book, Scheme::Employment).wants_separation_slip = Some(SeparationSlipWish::Wanted);
    assert_eq!(filed(&book), "employment_loss_notice_with_certificate 2026-07-13");
    spell(&mut book, Scheme::Employment).wants_separation_slip = Some(SeparationSlipWish::NotWanted);
    assert_eq!(filed(&book), "employment_loss_notice 2026-07-13");
    book.employees[0].birth_date = Some(day("1967-06-30"));
    assert_eq!(filed(&book), "employment_loss_notice_with_certificate 2026-07-13", "59: with or without a wish");
    spell(&mut book, Scheme::Employment).loss_cause = Some(LossCause::OtherThanSeparation);
    assert_eq!(filed(&book), "employment_loss_notice 2026-07-13");
}

#[test]
fn ages_open_what_the_facts_say() {
    let ages = |born: &str| {
        let mut book = book();
        book.employees[0].birth_date = Some(day(born));
        let found = of_2026(&book, &[]);
        let ages: Vec<_> = found.ages.iter().map(|age| age.occurrence.event).collect();
        (ages, all_told(&found), asked(&found))
    };
    assert_eq!(ages("1986-07-02"), (vec![LifeEvent::Aged40], vec![], vec![]));
    let (sixty, told, _) = ages("1966-07-02");
    assert_eq!((sixty, told), (vec![LifeEvent::Aged60], vec!["elderly_continuation_benefit -".to_owned()]));
    assert_eq!(ages("1961-07-02").0, [LifeEvent::Aged65, LifeEvent::Aged65]);
    let (seventy, told, asks) = ages("1956-07-02");
    assert_eq!((seventy, told), (vec![LifeEvent::Aged70], vec![]));
    assert_eq!(asks, ["標準報酬 70歳以上の相当額: age_70_notice"]);
    // the birthday itself, 2 July 2026, and five days
    assert_eq!(ages("1951-07-02").1, ["loss_notice 2026-07-07"]);
    assert_eq!(ages("1952-01-01"), (vec![], vec![], vec![]), "2027");
}

#[test]
fn at_70_only_a_changed_amount_is_filed() {
    let mut book = book();
    book.employees[0].birth_date = Some(day("1956-07-02"));
    let mut after = StandardRemuneration::new(client(), person(), Month::new(2026, 7).unwrap());
    after.pension_equivalent = Some(Yen::new(300_000));
    book.standard_remunerations.push(Row::from(after));
    let found = of_2026(&book, &[]);
    assert_eq!((all_told(&found), asked(&found)), (vec![], vec![]));
    book.standard_remunerations[1].pension_equivalent = Some(Yen::new(280_000));
    // reached on 1 July, the day before the birthday
    assert_eq!(all_told(&of_2026(&book, &[])), ["age_70_notice 2026-07-06"]);
}

#[test]
fn what_age_ends_is_not_filed_twice() {
    let mut book = book();
    book.employees[0].birth_date = Some(day("1951-07-02"));
    let health = spell(&mut book, Scheme::Health);
    health.lost_on = Some(day("2026-07-02"));
    health.loss_cause = Some(LossCause::ReachedSeventyFive);
    health.aged_70_or_over = true;
    assert_eq!(all_told(&of_2026(&book, &[])), ["loss_notice 2026-07-07"]);
    book.employees[0].left_on = Some(day("2026-09-30"));
    let found = of_2026(&book, &[]);
    let last = found.duties.iter().find(|duty| duty.occurrence.event == LifeEvent::LeftAfter75).unwrap();
    assert_eq!(told(last), "loss_notice 2026-10-05");
}

fn child(from: &str) -> FamilyMemberChange {
    FamilyMemberChange::new(client(), person(), FamilyNumber::from("1"), day(from))
}

#[test]
fn the_family_grows_and_shrinks() {
    let mut book = book();
    let mut member = child("2026-05-10");
    member.birth_date = Change::To(day("2026-05-10"));
    member.health_dependent_from = Change::To(day("2026-05-10"));
    member.category_3_from = Change::To(day("2026-04-20"));
    book.family_members.push(Row::from(member));
    assert_eq!(all_told(&of_2026(&book, &[])), ["category_3_notice 2026-05-07", "dependent_change_notice 2026-05-15"]);
    let mut end = child("2026-10-01");
    end.health_dependent_to = Change::To(day("2026-10-01"));
    end.health_dependent_filed_on = Change::To(day("2026-10-02"));
    book.family_members.push(Row::from(end));
    let found = of_2026(&book, &[]);
    assert_eq!(told(&found.duties[2]), "dependent_change_notice 2026-10-06");
    assert_eq!(found.duties[2].filed, Filed::On(day("2026-10-02")));
    for row in &mut book.insurance_spells {
        row.lost_on = Some(day("2026-10-01"));
    }
    let ended = of_2026(&book, &[]);
    assert!(
        !ended.duties.iter().any(|duty| duty.occurrence.event == LifeEvent::DependentRemoved),
        "ends with the person's"
    );
}

#[test]
fn a_dependant_reaches_75() {
    let mut book = book();
    let mut parent = child("2024-01-01");
    parent.health_dependent_from = Change::To(day("2024-01-01"));
    book.family_members.push(Row::from(parent));
    assert_eq!(asked(&of_2026(&book, &[])), ["扶養家族 生年月日: dependent_change_notice"]);
    book.family_members[0].birth_date = Change::To(day("1951-10-05"));
    assert_eq!(all_told(&of_2026(&book, &[])), ["dependent_change_notice 2026-10-13"]);
}

#[test]
fn the_chain_of_a_birth() {
    let mut book = book();
    let mut maternity = Leave::new(client(), person(), LeaveKind::Maternity, day("2025-10-04"));
    maternity.to = Some(day("2026-01-09"));
    maternity.birth_date_of_child = Some(day("2025-11-14"));
    maternity.premium_exemption = Some(PremiumExemption::Filed);
    let mut childcare = Leave::new(client(), person(), LeaveKind::Childcare, day("2026-01-10"));
    childcare.planned_to = Some(day("2026-11-13"));
    book.leaves.extend([Row::from(maternity), Row::from(childcare)]);
    let found = duties(&book, &[], law(), period("2025-10-01", "2026-06-30")).unwrap();
    assert_eq!(
        all_told(&found),
        [
            "childbirth_allowance -",
            "childbirth_lump_sum -",
            "maternity_leave_notice 2026-02-09",
            "childcare_leave_benefit 2026-06-01",
            "wage_certificate_at_leave_start 2026-06-01",
            "childcare_leave_notice 2026-12-14",
        ]
    );
    assert_eq!(asked(&found), ["扶養家族 健保の扶養 該当日: dependent_change_notice"]);
    assert_eq!(found.duties[2].filed, Filed::DayUnknown);
    assert!(found.duties[5].deadline.due().unwrap().provisional, "the end is planned");
    // it comes to an end, earlier
    let childcare = &mut book.leaves[1].facts;
    childcare.to = Some(day("2026-05-31"));
    childcare.end_revision_wanted = true;
    childcare.child_rearing_wanted = true;
    childcare.next_claim_from = Some(day("2026-05-10"));
    childcare.next_claim_to = Some(day("2026-07-31"));
    let found = duties(&book, &[], law(), period("2026-05-01", "2026-06-30")).unwrap();
    let after: Vec<_> = all_told(&found).split_off(2);
    assert_eq!(
        after,
        [
            "child_rearing_exception_notice -",
            "childcare_leave_end_change_notice -",
            "childcare_leave_notice 2026-06-30",
            "childcare_leave_benefit 2026-07-31",
        ]
    );
    assert_eq!(
        found.duties[2].deadline.kind,
        DeadlineKind::Promptly { since: day("2026-05-31"), target: day("2026-06-07") }
    );
}

#[test]
fn a_leave_without_an_end_is_asked_about_as_long_as_it_lasts() {
    let mut book = book();
    book.leaves.push(Row::from(Leave::new(client(), person(), LeaveKind::Childcare, day("2025-03-01"))));
    let found = of_2026(&book, &[]);
    assert_eq!(all_told(&found), ["childcare_leave_notice -"]);
    assert_eq!(asked(&found), ["休業 終了予定日: childcare_leave_notice"]);
    book.leaves[0].premium_exemption = Some(PremiumExemption::NotClaimed);
    assert!(of_2026(&book, &[]).duties.is_empty());
}

#[test]
fn shorter_leaves() {
    let mut book = book();
    let mut at_birth = Leave::new(client(), person(), LeaveKind::ChildcareAtBirth, day("2026-05-11"));
    at_birth.to = Some(day("2026-05-24"));
    at_birth.birth_date_of_child = Some(day("2026-05-10"));
    let mut care = Leave::new(client(), person(), LeaveKind::FamilyCare, day("2026-02-01"));
    care.to = Some(day("2026-03-15"));
    let sick = Leave::new(client(), person(), LeaveKind::PrivateIllness, day("2026-08-21"));
    book.leaves.extend([Row::from(at_birth), Row::from(care), Row::from(sick)]);
    assert_eq!(
        all_told(&of_2026(&book, &[])),
        [
            "family_care_leave_benefit 2026-06-01",
            "childcare_leave_notice 2026-06-24",
            "injury_and_sickness_allowance -",
            "birth_childcare_leave_benefit 2026-09-30",
        ]
    );
    book.leaves[0].birth_date_of_child = None;
    assert_eq!(asked(&of_2026(&book, &[])), ["休業 子の生年月日: birth_childcare_leave_benefit"]);
}

#[test]
fn work_moves_to_another_establishment() {
    let mut book = book();
    let mut terms = EmploymentTermsChange::new(client(), person(), day("2026-10-01"));
    terms.establishment_code = Change::To(EstablishmentCode::from("B"));
    book.employment_terms.push(Row::from(terms));
    let number = "事業所 雇用保険適用事業所番号: employment_transfer_notice";
    assert_eq!(asked(&of_2026(&book, &[])), [number]);
    for (code, number) in [("H", "1300-000001-1"), ("B", "1300-000002-2")] {
        let mut place = EstablishmentChange::new(client(), EstablishmentCode::from(code), day("2020-01-01"));
        place.employment_establishment_number = Change::To(Code::from(number));
        book.establishments.push(Row::from(place));
    }
    assert_eq!(all_told(&of_2026(&book, &[])), ["employment_transfer_notice 2026-10-13"]);
    book.establishments[1].employment_establishment_number = Change::To(Code::from("1300-000001-1"));
    assert!(of_2026(&book, &[]).duties.is_empty(), "one establishment of employment insurance");
}

#[test]
fn a_class_changes_a_bonus_is_paid_a_standard_is_revised() {
    let mut book = book();
    spell(&mut book, Scheme::Health).class_changed_on = Some(day("2026-10-01"));
    spell(&mut book, Scheme::Pension).class_changed_on = Some(day("2026-10-01"));
    let mut bonus = Bonus::new(client(), person(), day("2026-12-10"));
    bonus.state = Some(BonusState::Planned);
    book.bonuses.push(Row::from(bonus));
    let mut standard = StandardRemuneration::new(client(), person(), Month::new(2026, 8).unwrap());
    standard.decision = Some(StandardDecision::Occasional);
    book.standard_remunerations.push(Row::from(standard));
    let found = of_2026(&book, &[]);
    assert_eq!(
        all_told(&found),
        ["monthly_change_notice -", "insured_class_change_notice 2026-10-06", "bonus_payment_notice 2026-12-15"]
    );
    let bonus = found.duties[2].deadline.due().unwrap();
    assert!(bonus.provisional && found.duties[2].occurrence.person.is_none());
    book.standard_remunerations[1].notified_on = Some(day("2026-09-01"));
    assert_eq!(of_2026(&book, &[]).duties[0].filed, Filed::DayUnknown, "decided");
}

#[test]
fn the_year_of_a_company() {
    let mut book = book();
    let number = LaborInsuranceNumber::from("13-1-01-000001-000");
    let mut relation = LaborInsuranceChange::new(client(), number, day("2020-04-01"));
    relation.relation_from = Change::To(day("2020-04-01"));
    book.labor_insurances.push(Row::from(relation));
    let mut agreement = Agreement::new(client(), AgreementKind::ArticleThirtySix);
    agreement.valid_from = Some(day("2026-03-21"));
    agreement.valid_to = Some(day("2027-03-20"));
    agreement.filed_on = Some(day("2026-03-18"));
    book.agreements.push(Row::from(agreement));
    let found = duties(&book, &[], law(), Period { from: day("2026-03-01"), to: day("2027-03-31") }).unwrap();
    assert_eq!(
        all_told(&found),
        [
            "article36_agreement_notice 2026-03-20",
            "annual_renewal 2026-07-10",
            "annual_base_notice 2026-07-10",
            "article36_agreement_notice 2027-03-20",
        ]
    );
    assert_eq!((found.duties[0].filed, found.duties[3].filed), (Filed::On(day("2026-03-18")), Filed::No));
    book.labor_insurances[0].association_code = Change::To(Code::from("13001"));
    let found = of_2026(&book, &[]);
    assert!(!found.duties.iter().any(|duty| duty.procedure == "annual_renewal"), "an association looks after it");
    book.agreements[0].valid_to = None;
    assert!(asked(&of_2026(&book, &[])).contains(&"協定 有効期間: article36_agreement_notice".to_owned()));
}

#[test]
fn what_the_office_tells_beside_the_book() {
    let told_by = |kind, on: Option<&str>| Reported { client: client(), person: person(), kind, on: on.map(day) };
    let mut book = book();
    let found = of_2026(&book, &[told_by(ReportedKind::NameChanged, Some("2026-06-01"))]);
    assert_eq!((all_told(&found), asked(&found)), (vec!["name_or_address_change_notice -".to_owned()], vec![]));
    book.employees[0].number_status = Some(NumberStatus::Kept);
    let found = of_2026(&book, &[told_by(ReportedKind::AddressChanged, Some("2026-06-01"))]);
    assert_eq!(asked(&found), ["個人番号と基礎年金番号の結び付き: name_or_address_change_notice"]);
    let found = of_2026(&book, &[told_by(ReportedKind::AddressChanged, None)]);
    assert_eq!(
        (all_told(&found), asked(&found)),
        (vec![], vec!["変わった日: name_or_address_change_notice".to_owned()])
    );
    let found = of_2026(&book, &[told_by(ReportedKind::Married, Some("2026-06-01"))]);
    assert_eq!((all_told(&found).len(), found.questions.len()), (0, 3));
}

#[test]
fn a_deadline_in_a_year_without_holidays_is_a_question() {
    let mut book = book();
    book.employees[0].left_on = Some(day("2027-12-28"));
    let found = duties(&book, &[], law(), period("2027-12-01", "2028-02-28")).unwrap();
    let asked = found.questions.iter().find(|question| question.missing == "法令データ").unwrap();
    assert_eq!(asked.decides, ["inhabitant_tax_change_notice"]);
    // A leave that began long before, too: its last day lies in January 2028.
    let mut leave = Leave::new(client(), person(), LeaveKind::Childcare, day("2027-03-01"));
    leave.to = Some(day("2027-12-10"));
    book.leaves.push(Row::from(leave));
    let later = duties(&book, &[], law(), period("2027-11-01", "2027-12-31")).unwrap();
    assert!(later.questions.iter().any(|question| question.decides == ["childcare_leave_notice"]));
    assert!(asked.sentence.contains("2028年の祝日の表がありません"), "{}", asked.sentence);
}
