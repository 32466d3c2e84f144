//! Adds up what the test runner says of itself.

/// The sums of all lines "test result: ..." of one run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

impl Tally {
    /// Takes in one line of the runner's output; other lines leave the sums as they are.
    pub(crate) fn read(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        for part in result.split(['.', ';']) {
            if let Some((count, word)) = part.trim().split_once(' ') {
                self.add(word, count.parse().unwrap_or(0));
            }
        }
    }

    fn add(&mut self, word: &str, count: u64) {
        let sum = match word {
            "passed" => &mut self.passed,
            "failed" => &mut self.failed,
            "ignored" => &mut self.ignored,
            _ => return,
        };
        *sum = sum.saturating_add(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_lines_add_up_and_others_count_nothing() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s",
            "test a ... FAILED",
            "5 passed",
            "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
        ] {
            tally.read(line);
        }
        assert_eq!(tally, Tally { passed: 7, failed: 2, ignored: 1 });
    }
}
