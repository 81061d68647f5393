//! The provinces as a grid of tiles, shaded by their share of the hits: today's 34 units, or the 63 of 2024. A click filters, a table says the same.

use super::MAP;
use crate::authority::Authority;
use crate::search::{FacetValue, Response};
use crate::server::asked::Asked;
use crate::server::lang::Lang;
use jiff::civil::Date;
use maud::{Markup, html};

/// In the address: the map of the 63 units.
pub const BEFORE: &str = "before";

/// The last day on which the 63 units had the names that the map has.
const DAY_BEFORE: Date = Date::constant(2024, 12, 31);

const TILES: &str = include_str!("tiles.tsv");

const WIDTH: usize = 62;
const HEIGHT: usize = 30;

/// Shades of a tile beside that of none.
const SHADES: u64 = 5;

/// A tile of the map.
struct Tile<'a> {
    label: String,
    /// What a click selects.
    path: String,
    count: u64,
    row: usize,
    column: usize,
    slug: &'a str,
}

/// The map, the other one a click away, and the same as a table.
pub fn figure(authority: &Authority, response: &Response, asked: &Asked, before: bool, lang: Lang) -> Markup {
    let Some(counts) = response.facets.get("province") else { return html! {} };
    let tiles = tiles(authority, &counts.values, before);
    let most = tiles.iter().map(|tile| tile.count).max().unwrap_or(0);
    let rows = tiles.iter().map(|tile| tile.row + 1).max().unwrap_or(0);
    let columns = tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(0);
    // By the root of the share, or one great city would leave all others pale.
    let shade = |count: u64| if count == 0 { 0 } else { ((count as f64 / most as f64).sqrt() * SHADES as f64).ceil() as u64 };
    let select = |tile: &Tile| asked.with("is", &format!("province:{}", tile.path)).href("/");
    html! {
        figure.map aria-label=(lang.say("Theo tỉnh, thành", "By province")) {
            figcaption {
                (lang.say("Theo tỉnh, thành", "By province")) ": "
                a href=(asked.set(MAP, None).href("/")) aria-current=[(!before).then_some("true")] { (lang.say("34 đơn vị hiện nay", "34 units today")) } " "
                a href=(asked.set(MAP, Some(BEFORE)).href("/")) aria-current=[before.then_some("true")] { (lang.say("63 đơn vị trước 7/2025", "63 units before 7/2025")) }
            }
            details open {
                summary { (lang.say("Bản đồ", "Map")) }
                svg viewBox=(format!("0 0 {} {}", columns * WIDTH, rows * HEIGHT)) role="group" aria-label=(lang.say("Mỗi ô là một đơn vị; bấm để lọc", "Each tile is a unit; click to filter")) {
                    @for tile in &tiles {
                        a href=(select(tile)) data-unit=(tile.slug) {
                            title { (tile.label) ": " (lang.number(tile.count)) }
                            rect class=(format!("tile s{}", shade(tile.count))) x=(tile.column * WIDTH + 1) y=(tile.row * HEIGHT + 1) width=(WIDTH - 2) height=(HEIGHT - 2) rx="3" {}
                            text class=(format!("t{}", shade(tile.count))) x=(tile.column * WIDTH + WIDTH / 2) y=(tile.row * HEIGHT + 13) text-anchor="middle" textLength=[squeezed(&tile.label)] lengthAdjust="spacingAndGlyphs" { (short(&tile.label)) }
                            text class=(format!("n t{}", shade(tile.count))) x=(tile.column * WIDTH + WIDTH / 2) y=(tile.row * HEIGHT + 25) text-anchor="middle" { (lang.number(tile.count)) }
                        }
                    }
                }
            }
            details {
                summary { (lang.say("Bảng số", "As a table")) }
                table {
                    thead { tr { th scope="col" { (lang.say("đơn vị", "unit")) } th scope="col" { (lang.say("bài", "articles")) } } }
                    tbody { @for tile in &tiles { tr { th scope="row" { a href=(select(tile)) { (tile.label) } } td { (lang.number(tile.count)) } } } }
                }
            }
        }
    }
}

fn tiles<'a>(authority: &Authority, values: &[FacetValue], before: bool) -> Vec<Tile<'a>> {
    let map = if before { "before" } else { "today" };
    let rows = TILES.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let tile = |cells: Vec<&'a str>| {
        let &[of, slug, row, column] = cells.as_slice() else { return None };
        let (row, column) = (row.parse().ok()?, column.parse().ok()?);
        if of != map {
            return None;
        }
        let count = |path: &str, values: &[FacetValue]| values.iter().find(|value| value.path == path).map_or(0, |value| value.count);
        if !before {
            let path = format!("/{slug}");
            return Some(Tile { label: authority.units.name(slug).to_owned(), count: count(&path, values), path, row, column, slug });
        }
        let unit = authority.units.at(slug, DAY_BEFORE)?;
        let today = authority.units.todays_of(&unit.id).first()?.slug.clone();
        let path = format!("/{today}/{}", unit.id);
        let count = values.iter().map(|value| count(&path, &value.children)).sum();
        Some(Tile { label: unit.label.clone(), path, count, row, column, slug })
    };
    rows.filter_map(tile).collect()
}

/// What fits into a tile.
fn short(label: &str) -> &str {
    match label {
        "Hồ Chí Minh" => "TP.HCM",
        "Bà Rịa - Vũng Tàu" => "BR-VT",
        "Thừa Thiên Huế" => "TT Huế",
        label => label,
    }
}

/// How wide a name is written that is a little too long for a tile.
fn squeezed(label: &str) -> Option<usize> {
    const LETTERS: usize = 10;
    (short(label).chars().count() > LETTERS).then_some(WIDTH - 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_one_tile_and_every_tile_one_unit() {
        let authority = Authority::bundled();
        for (before, units) in [(false, 34), (true, 63)] {
            let tiles = tiles(&authority, &[], before);
            let mut places: Vec<(usize, usize)> = tiles.iter().map(|tile| (tile.row, tile.column)).collect();
            places.sort_unstable();
            places.dedup();
            assert_eq!((tiles.len(), places.len()), (units, units));
        }
        let known: Vec<&str> = tiles(&authority, &[], false).iter().map(|tile| tile.slug).collect();
        assert!(authority.units.today().all(|unit| known.contains(&unit.slug.as_str())));
    }
}
