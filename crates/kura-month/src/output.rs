/// A file to be written, by its path under the output folder (`/` between folders). Paths hold codes, never a name of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// For example `明細/000-01.pdf`.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// A code as part of a file name: what no file system takes becomes `_`.
pub(crate) fn file_name_part(code: &str) -> String {
    let allowed = |character: char| character.is_alphanumeric() || character == '_';
    code.chars().map(|character| if allowed(character) { character } else { '_' }).collect()
}
