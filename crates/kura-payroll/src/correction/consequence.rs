use kura_calendar::{Date, Month};
use kura_law::{CitationId, Law, LawError};
use kura_yen::Yen;

use super::difference::{Correction, CorrectionTerms, TaxOfDifference};
use super::payment::{SettledKind, SettledPayment};
use crate::pay::BuiltIn;
use crate::wording::yen;

/// What follows from a correction. A fact for the office to act on: no other amount was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// 所得税: the difference belongs to the day the pay was due, and is withheld or given back when the difference is paid.
    IncomeTax {
        /// 本来の支給日.
        due_on: Date,
        /// The day it is withheld or given back.
        settled_on: Date,
        /// More tax, or less, yen.
        difference: Yen,
    },
    /// 所得税 and the other deductions of a 仮払い, which took none.
    WithheldAtSettlement {
        /// 本来の支給日.
        due_on: Date,
        /// 精算の支給日.
        settled_on: Date,
        /// 控除合計 that is taken now, yen.
        deductions: Yen,
    },
    /// The pay of a past year changes: 年末調整, 源泉徴収票, 給与支払報告書.
    TaxYear {
        /// 年分.
        year: i16,
    },
    /// 所得税 of a difference that is pay of the day it is paid.
    TaxedWhenPaid {
        /// 差額の支給日.
        paid_on: Date,
        /// 課税対象の差額, yen.
        taxable: Yen,
    },
    /// 雇用保険: rate and wage year of the 締切日 the wage belongs to, whenever it is paid.
    EmploymentInsurance {
        /// 締切日.
        closing_date: Date,
        /// 賃金 that was not yet counted, yen; below zero what was counted too much.
        wage: Yen,
        /// Where the rule comes from.
        citation: CitationId,
    },
    /// 雇用保険 of a difference that is a wage of the period in which it is paid.
    EmploymentInsuranceWhenPaid {
        /// 差額の支給日.
        paid_on: Date,
        /// 賃金の差額, yen.
        wage: Yen,
    },
    /// A premium of social insurance was wrong: the employee's part is settled, and the notice behind it may be.
    SocialPremium {
        /// 健康保険料 or 厚生年金保険料.
        premium: BuiltIn,
        /// 保険料月, where it is known.
        month: Option<Month>,
        /// More, or less, yen.
        difference: Yen,
    },
    /// 報酬 of the payment month changes: 算定・月変 and 資格取得 that counted the month are looked at again.
    Remuneration {
        /// 支給月.
        month: Month,
        /// 報酬の差額, yen.
        difference: Yen,
    },
    /// The bonus changes: 賞与支払届 and 標準賞与額 are corrected, with those of later bonuses of the year.
    BonusAmount {
        /// 賞与の支給日.
        due_on: Date,
        /// 総支給額の差額, yen.
        difference: Yen,
    },
    /// 住民税 was taken wrongly: the municipality is owed the notified amount all the same.
    InhabitantTax {
        /// More, or less, yen.
        difference: Yen,
    },
    /// Too much was paid: taking it back from a later pay needs an agreement, or must be close in time, small and told before.
    Overpaid {
        /// 払い過ぎ, yen.
        amount: Yen,
        /// Where the rule comes from.
        citation: CitationId,
    },
}

impl Consequence {
    /// One Japanese sentence.
    pub fn japanese(&self) -> String {
        match self {
            Self::IncomeTax { due_on, settled_on, difference } => format!(
                "所得税が{}ます。本来の支給日（{due_on}）の給与の税なので、{settled_on}に{}。",
                moved(*difference),
                if difference.is_negative() { "本人へ返します" } else { "徴収します" },
            ),
            Self::WithheldAtSettlement { due_on, settled_on, deductions } => format!(
                "仮払いのときは何も控除していません。本来の支給日（{due_on}）の給与としての控除{}を{settled_on}に行います。",
                yen(*deductions),
            ),
            Self::TaxYear { year } => format!(
                "{year}年分の給与が変わります。年末調整のやり直しと、源泉徴収票・給与支払報告書の訂正が必要か確かめてください。"
            ),
            Self::TaxedWhenPaid { paid_on, taxable } => format!(
                "差額{}（課税対象）は{paid_on}の給与です。所得税はその月の給与と合わせるか、賞与として計算してください。",
                yen(*taxable),
            ),
            Self::EmploymentInsurance { closing_date, wage, .. } => format!(
                "雇用保険料は締切日（{closing_date}）の料率で計算しました。賃金{}は{}年度の年度更新で数えます。",
                yen(*wage),
                Month::of(*closing_date).fiscal_year(),
            ),
            Self::EmploymentInsuranceWhenPaid { paid_on, wage } => {
                format!("賃金の差額{}は、{paid_on}に支払う賃金と合わせて雇用保険料を計算してください。", yen(*wage))
            }
            Self::SocialPremium { premium, month, difference } => format!(
                "{}{}の本人負担が{}ます。標準報酬や資格の誤りが原因なら、届出の訂正も必要です。",
                month.map_or_else(String::new, |month| format!("{month}分の")),
                premium.japanese(),
                moved(*difference),
            ),
            Self::Remuneration { month, difference } => format!(
                "{month}に支払った報酬が{}ます。この月を使った算定・月変・資格取得時の決定を見直してください。",
                moved(*difference),
            ),
            Self::BonusAmount { due_on, difference } => format!(
                "{due_on}の賞与が{}ます。賞与支払届の訂正と、年度内の後の賞与の累計を確かめてください。",
                moved(*difference),
            ),
            Self::InhabitantTax { difference } => {
                format!("住民税の徴収額が{}ます。市区町村へは通知どおりの額を納めてください。", moved(*difference),)
            }
            Self::Overpaid { amount, .. } => format!(
                "{}の払い過ぎです。次の給与から差し引くには、労使協定があるか、時期が近く、少額で、前もって知らせている必要があります（労基法24条）。",
                yen(*amount),
            ),
        }
    }
}

/// `370円増え`, `1,000円減り`.
fn moved(difference: Yen) -> String {
    let (amount, way) = if difference.is_negative() { (-difference, "減り") } else { (difference, "増え") };
    format!("{}{way}", yen(amount))
}

/// What follows from a correction of what was settled.
pub(super) fn consequences(
    law: &Law,
    settled: SettledPayment,
    terms: CorrectionTerms,
    correction: &Correction,
) -> Result<Vec<Consequence>, LawError> {
    let payment = correction.payment();
    let mut found = Vec::new();
    match terms.tax {
        TaxOfDifference::OfTheDueDay => {
            let tax = of_line(correction, BuiltIn::IncomeTax);
            if tax != Yen::ZERO {
                let (due_on, settled_on) = (settled.due_on, terms.paid_on);
                found.push(Consequence::IncomeTax { due_on, settled_on, difference: tax });
            }
            found.extend(tax_year(settled, terms, payment.taxable() != Yen::ZERO || tax != Yen::ZERO));
            found.extend(employment_insurance(law, settled, correction.labor_wage)?);
        }
        TaxOfDifference::OfTheDayPaid => {
            let (paid_on, taxable, wage) = (terms.paid_on, payment.taxable(), correction.labor_wage);
            found.extend((taxable != Yen::ZERO).then_some(Consequence::TaxedWhenPaid { paid_on, taxable }));
            found.extend((wage != Yen::ZERO).then_some(Consequence::EmploymentInsuranceWhenPaid { paid_on, wage }));
        }
    }
    for line in &correction.lines {
        let premium = [BuiltIn::HealthInsurance, BuiltIn::EmployeesPension].into_iter();
        let premium = premium.into_iter().find(|premium| line.code == premium.code());
        let (month, difference) = (line.month, line.difference());
        found.extend(premium.map(|premium| Consequence::SocialPremium { premium, month, difference }));
    }
    found.extend(of_amount(settled, correction, payment.gross()));
    let inhabitant = of_line(correction, BuiltIn::InhabitantTax);
    found.extend((inhabitant != Yen::ZERO).then_some(Consequence::InhabitantTax { difference: inhabitant }));
    found.extend(overpaid(law, terms, correction)?);
    Ok(found)
}

/// What follows from the settlement of a 仮払い: every deduction of the month is taken now, none of them was wrong before.
pub(super) fn of_settlement(
    law: &Law,
    settled: SettledPayment,
    terms: CorrectionTerms,
    correction: &Correction,
) -> Result<Vec<Consequence>, LawError> {
    let deductions = correction.payment().deduction_total();
    let (due_on, settled_on) = (settled.due_on, terms.paid_on);
    let mut found = vec![Consequence::WithheldAtSettlement { due_on, settled_on, deductions }];
    found.extend(tax_year(settled, terms, true));
    found.extend(employment_insurance(law, settled, correction.labor_wage)?);
    found.extend(overpaid(law, terms, correction)?);
    Ok(found)
}

fn of_line(correction: &Correction, built_in: BuiltIn) -> Yen {
    let lines = correction.lines.iter().filter(|line| line.code == built_in.code());
    lines.map(super::DifferenceLine::difference).sum()
}

fn tax_year(settled: SettledPayment, terms: CorrectionTerms, changes: bool) -> Option<Consequence> {
    let year = settled.due_on.year();
    (changes && year != terms.paid_on.year()).then_some(Consequence::TaxYear { year })
}

fn employment_insurance(law: &Law, settled: SettledPayment, wage: Yen) -> Result<Option<Consequence>, LawError> {
    if wage == Yen::ZERO {
        return Ok(None);
    }
    let closing_date = settled.closing_date;
    let rule = law.figure("labor_insurance_rules", "employment_insurance.rate_by", closing_date)?;
    Ok(Some(Consequence::EmploymentInsurance { closing_date, wage, citation: rule.citation() }))
}

fn of_amount(settled: SettledPayment, correction: &Correction, gross: Yen) -> Option<Consequence> {
    match settled.kind {
        SettledKind::Pay => {
            let (month, difference) = (Month::of(settled.due_on), correction.remuneration);
            (difference != Yen::ZERO).then_some(Consequence::Remuneration { month, difference })
        }
        SettledKind::Bonus => {
            let (due_on, difference) = (settled.due_on, gross);
            (difference != Yen::ZERO).then_some(Consequence::BonusAmount { due_on, difference })
        }
    }
}

fn overpaid(law: &Law, terms: CorrectionTerms, correction: &Correction) -> Result<Option<Consequence>, LawError> {
    let amount = correction.shortfall();
    if amount == Yen::ZERO {
        return Ok(None);
    }
    let rule = law.figure("labor_standards", "wage_payment.advance_offset", terms.paid_on)?;
    Ok(Some(Consequence::Overpaid { amount, citation: rule.citation() }))
}
