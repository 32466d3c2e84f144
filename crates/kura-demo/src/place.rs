use kura_model::{Code, EstablishmentCode, Kana, Prefecture, Text};

/// Where a client's people belong: an establishment, its town, and the series its invented numbers come from.
#[derive(Debug)]
pub(crate) struct Place {
    /// 会社コード.
    pub(crate) client: &'static str,
    /// 事業所コード.
    pub(crate) establishment: &'static str,
    pub(crate) prefecture: Prefecture,
    /// The invented quarter of a real town, without house numbers.
    pub(crate) quarter: &'static str,
    pub(crate) quarter_kana: &'static str,
    pub(crate) zip: &'static str,
    /// 全国地方公共団体コード.
    pub(crate) municipality: &'static str,
    pub(crate) municipality_name: &'static str,
    /// 指定番号 of the client with the municipality.
    pub(crate) designated_number: &'static str,
    /// Added to a person's number so that no two people of the client share an invented number.
    pub(crate) series: i64,
    /// 週の所定労働時間 of full-time people, minutes.
    pub(crate) weekly_minutes: i32,
    /// 月の所定労働日数 of full-time people.
    pub(crate) monthly_days: i64,
    /// The first 年度 of 住民税 that the settled months need.
    pub(crate) first_notice_year: i16,
}

impl Place {
    pub(crate) fn code(&self) -> EstablishmentCode {
        EstablishmentCode::from(self.establishment)
    }

    /// 会社コード as a number, for invented numbers.
    fn client_number(&self) -> i64 {
        self.client.parse().unwrap_or(0)
    }

    /// 整理番号 of 健保 and 厚年.
    pub(crate) fn insured_number(&self, person: i64) -> Code {
        Code::from(format!("{}", self.series + person).as_str())
    }

    /// 雇用保険被保険者番号, 4-6-1. 9900 is no office of Hello Work.
    pub(crate) fn employment_number(&self, person: i64) -> Code {
        let serial = self.client_number() * 10_000 + self.series + person;
        Code::from(format!("9900-{serial:06}-{}", serial % 10).as_str())
    }

    /// 基礎年金番号, 4-6. 99xx is no pension office.
    pub(crate) fn basic_pension_number(&self, person: i64) -> Code {
        let office = 9900 + self.client_number();
        Code::from(format!("{office:04}-{:06}", 100_000 + self.series + person).as_str())
    }

    /// 口座番号, seven digits.
    pub(crate) fn account_number(&self, person: i64) -> Code {
        Code::from(format!("{:07}", self.client_number() * 10_000 + self.series + person).as_str())
    }

    /// 宛名番号 of 住民税.
    pub(crate) fn addressee_number(&self, person: i64) -> Code {
        Code::from(format!("{:08}", 90_000_000 + self.client_number() * 10_000 + self.series + person).as_str())
    }

    /// 住所 and 住所カナ: house numbers in the invented quarter.
    pub(crate) fn address(&self, person: i64) -> (Text, Kana) {
        let house = format!("{}-{}", 10 + person * 7 % 23, 1 + person * 13 % 41);
        let address = format!("{}{house}", self.quarter);
        let kana = format!("{}　{house}", self.quarter_kana);
        (Text::from(address.as_str()), Kana::from(kana.as_str()))
    }
}
