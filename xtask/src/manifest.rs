//! What the checks need of a Cargo.toml.

use toml::{Table, Value};

/// One Cargo.toml.
pub(crate) struct Manifest {
    /// Its path from the root.
    pub(crate) path: String,
    /// The package; empty for the workspace's own.
    pub(crate) name: String,
    /// The packages the program is built from: the arrows of the plan.
    pub(crate) arrows: Vec<String>,
    /// Every package named at all: the arrows, those of the tests, and the list of the workspace.
    pub(crate) dependencies: Vec<String>,
    /// Whether `[lints] workspace = true` stands in it.
    pub(crate) takes_house_lints: bool,
    /// The lints of the workspace, where this is the workspace's own manifest.
    pub(crate) lints: Vec<String>,
}

impl Manifest {
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|error| format!("{path}: {error}"))?;
        let name = at(&table, &["package", "name"]).and_then(Value::as_str).unwrap_or_default().to_owned();
        let takes_house_lints = at(&table, &["lints", "workspace"]).and_then(Value::as_bool) == Some(true);
        let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        let workspace = table.get("workspace").and_then(Value::as_table);
        let tables: Vec<&Table> = targets.filter_map(Value::as_table).chain([&table]).chain(workspace).collect();
        let arrows = packages(&tables, &["dependencies", "build-dependencies"]);
        let dependencies = packages(&tables, &["dependencies", "build-dependencies", "dev-dependencies"]);
        let lints = at(&table, &["workspace", "lints"]).and_then(Value::as_table).map(lint_names).unwrap_or_default();
        Ok(Self { path: path.to_owned(), name, arrows, dependencies, takes_house_lints, lints })
    }

    /// The folder the manifest stands in.
    pub(crate) fn folder(&self) -> &str {
        self.path.strip_suffix("/Cargo.toml").unwrap_or_default()
    }
}

fn at<'table>(table: &'table Table, path: &[&str]) -> Option<&'table Value> {
    let (last, way) = path.split_last()?;
    way.iter().try_fold(table, |table, step| table.get(*step)?.as_table())?.get(*last)
}

/// The packages of these sections, under their real names, in order.
fn packages(tables: &[&Table], sections: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    for (table, section) in tables.iter().flat_map(|table| sections.iter().map(move |section| (table, section))) {
        for (key, value) in table.get(*section).and_then(Value::as_table).into_iter().flatten() {
            let renamed = value.get("package").and_then(Value::as_str);
            names.push(renamed.unwrap_or(key).to_owned());
        }
    }
    names.sort();
    names.dedup();
    names
}

fn lint_names(groups: &Table) -> Vec<String> {
    groups.values().filter_map(Value::as_table).flat_map(Table::keys).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_dependency_is_found_under_its_real_name() {
        let manifest = Manifest::parse(
            "crates/kura-x/Cargo.toml",
            r#"
            [package]
            name = "kura-x"
            [lints]
            workspace = true
            [dependencies]
            csv.workspace = true
            short = { version = "1", package = "long-name" }
            [dev-dependencies]
            proptest = "1"
            [target.'cfg(windows)'.dependencies]
            windows-sys = "1"
            "#,
        )
        .unwrap();
        assert_eq!(manifest.name, "kura-x");
        assert_eq!(manifest.folder(), "crates/kura-x");
        assert!(manifest.takes_house_lints);
        assert_eq!(manifest.dependencies, ["csv", "long-name", "proptest", "windows-sys"]);
        assert_eq!(manifest.arrows, ["csv", "long-name", "windows-sys"], "tests may borrow from anywhere");
    }

    #[test]
    fn the_workspace_gives_its_lints() {
        let manifest = Manifest::parse(
            "Cargo.toml",
            "[workspace.lints.rust]\na = \"deny\"\n[workspace.lints.clippy]\nb = \"warn\"",
        )
        .unwrap();
        assert_eq!(manifest.lints, ["b", "a"], "groups come in alphabetical order");
        assert!(!manifest.takes_house_lints);
    }

    #[test]
    fn a_broken_manifest_is_named() {
        assert!(Manifest::parse("x/Cargo.toml", "[package").is_err_and(|error| error.starts_with("x/Cargo.toml")));
    }
}
