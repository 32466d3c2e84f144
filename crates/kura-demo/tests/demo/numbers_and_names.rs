//! Numbers belong to nobody and to one person only; names can be filed.

use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::Date;
use kura_model::check_digit::{check_corporate_number, check_individual_number};
use kura_model::{Facts, Row, RowSink, Value};
use kura_text::{Charset, NameForm, check, check_name_form, convert_width, is_katakana_name};

use super::{books, demo};

/// Every text of a book.
#[derive(Default)]
struct Texts(Vec<String>);

impl RowSink for Texts {
    fn rows<T: Facts>(&mut self, rows: &[Row<T>]) {
        for value in rows.iter().flat_map(|row| row.to_values()).flatten() {
            if let Value::Text(text) = value {
                self.0.push(text.as_str().to_owned());
            }
        }
    }
}

#[test]
fn no_text_holds_a_my_number_or_a_corporate_number() {
    let mut seen = 0;
    for demo in books() {
        let mut texts = Texts::default();
        demo.book.write(&mut texts);
        for text in &texts.0 {
            let runs = text.split(|character: char| !character.is_ascii_digit() && character != '-');
            for run in runs.map(|run| run.replace('-', "")).filter(|run| run.len() >= 12) {
                seen += 1;
                // 労働保険番号 has 14 digits; nothing has 12 or 13 with a check digit that fits.
                assert!(check_individual_number(&run).is_err(), "{}", demo.folder);
                assert!(check_corporate_number(&run).is_err(), "{}", demo.folder);
                assert!(run.len() == 14, "{}", demo.folder);
            }
        }
        assert!(demo.book.clients.iter().all(|row| row.corporate_number.is_none()));
        assert!(demo.book.employees.iter().all(|row| row.number_status.is_none()));
    }
    assert!(seen > 0);
}

#[test]
fn no_two_people_share_a_number() {
    let mut unique: BTreeMap<(&str, String), String> = BTreeMap::new();
    let mut note = |kind, number: &str, person: String| {
        if let Some(other) = unique.insert((kind, number.to_owned()), person.clone()) {
            assert_eq!(other, person, "{kind}");
        }
    };
    for demo in books() {
        let code = |row: &kura_model::EmployeeCode| format!("{}-{row}", demo.folder);
        for row in &demo.book.employees {
            note("基礎年金番号", row.basic_pension_number.as_ref().unwrap().as_str(), code(&row.employee_code));
        }
        for row in &demo.book.insurance_spells {
            let number = row.insured_number.as_ref().unwrap().as_str();
            let number = if number.contains('-') { number.to_owned() } else { format!("{} {number}", demo.folder) };
            note("被保険者番号", &number, code(&row.employee_code));
        }
        for row in demo.book.bank_accounts.iter().filter(|row| row.employee_code.is_some()) {
            note("口座番号", row.account_number.as_ref().unwrap().as_str(), code(row.employee_code.as_ref().unwrap()));
        }
        for row in &demo.book.inhabitant_tax_notices {
            note("宛名番号", row.addressee_number.as_ref().unwrap().as_str(), code(&row.employee_code));
        }
    }
    assert!(unique.len() > 1_000);
}

#[test]
fn people_of_a_client_differ_in_name() {
    for demo in books() {
        let names: BTreeSet<(&str, &str)> = demo
            .book
            .employees
            .iter()
            .map(|row| (row.family_name.as_ref().unwrap().as_str(), row.given_name.as_ref().unwrap().as_str()))
            .collect();
        assert_eq!(names.len(), demo.book.employees.len(), "{}", demo.folder);
    }
}

#[test]
fn names_can_be_filed_except_the_two_characters_of_t088() {
    for demo in books() {
        for row in &demo.book.employees {
            let kanji = format!(
                "{}　{}",
                row.family_name.as_ref().unwrap().as_str(),
                row.given_name.as_ref().unwrap().as_str()
            );
            let refused: Vec<String> =
                check(&kanji, Charset::Zenkaku, 1..=24).iter().map(|problem| problem.to_string()).collect();
            let expected = if row.employee_code.as_str() == "T088" { 2 } else { 0 };
            assert_eq!(refused.len(), expected, "{} {}", demo.folder, row.employee_code);
            let (family, given) =
                (row.family_kana.as_ref().unwrap().as_str(), row.given_kana.as_ref().unwrap().as_str());
            assert!(is_katakana_name(family) && is_katakana_name(given), "{}", row.employee_code);
            let kana = convert_width(&format!("{family} {given}"), Charset::KanaHalf).unwrap();
            assert!(check(&kana, Charset::KanaHalf, 1..=25).is_empty(), "{}", row.employee_code);
            assert!(check_name_form(&kana, NameForm::Kana).is_ok());
            let address = row.address.as_ref().unwrap().as_str();
            assert!(check(address, Charset::AnyNoHalfSpace, 1..=74).is_empty(), "{}", row.employee_code);
            let address = convert_width(row.address_kana.as_ref().unwrap().as_str(), Charset::AlnumKanaSymbol).unwrap();
            assert!(check(&address, Charset::AlnumKanaSymbol, 1..=75).is_empty(), "{}", row.employee_code);
        }
        for row in &demo.book.family_members {
            let Some(family) = row.family_name.value() else { continue };
            assert_eq!(check(family.as_str(), Charset::Zenkaku, 1..=24).len(), 0);
            let kana = row.given_kana.value().unwrap().as_str();
            assert!(is_katakana_name(kana));
        }
    }
    assert_eq!(super::employee("003", "T088").family_name.as_ref().unwrap().as_str(), "髙松");
}

#[test]
fn foreigners_are_named_in_latin_letters() {
    let foreign: Vec<&str> = demo("003")
        .book
        .employees
        .iter()
        .filter(|row| row.nationality_name.is_some())
        .inspect(|row| {
            let latin = row.name_latin.as_ref().unwrap().as_str();
            assert!(latin.chars().all(|letter| letter.is_ascii_uppercase() || letter == ' '));
            assert_eq!(row.residence_until, Some(Date::constant(2028, 3, 31)));
        })
        .map(|row| row.employee_code.as_str())
        .collect();
    let expected = ["T025", "T050", "T075", "T100", "T125", "T150", "F025", "F050", "F075", "F100", "F125"];
    assert_eq!(foreign, expected);
    for other in ["001", "002", "004"] {
        assert!(demo(other).book.employees.iter().all(|row| row.nationality_name.is_none()));
    }
}
