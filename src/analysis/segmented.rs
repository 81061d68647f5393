//! Segmented text as others write it, CoNLL-U or lines of words → sentences, each a list of words.
//!
//! The syllables of a word are joined by `_`. What a sentence is good for, learning or scoring, is the caller's part.

/// A sentence whose words are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentedSentence {
    /// Its words, the syllables of each joined by `_`.
    pub words: Vec<String>,
    /// The sentence as it was written, where the corpus says so.
    pub text: Option<String>,
}

impl SegmentedSentence {
    /// Reads CoNLL-U (where a line has its ten columns), else a sentence from each line, words by spaces; an empty line is an empty sentence.
    pub fn read(text: &str) -> Vec<SegmentedSentence> {
        let is_conllu = text.lines().any(|line| !line.starts_with('#') && line.split('\t').count() == 10);
        if is_conllu { conllu(text) } else { text.lines().map(line).collect() }
    }

    /// The sentence as it was written; where nothing says so, its syllables with spaces between.
    pub fn written(&self) -> String {
        let spaced = || self.words.iter().flat_map(|word| syllables(word)).collect::<Vec<_>>().join(" ");
        self.text.clone().unwrap_or_else(spaced)
    }
}

/// The syllables of a word; an underscore that joins none stands for itself.
pub(super) fn syllables(word: &str) -> Vec<&str> {
    let syllables: Vec<&str> = word.split('_').collect();
    if syllables.contains(&"") { vec![word] } else { syllables }
}

fn line(line: &str) -> SegmentedSentence {
    SegmentedSentence { words: line.split_whitespace().map(str::to_owned).collect(), text: None }
}

fn conllu(text: &str) -> Vec<SegmentedSentence> {
    let mut sentences = vec![SegmentedSentence::default()];
    for line in text.lines() {
        let mut columns = line.split('\t');
        let last = sentences.last_mut().expect("there is always one");
        match (line.strip_prefix("# text = "), columns.next(), columns.next()) {
            (Some(text), ..) => last.text = Some(text.to_owned()),
            // Numbers with a dash are several words written as one, those with a point are left out of the text.
            (_, Some(number), Some(form)) if number.bytes().all(|byte| byte.is_ascii_digit()) => last.words.push(form.replace(' ', "_")),
            _ if line.is_empty() && !last.words.is_empty() => sentences.push(SegmentedSentence::default()),
            _ => {}
        }
    }
    sentences.retain(|sentence| !sentence.words.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conllu_and_lines_are_read_alike() {
        let row = |number: &str, form: &str| format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n");
        let text = format!("# text = Thanh tra tỉnh.\n{}{}{}{}\n", row("1", "Thanh tra"), row("2-3", "x"), row("2", "tỉnh"), row("3", "."));
        let conllu = SegmentedSentence::read(&text);
        let lines = SegmentedSentence::read("Thanh_tra tỉnh .\n\n");
        assert_eq!(conllu.len(), 1);
        assert_eq!(conllu[0].words, lines[0].words);
        assert_eq!((conllu[0].written().as_str(), lines[0].written().as_str()), ("Thanh tra tỉnh.", "Thanh tra tỉnh ."));
        assert!(lines.len() == 2 && lines[1].words.is_empty());
    }

    #[test]
    fn an_underscore_that_joins_nothing_stands_for_itself() {
        assert_eq!(syllables("thanh_tra"), ["thanh", "tra"]);
        assert_eq!(syllables("_"), ["_"]);
        assert_eq!(syllables("a__b"), ["a__b"]);
    }
}
