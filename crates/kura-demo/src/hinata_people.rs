use kura_calendar::Date;
use kura_model::{
    AccidentWageClass, CommutingMeans, EmploymentClass, InhabitantTaxAtLeaving, Leave, LeaveKind, LeavingClass,
    Minutes, PayTreatment, PayType, PremiumExemption, Row, Sex,
};
use kura_yen::{Exact, Yen};

use crate::attendance::{Work, hm};
use crate::family::Relative;
use crate::hinata::{KURUME, MAY, NERIMA, client_code, named};
use crate::insurance::{ALL, SOCIAL};
use crate::names::{self, FUKUOKA, Pair, TOKYO, name};
use crate::person::{Figures, Grades, Person};
use crate::place::Place;
use crate::{DemoError, day, days_after, month};

/// All three hundred: T001–T160, F001–F140.
pub(crate) fn people(figures: &Figures<'_>) -> Result<Vec<Person>, DemoError> {
    let tokyo = (1..=160).map(|k| person(figures, &NERIMA, k));
    tokyo.chain((1..=140).map(|k| person(figures, &KURUME, k))).collect()
}

fn person(figures: &Figures<'_>, place: &'static Place, k: i64) -> Result<Person, DemoError> {
    if let Some(person) = named_person(figures, place, k) {
        return Ok(person);
    }
    let monthly = match place.establishment {
        "T" => k <= 100,
        _ => k <= 70,
    };
    if monthly { staff(figures, place, k) } else { part_timer(figures, place, k) }
}

fn named_person(figures: &Figures<'_>, place: &'static Place, k: i64) -> Option<Person> {
    Some(match (place.establishment, k) {
        ("T", 1) => president(figures),
        ("T", 2) => director(figures),
        ("T", 14) => nurse(figures),
        ("T", 22) => father(figures),
        ("T", 31) => mother(figures),
        ("T", 45) => with_fixed_overtime(figures),
        ("T", 52) => leaver(figures),
        ("T", 60) => newcomer(figures),
        ("T", 88) => refused_characters(figures),
        ("T", 120) => short_time(figures),
        ("F", 7) => turns_sixty_five(figures),
        ("F", 19) => turns_seventy(figures),
        _ => return None,
    })
}

fn by_name(figures: &Figures<'_>, code: &str, family: Pair, given: Pair, sex: Sex, birth_date: Date) -> Person {
    let place = if code.starts_with('T') { &NERIMA } else { &KURUME };
    Person::new(figures, place, code, &name(family, given, sex), birth_date)
}

fn president(figures: &Figures<'_>) -> Person {
    by_name(figures, "T001", ("日野", "ヒノ"), ("朝雄", "アサオ"), Sex::Male, day(1961, 9, 5))
        .officer("M", "代表取締役", 900_000)
        .insured(SOCIAL)
        .standard(Grades::two(880_000, 650_000))
}

fn director(figures: &Figures<'_>) -> Person {
    by_name(figures, "T002", ("府中", "フチュウ"), ("光代", "ミツヨ"), Sex::Female, day(1964, 11, 20))
        .officer("M", "取締役", 450_000)
        .insured(SOCIAL)
        .standard(Grades::given(440_000))
}

fn nurse(figures: &Figures<'_>) -> Person {
    let person = by_name(figures, "T014", ("板橋", "イタバシ"), ("由紀", "ユキ"), Sex::Female, day(1986, 6, 1))
        .department("看護")
        .paid("M", PayType::Monthly, 285_000)
        .qualified("看護師")
        .insured(ALL)
        .standard(Grades::given(340_000))
        .by_pass("K440", 66_000)
        .factor("J020", 1)
        .inhabitant_tax(215_300)
        .works(Work { overtime: hm(8, 15), night_in_scheduled: hm(28, 0), ..MAY })
        .worked_before(Work { night_in_scheduled: hm(16, 0), ..MAY });
    let husband = Relative::spouse(&person, day(1985, 3, 3)).income(900_000).not_in_health_insurance();
    person.family(husband).child(day(2010, 2, 14))
}

fn father(figures: &Figures<'_>) -> Person {
    by_name(figures, "T022", ("中野", "ナカノ"), ("大樹", "ダイキ"), Sex::Male, day(1993, 3, 3))
        .department("介護")
        .paid("M", PayType::Monthly, 262_000)
        .factor("J010", 62_000)
        .factor("J020", 1)
        .insured(ALL)
        .standard(Grades::given(280_000))
        .spouse(day(1994, 7, 7))
        .child(day(2026, 5, 10))
        .inhabitant_tax(145_900)
        .works(Work { days: 8, leave: 10, ..Work::default() })
        .worked_before(MAY)
}

fn mother(figures: &Figures<'_>) -> Person {
    by_name(figures, "T031", ("練馬", "ネリマ"), ("さくら", "サクラ"), Sex::Female, day(1990, 8, 21))
        .department("介護")
        .paid("M", PayType::Monthly, 254_000)
        .insured(ALL)
        .standard(Grades::given(260_000))
        .worked_before(MAY)
}

fn with_fixed_overtime(figures: &Figures<'_>) -> Person {
    let mut person = by_name(figures, "T045", ("石神井", "シャクジイ"), ("直人", "ナオト"), Sex::Male, day(1978, 9, 9))
        .position("サービス提供責任者")
        .paid("M", PayType::Monthly, 248_000)
        .fixed("K150", 20_000)
        .fixed("K170", 62_900)
        .by_public_transport("K410", 14_300)
        .factor("J020", 1)
        .insured(ALL)
        .standard(Grades::given(360_000))
        .spouse(day(1980, 1, 15))
        .family(Relative::child(day(2007, 3, 1)).income(400_000))
        .family(Relative::parent(day(1948, 2, 20), Sex::Female).elderly_parent().not_in_health_insurance())
        .inhabitant_tax(236_700)
        .works(Work { overtime: hm(38, 20), ..MAY });
    person.terms.fixed_overtime_hours = Minutes::new(hm(30, 0)).into();
    person.terms.fixed_overtime_amount = Yen::new(62_900).into();
    person
}

fn leaver(figures: &Figures<'_>) -> Person {
    by_name(figures, "T052", ("豊島", "トシマ"), ("綾", "アヤ"), Sex::Female, day(1996, 10, 30))
        .department("事務")
        .paid("M", PayType::Monthly, 231_000)
        .by_public_transport("K410", 8_700)
        .factor("J020", 1)
        .insured(ALL)
        .standard(Grades::given(240_000))
        .leaves(day(2026, 6, 30), LeavingClass::OwnReason)
        .inhabitant_tax(118_300)
        .inhabitant_tax_at_leaving(InhabitantTaxAtLeaving::ToOrdinaryCollection, month(2026, 6))
        .works(Work { overtime: hm(3, 0), ..MAY })
}

fn newcomer(figures: &Figures<'_>) -> Person {
    by_name(figures, "T060", ("江古田", "エゴタ"), ("隼", "ハヤト"), Sex::Male, day(1999, 2, 2))
        .hired(day(2026, 4, 6))
        .department("介護")
        .paid("M", PayType::Monthly, 240_000)
        .insured(ALL)
        .acquisition_pay(240_000)
        .standard(Grades { pay: Some(Yen::new(240_000)), ..Grades::given(240_000) })
        .notified(day(2026, 4, 20))
        .filed(day(2026, 4, 8))
        .works(Work { overtime: hm(6, 20), ..MAY })
}

fn refused_characters(figures: &Figures<'_>) -> Person {
    by_name(figures, "T088", ("髙松", "タカマツ"), ("﨑子", "サキコ"), Sex::Female, day(1991, 1, 1))
        .department("介護")
        .paid("M", PayType::Monthly, 234_000)
        .insured(ALL)
        .standard(Grades::given(240_000))
        .works(MAY)
}

fn short_time(figures: &Figures<'_>) -> Person {
    let work = Work::hourly(17, hm(102, 45));
    by_name(figures, "T120", ("光が丘", "ヒカリガオカ"), ("恵", "メグミ"), Sex::Female, day(1989, 12, 12))
        .class(EmploymentClass::PartTime)
        .paid("H", PayType::Hourly, 1_260)
        .part_time(hm(24, 0), 4, 17)
        .insured(ALL)
        .short_time()
        .standard(Grades::given(134_000))
        .by_public_transport_daily(420)
        .inhabitant_tax(31_000)
        .works(Work { paid_leave: 1, ..work })
        .worked_before(work)
}

fn turns_sixty_five(figures: &Figures<'_>) -> Person {
    by_name(figures, "F007", ("筑後", "チクゴ"), ("早苗", "サナエ"), Sex::Female, day(1961, 6, 1))
        .department("介護")
        .paid("M", PayType::Monthly, 205_000)
        .fixed("K160", 18_000)
        .by_vehicle(CommutingMeans::Car, Exact::whole(6), "K420", 4_200)
        .insured(ALL)
        .standard(Grades::given(220_000))
        .inhabitant_tax(77_700)
        .works(MAY)
}

fn turns_seventy(figures: &Figures<'_>) -> Person {
    let person = by_name(figures, "F019", ("大牟田", "オオムタ"), ("進", "ススム"), Sex::Male, day(1956, 6, 10))
        .department("送迎")
        .paid("M", PayType::Monthly, 180_000)
        .by_vehicle(CommutingMeans::Car, Exact::whole(3), "K420", 2_000)
        .insured(ALL)
        .standard(Grades::given(180_000))
        .inhabitant_tax(40_300)
        .works(MAY);
    let wife = Relative::spouse(&person, day(1958, 4, 4)).pensioner(800_000);
    person.family(wife)
}

/// T022's 出生時育休, T031's 産前産後休業 and 育児休業.
pub(crate) fn leaves() -> Vec<Row<Leave>> {
    let leave = |person: &str, kind, from, planned_to, born| {
        let mut leave = Leave::new(client_code(), person.into(), kind, from);
        leave.planned_to = Some(planned_to);
        leave.birth_date_of_child = Some(born);
        leave.premium_exemption = Some(PremiumExemption::Automatic);
        leave.pay_treatment = Some(PayTreatment::Unpaid);
        leave
    };
    let (born, born_to_mother) = (day(2026, 5, 10), day(2025, 11, 14));
    let mut at_birth = leave("T022", LeaveKind::ChildcareAtBirth, day(2026, 5, 11), day(2026, 5, 24), born);
    at_birth.to = at_birth.planned_to;
    let mut maternity = leave("T031", LeaveKind::Maternity, day(2025, 10, 4), day(2026, 1, 9), born_to_mother);
    maternity.to = maternity.planned_to;
    maternity.due_date = Some(born_to_mother);
    let childcare = leave("T031", LeaveKind::Childcare, day(2026, 1, 10), day(2027, 1, 9), born_to_mother);
    vec![at_birth.into(), maternity.into(), childcare.into()]
}

/// 処遇改善手当 of all members of staff without a row of their own.
const TREATMENT: i64 = 18_000;

/// M of the formulas.
fn staff(figures: &Figures<'_>, place: &'static Place, k: i64) -> Result<Person, DemoError> {
    let base = 198_000 + 4_500 * (k % 20);
    let (qualification, allowance) = match k % 3 {
        0 => ("看護師", 30_000),
        1 => ("介護福祉士", 12_000),
        _ => ("初任者", 3_000),
    };
    let kilometres = 12 + k % 60;
    let by_car = k % 30 == 0;
    let commuting = if by_car { kilometres * 2 * 20 * 15 / 100 * 100 } else { 6_000 + 200 * (k % 30) };
    let pay = base + allowance + TREATMENT + commuting;
    let offset = if place.establishment == "T" { 0 } else { 211 };
    let birth_date = birth_of_staff(place, k, days_after(day(1964, 1, 1), (397 * k + offset) % 13_500)?);
    let overtime = i32::try_from(53 * k % 1500).unwrap_or(0);
    let nights = i32::try_from(k % 4).unwrap_or(0);
    let hired = joins_in_june(place, k);
    let mut person = generated(figures, place, k, birth_date);
    if hired {
        person = person.hired(day(2026, 6, 1));
    }
    person = person
        .department("介護")
        .paid("M", PayType::Monthly, base)
        .qualified(qualification)
        .fixed("K160", TREATMENT)
        .insured(ALL)
        .standard(figures.grades(month(2025, 9), pay)?);
    person = if by_car {
        person.by_vehicle(CommutingMeans::Car, Exact::whole(kilometres), "K420", commuting)
    } else {
        person.by_public_transport("K410", commuting)
    };
    if k % 2 == 0 {
        person = person.factor("J020", 1);
    }
    if k % 4 == 0 {
        person = person.spouse(days_after(birth_date, 500)?);
    }
    if k % 25 == 0 {
        person = person.foreigner("介護");
    }
    if hired {
        return Ok(person.acquisition_pay(pay));
    }
    let work = Work { overtime, night_in_scheduled: hm(8, 0) * nights, ..MAY };
    Ok(changed(person.inhabitant_tax(90_000 + 1_100 * k).works(work)))
}

/// The changes of the design over what the formulas give.
fn changed(person: Person) -> Person {
    let only_overtime = |days, hours| Work { days, overtime: hm(hours, 0), ..Work::default() };
    let whole = |hours| Work { overtime: hm(hours, 0), ..MAY };
    match person.code.as_str() {
        "T070" => person
            .leaves(day(2026, 5, 15), LeavingClass::OwnReason)
            .filed(day(2026, 5, 19))
            .ordinary_collection_from(day(2026, 5, 15), month(2026, 4))
            .works(only_overtime(8, 3))
            .worked_before(whole(3)),
        "F055" => contract_ends(person).ordinary_collection_from(day(2026, 5, 31), month(2026, 4)).works(whole(2)),
        "T083" => person
            .leaves(day(2026, 5, 20), LeavingClass::Death)
            .filed(day(2026, 5, 25))
            .ordinary_collection_from(day(2026, 5, 20), month(2026, 4))
            .works(only_overtime(11, 4))
            .worked_before(whole(4)),
        "F040" => person
            .leaves(day(2026, 6, 20), LeavingClass::OwnReason)
            .without_separation_slip()
            .inhabitant_tax_at_leaving(InhabitantTaxAtLeaving::ToOrdinaryCollection, month(2026, 6)),
        "F068" => {
            person.class(EmploymentClass::Commissioned).seventy_on(day(2021, 6, 17)).seventy_five_on(day(2026, 6, 18))
        }
        _ => person,
    }
}

/// 契約満了 on the last day of May.
fn contract_ends(person: Person) -> Person {
    let hired_on = person.hired_on();
    let mut person = person.class(EmploymentClass::Contract).leaves(day(2026, 5, 31), LeavingClass::ContractEnd);
    person.terms.contract_from = hired_on.into();
    person.terms.contract_to = day(2026, 5, 31).into();
    person
}

/// F040 and F068 have a birthday of their own.
fn birth_of_staff(place: &Place, k: i64, by_formula: Date) -> Date {
    match (place.establishment, k) {
        ("F", 40) => day(1966, 9, 15),
        ("F", 68) => day(1951, 6, 18),
        _ => by_formula,
    }
}

/// T095, F065 and T156 are hired on 2026-06-01.
fn joins_in_june(place: &Place, k: i64) -> bool {
    matches!((place.establishment, k), ("T", 95 | 156) | ("F", 65))
}

/// H of the formulas.
fn part_timer(figures: &Figures<'_>, place: &'static Place, k: i64) -> Result<Person, DemoError> {
    let hourly = if place.establishment == "T" { 1_240 } else { 1_090 } + 5 * (k % 10);
    // Minutes a week and a day, days a week, days in May.
    let (weekly, daily, weekly_days, days) = match k % 5 {
        0 => (hm(16, 0), hm(4, 0), 4, 17),
        1 => (hm(20, 0), hm(5, 0), 4, 17),
        2 => (hm(22, 0), hm(5, 30), 4, 17),
        3 => (hm(24, 0), hm(6, 0), 4, 17),
        _ => (hm(30, 0), hm(6, 0), 5, 20),
    };
    let pay = hourly * i64::from(weekly) * 52 / (12 * 60) + 300 * i64::from(days);
    let birth_date = days_after(day(1960, 1, 1), 409 * k % 15_500)?;
    let hired = joins_in_june(place, k);
    let mut person = generated(figures, place, k, birth_date);
    if hired {
        person = person.hired(day(2026, 6, 1));
    }
    person = person
        .class(EmploymentClass::PartTime)
        .paid("H", PayType::Hourly, hourly)
        .part_time(weekly, weekly_days, i64::from(days))
        .by_public_transport_daily(300);
    person = match k % 5 {
        0 => {
            person.terms.accident_wage_class = AccidentWageClass::Temporary.into();
            person
        }
        4 => person.insured(ALL).standard(figures.grades(month(2025, 9), pay)?),
        _ => person.insured(ALL).short_time().standard(figures.grades(month(2025, 9), pay)?),
    };
    if k % 25 == 0 {
        person = person.foreigner("特定技能1号");
    }
    if hired {
        return Ok(person.acquisition_pay(pay));
    }
    Ok(person.inhabitant_tax(36_000 + 900 * k).works(Work::hourly(days, days * daily)))
}

fn generated(figures: &Figures<'_>, place: &'static Place, k: i64, birth_date: Date) -> Person {
    // Two of three are women, whatever the remainder that other formulas use.
    let sex = if (k / 4 + k) % 3 == 0 { Sex::Male } else { Sex::Female };
    let families = if place.establishment == "T" { TOKYO } else { FUKUOKA };
    let code = format!("{}{k:03}", place.establishment);
    Person::new(figures, place, &code, &names::generated(families, k, sex), birth_date)
}

impl Person {
    /// 夏季賞与 of 2026: two typed amounts, and 1.2 months of 基本給 of the other members of staff who are still there.
    pub(crate) fn summer_bonus(&self) -> Option<Yen> {
        match self.code.as_str() {
            "T045" => return Some(Yen::new(520_700)),
            "T031" => return Some(Yen::new(150_000)),
            code if named().contains(code) => return None,
            _ => {}
        }
        let staff = self.terms.pay_type.value() == Some(&PayType::Monthly);
        let stays = self.employee.left_on.is_none() && self.employee.died_on.is_none();
        let new = self.hired_on() >= day(2026, 6, 1);
        let base = self.terms.base_amount.value().filter(|_| staff && stays && !new)?;
        Some(Yen::new(base.get() * 12 / 10).floor_to(100))
    }
}
