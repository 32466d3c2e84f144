use kura_calendar::{Date, Month};
use kura_demo::{DemoRun, enlarged};
use kura_desk::{RunKind, RunOrder};
use kura_law::Law;
use kura_model::Book;

/// Client 003 of the demo with as many people as asked, just before the run of its month.
pub struct InventedClient {
    /// All it knows.
    pub book: Book,
    /// 支給月 of the run.
    pub month: Month,
}

impl InventedClient {
    /// So many people with the settled pay of so many months before the run, at most 14.
    #[must_use]
    pub fn new(people: usize, settled_months: usize) -> Self {
        let law = Law::embedded().unwrap();
        let mut demo = kura_demo::books(law).unwrap().remove(2);
        let month = match demo.runs.first().unwrap() {
            DemoRun::Month { month } => *month,
            DemoRun::Bonus { paid_on, .. } => Month::of(*paid_on),
        };
        let of_run = std::mem::take(&mut demo.book.attendances);
        let oldest = demo.history_months.len().saturating_sub(settled_months);
        let months = demo.history_months.split_off(oldest);
        let first = months.first().map_or(month, |past| past.month);
        demo.book.pay_histories.retain(|row| row.payment_month.is_some_and(|of| of >= first));
        demo.book.pay_lines.retain(|line| Month::of(line.paid_on) >= first);
        for past in months {
            demo.book.attendances = past.attendance;
            demo.book = kura_month::settle(&demo.book, past.month, law).0;
        }
        demo.book.attendances = of_run;
        Self { book: enlarged(&demo.book, people), month }
    }

    /// The day its files are made on.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.month.next().first_day()
    }

    /// The run of its month.
    #[must_use]
    pub fn order(&self) -> RunOrder {
        RunOrder { client: "003".to_owned(), month: self.month, kind: RunKind::Pay, as_of: self.as_of() }
    }
}
