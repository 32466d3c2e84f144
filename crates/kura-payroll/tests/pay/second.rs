//! The second method: whole numbers alone, from the facts and the figures of the law pack. Nothing of the engine is used.

use kura_calendar::Date;
use kura_law::Column;
use kura_yen::Yen;

use crate::law::{day, law};

/// A number of parts: `of` parts are 1 yen.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    pub(crate) number: i128,
    pub(crate) of: i128,
}

pub(crate) fn parts(number: i64, of: i64) -> Parts {
    Parts { number: i128::from(number), of: i128::from(of) }
}

impl Parts {
    pub(crate) fn down(self) -> i64 {
        i64::try_from(self.number / self.of).unwrap()
    }

    pub(crate) fn up(self) -> i64 {
        i64::try_from((self.number + self.of - 1) / self.of).unwrap()
    }

    /// 四捨五入.
    pub(crate) fn half_up(self) -> i64 {
        i64::try_from((2 * self.number + self.of) / (2 * self.of)).unwrap()
    }

    /// 50銭以下切捨・50銭超切上.
    pub(crate) fn fifty_sen(self) -> i64 {
        i64::try_from((2 * self.number + self.of - 1) / (2 * self.of)).unwrap()
    }
}

fn health_e5(prefecture: &str, month: &str) -> i64 {
    let row = law().row("health_premium_rates", &[prefecture], first(month)).unwrap();
    row.integer("rate_e5").unwrap()
}

fn national_e5(code: &str, month: &str) -> i64 {
    law().row("national_premium_rates", &[code], first(month)).unwrap().integer("rate_e5").unwrap()
}

fn first(month: &str) -> Date {
    day(&format!("{month}-01"))
}

/// 健康保険料（介護・支援金込み）: the rates summed, halved, rounded once.
pub(crate) fn health(month: &str, prefecture: &str, care: bool, standard: i64) -> i64 {
    let care = if care { national_e5("care", month) } else { 0 };
    let rate = health_e5(prefecture, month) + care + national_e5("child_support_levy", month);
    parts(standard * rate, 200_000).fifty_sen()
}

/// 厚生年金保険料.
pub(crate) fn pension(month: &str, standard: i64) -> i64 {
    parts(standard * national_e5("pension", month), 200_000).fifty_sen()
}

/// 雇用保険料 of the employee.
pub(crate) fn employment(closing_date: &str, business: &str, wage: i64) -> i64 {
    let row = law().row("employment_insurance_rates", &[business], day(closing_date)).unwrap();
    parts(wage * row.integer("worker_rate_e5").unwrap(), 100_000).fifty_sen()
}

/// 源泉徴収税額 of the printed monthly table, 甲欄 with up to seven people.
pub(crate) fn kou(paid_on: &str, taxable: i64, dependents: usize) -> i64 {
    let hit = law().monthly_withholding(day(paid_on)).unwrap().tax(Column::Kou, Yen::new(taxable), dependents);
    hit.unwrap().unwrap().tax.get()
}

/// 乙欄 without a secondary declaration.
pub(crate) fn otsu(paid_on: &str, taxable: i64) -> i64 {
    let hit = law().monthly_withholding(day(paid_on)).unwrap().tax(Column::Otsu, Yen::new(taxable), 0);
    hit.unwrap().unwrap().tax.get()
}

/// 住民税 of a month of the year that begins in June: a twelfth below 100 yen dropped, June takes the rest.
pub(crate) fn inhabitant(annual: i64, is_june: bool) -> i64 {
    let twelfth = annual / 12 / 100 * 100;
    if is_june { annual - 11 * twelfth } else { twelfth }
}

/// The tax-free limit of a car by whole kilometres.
pub(crate) fn car_limit(paid_on: &str, km: i64) -> i64 {
    let rows = law().rows("commuting_limits", &["vehicle"], day(paid_on)).unwrap();
    let bands = rows.map(|row| {
        let first = row.integer_or_open("km_min_incl").unwrap().unwrap_or(0);
        (first, row.integer("monthly_limit_yen").unwrap())
    });
    bands.filter(|(first, _)| *first <= km).max_by_key(|(first, _)| *first).unwrap().1
}
