//! Writes docs/workbook.md to the standard output: `cargo run -p kura-book --example workbook_docs > docs/workbook.md`.
#![expect(clippy::print_stdout, reason = "the page is what it is for")]

fn main() {
    print!("{}", kura_book::documentation());
}
