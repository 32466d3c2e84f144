//! 平均賃金 of a person from 給与履歴 and 明細履歴, and what is paid by it: 休業手当 and days of 有給.
//!
//! 勤怠 says how many days there were, not which. Every day of a wage period looks back over the same three periods, so the
//! days do not matter; where they do, the person stops and the question is named.

use kura_calendar::{Date, Month};
use kura_model::{
    AgreementKind, Attendance, DayOfMonth, Days, FixedWage, ItemCode, ItemKind, ItemSource, Leave, LeaveKind,
    MonthOffset, PaidLeaveWageMethod, PayHistory, PayItem, PayKind, PayLine, PayTreatment, PayType, RemunerationClass,
    Row, SettlementState,
};
use kura_payroll::clocks::{ClosingDay, Period};
use kura_payroll::pay::{BuiltIn, PaidLeavePay, Suspension};
use kura_payroll::wages::{
    AverageWage, AverageWageBasis, AverageWageError, AverageWageEvent, ExcludedPeriod, ExclusionReason,
    PaidLeavePayError, PaidLeavePayFacts, PeriodWages, SuspensionDay, SuspensionError, Wage, WageForm, average_wage,
    paid_leave_pay, suspension_allowance,
};
use kura_yen::{Exact, Yen};

use crate::needed::Needed;
use crate::pay_group;
use crate::person::PersonFacts;
use crate::premiums;
use crate::stop::Stop;

const ATTENDANCE: &str = "勤怠";
const HISTORY: &str = "給与履歴";

impl PersonFacts<'_> {
    /// 会社都合の休業 of a row of 勤怠 with its 休業手当.
    pub(crate) fn suspension(&self, row: &Row<Attendance>, period: Period) -> Result<Option<Suspension>, Stop> {
        let Some(days) = row.suspension_days.filter(|days| *days != Days::ZERO) else { return Ok(None) };
        let days = days.exact()?;
        let working_days = self.working_days(period, days).ok_or_else(|| {
            let sentence = "会社都合の休業日数に、1日に満たない休業があるか、期間の所定日より多い日数があります。";
            let remedy =
                "全日の休業の日数だけを書いてください。一部休業の差額（労基法26条）は変動支給に記入してください。";
            at(row, "会社都合の休業日数", "suspension_days", sentence, remedy)
        })?;
        let first_day = row.suspension_from.map_or(Ok(period), |day| {
            if day <= period.to {
                return Ok(Period { from: day, to: day });
            }
            let sentence = "会社都合の休業の初日が、この勤怠の期間より後です。";
            Err(at(row, "会社都合の休業の初日", "suspension_from", sentence, "休業の最初の日に直してください。"))
        })?;
        let average = self.average_wage(AverageWageEvent::Suspension, first_day)?;
        let days_of =
            working_days.into_iter().map(|date| SuspensionDay { date, working_day: true, wages_earned: Yen::ZERO });
        let allowance = suspension_allowance(self.law, average.daily, &days_of.collect::<Vec<_>>())?;
        Ok(Some(Suspension { days, allowance: Some(allowance.total) }))
    }

    /// As many working days of the period as there were days of suspension: each has the same allowance.
    fn working_days(&self, period: Period, count: Exact) -> Option<Vec<Date>> {
        let count = count.is_whole().then(|| count.round(kura_yen::Rounding::Down).ok()).flatten()?.get();
        let mut days = Vec::new();
        let mut day = period.from;
        while day <= period.to && i64::try_from(days.len()).is_ok_and(|found| found < count) {
            if self.schedule.scheduled_days(Period { from: day, to: day }) == Ok(1) {
                days.push(day);
            }
            day = day.tomorrow().ok()?;
        }
        i64::try_from(days.len()).is_ok_and(|found| found == count).then_some(days)
    }

    /// 有給1日の賃金 where 給与規程 does not pay 通常の賃金 (労基法39条9項); `None` where no such day is paid.
    pub(crate) fn paid_leave_day(
        &self,
        row: &Row<Attendance>,
        period: Period,
        pay_type: PayType,
    ) -> Result<Option<PaidLeavePay>, Stop> {
        let by_work = matches!(pay_type, PayType::Hourly | PayType::Daily | PayType::Commission);
        let is_taken = row.paid_leave_days.is_some_and(|days| days != Days::ZERO)
            || row.paid_leave_hours.is_some_and(|hours| hours.get() != 0);
        if !by_work || !is_taken {
            return Ok(None);
        }
        let facts = match self.group.plan.rules.paid_leave_wage_method {
            PaidLeaveWageMethod::OrdinaryWage => return Ok(None),
            PaidLeaveWageMethod::AverageWage => {
                PaidLeavePayFacts::AverageWage(self.average_wage(AverageWageEvent::PaidLeave, period)?.daily)
            }
            PaidLeaveWageMethod::StandardDailyRemuneration => PaidLeavePayFacts::StandardRemuneration {
                monthly: self.health_standard_of(row, period)?,
                agreement: self.pays_leave_by_standard(period),
            },
        };
        Ok(Some(PaidLeavePay { daily: paid_leave_pay(self.law, period.to, facts)?.daily }))
    }

    /// 健保の標準報酬月額 on every day of the period.
    fn health_standard_of(&self, row: &Row<Attendance>, period: Period) -> Result<Option<Yen>, Stop> {
        let of_month = |day: Date| premiums::health_standard(self, Month::of(day));
        let standard = of_month(period.to)?;
        if standard == of_month(period.from)? {
            return Ok(standard);
        }
        let first = Month::of(period.to).first_day();
        let sentence =
            format!("{first}から標準報酬月額が変わるため、有給の日がどちらの月か分からないと計算できません。");
        let remedy = format!("対象開始日に{first}と書いた行を加え、日数と時間をその前日までの行と分けてください。");
        Err(at(row, "対象開始日", "attendance_needs_row", &sentence, &remedy))
    }

    fn pays_leave_by_standard(&self, period: Period) -> bool {
        self.known.agreements.iter().any(|agreement| {
            agreement.client_code == self.employee.client_code
                && agreement.agreement_kind == AgreementKind::StandardDailyRemunerationForLeave
                && agreement.valid_from.is_none_or(|from| from <= period.from)
                && agreement.valid_to.is_none_or(|to| period.to <= to)
        })
    }

    /// 平均賃金 (労基法12条) of an event on one of these days, whichever it is.
    fn average_wage(&self, event: AverageWageEvent, days: Period) -> Result<AverageWage, Stop> {
        let employed = self.employed()?;
        let basis = |event_day: Date| -> Result<AverageWageBasis, Stop> {
            Ok(AverageWageBasis { event, event_day, closing_day: Some(self.closing()?), hired_on: employed.from })
        };
        // Nobody is on leave or suspended on the very first day of service without a wage before it.
        let second_day = employed.from.tomorrow().unwrap_or(employed.from);
        let first = basis(days.from.max(second_day).min(days.to))?;
        let last = basis(days.to.min(employed.to).max(days.from))?;
        let window = first.period(self.law)?;
        if window.parts != last.period(self.law)?.parts {
            let sentence = format!("{}が分からないため、平均賃金の算定期間が決まりません。", event.day_in_japanese());
            let remedy = "休業なら会社都合の休業の初日を記入してください。有給なら給与規程を通常の賃金にするか、その日の賃金を変動支給に記入してください。";
            return Err(Stop::reason(ATTENDANCE, "average_wage_day", sentence, remedy));
        }
        let wages = PastWages::of(self)?;
        let parts = window.parts.iter().filter_map(|part| wages.of_period(*part).transpose());
        let parts = parts.collect::<Result<Vec<PeriodWages>, Stop>>()?;
        let excluded = self.excluded(window.whole)?;
        let average = average_wage(self.law, &last, &parts, &excluded)?;
        self.reach_floor_of_absences(&average, &wages, &window.parts)?;
        Ok(average)
    }

    /// 締日 of every wage: with two of them each kind of wage has a period of its own, which is not computed.
    fn closing(&self) -> Result<ClosingDay, Stop> {
        let group = &self.group.group;
        let closing_day = group.closing_day.ok_or_else(|| Stop::unknown("給与規程", None, "締日"))?;
        if group.variable_closing_day.is_some_and(|variable| variable != closing_day) {
            let sentence = "変動分の締日が締日と違う給与体系の平均賃金には、まだ対応していません。";
            return Err(not_supported("給与規程", sentence));
        }
        Ok(match closing_day {
            DayOfMonth::Day(day) => ClosingDay::Day(day),
            DayOfMonth::Last => ClosingDay::EndOfMonth,
        })
    }

    /// 労基法12条3項: the leaves of the sheet 休業. 試みの使用期間 is no fact of the book.
    fn excluded(&self, window: Period) -> Result<Vec<ExcludedPeriod>, Stop> {
        let mut excluded = Vec::new();
        for leave in &self.rows.leaves {
            let Some(reason) = exclusion(leave) else { continue };
            let to = leave.to.or(leave.planned_to).unwrap_or(window.to);
            let Some(period) = window.overlap(leave.from, to) else { continue };
            let unpaid = matches!(leave.pay_treatment, None | Some(PayTreatment::Unpaid));
            if !unpaid || leave.worked_dates.as_ref().is_some_and(|dates| !dates.days().is_empty()) {
                let sentence =
                    "平均賃金の算定期間に、賃金が支払われたか就業した日のある休業があり、その分を除けません。";
                return Err(not_supported("休業", sentence));
            }
            let paid = PeriodWages { period, wages: Vec::new(), days_worked: Some(Exact::ZERO) };
            excluded.push(ExcludedPeriod { reason, paid });
        }
        Ok(excluded)
    }

    /// 月給 that was cut for absences has a floor of its own (昭30.5.24 基収1619号), which is not computed. Where even 60 % of the
    /// uncut pay of a scheduled day is not above the average, it changes nothing.
    fn reach_floor_of_absences(
        &self,
        average: &AverageWage,
        wages: &PastWages<'_>,
        parts: &[Period],
    ) -> Result<(), Stop> {
        let (mut full, mut cut, mut days) = (Yen::ZERO, Yen::ZERO, 0_i64);
        for part in parts {
            let cut_of_part = wages.cut_for_absence(*part);
            cut += cut_of_part;
            let of_part = wages.of_period(*part)?;
            full += cut_of_part + of_part.iter().flat_map(|of| &of.wages).map(|wage| wage.amount).sum::<Yen>();
            days = days.saturating_add(self.schedule.scheduled_days(*part)?);
        }
        if cut == Yen::ZERO || days == 0 {
            return Ok(());
        }
        let percent =
            self.law.figure("labor_standards", "average_wage.floor_pct", self.clocks().payment_date)?.exact()?;
        let floor = full.exact().divided_by_integer(days)?.times(percent)?.divided_by_integer(100)?;
        if floor <= average.daily {
            return Ok(());
        }
        let sentence =
            "算定期間に欠勤などの控除が多く、平均賃金の最低保障（昭30.5.24 基収1619号）を確かめないと計算できません。";
        Err(not_supported(HISTORY, sentence))
    }
}

/// What was earned in past wage periods.
struct PastWages<'a> {
    person: &'a PersonFacts<'a>,
    /// The variable part of a period is paid with the base pay of the next.
    pays_variable_later: bool,
    closing: ClosingDay,
}

impl<'a> PastWages<'a> {
    fn of(person: &'a PersonFacts<'_>) -> Result<Self, Stop> {
        let pays_variable_later = person.group.group.variable_period_offset == Some(MonthOffset::PreviousMonth);
        Ok(Self { person, pays_variable_later, closing: person.closing()? })
    }

    /// The wages of a wage period (or of its end, for a joiner); `None` where its pay does not stand in the book.
    fn of_period(&self, period: Period) -> Result<Option<PeriodWages>, Stop> {
        let closed_on = self.closed_on(period.to);
        let Some(base) = self.payment(closed_on).filter(|_| closed_on == period.to) else { return Ok(None) };
        let variable = if self.pays_variable_later { self.payment(self.closed_after(closed_on)) } else { Some(base) };
        let Some(variable) = variable else { return Ok(None) };
        let mut wages = Vec::new();
        for (month, of_variable) in [(base, false), (variable, true)] {
            for line in self.lines(month)? {
                let item = self.item(&line.item_code, closed_on);
                let every_months = item.and_then(|item| item.pay_every_months).unwrap_or(1);
                if is_variable(item) == of_variable && every_months <= 1 {
                    wages.extend(self.wage(line.amount.unwrap_or(Yen::ZERO), line, item, closed_on)?);
                }
            }
        }
        for (line, part) in self.parts_of_longer_payments(closed_on)? {
            wages.extend(self.wage(part, line, self.item(&line.item_code, closed_on), closed_on)?);
        }
        let days_worked = self.rows(variable).find_map(|row| row.worked_days);
        Ok(Some(PeriodWages { period, wages, days_worked: days_worked.map(Days::exact).transpose()? }))
    }

    /// 欠勤控除, 遅早控除 and 休業控除 of a period, as a positive sum.
    fn cut_for_absence(&self, period: Period) -> Yen {
        let closed_on = self.closed_on(period.to);
        let closed_on = if self.pays_variable_later { self.closed_after(closed_on) } else { closed_on };
        let Some(month) = self.payment(closed_on) else { return Yen::ZERO };
        let cuts = [BuiltIn::Absence, BuiltIn::Lateness, BuiltIn::SuspensionDeduction].map(BuiltIn::code);
        let of_month =
            self.person.rows.lines.iter().filter(|line| self.rows(month).any(|row| row.paid_on == line.paid_on));
        let cut: Yen =
            of_month.filter(|line| cuts.contains(&line.item_code.as_str())).filter_map(|line| line.amount).sum();
        -cut
    }

    /// The payment month whose base pay is of the period that closes on a day.
    fn payment(&self, closed_on: Date) -> Option<Month> {
        let rows = self.person.rows.history.iter().filter(|row| row.kind == PayKind::Pay);
        rows.filter(|row| row.period_to == Some(closed_on)).find_map(|row| row.payment_month)
    }

    /// The payment of a month and its differences.
    fn rows(&self, month: Month) -> impl Iterator<Item = &'a PayHistory> {
        let rows = self.person.rows.history.iter().map(|row| &row.facts);
        rows.filter(move |row| row.kind != PayKind::Bonus && row.payment_month == Some(month))
    }

    /// The lines of a payment month. Totals alone do not say how a wage was fixed.
    fn lines(&self, month: Month) -> Result<Vec<&'a PayLine>, Stop> {
        let unsettled = self.rows(month).all(|row| row.state == Some(SettlementState::Provisional));
        let lines = self.person.rows.lines.iter().map(|row| &row.facts);
        let lines: Vec<&PayLine> =
            lines.filter(|line| self.rows(month).any(|row| row.paid_on == line.paid_on)).collect();
        let paid = self.rows(month).any(|row| row.gross.is_some_and(|gross| gross != Yen::ZERO));
        if unsettled || lines.is_empty() && paid {
            let sentence = format!("{month} 支給の明細履歴がないため、平均賃金を計算できません。");
            let remedy = "明細履歴に、その支給日の支給の行（項目コードと金額）を加えてください。";
            return Err(Stop::reason("明細履歴", "pay_lines_missing", sentence, remedy));
        }
        Ok(lines)
    }

    /// A line as 平均賃金 takes it; `None` for what is no wage.
    fn wage(&self, amount: Yen, line: &PayLine, item: Option<&PayItem>, on: Date) -> Result<Option<Wage>, Stop> {
        let pay_type = self.person.terms_on(on)?.pay_type;
        let by_work = matches!(pay_type, Some(PayType::Daily | PayType::Hourly | PayType::Commission));
        let Some(item) = item else { return self.wage_of_built_in(amount, line, by_work) };
        if item.item_kind != Some(ItemKind::Earning) || !item.labor_wage {
            return Ok(None);
        }
        let mut cells = Needed::of_pay_item(self.person.known, item, on);
        let class = pay_group::class(item, ItemKind::Earning, &mut cells);
        let class = cells.of_person(class)?;
        if class.remuneration == RemunerationClass::InKind {
            return Ok(None);
        }
        let of_base = item.source == Some(ItemSource::BuiltIn);
        let form = if by_work && of_base { WageForm::Work } else { class.wage_form() };
        Ok(Some(Wage { amount, form, class: class.average_wage }))
    }

    fn wage_of_built_in(&self, amount: Yen, line: &PayLine, by_work: bool) -> Result<Option<Wage>, Stop> {
        let code = line.item_code.as_str();
        let Some(built_in) = BuiltIn::ALL.into_iter().find(|built_in| built_in.code() == code) else {
            let sentence = format!("支払った項目「{code}」が、支給控除項目にありません。");
            let remedy = "その月に有効だった項目の行を残してください。";
            return Err(Stop::reason("支給控除項目", "item_gone", sentence, remedy));
        };
        if built_in == BuiltIn::SuspensionAllowance && amount != Yen::ZERO {
            let sentence = "平均賃金の算定期間に会社都合の休業があり、どの日か分からないため、その日を除けません。";
            let remedy = "前の期間から続く休業なら、勤怠の「会社都合の休業の初日」にその最初の日を記入してください。";
            return Err(Stop::reason(ATTENDANCE, "suspension_in_window", sentence, remedy));
        }
        Ok(built_in.wage(amount, by_work))
    }

    /// 数か月分をまとめて払う賃金（定期券など）: one n-th in each of its months, the rest in the last.
    fn parts_of_longer_payments(&self, closed_on: Date) -> Result<Vec<(&'a PayLine, Yen)>, Stop> {
        let mut parts = Vec::new();
        let payments = self.person.rows.history.iter().filter(|row| row.kind == PayKind::Pay);
        for (month, paid_for) in payments.filter_map(|row| Some((row.payment_month?, row.period_to?))) {
            let since = i64::from(Month::of(closed_on).months_since(Month::of(paid_for)));
            let lines = self.person.rows.lines.iter().map(|row| &row.facts);
            for line in lines.filter(|line| self.rows(month).any(|row| row.paid_on == line.paid_on)) {
                let months = self.item(&line.item_code, paid_for).and_then(|item| item.pay_every_months).unwrap_or(1);
                let Some(amount) = line.amount.filter(|_| months > 1 && since >= 0 && since < months) else { continue };
                let part = Yen::new(amount.get().div_euclid(months));
                let rest = Yen::new(amount.get().rem_euclid(months));
                parts.push((line, if since.saturating_add(1) == months { part + rest } else { part }));
            }
        }
        Ok(parts)
    }

    /// The item of a line; `None` for the built-in ones.
    fn item(&self, code: &ItemCode, on: Date) -> Option<&'a PayItem> {
        let client = &self.person.employee.client_code;
        let of_group = (client.clone(), code.clone(), Some(self.person.group.group.pay_group_code.clone()));
        let of_all = (client.clone(), code.clone(), None);
        let items = &self.person.known.pay_items;
        items.get(&of_group).or_else(|| items.get(&of_all)).and_then(|history| history.on(on))
    }

    fn closed_on(&self, day: Date) -> Date {
        let month = Month::of(day);
        let closed_on = self.closing.in_month(month);
        if closed_on < day { self.closing.in_month(month.next()) } else { closed_on }
    }

    fn closed_after(&self, closed_on: Date) -> Date {
        closed_on.tomorrow().map_or(closed_on, |day| self.closed_on(day))
    }
}

/// What is earned by the attendance of the variable period.
fn is_variable(item: Option<&PayItem>) -> bool {
    item.is_none_or(|item| {
        item.source == Some(ItemSource::AttendanceBased) || item.fixed_wage == Some(FixedWage::NotFixed)
    })
}

fn exclusion(leave: &Leave) -> Option<ExclusionReason> {
    match leave.leave_kind {
        LeaveKind::Maternity => Some(ExclusionReason::Maternity),
        LeaveKind::Childcare | LeaveKind::ChildcareAtBirth | LeaveKind::FamilyCare => {
            Some(ExclusionReason::ChildcareOrFamilyCare)
        }
        LeaveKind::WorkAccident => Some(ExclusionReason::WorkInjury),
        _ => None,
    }
}

fn at(row: &Row<Attendance>, column: &'static str, code: &'static str, sentence: &str, remedy: &str) -> Stop {
    Stop { row: Some(row.number), column: Some(column), ..Stop::reason(ATTENDANCE, code, sentence, remedy) }
}

fn not_supported(sheet: &'static str, sentence: &str) -> Stop {
    let remedy = "平均賃金による額は別に計算し、変動支給に記入してください。";
    Stop::reason(sheet, "not_supported", sentence, remedy)
}

impl From<AverageWageError> for Stop {
    fn from(error: AverageWageError) -> Self {
        Self::reason(HISTORY, "average_wage", &error, error.remedy())
    }
}

impl From<SuspensionError> for Stop {
    fn from(error: SuspensionError) -> Self {
        Self::reason(ATTENDANCE, "suspension", &error, error.remedy())
    }
}

impl From<PaidLeavePayError> for Stop {
    fn from(error: PaidLeavePayError) -> Self {
        Self::reason("給与規程", "paid_leave_pay", &error, error.remedy())
    }
}
