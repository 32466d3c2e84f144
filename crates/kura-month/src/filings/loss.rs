//! 資格喪失届 (2201700) of 健康保険・厚生年金保険, with the 70歳以上被用者不該当届.

use std::collections::BTreeMap;

use kura_calendar::{CalendarError, Date};
use kura_filing::{LossCause, LossNotice, PersonKey};
use kura_insurance::decisions::{LossCause as Decided, social_loss};
use kura_model::{InsuranceSpell, LossCause as Typed, Row, Scheme};

use super::person::{Insurer, Person, code_or_empty, text_or_empty};
use super::pile::{Pile, Procedure};
use super::window::Event;
use crate::stop::Stop;

/// The rows of one loss: 健保 and 厚年 of the same day, or one of them.
pub(super) struct Loss<'run> {
    /// 喪失日.
    pub(super) on: Date,
    /// The last day insured.
    pub(super) last_day: Date,
    rows: Vec<&'run Row<InsuranceSpell>>,
}

/// Every loss of a person that this run files.
pub(super) fn enter<'run>(person: &Person<'run>, pile: &mut Pile<'run>) {
    let mut by_day: BTreeMap<Date, Vec<&'run Row<InsuranceSpell>>> = BTreeMap::new();
    for row in person.spells(&[Scheme::Health, Scheme::Pension]) {
        if let Some(on) = row.lost_on {
            by_day.entry(on).or_default().push(row);
        }
    }
    for (on, rows) in by_day {
        let Ok(last_day) = on.yesterday() else { continue };
        let filed = rows.iter().all(|row| row.filed_on.is_some_and(|filed_on| on <= filed_on));
        if !pile.is_due(person, Procedure::Loss, Event { day: last_day, from: on, filed }) {
            continue;
        }
        if let Err(stop) = file(person, &Loss { on, last_day, rows }, pile) {
            pile.stop(person, Procedure::Loss, stop);
        }
    }
    if let Err(stop) = file_over_75(person, pile) {
        pile.stop(person, Procedure::Loss, stop);
    }
}

fn file<'run>(person: &Person<'run>, loss: &Loss<'run>, pile: &mut Pile<'run>) -> Result<(), Stop> {
    let establishment = person.establishment(loss.last_day, pile.window().as_of())?;
    let ages = person.ages(loss.on)?;
    if loss.of(Scheme::Health).is_none() && loss.on == ages.pension {
        pile.tell(
            person,
            "seventy_reached",
            "70歳に達し、厚生年金保険の資格を失います。",
            "標準報酬月額の相当額が変わるときは、70歳到達届を5日以内に出してください。同じ額なら届出は要りません。",
        );
        return Ok(());
    }
    let cause = loss.cause(person)?;
    let of_society = person.insurer(establishment, loss.last_day)? == Insurer::Society;
    let ends_work = matches!(cause, LossCause::Left { .. } | LossCause::Died { .. });
    let over_70_ends = ends_work && ages.pension <= loss.last_day;
    let notice = LossNotice {
        insured_number: loss.insured_number(),
        over_70_ended_on: over_70_ends.then_some(loss.last_day),
        ..notice(person, &loss.rows, cause)?
    };
    // The pension office has nothing to do with the loss of a society's insurance alone.
    if of_society && loss.of(Scheme::Pension).is_none() && !over_70_ends {
        pile.of_society.losses.enter(establishment, person, notice, false);
        return Ok(());
    }
    let waits = matches!(notice.key, PersonKey::MyNumber);
    pile.losses.enter(establishment, person, notice, waits);
    Ok(())
}

/// A person of 75 or over has no insurance left to lose: only the 70歳以上被用者 part is filed when the work ends.
fn file_over_75<'run>(person: &Person<'run>, pile: &mut Pile<'run>) -> Result<(), Stop> {
    let died_on = person.employee.died_on;
    let Some(last_day) = died_on.or(person.employee.left_on) else { return Ok(()) };
    let rows: Vec<_> = person.spells(&[Scheme::Health]).filter(|row| row.aged_70_or_over).collect();
    let lost_before = |row: &&Row<InsuranceSpell>| row.lost_on.is_some_and(|on| on <= last_day);
    let Some(row) = rows.iter().copied().filter(lost_before).max_by_key(|row| row.lost_on) else { return Ok(()) };
    if row.loss_cause != Some(Typed::ReachedSeventyFive) {
        return Ok(());
    }
    let from = last_day.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
    let filed = row.filed_on.is_some_and(|filed_on| last_day <= filed_on);
    if !pile.is_due(person, Procedure::Loss, Event { day: last_day, from, filed }) {
        return Ok(());
    }
    let establishment = person.establishment(last_day, pile.window().as_of())?;
    let cause = if died_on.is_some() { LossCause::Died { died_on: last_day } } else { LossCause::Left { last_day } };
    let notice = LossNotice { over_70_ended_on: Some(last_day), only_over_70: true, ..notice(person, &[row], cause)? };
    let waits = matches!(notice.key, PersonKey::MyNumber);
    pile.losses.enter(establishment, person, notice, waits);
    Ok(())
}

fn notice(person: &Person<'_>, rows: &[&Row<InsuranceSpell>], cause: LossCause) -> Result<LossNotice, Stop> {
    let any = |says: fn(&InsuranceSpell) -> bool| rows.iter().any(|row| says(row));
    let count = |count: fn(&InsuranceSpell) -> Option<i64>| {
        rows.iter().find_map(|row| count(row)).and_then(|count| u8::try_from(count).ok())
    };
    Ok(LossNotice {
        insured_number: String::new(),
        name: person.name()?,
        birth_date: person.birth_date()?,
        key: person.key()?,
        cause,
        multi_office: any(|row| row.multi_establishment),
        rehire: any(|row| row.rehire),
        memo: text_or_empty(&rows.iter().find_map(|row| row.loss_remarks.clone())),
        certificates_attached: count(|row| row.certificates_attached),
        certificates_unreturnable: count(|row| row.certificates_unreturnable),
        over_70_ended_on: None,
        only_over_70: false,
    })
}

impl<'run> Loss<'run> {
    /// The row of a scheme.
    pub(super) fn of(&self, scheme: Scheme) -> Option<&'run Row<InsuranceSpell>> {
        self.rows.iter().copied().find(|row| row.scheme == scheme)
    }

    fn insured_number(&self) -> String {
        code_or_empty(&self.rows.iter().find_map(|row| row.insured_number.clone()))
    }

    /// 喪失原因 with its day, after the days of the book have been found to agree.
    pub(super) fn cause(&self, person: &Person<'_>) -> Result<LossCause, Stop> {
        let typed = self.rows.iter().find_map(|row| row.loss_cause);
        let number = self.rows.first().map(|row| row.number);
        let last_day = self.last_day;
        let unlike = |days: &str| {
            let sentence = format!("喪失日 {} が{days}と合いません。", self.on);
            let remedy = "退職・死亡による喪失日はその翌日、75歳到達による喪失日は75歳の誕生日です。どちらの日が正しいか確かめてください。";
            Stop {
                row: number, column: Some("喪失日"), ..Stop::reason("被保険者資格", "loss_day", sentence, remedy)
            }
        };
        match typed.ok_or_else(|| Stop::unknown("被保険者資格", number, "喪失原因"))? {
            Typed::LeftWork => match person.employee.left_on {
                Some(left_on) if left_on < last_day => Err(unlike("退職日")),
                _ => Ok(LossCause::Left { last_day }),
            },
            Typed::Death => match person.employee.died_on {
                None => Err(Stop::unknown("従業員", None, "死亡日")),
                Some(died_on) if died_on != last_day => Err(unlike("死亡日")),
                Some(died_on) => Ok(LossCause::Died { died_on }),
            },
            Typed::ReachedSeventyFive if self.by_age(person)? == Some(self.on) => {
                Ok(LossCause::Age75 { lost_on: self.on })
            }
            Typed::ReachedSeventyFive => Err(unlike("75歳の誕生日")),
            Typed::DisabilityCertified => Ok(LossCause::DisabilityCertified { lost_on: self.on }),
            Typed::SocialSecurityAgreement => Ok(LossCause::SocialSecurityAgreement { lost_on: self.on }),
            Typed::OtherThanSeparation | Typed::OrdinarySeparation | Typed::SeparationByEmployer => {
                let sentence = "「喪失原因」が雇用保険の区分になっています。";
                let remedy =
                    "健保・厚年の行では 4 退職等、5 死亡、7 75歳到達、9 障害認定、11 社会保障協定 から選んでください。";
                Err(Stop { row: number, ..Stop::reason("被保険者資格", "loss_cause", sentence, remedy) })
            }
        }
    }

    /// The day the health insurance ends by age.
    fn by_age(&self, person: &Person<'_>) -> Result<Option<Date>, Stop> {
        let acquired = self.rows.iter().find_map(|row| row.acquired_on);
        let number = self.rows.first().map(|row| row.number);
        let acquired = acquired.ok_or_else(|| Stop::unknown("被保険者資格", number, "取得日"))?;
        let loss = social_loss(person.law, acquired, person.birth_date()?, Decided::Age)?;
        Ok(loss.health.map(|health| health.loss_date))
    }
}
