use crate::BankProfile;
use crate::layout::{Field, Item, RecordLayout};
use crate::problem::Report;

/// One record of a file that is read, cut into the fields of its layout.
#[derive(Clone, Copy)]
pub(crate) struct Record<'file> {
    pub(crate) layout: &'file RecordLayout,
    pub(crate) bytes: &'file [u8],
}

impl<'file> Record<'file> {
    /// The bytes of a field.
    pub(crate) fn of(self, field: &Field) -> &'file [u8] {
        self.bytes.get(field.start..field.start.saturating_add(field.length)).unwrap_or_default()
    }

    /// What a field says, the spaces behind it dropped.
    pub(crate) fn text(self, item: Item) -> String {
        let bytes = self.field(item).map(|field| self.of(field)).unwrap_or_default();
        bytes.trim_ascii_end().iter().map(|&byte| character_of(byte)).collect()
    }

    /// A number, `None` where the field holds something else.
    pub(crate) fn number(self, item: Item) -> Option<i64> {
        self.text(item).parse().ok()
    }

    pub(crate) fn field(self, item: Item) -> Option<&'file Field> {
        self.layout.fields.iter().find(|field| field.item == item)
    }

    /// Checks the characters of every field: digits where digits stand, kana of a bank elsewhere, nothing in dummies.
    pub(crate) fn check_characters(self, profile: &BankProfile, report: &mut Report) {
        for field in &self.layout.fields {
            let bytes = self.of(field);
            match field.item {
                Item::RecordKind => {}
                Item::Dummy => require_filler(field, bytes, b' ', report),
                Item::ClearingHouse => require_filler(field, bytes, profile.clearing_house.filler(), report),
                _ if field.is_number => check_digits(field, bytes, report),
                _ => check_kana(field, bytes, profile, report),
            }
        }
    }
}

fn require_filler(field: &Field, bytes: &[u8], filler: u8, report: &mut Report) {
    if let Some((&byte, place)) = bytes.iter().zip(1..).find(|(byte, _)| **byte != filler) {
        let message = format!("{place}文字目に、使わない項目の文字があります。");
        let wanted = if filler == b' ' { "スペース" } else { "0" };
        report.add_character(field, (place, character_of(byte)), message, format!("{wanted}で埋めてください。"));
    }
}

fn check_digits(field: &Field, bytes: &[u8], report: &mut Report) {
    if let Some((&byte, place)) = bytes.iter().zip(1..).find(|(byte, _)| !byte.is_ascii_digit()) {
        let message = format!("{place}文字目が数字ではありません。");
        report.add_character(field, (place, character_of(byte)), message, "右詰めの数字にし、前を0で埋めてください。");
    } else if field.item.is_required() && bytes.iter().all(|byte| *byte == b'0') {
        report.add_in(field, "空欄です。", remedy_of_empty(field.item));
    }
}

fn check_kana(field: &Field, bytes: &[u8], profile: &BankProfile, report: &mut Report) {
    let is_refused = |byte: u8| !takes(byte) && !profile.further_signs.contains(&character_of(byte));
    if let Some((&byte, place)) = bytes.iter().zip(1..).find(|(byte, _)| is_refused(**byte)) {
        let message = format!("{place}文字目は、振込データのカナ項目に使えない文字です。");
        report.add_character(field, (place, character_of(byte)), message, "使える文字に直してください。");
        return;
    }
    let text: String = bytes.trim_ascii_end().iter().map(|&byte| character_of(byte)).collect();
    if text.is_empty() && field.item.is_required() {
        report.add_in(field, "空欄です。", remedy_of_empty(field.item));
    } else if let Some(place) = misplaced_space(&text) {
        report.add_character(field, (place, ' '), MISPLACED_SPACE, "余分なスペースを消してください。");
    }
}

pub(crate) const MISPLACED_SPACE: &str = "スペースが先頭にあるか、2つ続いています。";

/// The place, from 1, of a space that begins a name or follows another one: between family and given name stands one.
pub(crate) fn misplaced_space(text: &str) -> Option<usize> {
    let mut after_space = true;
    for (character, place) in text.chars().zip(1..) {
        if character == ' ' && after_space {
            return Some(place);
        }
        after_space = character == ' ';
    }
    None
}

/// 全銀の文字 every bank takes, as bytes: digits, capitals, kana without ｦ, small kana and ｰ, space and `( ) - .`.
const fn takes(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b' ' | b'(' | b')' | b'-' | b'.' | 0xB1..=0xDF)
}

/// A byte of JIS X 0201 as a character; what is neither ASCII nor half-width kana shows as U+FFFD.
pub(crate) fn character_of(byte: u8) -> char {
    match byte {
        0x20..=0x7E => char::from(byte),
        0xA1..=0xDF => {
            char::from_u32(u32::from(byte).saturating_add(KANA_OFFSET)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// The bytes of a text that `bank_kana` gave: one a character.
pub(crate) fn bytes_of_kana(kana: &str, bytes: &mut Vec<u8>) {
    bytes.extend(kana.chars().map(|character| {
        let scalar = u32::from(character);
        u8::try_from(scalar).or_else(|_| u8::try_from(scalar.saturating_sub(KANA_OFFSET))).unwrap_or(b'?')
    }));
}

/// U+FF61 is byte 0xA1.
const KANA_OFFSET: u32 = 0xFF61 - 0xA1;

pub(crate) const fn remedy_of_empty(item: Item) -> &'static str {
    match item {
        Item::ConsignorCode => "銀行から示された委託者コードを書いてください。",
        Item::ConsignorName => "銀行に届け出た委託者名をカナで書いてください。",
        Item::PayeeName => "通帳に書かれた口座名義をカナで書いてください。",
        Item::BankCode => "金融機関コードを書いてください。",
        Item::AccountNumber => "口座番号を書いてください。",
        _ => "値を書いてください。",
    }
}
