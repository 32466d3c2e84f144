use std::io::{self, Write};
use std::path::Path;

use kura_desk::User;
use kura_journal::{Purpose, Role};
use serde_json::json;

use crate::cli::{UserCommand, UserPut, UserRole};
use crate::home::{Home, OpenOffice};
use crate::stop::Stop;
use crate::words;

/// `kura user list|put|remove`: who works in the office, in which role and for which clients.
pub(crate) fn run(command: &UserCommand) -> Result<(), Stop> {
    match command {
        UserCommand::List(request) => {
            let office = open(&request.dir)?;
            let users = office.room.users(&office.scope)?;
            users.iter().try_for_each(|user| tell(user, request.json))
        }
        UserCommand::Put(request) => put(request),
        UserCommand::Remove(request) => {
            let office = open(&request.dir)?;
            let user = office.room.remove_user(&office.scope, &request.name)?;
            office.witness()?;
            writeln!(io::stdout(), "{} の登録を外しました。もうログインできません。", user.name)?;
            Ok(())
        }
    }
}

fn open(dir: &Path) -> Result<OpenOffice, Stop> {
    Home::at(dir).open(Purpose::Administration)
}

fn put(request: &UserPut) -> Result<(), Stop> {
    let role = match request.role {
        UserRole::Administrator => Role::OfficeAdministrator,
        UserRole::Sharoshi => Role::Sharoshi,
        UserRole::Clerk => Role::Clerk,
        UserRole::NumberHandler => Role::NumberHandler,
        UserRole::Auditor => Role::Auditor,
    };
    let office = open(&request.dir)?;
    let clients: Vec<&str> = request.client.iter().map(String::as_str).collect();
    let user = office.room.put_user(&office.scope, &request.name, role, &clients)?;
    office.witness()?;
    tell(&user, request.json)
}

fn tell(user: &User, as_json: bool) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    if as_json {
        let line = json!({
            "user": user.id.to_string(),
            "name": user.name,
            "role": words::role(user.role),
            "clients": user.clients,
            "works_here": user.works_here(),
        });
        writeln!(output, "{line}")?;
        return Ok(());
    }
    let clients =
        if user.clients.is_empty() { String::new() } else { format!("  担当 {}", user.clients.join("、")) };
    writeln!(output, "{}  {}{clients}", user.name, words::role(user.role))?;
    Ok(())
}
