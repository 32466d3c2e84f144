//! What a payslip says: plain texts and yen, decided by the floors above. Nothing is computed here.

/// A payslip (給与明細書, 賞与明細書): everything that is printed, in the words in which it is printed.
///
/// It holds personal values and therefore has neither `Display` nor `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Payslip {
    /// The office that made the slip (事務所名), foot of every page. May be empty.
    pub office_line: String,
    /// The employer (会社名).
    pub client_name: String,
    /// The kind of slip: `給与明細書`, `賞与明細書`.
    pub title: String,
    /// Employee number (社員番号).
    pub person_code: String,
    /// Name of the employee (氏名), without `様`.
    pub person_name: String,
    /// What is paid: `令和8年7月分`, `令和8年夏季賞与`.
    pub payment_month: String,
    /// The four clocks of the slip.
    pub clocks: Clocks,
    /// Attendance (勤怠): days, hours, counts, already formatted.
    pub attendance: Vec<Field>,
    /// Balance of paid leave (年次有給休暇: 付与, 取得, 残), printed at the end of the attendance.
    pub paid_leave: Vec<Field>,
    /// Earnings (支給), in the order of print.
    pub pay: Vec<Line>,
    /// Deductions (控除), in the order of print. A deduction is a positive amount.
    pub deductions: Vec<Line>,
    /// Sums (合計).
    pub totals: Totals,
    /// How the health premium is made up (健康保険料の内訳: 健康, 介護, 支援金).
    pub health_split: Vec<Amount>,
    /// Where the money goes (振込先, 現金).
    pub transfers: Vec<Amount>,
    /// Remarks (備考), one sentence each.
    pub notes: Vec<String>,
    /// Version of the law tables the slip was computed with (法令データの版).
    pub law_pack: String,
}

/// The four clocks that decide a slip, each as printed text.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Clocks {
    /// Pay day (支給日): `令和8年7月24日(金)`.
    pub payment_day: String,
    /// Month of the social-insurance premium (保険料月): `令和8年6月分`.
    pub premium_month: String,
    /// Closing day (締切日).
    pub closing_day: String,
    /// Attendance period of fixed pay (勤怠対象期間).
    pub attendance_period: String,
    /// Attendance period of variable pay (変動分), where it differs.
    pub variable_period: Option<String>,
}

/// A label with its value, both as printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Field {
    /// `出勤日数`
    pub label: String,
    /// `20日`, `168:30`
    pub value: String,
}

/// One earning or deduction.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Name of the item (項目名).
    pub name: String,
    /// Hours, days or times behind the amount (数量): `12:30`.
    pub quantity: Option<String>,
    /// Amount in yen. Negative is printed with `▲`.
    pub amount: i64,
    /// A short remark under the name: `非課税`, `令和8年4月改定`.
    pub note: Option<String>,
}

/// A named amount.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Amount {
    /// What or whom the amount is for.
    pub name: String,
    /// Amount in yen.
    pub amount: i64,
}

/// The sums of a slip, in yen. They are printed as they are: the payroll floor guarantees that they add up.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Total pay (総支給額).
    pub gross: i64,
    /// Of which not taxed (非課税).
    pub tax_free: i64,
    /// Taxed after social insurance (社会保険料等控除後の課税対象額).
    pub taxable: i64,
    /// Total deductions (控除合計).
    pub deduction_total: i64,
    /// Net pay (差引支給額).
    pub net: i64,
    /// What deductions exceed pay by (差引不足額); 0 when there is none.
    pub shortfall: i64,
}

/// What makes two prints of one slip the same bytes: the crate reads neither clock nor random numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct PrintStamp {
    /// Stable identifier of the document, unique per slip. Only its hash enters the file.
    pub document_id: String,
    /// When the slip was printed, Japan Standard Time.
    pub printed_at: PrintedAt,
}

/// A civil date and time, Japan Standard Time (+09:00).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PrintedAt {
    /// Western year.
    pub year: i32,
    /// 1-12
    pub month: u8,
    /// 1-31
    pub day: u8,
    /// 0-23
    pub hour: u8,
    /// 0-59
    pub minute: u8,
    /// 0-59
    pub second: u8,
}
