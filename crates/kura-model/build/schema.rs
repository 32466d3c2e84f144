use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Every sheet and every list of choices.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schema {
    #[serde(default, rename = "sheet")]
    pub(crate) sheets: Vec<Sheet>,
    #[serde(default, rename = "choice")]
    pub(crate) choices: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheet {
    pub(crate) header: String,
    pub(crate) identifier: String,
    pub(crate) facts: String,
    pub(crate) field: String,
    #[serde(default)]
    pub(crate) visible: bool,
    #[serde(default)]
    pub(crate) one_row: bool,
    #[serde(default)]
    pub(crate) repeats: bool,
    pub(crate) dated: Option<String>,
    pub(crate) about: String,
    pub(crate) columns: Vec<Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    pub(crate) header: String,
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) need: String,
    #[serde(rename = "as")]
    pub(crate) named_type: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) of: Option<String>,
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) key: bool,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default = "yes")]
    pub(crate) carries: bool,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
    #[serde(default)]
    pub(crate) ex: String,
    #[serde(default)]
    pub(crate) about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) values: Vec<ChoiceValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceValue {
    pub(crate) japanese: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    #[serde(default)]
    pub(crate) about: String,
}

fn yes() -> bool {
    true
}

impl Schema {
    /// Reads all files of the folder, in the order of their names.
    pub(crate) fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        let mut schema = Self::default();
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let part: Self =
                toml::from_str(&fs::read_to_string(&file)?).map_err(|error| format!("{}: {error}", file.display()))?;
            schema.sheets.extend(part.sheets);
            schema.choices.extend(part.choices);
        }
        Ok(schema)
    }

    /// The lists of choices by name.
    pub(crate) fn choices_by_name(&self) -> BTreeMap<&str, &Choice> {
        self.choices.iter().map(|choice| (choice.name.as_str(), choice)).collect()
    }
}

/// `PayGroup` -> `pay_group`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// `PayGroup` -> `PAY_GROUP`.
pub(crate) fn screaming_case(name: &str) -> String {
    snake_case(name).to_ascii_uppercase()
}

/// A slice of string literals.
pub(crate) fn literals(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("&[{}]", quoted.join(", "))
}
