//! Everybody has the sheets a month needs, every code that is named exists, and the folders of the tree say the same.

use std::collections::BTreeSet;
use std::path::Path;

use kura_book::{NamedFile, Severity, Source, read, write_folder};
use kura_model::{Facts, InhabitantTaxMethod, ItemSource, PayType, Row, RowSink, Scheme, Value, histories};

use super::books;

#[test]
fn everybody_has_the_sheets_a_month_needs() {
    for demo in books() {
        let book = &demo.book;
        let has_account: BTreeSet<_> = book.bank_accounts.iter().filter_map(|row| row.employee_code.clone()).collect();
        let with_standard: BTreeSet<_> =
            book.standard_remunerations.iter().map(|row| row.employee_code.clone()).collect();
        let with_notice: BTreeSet<_> =
            book.inhabitant_tax_notices.iter().map(|row| row.employee_code.clone()).collect();
        let with_attendance: BTreeSet<_> = book.attendances.iter().map(|row| row.employee_code.clone()).collect();
        let terms = histories(&book.employment_terms);
        assert_eq!(terms.len(), book.employees.len(), "{}", demo.folder);
        for person in &book.employees {
            let code = person.employee_code.clone();
            let place = format!("{} {code}", demo.folder);
            let history = &terms[&(person.client_code.clone(), code.clone())];
            assert_eq!(history.facts()[0].0, person.hired_on.unwrap(), "{place}");
            let last = &history.facts().last().unwrap().1;
            assert!(has_account.contains(&code), "{place}");
            assert!(last.base_amount.is_some() && last.withholding_column.is_some(), "{place}");
            let insured = |row: &&kura_model::Row<kura_model::InsuranceSpell>| {
                row.employee_code == code && row.scheme == Scheme::Health
            };
            assert_eq!(book.insurance_spells.iter().any(|row| insured(&row)), with_standard.contains(&code), "{place}");
            if last.inhabitant_tax_method == Some(InhabitantTaxMethod::Special) {
                assert!(with_notice.contains(&code), "{place}");
            }
            let officer = last.pay_type == Some(PayType::OfficerRemuneration);
            let away = ["T031", "T095", "F065", "T156"].contains(&code.as_str());
            assert_eq!(with_attendance.contains(&code), !officer && !away, "{place}");
        }
    }
}

#[test]
fn every_code_that_is_named_exists() {
    for demo in books() {
        let book = &demo.book;
        let groups: BTreeSet<_> = book.pay_groups.iter().map(|row| row.pay_group_code.clone()).collect();
        let offices: BTreeSet<_> = book.establishments.iter().map(|row| row.establishment_code.clone()).collect();
        let terms = histories(&book.employment_terms);
        for ((_, code), history) in &terms {
            for (_, terms) in history.facts() {
                assert!(groups.contains(terms.pay_group_code.as_ref().unwrap()), "{} {code}", demo.folder);
                assert!(offices.contains(terms.establishment_code.as_ref().unwrap()), "{} {code}", demo.folder);
            }
        }
        for row in &book.fixed_pays {
            let key = (row.client_code.clone(), row.employee_code.clone());
            let group = terms[&key].facts()[0].1.pay_group_code.clone();
            let mut items = book.pay_items.iter().filter(|item| item.item_code == row.item_code);
            assert!(
                items.any(|item| item.pay_group_code.is_none() || item.pay_group_code == group),
                "{}",
                row.employee_code
            );
        }
        for group in &groups {
            let mut of_group = book.pay_items.iter().filter(|item| {
                item.pay_group_code.as_ref().is_none_or(|code| code == group)
                    && item.source.value() == Some(&ItemSource::BuiltIn)
            });
            assert!(of_group.next().is_some(), "{} {group} has no base line", demo.folder);
        }
    }
}

/// The cells of a book, each with its place.
#[derive(Default)]
struct Cells(Vec<(String, Option<Value>)>);

impl RowSink for Cells {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        for (at, row) in rows.iter().enumerate() {
            let columns = T::SCHEMA.columns.iter().zip(row.to_values());
            let place = |header| format!("{} {at} {header}", T::SCHEMA.header);
            self.0.extend(columns.map(|(column, value)| (place(column.header), value)));
        }
    }
}

#[test]
fn a_written_book_is_read_back_without_a_finding() {
    for demo in books() {
        let files = write_folder(&demo.book);
        let named: Vec<NamedFile<'_>> =
            files.iter().map(|file| NamedFile { name: &file.name, bytes: &file.bytes }).collect();
        let (book, findings) = read(Source::Folder(&named));
        let told: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Info)
            .map(|finding| format!("{:?} {:?} {:?} {}", finding.sheet, finding.row, finding.column, finding.code))
            .collect();
        assert!(told.is_empty(), "{}: {:#?}", demo.folder, &told[..told.len().min(20)]);
        let (mut written, mut expected) = (Cells::default(), Cells::default());
        book.write(&mut written);
        demo.book.write(&mut expected);
        let differ = expected.0.iter().zip(&written.0).find(|(left, right)| left != right);
        assert!(differ.is_none(), "{} {:?}", demo.folder, differ.map(|(cell, _)| &cell.0));
        assert_eq!(expected.0.len(), written.0.len(), "{}", demo.folder);
    }
}

/// 給与履歴 and 明細履歴 in the tree may hold the settled months as well.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test compares the tree")]
fn the_folders_of_the_tree_are_these_books() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    for demo in books() {
        for file in write_folder(&demo.book) {
            if ["給与履歴.csv", "明細履歴.csv"].contains(&file.name.as_str()) {
                continue;
            }
            let stored = std::fs::read(root.join(demo.folder).join(&file.name)).unwrap();
            assert!(stored == file.bytes, "{}/{}: run the example write_books", demo.folder, file.name);
        }
    }
}
