//! The streams of `analysis` as tantivy tokenizers: one for each field, no filter after it.

use crate::analysis::{Analyzer, Stream, Tokens};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Every stream, in the order of arrays by stream.
pub(super) const ALL: [Stream; 5] = [Stream::Syllable, Stream::Folded, Stream::Word, Stream::Capitals, Stream::Undiacritic];

/// The tokenizers of an index.
pub(super) fn tokenizers(analyzer: &Arc<Analyzer>) -> TokenizerManager {
    // tantivy's own stand behind the fields of other types, and `raw` behind the labels.
    let manager = TokenizerManager::default();
    for stream in ALL {
        manager.register(stream.name(), StreamTokenizer { analyzer: Arc::clone(analyzer), stream });
    }
    // The columns of labels hold their values as they are; tantivy asks for `default` in fields that hold no text.
    for name in ["raw", "default"] {
        manager.register(name, tantivy::tokenizer::RawTokenizer::default());
    }
    manager
}

/// One stream of the analyzer.
#[derive(Clone)]
struct StreamTokenizer {
    analyzer: Arc<Analyzer>,
    stream: Stream,
}

impl Tokenizer for StreamTokenizer {
    type TokenStream<'a> = StreamTokens;

    fn token_stream(&mut self, text: &str) -> StreamTokens {
        StreamTokens { analyzed: Analyzed::of(&self.analyzer, text), stream: self.stream, next: 0, token: Token::default() }
    }
}

/// A text in all streams. They are made in one pass, and tantivy asks for each in turn: so a thread keeps its last text.
struct Analyzed {
    analyzer: Arc<Analyzer>,
    text: String,
    tokens: Tokens,
}

thread_local! {
    static LAST: RefCell<Option<Rc<Analyzed>>> = const { RefCell::new(None) };
}

/// A buffer that was made for a text this much larger is given back.
const MUCH_LARGER: usize = 64;

impl Analyzed {
    fn of(analyzer: &Arc<Analyzer>, text: &str) -> Rc<Analyzed> {
        LAST.with_borrow_mut(|last| {
            let is_it = |last: &&Rc<Analyzed>| Arc::ptr_eq(&last.analyzer, analyzer) && last.text == text;
            if let Some(last) = last.as_ref().filter(is_it) {
                return Rc::clone(last);
            }
            let fits = |last: &Analyzed| last.text.capacity() / MUCH_LARGER <= text.len().max(1 << 10);
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
}

struct StreamTokens {
    analyzed: Rc<Analyzed>,
    stream: Stream,
    next: usize,
    token: Token,
}

impl TokenStream for StreamTokens {
    fn advance(&mut self) -> bool {
        if self.next == self.analyzed.tokens.len(self.stream) {
            return false;
        }
        let token = self.analyzed.tokens.get(self.stream, self.next);
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(token.term);
        self.token.offset_from = token.start;
        self.token.offset_to = token.end;
        self.token.position = token.position as usize;
        self.token.position_length = token.position_length as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
