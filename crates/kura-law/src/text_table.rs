/// Cells wider than this stand out of line instead of pushing every other row apart.
const WIDTH_MAX: usize = 36;

/// A table as plain text: a header, a rule, and rows whose columns begin at the same place on a terminal, where a Japanese
/// character is twice as wide as a letter.
pub(crate) fn render(header: &[String], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).fold(width(name), usize::max).min(WIDTH_MAX)
        })
        .collect();
    let mut text = line(header, &widths);
    text.push_str(&widths.iter().map(|&width| "-".repeat(width)).collect::<Vec<_>>().join("  "));
    text.push('\n');
    for row in rows {
        text.push_str(&line(row, &widths));
    }
    text
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (cell, &wide) in cells.iter().zip(widths) {
        text.push_str(cell);
        let padding = wide.saturating_sub(width(cell)).saturating_add(2);
        text.extend(std::iter::repeat_n(' ', padding));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Columns a text takes on a terminal: 2 for a full-width character, 1 for the rest.
fn width(text: &str) -> usize {
    text.chars().map(|character| if is_wide(character) { 2 } else { 1 }).sum()
}

fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_at_the_same_place() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = render(&row(["県", "率"]), &[row(["東京都", "9.85"]), row(["abc", "10"])]);
        assert_eq!(text, "県      率\n------  ----\n東京都  9.85\nabc     10\n");
    }

    #[test]
    fn half_width_kana_take_one_column() {
        assert_eq!(width("ｱｲｳ"), 3);
        assert_eq!(width("アイウ（円）"), 12);
    }
}
