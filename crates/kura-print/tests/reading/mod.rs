//! Reads a PDF back: the text of every page, in the order in which it was set.
#![expect(clippy::expect_used, reason = "a test stops at a file that cannot be read back")]

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Rect};

/// The text of every page of a PDF.
pub(crate) fn pages_of(pdf: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(pdf.to_vec()).expect("a PDF that can be parsed");
    let cache = InterpreterCache::new();
    let read = |page| {
        let sheet = Rect::new(0.0, 0.0, 595.0, 842.0);
        let mut context = Context::new(Affine::IDENTITY, sheet, &cache, pdf.xref(), InterpreterSettings::default());
        let mut reader = Reader::default();
        interpret_page(page, &mut context, &mut reader);
        reader.0
    };
    pdf.pages().iter().map(read).collect()
}

#[derive(Default)]
struct Reader(String);

impl Device<'_> for Reader {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, _: Affine, _: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        match glyph.as_unicode().expect("every glyph has its character") {
            BfString::Char(character) => self.0.push(character),
            BfString::String(characters) => self.0.push_str(&characters),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
