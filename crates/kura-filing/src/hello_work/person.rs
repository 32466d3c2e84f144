use kura_calendar::{Date, Wareki};

use crate::writer::RecordWriter;

/// １週間の所定労働時間.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyHours {
    /// 時間.
    pub hours: u8,
    /// 分, 0 to 59.
    pub minutes: u8,
}

/// 外国人雇用状況: what the notices ask of a foreigner, as on the residence card.
#[derive(Clone, PartialEq, Eq)]
pub struct ForeignWorker {
    /// 被保険者氏名（ローマ字）.
    pub name_latin: String,
    /// 国籍・地域, in words.
    pub nationality: String,
    /// 国籍地域コード.
    pub nationality_code: String,
    /// 在留資格, in words.
    pub residence_status: String,
    /// 在留資格コード.
    pub residence_status_code: String,
    /// 在留期間の満了日; none for a permanent resident.
    pub residence_until: Option<Date>,
    /// 資格外活動許可の有無.
    pub permission_other: bool,
    /// 派遣・請負就労区分: works mainly elsewhere.
    pub dispatched: bool,
}

impl WeeklyHours {
    pub(super) fn write(self, writer: &mut RecordWriter<'_>) {
        writer.two_digits("１週間の所定労働時間（時間）", self.hours);
        writer.two_digits("１週間の所定労働時間（分）", self.minutes);
    }
}

impl ForeignWorker {
    pub(super) fn write(&self, writer: &mut RecordWriter<'_>) {
        let yes_or_no = |yes: bool| if yes { "001" } else { "002" };
        writer.set("被保険者氏名（ローマ字）", &self.name_latin);
        writer.set("国籍・地域", &self.nationality);
        writer.set("国籍地域コード", &self.nationality_code);
        writer.set("在留資格", &self.residence_status);
        writer.set("在留資格コード", &self.residence_status_code);
        if let Some(until) = self.residence_until {
            writer.set("在留期間（年）", until.year());
            writer.two_digits("在留期間（月）", until.month());
            writer.two_digits("在留期間（日）", until.day());
        }
        writer.set("資格外活動許可の有無", yes_or_no(self.permission_other));
        writer.set("派遣・請負就労区分", yes_or_no(self.dispatched));
    }
}

/// A day in its four fields, the 元号 in two characters. `heading`: what the four have in common (生年月日).
pub(super) fn write_date(writer: &mut RecordWriter<'_>, heading: &'static str, day: Date) {
    let Some(wareki) = writer.accept(Wareki::of(day)) else { return };
    writer.in_block(heading, |writer| {
        writer.set("_（元号）", wareki.era.japanese());
        writer.two_digits("_（年）", wareki.year);
        writer.two_digits("_（月）", wareki.month);
        writer.two_digits("_（日）", wareki.day);
    });
}

/// 雇用保険の被保険者番号 in its three fields.
pub(super) fn write_insured_number(writer: &mut RecordWriter<'_>, number: &str) {
    writer.three_parts(["被保険者番号4桁", "被保険者番号6桁", "被保険者番号CD"], number);
}
