//! `baguan.Session`.

use baguan::{Finding, FindingView, Offsets, Span, Units};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::report::Report;
use crate::reviewer::Reviewer;
use crate::types::Types;

/// A draft that is being edited, with what its review says now.
#[pyclass(module = "baguan")]
pub(crate) struct Session(baguan::Session);

#[pymethods]
impl Session {
    #[new]
    #[pyo3(signature = (reviewer, draft = ""))]
    fn new(reviewer: &Bound<'_, Reviewer>, draft: &str) -> Session {
        Session(baguan::Session::new(reviewer.get().inner.clone(), draft))
    }

    /// Puts `insert` in the place of `text[start:end]` and says what that changed.
    fn edit<'py>(
        &mut self,
        py: Python<'py>,
        start: usize,
        end: usize,
        insert: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let before = self.0.text().to_owned();
        let mut units = Units::new(&before, Offsets::Chars);
        let mut byte =
            |at| units.byte(at).ok_or_else(|| PyIndexError::new_err(format!("no character at {at}")));
        let range = Span::new(byte(start)?, byte(end)?);
        let change = self.0.edit(range, insert).map_err(|error| PyIndexError::new_err(error.to_string()))?;
        let added = findings(py, &change.added, self.0.text())?;
        Types::of(py)?.change(py, added, findings(py, &change.removed, &before)?)
    }

    /// The text as it is now.
    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    /// What the review says of the text as it is now.
    #[getter]
    fn report(&self, py: Python<'_>) -> Report {
        let draft = PyString::new(py, self.0.text()).unbind();
        Report::new(self.0.report().clone(), self.0.reviewer().clone(), draft)
    }

    fn __repr__(&self) -> String {
        format!("<Session on {} characters: {}>", self.0.text().chars().count(), self.0.report().verdict())
    }
}

fn findings<'py>(py: Python<'py>, findings: &[Finding], text: &str) -> PyResult<Bound<'py, PyTuple>> {
    let (types, mut units) = (Types::of(py)?, Units::new(text, Offsets::Chars));
    let made = findings.iter().map(|own| types.finding(py, &FindingView::new(own, text, &mut units)));
    PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)
}
