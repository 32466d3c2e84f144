//! How long a book takes to write and to read, by its number of people: `cargo run --release -p kura-book --example book_rate 3000`.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock and its argument")]
#![expect(clippy::print_stdout, reason = "a measurement tells what it measured")]

use std::error::Error;
use std::time::Instant;

use kura_book::{Book, Row, Source, read, write, write_folder};
use kura_calendar::{Date, Month};
use kura_model::{
    Attendance, Client, EmployeeCode, EmploymentTermsChange, Minutes, PayHistory, PayKind, PayLine, Text,
};
use kura_yen::{Exact, Yen};

fn main() -> Result<(), Box<dyn Error>> {
    let people: u32 = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(300);
    let months_of_lines: i32 = std::env::args().nth(2).and_then(|number| number.parse().ok()).unwrap_or(1);
    let book = book(people, months_of_lines)?;
    let day: Date = "2026-07-01".parse()?;
    let start = Instant::now();
    let bytes = write(&book, day)?;
    let written = start.elapsed();
    if let Some(path) = std::env::args().nth(3) {
        std::fs::write(path, &bytes)?;
    }
    let start = Instant::now();
    let (again, findings) = read(Source::Workbook(&bytes));
    let read_back = start.elapsed();
    let start = Instant::now();
    let folder = write_folder(&book);
    let folder_written = start.elapsed();
    let size: usize = folder.iter().map(|file| file.bytes.len()).sum();
    let lines = book.pay_lines.len();
    println!("{people} people, {} slips, {lines} lines: {} kB .xlsx", book.pay_histories.len(), bytes.len() / 1024);
    println!("write {written:?}  read {read_back:?}  CSV {folder_written:?} ({} kB)", size / 1024);
    println!("same: {}  findings: {}", again == book, findings.len());
    Ok(())
}

fn book(people: u32, months_of_lines: i32) -> Result<Book, Box<dyn Error>> {
    let mut book = Book::default();
    let client = kura_model::ClientCode::from("003");
    book.clients.push(Client::new(client.clone()).into());
    let this_month = Month::new(2026, 6)?;
    for number in 0..people {
        let code = EmployeeCode::from(format!("T{number:04}").as_str());
        let mut employee = kura_model::Employee::new(client.clone(), code.clone());
        employee.family_name = Some(Text::from("架空"));
        employee.given_name = Some(Text::from(format!("人{number}").as_str()));
        employee.birth_date = Some(Month::new(1980, 1)?.first_day());
        employee.address = Some(Text::from(format!("東京都練馬区架空町{number}").as_str()));
        book.employees.push(employee.into());
        let mut terms = EmploymentTermsChange::new(client.clone(), code.clone(), Month::new(2020, 4)?.first_day());
        terms.base_amount = Yen::new(198_000 + i64::from(number)).into();
        terms.weekly_scheduled_hours = Minutes::new(2400).into();
        book.employment_terms.push(terms.into());
        let mut attendance = Attendance::new(client.clone(), code.clone(), this_month);
        attendance.overtime_hours = Some(Minutes::new(735));
        book.attendances.push(attendance.into());
        for before in 1..=14 {
            let month = this_month.plus(-before);
            let paid_on = month.day_or_last(25);
            let mut pay = PayHistory::new(client.clone(), code.clone(), PayKind::Pay, paid_on);
            pay.payment_month = Some(month);
            for amount in [
                &mut pay.remuneration_currency,
                &mut pay.fixed_part,
                &mut pay.gross,
                &mut pay.tax_free,
                &mut pay.taxable,
                &mut pay.accident_wage,
                &mut pay.employment_wage,
                &mut pay.health_standard,
                &mut pay.pension_standard,
                &mut pay.health_total,
                &mut pay.care,
                &mut pay.support_levy,
                &mut pay.pension,
                &mut pay.employment_insurance,
                &mut pay.tax,
                &mut pay.inhabitant_tax,
                &mut pay.deduction_total,
                &mut pay.net,
                &mut pay.transferred,
            ] {
                *amount = Some(Yen::new(349_089 + i64::from(number)));
            }
            pay.hours = Some(Minutes::new(9_600));
            pay.overtime = Some(Minutes::new(735));
            book.pay_histories.push(pay.into());
            if before <= months_of_lines {
                for item in 0..15 {
                    let item_code = kura_model::ItemCode::from(format!("K{item:03}").as_str());
                    let mut line = PayLine::new(client.clone(), code.clone(), paid_on, item_code);
                    line.item_name = Some(Text::from("時間外手当"));
                    line.quantity = Some(Exact::whole(60));
                    line.unit = Some(Exact::parse("2754.25")?);
                    line.amount = Some(Yen::new(165_240 + i64::from(number)));
                    line.rule = Some(Text::from("割増賃金 rate_overtime 2026-04-01"));
                    book.pay_lines.push(Row::from(line));
                }
            }
        }
    }
    Ok(book)
}
