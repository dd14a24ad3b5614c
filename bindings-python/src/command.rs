//! The command `baguan`, run in the interpreter's process.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command with `args`, the program's name first, on the streams of the process; gives its exit code.
#[pyfunction]
pub(crate) fn run(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| baguan_cli::run_on_process(args)).code()
}
