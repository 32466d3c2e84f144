//! `cargo xtask ci`: every check of the house in order. The first that fails ends the run; the tests come last, so that the
//! last line is what they said.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::house::root;
use crate::tally::Tally;
use crate::{check, windows};

type Step = (&'static str, fn() -> Result<(), String>);

/// One profile for all of them: docs/adr/0004-one-profile.md.
const STEPS: [Step; 7] = [
    ("fmt", fmt),
    ("house", check::run),
    ("deny", deny),
    ("clippy", clippy),
    ("build", build),
    ("demo", demo),
    ("bench", bench),
];

/// Runs all steps and closes with the sums of the test runner.
pub(crate) fn run() -> Result<(), String> {
    let mut seconds = Vec::new();
    for (name, work) in STEPS {
        seconds.push(timed(name, work)?);
    }
    if in_ci() {
        seconds.push(timed("windows", windows::run)?);
    }
    let mut tally = Tally::default();
    seconds.push(timed("test", || test(&mut tally))?);
    println!("seconds: {}", seconds.join(", "));
    println!("tests: {} passed, {} failed", tally.passed, tally.failed);
    Ok(())
}

/// Whether the run is CI's: there the slow steps run as well, and what the machine cannot do is said instead of failed.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !value.is_empty() && value != "false")
}

/// The folder of the one profile: where this tool itself was built.
pub(crate) fn profile_folder() -> Result<PathBuf, String> {
    let own = env::current_exe().map_err(|error| format!("cannot find the own executable: {error}"))?;
    own.parent().map(Path::to_path_buf).ok_or_else(|| "cannot find the own executable's folder".to_owned())
}

/// Cargo as it called us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// Runs a command and makes its failure a sentence.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let called = format!("{command:?}");
    let status = command.status().map_err(|error| format!("{called}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{called}: {status}")) }
}

fn timed(name: &str, work: impl FnOnce() -> Result<(), String>) -> Result<String, String> {
    println!("==> {name}");
    let start = Instant::now();
    let done = work();
    let spent = start.elapsed().as_secs();
    match done {
        Ok(()) => {
            println!("<== {name}: ok, {spent} s");
            Ok(format!("{name} {spent}"))
        }
        Err(reason) => Err(format!("{name} failed after {spent} s: {reason}")),
    }
}

fn fmt() -> Result<(), String> {
    succeed(cargo().args(["fmt", "--all", "--check"]))
}

fn deny() -> Result<(), String> {
    let folder = profile_folder()?;
    let own =
        folder.parent().unwrap_or(&folder).join("tools/bin").join(format!("cargo-deny{}", env::consts::EXE_SUFFIX));
    let program = if own.is_file() { own } else { PathBuf::from("cargo-deny") };
    let check = |arguments: &[&str]| {
        succeed(Command::new(&program).current_dir(root()).arg("--locked").args(arguments))
            .map_err(|reason| format!("{reason} (./test installs cargo-deny)"))
    };
    // Advisories need a database from the network: docs/checks.md.
    check(&["check", "bans", "licenses", "sources"])?;
    // The process that holds the keys has a list of its own, of all that it may be made of.
    let (crate_of, list) = ("crates/kura-vault/Cargo.toml", "crates/kura-vault/deny.toml");
    check(&["--manifest-path", crate_of, "--config", list, "check", "bans"])
}

fn clippy() -> Result<(), String> {
    succeed(cargo().args(["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Programs, tests and benches in one go: asked for one by one, cargo would settle their features one by one and build
/// typst more than once.
fn build() -> Result<(), String> {
    succeed(cargo().args(["build", "--release", "--locked", "--workspace", "--all-targets"]))
}

fn demo() -> Result<(), String> {
    let kura = profile_folder()?.join(format!("kura{}", env::consts::EXE_SUFFIX));
    let home = env::temp_dir().join(format!("kura-demo-{}", std::process::id()));
    let done = succeed(Command::new(kura).args(["demo", "--no-serve", "--dir"]).arg(&home));
    let written = fs::read_dir(&home).is_ok_and(|mut entries| entries.next().is_some());
    // A demo that failed is left for a look.
    done.map_err(|reason| format!("{reason}; see {}", home.display()))?;
    if !written {
        return Err(format!("the demo wrote nothing into {}", home.display()));
    }
    fs::remove_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))
}

/// Each bench once, so that none rots; figures come from `cargo bench`.
fn bench() -> Result<(), String> {
    succeed(cargo().args(["test", "--release", "--locked", "--workspace", "--bench", "*"]))
}

fn test(tally: &mut Tally) -> Result<(), String> {
    let mut command = cargo();
    command.args(["test", "--release", "--locked", "--workspace", "--no-fail-fast"]);
    // More cases for every property and fuzz test; unset, each has the number that CI can afford.
    if let Ok(cases) = env::var("KURA_FUZZ_CASES") {
        command.env("PROPTEST_CASES", cases);
    }
    let mut runner = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("cargo test: {error}"))?;
    if let Some(output) = runner.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(|error| format!("cargo test: {error}"))?;
            println!("{line}");
            tally.read(&line);
        }
    }
    let status = runner.wait().map_err(|error| format!("cargo test: {error}"))?;
    if !status.success() {
        return Err(format!("{} passed, {} failed ({status})", tally.passed, tally.failed));
    }
    judge(*tally)
}

/// A green run that ran nothing, or left something out, is red.
fn judge(tally: Tally) -> Result<(), String> {
    match tally {
        Tally { passed: 0, .. } => Err("no test ran".to_owned()),
        Tally { ignored: 1.., .. } => Err(format!("{} test(s) were skipped", tally.ignored)),
        Tally { failed: 1.., .. } => Err(format!("{} test(s) failed", tally.failed)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_run_skipped_or_failed_is_red() {
        let tally = |passed, failed, ignored| Tally { passed, failed, ignored };
        assert_eq!(judge(tally(3, 0, 0)), Ok(()));
        assert_eq!(judge(tally(0, 0, 0)), Err("no test ran".to_owned()));
        assert_eq!(judge(tally(3, 0, 2)), Err("2 test(s) were skipped".to_owned()));
        assert_eq!(judge(tally(3, 1, 0)), Err("1 test(s) failed".to_owned()));
    }

    #[test]
    fn a_step_that_fails_says_its_name_and_reason() {
        let failed = timed("clippy", || Err("a warning".to_owned()));
        assert!(failed.is_err_and(|reason| reason.starts_with("clippy failed after 0 s: a warning")));
        assert_eq!(timed("fmt", || Ok(())), Ok("fmt 0".to_owned()));
    }

    #[test]
    fn a_command_that_cannot_start_and_one_that_fails_are_both_errors() {
        assert!(succeed(&mut Command::new("no-such-program-of-kura")).is_err());
        assert!(succeed(cargo().arg("no-such-command-of-kura").stderr(Stdio::null())).is_err());
        assert!(succeed(cargo().arg("--version").stdout(Stdio::null())).is_ok());
    }
}
