use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::{Date, Month};
use kura_model::{EmploymentClass, PayKind, TaxResidence, WithholdingColumn};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::due_dates::{Duty, in_words};
use super::payments::{Payment, Payments};
use super::table::{Level, Table};
use crate::client_month::ClientMonth;
use crate::payslip::month_words;

/// The lines of 所得税徴収高計算書, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    /// 俸給・給料等.
    Pay,
    /// 賞与（役員賞与を除く。）.
    Bonus,
    /// 日雇労務者の賃金: 丙欄.
    DayLabor,
    /// 役員賞与.
    OfficerBonus,
    /// On a form of its own (非居住者・外国法人の所得についての所得税徴収高計算書), without 納期の特例.
    NonResident,
}

impl Line {
    const fn japanese(self) -> &'static str {
        match self {
            Self::Pay => "俸給・給料等",
            Self::Bonus => "賞与（役員賞与を除く）",
            Self::DayLabor => "日雇労務者の賃金",
            Self::OfficerBonus => "役員賞与",
            Self::NonResident => "非居住者の給与（別の計算書）",
        }
    }

    /// The line of a payment; `None` where it is no income of the person (paid to the heirs).
    fn of(payment: &Payment<'_>) -> Option<Self> {
        let Payment { row, employee, .. } = payment;
        if employee.died_on.is_some_and(|died| died < row.paid_on) {
            return None;
        }
        let class = payment.terms_on(row.paid_on).and_then(|terms| terms.employment_class);
        Some(match row.kind {
            _ if employee.tax_residence == Some(TaxResidence::NonResident) => Self::NonResident,
            PayKind::Bonus if class == Some(EmploymentClass::Officer) => Self::OfficerBonus,
            PayKind::Bonus => Self::Bonus,
            _ if row.withholding_column == Some(WithholdingColumn::Hei) => Self::DayLabor,
            _ => Self::Pay,
        })
    }
}

/// What a line says of one day of payment.
#[derive(Default)]
struct Amounts<'month> {
    people: BTreeSet<&'month str>,
    gross: Yen,
    tax_free: Yen,
    tax: Yen,
}

/// 所得税徴収高計算書の記載額: of the month, or under 納期の特例 of the half year so far.
pub(super) fn list(month: &ClientMonth<'_>, payments: &Payments<'_>) -> List {
    let this = month.request.month;
    let semiannual = month.client.facts.semiannual_withholding;
    let half = semiannual.then(|| Duty::Withholding.half(month.law, this));
    let (first, due) = match &half {
        Some(Ok(half)) => (half.first, Ok(half.due)),
        Some(Err(stop)) => (this, Err(stop.clone())),
        None => (this, Duty::Withholding.due(month.law, this)),
    };
    let within = |payment: &Payment<'_>| {
        let paid_in = Month::of(payment.row.paid_on);
        first <= paid_in && paid_in <= this
    };
    let mut lines: BTreeMap<(Line, Date), Amounts<'_>> = BTreeMap::new();
    let mut to_heirs = BTreeSet::new();
    for payment in payments.iter().filter(within) {
        let Some(line) = Line::of(&payment) else {
            to_heirs.insert(payment.row.employee_code.as_str());
            continue;
        };
        let amounts = lines.entry((line, payment.row.paid_on)).or_default();
        let known = |amount: Option<Yen>| amount.unwrap_or(Yen::ZERO);
        amounts.people.insert(payment.row.employee_code.as_str());
        amounts.gross += known(payment.row.gross);
        amounts.tax_free += known(payment.row.tax_free);
        amounts.tax += known(payment.row.tax);
    }
    let period =
        if first == this { month_words(this) } else { format!("{}～{}", month_words(first), month_words(this)) };
    let mut table = table(month, &period, in_words(due), semiannual);
    rows(&mut table, &lines);
    table.note("「支給額」は総支給額から非課税の通勤手当などを除いた額です。「人員」は税額のない人を含みます。");
    if semiannual {
        table
            .note("納期の特例: 「人員」は月ごとの人数を足した延べ人数です。半年の終わりまで、月ごとに増えていきます。");
        let missing = missing_months(first, this, &lines);
        if !missing.is_empty() {
            table.note(format!("給与履歴にない月: {}。この月の分は含まれていません。", missing.join("、")));
        }
    }
    if !to_heirs.is_empty() {
        let count = to_heirs.len();
        table.note(format!(
            "死亡後に支給した{count}人の給与は、源泉徴収の対象ではないため含めていません（相続税の対象）。"
        ));
    }
    table.finish()
}

fn table(month: &ClientMonth<'_>, period: &str, due: String, semiannual: bool) -> Table {
    let text = |text: &Option<kura_model::Text>| text.as_ref().map_or("", |text| text.as_str()).to_owned();
    let client = &month.client.facts;
    let reference = client.tax_office_reference.as_ref().map_or("", |code| code.as_str());
    let form = if semiannual { "納期特例分" } else { "一般分" };
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("{period}支払分（{form}）"),
        due,
        format!("{}税務署 整理番号 {reference}", text(&client.tax_office)),
        captions::made_by(month),
    ];
    let mut table = Table::new("所得税徴収高計算書", captions, ListPage::Portrait);
    table.key("区分", Kind::Text);
    table.stated(ListColumn::new("支払年月日", Kind::Date));
    table.summed(ListColumn::new("人員", Kind::Number));
    table.summed(ListColumn::new("総支給額", Kind::Yen));
    table.summed(ListColumn::new("うち非課税", Kind::Yen));
    table.summed(ListColumn::new("支給額", Kind::Yen).in_section("記載額"));
    table.summed(ListColumn::new("税額", Kind::Yen).in_section("記載額"));
    table
}

/// The lines with a 小計 each; the form of 非居住者 is another one and therefore no part of the 合計.
fn rows(table: &mut Table, lines: &BTreeMap<(Line, Date), Amounts<'_>>) {
    let of_form = |own: bool| lines.iter().filter(move |((line, _), _)| (*line == Line::NonResident) == own);
    let mut before: Option<Line> = None;
    for ((line, paid_on), amounts) in of_form(false) {
        close_line(table, before.filter(|before| before != line));
        table.row(cells(*line, *paid_on, amounts));
        before = Some(*line);
    }
    close_line(table, before);
    table.close(Level::All, "合計（本税）");
    for ((line, paid_on), amounts) in of_form(true) {
        table.row(cells(*line, *paid_on, amounts));
    }
}

fn close_line(table: &mut Table, line: Option<Line>) {
    if let Some(line) = line {
        table.close(Level::Part, format!("{} 計", line.japanese()));
    }
}

fn cells(line: Line, paid_on: Date, amounts: &Amounts<'_>) -> Vec<ListCell> {
    let people = i64::try_from(amounts.people.len()).unwrap_or(i64::MAX);
    vec![
        line.japanese().into(),
        paid_on.into(),
        Exact::whole(people).into(),
        amounts.gross.into(),
        amounts.tax_free.into(),
        (amounts.gross - amounts.tax_free).into(),
        amounts.tax.into(),
    ]
}

/// The months of the period in which nobody was paid as far as the book knows.
fn missing_months(first: Month, last: Month, lines: &BTreeMap<(Line, Date), Amounts<'_>>) -> Vec<String> {
    let months = (0..=last.months_since(first)).map(|after| first.plus(after));
    let unknown = months.filter(|month| !lines.keys().any(|(_, paid_on)| month.contains(*paid_on)));
    unknown.map(month_words).collect()
}
