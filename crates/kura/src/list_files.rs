use kura_month::ListFile;
use kura_print::{List, PrintStamp};
use rayon::prelude::*;

use crate::month::Prints;
use crate::output_folder::OutputFolder;
use crate::pdf_files::{self, PdfFiles};
use crate::stop::Stop;

/// Writes the lists (一覧) of a run, on all cores: each file as a spreadsheet, and as PDF where prints are made. Gives the number
/// of files.
pub(crate) fn write(lists: Vec<ListFile>, folder: &OutputFolder, prints: Prints) -> Result<usize, Stop> {
    let written = lists.len();
    let printed = match prints {
        Prints::Made | Prints::Bulk => {
            lists.par_iter().try_for_each(|list| spreadsheet(list, folder))?;
            print(lists, folder)?
        }
        Prints::Left => {
            // Each list is let go as soon as it is written.
            lists.into_par_iter().try_for_each(|list| spreadsheet(&list, folder))?;
            0
        }
    };
    Ok(written.saturating_add(printed))
}

fn spreadsheet(list: &ListFile, folder: &OutputFolder) -> Result<(), Stop> {
    let path = format!("{}.xlsx", list.path_stem);
    let bytes = kura_print::lists_xlsx(&list.lists, list.stamp.printed_at);
    folder.write(&path, &bytes.map_err(|error| Stop::named(format!("{path}: {error}"), ""))?)
}

fn print(lists: Vec<ListFile>, folder: &OutputFolder) -> Result<usize, Stop> {
    let (paths, files): (Vec<String>, Vec<(Vec<List>, PrintStamp)>) =
        lists.into_iter().map(|list| (format!("{}.pdf", list.path_stem), (list.lists, list.stamp))).unzip();
    let mut written = PdfFiles::new(folder, paths);
    pdf_files::printer()?.list_files(&files, |at, pdf| written.take(at, pdf));
    written.finish()
}
