//! The press: typst with our fonts, one template and one data file. It knows bytes, not people.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::model::DocumentInfo;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, Lang, Locale};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::packing::packed;
use crate::paper::Typeface;
use crate::{PrintError, PrintStamp};

/// Japan Standard Time, minutes east of UTC.
const JST_OFFSET_MINUTES: i32 = 9 * 60;
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/BIZUDPGothic-Regular.ttf"),
    include_bytes!("../../../assets/fonts/BIZUDPGothic-Bold.ttf"),
];

static PRESS: LazyLock<Option<Press>> = LazyLock::new(Press::set_up);

/// Everything that is the same for every document of the process.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    typeface: Typeface,
    readable_aloud: PdfStandards,
    kept: PdfStandards,
    payslip: Source,
    /// The one id under which every slip's data is read: typst never forgets an id, so a new one per slip would leak.
    data: FileId,
}

impl Press {
    /// The press of the process; fonts and library are read once.
    ///
    /// # Errors
    /// [`PrintError::NotReady`].
    pub(crate) fn get() -> Result<&'static Press, PrintError> {
        PRESS.as_ref().ok_or(PrintError::NotReady)
    }

    fn set_up() -> Option<Press> {
        let fonts: Vec<Font> = FONTS.iter().map(|font| Font::new(Bytes::new(*font), 0)).collect::<Option<_>>()?;
        let [regular, bold] = fonts.as_slice() else { return None };
        Some(Press {
            typeface: Typeface::new(regular, bold)?,
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            readable_aloud: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).ok()?,
            kept: PdfStandards::new(&[PdfStandard::A_2b]).ok()?,
            payslip: Source::new(file_id("/payslip.typ")?, include_str!("payslip.typ").to_owned()),
            data: file_id("/slip.json")?,
        })
    }

    /// Whether the typeface has this character, in every weight.
    pub(crate) fn has_glyph(&self, character: char) -> bool {
        self.typeface.has(character)
    }

    /// The typeface, for those who set their pages themselves.
    pub(crate) fn typeface(&self) -> &Typeface {
        &self.typeface
    }

    /// Sets the payslip template with `data`, a JSON text, and forgets the data again.
    ///
    /// # Errors
    /// [`PrintError::Layout`].
    pub(crate) fn set_payslip(&'static self, data: Vec<u8>) -> Result<PagedDocument, PrintError> {
        let sheet = Sheet { press: self, data: Bytes::new(data) };
        let document = typst::compile::<PagedDocument>(&sheet).output.map_err(|diagnostics| sheet.error(&diagnostics));
        forget();
        document
    }

    /// Makes a file of a document for the person it is about: it can be read aloud and kept (PDF/UA-1, PDF/A-2a).
    ///
    /// # Errors
    /// [`PrintError::Layout`], [`PrintError::ImpossibleStamp`].
    pub(crate) fn publish(&self, document: &PagedDocument, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
        self.export(document, &self.options(stamp, Reader::Everyone)?)
    }

    /// Binds finished pages into a document for the office: no tags, fit to be kept (PDF/A-2b).
    ///
    /// # Errors
    /// [`PrintError::Layout`], [`PrintError::ImpossibleStamp`].
    pub(crate) fn bind(&self, pages: Vec<Page>, title: &str, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
        let info = DocumentInfo {
            title: Some(title.into()),
            locale: Smart::Custom(Locale::new(Lang::JAPANESE, None)),
            ..DocumentInfo::default()
        };
        let document = PagedDocument::new(pages.into_iter().collect(), info);
        self.export(&document, &self.options(stamp, Reader::Office)?)
    }

    fn export(&self, document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, PrintError> {
        let pdf = typst_pdf::pdf(document, options).map_err(|_| PrintError::Layout { template_line: 0 });
        forget();
        pdf.map(packed)
    }

    fn options(&self, stamp: &PrintStamp, reader: Reader) -> Result<PdfOptions, PrintError> {
        let at = stamp.printed_at;
        let timestamp = Datetime::from_ymd_hms(at.year, at.month, at.day, at.hour, at.minute, at.second)
            .and_then(|datetime| Timestamp::new_local(datetime, JST_OFFSET_MINUTES))
            .ok_or(PrintError::ImpossibleStamp)?;
        let standards = match reader {
            Reader::Everyone => self.readable_aloud.clone(),
            Reader::Office => self.kept.clone(),
        };
        Ok(PdfOptions {
            ident: Smart::Custom(stamp.document_id.clone()),
            creator: Smart::Custom(Some("Kura".to_owned())),
            timestamp: Some(timestamp),
            standards,
            tagged: reader == Reader::Everyone,
            ..PdfOptions::default()
        })
    }
}

/// typst remembers every layout it made: without this, memory grows and people's data stays in it.
pub(crate) fn forget() {
    comemo::evict(0);
}

/// For whom a document is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// For the person it is about, who may have it read aloud: tagged.
    Everyone,
    /// For the office.
    Office,
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// The world of one document: the press and this document's data. There is no file, no package, no clock in it.
struct Sheet {
    press: &'static Press,
    data: Bytes,
}

impl Sheet {
    /// Only the line of the template is kept: the compiler's sentence may quote the data.
    fn error(&self, diagnostics: &[SourceDiagnostic]) -> PrintError {
        let template_line = diagnostics
            .iter()
            .find_map(|diagnostic| self.range(diagnostic.span))
            .and_then(|range| self.press.payslip.lines().byte_to_line(range.start))
            .map_or(0, |line| line.saturating_add(1));
        PrintError::Layout { template_line }
    }
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.payslip.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.press.payslip.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Payslip;
    use crate::manuscript::Manuscript;

    #[test]
    fn the_template_compiles_without_a_warning() {
        let (manuscript, _) = Manuscript::of(&Payslip::default(), &|_| true).unwrap();
        let sheet = Sheet { press: Press::get().unwrap(), data: Bytes::new(serde_json::to_vec(&manuscript).unwrap()) };
        let compiled = typst::compile::<PagedDocument>(&sheet);
        assert!(compiled.output.is_ok());
        assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
    }

    #[test]
    fn a_template_that_does_not_fit_its_data_is_named_by_its_line_alone() {
        let data = br#"{"title": "Kakuu Hanako"}"#.to_vec();
        let error = Press::get().unwrap().set_payslip(data).unwrap_err();
        let line = include_str!("payslip.typ").lines().position(|line| line.contains("slip.pay.lines.len()")).unwrap();
        assert_eq!(error, PrintError::Layout { template_line: line + 1 });
        assert!(!error.to_string().contains("Hanako"));
    }

    #[test]
    fn no_file_of_the_machine_is_within_reach_of_a_template() {
        let sheet = Sheet { press: Press::get().unwrap(), data: Bytes::new(Vec::new()) };
        let outside = file_id("/etc/passwd").unwrap();
        assert_eq!(sheet.file(outside), Err(FileError::AccessDenied));
        assert!(sheet.source(outside).is_err());
        assert!(sheet.today(None).is_none());
    }
}
