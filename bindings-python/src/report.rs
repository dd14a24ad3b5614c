//! `baguan.Report`.

use std::str::FromStr as _;

use baguan::{Gate, Offsets, Safety};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::receipt::Receipt;
use crate::types::Types;

/// What a review found: a sequence of findings in text order.
#[pyclass(frozen, sequence, module = "baguan")]
pub(crate) struct Report {
    inner: baguan::Report,
    reviewer: baguan::Reviewer,
    draft: Py<PyString>,
    /// Made when they are first asked for.
    findings: PyOnceLock<Py<PyTuple>>,
}

impl Report {
    pub(crate) fn new(report: baguan::Report, reviewer: baguan::Reviewer, draft: Py<PyString>) -> Report {
        Report { inner: report, reviewer, draft, findings: PyOnceLock::new() }
    }

    fn text<'py>(&'py self, py: Python<'py>) -> PyResult<&'py str> {
        self.draft.bind(py).to_str()
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        let view = self.inner.view(self.text(py)?, Offsets::Chars);
        serde_json::to_string(&view).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

#[pymethods]
impl Report {
    /// The findings in text order.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        let make = || {
            let types = Types::of(py)?;
            let brief = baguan::BriefView::new(&self.inner, self.text(py)?, Offsets::Chars);
            let findings = brief.findings.iter().map(|view| types.finding(py, view));
            PyTuple::new(py, findings.collect::<PyResult<Vec<_>>>()?).map(Bound::unbind)
        };
        self.findings.get_or_try_init(py, make).map(|findings| findings.bind(py))
    }

    fn __len__(&self) -> usize {
        self.inner.findings().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.findings(py)?.as_any().get_item(index)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.findings(py)?.as_any().try_iter()?.into_any())
    }

    /// Where a finding stands in the sequence.
    #[pyo3(signature = (value, /, *bounds))]
    fn index<'py>(
        &self,
        py: Python<'py>,
        value: Bound<'py, PyAny>,
        bounds: Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = std::iter::once(value).chain(bounds.iter()).collect::<Vec<_>>();
        self.findings(py)?.as_any().call_method1("index", PyTuple::new(py, arguments)?)
    }

    /// How often a finding stands in the sequence.
    #[pyo3(signature = (value, /))]
    fn count<'py>(&self, py: Python<'py>, value: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.findings(py)?.as_any().call_method1("count", (value,))
    }

    /// The draft that was reviewed.
    #[getter]
    #[pyo3(name = "text")]
    fn draft(&self, py: Python<'_>) -> Py<PyString> {
        self.draft.clone_ref(py)
    }

    /// What the whole draft's findings mean.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(Types::of(py)?.verdict(py, self.inner.verdict()).clone())
    }

    /// What was found at each gate.
    #[getter]
    fn gates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (types, gates) = (Types::of(py)?, PyDict::new(py));
        for gate in Gate::ALL {
            gates.set_item(types.gate(py, gate), types.gate_report(py, *self.inner.gate(gate))?)?;
        }
        Ok(gates)
    }

    /// The findings that block, by the policy of the class.
    #[getter]
    fn blocking<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let all = self.findings(py)?;
        let mut blocking = self.inner.blocking().peekable();
        let own = self.inner.findings().iter().enumerate();
        let own = own.filter(|(_, finding)| blocking.next_if(|next| std::ptr::eq(*next, *finding)).is_some());
        let own = own.map(|(at, _)| all.get_item(at));
        PyTuple::new(py, own.collect::<PyResult<Vec<_>>>()?)
    }

    /// What was found and put aside, with the reason.
    #[getter]
    fn suppressed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let types = Types::of(py)?;
        let view = self.inner.view(self.text(py)?, Offsets::Chars);
        let suppressed = view.suppressed.iter().map(|own| {
            let finding = types.finding(py, &own.finding)?;
            types.suppressed(py, finding, own.reason.name(), own.reason.detail())
        });
        PyTuple::new(py, suppressed.collect::<PyResult<Vec<_>>>()?)
    }

    /// What was looked at and what was not, in the shape of the JSON.
    #[getter]
    fn coverage<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.to_dict(py)?.get_item("coverage")
    }

    /// The id of the content class it was reviewed as.
    #[getter]
    fn class_(&self) -> &str {
        self.inner.class()
    }

    /// The review levels that must sign before publication, in their order.
    #[getter]
    fn levels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.levels())
    }

    /// The day it was reviewed as of.
    #[getter]
    fn as_of(&self) -> String {
        self.inner.as_of().to_string()
    }

    /// The digest of the rules it was reviewed under.
    #[getter]
    fn ruleset(&self) -> &str {
        &self.inner.ruleset().digest
    }

    /// The draft with the first fix of each finding applied that is at least as safe as `safety`.
    #[pyo3(signature = (safety = "safe"))]
    fn fixed(&self, py: Python<'_>, safety: &str) -> PyResult<String> {
        let safety = Safety::from_str(safety).map_err(PyValueError::new_err)?;
        Ok(self.inner.fixed(self.text(py)?, safety))
    }

    /// The report in the one JSON shape of command line and bindings, offsets in code points.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.json(py)
    }

    /// The same as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.json(py)?,))
    }

    /// The report as a page of its own, as `baguan check --format html` prints it.
    #[pyo3(signature = (name = ""))]
    fn to_html(&self, py: Python<'_>, name: &str) -> PyResult<String> {
        Ok(baguan_cli::page([(name, self.text(py)?, &self.inner, &self.reviewer)]))
    }

    /// The record of this review, unsigned; sealed with `key` where one is given.
    #[pyo3(signature = (key = None))]
    fn receipt(&self, py: Python<'_>, key: Option<&[u8]>) -> PyResult<Receipt> {
        Ok(Receipt { receipt: self.inner.receipt(self.text(py)?, key) })
    }

    fn __repr__(&self) -> String {
        let (verdict, findings) = (self.inner.verdict(), self.inner.findings().len());
        format!("<Report {verdict}: {findings} findings, {} blocking>", self.inner.blocking().count())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(baguan_cli::framed(&self.to_html(py, "")?))
    }
}

/// Reports on several drafts as one page; `reports` are pairs of a name and a report.
#[pyfunction]
pub(crate) fn html_page(py: Python<'_>, reports: Vec<(String, Bound<'_, Report>)>) -> PyResult<String> {
    let mut drafts = Vec::with_capacity(reports.len());
    for (name, report) in &reports {
        let report = report.get();
        drafts.push((name.as_str(), report.text(py)?, &report.inner, &report.reviewer));
    }
    Ok(baguan_cli::page(drafts))
}
