use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::due_dates::{in_words, premiums_due};
use super::premium_bill::{Insured, PremiumBill};
use super::table::{Level, Table, exact_yen};
use crate::client_month::ClientMonth;
use crate::payslip::month_words;
use crate::stop::Stop;

const EMPLOYEE: &str = "本人負担";
const EMPLOYER: &str = "事業主負担";
const FULL: &str = "全額";

/// 社会保険料一覧: person by person, a list a premium month; under each 事業所 the bill we expect beside 納入告知額.
pub(super) fn lists(month: &ClientMonth<'_>, bills: &[PremiumBill<'_, '_>]) -> Vec<List> {
    let same_month = |left: &PremiumBill<'_, '_>, right: &PremiumBill<'_, '_>| left.month == right.month;
    bills.chunk_by(same_month).map(|bills| list(month, bills)).collect()
}

fn list(month: &ClientMonth<'_>, bills: &[PremiumBill<'_, '_>]) -> List {
    let Some(premium_month) = bills.first().map(|bill| bill.month) else { return List::default() };
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("保険料月 {}分", month_words(premium_month)),
        in_words(premiums_due(month.law, premium_month)),
        captions::made_by(month),
    ];
    let mut table = Table::new("社会保険料一覧", captions, ListPage::Landscape);
    columns(&mut table);
    let several = bills.len() > 1;
    for bill in bills {
        if several {
            table.heading(bill.establishment_words());
        }
        for person in &bill.people {
            match cells(person) {
                Ok(cells) => table.row(cells),
                Err(stop) => table.note(format!("社員{}: {}", person.facts.employee.employee_code, stop.sentence)),
            }
        }
        if several {
            table.close(Level::Part, format!("小計 {}人", bill.people.len()));
        }
    }
    let people: usize = bills.iter().map(|bill| bill.people.len()).sum();
    table.close(Level::All, format!("合計 {people}人"));
    for bill in bills {
        beside(&mut table, bill, several);
    }
    notes(&mut table, bills);
    table.finish()
}

fn columns(table: &mut Table) {
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    for header in ["健保標準", "厚年標準"] {
        table.stated(ListColumn::new(header, Kind::Yen));
    }
    for header in ["健康保険", "介護保険", "支援金"] {
        table.summed(ListColumn::new(header, Kind::Yen).in_section(EMPLOYEE));
    }
    table.summed(ListColumn::new("健保計", Kind::Yen).in_section(EMPLOYEE).total());
    table.summed(ListColumn::new("厚生年金", Kind::Yen).in_section(EMPLOYEE));
    for header in ["健保", "厚生年金", "拠出金"] {
        table.summed(ListColumn::new(header, Kind::Yen).in_section(EMPLOYER));
    }
    for header in ["健保", "厚生年金", "合計"] {
        let column = ListColumn::new(header, Kind::Yen).in_section(FULL);
        table.summed(if header == "合計" { column.total() } else { column });
    }
    table.summed(ListColumn::new("給与控除額", Kind::Yen).in_section("今回の給与"));
}

fn cells(person: &Insured<'_, '_>) -> Result<Vec<ListCell>, Stop> {
    let employee = person.facts.employee;
    let employer = person.employer()?;
    let full = person.full;
    let charged = |amount: Exact| if amount == Exact::ZERO { ListCell::Empty } else { exact_yen(amount) };
    let all = full.health.plus(full.pension)?.plus(full.child_contribution)?;
    let part = |pick: fn(&kura_insurance::HealthParts<Yen>) -> Yen| ListCell::of(person.parts.as_ref().map(pick));
    Ok(vec![
        employee.employee_code.as_str().into(),
        captions::person_name(employee).into(),
        ListCell::of(person.due.health.map(|(_, standard)| standard)),
        ListCell::of(person.due.pension.map(|(_, standard)| standard)),
        part(|parts| parts.health),
        part(|parts| parts.care),
        part(|parts| parts.support_levy),
        ListCell::of(person.health),
        ListCell::of(person.pension),
        charged(employer.health),
        charged(employer.pension),
        charged(employer.child_contribution),
        charged(full.health),
        charged(full.pension),
        charged(all),
        ListCell::of(person.taken),
    ])
}

/// The bill we expect, 納入告知額 where it is typed in, and what is between them, under the columns of 全額 and 拠出金.
fn beside(table: &mut Table, bill: &PremiumBill<'_, '_>, named: bool) {
    let Ok(lines) = bill.lines() else { return };
    let code = if named { bill.establishment.establishment_code.as_str() } else { "" };
    let row = |words: &str, health: Option<Yen>, pension: Option<Yen>, contribution: Option<Yen>, all: Option<Yen>| {
        let mut cells = vec![code.into(), words.into()];
        cells.resize(11, ListCell::Empty);
        cells.push(ListCell::of(contribution));
        cells.extend([health, pension, all].map(ListCell::of));
        cells
    };
    let ours = lines.health + lines.pension + lines.child_contribution;
    let bonuses = bill.bonuses != crate::premiums::FullPremium::ZERO;
    let words = if bonuses {
        "請求見込み（賞与分を含む、1円未満切捨）"
    } else {
        "請求見込み（1円未満切捨）"
    };
    table.beside(row(words, Some(lines.health), Some(lines.pension), Some(lines.child_contribution), Some(ours)));
    let Some(notice) = bill.notice else { return };
    let (health, pension) = (notice.notified_health, notice.notified_pension);
    let (contribution, all) = (notice.notified_child_contribution, notice.notified_total);
    table.beside(row("納入告知額", health, pension, contribution, all));
    let less = |notified: Option<Yen>, ours: Yen| notified.map(|notified| notified - ours);
    table.beside(row(
        "差（告知額－見込み）",
        less(health, lines.health),
        less(pension, lines.pension),
        less(contribution, lines.child_contribution),
        less(all, ours),
    ));
}

fn notes(table: &mut Table, bills: &[PremiumBill<'_, '_>]) {
    let people = || bills.iter().flat_map(|bill| &bill.people);
    table.note(
        "本人負担は50銭以下を切り捨て、50銭を超えると1円に切り上げます。事業主負担は全額から本人負担を引いた額です。",
    );
    let not_taken = codes(people().filter(|person| person.taken.is_none()));
    if !not_taken.is_empty() {
        table.note(format!("今回の給与から引いていない人（前の給与で引いた、または今回の支給がない）: {not_taken}。"));
    }
    let differing = codes(people().filter(|person| {
        let share = person.health.unwrap_or(Yen::ZERO) + person.pension.unwrap_or(Yen::ZERO);
        person.taken.is_some_and(|taken| taken != share)
    }));
    if !differing.is_empty() {
        table.note(format!("給与から引いた額が本人負担と違う人: {differing}。"));
    }
    let lacking = codes(people().filter(|person| person.lacks_contribution));
    if !lacking.is_empty() {
        table.note(format!("二以上勤務の拠出金の通知額が空欄のため、拠出金に含めていない人: {lacking}。"));
    }
    let unknown: Vec<&str> = bills.iter().flat_map(|bill| bill.unknown.iter().copied()).collect();
    if !unknown.is_empty() {
        table.note(format!("保険料を計算できないため含めていない人: {}。", captions::people_named(&unknown)));
    }
}

fn codes<'a>(people: impl Iterator<Item = &'a Insured<'a, 'a>>) -> String {
    let codes: Vec<&str> = people.map(|person| person.facts.employee.employee_code.as_str()).collect();
    captions::people_named(&codes)
}
