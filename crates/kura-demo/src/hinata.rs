use std::collections::BTreeSet;

use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{
    Agreement, Bonus, BonusExemption, BonusState, ClientCode, EmploymentBusinessClass, FullMonth, ItemTaxClass,
    Minutes, MonthOffset, PayGroupChange, Prefecture, PremiumBase, PremiumBaseDivisor, RoundingRule, Row, Scheme,
    SpecifiedCoveredClass,
};
use kura_yen::Yen;

use crate::agreements;
use crate::attendance::{Work, hm};
use crate::company::{self, Company, EstablishmentFacts};
use crate::hinata_people::{leaves, people};
use crate::history::{Past, TypedPay, add_attendance, settled_months};
use crate::pay_groups::{closed_days, days_off, lookup_table, pay_group, working_time};
use crate::pay_items::{Item, pay_items};
use crate::person::{Figures, Person};
use crate::place::Place;
use crate::{DemoBook, DemoError, DemoRun, day, days_after, month};

const CLIENT: &str = "003";

pub(crate) static NERIMA: Place = Place {
    client: CLIENT,
    establishment: "T",
    prefecture: Prefecture::Tokyo,
    quarter: "東京都練馬区架空町",
    quarter_kana: "トウキョウト　ネリマク　カクウチョウ",
    zip: "176-0000",
    municipality: "131202",
    municipality_name: "練馬区",
    designated_number: "00030001",
    series: 0,
    weekly_minutes: hm(40, 0),
    monthly_days: 20,
    first_notice_year: 2024,
};

pub(crate) static KURUME: Place = Place {
    establishment: "F",
    prefecture: Prefecture::Fukuoka,
    quarter: "福岡県久留米市架空町",
    quarter_kana: "フクオカケン　クルメシ　カクウチョウ",
    zip: "830-0000",
    municipality: "402036",
    municipality_name: "久留米市",
    designated_number: "00030002",
    series: 500,
    ..NERIMA
};

const COMPANY: Company = Company {
    code: CLIENT,
    name: "株式会社ひなた介護サービス",
    kana: "ヒナタカイゴサービス",
    representative: "日野　朝雄",
    zip: "176-0000",
    address: "東京都練馬区架空町7-8",
    tel: "03-0000-0000",
    business: "介護サービス業",
    tax_office: "練馬東",
};

const TOKYO_OFFICE: EstablishmentFacts = EstablishmentFacts {
    place: &NERIMA,
    name: COMPANY.name,
    kana: COMPANY.kana,
    address: COMPANY.address,
    tel: ["03", "0000", "0000"],
    employer: COMPANY.representative,
    insurer: "協会",
    pension_office: "練馬",
    mark: ["21", "57", "ﾋﾅﾀ", "04821"],
    hello_work: ["1308", "池袋"],
    employment_number: "1308-990003-0",
    employment_class: EmploymentBusinessClass::General,
    labor_numbers: ["13-1-08-990003-000", "13-1-08-990003-000"],
    labor_standards_office: "池袋",
    workers: 158,
    bonus_months: Some("7,12"),
};

const KURUME_OFFICE: EstablishmentFacts = EstablishmentFacts {
    place: &KURUME,
    name: "株式会社ひなた介護サービス久留米",
    kana: "ヒナタカイゴサービスクルメ",
    address: "福岡県久留米市架空町9",
    tel: ["0942", "00", "0000"],
    pension_office: "久留米",
    mark: ["75", "31", "ﾋﾅﾀ", "00931"],
    hello_work: ["4007", "久留米"],
    employment_number: "4007-990003-0",
    labor_numbers: ["40-1-07-990003-000", "40-1-07-990003-000"],
    labor_standards_office: "久留米",
    workers: 140,
    ..TOKYO_OFFICE
};

/// Closed beside Saturdays, Sundays and national holidays.
pub(crate) const CLOSED: [Date; 4] = [day(2026, 12, 29), day(2026, 12, 30), day(2026, 12, 31), day(2027, 1, 4)];

const ITEMS: [Item; 15] = [
    Item::officer_pay().groups(&["M"]),
    Item::base_pay().groups(&["M"]).prorated().reduced_on_absence(),
    Item::base_pay().groups(&["H"]).divisor(PremiumBaseDivisor::Hour).prorated().reduced_on_absence(),
    Item::earning("K140", "資格手当").groups(&["M"]).formula("参照表(\"資格手当\", 保有資格)").prorated(),
    Item::earning("K150", "役職手当").groups(&["M"]).prorated(),
    Item::earning("K160", "処遇改善手当").groups(&["M"]).prorated(),
    Item::earning("K170", "固定残業代")
        .groups(&["M"])
        .base(PremiumBase::ExcludedPremiumPay)
        .not_minimum_wage()
        .prorated(),
    Item::earning("K180", "住宅手当")
        .groups(&["M"])
        .formula("MIN(ROUNDDOWN(家賃*0.3,-2),15000)")
        .base(PremiumBase::ExcludedHousing)
        .not_minimum_wage(),
    Item::commuting("K410", "通勤手当（交通機関）", ItemTaxClass::CommutingPublicTransport).groups(&["M"]).prorated(),
    Item::commuting("K420", "通勤手当（車）", ItemTaxClass::CommutingVehicle).groups(&["M"]).prorated(),
    Item::commuting("K430", "通勤手当（日額）", ItemTaxClass::CommutingPublicTransport)
        .groups(&["H"])
        .formula("通勤日額*出勤日数"),
    Item::commuting("K440", "6か月定期", ItemTaxClass::CommutingPublicTransport).groups(&["M"]).every_months(6, "4,10"),
    Item::information("J010", "家賃").groups(&["M"]),
    Item::information("J020", "組合員").groups(&["M"]),
    Item::deduction("D010", "組合費").groups(&["M"]).formula("IF(組合員=1,ROUNDDOWN(基本給*0.012,-1),0)"),
];

/// 003 株式会社ひなた介護サービス: three hundred people in two establishments, pay by the month and by the hour.
pub(crate) fn book(law: &Law) -> Result<DemoBook, DemoError> {
    let figures = Figures::new(law)?;
    let run = month(2026, 6);
    let mut book = company::begin(law, run.previous());
    for office in [&TOKYO_OFFICE, &KURUME_OFFICE] {
        book.establishments.push(office.row().into());
        book.labor_insurances.extend(office.labor_insurances(law, "94")?);
    }
    book.pay_groups = pay_groups()?;
    book.pay_items = pay_items(CLIENT, &ITEMS);
    book.lookup_rows =
        lookup_table(CLIENT, "資格手当", &[("看護師", 30_000), ("介護福祉士", 12_000), ("初任者", 3_000)]);
    book.calendar_days = closed_days(CLIENT, &CLOSED);
    book.agreements = agreements()?;
    book.bank_accounts = COMPANY.accounts();
    book.leaves = leaves();

    let people = people(&figures)?;
    book.clients.push(client(&people).into());
    add_attendance(&mut book, &people, run);
    for person in &people {
        book.paid_leaves.extend(person.newest_grant(&figures, run.last_day())?.map(Row::from));
    }
    book.bonuses = bonuses(law, &people)?;
    book.pay_histories = typed_pay(&people);
    let history_months = settled_months(run, &people, |_, month| month.previous().last_day(), past);
    for person in people {
        person.add_to(&mut book);
    }
    let runs = vec![DemoRun::Month { month: run }, DemoRun::Bonus { name: SUMMER_BONUS, paid_on: day(2026, 7, 10) }];
    Ok(DemoBook { folder: "003-hinata", book, runs, history_months, later_months: Vec::new() })
}

/// 特定適用事業所: the size is counted without 短時間労働者.
fn client(people: &[Person]) -> kura_model::Client {
    let mut client = COMPANY.client();
    client.specified_covered_class = Some(SpecifiedCoveredClass::Specified);
    client.specified_covered_from = Some(day(2022, 10, 1));
    let counts = |person: &&Person| {
        let mut spells = person.spells.iter();
        spells.any(|spell| spell.scheme == Scheme::Pension && spell.lost_on.is_none() && !spell.short_time_worker)
    };
    client.pension_insured_count = i64::try_from(people.iter().filter(counts).count()).ok();
    client
}

/// M: base pay of the month, attendance of the month before. H: everything of the month before. The six hours of a paid-leave
/// day are those of T120, the one who takes a day.
fn pay_groups() -> Result<Vec<Row<PayGroupChange>>, DemoError> {
    let mut groups = Vec::new();
    for (code, name) in [("M", "月給（当月払い）"), ("H", "時給（翌月払い）")] {
        let mut group = pay_group(CLIENT, code, name)?;
        if code == "M" {
            group.variable_period_offset = MonthOffset::PreviousMonth.into();
        } else {
            group.payment_month_offset = MonthOffset::NextMonth.into();
            group.paid_leave_hours_per_day = Minutes::new(hm(6, 0)).into();
        }
        group.unit_rounding = RoundingRule::Up.into();
        working_time(&mut group, 240, "160", 20)?;
        days_off(&mut group, "土", true);
        groups.push(group.into());
    }
    Ok(groups)
}

/// 36協定 of this year and of the year before, and what may be deducted, in both establishments.
fn agreements() -> Result<Vec<Row<Agreement>>, DemoError> {
    let mut rows = Vec::new();
    for workplace in ["T", "F"] {
        for year in [2025, 2026] {
            let year = (day(year, 4, 1), day(year + 1, 3, 31));
            rows.push(agreements::overtime((CLIENT, workplace), year, [45, 360], [75, 600])?.into());
        }
        rows.push(agreements::deduction(CLIENT, workplace, "組合費").into());
    }
    Ok(rows)
}

const SUMMER_BONUS: &str = "夏季賞与";

/// 2026-07-10 planned; 2025-07-10 and 2025-12-10 paid, the same amounts.
fn bonuses(law: &Law, people: &[Person]) -> Result<Vec<Row<Bonus>>, DemoError> {
    let mut rows = Vec::new();
    for (paid_on, name) in
        [(day(2025, 7, 10), SUMMER_BONUS), (day(2025, 12, 10), "冬季賞与"), (day(2026, 7, 10), SUMMER_BONUS)]
    {
        let planned = paid_on == day(2026, 7, 10);
        for (person, amount) in people.iter().filter_map(|person| Some((person, person.summer_bonus()?))) {
            if person.code.as_str() == "T031" && paid_on == day(2025, 12, 10) {
                continue;
            }
            let mut bonus = Bonus::new(person.client.clone(), person.code.clone(), paid_on);
            bonus.bonus_name = Some(name.into());
            bonus.state = Some(if planned { BonusState::Planned } else { BonusState::Past });
            bonus.amount_currency = Some(amount);
            bonus.amount_in_kind = Some(Yen::ZERO);
            bonus.period_months = Some(6);
            bonus.exempt = Some(BonusExemption::Automatic);
            if !planned {
                let standard = kura_insurance::standard_bonus(law, Month::of(paid_on), amount, Yen::ZERO)?;
                bonus.health_standard_bonus = Some(standard.health);
                let seventy = person.standards.last().is_some_and(|standard| standard.pension_standard.is_none());
                bonus.pension_standard_bonus = Some(standard.pension).filter(|_| !seventy);
                bonus.reported_on = days_after(paid_on, 4).ok();
            }
            rows.push(bonus.into());
        }
    }
    Ok(rows)
}

/// The typed payments of T031, T060 and T120.
fn typed_pay(people: &[Person]) -> Vec<Row<kura_model::PayHistory>> {
    let pay = |group, paid_on, period, base_days, full_month, gross, fixed| TypedPay {
        group,
        paid_on,
        period,
        base_days,
        full_month,
        gross,
        fixed,
    };
    let (april, may) = ((day(2026, 4, 1), day(2026, 4, 30)), (day(2026, 5, 1), day(2026, 5, 31)));
    let (march, october) = ((day(2026, 3, 1), day(2026, 3, 31)), (day(2025, 10, 1), day(2025, 10, 31)));
    let (paid_april, paid_may) = (day(2026, 4, 24), day(2026, 5, 25));
    let typed = [
        ("T031", pay("M", day(2025, 10, 24), october, 3, FullMonth::Suspension, 24_581, 24_581)),
        ("T060", pay("M", paid_april, april, 25, FullMonth::ProratedOnJoining, 200_000, 200_000)),
        ("T060", pay("M", paid_may, may, 31, FullMonth::Full, 256_300, 240_000)),
        ("T120", pay("H", paid_april, march, 10, FullMonth::Full, 81_500, 81_500)),
        ("T120", pay("H", paid_may, april, 17, FullMonth::Full, 131_900, 131_900)),
    ];
    let row = |(code, pay): &(&str, TypedPay)| {
        people.iter().find(|person| person.code.as_str() == *code).map(|person| person.typed_pay(pay))
    };
    typed.iter().filter_map(row).collect()
}

/// The exceptions of the settled months.
fn past(person: &Person, payment_month: Month) -> Past {
    let typed_from = match person.code.as_str() {
        // On leave since 2025-10-04: typed in October, nothing after.
        "T031" => month(2025, 10),
        "T060" | "T120" => month(2026, 4),
        _ => return Past::AsEver,
    };
    match payment_month < typed_from {
        true => Past::AsEver,
        false => Past::Nothing,
    }
}

/// 会社コード of the client.
pub(crate) fn client_code() -> ClientCode {
    ClientCode::from(CLIENT)
}

/// Numbers of the people whose rows the design gives by name.
pub(crate) fn named() -> BTreeSet<&'static str> {
    BTreeSet::from(["T014", "T022", "T031", "T045", "T052", "T060", "T088", "T120", "F007", "F019"])
}

/// Scheduled days of May 2026 for people paid by the month: what they worked in the attendance the run pays.
pub(crate) const MAY: Work = Work::days(18);
