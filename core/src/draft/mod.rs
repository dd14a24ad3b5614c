//! The draft: the text under review with its blocks, its folded view and its masks.

pub(crate) mod block;
pub(crate) mod fold;
pub(crate) mod han;
pub(crate) mod head;
pub(crate) mod mask;
pub(crate) mod number;
pub(crate) mod numeral;
pub(crate) mod read;
pub(crate) mod units;
pub(crate) mod unusual;

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use crate::date::Date;
use crate::draft::block::{Block, blocks};
use crate::draft::fold::Forwards;
use crate::draft::han::Hans;
use crate::draft::mask::{Context, Masks};
use crate::draft::number::{Code, codes};
use crate::draft::read::{Read, Reader};
use crate::draft::unusual::Place;
use crate::span::Span;

/// The text under review.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'t> {
    text: &'t str,
    read: Read,
    blocks: Vec<Block>,
    masks: Masks,
    codes: Vec<Code>,
    /// What rules have worked out for each other, by what it was worked out with.
    shared: RefCell<Vec<(*const (), Rc<dyn Any>)>>,
    /// The day that its head names, once a rule has asked for it.
    head_day: OnceCell<Option<Date>>,
    asked_head: Cell<bool>,
    as_of: Date,
}

/// A draft as a whole, for what looks further than a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline<'t> {
    pub(crate) text: &'t str,
    pub(crate) blocks: &'t [Block],
}

impl Outline<'_> {
    /// The block in which the byte at `at` of the text stands.
    pub(crate) fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.span.start <= at).saturating_sub(1)
    }
}

impl<'t> Draft<'t> {
    pub(crate) fn new(text: &'t str, reader: &Reader, as_of: Date) -> Draft<'t> {
        let read = reader.read(text);
        Draft {
            text,
            blocks: blocks(text),
            masks: Masks::of(text),
            codes: codes(text, &read.digits),
            read,
            shared: RefCell::default(),
            head_day: OnceCell::new(),
            asked_head: Cell::new(false),
            as_of,
        }
    }

    /// The same as a piece of a longer draft: whole lines of it, with what of its comments lies in them and the day
    /// that its head names.
    ///
    /// What rules say of a line is the same in any piece that holds it and, where one stands before it, the line
    /// break.
    pub(crate) fn piece(mut self, comments: Vec<Span>, head_day: Option<Date>) -> Draft<'t> {
        self.masks.set_comments(comments);
        self.head_day = OnceCell::from(head_day);
        self
    }

    /// The text as it was given.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The day it is judged as of.
    pub(crate) fn as_of(&self) -> Date {
        self.as_of
    }

    /// The day that its head names.
    pub(crate) fn head_day(&self) -> Option<Date> {
        self.asked_head.set(true);
        let head = || head::day(head::lines(&self.blocks).map(|line| &self.folded()[self.folded_span(line)]));
        *self.head_day.get_or_init(head)
    }

    /// Whether a rule has asked for the day that its head names.
    pub(crate) fn has_asked_head(&self) -> bool {
        self.asked_head.get()
    }

    /// The whole of it.
    pub(crate) fn outline(&self) -> Outline<'_> {
        Outline { text: self.text, blocks: &self.blocks }
    }

    /// Its blocks in order.
    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text fully folded, line breaks kept.
    pub(crate) fn folded(&self) -> &str {
        self.read.view.text()
    }

    /// The Han characters of the folded text.
    pub(crate) fn hans(&self) -> &Hans {
        &self.read.hans
    }

    /// Its unusual characters, in order.
    pub(crate) fn unusual(&self) -> &[Place] {
        &self.read.unusual
    }

    /// What `make` works out with `tool`; once for all rules that have the same tool.
    pub(crate) fn shared<T: Any, U>(&self, tool: &Arc<U>, make: impl FnOnce(&U) -> T) -> Rc<T> {
        let key = Arc::as_ptr(tool).cast();
        let known = |(own, result): &(*const (), Rc<dyn Any>)| {
            if *own == key { Rc::clone(result).downcast().ok() } else { None }
        };
        let found = self.shared.borrow().iter().find_map(known);
        found.unwrap_or_else(|| {
            let result = Rc::new(make(tool));
            self.shared.borrow_mut().push((key, Rc::clone(&result) as Rc<dyn Any>));
            result
        })
    }

    /// Where folded text stood.
    pub(crate) fn original(&self, folded: Span) -> Span {
        self.read.view.original(folded)
    }

    /// Where original text stands in the folded view.
    pub(crate) fn folded_span(&self, original: Span) -> Span {
        self.read.view.folded(original)
    }

    /// The same for one place after the other.
    pub(crate) fn folded_forwards(&self) -> Forwards<'_> {
        self.read.view.forwards()
    }

    /// The block in which the byte at `at` of the original text stands.
    pub(crate) fn block_at(&self, at: usize) -> usize {
        self.outline().block_at(at)
    }

    /// Its codes: the runs of letters and digits that identifiers are written with.
    pub(crate) fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Whether `span` lies in `context`.
    pub(crate) fn is_in(&self, context: Context, span: Span) -> bool {
        self.masks.holds(context, span)
    }

    /// What word rules do not look at.
    pub(crate) fn masked(&self) -> impl Iterator<Item = (Span, Context)> {
        let spans = |context| self.context(context).iter().map(move |span| (*span, context));
        Context::NO_WORDS.into_iter().flat_map(spans)
    }

    /// The spans of `context`.
    pub(crate) fn context(&self, context: Context) -> &[Span] {
        self.masks.spans(context)
    }
}
