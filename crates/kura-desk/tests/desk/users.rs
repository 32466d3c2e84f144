use kura_desk::{CodeSecret, Credentials, DeskError};
use kura_journal::{Action, Origin, Role};

use crate::given::{ADMINISTRATOR, Given};

#[test]
fn users_come_change_and_go_and_the_journal_still_names_them() {
    let given = Given::office();
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let clerk = given.room.put_user(&scope, "clerk", Role::Clerk, &["002"]).unwrap();
    let sharoshi = given.room.put_user(&scope, "clerk", Role::Sharoshi, &[]).unwrap();
    assert_eq!(sharoshi.id, clerk.id, "the same person in another role");
    let gone = given.room.remove_user(&scope, "clerk").unwrap();
    assert!(!gone.works_here() && gone.id == clerk.id);
    assert_eq!(given.room.sign_in("clerk").map(|_| ()).unwrap_err(), DeskError::NoSuchUser);
    assert_eq!(given.room.remove_user(&scope, "clerk").unwrap_err(), DeskError::NotFound { what: "利用者" });
    let users = given.room.users(&scope).unwrap();
    let names: Vec<(&str, bool)> = users.iter().map(|user| (user.name.as_str(), user.works_here())).collect();
    assert_eq!(names, [("clerk", false), (ADMINISTRATOR, true)]);
    // Taken in again they are who they were.
    assert_eq!(given.room.put_user(&scope, "clerk", Role::Clerk, &[]).unwrap().id, clerk.id);
    let told = given.room.journal(&scope, &kura_desk::JournalFilter::default()).unwrap().entries;
    let of = |action| told.iter().filter(|told| told.entry.draft.action == action).count();
    // The first administrator's right is the first.
    assert_eq!((of(Action::Grant), of(Action::Revoke), of(Action::SignInRefused)), (4, 1, 1));
}

#[test]
fn the_last_administrator_cannot_go() {
    let given = Given::office();
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    assert_eq!(given.room.remove_user(&scope, ADMINISTRATOR).unwrap_err(), DeskError::LastAdministrator);
    let demoted = given.room.put_user(&scope, ADMINISTRATOR, Role::Clerk, &[]);
    assert_eq!(demoted.unwrap_err(), DeskError::LastAdministrator);
    given.room.put_user(&scope, "second", Role::OfficeAdministrator, &[]).unwrap();
    given.room.remove_user(&scope, ADMINISTRATOR).unwrap();
    let second = given.room.sign_in("second").unwrap();
    assert_eq!(given.room.remove_user(&second, "second").unwrap_err(), DeskError::LastAdministrator);
    // Whoever is not an administrator changes nobody.
    given.room.put_user(&second, "clerk", Role::Clerk, &[]).unwrap();
    let clerk = given.room.sign_in("clerk").unwrap();
    assert!(matches!(given.room.users(&clerk), Err(DeskError::NotAllowed { .. })));
    assert!(matches!(given.room.remove_user(&clerk, "second"), Err(DeskError::NotAllowed { .. })));
}

#[test]
fn whoever_comes_back_begins_with_a_new_slip() {
    let given = Given::office();
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    given.room.put_user(&scope, "clerk", Role::Clerk, &[]).unwrap();
    let password = "ame no hi ni hon wo yomu";
    let secret = CodeSecret::from_base32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").unwrap();
    let code = || secret.code_at(given.clock.now()).unwrap();
    let slip = given.room.issue_slip(&scope, "clerk").unwrap().code;
    given.room.begin_by_slip(&slip, password, &secret, &code(), Origin::default()).unwrap();
    let sign_in = || {
        given.clock.pass(30_000);
        let typed = Credentials { name: "clerk", password, code: &code() };
        given.room.sign_in_from_browser(&typed, Origin::default()).map(drop)
    };
    assert_eq!(sign_in(), Ok(()));
    let unused = given.room.issue_slip(&scope, "clerk").unwrap().code;
    given.room.remove_user(&scope, "clerk").unwrap();
    given.room.put_user(&scope, "clerk", Role::Clerk, &[]).unwrap();
    assert_eq!(sign_in(), Err(DeskError::NotProved));
    assert_eq!(given.room.user_of_slip(&unused).map(drop), Err(DeskError::NotProved));
}
