//! 確認事項: what happens in the payment month that somebody should know of, before the pay goes out.

use kura_book::{Finding, Severity};
use kura_calendar::{Date, Month};
use kura_insurance::HealthRates;
use kura_insurance::decisions::age_events;
use kura_model::{Employee, InsurerCode};

use crate::client_month::{ClientMonth, PaidPerson};
use crate::known::PersonRows;
use crate::outputs::Outputs;
use crate::wording::from_to;

/// A 在留期間 that ends within so many months is told.
const RESIDENCE_MONTHS_AHEAD: i32 = 3;

/// Joiners, leavers, leaves, ages, grades, family, 住民税, ends of contracts: one finding each; and what changes in law between
/// the payment before and this one.
pub(crate) fn check(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let nothing = PersonRows::default();
    for employee in month.book.employees.iter().filter(|employee| employee.client_code == month.client.client_code) {
        let key = (employee.client_code.clone(), employee.employee_code.clone());
        let rows = month.people.get(&key).unwrap_or(&nothing);
        let mut notes = Notes { month, employee, found: &mut outputs.findings };
        notes.coming_and_going();
        notes.leaves(rows);
        notes.ages(rows);
        notes.standards(rows);
        notes.inhabitant_tax(rows);
        notes.ends();
    }
    for person in &month.paid {
        let mut notes = Notes { month, employee: person.facts.employee, found: &mut outputs.findings };
        notes.family(person);
    }
    outputs.findings.extend(changes_of_law(month));
}

/// What is noted about one person.
struct Notes<'notes, 'run> {
    month: &'notes ClientMonth<'run>,
    employee: &'notes Employee,
    found: &'notes mut Vec<Finding>,
}

impl Notes<'_, '_> {
    fn note(&mut self, sheet: &str, code: &'static str, words: &str, remedy: &str) {
        let Employee { client_code, employee_code, .. } = self.employee;
        self.found.push(Finding {
            sheet: sheet.to_owned(),
            row: None,
            column: None,
            severity: Severity::Info,
            code,
            sentence: format!("会社{client_code} 社員{employee_code}: {words}"),
            remedy: remedy.to_owned(),
        });
    }

    fn in_month(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|day| Month::of(*day) == self.month.request.month)
    }

    fn coming_and_going(&mut self) {
        if let Some(day) = self.in_month(self.employee.hired_on) {
            let remedy = "雇用条件・資格・口座・通勤・扶養・住民税がそろっているか確かめてください。";
            self.note("従業員", "joiner", &format!("{day} に入社しています。"), remedy);
        }
        if let Some(day) = self.in_month(self.employee.died_on) {
            let remedy = "死亡後に支給する給与は源泉徴収せず、相続人に支払います。資格の喪失を確かめてください。";
            self.note("従業員", "death", &format!("{day} に亡くなっています。"), remedy);
        } else if let Some(day) = self.in_month(self.employee.left_on) {
            let remedy = "資格の喪失・離職票の希望・住民税の残り・最後の給与を確かめてください。";
            self.note("従業員", "leaver", &format!("{day} に退職しています。"), remedy);
        }
    }

    fn leaves(&mut self, rows: &PersonRows<'_>) {
        for leave in &rows.leaves {
            let kind = leave.leave_kind.japanese();
            if let Some(day) = self.in_month(Some(leave.from)) {
                let remedy = "給与の扱いと保険料の免除を確かめてください。";
                self.note("休業", "leave_begins", &format!("{kind}の休業が {day} に始まります。"), remedy);
            }
            if let Some(day) = self.in_month(leave.to) {
                let remedy = "終了時改定の申出と、保険料の再開を確かめてください。";
                self.note("休業", "leave_ends", &format!("{kind}の休業が {day} に終わります。"), remedy);
            } else if leave.to.is_none()
                && let Some(day) = self.in_month(leave.planned_to)
            {
                let remedy = "終了日を記入するか、延長なら終了予定日を直してください。";
                self.note("休業", "leave_planned_end", &format!("{kind}の休業の終了予定日が {day} です。"), remedy);
            }
        }
    }

    /// 40, 60, 65, 70 and 75 of those who are insured anywhere.
    fn ages(&mut self, rows: &PersonRows<'_>) {
        let month = self.month.request.month;
        let insured = rows.spells.iter().any(|spell| spell.lost_on.is_none_or(|lost| month.first_day() <= lost));
        let Some(birth_date) = self.employee.birth_date.filter(|_| insured) else { return };
        let Ok(events) = age_events(self.month.law, birth_date, month.first_day()) else { return };
        for event in events.into_iter().filter(|event| event.month == month) {
            self.note("従業員", "age_reached", &event.explanation.text().replace('\n', ""), "");
        }
    }

    fn standards(&mut self, rows: &PersonRows<'_>) {
        let month = self.month.request.month;
        let Some(now) = rows.standards.iter().find(|row| row.applies_from == month) else { return };
        let before = rows.standards.iter().filter(|row| row.applies_from < month).max_by_key(|row| row.applies_from);
        let Some(before) = before else { return };
        let decision = now.decision.map_or("決定", |decision| decision.japanese());
        let proposal = if now.notified_on.is_none() { "（決定通知書の日が空欄の見込み）" } else { "" };
        for (scheme, was, is) in [
            ("健保", before.health_standard, now.health_standard),
            ("厚年", before.pension_standard, now.pension_standard),
        ] {
            if was != is {
                let words =
                    format!("{scheme}の標準報酬月額が{decision}で {} に変わります{proposal}。", from_to(was, is));
                self.note("標準報酬", "grade_change", &words, "決定通知書と合っているか確かめてください。");
            }
        }
    }

    fn inhabitant_tax(&mut self, rows: &PersonRows<'_>) {
        let month = self.month.request.month;
        if rows.notices.iter().any(|notice| notice.changed_from == Some(month)) {
            let remedy = "変更通知の月割額と合っているか確かめてください。";
            self.note("住民税", "inhabitant_tax_change", "住民税が変更通知の額に変わります。", remedy);
        }
        if let Some(notice) = rows.notices.iter().find(|notice| notice.last_month == Some(month)) {
            let handling = notice.at_leaving.map_or("異動", |handling| handling.japanese());
            let words = format!("住民税の最終の徴収月です（{handling}）。");
            self.note("住民税", "inhabitant_tax_last", &words, "給与所得者異動届出書を翌月10日までに出してください。");
        }
    }

    /// 契約 and 在留期間.
    fn ends(&mut self) {
        let month = self.month.request.month;
        let key = (self.employee.client_code.clone(), self.employee.employee_code.clone());
        let terms = self.month.known.terms.get(&key).and_then(|history| history.on(month.last_day()));
        let there = self.employee.left_on.is_none_or(|left_on| month.last_day() < left_on);
        if !there {
            return;
        }
        if let Some(day) = terms.and_then(|terms| terms.contract_to)
            && Month::of(day) == month.next()
        {
            let remedy = "更新するか、終わるかを決めて、雇用条件に記入してください。";
            self.note("雇用条件", "contract_ends", &format!("契約期間が {day} に終わります。"), remedy);
        }
        let until = self.employee.residence_until.filter(|day| *day <= month.plus(RESIDENCE_MONTHS_AHEAD).last_day());
        if let Some(day) = until {
            let remedy = "更新後の在留カードを確かめて、在留期間満了を直してください。";
            self.note("従業員", "residence_ends", &format!("在留期間が {day} に満了します。"), remedy);
        }
    }

    /// 扶養親族等の数 against the payment before.
    fn family(&mut self, person: &PaidPerson<'_>) {
        let paid_on = person.history.paid_on;
        let before = person.facts.rows.history.iter().filter(|row| row.paid_on < paid_on);
        let before = before.max_by_key(|row| row.paid_on).and_then(|row| row.dependents);
        if let (Some(before), Some(now)) = (before, person.history.dependents)
            && before != now
        {
            let words = format!("扶養親族等の数が {before}人→{now}人 に変わります。");
            self.note("扶養家族", "dependents_change", &words, "扶養控除等申告書と合っているか確かめてください。");
        }
    }
}

/// Rates and tables that are others than a month ago, once a client.
fn changes_of_law(month: &ClientMonth<'_>) -> Vec<Finding> {
    let mut words: Vec<String> = Vec::new();
    for person in &month.paid {
        let clocks = person.facts.clocks();
        let Ok(place) = person.facts.establishment(clocks.attendance.to) else { continue };
        let kyokai = place.insurer_code == Some(InsurerCode::from("協会"));
        if let Some(prefecture) = place.prefecture.filter(|_| kyokai) {
            let rates = |of: Month| HealthRates::kyokai(month.law, of, prefecture.japanese(), true).ok();
            let percents = |rates: HealthRates| [rates.health, rates.care, rates.support_levy].map(|part| part.full());
            let (now, before) = (rates(clocks.premium_month), rates(clocks.premium_month.plus(-1)));
            if now.map(percents) != before.map(percents) {
                words.push(format!(
                    "協会けんぽ（{}）の保険料率が {}分から変わります。",
                    prefecture.japanese(),
                    clocks.premium_month
                ));
            }
        }
        if clocks.payment_month.month() == 1 {
            words.push(format!("{}年分の源泉徴収税額表に変わります。", clocks.payment_month.year()));
        }
        let month_before = Month::of(clocks.closing_date).plus(-1).last_day();
        if let Some(rates) = person.asked.employment_insurance
            && let Ok(Some(before)) = person.facts.employment_insurance(month_before)
            && before.employee != rates.employee
        {
            words.push(format!("雇用保険料率が締切日 {} の賃金から変わります。", clocks.closing_date));
        }
    }
    words.sort();
    words.dedup();
    let client = &month.client.client_code;
    let finding = |words: String| Finding {
        sheet: String::new(),
        row: None,
        column: None,
        severity: Severity::Info,
        code: "law_changes",
        sentence: format!("会社{client}: {words}"),
        remedy: "前月比較で、新しい率の額を確かめてください。".to_owned(),
    };
    words.into_iter().map(finding).collect()
}
