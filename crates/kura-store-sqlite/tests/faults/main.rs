//! Kill, tear, fill, slow down: no acknowledged commit is lost, no half commit is seen, journal and records always agree.
//!
//! The process under test is this program itself with a part in its environment; `disk.c`, preloaded into it, is the disk that fails. The
//! machine's C compiler builds it. CI plays some of the moments; `KURA_FAULTS=1` plays every step of the disk three ways, `KURA_FAULTS=20` every
//! twentieth.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test owns its data, reads its environment and fails by panicking"
)]

#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod part;
#[cfg(target_os = "linux")]
mod plays;
#[cfg(target_os = "linux")]
mod verdict;

/// The disk of these tests is Linux's.
#[cfg(not(target_os = "linux"))]
fn main() {}

/// A runner of its own, because the program has two parts. It counts like the usual one.
#[cfg(target_os = "linux")]
fn main() {
    if let Ok(part) = std::env::var(part::PART) {
        return part::play(&part);
    }
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let (mut passed, mut failed, mut out) = (0, 0, 0);
    for (name, test) in plays::ALL {
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            out += 1;
            continue;
        }
        let ended = std::panic::catch_unwind(test);
        println!("test {name} ... {}", if ended.is_ok() { "ok" } else { "FAILED" });
        if ended.is_ok() { passed += 1 } else { failed += 1 }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {out} filtered out");
    std::process::exit(i32::from(failed > 0));
}
