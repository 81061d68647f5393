//! What the terms of the text fields are, as tantivy tokenizers: one for each kind, no filter after it.

use crate::analysis::{Analyzer, Stream, Tokens};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// So many syllables of a body are its lead: the paragraph that sums an article up, and of which many crawlers lost the border. Of 60, 90 and
/// 150, titles find their articles best by 90 (0.003 more than by 60).
pub const LEAD_SYLLABLES: usize = 90;

/// What the terms of a text field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terms {
    /// The tokens of a stream, with positions: what articles are matched by.
    Stream(Stream),
    /// The syllables at the beginning of a text.
    Lead,
}

impl Terms {
    /// The streams that articles are matched by.
    pub const MATCHED: [Stream; 3] = [Stream::Syllable, Stream::Capitals, Stream::Undiacritic];

    /// The name of the tokenizer.
    pub fn name(self) -> &'static str {
        match self {
            Terms::Stream(stream) => stream.name(),
            Terms::Lead => "lead",
        }
    }
}

/// The tokenizers of an index.
pub(super) fn tokenizers(analyzer: &Arc<Analyzer>) -> TokenizerManager {
    // tantivy's own stand behind the fields of other types, and `raw` behind the labels.
    let manager = TokenizerManager::default();
    for terms in Terms::MATCHED.map(Terms::Stream).into_iter().chain([Terms::Lead]) {
        manager.register(terms.name(), TermTokenizer { analyzer: Arc::clone(analyzer), terms });
    }
    // The columns of labels hold their values as they are; tantivy asks for `default` in fields that hold no text.
    for name in ["raw", "default"] {
        manager.register(name, tantivy::tokenizer::RawTokenizer::default());
    }
    manager
}

/// The terms of one kind.
#[derive(Clone)]
struct TermTokenizer {
    analyzer: Arc<Analyzer>,
    terms: Terms,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermTokens;

    fn token_stream(&mut self, text: &str) -> TermTokens {
        TermTokens { analyzed: Analyzed::of(&self.analyzer, text), terms: self.terms, next: 0, token: Token::default() }
    }
}

/// A text in all streams. They are made in one pass, and tantivy asks for each in turn: so a thread keeps its last title and body.
pub(super) struct Analyzed {
    analyzer: Arc<Analyzer>,
    text: String,
    tokens: Tokens,
}

thread_local! {
    static LAST: RefCell<[Option<Rc<Analyzed>>; 2]> = const { RefCell::new([None, None]) };
}

/// A buffer that was made for a text this much larger is given back.
const MUCH_LARGER: usize = 64;

impl Analyzed {
    /// The streams of a text.
    pub fn of(analyzer: &Arc<Analyzer>, text: &str) -> Rc<Analyzed> {
        LAST.with_borrow_mut(|[last, before]| {
            let is_it = |kept: &&Rc<Analyzed>| Arc::ptr_eq(&kept.analyzer, analyzer) && kept.text == text;
            if let Some(kept) = [&*last, before].into_iter().flatten().find(is_it) {
                return Rc::clone(kept);
            }
            std::mem::swap(last, before);
            let fits = |kept: &Analyzed| kept.text.capacity() / MUCH_LARGER <= text.len().max(1 << 10);
            let buffer = last.take().and_then(Rc::into_inner).filter(fits);
            let mut analyzed =
                buffer.unwrap_or_else(|| Analyzed { analyzer: Arc::clone(analyzer), text: String::new(), tokens: Tokens::default() });
            analyzed.analyzer = Arc::clone(analyzer);
            analyzed.text.clear();
            analyzed.text.push_str(text);
            analyzer.analyze(text, &mut analyzed.tokens);
            Rc::clone(last.insert(Rc::new(analyzed)))
        })
    }

    /// Its tokens.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }
}

struct TermTokens {
    analyzed: Rc<Analyzed>,
    terms: Terms,
    next: usize,
    token: Token,
}

impl TokenStream for TermTokens {
    fn advance(&mut self) -> bool {
        let analyzed = Rc::clone(&self.analyzed);
        let tokens = &analyzed.tokens;
        let (stream, end) = match self.terms {
            Terms::Stream(stream) => (stream, tokens.len(stream)),
            Terms::Lead => (Stream::Syllable, tokens.len(Stream::Syllable).min(LEAD_SYLLABLES)),
        };
        if self.next >= end {
            return false;
        }
        let token = tokens.get(stream, self.next);
        self.token.text.clear();
        self.token.text.push_str(token.term);
        self.token.offset_from = token.start;
        self.token.offset_to = token.end;
        self.token.position = token.position as usize;
        self.token.position_length = token.position_length as usize;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
