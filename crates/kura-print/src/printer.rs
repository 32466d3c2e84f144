//! Who runs the press: threads with stacks deep enough for the compiler.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};
use typst_layout::PagedDocument;

use crate::list::List;
use crate::list_pdf;
use crate::manuscript::Manuscript;
use crate::press::{self, Press};
use crate::recovery_sheet::{self, RecoverySheet};
use crate::{Payslip, PrintError, PrintStamp, Unprintable};

/// The compiler recurses with the nesting of a page; the usual 2 MB have been seen to overflow.
const STACK_BYTES: usize = 32 * 1024 * 1024;
/// Finished documents that wait to be delivered, per thread.
const WAITING_PER_THREAD_MAX: usize = 32;

static SINGLE: LazyLock<Result<Printer, PrintError>> = LazyLock::new(|| Printer::new(NonZeroUsize::MIN));

/// Prints one payslip (給与明細書) on the printer of the process, which has one thread. For many slips: [`Printer`].
///
/// The same slip and stamp give the same bytes.
///
/// # Errors
/// Every variant of [`PrintError`].
pub fn payslip_pdf(slip: &Payslip, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
    SINGLE.as_ref().map_err(|error| *error)?.payslip(slip, stamp)
}

/// Prints a recovery sheet (復旧シート), two copies on two pages, on the printer of the process. The file holds a key: it goes to a
/// printer or to the person in front of the screen, and to no disk.
///
/// # Errors
/// Every variant of [`PrintError`].
pub fn recovery_sheet_pdf(sheet: &RecoverySheet<'_>, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
    let print = || {
        let press = Press::get()?;
        press.bind(recovery_sheet::pages(sheet, press.typeface())?, "復旧シート", stamp)
    };
    SINGLE.as_ref().map_err(|error| *error)?.threads.install(|| unbroken(print))
}

/// Where the typeface lacks a character: it is printed as `〓`, and a person should look at the slip.
///
/// # Errors
/// [`PrintError::TooManyRows`], [`PrintError::TextTooLong`], [`PrintError::AmountTooLarge`], [`PrintError::NotReady`].
pub fn payslip_unprintable(slip: &Payslip) -> Result<Vec<Unprintable>, PrintError> {
    let press = Press::get()?;
    Manuscript::of(slip, &|character| press.has_glyph(character)).map(|(_, unprintable)| unprintable)
}

/// A file of many payslips.
#[derive(Clone, PartialEq, Eq)]
pub struct BulkPayslips {
    /// The file. Without a page where every slip was left out.
    pub pdf: Vec<u8>,
    /// The slips that are not in it, by their places from 0, and why.
    pub left_out: Vec<(usize, PrintError)>,
}

/// Threads that print, kept from one batch to the next.
pub struct Printer {
    threads: ThreadPool,
    batch: usize,
}

impl Printer {
    /// Starts `threads` threads.
    ///
    /// # Errors
    /// [`PrintError::NotReady`] where the system gives no threads.
    pub fn new(threads: NonZeroUsize) -> Result<Printer, PrintError> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .stack_size(STACK_BYTES)
            .thread_name(|number| format!("kura-print-{number}"))
            .build()
            .map_err(|_| PrintError::NotReady)?;
        Ok(Printer { threads: pool, batch: threads.get().saturating_mul(WAITING_PER_THREAD_MAX) })
    }

    /// Prints one payslip.
    ///
    /// # Errors
    /// Every variant of [`PrintError`].
    pub fn payslip(&self, slip: &Payslip, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
        self.threads.install(|| print(slip, stamp))
    }

    /// Prints many payslips and delivers each in the given order, with its place in `slips`.
    /// Only a batch of them is in memory at a time; one that fails does not stop the others.
    pub fn payslips(&self, slips: &[(Payslip, PrintStamp)], deliver: impl FnMut(usize, Result<Vec<u8>, PrintError>)) {
        self.each(slips, self.batch, |(slip, stamp)| print(slip, stamp), deliver);
    }

    /// Prints the payslips of an office's round (一括印刷), many to a file, and delivers each file in the given order, with its
    /// place in `files`. In a file the slips are in their order, each with pages counted for itself; one that fails is left
    /// out and named.
    ///
    /// The files are not tagged: they are to be printed and kept (PDF/A-2b), not handed out. A file takes 30 kB and 5 kB a
    /// page, since all its slips share the fonts; [`Printer::payslips`] makes what a person gets.
    pub fn payslips_bulk(
        &self,
        files: &[(Vec<Payslip>, PrintStamp)],
        deliver: impl FnMut(usize, Result<BulkPayslips, PrintError>),
    ) {
        self.each(files, self.threads.current_num_threads(), |(slips, stamp)| print_bulk(slips, stamp), deliver);
    }

    /// Prints files of lists (一覧), each list on pages of its own, and delivers each file in the given order, with its place
    /// in `files`. One that fails does not stop the others.
    ///
    /// The same lists and stamp give the same bytes. The files are not tagged: they are for the office. They conform to
    /// PDF/A-2b and can be kept.
    pub fn list_files(
        &self,
        files: &[(Vec<List>, PrintStamp)],
        deliver: impl FnMut(usize, Result<Vec<u8>, PrintError>),
    ) {
        self.each(files, self.threads.current_num_threads(), |(lists, stamp)| print_lists(lists, stamp), deliver);
    }

    /// Makes `batch` documents at a time on all threads, and delivers each in its order.
    fn each<T: Sync, R: Send>(
        &self,
        documents: &[T],
        batch: usize,
        print: impl Fn(&T) -> Result<R, PrintError> + Sync,
        mut deliver: impl FnMut(usize, Result<R, PrintError>),
    ) {
        let mut number = 0_usize;
        for batch in documents.chunks(batch.max(1)) {
            let printed: Vec<_> = self.threads.install(|| batch.par_iter().map(&print).collect());
            for pdf in printed {
                deliver(number, pdf);
                number = number.saturating_add(1);
            }
        }
    }
}

/// Must run on a thread of a [`Printer`].
fn print_lists(lists: &[List], stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
    let press = Press::get()?;
    let print = || {
        let pages = list_pdf::pages(lists, stamp.printed_at, press.typeface())?;
        let title = lists.first().map_or("", |list| list.title.as_str());
        press.bind(pages, title, stamp)
    };
    unbroken(print)
}

/// Must run on a thread of a [`Printer`].
fn print(slip: &Payslip, stamp: &PrintStamp) -> Result<Vec<u8>, PrintError> {
    unbroken(|| Press::get()?.publish(&set(slip)?, stamp))
}

/// Must run on a thread of a [`Printer`].
fn print_bulk(slips: &[Payslip], stamp: &PrintStamp) -> Result<BulkPayslips, PrintError> {
    let set: Vec<_> = slips.par_iter().map(|slip| unbroken(|| set(slip))).collect();
    let (mut pages, mut left_out) = (Vec::new(), Vec::new());
    for (number, document) in set.into_iter().enumerate() {
        match document {
            Ok(document) => pages.extend_from_slice(document.pages()),
            Err(error) => left_out.push((number, error)),
        }
    }
    let title = slips.first().map_or_else(String::new, |slip| format!("{} {}", slip.title, slip.payment_month));
    let pdf = unbroken(|| Press::get()?.bind(pages, &title, stamp))?;
    Ok(BulkPayslips { pdf, left_out })
}

/// The pages of a slip. Must run on a thread of a [`Printer`].
fn set(slip: &Payslip) -> Result<PagedDocument, PrintError> {
    let press = Press::get()?;
    let (manuscript, _) = Manuscript::of(slip, &|character| press.has_glyph(character))?;
    let mut manuscript = manuscript.measured(press.typeface());
    let set = |manuscript: &Manuscript| {
        press.set_payslip(serde_json::to_vec(manuscript).map_err(|_| PrintError::Layout { template_line: 0 })?)
    };
    let document = set(&manuscript)?;
    if document.pages().len() <= 1 {
        return Ok(document);
    }
    manuscript.is_long = true;
    set(&manuscript)
}

fn unbroken<T>(print: impl FnOnce() -> Result<T, PrintError>) -> Result<T, PrintError> {
    catch_unwind(AssertUnwindSafe(print)).unwrap_or_else(|_| {
        press::forget();
        Err(PrintError::Interrupted)
    })
}
