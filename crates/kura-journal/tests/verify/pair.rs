//! Both verifiers, asked the same.

use std::io::{Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use base64ct::{Base64, Encoding};
use kura_journal::{SignedCheckpoint, TreeHash, verify};

use crate::journal::key;

/// The root as it stands in a verdict.
pub(crate) fn text(root: TreeHash) -> String {
    Base64::encode_string(&root.bytes())
}

/// Files that the first verifier has judged as expected, for the second to judge all at once.
#[derive(Default)]
pub(crate) struct Pair {
    questions: Vec<u8>,
    expected: Vec<String>,
}

impl Pair {
    /// The first verifier's verdict on this file.
    pub(crate) fn expect(&mut self, file: Vec<u8>, witnessed: &[SignedCheckpoint], line: String) {
        let found = verify(&mut file.as_slice(), &key().verifier(), witnessed).unwrap().line();
        assert_eq!(found, line);
        let witnessed: Vec<_> = witnessed.iter().map(ToString::to_string).collect();
        let question = serde_json::json!({"journal": Base64::encode_string(&file), "witnessed": witnessed});
        writeln!(self.questions, "{question}").unwrap();
        self.expected.push(line);
    }

    /// The second verifier's verdicts are the same.
    pub(crate) fn compare(&self) {
        assert!(!self.expected.is_empty());
        let mut questions = tempfile::tempfile().unwrap();
        questions.write_all(&self.questions).unwrap();
        questions.rewind().unwrap();
        let mut python = python();
        let answered = python.arg("--batch").arg(key().verifier().to_string()).stdin(questions).output().unwrap();
        assert_eq!(String::from_utf8(answered.stderr).unwrap(), "");
        let answers = String::from_utf8(answered.stdout).unwrap();
        let answers: Vec<_> = answers.lines().collect();
        assert_eq!(answers.len(), self.expected.len());
        for (number, (answer, expected)) in answers.iter().zip(&self.expected).enumerate() {
            assert_eq!(answer, expected, "question {number}");
        }
    }
}

/// Exit status and output of the second verifier, asked about one file.
pub(crate) fn command(file: &[u8], verifier: &str, notes: &[&str]) -> (Option<i32>, String) {
    let kept = |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    };
    let file = kept(file);
    let notes: Vec<_> = notes.iter().map(|note| kept(note.as_bytes())).collect();
    let answered = python()
        .arg(file.path())
        .arg(verifier)
        .args(notes.iter().map(tempfile::NamedTempFile::path))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (answered.status.code(), String::from_utf8(answered.stdout).unwrap())
}

fn python() -> Command {
    let mut python = Command::new("python3");
    python.arg("-B").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/verify_journal.py"));
    python
}
