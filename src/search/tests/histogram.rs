//! Articles over time: bars, and what stands in none, add up, and each is the total that selecting it gives.

use super::archive::{AUTHORITY, Archive, Draft, request};
use super::invariant::{drafts, perhaps_left_out, query, with_copies};
use crate::article::FacetPath;
use crate::dice::Dice;
use crate::index::{FacetField, Remainder};
use crate::search::{
    Filter, Histogram, HistogramRequest, Period, Request, SearchError, Timing, Unit, count, histogram, histogram_of, search,
};

fn drawn(archive: &Archive, request: &Request, by: Option<Period>) -> Histogram {
    histogram(&archive.generation, &AUTHORITY, request, HistogramRequest { by }).unwrap()
}

fn untimed(histogram: Histogram) -> serde_json::Value {
    serde_json::to_value(Histogram { timing: Timing { elapsed_ms: 0.0 }, ..histogram }).unwrap()
}

fn total_with(archive: &Archive, request: &Request, filter: Filter) -> u64 {
    let filters = [request.filters.as_slice(), &[filter]].concat();
    count(&archive.generation, &AUTHORITY, &Request { filters, ..request.clone() }).unwrap()
}

fn at(path: &str) -> Filter {
    Filter::Value(FacetField::Date, FacetPath::try_from(path.to_owned()).unwrap())
}

#[test]
fn all_that_matches_stands_somewhere_and_each_count_is_a_total() {
    let mut dice = Dice(1_975);
    let drafts = drafts(&mut dice, 140);
    let archive = Archive::in_steps(&with_copies(&mut dice, drafts), 37);
    let mut gaps = 0;
    for round in 0..60 {
        let filters: Vec<Filter> = (0..dice.roll(3)).map(|_| perhaps_left_out(&mut dice)).collect();
        let counts_of = [Unit::Articles, Unit::Stories][round % 2];
        let request = Request { counts_of, ..request(&query(&mut dice), &filters) };
        let everything = Request { counts_of, ..Request::default() };
        for by in [None, Some(Period::Year), Some(Period::Month), Some(Period::Day)] {
            let answer = drawn(&archive, &request, by);
            assert_eq!(answer.total, count(&archive.generation, &AUTHORITY, &request).unwrap(), "{request:?}");
            let standing: u64 = answer.bars.iter().map(|bar| bar.count).chain(answer.coarse.iter().map(|row| row.count)).sum();
            assert_eq!(standing + answer.undated + answer.several_years, answer.total + answer.repeats, "{by:?} of {request:?}");
            assert!(counts_of == Unit::Stories || answer.repeats == 0);
            for bar in &answer.bars {
                assert!(bar.count <= bar.archive, "{} of {request:?}", bar.path);
                gaps += usize::from(bar.count == 0);
            }
            for pair in answer.bars.windows(2) {
                assert_eq!(pair[0].to.tomorrow().unwrap(), pair[1].from);
            }
            assert!([answer.bars.first(), answer.bars.last()].into_iter().flatten().all(|bar| bar.count > 0));
            for bar in answer.bars.iter().step_by(9).chain(answer.bars.last()) {
                assert_eq!(total_with(&archive, &request, at(&bar.path)), bar.count, "{} of {request:?}", bar.path);
                assert_eq!(total_with(&archive, &everything, at(&bar.path)), bar.archive, "{}", bar.path);
            }
            for row in &answer.coarse {
                assert_eq!(total_with(&archive, &request, Filter::Remainder(Remainder::parse(&row.kind).unwrap())), row.count);
            }
            assert_eq!(total_with(&archive, &request, Filter::Remainder(Remainder::UnknownDate)), answer.undated);
            assert_eq!(total_with(&archive, &request, Filter::Remainder(Remainder::SeveralYears)), answer.several_years);
            assert_eq!(answer.archive_total, count(&archive.generation, &AUTHORITY, &everything).unwrap());

            // Also if it is read off an answer, of which some hold only a part of the facet.
            let max_facet_values = [None, Some(64), Some(1)][round % 3];
            let facets = vec![FacetField::Province, FacetField::Date];
            let answered =
                search(&archive.generation, &AUTHORITY, &Request { facets, max_facet_values, limit: 2, ..request.clone() }).unwrap();
            let read_off = histogram_of(&answered, &archive.generation, &AUTHORITY, &request, HistogramRequest { by }).unwrap();
            assert_eq!(untimed(read_off), untimed(answer), "{by:?} of {request:?}");
        }
    }
    assert!(gaps > 100, "{gaps}");
}

#[test]
fn what_stands_in_no_bar_is_named() {
    let archive = Archive::of(&[
        Draft::new("a", "Tin", "Tin.").on("2024-05-30"),
        Draft::new("b", "Tin", "Tin.").on("2024-06-02"),
        Draft::new("c", "Tin", "Tin.").on("2024-06"),
        Draft::new("d", "Tin", "Tin.").on("2024"),
        Draft::new("e", "Tin", "Tin.").on("2023-12-30..2024-01-02"),
        Draft::new("f", "Họp", "Họp.").on("2024-05-31"),
        Draft::new("g", "Tin", "Tin."),
    ]);
    let shown = |by| {
        let answer = drawn(&archive, &Request { query: "tin".to_owned(), limit: 3, ..Request::default() }, by);
        let bars = answer.bars.iter().map(|bar| format!("{} {} {}/{}", bar.path, bar.label, bar.count, bar.archive));
        let rows = answer.coarse.iter().map(|row| format!("{} {} {}", row.kind, row.label, row.count));
        (answer.by, bars.chain(rows).collect::<Vec<_>>(), answer.several_years, answer.undated)
    };
    let by_day = [
        "/2024/05/30 30/05/2024 1/1",
        "/2024/05/31 31/05/2024 0/1",
        "/2024/06/01 01/06/2024 0/0",
        "/2024/06/02 02/06/2024 1/1",
        "date:only:/2024 năm 2024: không rõ tháng hoặc nhiều tháng 1",
        "date:only:/2024/06 tháng 6/2024: không rõ ngày hoặc nhiều ngày 1",
    ];
    assert_eq!(shown(None), (Period::Day, by_day.map(str::to_owned).into(), 1, 1));
    let by_month =
        ["/2024/05 Tháng 5/2024 1/2", "/2024/06 Tháng 6/2024 2/2", "date:only:/2024 năm 2024: không rõ tháng hoặc nhiều tháng 1"];
    assert_eq!(shown(Some(Period::Month)), (Period::Month, by_month.map(str::to_owned).into(), 1, 1));
    assert_eq!(shown(Some(Period::Year)), (Period::Year, vec!["/2024 2024 4/5".to_owned()], 1, 1));
}

#[test]
fn a_span_of_too_many_days_is_an_error_that_says_what_to_do() {
    let archive = Archive::of(&[Draft::new("a", "Tin", "Tin.").on("2010-01-01"), Draft::new("b", "Tin", "Tin.").on("2024-01-01")]);
    let by = |by| histogram(&archive.generation, &AUTHORITY, &Request::default(), HistogramRequest { by: Some(by) });
    let error = by(Period::Day).unwrap_err();
    assert!(matches!(error, SearchError::TooManyBars { bars: 5_114, .. }), "{error}");
    assert!(error.to_string().starts_with("5114 periods by day are more than 4000; choose a coarser period"), "{error}");
    assert_eq!(by(Period::Month).unwrap().bars.len(), 169);
    assert_eq!(drawn(&archive, &Request::default(), None).by, Period::Year);
    let none = drawn(&archive, &request("xyzzyxyzzy", &[]), None);
    assert!(none.bars.is_empty() && none.total == 0 && none.archive_total == 2);
}
