//! Series of numbers with their names → a chart, in characters or as SVG on its own: no script, no style sheet, no font of its own.
//!
//! Knows nothing of articles. Series are told apart by dashes and marks, or by hatching, so that a chart printed in black says the same;
//! title and description come first, and each number can be read from its mark.

mod axis;
mod svg;
mod text;

pub use text::blocks;

/// Most series that can be told apart.
pub const MAX_SERIES: usize = 8;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Above the chart.
    pub title: String,
    /// For those who do not see it: what it shows, in a sentence or two.
    pub description: String,
    /// Below the chart: what it leaves out, or nothing.
    pub note: String,
    /// What the labels stand for.
    pub x_label: String,
    /// What the numbers count.
    pub y_label: String,
    /// How the numbers are drawn.
    pub kind: ChartKind,
    /// Whether the numbers are shares of one, which are shown in percent.
    pub are_shares: bool,
    /// Along the horizontal axis.
    pub labels: Vec<String>,
    /// At least one, at most [`MAX_SERIES`].
    pub series: Vec<ChartSeries>,
}

/// Numbers of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSeries {
    /// What it is called in the legend.
    pub name: String,
    /// One for each label, not negative; none where there is nothing to say.
    pub values: Vec<Option<f64>>,
}

/// How numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A line for each series.
    Lines,
    /// At each label a bar for each series, side by side.
    Bars,
    /// At each label one bar, the series on top of each other.
    Stacked,
}

impl Chart {
    /// The chart as an SVG document, with a line end.
    pub fn svg(&self) -> String {
        svg::document(self)
    }

    /// The chart in characters, for a terminal: lines of 80 columns.
    pub fn text(&self) -> String {
        text::lines(self)
    }

    /// What the vertical axis has to reach.
    fn highest(&self) -> f64 {
        let at = |label: usize| self.series.iter().map(move |series| series.values.get(label).copied().flatten().unwrap_or(0.0));
        let highest = |label: usize| match self.kind {
            ChartKind::Lines | ChartKind::Bars => at(label).fold(0.0, f64::max),
            ChartKind::Stacked => at(label).sum(),
        };
        (0..self.labels.len()).map(highest).fold(0.0, f64::max)
    }
}
