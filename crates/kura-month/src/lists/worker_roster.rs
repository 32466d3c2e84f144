use kura_calendar::{Date, Timeline};
use kura_model::{Employee, EmploymentClass, EmploymentTerms, Kana, Scheme, Text};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};

use super::captions;
use super::table::Table;
use crate::client_month::ClientMonth;
use crate::payslip::day_words;

/// So many changes of a person are written; older ones are counted.
const CHANGES_MAX: usize = 5;

/// 労働者名簿 (労基法107条, 労基則53条): everybody but officers, those who left under a heading of their own.
pub(super) fn list(month: &ClientMonth<'_>) -> List {
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("{}現在", day_words(month.request.month.last_day())),
        captions::made_by(month),
    ];
    let mut table = Table::new("労働者名簿", captions, ListPage::Landscape);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    table.stated(ListColumn::new("フリガナ", Kind::Text));
    table.stated(ListColumn::new("性別", Kind::Text));
    table.stated(ListColumn::new("生年月日", Kind::Date));
    table.stated(ListColumn::new("住所", Kind::Text));
    table.stated(ListColumn::new("従事する業務", Kind::Text));
    table.stated(ListColumn::new("雇用区分", Kind::Text));
    table.stated(ListColumn::new("雇入年月日", Kind::Date));
    table.stated(ListColumn::new("退職・死亡年月日", Kind::Date));
    table.stated(ListColumn::new("事由", Kind::Text));
    table.stated(ListColumn::new("履歴", Kind::Text));
    let on = month.request.month.last_day();
    let (present, left): (Vec<_>, Vec<_>) =
        workers(month, on).into_iter().partition(|(employee, _)| last_day(employee).is_none_or(|last| last > on));
    for (employee, terms) in present {
        table.row(cells(month, employee, terms, on));
    }
    if !left.is_empty() {
        table.heading("退職・死亡");
    }
    for (employee, terms) in left {
        table.row(cells(month, employee, terms, on));
    }
    table.note(
        "履歴は雇用条件の変更（部門・役職・雇用区分・事業所）から書いています。空欄は本に書かれていない項目です。",
    );
    table.finish()
}

type Worker<'month> = (&'month Employee, &'month Timeline<EmploymentTerms>);

/// Who is or was employed until a day, officers left out.
fn workers<'month>(month: &'month ClientMonth<'_>, on: Date) -> Vec<Worker<'month>> {
    let of_client = month.book.employees.iter().filter(|row| row.client_code == month.client.client_code);
    let with_terms = of_client.filter_map(|row| {
        let key = (row.client_code.clone(), row.employee_code.clone());
        Some((&row.facts, month.known.terms.get(&key)?))
    });
    let hired = with_terms.filter(|(employee, _)| employee.hired_on.is_none_or(|hired_on| hired_on <= on));
    let is_officer = |(employee, terms): &Worker<'_>| {
        let terms = last_terms(employee, terms, on);
        terms.and_then(|terms| terms.employment_class) == Some(EmploymentClass::Officer)
    };
    hired.filter(|worker| !is_officer(worker)).collect()
}

/// 退職日 or 死亡日, the earlier.
fn last_day(employee: &Employee) -> Option<Date> {
    [employee.left_on, employee.died_on].into_iter().flatten().min()
}

fn last_terms<'month>(
    employee: &Employee,
    terms: &'month Timeline<EmploymentTerms>,
    on: Date,
) -> Option<&'month EmploymentTerms> {
    let day = last_day(employee).map_or(on, |last| last.min(on));
    terms.on(day).or_else(|| terms.facts().first().map(|(_, first)| first))
}

fn cells(month: &ClientMonth<'_>, employee: &Employee, terms: &Timeline<EmploymentTerms>, on: Date) -> Vec<ListCell> {
    let now = last_terms(employee, terms, on);
    let kana = |kana: &Option<Kana>| kana.as_ref().map_or("", Kana::as_str).to_owned();
    let zip = employee.zip.as_ref().map(|zip| format!("〒{} ", zip.as_str())).unwrap_or_default();
    let register_name = format!("{}　{}", words(&employee.family_name), words(&employee.given_name));
    vec![
        employee.employee_code.as_str().into(),
        register_name.into(),
        format!("{}　{}", kana(&employee.family_kana), kana(&employee.given_kana)).into(),
        ListCell::of(employee.sex.map(|sex| sex.japanese())),
        ListCell::of(employee.birth_date),
        ListCell::of(employee.address.as_ref().map(|address| format!("{zip}{}", address.as_str()))),
        ListCell::of(now.and_then(work)),
        ListCell::of(now.and_then(|terms| terms.employment_class).map(|class| class.japanese())),
        ListCell::of(employee.hired_on),
        ListCell::of(last_day(employee).filter(|last| *last <= on)),
        ListCell::of(last_day(employee).filter(|last| *last <= on).and_then(|_| reason(month, employee))),
        ListCell::of(changes(terms, on)),
    ]
}

/// What a person does, as far as the terms tell: 部門 and 役職, else the code of 職種.
fn work(terms: &EmploymentTerms) -> Option<String> {
    let named: Vec<&str> = [&terms.department, &terms.position].into_iter().flatten().map(Text::as_str).collect();
    match named.as_slice() {
        [] => terms.occupation_code.as_ref().map(|code| format!("職種コード {}", code.as_str())),
        named => Some(named.join("・")),
    }
}

/// 退職の事由: the class, and the words of 離職の具体的事情.
fn reason(month: &ClientMonth<'_>, employee: &Employee) -> Option<String> {
    let class = employee.leaving_class.map(|class| class.japanese());
    let key = (employee.client_code.clone(), employee.employee_code.clone());
    let spells = month.people.get(&key).map(|rows| rows.spells.as_slice()).unwrap_or_default();
    let last = spells.iter().filter(|spell| spell.scheme == Scheme::Employment).max_by_key(|spell| spell.acquired_on);
    let statement = last.and_then(|spell| spell.separation_statement.as_ref()).map(Text::as_str);
    let parts: Vec<&str> = class.into_iter().chain(statement).collect();
    (!parts.is_empty()).then(|| parts.join("（") + if parts.len() > 1 { "）" } else { "" })
}

/// 履歴: the days on which 部門, 役職, 雇用区分 or 事業所 changed, the newest first.
fn changes(terms: &Timeline<EmploymentTerms>, on: Date) -> Option<String> {
    let facts = terms.facts();
    let pairs = facts.iter().zip(facts.iter().skip(1)).filter(|(_, (from, _))| *from <= on);
    let changed: Vec<String> = pairs.filter_map(|((_, before), (from, after))| change(before, *from, after)).collect();
    let newest: Vec<&str> = changed.iter().rev().take(CHANGES_MAX).map(String::as_str).collect();
    let more = changed.len().saturating_sub(newest.len());
    let rest = if more > 0 { format!("／ほか{more}件") } else { String::new() };
    (!newest.is_empty()).then(|| newest.join("／") + &rest)
}

fn change(before: &EmploymentTerms, from: Date, after: &EmploymentTerms) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let name = |before: &Option<Text>, after: &Option<Text>| before != after;
    if name(&before.department, &after.department) {
        parts.extend(after.department.as_ref().map(Text::as_str));
    }
    if name(&before.position, &after.position) {
        parts.extend(after.position.as_ref().map(Text::as_str));
    }
    if before.employment_class != after.employment_class {
        parts.extend(after.employment_class.map(|class| class.japanese()));
    }
    let moved = before.establishment_code != after.establishment_code;
    let place = after.establishment_code.as_ref().filter(|_| moved).map(|code| format!("事業所{}", code.as_str()));
    parts.extend(place.as_deref());
    (!parts.is_empty()).then(|| format!("{from} {}", parts.join("・")))
}

fn words(text: &Option<Text>) -> &str {
    text.as_ref().map_or("", Text::as_str)
}
