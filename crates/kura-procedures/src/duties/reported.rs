//! 結婚, 氏名変更, 住所変更: events that no column of the book holds.

use kura_model::{NumberStatus, Relation};

use crate::desk::{Days, Desk};
use crate::duty::{Filed, Occurrence, Reported, ReportedKind};
use crate::person::Person;
use crate::{LifeEvent, ProcedureError};

const NOTICE: &str = "name_or_address_change_notice";

pub(super) fn enter<'a>(
    person: &Person<'_>,
    told: impl Iterator<Item = &'a Reported>,
    desk: &mut Desk<'_>,
) -> Result<(), ProcedureError> {
    for (number, event) in (1..).zip(told) {
        let kind = match event.kind {
            ReportedKind::Married => LifeEvent::Married,
            ReportedKind::NameChanged => LifeEvent::NameChanged,
            ReportedKind::AddressChanged => LifeEvent::AddressChanged,
        };
        let subject = format!("{}{number}", kind.japanese());
        let occurrence = match event.on {
            Some(on) => person.occurrence(kind, on, subject),
            None => person.without_day(kind, subject),
        };
        match event.kind {
            ReportedKind::Married => married(person, &occurrence, desk),
            ReportedKind::NameChanged | ReportedKind::AddressChanged => changed(person, &occurrence, desk)?,
        }
    }
    Ok(())
}

/// A marriage files nothing by itself: what it brings is asked.
fn married(person: &Person<'_>, married: &Occurrence, desk: &mut Desk<'_>) {
    let open = ["氏名が変わった日", "住所が変わった日"];
    for missing in open {
        let sentence = format!("結婚によるものがあれば、{missing}を入れてください（変わらなければ要りません）。");
        desk.ask(married, missing, &[NOTICE], &sentence);
    }
    let has_spouse = person.family.iter().filter_map(|(_, history)| history.facts().last()).any(|(_, member)| {
        let spouse = matches!(member.relation, Some(Relation::Wife | Relation::Husband | Relation::UnregisteredSpouse));
        spouse && member.health_dependent_to.is_none()
    });
    if !has_spouse {
        let sentence = "配偶者が扶養家族にありません。健保の扶養と第3号に入れるかどうかを確かめてください。";
        let decides = ["dependent_change_notice", "category_3_notice"];
        desk.ask(married, "扶養家族 健保の扶養 該当日", &decides, sentence);
    }
}

/// 氏名・住所変更: needed only where the number is not linked, which the office has to know.
fn changed(person: &Person<'_>, changed: &Occurrence, desk: &mut Desk<'_>) -> Result<(), ProcedureError> {
    let Some(on) = changed.on else {
        let sentence = format!("{}の日が入っていません。", changed.event.japanese());
        desk.ask(changed, "変わった日", &[NOTICE], &sentence);
        return Ok(());
    };
    if person.employee.number_status == Some(NumberStatus::Kept) {
        let sentence = "個人番号が基礎年金番号と結び付いている人は、原則として届出は要りません。結び付いているかどうかを確かめてください。";
        desk.ask(changed, "個人番号と基礎年金番号の結び付き", &[NOTICE], sentence);
    }
    desk.file(changed, NOTICE, Days::known(on), Filed::NotRecorded)
}
