//! The command `baguan`.

use std::io::{self, BufWriter, IsTerminal as _};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use baguan_cli::{Output, Streams};

fn main() -> ExitCode {
    let (mut stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let takes_colors =
        [AutoStream::choice(&stdout), AutoStream::choice(&stderr)].map(|choice| choice != ColorChoice::Never);
    let is_terminal = [stdout.is_terminal(), stderr.is_terminal()];
    // `always` passes everything on; on Windows it makes the console understand colours.
    let (mut stdout, mut stderr) = (BufWriter::new(AutoStream::always(stdout)), AutoStream::always(stderr));
    let streams = Streams {
        stdin: &mut stdin,
        stdout: Output { writer: &mut stdout, is_terminal: is_terminal[0], takes_colors: takes_colors[0] },
        stderr: Output { writer: &mut stderr, is_terminal: is_terminal[1], takes_colors: takes_colors[1] },
    };
    baguan_cli::run(std::env::args_os(), streams).into()
}
