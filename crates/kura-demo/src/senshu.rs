use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{
    Bonus, BonusExemption, BonusState, ClientCode, EmploymentBusinessClass, FullMonth, ItemTaxClass, Minutes,
    MonthOffset, MonthlyHoursRounding, PayGroupChange, Prefecture, PremiumBaseDivisor, ProrationMethod, RoundingRule,
    Row, VariableHours,
};
use kura_yen::Yen;

use crate::agreements;
use crate::attendance::{Work, hm};
use crate::company::{self, Company, EstablishmentFacts};
use crate::history::{Past, TypedPay, add_attendance, settled_months};
use crate::pay_groups::{closed_days, days_off, lookup_table, pay_group, working_time};
use crate::pay_items::{Item, pay_items};
use crate::person::{Figures, Person};
use crate::place::Place;
use crate::senshu_people::people;
use crate::{AttendanceMonth, DemoBook, DemoError, DemoRun, day, month};

pub(crate) const CLIENT: &str = "002";

pub(crate) static SAKAI: Place = Place {
    client: CLIENT,
    establishment: "S",
    prefecture: Prefecture::Osaka,
    quarter: "大阪府堺市架空町",
    quarter_kana: "オオサカフ　サカイシ　カクウチョウ",
    zip: "590-0000",
    municipality: "271403",
    municipality_name: "堺市",
    designated_number: "00020001",
    series: 0,
    weekly_minutes: hm(38, 45),
    monthly_days: 22,
    first_notice_year: 2025,
};

const COMPANY: Company = Company {
    code: CLIENT,
    name: "株式会社泉州総合設備",
    kana: "センシュウソウゴウセツビ",
    representative: "和泉　剛",
    zip: "590-0000",
    address: "大阪府堺市架空町4-5",
    tel: "072-000-0000",
    business: "既設建築物設備工事業",
    tax_office: "堺",
};

const ESTABLISHMENT: EstablishmentFacts = EstablishmentFacts {
    place: &SAKAI,
    name: COMPANY.name,
    kana: COMPANY.kana,
    address: COMPANY.address,
    tel: ["072", "000", "0000"],
    employer: COMPANY.representative,
    insurer: "協会",
    pension_office: "堺東",
    mark: ["41", "02", "ｾﾝｼ", "00202"],
    hello_work: ["2706", "堺"],
    employment_number: "2706-990002-0",
    employment_class: EmploymentBusinessClass::Construction,
    labor_numbers: ["27-1-06-990002-000", "27-3-06-990002-000"],
    labor_standards_office: "堺",
    workers: 38,
    bonus_months: Some("7,12"),
};

/// The year of the 36協定 and of 1年単位の変形労働時間制.
const YEAR: (Date, Date) = (day(2026, 3, 21), day(2027, 3, 20));
const YEAR_BEFORE: (Date, Date) = (day(2025, 3, 21), day(2026, 3, 20));

/// Closed beside Sundays, national holidays and the 2nd and 4th Saturdays.
const CLOSED: [Date; 9] = [
    day(2026, 5, 2),
    day(2026, 8, 13),
    day(2026, 8, 14),
    day(2026, 8, 15),
    day(2026, 12, 29),
    day(2026, 12, 30),
    day(2026, 12, 31),
    day(2027, 1, 2),
    day(2027, 1, 4),
];

const STAFF: &[&str] = &["M", "D", "H"];

const ITEMS: [Item; 11] = [
    Item::officer_pay().groups(&["Y"]),
    Item::base_pay().groups(&["M"]).prorated().reduced_on_absence(),
    Item::base_pay().groups(&["D"]).divisor(PremiumBaseDivisor::Day),
    Item::base_pay().groups(&["H"]).divisor(PremiumBaseDivisor::Hour),
    Item::earning("K120", "職長手当").groups(STAFF),
    Item::earning("K130", "職務手当").groups(STAFF).prorated(),
    Item::earning("K140", "資格手当").groups(STAFF).formula("参照表(\"資格手当\", 保有資格)"),
    Item::earning("K110", "現場手当").groups(&["D"]).formula("800*出勤日数").divisor(PremiumBaseDivisor::Day),
    Item::commuting("K210", "通勤手当（車）", ItemTaxClass::CommutingVehicle)
        .groups(STAFF)
        .formula("MIN(ROUNDDOWN(片道距離*2*出勤日数*15,0),25000)"),
    Item::commuting("K220", "通勤手当（交通機関）", ItemTaxClass::CommutingPublicTransport).groups(STAFF).prorated(),
    Item::deduction("D010", "親睦会費").groups(STAFF).formula("IF(出勤日数=0,0,IF(基本給>=300000,1500,1000))"),
];

/// 002 株式会社泉州総合設備: forty people, pay by the day, overtime over 60 hours, 二元適用.
pub(crate) fn book(law: &Law) -> Result<DemoBook, DemoError> {
    let figures = Figures::new(law)?;
    let run = month(2026, 10);
    let mut book = company::begin(law, run.previous());
    book.clients.push(COMPANY.client().into());
    book.establishments.push(ESTABLISHMENT.row().into());
    book.labor_insurances = ESTABLISHMENT.labor_insurances(law, "38")?;
    book.pay_groups = pay_groups()?;
    book.pay_items = pay_items(CLIENT, &ITEMS);
    book.lookup_rows = lookup_table(CLIENT, "資格手当", &[("1級管工事", 10_000), ("2級管工事", 5_000)]);
    book.calendar_days = closed_days(CLIENT, &CLOSED);
    for year in [YEAR_BEFORE, YEAR] {
        book.agreements.push(agreements::overtime((CLIENT, "S"), year, [42, 320], [80, 720])?.into());
    }
    book.agreements.push(agreements::yearly_hours(CLIENT, "S", YEAR).into());
    book.agreements.push(agreements::deduction(CLIENT, "S", "親睦会費").into());
    book.bank_accounts = COMPANY.accounts();
    book.leaves.push(crate::senshu_people::sick_leave().into());
    book.bonuses = bonuses(law)?;

    let people = people(&figures)?;
    add_attendance(&mut book, &people, run);
    for person in &people {
        book.paid_leaves.extend(person.newest_grant(&figures, day(2026, 10, 20))?.map(Row::from));
    }
    book.pay_histories = typed_pay(&people);
    let history_months = settled_months(run, &people, |_, month| month.day_or_last(20), past);
    let later_months = vec![november(&people)];
    for person in people {
        person.add_to(&mut book);
    }
    let runs = vec![
        DemoRun::Month { month: run },
        DemoRun::Month { month: run.next() },
        DemoRun::Bonus { name: WINTER_BONUS, paid_on: day(2026, 12, 10) },
    ];
    Ok(DemoBook { folder: "002-senshu", book, runs, history_months, later_months })
}

/// Officers, pay by the month, the day and the hour: closing, payment and methods are the same.
fn pay_groups() -> Result<Vec<Row<PayGroupChange>>, DemoError> {
    let mut groups = Vec::new();
    for (code, name) in [("Y", "役員"), ("M", "月給"), ("D", "日給"), ("H", "時給")] {
        let mut group = pay_group(CLIENT, code, name)?;
        group.closing_day = kura_model::DayOfMonth::Day(20).into();
        group.premium_collection = MonthOffset::SameMonth.into();
        group.daily_scheduled_hours = Minutes::new(hm(7, 45)).into();
        group.unit_rounding = RoundingRule::HalfUp.into();
        group.premium_unit_rounding = RoundingRule::HalfUp.into();
        group.premium_amount_rounding = RoundingRule::HalfUp.into();
        group.monthly_hours_rounding = MonthlyHoursRounding::HalfHour.into();
        group.proration_method = ProrationMethod::ScheduledDaysOfPeriod.into();
        group.variable_hours = VariableHours::Yearly.into();
        group.paid_leave_hours_per_day = Minutes::new(hm(6, 0)).into();
        working_time(&mut group, 264, "170.5", 22)?;
        days_off(&mut group, "土(2,4)", true);
        groups.push(group.into());
    }
    Ok(groups)
}

const WINTER_BONUS: &str = "冬季賞与";

/// 01 alone: 夏季賞与 paid, 冬季賞与 planned.
fn bonuses(law: &Law) -> Result<Vec<Row<Bonus>>, DemoError> {
    let bonus = |name: &str, paid_on: Date, amount: i64, state| {
        let mut bonus = Bonus::new(ClientCode::from(CLIENT), "01".into(), paid_on);
        bonus.bonus_name = Some(name.into());
        bonus.state = Some(state);
        bonus.amount_currency = Some(Yen::new(amount));
        bonus.amount_in_kind = Some(Yen::ZERO);
        bonus.period_months = Some(6);
        bonus.exempt = Some(BonusExemption::Automatic);
        bonus
    };
    let mut summer = bonus("夏季賞与", day(2026, 7, 10), 1_000_000, BonusState::Past);
    let standard = kura_insurance::standard_bonus(law, month(2026, 7), Yen::new(1_000_000), Yen::ZERO)?;
    summer.health_standard_bonus = Some(standard.health);
    summer.pension_standard_bonus = Some(standard.pension);
    summer.reported_on = Some(day(2026, 7, 14));
    let winter = bonus(WINTER_BONUS, day(2026, 12, 10), 6_000_000, BonusState::Planned);
    Ok(vec![summer.into(), winter.into()])
}

/// The three typed payments of 33.
fn typed_pay(people: &[Person]) -> Vec<Row<kura_model::PayHistory>> {
    let pay = |paid_on, period, base_days, full_month, gross, fixed| TypedPay {
        group: "M",
        paid_on,
        period,
        base_days,
        full_month,
        gross,
        fixed,
    };
    let typed = [
        pay(day(2026, 7, 24), (day(2026, 6, 21), day(2026, 7, 20)), 30, FullMonth::ProratedOnRaise, 322_400, 320_000),
        pay(day(2026, 8, 25), (day(2026, 7, 21), day(2026, 8, 20)), 31, FullMonth::Full, 348_900, 340_000),
        pay(day(2026, 9, 25), (day(2026, 8, 21), day(2026, 9, 20)), 31, FullMonth::Full, 352_300, 340_000),
    ];
    let of_person = people.iter().filter(|person| person.code.as_str() == "33");
    of_person.flat_map(|person| typed.iter().map(|pay| person.typed_pay(pay))).collect()
}

/// The exceptions of the settled months.
fn past(person: &Person, payment_month: Month) -> Past {
    match person.code.as_str() {
        "28" if payment_month < month(2026, 9) => Past::Worked(Work::days(20)),
        "33" if payment_month >= month(2026, 7) => Past::Nothing,
        _ => Past::AsEver,
    }
}

/// 2026-11 before the bonus: October's 勤怠 without absence and holiday work, and without 12.
fn november(people: &[Person]) -> AttendanceMonth {
    let payment_month = month(2026, 11);
    let staying = people.iter().filter(|person| person.employee.left_on.is_none());
    let row = |person: &Person| {
        let october = person.work?;
        let work = Work {
            days: october.days - october.statutory_holiday.0 + october.absent,
            statutory_holiday: (0, 0),
            absent: 0,
            ..october
        };
        Some(work.row(&person.client, &person.code, payment_month).into())
    };
    AttendanceMonth { month: payment_month, attendance: staying.filter_map(row).collect() }
}
