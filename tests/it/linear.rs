//! Extraction takes an article of 20 MB in the time that its length is worth, whatever stands in it.

use crate::generator::Generator;
use crate::harness::PIPELINE;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tracuu::article::CleanArticle;
use tracuu::extract::extract;

/// What long articles are made of, by repeating it.
fn pieces() -> Vec<(&'static str, String)> {
    let dense = "Các Phó Chủ tịch UBND tỉnh Ninh Bình: Lò Văn Thiêm, Nông Thị Quyên; ông Vũ Đức Oanh, Giám đốc Sở Y tế\n";
    let nasty = [
        ("a line without an end", "hôm nay trời đẹp và mọi người đi làm "),
        ("posts in one breath", "Phó Phó Phó Chủ tịch Chủ tịch UBND UBND tỉnh tỉnh "),
        ("posts without their unit", "Chủ tịch UBND huyện Lò Văn Thiêm, "),
        ("addresses", "ông Nguyễn "),
        ("joints", "kiêm "),
        ("provinces", "Hà Nội, Thanh Hóa, Lào Cai, "),
        ("dates", "1/1 - "),
        ("digits and slashes", "1/"),
        ("digits", "7"),
        ("capitals", "CHỦ TỊCH ỦY BAN "),
        ("brackets", "("),
        ("dashes", "-"),
    ];
    let generated = Generator::new(6).take(20).map(|article| article.body).collect();
    let texts = [("articles", generated), ("lists of posts and names", dense.to_owned())];
    texts.into_iter().chain(nasty.map(|(name, piece)| (name, piece.to_owned()))).collect()
}

/// The time that extraction takes for each MB of a text of so many; the best of some runs.
fn time_per_mb(piece: &str, megabytes: u32, runs: usize) -> Duration {
    let body = piece.repeat((megabytes as usize * 1_000_000).div_ceil(piece.len()));
    let article = CleanArticle { body, ..CleanArticle::default() };
    let run = || {
        let began = Instant::now();
        black_box(extract(&article, &PIPELINE.authority));
        began.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap() / megabytes
}

/// Less than this is lost in what else the machine does.
const SHORT: Duration = Duration::from_millis(20);

#[test]
#[ignore = "reads some 300 MB; `cargo test --release --test it -- --ignored` runs it"]
fn twenty_megabytes_take_twenty_times_as_long_as_one() {
    for (name, piece) in pieces() {
        let (one, twenty) = (time_per_mb(&piece, 1, 3), time_per_mb(&piece, 20, 2));
        println!("{name}: {one:?} a MB of 1, {twenty:?} a MB of 20");
        // Memory that no cache holds costs half as much again, other tests run beside this one; quadratic work would cost
        // twenty times as much.
        assert!(twenty < 8 * one.max(SHORT), "{name}: {one:?} a MB of 1, {twenty:?} a MB of 20");
    }
}
