use std::collections::BTreeSet;

use kura_calendar::{Date, Month};
use kura_insurance::decisions::{BaseFigures, ClosingDay, PayPeriod, WageFigures};
use kura_model::{
    AverageWageBase, DayOfMonth, FixedWage, ItemCode, ItemKind, ItemSource, Minutes, MonthOffset, PayGroup, PayHistory,
    PayItem, PayKind, PayLine, PayType, Row,
};
use kura_payroll::pay::BuiltIn;
use kura_yen::{Exact, Rounding, Yen};

use crate::client_month::ClientMonth;
use crate::filings::person::Person;
use crate::stop::Stop;

/// The pay of a leaver by the periods it was earned in.
pub(super) struct Wages<'a> {
    person: &'a Person<'a>,
    group: &'a PayGroup,
    closing_day: DayOfMonth,
    pay_type: PayType,
    separated_on: Date,
    payments: Vec<Payment<'a>>,
}

/// One slip: of 給与履歴, or of this run.
struct Payment<'a> {
    history: &'a PayHistory,
    /// Empty where only the totals were typed.
    lines: Vec<(ItemCode, Yen)>,
}

impl<'a> Wages<'a> {
    pub(super) fn of(
        month: &'a ClientMonth<'_>,
        person: &'a Person<'a>,
        separated_on: Date,
        lines: &[&Row<PayLine>],
    ) -> Result<Self, Stop> {
        let terms = person.terms_on(separated_on)?;
        let unknown = |column| Stop::unknown("雇用条件", None, column);
        let code = terms.pay_group_code.clone().ok_or_else(|| unknown("給与体系コード"))?;
        let history = person.known.pay_groups.get(&(person.employee.client_code.clone(), code));
        let group = history.and_then(|history| history.on(separated_on));
        let group = group.ok_or_else(|| Stop::unknown("給与規程", None, "給与体系コード"))?;
        let mut payments: Vec<Payment<'a>> = Vec::new();
        for row in person.rows.history.iter().filter(|row| row.kind == PayKind::Pay) {
            let of_day = lines.iter().filter(|line| line.paid_on == row.paid_on);
            let lines = of_day.filter_map(|line| Some((line.item_code.clone(), line.amount?)));
            payments.push(Payment { history: &row.facts, lines: lines.collect() });
        }
        for paid in month.paid.iter().filter(|paid| paid.code() == person.code().as_str()) {
            let lines = paid.pay_lines();
            let lines = lines.into_iter().filter_map(|line| Some((line.item_code.clone(), line.amount?)));
            payments.push(Payment { history: &paid.history, lines: lines.collect() });
        }
        Ok(Self {
            person,
            group,
            closing_day: group.closing_day.ok_or_else(|| Stop::unknown("給与規程", None, "締日"))?,
            pay_type: terms.pay_type.ok_or_else(|| unknown("給与形態"))?,
            separated_on,
            payments,
        })
    }

    /// 締日.
    pub(super) fn closing(&self) -> ClosingDay {
        match self.closing_day {
            DayOfMonth::Day(day) => ClosingDay::Day(day),
            DayOfMonth::Last => ClosingDay::MonthEnd,
        }
    }

    /// ⑪ and ⑫ of a 賃金支払対象期間; `None` where a slip that belongs to it is not there yet or never was.
    pub(super) fn wage(&self, period: PayPeriod) -> Option<WageFigures> {
        let closed_on = self.closed_on(period.to);
        let fixed = self.payment(closed_on)?;
        let base = self.days_of_wage_period(period, closed_on)?;
        if fixed.lines.is_empty() {
            let total = fixed.history.accident_wage.or(fixed.history.employment_wage)?;
            return Some(self.figures(base, total, self.is_monthly()));
        }
        let variable = if self.pays_variable_later() { self.next_payment(closed_on)? } else { fixed };
        let (mut monthly, mut by_day_or_hour) = (Yen::ZERO, Yen::ZERO);
        let mut add = |code: &ItemCode, amount: Yen| {
            if self.is_monthly() || self.item(code, closed_on).is_some_and(is_by_month) {
                monthly += amount;
            } else {
                by_day_or_hour += amount;
            }
        };
        for (code, amount) in fixed.lines.iter().filter(|(code, _)| self.is_wage(code, closed_on)) {
            let is_variable = self.is_variable(code, closed_on);
            if !is_variable && self.every_months(code, closed_on) <= 1 {
                add(code, *amount);
            }
        }
        for (code, amount) in variable.lines.iter().filter(|(code, _)| self.is_wage(code, closed_on)) {
            if self.is_variable(code, closed_on) {
                add(code, *amount);
            }
        }
        for (code, amount) in self.parts_of_longer_payments(closed_on) {
            add(&code, amount);
        }
        Some(WageFigures { base, monthly, by_day_or_hour })
    }

    /// ⑨ of any period. One that is no 賃金支払対象期間 has days that can be known only of monthly pay without an absence.
    pub(super) fn base(&self, period: PayPeriod) -> Option<BaseFigures> {
        let closed_on = self.closed_on(period.to);
        let is_wage_period = period.to == closed_on || period.to == self.separated_on && self.starts_at_closing(period);
        if is_wage_period && self.starts_at_closing(period) {
            return self.days_of_wage_period(period, closed_on);
        }
        if !self.is_monthly() {
            return None;
        }
        let mut to = closed_on;
        loop {
            let from = self.first_day(to);
            let part = PayPeriod { from: from.max(self.employed_from()), to: to.min(self.separated_on) };
            if part.to < period.from {
                break;
            }
            if part.from <= part.to && i64::from(self.days_of_wage_period(part, to)?.days) != length(part) {
                return None;
            }
            if from <= period.from {
                break;
            }
            to = from.yesterday().ok()?;
        }
        Some(BaseFigures { days: u8::try_from(length(period)).ok()?, minutes: None })
    }

    /// True where only the total of the slip is known, and part of it may have been earned in the period before.
    pub(super) fn is_typed(&self, period: PayPeriod) -> bool {
        let payment = self.payment(self.closed_on(period.to));
        self.pays_variable_later() && payment.is_some_and(|payment| payment.lines.is_empty())
    }

    /// 基礎日数 of a 賃金支払対象期間. Absences of a group that pays them later stand in the slip after it.
    fn days_of_wage_period(&self, period: PayPeriod, closed_on: Date) -> Option<BaseFigures> {
        let fixed = self.payment(closed_on)?;
        let days = |payment: &Payment<'_>| payment.history.employment_base_days.or(payment.history.payment_base_days);
        if !self.is_monthly() {
            let minutes = [fixed.history.hours, fixed.history.overtime, fixed.history.statutory_holiday];
            let known = fixed.history.hours.is_some();
            let minutes = minutes.into_iter().flatten().fold(Minutes::ZERO, Minutes::plus).get();
            let minutes = u32::try_from(minutes).ok().filter(|_| known);
            return Some(BaseFigures { days: whole(days(fixed)?)?, minutes });
        }
        if !self.pays_variable_later() || fixed.lines.is_empty() {
            return Some(BaseFigures { days: whole(days(fixed)?)?, minutes: None });
        }
        let next = self.next_payment(closed_on)?;
        let absent = next.lines.iter().any(|(code, _)| code.as_str() == BuiltIn::Absence.code());
        let days = if absent { whole(days(next)?)? } else { u8::try_from(length(period)).ok()? };
        Some(BaseFigures { days, minutes: None })
    }

    fn figures(&self, base: BaseFigures, total: Yen, monthly: bool) -> WageFigures {
        let (monthly, by_day_or_hour) = if monthly { (total, Yen::ZERO) } else { (Yen::ZERO, total) };
        WageFigures { base, monthly, by_day_or_hour }
    }

    /// 月給 and what is like it: everything is 賃金額Ａ.
    fn is_monthly(&self) -> bool {
        matches!(
            self.pay_type,
            PayType::Monthly | PayType::DailyMonthly | PayType::Annual | PayType::OfficerRemuneration
        )
    }

    fn pays_variable_later(&self) -> bool {
        self.group.variable_period_offset == Some(MonthOffset::PreviousMonth)
    }

    /// The slip whose base pay is of the period that closes on a day.
    fn payment(&self, closed_on: Date) -> Option<&Payment<'a>> {
        self.payments.iter().find(|payment| payment.history.period_to == Some(closed_on))
    }

    fn next_payment(&self, closed_on: Date) -> Option<&Payment<'a>> {
        self.payment(self.closed_on(closed_on.tomorrow().ok()?))
    }

    /// The closing date of the period a day lies in.
    fn closed_on(&self, day: Date) -> Date {
        let month = Month::of(day);
        let closed_on = self.closing_day.in_month(month);
        if closed_on < day { self.closing_day.in_month(month.next()) } else { closed_on }
    }

    /// The first day of the period that closes on a day.
    fn first_day(&self, closed_on: Date) -> Date {
        let closed_before = self.closing_day.in_month(Month::of(closed_on).previous());
        closed_before.tomorrow().unwrap_or(closed_on)
    }

    fn starts_at_closing(&self, period: PayPeriod) -> bool {
        self.first_day(self.closed_on(period.to)).max(self.employed_from()) == period.from
    }

    fn employed_from(&self) -> Date {
        self.person.employee.hired_on.unwrap_or(kura_calendar::FIRST_DAY)
    }

    /// The item of a line; `None` for the built-in ones.
    fn item(&self, code: &ItemCode, on: Date) -> Option<&'a PayItem> {
        let client = &self.person.employee.client_code;
        let of_group = (client.clone(), code.clone(), Some(self.group.pay_group_code.clone()));
        let of_all = (client.clone(), code.clone(), None);
        let items = &self.person.known.pay_items;
        items.get(&of_group).or_else(|| items.get(&of_all)).and_then(|history| history.on(on))
    }

    /// 労働保険の賃金 that is paid every month: no 臨時の賃金, nothing of more than three months, no deduction.
    fn is_wage(&self, code: &ItemCode, on: Date) -> bool {
        match self.item(code, on) {
            Some(item) => {
                let regular = item.average_wage_base.is_none_or(|base| base == AverageWageBase::Included);
                item.item_kind == Some(ItemKind::Earning) && item.labor_wage && regular
            }
            None => wage_lines().contains(code.as_str()),
        }
    }

    /// What is earned by the attendance of the variable period.
    fn is_variable(&self, code: &ItemCode, on: Date) -> bool {
        self.item(code, on).is_none_or(|item| {
            item.source == Some(ItemSource::AttendanceBased) || item.fixed_wage == Some(FixedWage::NotFixed)
        })
    }

    fn every_months(&self, code: &ItemCode, on: Date) -> i64 {
        self.item(code, on).and_then(|item| item.pay_every_months).unwrap_or(1)
    }

    /// 数か月分をまとめて払う賃金（定期券など）: one n-th in each of its months, the rest in the last.
    fn parts_of_longer_payments(&self, closed_on: Date) -> Vec<(ItemCode, Yen)> {
        let mut parts = Vec::new();
        for payment in &self.payments {
            let Some(paid_for) = payment.history.period_to else { continue };
            let since = i64::from(Month::of(closed_on).months_since(Month::of(paid_for)));
            for (code, amount) in payment.lines.iter().filter(|(code, _)| self.is_wage(code, paid_for)) {
                let months = self.every_months(code, paid_for);
                if months <= 1 || since < 0 || since >= months {
                    continue;
                }
                let part = Yen::new(amount.get().div_euclid(months));
                let rest = Yen::new(amount.get().rem_euclid(months));
                let is_last = since.saturating_add(1) == months;
                parts.push((code.clone(), if is_last { part + rest } else { part }));
            }
        }
        parts
    }
}

/// An amount by the month beside pay by the day or the hour: 賃金額Ａ.
fn is_by_month(item: &PayItem) -> bool {
    item.source == Some(ItemSource::FixedPay) && item.fixed_wage == Some(FixedWage::Fixed)
}

/// The built-in lines that are wages of the month.
fn wage_lines() -> BTreeSet<&'static str> {
    let not_monthly = [BuiltIn::Bonus, BuiltIn::BonusInKind, BuiltIn::ProvisionalPay];
    let lines = BuiltIn::ALL.into_iter().filter(|line| !line.is_deduction() && !not_monthly.contains(line));
    lines.map(BuiltIn::code).collect()
}

fn whole(days: Exact) -> Option<u8> {
    u8::try_from(days.round(Rounding::Down).ok()?.get()).ok()
}

/// Calendar days, both ends included.
fn length(period: PayPeriod) -> i64 {
    kura_payroll::clocks::Period { from: period.from, to: period.to }.calendar_days()
}
