use kura_filing::{MediaNumber, Office, Submitter};
use kura_model::{Code, Establishment, Office as SharoshiOffice, Submitter as Files, Text};

use crate::stop::Stop;

/// The office as the forms name it.
pub(super) fn office(establishment: &Establishment) -> Result<Office, Stop> {
    let code = |code: &Option<Code>, column| {
        code.as_ref().map(|code| code.as_str().to_owned()).ok_or_else(|| Stop::unknown("事業所", None, column))
    };
    let text = |text: &Option<Text>, column| {
        text.as_ref().map(|text| text.as_str().to_owned()).ok_or_else(|| Stop::unknown("事業所", None, column))
    };
    Ok(Office {
        pref_code: code(&establishment.office_pref_code, "整理記号 都道府県コード")?,
        area_code: code(&establishment.office_area_code, "整理記号 郡市区符号")?,
        mark: code(&establishment.office_mark, "整理記号 事業所記号")?,
        number: code(&establishment.office_number, "事業所番号")?,
        zip: code(&establishment.zip, "郵便番号")?,
        address: text(&establishment.address, "所在地")?,
        name: text(&establishment.establishment_name, "事業所名")?,
        employer_name: text(&establishment.filing_employer_name, "届出する事業主氏名")?,
        tel: [
            code(&establishment.tel1, "電話（局番1）")?,
            code(&establishment.tel2, "電話（局番2）")?,
            code(&establishment.tel3, "電話（局番3）")?,
        ],
    })
}

/// Who submits, with the next number of that submitter: the one counted so far in this run, else the one of the book.
pub(super) fn submitter(
    establishment: &Establishment,
    counted: Option<MediaNumber>,
    office: &SharoshiOffice,
    counted_of_office: Option<MediaNumber>,
) -> Result<Submitter, Stop> {
    match establishment.submitter.ok_or_else(|| Stop::unknown("事業所", None, "提出者"))? {
        Files::Employer => {
            let number = || media_number(&establishment.next_media_number, "事業所");
            Ok(Submitter::Establishment { media_number: counted.map_or_else(number, Ok)? })
        }
        Files::Sharoshi => {
            let missing = |column| Stop::unknown("事務所", None, column);
            let name = office.sharoshi_name.as_ref().ok_or_else(|| missing("社会保険労務士氏名"))?;
            let registration = office.sharoshi_registration_number.as_ref().ok_or_else(|| missing("登録番号"))?;
            let number = || media_number(&office.next_media_number, "事務所");
            Ok(Submitter::Sharoshi {
                registration_number: registration.as_str().to_owned(),
                name: name.as_str().to_owned(),
                media_number: counted_of_office.map_or_else(number, Ok)?,
            })
        }
    }
}

fn media_number(code: &Option<Code>, sheet: &'static str) -> Result<MediaNumber, Stop> {
    let number = code.as_ref().and_then(|code| code.as_str().parse().ok()).and_then(MediaNumber::new);
    number.ok_or_else(|| Stop::unknown(sheet, None, "次の媒体通番"))
}
