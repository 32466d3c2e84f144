//! The system, or somebody at the keyboard, asks the process to end.

#[cfg(unix)]
use std::thread;

/// The wish to end cannot be listened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("終了の合図を受け取る準備ができません。もう一度実行してください。")]
pub struct StopError;

/// Calls `then` on a thread of its own when the process is asked to end: SIGTERM, SIGINT and SIGHUP. To be set once in a process.
///
/// # Errors
/// [`StopError`] where the system refuses.
#[cfg(unix)]
pub fn when_asked(mut then: impl FnMut() + Send + 'static) -> Result<(), StopError> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut asked = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(|_| StopError)?;
    let listen = move || asked.forever().for_each(|_| then());
    thread::Builder::new().name("stop".to_owned()).spawn(listen).map(drop).map_err(|_| StopError)
}

/// Calls `then` on a thread of its own when the process is asked to end: Ctrl-C and Ctrl-Break. To be set once in a process.
///
/// # Errors
/// [`StopError`] the second time.
#[cfg(windows)]
pub fn when_asked(then: impl FnMut() + Send + 'static) -> Result<(), StopError> {
    ctrlc::try_set_handler(then).map_err(|_| StopError)
}
