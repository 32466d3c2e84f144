//! A store of invented offices, for measuring and for trying things on.

use std::env;
use std::process::Command;

use crate::ci::{cargo, profile_folder, succeed};

/// Fills a new folder. The work is done by an example of the benches, built with the whole workspace as everything is: this tool depends
/// on no crate of the house.
pub(crate) fn run(asked: &[&str]) -> Result<(), String> {
    succeed(cargo().args(["build", "--quiet", "--release", "--workspace", "--example", "seed"]))?;
    let seed = profile_folder()?.join("examples").join(format!("seed{}", env::consts::EXE_SUFFIX));
    succeed(Command::new(seed).args(asked))
}
