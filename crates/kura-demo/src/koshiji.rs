use kura_calendar::Date;
use kura_law::Law;
use kura_model::{
    AccidentWageClass, ClientCode, CommutingMeans, EmploymentBusinessClass, EmploymentClass, InhabitantTaxMethod,
    ItemCode, ItemTaxClass, LeaveGrantClass, Minutes, MonthOffset, PayGroupChange, PayType, Prefecture, PremiumBase,
    ProrationMethod, Row, Scheme, Sex, StudentClass, VariablePay, WidowSingleParent, WithholdingColumn,
};
use kura_yen::{Exact, Yen};

use crate::agreements;
use crate::attendance::{Work, hm};
use crate::company::{self, Company, EstablishmentFacts};
use crate::family::Relative;
use crate::history::{Past, add_attendance, settled_months};
use crate::insurance::{ALL, SOCIAL};
use crate::names::name;
use crate::pay_groups::{closed_days, days_off, pay_group, working_time};
use crate::pay_items::{Item, pay_items};
use crate::person::{Figures, Grades, Person};
use crate::place::Place;
use crate::{DemoBook, DemoError, DemoRun, day, month};

const CLIENT: &str = "001";

static NAGAOKA: Place = Place {
    client: CLIENT,
    establishment: "N",
    prefecture: Prefecture::Niigata,
    quarter: "新潟県長岡市架空町",
    quarter_kana: "ニイガタケン　ナガオカシ　カクウチョウ",
    zip: "940-0000",
    municipality: "152021",
    municipality_name: "長岡市",
    designated_number: "00012345",
    series: 0,
    weekly_minutes: hm(40, 0),
    monthly_days: 21,
    first_notice_year: 2024,
};

const COMPANY: Company = Company {
    code: CLIENT,
    name: "株式会社越路みそ醸造",
    kana: "コシジミソジョウゾウ",
    representative: "越路　正道",
    zip: "940-0000",
    address: "新潟県長岡市架空町1-2-3",
    tel: "0258-00-0000",
    business: "食料品製造業",
    tax_office: "長岡",
};

const ESTABLISHMENT: EstablishmentFacts = EstablishmentFacts {
    place: &NAGAOKA,
    name: COMPANY.name,
    kana: COMPANY.kana,
    address: COMPANY.address,
    tel: ["0258", "00", "0000"],
    employer: COMPANY.representative,
    insurer: "協会",
    pension_office: "長岡",
    mark: ["32", "01", "ｺｼｼﾞ", "00101"],
    hello_work: ["1502", "長岡"],
    employment_number: "1502-990001-0",
    employment_class: EmploymentBusinessClass::General,
    labor_numbers: ["15-1-03-990001-000", "15-1-03-990001-000"],
    labor_standards_office: "長岡",
    workers: 3,
    bonus_months: None,
};

/// Closed beside Saturdays and Sundays; national holidays are worked.
const CLOSED: [Date; 9] = [
    day(2026, 5, 4),
    day(2026, 5, 5),
    day(2026, 5, 6),
    day(2026, 8, 13),
    day(2026, 8, 14),
    day(2026, 12, 30),
    day(2026, 12, 31),
    day(2027, 1, 1),
    day(2027, 1, 4),
];

const ITEMS: [Item; 8] = [
    Item::officer_pay().groups(&["Y"]),
    Item::base_pay().groups(&["M", "P", "G"]).prorated().reduced_on_absence(),
    Item::earning("K110", "家族手当")
        .groups(&["M"])
        .formula("5000*家族手当対象の子")
        .base(PremiumBase::ExcludedFamily)
        .not_minimum_wage(),
    Item::earning("K120", "皆勤手当")
        .groups(&["M"])
        .formula("IF(欠勤日数+遅刻回数+早退回数=0, 8000, 0)")
        .not_fixed()
        .not_minimum_wage(),
    Item::commuting("K210", "通勤手当", ItemTaxClass::CommutingVehicle).groups(&["M"]).prorated(),
    Item::commuting("K210", "通勤手当", ItemTaxClass::CommutingPublicTransport).groups(&["P"]).prorated(),
    Item::commuting("K210", "通勤手当", ItemTaxClass::CommutingVehicle).groups(&["G"]).prorated(),
    Item::deduction("D050", "購買代").groups(&["M"]).variable(),
];

/// 001 株式会社越路みそ醸造: five people, 二以上, ひとり親, a student, a part-timer.
pub(crate) fn book(law: &Law) -> Result<DemoBook, DemoError> {
    let figures = Figures::new(law)?;
    let run = month(2026, 7);
    let mut book = company::begin(law, run.previous());
    let mut client = COMPANY.client();
    client.semiannual_withholding = true;
    book.clients.push(client.into());
    book.establishments.push(ESTABLISHMENT.row().into());
    book.labor_insurances = ESTABLISHMENT.labor_insurances(law, "41")?;
    book.pay_groups = pay_groups()?;
    book.pay_items = pay_items(CLIENT, &ITEMS);
    book.calendar_days = closed_days(CLIENT, &CLOSED);
    book.agreements.push(agreements::deduction(CLIENT, "N", "購買代").into());
    book.bank_accounts = COMPANY.accounts();

    let people = people(&figures)?;
    add_attendance(&mut book, &people, run);
    for person in &people {
        book.paid_leaves.extend(person.newest_grant(&figures, day(2026, 6, 30))?.map(Row::from));
    }
    let history_months = settled_months(run, &people, |_, month| month.previous().last_day(), |_, _| Past::AsEver);
    book.variable_pays.push(purchases().into());
    for person in people {
        person.add_to(&mut book);
    }
    let runs = vec![DemoRun::Month { month: run }];
    Ok(DemoBook { folder: "001-koshiji", book, runs, history_months, later_months: Vec::new() })
}

/// Officers, staff, part-timers of five hours and the student of six: closing, payment and methods are the same.
fn pay_groups() -> Result<Vec<Row<PayGroupChange>>, DemoError> {
    let mut groups = Vec::new();
    for (code, name, hours) in [("Y", "役員", 8), ("M", "月給", 8), ("P", "パート", 5), ("G", "学生アルバイト", 6)]
    {
        let mut group = pay_group(CLIENT, code, name)?;
        group.payment_month_offset = MonthOffset::NextMonth.into();
        group.payment_day = kura_model::DayOfMonth::Day(10).into();
        group.absence_method = ProrationMethod::MonthlyAverageHours.into();
        group.paid_leave_hours_per_day = Minutes::new(hm(hours, 0)).into();
        working_time(&mut group, 252, "168", 21)?;
        days_off(&mut group, "土", false);
        groups.push(group.into());
    }
    Ok(groups)
}

fn people(figures: &Figures<'_>) -> Result<Vec<Person>, DemoError> {
    Ok(vec![chairman(figures), director(figures)?, brewer(figures), part_timer(figures), student(figures)?])
}

fn chairman(figures: &Figures<'_>) -> Person {
    let chairman = name(("越路", "コシジ"), ("正道", "マサミチ"), Sex::Male);
    Person::new(figures, &NAGAOKA, "1", &chairman, day(1954, 3, 15))
        .officer("Y", "代表取締役", 400_000)
        .insured(SOCIAL)
        .standard(Grades::given(410_000))
        .seventy_on(day(2024, 3, 14))
        .spouse(day(1956, 1, 20))
        .inhabitant_tax(182_500)
}

fn director(figures: &Figures<'_>) -> Result<Person, DemoError> {
    let director = name(("越路", "コシジ"), ("健一", "ケンイチ"), Sex::Male);
    let mut person = Person::new(figures, &NAGAOKA, "2", &director, day(1981, 2, 8))
        .officer("Y", "専務取締役", 300_000)
        .insured(SOCIAL)
        .multi_establishment()
        .standard(Grades::two(790_000, 650_000))
        .notified_premiums("架空商事", Exact::parse("32765.2")?, Exact::parse("44606.25")?);
    person.terms.withholding_column = WithholdingColumn::Otsu.into();
    person.terms.secondary_dependents = 0.into();
    // 住民税 is withheld by the other company.
    person.terms.inhabitant_tax_method = InhabitantTaxMethod::OrdinaryB.into();
    Ok(person)
}

fn brewer(figures: &Figures<'_>) -> Person {
    let brewer = name(("佐渡島", "サドシマ"), ("みのり", "ミノリ"), Sex::Female);
    let mut person = Person::new(figures, &NAGAOKA, "3", &brewer, day(1992, 11, 20))
        .department("製造")
        .paid("M", PayType::Monthly, 228_000)
        .insured(ALL)
        .standard(Grades::given(260_000))
        .family(Relative::child(day(2023, 4, 2)).family_allowance())
        .by_vehicle(CommutingMeans::Car, Exact::whole(18), "K210", 15_000)
        .inhabitant_tax(100_000)
        .works(Work { overtime: hm(12, 30), late: (1, 40), ..Work::days(22) });
    person.employee.widow_single_parent = Some(WidowSingleParent::SingleParent);
    person
}

fn part_timer(figures: &Figures<'_>) -> Person {
    let part_timer = name(("栃尾", "トチオ"), ("ふみ", "フミ"), Sex::Female);
    Person::new(figures, &NAGAOKA, "4", &part_timer, day(1958, 9, 1))
        .class(EmploymentClass::PartTime)
        .paid("P", PayType::Hourly, 1_150)
        .part_time(hm(25, 0), 5, 21)
        .insured(&[Scheme::Employment])
        .by_public_transport("K210", 6_000)
        .works(Work { paid_leave: 1, within_statutory: hm(2, 0), ..Work::hourly(20, hm(100, 0)) })
}

fn student(figures: &Figures<'_>) -> Result<Person, DemoError> {
    let student = name(("加茂", "カモ"), ("蒼", "アオイ"), Sex::Male);
    let mut person = Person::new(figures, &NAGAOKA, "5", &student, day(2005, 5, 30))
        .hired(day(2025, 4, 1))
        .class(EmploymentClass::StudentPartTime)
        .paid("G", PayType::Hourly, 1_100)
        .part_time(hm(12, 0), 2, 8)
        .by_vehicle(CommutingMeans::Bicycle, Exact::parse("1.5")?, "K210", 2_000)
        .works(Work { night_in_scheduled: hm(4, 0), ..Work::hourly(8, hm(48, 0)) });
    person.employee.student = Some(StudentClass::Daytime);
    person.terms.accident_wage_class = AccidentWageClass::Temporary.into();
    person.terms.leave_grant_class = LeaveGrantClass::ProportionalTwoDays.into();
    Ok(person)
}

/// 購買代 of the run alone.
fn purchases() -> VariablePay {
    let (client, person) = (ClientCode::from(CLIENT), "3".into());
    let mut row = VariablePay::new(client, person, month(2026, 7), ItemCode::from("D050"));
    row.amount = Some(Yen::new(1_240));
    row
}
