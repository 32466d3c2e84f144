//! 給与計算 on the store: a run is computed, looked at, approved and published; nothing is recomputed in silence.

mod compute;
mod output;
mod publish;
mod record;
mod stages;

use kura_book::Finding;
use kura_calendar::{Date, Month};
use kura_id::RunId;
use kura_month::MonthRequest;
use kura_yen::Yen;
use serde::{Deserialize, Serialize};

pub use publish::Published;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOrder {
    /// 会社コード.
    pub client: String,
    /// 支給月.
    pub month: Month,
    /// What is computed.
    pub kind: RunKind,
    /// The day the files are made on.
    pub as_of: Date,
}

/// What a run computes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// 給与 of the month, with the differences of what was handed in again.
    Pay,
    /// 仮払い.
    Provisional,
    /// 賞与 of this name.
    Bonus(String),
    /// 訂正 of an earlier month: the differences to what was paid.
    Correction(#[serde(with = "record::month")] Month),
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// 計算中: slips of a large run are on their way. One that stays so was interrupted; it is withdrawn, also by the next run of the order.
    Computing,
    /// 計算済.
    Computed,
    /// 点検済.
    Checked,
    /// 承認済.
    Approved,
    /// 公開済: the slips are facts now.
    Published,
    /// 取消: another run took its place before it was published, or somebody withdrew it.
    Withdrawn,
}

impl RunState {
    /// The word on a screen.
    #[must_use]
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Computing => "計算中",
            Self::Computed => "計算済",
            Self::Checked => "点検済",
            Self::Approved => "承認済",
            Self::Published => "公開済",
            Self::Withdrawn => "取消",
        }
    }

    /// What can be done next.
    #[must_use]
    pub const fn next_step(self) -> &'static str {
        match self {
            Self::Computing => "終わるまで待つか、中断していたら、取り消すか計算をやり直してください。",
            Self::Computed => "次は点検です。",
            Self::Checked => "次は承認です。",
            Self::Approved => "次は公開です。",
            Self::Published => "直すには、訂正の計算をしてください。",
            Self::Withdrawn => "取り消したため、新しい計算を使ってください。",
        }
    }
}

/// A run that was just computed, with what its people and files stopped at. The findings are not kept: the next computation has them again.
pub struct Ran {
    /// The run.
    pub run: Run,
    /// 確認事項, the worst first.
    pub findings: Vec<Finding>,
}

/// A run, as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which one.
    pub id: RunId,
    /// 会社コード.
    pub client: String,
    /// 支給月.
    pub month: Month,
    /// What it computed.
    pub kind: RunKind,
    /// The day the files are made on.
    pub as_of: Date,
    /// How far it has come.
    pub state: RunState,
    /// How many slips.
    pub slips: usize,
    /// How many people were stopped, each a finding; of a bonus or 仮払い also files.
    pub stops: usize,
    /// 総支給額 of all slips.
    pub gross: Yen,
    /// 控除合計 of all slips.
    pub deduction_total: Yen,
    /// 差引支給額 of all slips.
    pub net: Yen,
}

impl Run {
    /// What `kura month` would be asked for.
    #[must_use]
    pub const fn request(&self) -> MonthRequest {
        MonthRequest { month: self.month, as_of: self.as_of, trace: false, payslips: true }
    }
}
