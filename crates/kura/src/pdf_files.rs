use std::num::NonZeroUsize;
use std::thread;

use kura_print::{PrintError, Printer};

use crate::output_folder::OutputFolder;
use crate::stop::Stop;

/// A printer that works on all cores.
pub(crate) fn printer() -> Result<Printer, Stop> {
    let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Printer::new(threads).map_err(|error| Stop::named(error, ""))
}

/// Takes PDFs as they come from the printer and writes each to its path. After the first that fails nothing more is written.
pub(crate) struct PdfFiles<'run> {
    folder: &'run OutputFolder,
    paths: Vec<String>,
    outcome: Result<usize, Stop>,
}

impl<'run> PdfFiles<'run> {
    pub(crate) fn new(folder: &'run OutputFolder, paths: Vec<String>) -> Self {
        Self { folder, paths, outcome: Ok(0) }
    }

    /// The PDF of the path at this place.
    pub(crate) fn take(&mut self, at: usize, pdf: Result<Vec<u8>, PrintError>) {
        let Ok(count) = &mut self.outcome else { return };
        let path = self.paths.get(at).map_or("", String::as_str);
        let pdf = pdf.map_err(|error| Stop::named(format!("{path}: {error}"), ""));
        match pdf.and_then(|pdf| self.folder.write(path, &pdf)) {
            Ok(()) => *count = count.saturating_add(1),
            Err(stop) => self.outcome = Err(stop),
        }
    }

    /// How many were written.
    pub(crate) fn finish(self) -> Result<usize, Stop> {
        self.outcome
    }
}
