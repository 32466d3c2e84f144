use std::collections::HashMap;

use kura_calendar::Month;
use kura_insurance::{BillLines, EmployerBill, HealthParts, RoundingAgreement};
use kura_model::{ClientCode, Establishment, PayKind, PremiumNotice};
use kura_payroll::pay::{BuiltIn, LineKind, NotifiedPremium, PremiumDue};
use kura_yen::{Exact, Yen};

use super::payments::Payments;
use crate::client_month::{ClientMonth, PaidPerson};
use crate::known::Known;
use crate::person::PersonFacts;
use crate::premiums::{self, FullPremium};
use crate::stop::Stop;

/// 社会保険料 of one 事業所 and 保険料月: everybody who is insured in that month, whenever the premium is taken from pay.
pub(super) struct PremiumBill<'month, 'run> {
    pub(super) establishment: &'month Establishment,
    pub(super) month: Month,
    /// In the order of the book.
    pub(super) people: Vec<Insured<'month, 'run>>,
    /// 賞与 paid in the month: their premiums are billed with it.
    pub(super) bonuses: FullPremium,
    /// 社員番号 of people whose premium could not be computed: the bill lacks them.
    pub(super) unknown: Vec<&'month str>,
    /// 納入告知額, once it is typed in.
    pub(super) notice: Option<&'month PremiumNotice>,
}

/// One person in a bill.
pub(super) struct Insured<'month, 'run> {
    pub(super) facts: &'month PersonFacts<'run>,
    pub(super) due: PremiumDue,
    /// 健康保険料の本人負担 in its parts; a notified premium has none.
    pub(super) parts: Option<HealthParts<Yen>>,
    pub(super) health: Option<Yen>,
    pub(super) pension: Option<Yen>,
    pub(super) full: FullPremium,
    /// What the slips of this run took for the month.
    pub(super) taken: Option<Yen>,
    /// 二以上 whose 拠出金 is not known.
    pub(super) lacks_contribution: bool,
}

/// What this run's slips of a person carry of a premium month.
#[derive(Clone, Copy, Default)]
struct Taken {
    due: Option<PremiumDue>,
    amount: Option<Yen>,
}

/// The bills of the premium months whose premiums this month's pay carries.
pub(super) fn bills<'month, 'run>(
    month: &'month ClientMonth<'run>,
    payments: &Payments<'month>,
) -> Vec<PremiumBill<'month, 'run>> {
    let mut months: Vec<Month> = month.pay_groups().iter().map(|group| group.plan.clocks.premium_month).collect();
    months.sort_unstable();
    months.dedup();
    months.into_iter().flat_map(|premium_month| bills_of(month, payments, premium_month)).collect()
}

fn bills_of<'month, 'run>(
    month: &'month ClientMonth<'run>,
    payments: &Payments<'month>,
    premium_month: Month,
) -> Vec<PremiumBill<'month, 'run>> {
    let mut bills: Vec<PremiumBill<'month, 'run>> = Vec::new();
    let mut taken: HashMap<&str, Taken> = HashMap::new();
    for person in &month.paid {
        let due = person.asked.premiums.iter().find(|due| due.month == premium_month);
        let before = taken.entry(person.code()).or_default();
        before.due = before.due.or(due.copied());
        before.amount =
            [before.amount, taken_for(person, premium_month)].into_iter().flatten().reduce(|sum, more| sum + more);
    }
    for facts in &month.everybody {
        let code = facts.employee.employee_code.as_str();
        let Taken { due, amount } = taken.get(code).copied().unwrap_or_default();
        // What this pay carries was looked up for it; what an earlier or a later pay carries is looked up here.
        let due = due.map_or_else(|| premiums::of_month(facts, premium_month), |due| Ok(Some(due))).transpose();
        let Some(due) = due else { continue };
        let last_day = premiums::last_employed_day(facts, premium_month);
        let Ok(establishment) = last_day.and_then(|day| facts.establishment(day)) else { continue };
        let Some(bill) = of_establishment(&mut bills, month, establishment, premium_month) else { continue };
        match due.and_then(|due| insured(facts, due, amount)) {
            Ok(insured) => bill.people.push(insured),
            Err(_) => bill.unknown.push(code),
        }
    }
    for payment in payments.iter() {
        let row = payment.row;
        if row.kind != PayKind::Bonus || !premium_month.contains(row.paid_on) {
            continue;
        }
        let code = payment.terms_on(row.paid_on).and_then(|terms| terms.establishment_code.as_ref());
        let bill = bills.iter_mut().find(|bill| Some(&bill.establishment.establishment_code) == code);
        let full = |taken: Option<Yen>, employer: Option<Exact>| {
            taken.unwrap_or(Yen::ZERO).exact().plus(employer.unwrap_or(Exact::ZERO))
        };
        let premium = || {
            Ok::<_, Stop>(FullPremium {
                health: full(row.health_total, row.employer_health)?,
                pension: full(row.pension, row.employer_pension)?,
                child_contribution: row.employer_child_contribution.unwrap_or(Exact::ZERO),
            })
        };
        if let Some(bill) = bill {
            match premium().and_then(|premium| bill.bonuses.plus(premium)) {
                Ok(sum) => bill.bonuses = sum,
                Err(_) => bill.unknown.push(row.employee_code.as_str()),
            }
        }
    }
    bills
}

fn of_establishment<'bills, 'month, 'run>(
    bills: &'bills mut Vec<PremiumBill<'month, 'run>>,
    month: &'month ClientMonth<'_>,
    establishment: &'month Establishment,
    premium_month: Month,
) -> Option<&'bills mut PremiumBill<'month, 'run>> {
    let code = &establishment.establishment_code;
    let at = bills.iter().position(|bill| bill.establishment.establishment_code == *code).unwrap_or_else(|| {
        let notice = month.book.premium_notices.iter().find(|notice| {
            notice.client_code == month.client.client_code
                && notice.establishment_code == *code
                && notice.premium_month == premium_month
        });
        bills.push(PremiumBill {
            establishment,
            month: premium_month,
            people: Vec::new(),
            bonuses: FullPremium::ZERO,
            unknown: Vec::new(),
            notice: notice.map(|row| &row.facts),
        });
        bills.len().saturating_sub(1)
    });
    bills.get_mut(at)
}

fn insured<'month, 'run>(
    facts: &'month PersonFacts<'run>,
    due: PremiumDue,
    taken: Option<Yen>,
) -> Result<Insured<'month, 'run>, Stop> {
    let mut full = FullPremium::of(&due)?;
    let notified = |full: Option<Exact>, by: NotifiedPremium| {
        let share = |full: Exact| full.times(by.employee_share)?.round(RoundingAgreement::FiftySen.rounding());
        full.map(share).transpose()
    };
    let by = due.notified;
    let health =
        due.health.map(|(rates, standard)| rates.premium(standard, due.rounding, due.agreement)).transpose()?;
    let pension =
        due.pension.map(|(rates, standard)| rates.premium(standard, RoundingAgreement::FiftySen)).transpose()?;
    let notified_health = by.map(|by| notified(by.health, by)).transpose()?.flatten();
    let notified_pension = by.map(|by| notified(by.pension, by)).transpose()?.flatten();
    let mut lacks_contribution = false;
    if by.is_some() {
        let contribution = premiums::standard(facts, due.month)?.notified_child_contribution;
        lacks_contribution = contribution.is_none();
        full.child_contribution = contribution.unwrap_or(Exact::ZERO);
    }
    Ok(Insured {
        facts,
        due,
        parts: health.filter(|_| notified_health.is_none()).map(|premium| premium.lines),
        health: notified_health.or(health.map(|premium| premium.employee)),
        pension: notified_pension.or(pension.map(|premium| premium.employee)),
        full,
        taken,
        lacks_contribution,
    })
}

/// Health and pension premiums of a month on a slip.
fn taken_for(person: &PaidPerson<'_>, premium_month: Month) -> Option<Yen> {
    let lines = person.slip.deductions.iter().filter(|line| {
        let premium = matches!(line.kind, LineKind::BuiltIn(BuiltIn::HealthInsurance | BuiltIn::EmployeesPension));
        premium && line.month == Some(premium_month)
    });
    lines.map(|line| line.amount).reduce(|sum, amount| sum + amount)
}

impl PremiumBill<'_, '_> {
    /// What we expect to be billed: the fraction of each sum dropped.
    pub(super) fn lines(&self) -> Result<BillLines, Stop> {
        self.lines_with(FullPremium::ZERO)
    }

    /// The bill as it would be with something added to it.
    pub(super) fn lines_with(&self, added: FullPremium) -> Result<BillLines, Stop> {
        let people = self.people.iter().map(|person| person.full);
        let mut bill = EmployerBill::EMPTY;
        for premium in people.chain([self.bonuses, added]) {
            bill.add(premium.health, premium.pension, premium.child_contribution)?;
        }
        Ok(bill.lines()?)
    }

    /// 健康保険 by its insurer, where that is not 協会けんぽ.
    pub(super) fn health_words(&self, known: &Known, client: &ClientCode) -> String {
        let insurer = self.establishment.insurer_code.as_ref();
        let rates = insurer.and_then(|code| known.insurer_rates.get(&(client.clone(), code.clone())));
        let name = rates.and_then(|rates| rates.on(self.month.last_day())).and_then(|rate| rate.insurer_name.as_ref());
        name.map_or_else(|| "健康保険".to_owned(), |name| format!("健康保険（{}に納付）", name.as_str()))
    }

    /// Code and name of the 事業所.
    pub(super) fn establishment_words(&self) -> String {
        let name = self.establishment.establishment_name.as_ref().map_or("", |name| name.as_str());
        format!("{} {name}", self.establishment.establishment_code)
    }
}

impl Insured<'_, '_> {
    /// 事業主負担: the full premiums less the share of the person, and all of 拠出金.
    pub(super) fn employer(&self) -> Result<FullPremium, Stop> {
        let share = |share: Option<Yen>| share.unwrap_or(Yen::ZERO).exact();
        self.full.minus(FullPremium {
            health: share(self.health),
            pension: share(self.pension),
            child_contribution: Exact::ZERO,
        })
    }
}
