//! `baguan.Reviewer`.

use std::str::FromStr as _;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};

use crate::batch::Reviews;
use crate::report::Report;
use crate::ruleset::Ruleset;
use crate::types::ruleset_error;

/// Compiled rules: built once, immutable, shared between threads.
#[pyclass(frozen, module = "baguan")]
pub(crate) struct Reviewer {
    pub(crate) inner: baguan::Reviewer,
    rules: Py<Ruleset>,
    as_of: baguan::Date,
}

#[pymethods]
impl Reviewer {
    /// Compiles `rules`, the standard ones where none are given. `class_` is a content class of the ruleset, its
    /// first where none is given; `as_of` a date or its text, today where none is given.
    #[new]
    #[pyo3(signature = (rules = None, class_ = None, as_of = None))]
    fn new(
        py: Python<'_>,
        rules: Option<Py<Ruleset>>,
        class_: Option<&str>,
        as_of: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Reviewer> {
        let as_of = as_of.map_or_else(|| today(py), |day| date(&day))?;
        let rules = rules.map_or_else(|| Py::new(py, Ruleset::standard_rules()), Ok)?;
        let set = rules.get().rules.clone();
        let compiled = py.detach(|| baguan::Reviewer::new(set));
        let reviewer = compiled.map_err(|error| ruleset_error(py, &error))?.as_of(as_of);
        let reviewer = under(reviewer, class_)?;
        Ok(Reviewer { inner: reviewer, rules, as_of })
    }

    /// The same compiled rules under another class or as of another day; costs next to nothing.
    #[pyo3(signature = (*, class_ = None, as_of = None))]
    fn replace(
        slf: &Bound<'_, Self>,
        class_: Option<&str>,
        as_of: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Reviewer> {
        let own = slf.get();
        let as_of = as_of.map_or(Ok(own.as_of), |day| date(&day))?;
        let reviewer = under(own.inner.clone().as_of(as_of), class_)?;
        Ok(Reviewer { inner: reviewer, rules: own.rules(slf.py()), as_of })
    }

    /// What the gates object to in `draft`. Never fails, whatever the text.
    fn review(&self, py: Python<'_>, draft: Bound<'_, PyString>) -> PyResult<Report> {
        let text = draft.to_str()?;
        let report = py.detach(|| self.inner.review(text));
        Ok(Report::new(report, self.inner.clone(), draft.unbind()))
    }

    /// The reports on `drafts`, one by one in their order, as an iterator: on all cores, or on `threads` of them.
    /// Drafts are taken in growing batches ahead of their reports.
    #[pyo3(signature = (drafts, *, threads = None))]
    fn review_many(&self, drafts: &Bound<'_, PyAny>, threads: Option<usize>) -> PyResult<Reviews> {
        let drafts: Bound<'_, PyIterator> = drafts.try_iter()?;
        Ok(Reviews::new(self.inner.clone(), drafts.unbind(), threads))
    }

    /// The rules it was compiled from.
    #[getter]
    fn rules(&self, py: Python<'_>) -> Py<Ruleset> {
        self.rules.clone_ref(py)
    }

    /// The id of the content class drafts are reviewed as.
    #[getter]
    fn class_(&self) -> &str {
        self.inner.content_class().id()
    }

    /// The day drafts are reviewed as of.
    #[getter]
    fn as_of(&self) -> String {
        self.as_of.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        format!(
            "<Reviewer class {:?}, as of {}, {}>",
            self.class_(),
            self.as_of,
            self.rules(py).get().__repr__()
        )
    }

    fn __reduce__(slf: Bound<'_, Self>) -> (Bound<'_, PyAny>, (Py<Ruleset>, String, String)) {
        let own = slf.get();
        let made_of = (own.rules(slf.py()), own.class_().to_owned(), own.as_of());
        (slf.get_type().into_any(), made_of)
    }
}

/// The reviewer under that class, where one is given.
fn under(reviewer: baguan::Reviewer, class: Option<&str>) -> PyResult<baguan::Reviewer> {
    let Some(class) = class else { return Ok(reviewer) };
    reviewer.class(class).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The day that a `datetime.date` or a text says.
pub(crate) fn date(day: &Bound<'_, PyAny>) -> PyResult<baguan::Date> {
    let text = day.str()?;
    baguan::Date::from_str(text.to_str()?).map_err(PyValueError::new_err)
}

fn today(py: Python<'_>) -> PyResult<baguan::Date> {
    date(&py.import("datetime")?.getattr("date")?.call_method0("today")?)
}
