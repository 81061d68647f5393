//! A chart → lines for a terminal: bars lie beside their labels, lines are marks over a grid. 80 columns, whatever the terminal, so that what is
//! shown is the same everywhere.

use super::axis::{number, ticks};
use super::{Chart, ChartKind, ChartSeries, MAX_SERIES};
use crate::export::escape::one_line;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const WIDTH: usize = 80;

/// About so many lines are the height of a grid.
const HEIGHT: usize = 12;

/// Columns of a name.
const NAME: usize = 28;

/// Of each series, at its numbers; where two meet, [`BOTH`].
const MARKS: [char; MAX_SERIES] = ['●', '○', '▲', '△', '■', '□', '◆', '◇'];
const BOTH: char = '✱';

/// Of each series, in a bar that several share.
const FILLS: [char; MAX_SERIES] = ['█', '░', '▒', '#', '=', '+', '-', '.'];

/// See the module.
pub fn lines(chart: &Chart) -> String {
    let mut lines = vec![one_line(&chart.title), one_line(&chart.y_label), String::new()];
    match chart.kind {
        ChartKind::Lines => lines.extend(grid(chart)),
        ChartKind::Bars => lines.extend(bars(chart)),
        ChartKind::Stacked => lines.extend(stacked(chart)),
    }
    let signs = match chart.kind {
        ChartKind::Lines => Some(MARKS),
        ChartKind::Stacked => Some(FILLS),
        ChartKind::Bars => None,
    };
    if let Some(signs) = signs {
        lines.push(String::new());
        lines.extend(chart.series.iter().zip(signs).map(|(series, sign)| format!("{sign} {}", one_line(&series.name))));
    }
    if !chart.note.is_empty() {
        lines.extend([String::new(), one_line(&chart.note)]);
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// At each label a bar for each series; the name of the series beside it, where there are several.
fn bars(chart: &Chart) -> Vec<String> {
    let labels = column(chart.labels.iter());
    let names = if chart.series.len() > 1 { column(chart.series.iter().map(|series| &series.name)) } else { vec![String::new()] };
    let numbers = |series: &ChartSeries| series.values.iter().map(|value| shown(chart, *value).width()).max().unwrap_or(0);
    let beside = width(&labels) + width(&names) + chart.series.iter().map(numbers).max().unwrap_or(0) + 3;
    let (room, highest) = (WIDTH.saturating_sub(beside), chart.highest());
    let mut lines = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        for (number, (series, name)) in chart.series.iter().zip(&names).enumerate() {
            let value = series.values.get(at).copied().flatten();
            let label = if number == 0 { label.clone() } else { " ".repeat(label.width()) };
            let name = if name.is_empty() { String::new() } else { format!(" {name}") };
            let bar = blocks(value.unwrap_or(0.0), highest, room);
            let gap = if bar.is_empty() { "" } else { " " };
            lines.push(format!("{label}{name} {bar}{gap}{}", shown(chart, value)));
        }
    }
    lines
}

/// At each label one bar, all series in it, and their sum behind it.
fn stacked(chart: &Chart) -> Vec<String> {
    let labels = column(chart.labels.iter());
    let sum_at =
        |at: usize| chart.series.iter().filter_map(|series| series.values.get(at).copied().flatten()).reduce(|one, other| one + other);
    let numbers = (0..labels.len()).map(|at| shown(chart, sum_at(at)).width()).max().unwrap_or(0);
    let (room, highest) = (WIDTH.saturating_sub(width(&labels) + numbers + 2), chart.highest());
    let line = |(at, label): (usize, &String)| {
        let (mut bar, mut sum) = (String::new(), 0.0);
        for (series, fill) in chart.series.iter().zip(FILLS) {
            sum += series.values.get(at).copied().flatten().unwrap_or(0.0);
            let until = if highest > 0.0 { (room as f64 * sum / highest).round() as usize } else { 0 };
            bar.extend(std::iter::repeat_n(fill, until.saturating_sub(bar.width())));
        }
        format!("{label} {bar} {}", shown(chart, sum_at(at)))
    };
    labels.iter().enumerate().map(line).collect()
}

/// A number in words, as the axes have them; nothing to say is a dash.
fn shown(chart: &Chart, value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number(value, chart.are_shares))
}

/// A bar of so many columns where it is the longest; one that stands for anything is seen.
pub fn blocks(value: f64, most: f64, columns: usize) -> String {
    let length = if most > 0.0 { (value * columns as f64 / most).ceil() } else { 0.0 };
    "█".repeat((length as usize).min(columns))
}

/// Marks over a grid, joined by dots, with the numbers to the left and labels below.
fn grid(chart: &Chart) -> Vec<String> {
    let ticks = ticks(chart.highest(), !chart.are_shares);
    let spaces = ticks.len() - 1;
    let step = (HEIGHT / spaces).max(1);
    let numbers: Vec<String> = ticks.iter().map(|&tick| number(tick, chart.are_shares)).collect();
    let left = width(&numbers);
    let (wide, high) = (WIDTH.saturating_sub(left + 2), spaces * step + 1);
    let x = |label: usize| ((label as f64 + 0.5) * wide as f64 / chart.labels.len().max(1) as f64) as usize;
    let top = ticks.last().copied().unwrap_or(1.0);
    let y = |value: f64| ((1.0 - value / top) * (high - 1) as f64).round() as usize;

    let mut cells = vec![vec![' '; wide]; high];
    for series in &chart.series {
        for at in 1..chart.labels.len() {
            let ends = [at - 1, at].map(|at| Some((x(at), series.values.get(at).copied().flatten()?)));
            if let [Some((from, one)), Some((to, other))] = ends {
                (from + 1..to).for_each(|x| cells[y(one + (other - one) * (x - from) as f64 / (to - from) as f64)][x] = '·');
            }
        }
    }
    for (series, mark) in chart.series.iter().zip(MARKS) {
        for (at, value) in series.values.iter().enumerate().take(chart.labels.len()) {
            let Some(value) = value else { continue };
            let cell = &mut cells[y(*value)][x(at)];
            *cell = if [' ', '·', mark].contains(cell) { mark } else { BOTH };
        }
    }

    let mut lines = Vec::new();
    for (row, cells) in cells.iter().enumerate() {
        let from_below = high - 1 - row;
        let number = if from_below.is_multiple_of(step) { numbers[from_below / step].as_str() } else { "" };
        lines.push(format!("{}{number} ┤{}", " ".repeat(left - number.width()), cells.iter().collect::<String>()));
    }
    lines.push(format!("{} └{}", " ".repeat(left), "─".repeat(wide)));
    let mut below = " ".repeat(left + 2);
    for (at, label) in chart.labels.iter().enumerate() {
        let label = shortened(label, 14);
        let from = (left + 2 + x(at)).saturating_sub(label.width() / 2).min(WIDTH - label.width());
        // Of labels that would touch the one before, none.
        if from > below.trim_end().width() || at == 0 {
            below = format!("{}{label}", pad(below.trim_end(), from.max(left + 2)));
        }
    }
    lines.extend([below, format!("{:>WIDTH$}", one_line(&chart.x_label))]);
    if cells.iter().flatten().any(|&cell| cell == BOTH) {
        lines.push(format!("{BOTH} nhiều đường trùng nhau"));
    }
    lines
}

/// Texts, cut and filled up to the width of the longest.
fn column<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let texts: Vec<String> = texts.map(|text| shortened(&one_line(text), NAME)).collect();
    let width = width(&texts);
    texts.iter().map(|text| pad(text, width)).collect()
}

fn width(texts: &[String]) -> usize {
    texts.iter().map(|text| text.width()).max().unwrap_or(0)
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let (mut short, mut wide) = (String::new(), 1);
    for letter in text.chars() {
        wide += letter.width().unwrap_or(0);
        if wide > most {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, are_shares: bool, series: &[(&str, &[Option<f64>])]) -> Chart {
        let series = series.iter().map(|(name, values)| ChartSeries { name: (*name).to_owned(), values: values.to_vec() });
        Chart {
            title: "đất đai".to_owned(),
            description: String::new(),
            note: "không rõ năm: 2".to_owned(),
            x_label: "năm".to_owned(),
            y_label: "bài".to_owned(),
            kind,
            are_shares,
            labels: ["2023", "2024", "2025"].map(str::to_owned).to_vec(),
            series: series.collect(),
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_hidden() {
        for (value, most, length) in
            [(0.0, 0.0, 0), (0.0, 9.0, 0), (1.0, 1_000_000.0, 1), (7.0, 7.0, 50), (500.0, 1_000.0, 25), (0.1, 0.2, 25)]
        {
            assert_eq!(blocks(value, most, 50).chars().count(), length, "{value} of {most}");
        }
    }

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        let text = lines(&chart(ChartKind::Bars, false, &[("một", &[Some(10.0), Some(5.0), None])]));
        let lengths: Vec<usize> = text.lines().map(|line| line.matches('█').count()).filter(|&length| length > 0).collect();
        assert_eq!(lengths.len(), 2);
        assert!(lengths[0].abs_diff(lengths[1] * 2) <= 1, "{text}");
        assert!(text.contains("2023 █") && text.contains("\n2025 –\n") && text.ends_with("\n\nkhông rõ năm: 2\n"), "{text}");
    }

    #[test]
    fn lines_have_their_marks_where_their_numbers_are() {
        let text =
            lines(&chart(ChartKind::Lines, false, &[("một", &[Some(0.0), Some(4.0), Some(8.0)]), ("hai", &[Some(8.0), Some(4.0), None])]));
        let row = |begin: &str| text.lines().find(|line| line.trim_start().starts_with(begin)).unwrap();
        assert!(row("8 ┤").contains('●') && row("8 ┤").contains('○') && row("4 ┤").contains(BOTH) && row("0 ┤").contains('●'), "{text}");
        assert!(text.contains("● một\n○ hai\n") && text.contains("2023") && text.contains("2025"), "{text}");
    }

    #[test]
    fn every_chart_fits_80_columns_whatever_it_is_of() {
        let long = "Ủy ban nhân dân ".repeat(20);
        let huge: Vec<Option<f64>> = vec![Some(1e15), Some(0.0), Some(f64::MIN_POSITIVE)];
        for kind in [ChartKind::Lines, ChartKind::Bars, ChartKind::Stacked] {
            for are_shares in [false, true] {
                for labels in [0, 1, 3, 400] {
                    let mut chart = chart(kind, are_shares, &[(&long, &huge), ("\u{1b}[31mđỏ\n", &[None, None, None])]);
                    chart.labels = (0..labels).map(|label| format!("{label} {long}")).collect();
                    chart.series.iter_mut().for_each(|series| series.values = series.values.iter().copied().cycle().take(labels).collect());
                    let text = lines(&chart);
                    let drawn = text.lines().skip(3).filter(|line| !line.contains(long.trim_end()));
                    drawn.for_each(|line| assert!(line.width() <= WIDTH, "{kind:?}: {line}"));
                    assert!(!text.contains('\u{1b}'));
                }
            }
        }
    }
}
