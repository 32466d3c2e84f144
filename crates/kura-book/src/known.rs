use std::collections::{HashMap, HashSet};

use kura_model::{SheetSchema, Text};

/// The sheets in which a code is given out, with the codes they give.
const GIVEN_OUT: [(&str, &str); 5] = [
    ("client", "client_code"),
    ("establishment", "establishment_code"),
    ("pay_group", "pay_group_code"),
    ("pay_item", "item_code"),
    ("employee", "employee_code"),
];

/// Sheets of the past: what they name may be gone.
const OF_THE_PAST: [&str; 3] = ["pay_history", "pay_line_history", "attachment"];

/// A column of a sheet that holds codes which some sheet gives out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CodeColumn {
    pub(crate) at: usize,
    pub(crate) names: &'static str,
    /// This very sheet gives them out.
    pub(crate) gives_out: bool,
}

/// What a code turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A code that was given out.
    Same,
    /// A code whose leading zeros were lost; this is it in full.
    Restored(Text),
    /// No such code; the first time this one is met in the sheet, it is said.
    Unknown { first_time: bool },
}

/// The codes the book gives out, so that a code with eaten zeros is recognised and a wrong one is said.
#[derive(Debug, Default)]
pub(crate) struct Known {
    given: HashMap<(&'static str, Text), Codes>,
    told: HashSet<(&'static str, Text)>,
}

#[derive(Debug, Default)]
struct Codes {
    in_full: HashSet<Text>,
    without_zeros: HashMap<String, Option<Text>>,
}

impl Known {
    /// The columns of a sheet whose codes are noted or looked up.
    pub(crate) fn columns_of(schema: &SheetSchema) -> Vec<CodeColumn> {
        let columns = schema.columns.iter().enumerate().filter_map(|(at, column)| {
            let names = column.names?;
            let (giver, _) = GIVEN_OUT.iter().find(|(_, code)| *code == names)?;
            let gives_out = *giver == schema.identifier;
            (gives_out || comes_before(giver, schema)).then_some(CodeColumn { at, names, gives_out })
        });
        columns.collect()
    }

    /// Notes a code that is given out.
    pub(crate) fn give(&mut self, names: &'static str, client: &Text, code: &Text) {
        let codes = self.given.entry((names, client.clone())).or_default();
        if codes.in_full.insert(code.clone()) {
            let short = codes.without_zeros.entry(without_zeros(code.as_str()).to_owned());
            short.and_modify(|before| *before = None).or_insert_with(|| Some(code.clone()));
        }
    }

    /// Looks a code up. Where a sheet gives out none at all, every code is taken as it stands.
    pub(crate) fn find(&mut self, schema: &SheetSchema, names: &'static str, client: &Text, code: &Text) -> Found {
        let Some(codes) = self.given.get(&(names, client.clone())) else { return Found::Same };
        if codes.in_full.contains(code) {
            return Found::Same;
        }
        let digits = code.as_str().bytes().all(|byte| byte.is_ascii_digit());
        let in_full = codes.without_zeros.get(without_zeros(code.as_str())).and_then(Option::as_ref);
        match in_full.filter(|_| digits) {
            Some(in_full) => Found::Restored(in_full.clone()),
            None if OF_THE_PAST.contains(&schema.identifier) => Found::Same,
            None => Found::Unknown { first_time: self.told.insert((schema.identifier, code.clone())) },
        }
    }

    /// The one client of a book of one company.
    pub(crate) fn only_client(&self) -> Option<Text> {
        let clients = self.given.get(&("client_code", no_client()))?;
        let mut all = clients.in_full.iter();
        let first = all.next()?;
        all.next().is_none().then(|| first.clone())
    }
}

/// The scope of client codes themselves.
pub(crate) fn no_client() -> Text {
    Text::from("")
}

fn without_zeros(code: &str) -> &str {
    code.trim_start_matches('0')
}

/// True when the sheet of that identifier is read before this one.
fn comes_before(identifier: &str, schema: &SheetSchema) -> bool {
    let place = |identifier: &str| kura_model::Book::SHEETS.iter().position(|sheet| sheet.identifier == identifier);
    place(identifier) < place(schema.identifier)
}
