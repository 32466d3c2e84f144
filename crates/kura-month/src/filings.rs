//! 取得・喪失・異動: the notices that follow from what the book says happened, one file an establishment and procedure.

use kura_print::{List, PrintStamp};

use crate::client_month::ClientMonth;
use crate::known::PersonRows;
use crate::lists::ListFile;
use crate::month::{MonthRequest, noon};
use crate::outputs::Outputs;

mod acquisition;
mod dependent_member;
mod dependents;
mod family_change;
mod hello_work;
mod loss;
pub(crate) mod made_list;
mod person;
mod pile;
mod separation;
mod window;

use person::Person;
use pile::Pile;
use window::Window;

/// The notices of a client's month, of everybody in the book whether paid or not.
pub(crate) fn make(month: &ClientMonth<'_>, outputs: &mut Outputs) {
    let nothing = PersonRows::default();
    let client = &month.client.client_code;
    let mut pile = Pile::new(Window::of(month.request));
    for employee in month.book.employees.iter().filter(|employee| employee.client_code == *client) {
        let rows = month.people.get(&(client.clone(), employee.employee_code.clone())).unwrap_or(&nothing);
        let person = Person { law: month.law, known: month.known, employee, rows };
        acquisition::enter(&person, &mut pile);
        loss::enter(&person, &mut pile);
        dependents::enter(&person, &mut pile);
        hello_work::enter(&person, &mut pile);
        class_change(&person, &mut pile);
    }
    pile.submit(month, outputs);
}

/// 区分変更: its forms are not among the files.
fn class_change(person: &Person<'_>, pile: &mut Pile<'_>) {
    let changed = person.rows.spells.iter().find_map(|spell| {
        let on = spell.class_changed_on.filter(|on| pile.window().contains(*on))?;
        (spell.filed_on.is_none_or(|filed_on| filed_on < on)).then_some(on)
    });
    if let Some(on) = changed {
        pile.tell(
            person,
            "class_changed",
            &format!("被保険者の区分が {on} に変わっています。"),
            "被保険者区分変更届、70歳到達届、二以上事業所勤務届のうち要るものを確かめて、別に作ってください。",
        );
    }
}

/// A list that lies beside the files.
pub(crate) fn list_file(request: &MonthRequest, path_stem: String, lists: Vec<List>) -> ListFile {
    let name = path_stem.rsplit('/').next().unwrap_or_default();
    let document_id = format!("{}-{name}", request.month);
    ListFile { stamp: PrintStamp { document_id, printed_at: noon(request.as_of) }, path_stem, lists }
}
