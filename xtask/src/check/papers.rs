//! Documents that must keep up with the code: the reason of every dependency, the reason of every lint, live links.

use super::Finding;
use crate::house::House;
use crate::manifest::Manifest;

const DEPENDENCIES: &str = "docs/dependencies.md";
const LINTS: &str = "docs/adr/0002-lints.md";

pub(super) fn check(house: &House, manifests: &[Manifest]) -> Vec<Finding> {
    let mut findings = dependencies(house, manifests);
    findings.extend(lints(house, manifests));
    findings.extend(links(house));
    findings
}

/// The table of docs/dependencies.md and the manifests name the same packages.
fn dependencies(house: &House, manifests: &[Manifest]) -> Vec<Finding> {
    let document = house.text(DEPENDENCIES).unwrap_or_default();
    let documented: Vec<&str> = document.lines().filter_map(first_cell_in_code).collect();
    let own: Vec<&str> = manifests.iter().map(|manifest| manifest.name.as_str()).collect();
    let mut used: Vec<&str> =
        manifests.iter().flat_map(|manifest| &manifest.dependencies).map(String::as_str).collect();
    used.retain(|name| !own.contains(name));
    used.sort_unstable();
    used.dedup();
    let missing = used.iter().filter(|name| !documented.contains(name));
    let stale = documented.iter().filter(|name| !used.contains(name));
    missing
        .map(|name| Finding::new(DEPENDENCIES, format!("no line says why we depend on {name}")))
        .chain(stale.map(|name| Finding::new(DEPENDENCIES, format!("{name} is no longer a dependency"))))
        .collect()
}

/// `csv` of the line "| `csv` | reason |".
fn first_cell_in_code(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name)
}

/// The decision record names every lint of the workspace and every entry of clippy.toml.
fn lints(house: &House, manifests: &[Manifest]) -> Vec<Finding> {
    let record = house.text(LINTS).unwrap_or_default();
    let clippy = house.text("clippy.toml").unwrap_or_default();
    let settings = clippy.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.trim());
    let settings =
        settings.filter(|key| key.chars().all(|character| character.is_ascii_lowercase() || character == '-'));
    let lints = manifests.iter().flat_map(|manifest| &manifest.lints).map(String::as_str);
    lints
        .chain(settings)
        .filter(|name| !record.contains(&format!("`{name}`")))
        .map(|name| Finding::new(LINTS, format!("no line says why `{name}` stands")))
        .collect()
}

/// Relative links of the documents lead to a file or folder of the tree.
fn links(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in house.files.iter().filter(|file| file.path.ends_with(".md")) {
        for target in link_targets(file.text().unwrap_or_default()) {
            let path = resolve(&file.path, target);
            if !house.has(&path) && !house.has_folder(&path) {
                findings.push(Finding::new(&file.path, format!("the link to {target} leads nowhere")));
            }
        }
    }
    findings
}

fn link_targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .filter_map(|(target, _)| target.split('#').next())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.contains(char::is_whitespace))
}

fn resolve(from: &str, target: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in target.trim_end_matches('/').split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            name => steps.push(name),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(files: &[(&str, &str)]) -> Vec<String> {
        let house = House::invented(files);
        check(&house, &house.manifests().unwrap()).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn a_dependency_without_a_reason_and_a_reason_without_a_dependency_are_found() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\ncsv = \"1\"\nserde = \"1\"\nb = { path = \"../b\" }";
        let files = [
            ("crates/a/Cargo.toml", manifest),
            ("crates/b/Cargo.toml", "[package]\nname = \"b\""),
            ("docs/dependencies.md", "| crate | why |\n| `csv` | tables |\n| `gone` | was useful |"),
        ];
        assert_eq!(sentences(&files), ["no line says why we depend on serde", "gone is no longer a dependency"]);
    }

    #[test]
    fn a_lint_without_a_reason_is_found() {
        let files = [
            ("Cargo.toml", "[workspace.lints.clippy]\npanic = \"deny\"\ntodo = \"deny\""),
            ("clippy.toml", "# why\nallow-x = true\nlist = [\n  { path = \"a\" },\n]\n"),
            ("docs/adr/0002-lints.md", "`panic`: never. `list`: never."),
        ];
        assert_eq!(sentences(&files), ["no line says why `todo` stands", "no line says why `allow-x` stands"]);
    }

    #[test]
    fn a_dead_link_is_found() {
        let files = [
            ("docs/a.md", "[b](b.md#part) [up](../README.md) [folder](../docs/) [net](https://example.org) [x](no.md)"),
            ("docs/b.md", "[self](#part)"),
            ("README.md", "array[0](not a link)"),
        ];
        assert_eq!(sentences(&files), ["the link to no.md leads nowhere"]);
    }
}
