//! A sheet of paper and the pen: words, rules and tints at places that the caller has worked out.
//!
//! typst's layout engine takes 100 microseconds for a cell of a table; a list has a hundred thousand. So lists work out their
//! places themselves and hand typst's exporter finished pages.

use typst::foundations::{Content, Smart};
use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::syntax::Span;
use typst::text::{Glyph, Lang, TextItem};
use typst::visualize::{Color, FixedStroke, Geometry, Paint};
use typst_layout::Page;

mod typeface;

pub(crate) use typeface::{Type, Typeface, is_variation_selector};

/// A length on paper, in thousandths of a point.
pub(crate) type Length = i64;

/// One point.
pub(crate) const POINT: Length = 1_000;
/// The short side of A4.
pub(crate) const A4_SHORT: Length = 595_276;
/// The long side of A4.
pub(crate) const A4_LONG: Length = 841_890;

/// Colours of a print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Black,
    Accent,
    Soft,
    Hairline,
    Tint,
}

impl Ink {
    fn paint(self) -> Paint {
        let (red, green, blue) = match self {
            Ink::Black => (0x1C, 0x25, 0x30),
            Ink::Accent => (0x1D, 0x3C, 0x5E),
            Ink::Soft => (0x55, 0x60, 0x6C),
            Ink::Hairline => (0xC9, 0xCF, 0xD6),
            Ink::Tint => (0xF0, 0xF3, 0xF7),
        };
        Color::from_u8(red, green, blue, 0xFF).into()
    }
}

/// Where words stand in the room they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Center,
    Right,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pen {
    pub(crate) face: Type,
    pub(crate) size: Length,
    pub(crate) ink: Ink,
}

/// A rectangle, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: Length,
    pub(crate) y: Length,
    pub(crate) width: Length,
    pub(crate) height: Length,
}

/// One page being written.
pub(crate) struct Paper {
    typeface: &'static Typeface,
    frame: Frame,
    /// Tints lie under everything else.
    tints: Vec<(Point, FrameItem)>,
    pub(crate) width: Length,
    pub(crate) height: Length,
}

impl Paper {
    /// An empty page of this size.
    pub(crate) fn new(typeface: &'static Typeface, width: Length, height: Length) -> Self {
        let frame = Frame::hard(Size::new(abs(width), abs(height)));
        Self { typeface, frame, tints: Vec::new(), width, height }
    }

    /// Words on the baseline at `y`, at a side of the room that begins at `x`.
    pub(crate) fn words(&mut self, (x, y): (Length, Length), room: Length, side: Side, pen: Pen, words: &str) {
        if words.is_empty() {
            return;
        }
        let face = self.typeface.face(pen.face);
        let (mut text, mut glyphs) = (String::with_capacity(words.len()), Vec::with_capacity(words.len()));
        let mut width = 0_i64;
        let mut rest = words.chars().peekable();
        while let Some(character) = rest.next() {
            let (character, mut form) = face.form(character);
            let start = text.len();
            text.push(character);
            while let Some(selector) = rest.next_if(|next| is_variation_selector(*next)) {
                form = face.variant(character, selector).unwrap_or(form);
                text.push(selector);
            }
            // More words than a range can name are longer than any sheet is wide.
            let (Ok(start), Ok(end)) = (u16::try_from(start), u16::try_from(text.len())) else { break };
            width = width.saturating_add(i64::from(form.advance));
            glyphs.push(Glyph {
                id: form.glyph,
                x_advance: face.font.to_em(form.advance),
                x_offset: Em::zero(),
                y_advance: Em::zero(),
                y_offset: Em::zero(),
                range: start..end,
                span: (Span::detached(), 0),
            });
        }
        let free = room.saturating_sub(face.scaled(width, pen.size));
        let indent = match side {
            Side::Left => 0,
            Side::Center => free / 2,
            Side::Right => free,
        };
        let item = TextItem {
            font: face.font.clone(),
            size: abs(pen.size),
            fill: pen.ink.paint(),
            stroke: None,
            lang: Lang::JAPANESE,
            region: None,
            text: text.into(),
            glyphs,
        };
        self.frame.push(point(x.saturating_add(indent), y), FrameItem::Text(item));
    }

    /// A horizontal rule.
    pub(crate) fn rule(&mut self, (x, y): (Length, Length), width: Length, thickness: Length, ink: Ink) {
        self.line((x, y), point(width, 0), thickness, ink);
    }

    /// A vertical rule.
    pub(crate) fn upright(&mut self, (x, y): (Length, Length), height: Length, thickness: Length, ink: Ink) {
        self.line((x, y), point(0, height), thickness, ink);
    }

    fn line(&mut self, (x, y): (Length, Length), to: Point, thickness: Length, ink: Ink) {
        let stroke = FixedStroke { paint: ink.paint(), thickness: abs(thickness), ..FixedStroke::default() };
        let shape = Geometry::Line(to).stroked(stroke);
        self.frame.push(point(x, y), FrameItem::Shape(shape, Span::detached()));
    }

    /// A tinted area.
    pub(crate) fn tint(&mut self, area: Area, ink: Ink) {
        let shape = Geometry::Rect(Size::new(abs(area.width), abs(area.height))).filled(ink.paint());
        self.tints.push((point(area.x, area.y), FrameItem::Shape(shape, Span::detached())));
    }

    /// The finished page.
    pub(crate) fn finish(mut self) -> Page {
        self.frame.prepend_multiple(self.tints);
        Page {
            frame: self.frame,
            bleed: Default::default(),
            fill: Smart::Custom(None),
            numbering: None,
            supplement: Content::empty(),
            number: 1,
        }
    }
}

fn point(x: Length, y: Length) -> Point {
    Point::new(abs(x), abs(y))
}

/// Lengths of a page fit 31 bits; what does not is beyond every sheet anyway.
#[expect(clippy::float_arithmetic, reason = "typst measures paper in floats; no money")]
fn abs(length: Length) -> Abs {
    Abs::pt(f64::from(i32::try_from(length).unwrap_or(i32::MAX)) / 1_000.0)
}
