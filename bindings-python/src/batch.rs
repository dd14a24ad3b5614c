//! `Reviewer.review_many`: batches on several threads, reports one by one.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};

use crate::report::Report;

/// Reports on drafts, in their order.
#[pyclass(module = "baguan")]
pub(crate) struct Reviews {
    reviewer: baguan::Reviewer,
    drafts: Py<PyIterator>,
    threads: usize,
    /// How many drafts are taken next: few at first, so that the first report comes soon.
    batch: usize,
    done: VecDeque<Report>,
    /// What the drafts raised; it is raised once the reports on those before are taken.
    failure: Option<PyErr>,
}

impl Reviews {
    pub(crate) fn new(reviewer: baguan::Reviewer, drafts: Py<PyIterator>, threads: Option<usize>) -> Reviews {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        let threads = threads.unwrap_or_else(cores).max(1);
        Reviews { reviewer, drafts, threads, batch: 4 * threads, done: VecDeque::new(), failure: None }
    }

    /// Takes and reviews the next drafts.
    fn advance(&mut self, py: Python<'_>) -> PyResult<()> {
        const MOST_DRAFTS: usize = 1024;
        const MOST_BYTES: usize = 4 << 20;
        py.check_signals()?;
        let mut drafts: Vec<Bound<'_, PyString>> = Vec::with_capacity(self.batch);
        let mut bytes = 0;
        while drafts.len() < self.batch && bytes < MOST_BYTES && self.failure.is_none() {
            match next_draft(self.drafts.bind(py)) {
                Ok(Some(draft)) => {
                    bytes += draft.to_str().map_or(0, str::len);
                    drafts.push(draft);
                }
                Ok(None) => break,
                Err(error) => self.failure = Some(error),
            }
        }
        self.batch = (2 * self.batch).min(MOST_DRAFTS.max(4 * self.threads));
        let texts = drafts.iter().map(|draft| draft.to_str()).collect::<PyResult<Vec<&str>>>()?;
        let reports = py.detach(|| review_all(&self.reviewer, &texts, self.threads));
        let owned = reports.into_iter().zip(drafts);
        self.done
            .extend(owned.map(|(report, draft)| Report::new(report, self.reviewer.clone(), draft.unbind())));
        Ok(())
    }
}

#[pymethods]
impl Reviews {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Report>> {
        if self.done.is_empty() && self.failure.is_none() {
            self.advance(py)?;
        }
        match self.done.pop_front() {
            Some(report) => Ok(Some(report)),
            None => self.failure.take().map_or(Ok(None), Err),
        }
    }
}

/// The next draft, a text that can be reviewed.
fn next_draft<'py>(drafts: &Bound<'py, PyIterator>) -> PyResult<Option<Bound<'py, PyString>>> {
    let Some(draft) = drafts.clone().next() else { return Ok(None) };
    let draft = draft?.cast_into::<PyString>()?;
    draft.to_str()?;
    Ok(Some(draft))
}

/// The reports on `texts` in their order.
///
/// Threads are started anew for each batch: a pool would not survive a fork of the interpreter.
fn review_all(reviewer: &baguan::Reviewer, texts: &[&str], threads: usize) -> Vec<baguan::Report> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut reports = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = texts.get(n) else { return reports };
            reports.push((n, reviewer.review(text)));
        }
    };
    let mut reports = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(texts.len())).map(|_| scope.spawn(work)).collect();
        let mut reports = work();
        for other in others {
            reports.extend(other.join().expect("a review does not panic"));
        }
        reports
    });
    reports.sort_unstable_by_key(|(n, _)| *n);
    reports.into_iter().map(|(_, report)| report).collect()
}
