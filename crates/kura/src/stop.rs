use std::fmt::Display;
use std::io::{self, Write};

/// Why a command stopped, in words for the person at the keyboard.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A person, a file or a promise was stopped and is named (exit status 1).
    Named {
        /// What was stopped, with its place.
        message: String,
        /// What to do.
        remedy: String,
    },
    /// The command was used wrongly (exit status 2).
    WrongUse {
        /// What is wrong.
        message: String,
        /// What to type instead.
        remedy: String,
    },
    /// The reader of our output went away (`| head`): nothing to say.
    OutputClosed,
}

impl Stop {
    pub(crate) fn named(message: impl Display, remedy: impl Display) -> Self {
        Self::Named { message: message.to_string(), remedy: remedy.to_string() }
    }

    pub(crate) fn wrong_use(message: impl Display, remedy: impl Display) -> Self {
        Self::WrongUse { message: message.to_string(), remedy: remedy.to_string() }
    }

    pub(crate) fn bad_day(option: &str, error: &kura_calendar::CalendarError) -> Self {
        Self::wrong_use(format!("{option}: {error}"), error.remedy())
    }

    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Named { .. } => 1,
            Self::WrongUse { .. } => 2,
            Self::OutputClosed => 0,
        }
    }

    pub(crate) fn tell(&self) {
        if let Self::Named { message, remedy } | Self::WrongUse { message, remedy } = self {
            // When even the error stream is gone there is no one left to tell.
            let _ = writeln!(io::stderr(), "{message}\n{remedy}");
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::named(format!("入出力に失敗しました（{error}）。"), "空き容量と権限を確かめてください。"),
        }
    }
}

impl From<kura_law::LawError> for Stop {
    fn from(error: kura_law::LawError) -> Self {
        Self::named(&error, error.remedy())
    }
}

impl From<kura_desk::DeskError> for Stop {
    fn from(error: kura_desk::DeskError) -> Self {
        Self::named(error, "")
    }
}

impl From<kura_vault::RunError> for Stop {
    fn from(error: kura_vault::RunError) -> Self {
        if error.status() == 2 { Self::wrong_use(error, "") } else { Self::named(error, "") }
    }
}
