//! 手続の一覧: what can be filed, with whom, on which way.

use kura_calendar::Date;
use kura_law::{CitationId, Law, RowRef};

use crate::ProcedureError;

const TABLE: &str = "procedures";
const DOCUMENTS: &str = "procedure_documents";

/// 手続: a kind of filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure<'law> {
    /// The name by which programs know it, for example `acquisition_notice`.
    pub code: &'law str,
    /// 分野: 社会保険, 健保給付, 雇用保険, 労働保険, 労災, 労働基準, 税, その他.
    pub area: &'law str,
    /// 手続の名.
    pub name: &'law str,
    /// 提出先.
    pub agency: &'law str,
    /// The deadline in words, as the source says it. The day of a case is computed by [`crate::deadline`].
    pub deadline_in_words: Option<&'law str>,
    /// The ways it can go out; empty when none is known.
    pub channels: Vec<Channel<'law>>,
    /// How important it is to the work of an office: core, useful, rare, jimukumiai.
    pub priority: &'law str,
    /// Where the row comes from.
    pub citation: CitationId,
}

/// 提出の方法: a way on which a filing goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel<'law> {
    /// 届書CSV by its form code, for example `2200700`.
    MediaCsv(&'law str),
    /// 届書CSV whose layout is not established well enough to write it: the words of the source.
    MediaCsvNotEstablished(&'law str),
    /// ハローワーク 連記式: the name of the file.
    HelloWorkCsv(&'law str),
    /// e-Gov電子申請 by its 手続識別子.
    Egov(&'law str),
    /// e-Gov電子申請 whose 手続識別子 is not known.
    EgovIdUnknown,
}

/// 訂正の可否: whether a filing that is out can still be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// e-Gov says it case by case: 部分補正 or 再提出 by its notice, 取下げ while it is open.
    ByEgovNotice,
    /// Not established for this procedure.
    NotEstablished,
}

/// 必要書類: a paper that goes with a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'law> {
    /// 書類の名.
    pub name: &'law str,
    /// When it is needed; `None` = always.
    pub when: Option<&'law str>,
    /// Where the row comes from.
    pub citation: CitationId,
}

/// Every procedure there is on a day, in the order of the table.
pub fn catalogue(law: &Law, on: Date) -> Result<Vec<Procedure<'_>>, ProcedureError> {
    law.rows_in_force(TABLE, on)?.map(|row| Procedure::read(&row)).collect()
}

/// One procedure by its code. A code nobody knows, and a day on which there is no such procedure, are errors.
pub fn procedure<'law>(law: &'law Law, code: &str, on: Date) -> Result<Procedure<'law>, ProcedureError> {
    Procedure::read(&law.row(TABLE, &[code], on)?)
}

impl<'law> Procedure<'law> {
    fn read(row: &RowRef<'law>) -> Result<Self, ProcedureError> {
        let mut channels = Vec::new();
        channels.extend(filled(row.text("csv_form")?).and_then(Channel::of_file));
        channels.extend(match (filled(row.text("egov_proc_id")?), filled(row.text("egov_rank")?)) {
            (Some(id), _) => Some(Channel::Egov(id)),
            (None, Some(_)) => Some(Channel::EgovIdUnknown),
            (None, None) => None,
        });
        Ok(Self {
            code: row.text("code")?,
            area: row.text("area")?,
            name: row.text("procedure_ja")?,
            agency: row.text("addressee")?,
            deadline_in_words: filled(row.text("deadline")?),
            channels,
            priority: row.text("priority")?,
            citation: row.citation(),
        })
    }

    /// Whether a filing that is out can be mended.
    pub fn correction(&self) -> Correction {
        let by_egov = self.channels.iter().any(|channel| matches!(channel, Channel::Egov(_) | Channel::EgovIdUnknown));
        if by_egov { Correction::ByEgovNotice } else { Correction::NotEstablished }
    }

    /// The papers that go with it on a day; empty = none is established, not "none is needed".
    pub fn documents(&self, law: &'law Law, on: Date) -> Result<Vec<Document<'law>>, ProcedureError> {
        let mut documents = Vec::new();
        for row in law.rows_in_force(DOCUMENTS, on)? {
            if row.text("procedure")? == self.code {
                let (name, when) = (row.text("document_ja")?, filled(row.text("when_ja")?));
                documents.push(Document { name, when, citation: row.citation() });
            }
        }
        Ok(documents)
    }
}

impl<'law> Channel<'law> {
    /// `2200700`, `10101-shutoku.csv`; a form code with a remark is not established, brackets alone are no file.
    fn of_file(words: &'law str) -> Option<Self> {
        if words.ends_with(".csv") {
            Some(Self::HelloWorkCsv(words))
        } else if words.bytes().all(|byte| byte.is_ascii_digit()) {
            Some(Self::MediaCsv(words))
        } else {
            (words != "(event)").then_some(Self::MediaCsvNotEstablished(words))
        }
    }

    /// The way in words.
    pub fn japanese(&self) -> String {
        match self {
            Self::MediaCsv(form) => format!("届書CSV（{form}）"),
            Self::MediaCsvNotEstablished(_) => "届書CSV（様式が確認されていないので作れません）".to_owned(),
            Self::HelloWorkCsv(file) => format!("ハローワーク連記式（{file}）"),
            Self::Egov(id) => format!("e-Gov（{id}）"),
            Self::EgovIdUnknown => "e-Gov（手続識別子が確認されていません）".to_owned(),
        }
    }
}

pub(crate) fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
