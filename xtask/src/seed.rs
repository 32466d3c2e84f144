//! A store of invented offices, for measuring and for trying things on.

use crate::ci::{cargo, succeed};

/// Fills a new folder. The work is done by an example of the benches: this tool depends on no crate of the house.
pub(crate) fn run(asked: &[&str]) -> Result<(), String> {
    succeed(cargo().args(["run", "--quiet", "--release", "--example", "seed", "--"]).args(asked))
}
