//! Words in context as text for people: a line for each match, the matches below each other.

use super::output::{Output, Style};
use super::text_format::thousands;
use crate::error::Error;
use crate::search::Concordance;
use unicode_width::UnicodeWidthStr;

/// How far the lines are indented, as what stands below a hit.
const INDENT: &str = "   ";

/// The columns that the widest left side takes.
pub(super) fn left_width<'a>(concordances: impl Iterator<Item = &'a Concordance>) -> usize {
    concordances.flat_map(|concordance| &concordance.lines).map(|line| one_line(&line.left).width()).max().unwrap_or(0)
}

/// Writes the lines, each match after so many columns.
pub(super) fn lines(concordance: &Concordance, column: usize, output: &mut Output) -> Result<(), Error> {
    for line in &concordance.lines {
        let left = one_line(&line.left);
        let padding = " ".repeat(column.saturating_sub(left.width()));
        let matched = output.styled(Style::Match, &one_line(&line.matched));
        output.line(format_args!("{INDENT}{padding}{left}{matched}{}", one_line(&line.right)))?;
    }
    match concordance.matches - concordance.lines.len() as u64 {
        0 => Ok(()),
        more => output.line(format_args!("{INDENT}… và {} chỗ khớp khác", thousands(more))),
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
