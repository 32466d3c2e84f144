use kura_bank::{Part, RankedPart, TransferKind, split};
use kura_book::{Finding, Severity};
use kura_calendar::Date;
use kura_model::{BankAccount, EmployeeCode, Row, TransferMethod};
use kura_yen::{Rounding, Yen};

use super::accounts::{known, place};
use super::{PayingClient, SHEET};
use crate::stop::Stop;

/// So many people are named in one finding; the rest are counted.
const NAMED_MAX: usize = 10;

/// 差引支給額 of one slip, to be paid out.
pub(crate) struct NetPay<'run> {
    pub(crate) employee_code: &'run EmployeeCode,
    /// 支給日.
    pub(crate) paid_on: Date,
    /// May be below zero: then nothing is paid.
    pub(crate) net: Yen,
}

/// How the nets of a client are paid: one entry a slip, in the order they were given.
pub(crate) struct Transfers<'run> {
    pub(crate) kind: TransferKind,
    pub(crate) people: Vec<PaidOut<'run>>,
}

/// How one net is paid: its ways sum to it, or it is stopped and a finding says why.
pub(crate) struct PaidOut<'run> {
    pub(crate) employee_code: &'run EmployeeCode,
    /// 支給日.
    pub(crate) paid_on: Date,
    /// 差引支給額.
    pub(crate) net: Yen,
    /// By 順位, none of 0 yen.
    pub(crate) ways: Vec<Way<'run>>,
    /// Nothing is paid although something is due.
    pub(crate) stopped: bool,
}

/// A part of a net on its way.
pub(crate) struct Way<'run> {
    /// The row of 口座; 現金 by its method.
    pub(crate) account: &'run Row<BankAccount>,
    pub(crate) amount: Yen,
}

impl<'run> Transfers<'run> {
    /// Sends every net its ways. Whoever cannot be paid gets a finding; so does a client whose people have not agreed to transfers.
    pub(crate) fn of(
        paying: &PayingClient<'run>,
        kind: TransferKind,
        nets: impl IntoIterator<Item = NetPay<'run>>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut people = Vec::new();
        for NetPay { employee_code, paid_on, net } in nets {
            let mut person = PaidOut { employee_code, paid_on, net, ways: Vec::new(), stopped: false };
            match ways(paying, kind, &person) {
                Ok(ways) => person.ways = ways,
                Err(stop) => {
                    person.stopped = true;
                    findings.push(paying.of_person(employee_code.as_str(), stop));
                }
            }
            people.push(person);
        }
        let transfers = Self { kind, people };
        findings.extend(transfers.without_consent(paying));
        transfers
    }

    /// 振込: every way that goes to an account, with whose it is.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&PaidOut<'run>, &Way<'run>)> {
        self.people
            .iter()
            .flat_map(|person| person.ways.iter().map(move |way| (person, way)))
            .filter(|(_, way)| !way.is_cash())
    }

    /// 現金: who gets an envelope, with what in it.
    pub(crate) fn cash(&self) -> impl Iterator<Item = (&PaidOut<'run>, Yen)> {
        self.people.iter().map(|person| (person, person.cash())).filter(|(_, amount)| *amount > Yen::ZERO)
    }

    /// 口座振込の同意 (労働基準法施行規則7条の2) that the book does not show.
    fn without_consent(&self, paying: &PayingClient<'_>) -> Option<Finding> {
        let agreed =
            |person: &PaidOut<'_>, way: &Way<'_>| way.account.consent_on.is_some_and(|day| day <= person.paid_on);
        let mut codes: Vec<&str> = Vec::new();
        for (person, _) in self.rows().filter(|(person, way)| !agreed(person, way)) {
            let code = person.employee_code.as_str();
            if codes.last() != Some(&code) {
                codes.push(code);
            }
        }
        let named = codes.iter().copied().take(NAMED_MAX).collect::<Vec<_>>().join("・");
        let more = codes.len().saturating_sub(NAMED_MAX);
        let rest = if more > 0 { format!("ほか{more}人") } else { String::new() };
        let stop = Stop {
            column: Some("口座振込の同意日"),
            ..Stop::reason(
                SHEET,
                "transfer_consent",
                format!("{}の口座振込の同意日が空欄か、支給日より後です（社員{named}{rest}）。", self.kind.japanese()),
                "本人の同意を確かめて、同意日を記入してください。",
            )
        };
        (!codes.is_empty()).then(|| paying.of_client(Severity::Warning, stop))
    }
}

impl PaidOut<'_> {
    /// Nothing of this net is paid, not even the part that could be.
    pub(super) fn stop(&mut self) {
        self.ways.clear();
        self.stopped = true;
    }

    /// 振込額, yen.
    pub(crate) fn transferred(&self) -> Yen {
        self.ways.iter().filter(|way| !way.is_cash()).map(|way| way.amount).sum()
    }

    /// 現金で支払う額, yen.
    pub(crate) fn cash(&self) -> Yen {
        self.ways.iter().filter(|way| way.is_cash()).map(|way| way.amount).sum()
    }
}

impl Way<'_> {
    pub(crate) fn is_cash(&self) -> bool {
        self.account.method == Some(TransferMethod::Cash)
    }
}

/// The ways of one net, added up again before they are believed.
fn ways<'run>(paying: &PayingClient<'run>, kind: TransferKind, person: &PaidOut<'run>) -> Result<Vec<Way<'run>>, Stop> {
    if person.net <= Yen::ZERO {
        return Ok(Vec::new());
    }
    let rows = paying.accounts.of_person(person.employee_code, kind);
    let parts = rows.iter().map(|row| part(row)).collect::<Result<Vec<_>, _>>()?;
    let first_row = rows.first().and_then(|row| place(row));
    let amounts = split(person.net, &parts)
        .map_err(|error| Stop { row: first_row, ..Stop::reason(SHEET, "transfer_split", &error, error.remedy()) })?;
    let ways = rows.into_iter().zip(amounts).map(|(account, amount)| Way { account, amount });
    let ways: Vec<Way<'_>> = ways.filter(|way| way.amount > Yen::ZERO).collect();
    if ways.iter().map(|way| i128::from(way.amount.get())).sum::<i128>() == i128::from(person.net.get()) {
        return Ok(ways);
    }
    Err(Stop::reason(
        SHEET,
        "transfer_sum",
        "振込と現金の合計が差引支給額と一致しません。",
        "この会社コードと社員番号を添えて開発者に知らせてください。",
    ))
}

/// 振込の方法 of a row.
fn part(row: &Row<BankAccount>) -> Result<RankedPart, Stop> {
    const AMOUNT: &str = "振込の額・率";
    known(row, row.purpose, "用途")?;
    let yen = || {
        let amount = known(row, row.amount, AMOUNT)?;
        let whole = amount.is_whole().then(|| amount.round(Rounding::Down).ok()).flatten();
        whole.ok_or_else(|| Stop {
            row: place(row),
            column: Some(AMOUNT),
            ..Stop::reason(SHEET, "transfer_amount", "振込の額が円単位ではありません。", "1円単位の額にしてください。")
        })
    };
    let part = match known(row, row.method, "振込の方法")? {
        TransferMethod::Whole => Part::Whole,
        TransferMethod::FixedAmount => Part::Fixed(yen()?),
        TransferMethod::Share => Part::Percent(known(row, row.amount, AMOUNT)?),
        TransferMethod::Remainder => Part::Remainder,
        TransferMethod::Cash => Part::Cash(row.amount.map(|_| yen()).transpose()?),
    };
    Ok(RankedPart { rank: row.rank, part })
}
