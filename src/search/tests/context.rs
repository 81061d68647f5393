//! Words in context: all matches of an article, and nothing else.

use super::archive::{AUTHORITY, Archive, Draft, request};
use crate::search::{Concordance, NoticeCode, Request, concordance};

fn lines(concordance: &Concordance) -> Vec<String> {
    concordance.lines.iter().map(|line| format!("{}: {}[{}]{}", line.field, line.left, line.matched, line.right)).collect()
}

#[test]
fn every_match_of_a_hit_has_its_line() {
    let archive = Archive::of(&[
        Draft::new("a", "Thanh tra đất", "Tỉnh thanh tra ba huyện. Sở thanh tra, rồi ubnd họp về đất."),
        Draft::new("b", "x", "y"),
    ]);
    for (query, words, expected) in [
        ("thanh tra", 1, &["title: [Thanh tra] đất", "body: Tỉnh [thanh tra] ba", "body: Sở [thanh tra], rồi"][..]),
        ("=thanh", 0, &["title: [Thanh]", "body: [thanh]", "body: [thanh]"]),
        ("\"thanh tra\" =tra", 0, &["title: [Thanh tra]", "body: [thanh tra]", "body: [thanh tra],"]),
        ("title:đất", 2, &["title: Thanh tra [đất]"]),
        ("\"huyện tra\"~1", 0, &["body: [tra]", "body: [huyện]."]),
        ("Ủy ban nhân dân", 1, &["body: rồi [ubnd] họp"]),
        ("thanh tra -ngân", 0, &["title: [Thanh tra]", "body: [thanh tra]", "body: [thanh tra],"]),
        ("", 3, &[]),
    ] {
        let response = archive.search(&Request { context: Some(words), ..request(query, &[]) });
        let hit = response.hits.iter().find(|hit| hit.article.key == "a").unwrap();
        let context = hit.context.as_ref().unwrap();
        assert_eq!(lines(context), expected, "{query}");
        assert_eq!(context.matches, expected.len() as u64);
        assert!(hit.snippets.is_empty());
        let article = archive.generation.find(hit.article.id).unwrap().unwrap().article;
        assert_eq!(concordance(&archive.generation, &AUTHORITY, &article, query, words).unwrap(), *context, "{query}");
        for line in &context.lines {
            let text = if line.field == "title" { &article.title } else { article.body.as_ref().unwrap() };
            assert_eq!(text[line.context_start..line.context_end], format!("{}{}{}", line.left, line.matched, line.right));
            assert_eq!(text[line.start..line.end], line.matched);
        }
    }
    assert_eq!(archive.search(&request("thanh tra", &[])).hits[0].context, None);
}

#[test]
fn matches_near_each_other_are_only_marked_there() {
    let archive = Archive::of(&[Draft::new("a", "x", "đất một hai ba bốn thuế. Rồi thuế đất. Xa kia là đất.")]);
    for exact in [false, true] {
        let response = archive.search(&Request { exact, context: Some(0), ..request("\"đất thuế\"~2", &[]) });
        let starts: Vec<usize> = response.hits[0].context.as_ref().unwrap().lines.iter().map(|line| line.start).collect();
        let body = "đất một hai ba bốn thuế. Rồi thuế đất. Xa kia là đất.";
        assert_eq!(starts, [body.find("thuế đất").unwrap(), body.find("đất. Xa").unwrap()]);
    }
}

#[test]
fn an_article_with_more_matches_than_are_listed_says_so() {
    let body = "thanh tra\n".repeat(25_000);
    let archive = Archive::of(&[Draft::new("a", "x", &body)]);
    let response = archive.search(&Request { context: Some(1), ..request("thanh tra", &[]) });
    let context = response.hits[0].context.as_ref().unwrap();
    assert_eq!((context.matches, context.lines.len()), (25_000, 10_000));
    assert!(response.notices.iter().any(|notice| notice.code == NoticeCode::ContextCut));
}

#[test]
fn a_match_across_two_pieces_of_a_long_text_is_found() {
    let body = format!("{}\nthanh\ntra\n", "một hai ba bốn\n".repeat(3)).repeat(5_000);
    let archive = Archive::of(&[Draft::new("a", "x", &body)]);
    for query in ["\"thanh tra\"", "=\"thanh tra\"", "\"thanh tra một\"", "\"thanh một\"~2"] {
        let response = archive.search(&Request { context: Some(1), ..request(query, &[]) });
        let matches = response.hits[0].context.as_ref().unwrap().matches;
        let expected = if query.contains("một\"~") { 9_998 } else { 5_000 - u64::from(query.contains("một")) };
        assert_eq!(matches, expected, "{query}");
    }
}
