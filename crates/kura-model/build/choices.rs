use std::fmt::{Error, Write};

use crate::schema::{Schema, screaming_case, snake_case};

/// One `choice!` a list.
pub(crate) fn code(schema: &Schema) -> Result<String, Error> {
    let mut code = String::new();
    for choice in &schema.choices {
        writeln!(code, "choice! {{ {:?} {} {} {{", choice.about, choice.name, screaming_case(&choice.name))?;
        for (at, value) in choice.values.iter().enumerate() {
            let also: Vec<String> = value.also.iter().map(|spelling| format!("{spelling:?}")).collect();
            let identifier = snake_case(&value.name);
            writeln!(
                code,
                "    {at} {:?} {} {identifier:?} [{}] {:?}",
                value.japanese,
                value.name,
                also.join(" "),
                value.about
            )?;
        }
        code.push_str("} }\n");
    }
    Ok(code)
}
