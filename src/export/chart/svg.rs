//! A chart → an SVG document: axes with their numbers and names, lines or bars, a legend below.

use super::axis::{number, ticks};
use super::{Chart, ChartKind, ChartSeries};
use crate::export::escape::one_line;
use maud::{Markup, html};

const WIDTH: f64 = 760.0;
/// Of the part in which numbers are drawn.
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 78.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 44.0;

/// A line of text.
const LINE: f64 = 17.0;

/// Labels along the horizontal axis that fit level; more, or longer ones, stand aslant.
const LEVEL_LABELS: usize = 12;
const LEVEL_CHARS: usize = 8;

/// Labels that fit at all; of more, some are left out.
const LABELS: usize = 48;

/// Letters of a name that are shown; the whole name stands in its title.
const NAME_CHARS: usize = 44;

/// Colour, dashes of a line: each series differs from the others in both, and in its marks and its hatching. The colours are those
/// of Okabe and Ito, which the colour-blind can tell apart.
const STYLES: [(&str, &str); super::MAX_SERIES] = [
    ("#0072b2", ""),
    ("#d55e00", "7 3"),
    ("#009e73", "2 3"),
    ("#cc79a7", "10 3 2 3"),
    ("#000000", "4 2"),
    ("#e69f00", "12 4"),
    ("#56b4e9", "1 2"),
    ("#767676", "6 2 1 2 1 2"),
];

/// Hatching, as a path in a square of 8; the first is none.
const HATCHES: [&str; super::MAX_SERIES] = [
    "",
    "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "M0 2H8M0 6H8",
    "M2 0V8M6 0V8",
    "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    "M0 4H8M4 0V8",
    "M2 2h.1M6 6h.1",
    "M0 0L8 8M8 0L0 8",
];

/// Where things lie.
struct Frame<'a> {
    chart: &'a Chart,
    ticks: Vec<f64>,
    /// Whether labels stand aslant.
    aslant: bool,
}

/// See the module.
pub fn document(chart: &Chart) -> String {
    let aslant = chart.labels.len() > LEVEL_LABELS || chart.labels.iter().any(|label| label.chars().count() > LEVEL_CHARS);
    let frame = Frame { chart, ticks: ticks(chart.highest(), !chart.are_shares), aslant };
    let below = TOP + HEIGHT + if aslant { 96.0 } else { 40.0 };
    let note_at = below + LINE * (chart.series.len() as f64 + 0.5);
    let high = note_at + if chart.note.is_empty() { 0.0 } else { LINE };
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {high}")) width=(WIDTH) height=(high) role="img"
            aria-labelledby="title desc" font-family="sans-serif" font-size="12" fill="#000" {
            title id="title" { (one_line(&chart.title)) }
            desc id="desc" { (one_line(&chart.description)) }
            defs { @for number in 0..chart.series.len() { (hatch(number)) } }
            rect width=(WIDTH) height=(high) fill="#fff" {}
            text x=(LEFT) y="18" font-size="15" font-weight="bold" { (shortened(&chart.title, 80)) }
            (frame.axes())
            @for (number, series) in chart.series.iter().enumerate() { (frame.series(number, series)) }
            @for (number, series) in chart.series.iter().enumerate() { (frame.legend(number, series, below + LINE * number as f64)) }
            @if !chart.note.is_empty() { text x=(LEFT) y=(format!("{note_at:.1}")) font-size="11" fill="#333" { (one_line(&chart.note)) } }
        }
    };
    let mut document = svg.into_string();
    document.push('\n');
    document
}

impl Frame<'_> {
    fn slot(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.chart.labels.len().max(1) as f64
    }

    /// The middle of a label.
    fn x(&self, label: usize) -> f64 {
        LEFT + self.slot() * (label as f64 + 0.5)
    }

    fn y(&self, value: f64) -> f64 {
        TOP + HEIGHT * (1.0 - value / self.ticks.last().copied().unwrap_or(1.0))
    }

    fn axes(&self) -> Markup {
        let (chart, base) = (self.chart, TOP + HEIGHT);
        let every = chart.labels.len().div_ceil(if self.aslant { LABELS } else { LEVEL_LABELS }).max(1);
        html! {
            @for &tick in &self.ticks {
                @let y = format!("{:.1}", self.y(tick));
                path d=(format!("M{LEFT} {y}H{}", WIDTH - RIGHT)) stroke=(if tick == 0.0 { "#000" } else { "#ccc" }) fill="none" {}
                text x=(LEFT - 6.0) y=(y) dy="4" text-anchor="end" { (number(tick, chart.are_shares)) }
            }
            @for (at, label) in chart.labels.iter().enumerate().step_by(every) {
                @let x = format!("{:.1}", self.x(at));
                @if self.aslant {
                    text x=(x) y=(base + 14.0) text-anchor="end" transform=(format!("rotate(-45 {x} {})", base + 14.0)) { (shortened(label, 18)) }
                } @else {
                    text x=(x) y=(base + 16.0) text-anchor="middle" { (shortened(label, 18)) }
                }
            }
            text x=(WIDTH - RIGHT) y=(base + if self.aslant { 82.0 } else { 32.0 }) text-anchor="end" font-style="italic" { (one_line(&chart.x_label)) }
            text x=(LEFT) y=(TOP - 10.0) font-style="italic" { (one_line(&chart.y_label)) }
        }
    }

    fn series(&self, number: usize, series: &ChartSeries) -> Markup {
        html! {
            g {
                title { (one_line(&series.name)) }
                @if self.chart.kind == ChartKind::Lines { (self.line(number, series)) } @else { (self.bars(number, series)) }
            }
        }
    }

    /// A line that breaks where there is nothing to say, with a mark at each number.
    fn line(&self, number: usize, series: &ChartSeries) -> Markup {
        let (colour, dashes) = STYLES[number % STYLES.len()];
        let (mut path, mut goes_on) = (String::new(), false);
        for (at, value) in series.values.iter().enumerate() {
            if let Some(value) = value {
                path.push_str(&format!("{}{:.1} {:.1}", if goes_on { "L" } else { "M" }, self.x(at), self.y(*value)));
            }
            goes_on = value.is_some();
        }
        html! {
            path d=(path) fill="none" stroke=(colour) stroke-width="2" stroke-dasharray=[(!dashes.is_empty()).then_some(dashes)] {}
            @for (at, value) in series.values.iter().enumerate() {
                @if let Some(value) = value {
                    path d=(mark(number, self.x(at), self.y(*value))) fill=(colour) stroke=(colour) { title { (self.says(series, at, *value)) } }
                }
            }
        }
    }

    fn bars(&self, number: usize, series: &ChartSeries) -> Markup {
        let side_by_side = if self.chart.kind == ChartKind::Bars { self.chart.series.len() } else { 1 };
        let place = if self.chart.kind == ChartKind::Bars { number } else { 0 };
        let wide = self.slot() * 0.8 / side_by_side.max(1) as f64;
        let below = |at: usize| match self.chart.kind {
            ChartKind::Stacked => self.chart.series[..number].iter().filter_map(|below| below.values.get(at).copied().flatten()).sum(),
            ChartKind::Lines | ChartKind::Bars => 0.0,
        };
        html! {
            @for (at, value) in series.values.iter().enumerate() {
                @if let Some(value) = value.filter(|value| *value > 0.0) {
                    @let (x, top) = (LEFT + self.slot() * (at as f64 + 0.1) + wide * place as f64, self.y(below(at) + value));
                    rect x=(format!("{x:.1}")) y=(format!("{top:.1}")) width=(format!("{wide:.1}"))
                        height=(format!("{:.1}", (self.y(below(at)) - top).max(0.5))) fill=(format!("url(#hatch{number})"))
                        stroke=(STYLES[number % STYLES.len()].0) stroke-width="0.7" { title { (self.says(series, at, value)) } }
                }
            }
        }
    }

    fn legend(&self, number: usize, series: &ChartSeries, y: f64) -> Markup {
        let (colour, dashes) = STYLES[number % STYLES.len()];
        html! {
            @if self.chart.kind == ChartKind::Lines {
                path d=(format!("M{LEFT} {y:.1}h36")) stroke=(colour) stroke-width="2" stroke-dasharray=[(!dashes.is_empty()).then_some(dashes)] {}
                path d=(mark(number, LEFT + 18.0, y)) fill=(colour) stroke=(colour) {}
            } @else {
                rect x=(LEFT) y=(format!("{:.1}", y - 6.0)) width="36" height="12" fill=(format!("url(#hatch{number})")) stroke=(colour) stroke-width="0.7" {}
            }
            text x=(LEFT + 44.0) y=(format!("{y:.1}")) dy="4" { title { (one_line(&series.name)) } (shortened(&series.name, NAME_CHARS * 2)) }
        }
    }

    /// What a mark says when it is pointed at, or read out.
    fn says(&self, series: &ChartSeries, at: usize, value: f64) -> String {
        let label = self.chart.labels.get(at).map_or("", String::as_str);
        one_line(&format!("{label}, {}: {}", series.name, number(value, self.chart.are_shares)))
    }
}

/// A pattern that bars of a series are filled with.
fn hatch(number: usize) -> Markup {
    let (colour, _) = STYLES[number % STYLES.len()];
    let hatch = HATCHES[number % HATCHES.len()];
    html! {
        pattern id=(format!("hatch{number}")) width="8" height="8" patternUnits="userSpaceOnUse" {
            rect width="8" height="8" fill=(colour) fill-opacity=(if hatch.is_empty() { "1" } else { "0.25" }) {}
            @if !hatch.is_empty() { path d=(hatch) stroke=(colour) stroke-width="2" stroke-linecap="round" fill="none" {} }
        }
    }
}

/// A mark around a point: round, square, pointed, a cross …
fn mark(number: usize, x: f64, y: f64) -> String {
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    let shape = match number % STYLES.len() {
        0 => "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z",
        1 => "m-3 -3h6v6h-6z",
        2 => "m0 -4l4 7h-8z",
        3 => "m0 -4l4 4l-4 4l-4 -4z",
        4 => "m-3 -3l6 6m0 -6l-6 6",
        5 => "m0 4l4 -7h-8z",
        6 => "m-4 0h8m-4 -4v8",
        _ => "m-4 -1.5h8v3h-8z",
    };
    format!("M{x} {y}{shape}")
}

/// At most so many letters of a text on one line.
fn shortened(text: &str, chars: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= chars { text } else { text.chars().take(chars - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn chart(kind: ChartKind, series: usize, labels: usize) -> Chart {
        let series = (0..series).map(|number| ChartSeries {
            name: format!("<chuyển> & \"số\" {number}\u{1b}\u{0}"),
            values: (0..labels).map(|at| (at % 3 != 1).then_some((number + at) as f64)).collect(),
        });
        Chart {
            title: "Tin ]]> <script>alert(1)</script>".to_owned(),
            description: "Mô tả & hình".to_owned(),
            note: "Ngoài hình: không rõ ngày 2".to_owned(),
            x_label: "năm".to_owned(),
            y_label: "bài".to_owned(),
            kind,
            are_shares: false,
            labels: (0..labels).map(|at| format!("Tháng {at}")).collect(),
            series: series.collect(),
        }
    }

    /// The names of all elements, of a document that has to be well-formed.
    fn elements(svg: &str) -> Vec<String> {
        let (mut reader, mut names) = (Reader::from_str(svg), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => names.push(start.name().as_ref().to_owned()),
                Event::Text(text) => assert!(text.chars().all(|letter| !letter.is_control() || letter == '\n')),
                Event::Eof => return names,
                _ => {}
            }
        }
    }

    #[test]
    fn whatever_stands_in_names_a_chart_is_well_formed_and_says_what_it_shows() {
        for kind in [ChartKind::Lines, ChartKind::Bars, ChartKind::Stacked] {
            for (series, labels) in [(1, 0), (1, 1), (8, 3), (3, 200)] {
                let svg = chart(kind, series, labels).svg();
                let names = elements(&svg);
                assert_eq!(names[..3], ["svg", "title", "desc"], "{svg}");
                assert!(!names.contains(&"script".to_owned()) && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
                assert_eq!(names.iter().filter(|name| *name == "g").count(), series);
            }
        }
    }

    #[test]
    fn series_differ_in_more_than_colour() {
        for (at, (_, dashes)) in STYLES.iter().enumerate() {
            assert!(STYLES[..at].iter().all(|(_, other)| other != dashes) && HATCHES[..at].iter().all(|other| *other != HATCHES[at]));
            assert!((0..at).all(|other| mark(other, 0.0, 0.0) != mark(at, 0.0, 0.0)));
        }
        assert!(chart(ChartKind::Lines, 2, 5).svg().contains("stroke-dasharray=\"7 3\""));
        assert!(chart(ChartKind::Bars, 2, 5).svg().contains("fill=\"url(#hatch1)\""));
    }
}
