//! The table of rights, as it is and as people read it: authority.txt is looked at whenever it changes.

use kura_desk::authority::{Operation, ROLES, Reach, Resource, Right, pairs, right};
use kura_journal::Role;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desk/authority.txt");

fn word(right: Right) -> String {
    let reach = match right.reach {
        Reach::Nothing => return "-".to_owned(),
        Reach::Own => "own",
        Reach::Assigned => "assigned",
        Reach::All => "all",
    };
    if right.step_up { format!("{reach}+step-up") } else { reach.to_owned() }
}

#[test]
fn the_table_is_the_one_that_was_looked_at() {
    let mut table = String::from("resource operation");
    for role in ROLES {
        table.push_str(&format!(" {role:?}"));
    }
    table.push('\n');
    for (resource, operation) in pairs() {
        table.push_str(&format!("{resource:?} {operation:?}"));
        for role in ROLES {
            table.push_str(&format!(" {}", word(right(role, resource, operation))));
        }
        table.push('\n');
    }
    if std::env::var_os("KURA_ACCEPT").is_some() {
        std::fs::write(GOLDEN, &table).unwrap();
    }
    assert_eq!(
        table,
        std::fs::read_to_string(GOLDEN).unwrap(),
        "KURA_ACCEPT=1 writes it down; look at the difference first"
    );
}

#[test]
fn who_is_nobody_may_nothing_and_who_is_the_operator_sees_no_person() {
    for (resource, operation) in pairs() {
        assert_eq!(right(Role::Unknown, resource, operation).reach, Reach::Nothing);
        assert_eq!(right(Role::System, resource, operation).reach, Reach::Nothing);
        let operator = right(Role::Operator, resource, operation).reach != Reach::Nothing;
        let open = matches!((resource, operation), (Resource::Status, _) | (Resource::Journal, Operation::Verify));
        assert_eq!(operator, open, "{resource:?} {operation:?}");
    }
}

#[test]
fn an_employee_reaches_only_themselves_and_a_client_only_its_own_company() {
    for (resource, operation) in pairs() {
        assert!(right(Role::Employee, resource, operation).reach <= Reach::Own);
        for role in [Role::Clerk, Role::ClientManager, Role::ClientViewer] {
            let whole = matches!(
                (resource, operation),
                (Resource::Office | Resource::Status, Operation::See) | (Resource::Journal, Operation::Verify)
            );
            assert!(
                whole || right(role, resource, operation).reach <= Reach::Assigned,
                "{role:?} {resource:?} {operation:?}"
            );
        }
    }
}

#[test]
fn what_leaves_the_office_asks_for_a_fresh_proof() {
    for (resource, operation) in pairs().filter(|(_, operation)| *operation == Operation::Export) {
        for role in ROLES {
            let right = right(role, resource, operation);
            assert!(right.step_up || right.reach <= Reach::Own, "{role:?} {resource:?}");
        }
    }
}

#[test]
fn what_the_table_does_not_name_is_refused_to_everybody() {
    for role in ROLES {
        assert_eq!(right(role, Resource::Slip, Operation::Change).reach, Reach::Nothing);
        assert_eq!(right(role, Resource::Journal, Operation::Change).reach, Reach::Nothing);
    }
}
