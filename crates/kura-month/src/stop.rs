use kura_book::{Finding, Severity};

/// What stops a person or a pay group: it becomes a finding, and the rest of the month goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) sheet: &'static str,
    pub(crate) row: Option<u32>,
    pub(crate) column: Option<&'static str>,
    pub(crate) code: &'static str,
    pub(crate) sentence: String,
    pub(crate) remedy: String,
}

impl Stop {
    /// An empty cell that the calculation needs.
    pub(crate) fn unknown(sheet: &'static str, row: Option<u32>, column: &'static str) -> Self {
        Self {
            sheet,
            row,
            column: Some(column),
            code: "unknown_value",
            sentence: format!("計算に必要な「{column}」が空欄です。"),
            remedy: "値を記入してください。数を書く欄で、ないときは0と書いてください。".to_owned(),
        }
    }

    /// A reason that has no single cell.
    pub(crate) fn reason(
        sheet: &'static str,
        code: &'static str,
        sentence: impl ToString,
        remedy: impl ToString,
    ) -> Self {
        Self { sheet, row: None, column: None, code, sentence: sentence.to_string(), remedy: remedy.to_string() }
    }

    /// The finding about a person, named by employee number.
    pub(crate) fn of_person(self, client: &str, employee: &str) -> Finding {
        let sentence = format!("会社{client} 社員{employee}: {}この人の明細は作っていません。", self.sentence);
        Stop { sentence, ..self }.finding()
    }

    /// The finding about a client or pay group.
    pub(crate) fn finding(self) -> Finding {
        Finding {
            sheet: self.sheet.to_owned(),
            // A row that came from the office's records stands in no sheet.
            row: self.row.filter(|row| *row > 0),
            column: self.column.map(str::to_owned),
            severity: Severity::Error,
            code: self.code,
            sentence: self.sentence,
            remedy: self.remedy,
        }
    }
}

impl From<kura_law::LawError> for Stop {
    fn from(error: kura_law::LawError) -> Self {
        Self::reason("", "law_missing", &error, error.remedy())
    }
}

impl From<kura_calendar::CalendarError> for Stop {
    fn from(error: kura_calendar::CalendarError) -> Self {
        Self::reason("", "calendar", &error, error.remedy())
    }
}

impl From<kura_yen::YenError> for Stop {
    fn from(error: kura_yen::YenError) -> Self {
        Self::reason("", "calculation", error, error.remedy())
    }
}

impl From<kura_insurance::InsuranceError> for Stop {
    fn from(error: kura_insurance::InsuranceError) -> Self {
        Self::reason("", "insurance", &error, error.remedy())
    }
}

impl From<kura_insurance::decisions::DecisionError> for Stop {
    fn from(error: kura_insurance::decisions::DecisionError) -> Self {
        use kura_insurance::decisions::DecisionError;
        let sheet = match &error {
            DecisionError::PaidMonthMissing { .. }
            | DecisionError::PaidMonthTwice { .. }
            | DecisionError::BaseDaysTooMany { .. }
            | DecisionError::NegativeRemuneration { .. } => "給与履歴",
            DecisionError::NotAStandard { .. } => "標準報酬",
            _ => "",
        };
        Self::reason(sheet, "decision", &error, error.remedy())
    }
}

impl From<kura_payroll::tax::DependentsError> for Stop {
    fn from(error: kura_payroll::tax::DependentsError) -> Self {
        Self::reason("扶養家族", "dependents", &error, error.remedy())
    }
}

impl From<kura_payroll::pay::PayError> for Stop {
    fn from(error: kura_payroll::pay::PayError) -> Self {
        use kura_payroll::pay::PayError;
        let (sheet, code) = match &error {
            PayError::Unknown { .. } => ("勤怠", "unknown_value"),
            PayError::Formula { .. } => ("支給控除項目", "formula"),
            PayError::NeedsAttendanceFrom { .. } => ("勤怠", "attendance_needs_row"),
            PayError::NotSupported { .. } => ("勤怠", "not_supported"),
            _ => ("", "calculation"),
        };
        Self::reason(sheet, code, &error, error.remedy())
    }
}
