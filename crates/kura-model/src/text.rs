use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use crate::{FactValue, Value};

/// 文字列: a name, an address, a remark. It may hold a personal value, so it has no `Display` and its `Debug` tells nothing.
///
/// Cheap to clone: equal texts of one book share their letters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The text as it stands.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The letters: to be printed, filed or compared, never to be logged.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts of a list such as `親睦会費, 購買代` (parted by `,` `、` `，` `;` or a line break), trimmed, without empty ones.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.0.split([',', '、', '，', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Text(..)")
    }
}

impl FactValue for Text {
    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

/// Text of one kind, as closed as [`Text`].
macro_rules! closed_text {
    ($(#[doc = $about:literal] $name:ident)+) => {$(
        #[doc = $about]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Text);

        impl $name {
            /// The letters: to be printed, filed or compared, never to be logged.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl From<Text> for $name {
            fn from(text: Text) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Text::from(text))
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl FactValue for $name {
            fn from_value(value: Value) -> Option<Self> {
                Text::from_value(value).map(Self)
            }

            fn to_value(&self) -> Value {
                self.0.to_value()
            }
        }
    )+};
}

/// A code names a thing and is said aloud: it may stand in findings, file names and journals, so it has `Display`.
macro_rules! codes {
    ($(#[doc = $about:literal] $name:ident)+) => {
        closed_text! { $(#[doc = $about] $name)+ }
        $(
            impl fmt::Display for $name {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(self.as_str())
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(formatter, "{}({})", stringify!($name), self.as_str())
                }
            }
        )+
    };
}

macro_rules! hidden_debug {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )+};
}

closed_text! {
    /// フリガナ: a reading in full-width katakana (filings and bank files write it half-width).
    Kana
    /// 番号・コード: digits and letters whose leading zeros count (insured number, account number, postal code).
    Code
    /// 式: the formula of a pay item, as typed.
    Formula
}

hidden_debug! { Kana Code Formula }

codes! {
    /// 会社コード of a client (顧問先).
    ClientCode
    /// 事業所コード of an establishment.
    EstablishmentCode
    /// 社員番号 of an employee, never reused. The one word by which findings and files name a person.
    EmployeeCode
    /// 給与体系コード of a pay group (給与規程).
    PayGroupCode
    /// 項目コード of a pay item (支給控除項目).
    ItemCode
    /// 保険者コード of an insurer: 協会, or a row of 保険者料率.
    InsurerCode
    /// 事業場 of a workplace (労働基準法).
    WorkplaceCode
    /// 暦コード of a company calendar.
    CalendarCode
    /// 表名 of a lookup table (参照表).
    TableName
    /// 労働保険番号, 2-1-2-6-3 digits.
    LaborInsuranceNumber
    /// 家族番号: which family member of the employee.
    FamilyNumber
}
