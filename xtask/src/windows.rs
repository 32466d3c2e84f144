//! `cargo xtask windows`: cross-builds kura.exe. Offices use Windows (invariant 10).
//!
//! Three ways, the first that this machine allows: the pinned compiler with the target added by rustup; Debian's compiler
//! with Debian's ready-made standard library; Debian's compiler with Debian's source of the standard library. All link
//! with Debian's mingw-w64. A machine that allows none is told why, and how to mend it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::ci::{cargo, in_ci, profile_folder, succeed};

const TARGET: &str = "x86_64-pc-windows-gnu";
const LINKER: &str = "x86_64-w64-mingw32-gcc";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_RUSTLIB: &str = "/usr/lib/rustlib";

type Version = (u32, u32);

/// What this machine has.
#[derive(Debug, Clone, Default)]
struct Machine {
    linker: bool,
    /// The pinned compiler has the target's standard library.
    pinned_target: bool,
    debian_version: Option<Version>,
    debian_target: bool,
    debian_source: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Way {
    Pinned,
    Debian,
    DebianWithSource,
}

/// Builds the executable and looks at its head; where the machine cannot, says so: an error, and in CI a loud line.
pub(crate) fn run() -> Result<(), String> {
    let needed = version(env!("CARGO_PKG_RUST_VERSION")).ok_or("rust-version of the workspace is unreadable")?;
    match way(&look(), needed) {
        Ok(way) => build(&way),
        Err(reasons) => {
            println!("!! kura.exe is NOT built here:");
            for reason in &reasons {
                println!("!!   {reason}");
            }
            println!(
                "!! elsewhere: apt-get install gcc-mingw-w64-x86-64; rustup target add {TARGET}; cargo xtask windows"
            );
            if in_ci() { Ok(()) } else { Err(format!("no way to build for {TARGET} on this machine")) }
        }
    }
}

fn look() -> Machine {
    let answers = |command: &mut Command| command.output().ok().filter(|output| output.status.success());
    let text = |command: &mut Command| answers(command).and_then(|output| String::from_utf8(output.stdout).ok());
    let library = text(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    Machine {
        linker: answers(Command::new(LINKER).arg("--version")).is_some(),
        pinned_target: library.is_some_and(|folder| Path::new(folder.trim()).is_dir()),
        debian_version: text(Command::new(DEBIAN_RUSTC).arg("--version"))
            .and_then(|line| line.split_whitespace().nth(1).and_then(version)),
        debian_target: Path::new(DEBIAN_RUSTLIB).join(TARGET).is_dir(),
        debian_source: Path::new(DEBIAN_RUSTLIB).join("src/rust/library/std/Cargo.toml").is_file(),
    }
}

fn way(machine: &Machine, needed: Version) -> Result<Way, Vec<String>> {
    let mut reasons = Vec::new();
    if !machine.linker {
        reasons.push(format!("no linker {LINKER} (Debian package gcc-mingw-w64-x86-64)"));
    }
    let recent = machine.debian_version.is_some_and(|version| version >= needed);
    let way = match machine {
        Machine { pinned_target: true, .. } => Some(Way::Pinned),
        Machine { debian_target: true, .. } if recent => Some(Way::Debian),
        Machine { debian_source: true, .. } if recent => Some(Way::DebianWithSource),
        _ => None,
    };
    if way.is_none() {
        reasons.push(format!("the pinned compiler has no standard library for {TARGET}"));
        reasons.push(match machine.debian_version {
            None => format!("no compiler of Debian at {DEBIAN_RUSTC} (packages rustc-web and rust-web-src)"),
            Some((major, minor)) if !recent => {
                format!("Debian's compiler is {major}.{minor}, the house needs {}.{}", needed.0, needed.1)
            }
            Some(_) => "Debian's compiler is here without a standard library (package rust-web-src)".to_owned(),
        });
    }
    way.filter(|_| reasons.is_empty()).ok_or(reasons)
}

fn build(way: &Way) -> Result<(), String> {
    let profile = profile_folder()?;
    // A folder of its own: another compiler would throw the other one's work away.
    let target = profile.parent().unwrap_or(&profile).join("windows");
    let mut command = cargo();
    command.env("CARGO_TARGET_DIR", &target);
    // kura-vault is the one with the most that Linux and Windows do differently.
    command.args([
        "build",
        "--release",
        "--locked",
        "--package",
        "kura",
        "--package",
        "kura-vault",
        "--target",
        TARGET,
    ]);
    if *way != Way::Pinned {
        command.env("RUSTC", DEBIAN_RUSTC);
    }
    if *way == Way::DebianWithSource {
        // Building the standard library is a feature Cargo keeps behind this switch.
        command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_unwind");
    }
    println!("building by way of {way:?}");
    succeed(&mut command)?;
    let executable = target.join(TARGET).join("release/kura.exe");
    let bytes = fs::read(&executable).map_err(|error| format!("{}: {error}", executable.display()))?;
    if !is_executable_for_windows(&bytes) {
        return Err(format!("{} is no x86-64 executable for Windows", executable.display()));
    }
    println!("{}: {} bytes", executable.display(), bytes.len());
    Ok(())
}

/// The head of a PE file for x86-64: "MZ", the offset of the PE header at 0x3c, "PE\0\0", machine 0x8664.
fn is_executable_for_windows(bytes: &[u8]) -> bool {
    let offset = bytes.get(0x3c..0x40).and_then(|field| field.try_into().ok()).map(u32::from_le_bytes);
    let header = offset.and_then(|offset| bytes.get(usize::try_from(offset).ok()?..));
    bytes.starts_with(b"MZ") && header.is_some_and(|header| header.starts_with(b"PE\0\0\x64\x86"))
}

/// Major and minor of "1.95" or "1.95.0".
fn version(text: &str) -> Option<Version> {
    let mut parts = text.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDED: Version = (1, 95);

    fn full() -> Machine {
        Machine {
            linker: true,
            pinned_target: true,
            debian_version: Some(NEEDED),
            debian_target: true,
            debian_source: true,
        }
    }

    #[test]
    fn the_first_way_that_is_open_is_taken() {
        assert_eq!(way(&full(), NEEDED), Ok(Way::Pinned));
        assert_eq!(way(&Machine { pinned_target: false, ..full() }, NEEDED), Ok(Way::Debian));
        let source_only = Machine { pinned_target: false, debian_target: false, ..full() };
        assert_eq!(way(&source_only, NEEDED), Ok(Way::DebianWithSource));
    }

    #[test]
    fn a_closed_way_names_what_is_missing() {
        let bare = Machine::default();
        let old = Machine { linker: true, debian_version: Some((1, 63)), debian_target: true, ..bare.clone() };
        let without_library = Machine { linker: true, debian_version: Some((1, 96)), ..bare.clone() };
        let cases = [
            (bare, "no linker"),
            (old, "Debian's compiler is 1.63, the house needs 1.95"),
            (without_library, "without a standard library"),
            (Machine { linker: false, ..full() }, "no linker"),
        ];
        for (machine, expected) in cases {
            let reasons = way(&machine, NEEDED).unwrap_err();
            assert!(reasons.iter().any(|reason| reason.contains(expected)), "{expected}: {reasons:?}");
        }
    }

    #[test]
    fn the_head_of_an_executable_is_read() {
        let mut bytes = vec![0; 0x80];
        bytes[..2].copy_from_slice(b"MZ");
        bytes[0x3c] = 0x40;
        bytes[0x40..0x46].copy_from_slice(b"PE\0\0\x64\x86");
        assert!(is_executable_for_windows(&bytes));
        bytes[0x44] = 0x4c;
        assert!(!is_executable_for_windows(&bytes), "a 32-bit program");
        assert!(!is_executable_for_windows(b"\x7fELF"));
        assert!(!is_executable_for_windows(b""));
    }

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(version("1.95.0"), Some((1, 95)));
        assert_eq!(version("1"), None);
        assert!(version("1.100") > version("1.95"));
    }
}
