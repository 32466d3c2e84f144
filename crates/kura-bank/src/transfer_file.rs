use kura_calendar::Date;
use kura_yen::Yen;

/// 総合振込ファイルの中身: one transfer date, one paying account, its payments in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferFile {
    /// 種別コード.
    pub kind: TransferKind,
    /// 振込指定日: a day on which banks are open. The file carries month and day.
    pub transfer_date: Date,
    /// 振込依頼人.
    pub payer: Payer,
    /// 振込明細; an amount of 0 has no place here.
    pub payments: Vec<Payment>,
}

/// 種別コード of a pay file; public employees (71, 72) are not paid from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferKind {
    /// 給与振込.
    Pay,
    /// 賞与振込.
    Bonus,
}

impl TransferKind {
    /// 11 or 12.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pay => "11",
            Self::Bonus => "12",
        }
    }

    /// 給与 or 賞与.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Pay => "給与",
            Self::Bonus => "賞与",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Pay, Self::Bonus].into_iter().find(|kind| kind.code() == code)
    }
}

/// 振込依頼人: the company and the account that is debited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// 委託者コード, up to ten digits, given by the bank for each kind of file.
    pub consignor_code: String,
    /// 委託者名カナ, in either width.
    pub name_kana: String,
    /// 仕向口座.
    pub account: Account,
}

/// An account in the words of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// 金融機関コード, four digits.
    pub bank_code: String,
    /// 金融機関名カナ, in either width; may be empty.
    pub bank_kana: String,
    /// 支店コード, three digits.
    pub branch_code: String,
    /// 支店名カナ, in either width; may be empty.
    pub branch_kana: String,
    /// 預金種目.
    pub kind: AccountKind,
    /// 口座番号, up to seven digits.
    pub number: String,
}

/// 預金種目.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// 普通 (1).
    Ordinary,
    /// 当座 (2).
    Current,
    /// 貯蓄 (4): no file of pay takes it.
    Savings,
    /// その他 (9): of a payer alone.
    Other,
}

impl AccountKind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "1",
            Self::Current => "2",
            Self::Savings => "4",
            Self::Other => "9",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Ordinary, Self::Current, Self::Savings, Self::Other].into_iter().find(|kind| kind.code() == code)
    }

    /// Whether a payer may pay from it.
    pub(crate) const fn pays(self) -> bool {
        matches!(self, Self::Ordinary | Self::Current | Self::Other)
    }

    /// Whether pay may go into it.
    pub(crate) const fn receives(self) -> bool {
        matches!(self, Self::Ordinary | Self::Current)
    }
}

/// 振込明細: one data record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// 被仕向口座.
    pub account: Account,
    /// 受取人名: 名義カナ, in either width, at most 30 characters of the file.
    pub payee_kana: String,
    /// 振込金額, yen, above 0.
    pub amount: Yen,
    /// 新規コード.
    pub new_code: NewCode,
    /// 社員番号, up to ten digits; empty where it is no number.
    pub employee_number: String,
    /// 所属コード, up to ten digits; may be empty.
    pub department_code: String,
}

/// 新規コード; many banks do not look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NewCode {
    /// その他 (0).
    #[default]
    Other,
    /// 第1回 (1).
    First,
    /// 変更 (2).
    Changed,
}

impl NewCode {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Other => "0",
            Self::First => "1",
            Self::Changed => "2",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Other, Self::First, Self::Changed].into_iter().find(|new_code| new_code.code() == code)
    }
}
