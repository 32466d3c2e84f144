use kura_filing::{MediaNumber, Office, Submitter};
use kura_model::{Code, Establishment, Office as SharoshiOffice, Submitter as Files, Text};

use crate::needed::Needed;

/// The office as the forms name it.
pub(super) fn office(establishment: &Establishment, cells: &mut Needed) -> Option<Office> {
    let mut code = |code: &Option<Code>, column| cells.cell(code.as_ref().map(|code| code.as_str().to_owned()), column);
    let pref_code = code(&establishment.office_pref_code, "整理記号 都道府県コード");
    let area_code = code(&establishment.office_area_code, "整理記号 郡市区符号");
    let mark = code(&establishment.office_mark, "整理記号 事業所記号");
    let number = code(&establishment.office_number, "事業所番号");
    let zip = code(&establishment.zip, "郵便番号");
    let tel1 = code(&establishment.tel1, "電話（局番1）");
    let tel2 = code(&establishment.tel2, "電話（局番2）");
    let tel3 = code(&establishment.tel3, "電話（局番3）");
    let mut text = |text: &Option<Text>, column| cells.cell(text.as_ref().map(|text| text.as_str().to_owned()), column);
    let address = text(&establishment.address, "所在地");
    let name = text(&establishment.establishment_name, "事業所名");
    let employer_name = text(&establishment.filing_employer_name, "届出する事業主氏名");
    Some(Office {
        pref_code: pref_code?,
        area_code: area_code?,
        mark: mark?,
        number: number?,
        zip: zip?,
        address: address?,
        name: name?,
        employer_name: employer_name?,
        tel: [tel1?, tel2?, tel3?],
    })
}

/// Who submits, with the next number of that submitter: the one counted so far in this run, else the one of the book.
pub(super) fn submitter(
    establishment: &Establishment,
    counted: Option<MediaNumber>,
    sharoshi: (&SharoshiOffice, Option<MediaNumber>),
    cells: &mut Needed,
    of_office: &mut Needed,
) -> Option<Submitter> {
    match cells.cell(establishment.submitter, "提出者")? {
        Files::Employer => {
            let number = counted.or_else(|| media_number(&establishment.next_media_number));
            Some(Submitter::Establishment { media_number: cells.cell(number, "次の媒体通番")? })
        }
        Files::Sharoshi => {
            let (office, counted) = sharoshi;
            let name = of_office.cell(office.sharoshi_name.as_ref(), "社会保険労務士氏名");
            let registration = of_office.cell(office.sharoshi_registration_number.as_ref(), "登録番号");
            let number = counted.or_else(|| media_number(&office.next_media_number));
            let media_number = of_office.cell(number, "次の媒体通番");
            Some(Submitter::Sharoshi {
                registration_number: registration?.as_str().to_owned(),
                name: name?.as_str().to_owned(),
                media_number: media_number?,
            })
        }
    }
}

fn media_number(code: &Option<Code>) -> Option<MediaNumber> {
    code.as_ref().and_then(|code| code.as_str().parse().ok()).and_then(MediaNumber::new)
}
