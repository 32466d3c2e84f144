use kura_month::{ListFile, MonthResult};
use rayon::prelude::*;

use crate::output_folder::OutputFolder;
use crate::stop::Stop;

/// Writes the lists (一覧) of a run as spreadsheets, on all cores; gives their number.
pub(crate) fn write(result: &mut MonthResult, folder: &OutputFolder) -> Result<usize, Stop> {
    let lists = std::mem::take(&mut result.lists);
    let written: Vec<()> = lists.into_par_iter().map(|list| spreadsheet(&list, folder)).collect::<Result<_, Stop>>()?;
    Ok(written.len())
}

fn spreadsheet(list: &ListFile, folder: &OutputFolder) -> Result<(), Stop> {
    let path = format!("{}.xlsx", list.path_stem);
    let bytes = kura_print::lists_xlsx(&list.lists, list.stamp.printed_at);
    folder.write(&path, &bytes.map_err(|error| Stop::named(format!("{path}: {error}"), ""))?)
}
