//! 権限: which role may do what with which resource. One table; tests/authority.txt shows it as people read it.

use kura_journal::Role;

/// What is asked for (対象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The office's own facts and settings (事務所).
    Office,
    /// People of the office: users, roles, assignments (利用者).
    Users,
    /// Keys: recovery sheet, rotation (鍵).
    Keys,
    /// A client's facts and rules (顧問先).
    Client,
    /// A person's facts (従業員).
    Person,
    /// What is handed in for a month: 勤怠, 変動支給, 賞与 (月次の入力).
    Input,
    /// Runs of pay, bonus and correction (給与計算).
    Run,
    /// Payslips (明細).
    Slip,
    /// Filings and their prints (届出).
    Filing,
    /// The whole office as one workbook (事務所の全部).
    WholeOffice,
    /// Erasing a person or an ended client (消去).
    Erasure,
    /// The journal (記録).
    Journal,
    /// State of the installation, without personal data (状態).
    Status,
}

/// What is done with it (操作).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Put before somebody's eyes.
    See,
    /// Opened inside the desk to search or to calculate.
    Compute,
    /// Made or changed.
    Change,
    /// Taken out as a file.
    Export,
    /// A run's second look (点検).
    Check,
    /// 承認.
    Approve,
    /// 公開.
    Publish,
    /// Verified without being read.
    Verify,
}

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Nowhere.
    Nothing,
    /// The person's own data.
    Own,
    /// Assigned clients (担当); for a client's people their own company.
    Assigned,
    /// The whole office.
    All,
}

/// A right: how far it reaches, and whether it asks for a fresh proof of identity (再認証).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// How far.
    pub reach: Reach,
    /// A step-up of at most [`STEP_UP_S_MAX`] is asked for.
    pub step_up: bool,
}

/// A step-up older than this is none: 5 minutes, in seconds.
pub const STEP_UP_S_MAX: u32 = 300;

/// The roles of the table, in its order. [`Role::System`] acts inside the desk and [`Role::Unknown`] may nothing: neither has a column.
pub const ROLES: [Role; 9] = [
    Role::OfficeAdministrator,
    Role::Sharoshi,
    Role::Clerk,
    Role::NumberHandler,
    Role::Auditor,
    Role::ClientManager,
    Role::ClientViewer,
    Role::Employee,
    Role::Operator,
];

/// A line of the table: a letter a role, in the order of [`ROLES`]. `A` all, `C` assigned, `S` own, `-` nothing; small letters ask for a
/// step-up.
type Line = (Resource, Operation, &'static str);

const TABLE: &[Line] = &[
    (Resource::Office, Operation::See, "AAAAA----"),
    (Resource::Office, Operation::Change, "a--------"),
    (Resource::Users, Operation::See, "A---A----"),
    (Resource::Users, Operation::Change, "a--------"),
    (Resource::Keys, Operation::See, "A---A----"),
    (Resource::Keys, Operation::Change, "a--------"),
    (Resource::Client, Operation::See, "AAC--CC--"),
    (Resource::Client, Operation::Compute, "AAC------"),
    (Resource::Client, Operation::Change, "AAC------"),
    (Resource::Client, Operation::Export, "aac--c---"),
    (Resource::Person, Operation::See, "AAC--CCS-"),
    (Resource::Person, Operation::Compute, "AAC------"),
    (Resource::Person, Operation::Change, "AAC------"),
    (Resource::Person, Operation::Export, "aac--c---"),
    (Resource::Input, Operation::See, "AAC--CCS-"),
    (Resource::Input, Operation::Change, "AAC--C---"),
    (Resource::Run, Operation::See, "AAC--CC--"),
    (Resource::Run, Operation::Compute, "AAC------"),
    (Resource::Run, Operation::Check, "AAC------"),
    (Resource::Run, Operation::Approve, "AA-------"),
    (Resource::Run, Operation::Publish, "aa-------"),
    (Resource::Slip, Operation::See, "AAC--CCS-"),
    (Resource::Slip, Operation::Export, "aac--c-S-"),
    (Resource::Filing, Operation::See, "AAC--CC--"),
    (Resource::Filing, Operation::Compute, "AAC------"),
    (Resource::Filing, Operation::Export, "aac------"),
    (Resource::WholeOffice, Operation::Change, "aa-------"),
    (Resource::WholeOffice, Operation::Export, "a--------"),
    (Resource::Erasure, Operation::See, "AA--A----"),
    (Resource::Erasure, Operation::Change, "aa-------"),
    (Resource::Erasure, Operation::Approve, "a--------"),
    (Resource::Journal, Operation::See, "A---AC-S-"),
    (Resource::Journal, Operation::Export, "a---a----"),
    (Resource::Journal, Operation::Verify, "AAAAA---A"),
    (Resource::Status, Operation::See, "AAAAA---A"),
];

/// The right of a role. What stands in no line of the table is refused to everybody.
#[must_use]
pub fn right(role: Role, resource: Resource, operation: Operation) -> Right {
    let column = ROLES.iter().position(|one| *one == role);
    let line = TABLE.iter().find(|(of, to, _)| (*of, *to) == (resource, operation));
    let letter = column.zip(line).and_then(|(column, (_, _, letters))| letters.as_bytes().get(column));
    let (reach, step_up) = match letter {
        Some(b'A') => (Reach::All, false),
        Some(b'C') => (Reach::Assigned, false),
        Some(b'S') => (Reach::Own, false),
        Some(b'a') => (Reach::All, true),
        Some(b'c') => (Reach::Assigned, true),
        _ => (Reach::Nothing, false),
    };
    Right { reach, step_up }
}

/// Every pair the table knows, in its order.
pub fn pairs() -> impl Iterator<Item = (Resource, Operation)> {
    TABLE.iter().map(|(resource, operation, _)| (*resource, *operation))
}
