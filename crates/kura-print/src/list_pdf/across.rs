//! Rows and columns exchanged: people or months side by side, their items below each other, repeated on every page.

use std::borrow::Cow;

use super::widths::{at, measure, padding};
use super::words::{may_wrap, plain, printed};
use super::{Block, Desk, HAIRLINE, SIDE_MARGIN, STRONG_LINE};
use crate::list::{List, ListCell, ListColumn, ListColumnKind, ListRow, ListRowKind};
use crate::paper::{Area, Ink, Length, Paper, Pen, Side, Type, Typeface};

const SIZES: [Length; 6] = [8_000, 7_500, 7_000, 6_500, 6_000, 5_500];
/// The size of a list whose items take several pages.
const IN_PARTS: Length = 7_000;
/// The smallest letters that are chosen for convenience.
const READABLE: Length = 6_000;
/// Height that is kept free for a remark.
const NOTE_HEIGHT: Length = 14_000;
/// Lines of names over the columns for which the size is chosen; longer names push items to the next page.
const NAME_LINES_MAX: Length = 10;

/// Answers the last page and where its table ends; the pages before it are among the papers.
pub(super) fn set(desk: Desk<'_>, papers: &mut Vec<Paper>) -> (Paper, Length) {
    let list = desk.list;
    let plan = Plan::of(desk);
    let mut last = None;
    // A heading begins a page.
    for group in list.rows.chunk_by(|_, next| next.kind != ListRowKind::Heading) {
        let (heading, rows) = match group.split_first() {
            Some((first, rest)) if first.kind == ListRowKind::Heading => {
                (first.cells.first().map(printed).unwrap_or_default(), rest)
            }
            _ => (Cow::Borrowed(""), group),
        };
        for people in plan.pages(list, rows) {
            papers.extend(last.take().map(|(paper, _)| paper));
            last = Some(Writer { desk, plan: &plan, heading: &heading, people }.write(papers));
        }
    }
    last.unwrap_or_else(|| desk.page(""))
}

/// Sizes and widths of the whole list.
struct Plan {
    typeface: &'static Typeface,
    keys: usize,
    size: Length,
    /// The column in which the section stands, letter below letter; 0 where there is none.
    section: Length,
    /// The column of the items' names.
    label: Length,
    /// A column of a person.
    person: Length,
    room: Length,
    /// Free height of a row.
    gap: Length,
}

impl Plan {
    fn of(desk: Desk<'_>) -> Self {
        let list = desk.list;
        let keys = list.key_columns.min(list.columns.len());
        let height = desk.bottom() - desk.page("").1;
        let people = list.rows.iter().filter(|row| row.kind == ListRowKind::Plain);
        let widest = people.map(|row| widest(list, keys, row, desk.typeface)).max().unwrap_or(0);
        let plans = SIZES.map(|size| Self::at(size, desk, keys, widest));
        let low_enough: Vec<Plan> =
            plans.into_iter().filter(|plan| plan.names_height(list) + plan.height(list) <= height).collect();
        // Everybody on one page is worth smaller letters, as long as they can be read.
        let together =
            low_enough.iter().position(|plan| plan.size >= READABLE && plan.pages(list, &list.rows).len() <= 1);
        let chosen = low_enough.into_iter().nth(together.unwrap_or(0));
        chosen.map_or_else(|| Self::at(IN_PARTS, desk, keys, widest), |plan| plan.spread(list, height))
    }

    /// The plan with the free height given to its rows, within reason.
    fn spread(mut self, list: &List, height: Length) -> Self {
        let free = height - self.names_height(list) - self.height(list);
        let rows = Length::try_from(list.columns.len().saturating_sub(self.keys)).unwrap_or(1);
        let notes = Length::try_from(list.notes.len()).unwrap_or(0) * NOTE_HEIGHT;
        let share = (free - notes).checked_div(rows).unwrap_or(0);
        self.gap += share.clamp(0, self.size * 30 / 100);
        self
    }

    /// The plan at a size; `widest` are the widest figures of a person, at the size of measuring.
    fn at(size: Length, desk: Desk<'_>, keys: usize, widest: Length) -> Self {
        const LABEL_EMS: (Length, Length) = (6, 12);
        const PERSON_EMS_LEAST: Length = 6;
        let (list, typeface) = (desk.list, desk.typeface);
        let frame = 2 * padding(size);
        let items = || list.columns.iter().skip(keys);
        let section = if items().any(|column| !column.section.is_empty()) { size + frame } else { 0 };
        let longest = items().map(|column| measure(typeface, &column.header)).max().unwrap_or(0);
        let label = at(size, longest).clamp(LABEL_EMS.0 * size, LABEL_EMS.1 * size) + frame;
        let mut plan =
            Self { typeface, keys, size, section, label, person: 0, room: desk.room(), gap: size * 22 / 100 };
        plan.person = (at(size, widest) + frame).max(PERSON_EMS_LEAST * size + frame);
        plan.person = plan.stretched(list.rows.iter().filter(|row| row.kind != ListRowKind::Heading).count());
        plan
    }

    /// Columns are wider where this fills the page, or fills several pages evenly.
    fn stretched(&self, people: usize) -> Length {
        let beside = self.room - self.section - self.label;
        let people = Length::try_from(people).unwrap_or(1).max(1);
        let most = beside.checked_div(self.person).unwrap_or(1).max(1);
        let pages = (people + most - 1) / most;
        let count = (people + pages - 1) / pages;
        (beside / count).clamp(self.person, self.person * 170 / 100)
    }

    /// The height of all items where none but their names takes several lines.
    fn height(&self, list: &List) -> Length {
        list.columns
            .iter()
            .skip(self.keys)
            .map(|column| self.item_height(&[&self.label(&plain(&column.header), column)]))
            .sum()
    }

    /// The height of the longest names.
    fn names_height(&self, list: &List) -> Length {
        let room = self.person - 2 * padding(self.size);
        let lines = |row: &ListRow| -> usize {
            let keys = row.cells.iter().take(self.keys);
            keys.map(|cell| self.typeface.lines(Type::Bold, self.size, room, &printed(cell)).len().max(1)).sum()
        };
        let lines = list.rows.iter().filter(|row| row.kind != ListRowKind::Heading).map(lines).max().unwrap_or(0);
        let keys = Length::try_from(self.keys).unwrap_or(0);
        let lines = Length::try_from(lines).unwrap_or(NAME_LINES_MAX).min(NAME_LINES_MAX);
        lines * Block::line_height(self.size) + keys * name_gap(self.size)
    }

    fn item_height(&self, blocks: &[&Block<'_>]) -> Length {
        let tallest = blocks.iter().map(|block| block.height()).max().unwrap_or(0);
        tallest.max(Block::line_height(self.size)) + self.gap
    }

    fn label<'words>(&self, header: &'words str, column: &ListColumn) -> Block<'words> {
        let face = if column.is_total { Type::Bold } else { Type::Regular };
        let room = self.label - 2 * padding(self.size);
        let pen = Pen { face, size: self.size, ink: Ink::Black };
        Block { lines: self.typeface.lines(face, self.size, room, header), side: Side::Left, pen }
    }

    /// The people of each page with the widths of their columns.
    fn pages<'rows>(&self, list: &List, rows: &'rows [ListRow]) -> Vec<Vec<Person<'rows>>> {
        let mut pages: Vec<Vec<Person<'rows>>> = Vec::new();
        let first = SIDE_MARGIN + self.section + self.label;
        let mut x = first;
        for row in rows {
            let width = if row.kind == ListRowKind::Plain {
                self.person
            } else {
                // Sums have more digits.
                let widest = widest(list, self.keys, row, self.typeface);
                self.person.max(at(self.size, widest) + 2 * padding(self.size))
            };
            if pages.is_empty() || x + width > SIDE_MARGIN + self.room + 1 {
                pages.push(Vec::new());
                x = first;
            }
            pages.last_mut().into_iter().for_each(|page| page.push(Person { row, x, width }));
            x += width;
        }
        pages
    }
}

/// The widest figures of a row, at the size of measuring.
fn widest(list: &List, keys: usize, row: &ListRow, typeface: &Typeface) -> Length {
    let figures = row.cells.iter().zip(&list.columns).skip(keys);
    let figures = figures.filter(|(cell, column)| !may_wrap(cell, column.kind) && **cell != ListCell::Empty);
    figures.map(|(cell, _)| measure(typeface, &printed(cell))).max().unwrap_or(0)
}

/// Free space around a line of names.
fn name_gap(size: Length) -> Length {
    size * 30 / 100
}

/// A row of the list as a column on paper.
struct Person<'rows> {
    row: &'rows ListRow,
    x: Length,
    width: Length,
}

impl Person<'_> {
    fn is_strong(&self) -> bool {
        self.row.kind != ListRowKind::Plain
    }
}

/// Writes the items of the people who stand on one page, over several pages where they are too many.
struct Writer<'desk, 'list> {
    desk: Desk<'list>,
    plan: &'desk Plan,
    heading: &'desk str,
    people: Vec<Person<'list>>,
}

impl Writer<'_, '_> {
    fn write(self, papers: &mut Vec<Paper>) -> (Paper, Length) {
        let (mut paper, mut top) = self.desk.page(self.heading);
        let mut y = self.names(&mut paper, top);
        let (mut section, mut section_top) = ("", y);
        for column in self.plan.keys..self.desk.list.columns.len() {
            let Some(item) = self.desk.list.columns.get(column) else { continue };
            let header = plain(&item.header);
            let label = self.plan.label(&header, item);
            let cells = self.cells(column);
            let blocks: Vec<Block<'_>> = self.blocks(column, item, &cells);
            let height = self.plan.item_height(&blocks.iter().chain([&label]).collect::<Vec<_>>());
            let breaks = y + height > self.desk.bottom();
            if breaks || item.section != section {
                self.section(&mut paper, section, section_top, y);
                (section, section_top) = (&item.section, y);
            }
            if breaks {
                self.columns(&mut paper, top, y);
                let (next, below) = self.desk.page(self.heading);
                papers.push(std::mem::replace(&mut paper, next));
                y = self.names(&mut paper, below);
                (top, section_top) = (below, y);
            }
            self.item(&mut paper, y, height, item, &label, &blocks);
            y += height;
        }
        self.section(&mut paper, section, section_top, y);
        self.columns(&mut paper, top, y);
        paper.rule((SIDE_MARGIN, y), self.width(), STRONG_LINE, Ink::Accent);
        (paper, y)
    }

    fn width(&self) -> Length {
        let people: Length = self.people.iter().map(|person| person.width).sum();
        self.plan.section + self.plan.label + people
    }

    fn bounds(&self, person: &Person<'_>) -> (Length, Length) {
        let inset = padding(self.plan.size);
        (person.x + inset, person.width - 2 * inset)
    }

    /// The key columns of the list, as the heads of the people's columns.
    fn names(&self, paper: &mut Paper, y: Length) -> Length {
        let size = self.plan.size;
        let pen = Pen { face: Type::Bold, size, ink: Ink::Accent };
        let mut below = y;
        let mut rows = Vec::new();
        for (column, key) in self.desk.list.columns.iter().enumerate().take(self.plan.keys) {
            let cells = self.cells(column);
            let header = plain(&key.header).into_owned();
            let block = |(words, person): (&str, &Person<'_>)| {
                self.plan.typeface.lines(pen.face, size, self.bounds(person).1, words).len()
            };
            let lines = cells.iter().map(Cow::as_ref).zip(&self.people).map(block).max().unwrap_or(1).max(1);
            let height = Length::try_from(lines).unwrap_or(1) * Block::line_height(size) + name_gap(size);
            rows.push((below, height, header, cells));
            below += height;
        }
        let area = Area { x: SIDE_MARGIN, y, width: self.width(), height: below - y };
        paper.tint(area, Ink::Tint);
        paper.rule((SIDE_MARGIN, y), area.width, STRONG_LINE, Ink::Accent);
        for (y, height, header, cells) in &rows {
            let x = SIDE_MARGIN + padding(size);
            let room = self.plan.section + self.plan.label - 2 * padding(size);
            let lines = self.plan.typeface.lines(pen.face, size, room, header);
            Block { lines, side: Side::Left, pen }.draw(paper, (x, *y), (room, *height));
            for (words, person) in cells.iter().zip(&self.people) {
                let (x, room) = self.bounds(person);
                let lines = self.plan.typeface.even_lines(pen.face, size, room, words);
                Block { lines, side: Side::Center, pen }.draw(paper, (x, *y), (room, *height));
            }
        }
        paper.rule((SIDE_MARGIN, below), area.width, STRONG_LINE, Ink::Accent);
        below
    }

    fn cells(&self, column: usize) -> Vec<Cow<'_, str>> {
        self.people.iter().map(|person| person.row.cells.get(column).map_or(Cow::Borrowed(""), printed)).collect()
    }

    fn blocks<'cells>(&self, column: usize, item: &ListColumn, cells: &'cells [Cow<'_, str>]) -> Vec<Block<'cells>> {
        let size = self.plan.size;
        let side = if item.kind == ListColumnKind::Text { Side::Center } else { Side::Right };
        let block = |(words, person): (&'cells Cow<'_, str>, &Person<'_>)| {
            let face = if item.is_total || person.is_strong() { Type::Bold } else { Type::Regular };
            let wraps = person.row.cells.get(column).is_some_and(|cell| may_wrap(cell, item.kind));
            let room = self.bounds(person).1;
            let lines = if wraps { self.plan.typeface.lines(face, size, room, words) } else { vec![words.as_ref()] };
            Block { lines, side, pen: Pen { face, size, ink: Ink::Black } }
        };
        cells.iter().zip(&self.people).map(block).collect()
    }

    fn item(
        &self,
        paper: &mut Paper,
        y: Length,
        height: Length,
        item: &ListColumn,
        label: &Block<'_>,
        blocks: &[Block<'_>],
    ) {
        let x = SIDE_MARGIN + self.plan.section;
        let width = self.width() - self.plan.section;
        if item.is_total {
            paper.tint(Area { x, y, width, height }, Ink::Tint);
        }
        let inset = padding(self.plan.size);
        label.draw(paper, (x + inset, y), (self.plan.label - 2 * inset, height));
        for (block, person) in blocks.iter().zip(&self.people) {
            let (x, room) = self.bounds(person);
            block.draw(paper, (x, y), (room, height));
        }
        paper.rule((x, y + height), width, HAIRLINE, Ink::Hairline);
    }

    /// What divides the columns of a page, and the tint of sums.
    fn columns(&self, paper: &mut Paper, top: Length, below: Length) {
        for person in &self.people {
            paper.upright((person.x, top), below - top, HAIRLINE, Ink::Hairline);
            if person.is_strong() {
                paper.tint(Area { x: person.x, y: top, width: person.width, height: below - top }, Ink::Tint);
            }
        }
    }

    /// The name of a section beside its items, letter below letter, and the rule above it.
    fn section(&self, paper: &mut Paper, section: &str, top: Length, below: Length) {
        if self.plan.section == 0 || below == top {
            return;
        }
        let size = self.plan.size;
        let pen = Pen { face: Type::Bold, size, ink: Ink::Accent };
        let letters: Vec<String> = section.chars().map(String::from).collect();
        let block = Block { lines: letters.iter().map(String::as_str).collect(), side: Side::Center, pen };
        let height = below - top;
        paper.tint(Area { x: SIDE_MARGIN, y: top, width: self.plan.section, height }, Ink::Tint);
        if block.height() <= height {
            block.draw(paper, (SIDE_MARGIN, top), (self.plan.section, height));
        }
        paper.rule((SIDE_MARGIN, below), self.width(), HAIRLINE, Ink::Accent);
    }
}
