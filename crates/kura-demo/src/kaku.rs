use kura_law::Law;
use kura_model::{
    EmploymentBusinessClass, FilingProfile, InsurerCode, InsurerKind, InsurerRateChange, ItemTaxClass, PayType,
    Prefecture, RoundingRule, Row, Sex, Text,
};
use kura_yen::Rate;

use crate::attendance::{Work, hm};
use crate::company::{self, Company, EstablishmentFacts};
use crate::history::{Past, add_attendance, settled_months};
use crate::insurance::{ALL, SOCIAL};
use crate::names::name;
use crate::pay_groups::{closed_days, days_off, pay_group, working_time};
use crate::pay_items::{Item, pay_items};
use crate::person::{Figures, Grades, Person};
use crate::place::Place;
use crate::{DemoBook, DemoError, DemoRun, day, month};

const CLIENT: &str = "004";
const SOCIETY: &str = "組合";

static YOKOHAMA: Place = Place {
    client: CLIENT,
    establishment: "Y",
    prefecture: Prefecture::Kanagawa,
    quarter: "神奈川県横浜市架空町",
    quarter_kana: "カナガワケン　ヨコハマシ　カクウチョウ",
    zip: "220-0000",
    municipality: "141003",
    municipality_name: "横浜市",
    designated_number: "00040001",
    series: 0,
    weekly_minutes: hm(40, 0),
    monthly_days: 20,
    first_notice_year: 2024,
};

const COMPANY: Company = Company {
    code: CLIENT,
    name: "架空ソフト開発株式会社",
    kana: "カクウソフトカイハツ",
    representative: "戸塚　実",
    zip: "220-0000",
    address: "神奈川県横浜市架空町10",
    tel: "045-000-0000",
    business: "情報サービス業",
    tax_office: "横浜中",
};

const ESTABLISHMENT: EstablishmentFacts = EstablishmentFacts {
    place: &YOKOHAMA,
    name: COMPANY.name,
    kana: COMPANY.kana,
    address: COMPANY.address,
    tel: ["045", "000", "0000"],
    employer: COMPANY.representative,
    insurer: SOCIETY,
    pension_office: "横浜中",
    mark: ["31", "04", "ｶｸｳ", "00404"],
    hello_work: ["1401", "横浜"],
    employment_number: "1401-990004-0",
    employment_class: EmploymentBusinessClass::General,
    labor_numbers: ["14-1-01-990004-000", "14-1-01-990004-000"],
    labor_standards_office: "横浜南",
    workers: 2,
    bonus_months: None,
};

const ITEMS: [Item; 3] = [
    Item::officer_pay(),
    Item::base_pay().prorated().reduced_on_absence(),
    Item::commuting("K410", "通勤手当", ItemTaxClass::CommutingPublicTransport).prorated(),
];

/// 004 架空ソフト開発株式会社: three people of a 健康保険組合.
pub(crate) fn book(law: &Law) -> Result<DemoBook, DemoError> {
    let figures = Figures::new(law)?;
    let run = month(2026, 6);
    let mut book = company::begin(law, run.previous());
    book.clients.push(COMPANY.client().into());
    book.establishments.push(ESTABLISHMENT.row().into());
    book.insurer_rates = insurer_rates()?;
    book.labor_insurances = ESTABLISHMENT.labor_insurances(law, "94")?;
    let mut group = pay_group(CLIENT, "M", "月給")?;
    working_time(&mut group, 240, "160", 20)?;
    days_off(&mut group, "土", true);
    book.pay_groups.push(group.into());
    book.pay_items = pay_items(CLIENT, &ITEMS);
    book.calendar_days = closed_days(CLIENT, &crate::hinata::CLOSED);
    book.bank_accounts = COMPANY.accounts();

    let people = people(&figures);
    add_attendance(&mut book, &people, run);
    for person in &people {
        book.paid_leaves.extend(person.newest_grant(&figures, run.last_day())?.map(Row::from));
    }
    let history_months = settled_months(run, &people, |_, month| month.last_day(), |_, _| Past::AsEver);
    for person in people {
        person.add_to(&mut book);
    }
    let runs = vec![DemoRun::Month { month: run }];
    Ok(DemoBook { folder: "004-kaku", book, runs, history_months, later_months: Vec::new() })
}

/// 架空情報健康保険組合: rates and shares of its own, the levy from 2026-03 on.
fn insurer_rates() -> Result<Vec<Row<InsurerRateChange>>, DemoError> {
    let row = |from| InsurerRateChange::new(CLIENT.into(), InsurerCode::from(SOCIETY), from);
    let mut before = row(month(2024, 3));
    before.insurer_name = Text::from("架空情報健康保険組合").into();
    before.insurer_kind = InsurerKind::HealthInsuranceSociety.into();
    before.health_rate = Rate::from_percent("9.10")?.into();
    before.health_rate_employee = Rate::from_percent("4.15")?.into();
    before.care_rate = Rate::from_percent("1.80")?.into();
    before.care_rate_employee = Rate::from_percent("0.90")?.into();
    before.rounding_agreement = RoundingRule::HalfDown.into();
    before.filing_profile = FilingProfile::Kpfd0006.into();
    before.society_mark = kura_model::Code::from("1234").into();
    let mut now = row(month(2026, 3));
    now.health_rate = Rate::from_percent("9.20")?.into();
    now.health_rate_employee = Rate::from_percent("4.20")?.into();
    now.care_rate = Rate::from_percent("1.80")?.into();
    now.care_rate_employee = Rate::from_percent("0.90")?.into();
    now.support_levy_rate = Rate::from_percent("0.23")?.into();
    now.support_levy_rate_employee = Rate::from_percent("0.115")?.into();
    Ok(vec![before.into(), now.into()])
}

fn people(figures: &Figures<'_>) -> Vec<Person> {
    let person = |code, family, given, sex, birth_date| {
        Person::new(figures, &YOKOHAMA, code, &name(family, given, sex), birth_date)
    };
    vec![
        person("1", ("戸塚", "トツカ"), ("実", "ミノル"), Sex::Male, day(1970, 7, 7))
            .officer("M", "代表取締役", 600_000)
            .insured(SOCIAL)
            .standard(Grades::given(590_000))
            .spouse(day(1972, 2, 2))
            .inhabitant_tax(420_000),
        person("2", ("鶴見", "ツルミ"), ("葵", "アオイ"), Sex::Female, day(1984, 4, 4))
            .department("開発")
            .paid("M", PayType::Monthly, 380_000)
            .insured(ALL)
            .standard(Grades::given(410_000))
            .by_public_transport("K410", 18_200)
            .inhabitant_tax(240_000)
            .works(Work { overtime: hm(10, 0), ..Work::days(22) })
            .worked_before(Work::days(22)),
        person("3", ("保土ケ谷", "ホドガヤ"), ("陸", "リク"), Sex::Male, day(1998, 8, 8))
            .department("開発")
            .paid("M", PayType::Monthly, 270_000)
            .insured(ALL)
            .standard(Grades::given(280_000))
            .by_public_transport("K410", 9_600)
            .inhabitant_tax(138_000)
            .works(Work::days(22)),
    ]
}
