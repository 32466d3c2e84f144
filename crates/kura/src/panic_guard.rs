use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use crate::stop::Stop;

/// Where the last panic happened. Its message is not kept: it may quote the data that caused it.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command so that a mistake of ours ends in a sentence and an exit status, never in a backtrace.
pub(crate) fn run(command: impl FnOnce() -> Result<(), Stop>) -> Result<(), Stop> {
    panic::set_hook(Box::new(|panic| {
        if let (Some(place), Ok(mut last)) = (panic.location(), PLACE.lock()) {
            *last = Some(format!("{}:{}", place.file(), place.line()));
        }
    }));
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        let place = PLACE.lock().ok().and_then(|mut last| last.take()).unwrap_or_default();
        let message = format!("プログラムの誤りで止まりました（{place}）。書きかけのものは残していません。");
        Err(Stop::named(message, "この場所を開発者に知らせてください。"))
    })
}
