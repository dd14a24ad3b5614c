import type { Change, ContentClass, Options, Report, Terms, Titles } from "./index.js";

/** A reviewer in a Web Worker of its own. `worker`: one that runs `worker-thread.js`, where it is served elsewhere. */
export function createWorkerReviewer(options?: Options, worker?: Worker): Promise<WorkerReviewer>;

export interface WorkerReviewer {
  readonly classes: ContentClass[];
  readonly class: string;
  readonly titles: Titles;
  with(terms: Terms): Promise<WorkerReviewer>;
  /** A later review takes the place of one that is not done: that is rejected as `AbortError`. */
  review(text: string, options?: { signal?: AbortSignal }): Promise<Report>;
  session(text: string): Promise<WorkerSession>;
  fixed(text: string, safety: "safe" | "ask"): Promise<string>;
  receipt(text: string, key?: Uint8Array): Promise<string>;
  free(): void;
  /** Ends the worker, for every reviewer and session in it. */
  terminate(): void;
}

export interface WorkerSession {
  edit(from: number, to: number, insert: string): Promise<Change>;
  report(): Promise<Report>;
  free(): void;
}
