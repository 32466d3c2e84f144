//! The user who runs this program, as the operating system knows them: the environment may say anything.

/// The operating system does not tell who runs this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "このプログラムを実行している利用者を、オペレーティングシステムから得られません。利用者の登録を確かめてください。"
)]
pub struct UserError;

/// The name of the user (Linux: of the effective user id, Windows: of the session).
///
/// # Errors
/// [`UserError`] where the system has no name.
pub fn name() -> Result<String, UserError> {
    match whoami::username() {
        Ok(name) if !name.is_empty() => Ok(name),
        _ => Err(UserError),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn somebody_runs_this() {
        assert!(!super::name().unwrap().is_empty());
    }
}
