//! docs/workbook.md is what the schema says.

#[test]
fn the_committed_page_is_current() {
    let committed = include_str!("../../../docs/workbook.md");
    assert!(
        committed == kura_book::documentation(),
        "run: cargo run -p kura-book --example workbook_docs > docs/workbook.md"
    );
}
