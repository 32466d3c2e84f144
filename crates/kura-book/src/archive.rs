use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::finding::Problem;
use crate::limits::{BYTES_MAX, Unpacked};

/// What unpacking a file once, into nothing, tells.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Some sheet has merged cells.
    pub(crate) has_merged_cells: bool,
}

/// Unpacks an .xlsx once without keeping anything: a file that would grow beyond the limits is refused before it is read.
pub(crate) fn inspect(bytes: &[u8], limits: Unpacked) -> Result<Contents, Problem> {
    if bytes.len() > BYTES_MAX {
        return Err(too_big());
    }
    if bytes.starts_with(&OLD_EXCEL) {
        return Err(old_excel());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_a_workbook())?;
    if archive.len() > limits.parts_max {
        return Err(too_big());
    }
    let mut contents = Contents::default();
    let mut left = limits.bytes_max;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| not_a_workbook())?;
        let name = part.name().map_err(|_| not_a_workbook())?.into_owned();
        let limit = if name.ends_with("sharedStrings.xml") { left.min(limits.shared_strings_max) } else { left };
        let mut scan = Scan { merged: false, tail: Vec::new(), looks: name.contains("worksheets/") };
        let unpacked = scan.read(part.take(limit.saturating_add(1)))?;
        if unpacked > limit {
            return Err(too_big());
        }
        left = left.saturating_sub(unpacked);
        contents.has_merged_cells |= scan.merged;
    }
    Ok(contents)
}

/// The first bytes of .xls and of a password-protected .xlsx (OLE compound file).
const OLD_EXCEL: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The element that lists the merged cells of a sheet, after its last row.
const MERGED: &[u8] = b"<mergeCell ";
/// It stands behind the rows: the last bytes of a sheet are enough to look at.
const TAIL_BYTES: usize = 256 * 1024;

struct Scan {
    merged: bool,
    tail: Vec<u8>,
    looks: bool,
}

impl Scan {
    /// Reads to the end, keeping the tail alone; returns how many bytes came.
    fn read(&mut self, mut part: impl Read) -> Result<u64, Problem> {
        let mut buffer = vec![0_u8; 64 * 1024];
        let mut count = 0_u64;
        loop {
            let read = part.read(&mut buffer).map_err(|_| not_a_workbook())?;
            if read == 0 {
                break;
            }
            count = count.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            if self.looks {
                self.tail.extend_from_slice(buffer.get(..read).unwrap_or_default());
                if self.tail.len() > TAIL_BYTES.saturating_mul(2) {
                    self.tail.drain(..self.tail.len().saturating_sub(TAIL_BYTES));
                }
            }
        }
        self.merged = self.tail.windows(MERGED.len()).any(|window| window == MERGED);
        Ok(count)
    }
}

fn too_big() -> Problem {
    Problem::error(
        "file_too_big",
        "ファイルが大きすぎます（100MBまで、展開して1GBまで）。",
        "使っていない行・シート・画像を消すか、会社ごとに本を分けてください。",
    )
}

fn old_excel() -> Problem {
    Problem::error(
        "old_or_protected_excel",
        "古い形式（.xls）か、パスワードで保護されたファイルです。",
        "Excelで開き、パスワードを外して「Excelブック（.xlsx）」として保存し直してください。",
    )
}

fn not_a_workbook() -> Problem {
    Problem::error(
        "unreadable_file",
        "Excelのファイル（.xlsx）として読めません。壊れているか、途中で切れています。",
        "元のファイルを確かめるか、Excelで開いて保存し直してください。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    const SMALL: Unpacked = Unpacked { bytes_max: 300_000, shared_strings_max: 200_000, parts_max: 2 };

    #[track_caller]
    fn check(parts: &[(&str, usize)], refused: Option<&str>) {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("begun");
            writer.write_all(&vec![b' '; *size]).expect("written");
        }
        let bytes = writer.finish().expect("finished").into_inner();
        assert_eq!(inspect(&bytes, SMALL).err().map(|problem| problem.code), refused);
    }

    #[test]
    fn what_would_unpack_beyond_the_limits_is_refused() {
        check(&[("xl/worksheets/sheet1.xml", 300_000)], None);
        check(&[("xl/worksheets/sheet1.xml", 300_001)], Some("file_too_big"));
        check(&[("xl/worksheets/sheet1.xml", 150_000), ("xl/worksheets/sheet2.xml", 150_001)], Some("file_too_big"));
        check(&[("xl/sharedStrings.xml", 200_001)], Some("file_too_big"));
        check(&[("a", 1), ("b", 1), ("c", 1)], Some("file_too_big"));
    }
}
