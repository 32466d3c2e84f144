use std::borrow::Cow;

use kura_calendar::{Date, age_on};
use kura_model::{Attendance, Employee, FamilyMember, Minutes, Relation, Row};
use kura_payroll::formula::{Value, ValueType};
use kura_payroll::pay::{Contract, FactName};
use kura_yen::Exact;

/// What a fact of a formula is read from.
#[derive(Clone, Copy)]
pub(crate) struct Source<'book> {
    pub(crate) employee: &'book Employee,
    pub(crate) attendance: Option<&'book Attendance>,
    pub(crate) contract: Contract,
    /// 片道距離: the sum of the car and motorbike legs, km.
    pub(crate) distance_km: Option<Exact>,
    /// 通勤日額.
    pub(crate) commuting_daily: Option<Exact>,
    /// 所定日数 of the attendance period.
    pub(crate) scheduled_days: Option<i64>,
    /// 扶養家族 on the payment date.
    pub(crate) family: &'book [&'book FamilyMember],
    /// The day ages count on: the payment date.
    pub(crate) on: Date,
}

type Read = for<'book> fn(&Source<'book>) -> Option<Value<'static>>;

/// The names formulas may use besides 基本給 and the items, each with its type and where it is read.
const FACTS: &[(&str, ValueType, Read)] = &[
    ("基本額", ValueType::Number, |source| number(source.contract.base_amount.exact())),
    ("出勤日数", ValueType::Number, |source| days(source.attendance?.worked_days)),
    ("有給日数", ValueType::Number, |source| days(source.attendance?.paid_leave_days)),
    ("欠勤日数", ValueType::Number, |source| days(source.attendance?.absent_days)),
    ("遅刻回数", ValueType::Number, |source| count(source.attendance?.late_count)),
    ("早退回数", ValueType::Number, |source| count(source.attendance?.early_count)),
    ("所定日数", ValueType::Number, |source| count(source.scheduled_days)),
    ("時間外", ValueType::Number, |source| hours(source.attendance?.overtime_hours)),
    ("労働時間", ValueType::Number, |source| hours(source.attendance?.working_hours)),
    ("法定内残業", ValueType::Number, |source| hours(source.attendance?.within_statutory_overtime)),
    ("所定休日労働", ValueType::Number, |source| hours(source.attendance?.scheduled_holiday_hours)),
    ("法定休日労働", ValueType::Number, |source| hours(source.attendance?.statutory_holiday_hours)),
    ("宿日直", ValueType::Number, |source| count(source.attendance?.duty_count)),
    ("夜勤回数", ValueType::Number, |source| count(source.attendance?.night_shift_count)),
    ("年齢", ValueType::Number, |source| age(source.employee.birth_date?, source.on)),
    ("勤続年数", ValueType::Number, |source| age(source.employee.hired_on?, source.on)),
    ("保有資格", ValueType::Text, |source| {
        let qualification = source.employee.qualifications.as_ref().map_or("", |text| text.as_str());
        Some(Value::Text(Cow::Owned(qualification.to_owned())))
    }),
    ("扶養の子の数", ValueType::Number, |source| {
        members(source, |member, on| is_child(member) && is_health_dependent(member, on))
    }),
    ("家族手当対象の子", ValueType::Number, |source| {
        members(source, |member, _| is_child(member) && member.family_allowance)
    }),
    ("家族手当対象の配偶者", ValueType::Number, |source| {
        members(source, |member, _| is_spouse(member) && member.family_allowance)
    }),
    ("片道距離", ValueType::Number, |source| number(source.distance_km?)),
    ("通勤日額", ValueType::Number, |source| number(source.commuting_daily?)),
];

/// The names that come from 勤怠.
const ATTENDANCE: &[&str] = &[
    "出勤日数",
    "有給日数",
    "欠勤日数",
    "遅刻回数",
    "早退回数",
    "時間外",
    "労働時間",
    "法定内残業",
    "所定休日労働",
    "法定休日労働",
    "宿日直",
    "夜勤回数",
];

/// The names, in the order of the values.
pub(crate) fn names() -> Vec<FactName> {
    let fact = |(name, value_type, _): &(&str, ValueType, Read)| FactName {
        name: (*name).to_owned(),
        value_type: *value_type,
        of_attendance: ATTENDANCE.contains(name),
    };
    FACTS.iter().map(fact).collect()
}

/// The values of one person and month; `None` = unknown. Where 勤怠 has several rows, a value is the sum of all of them.
pub(crate) fn values(source: &Source<'_>, rows: &[&Row<Attendance>]) -> Vec<Option<Value<'static>>> {
    let value = |(name, _, read): &(&str, ValueType, Read)| {
        let mut of_rows = rows.iter().map(|row| read(&Source { attendance: Some(&row.facts), ..*source }));
        if rows.len() <= 1 || !ATTENDANCE.contains(name) {
            return of_rows.next().unwrap_or_else(|| read(source));
        }
        of_rows
            .try_fold(Exact::ZERO, |sum, value| match value {
                Some(Value::Number(more)) => sum.plus(more).ok(),
                _ => None,
            })
            .map(Value::Number)
    };
    FACTS.iter().map(value).collect()
}

fn members(source: &Source<'_>, counts: fn(&FamilyMember, Date) -> bool) -> Option<Value<'static>> {
    let counted = source.family.iter().filter(|member| counts(member, source.on)).count();
    count(i64::try_from(counted).ok())
}

fn is_child(member: &FamilyMember) -> bool {
    matches!(member.relation, Some(Relation::Child | Relation::OtherChild))
}

/// 健保の扶養 on a day.
fn is_health_dependent(member: &FamilyMember, on: Date) -> bool {
    member.health_dependent_from.is_some_and(|from| from <= on) && member.health_dependent_to.is_none_or(|to| on < to)
}

fn is_spouse(member: &FamilyMember) -> bool {
    matches!(member.relation, Some(Relation::Wife | Relation::Husband | Relation::UnregisteredSpouse))
}

fn number(number: Exact) -> Option<Value<'static>> {
    Some(Value::Number(number))
}

fn count(count: Option<i64>) -> Option<Value<'static>> {
    number(Exact::whole(count?))
}

fn days(days: Option<kura_model::Days>) -> Option<Value<'static>> {
    number(days?.exact().ok()?)
}

fn hours(minutes: Option<Minutes>) -> Option<Value<'static>> {
    number(minutes?.hours().ok()?)
}

fn age(since: Date, on: Date) -> Option<Value<'static>> {
    number(Exact::whole(i64::from(age_on(since, on)?)))
}
