//! Rows below each other, the heads repeated on every page; columns that do not fit go on beside the key columns on pages of
//! their own.

use std::borrow::Cow;
use std::ops::Range;

use super::widths::{Need, at, fit, fits_naturally, gap, needs, padding};
use super::words::{may_wrap, plain, printed, side};
use super::{Block, Desk, HAIRLINE, SIDE_MARGIN, STRONG_LINE};
use crate::list::{List, ListCell, ListRow, ListRowKind};
use crate::paper::{Area, Ink, Length, POINT, Paper, Pen, Side, Type};

const SIZES: [Length; 7] = [8_500, 8_000, 7_500, 7_000, 6_500, 6_000, 5_500];
/// Below this, words rather take several lines.
const COMFORTABLE: Length = 7_500;
/// The size of a list whose columns take several pages.
const IN_PARTS: Length = 7_000;

/// Answers the last page and where its table ends; the pages before it are among the papers.
pub(super) fn set(desk: Desk<'_>, papers: &mut Vec<Paper>) -> (Paper, Length) {
    let needs = needs(desk.list, desk.typeface);
    let mut last = None;
    for table in tables(desk.list, &needs, desk.room()) {
        papers.extend(last.take().map(|(paper, _)| paper));
        last = Some(Writer { desk, table }.write(papers));
    }
    last.unwrap_or_else(|| desk.page(""))
}

/// The columns that stand on one page.
struct Table {
    size: Length,
    columns: Vec<Slot>,
}

/// A column on paper.
struct Slot {
    column: usize,
    x: Length,
    width: Length,
    /// Free space before its words.
    lead: Length,
}

impl Slot {
    /// Where its words may stand, and how wide they may be.
    fn bounds(&self, size: Length) -> (Length, Length) {
        let inset = padding(size);
        (self.x + inset + self.lead, self.width - 2 * inset - self.lead)
    }
}

fn tables(list: &List, needs: &[Need], room: Length) -> Vec<Table> {
    let comfortable = SIZES.iter().filter(|size| **size >= COMFORTABLE);
    let natural = comfortable.copied().find(|size| fits_naturally(needs, *size, room));
    let size = natural.or_else(|| SIZES.into_iter().find(|size| fit(needs, *size, room).is_some()));
    if let Some(size) = size {
        return vec![table(list, needs, &(0..needs.len()).collect::<Vec<_>>(), size, room)];
    }
    let keys = list.key_columns.min(needs.len());
    parts(needs, keys, room)
        .into_iter()
        .map(|part| table(list, needs, &(0..keys).chain(part).collect::<Vec<_>>(), IN_PARTS, room))
        .collect()
}

/// The columns after the keys, as many together as fit beside them.
fn parts(needs: &[Need], keys: usize, room: Length) -> Vec<Range<usize>> {
    let width = |need: &Need| at(IN_PARTS, need.least) + 2 * padding(IN_PARTS);
    let beside: Length = room - needs.iter().take(keys).map(width).sum::<Length>();
    let (mut parts, mut start, mut taken) = (Vec::new(), keys, 0);
    for (column, need) in needs.iter().enumerate().skip(keys) {
        if column > start && taken + width(need) > beside {
            parts.push(start..column);
            (start, taken) = (column, 0);
        }
        taken += width(need);
    }
    parts.push(start..needs.len());
    parts
}

fn table(list: &List, needs: &[Need], columns: &[usize], size: Length, room: Length) -> Table {
    let chosen: Vec<Need> = columns.iter().filter_map(|column| needs.get(*column).copied()).collect();
    // A single column wider than the page is cut off by its edge: nothing better can be done with it.
    let widths = fit(&chosen, size, room)
        .unwrap_or_else(|| chosen.iter().map(|need| at(size, need.least) + 2 * padding(size)).collect());
    let mut x = SIDE_MARGIN;
    let slots = columns.iter().zip(widths).map(|(&column, width)| {
        let before = column.checked_sub(1).and_then(|before| list.columns.get(before));
        let lead = list.columns.get(column).map_or(0, |column| gap(size, before, column));
        let slot = Slot { column, x, width, lead };
        x += width;
        slot
    });
    Table { size, columns: slots.collect() }
}

/// Writes one table over as many pages as it needs.
struct Writer<'list> {
    desk: Desk<'list>,
    table: Table,
}

impl Writer<'_> {
    fn write(self, papers: &mut Vec<Paper>) -> (Paper, Length) {
        let list = self.desk.list;
        let (mut paper, mut y) = self.desk.page("");
        y = self.heads(&mut paper, y);
        let mut rows = list.rows.iter().peekable();
        while let Some(row) = rows.next() {
            let cells: Vec<Cow<'_, str>> = self.cells(row);
            let blocks = self.blocks(row, &cells);
            let height = self.height(&blocks);
            // A heading stays with the row below it.
            let kept = if row.kind == ListRowKind::Heading && rows.peek().is_some() { 2 * height } else { height };
            if y + kept > self.desk.bottom() {
                let (next, below) = self.desk.page("");
                papers.push(std::mem::replace(&mut paper, next));
                y = self.heads(&mut paper, below);
            }
            self.row(&mut paper, y, height, row.kind, &blocks);
            y += height;
        }
        (paper, y)
    }

    fn width(&self) -> Length {
        self.table.columns.iter().map(|slot| slot.width).sum()
    }

    fn heads(&self, paper: &mut Paper, y: Length) -> Length {
        let list = self.desk.list;
        let size = self.table.size;
        let pen = Pen { face: Type::Bold, size, ink: Ink::Accent };
        let headers: Vec<Cow<'_, str>> = self
            .table
            .columns
            .iter()
            .map(|slot| list.columns.get(slot.column).map_or(Cow::Borrowed(""), |column| plain(&column.header)))
            .collect();
        let blocks: Vec<Block<'_>> = headers
            .iter()
            .zip(&self.table.columns)
            .map(|(header, slot)| {
                let (_, room) = slot.bounds(size);
                let side = list.columns.get(slot.column).map_or(Side::Left, |column| side(column.kind));
                Block { lines: self.desk.typeface.even_lines(pen.face, size, room, header), side, pen }
            })
            .collect();
        let sections = self.section_height();
        let height = self.height(&blocks);
        let area = Area { x: SIDE_MARGIN, y, width: self.width(), height: sections + height };
        paper.tint(area, Ink::Tint);
        paper.rule((SIDE_MARGIN, y), area.width, STRONG_LINE, Ink::Accent);
        self.sections(paper, y, sections);
        self.row(paper, y + sections, height, ListRowKind::Plain, &blocks);
        paper.rule((SIDE_MARGIN, y + area.height), area.width, STRONG_LINE, Ink::Accent);
        y + area.height
    }

    fn section_height(&self) -> Length {
        let any = self.desk.list.columns.iter().any(|column| !column.section.is_empty());
        if any { Block::line_height(self.table.size) + 3 * POINT } else { 0 }
    }

    /// The names of the sections, each over its columns with a rule below it.
    fn sections(&self, paper: &mut Paper, y: Length, height: Length) {
        let size = self.table.size;
        let pen = Pen { face: Type::Bold, size, ink: Ink::Accent };
        let section =
            |slot: &Slot| self.desk.list.columns.get(slot.column).map_or("", |column| column.section.as_str());
        for group in self.table.columns.chunk_by(|left, right| section(left) == section(right)) {
            let Some((first, name)) =
                group.first().map(|slot| (slot, section(slot))).filter(|(_, name)| !name.is_empty())
            else {
                continue;
            };
            let width: Length = group.iter().map(|slot| slot.width).sum();
            let name = plain(name);
            let block = Block { lines: vec![&name], side: Side::Center, pen };
            block.draw(paper, (first.x, y), (width, height));
            paper.rule((first.x + padding(size), y + height), width - 2 * padding(size), HAIRLINE, Ink::Accent);
        }
    }

    fn cells<'row>(&self, row: &'row ListRow) -> Vec<Cow<'row, str>> {
        let cell = |slot: &Slot| row.cells.get(slot.column).map_or(Cow::Borrowed(""), printed);
        if row.kind == ListRowKind::Heading {
            return row.cells.iter().take(1).map(printed).collect();
        }
        self.table.columns.iter().map(cell).collect()
    }

    /// The cells of a row in lines. A heading has one, across the table.
    fn blocks<'cells>(&self, row: &ListRow, cells: &'cells [Cow<'_, str>]) -> Vec<Block<'cells>> {
        let size = self.table.size;
        if row.kind == ListRowKind::Heading {
            let pen = Pen { face: Type::Bold, size, ink: Ink::Accent };
            let lines =
                |words: &'cells Cow<'_, str>| self.desk.typeface.lines(pen.face, size, self.width() - size, words);
            return cells.iter().map(|words| Block { lines: lines(words), side: Side::Left, pen }).collect();
        }
        let empty = ListCell::Empty;
        let block = |(words, slot): (&'cells Cow<'_, str>, &Slot)| {
            let column = self.desk.list.columns.get(slot.column)?;
            let is_strong = row.kind != ListRowKind::Plain || column.is_total;
            let face = if is_strong { Type::Bold } else { Type::Regular };
            let (_, room) = slot.bounds(size);
            let wraps = may_wrap(row.cells.get(slot.column).unwrap_or(&empty), column.kind);
            let lines = if wraps { self.desk.typeface.lines(face, size, room, words) } else { vec![words.as_ref()] };
            Some(Block { lines, side: side(column.kind), pen: Pen { face, size, ink: Ink::Black } })
        };
        cells.iter().zip(&self.table.columns).filter_map(block).collect()
    }

    fn height(&self, blocks: &[Block<'_>]) -> Length {
        let tallest = blocks.iter().map(Block::height).max().unwrap_or(0);
        tallest.max(Block::line_height(self.table.size)) + self.table.size * 45 / 100
    }

    fn row(&self, paper: &mut Paper, y: Length, height: Length, kind: ListRowKind, blocks: &[Block<'_>]) {
        let width = self.width();
        if kind != ListRowKind::Plain {
            paper.tint(Area { x: SIDE_MARGIN, y, width, height }, Ink::Tint);
        }
        if kind == ListRowKind::Total {
            paper.rule((SIDE_MARGIN, y), width, STRONG_LINE, Ink::Accent);
        }
        let inset = padding(self.table.size);
        if kind == ListRowKind::Heading {
            blocks.iter().for_each(|block| block.draw(paper, (SIDE_MARGIN + inset, y), (width, height)));
        } else {
            for (block, slot) in blocks.iter().zip(&self.table.columns) {
                let (x, room) = slot.bounds(self.table.size);
                block.draw(paper, (x, y), (room, height));
            }
        }
        let (thickness, ink) =
            if kind == ListRowKind::Total { (STRONG_LINE, Ink::Accent) } else { (HAIRLINE, Ink::Hairline) };
        paper.rule((SIDE_MARGIN, y + height), width, thickness, ink);
    }
}
