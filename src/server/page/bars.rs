//! The hits over time as bars: a click or a drag filters, a table says the same.

use super::{RELATIVE, words};
use crate::search::{self, Bar, Histogram, HistogramRequest, Period, RemainderRow, Request, Response, SearchError};
use crate::server::answer::Call;
use crate::server::api::BY;
use crate::server::asked::Asked;
use crate::server::lang::Lang;
use maud::{Markup, html};

const WIDTH: usize = 720;
const HEIGHT: usize = 120;

/// Space for the labels below the bars.
const FOOT: usize = 18;

/// Labels below the bars, at most.
const LABELS: usize = 8;

/// The histogram of a request and its answer. By day or month it would be endless over centuries, so it then goes by what suits the span.
pub fn of(call: &Call, request: &Request, response: &Response, by: Option<Period>) -> Result<Histogram, SearchError> {
    let histogram = |by| search::histogram_of(response, &call.open.generation, &call.app.authority, request, HistogramRequest { by });
    match histogram(by) {
        Err(SearchError::TooManyBars { .. }) => histogram(None),
        found => found,
    }
}

/// The bars, how they may be read otherwise, and the same as a table.
pub fn figure(histogram: &Histogram, asked: &Asked, is_relative: bool, lang: Lang) -> Markup {
    if histogram.bars.is_empty() {
        return html! {};
    }
    let share = |bar: &Bar| if bar.archive == 0 { 0.0 } else { bar.count as f64 / bar.archive as f64 };
    let height = |bar: &Bar| if is_relative { share(bar) } else { bar.count as f64 };
    let most = histogram.bars.iter().map(height).fold(0.0, f64::max);
    let (count, slot) = (histogram.bars.len(), WIDTH as f64 / histogram.bars.len() as f64);
    let label = |bar: &Bar| match is_relative {
        true => format!("{}: {} / {} ({:.2} %)", bar.label, lang.number(bar.count), lang.number(bar.archive), share(bar) * 100.0),
        false => format!("{}: {}", bar.label, lang.number(bar.count)),
    };
    let select = |bar: &Bar| asked.with("is", &format!("date:{}", bar.path)).href("/");
    html! {
        figure.time aria-label=(lang.say("Theo thời gian", "Over time")) {
            figcaption {
                (lang.say("Theo thời gian", "Over time")) ": "
                @for (period, name) in [(Period::Year, lang.say("năm", "years")), (Period::Month, lang.say("tháng", "months")), (Period::Day, lang.say("ngày", "days"))] {
                    a href=(asked.set(BY, Some(period.name())).href("/")) aria-current=[(histogram.by == period).then_some("true")] { (name) } " "
                }
                "· "
                a href=(asked.set(RELATIVE, None).href("/")) aria-current=[(!is_relative).then_some("true")] { (lang.say("số bài", "articles")) } " "
                a href=(asked.set(RELATIVE, Some("1")).href("/")) aria-current=[is_relative.then_some("true")] { (lang.say("phần của kho", "share of the archive")) }
            }
            svg #bars viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + FOOT)) role="group" aria-label=(lang.say("Mỗi cột là một khoảng thời gian; bấm để lọc", "Each bar is a period; click to filter"))
                data-drag=(asked.set("from", None).set("to", None).href("/")) {
                @for (at, bar) in histogram.bars.iter().enumerate() {
                    @let x = at as f64 * slot;
                    @let tall = if most > 0.0 { (height(bar) / most * HEIGHT as f64).max(if bar.count > 0 { 1.5 } else { 0.0 }) } else { 0.0 };
                    a href=(select(bar)) data-from=(bar.from) data-to=(bar.to) aria-label=(label(bar)) tabindex=[(bar.count == 0).then_some("-1")] {
                        title { (label(bar)) }
                        rect.slot x=(format!("{x:.2}")) y="0" width=(format!("{slot:.2}")) height=(HEIGHT) {}
                        rect.bar x=(format!("{:.2}", x + slot * 0.08)) y=(format!("{:.2}", HEIGHT as f64 - tall)) width=(format!("{:.2}", slot * 0.84)) height=(format!("{tall:.2}")) {}
                    }
                    @if at.is_multiple_of(count.div_ceil(LABELS)) {
                        text x=(format!("{:.2}", x + slot / 2.0)) y=(HEIGHT + FOOT - 4) text-anchor=(anchor(x + slot / 2.0)) aria-hidden="true" { (short(bar, histogram.by)) }
                    }
                }
            }
            @let rest: Vec<RemainderRow> = histogram.in_no_bar().into_iter().filter(|row| row.count > 0).collect();
            @if !rest.is_empty() {
                p.note {
                    (lang.say("Ngoài các cột", "In no bar")) ": "
                    @for (at, row) in rest.iter().enumerate() {
                        @if at > 0 { " · " }
                        a href=(asked.with("is", &row.kind).href("/")) { (words::coarse(row, lang)) " " (lang.number(row.count)) }
                    }
                }
            }
            form.range action="/" method="get" {
                @for (name, value) in asked.first_page().pairs().filter(|(name, _)| !matches!(*name, "from" | "to" | "precise")) { input type="hidden" name=(name) value=(value); }
                label { (lang.say("từ", "from")) " " input type="text" name="from" size="10" value=(asked.first("from").unwrap_or("")) placeholder="2024-01"; }
                " " label { (lang.say("đến", "to")) " " input type="text" name="to" size="10" value=(asked.first("to").unwrap_or("")) placeholder="2024-06"; }
                " " label { input type="checkbox" name="precise" value="true" checked[asked.first("precise") == Some("true")]; " " (lang.say("chỉ ngày chắc chắn", "certain dates only")) }
                " " button type="submit" { (lang.say("Lọc", "Filter")) }
            }
            details {
                summary { (lang.say("Bảng số", "As a table")) }
                table {
                    thead { tr { th scope="col" { (lang.say("khoảng", "period")) } th scope="col" { (lang.say("bài", "articles")) } th scope="col" { (lang.say("cả kho", "archive")) } } }
                    tbody {
                        @for bar in &histogram.bars {
                            tr { th scope="row" { a href=(select(bar)) { (bar.label) } } td { (lang.number(bar.count)) } td { (lang.number(bar.archive)) } }
                        }
                        @for row in &rest { tr { th scope="row" { (words::coarse(row, lang)) } td { (lang.number(row.count)) } td {} } }
                    }
                }
            }
        }
    }
}

/// How a label stands, so that it does not run over an edge.
fn anchor(x: f64) -> &'static str {
    /// Half of a long one.
    const HALF: f64 = 24.0;
    match x {
        x if x < HALF => "start",
        x if x > WIDTH as f64 - HALF => "end",
        _ => "middle",
    }
}

/// What fits below a bar.
fn short(bar: &Bar, by: Period) -> String {
    match by {
        Period::Year => bar.from.year().to_string(),
        Period::Month => format!("{}/{}", bar.from.month(), bar.from.year()),
        Period::Day => format!("{}/{}", bar.from.day(), bar.from.month()),
    }
}
