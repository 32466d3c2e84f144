use kura_law::Cited;
use kura_model::{ItemTaxClass, RemunerationClass};
use kura_yen::{Exact, Rounding, Yen};

use super::PayError;
use super::slip::Line;
use super::trace::{Input, Reason, Total, Trace};
use super::work::{Work, unknown};
use crate::tax::{CommutingLimit, CommutingLimits};

/// 非課税 of a payment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TaxFree {
    pub(super) total: Yen,
    /// 通勤手当 above its limit.
    pub(super) taxable_commuting: Yen,
}

/// The sums of one payment by 課税区分.
#[derive(Default)]
struct Sums {
    tax_free: Yen,
    /// 通勤手当 of the month itself.
    commuting: Yen,
    commuting_for_months: bool,
    commuting_of_earlier_months: bool,
    night_duty: Yen,
    meals_in_money: Yen,
    meals_in_kind: Yen,
}

impl Work<'_> {
    /// 非課税, and the taxed part of 通勤手当: all commuting lines together against one limit.
    pub(super) fn tax_free<T: Trace>(&self, pay: &[Line], trace: &mut T) -> Result<TaxFree, PayError> {
        let sums = self.sums(pay);
        let mut free = TaxFree { total: sums.tax_free, taxable_commuting: Yen::ZERO };
        if sums.commuting != Yen::ZERO || sums.commuting_for_months {
            self.commuting_of_month(pay, sums.commuting, &mut free, trace)?;
        }
        if sums.commuting_of_earlier_months {
            self.commuting_of_earlier_months(&mut free, trace)?;
        }
        free.total += self.night_duty(sums.night_duty, trace)?;
        free.total += self.meals_in_money(sums.meals_in_money, trace)?;
        free.total += self.meals_in_kind(sums.meals_in_kind, trace)?;
        Ok(free)
    }

    fn sums(&self, pay: &[Line]) -> Sums {
        let mut sums = Sums::default();
        for line in pay {
            let class = self.class(line.kind);
            match class.tax {
                ItemTaxClass::Taxable => {}
                ItemTaxClass::TaxFree => sums.tax_free += line.amount,
                ItemTaxClass::CommutingPublicTransport | ItemTaxClass::CommutingVehicle => {
                    if self.of_earlier_month(line) {
                        sums.commuting_of_earlier_months = true;
                    } else if class.pay_every_months > 1 {
                        sums.commuting_for_months = true;
                    } else {
                        sums.commuting += line.amount;
                    }
                }
                ItemTaxClass::NightDuty => sums.night_duty += line.amount,
                ItemTaxClass::Meal if class.remuneration == RemunerationClass::InKind => {
                    sums.meals_in_kind += line.amount;
                }
                ItemTaxClass::Meal => sums.meals_in_money += line.amount,
            }
        }
        sums
    }

    fn of_earlier_month(&self, line: &Line) -> bool {
        line.month.is_some_and(|month| month != self.plan.clocks.payment_month)
    }

    /// The month's allowance against the month's limit; a payment for n months against n limits, after what else uses them.
    fn commuting_of_month<T: Trace>(
        &self,
        pay: &[Line],
        of_month: Yen,
        free: &mut TaxFree,
        trace: &mut T,
    ) -> Result<(), PayError> {
        let limit = self.commuting_limit(&self.plan.figures.commuting)?;
        let mut used = self.running_passes()?;
        let mut taxed = above(limit.yen, used, of_month.exact(), 1)?;
        used = used.plus(of_month.exact())?;
        let mut all = of_month;
        for line in pay {
            let class = self.class(line.kind);
            if !class.is_commuting() || class.pay_every_months <= 1 || self.of_earlier_month(line) {
                continue;
            }
            taxed += above(limit.yen, used, line.amount.exact(), class.pay_every_months)?;
            used = used.plus(line.amount.exact().divided_by_integer(class.pay_every_months.into())?)?;
            all += line.amount;
        }
        free.taxable_commuting += taxed;
        free.total += all - taxed;
        trace.total(Total::Commuting, || Reason {
            inputs: vec![("通勤手当", all.into()), ("1か月の非課税限度額", limit.yen.into()), ("課税分", taxed.into())],
            exact: Some((all - taxed).exact()),
            citations: limit.citations().collect(),
            ..Reason::default()
        });
        Ok(())
    }

    /// A difference of an earlier month is measured by that month's limit and by what was already paid for it; of a pass for n
    /// months by n such limits.
    fn commuting_of_earlier_months<T: Trace>(&self, free: &mut TaxFree, trace: &mut T) -> Result<(), PayError> {
        for variable in &self.person.variable {
            let Some(month) = variable.for_month.filter(|month| *month != self.plan.clocks.payment_month) else {
                continue;
            };
            let Some(item) = self.plan.items.get(variable.item).filter(|item| item.class.is_commuting()) else {
                continue;
            };
            let months = item.class.pay_every_months.max(1);
            let paid = variable.already_paid.ok_or_else(|| unknown("対象月に支払済みの通勤手当"))?;
            let limit = self.commuting_limit(&CommutingLimits::on(self.plan.law, month.last_day()))?;
            let used = paid.exact().divided_by_integer(months.into())?;
            let taxed = above(limit.yen, used, variable.amount.exact(), months)?;
            free.taxable_commuting += taxed;
            free.total += variable.amount - taxed;
            trace.total(Total::Commuting, || Reason {
                inputs: vec![
                    ("対象月", Input::Text(month.to_string())),
                    ("支払済みの通勤手当", paid.into()),
                    ("差額", variable.amount.into()),
                    ("1か月の非課税限度額", limit.yen.into()),
                ],
                exact: Some((variable.amount - taxed).exact()),
                citations: limit.citations().collect(),
                ..Reason::default()
            });
        }
        Ok(())
    }

    fn commuting_limit(&self, limits: &CommutingLimits<'_>) -> Result<CommutingLimit, PayError> {
        let route = self.person.commuting.as_ref().ok_or_else(|| unknown("通勤の手段と距離"))?;
        Ok(limits.limit(route)?)
    }

    /// What passes of earlier months use up of the month's limit.
    fn running_passes(&self) -> Result<Exact, PayError> {
        let mut used = Exact::ZERO;
        for running in &self.person.running {
            let Some(item) = self.plan.items.get(running.item).filter(|item| item.class.is_commuting()) else {
                continue;
            };
            let months = item.class.pay_every_months.max(1);
            used = used.plus(running.amount.exact().divided_by_integer(months.into())?)?;
        }
        Ok(used)
    }

    /// 宿日直料 (所得税基本通達28-1): up to a sum a time.
    fn night_duty<T: Trace>(&self, paid: Yen, trace: &mut T) -> Result<Yen, PayError> {
        if paid == Yen::ZERO {
            return Ok(Yen::ZERO);
        }
        let times = self.person.attendance.duty_count.ok_or_else(|| unknown("宿日直の回数"))?;
        let per_time = self.plan.figures.tax_free.night_duty.clone()?;
        let free = paid.min(multiplied(per_time, times));
        trace.total(Total::NightDuty, || by_times(paid, times, per_time, free));
        Ok(free)
    }

    /// 夜食代 in money: free while one time is within the limit, else taxed in full (昭59直法6-5).
    fn meals_in_money<T: Trace>(&self, paid: Yen, trace: &mut T) -> Result<Yen, PayError> {
        if paid == Yen::ZERO {
            return Ok(Yen::ZERO);
        }
        let times = self.person.attendance.night_shift_count.ok_or_else(|| unknown("夜勤の回数"))?;
        let per_time = self.plan.figures.tax_free.night_meal.clone()?;
        let free = if paid <= multiplied(per_time, times) { paid } else { Yen::ZERO };
        trace.total(Total::Meals, || by_times(paid, times, per_time, free));
        Ok(free)
    }

    /// 食事 in kind: free when the person bears half of its value and the rest is within the month's limit (36-38の2); else that
    /// rest is taxed, whatever the meals count as for insurance.
    fn meals_in_kind<T: Trace>(&self, given: Yen, trace: &mut T) -> Result<Yen, PayError> {
        if given == Yen::ZERO {
            return Ok(Yen::ZERO);
        }
        let meals = self.person.meals.ok_or_else(|| unknown("食事の価額と本人の負担額"))?;
        let limit = self.plan.figures.tax_free.meals_month.clone()?;
        let of_employer = meals.value - meals.borne_by_employee;
        let half_borne = meals.borne_by_employee + meals.borne_by_employee >= meals.value;
        let free = if half_borne && of_employer <= limit.value { given } else { given - of_employer };
        trace.total(Total::Meals, || Reason {
            inputs: vec![
                ("食事の価額", meals.value.into()),
                ("本人の負担額", meals.borne_by_employee.into()),
                ("会社負担の限度額", limit.value.into()),
            ],
            exact: Some(free.exact()),
            citations: vec![limit.citation],
            ..Reason::default()
        });
        Ok(free)
    }
}

/// What an amount for n months adds to the part above n limits, when `used` of each month's limit is already taken. A refund
/// gives back what was above first.
fn above(limit: Yen, used: Exact, amount: Exact, months: u8) -> Result<Yen, PayError> {
    let over = used.minus(limit.exact())?.times_integer(months.into())?;
    let before = over.max(Exact::ZERO);
    let after = over.plus(amount)?.max(Exact::ZERO);
    Ok(after.minus(before)?.round(Rounding::Down)?)
}

fn multiplied(per_time: Cited<Yen>, times: i64) -> Yen {
    Yen::new(per_time.value.get().saturating_mul(times))
}

fn by_times(paid: Yen, times: i64, per_time: Cited<Yen>, free: Yen) -> Reason {
    Reason {
        inputs: vec![
            ("支給額", paid.into()),
            ("回数", Exact::whole(times).into()),
            ("1回の限度額", per_time.value.into()),
        ],
        exact: Some(free.exact()),
        citations: vec![per_time.citation],
        ..Reason::default()
    }
}
