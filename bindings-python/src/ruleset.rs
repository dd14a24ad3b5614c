//! `baguan.Ruleset`.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple, PyType};

use crate::types::ruleset_error;

/// Rules as data: parsed, merged and switched off before a `Reviewer` compiles them.
#[pyclass(frozen, module = "baguan")]
pub(crate) struct Ruleset {
    pub(crate) rules: baguan::Ruleset,
    origin: Origin,
}

/// What a ruleset was made from: enough to make it again elsewhere.
enum Origin {
    Standard,
    Files(Vec<(String, String)>),
    Compiled(Py<PyBytes>),
    Merged(Py<Ruleset>, Py<Ruleset>),
    Without(Py<Ruleset>, Vec<String>),
}

impl Ruleset {
    pub(crate) fn standard_rules() -> Ruleset {
        Ruleset { rules: baguan::Ruleset::standard(), origin: Origin::Standard }
    }

    fn of_files(py: Python<'_>, files: Vec<(String, String)>) -> PyResult<Ruleset> {
        let borrowed: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let rules = baguan::Ruleset::parse_files(&borrowed).map_err(|error| ruleset_error(py, &error))?;
        Ok(Ruleset { rules, origin: Origin::Files(files) })
    }
}

#[pymethods]
impl Ruleset {
    /// The rules that come with the package.
    #[classmethod]
    fn standard(_class: &Bound<'_, PyType>) -> Ruleset {
        Ruleset::standard_rules()
    }

    /// The rules of one TOML text; `name` is what problems call it.
    #[classmethod]
    #[pyo3(signature = (text, name = "rules.toml"))]
    fn parse(class: &Bound<'_, PyType>, text: String, name: &str) -> PyResult<Ruleset> {
        Ruleset::of_files(class.py(), vec![(name.to_owned(), text)])
    }

    /// The rules of several files, TOML and the TSV lists they name, as pairs of name and text.
    #[classmethod]
    fn parse_files(class: &Bound<'_, PyType>, files: Vec<(String, String)>) -> PyResult<Ruleset> {
        Ruleset::of_files(class.py(), files)
    }

    /// The rules of a folder or of one file.
    #[classmethod]
    fn from_path(class: &Bound<'_, PyType>, path: PathBuf) -> PyResult<Ruleset> {
        let py = class.py();
        let files = baguan::Ruleset::read(path).map_err(|error| ruleset_error(py, &error))?;
        Ruleset::of_files(py, files)
    }

    /// The rules that `compile` wrote, which need not be parsed; `ValueError` where it is another version's or damaged.
    #[classmethod]
    fn compiled(_class: &Bound<'_, PyType>, data: Bound<'_, PyBytes>) -> PyResult<Ruleset> {
        let rules = baguan::Ruleset::compiled(data.as_bytes().to_vec())
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Ruleset { rules, origin: Origin::Compiled(data.unbind()) })
    }

    /// This set in one file, for `compiled` of the same version of the package.
    fn compile<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let data = self.rules.compile().map_err(|error| ruleset_error(py, &error))?;
        Ok(PyBytes::new(py, &data))
    }

    /// This set with the rules of `house` added and its overrides, extensions and switches carried out.
    fn merge(slf: Bound<'_, Self>, house: Bound<'_, Ruleset>) -> PyResult<Ruleset> {
        let (base, added) = (slf.get().rules.clone(), house.get().rules.clone());
        let rules = base.merge(added).map_err(|error| ruleset_error(slf.py(), &error))?;
        Ok(Ruleset { rules, origin: Origin::Merged(slf.unbind(), house.unbind()) })
    }

    /// This set without the rules of those ids.
    #[pyo3(signature = (*rules))]
    fn disable(slf: Bound<'_, Self>, rules: Vec<String>) -> PyResult<Ruleset> {
        let mut set = slf.get().rules.clone();
        for id in &rules {
            set.disable(id).map_err(|error| ruleset_error(slf.py(), &error))?;
        }
        Ok(Ruleset { rules: set, origin: Origin::Without(slf.unbind(), rules) })
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        self.rules.name()
    }

    /// SHA-256 of everything it was made from, in hexadecimal.
    #[getter]
    fn digest(&self) -> String {
        self.rules.digest()
    }

    /// The day its facts are as of, where it says so.
    #[getter]
    fn version(&self) -> Option<String> {
        self.rules.version().map(|day| day.to_string())
    }

    /// The ids of its rules.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let ids: Vec<&str> = self.rules.rules().iter().map(baguan::Rule::id).collect();
        PyTuple::new(py, ids)
    }

    /// The ids of its content classes.
    #[getter]
    fn classes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let ids: Vec<&str> = self.rules.classes().iter().map(baguan::Class::id).collect();
        PyTuple::new(py, ids)
    }

    pub(crate) fn __repr__(&self) -> String {
        let (name, digest) = (self.rules.name(), self.rules.digest());
        format!("<Ruleset {name:?}: {} rules, digest {}>", self.rules.rules().len(), &digest[..12])
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let class = py.get_type::<Ruleset>();
        let (method, arguments) = match &self.origin {
            Origin::Standard => ("standard", PyTuple::empty(py)),
            Origin::Files(files) => ("parse_files", (files.clone(),).into_pyobject(py)?),
            Origin::Compiled(data) => ("compiled", (data,).into_pyobject(py)?),
            Origin::Merged(base, house) => ("merge", (base, house).into_pyobject(py)?),
            Origin::Without(base, ids) => {
                let ids = ids.iter().map(|id| id.into_pyobject(py).map(Bound::into_any));
                let ids = ids.collect::<Result<Vec<_>, _>>()?;
                let base = base.bind(py).clone().into_any();
                ("disable", PyTuple::new(py, std::iter::once(base).chain(ids).collect::<Vec<_>>())?)
            }
        };
        Ok((class.getattr(method)?, arguments))
    }
}
