//! The command line.

use std::path::PathBuf;
use std::str::FromStr;

use baguan::{Date, Gate, Offsets, Severity, Verdict};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum};

/// 把关: reviews drafts before they are published.
#[derive(Debug, Parser)]
#[command(name = "baguan", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  every draft passes, the receipt holds
  1  a verdict is at or above --fail-on, a receipt does not hold, or a rule's example does not
  2  the command line, an input or a ruleset is wrong";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Review drafts.
    #[command(after_help = EXIT_CODES)]
    Check(Box<CheckArgs>),
    /// Say whether a text may be published on its receipt: it is the reviewed one, nobody altered the receipt,
    /// the rules are those in force, nothing blocks and every level has signed.
    #[command(after_help = EXIT_CODES)]
    Verify(VerifyArgs),
    /// Sign a receipt at the next review level of its class.
    Sign(SignArgs),
    /// Let a finding on a receipt pass; every level signs after that.
    Override(OverrideArgs),
    /// Look at rules and let them prove themselves.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Compile rules into one file, which loads in a millisecond or two: `--rules FILE` takes it from then on.
    Compile(CompileArgs),
    /// List the content classes.
    Classes(ClassesArgs),
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct CheckArgs {
    /// Drafts to review: .txt, .md or without extension; - for standard input.
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    pub(crate) files: Vec<PathBuf>,

    /// Review as this content class (see `baguan classes`) [default: the first of the rules].
    #[arg(long, value_name = "ID")]
    pub(crate) class: Option<String>,
    /// Review as of this day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// Switch a rule off.
    #[arg(long, value_name = "ID")]
    pub(crate) disable: Vec<String>,
    /// Put aside the findings whose fingerprints this file lists, one a line, each with its reason behind it.
    #[arg(long, value_name = "FILE")]
    pub(crate) accept: Option<PathBuf>,

    /// How to print reports [default: text; with --jsonl always json].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,
    /// The unit of offsets in JSON.
    #[arg(long, value_name = "UNIT", default_value = "chars", value_parser = one_of::<Offsets, 3>(Offsets::ALL.map(Offsets::name)))]
    pub(crate) offsets: Offsets,
    /// Show only findings of this severity or graver; verdicts stay.
    #[arg(long, value_name = "LEAST", default_value = "hint", value_parser = one_of::<Severity, 4>(Severity::ALL.map(Severity::name)))]
    pub(crate) severity: Severity,
    /// Show what was put aside and why.
    #[arg(long)]
    pub(crate) suppressed: bool,
    /// Exit with 1 from this verdict on [default: revise; with --jsonl never].
    #[arg(long, value_name = "VERDICT")]
    pub(crate) fail_on: Option<FailOn>,
    /// Read every file as this, whatever its name.
    #[arg(long, value_name = "txt|md", value_parser = input_kind)]
    pub(crate) input: Option<InputKind>,

    /// Carry out the fixes that are safe unseen, in the files themselves; with - print the fixed text
    /// on standard output and the report on standard error.
    #[arg(long, conflicts_with_all = ["diff", "jsonl"])]
    pub(crate) fix: bool,
    /// Print what --fix would change as a unified diff, and nothing else.
    #[arg(long, conflicts_with_all = ["format", "jsonl", "suppressed"])]
    pub(crate) diff: bool,

    /// Keep a receipt of the review of one draft in a new file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["diff", "jsonl"])]
    pub(crate) receipt: Option<PathBuf>,
    /// Leave the text out of the receipt; `baguan verify` then cannot say where another differs.
    #[arg(long, requires = "receipt")]
    pub(crate) without_text: bool,
    #[command(flatten)]
    pub(crate) key: KeyArgs,

    /// Review one JSON object a line from standard input, {"id", "text", …}, and answer each in one line.
    #[arg(long, conflicts_with_all = ["files", "suppressed", "input"])]
    pub(crate) jsonl: bool,
    /// The field of a record that holds its own as-of day; without it, --as-of.
    #[arg(long, value_name = "NAME", requires = "jsonl")]
    pub(crate) as_of_field: Option<String>,
    /// The field of a record that holds its own content class; without it, --class.
    #[arg(long, value_name = "NAME", requires = "jsonl")]
    pub(crate) class_field: Option<String>,
}

#[derive(Debug, Default, clap::Args)]
pub(crate) struct RulesArgs {
    /// Rules to add, a folder or a TOML file; merged in order onto the standard rules, unless every set
    /// says `extends = []`. A compiled file, which holds all its rules, comes first.
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
}

#[derive(Debug, Default, clap::Args)]
pub(crate) struct KeyArgs {
    /// Seal the receipt with the key in this file: its bytes, without line ends at its end.
    #[arg(long = "key", value_name = "FILE")]
    pub(crate) path: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The receipt.
    #[arg(value_name = "RECEIPT")]
    pub(crate) receipt: PathBuf,
    /// The text to be published; - for standard input.
    #[arg(value_name = "TEXT")]
    pub(crate) text: PathBuf,
    /// Expect it to be sealed with the key in this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// Do not ask whether the rules of the review are those in force.
    #[arg(long, conflicts_with = "rules")]
    pub(crate) any_rules: bool,
    /// The day of publication, on which overrides must hold, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How to print what was found.
    #[arg(long, default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SignArgs {
    /// The receipt; it is written back.
    #[arg(value_name = "RECEIPT")]
    pub(crate) receipt: PathBuf,
    /// The review level: 初审, 复审, 终审.
    #[arg(long)]
    pub(crate) level: String,
    /// Who signs.
    #[arg(long)]
    pub(crate) name: String,
    /// When, as RFC 3339 has it: 2026-11-23T09:30:00+08:00.
    #[arg(long, value_parser = time)]
    pub(crate) time: String,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct OverrideArgs {
    /// The receipt; it is written back.
    #[arg(value_name = "RECEIPT")]
    pub(crate) receipt: PathBuf,
    /// The fingerprint of the finding.
    #[arg(value_name = "FINGERPRINT")]
    pub(crate) fingerprint: String,
    /// Why it may stand.
    #[arg(long)]
    pub(crate) reason: String,
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// The first day it no longer holds, YYYY-MM-DD [default: it holds for good].
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Review the examples of every rule, all against all.
    Test {
        /// A folder or file whose rules are merged onto the standard ones first, unless it says `extends = []`.
        #[arg(value_name = "DIR")]
        path: Option<PathBuf>,
    },
    /// List the rules.
    List(ListArgs),
    /// Say everything about one rule.
    Explain {
        /// The rule: gate/fault.
        id: String,
        #[command(flatten)]
        rules: RulesArgs,
    },
    /// Review texts and say what takes the time: by step, by kind and by rule, the dearest first.
    Profile(ProfileArgs),
    /// Count the rules and the rows of their lists by gate, severity and kind.
    Stats {
        #[command(flatten)]
        rules: RulesArgs,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Only the rules of this gate.
    #[arg(long, value_parser = one_of::<Gate, 4>(Gate::ALL.map(Gate::name)))]
    pub(crate) gate: Option<Gate>,
    /// Only the rules of this kind.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// How to print them.
    #[arg(long, default_value = "text")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ProfileArgs {
    /// Texts to review: .txt, .md or without extension; - for standard input.
    #[arg(value_name = "TEXT", default_value = "-")]
    pub(crate) texts: Vec<PathBuf>,
    /// How many rules to list.
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub(crate) top: usize,
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CompileArgs {
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    /// In less room, to be sent over a wire: without examples; it takes some twenty milliseconds to load.
    #[arg(long)]
    pub(crate) light: bool,
    /// The file to write.
    #[arg(short, long, value_name = "FILE.baguan")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ClassesArgs {
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people at a terminal.
    Text,
    /// The report as data; an array for several files.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// One self-contained page.
    Html,
}

/// How a list or an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people at a terminal.
    Text,
    /// As data.
    Json,
}

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputKind {
    /// Plain text.
    Txt,
    /// Markdown.
    Md,
}

/// The verdict from which a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Revise and block.
    Revise,
    /// Block only.
    Block,
    /// No verdict.
    Never,
}

impl FailOn {
    /// Whether a draft of that verdict fails the run.
    pub(crate) fn is_reached(self, verdict: Verdict) -> bool {
        match self {
            FailOn::Revise => verdict >= Verdict::Revise,
            FailOn::Block => verdict >= Verdict::Block,
            FailOn::Never => false,
        }
    }
}

fn input_kind(name: &str) -> Result<InputKind, String> {
    match name {
        "txt" => Ok(InputKind::Txt),
        "md" => Ok(InputKind::Md),
        "html" | "docx" => Err(format!("{name} is not supported yet, expected txt or md")),
        _ => Err("expected txt or md".to_owned()),
    }
}

/// A time that says which moment it is; it is kept as it was written.
fn time(text: &str) -> Result<String, String> {
    let is_time = text.parse::<jiff::Timestamp>().is_ok();
    if is_time { Ok(text.to_owned()) } else { Err("expected a time as 2026-11-23T09:30:00+08:00".to_owned()) }
}

/// A parser of one of the engine's named values.
fn one_of<T, const N: usize>(names: [&'static str; N]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = String> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse::<T>())
}
