//! The desk's list of kinds and indexes. Numbers stand in stored bytes: none is ever given a second meaning.

use kura_calendar::Month;
use kura_id::{Kind, RunId, UnitId};
use kura_records::Drawer;
use kura_store::{Index, Key};

/// 事務所の記録: 表紙, 事務所.
pub(crate) const OFFICE: Kind = Kind::new(1);
/// 顧問先の記録.
pub(crate) const CLIENT: Kind = Kind::new(2);
/// 従業員の記録.
pub(crate) const PERSON: Kind = Kind::new(3);
/// 月次の入力.
pub(crate) const INPUT: Kind = Kind::new(4);
/// 支給の履歴.
pub(crate) const HISTORY: Kind = Kind::new(5);
/// 利用者.
pub(crate) const USER: Kind = Kind::new(10);
/// 消去の依頼.
pub(crate) const ERASURE: Kind = Kind::new(11);
/// 鍵の状態: which units are on their way to another key. One record, with the bytes of the office's id.
pub(crate) const KEYS: Kind = Kind::new(12);
/// 検証点: the newest signed checkpoint of a day.
pub(crate) const CHECKPOINT: Kind = Kind::new(13);
/// 本人確認: a user's password and code, and their slip.
pub(crate) const CREDENTIAL: Kind = Kind::new(14);
/// 計算 (a run of pay, bonus or correction).
pub(crate) const RUN: Kind = Kind::new(20);
/// 明細.
pub(crate) const SLIP: Kind = Kind::new(21);

/// What a kind is called (データの種類); nothing for a number that is not in the list.
#[must_use]
pub fn kind_name(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        OFFICE => "事務所",
        CLIENT => "顧問先",
        PERSON => "従業員",
        INPUT => "月次の入力",
        HISTORY => "支給の履歴",
        USER => "利用者",
        ERASURE => "消去の依頼",
        KEYS => "鍵の状態",
        CHECKPOINT => "検証点",
        RUN => "計算",
        SLIP => "明細",
        _ => return None,
    })
}

/// All kinds. Each record of one is found by [`OF_CLIENT`].
pub(crate) const ALL: [Kind; 12] =
    [OFFICE, CLIENT, PERSON, INPUT, HISTORY, USER, ERASURE, KEYS, CHECKPOINT, CREDENTIAL, RUN, SLIP];

/// The kinds a book lives in.
pub(crate) const OF_BOOK: [Kind; 5] = [OFFICE, CLIENT, PERSON, INPUT, HISTORY];

/// A record of a book by the keyed hash of whose and which it is: one record a value.
pub(crate) const PLACE: Index = Index::new(1);
/// What belongs to a client: its unit, behind the period where the record has one, so that a month lies together.
pub(crate) const OF_CLIENT: Index = Index::new(2);

/// A slip by its run.
pub(crate) const OF_RUN: Index = Index::new(3);

/// The kind of a drawer.
pub(crate) const fn of_drawer(drawer: Drawer) -> Kind {
    match drawer {
        Drawer::Office => OFFICE,
        Drawer::Client => CLIENT,
        Drawer::Person => PERSON,
        Drawer::Input(_) => INPUT,
        Drawer::History(_) => HISTORY,
    }
}

/// The key under which a client's record is found.
pub(crate) fn of_client(month: Option<Month>, client: UnitId) -> Key {
    let mut value = month.map(period).unwrap_or_default();
    value.extend(client.bytes());
    Key { index: OF_CLIENT, value }
}

/// The month of such a key's value; nothing where the record has none.
pub(crate) fn month_of(value: &[u8]) -> Option<Month> {
    let [high, low, month, ..] = value.first_chunk::<19>()?;
    Month::new(i16::from_be_bytes([*high, *low]), i8::try_from(*month).ok()?).ok()
}

/// The client of such a key's value.
pub(crate) fn client_of(value: &[u8]) -> Option<UnitId> {
    UnitId::from_bytes(*value.last_chunk()?).ok()
}

/// The key under which the slips of a run are found.
pub(crate) fn of_run(run: RunId) -> Key {
    Key { index: OF_RUN, value: run.bytes().to_vec() }
}

/// Sorts behind every month.
pub(crate) const AFTER_ALL_MONTHS: [u8; 3] = [u8::MAX; 3];

/// A month as bytes that sort as months do: year and month, two bytes and one.
pub(crate) fn period(month: Month) -> Vec<u8> {
    let [high, low] = month.year().to_be_bytes();
    vec![high, low, month.month().unsigned_abs()]
}
