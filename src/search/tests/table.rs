//! Tables add up, and each cell is the total that its row and column give as further filters.

use super::archive::{AUTHORITY, Archive, Draft, request};
use super::invariant::{drafts, perhaps_left_out, query, with_copies};
use crate::article::Interval;
use crate::dice::Dice;
use crate::search::{Axis, Boundaries, Filter, Line, LineKind, Per, Request, SearchError, Table, TableRequest, Unit, count, table};

fn try_table(archive: &Archive, request: &Request, wanted: TableRequest) -> Result<Table, SearchError> {
    table(&archive.generation, &AUTHORITY, request, wanted)
}

/// The total of a request with some lines as further filters.
fn total_with(archive: &Archive, request: &Request, lines: &[&Line]) -> u64 {
    archive.total_with(request, lines.iter().flat_map(|line| line.is.clone()))
}

/// Whether everything adds up as the table says.
fn adds_up(table: &Table) -> bool {
    let lines = |lines: &[Line]| lines.iter().map(|line| line.count).sum::<u64>();
    let row = |(row, cells): (&Line, &Vec<u64>)| cells.iter().sum::<u64>() == row.count + row.repeats;
    let column = |(at, column): (usize, &Line)| table.cells.iter().map(|row| row[at]).sum::<u64>() == column.count + column.repeats;
    lines(&table.rows.lines) == table.total + table.rows.repeats
        && lines(&table.columns.lines) == table.total + table.columns.repeats
        && table.cells.iter().flatten().sum::<u64>() == table.total + table.repeats
        && table.rows.lines.iter().zip(&table.cells).all(row)
        && table.columns.lines.iter().enumerate().all(column)
}

#[test]
fn tables_add_up_and_each_cell_is_a_total() {
    let mut dice = Dice(34);
    let drafts = drafts(&mut dice, 160);
    let archive = Archive::in_steps(&with_copies(&mut dice, drafts), 37);
    let (mut checked, mut refused, mut repeats) = (0, 0, 0);
    for round in 0..140 {
        let filters: Vec<Filter> = (0..dice.roll(3)).map(|_| perhaps_left_out(&mut dice)).collect();
        let counts_of = [Unit::Articles, Unit::Stories][round % 2];
        let request = Request { counts_of, limit: 3, ..request(&query(&mut dice), &filters) };
        // By day the years between would be counted one day at a time.
        let mut axis = || loop {
            let axis = Axis::ALL[dice.roll(Axis::ALL.len())];
            if axis != Axis::Day {
                break axis;
            }
        };
        let wanted = TableRequest {
            boundaries: [Boundaries::Today, Boundaries::AsWritten][round / 2 % 2],
            per: [None, Some(Per::Archive), Some(Per::Filters)][round % 3],
            ..TableRequest::new(axis(), axis())
        };
        let table = match try_table(&archive, &request, wanted) {
            Err(SearchError::PostsOfSeveral) => {
                refused += 1;
                continue;
            }
            table => table.unwrap(),
        };
        assert_eq!(table.total, count(&archive.generation, &AUTHORITY, &request).unwrap(), "{request:?}");
        assert!(adds_up(&table), "{wanted:?} of {request:?}: {table:#?}");
        repeats += table.repeats;
        for (row, cells) in table.rows.lines.iter().zip(&table.cells) {
            assert_eq!(total_with(&archive, &request, &[row]), row.count, "{row:?} of {wanted:?} of {request:?}");
            for (column, &cell) in table.columns.lines.iter().zip(cells).step_by(1 + dice.roll(3)) {
                assert_eq!(total_with(&archive, &request, &[row, column]), cell, "{row:?}, {column:?} of {wanted:?} of {request:?}");
                checked += 1;
            }
        }
        for column in &table.columns.lines {
            assert_eq!(total_with(&archive, &request, &[column]), column.count, "{column:?} of {wanted:?} of {request:?}");
        }
        checked += check_base(&archive, &request, &table, &mut dice);
        check_bounded(&archive, &request, wanted, &table);
    }
    assert!(checked > 2_000 && refused > 3 && refused < 50 && repeats > 1_000, "{checked} {refused} {repeats}");
}

/// What counts are measured by is what they would be without the query, or without the filters too.
fn check_base(archive: &Archive, request: &Request, table: &Table, dice: &mut Dice) -> usize {
    let Some(base) = &table.base else { return 0 };
    let filters = if base.per == Per::Filters { request.filters.clone() } else { Vec::new() };
    let everything = Request { filters, counts_of: request.counts_of, ..Request::default() };
    assert_eq!(total_with(archive, &everything, &[]), base.total);
    let mut checked = 0;
    for (at, row) in table.rows.lines.iter().enumerate() {
        assert_eq!(total_with(archive, &everything, &[row]), base.rows[at]);
        for (column_at, column) in table.columns.lines.iter().enumerate().step_by(1 + dice.roll(4)) {
            assert_eq!(total_with(archive, &everything, &[row, column]), base.cells[at][column_at], "{row:?}, {column:?} of {request:?}");
            checked += 1;
        }
    }
    checked
}

/// With fewer rows and columns, what is not listed is summed up.
fn check_bounded(archive: &Archive, request: &Request, wanted: TableRequest, whole: &Table) {
    let bounded = try_table(archive, request, TableRequest { top_rows: Some(2), top_columns: Some(1), ..wanted }).unwrap();
    assert!(adds_up(&bounded), "{wanted:?} of {request:?}: {bounded:#?}");
    assert_eq!((bounded.total, bounded.repeats), (whole.total, whole.repeats));
    assert_eq!((bounded.rows.repeats, bounded.columns.repeats), (whole.rows.repeats, whole.columns.repeats));
    let values = |table: &Table| {
        let lines = table.rows.lines.iter().chain(&table.columns.lines);
        lines.filter(|line| line.kind != LineKind::Remainder).map(|line| line.values).sum::<u64>()
    };
    assert_eq!(values(&bounded), values(whole), "nothing is dropped");
    for line in bounded.rows.lines.iter().filter(|line| line.kind == LineKind::Value && wanted.rows.period().is_none()) {
        assert!(whole.rows.lines.contains(&Line { repeats: line.repeats, ..line.clone() }), "{line:?}");
    }
}

fn shown(table: &Table) -> Vec<String> {
    let header = table.columns.lines.iter().map(|column| column.full_label()).collect::<Vec<_>>().join(" | ");
    let row = |(row, cells): (&Line, &Vec<u64>)| format!("{} {cells:?} {}+{}", row.full_label(), row.count, row.repeats);
    [header].into_iter().chain(table.rows.lines.iter().zip(&table.cells).map(row)).collect()
}

#[test]
fn rows_and_columns_are_in_order_and_say_what_they_are() {
    let archive = Archive::of(&[
        Draft::new("a", "Tin", "Tin.").about("ninh-binh@1992").about("dong-nai@1975").on("2022-05-30"),
        Draft::new("b", "Tin", "Tin.").about("ninh-binh@2025").on("2024-06-02"),
        Draft::new("c", "Tin", "Tin.").about("song-be@1976").on("2024"),
        Draft::new("d", "Tin", "Tin.").status(crate::article::ProvinceStatus::National).on("2024-06"),
        Draft::new("e", "Tin", "Tin.").about("ninh-binh@1992"),
    ]);
    let all = Request::default();
    let by_year = try_table(&archive, &all, TableRequest::new(Axis::Province, Axis::Year)).unwrap();
    let expected = [
        "2022 (date:/2022) | 2023 (date:/2023) | 2024 (date:/2024) | không rõ ngày (date:unknown)",
        "Ninh Bình (province:/ninh-binh) [1, 0, 1, 1] 3+0",
        "Đồng Nai (province:/dong-nai) [1, 0, 1, 0] 2+0",
        "Hồ Chí Minh (province:/ho-chi-minh) [0, 0, 1, 0] 1+0",
        "toàn quốc (province:national) [0, 0, 1, 0] 1+0",
    ];
    assert_eq!(shown(&by_year), expected);
    assert_eq!((by_year.total, by_year.repeats, by_year.rows.repeats, by_year.columns.repeats), (5, 2, 2, 0));

    let as_written =
        TableRequest { boundaries: Boundaries::AsWritten, top_rows: Some(1), ..TableRequest::new(Axis::Province, Axis::Month) };
    let expected = [
        "Tháng 5/2022 (date:/2022/05) | Tháng 6/2024 (date:/2024/06) | năm 2024: không rõ tháng hoặc nhiều tháng (date:only:/2024) | không rõ ngày (date:unknown)",
        "Ninh Bình (đến 6/2025) (province:/ninh-binh/ninh-binh@1992) [1, 0, 0, 1] 2+0",
        "3 giá trị khác [1, 1, 1, 0] 3+0",
        "toàn quốc (province:national) [0, 1, 0, 0] 1+0",
    ];
    let as_written = try_table(&archive, &all, as_written).unwrap();
    let without_gap = shown(&as_written);
    assert_eq!(as_written.columns.lines.len(), 26 + 2);
    let held: Vec<usize> = (0..28).filter(|&at| as_written.columns.lines[at].count > 0).collect();
    let squeezed = Table {
        columns: crate::search::Lines {
            lines: held.iter().map(|&at| as_written.columns.lines[at].clone()).collect(),
            ..as_written.columns.clone()
        },
        cells: as_written.cells.iter().map(|row| held.iter().map(|&at| row[at]).collect()).collect(),
        ..as_written.clone()
    };
    assert_eq!(shown(&squeezed), expected, "{without_gap:#?}");
}

#[test]
fn of_periods_the_fullest_are_listed_and_those_asked_for_though_nothing_stands_in_them() {
    let archive = Archive::of(&[
        Draft::new("a", "Tin", "Họp.").about("ninh-binh@1992").on("1987-05-30"),
        Draft::new("b", "Tin", "Tin.").about("ninh-binh@1992").on("2019-06-02"),
        Draft::new("c", "Tin", "Họp.").about("dong-nai@1975").on("2021-06-02"),
        Draft::new("d", "Tin", "Tin.").about("dong-nai@1975").on("2022-06-02"),
        Draft::new("e", "Tin", "Họp.").about("dong-nai@1975"),
    ]);
    let by_year = TableRequest::new(Axis::Province, Axis::Year);
    let last = TableRequest { top_columns: Some(2), per: Some(Per::Archive), ..by_year };
    let last = try_table(&archive, &request("họp", &[]), last).unwrap();
    let expected = [
        "trước 2020 | 2020 (date:/2020) | 2021 (date:/2021) | không rõ ngày (date:unknown)",
        "Đồng Nai (province:/dong-nai) [0, 0, 1, 1] 2+0",
        "Ninh Bình (province:/ninh-binh) [1, 0, 0, 0] 1+0",
    ];
    assert_eq!(shown(&last), expected);
    assert_eq!((last.columns.lines[0].values, last.columns.lines[0].kind), (33, LineKind::Others));
    assert_eq!(last.base.unwrap().columns, [2, 0, 1, 1], "earlier periods are measured by all that the archive has of them");

    // Wrong years lie at both ends.
    let years_of = |archive: &Archive, top| {
        let wanted = TableRequest { top_columns: Some(top), ..by_year };
        let table = try_table(archive, &Request::default(), wanted).unwrap();
        table.columns.lines.into_iter().map(|column| format!("{} {} {}", column.label, column.values, column.count)).collect::<Vec<_>>()
    };
    let dated = ["1907", "2019", "2020", "2020", "2021", "2062"].iter().enumerate();
    let wrong = Archive::of(&dated.map(|(number, year)| Draft::new(&number.to_string(), "Tin", "Tin.").on(year)).collect::<Vec<_>>());
    assert_eq!(years_of(&wrong, 2), ["trước 2020 113 2", "2020 1 2", "2021 1 1", "sau 2021 41 1"]);
    assert_eq!(years_of(&wrong, 1), ["trước 2020 113 2", "2020 1 2", "sau 2020 42 2"]);
    assert_eq!(years_of(&wrong, 0), ["156 giá trị khác 156 6"]);
    assert_eq!(years_of(&wrong, 200).len(), 156);

    let years = |filters: &[Filter]| {
        let table = try_table(&archive, &request("họp", filters), by_year).unwrap();
        table.columns.lines.into_iter().map(|column| column.label).collect::<Vec<_>>()
    };
    assert_eq!(years(&[Filter::Year("2019..2022".to_owned())]), ["2019", "2020", "2021", "2022"]);
    let since = Interval { from: "2020-01-01".parse().unwrap(), to: jiff::civil::Date::MAX };
    let since = Filter::Date { range: since, precise: false };
    assert_eq!(years(&[since]), ["2021"], "an open end is where anything was found last");
    let until =
        |from: &str, to: &str| Filter::Date { range: Interval { from: from.parse().unwrap(), to: to.parse().unwrap() }, precise: false };
    assert_eq!(years(&[until("2020-01-01", "2031-12-31")]), ["2021", "2022"], "no longer than the archive");
}

#[test]
fn a_post_stands_beside_the_person_who_holds_it() {
    let archive = Archive::of(&[
        Draft::new("a", "Tin", "Tin.").names("Lò Văn Thiêm", "Bí thư", Some("Sơn La")).names("Tạ Vân", "Chủ tịch", None),
        Draft::new("b", "Tin", "Tin.").names("Lò Văn Thiêm", "Chủ tịch", None),
        Draft::new("c", "Tin", "Tin."),
    ]);
    let wanted = TableRequest::new(Axis::Official, Axis::Post);
    let expected = [
        "Chủ tịch (post:Chủ tịch) | Bí thư (post:Bí thư) | không nêu cán bộ (official:none)",
        "Lò Văn Thiêm (official:/Lò Văn Thiêm) [1, 1, 0] 2+0",
        "Tạ Vân (official:/Tạ Vân) [1, 0, 0] 1+0",
        "không nêu cán bộ (official:none) [0, 0, 1] 1+0",
    ];
    assert_eq!(shown(&try_table(&archive, &Request::default(), wanted).unwrap()), expected);
    let of_one = Request { filters: vec![Filter::Official("Lò Văn Thiêm".to_owned())], ..Request::default() };
    let error = try_table(&archive, &of_one, wanted).unwrap_err();
    assert!(matches!(error, SearchError::PostsOfSeveral), "{error}");
    let by_collection = try_table(&archive, &of_one, TableRequest::new(Axis::Post, Axis::Collection)).unwrap();
    let expected = ["tin-tuc (collection:/tin-tuc)", "Bí thư (post:Bí thư) [1] 1+0", "Chủ tịch (post:Chủ tịch) [1] 1+0"];
    assert_eq!(shown(&by_collection), expected, "what Tạ Vân holds is another's");
}
