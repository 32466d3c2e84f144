use std::collections::{BTreeMap, BTreeSet};

use kura_book::Finding;
use kura_calendar::{Date, Month};
use kura_model::{Bonus, BonusState, Book, ClientCode, Employee, EmployeeCode, PayGroupCode, Row};

use crate::known::Known;
use crate::stop::Stop;

const SHEET: &str = "賞与";

type Person = (ClientCode, EmployeeCode);

/// The rows of 賞与 that a run is about: those of its name and month that are planned.
pub(crate) struct Planned<'book> {
    name: &'book str,
    month: Month,
    rows: BTreeMap<Person, &'book Row<Bonus>>,
    /// Rows of a person who has one already: which of the two holds is not for a program to say.
    twice: Vec<&'book Row<Bonus>>,
    /// Rows of the name and month that were paid before.
    settled: usize,
    /// Rows of the name and month that do not say whether they are planned.
    without_state: Vec<&'book Row<Bonus>>,
}

impl<'book> Planned<'book> {
    pub(crate) fn of(book: &'book Book, name: &'book str, month: Month) -> Self {
        let named = |row: &&Row<Bonus>| row.bonus_name.as_ref().is_some_and(|of| of.as_str() == name);
        let (mut rows, mut twice, mut without_state) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut settled = 0_usize;
        for row in book.bonuses.iter().filter(|row| month.contains(row.paid_on)).filter(named) {
            match row.state {
                Some(BonusState::Planned) => {
                    let before = rows.insert((row.client_code.clone(), row.employee_code.clone()), row);
                    twice.extend(before.map(|_| row));
                }
                Some(BonusState::Settled | BonusState::Past) => settled = settled.saturating_add(1),
                None => without_state.push(row),
            }
        }
        for row in &twice {
            rows.remove(&(row.client_code.clone(), row.employee_code.clone()));
        }
        Self { name, month, rows, twice, settled, without_state }
    }

    /// The planned row of a person.
    pub(crate) fn of_person(&self, employee: &Employee) -> Option<&'book Row<Bonus>> {
        self.rows.get(&(employee.client_code.clone(), employee.employee_code.clone())).copied()
    }

    /// What is wrong with the rows themselves: nothing planned under the name, two rows of one person, people the book does not
    /// know, an unknown state.
    pub(crate) fn findings(&self, book: &Book) -> Vec<Finding> {
        if self.rows.is_empty() && self.twice.is_empty() && self.without_state.is_empty() {
            return vec![self.nothing_planned(book).finding()];
        }
        let clients: BTreeSet<&ClientCode> = book.clients.iter().map(|client| &client.client_code).collect();
        let of_clients = book.employees.iter().filter(|employee| clients.contains(&employee.client_code));
        let known: BTreeSet<Person> =
            of_clients.map(|employee| (employee.client_code.clone(), employee.employee_code.clone())).collect();
        let strangers = self.rows.iter().filter(|(person, _)| !known.contains(person)).map(|(_, row)| *row);
        let state = |row: &&'book Row<Bonus>| (*row, Stop::unknown(SHEET, Some(row.number), "状態"));
        let stops = self.without_state.iter().map(state);
        let stops = stops.chain(self.twice.iter().map(|row| (*row, two_rows(row))));
        let stops = stops.chain(strangers.map(|row| (row, unknown_person(row))));
        stops.map(|(row, stop)| stop.of_person(row.client_code.as_str(), row.employee_code.as_str())).collect()
    }

    fn nothing_planned(&self, book: &Book) -> Stop {
        let Self { name, month, settled, .. } = self;
        if *settled > 0 {
            let sentence = format!("{month} に支給する「{name}」は、{settled}件とも支給済みです。上書きはしません。");
            return Stop::reason(
                SHEET,
                "bonus_settled",
                sentence,
                "支給前の本から実行するか、差額の賞与として別の名で加えてください。",
            );
        }
        let of_month =
            book.bonuses.iter().filter(|row| month.contains(row.paid_on) && row.state == Some(BonusState::Planned));
        let mut names: Vec<&str> = of_month.filter_map(|row| Some(row.bonus_name.as_ref()?.as_str())).collect();
        names.sort_unstable();
        names.dedup();
        let remedy = if names.is_empty() {
            "賞与のシートに、賞与名・支給日・状態「予定」の行を加えてください。".to_owned()
        } else {
            format!("この月の予定は「{}」です。--bonus にその名を指定してください。", names.join("」「"))
        };
        Stop::reason(
            SHEET,
            "bonus_not_planned",
            format!("{month} に支給する「{name}」の予定の行がありません。"),
            remedy,
        )
    }
}

fn unknown_person(row: &Row<Bonus>) -> Stop {
    Stop {
        sheet: SHEET,
        row: Some(row.number),
        column: Some("社員番号"),
        code: "employee_missing",
        sentence: "会社か従業員のシートにない人です。".to_owned(),
        remedy: "会社コードと社員番号を直すか、従業員に行を加えてください。".to_owned(),
    }
}

fn two_rows(row: &Row<Bonus>) -> Stop {
    Stop {
        sheet: SHEET,
        row: Some(row.number),
        column: Some("賞与名"),
        code: "bonus_twice",
        sentence: "同じ月に、同じ名の予定の行が2つあります。".to_owned(),
        remedy: "1行にまとめるか、2回目の賞与名を変えてください。".to_owned(),
    }
}

/// 給与体系コード of a person on a day, or on the last day of employment before it.
pub(crate) fn pay_group(known: &Known, employee: &Employee, day: Date) -> Result<PayGroupCode, Stop> {
    let last_day = [employee.left_on, employee.died_on].into_iter().flatten().min().unwrap_or(day);
    let history = known.terms.get(&(employee.client_code.clone(), employee.employee_code.clone()));
    let terms = history.and_then(|history| history.on(day.min(last_day)));
    let terms = terms.ok_or_else(|| Stop::unknown("雇用条件", None, "適用開始日"))?;
    terms.pay_group_code.clone().ok_or_else(|| Stop::unknown("雇用条件", None, "給与体系コード"))
}
