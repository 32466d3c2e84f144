//! The recovery sheet (復旧シート): the office's last key on A4, twice, for two envelopes.
//!
//! It is written with the pen, not set by typst's compiler: the compiler remembers what it sets, and this is a key.

use qrcode::{Color, EcLevel, QrCode};
use typst_layout::Page;

use crate::PrintError;
use crate::paper::{A4_LONG, A4_SHORT, Area, Ink, Length, POINT, Paper, Pen, Side, Type, Typeface};

const CHARACTERS_MAX: usize = 300;
const WORDS_MAX: usize = 24;
const MARGIN: Length = 50 * POINT;
const WIDTH: Length = A4_SHORT - 2 * MARGIN;
const COPIES: usize = 2;
const HAIRLINE: Length = 500;

/// About a millimetre: a telephone reads it, and a crease spoils little.
const MODULE: Length = 2_600;

const WORD_COLUMNS: usize = 3;
const WORD_ROW: Length = 23 * POINT;
/// So many letters of a word are enough when it is typed back; they are printed bold.
const LETTERS_ENOUGH: usize = 4;

const TITLE: Pen = Pen { face: Type::Bold, size: 22 * POINT, ink: Ink::Accent };
const HEADING: Pen = Pen { face: Type::Bold, size: 11 * POINT, ink: Ink::Accent };
const TEXT: Pen = Pen { face: Type::Regular, size: 9_500, ink: Ink::Black };
const SOFT: Pen = Pen { face: Type::Regular, size: 8_500, ink: Ink::Soft };
const BEGINNING: Pen = Pen { face: Type::Bold, size: 13 * POINT, ink: Ink::Black };
const REST: Pen = Pen { face: Type::Regular, size: 13 * POINT, ink: Ink::Soft };

/// What a recovery sheet says, in the words in which it is printed. Whoever reads it can open the office's data: it is printed from
/// memory and never written to a disk.
pub struct RecoverySheet<'a> {
    /// Name of the office (事務所名).
    pub office_name: &'a str,
    /// Its id.
    pub office_id: &'a str,
    /// When it was made: `令和8年11月24日`.
    pub made_on: &'a str,
    /// The words of the key (復旧キー), at most 24, in their order.
    pub words: &'a [&'a str],
    /// The same key as the text of a QR code.
    pub qr: &'a str,
    /// Fingerprint (指紋) of the key's public half.
    pub recovery_fingerprint: &'a str,
    /// The public key of the log (ログの検証鍵).
    pub log_key: &'a str,
    /// Its fingerprint (指紋).
    pub log_fingerprint: &'a str,
}

const BEFORE: [&str; 3] = [
    "この紙は、事務所のデータを開く最後の鍵です。機器が壊れたとき、盗まれたとき、サービスが止まったときに、この紙とバックアップがあれば、どの機器でも事務所だけで開けます。",
    "この紙を読んだ人は、バックアップを手に入れればデータを開けます。封筒に入れて封をし、2通を別々の場所（金庫と貸金庫など）に保管してください。",
    "写真を撮らないでください。複写機、FAX、メール、共有フォルダーに通さないでください。語をどこにも書き写さないでください。",
];

const USING: [&str; 3] = [
    "復旧の画面か kura restore で、QRコードを読み取るか、語を1番から順に入力します。太字の4文字だけでもかまいません。大文字と小文字、全角と半角、区切り方は問いません。",
    "復旧キーの指紋が、画面に出る指紋と同じことを確かめてください。違うときは、別の事務所か、作り直す前のシートです。",
    "ログの検証鍵の指紋が、画面に出る指紋と同じことを確かめてください。違うときは、記録がすり替えられているおそれがあります。復旧を止めてください。",
];

/// The two pages of a sheet.
///
/// # Errors
/// [`PrintError::TooManyRows`], [`PrintError::TextTooLong`].
pub(crate) fn pages(sheet: &RecoverySheet<'_>, typeface: &'static Typeface) -> Result<Vec<Page>, PrintError> {
    check_lengths(sheet)?;
    let code = QrCode::with_error_correction_level(sheet.qr, EcLevel::Q).map_err(|_| PrintError::TextTooLong {
        place: "QRコード",
        row: 1,
        characters_max: CHARACTERS_MAX,
    })?;
    Ok((1..=COPIES).map(|copy| Desk { typeface, sheet }.page(&code, copy)).collect())
}

fn check_lengths(sheet: &RecoverySheet<'_>) -> Result<(), PrintError> {
    if sheet.words.len() > WORDS_MAX {
        return Err(PrintError::TooManyRows { place: "復旧キー", rows_max: WORDS_MAX });
    }
    let texts = [
        ("事務所名", sheet.office_name),
        ("事務所のID", sheet.office_id),
        ("作成日", sheet.made_on),
        ("QRコード", sheet.qr),
        ("復旧キーの指紋", sheet.recovery_fingerprint),
        ("ログの検証鍵", sheet.log_key),
        ("ログの検証鍵の指紋", sheet.log_fingerprint),
    ];
    let words = sheet.words.iter().map(|word| ("復旧キー", *word));
    for (place, text) in texts.into_iter().chain(words) {
        if text.chars().count() > CHARACTERS_MAX {
            return Err(PrintError::TextTooLong { place, row: 1, characters_max: CHARACTERS_MAX });
        }
    }
    Ok(())
}

/// Where a sheet is being written.
#[derive(Clone, Copy)]
struct Desk<'sheet> {
    typeface: &'static Typeface,
    sheet: &'sheet RecoverySheet<'sheet>,
}

impl Desk<'_> {
    fn page(self, code: &QrCode, copy: usize) -> Page {
        let mut paper = Paper::new(self.typeface, A4_SHORT, A4_LONG);
        let mut y = self.head(&mut paper, copy);
        y = self.paragraphs(&mut paper, y, &BEFORE);
        y = heading(&mut paper, y, "復旧キー（24語）");
        y = self.words(&mut paper, y);
        y = heading(&mut paper, y, "QRコードと指紋");
        y = self.code_and_fingerprints(&mut paper, y, code);
        y = heading(&mut paper, y, "使うとき");
        self.paragraphs(&mut paper, y, &USING);
        blanks(&mut paper);
        paper.finish()
    }

    fn head(self, paper: &mut Paper, copy: usize) -> Length {
        let y = MARGIN + TITLE.size;
        paper.words((MARGIN, y), WIDTH, Side::Left, TITLE, "復旧シート");
        paper.words((MARGIN, y), WIDTH, Side::Right, HEADING, &format!("{COPIES}通のうち{copy}通目"));
        paper.rule((MARGIN, y + 8 * POINT), WIDTH, 1_200, Ink::Accent);
        let y = y + 26 * POINT;
        paper.words((MARGIN, y), WIDTH, Side::Left, HEADING, self.sheet.office_name);
        paper.words((MARGIN, y), WIDTH, Side::Right, TEXT, self.sheet.made_on);
        let y = y + 14 * POINT;
        paper.words((MARGIN, y), WIDTH, Side::Left, SOFT, &format!("事務所のID {}", self.sheet.office_id));
        y + 20 * POINT
    }

    fn paragraphs(self, paper: &mut Paper, mut y: Length, paragraphs: &[&str]) -> Length {
        const INDENT: Length = 12 * POINT;
        for paragraph in paragraphs {
            paper.words((MARGIN, y), INDENT, Side::Left, TEXT, "・");
            for line in self.typeface.lines(TEXT.face, TEXT.size, WIDTH - INDENT, paragraph) {
                paper.words((MARGIN + INDENT, y), WIDTH - INDENT, Side::Left, TEXT, line);
                y += 14 * POINT;
            }
            y += 3 * POINT;
        }
        y
    }

    /// Down the columns, as one reads a list aloud.
    fn words(self, paper: &mut Paper, top: Length) -> Length {
        let rows = self.sheet.words.len().div_ceil(WORD_COLUMNS).max(1);
        let (columns, height) = (length(WORD_COLUMNS), WORD_ROW * length(rows));
        paper.tint(Area { x: MARGIN, y: top - 8 * POINT, width: WIDTH, height: height + 6 * POINT }, Ink::Tint);
        for (column, words) in (0..).zip(self.sheet.words.chunks(rows)) {
            let x = MARGIN + WIDTH / columns * column;
            for (row, word) in (0..).zip(words) {
                let y = top + WORD_ROW * row + 12 * POINT;
                let number = column * length(rows) + row + 1;
                paper.words((x, y), 30 * POINT, Side::Right, SOFT, &number.to_string());
                let (beginning, rest) = word.split_at_checked(LETTERS_ENOUGH).unwrap_or((word, ""));
                let x = x + 40 * POINT;
                paper.words((x, y), WIDTH, Side::Left, BEGINNING, beginning);
                let x = x + self.typeface.width(BEGINNING.face, BEGINNING.size, beginning);
                paper.words((x, y), WIDTH, Side::Left, REST, rest);
            }
        }
        top + height + 22 * POINT
    }

    fn code_and_fingerprints(self, paper: &mut Paper, top: Length, code: &QrCode) -> Length {
        let side = MODULE * length(code.width());
        draw(paper, (MARGIN + 4 * MODULE, top), code);
        // Four modules around a code stay white.
        let x = MARGIN + side + 10 * MODULE;
        let room = A4_SHORT - MARGIN - x;
        let mut y = top + 10 * POINT;
        for (label, value) in [
            ("復旧キーの指紋", self.sheet.recovery_fingerprint),
            ("ログの検証鍵の指紋", self.sheet.log_fingerprint),
            ("ログの検証鍵", self.sheet.log_key),
        ] {
            paper.words((x, y), room, Side::Left, SOFT, label);
            y += 15 * POINT;
            for line in self.typeface.lines(TEXT.face, TEXT.size, room, value) {
                paper.words((x, y), room, Side::Left, TEXT, line);
                y += 14 * POINT;
            }
            y += 10 * POINT;
        }
        (top + side).max(y) + 20 * POINT
    }
}

fn heading(paper: &mut Paper, y: Length, words: &str) -> Length {
    let y = y + 8 * POINT;
    paper.words((MARGIN, y), WIDTH, Side::Left, HEADING, words);
    y + 18 * POINT
}

/// Written by hand, so that the envelope can be found again.
fn blanks(paper: &mut Paper) {
    let y = A4_LONG - 40 * POINT;
    let room = WIDTH / 3;
    for (at, label) in (0..).zip(["封をした日", "封をした人", "保管場所"]) {
        let x = MARGIN + room * at;
        paper.words((x, y), room, Side::Left, SOFT, label);
        paper.rule((x + 48 * POINT, y + 2 * POINT), room - 60 * POINT, HAIRLINE, Ink::Soft);
    }
}

/// Dark modules beside each other are one rectangle: no printer leaves a seam between them.
fn draw(paper: &mut Paper, (left, top): (Length, Length), code: &QrCode) {
    let colors = code.to_colors();
    for (row, modules) in (0..).zip(colors.chunks(code.width().max(1))) {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            let width = MODULE * length(run.len());
            if run.first() == Some(&Color::Dark) {
                let area = Area { x: left + MODULE * column, y: top + MODULE * row, width, height: MODULE };
                paper.tint(area, Ink::Black);
            }
            column += length(run.len());
        }
    }
}

/// A count of things on one page.
fn length(count: usize) -> Length {
    Length::try_from(count).unwrap_or(0)
}
