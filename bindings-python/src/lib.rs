//! 把关 for Python: converts what comes in, calls the engine, converts what comes out.

mod batch;
mod command;
mod receipt;
mod report;
mod reviewer;
mod ruleset;
mod session;
mod types;

use pyo3::prelude::*;

/// The compiled half of the package `baguan`.
#[pymodule(gil_used = false)]
mod _baguan {
    #[pymodule_export]
    use super::batch::Reviews;
    #[pymodule_export]
    use super::command::run;
    #[pymodule_export]
    use super::receipt::Receipt;
    #[pymodule_export]
    use super::report::{Report, html_page};
    #[pymodule_export]
    use super::reviewer::Reviewer;
    #[pymodule_export]
    use super::ruleset::Ruleset;
    #[pymodule_export]
    use super::session::Session;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
