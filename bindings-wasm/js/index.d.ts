/** One of the four gates (四关). */
export type Gate = "political" | "legal" | "secrecy" | "wording";
/** How grave a finding is, lightest first. */
export type Severity = "hint" | "warning" | "error" | "fatal";
/** What is to be done with a draft, mildest first. */
export type Verdict = "pass" | "revise" | "block";

/** A piece of the draft and the text that takes its place. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** What to write instead: edits in text order. `safe` ones may be applied unseen. */
export interface Fix {
  edits: Edit[];
  safe: boolean;
}

/** One objection to the draft. Offsets are JavaScript's: `draft.slice(start, end) === text`. */
export interface Finding {
  rule: string;
  gate: Gate;
  severity: Severity;
  message: string;
  why: string;
  source: string;
  start: number;
  end: number;
  line: number;
  column: number;
  text: string;
  fixes: Fix[];
  /** Its stable name, which survives edits elsewhere in the draft. */
  fingerprint: string;
}

/** What was found at one gate. */
export interface GateReport {
  verdict: Verdict;
  fatal: number;
  error: number;
  warning: number;
  hint: number;
}

/** Why a finding was put aside. */
export type Reason =
  | { by: "exception"; phrase: string }
  | { by: "overlap"; rule: string }
  | { by: "mark"; reason: string | null }
  | { by: "accepted"; reason: string };

/** A part of the draft that was passed over. */
export interface Part {
  start: number;
  end: number;
  what: string;
}

/** What a review found: the shape of `baguan check --format json`. */
export interface Report {
  engine: string;
  ruleset: { name: string; version: string | null; digest: string };
  class: string;
  levels: string[];
  as_of: string;
  offsets: "utf16";
  verdict: Verdict;
  gates: Record<Gate, GateReport>;
  /** The fingerprints of the findings that block. */
  blocking: string[];
  findings: Finding[];
  suppressed: (Finding & { reason: Reason })[];
  coverage: {
    blocks: number;
    rules: number;
    off: { rule: string; reason: "disabled" | "class" | "date" }[];
    masked: Part[];
    idle_marks: Part[];
    /** What verdicts and gates count and the lists, each of 100,000 at most, leave out. */
    unlisted: { findings: number; suppressed: number };
  };
}

/** A content class: which rules are on, what blocks, who signs. */
export interface ContentClass {
  id: string;
  title: string;
  levels: string[];
}

export interface Title<Name extends string> {
  name: Name;
  title: string;
}

/** What editors call gates, severities and verdicts, each list in its order. */
export interface Titles {
  gates: Title<Gate>[];
  severities: Title<Severity>[];
  verdicts: Title<Verdict>[];
}

/** What can be changed without new rules. */
export interface Terms {
  /** Id of the content class; at first that of the rules' first class. */
  class?: string;
  /** The day the draft is judged as of, `YYYY-MM-DD`; at first today. */
  asOf?: string;
  /** Findings that were looked at: their fingerprints, and why they stand. */
  accepted?: Record<string, string>;
}

export interface Options extends Terms {
  /** House rules for the standard ones: one TOML text, or TOML and TSV files by name. */
  rules?: string | Record<string, string>;
  /** Ids of rules to switch off. */
  disable?: string[];
}

/** One thing wrong with house rules. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

/** What `new Reviewer` throws where house rules cannot be used; its `name` is `RulesetError`. */
export interface RulesetError extends Error {
  name: "RulesetError";
  problems: Problem[];
}

/** Compiled rules. */
export class Reviewer {
  /** Throws {@link RulesetError} for house rules that are wrong and `UnknownClass` for a class there is not. */
  constructor(options?: Options);
  /** The same rules on other terms; cheap, for what is compiled is shared. */
  with(terms: Terms): Reviewer;
  /** What the gates object to in `text`. Never fails. */
  review(text: string): Report;
  /** A live review of `text`. */
  session(text: string): Session;
  /** `text` with the first fix of each finding: the safe ones only, or those a person should look at as well. */
  fixed(text: string, safety: "safe" | "ask"): string;
  /** The unsigned receipt of a review of `text`, as JSON; sealed with `key` where one is given. */
  receipt(text: string, key?: Uint8Array): string;
  readonly classes: ContentClass[];
  readonly class: string;
  readonly titles: Titles;
  /** Gives its memory back at once rather than when it is collected. */
  free(): void;
}

/** What an edit changed; a finding that only moved is in neither list. */
export interface Change {
  added: Finding[];
  /** With the places they had before the edit. */
  removed: Finding[];
}

/** A draft that is being edited. */
export class Session {
  private constructor();
  /** Puts `insert` in the place of `from..to`. Throws `RangeError` where that is no range of the text. */
  edit(from: number, to: number, insert: string): Change;
  readonly text: string;
  /** The report on the text as it is now. */
  report(): Report;
  free(): void;
}

/** What holds of a receipt and the text that is to be published. */
export interface Verification {
  /** Whether the text may be published on this receipt. */
  holds: boolean;
  text: "identical" | "normalised" | "different";
  differences: unknown[];
  seal: string;
  rules: "not-compared" | "same" | "other";
  blocking: { rule: string; severity: Severity; verdict: Verdict; fingerprint: string }[];
  missing_levels: string[];
}

/** Holds a receipt against `text`; with `key`, one that is not sealed with it does not hold. */
export function verify(receipt: string, text: string, key?: Uint8Array): Verification;
