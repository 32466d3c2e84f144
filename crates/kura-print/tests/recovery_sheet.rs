//! A recovery sheet must be readable by a person and by a camera, on both copies, or the office is lost.
#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a test stops at a sheet that cannot be made or read, and paints it in points"
)]

mod reading;
mod sample_sheet;

use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use kura_print::{PrintError, RecoverySheet, recovery_sheet_pdf};
use kurbo::{Affine, BezPath, Rect, Shape};
use reading::pages_of;
use sample_sheet::{QR, WORDS, sheet, stamp};

#[test]
fn both_copies_say_everything_and_count_themselves() {
    let pdf = recovery_sheet_pdf(&sheet(), &stamp()).unwrap();
    let pages: Vec<String> =
        pages_of(&pdf).iter().map(|page| page.chars().filter(|letter| !letter.is_whitespace()).collect()).collect();
    assert_eq!(pages.len(), 2);
    for (page, copy) in pages.iter().zip(["2通のうち1通目", "2通のうち2通目"]) {
        let numbered = WORDS.iter().zip(1..).map(|(word, number)| format!("{number}{word}"));
        let said = [sheet().office_name, sheet().office_id, sheet().log_key, sheet().log_fingerprint, copy]
            .into_iter()
            .chain([sheet().recovery_fingerprint, "復旧シート", "保管場所"])
            .map(|words| words.replace(' ', ""));
        for expected in numbered.chain(said) {
            assert!(page.contains(&expected), "{expected} is missing in {page}");
        }
    }
    assert!(pdf == recovery_sheet_pdf(&sheet(), &stamp()).unwrap());
}

#[test]
fn a_camera_reads_the_code_of_both_copies() {
    let pdf = Pdf::new(recovery_sheet_pdf(&sheet(), &stamp()).unwrap()).unwrap();
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let paper = Rect::new(0.0, 0.0, 595.0, 842.0);
        let mut context = Context::new(Affine::IDENTITY, paper, &cache, pdf.xref(), InterpreterSettings::default());
        let mut camera = Camera { dark: vec![false; WIDTH * HEIGHT] };
        interpret_page(page, &mut context, &mut camera);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(WIDTH, HEIGHT, |x, y| {
            if camera.dark[y * WIDTH + x] { 0 } else { 255 }
        });
        let codes = seen.detect_grids();
        assert_eq!(codes.len(), 1);
        assert_eq!(codes[0].decode().unwrap().1, QR);
    }
}

#[test]
fn what_does_not_fit_is_refused_by_its_place() {
    let many = [WORDS.as_slice(), &["more"]].concat();
    let refused = recovery_sheet_pdf(&RecoverySheet { words: &many, ..sheet() }, &stamp()).err();
    assert_eq!(refused, Some(PrintError::TooManyRows { place: "復旧キー", rows_max: 24 }));
    let long = "A".repeat(301);
    let refused = recovery_sheet_pdf(&RecoverySheet { qr: &long, ..sheet() }, &stamp()).err();
    assert_eq!(refused, Some(PrintError::TextTooLong { place: "QRコード", row: 1, characters_max: 300 }));
}

/// Points of paper, four pixels each.
const SCALE: usize = 4;
const WIDTH: usize = 595 * SCALE;
const HEIGHT: usize = 842 * SCALE;

/// Sees the small rectangles of a page, which are the modules of its code.
struct Camera {
    dark: Vec<bool>,
}

impl Device<'_> for Camera {
    fn draw_path(&mut self, path: &BezPath, to_page: Affine, _: &Paint<'_>, mode: &PathDrawMode) {
        let area = (to_page * path.clone()).bounding_box();
        if !matches!(mode, PathDrawMode::Fill(_)) || area.height() > 5.0 {
            return;
        }
        let pixels = |from: f64, to: f64| (from * SCALE as f64).round() as usize..(to * SCALE as f64).round() as usize;
        for y in pixels(area.y0, area.y1) {
            for x in pixels(area.x0, area.x1) {
                self.dark[y * WIDTH + x] = true;
            }
        }
    }

    fn draw_glyph(&mut self, _: &Glyph<'_>, _: Affine, _: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {}
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
