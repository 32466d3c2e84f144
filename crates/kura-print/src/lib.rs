#![doc = include_str!("../README.md")]

mod figures;
mod list;
mod list_pdf;
mod manuscript;
mod measures;
mod packing;
mod paper;
mod payslip;
mod press;
mod printer;
mod recovery_sheet;
mod xlsx;

pub use list::{List, ListCell, ListColumn, ListColumnKind, ListPage, ListRow, ListRowKind};
pub use manuscript::Unprintable;
pub use payslip::{Amount, Clocks, Field, Line, Payslip, PrintStamp, PrintedAt, Totals};
pub use printer::{BulkPayslips, Printer, payslip_pdf, payslip_unprintable, recovery_sheet_pdf};
pub use recovery_sheet::RecoverySheet;
pub use xlsx::{ListError, lists_xlsx};

/// Why a document was not printed. No variant carries a value of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// A section has more rows than a slip may have.
    #[error("「{place}」の行数が上限（{rows_max}行）を超えています。項目をまとめてから印刷してください。")]
    TooManyRows {
        /// Section of the slip.
        place: &'static str,
        /// Upper limit.
        rows_max: usize,
    },
    /// A text is longer than any field may be.
    #[error("「{place}」{row}行目の文字数が上限（{characters_max}文字）を超えています。短くしてから印刷してください。")]
    TextTooLong {
        /// Section of the slip.
        place: &'static str,
        /// Row in the section, from 1.
        row: usize,
        /// Upper limit.
        characters_max: usize,
    },
    /// An amount has more than ten digits.
    #[error("「{place}」{row}行目の金額が印刷できる範囲（10桁まで）を超えています。金額を確かめてください。")]
    AmountTooLarge {
        /// Section of the slip.
        place: &'static str,
        /// Row in the section, from 1.
        row: usize,
    },
    /// The time of printing is not a date of the calendar.
    #[error("印刷日時が暦にない日付です。印刷日時を確かめてください。")]
    ImpossibleStamp,
    /// The template did not compile. The compiler's own words may quote the slip, so only the line is kept.
    #[error(
        "明細書を組版できませんでした（様式の{template_line}行目）。計算結果に影響はありません。プログラムの版を添えてお知らせください。"
    )]
    Layout {
        /// Line in the template, 0 where the compiler names none.
        template_line: usize,
    },
    /// The compiler broke off.
    #[error("明細書の組版が途中で止まりました。もう一度印刷し、続くときはプログラムの版を添えてお知らせください。")]
    Interrupted,
    /// Fonts or threads could not be set up.
    #[error("印刷の準備ができませんでした。メモリの空きを確かめて、もう一度印刷してください。")]
    NotReady,
}
