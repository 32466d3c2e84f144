//! Books of every shape, from one number.

use kura_book::Book;
use kura_calendar::{Date, Month};
use kura_model::{
    CodeForm, ColumnSchema, CustomValue, DateList, DayOfMonth, Days, Facts, FiscalYear, Kind, Minutes, MonthsOfYear,
    Row, RowSource, SheetSchema, Text, Value, Values, WeekdayPattern,
};
use kura_yen::{Exact, Rate, Yen};

/// A book whose every row is readable, made from a seed.
pub(crate) fn book(seed: u64, rows_max: u64) -> Book {
    Book::read(&mut Dice { state: seed, rows_max })
}

struct Dice {
    state: u64,
    rows_max: u64,
}

const TEXTS: [&str; 14] = [
    "越路　正道",
    "=1+1",
    "+81-3-0000",
    "-1",
    "@SUM(A1)",
    "\"引用\", 区切り",
    "二行\nある",
    "'=1",
    "''x",
    "髙﨑①㈱",
    "#N/A",
    "1,240円",
    "<&>_x000D_",
    "_x005F_",
];

impl RowSource for Dice {
    fn rows<T: Facts>(&mut self) -> Vec<Row<T>> {
        let schema = T::SCHEMA;
        let count = if schema.one_row { 1 } else { self.below(self.rows_max) };
        let rows = (0..count).filter_map(|_| {
            let mut values = self.values(schema);
            T::from_values(&mut values).map(Row::from)
        });
        rows.collect()
    }
}

impl Dice {
    /// splitmix64
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low + i64::try_from(self.below(span)).expect("small")
    }

    fn values(&mut self, schema: &SheetSchema) -> Values {
        let mut values = Values::empty(schema.columns.len());
        for (at, column) in schema.columns.iter().enumerate() {
            let empty = !column.required && self.below(3) == 0;
            let clearable = schema.dated.is_some() && !column.required && !column.key && !has_none(column);
            if empty {
                continue;
            }
            if clearable && self.below(8) == 0 {
                values.set(at, Value::Cleared);
            } else {
                let value = self.value(column);
                let said = schema.dated.is_some() || value != Value::Flag(false);
                if said {
                    values.set(at, value);
                }
            }
        }
        for name in ["売上", "配送件数", "=名"] {
            match self.below(5) {
                0 => values.custom_mut().set(Text::from(name), CustomValue::Number(self.rate(-1000, 1000, 10).exact())),
                1 => values
                    .custom_mut()
                    .set(Text::from(name), CustomValue::Text(Text::from(*self.pick(&["A級", "=1+1", "007"])))),
                _ => {}
            }
        }
        values
    }

    fn value(&mut self, column: &ColumnSchema) -> Value {
        let bound = |bound: Option<&str>, otherwise: i64| {
            bound.and_then(|text| text.split('.').next()?.parse().ok()).unwrap_or(otherwise)
        };
        let (low, high) = (
            bound(column.min, -1000) + i64::from(column.min.is_some_and(|min| min.contains('.'))),
            bound(column.max, 100_000),
        );
        match column.kind {
            Kind::Text | Kind::Formula => Value::Text(self.text(column)),
            Kind::Kana => Value::Text(Text::from(*self.pick(&[
                "キシワダ　イサム",
                "カ）コシジ",
                "ヴァー・１",
                "ｷ".repeat(3).replace('ｷ', "キ").as_str(),
            ]))),
            Kind::Code(CodeForm::Digits(groups)) => Value::Text(Text::from(self.digits(groups).as_str())),
            Kind::Code(CodeForm::Municipality) => Value::Text(Text::from(self.digits(&[6]).as_str())),
            Kind::Code(_) => Value::Text(self.code(column)),
            Kind::Date => Value::Date(self.date()),
            Kind::Month => Value::Month(Month::of(self.date())),
            Kind::Yen => Value::Yen(Yen::new(self.between(low, 9_999_999_999_999))),
            Kind::Decimal => Value::Decimal(self.decimal(low, high)),
            Kind::Count => Value::Count(self.between(low, high)),
            Kind::HoursMinutes => {
                Value::Minutes(Minutes::new(i32::try_from(self.between(0, high.min(9_000) * 60)).expect("small")))
            }
            Kind::Days => Value::Days(Days::quarters(i32::try_from(self.between(0, 31 * 4)).expect("small"))),
            Kind::Percent => Value::Rate(self.rate(low, high, 100)),
            Kind::PerMille => Value::Rate(self.rate(low, high, 1000)),
            Kind::Choice(_, allowed) => Value::Choice(*self.pick(allowed)),
            Kind::Flag => Value::Flag(self.below(2) == 0),
            Kind::DayOfMonth => match self.between(0, high) {
                0 => Value::DayOfMonth(DayOfMonth::Last),
                day => Value::DayOfMonth(DayOfMonth::Day(i8::try_from(day).expect("a day"))),
            },
            Kind::Months => {
                Value::Months(MonthsOfYear::parse(self.pick::<&str>(&["7,12", "4・10", "1", "12"])).expect("months"))
            }
            Kind::Weekdays => Value::Weekdays(
                WeekdayPattern::parse(self.pick::<&str>(&["土(2,4)", "土日", "日・水(1)"])).expect("days"),
            ),
            Kind::Dates => Value::Dates(DateList::new(vec![self.date(), self.date()])),
            Kind::FiscalYear => {
                Value::FiscalYear(FiscalYear::beginning_in(i16::try_from(self.between(1990, 2090)).expect("a year")))
            }
        }
    }

    fn text(&mut self, column: &ColumnSchema) -> Text {
        if column.names.is_some() { self.code(column) } else { Text::from(*self.pick(&TEXTS)) }
    }

    fn code(&mut self, column: &ColumnSchema) -> Text {
        match column.names {
            Some(_) => Text::from(*self.pick(&["001", "02", "T014", "F"])),
            None => Text::from(*self.pick(&["007", "03-0000-0000", "=1", "-5", "ﾋﾅﾀ", "5010-654321-0", "1"])),
        }
    }

    fn digits(&mut self, groups: &[usize]) -> String {
        let parts: Vec<String> =
            groups.iter().map(|width| (0..*width).map(|_| self.below(10).to_string()).collect()).collect();
        parts.join("-")
    }

    fn date(&mut self) -> Date {
        let month = Month::new(
            i16::try_from(self.between(1868, 2199)).expect("a year"),
            i8::try_from(self.between(1, 12)).expect("a month"),
        );
        month.expect("a month").day_or_last(i8::try_from(self.between(1, 31)).expect("a day"))
    }

    /// Whole, with a few decimals, with many, or one that never ends.
    fn decimal(&mut self, low: i64, high: i64) -> Exact {
        let whole = Exact::whole(self.between(low, high - 1));
        let divisor = *self.pick(&[1, 1, 2, 100, 1_000_000_000_000_000_000, 3, 341]);
        let part = Exact::whole(self.between(0, divisor - 1)).divided_by_integer(divisor).expect("not zero");
        whole.plus(part).expect("small")
    }

    fn rate(&mut self, low: i64, high: i64, base: i64) -> Rate {
        let typed = self.between(low * 1000, high * 1000);
        let rate = Exact::whole(typed).divided_by_integer(base * 1000).expect("not zero");
        Rate::from_decimal(&rate.to_decimal(15).expect("ends")).expect("a rate")
    }

    fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        let at = usize::try_from(self.below(u64::try_from(list.len()).expect("small"))).expect("small");
        list.get(at).expect("inside")
    }
}

fn has_none(column: &ColumnSchema) -> bool {
    match column.kind {
        Kind::Choice(list, allowed) => allowed.iter().any(|at| {
            list.values
                .get(usize::from(*at))
                .is_some_and(|value| value.japanese == "なし" || value.also.contains(&"なし"))
        }),
        _ => false,
    }
}
