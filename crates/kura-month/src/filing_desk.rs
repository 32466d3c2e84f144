use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_filing::{FilingProblem, MediaNumber, Notices, Office, Submitter, submission};
use kura_model::{ClientCode, Code, Establishment, EstablishmentCode, Submitter as Files, Text};

use crate::client_month::ClientMonth;
use crate::output::{OutputFile, file_name_part};
use crate::stop::Stop;

type Place = (ClientCode, EstablishmentCode);

/// Makes the 届書CSV of a run: who submits, with which media number, and what is held back until its day.
#[derive(Default)]
pub(crate) struct FilingDesk {
    /// 媒体通番 of the sharoshi's next file, once one was made.
    office: Option<MediaNumber>,
    /// Likewise of each establishment that files itself.
    establishments: BTreeMap<Place, MediaNumber>,
    /// What was made, for the list beside the files.
    pub(crate) made: Vec<MadeFiling>,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MadeFiling {
    pub(crate) client: ClientCode,
    pub(crate) establishment: EstablishmentCode,
    /// The folder's word: 取得, 喪失, 月変, 算定, 賞与, 異動.
    pub(crate) label: &'static str,
    /// Its path under the output folder.
    pub(crate) path: String,
    /// データレコードの数.
    pub(crate) records: usize,
    /// 媒体通番 it carries.
    pub(crate) media_number: MediaNumber,
}

/// One application: one establishment and one procedure.
pub(crate) struct Application<'run> {
    pub(crate) establishment: &'run Establishment,
    /// The folder's word.
    pub(crate) label: &'static str,
    /// 届書名, for findings.
    pub(crate) title: &'static str,
    /// The first day on which it may be made.
    pub(crate) from: Date,
    pub(crate) notices: Notices<'run>,
}

impl FilingDesk {
    /// The file of an application, or findings why there is none.
    pub(crate) fn submit(
        &mut self,
        month: &ClientMonth<'_>,
        application: &Application<'_>,
    ) -> Result<OutputFile, Vec<Finding>> {
        let as_of = month.request.as_of;
        let place = (month.client.client_code.clone(), application.establishment.establishment_code.clone());
        if as_of < application.from {
            return Err(vec![held_back(&place, application)]);
        }
        let one = |stop: Stop| vec![stop.finding()];
        let office = office(application.establishment).map_err(one)?;
        let (submitter, media_number) = self.submitter(month, application.establishment, &place).map_err(one)?;
        let made =
            submission(month.law, &office, &submitter, as_of, as_of, application.notices).map_err(|problems| {
                problems.iter().map(|problem| refused(&place, application, problem)).collect::<Vec<_>>()
            })?;
        match submitter {
            Submitter::Sharoshi { .. } => self.office = Some(media_number.next()),
            Submitter::Establishment { .. } => {
                self.establishments.insert(place.clone(), media_number.next());
            }
        }
        let (client, establishment) = (file_name_part(place.0.as_str()), file_name_part(place.1.as_str()));
        let path = format!("届出/{client}-{establishment}-{}/{}", application.label, made.file_name);
        self.made.push(MadeFiling {
            client: place.0,
            establishment: place.1,
            label: application.label,
            path: path.clone(),
            records: made.count,
            media_number,
        });
        Ok(OutputFile::new(path, made.bytes))
    }

    /// 次の媒体通番 of 事務所, when the sharoshi filed in this run.
    pub(crate) fn office_next(&self) -> Option<Code> {
        self.office.map(|number| Code::from(number.to_string().as_str()))
    }

    /// 次の媒体通番 of an establishment that filed itself.
    pub(crate) fn establishment_next(&self, client: &ClientCode, establishment: &EstablishmentCode) -> Option<Code> {
        let number = self.establishments.get(&(client.clone(), establishment.clone()))?;
        Some(Code::from(number.to_string().as_str()))
    }

    /// Who submits, and the number the file carries.
    fn submitter(
        &self,
        month: &ClientMonth<'_>,
        establishment: &Establishment,
        place: &Place,
    ) -> Result<(Submitter, MediaNumber), Stop> {
        match establishment.submitter.ok_or_else(|| Stop::unknown("事業所", None, "提出者"))? {
            Files::Employer => {
                let media_number = match self.establishments.get(place) {
                    Some(next) => *next,
                    None => media_number(&establishment.next_media_number, "事業所")?,
                };
                Ok((Submitter::Establishment { media_number }, media_number))
            }
            Files::Sharoshi => {
                let office = &month.book.office;
                let missing = |column| Stop::unknown("事務所", None, column);
                let name = office.sharoshi_name.as_ref().ok_or_else(|| missing("社会保険労務士氏名"))?;
                let number = office.sharoshi_registration_number.as_ref().ok_or_else(|| missing("登録番号"))?;
                let media_number = match self.office {
                    Some(next) => next,
                    None => media_number(&office.next_media_number, "事務所")?,
                };
                let submitter = Submitter::Sharoshi {
                    registration_number: number.as_str().to_owned(),
                    name: name.as_str().to_owned(),
                    media_number,
                };
                Ok((submitter, media_number))
            }
        }
    }
}

/// The office as the forms name it.
fn office(establishment: &Establishment) -> Result<Office, Stop> {
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

fn media_number(code: &Option<Code>, sheet: &'static str) -> Result<MediaNumber, Stop> {
    let number = code.as_ref().and_then(|code| code.as_str().parse().ok()).and_then(MediaNumber::new);
    number.ok_or_else(|| Stop::unknown(sheet, None, "次の媒体通番"))
}

fn held_back((client, establishment): &Place, application: &Application<'_>) -> Finding {
    let Application { title, from, .. } = application;
    Finding {
        sheet: "事業所".to_owned(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code: "held_back",
        sentence: format!(
            "会社{client} 事業所{establishment}: {title}は {from} から作れる届出のため、まだ作っていません。"
        ),
        remedy: format!("{from} 以降に、--as-of をその日以降にしてもう一度実行してください。"),
    }
}

fn refused((client, establishment): &Place, application: &Application<'_>, problem: &FilingProblem) -> Finding {
    Finding {
        sheet: "届出".to_owned(),
        row: None,
        column: None,
        severity: Severity::Error,
        code: "filing_refused",
        sentence: format!("会社{client} 事業所{establishment} {}: {problem}", application.title),
        remedy: String::new(),
    }
}
