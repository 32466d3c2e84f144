use std::io::{self, Write};

use kura_journal::Purpose;
use kura_records::Owner;

use crate::cli::{KeysCommand, KeysRotate};
use crate::home::Home;
use crate::stop::Stop;

/// So many rows of the keyring go in one step.
const ROWS: usize = 1_000;

/// `kura keys rotate`: keys are changed while the office works; what was interrupted goes on where it stopped.
pub(crate) fn run(command: &KeysCommand) -> Result<(), Stop> {
    let KeysCommand::Rotate(request) = command;
    match owner(request) {
        Some(owner) => rotate_unit_key(request, &owner),
        None => rotate_data_key(request),
    }
}

fn owner(request: &KeysRotate) -> Option<Owner> {
    match (&request.client, &request.person) {
        (Some(client), Some(person)) => Some(Owner::Person(client.as_str().into(), person.as_str().into())),
        (Some(client), None) => Some(Owner::Client(client.as_str().into())),
        (None, _) => request.office.then_some(Owner::Office),
    }
}

fn rotate_data_key(request: &KeysRotate) -> Result<(), Stop> {
    let home = Home::at(&request.dir);
    let office = home.open(Purpose::Maintenance)?;
    if office.keys.between_data_keys {
        writeln!(io::stderr(), "前の更新が途中で止まっています。続きから進めます。")?;
    } else {
        office.take_next_data_key()?;
    }
    let mut rewrapped = 0_usize;
    loop {
        let page = office.room.rotate_data_key(&office.scope, ROWS)?;
        rewrapped = rewrapped.saturating_add(page.rewrapped);
        if page.left == 0 {
            break;
        }
    }
    office.witness()?;
    writeln!(
        io::stdout(),
        "{rewrapped}個の鍵を、新しいデータ鍵で包み直しました。前のデータ鍵は、控えを読むために金庫に残ります。"
    )?;
    Ok(())
}

fn rotate_unit_key(request: &KeysRotate, owner: &Owner) -> Result<(), Stop> {
    let office = Home::at(&request.dir).open(Purpose::Maintenance)?;
    let resealed = office.room.rotate_unit_key(&office.scope, owner)?;
    office.witness()?;
    writeln!(
        io::stdout(),
        "{}件の記録を、新しい鍵で封印し直しました。公開していない計算があれば、計算し直してください。",
        resealed.records
    )?;
    Ok(())
}
