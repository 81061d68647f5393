//! The streams of `analysis` as tantivy tokenizers: one for each field, no filter after it.

use crate::analysis::{Analyzer, Stream, Tokens};
use std::sync::Arc;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The name a stream's tokenizer is registered under.
pub(super) fn name(stream: Stream) -> &'static str {
    match stream {
        Stream::Syllable => "syllable",
        Stream::Folded => "folded",
        Stream::Word => "word",
        Stream::Capitals => "capitals",
        Stream::Undiacritic => "undiacritic",
    }
}

/// Every stream, in the order of arrays by stream.
pub(super) const ALL: [Stream; 5] = [Stream::Syllable, Stream::Folded, Stream::Word, Stream::Capitals, Stream::Undiacritic];

/// The tokenizers of an index.
pub(super) fn tokenizers(analyzer: &Arc<Analyzer>) -> TokenizerManager {
    // tantivy's own stand behind the fields of other types, and `raw` behind the labels.
    let manager = TokenizerManager::default();
    for stream in ALL {
        manager.register(name(stream), StreamTokenizer { analyzer: Arc::clone(analyzer), stream, tokens: Tokens::default() });
    }
    // The columns of labels hold their values as they are; tantivy asks for `default` in fields that hold no text.
    for name in ["raw", "default"] {
        manager.register(name, tantivy::tokenizer::RawTokenizer::default());
    }
    manager
}

struct StreamTokenizer {
    analyzer: Arc<Analyzer>,
    stream: Stream,
    /// Reused from text to text; of no meaning between them.
    tokens: Tokens,
}

impl Clone for StreamTokenizer {
    fn clone(&self) -> StreamTokenizer {
        StreamTokenizer { analyzer: Arc::clone(&self.analyzer), stream: self.stream, tokens: Tokens::default() }
    }
}

impl Tokenizer for StreamTokenizer {
    type TokenStream<'a> = StreamTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StreamTokens<'a> {
        self.analyzer.analyze(self.stream, text, &mut self.tokens);
        StreamTokens { tokens: &self.tokens, next: 0, token: Token::default() }
    }
}

struct StreamTokens<'a> {
    tokens: &'a Tokens,
    next: usize,
    token: Token,
}

impl TokenStream for StreamTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.next == self.tokens.len() {
            return false;
        }
        let token = self.tokens.get(self.next);
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
