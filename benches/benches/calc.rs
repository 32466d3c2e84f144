//! `kura calc`: what a line costs here and through the command, what the law pack costs, what a start costs.
//! Promised on two cores: 200,000 lines a second through the command, the pack in 5 ms, start and one line in 20 ms.

#![expect(clippy::expect_used, clippy::panic, reason = "a bench that cannot run has nothing to measure")]

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use divan::Bencher;
use divan::counter::ItemsCount;
use kura_calc::Calculator;
use kura_law::Law;

/// One question a row of all official examples.
const QUESTIONS: &str = include_str!("../../crates/kura/tests/vectors/questions.jsonl");
/// How often the command is asked all of them in one run.
const REPEATS: usize = 1_000;

fn main() {
    divan::main();
}

#[divan::bench]
fn read_the_law_pack(bencher: Bencher) {
    bencher.bench(Law::load_embedded);
}

#[divan::bench]
fn answer_all_examples_on_one_core(bencher: Bencher) {
    let calculator = Calculator::new(Law::embedded().expect("the pack reads"));
    let mut answers = Vec::new();
    bencher.counter(ItemsCount::new(QUESTIONS.lines().count())).bench_local(|| {
        answers.clear();
        for question in QUESTIONS.lines() {
            calculator.answer_line(question.as_bytes(), &mut answers);
        }
        answers.len()
    });
}

#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1)]
fn answer_through_the_command(bencher: Bencher, threads: usize) {
    let input = QUESTIONS.repeat(REPEATS);
    let lines = ItemsCount::new(input.lines().count());
    bencher.counter(lines).bench_local(|| ask(input.as_bytes(), threads));
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn start_and_answer_one_line(bencher: Bencher) {
    let question = QUESTIONS.lines().next().expect("a question");
    bencher.bench_local(|| ask(question.as_bytes(), 2));
}

/// Sends the input and reads the answers, as a program would; gives their bytes.
fn ask(input: &[u8], threads: usize) -> usize {
    let mut child = start(threads);
    let mut stdin = child.stdin.take().expect("an input");
    let mut stdout = child.stdout.take().expect("an output");
    let bytes = thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input).expect("the command reads"));
        let (mut block, mut bytes) = (vec![0; 1024 * 1024], 0_usize);
        loop {
            match stdout.read(&mut block) {
                Ok(0) => break bytes,
                Ok(read) => bytes = bytes.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => panic!("the command writes: {error}"),
            }
        }
    });
    assert!(child.wait().expect("the command ends").success() && bytes > 0);
    bytes
}

fn start(threads: usize) -> Child {
    let kura = kura();
    let command = Command::new(&kura)
        .arg("calc")
        .env("RAYON_NUM_THREADS", threads.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    command.unwrap_or_else(|error| panic!("{}: {error}; first: cargo build --release", kura.display()))
}

/// The program beside the folder of the benches.
fn kura() -> PathBuf {
    let own = std::env::current_exe().expect("the own place");
    let folder = own.parent().and_then(|deps| deps.parent()).expect("the folder of the profile");
    folder.join(format!("kura{}", std::env::consts::EXE_SUFFIX))
}
