//! The types that `baguan._types` declares in Python, filled with what the engine answers.

use baguan::{FindingView, Gate, GateReport, ReceiptError, RulesetError, Safety, Severity, Verdict};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

/// The types and the members of the enums, in the order of the engine's.
pub(crate) struct Types {
    gates: Vec<Py<PyAny>>,
    severities: Vec<Py<PyAny>>,
    verdicts: Vec<Py<PyAny>>,
    safeties: Vec<Py<PyAny>>,
    edit: Py<PyAny>,
    fix: Py<PyAny>,
    finding: Py<PyAny>,
    suppressed: Py<PyAny>,
    change: Py<PyAny>,
    gate_report: Py<PyAny>,
    problem: Py<PyAny>,
    ruleset_error: Py<PyAny>,
    receipt_error: Py<PyAny>,
}

impl Types {
    /// Those of this interpreter.
    pub(crate) fn of(py: Python<'_>) -> PyResult<&Types> {
        static TYPES: PyOnceLock<Types> = PyOnceLock::new();
        TYPES.get_or_try_init(py, || Types::import(py))
    }

    fn import(py: Python<'_>) -> PyResult<Types> {
        let module = py.import("baguan._types")?;
        let class = |name: &str| module.getattr(name).map(Bound::unbind);
        let members = |name: &str, values: &[&str]| -> PyResult<Vec<Py<PyAny>>> {
            let class = module.getattr(name)?;
            values.iter().map(|value| class.call1((*value,)).map(Bound::unbind)).collect()
        };
        Ok(Types {
            gates: members("Gate", &Gate::ALL.map(Gate::name))?,
            severities: members("Severity", &Severity::ALL.map(Severity::name))?,
            verdicts: members("Verdict", &Verdict::ALL.map(Verdict::name))?,
            safeties: members("Safety", &Safety::ALL.map(Safety::name))?,
            edit: class("Edit")?,
            fix: class("Fix")?,
            finding: class("Finding")?,
            suppressed: class("Suppressed")?,
            change: class("Change")?,
            gate_report: class("GateReport")?,
            problem: class("Problem")?,
            ruleset_error: class("RulesetError")?,
            receipt_error: class("ReceiptError")?,
        })
    }

    pub(crate) fn gate<'py>(&self, py: Python<'py>, gate: Gate) -> &Bound<'py, PyAny> {
        self.gates[gate as usize].bind(py)
    }

    pub(crate) fn verdict<'py>(&self, py: Python<'py>, verdict: Verdict) -> &Bound<'py, PyAny> {
        self.verdicts[verdict as usize].bind(py)
    }

    pub(crate) fn finding<'py>(
        &self,
        py: Python<'py>,
        view: &FindingView<'_>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut fixes = Vec::with_capacity(view.fixes.len());
        for fix in &view.fixes {
            let mut edits = Vec::with_capacity(fix.edits.len());
            for edit in &fix.edits {
                edits.push(self.edit.bind(py).call1((edit.start, edit.end, edit.text))?);
            }
            let safety = if fix.safe { Safety::Safe } else { Safety::Ask };
            let safety = self.safeties[safety as usize].bind(py);
            fixes.push(self.fix.bind(py).call1((PyTuple::new(py, edits)?, safety))?);
        }
        let (gate, severity) = (self.gate(py, view.gate), self.severities[view.severity as usize].bind(py));
        let fields = [
            view.rule.into_pyobject(py)?.into_any(),
            gate.clone(),
            severity.clone(),
            view.message.into_pyobject(py)?.into_any(),
            view.why.into_pyobject(py)?.into_any(),
            view.source.into_pyobject(py)?.into_any(),
            view.start.into_pyobject(py)?.into_any(),
            view.end.into_pyobject(py)?.into_any(),
            view.position.line.into_pyobject(py)?.into_any(),
            view.position.column.into_pyobject(py)?.into_any(),
            view.text.into_pyobject(py)?.into_any(),
            PyTuple::new(py, fixes)?.into_any(),
            view.fingerprint.into_pyobject(py)?.into_any(),
        ];
        self.finding.bind(py).call1(PyTuple::new(py, fields)?)
    }

    pub(crate) fn suppressed<'py>(
        &self,
        py: Python<'py>,
        finding: Bound<'py, PyAny>,
        by: &str,
        detail: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.suppressed.bind(py).call1((finding, by, detail))
    }

    pub(crate) fn change<'py>(
        &self,
        py: Python<'py>,
        added: Bound<'py, PyTuple>,
        removed: Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.change.bind(py).call1((added, removed))
    }

    pub(crate) fn gate_report<'py>(
        &self,
        py: Python<'py>,
        report: GateReport,
    ) -> PyResult<Bound<'py, PyAny>> {
        let GateReport { verdict, fatal, error, warning, hint } = report;
        self.gate_report.bind(py).call1((self.verdict(py, verdict), fatal, error, warning, hint))
    }
}

/// The exception that says what is wrong with a ruleset.
pub(crate) fn ruleset_error(py: Python<'_>, error: &RulesetError) -> PyErr {
    let raise = || {
        let types = Types::of(py)?;
        let mut problems = Vec::new();
        for problem in error.problems() {
            let place = &problem.place;
            let fields = (place.file.as_str(), place.line, place.column, problem.kind.to_string());
            problems.push(types.problem.bind(py).call1(fields)?);
        }
        types.ruleset_error.bind(py).call1((PyTuple::new(py, problems)?,))
    };
    raise().map_or_else(|error| error, PyErr::from_value)
}

/// The exception that says what is wrong with a receipt or an act on it.
pub(crate) fn receipt_error(py: Python<'_>, error: &ReceiptError) -> PyErr {
    let raise = || Types::of(py)?.receipt_error.bind(py).call1((error.to_string(),));
    raise().map_or_else(|error| error, PyErr::from_value)
}
