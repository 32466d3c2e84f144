//! `kura month --bulk`: the payslips of a client in one file, in the order of the book.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hayro_syntax::Pdf;
use tempfile::TempDir;

fn june(out: &Path, flags: &[&str]) -> PathBuf {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/003-hinata");
    let mut kura = Command::new(env!("CARGO_BIN_EXE_kura"));
    kura.arg("month").arg(book).args(["--month", "2026-06", "--as-of", "2026-06-25", "--out"]).arg(out).args(flags);
    let output = kura.output().unwrap();
    assert!(out.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    out.join("明細")
}

#[test]
fn the_payslips_of_a_client_are_one_file_with_a_page_each() {
    let folder = TempDir::new().unwrap();
    let payslips = june(&folder.path().join("出力"), &["--bulk"]);
    let files: Vec<String> =
        fs::read_dir(&payslips).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(files, ["003-一括.pdf"]);
    let slips = fs::read_to_string(folder.path().join("出力/slips.jsonl")).unwrap().lines().count();
    let pdf = fs::read(payslips.join("003-一括.pdf")).unwrap();
    assert!(pdf.len() / slips <= 40_000, "a page takes 40 kB at most");
    assert_eq!(Pdf::new(pdf).unwrap().pages().len(), slips);
    // The lists are printed as ever.
    assert!(folder.path().join("出力/一覧/003-支給控除一覧表.pdf").exists());
}

#[test]
fn without_pdfs_there_is_nothing_to_put_into_one_file() {
    let output = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(["month", "本.xlsx", "--month", "2026-06", "--out", "出力", "--bulk", "--no-pdf"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
