//! `baguan.Receipt`.

use baguan::{Against, Override, SignOff};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use crate::reviewer::date;
use crate::types::receipt_error;

/// The record of a review, of what was overridden and of who signed.
#[pyclass(frozen, module = "baguan")]
pub(crate) struct Receipt {
    pub(crate) receipt: baguan::Receipt,
}

impl Receipt {
    fn of(py: Python<'_>, made: Result<baguan::Receipt, baguan::ReceiptError>) -> PyResult<Receipt> {
        made.map(|receipt| Receipt { receipt }).map_err(|error| receipt_error(py, &error))
    }
}

#[pymethods]
impl Receipt {
    /// The receipt that `to_json` wrote.
    #[classmethod]
    fn parse(class: &Bound<'_, PyType>, json: &str) -> PyResult<Receipt> {
        Receipt::of(class.py(), baguan::Receipt::parse(json))
    }

    /// The receipt as JSON.
    fn to_json(&self) -> String {
        self.receipt.to_json()
    }

    /// The same without the text that was reviewed.
    fn without_text(&self) -> Receipt {
        Receipt { receipt: self.receipt.clone().without_text() }
    }

    /// The same signed at the next level of its class; `key` is the one it is sealed with.
    #[pyo3(signature = (level, name, time, key = None))]
    fn signed(
        &self,
        py: Python<'_>,
        level: String,
        name: String,
        time: String,
        key: Option<&[u8]>,
    ) -> PyResult<Receipt> {
        Receipt::of(py, self.receipt.clone().signed(SignOff { level, name, time }, key))
    }

    /// The same with the finding of that fingerprint let pass, until a day where one is given.
    #[pyo3(signature = (fingerprint, reason, by, until = None, key = None))]
    fn overridden(
        &self,
        py: Python<'_>,
        fingerprint: String,
        reason: String,
        by: String,
        until: Option<Bound<'_, PyAny>>,
        key: Option<&[u8]>,
    ) -> PyResult<Receipt> {
        let until = until.as_ref().map(date).transpose()?;
        Receipt::of(py, self.receipt.clone().overridden(Override { fingerprint, reason, by, until }, key))
    }

    /// The levels still to sign, the next one first.
    #[getter]
    fn missing_levels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.receipt.missing_levels())
    }

    /// What holds of it and `draft`, the text to be published, as a dictionary; `holds` is what it comes to.
    #[pyo3(signature = (draft, *, key = None, ruleset = None, day = None))]
    fn verify<'py>(
        &self,
        py: Python<'py>,
        draft: &str,
        key: Option<&[u8]>,
        ruleset: Option<&str>,
        day: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut against = Against::new();
        if let Some(key) = key {
            against = against.key(key);
        }
        if let Some(digest) = ruleset {
            against = against.ruleset(digest);
        }
        if let Some(day) = &day {
            against = against.day(date(day)?);
        }
        let verification = self.receipt.verify(draft, &against);
        let json =
            serde_json::to_string(&verification).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let answer = py.import("json")?.call_method1("loads", (json,))?;
        answer.set_item("holds", verification.holds())?;
        Ok(answer)
    }

    fn __repr__(&self) -> String {
        let (review, missing) = (self.receipt.review(), self.receipt.missing_levels());
        format!("<Receipt {} as of {}, to be signed: {missing:?}>", review.verdict, review.as_of)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("parse")?, (slf.get().to_json(),)))
    }
}
