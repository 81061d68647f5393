//! Where the sparse streams stand: sentences whose capitals tell something, and lines typed without diacritics.
//!
//! Input → output: composed text → ranges of bytes, in order, not overlapping; nearly always none or few. Pure functions that
//! know nothing of items, words or the lexicon. Linear in the text.

use crate::text::{has_diacritics, parse_syllable, parts};
use std::ops::Range;

/// A line has at least so many words that can be judged; measured below it, names and bylines of three syllables get in.
const MIN_WORDS: usize = 3;

/// A shorter line must show two words that begin with a small letter, or nothing but capitals: "Theo Linh Anh" shows neither.
const SHORT_WORDS: usize = 6;

/// At most one word of so many may carry a diacritic.
const WORDS_PER_ACCENT: usize = 20;

/// Of five words, so many read as folded syllables. English prose reaches three, "Theo Herald Sun, The Sun" all but one.
const SYLLABLES_OF_FIVE: usize = 4;

/// Whether a part is written all in capitals: two letters or more, and nothing else.
pub(super) fn is_in_capitals(part: &str) -> bool {
    part.chars().nth(1).is_some() && part.chars().all(char::is_uppercase)
}

/// The sentences that hold a part all in capitals and in which capitals mean something: at least three of ten words begin
/// with a small letter. In a headline in capitals none does, in Title Case a few particles do.
pub(super) fn telling_sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in lines(text) {
        for sentence in sentences(&text[line.clone()]) {
            let sentence = line.start + sentence.start..line.start + sentence.end;
            let (mut small, mut capital, mut all) = (0, 0, false);
            for part in parts(&text[sentence.clone()]).map(|part| &text[sentence.clone()][part]) {
                let first = part.chars().next();
                small += usize::from(first.is_some_and(char::is_lowercase));
                capital += usize::from(first.is_some_and(char::is_uppercase));
                all = all || is_in_capitals(part);
            }
            if all && small * 10 >= (small + capital) * 3 {
                found.push(sentence);
            }
        }
    }
    found
}

/// The lines (a title is one) that were typed without diacritics: hardly any word has one, and most read as folded syllables.
pub(super) fn undiacritic_lines(text: &str) -> Vec<Range<usize>> {
    lines(text).filter(|line| is_undiacritic(&text[line.clone()])).collect()
}

fn is_undiacritic(line: &str) -> bool {
    // A word and what ends it take two bytes or more: with more accents than this, no number of words is enough.
    let most_accents = (line.len() + 1) / 2 / WORDS_PER_ACCENT;
    let (mut words, mut accents, mut syllables, mut small, mut abbreviations) = (0, 0, 0, 0, 0);
    for part in parts(line).map(|part| &line[part]) {
        if !part.chars().all(char::is_alphabetic) {
            continue;
        }
        if has_diacritics(part) {
            accents += 1;
            if accents > most_accents {
                return false;
            }
        }
        small += usize::from(part.starts_with(char::is_lowercase));
        match reads_as_folded(part) {
            true => syllables += 1,
            // UBND says nothing of the language.
            false if is_in_capitals(part) => abbreviations += 1,
            false => {}
        }
        words += 1;
    }
    let judged = words - abbreviations;
    let shows_case = judged >= SHORT_WORDS || small >= 2 || !line.chars().any(char::is_lowercase);
    judged >= MIN_WORDS
        && abbreviations <= judged
        && shows_case
        && accents * WORDS_PER_ACCENT <= words
        && syllables * 5 >= judged * SYLLABLES_OF_FIVE
}

/// Vowel clusters of the syllables, folded.
const NUCLEI: [&str; 39] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "oo",
    "u", "ua", "uao", "uay", "ue", "ui", "uo", "uoi", "uou", "uu", "uy", "uya", "uye", "uyu", "y", "ye", "yeu",
];

/// Onsets, folded; `qu` and `gi` as [`parse_syllable`] takes them.
const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr",
    "v", "x",
];

/// What ends a syllable.
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word reads as a Vietnamese syllable that has lost its diacritics, if it had any: `duong`, `nghieng`, `phat`.
fn reads_as_folded(word: &str) -> bool {
    if word.len() > 7 || !word.is_ascii() {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let Some(syllable) = parse_syllable(&word) else { return false };
    let (onset, rest) = word.split_at(syllable.onset);
    let (nucleus, coda) = rest.split_at(syllable.nucleus);
    ONSETS.contains(&onset) && NUCLEI.contains(&nucleus) && CODAS.contains(&coda)
}

/// The lines of a text, without what ends them.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    })
}

/// The sentences of a line. A full stop after one or two letters of which the first is a capital (`TP. HCM`, `Q. 1`) ends none.
fn sentences(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let from = start;
        let ends = |(at, mark): &(usize, &str)| {
            let end = from + at + mark.len();
            let before_space = line[end..].starts_with(char::is_whitespace);
            before_space && (*mark != "." || !ends_in_short_form(&line[from..from + at]))
        };
        let found = line[from..].match_indices(['.', '!', '?', '…']).find(ends);
        start = found.map_or(line.len(), |(at, mark)| from + at + mark.len());
        (from < line.len()).then_some(from..start)
    })
}

fn ends_in_short_form(text: &str) -> bool {
    let mut letters = text.chars().rev().take_while(|letter| letter.is_alphanumeric());
    match (letters.next(), letters.next(), letters.next()) {
        (Some(only), None, _) => only.is_uppercase(),
        (Some(_), Some(first), None) => first.is_uppercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Analyzer, Stream, Token, Tokens};
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

    fn terms(stream: Stream, text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        ANALYZER.analyze(stream, text, &mut tokens);
        tokens.iter().map(|token| token.term.to_owned()).collect()
    }

    #[test]
    fn capitals_are_kept_where_case_tells_something() {
        let cases: [(&str, &str, &[&str]); 9] = [
            ("an abbreviation in a sentence", "Theo CA tỉnh, vụ việc đang được làm rõ.", &["ca"]),
            ("the parts of a document number", "Nghị quyết 57-NQ/TW được quán triệt tới các huyện.", &["nq", "tw"]),
            ("a headline in capitals", "CÔNG AN TỈNH CÔNG BỐ BA CA NHIỄM MỚI", &[]),
            ("Title Case", "Tỉnh Công Bố Ba CA Nhiễm Mới", &[]),
            ("small letters and single capitals", "Ba ca nhiễm ở quận H, ông A nói.", &[]),
            ("a sentence beside a headline", "BA CA NHIỄM MỚI. Hôm qua CA huyện đã lập chốt.", &["ca"]),
            ("a line of its own", "BA CA NHIỄM MỚI\nHôm qua BTV huyện ủy đã họp.", &["btv"]),
            ("a full stop after a short form ends nothing", "Theo CA TP. Vinh, đã bắt ba người đánh bạc.", &["ca", "tp"]),
            ("letters with digits are codes", "Luật số 12QH15 có hiệu lực từ đầu năm.", &[]),
        ];
        for (name, text, expected) in cases {
            assert_eq!(terms(Stream::Capitals, text), expected, "{name}");
        }
    }

    #[test]
    fn lines_typed_without_diacritics_are_told_from_others() {
        let cases = [
            ("a short title", "Chong tham nhung", true),
            ("a title in capitals", "CHU TICH UBND TINH HOP BAN", true),
            ("a paragraph", "Chieu 12/5, lanh dao tinh nghe bao cao ve viec thu hoi dat o ba xa ven bien, UBND huyen cung du.", true),
            (
                "a word or two spelt out do no harm",
                "ubnd tinh vua ban hanh quyet dinh moi ve gia dat o ba xa ven bien, nguoi dan dong tinh, Đảng ủy giám",
                false,
            ),
            (
                "one accent in twenty words",
                "lanh dao tinh nghe bao cao ve viec thu hoi dat o ba xa ven bien va giao cho các so lam ngay",
                true,
            ),
            ("accented text", "Lãnh đạo tỉnh nghe báo cáo về việc thu hồi đất", false),
            ("English", "The province has to hand out land in an open and fair manner, he said on Monday", false),
            ("an English name", "Theo The Sun", false),
            ("a byline", "Theo Linh Anh", false),
            ("a byline with its source", "Minh Anh (Theo CNN, The Hill)", false),
            ("a word without diacritics by itself", "Thanh tra", false),
            ("numbers", "12 000 345", false),
        ];
        for (name, line, expected) in cases {
            assert_eq!(is_undiacritic(line), expected, "{name}: {line}");
        }
        assert_eq!(terms(Stream::Undiacritic, "Họp báo\nBan ve dat dai\nHết"), ["ban", "ve", "dat", "dai"]);
    }

    #[test]
    fn syllables_are_known_without_their_diacritics() {
        for yes in ["duong", "nghieng", "quyet", "phat", "gi", "giua", "hoc", "yeu", "khuyu", "Nguoi"] {
            assert!(reads_as_folded(yes), "{yes}");
        }
        for no in ["news", "world", "street", "UBND", "Israel", "zalo", "day\u{301}", "b", "lst"] {
            assert!(!reads_as_folded(no), "{no}");
        }
    }

    /// A sparse stream holds some of the syllable stream's tokens: same spans, same positions.
    fn check(text: &str) {
        let (mut all, mut sparse) = (Tokens::default(), Tokens::default());
        ANALYZER.analyze(Stream::Syllable, text, &mut all);
        for stream in Stream::SPARSE {
            ANALYZER.analyze(stream, text, &mut sparse);
            let mut next = 0;
            for Token { term, start, end, position, position_length } in sparse.iter() {
                let syllable = all.get(position as usize);
                assert_eq!((start, end, position_length), (syllable.start, syllable.end, 1), "{stream:?}: {text:?}");
                assert!(position >= next && !term.is_empty(), "{stream:?}: {text:?}");
                next = position + 1;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tokens_are_those_of_the_syllable_stream(text in "\\PC{0,60}") {
            check(&text);
        }

        #[test]
        fn also_where_sentences_and_lines_end(text in "([aA]{1,3}|[.!?…,\n ]|CA |ban ve |đất |UBND\\. |\u{301}|'){0,24}") {
            check(&text);
        }
    }
}
