//! Writes the invented clients as CSV folders: `cargo run -p kura-demo --example write_books -- demo`.

#![expect(clippy::disallowed_methods, reason = "a tool for the tree writes files; the crate does not")]

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use kura_law::Law;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::args_os().nth(1).ok_or("where to? Give the folder `demo`.")?);
    for demo in kura_demo::books(Law::embedded()?)? {
        let folder = root.join(demo.folder);
        fs::create_dir_all(&folder)?;
        for file in kura_book::write_folder(&demo.book) {
            fs::write(folder.join(&file.name), &file.bytes)?;
        }
    }
    Ok(())
}
