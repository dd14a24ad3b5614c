//! The parts of a draft that is being edited, and what an edit leads to in them.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use crate::date::Date;
use crate::draft::block::{Block, blocks};
use crate::draft::mask::{Context, comments};
use crate::draft::{Draft, Outline, head};
use crate::kinds::{Candidate, Note};
use crate::listing::{MOST_LISTED, Tally};
use crate::order::sort_by_key;
use crate::report::Report;
use crate::reviewer::{Reviewer, Settled, Wakening, unwatched};
use crate::session::change::{Change, Move};
use crate::session::part::{Part, cut};
use crate::span::Span;
use crate::suppress::Marks;

/// The parts of a draft, with what reaches over more than one of them.
#[derive(Clone, Debug)]
pub(super) struct Live {
    /// One at least; each but the last ends in a line break.
    parts: Vec<Part>,
    blocks: Vec<Block>,
    comments: Vec<Span>,
    marks: Marks,
    /// The day that the head of the draft names.
    head_day: Option<Date>,
    wakening: Wakening,
}

/// The parts that an edit touches.
#[derive(Clone, Debug)]
pub(super) struct Region {
    parts: Range<usize>,
    span: Span,
    /// Whether a comment opens or closes in them.
    bounds_comments: bool,
}

impl Live {
    pub(super) fn new(text: &str, reviewer: &Reviewer) -> Live {
        let mut live = Live {
            parts: vec![Part::default()],
            blocks: Vec::new(),
            comments: Vec::new(),
            marks: Marks::default(),
            head_day: None,
            wakening: reviewer.wakening(),
        };
        let nothing = live.region(Span::default(), "");
        live.renew(&nothing, Move::new(Span::default(), text.len()), text, reviewer);
        live
    }

    /// The parts that an edit of `range` touches; `text` is the draft before it.
    pub(super) fn region(&self, range: Span, text: &str) -> Region {
        let part_at = |at: usize| self.parts.partition_point(|part| part.span.start <= at) - 1;
        let parts = part_at(range.start)..part_at(range.end) + 1;
        let span = Span::new(self.parts[parts.start].span.start, self.parts[parts.end - 1].span.end);
        Region { parts, span, bounds_comments: bounds_comments(&text[span]) }
    }

    /// Reviews again what an edit that touches `region` changes; `text` is the draft after it.
    pub(super) fn renew(&mut self, region: &Region, moved: Move, text: &str, reviewer: &Reviewer) -> Change {
        let (was, fresh) = self.replace(region, moved, text);
        let mut stale: BTreeSet<usize> = fresh.clone().collect();
        stale.extend(self.renew_comments(region, moved, &fresh, text));
        stale.extend(self.renew_head_day(fresh.start, text, reviewer));
        let mut drafts: Vec<(usize, Draft<'_>)> = Vec::new();
        for n in &stale {
            let part = &mut self.parts[*n];
            let draft = part.draft(text, reviewer, self.head_day);
            part.look(&draft, reviewer, &mut self.wakening);
            drafts.push((*n, draft));
        }
        let whole =
            reviewer.look_at_whole(self.notes(), Outline { text, blocks: &self.blocks }, &mut unwatched);
        stale.extend(self.spread(whole));
        stale.extend(self.renew_marks(text));
        let mut drafts = drafts.into_iter().peekable();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for n in stale {
            let part = &mut self.parts[n];
            let base = part.base();
            if n == fresh.start {
                before.extend(was.iter().flat_map(|part| part.findings(part.base())));
            }
            if !fresh.contains(&n) {
                before.extend(part.findings(if n < fresh.start { base } else { moved.back(base) }));
            }
            let looked_at = drafts.next_if(|(own, _)| *own == n);
            let draft =
                looked_at.map_or_else(|| part.draft(text, reviewer, self.head_day), |(_, draft)| draft);
            part.settle(&draft, reviewer);
            after.extend(part.findings(base));
        }
        Change::between(&before, &after, moved)
    }

    /// The report on the whole.
    pub(super) fn report(&self, reviewer: &Reviewer) -> Report {
        let tally = Tally::sum(self.parts.iter().map(|part| part.settled.tally));
        let mut listing = tally.listing(reviewer.content_class(), MOST_LISTED);
        let all =
            self.parts.iter().flat_map(|part| part.settled.findings.iter().map(|own| (own, part.base())));
        let listed = all.filter(|(finding, _)| listing.takes(finding.gate, finding.severity));
        let settled = Settled {
            findings: listed.map(|(finding, base)| finding.shifted(base)).collect(),
            suppressed: self.parts.iter().flat_map(Part::suppressed).take(MOST_LISTED).collect(),
            used: self.parts.iter().flat_map(|part| &part.settled.used).copied().collect(),
            tally,
            put_aside: self.parts.iter().map(|part| part.settled.put_aside).sum(),
        };
        let comments = self.comments.iter().map(|span| (*span, Context::Comment));
        let inside = self.parts.iter().flat_map(Part::masked);
        let masked = comments.chain(inside).collect();
        reviewer.report(settled, self.blocks.len(), masked, &self.marks)
    }

    /// Puts new parts in the place of those of `region`, and moves the parts and blocks behind them. The old parts,
    /// and which are the new ones.
    fn replace(&mut self, region: &Region, moved: Move, text: &str) -> (Vec<Part>, Range<usize>) {
        let now = Span::new(region.span.start, moved.at(region.span.end));
        let parts = cut(&text[now], now.start);
        let fresh = region.parts.start..region.parts.start + parts.len();
        let first = self.first_block(region.parts.start);
        let count: usize = self.parts[region.parts.clone()].iter().map(|part| part.blocks).sum();
        for block in &mut self.blocks[first + count..] {
            block.place(|at| moved.at(at));
        }
        for part in &mut self.parts[region.parts.end..] {
            part.span = Span::new(moved.at(part.span.start), moved.at(part.span.end));
        }
        let mut own = blocks(&text[now]);
        for block in &mut own {
            block.place(|at| at + now.start);
        }
        self.blocks.splice(first..first + count, own);
        (self.parts.splice(region.parts.clone(), parts).collect(), fresh)
    }

    /// Finds where comments lie now. The parts in which that is elsewhere.
    fn renew_comments(
        &mut self,
        region: &Region,
        moved: Move,
        fresh: &Range<usize>,
        text: &str,
    ) -> Vec<usize> {
        let now = Span::new(region.span.start, moved.at(region.span.end));
        let anew = region.bounds_comments || bounds_comments(&text[now]);
        if anew {
            self.comments = comments(text);
        } else {
            for span in &mut self.comments {
                *span = Span::new(moved.at(span.start), moved.at(span.end));
            }
        }
        let mut changed = Vec::new();
        for n in if anew { 0..self.parts.len() } else { fresh.clone() } {
            let part = &mut self.parts[n];
            let (span, base) = (part.span, part.base());
            let first = self.comments.partition_point(|comment| comment.end <= span.start);
            let inside = self.comments[first..].iter().take_while(|comment| comment.start < span.end);
            let clip = |own: &Span| Span::new(own.start.max(span.start), own.end.min(span.end)).back(base);
            let own: Vec<Span> = inside.map(clip).collect();
            if own != part.comments {
                part.comments = own;
                changed.push(n);
            }
        }
        changed
    }

    /// Reads the head of the draft again, where the edit touches it. The parts to which its day matters, where it
    /// is another.
    fn renew_head_day(&mut self, first: usize, text: &str, reviewer: &Reviewer) -> Vec<usize> {
        if self.first_block(first) >= head::LINES {
            return Vec::new();
        }
        let lines: Vec<String> = head::lines(&self.blocks).map(|line| reviewer.folded(&text[line])).collect();
        let day = head::day(lines.iter().map(String::as_str));
        if day == self.head_day {
            return Vec::new();
        }
        self.head_day = day;
        let asking = self.parts.iter().enumerate().filter(|(_, part)| part.asks_head);
        asking.map(|(n, _)| n).collect()
    }

    /// The notes of all parts.
    fn notes(&self) -> Vec<Note> {
        let (mut notes, mut blocks) = (Vec::new(), 0);
        for part in &self.parts {
            let base = part.base();
            notes.extend(part.lines.notes.iter().map(|note| Note {
                block: blocks + note.block,
                span: note.span.shifted(base),
                ..*note
            }));
            blocks += part.blocks;
        }
        notes
    }

    /// Hands each part what the look at the whole says of it. The parts of which it says something else.
    fn spread(&mut self, mut whole: Vec<Candidate>) -> Vec<usize> {
        sort_by_key(&mut whole, |candidate| candidate.span.start);
        let mut whole = whole.into_iter().peekable();
        let (mut changed, last) = (Vec::new(), self.parts.len() - 1);
        for (n, part) in self.parts.iter_mut().enumerate() {
            let mut own = Vec::new();
            while let Some(candidate) =
                whole.next_if(|candidate| n == last || candidate.span.start < part.span.end)
            {
                own.push(candidate.back(part.base()));
            }
            if own != part.whole {
                part.whole = own;
                changed.push(n);
            }
        }
        changed
    }

    /// Reads the ignore marks again. The parts in which others hold.
    fn renew_marks(&mut self, text: &str) -> Vec<usize> {
        if self.comments.is_empty() && self.marks == Marks::default() {
            return Vec::new();
        }
        self.marks = Marks::of(&self.comments, Outline { text, blocks: &self.blocks });
        let mut changed = Vec::new();
        for (n, part) in self.parts.iter_mut().enumerate() {
            let own = self.marks.within(part.span, part.base());
            if own != part.marks {
                part.marks = own;
                changed.push(n);
            }
        }
        changed
    }

    /// The number of the first block of a part.
    fn first_block(&self, part: usize) -> usize {
        self.parts[..part].iter().map(|part| part.blocks).sum()
    }
}

/// Whether a comment may open or close in `lines`.
fn bounds_comments(lines: &str) -> bool {
    ["<!--", "-->"].iter().any(|bound| memmem::find(lines.as_bytes(), bound.as_bytes()).is_some())
}
