use kura_model::{Attendance, Days, Minutes};
use kura_print::{ListCell, ListColumn, ListColumnKind};

use super::entries::Entry;
use super::table::Table;

/// 勤怠 as columns: those in which anybody has something.
pub(super) struct AttendanceColumns(Vec<&'static AttendanceColumn>);

struct AttendanceColumn {
    header: &'static str,
    kind: ListColumnKind,
    value: fn(&Attendance) -> ListCell,
}

impl AttendanceColumns {
    pub(super) fn of(entries: &[Entry<'_, '_>]) -> Self {
        let rows: Vec<&Attendance> = entries.iter().filter_map(Entry::attendance).collect();
        let used = |column: &&AttendanceColumn| rows.iter().any(|row| (column.value)(row) != ListCell::Empty);
        Self(COLUMNS.iter().filter(used).collect())
    }

    pub(super) fn enter(&self, table: &mut Table) {
        for column in &self.0 {
            table.summed(ListColumn::new(column.header, column.kind).in_section("勤怠"));
        }
    }

    pub(super) fn cells(&self, row: Option<&Attendance>) -> impl Iterator<Item = ListCell> {
        self.0.iter().map(move |column| row.map_or(ListCell::Empty, column.value))
    }
}

static COLUMNS: [AttendanceColumn; 13] = [
    of_days("出勤日数", |row| days(row.worked_days)),
    of_days("有給日数", |row| days(row.paid_leave_days)),
    of_days("欠勤日数", |row| days(row.absent_days)),
    of_days("休業日数", |row| days(row.leave_days)),
    of_hours("労働時間", |row| hours(&[row.working_hours])),
    of_hours("有給時間", |row| hours(&[row.paid_leave_hours])),
    of_hours("法定内残業", |row| hours(&[row.within_statutory_overtime])),
    of_hours("時間外", |row| hours(&[row.overtime_hours])),
    of_hours("所定休日労働", |row| hours(&[row.scheduled_holiday_hours])),
    of_hours("法定休日労働", |row| hours(&[row.statutory_holiday_hours])),
    of_hours("深夜", |row| hours(&[row.night_in_scheduled, row.night_in_overtime, row.night_in_statutory_holiday])),
    of_hours("欠勤時間", |row| hours(&[row.absent_hours])),
    of_hours("遅刻・早退・外出", |row| hours(&[row.late_hours, row.early_hours, row.private_out_hours])),
];

const fn of_days(header: &'static str, value: fn(&Attendance) -> ListCell) -> AttendanceColumn {
    AttendanceColumn { header, kind: ListColumnKind::Days, value }
}

const fn of_hours(header: &'static str, value: fn(&Attendance) -> ListCell) -> AttendanceColumn {
    AttendanceColumn { header, kind: ListColumnKind::Hours, value }
}

/// Days of which there are some.
fn days(days: Option<Days>) -> ListCell {
    let some = days.filter(|days| *days != Days::ZERO).and_then(|days| days.exact().ok());
    ListCell::of(some)
}

/// Hours of which there are some.
fn hours(parts: &[Option<Minutes>]) -> ListCell {
    let sum = parts.iter().flatten().fold(Minutes::ZERO, |sum, part| sum.plus(*part));
    if sum == Minutes::ZERO { ListCell::Empty } else { ListCell::Minutes(i64::from(sum.get())) }
}
