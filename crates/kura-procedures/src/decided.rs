//! 決定通知書: a standard that the authority decided, beside ours, and what a difference stops.

use kura_calendar::{Date, Month};
use kura_model::{ClientCode, EmployeeCode, Scheme, StandardRemuneration};
use kura_yen::Yen;

/// 標準報酬決定通知書 of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardNotice {
    /// 会社.
    pub client: ClientCode,
    /// 社員番号.
    pub person: EmployeeCode,
    /// 適用年月.
    pub applies_from: Month,
    /// 健保 標準報酬月額; `None` when the notice has none.
    pub health: Option<Yen>,
    /// 厚年 標準報酬月額, of a person of 70 or over the 相当額; `None` when the notice has none.
    pub pension: Option<Yen>,
    /// 決定通知書の日.
    pub notified_on: Date,
}

/// What the notice says beside the standard we computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedComparison {
    /// They agree: the proposal is decided.
    Same,
    /// They differ, in the month, in an amount, or in which schemes have one.
    Differs(DecidedDifference),
    /// The row is of another person: there is nothing to compare.
    AnotherPerson,
}

/// Where the notice differs. It stops the person's runs until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedDifference {
    /// 会社.
    pub client: ClientCode,
    /// 社員番号.
    pub person: EmployeeCode,
    /// 適用年月: ours and that of the notice, where they differ.
    pub applies_from: Option<(Month, Month)>,
    /// The amounts that differ: scheme, ours, that of the notice.
    pub amounts: Vec<(Scheme, Option<Yen>, Option<Yen>)>,
    /// The first 保険料月 that is stopped: the earlier of the two 適用年月.
    pub stops_from: Month,
}

/// Compares a notice with our row of 標準報酬.
pub fn compare_decided(ours: &StandardRemuneration, notice: &StandardNotice) -> DecidedComparison {
    if (&ours.client_code, &ours.employee_code) != (&notice.client, &notice.person) {
        return DecidedComparison::AnotherPerson;
    }
    let applies_from = (ours.applies_from != notice.applies_from).then_some((ours.applies_from, notice.applies_from));
    let pension = ours.pension_standard.or(ours.pension_equivalent);
    let pairs = [(Scheme::Health, ours.health_standard, notice.health), (Scheme::Pension, pension, notice.pension)];
    let amounts: Vec<_> = pairs.into_iter().filter(|(_, ours, decided)| ours != decided).collect();
    if applies_from.is_none() && amounts.is_empty() {
        return DecidedComparison::Same;
    }
    DecidedComparison::Differs(DecidedDifference {
        client: notice.client.clone(),
        person: notice.person.clone(),
        applies_from,
        amounts,
        stops_from: ours.applies_from.min(notice.applies_from),
    })
}

impl DecidedDifference {
    /// Whether a run that charges the premium of a month has to stop for this person.
    pub fn stops(&self, premium_month: Month) -> bool {
        self.stops_from <= premium_month
    }

    /// What is wrong, without an amount.
    pub fn sentence(&self) -> String {
        let schemes: Vec<_> = self.amounts.iter().map(|(scheme, _, _)| scheme.japanese()).collect();
        let what = match (self.applies_from.is_some(), schemes.as_slice()) {
            (true, []) => "適用年月".to_owned(),
            (false, schemes) => format!("{}の標準報酬月額", schemes.join("・")),
            (true, schemes) => format!("適用年月と{}の標準報酬月額", schemes.join("・")),
        };
        format!("決定通知書の{what}が、こちらの計算と違います。{}分からの保険料を計算できません。", self.stops_from)
    }

    /// What the user can do.
    pub const fn remedy(&self) -> &'static str {
        "どちらが正しいかを確かめてください。通知が正しければ標準報酬を通知の内容に直し、こちらが正しければ年金事務所に確かめてください。"
    }
}
