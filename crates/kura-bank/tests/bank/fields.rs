//! Every field of the law's layout stands where the layout says, and holds what it says.

use std::collections::BTreeMap;

use kura_bank::{BankProfile, write};

use crate::files::{brewery, jis, law};

/// Each field of the header, the second payment, the trailer and the end, by the identifiers of the law.
const EXPECTED: [(&str, &str, &str); 33] = [
    ("header", "record_kind", "1"),
    ("header", "type_code", "11"),
    ("header", "code_kind", "0"),
    ("header", "client_code", "9900000111"),
    ("header", "client_name_kana", "ｶ)ｺｼｼﾞﾐｿｼﾞﾖｳｿﾞｳ"),
    ("header", "transfer_date", "0625"),
    ("header", "from_bank_code", "9990"),
    ("header", "from_bank_name_kana", "ｶｸｳ"),
    ("header", "from_branch_code", "001"),
    ("header", "from_branch_name_kana", "ﾎﾝﾃﾝ"),
    ("header", "from_account_kind", "1"),
    ("header", "from_account_number", "9001000"),
    ("header", "dummy", ""),
    ("data", "record_kind", "2"),
    ("data", "to_bank_code", "9990"),
    ("data", "to_bank_name_kana", "ｶｸｳ"),
    ("data", "to_branch_code", "001"),
    ("data", "to_branch_name_kana", ""),
    ("data", "clearing_house", "0000"),
    ("data", "account_kind", "2"),
    ("data", "account_number", "0010003"),
    ("data", "payee_name_kana", "ｻﾄﾞｼﾏ ﾐﾉﾘ"),
    ("data", "amount", "0000228072"),
    ("data", "new_code", "1"),
    ("data", "employee_number", "0000000000"),
    ("data", "department_code", "0000000020"),
    ("data", "dummy", ""),
    ("trailer", "record_kind", "8"),
    ("trailer", "total_count", "000003"),
    ("trailer", "total_amount", "000000640418"),
    ("trailer", "dummy", ""),
    ("end", "record_kind", "9"),
    ("end", "dummy", ""),
];

#[test]
fn every_field_stands_at_its_place() {
    let file = brewery();
    let bytes = write(law(), &file, &BankProfile::default()).unwrap();
    let records = BTreeMap::from([("header", 0), ("data", 2), ("trailer", 4), ("end", 5)]);
    let rows = law().rows_in_force("zengin_kyuyo_furikomi", file.transfer_date).unwrap();
    let mut seen = 0;
    for (row, (record, name, expected)) in rows.zip(EXPECTED) {
        assert_eq!((row.text("record").unwrap(), row.text("name_en").unwrap()), (record, name));
        let count = |column: &str| usize::try_from(row.integer(column).unwrap()).unwrap();
        let start = records[record] * 122 + count("position") - 1;
        let found = &bytes[start..start + count("length")];
        let mut wanted = jis(expected);
        wanted.resize(count("length"), b' ');
        assert_eq!(found, wanted, "{record} {name}");
        seen += 1;
    }
    let rows = law().rows_in_force("zengin_kyuyo_furikomi", file.transfer_date).unwrap();
    assert_eq!((seen, rows.count()), (33, 33), "no field of the law is left out");
}
