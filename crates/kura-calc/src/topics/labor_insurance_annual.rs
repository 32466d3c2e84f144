//! 年度更新: final premium, general contribution, estimate and instalments of one 年度, each from the fields it needs.

use kura_calendar::Date;
use kura_insurance::{
    ByInsurance, accident_rate, employment_rate_of_year, estimate_base, first_day_of_fiscal_year, general_contribution,
    instalment_amounts, instalment_rule, instalments, labor_premium, wage_base,
};
use kura_law::{CitationId, Law};
use kura_yen::{Exact, Rounding, Yen};

use super::figures_day::pack_day;
use super::labor_insurance::BUSINESSES;
use super::limits::TOTAL_YEN_MAX;
use crate::answer::{Answer, Object};
use crate::error::CalcError;
use crate::request::Request;

/// 年度更新.
pub(crate) fn labor_insurance_annual(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let fiscal_year = request.integer::<i16>("fiscal_year", 1975..=2199)?;
    let on = fiscal_year.map_or_else(|| pack_day(law), |year| Ok(first_day_of_fiscal_year(year)?))?;
    let wages = Given::read(request, "wages", |request, name| request.yen(name, 0..=TOTAL_YEN_MAX))?;
    let rates = Rates::read(request, law, fiscal_year, on)?;
    let last_year = request.yen("last_year", 0..=TOTAL_YEN_MAX)?;
    let forecast = request.yen("forecast", 0..=TOTAL_YEN_MAX)?;
    let payments = Payments::read(request, fiscal_year, &rates)?;
    request.finish()?;

    let mut answer = Answer::new();
    answer_final(&mut answer, law, on, wages, &rates)?;
    let mut estimate_total = None;
    if let (Some(last_year), Some(forecast)) = (last_year, forecast) {
        estimate_total = answer_estimate(&mut answer, law, on, &rates, last_year, forecast)?;
    }
    if let Some(estimate) = payments.estimate.or(estimate_total) {
        payments.answer(&mut answer, law, on, estimate)?;
    }
    let needed: &[&str] =
        if payments.estimate.is_some() { &["both"] } else { &["wages", "rate_per_mille", "last_year", "forecast"] };
    answer.or_missing(request, needed)
}

/// 確定保険料 and 一般拠出金.
fn answer_final(answer: &mut Answer, law: &Law, on: Date, wages: Given<Yen>, rates: &Rates) -> Result<(), CalcError> {
    let wages = wages.each();
    let cut = |wages: Option<Yen>| wages.map(|wages| wage_base(law, on, wages)).transpose();
    let (accident, employment) = (cut(wages.accident)?, cut(wages.employment)?);
    answer.cite(accident.iter().chain(&employment).map(|base| base.citation));
    let bases =
        ByInsurance { accident: accident.map(|base| base.value), employment: employment.map(|base| base.value) };
    if let Some(premium) = rates.premium(bases)? {
        answer.fields().object("final", |fields| {
            match (bases.accident, bases.employment) {
                (Some(accident), Some(employment)) if accident != employment => fields.object("bases", |bases| {
                    bases.yen("accident", accident);
                    bases.yen("employment", employment);
                }),
                (Some(base), _) | (None, Some(base)) => fields.yen("base", base),
                (None, None) => {}
            }
            premium.write(fields);
        });
        answer.cite(rates.citations.iter().copied());
    }
    if let Some(base) = bases.accident {
        let contribution = general_contribution(law, on, base)?;
        answer.fields().object("contribution", |fields| {
            fields.yen("base", base);
            fields.yen("amount", contribution.value);
        });
        answer.cite([contribution.citation]);
    }
    Ok(())
}

/// 概算保険料; gives its total where the rates are known.
fn answer_estimate(
    answer: &mut Answer,
    law: &Law,
    on: Date,
    rates: &Rates,
    last_year: Yen,
    forecast: Yen,
) -> Result<Option<Yen>, CalcError> {
    let estimate = estimate_base(law, on, last_year, forecast)?;
    let premium = rates.premium_on(estimate.base)?;
    answer.fields().object("estimate", |fields| {
        fields.yen("base", estimate.base);
        if let Some(premium) = &premium {
            fields.yen("total", premium.total);
        }
    });
    answer.cite(estimate.citations);
    if premium.is_some() {
        answer.cite(rates.citations.iter().copied());
    }
    Ok(premium.map(|premium| premium.total))
}

/// 延納.
struct Payments {
    fiscal_year: Option<i16>,
    estimate: Option<Yen>,
    both_insurances: Option<bool>,
    association: bool,
}

impl Payments {
    fn read(request: &mut Request<'_>, fiscal_year: Option<i16>, rates: &Rates) -> Result<Self, CalcError> {
        let estimate = request.yen("estimate", 0..=TOTAL_YEN_MAX)?;
        // 不足額 of the final premium never counts toward the threshold: read, and left out on purpose.
        request.yen("shortage", 0..=TOTAL_YEN_MAX)?;
        let both = request.flag("both")?.or(rates.both_insurances());
        let association = request.flag("association")?.unwrap_or_default();
        Ok(Self { fiscal_year, estimate, both_insurances: both, association })
    }

    fn answer(&self, answer: &mut Answer, law: &Law, on: Date, estimate: Yen) -> Result<(), CalcError> {
        // Through an association the number of insurances does not matter.
        let Some(both) = self.both_insurances.or(self.association.then_some(true)) else { return Ok(()) };
        let rule = instalment_rule(law, on, estimate, both, self.association)?;
        let dated = self.fiscal_year.map(|year| instalments(law, &rule, year, estimate)).transpose()?;
        answer.fields().object("instalments", |fields| {
            fields.flag("allowed", rule.allowed);
            match dated {
                Some(payments) => fields.objects("parts", payments, |part, payment| {
                    part.yen("amount", payment.amount);
                    part.date("due_raw", payment.due_raw);
                    part.date("due", payment.due);
                }),
                None => fields
                    .objects("parts", instalment_amounts(&rule, estimate), |part, amount| part.yen("amount", amount)),
            }
        });
        answer.cite(rule.citations);
        Ok(())
    }
}

/// A field given as one value or as `{accident, employment}`.
enum Given<T> {
    One(T),
    Each(ByInsurance<Option<T>>),
}

impl<T: Copy> Given<T> {
    fn read(
        request: &mut Request<'_>,
        name: &str,
        value: impl Fn(&mut Request<'_>, &str) -> Result<Option<T>, CalcError>,
    ) -> Result<Self, CalcError> {
        match value(request, name) {
            Ok(Some(one)) => return Ok(Self::One(one)),
            Ok(None) => return Ok(Self::Each(ByInsurance::default())),
            Err(error) if error.code != "wrong_type" => return Err(error),
            Err(_) => {}
        }
        let each = request.object(name, |each| {
            Ok(ByInsurance { accident: value(each, "accident")?, employment: value(each, "employment")? })
        })?;
        Ok(Self::Each(each.unwrap_or_default()))
    }

    /// One value stands for both insurances.
    fn each(self) -> ByInsurance<Option<T>> {
        match self {
            Self::One(one) => ByInsurance { accident: Some(one), employment: Some(one) },
            Self::Each(parts) => parts,
        }
    }
}

/// The rates of the year: of each insurance, or their sum where only that is known.
struct Rates {
    each: ByInsurance<Option<Exact>>,
    sum: Option<Exact>,
    citations: Vec<CitationId>,
}

/// A premium with the parts that are known.
struct Premium {
    total: Yen,
    parts: ByInsurance<Option<Yen>>,
}

impl Rates {
    fn read(request: &mut Request<'_>, law: &Law, fiscal_year: Option<i16>, on: Date) -> Result<Self, CalcError> {
        let given = Given::read(request, "rate_per_mille", |request, name| {
            Ok(request.decimal(name, 0..=1000)?.map(|rate| rate.divided_by_integer(1000)).transpose()?)
        })?;
        let type_code = request.code("type_code")?;
        let business = request.choice("business", BUSINESSES)?;
        let (each, sum) = match given {
            Given::One(sum) => (ByInsurance::default(), Some(sum)),
            Given::Each(each) => (each, None),
        };
        let mut rates = Self { each, sum, citations: Vec::new() };
        // A rate of the tables is the rate of a year: without the year there is none.
        let Some(fiscal_year) = fiscal_year.filter(|_| rates.sum.is_none()) else { return Ok(rates) };
        if let (None, Some(type_code)) = (rates.each.accident, type_code) {
            let rate = accident_rate(law, on, &type_code)?;
            rates.each.accident = Some(rate.value);
            rates.citations.push(rate.citation);
        }
        if let (None, Some(business)) = (rates.each.employment, business) {
            let rate = employment_rate_of_year(law, fiscal_year, business)?;
            rates.each.employment = Some(rate.value);
            rates.citations.push(rate.citation);
        }
        Ok(rates)
    }

    fn both_insurances(&self) -> Option<bool> {
        let known = self.each.accident.is_some() || self.each.employment.is_some();
        known.then_some(self.each.accident.is_some() && self.each.employment.is_some())
    }

    /// The premium on the bases; nothing when a base has no rate.
    fn premium(&self, bases: ByInsurance<Option<Yen>>) -> Result<Option<Premium>, CalcError> {
        if let Some(sum) = self.sum {
            let base = match (bases.accident, bases.employment) {
                (Some(accident), Some(employment)) => Some(accident).filter(|_| accident == employment),
                (accident, employment) => accident.or(employment),
            };
            let total = base.map(|base| base.exact().times(sum)?.round(Rounding::Down)).transpose()?;
            return Ok(total.map(|total| Premium { total, parts: ByInsurance::default() }));
        }
        let without_rate = |base: Option<Yen>, rate: Option<Exact>| base.is_some() && rate.is_none();
        if without_rate(bases.accident, self.each.accident) || without_rate(bases.employment, self.each.employment) {
            return Ok(None);
        }
        let premium = labor_premium(bases, self.each)?;
        Ok(premium.map(|premium| Premium { total: premium.total, parts: premium.parts }))
    }

    /// The premium of every insurance with a rate on one base.
    fn premium_on(&self, base: Yen) -> Result<Option<Premium>, CalcError> {
        let for_rate = |rate: Option<Exact>| rate.or(self.sum).map(|_| base);
        self.premium(ByInsurance { accident: for_rate(self.each.accident), employment: for_rate(self.each.employment) })
    }
}

impl Premium {
    fn write(&self, fields: &mut Object) {
        fields.yen("total", self.total);
        if let Some(accident) = self.parts.accident {
            fields.yen("accident", accident);
        }
        if let Some(employment) = self.parts.employment {
            fields.yen("employment", employment);
        }
    }
}
