//! The curve of costs as SVG: four panels over one axis, the number of articles.

use crate::Cost;
use std::fmt::Write;

const WIDTH: f64 = 210.0;
const HEIGHT: f64 = 150.0;
const MARGIN: f64 = 34.0;

/// A panel: what it shows, and the number of each point.
type Panel = (&'static str, fn(&Cost) -> f64);

const PANELS: [Panel; 4] = [
    ("indexed, MB/s", |cost| cost.text_bytes as f64 / 1e6 / cost.indexed.time.as_secs_f64()),
    ("anonymous memory, MiB", |cost| cost.indexed.peak_bytes as f64 / f64::from(1 << 20)),
    ("search p99, ms", |cost| cost.p99.as_secs_f64() * 1e3),
    ("index bytes / text bytes", |cost| cost.index_bytes as f64 / cost.text_bytes as f64),
];

/// Draws the curve.
pub fn svg(costs: &[Cost]) -> String {
    let width = WIDTH * PANELS.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"9\">\n\
         <rect width=\"{width}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    for (number, panel) in PANELS.iter().enumerate() {
        write_panel(&mut svg, number as f64 * WIDTH, panel, costs);
    }
    svg.push_str("</svg>\n");
    svg
}

fn write_panel(svg: &mut String, left: f64, (title, value): &Panel, costs: &[Cost]) {
    let logs: Vec<f64> = costs.iter().map(|cost| (cost.articles as f64).log10()).collect();
    let (first, last) = (logs[0], logs[logs.len() - 1].max(logs[0] + 1.0));
    let top = costs.iter().map(value).fold(0.0, f64::max) * 1.2;
    let x = |log: f64| left + MARGIN + (log - first) / (last - first) * (WIDTH - 2.0 * MARGIN);
    let y = |value: f64| HEIGHT - MARGIN - value / top * (HEIGHT - 2.0 * MARGIN);
    let points: Vec<(f64, f64)> = costs.iter().zip(&logs).map(|(cost, &log)| (x(log), y(value(cost)))).collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let (from, to, base) = (left + MARGIN, left + WIDTH - MARGIN, HEIGHT - MARGIN);
    // Writing into a string never fails.
    let _ = writeln!(svg, "<text x=\"{from}\" y=\"16\" font-weight=\"bold\">{title}</text>");
    let _ = writeln!(svg, "<path d=\"M{from} {MARGIN}V{base}H{to}\" fill=\"none\" stroke=\"#888\"/>");
    let _ = writeln!(svg, "<polyline points=\"{}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"1.5\"/>", line.join(" "));
    for (cost, (x, y)) in costs.iter().zip(points) {
        let value = value(cost);
        let shown = if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") };
        let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.5\" fill=\"#06c\"/>");
        let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{shown}</text>", y - 6.0);
        let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", base + 12.0, short(cost.articles));
    }
}

fn short(articles: usize) -> String {
    match articles {
        1_000_000.. => format!("{}M", articles / 1_000_000),
        1_000.. => format!("{}k", articles / 1_000),
        _ => articles.to_string(),
    }
}
