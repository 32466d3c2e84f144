use kura_calendar::{Date, Month};
use kura_model::{
    AccountPurpose, AccountType, BankAccount, Change, ChangeReason, Code, CommutingChange, CommutingMeans, FiscalYear,
    FixedPayChange, InhabitantTaxAtLeaving, InhabitantTaxMethod, InhabitantTaxNotice, ItemCode, MonthsOfYear,
    NoticeKind, TransferMethod,
};
use kura_yen::{Exact, Yen};

use crate::person::Person;

impl Person {
    /// 固定支給 from the day of hire.
    pub(crate) fn fixed(self, item: &str, amount: i64) -> Self {
        let hired_on = self.hired_on();
        self.fixed_from(item, hired_on, ChangeReason::Hired, amount)
    }

    pub(crate) fn fixed_from(mut self, item: &str, from: Date, reason: ChangeReason, amount: i64) -> Self {
        let mut row = FixedPayChange::new(self.client.clone(), self.code.clone(), ItemCode::from(item), from);
        row.amount = Yen::new(amount).into();
        row.change_reason = reason.into();
        self.fixed.push(row);
        self
    }

    /// 係数 of an item that formulas name.
    pub(crate) fn factor(mut self, item: &str, factor: i64) -> Self {
        let from = self.hired_on();
        let mut row = FixedPayChange::new(self.client.clone(), self.code.clone(), ItemCode::from(item), from);
        row.factor = Exact::whole(factor).into();
        row.change_reason = ChangeReason::Hired.into();
        self.fixed.push(row);
        self
    }

    /// A leg of the way to work.
    pub(crate) fn commutes(mut self, means: CommutingMeans, set: impl FnOnce(&mut CommutingChange)) -> Self {
        let mut row = CommutingChange::new(self.client.clone(), self.code.clone(), self.hired_on());
        row.leg = Some("1".into());
        row.means = means.into();
        set(&mut row);
        self.commuting.push(row);
        self
    }

    /// 交通機関 at a fare a month, paid by an item of 固定支給.
    pub(crate) fn by_public_transport(self, item: &str, monthly: i64) -> Self {
        let person =
            self.commutes(CommutingMeans::PublicTransport, |leg| leg.monthly_amount = Yen::new(monthly).into());
        person.fixed(item, monthly)
    }

    /// 交通機関 at a fare a day worked.
    pub(crate) fn by_public_transport_daily(self, daily: i64) -> Self {
        self.commutes(CommutingMeans::PublicTransport, |leg| leg.daily_amount = Yen::new(daily).into())
    }

    /// A pass for six months, bought in April and October.
    pub(crate) fn by_pass(self, item: &str, amount: i64) -> Self {
        let person = self.commutes(CommutingMeans::PublicTransport, |leg| {
            leg.pass_months = 6.into();
            leg.pass_amount = Yen::new(amount).into();
            leg.pass_bought_in = MonthsOfYear::parse("4,10").map_or(Change::Unchanged, Change::To);
        });
        person.fixed(item, amount)
    }

    /// A vehicle at so many kilometres, paid by an item of 固定支給.
    pub(crate) fn by_vehicle(self, means: CommutingMeans, distance: Exact, item: &str, monthly: i64) -> Self {
        let person = self.commutes(means, |leg| {
            leg.distance_km = distance.into();
            leg.monthly_amount = Yen::new(monthly).into();
        });
        person.fixed(item, monthly)
    }

    /// A car at so many kilometres, paid by a formula.
    pub(crate) fn by_car(self, kilometres: i64) -> Self {
        self.commutes(CommutingMeans::Car, |leg| leg.distance_km = Exact::whole(kilometres).into())
    }

    /// 住民税 of a year, the same amount in the years before: each month a twelfth down to 100 yen, June the rest.
    pub(crate) fn inhabitant_tax(mut self, annual: i64) -> Self {
        self.terms.inhabitant_tax_method = InhabitantTaxMethod::Special.into();
        for year in (self.place.first_notice_year..=2026).rev() {
            let notice = self.notice(year, annual);
            self.notices.push(notice);
        }
        self
    }

    fn notice(&self, year: i16, annual: i64) -> InhabitantTaxNotice {
        let fiscal_year = FiscalYear::beginning_in(year);
        let mut notice = InhabitantTaxNotice::new(self.client.clone(), self.code.clone(), fiscal_year);
        notice.municipality_code = Some(self.place.municipality.into());
        notice.municipality_name = Some(self.place.municipality_name.into());
        notice.municipal_designated_number = Some(self.place.designated_number.into());
        notice.addressee_number = Some(self.place.addressee_number(self.number));
        notice.notice_kind = Some(NoticeKind::Decision);
        notice.annual = Some(Yen::new(annual));
        let monthly = Yen::new(annual / 12).floor_to(100);
        notice.m06 = Some(Yen::new(annual - 11 * monthly.get()));
        for month in [
            &mut notice.m07,
            &mut notice.m08,
            &mut notice.m09,
            &mut notice.m10,
            &mut notice.m11,
            &mut notice.m12,
            &mut notice.m01,
            &mut notice.m02,
            &mut notice.m03,
            &mut notice.m04,
            &mut notice.m05,
        ] {
            *month = Some(monthly);
        }
        notice
    }

    /// What becomes of 住民税 at leaving, and the month of the last pay that bears it: said of the newest notice.
    pub(crate) fn inhabitant_tax_at_leaving(mut self, treatment: InhabitantTaxAtLeaving, last_month: Month) -> Self {
        if let Some(notice) = self.notices.first_mut() {
            notice.at_leaving = Some(treatment);
            notice.last_month = Some(last_month);
        }
        self
    }

    /// 普通徴収 of those who left before the new year of 住民税: no notice of R8, nothing withheld from the last day on.
    pub(crate) fn ordinary_collection_from(self, last_day: Date, last_month: Month) -> Self {
        let newest = FiscalYear::beginning_in(2026);
        let mut person = self.changes_from(last_day, ChangeReason::Correction, |terms| {
            terms.inhabitant_tax_method = InhabitantTaxMethod::OrdinaryF.into();
        });
        person.notices.retain(|notice| notice.fiscal_year != newest);
        person.inhabitant_tax_at_leaving(InhabitantTaxAtLeaving::ToOrdinaryCollection, last_month)
    }

    /// The account of pay and bonus, all of it by transfer.
    pub(crate) fn account(&self) -> BankAccount {
        let mut account = bank_account(&self.client, AccountPurpose::Both);
        account.employee_code = Some(self.code.clone());
        account.account_number = Some(self.place.account_number(self.number));
        let kana = |part: &Option<kura_model::Kana>| part.as_ref().map_or("", |kana| kana.as_str()).to_owned();
        let holder = format!("{}　{}", kana(&self.employee.family_kana), kana(&self.employee.given_kana));
        account.holder_kana = Some(holder.as_str().into());
        account.method = Some(TransferMethod::Whole);
        account.consent_on = Some(self.hired_on());
        account
    }
}

/// An account with 架空銀行 (9990, a code no bank has).
pub(crate) fn bank_account(client: &kura_model::ClientCode, purpose: AccountPurpose) -> BankAccount {
    let mut account = BankAccount::new(client.clone());
    account.purpose = Some(purpose);
    account.rank = Some(1);
    account.bank_code = Some(Code::from("9990"));
    account.bank_name = Some("架空銀行".into());
    account.bank_kana = Some("カクウ".into());
    account.branch_code = Some(Code::from("001"));
    account.branch_name = Some("本店".into());
    account.branch_kana = Some("ホンテン".into());
    account.account_type = Some(AccountType::Ordinary);
    account
}
