//! Counters for `/metrics`, in the text form of Prometheus. No name, number or address stands in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the buckets, in milliseconds.
const BUCKETS_MS: [u64; 8] = [5, 10, 25, 50, 100, 200, 500, 1000];

#[derive(Default)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    within: [u64; BUCKETS_MS.len()],
    micros: u64,
    count: u64,
}

#[derive(Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<String, Route>>);

impl Metrics {
    /// A request was answered. `route` is the pattern, never the path.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let route = routes.entry(route.to_owned()).or_default();
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for (bound, within) in BUCKETS_MS.iter().zip(&mut route.within) {
            *within = within.saturating_add(u64::from(micros <= bound.saturating_mul(1000)));
        }
        let by_status = route.by_status.entry(status).or_default();
        *by_status = by_status.saturating_add(1);
        route.micros = route.micros.saturating_add(micros);
        route.count = route.count.saturating_add(1);
    }

    /// The text, with what is counted elsewhere.
    pub(crate) fn text(&self, sessions: usize, lease_left_s: u64) -> String {
        let routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = format!(
            "# TYPE kura_sessions gauge\nkura_sessions {sessions}\n# TYPE kura_lease_left_seconds gauge\nkura_lease_left_seconds \
             {lease_left_s}\n# TYPE kura_requests_total counter\n"
        );
        for (name, route) in routes.iter() {
            for (status, count) in &route.by_status {
                // A String takes every write.
                let _ = writeln!(text, "kura_requests_total{{route=\"{name}\",status=\"{status}\"}} {count}");
            }
        }
        text.push_str("# TYPE kura_request_milliseconds histogram\n");
        for (name, route) in routes.iter() {
            for (bound, within) in BUCKETS_MS.iter().zip(&route.within) {
                let _ = writeln!(text, "kura_request_milliseconds_bucket{{route=\"{name}\",le=\"{bound}\"}} {within}");
            }
            let count = route.count;
            let _ = writeln!(text, "kura_request_milliseconds_bucket{{route=\"{name}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(text, "kura_request_milliseconds_sum{{route=\"{name}\"}} {}", route.micros / 1000);
            let _ = writeln!(text, "kura_request_milliseconds_count{{route=\"{name}\"}} {count}");
        }
        text
    }
}
