use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::due_dates::{in_words, premiums_due};
use super::entries::Entry;
use super::groups::groups;
use super::table::{Level, Table, exact_yen};
use crate::client_month::ClientMonth;

const EMPLOYEE: &str = "本人負担";
const EMPLOYER: &str = "事業主負担";

/// 社会保険料 of a bonus, person by person: 標準賞与額, the parts of the premium, and what falls to the employer. They are billed
/// with the premiums of the month of payment.
pub(super) fn list(month: &ClientMonth<'_>, entries: &[Entry<'_, '_>], mut captions: Vec<String>) -> List {
    captions.insert(1, in_words(premiums_due(month.law, month.request.month)));
    let mut table = Table::new("賞与の社会保険料", captions, ListPage::Landscape);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    let money = |header: &str| ListColumn::new(header, Kind::Yen);
    table.summed(money("賞与額"));
    table.summed(money("健保 標準賞与額"));
    table.summed(money("厚年 標準賞与額"));
    for header in ["うち介護", "うち支援金"] {
        table.summed(money(header).in_section(EMPLOYEE));
    }
    table.summed(money("健保計").in_section(EMPLOYEE).total());
    table.summed(money("厚生年金").in_section(EMPLOYEE));
    for header in ["健保", "厚生年金", "拠出金"] {
        table.summed(money(header).in_section(EMPLOYER));
    }
    table.summed(money("労使合計").total());
    groups(entries).rows(&mut table, |entry, _| cells(entry));
    table.close(Level::All, format!("合計 {}人", entries.len()));
    table.note("この保険料は、支給した月の保険料とともに納入告知されます。請求は事業所ごとに全員の端数処理前の額を足して1円未満を切り捨てます。");
    table.finish()
}

fn cells(entry: &Entry<'_, '_>) -> Vec<ListCell> {
    let row = entry.history;
    let charged = |amount: Option<Yen>| ListCell::of(amount.filter(|amount| *amount != Yen::ZERO));
    let parts = [row.employer_health, row.employer_pension, row.employer_child_contribution];
    let shares = [row.health_total, row.pension].into_iter().flatten().map(Yen::exact);
    let all = parts.into_iter().flatten().chain(shares).try_fold(Exact::ZERO, Exact::plus);
    let exact =
        |amount: Option<Exact>| amount.filter(|amount| *amount != Exact::ZERO).map_or(ListCell::Empty, exact_yen);
    let mut cells = vec![entry.code().into(), entry.name().into(), entry.slip.gross.into()];
    cells.extend([row.health_standard, row.pension_standard].map(ListCell::of));
    cells.extend([row.care, row.support_levy, row.health_total, row.pension].map(charged));
    cells.extend(parts.map(exact));
    cells.push(exact(all.ok()));
    cells
}
