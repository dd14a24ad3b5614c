//! The draft: the text under review with its blocks, its folded view and its masks.

pub(crate) mod block;
pub(crate) mod fold;
pub(crate) mod mask;
pub(crate) mod units;

use crate::draft::block::{Block, blocks};
use crate::draft::fold::{Folder, View};
use crate::draft::mask::{Context, Masks};
use crate::span::Span;

/// The text under review.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'t> {
    text: &'t str,
    view: View,
    blocks: Vec<Block>,
    masks: Masks,
}

impl<'t> Draft<'t> {
    pub(crate) fn new(text: &'t str, folder: &Folder) -> Draft<'t> {
        Draft { text, view: folder.full(text), blocks: blocks(text), masks: Masks::of(text) }
    }

    /// The text as it was given.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Its blocks in order.
    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text fully folded, line breaks kept.
    pub(crate) fn folded(&self) -> &str {
        self.view.text()
    }

    /// Where folded text stood.
    pub(crate) fn original(&self, folded: Span) -> Span {
        self.view.original(folded)
    }

    /// Where original text stands in the folded view.
    pub(crate) fn folded_span(&self, original: Span) -> Span {
        self.view.folded(original)
    }

    /// Whether `span` lies in `context`.
    pub(crate) fn is_in(&self, context: Context, span: Span) -> bool {
        self.masks.holds(context, span)
    }

    /// The spans of `context`.
    pub(crate) fn context(&self, context: Context) -> &[Span] {
        self.masks.spans(context)
    }
}
