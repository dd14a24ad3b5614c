//! The command line of 把关, callable in-process: [`run`].

mod args;
mod batch;
mod check;
mod classes;
mod compile;
mod error;
mod fix;
mod input;
mod load;
mod output;
mod profile;
mod receipt;
mod rules;
mod streams;
mod verify;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser as _;

use crate::args::{Args, Command};
use crate::error::Error;
pub use crate::output::html::{framed, page};
pub use crate::streams::{Output, Streams};

/// How a run ended, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything passed, or nothing was asked that can fail.
    Pass,
    /// A verdict at or above `--fail-on`, or a receipt or example that does not hold.
    Stopped,
    /// The command line, an input or a ruleset is wrong.
    Wrong,
}

impl Exit {
    /// The exit code of a process that ends so.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Pass => 0,
            Exit::Stopped => 1,
            Exit::Wrong => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        exit.code().into()
    }
}

/// Runs the command that `args` asks for, the program's name first, on the streams of this process.
pub fn run_on_process(args: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Exit {
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
    run(args, streams)
}

/// Runs the command that `args` asks for, the program's name first, and says how it ended.
///
/// ```
/// use baguan_cli::{Exit, Output, Streams, run};
///
/// let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
/// let streams = Streams {
///     stdin: &mut "".as_bytes(),
///     stdout: Output::captured(&mut stdout),
///     stderr: Output::captured(&mut stderr),
/// };
/// assert_eq!(run(["baguan", "--version"], streams), Exit::Pass);
/// assert!(stdout.starts_with(b"baguan "));
/// ```
pub fn run(args: impl IntoIterator<Item = impl Into<OsString> + Clone>, mut streams: Streams<'_>) -> Exit {
    let ended = match Args::try_parse_from(args) {
        Ok(args) => {
            streams.choose_colors(args.color);
            dispatch(args.command, &mut streams)
        }
        Err(error) => answer(&error, &mut streams).map_err(Error::Write),
    };
    let ended = ended.and_then(|exit| Ok(streams.stdout.writer.flush().map(|()| exit)?));
    ended.unwrap_or_else(|error| report(&error, &mut streams))
}

fn dispatch(command: Command, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    match command {
        Command::Check(args) if args.jsonl => batch::run(&args, streams),
        Command::Check(args) => check::run(&args, streams),
        Command::Verify(args) => verify::run(&args, streams),
        Command::Sign(args) => receipt::sign(args, streams),
        Command::Override(args) => receipt::override_finding(args, streams),
        Command::Rules(command) => rules::run(command, streams),
        Command::Compile(args) => compile::run(&args, streams),
        Command::Classes(args) => classes::run(&args, streams),
    }
}

/// Prints the help, the version or what is wrong with the command line.
fn answer(error: &clap::Error, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let (output, exit) = if error.use_stderr() {
        (&mut streams.stderr, Exit::Wrong)
    } else {
        (&mut streams.stdout, Exit::Pass)
    };
    let text = error.render();
    if output.takes_colors {
        write!(output.writer, "{}", text.ansi())?;
    } else {
        write!(output.writer, "{text}")?;
    }
    Ok(exit)
}

/// Says on standard error why the run ended early; a reader that went away is no fault.
fn report(error: &Error, streams: &mut Streams<'_>) -> Exit {
    if let Error::Write(error) = error
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        return Exit::Pass;
    }
    streams.stderr.complain(error);
    Exit::Wrong
}
