use std::io::{self, Write};

use kura_calendar::read_date;
use kura_law::{Law, findings_text};
use serde_json::json;

use crate::cli::{LawCheck, LawShow};
use crate::clock;
use crate::stop::Stop;

/// `kura law show TABLE --on DATE`: the figures in force on a day, each with its confidence and source.
pub(crate) fn show(request: &LawShow) -> Result<(), Stop> {
    let on = read_date(&request.on).map_err(|error| Stop::bad_day("--on", &error))?;
    let keys: Vec<&str> = request.key.iter().map(String::as_str).collect();
    let shown = Law::embedded()?.show(&request.table, on, &keys)?;
    let mut output = io::stdout().lock();
    if request.json {
        writeln!(output, "{}", json!(shown))?;
    } else {
        writeln!(output, "{shown}")?;
    }
    Ok(())
}

/// `kura law check`: what is missing, stale or due, and on what ground the rest stands.
pub(crate) fn check(request: &LawCheck) -> Result<(), Stop> {
    let today = clock::day_or_today(request.on.as_deref(), "--on")?;
    let law = Law::embedded()?;
    let findings = law.check(today);
    let mut output = io::stdout().lock();
    if request.json {
        let counts = law.confidence_counts();
        writeln!(
            output,
            "{}",
            json!({ "law_pack": law.version(), "on": today.to_string(), "findings": findings, "confidence": counts })
        )?;
    } else {
        writeln!(output, "法令データ {}（{today} 現在）", law.version())?;
        write!(output, "{}", findings_text(&findings))?;
    }
    Ok(())
}
