use std::io::{self, Read, Write};

use kura_calc::{Calculator, LINE_BYTES_MAX};
use kura_law::Law;
use rayon::prelude::*;

use crate::stop::Stop;

/// How much input is read at once.
const BLOCK_BYTES: usize = 1024 * 1024;
/// How many answers are held at once. With the block and the longest line it bounds the memory, however long the input is.
const HELD_ANSWERS: usize = 8192;
/// The fewest lines worth waking another thread for.
const BATCH_LINES_MIN: usize = 64;

/// `kura calc`: answers every line of standard input on standard output, in order.
pub(crate) fn run() -> Result<(), Stop> {
    let calculator = Calculator::new(Law::embedded()?);
    answer_all(&calculator, io::stdin().lock(), io::stdout().lock())
}

/// Answers as soon as lines are there, so a program may talk line by line.
fn answer_all(calculator: &Calculator<'_>, mut input: impl Read, mut output: impl Write) -> Result<(), Stop> {
    let mut lines = Lines::default();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        let read = match input.read(&mut block) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        if read == 0 {
            break;
        }
        lines.push(block.get(..read).unwrap_or_default());
        answer_complete(calculator, &mut lines, &mut output)?;
    }
    lines.end();
    answer_complete(calculator, &mut lines, &mut output)
}

fn answer_complete(calculator: &Calculator<'_>, lines: &mut Lines, output: &mut impl Write) -> Result<(), Stop> {
    let mut complete = lines.complete();
    loop {
        let held: Vec<Line<'_>> = complete.by_ref().take(HELD_ANSWERS).collect();
        if held.is_empty() {
            break;
        }
        answer_held(calculator, &held, output)?;
    }
    drop(complete);
    lines.forget_complete();
    Ok(output.flush()?)
}

/// On all threads, in order; a few lines are answered here.
fn answer_held(calculator: &Calculator<'_>, lines: &[Line<'_>], output: &mut impl Write) -> Result<(), Stop> {
    if lines.len() <= BATCH_LINES_MIN {
        return Ok(output.write_all(&answer_batch(calculator, lines))?);
    }
    // Twice as many batches as threads: none waits long for the slowest.
    let batches = rayon::current_num_threads().saturating_mul(2);
    let batch_lines = lines.len().div_ceil(batches).max(BATCH_LINES_MIN);
    let answered: Vec<Vec<u8>> = lines.par_chunks(batch_lines).map(|batch| answer_batch(calculator, batch)).collect();
    for answers in answered {
        output.write_all(&answers)?;
    }
    Ok(())
}

fn answer_batch(calculator: &Calculator<'_>, lines: &[Line<'_>]) -> Vec<u8> {
    let mut answers = Vec::with_capacity(lines.len().saturating_mul(512));
    for line in lines {
        match line {
            Line::Whole(bytes) => calculator.answer_line(bytes, &mut answers),
            Line::TooLong => Calculator::answer_too_long(&mut answers),
        }
        answers.push(b'\n');
    }
    answers
}

/// One line of the input, without its end.
enum Line<'input> {
    Whole(&'input [u8]),
    TooLong,
}

/// Cuts a stream of blocks into lines. A line beyond the limit is dropped as it comes and remembered as too long.
#[derive(Debug, Default)]
struct Lines {
    held: Vec<u8>,
    complete_bytes: usize,
    dropping: bool,
}

impl Lines {
    fn push(&mut self, block: &[u8]) {
        for piece in block.split_inclusive(|&byte| byte == b'\n') {
            let ends = piece.last() == Some(&b'\n');
            if !self.dropping {
                self.held.extend_from_slice(piece);
                let open = self.held.len().saturating_sub(self.complete_bytes);
                // One byte more than the limit is enough to know.
                if open > LINE_BYTES_MAX.saturating_add(1) {
                    self.held.truncate(self.complete_bytes.saturating_add(LINE_BYTES_MAX).saturating_add(1));
                    self.dropping = true;
                }
            }
            if ends {
                if self.dropping {
                    self.held.push(b'\n');
                    self.dropping = false;
                }
                self.complete_bytes = self.held.len();
            }
        }
    }

    /// The input has ended: an open last line is a line too.
    fn end(&mut self) {
        if self.held.len() > self.complete_bytes {
            self.held.push(b'\n');
            self.complete_bytes = self.held.len();
        }
    }

    fn complete(&self) -> impl Iterator<Item = Line<'_>> {
        let complete = self.held.get(..self.complete_bytes).unwrap_or_default();
        complete.split_inclusive(|&byte| byte == b'\n').map(|line| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.len() > LINE_BYTES_MAX { Line::TooLong } else { Line::Whole(line) }
        })
    }

    fn forget_complete(&mut self) {
        self.held.drain(..self.complete_bytes);
        self.complete_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives the input in pieces of the given size.
    struct Pieces<'input>(&'input [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn answers(input: &[u8], piece: usize) -> Vec<String> {
        let calculator = Calculator::new(Law::embedded().unwrap());
        let mut output = Vec::new();
        answer_all(&calculator, Pieces(input, piece), &mut output).unwrap();
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_beyond_the_limit_is_one_error_and_the_next_line_is_answered() {
        let mut input = vec![b'x'; 3 * LINE_BYTES_MAX];
        input.extend_from_slice(b"\n{\"topic\":\"none\"}\r\n\n{\"topic\":\"none\"}");
        for piece in [1, 4096, 10_000_000] {
            let answers = answers(&input, piece);
            assert_eq!(answers.len(), 4, "pieces of {piece}");
            assert!(answers[0].contains("line_too_long"));
            assert!(answers[1].contains("unknown_topic"));
            assert!(answers[2].contains("not_json"));
            assert!(answers[3].contains("unknown_topic"));
        }
    }

    #[test]
    fn a_line_of_just_the_limit_is_read() {
        let mut input = vec![b' '; LINE_BYTES_MAX];
        input[..2].copy_from_slice(b"{}");
        assert!(answers(&input, 100_000)[0].contains("missing_field"));
        input.push(b' ');
        assert!(answers(&input, 100_000)[0].contains("line_too_long"));
    }

    #[test]
    fn no_input_has_no_answer() {
        assert!(answers(b"", 10).is_empty());
    }
}
