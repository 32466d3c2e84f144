use kura_calendar::{Date, Month};
use kura_model::{
    AccidentWageClass, ChangeReason, ClientCode, EmploymentClass, FamilyTaxClass, InhabitantTaxAtLeaving, Leave,
    LeaveKind, LeavingClass, PayTreatment, PayType, PremiumExemption, Sex,
};
use kura_yen::Yen;

use crate::attendance::{Work, hm};
use crate::family::Relative;
use crate::insurance::{ALL, SOCIAL};
use crate::names::{self, OSAKA, Pair, name};
use crate::person::{Figures, Grades, Person};
use crate::senshu::{CLIENT, SAKAI};
use crate::{DemoError, day, days_after, month};

/// All forty, in the order of their numbers.
pub(crate) fn people(figures: &Figures<'_>) -> Result<Vec<Person>, DemoError> {
    (1..=40).map(|number| person(figures, number)).collect()
}

fn person(figures: &Figures<'_>, number: i64) -> Result<Person, DemoError> {
    Ok(match number {
        1 => president(figures),
        2 => director(figures),
        7 => foreman(figures),
        12 => leaver(figures),
        15 => newcomer(figures),
        21 => commissioned(figures),
        28 => on_sick_leave(figures),
        33 => raised(figures),
        3..=6 => office_clerk(figures, number)?,
        34..=35 => site_manager(figures, number)?,
        39..=40 => part_timer(figures, number)?,
        _ => site_worker(figures, number)?,
    })
}

fn named(figures: &Figures<'_>, code: &str, family: Pair, given: Pair, sex: Sex, birth_date: Date) -> Person {
    Person::new(figures, &SAKAI, code, &name(family, given, sex), birth_date)
}

fn president(figures: &Figures<'_>) -> Person {
    let person = named(figures, "01", ("和泉", "イズミ"), ("剛", "ツヨシ"), Sex::Male, day(1963, 12, 24))
        .officer("Y", "代表取締役", 1_250_000)
        .insured(SOCIAL)
        .standard(Grades::two(1_270_000, 650_000))
        .inhabitant_tax(1_380_000);
    // Above 9,000,000 the wife is no 源泉控除対象配偶者 and is not counted.
    let wife = Relative::spouse(&person, day(1966, 6, 1)).tax_class(FamilyTaxClass::SameLivelihoodSpouse);
    let mut person = person.family(wife).child(day(2006, 7, 9));
    person.terms.own_income_estimate = Yen::new(20_050_000).into();
    person
}

fn director(figures: &Figures<'_>) -> Person {
    named(figures, "02", ("和泉", "イズミ"), ("久美", "クミ"), Sex::Female, day(1966, 3, 3))
        .officer("Y", "取締役", 380_000)
        .insured(SOCIAL)
        .standard(Grades::given(380_000))
}

fn foreman(figures: &Figures<'_>) -> Person {
    let work =
        Work { statutory_holiday: (1, hm(8, 0)), overtime: hm(66, 20), night_in_overtime: hm(6, 0), ..daily(21) };
    named(figures, "07", ("岸和田", "キシワダ"), ("勇", "イサム"), Sex::Male, day(1979, 8, 3))
        .department("現場")
        .position("職長")
        .paid("D", PayType::Daily, 15_500)
        .insured(ALL)
        .standard(Grades::given(410_000))
        .fixed("K120", 12_050)
        .qualified("2級管工事")
        .by_car(32)
        .spouse(day(1981, 5, 5))
        .child(day(2009, 5, 10))
        .family(Relative::child(day(2013, 2, 20)).disabled())
        .inhabitant_tax(291_900)
        // The hours of the holiday are no part of the twenty days.
        .works(Work { hours: Some(20 * DAY), ..work })
        .worked_before(Work { overtime: hm(20, 0), ..daily(20) })
}

fn leaver(figures: &Figures<'_>) -> Person {
    let raise = day(2026, 6, 21);
    named(figures, "12", ("貝塚", "カイヅカ"), ("美咲", "ミサキ"), Sex::Female, day(1995, 4, 12))
        .department("事務")
        .paid("M", PayType::Monthly, 240_000)
        .changes_from(raise, ChangeReason::Raise, |terms| terms.base_amount = Yen::new(251_330).into())
        .fixed_from("K130", raise, ChangeReason::AllowanceChange, 12_300)
        .by_public_transport("K220", 12_480)
        .insured(ALL)
        .standard(Grades::given(260_000))
        .leaves(day(2026, 10, 9), LeavingClass::OwnReason)
        .inhabitant_tax(132_400)
        .inhabitant_tax_at_leaving(InhabitantTaxAtLeaving::LumpSumRequested, month(2026, 10))
        .works(Work::days(13))
        .worked_before(Work::days(20))
}

fn newcomer(figures: &Figures<'_>) -> Person {
    named(figures, "15", ("泉大津", "イズミオオツ"), ("翔", "ショウ"), Sex::Male, day(1998, 1, 9))
        .hired(day(2026, 10, 1))
        .department("施工管理")
        .paid("M", PayType::Monthly, 280_000)
        .insured(ALL)
        .acquisition_pay(306_800)
        .standard(Grades { pay: Some(Yen::new(306_800)), ..Grades::given(300_000) })
        .qualified("1級管工事")
        .by_car(8)
        .works(Work { overtime: hm(5, 40), ..Work::days(15) })
}

fn commissioned(figures: &Figures<'_>) -> Person {
    named(figures, "21", ("堺", "サカイ"), ("義男", "ヨシオ"), Sex::Male, day(1960, 5, 17))
        .class(EmploymentClass::Commissioned)
        .paid("M", PayType::Monthly, 240_000)
        .by_public_transport("K220", 9_800)
        .insured(ALL)
        .standard(Grades::given(240_000))
        .spouse(day(1962, 8, 8))
        .inhabitant_tax(84_100)
        .works(Work { absent: 1, overtime: hm(3, 10), ..Work::days(19) })
        .worked_before(Work::days(20))
}

fn on_sick_leave(figures: &Figures<'_>) -> Person {
    named(figures, "28", ("高石", "タカイシ"), ("健", "ケン"), Sex::Male, day(1971, 10, 1))
        .department("施工管理")
        .paid("M", PayType::Monthly, 320_000)
        .insured(ALL)
        .standard(Grades::given(320_000))
        .spouse(day(1973, 3, 3))
        .child(day(2008, 4, 15))
        .inhabitant_tax(174_800)
        .works(Work::days(0))
}

fn raised(figures: &Figures<'_>) -> Person {
    named(figures, "33", ("阪南", "ハンナン"), ("誠", "マコト"), Sex::Male, day(1988, 6, 6))
        .department("施工管理")
        .paid("M", PayType::Monthly, 300_000)
        .changes_from(day(2026, 7, 6), ChangeReason::Raise, |terms| terms.base_amount = Yen::new(340_000).into())
        .insured(ALL)
        .standard(Grades::given(300_000))
        .works(Work { overtime: hm(3, 0), ..Work::days(20) })
        .worked_before(Work::days(20))
}

/// 28's leave; its whole periods have no days of their own in 勤怠.
pub(crate) fn sick_leave() -> Leave {
    let mut leave = Leave::new(ClientCode::from(CLIENT), "28".into(), LeaveKind::SuspensionFromWork, day(2026, 8, 21));
    leave.premium_exemption = Some(PremiumExemption::NotClaimed);
    leave.pay_treatment = Some(PayTreatment::Unpaid);
    leave
}

/// 03–06.
fn office_clerk(figures: &Figures<'_>, k: i64) -> Result<Person, DemoError> {
    monthly(figures, k, 215_000 + 6_000 * k, "事務")
}

/// 34–35.
fn site_manager(figures: &Figures<'_>, k: i64) -> Result<Person, DemoError> {
    monthly(figures, k, 310_000 + 15_000 * (k - 33), "施工管理")
}

fn monthly(figures: &Figures<'_>, k: i64, pay: i64, department: &str) -> Result<Person, DemoError> {
    let person = generated(figures, k)?
        .department(department)
        .paid("M", PayType::Monthly, pay)
        .insured(ALL)
        .standard(figures.grades(month(2025, 9), pay)?)
        .works(Work::days(20));
    family(person)
}

/// 39–40.
fn part_timer(figures: &Figures<'_>, k: i64) -> Result<Person, DemoError> {
    let mut person = generated(figures, k)?
        .class(EmploymentClass::PartTime)
        .paid("H", PayType::Hourly, 1_250)
        .part_time(hm(18, 0), 3, 13)
        .works(Work::hourly(13, hm(78, 0)));
    person.terms.accident_wage_class = AccidentWageClass::Temporary.into();
    Ok(person)
}

/// The site workers.
fn site_worker(figures: &Figures<'_>, k: i64) -> Result<Person, DemoError> {
    let daily_pay = 12_500 + 250 * (k % 13);
    let (qualification, allowance) = match k % 3 {
        0 => (Some("1級管工事"), 10_000),
        1 => (Some("2級管工事"), 5_000),
        _ => (None, 0),
    };
    let foreman = if k % 5 == 2 { 12_050 } else { 0 };
    let kilometres = 3 + 7 * k % 40;
    let car = (kilometres * 2 * 22 * 15).min(25_000);
    let pay = 22 * daily_pay + foreman + allowance + 22 * 800 + car;
    let overtime = i32::try_from(97 * k % 2400).unwrap_or(0);
    let paid_leave = i32::from(k % 9 == 0);
    let work = Work { paid_leave, overtime, ..daily(20 - paid_leave) };
    let mut person = generated(figures, k)?
        .department("現場")
        .paid("D", PayType::Daily, daily_pay)
        .insured(ALL)
        .standard(figures.grades(month(2025, 9), pay)?)
        .by_car(kilometres)
        .works(work)
        .worked_before(Work { overtime: overtime / 2, ..work });
    if foreman > 0 {
        person = person.position("職長").fixed("K120", foreman);
    }
    if let Some(qualification) = qualification {
        person = person.qualified(qualification);
    }
    family(person)
}

/// Birth and name of one of the others.
fn generated(figures: &Figures<'_>, k: i64) -> Result<Person, DemoError> {
    let birth_date = days_after(day(1966, 1, 1), 331 * k % 14_000)?;
    let sex = if k % 6 == 5 || (3..=4).contains(&k) || k >= 39 { Sex::Female } else { Sex::Male };
    let person = Person::new(figures, &SAKAI, &format!("{k:02}"), &names::generated(OSAKA, k, sex), birth_date);
    Ok(if k >= 39 { person } else { person.inhabitant_tax(84_000 + 3_300 * k) })
}

/// The spouse of an even number, and k mod 3 children.
fn family(person: Person) -> Result<Person, DemoError> {
    let k = person.number;
    let Some(birth_date) = person.employee.birth_date else { return Ok(person) };
    let mut person = if k % 2 == 0 { person.spouse(days_after(birth_date, 400)?) } else { person };
    for i in 1..=k % 3 {
        let (month, day_of_month) = (1 + (k + i) % 12, 1 + (7 * k + i) % 28);
        let year = birth_date.year() + i16::try_from(26 + 3 * (i - 1)).unwrap_or(0);
        let month = Month::new(year, i8::try_from(month).unwrap_or(1))?;
        let born = month.day_or_last(i8::try_from(day_of_month).unwrap_or(1));
        if born <= day(2026, 1, 1) {
            person = person.child(born);
        }
    }
    Ok(person)
}

/// 7:45.
const DAY: i32 = hm(7, 45);

/// So many days paid by the day.
const fn daily(days: i32) -> Work {
    Work::hourly(days, days * DAY)
}
