use std::collections::BTreeMap;

use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_filing::{
    AcquisitionNotice, DependentChangeNotice, EmploymentAcquisitionNotice, EmploymentLossNotice, LossNotice,
};
use kura_model::{EmployeeCode, Establishment, EstablishmentCode};

use super::person::Person;
use super::separation::{self, Leaver};
use super::window::{Event, Timing, Window};
use crate::client_month::ClientMonth;
use crate::filing_desk::{Application, Batch, MadeFiling};
use crate::outputs::Outputs;
use crate::stop::Stop;

/// 手続.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Procedure {
    Acquisition,
    Loss,
    DependentChange,
    EmploymentAcquisition,
    EmploymentLoss,
    SeparationCertificate,
}

impl Procedure {
    /// 届書名.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Acquisition => "資格取得届",
            Self::Loss => "資格喪失届",
            Self::DependentChange => "被扶養者異動届",
            Self::EmploymentAcquisition => "雇用保険資格取得届",
            Self::EmploymentLoss => "雇用保険資格喪失届",
            Self::SeparationCertificate => "離職証明書",
        }
    }

    /// The sheet and the column that say when it was filed.
    const fn filed_in(self) -> (&'static str, &'static str) {
        match self {
            Self::DependentChange => ("扶養家族", "被扶養者異動届の届出日"),
            _ => ("被保険者資格", "届出日"),
        }
    }
}

/// The records of one client's month, sorted into applications.
pub(super) struct Pile<'run> {
    window: Window,
    pub(super) acquisitions: Sorted<'run, AcquisitionNotice>,
    pub(super) losses: Sorted<'run, LossNotice>,
    pub(super) dependents: Sorted<'run, DependentChangeNotice>,
    pub(super) employment_acquisitions: Sorted<'run, EmploymentAcquisitionNotice>,
    pub(super) employment_losses: Sorted<'run, EmploymentLossNotice>,
    /// What concerns a 健康保険組合 alone.
    pub(super) of_society: OfSociety<'run>,
    /// Whose loss is filed with a 離職証明書.
    pub(super) leavers: Vec<Leaver<'run>>,
    /// Events of earlier months without a day of filing.
    asked: BTreeMap<Procedure, Vec<EmployeeCode>>,
    pub(super) findings: Vec<Finding>,
}

/// Records for the list of a 健康保険組合: people without pension, and families.
pub(super) struct OfSociety<'run> {
    pub(super) acquisitions: Sorted<'run, AcquisitionNotice>,
    pub(super) losses: Sorted<'run, LossNotice>,
    pub(super) dependents: Sorted<'run, DependentChangeNotice>,
}

impl OfSociety<'_> {
    const fn new() -> Self {
        Self { acquisitions: Sorted::new(), losses: Sorted::new(), dependents: Sorted::new() }
    }
}

/// Records by establishment; those that wait for a 個人番号 apart, so that the others can be handed over.
pub(super) struct Sorted<'run, Notice>(BTreeMap<(EstablishmentCode, bool), Stack<'run, Notice>>);

struct Stack<'run, Notice> {
    establishment: &'run Establishment,
    people: Vec<EmployeeCode>,
    notices: Vec<Notice>,
}

impl<'run, Notice> Sorted<'run, Notice> {
    const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// `waits`: a number is to be filled in.
    pub(super) fn enter(
        &mut self,
        establishment: &'run Establishment,
        person: &Person<'_>,
        notice: Notice,
        waits: bool,
    ) {
        let stack = self.0.entry((establishment.establishment_code.clone(), waits));
        let stack = stack.or_insert_with(|| Stack { establishment, people: Vec::new(), notices: Vec::new() });
        stack.people.push(person.code().clone());
        stack.notices.push(notice);
    }
}

impl Pile<'_> {
    pub(super) const fn new(window: Window) -> Self {
        Self {
            window,
            acquisitions: Sorted::new(),
            losses: Sorted::new(),
            dependents: Sorted::new(),
            employment_acquisitions: Sorted::new(),
            employment_losses: Sorted::new(),
            of_society: OfSociety::new(),
            leavers: Vec::new(),
            asked: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    pub(super) const fn window(&self) -> Window {
        self.window
    }

    /// True when the event goes into a file of this run; else says what becomes of it.
    pub(super) fn is_due(&mut self, person: &Person<'_>, procedure: Procedure, event: Event) -> bool {
        match self.window.timing(event) {
            Timing::Due => return true,
            Timing::Done => {}
            Timing::Asked => self.asked.entry(procedure).or_default().push(person.code().clone()),
            Timing::HeldBack => {
                let from = event.from;
                let remedy = format!("{from} 以降に、--as-of をその日以降にしてもう一度実行してください。");
                self.wait(person, procedure, from, remedy);
            }
            Timing::Later => {
                let month = kura_calendar::Month::of(event.day);
                self.wait(person, procedure, event.from, format!("kura month --month {month} で作ります。"));
            }
        }
        false
    }

    fn wait(&mut self, person: &Person<'_>, procedure: Procedure, from: Date, remedy: String) {
        self.findings.push(Finding {
            sheet: procedure.filed_in().0.to_owned(),
            row: None,
            column: None,
            severity: Severity::Warning,
            code: "held_back",
            sentence: format!(
                "会社{} 社員{}: {}は {from} から作れる届出のため、まだ作っていません。",
                person.employee.client_code,
                person.code(),
                procedure.title()
            ),
            remedy,
        });
    }

    /// A person is left out of a filing.
    pub(super) fn stop(&mut self, person: &Person<'_>, procedure: Procedure, stop: Stop) {
        let (client, employee) = (&person.employee.client_code, person.code());
        let sentence = format!("会社{client} 社員{employee}: {}に載せていません。{}", procedure.title(), stop.sentence);
        self.findings.push(Stop { sentence, ..stop }.finding());
    }

    /// What a person has to see to, with no file of ours.
    pub(super) fn tell(&mut self, person: &Person<'_>, code: &'static str, sentence: &str, remedy: &str) {
        self.findings.push(Finding {
            sheet: "被保険者資格".to_owned(),
            row: None,
            column: None,
            severity: Severity::Warning,
            code,
            sentence: format!("会社{} 社員{}: {sentence}", person.employee.client_code, person.code()),
            remedy: remedy.to_owned(),
        });
    }

    /// Hands everything to the desk.
    pub(super) fn submit(self, month: &ClientMonth<'_>, outputs: &mut Outputs) {
        let Self {
            acquisitions,
            losses,
            dependents,
            employment_acquisitions,
            employment_losses,
            of_society,
            leavers,
            ..
        } = self;
        outputs.findings.extend(self.findings);
        outputs.findings.extend(self.asked.iter().map(|(procedure, people)| asked(month, *procedure, people)));
        let mut desk = Desk { month, outputs };
        desk.hand_in(Procedure::Acquisition, ["取得", "取得-番号待ち"], acquisitions, Batch::Acquisition);
        desk.hand_in(Procedure::Loss, ["喪失", "喪失-番号待ち"], losses, Batch::Loss);
        desk.hand_in(Procedure::DependentChange, ["異動", "異動-番号待ち"], dependents, Batch::DependentChange);
        desk.tell_society(Procedure::Acquisition, "取得-健保のみ", of_society.acquisitions, Batch::Acquisition);
        desk.tell_society(Procedure::Loss, "喪失-健保のみ", of_society.losses, Batch::Loss);
        desk.tell_society(Procedure::DependentChange, "異動", of_society.dependents, Batch::DependentChange);
        let waits_never = ["雇用保険取得", "雇用保険取得"];
        desk.hand_in(
            Procedure::EmploymentAcquisition,
            waits_never,
            employment_acquisitions,
            Batch::EmploymentAcquisition,
        );
        let waits_never = ["雇用保険喪失", "雇用保険喪失"];
        desk.hand_in(Procedure::EmploymentLoss, waits_never, employment_losses, Batch::EmploymentLoss);
        separation::make(month, &leavers, desk.outputs);
    }
}

struct Desk<'a, 'run> {
    month: &'a ClientMonth<'run>,
    outputs: &'a mut Outputs,
}

impl Desk<'_, '_> {
    /// `labels`: the folder's word of the files that are whole, and of those that wait for a number.
    fn hand_in<Notice>(
        &mut self,
        procedure: Procedure,
        [whole, waiting]: [&'static str; 2],
        sorted: Sorted<'_, Notice>,
        batch: fn(Vec<Notice>) -> Batch,
    ) {
        self.each(procedure, sorted, batch, |outputs, month, application, waits| {
            outputs.submit(month, Application { label: if waits { waiting } else { whole }, ..application });
        });
    }

    fn tell_society<Notice>(
        &mut self,
        procedure: Procedure,
        label: &'static str,
        sorted: Sorted<'_, Notice>,
        batch: fn(Vec<Notice>) -> Batch,
    ) {
        self.each(procedure, sorted, batch, |outputs, month, application, _| {
            outputs.submit_to_society(month, Application { label, ..application });
        });
    }

    /// Hands an application for each establishment over, and says what was made of it.
    fn each<Notice>(
        &mut self,
        procedure: Procedure,
        sorted: Sorted<'_, Notice>,
        batch: fn(Vec<Notice>) -> Batch,
        hand_over: impl Fn(&mut Outputs, &ClientMonth<'_>, Application<'_>, bool),
    ) {
        for ((_, waits), Stack { establishment, people, notices }) in sorted.0 {
            let before = self.outputs.filings.made.len();
            let (title, from, records) = (procedure.title(), self.month.request.as_of, batch(notices));
            let application = Application { establishment, label: "", title, from, people, records };
            hand_over(self.outputs, self.month, application, waits);
            let made = self.outputs.filings.made.get(before..).unwrap_or_default();
            let say = |made: &MadeFiling| done(procedure, waits, &made.path, &made.people);
            let findings: Vec<Finding> = made.iter().map(say).collect();
            self.outputs.findings.extend(findings);
        }
    }
}

/// 作った届出: only the office knows when it handed it over.
fn done(procedure: Procedure, waits: bool, path: &str, people: &[EmployeeCode]) -> Finding {
    let ((sheet, column), title) = (procedure.filed_in(), procedure.title());
    let number = "個人番号の欄は空けてあります。番号を入れるまで提出できません。";
    Finding {
        sheet: sheet.to_owned(),
        row: None,
        column: Some(column.to_owned()),
        severity: if waits { Severity::Warning } else { Severity::Info },
        code: "filing_made",
        sentence: format!(
            "{path}: {title}を{}件作りました（{}）。{}",
            people.len(),
            names(people),
            if waits { number } else { "" }
        ),
        remedy: format!(
            "提出したら{sheet}の「{column}」を記入してください。空欄の間は、次の月にも同じ届出を作ります。"
        ),
    }
}

/// 届出日 is empty of events that are older than the files of this run.
fn asked(month: &ClientMonth<'_>, procedure: Procedure, people: &[EmployeeCode]) -> Finding {
    let (sheet, column) = procedure.filed_in();
    Finding {
        sheet: sheet.to_owned(),
        row: None,
        column: Some(column.to_owned()),
        severity: Severity::Warning,
        code: "filing_overdue",
        sentence: format!(
            "会社{}: 前々月以前の{}で、「{column}」が空欄のものが{}件あります（{}）。この実行では作っていません。",
            month.client.client_code,
            procedure.title(),
            people.len(),
            names(people)
        ),
        remedy: format!(
            "届出済みなら{sheet}の「{column}」を記入してください。まだなら、その月の kura month で作って急いで提出してください。"
        ),
    }
}

/// 社員番号 of the first people.
fn names(people: &[EmployeeCode]) -> String {
    const SHOWN: usize = 10;
    let mut names: Vec<String> = people.iter().take(SHOWN).map(ToString::to_string).collect();
    if people.len() > SHOWN {
        names.push("ほか".to_owned());
    }
    names.join("、")
}
