//! Whether a new average is far enough from the standard in force: grades, edges of the tables, direction.

use kura_calendar::Month;
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::decisions::standards::{grade_of, say_grade};
use crate::decisions::{CurrentStandard, DecisionError, Explanation, wording};
use crate::{Scheme, StandardRemuneration, standard_remuneration};

/// 昇給 or 降給.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 昇給・増額.
    Raise,
    /// 降給・減額.
    Cut,
}

impl Direction {
    /// The word of the forms.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Raise => "昇給",
            Self::Cut => "降給",
        }
    }

    /// The direction from one amount to another; `None` when they are equal.
    pub fn between(before: i64, after: i64) -> Option<Self> {
        match after.cmp(&before) {
            std::cmp::Ordering::Greater => Some(Self::Raise),
            std::cmp::Ordering::Less => Some(Self::Cut),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// A revision of one scheme, judged. Health insurance and pension are judged apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemeJudgement {
    /// 従前.
    pub current: StandardRemuneration,
    /// The grade of the new average.
    pub new: StandardRemuneration,
    /// What follows.
    pub verdict: Verdict,
}

/// What a judgement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 改定: the grades differ by as many as needed.
    Revised,
    /// 改定: one grade at the end of the table that counts as two.
    RevisedAtEdge,
    /// 改定しない: too few grades.
    TooFewGrades,
    /// 改定しない: fixed pay and grade moved in opposite directions.
    AgainstDirection,
    /// 確認: the end of the table asks for the 報酬月額 behind the current standard, which is unknown.
    CurrentPayUnknown,
}

impl Verdict {
    /// True when the standard is revised.
    pub const fn is_revised(self) -> bool {
        matches!(self, Self::Revised | Self::RevisedAtEdge)
    }
}

/// How a judgement is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// Grades the two must differ by.
    pub(crate) grades: i64,
    /// Where that number comes from.
    pub(crate) citation: CitationId,
    /// The direction both must have; `None` = any. With a direction one grade at an edge may count as two.
    pub(crate) direction: Option<Direction>,
}

/// Judges one scheme for the month a revision would begin; `None` where the person has no standard in it.
pub(crate) fn judge(
    law: &Law,
    scheme: Scheme,
    begins: Month,
    current: &CurrentStandard,
    average: Yen,
    measure: Measure,
    explanation: &mut Explanation,
) -> Result<Option<SchemeJudgement>, DecisionError> {
    let Some(standard) = current.of(scheme) else { return Ok(None) };
    let old = grade_of(law, scheme, begins, standard)?;
    let new = standard_remuneration(law, scheme, begins, average)?;
    let difference = new.grade.saturating_sub(old.grade);
    explanation.cite(
        new.citation,
        format!(
            "{}（従前は第{}級 {}）: {}等級の差です。",
            say_grade(scheme, &new),
            old.grade,
            wording::yen(old.standard_monthly),
            difference.saturating_abs()
        ),
    );
    let against = measure.direction.zip(Direction::between(old.grade, new.grade));
    let verdict = if let Some((wanted, moved)) = against.filter(|(wanted, moved)| wanted != moved) {
        say_against(wanted, moved, scheme, explanation);
        Verdict::AgainstDirection
    } else if difference.saturating_abs() >= measure.grades {
        explanation.cite(
            measure.citation,
            format!("{}等級以上の差なので、{}を改定します。", measure.grades, wording::scheme(scheme)),
        );
        Verdict::Revised
    } else if measure.direction.is_some() && difference.saturating_abs() == 1 {
        at_edge(law, scheme, begins, (&old, &new), (current.remuneration, average), measure, explanation)?
    } else {
        say_too_few(scheme, measure, explanation);
        Verdict::TooFewGrades
    };
    Ok(Some(SchemeJudgement { current: old, new, verdict }))
}

fn say_against(wanted: Direction, moved: Direction, scheme: Scheme, explanation: &mut Explanation) {
    let word = |direction: Direction| match direction {
        Direction::Raise => "上がり",
        Direction::Cut => "下がり",
    };
    explanation.say(format!(
        "固定的賃金は{}、等級は{}ました。向きが逆なので、{}は改定しません。",
        word(wanted),
        word(moved),
        wording::scheme(scheme)
    ));
}

fn say_too_few(scheme: Scheme, measure: Measure, explanation: &mut Explanation) {
    explanation.cite(
        measure.citation,
        format!("{}等級以上の差がないので、{}は改定しません。", measure.grades, wording::scheme(scheme)),
    );
}

/// One grade between the last two grades of a table counts as two when the pay passes the amounts of the edge table.
fn at_edge(
    law: &Law,
    scheme: Scheme,
    begins: Month,
    (old, new): (&StandardRemuneration, &StandardRemuneration),
    (current_pay, average): (Option<Yen>, Yen),
    measure: Measure,
    explanation: &mut Explanation,
) -> Result<Verdict, DecisionError> {
    for row in law.rows_in_force("occasional_revision_edges", begins.first_day())? {
        let same_grades = row.integer("from_grade")? == old.grade && row.integer("to_grade")? == new.grade;
        if row.text("scheme")? != scheme.name() || !same_grades {
            continue;
        }
        let edge = Edge {
            current_at_least: row.integer_or_open("current_pay_at_least")?,
            current_below: row.integer_or_open("current_pay_below")?,
            pay_at_least: row.integer_or_open("pay_at_least")?,
            pay_below: row.integer_or_open("pay_below")?,
        };
        let word = wording::scheme(scheme);
        return Ok(match edge.holds(current_pay, average) {
            Some(true) => {
                explanation.cite(
                    row.citation(),
                    format!(
                        "等級表の端の1等級の差ですが、{}ので2等級以上の差と同じに扱い、{word}を改定します。",
                        edge.say()
                    ),
                );
                Verdict::RevisedAtEdge
            }
            Some(false) => {
                explanation.cite(
                    row.citation(),
                    format!(
                        "等級表の端の1等級の差で、{}ときに当たらないので、{word}は改定しません。",
                        edge.say_condition()
                    ),
                );
                Verdict::TooFewGrades
            }
            None => {
                explanation.cite(
                    row.citation(),
                    format!(
                        "等級表の端の1等級の差です。{}ときは{word}を改定しますが、従前の報酬月額が分かりません。標準報酬の報酬月額を入れてください。",
                        edge.say_condition()
                    ),
                );
                Verdict::CurrentPayUnknown
            }
        });
    }
    say_too_few(scheme, measure, explanation);
    Ok(Verdict::TooFewGrades)
}

/// The amounts of a row of the edge table, yen; `None` = no condition.
struct Edge {
    current_at_least: Option<i64>,
    current_below: Option<i64>,
    pay_at_least: Option<i64>,
    pay_below: Option<i64>,
}

impl Edge {
    /// `None` when the answer hangs on the unknown 報酬月額 behind the current standard.
    fn holds(&self, current_pay: Option<Yen>, average: Yen) -> Option<bool> {
        let within = |pay: i64, at_least: Option<i64>, below: Option<i64>| {
            at_least.is_none_or(|least| least <= pay) && below.is_none_or(|below| pay < below)
        };
        if !within(average.get(), self.pay_at_least, self.pay_below) {
            return Some(false);
        }
        if self.current_at_least.is_none() && self.current_below.is_none() {
            return Some(true);
        }
        current_pay.map(|pay| within(pay.get(), self.current_at_least, self.current_below))
    }

    fn say(&self) -> String {
        self.parts("である")
    }

    fn say_condition(&self) -> String {
        self.parts("の")
    }

    fn parts(&self, ending: &str) -> String {
        let bound = |what: &str, amount: Option<i64>, word: &str| {
            amount.map(|amount| format!("{what}が{}{word}", wording::yen(Yen::new(amount))))
        };
        let parts = [
            bound("従前の報酬月額", self.current_at_least, "以上"),
            bound("従前の報酬月額", self.current_below, "未満"),
            bound("平均額", self.pay_at_least, "以上"),
            bound("平均額", self.pay_below, "未満"),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}{ending}", said.join("、"))
    }
}
