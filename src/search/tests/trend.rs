//! Queries over time: each count is a total, all that matches stands somewhere, and bases add up.

use super::archive::{AUTHORITY, Archive, request};
use super::invariant::{drafts, perhaps_left_out, query, with_copies};
use crate::dice::Dice;
use crate::search::{Filter, HistogramRequest, Period, Request, Trend, TrendQuery, TrendRequest, Unit, count, histogram, trend};

fn drawn(archive: &Archive, requests: &[Request], wanted: TrendRequest) -> Trend {
    let named = |request: &Request| TrendQuery { name: request.query.clone(), request: request.clone() };
    trend(&archive.generation, &AUTHORITY, &requests.iter().map(named).collect::<Vec<_>>(), wanted).unwrap()
}

#[test]
fn each_count_is_a_total_and_all_that_matches_stands_somewhere() {
    let mut dice = Dice(2_025);
    let drafts = drafts(&mut dice, 140);
    let archive = Archive::in_steps(&with_copies(&mut dice, drafts), 37);
    let mut checked = 0;
    for round in 0..24 {
        let counts_of = [Unit::Articles, Unit::Stories][round % 2];
        let requests: Vec<Request> = (0..1 + dice.roll(3))
            .map(|_| {
                let filters: Vec<Filter> = (0..dice.roll(2)).map(|_| perhaps_left_out(&mut dice)).collect();
                Request { counts_of, ..request(&query(&mut dice), &filters) }
            })
            .collect();
        let everything = Request { counts_of, ..Request::default() };
        let by = [Period::Year, Period::Month][round / 2 % 2];
        let answer = drawn(&archive, &requests, TrendRequest { by, by_basis: true });
        let days = answer.rows.iter().filter_map(|row| row.from.zip(row.to)).collect::<Vec<_>>();
        assert!(days.windows(2).all(|pair| pair[0].1.tomorrow().unwrap() == pair[1].0));
        for row in &answer.rows {
            assert_eq!(archive.total_with(&everything, [row.is.clone()]), row.archive, "{}", row.is);
        }
        for (at, (series, request)) in answer.series.iter().zip(&requests).enumerate() {
            assert_eq!(series.total, count(&archive.generation, &AUTHORITY, request).unwrap());
            assert_eq!(answer.rows.iter().map(|row| row.counts[at]).sum::<u64>(), series.total + series.repeats, "{request:?}");
            assert!(counts_of == Unit::Stories || series.repeats == 0);
            for row in &answer.rows {
                assert_eq!(archive.total_with(request, [row.is.clone()]), row.counts[at], "{} of {request:?}", row.is);
                // Articles of tests have no basis: all stand under none.
                assert_eq!(row.by_basis.as_ref().unwrap()[at].iter().sum::<u64>(), row.counts[at]);
                checked += usize::from(row.counts[at] > 0);
            }
            let bars = histogram(&archive.generation, &AUTHORITY, request, HistogramRequest { by: Some(by) }).unwrap().bars;
            for bar in bars {
                let row = answer.rows.iter().find(|row| row.from == Some(bar.from)).unwrap();
                assert_eq!((row.counts[at], row.archive, &row.label), (bar.count, bar.archive, &bar.label), "{request:?}");
            }
        }
    }
    assert!(checked > 100, "{checked}");
}
