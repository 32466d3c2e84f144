use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::Yen;

use super::bill_difference;
use super::captions;
use super::due_dates::{in_words, premiums_due};
use super::premium_bill::PremiumBill;
use super::table::{Level, Table};
use crate::client_month::ClientMonth;
use crate::payslip::{day_words, month_words};

/// 社会保険料 to be paid, by 事業所 and 保険料月: our total beside 納入告知額, with what makes the difference.
pub(super) fn list(month: &ClientMonth<'_>, bills: &[PremiumBill<'_, '_>]) -> List {
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("{}支給の給与から控除した保険料月", month_words(month.request.month)),
        captions::made_by(month),
    ];
    let mut table = Table::new("社会保険料（納入告知額との比較）", captions, ListPage::Portrait);
    table.key("勘定", Kind::Text);
    table.summed(ListColumn::new("本人負担", Kind::Yen));
    table.summed(ListColumn::new("事業主負担", Kind::Yen));
    table.summed(ListColumn::new("当方の合計", Kind::Yen).total());
    table.summed(ListColumn::new("納入告知額", Kind::Yen));
    table.summed(ListColumn::new("差", Kind::Yen));
    table.stated(ListColumn::new("説明", Kind::Text));
    for bill in bills {
        rows(month, &mut table, bill);
    }
    if bills.is_empty() {
        table.note("社会保険の被保険者がいないか、この支払が社会保険料を計算しない支払（仮払いの精算など）です。");
    }
    table.note("差は、納入告知額から当方の合計を引いた額です。当方の合計は、一人ずつの全額（端数処理前）を足して1円未満を切り捨てた額です。事業主負担は、そこから本人負担を引いた残りです。");
    table.finish()
}

fn rows(month: &ClientMonth<'_>, table: &mut Table, bill: &PremiumBill<'_, '_>) {
    let Ok(lines) = bill.lines() else { return };
    let due = match bill.notice.and_then(|notice| notice.due_on) {
        Some(day) => format!("納期限 {}", day_words(day)),
        None => in_words(premiums_due(month.law, bill.month)),
    };
    let count = bill.people.len();
    table.heading(format!("{} {}分 {count}人 {due}", bill.establishment_words(), month_words(bill.month)));
    let share = |pick: fn(&super::premium_bill::Insured<'_, '_>) -> Option<Yen>| -> Yen {
        bill.people.iter().filter_map(pick).sum()
    };
    let notice = bill.notice;
    let health = bill.health_words(month.known, &month.client.client_code);
    let accounts = [
        (
            health.as_str(),
            share(|person| person.health),
            lines.health,
            notice.and_then(|notice| notice.notified_health),
        ),
        ("厚生年金", share(|person| person.pension), lines.pension, notice.and_then(|notice| notice.notified_pension)),
        (
            "子ども・子育て拠出金",
            Yen::ZERO,
            lines.child_contribution,
            notice.and_then(|notice| notice.notified_child_contribution),
        ),
    ];
    let mut explanation = bill_difference::explanation(month, bill).into_iter();
    for (name, employees, ours, notified) in accounts {
        table.row(vec![
            name.into(),
            employees.into(),
            (ours - employees).into(),
            ours.into(),
            ListCell::of(notified),
            ListCell::of(notified.map(|notified| notified - ours)),
            ListCell::of(explanation.next()),
        ]);
    }
    table.close(Level::Part, "合計");
    let ours = lines.health + lines.pension + lines.child_contribution;
    if let Some(total) = notice.and_then(|notice| notice.notified_total) {
        let cells = ["納入告知額 合計".into(), ListCell::Empty, ListCell::Empty, ListCell::Empty, total.into()];
        let mut cells = cells.to_vec();
        cells.push((total - ours).into());
        table.beside(cells);
    }
    for words in explanation {
        let mut cells = vec![ListCell::Empty; 6];
        cells.push(words.into());
        table.row(cells);
    }
    if bill.bonuses != crate::premiums::FullPremium::ZERO {
        table.note(format!(
            "{}は、{}に支給した賞与の保険料を含みます。",
            bill.establishment_words(),
            month_words(bill.month)
        ));
    }
    if !bill.unknown.is_empty() {
        let words = captions::people_named(&bill.unknown);
        table.note(format!("{}: {words}の保険料は計算できないため含めていません。", bill.establishment_words()));
    }
}
