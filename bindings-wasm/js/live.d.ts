import type { Edit, Finding, Fix, Report, Reviewer } from "./index.js";
import type { WorkerReviewer } from "./worker.js";

/** A reviewer in this thread or in a worker. */
export type AnyReviewer = Reviewer | WorkerReviewer;

export interface LiveOptions {
  /** How long the text must rest before it is reviewed, in milliseconds; 200 unless told. */
  delay?: number;
  /** Findings let stand from the start: fingerprint and reason. */
  accepted?: Record<string, string>;
}

/** An editor, as its adapter shows it. */
export interface Host {
  read(): string;
  /** The edits since it was last asked, each on the text that the one before left. */
  edits?(): [from: number, to: number, insert: string][];
  /** Marks the findings; null takes the marks away. */
  paint(report: Report | null): void;
  reveal(finding: Finding): void;
  /** Carries out edits as one step that can be undone. */
  apply(edits: Edit[]): void;
}

/** The review of a text that is being edited. */
export class Live {
  constructor(reviewer: AnyReviewer, host: Host, options?: LiveOptions);
  readonly report: Report | null;
  readonly text: string | null;
  /** Whether the report is on the text as it is in the editor. */
  readonly settled: boolean;
  readonly reviewer: AnyReviewer;
  readonly accepted: Record<string, string>;
  subscribe(listener: (report: Report, text: string) => void): () => void;
  use(reviewer: AnyReviewer): void;
  accept(fingerprint: string, reason?: string): void;
  changed(delay?: number): void;
  hold(): void;
  release(): void;
  reveal(finding: Finding): void;
  apply(fix: Fix): boolean;
  destroy(): void;
}

export function difference(was: string, now: string): [from: number, to: number, insert: string];
