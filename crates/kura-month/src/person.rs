use std::collections::BTreeSet;

use kura_calendar::{Date, Month};
use kura_insurance::{Business, EmploymentInsuranceRates};
use kura_law::Law;
use kura_model::{
    Attendance, CommutingMeans, Employee, EmploymentBusinessClass, EmploymentTerms, Establishment, FamilyMember,
    InhabitantTaxMethod, ItemKind, PayGroup, PayTreatment, PayType, Row, Scheme, TaxResidence, WithholdingColumn,
};
use kura_payroll::clocks::{Clocks, Period};
use kura_payroll::formula::Value;
use kura_payroll::pay::{
    AmountSource, Attendance as PaidAttendance, Carried, Contract, FixedAmount, FixedOvertime, PersonMonth, Spans,
    Suspension, TaxFacts, VariableAmount,
};
use kura_payroll::tax::{CommutingRoute, DependentsRules, FamilyFacts, TaxColumn, TaxpayerFacts};
use kura_yen::{Exact, Yen};

use crate::formula_facts::{self, Source};
use crate::inhabitant_tax;
use crate::known::{Known, PersonRows};
use crate::pay_group::PayGroupMonth;
use crate::premiums;
use crate::schedule::Schedule;
use crate::stop::Stop;

/// Looks up everything about one person for one month, each fact at the day that decides it.
#[derive(Clone, Copy)]
pub(crate) struct PersonFacts<'run> {
    pub(crate) law: &'run Law,
    pub(crate) known: &'run Known,
    pub(crate) group: &'run PayGroupMonth<'run>,
    pub(crate) schedule: &'run Schedule<'run>,
    pub(crate) employee: &'run Employee,
    pub(crate) rows: &'run PersonRows<'run>,
}

impl PersonFacts<'_> {
    /// The days on which the person is employed: from 雇入日 to 退職日 or 死亡日.
    pub(crate) fn employed(&self) -> Result<Period, Stop> {
        let from = self.employee.hired_on.ok_or_else(|| Stop::unknown("従業員", None, "雇入日"))?;
        let ends = [self.employee.left_on, self.employee.died_on];
        let to = ends.into_iter().flatten().min().unwrap_or(kura_calendar::LAST_DAY);
        Ok(Period { from, to })
    }

    /// True when the terms at the end of a month, or on the last day of employment before it, name this pay group.
    pub(crate) fn in_group_at_end_of(&self, month: Month) -> bool {
        let last_day = self.employed().map_or(month.last_day(), |employed| employed.to.min(month.last_day()));
        let terms = self.terms_on(last_day);
        terms.is_ok_and(|terms| terms.pay_group_code.as_ref() == Some(&self.group.group.pay_group_code))
    }

    /// True when the person is employed in the period of this pay group and belongs to it at its end.
    pub(crate) fn is_due(&self) -> Result<bool, Stop> {
        let (clocks, employed) = (self.clocks(), self.employed()?);
        let mut periods = [clocks.attendance, clocks.variable].into_iter();
        let due = periods.any(|period| period.overlap(employed.from, employed.to).is_some());
        let last_day = clocks.attendance.to.min(employed.to);
        Ok(due && self.terms_on(last_day)?.pay_group_code.as_ref() == Some(&self.group.group.pay_group_code))
    }

    pub(crate) fn clocks(&self) -> Clocks {
        self.group.plan.clocks
    }

    fn pay_group(&self) -> &PayGroup {
        &self.group.group
    }

    /// The terms on a day.
    pub(crate) fn terms_on(&self, day: Date) -> Result<&EmploymentTerms, Stop> {
        let key = (self.employee.client_code.clone(), self.employee.employee_code.clone());
        let history = self.known.terms.get(&key);
        let found =
            history.and_then(|history| history.on(day).or_else(|| history.facts().first().map(|(_, first)| first)));
        found.ok_or_else(|| Stop::unknown("雇用条件", None, "適用開始日"))
    }

    /// The terms at the end of a period, or on the last day of employment.
    fn terms_at_end(&self, period: Period) -> Result<&EmploymentTerms, Stop> {
        self.terms_on(period.to.min(self.employed()?.to))
    }

    /// The establishment at the end of the premium month or of the attendance period.
    pub(crate) fn establishment(&self, day: Date) -> Result<&Establishment, Stop> {
        let code = self.terms_on(day)?.establishment_code.clone();
        let code = code.ok_or_else(|| Stop::unknown("雇用条件", None, "社会保険の事業所"))?;
        let history = self.known.establishments.get(&(self.employee.client_code.clone(), code));
        history.and_then(|history| history.on(day)).ok_or_else(|| Stop::unknown("事業所", None, "適用開始日"))
    }

    /// Everything the engine needs.
    pub(crate) fn month(&self) -> Result<PersonMonth, Stop> {
        let clocks = self.clocks();
        let employed = self.employed()?;
        let contracts = self.contracts(clocks.attendance, employed)?;
        let variable_contract = contract(self.terms_at_end(clocks.variable)?)?;
        let attendance_row = self.attendance_row();
        let attendance = self.attendance(attendance_row, &contracts, variable_contract)?;
        let legs = self.commuting_legs(clocks.payment_date);
        let scheduled_days = attendance.scheduled_days.map(|days| days.total());
        let worked = attendance_row.map(|row| &row.facts);
        let facts = self.formula_facts(clocks.payment_date, variable_contract, worked, scheduled_days)?;
        let terms = self.terms_at_end(clocks.attendance)?;
        Ok(PersonMonth {
            contracts,
            suspended: false,
            variable_contract,
            attendance,
            fixed: self.fixed(employed),
            variable: self.variable(),
            facts,
            commuting: route(&legs)?,
            running: Vec::new(),
            meals: None,
            premiums: premiums::due(self)?,
            employment_insurance: self.employment_insurance(clocks.closing_date)?,
            employee_part_of_officer_pay: terms.employee_part_of_officer_pay,
            tax: self.tax(terms, clocks.payment_date)?,
            inhabitant_tax: match terms.inhabitant_tax_method {
                Some(InhabitantTaxMethod::Special) => {
                    let last_pay = clocks.attendance.contains(employed.to);
                    inhabitant_tax::due(self.rows, Month::of(clocks.payment_date), last_pay)?
                }
                Some(_) => Vec::new(),
                None => return Err(Stop::unknown("雇用条件", None, "住民税の徴収")),
            },
            carried: Carried::default(),
        })
    }

    /// The values of the names that formulas use, for a payment on a day.
    pub(crate) fn formula_facts(
        &self,
        on: Date,
        contract: Contract,
        attendance: Option<&Attendance>,
        scheduled_days: Option<i64>,
    ) -> Result<Vec<Option<Value<'static>>>, Stop> {
        let [distance, daily] = self.way_to_work(on)?;
        Ok(formula_facts::values(&Source {
            employee: self.employee,
            attendance,
            contract,
            distance_km: Some(distance),
            commuting_daily: Some(daily),
            scheduled_days,
            family: &self.family(on),
            on,
        }))
    }

    /// The contracts of the attendance period: the employed days, cut where the terms change; none when unpaid leave covers
    /// them all.
    fn contracts(&self, attendance: Period, employed: Period) -> Result<Spans<Contract>, Stop> {
        let Some(paid) = attendance.overlap(employed.from, employed.to) else { return Ok(Spans(Vec::new())) };
        if self.on_leave_throughout(paid) {
            return Ok(Spans(Vec::new()));
        }
        let key = (self.employee.client_code.clone(), self.employee.employee_code.clone());
        let mut starts = vec![paid.from];
        if let Some(history) = self.known.terms.get(&key) {
            starts.extend(history.changes_within(paid.from, paid.to).map(|(from, _)| *from));
        }
        let mut spans: Vec<(Period, Contract)> = Vec::new();
        for (at, &from) in starts.iter().enumerate() {
            let next = starts.get(at.saturating_add(1)).and_then(|next| next.yesterday().ok());
            let contract = contract(self.terms_on(from)?)?;
            let to = next.unwrap_or(paid.to);
            match spans.last_mut() {
                Some((span, before)) if *before == contract => span.to = to,
                _ => spans.push((Period { from, to }, contract)),
            }
        }
        Ok(Spans(spans))
    }

    /// True when unpaid leaves, one after the other, cover every day of the period.
    fn on_leave_throughout(&self, period: Period) -> bool {
        let unpaid = |treatment: Option<PayTreatment>| treatment.is_none_or(|of| of == PayTreatment::Unpaid);
        let mut leaves: Vec<(Date, Date)> = self
            .rows
            .leaves
            .iter()
            .filter(|leave| unpaid(leave.pay_treatment))
            .map(|leave| (leave.from, leave.to.or(leave.planned_to).unwrap_or(kura_calendar::LAST_DAY)))
            .collect();
        leaves.sort();
        let mut uncovered = period.from;
        for (from, to) in leaves {
            if from <= uncovered && uncovered <= to {
                match to.tomorrow() {
                    Ok(next) => uncovered = next,
                    Err(_) => return true,
                }
            }
        }
        uncovered > period.to
    }

    /// True when a leave without pay has a day in the period.
    fn on_unpaid_leave(&self, period: Period) -> bool {
        self.rows.leaves.iter().any(|leave| {
            let end = leave.to.or(leave.planned_to).unwrap_or(kura_calendar::LAST_DAY);
            leave.pay_treatment != Some(PayTreatment::Paid) && period.overlap(leave.from, end).is_some()
        })
    }

    pub(crate) fn attendance_row(&self) -> Option<&Row<Attendance>> {
        let month = self.clocks().payment_month;
        self.rows.attendance.iter().find(|row| row.payment_month == month).copied()
    }

    fn attendance(
        &self,
        row: Option<&Row<Attendance>>,
        contracts: &Spans<Contract>,
        contract: Contract,
    ) -> Result<PaidAttendance, Stop> {
        let clocks = self.clocks();
        let of_variable = self.schedule.scheduled_days(clocks.variable)?;
        let base = PaidAttendance {
            scheduled_days: Some(self.schedule.working_days(clocks.attendance)?),
            scheduled_days_of_variable_period: Some(of_variable),
            scheduled_minutes_of_variable_period: Some(
                of_variable.saturating_mul(self.group.plan.rules.daily_scheduled_minutes),
            ),
            paid_leave_minutes_per_day: self.pay_group().paid_leave_hours_per_day.map(|hours| i64::from(hours.get())),
            ..PaidAttendance::default()
        };
        let Some(row) = row else {
            // Officers and people who did not work in the period have no row; everybody else must have one.
            let worked = clocks.variable.overlap(self.employed()?.from, self.employed()?.to).is_some();
            let needs_row = worked && contract.pay_type != PayType::OfficerRemuneration && !contracts.0.is_empty();
            return if needs_row { Err(Stop::unknown("勤怠", None, "支給月")) } else { Ok(base) };
        };
        let by_month = matches!(contract.pay_type, PayType::Monthly | PayType::DailyMonthly);
        if by_month && row.absent_days.is_none() {
            return Err(Stop::unknown("勤怠", Some(row.number), "欠勤日数"));
        }
        // Counting the days of a leave from its dates comes with the leave rules; until then an empty cell is not 0.
        if by_month && row.leave_days.is_none() && !contracts.0.is_empty() && self.on_unpaid_leave(clocks.variable) {
            return Err(Stop::unknown("勤怠", Some(row.number), "休業日数（産前産後・育児・介護・休職）"));
        }
        let days = |days: Option<kura_model::Days>| days.map(kura_model::Days::exact).transpose();
        let minutes = |minutes: Option<kura_model::Minutes>| i64::from(minutes.unwrap_or_default().get());
        let not_worked = [row.absent_days, row.special_leave_unpaid, row.leave_days];
        let not_worked = not_worked.into_iter().flatten().fold(kura_model::Days::ZERO, kura_model::Days::plus);
        Ok(PaidAttendance {
            worked_days: days(row.worked_days)?,
            statutory_holiday_days: days(row.statutory_holiday_days)?,
            scheduled_holiday_days: days(row.scheduled_holiday_days)?,
            paid_leave_days: days(row.paid_leave_days)?,
            paid_leave_minutes: minutes(row.paid_leave_hours),
            paid_special_leave_days: days(row.special_leave_paid)?,
            absent_days: Some(not_worked.exact()?),
            absent_minutes: minutes(row.absent_hours),
            late_and_early_minutes: [row.late_hours, row.early_hours, row.private_out_hours]
                .into_iter()
                .map(minutes)
                .sum(),
            suspension: days(row.suspension_days)?.map(|days| Suspension { days, allowance: None }),
            compensatory_days: days(row.compensatory_days)?,
            duty_count: row.duty_count,
            night_shift_count: row.night_shift_count,
            working_minutes: row.working_hours.map(|hours| i64::from(hours.get())),
            within_statutory_minutes: minutes(row.within_statutory_overtime),
            overtime_minutes: minutes(row.overtime_hours),
            scheduled_holiday_minutes: minutes(row.scheduled_holiday_hours),
            statutory_holiday_minutes: minutes(row.statutory_holiday_hours),
            night_minutes: [row.night_in_scheduled, row.night_in_overtime, row.night_in_statutory_holiday]
                .into_iter()
                .map(minutes)
                .sum(),
            ..base
        })
    }

    /// 固定支給: the rights inside the employed part of the attendance period.
    fn fixed(&self, employed: Period) -> Vec<FixedAmount> {
        let clocks = self.clocks();
        let plan = &self.group.plan;
        let mut amounts = Vec::new();
        for (at, item) in plan.items.iter().enumerate() {
            if !matches!(item.source, AmountSource::Fixed) {
                continue;
            }
            let code = kura_model::ItemCode::from(item.code.as_str());
            let key = (self.employee.client_code.clone(), self.employee.employee_code.clone(), code);
            let Some(history) = self.known.fixed_pay.get(&key) else { continue };
            let value_on = |day: Date| {
                let known = history.on(day).filter(|known| known.to.is_none_or(|to| day <= to))?;
                known.factor.or(known.amount.map(Yen::exact))
            };
            let mut spans = Vec::new();
            if let Some(paid) = clocks.attendance.overlap(employed.from, employed.to) {
                let mut starts = vec![paid.from];
                starts.extend(history.changes_within(paid.from, paid.to).map(|(from, _)| *from));
                for (index, &from) in starts.iter().enumerate() {
                    let next = starts.get(index.saturating_add(1)).and_then(|next| next.yesterday().ok());
                    let ends = history.on(from).and_then(|known| known.to);
                    let to = next.unwrap_or(paid.to).min(ends.unwrap_or(paid.to));
                    spans.extend(value_on(from).map(|value| (Period { from, to }, value)));
                }
            }
            let at_variable_end = value_on(clocks.variable.to.min(employed.to));
            amounts.push(FixedAmount { item: at, spans: Spans(spans), at_variable_end });
        }
        amounts
    }

    fn variable(&self) -> Vec<VariableAmount> {
        let month = self.clocks().payment_month;
        let of_month = self.rows.variable.iter().filter(|row| row.payment_month == month);
        of_month
            .filter_map(|row| {
                let item = self.group.plan.item(row.item_code.as_str())?;
                let kind = self.group.plan.items.get(item)?.kind;
                let counts = matches!(kind, ItemKind::Earning | ItemKind::Deduction);
                let amount = row.amount.filter(|_| counts)?;
                Some(VariableAmount { item, amount, for_month: row.for_month, already_paid: None })
            })
            .collect()
    }

    /// 雇用保険: the rates of a closing date, where the person is covered on it.
    pub(crate) fn employment_insurance(&self, closing_date: Date) -> Result<Option<EmploymentInsuranceRates>, Stop> {
        let business = self.employment_business(closing_date)?;
        Ok(business.map(|business| EmploymentInsuranceRates::on(self.law, closing_date, business)).transpose()?)
    }

    /// 雇用保険: the business where the person is covered on a day (or on the last day of employment before it).
    pub(crate) fn employment_business(&self, day: Date) -> Result<Option<Business>, Stop> {
        let last_day = day.min(self.employed()?.to);
        let covered = self.rows.spells.iter().any(|spell| {
            let begun = spell.acquired_on.is_some_and(|from| from <= last_day);
            spell.scheme == Scheme::Employment && begun && spell.lost_on.is_none_or(|lost| last_day < lost)
        });
        if !covered {
            return Ok(None);
        }
        let class = self.establishment(last_day)?.employment_business_class;
        Ok(Some(match class.ok_or_else(|| Stop::unknown("事業所", None, "雇用保険の事業区分"))? {
            EmploymentBusinessClass::General => Business::General,
            EmploymentBusinessClass::AgriForestFishSake => Business::AgricultureForestryFisherySake,
            EmploymentBusinessClass::Construction => Business::Construction,
        }))
    }

    /// How a payment on a day is taxed.
    pub(crate) fn tax(&self, terms: &EmploymentTerms, on: Date) -> Result<TaxFacts, Stop> {
        if self.employee.died_on.is_some_and(|died| died < on) {
            return Ok(TaxFacts::PaidToHeirs);
        }
        match self.employee.tax_residence {
            None => return Err(Stop::unknown("従業員", None, "居住者区分")),
            Some(TaxResidence::NonResident) => return Ok(TaxFacts::NonResident),
            Some(TaxResidence::Resident) => {}
        }
        let people = |count: Option<i64>| count.map(|count| u16::try_from(count).unwrap_or(u16::MAX));
        let column = terms.withholding_column.ok_or_else(|| Stop::unknown("雇用条件", None, "税の区分"))?;
        Ok(TaxFacts::Resident(match column {
            WithholdingColumn::Kou => TaxColumn::Kou {
                dependents: match people(terms.dependents_count) {
                    Some(typed) => typed,
                    None => self.dependents(terms, on)?,
                },
            },
            WithholdingColumn::Otsu => {
                TaxColumn::Otsu { secondary_dependents: people(terms.secondary_dependents).unwrap_or(0) }
            }
            WithholdingColumn::Hei => TaxColumn::Hei,
        }))
    }

    /// 扶養親族等の数, counted from 従業員 and 扶養家族 at the pay day.
    fn dependents(&self, terms: &EmploymentTerms, on: Date) -> Result<u16, Stop> {
        let person = TaxpayerFacts {
            disability: self.employee.disability_class,
            widow_single_parent: self.employee.widow_single_parent,
            working_student: self.employee.working_student,
            own_income_estimate: terms.own_income_estimate,
        };
        let family: Vec<FamilyFacts> = self.family(on).into_iter().map(family_facts).collect();
        Ok(DependentsRules::on(self.law, on)?.count(&person, &family)?.count)
    }

    /// 扶養家族 on a day.
    pub(crate) fn family(&self, on: Date) -> Vec<&FamilyMember> {
        let of_person = self.known.family.iter().filter(|((client, employee, _), _)| {
            *client == self.employee.client_code && *employee == self.employee.employee_code
        });
        of_person.filter_map(|(_, history)| history.on(on)).collect()
    }

    /// 片道距離 (the sum of the car and motorbike legs, km) and 通勤日額 on a day.
    pub(crate) fn way_to_work(&self, on: Date) -> Result<[Exact; 2], Stop> {
        let legs = self.commuting_legs(on);
        let distance = legs.iter().filter_map(|leg| leg.driven_km).try_fold(Exact::ZERO, Exact::plus)?;
        let daily = legs.iter().filter_map(|leg| leg.daily).map(Yen::exact).try_fold(Exact::ZERO, Exact::plus)?;
        Ok([distance, daily])
    }

    /// The days on which a row of 通勤 begins, each once.
    pub(crate) fn commuting_changes(&self) -> BTreeSet<Date> {
        let (client, employee) = (&self.employee.client_code, &self.employee.employee_code);
        let from = self.known.commuting.range((client.clone(), employee.clone(), None)..);
        let of_person = from.take_while(|((of, person, _), _)| of == client && person == employee);
        of_person.flat_map(|(_, history)| history.facts().iter().map(|(from, _)| *from)).collect()
    }

    fn commuting_legs(&self, on: Date) -> Vec<Leg> {
        let of_person = self.known.commuting.iter().filter(|((client, employee, _), _)| {
            *client == self.employee.client_code && *employee == self.employee.employee_code
        });
        of_person
            .filter_map(|(_, history)| {
                let leg = history.on(on)?;
                let driven = matches!(leg.means?, CommutingMeans::Car | CommutingMeans::Motorbike);
                let by_distance = driven || leg.means == Some(CommutingMeans::Bicycle);
                Some(Leg {
                    fare: leg
                        .monthly_amount
                        .filter(|_| leg.means == Some(CommutingMeans::PublicTransport))
                        .or(leg.toll),
                    public_transport: leg.means == Some(CommutingMeans::PublicTransport),
                    limit_km: leg.distance_km.filter(|_| by_distance),
                    driven_km: leg.distance_km.filter(|_| driven),
                    daily: leg.daily_amount,
                    parking: leg.parking,
                })
            })
            .collect()
    }
}

/// One leg of the way to work.
struct Leg {
    fare: Option<Yen>,
    public_transport: bool,
    limit_km: Option<Exact>,
    driven_km: Option<Exact>,
    daily: Option<Yen>,
    parking: Option<Yen>,
}

/// The route the tax-free limit follows from. A fare paid by the day has no monthly figure: its limit is that of public
/// transport itself.
fn route(legs: &[Leg]) -> Result<Option<CommutingRoute>, Stop> {
    if legs.is_empty() {
        return Ok(None);
    }
    let mut route = CommutingRoute::default();
    for leg in legs {
        if leg.public_transport && leg.fare.is_none() {
            route.fare = Some(Yen::new(i64::from(i32::MAX)));
        }
        if let Some(fare) = leg.fare {
            route.fare = Some(route.fare.unwrap_or(Yen::ZERO) + fare);
        }
        if let Some(km) = leg.limit_km {
            route.distance_km = Some(route.distance_km.unwrap_or(Exact::ZERO).plus(km)?);
        }
        if let Some(parking) = leg.parking {
            route.parking = Some(route.parking.unwrap_or(Yen::ZERO) + parking);
        }
    }
    Ok(Some(route))
}

fn family_facts(member: &FamilyMember) -> FamilyFacts {
    FamilyFacts {
        relation: member.relation,
        birth_date: member.birth_date,
        tax_class: member.tax_class,
        income_estimate: member.estimated_income_tax,
        disability: member.disability_class,
        cohabiting_special: member.cohabiting_special,
        living_together: member.living_together,
        non_resident: member.non_resident_class,
        documents: member.documents,
    }
}

/// 給与形態, 基本額 and 固定残業 of the terms.
pub(crate) fn contract(terms: &EmploymentTerms) -> Result<Contract, Stop> {
    let fixed = |hours: Option<kura_model::Minutes>, amount: Option<Yen>, column| match (hours, amount) {
        (None, None) => Ok(None),
        (hours, Some(amount)) => {
            Ok(Some(FixedOvertime { minutes: hours.map_or(0, |hours| i64::from(hours.get())), amount }))
        }
        (Some(_), None) => Err(Stop::unknown("雇用条件", None, column)),
    };
    Ok(Contract {
        pay_type: terms.pay_type.ok_or_else(|| Stop::unknown("雇用条件", None, "給与形態"))?,
        base_amount: terms.base_amount.ok_or_else(|| Stop::unknown("雇用条件", None, "基本額"))?,
        fixed_overtime: fixed(terms.fixed_overtime_hours, terms.fixed_overtime_amount, "固定残業の額")?,
        fixed_night: fixed(terms.fixed_night_hours, terms.fixed_night_amount, "固定深夜の額")?,
        fixed_holiday: fixed(terms.fixed_holiday_hours, terms.fixed_holiday_amount, "固定休日の額")?,
        managerial_exempt: terms.managerial_exempt,
    })
}
