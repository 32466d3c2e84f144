//! The examples of the reference, byte for byte from their input.

use kura_filing::*;
use kura_law::Law;
use serde_json::Value;

use crate::input::*;

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

/// The file of an example, with the numbers of the input in place of the placeholders as the vault would put them.
fn filed(input: &Value, notices: Notices<'_>) -> Vec<u8> {
    let law = Law::embedded().unwrap();
    let day = |key| day(input, key);
    let file = submission(law, &office(input), &submitter(input), day("created_on"), day("check_date"), notices);
    let file = file.unwrap();
    assert_eq!(file.file_name, "SHFD0006.CSV");
    let mut bytes = file.bytes;
    for place in &file.number_places {
        let slot = &mut bytes[place.offset..place.offset + MY_NUMBER_PLACEHOLDER.len()];
        assert_eq!(slot, MY_NUMBER_PLACEHOLDER.as_bytes());
        slot.copy_from_slice(b"123456789018");
    }
    bytes
}

fn assert_same(written: &[u8], official: &[u8]) {
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(shown).collect::<Vec<_>>();
    assert_eq!(lines(written), lines(official));
    assert_eq!(written, official);
}

#[test]
fn acquisition_2200700() {
    let input = read(include_str!("../examples/01_2200700_acquisition/input.json"));
    let notices = people(&input, acquisition);
    assert_same(
        &filed(&input, Notices::Acquisition(&notices)),
        include_bytes!("../examples/01_2200700_acquisition/SHFD0006.CSV"),
    );
}

#[test]
fn loss_2201700() {
    let input = read(include_str!("../examples/02_2201700_loss/input.json"));
    let notices = people(&input, loss);
    assert_same(&filed(&input, Notices::Loss(&notices)), include_bytes!("../examples/02_2201700_loss/SHFD0006.CSV"));
}

#[test]
fn dependents_2202700() {
    let input = read(include_str!("../examples/03_2202700_dependents_add/input.json"));
    let notices = people(&input, dependent_change);
    assert_same(
        &filed(&input, Notices::DependentChange(&notices)),
        include_bytes!("../examples/03_2202700_dependents_add/SHFD0006.CSV"),
    );
}

#[test]
fn annual_base_2225700() {
    let input = read(include_str!("../examples/05_2225700_santei/input.json"));
    let notices = people(&input, annual_base);
    assert_same(
        &filed(&input, Notices::AnnualBase(&notices)),
        include_bytes!("../examples/05_2225700_santei/SHFD0006.CSV"),
    );
}

#[test]
fn monthly_change_2221700() {
    let input = read(include_str!("../examples/06_2221700_gekkaku/input.json"));
    let notices = people(&input, monthly_change);
    assert_same(
        &filed(&input, Notices::MonthlyChange(&notices)),
        include_bytes!("../examples/06_2221700_gekkaku/SHFD0006.CSV"),
    );
}

#[test]
fn bonus_2265700() {
    let input = read(include_str!("../examples/07_2265700_bonus/input.json"));
    let notices = people(&input, bonus);
    assert_same(
        &filed(&input, Notices::BonusPayment(&notices)),
        include_bytes!("../examples/07_2265700_bonus/SHFD0006.CSV"),
    );
}

fn filed_with_hello_work(input: &Value, notices: HelloWorkNotices<'_>) -> Submission {
    let law = Law::embedded().unwrap();
    let number = text(&input["office"], "employment_establishment_number");
    let file =
        hello_work_submission(law, &office(input), &number, &submitter(input), day(input, "created_on"), notices);
    let file = file.unwrap();
    assert_eq!(file.file_name, text(input, "file_name"));
    file
}

#[test]
fn hello_work_10101() {
    let input = read(include_str!("../examples/09_hw_10101_acquisition/input.json"));
    let notices = [hello_work::acquisition(&input["record"])];
    let file = filed_with_hello_work(&input, HelloWorkNotices::Acquisition(&notices));
    assert_same(&file.bytes, include_bytes!("../examples/09_hw_10101_acquisition/10101-shutoku.csv"));
}

#[test]
fn hello_work_10191() {
    let input = read(include_str!("../examples/10_hw_10191_loss/input.json"));
    let notices = [hello_work::loss(&input["record"])];
    let file = filed_with_hello_work(&input, HelloWorkNotices::Loss(&notices));
    assert_same(&file.bytes, include_bytes!("../examples/10_hw_10191_loss/10191-soshitsu.csv"));
}
