//! The real binary, asked over standard input.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use serde_json::Value;

/// `kura calc`, not yet asked.
pub(crate) fn start() -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kura"));
    command.arg("calc").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The answers to an input that ends. The command says nothing else and succeeds.
pub(crate) fn answers(input: &[u8]) -> Vec<String> {
    let mut child = start();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).unwrap());
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{}", output.status);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The code of an answer that is an error.
pub(crate) fn code(answer: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer["error"]["code"].as_str().map(str::to_owned)
}

/// What a command that was given a lot had to say.
pub(crate) struct Fed {
    /// Lines of the answer, and how many of them were results.
    pub(crate) lines: usize,
    pub(crate) results: usize,
    /// The most memory it ever held, where the machine tells.
    pub(crate) peak_kib: Option<u64>,
}

/// Feeds blocks as fast as they are taken and counts what comes back. The memory is read before the input ends.
pub(crate) fn feed(blocks: impl Iterator<Item = Vec<u8>> + Send, lines_before_end: usize) -> Fed {
    let mut child = start();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut fed = Fed { lines: 0, results: 0, peak_kib: None };
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            blocks.for_each(|block| stdin.write_all(&block).unwrap());
            stdin
        });
        fed.read(&mut stdout, Some(lines_before_end));
        let still_open = writer.join().unwrap();
        fed.peak_kib = peak_kib(child.id());
        drop(still_open);
        fed.read(&mut stdout, None);
    });
    assert!(child.wait().unwrap().success());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!(complaint, "");
    fed
}

impl Fed {
    fn read(&mut self, stdout: &mut BufReader<ChildStdout>, until: Option<usize>) {
        let mut line = Vec::new();
        while until.is_none_or(|lines| self.lines < lines) && stdout.read_until(b'\n', &mut line).unwrap() > 0 {
            self.lines += 1;
            self.results += usize::from(!line.starts_with(b"{\"error\":"));
            line.clear();
        }
    }
}

/// VmHWM: the peak of the resident memory.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "the kernel tells a process's memory in a file")]
fn peak_kib(process: u32) -> Option<u64> {
    let status = String::from_utf8(std::fs::read(format!("/proc/{process}/status")).unwrap()).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    Some(line.trim().trim_end_matches(" kB").parse().unwrap())
}

#[cfg(not(target_os = "linux"))]
fn peak_kib(_: u32) -> Option<u64> {
    None
}
