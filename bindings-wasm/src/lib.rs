//! `baguan` for JavaScript: each method converts in, calls the engine and converts out. Types are in `js/index.d.ts`.

mod convert;
mod options;
mod receipt;
mod reviewer;
mod session;
mod titles;

pub use receipt::verify;
pub use reviewer::Reviewer;
pub use session::Session;
