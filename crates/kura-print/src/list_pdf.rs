//! Lists on A4: heads repeated, figures below each other, long names in several lines.

use std::borrow::Cow;

use typst_layout::Page;

use crate::PrintError;
use crate::list::{List, ListCell, ListPage};
use crate::paper::{A4_LONG, A4_SHORT, Ink, Length, POINT, Paper, Pen, Side, Type, Typeface};
use crate::payslip::PrintedAt;

mod across;
mod down;
mod widths;
mod words;

use self::words::plain;

const SIDE_MARGIN: Length = 30 * POINT;
const TOP_MARGIN: Length = 32 * POINT;
const BOTTOM_MARGIN: Length = 34 * POINT;
const CHARACTERS_MAX: usize = 300;
const HAIRLINE: Length = 300;
const STRONG_LINE: Length = 800;

/// Sets the lists, each on pages of its own; pages are counted through.
///
/// # Errors
/// [`PrintError::TextTooLong`].
pub(crate) fn pages(
    lists: &[List],
    printed_at: PrintedAt,
    typeface: &'static Typeface,
) -> Result<Vec<Page>, PrintError> {
    let mut papers = Vec::new();
    for list in lists {
        check_lengths(list)?;
        let desk = Desk { typeface, list };
        let (last, below) = match list.page {
            ListPage::PeopleAcross => across::set(desk, &mut papers),
            ListPage::Portrait | ListPage::Landscape => down::set(desk, &mut papers),
        };
        desk.notes(last, below, &mut papers);
    }
    if papers.is_empty() {
        papers.push(Paper::new(typeface, A4_SHORT, A4_LONG));
    }
    let count = papers.len();
    for (number, paper) in (1_usize..).zip(&mut papers) {
        foot(paper, printed_at, &format!("{number} / {count}"));
    }
    Ok(papers.into_iter().map(Paper::finish).collect())
}

fn check_lengths(list: &List) -> Result<(), PrintError> {
    let check = |place, row, words: &str| {
        let fits = words.len() <= CHARACTERS_MAX || words.chars().count() <= CHARACTERS_MAX;
        fits.then_some(()).ok_or(PrintError::TextTooLong { place, row, characters_max: CHARACTERS_MAX })
    };
    check("表題", 1, &list.title)?;
    (1..).zip(&list.captions).try_for_each(|(row, caption)| check("見出し", row, caption))?;
    (1..).zip(&list.notes).try_for_each(|(row, note)| check("備考", row, note))?;
    for (row, column) in (1..).zip(&list.columns) {
        check("列の見出し", row, &column.header)?;
        check("列の区分", row, &column.section)?;
    }
    for (number, row) in (1..).zip(&list.rows) {
        for cell in &row.cells {
            if let ListCell::Text(words) = cell {
                check("一覧", number, words)?;
            }
        }
    }
    Ok(())
}

/// Where a list is being set.
#[derive(Clone, Copy)]
struct Desk<'list> {
    typeface: &'static Typeface,
    list: &'list List,
}

impl Desk<'_> {
    fn page_size(self) -> (Length, Length) {
        if self.list.page == ListPage::Portrait { (A4_SHORT, A4_LONG) } else { (A4_LONG, A4_SHORT) }
    }

    /// The width between the margins.
    fn room(self) -> Length {
        self.page_size().0 - 2 * SIDE_MARGIN
    }

    /// The lowest line that may be written on.
    fn bottom(self) -> Length {
        self.page_size().1 - BOTTOM_MARGIN
    }

    /// Begins a page with the head of the list; answers the page and where its table begins.
    fn page(self, heading: &str) -> (Paper, Length) {
        let (width, height) = self.page_size();
        let mut paper = Paper::new(self.typeface, width, height);
        let y = self.head(&mut paper, heading);
        (paper, y)
    }

    fn head(self, paper: &mut Paper, heading: &str) -> Length {
        let title = Pen { face: Type::Bold, size: 13 * POINT, ink: Ink::Accent };
        let employer = Pen { face: Type::Bold, size: 9 * POINT, ink: Ink::Black };
        let caption = Pen { face: Type::Regular, size: 8 * POINT, ink: Ink::Black };
        let mut captions = self.list.captions.iter().map(|caption| plain(caption));
        let baseline = TOP_MARGIN + 11 * POINT;
        let name = plain(&self.list.title);
        paper.words((SIDE_MARGIN, baseline), self.room(), Side::Left, title, &name);
        let taken = self.typeface.width(title.face, title.size, &name) + 24 * POINT;
        let first = captions.next().unwrap_or_default();
        let shown = self.typeface.lines(employer.face, employer.size, (self.room() - taken).max(60 * POINT), &first);
        let mut y = baseline;
        for (line, words) in shown.iter().enumerate() {
            y = if line == 0 { y } else { y + 12 * POINT };
            paper.words((SIDE_MARGIN, y), self.room(), Side::Right, employer, words);
        }
        let others: Vec<_> = captions.filter(|caption| !caption.is_empty()).collect();
        for words in self.caption_lines(caption, &others) {
            y += if y == baseline { 14 * POINT } else { 11 * POINT };
            paper.words((SIDE_MARGIN, y), self.room(), Side::Left, caption, &words);
        }
        if !heading.is_empty() {
            y += 16 * POINT;
            paper.words((SIDE_MARGIN, y), self.room(), Side::Left, employer, heading);
        }
        y + 7 * POINT
    }

    /// The captions beside each other, as many in a line as fit.
    fn caption_lines(self, pen: Pen, captions: &[Cow<'_, str>]) -> Vec<String> {
        const BETWEEN: &str = "　　";
        let width = |words: &str| self.typeface.width(pen.face, pen.size, words);
        let mut lines: Vec<String> = Vec::new();
        for caption in captions {
            for (part, words) in self.typeface.lines(pen.face, pen.size, self.room(), caption).into_iter().enumerate() {
                match lines.last_mut() {
                    Some(line) if part == 0 && width(line) + width(BETWEEN) + width(words) <= self.room() => {
                        line.push_str(BETWEEN);
                        line.push_str(words);
                    }
                    _ => lines.push(words.to_owned()),
                }
            }
        }
        lines
    }

    /// The remarks below the table, on a page of their own where there is no room.
    fn notes(self, mut paper: Paper, mut y: Length, papers: &mut Vec<Paper>) {
        let pen = Pen { face: Type::Regular, size: 7_500, ink: Ink::Black };
        y += 6 * POINT;
        for note in &self.list.notes {
            let note = plain(note);
            let lines = self.typeface.lines(pen.face, pen.size, self.room() - 10 * POINT, &note);
            for (line, words) in lines.iter().enumerate() {
                y += 11 * POINT;
                if y > self.bottom() {
                    papers.push(paper);
                    (paper, y) = self.page("");
                    y += 11 * POINT;
                }
                let mark = if line == 0 { "・" } else { "" };
                paper.words((SIDE_MARGIN, y), self.room(), Side::Left, pen, mark);
                paper.words((SIDE_MARGIN + 9 * POINT, y), self.room(), Side::Left, pen, words);
            }
        }
        papers.push(paper);
    }
}

fn foot(paper: &mut Paper, at: PrintedAt, page: &str) {
    let pen = Pen { face: Type::Regular, size: 7 * POINT, ink: Ink::Soft };
    // The day alone: the hour of a stamp may be a round one.
    let printed = format!("{}年{}月{}日 作成", at.year, at.month, at.day);
    let (room, y) = (paper.width - 2 * SIDE_MARGIN, paper.height - 20 * POINT);
    paper.words((SIDE_MARGIN, y), room, Side::Left, pen, &printed);
    paper.words((SIDE_MARGIN, y), room, Side::Right, pen, page);
}

/// Lines of words, one below the other, in the middle of a row.
struct Block<'words> {
    lines: Vec<&'words str>,
    side: Side,
    pen: Pen,
}

impl Block<'_> {
    fn line_height(size: Length) -> Length {
        size * 125 / 100
    }

    /// Height of the lines alone.
    fn height(&self) -> Length {
        Length::try_from(self.lines.len()).unwrap_or(0) * Self::line_height(self.pen.size)
    }

    fn draw(&self, paper: &mut Paper, (x, y): (Length, Length), (room, height): (Length, Length)) {
        let line_height = Self::line_height(self.pen.size);
        // The letters of the typeface reach 0.88 above the baseline and 0.12 below it; 0.125 is added on both sides.
        let mut baseline = y + (height - self.height()) / 2 + self.pen.size * 98 / 100;
        for words in &self.lines {
            paper.words((x, baseline), room, self.side, self.pen, words);
            baseline += line_height;
        }
    }
}
