//! Writes the facts of every sheet (`facts.rs`) and every list of choices (`choices.rs`) from `schema/*.toml`.

#[path = "build/choices.rs"]
mod choices;
#[path = "build/facts.rs"]
mod facts;
#[path = "build/schema.rs"]
mod schema;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("schema");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build");
    let schema = schema::Schema::read(&folder)?;
    let out = PathBuf::from(variable("OUT_DIR")?);
    write(&out.join("choices.rs"), &choices::code(&schema)?)?;
    write(&out.join("facts.rs"), &facts::code(&schema)?)
}

#[expect(clippy::disallowed_methods, reason = "a build script is told its folders by the environment")]
fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    Ok(env::var(name)?)
}

#[expect(clippy::disallowed_methods, reason = "a build script writes code")]
fn write(file: &Path, code: &str) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(file, code)?)
}
