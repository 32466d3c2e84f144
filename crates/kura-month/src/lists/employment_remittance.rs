use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::Date;
use kura_payroll::pay::BuiltIn;
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Rounding, Yen};

use super::entries::Entry;
use super::table::{Level, Table};
use crate::stop::Stop;

struct Amounts<'month> {
    people: BTreeSet<&'month str>,
    wages: Yen,
    employees: Yen,
    employer: Exact,
}

/// 雇用保険料 of this month's pay, by 事業所 and 締切日: what was taken from pay, and what falls to the employer.
pub(super) fn list(entries: &[Entry<'_, '_>], mut captions: Vec<String>) -> List {
    captions.insert(1, "労働保険料として年度更新（または延納の期日）に納める額の目安".to_owned());
    let mut table = Table::new("雇用保険料", captions, ListPage::Portrait);
    table.key("事業所", Kind::Text);
    table.stated(ListColumn::new("締切日", Kind::Date));
    table.summed(ListColumn::new("被保険者", Kind::Number));
    table.summed(ListColumn::new("賃金", Kind::Yen));
    table.summed(ListColumn::new("本人負担（控除額）", Kind::Yen));
    table.summed(ListColumn::new("事業主負担（目安）", Kind::Yen));
    table.summed(ListColumn::new("計", Kind::Yen).total());
    let (amounts, stops) = amounts(entries);
    for ((establishment, closing_date), amounts) in &amounts {
        let people = i64::try_from(amounts.people.len()).unwrap_or(i64::MAX);
        let employer = amounts.employer.round(Rounding::Down).ok();
        table.row(vec![
            (*establishment).into(),
            (*closing_date).into(),
            Exact::whole(people).into(),
            amounts.wages.into(),
            amounts.employees.into(),
            ListCell::of(employer),
            ListCell::of(employer.map(|employer| employer + amounts.employees)),
        ]);
    }
    table.close(Level::All, "合計");
    table.note("料率は締切日で決まります。事業主負担は賃金×事業主の率の合計（1円未満切捨）で、納付額は年度の賃金総額から計算します。");
    for stop in stops {
        table.note(stop.sentence);
    }
    table.finish()
}

fn amounts<'month>(entries: &[Entry<'month, '_>]) -> (BTreeMap<(&'month str, Date), Amounts<'month>>, Vec<Stop>) {
    let mut all: BTreeMap<(&str, Date), Amounts<'_>> = BTreeMap::new();
    let mut stops = Vec::new();
    for entry in entries {
        let Some(rates) = &entry.rates else { continue };
        let closing_date = entry.history.closing_date.unwrap_or(entry.history.paid_on);
        let amounts = all.entry((entry.establishment_code(), closing_date)).or_insert_with(|| Amounts {
            people: BTreeSet::new(),
            wages: Yen::ZERO,
            employees: Yen::ZERO,
            employer: Exact::ZERO,
        });
        let wage = entry.history.employment_wage.unwrap_or(Yen::ZERO);
        let employer = rates.premium(wage, kura_insurance::RoundingAgreement::FiftySen).map_err(Stop::from);
        match employer.and_then(|premium| Ok(amounts.employer.plus(premium.employer_exact)?)) {
            Ok(sum) => amounts.employer = sum,
            Err(stop) => stops.push(stop),
        }
        amounts.people.insert(entry.code());
        amounts.wages += wage;
        amounts.employees += entry.slip.deducted(BuiltIn::EmploymentInsurance);
    }
    (all, stops)
}
