//! The command `baguan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    baguan_cli::run_on_process(std::env::args_os()).into()
}
