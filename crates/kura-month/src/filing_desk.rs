//! The desk at which the files of a run are made: who submits, with which media number, what is held back until its day, who is
//! left out because the authority would refuse the record, and how a large application is split.

use std::collections::{BTreeMap, BTreeSet};

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_filing::{FilingProblem, MediaNumber, Submission, Submitter};
use kura_model::{ClientCode, Code, EmployeeCode, Establishment, EstablishmentCode};

use crate::client_month::ClientMonth;
use crate::lists::ListFile;
use crate::needed::Needed;
use crate::output::{OutputFile, file_name_part};
use crate::outputs::Outputs;
use crate::stop::Stop;

mod batch;
mod sender;
mod society;

pub(crate) use batch::Batch;
use batch::Heading;

type Place = (ClientCode, EstablishmentCode);

/// Counts what was made and the media numbers given.
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
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct MadeFiling {
    pub(crate) client: ClientCode,
    pub(crate) establishment: EstablishmentCode,
    /// The folder's word: 取得, 喪失, 月変, 算定, 賞与, 異動.
    pub(crate) label: &'static str,
    /// 届書名.
    pub(crate) title: &'static str,
    /// 様式コード, or what else 手続の一覧 knows the procedure by.
    pub(crate) form: &'static str,
    /// Its path under the output folder.
    pub(crate) path: String,
    /// 社員番号 of each record.
    pub(crate) people: Vec<EmployeeCode>,
    /// 媒体通番 it carries; none of what is no medium.
    pub(crate) media_number: Option<MediaNumber>,
}

/// What 届出一覧 says of a file beside its application.
struct Sent {
    label: &'static str,
    form: &'static str,
    path: String,
    media_number: Option<MediaNumber>,
}

/// The word for the list of a 健康保険組合, which has no 様式コード.
const SOCIETY_LIST: &str = "健保組合提出用一覧";

/// One application: one establishment and one procedure.
#[derive(Clone)]
pub(crate) struct Application<'run> {
    pub(crate) establishment: &'run Establishment,
    /// The folder's word.
    pub(crate) label: &'static str,
    /// 届書名, for findings and the list.
    pub(crate) title: &'static str,
    /// The first day on which it may be made.
    pub(crate) from: Date,
    /// Whose each record is, in the order of the records.
    pub(crate) people: Vec<EmployeeCode>,
    pub(crate) records: Batch,
}

impl Outputs {
    /// The files of an application, and findings about who and what is not in them. A record that the authority would refuse
    /// leaves its person out, not the others; what is too large for one file becomes several applications. A 健康保険組合 gets
    /// its list beside them.
    pub(crate) fn submit(&mut self, month: &ClientMonth<'_>, application: Application<'_>) {
        self.hand_over(month, application, Receiver::Authority);
    }

    /// What concerns the 健康保険組合 alone: its list, and no file.
    pub(crate) fn submit_to_society(&mut self, month: &ClientMonth<'_>, application: Application<'_>) {
        self.hand_over(month, application, Receiver::SocietyAlone);
    }

    fn hand_over(&mut self, month: &ClientMonth<'_>, application: Application<'_>, receiver: Receiver) {
        if month.request.as_of < application.from {
            self.findings.push(held_back(month, &application));
            return;
        }
        let mut waiting = vec![application];
        while let Some(mut part) = waiting.pop() {
            if part.people.is_empty() {
                continue;
            }
            match self.filings.file(month, &part, receiver) {
                Ok((file, list)) => {
                    self.files.extend(file);
                    self.lists.extend(list);
                }
                Err(Trouble::Stopped(stops)) => self.stop(stops),
                Err(Trouble::Refused(problems)) => match part.without_refused(&problems) {
                    Some(left_out) => {
                        let refused = |(person, problem)| refused(month, &part, &person, problem);
                        self.findings.extend(left_out.into_iter().map(refused));
                        waiting.push(part);
                    }
                    None if problems.iter().any(FilingProblem::is_too_large) && part.people.len() > 1 => {
                        let second = part.split_off();
                        waiting.extend([second, part]);
                    }
                    None => self.findings.extend(problems.iter().map(|problem| not_made(month, &part, problem))),
                },
            }
        }
    }
}

/// For whom an application is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Receiver {
    /// 年金事務所 or ハローワーク: a file.
    Authority,
    /// 健康保険組合 and nobody else: a list.
    SocietyAlone,
}

/// Why a file was not made.
enum Trouble {
    Stopped(Vec<Stop>),
    Refused(Vec<FilingProblem>),
}

impl From<Stop> for Trouble {
    fn from(stop: Stop) -> Self {
        Self::Stopped(vec![stop])
    }
}

impl FilingDesk {
    /// The file, and the list of a 健康保険組合.
    fn file(
        &mut self,
        month: &ClientMonth<'_>,
        application: &Application<'_>,
        receiver: Receiver,
    ) -> Result<(Option<OutputFile>, Option<ListFile>), Trouble> {
        let Application { establishment, label, records, .. } = application;
        let place = (month.client.client_code.clone(), establishment.establishment_code.clone());
        let mut cells = Needed::of_establishment(month.known, establishment, month.request.as_of);
        let mut of_office =
            Needed::of_row("事務所", Some(month.book.office.number).filter(|row| *row > 0), String::new());
        let office = sender::office(establishment, &mut cells);
        let counted = self.establishments.get(&place).copied();
        let sharoshi = (&month.book.office.facts, self.office);
        let submitter = sender::submitter(establishment, counted, sharoshi, &mut cells, &mut of_office);
        let employment_number = match &establishment.employment_establishment_number {
            Some(number) => Some(number.as_str()),
            None if records.is_hello_work() => cells.cell(None, "雇用保険適用事業所番号"),
            None => Some(""),
        };
        let (Some(office), Some(submitter), Some(employment_number)) = (office, submitter, employment_number) else {
            return Err(Trouble::Stopped([cells.into_stops(), of_office.into_stops()].concat()));
        };
        let heading = Heading {
            law: month.law,
            office: &office,
            employment_number,
            submitter: &submitter,
            as_of: month.request.as_of,
        };
        let Submission { file_name, bytes, .. } = records.file(&heading).map_err(Trouble::Refused)?;
        let folder = self.folder(&place, label);
        let list = society::list_file(month, application, &folder, &bytes)?;
        if let Some(list) = &list {
            let path = format!("{}.xlsx", list.path_stem);
            self.enter(&place, application, Sent { label: SOCIETY_LIST, form: SOCIETY_LIST, path, media_number: None });
        }
        if receiver == Receiver::SocietyAlone {
            return Ok((None, list));
        }
        let media_number = submitter.media_number();
        match submitter {
            Submitter::Sharoshi { .. } => self.office = Some(media_number.next()),
            Submitter::Establishment { .. } => {
                self.establishments.insert(place.clone(), media_number.next());
            }
        }
        let path = format!("届出/{folder}/{file_name}");
        let sent = Sent { label, form: records.form(), path: path.clone(), media_number: Some(media_number) };
        self.enter(&place, application, sent);
        Ok((Some(OutputFile::new(path, bytes)), list))
    }

    fn enter(&mut self, (client, establishment): &Place, application: &Application<'_>, sent: Sent) {
        let Sent { label, form, path, media_number } = sent;
        self.made.push(MadeFiling {
            client: client.clone(),
            establishment: establishment.clone(),
            label,
            title: application.title,
            form,
            path,
            people: application.people.clone(),
            media_number,
        });
    }

    /// The folder of the next file; the second of one establishment and procedure ends in -2.
    fn folder(&self, place: &Place, label: &str) -> String {
        let (client, establishment) = (file_name_part(place.0.as_str()), file_name_part(place.1.as_str()));
        let same = |made: &&MadeFiling| made.client == place.0 && made.establishment == place.1 && made.label == label;
        match self.made.iter().filter(same).count() {
            0 => format!("{client}-{establishment}-{label}"),
            before => format!("{client}-{establishment}-{label}-{}", before.saturating_add(1)),
        }
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
}

impl Application<'_> {
    /// Takes out the people whose records have problems, and says who and why; `None` when no problem is of a record.
    fn without_refused<'of>(
        &mut self,
        problems: &'of [FilingProblem],
    ) -> Option<Vec<(EmployeeCode, &'of FilingProblem)>> {
        let mut refused = Vec::new();
        for problem in problems {
            let at = problem.record.and_then(|record| record.checked_sub(1));
            refused.extend(at.and_then(|at| self.people.get(at)).map(|person| (person.clone(), problem)));
        }
        let people: BTreeSet<&EmployeeCode> = refused.iter().map(|(person, _)| person).collect();
        if people.is_empty() {
            return None;
        }
        let keeps: Vec<bool> = self.people.iter().map(|person| !people.contains(person)).collect();
        self.records.retain(&keeps);
        let mut keeps = keeps.into_iter();
        self.people.retain(|_| keeps.next().unwrap_or(true));
        Some(refused)
    }

    /// The second half, as an application of its own.
    fn split_off(&mut self) -> Self {
        let at = self.records.len().div_ceil(2);
        let mut second = self.clone();
        second.records = self.records.split_off(at);
        second.people = self.people.split_off(at);
        second
    }
}

fn held_back(month: &ClientMonth<'_>, application: &Application<'_>) -> Finding {
    let Application { title, from, .. } = application;
    Finding {
        sheet: "事業所".to_owned(),
        row: None,
        column: None,
        severity: Severity::Warning,
        code: "held_back",
        sentence: format!("{}: {title}は {from} から作れる届出のため、まだ作っていません。", place(month, application)),
        remedy: format!("{from} 以降に、--as-of をその日以降にしてもう一度実行してください。"),
    }
}

fn not_made(month: &ClientMonth<'_>, application: &Application<'_>, problem: &FilingProblem) -> Finding {
    Finding {
        sheet: "届出".to_owned(),
        row: None,
        column: None,
        severity: Severity::Error,
        code: "filing_refused",
        sentence: format!("{} {}: {problem}", place(month, application), application.title),
        remedy: String::new(),
    }
}

/// A person whose record the authority would refuse. The place in the file says nothing: the record is not in it.
fn refused(
    month: &ClientMonth<'_>,
    application: &Application<'_>,
    person: &EmployeeCode,
    problem: &FilingProblem,
) -> Finding {
    let field = problem.field.as_ref().map_or_else(String::new, |field| format!("「{}」: ", field.name_ja));
    Finding {
        sheet: "届出".to_owned(),
        row: None,
        column: None,
        severity: Severity::Error,
        code: "filing_refused",
        sentence: format!(
            "会社{} 社員{person}: {}に載せていません。{field}{}",
            month.client.client_code, application.title, problem.message
        ),
        remedy: problem.remedy.clone(),
    }
}

fn place(month: &ClientMonth<'_>, application: &Application<'_>) -> String {
    format!("会社{} 事業所{}", month.client.client_code, application.establishment.establishment_code)
}
