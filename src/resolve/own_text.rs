//! A document to what its body says by itself: the audience's tree, its terms filled, its headings numbered and named.

use super::audience;
use super::book::{Audience, ResolvedBody};
use super::guesses::Guesses;
use super::headings;
use super::plain::PlainText;
use crate::diagnostic::{Diagnostic, Fault};
use crate::language::{self, TermIndex};
use crate::model::body::Block;
use crate::parse::Document;

/// The body of `document` for an audience, in the words of `terms`; its links and mentions are not found yet.
pub fn own_text(document: &Document, audience: Audience, terms: &TermIndex) -> (ResolvedBody, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let source = &document.source;
    let body = &document.body;
    let guesses = Guesses::default();
    let term_texts: Vec<Box<str>> = body
        .terms
        .iter()
        .map(|term| {
            let inner = term.inner.get(&source.text);
            let filled = language::parse_term(inner).map(|parts| language::fill(&parts, terms));
            match filled {
                Some(Ok(text)) => text.into(),
                Some(Err(unknown)) => {
                    let suggestion = guesses.of_word(&unknown.word, || terms.nearest(&unknown.word));
                    let fault = Fault::UnknownTerm { term: unknown.word, suggestion };
                    diagnostics.push(Diagnostic::new(fault, &source.shown, term.span.range()));
                    inner.into()
                }
                None => inner.into(),
            }
        })
        .collect();
    let is_cut = body.has_facilitator && audience == Audience::Participant;
    let mut resolved = ResolvedBody {
        cut: is_cut.then(|| audience::cut(&body.blocks)),
        cut_footnotes: is_cut.then(|| body.footnotes.iter().map(audience::cut_footnote).collect()),
        ..ResolvedBody::default()
    };
    let footnotes: Vec<&[Block]> = (0..body.footnotes.len()).map(|at| resolved.footnote(body, at as u32)).collect();
    let plain = PlainText { source: &source.text, terms: &term_texts, body };
    let headings = headings::resolve(
        document.title.as_deref(),
        resolved.blocks(body),
        &footnotes,
        body.headings,
        plain,
        source,
        &mut diagnostics,
    );
    resolved.headings = headings;
    resolved.terms = term_texts;
    (resolved, diagnostics)
}
