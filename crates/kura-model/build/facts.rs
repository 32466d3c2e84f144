use std::error::Error;
use std::fmt::Write;

use crate::schema::{Choice, Column, Schema, Sheet, literals, screaming_case};

type Code = Result<String, Box<dyn Error>>;

/// The types of every sheet, and the book that holds them all.
pub(crate) fn code(schema: &Schema) -> Code {
    let mut code = String::new();
    for sheet in &schema.sheets {
        code.push_str(&row_type(sheet)?);
        code.push_str(&facts_of_row(schema, sheet)?);
        if sheet.dated.is_some() {
            code.push_str(&known_type(sheet)?);
            code.push_str(&change_of_row(sheet)?);
        }
    }
    code.push_str(&book(schema)?);
    Ok(code)
}

/// The type of a row: the facts themselves, or in a dated sheet the change of them.
fn row_type(sheet: &Sheet) -> Code {
    let mut code = String::new();
    let name = row_name(sheet);
    let what = if sheet.dated.is_some() { "what is true from its 適用開始日 on. " } else { "" };
    writeln!(code, "/// A row of {} `{}`: {what}{}", sheet.header, sheet.identifier, sheet.about)?;
    let derives = if sheet.one_row { "Clone, PartialEq, Eq, Default" } else { "Clone, PartialEq, Eq" };
    writeln!(code, "#[derive({derives})]\npub struct {name} {{")?;
    for column in &sheet.columns {
        writeln!(code, "{}    pub {}: {},", field_doc(column), column.id, row_field(sheet, column)?)?;
    }
    writeln!(code, "    /// 任意: columns.\n    pub custom: CustomFields,\n}}\n")?;
    if !sheet.one_row {
        writeln!(code, "impl {name} {{\n    /// A row that says which thing it is about, and nothing else yet.")?;
        let required: Vec<&Column> = sheet.columns.iter().filter(|column| column.required).collect();
        let mut arguments = Vec::new();
        for column in &required {
            arguments.push(format!("{}: {}", column.id, rust_type(column)?));
        }
        writeln!(code, "    pub fn new({}) -> Self {{\n        Self {{", arguments.join(", "))?;
        for column in &sheet.columns {
            let value = if column.required { "" } else { ": Default::default()" };
            writeln!(code, "            {}{value},", column.id)?;
        }
        writeln!(code, "            custom: CustomFields::default(),\n        }}\n    }}\n}}\n")?;
    }
    code.push_str(&hidden_debug(&name)?);
    Ok(code)
}

fn facts_of_row(schema: &Schema, sheet: &Sheet) -> Code {
    let mut code = String::new();
    writeln!(code, "impl Facts for {} {{", row_name(sheet))?;
    writeln!(code, "    const SCHEMA: &'static SheetSchema = &{};\n", sheet_schema(schema, sheet)?)?;
    writeln!(code, "    fn from_values(values: &mut Values) -> Option<Self> {{\n        Some(Self {{")?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let taken = match Holding::of(sheet, column) {
            Holding::Plain => format!("values.take({at})?"),
            Holding::Flag => format!("values.take_flag({at})"),
            Holding::Optional => format!("values.take({at})"),
            Holding::Change => format!("Change::take(values, {at})"),
        };
        writeln!(code, "            {}: {taken},", column.id)?;
    }
    writeln!(code, "            custom: values.take_custom(),\n        }})\n    }}\n")?;
    writeln!(code, "    fn to_values(&self) -> Vec<Option<Value>> {{\n        vec![")?;
    for column in &sheet.columns {
        let id = &column.id;
        let value = match Holding::of(sheet, column) {
            Holding::Plain => format!("Some(self.{id}.to_value())"),
            Holding::Flag => format!("self.{id}.then_some(Value::Flag(true))"),
            Holding::Optional => format!("self.{id}.as_ref().map(FactValue::to_value)"),
            Holding::Change => format!("self.{id}.to_value()"),
        };
        writeln!(code, "            {value},")?;
    }
    writeln!(
        code,
        "        ]\n    }}\n\n    fn custom(&self) -> &CustomFields {{\n        &self.custom\n    }}\n}}\n"
    )?;
    Ok(code)
}

/// The type of what is true on a day, all rows of a dated sheet taken together.
fn known_type(sheet: &Sheet) -> Code {
    let mut code = String::new();
    writeln!(code, "/// What is true on a day of a thing in {} `{}`: {}", sheet.header, sheet.identifier, sheet.about)?;
    writeln!(code, "#[derive(Clone, PartialEq, Eq)]\npub struct {} {{", sheet.facts)?;
    for column in &sheet.columns {
        let rust = rust_type(column)?;
        let field = match Holding::of(sheet, column) {
            Holding::Plain => rust,
            Holding::Change if column.kind == "flag" => rust,
            Holding::Flag | Holding::Optional | Holding::Change => format!("Option<{rust}>"),
        };
        writeln!(code, "{}    pub {}: {field},", field_doc(column), column.id)?;
    }
    writeln!(code, "    /// 任意: columns.\n    pub custom: CustomFields,\n}}\n")?;
    code.push_str(&hidden_debug(&sheet.facts)?);
    Ok(code)
}

fn change_of_row(sheet: &Sheet) -> Code {
    let mut code = String::new();
    let keys: Vec<&Column> = sheet.columns.iter().filter(|column| column.key).collect();
    let mut key_types = Vec::new();
    for column in &keys {
        let rust = rust_type(column)?;
        key_types.push(if column.required { rust } else { format!("Option<{rust}>") });
    }
    let mut key_values = Vec::new();
    for column in &keys {
        key_values.push(own(column)?);
    }
    let dated = sheet.dated.as_deref().unwrap_or_default();
    let of_month = sheet.columns.iter().any(|column| column.id == dated && column.kind == "month");
    let first_day = if of_month { ".first_day()" } else { "" };
    writeln!(
        code,
        "impl ChangeRow for {} {{\n    type Known = {};\n    type Key = ({});",
        row_name(sheet),
        sheet.facts,
        key_types.join(", ")
    )?;
    writeln!(code, "\n    fn key(&self) -> Self::Key {{\n        ({})\n    }}", key_values.join(", "))?;
    writeln!(code, "\n    fn effective_from(&self) -> Date {{\n        self.{dated}{first_day}\n    }}")?;
    writeln!(code, "\n    fn first(&self) -> Self::Known {{\n        let mut known = {} {{", sheet.facts)?;
    for column in &sheet.columns {
        let value = match Holding::of(sheet, column) {
            Holding::Plain | Holding::Optional => own(column)?,
            Holding::Flag | Holding::Change => "Default::default()".to_owned(),
        };
        writeln!(code, "            {}: {value},", column.id)?;
    }
    writeln!(code, "            custom: CustomFields::default(),\n        }};")?;
    writeln!(code, "        self.apply(&mut known);\n        known\n    }}\n")?;
    writeln!(code, "    fn apply(&self, known: &mut Self::Known) {{\n        known.{dated} = self.{dated};")?;
    for column in sheet.columns.iter().filter(|column| matches!(Holding::of(sheet, column), Holding::Change)) {
        let id = &column.id;
        let verb = match (column.kind.as_str(), column.carries) {
            ("flag", _) => "apply_flag",
            (_, true) => "apply",
            (_, false) => "replace",
        };
        writeln!(code, "        self.{id}.{verb}(&mut known.{id});")?;
    }
    writeln!(code, "        known.custom.apply(&self.custom);\n    }}\n}}\n")?;
    Ok(code)
}

fn book(schema: &Schema) -> Code {
    let mut code = String::new();
    writeln!(code, "/// 蔵ブック: what an office knows, sheet by sheet, row by row.")?;
    writeln!(code, "#[derive(Debug, Clone, PartialEq, Eq, Default)]\npub struct Book {{")?;
    for sheet in &schema.sheets {
        let list = if sheet.one_row { "Row<" } else { "Vec<Row<" };
        let end = if sheet.one_row { ">" } else { ">>" };
        writeln!(
            code,
            "    /// {} `{}`\n    pub {}: {list}{}{end},",
            sheet.header,
            sheet.identifier,
            sheet.field,
            row_name(sheet)
        )?;
    }
    writeln!(code, "}}\n\nimpl Book {{\n    /// Every sheet, in the order of the workbook.")?;
    writeln!(code, "    pub const SHEETS: &'static [&'static SheetSchema] = &[")?;
    for sheet in &schema.sheets {
        writeln!(code, "        <{} as Facts>::SCHEMA,", row_name(sheet))?;
    }
    writeln!(code, "    ];\n\n    /// Takes every sheet from a source, in order; of a one-row sheet the first row.")?;
    writeln!(code, "    pub fn read(source: &mut impl RowSource) -> Self {{\n        Self {{")?;
    for sheet in &schema.sheets {
        let rows = format!("source.rows::<{}>()", row_name(sheet));
        let first = if sheet.one_row { ".into_iter().next().unwrap_or_default()" } else { "" };
        writeln!(code, "            {}: {rows}{first},", sheet.field)?;
    }
    writeln!(code, "        }}\n    }}\n\n    /// Gives every sheet to a sink, in order; of a one-row sheet its row.")?;
    writeln!(code, "    pub fn write(&self, sink: &mut impl RowSink) {{")?;
    for sheet in &schema.sheets {
        let rows = if sheet.one_row {
            format!("std::slice::from_ref(&self.{})", sheet.field)
        } else {
            format!("&self.{}", sheet.field)
        };
        writeln!(code, "        sink.rows::<{}>({rows});", row_name(sheet))?;
    }
    writeln!(code, "    }}\n}}")?;
    Ok(code)
}

fn sheet_schema(schema: &Schema, sheet: &Sheet) -> Code {
    let choices = schema.choices_by_name();
    let dated = sheet.dated.as_deref().map(|id| sheet.columns.iter().position(|column| column.id == id));
    let dated = match dated {
        Some(Some(at)) => format!("Some({at})"),
        Some(None) => return Err(format!("{}: no column of the date", sheet.identifier).into()),
        None => "None".to_owned(),
    };
    let mut code = String::new();
    write!(
        code,
        "SheetSchema {{ identifier: {:?}, header: {:?}, about: {:?}, visible: {}, one_row: {}, repeats: {}, dated: {dated}, columns: &[",
        sheet.identifier, sheet.header, sheet.about, sheet.visible, sheet.one_row, sheet.repeats
    )?;
    for column in &sheet.columns {
        let names = if column.kind == "code" || column.kind == "text" { column.named_type.as_deref() } else { None };
        let names = names.map(crate::schema::snake_case);
        writeln!(
            code,
            "\n        ColumnSchema {{ identifier: {:?}, header: {:?}, also: {}, kind: {}, need: {:?}, required: {}, key: {}, \
             names: {names:?}, min: {:?}, max: {:?}, example: {:?}, about: {:?} }},",
            column.id,
            column.header,
            literals(&column.also),
            kind(column, &choices)?,
            column.need,
            column.required,
            column.key,
            column.min,
            column.max,
            column.ex,
            column.about
        )?;
    }
    code.push_str("] }");
    Ok(code)
}

fn kind(column: &Column, choices: &std::collections::BTreeMap<&str, &Choice>) -> Code {
    let plain = match column.kind.as_str() {
        "text" => "Text",
        "kana" => "Kana",
        "date" => "Date",
        "month" => "Month",
        "yen" => "Yen",
        "dec" => "Decimal",
        "count" => "Count",
        "hm" => "HoursMinutes",
        "days" => "Days",
        "pct" => "Percent",
        "permil" => "PerMille",
        "flag" => "Flag",
        "formula" => "Formula",
        "day_of_month" => "DayOfMonth",
        "months" => "Months",
        "weekdays" => "Weekdays",
        "dates" => "Dates",
        "fiscal_year" => "FiscalYear",
        "code" => return Ok(format!("Kind::Code({})", code_form(column.form.as_deref()))),
        "enum" => return choice_kind(column, choices),
        other => return Err(format!("{}: unknown type {other}", column.id).into()),
    };
    Ok(format!("Kind::{plain}"))
}

fn choice_kind(column: &Column, choices: &std::collections::BTreeMap<&str, &Choice>) -> Code {
    let name = column.of.as_deref().ok_or_else(|| format!("{}: of which list?", column.id))?;
    let choice = choices.get(name).ok_or_else(|| format!("{}: no list {name}", column.id))?;
    let mut allowed = Vec::new();
    if column.allow.is_empty() {
        allowed.extend(0..choice.values.len());
    }
    for word in &column.allow {
        let at = choice.values.iter().position(|value| value.japanese == *word);
        allowed.push(at.ok_or_else(|| format!("{}: {word} is not in {name}", column.id))?);
    }
    Ok(format!("Kind::Choice(&choice::{}, &{allowed:?})", screaming_case(name)))
}

fn code_form(form: Option<&str>) -> String {
    match form {
        None => "CodeForm::Free".to_owned(),
        Some("municipality") => "CodeForm::Municipality".to_owned(),
        Some("tel") => "CodeForm::Telephone".to_owned(),
        Some(groups) => format!("CodeForm::Digits(&[{}])", groups.replace('-', ", ")),
    }
}

/// How a row holds a column.
enum Holding {
    Plain,
    Flag,
    Optional,
    Change,
}

impl Holding {
    fn of(sheet: &Sheet, column: &Column) -> Self {
        match () {
            () if column.required => Self::Plain,
            () if column.key => Self::Optional,
            () if sheet.dated.is_some() => Self::Change,
            () if column.kind == "flag" => Self::Flag,
            () => Self::Optional,
        }
    }
}

fn row_field(sheet: &Sheet, column: &Column) -> Code {
    let rust = rust_type(column)?;
    Ok(match Holding::of(sheet, column) {
        Holding::Plain | Holding::Flag => rust,
        Holding::Optional => format!("Option<{rust}>"),
        Holding::Change => format!("Change<{rust}>"),
    })
}

/// The column's value, to be kept by another.
fn own(column: &Column) -> Code {
    let shared =
        column.named_type.is_some() || matches!(column.kind.as_str(), "text" | "kana" | "code" | "formula" | "dates");
    Ok(format!("self.{}{}", column.id, if shared { ".clone()" } else { "" }))
}

fn row_name(sheet: &Sheet) -> String {
    if sheet.dated.is_some() { format!("{}Change", sheet.facts) } else { sheet.facts.clone() }
}

fn rust_type(column: &Column) -> Code {
    if let Some(named) = &column.named_type {
        return Ok(named.clone());
    }
    let name = match column.kind.as_str() {
        "text" => "Text",
        "kana" => "Kana",
        "code" => "Code",
        "date" => "Date",
        "month" => "Month",
        "yen" => "Yen",
        "dec" => "Exact",
        "count" => "i64",
        "hm" => "Minutes",
        "days" => "Days",
        "pct" | "permil" => "Rate",
        "flag" => "bool",
        "formula" => "Formula",
        "day_of_month" => "DayOfMonth",
        "months" => "MonthsOfYear",
        "weekdays" => "WeekdayPattern",
        "dates" => "DateList",
        "fiscal_year" => "FiscalYear",
        "enum" => column.of.as_deref().ok_or_else(|| format!("{}: of which list?", column.id))?,
        other => return Err(format!("{}: unknown type {other}", column.id).into()),
    };
    Ok(name.to_owned())
}

fn field_doc(column: &Column) -> String {
    let mut doc = format!("    /// {}", column.header);
    if !column.about.is_empty() {
        doc.push_str(&format!(": {}", column.about));
    }
    if !column.ex.is_empty() {
        doc.push_str(&format!(" (`{}`)", column.ex));
    }
    doc.push('\n');
    doc
}

fn hidden_debug(name: &str) -> Code {
    let mut code = String::new();
    writeln!(code, "/// Tells nothing of what is inside: it may be personal.")?;
    writeln!(code, "impl std::fmt::Debug for {name} {{")?;
    writeln!(code, "    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{")?;
    writeln!(code, "        formatter.write_str(\"{name}(..)\")\n    }}\n}}\n")?;
    Ok(code)
}
