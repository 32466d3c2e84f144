use kura_calendar::Date;
use kura_law::{Law, LawError, RowRef};

use crate::RecordKind;

/// The records of a pay file, in the law pack.
pub(crate) const TABLE: &str = "zengin_kyuyo_furikomi";

/// The four records, all of one length.
pub(crate) struct Layouts {
    header: RecordLayout,
    data: RecordLayout,
    trailer: RecordLayout,
    end: RecordLayout,
}

/// The fields of one record in order.
#[derive(Default)]
pub(crate) struct RecordLayout {
    pub(crate) fields: Vec<Field>,
}

/// One field.
pub(crate) struct Field {
    pub(crate) item: Item,
    pub(crate) name_ja: String,
    /// From 0, in bytes.
    pub(crate) start: usize,
    pub(crate) length: usize,
    /// N: digits, right, zero-filled. Else C: half-width characters, left, space-filled.
    pub(crate) is_number: bool,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    RecordKind,
    TypeCode,
    CodeKind,
    ConsignorCode,
    ConsignorName,
    TransferDate,
    BankCode,
    BankName,
    BranchCode,
    BranchName,
    AccountKind,
    AccountNumber,
    ClearingHouse,
    PayeeName,
    Amount,
    NewCode,
    EmployeeNumber,
    DepartmentCode,
    TotalCount,
    TotalAmount,
    Dummy,
}

impl Item {
    /// By the identifiers of the table; the accounts of payer and payee hold the same.
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "record_kind" => Self::RecordKind,
            "type_code" => Self::TypeCode,
            "code_kind" => Self::CodeKind,
            "client_code" => Self::ConsignorCode,
            "client_name_kana" => Self::ConsignorName,
            "transfer_date" => Self::TransferDate,
            "from_bank_code" | "to_bank_code" => Self::BankCode,
            "from_bank_name_kana" | "to_bank_name_kana" => Self::BankName,
            "from_branch_code" | "to_branch_code" => Self::BranchCode,
            "from_branch_name_kana" | "to_branch_name_kana" => Self::BranchName,
            "from_account_kind" | "account_kind" => Self::AccountKind,
            "from_account_number" | "account_number" => Self::AccountNumber,
            "clearing_house" => Self::ClearingHouse,
            "payee_name_kana" => Self::PayeeName,
            "amount" => Self::Amount,
            "new_code" => Self::NewCode,
            "employee_number" => Self::EmployeeNumber,
            "department_code" => Self::DepartmentCode,
            "total_count" => Self::TotalCount,
            "total_amount" => Self::TotalAmount,
            "dummy" => Self::Dummy,
            _ => return None,
        })
    }

    /// Whether the field must say something: not all zeros, not all spaces.
    pub(crate) const fn is_required(self) -> bool {
        matches!(
            self,
            Self::ConsignorCode
                | Self::ConsignorName
                | Self::BankCode
                | Self::AccountNumber
                | Self::PayeeName
                | Self::Amount
        )
    }

    /// Whether a code is told by its leading zeros too, so that it must fill its field.
    pub(crate) const fn is_exact(self) -> bool {
        matches!(self, Self::BankCode | Self::BranchCode)
    }
}

impl Field {
    /// The greatest number the field holds.
    pub(crate) fn number_max(&self) -> i64 {
        let digits = u32::try_from(self.length).unwrap_or(u32::MAX);
        10_i64.checked_pow(digits).map_or(i64::MAX, |beyond| beyond.saturating_sub(1))
    }
}

impl Layouts {
    /// The layout of the law pack.
    ///
    /// # Errors
    /// The table has a gap, a field this crate does not know, or records of different lengths.
    pub(crate) fn of(law: &Law, on: Date) -> Result<Self, LawError> {
        let mut layouts = Self {
            header: RecordLayout::default(),
            data: RecordLayout::default(),
            trailer: RecordLayout::default(),
            end: RecordLayout::default(),
        };
        for row in law.rows_in_force(TABLE, on)? {
            let record = match row.text("record")? {
                "header" => &mut layouts.header,
                "data" => &mut layouts.data,
                "trailer" => &mut layouts.trailer,
                "end" => &mut layouts.end,
                other => return Err(bad("record", other)),
            };
            let start = record.length();
            record.fields.push(field(row, start)?);
        }
        let length = layouts.header.length();
        let others = [&layouts.data, &layouts.trailer, &layouts.end];
        if length == 0 || others.into_iter().any(|record| record.length() != length) {
            return Err(bad("length", "レコードの長さが揃っていません"));
        }
        Ok(layouts)
    }

    pub(crate) fn record(&self, kind: RecordKind) -> &RecordLayout {
        match kind {
            RecordKind::Header => &self.header,
            RecordKind::Data => &self.data,
            RecordKind::Trailer => &self.trailer,
            RecordKind::End => &self.end,
        }
    }

    /// Bytes of each record.
    pub(crate) fn record_length(&self) -> usize {
        self.header.length()
    }
}

impl RecordLayout {
    fn length(&self) -> usize {
        self.fields.last().map_or(0, |last| last.start.saturating_add(last.length))
    }
}

fn field(row: RowRef<'_>, start: usize) -> Result<Field, LawError> {
    let name = row.text("name_en")?;
    let count = |column: &str| usize::try_from(row.integer(column)?).map_err(|_| bad(column, name));
    if count("position")? != start.saturating_add(1) {
        return Err(bad("position", name));
    }
    Ok(Field {
        item: Item::of_name(name).ok_or_else(|| bad("name_en", name))?,
        name_ja: row.text("name_ja")?.to_owned(),
        start,
        length: count("length")?,
        is_number: match row.text("type")? {
            "N" => true,
            "C" => false,
            other => return Err(bad("type", other)),
        },
    })
}

fn bad(column: &str, what: &str) -> LawError {
    LawError::BadCell { file: TABLE.to_owned(), row: 1, column: column.to_owned(), reason: what.to_owned() }
}
