//! The size of what is read. Beyond it a book is refused or cut with a finding, never read into memory without end.

/// Bytes of one file (.xlsx, or all CSV files together).
pub(crate) const BYTES_MAX: usize = 100 * 1024 * 1024;
/// What an .xlsx may unpack to.
pub(crate) const UNPACKED: Unpacked =
    Unpacked { bytes_max: 1024 * 1024 * 1024, shared_strings_max: 128 * 1024 * 1024, parts_max: 2_000 };
/// Sheets of a book, CSV files of a folder.
pub(crate) const SHEETS_MAX: usize = 200;
/// Rows of a sheet.
pub(crate) const ROWS_MAX: u32 = 1_000_000;
/// Columns of a sheet.
pub(crate) const COLUMNS_MAX: u32 = 512;
/// Cells of a book.
pub(crate) const CELLS_MAX: usize = 30_000_000;
/// Characters of a cell.
pub(crate) const CHARACTERS_MAX: usize = 4_000;
/// Findings that are told one by one.
pub(crate) const FINDINGS_MAX: usize = 2_000;
/// A header is looked for in the first rows of a sheet.
pub(crate) const HEADER_ROWS_MAX: u32 = 5;
/// Yen of one cell, either sign: 10 trillion.
pub(crate) const YEN_MAX: i64 = 10_000_000_000_000;

/// Limits of an .xlsx once unpacked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unpacked {
    /// Bytes of all parts together.
    pub(crate) bytes_max: u64,
    /// Bytes of the shared strings: they are held in memory.
    pub(crate) shared_strings_max: u64,
    /// Number of parts.
    pub(crate) parts_max: usize,
}
