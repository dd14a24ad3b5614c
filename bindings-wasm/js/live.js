// The review of a text that is being edited, the same for every editor. An adapter says how its editor is read,
// marked and changed; this says when, and hands the report to whoever listens.

/** The one edit that makes `now` of `was`, as [from, to, insert]. */
export function difference(was, now) {
  const shorter = Math.min(was.length, now.length);
  let from = 0;
  while (from < shorter && was.charCodeAt(from) === now.charCodeAt(from)) from += 1;
  if (from > 0 && isHigh(was.charCodeAt(from - 1))) from -= 1;
  let tail = 0;
  while (tail < shorter - from && was.charCodeAt(was.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) {
    tail += 1;
  }
  if (tail > 0 && isLow(was.charCodeAt(was.length - tail))) tail -= 1;
  return [from, was.length - tail, now.slice(from, now.length - tail)];
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

export class Live {
  #host;
  #delay;
  #reviewer;
  #session = null;
  #report = null;
  /** The text that `#session` holds and `#report` is on. */
  #text = null;
  #accepted = {};
  #listeners = new Set();
  #timer = null;
  #held = false;
  #changes = 0;
  /** How many of `#changes` the report knows of. */
  #reviewed = 0;
  #working = false;
  #ended = false;

  /**
   * `host` has `read()`, `paint(report)`, `reveal(finding)`, `apply(edits)` and, where the editor tells its edits,
   * `edits()`: those since it was last asked, each as [from, to, insert] on the text that the one before left.
   */
  constructor(reviewer, host, { delay = 200, accepted = {} } = {}) {
    this.#host = host;
    this.#delay = delay;
    this.#reviewer = reviewer;
    this.#accepted = accepted;
    this.changed(0);
  }

  /** The report on `text`, or null before the first. */
  get report() {
    return this.#report;
  }

  get text() {
    return this.#text;
  }

  /** Whether the report is on the text as it is in the editor. */
  get settled() {
    return this.#reviewed === this.#changes && !this.#held;
  }

  get reviewer() {
    return this.#reviewer;
  }

  /** The findings let stand: fingerprint and reason. */
  get accepted() {
    return { ...this.#accepted };
  }

  /** Calls `listener(report, text)` now, where there is a report, and after every review. */
  subscribe(listener) {
    this.#listeners.add(listener);
    if (this.#report) listener(this.#report, this.#text);
    return () => this.#listeners.delete(listener);
  }

  /** Reviews from here on with another reviewer. */
  use(reviewer) {
    this.#reviewer = reviewer;
    this.#drop();
    this.changed(0);
  }

  /** Lets a finding stand, with the reason; with none, holds it up again. */
  accept(fingerprint, reason) {
    if (reason === undefined) delete this.#accepted[fingerprint];
    else this.#accepted[fingerprint] = reason;
    this.#drop();
    this.changed(0);
  }

  /** Says that the text has changed. */
  changed(delay = this.#delay) {
    this.#changes += 1;
    clearTimeout(this.#timer);
    if (!this.#ended && !this.#held) this.#timer = setTimeout(() => this.#work(), delay);
  }

  /** Reviews nothing until `release`: between compositionstart and compositionend the text is not the author's yet. */
  hold() {
    this.#held = true;
    clearTimeout(this.#timer);
  }

  release() {
    if (!this.#held) return;
    this.#held = false;
    this.changed();
  }

  /** Shows a finding in the editor. */
  reveal(finding) {
    this.#host.reveal(finding);
  }

  /** Carries out a fix as one step that can be undone; false where the text is no longer the one it was made for. */
  apply(fix) {
    if (this.#host.read() !== this.#text) return false;
    this.#host.apply(fix.edits);
    this.changed(0);
    return true;
  }

  destroy() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#drop();
    this.#host.paint(null);
  }

  #drop() {
    this.#session?.free();
    this.#session = null;
  }

  async #work() {
    if (this.#working) return;
    this.#working = true;
    try {
      let done;
      do {
        done = this.#changes;
        await this.#review(done);
      } while (done !== this.#changes && !this.#held && !this.#ended);
    } catch (error) {
      // What the session holds is no longer sure: the next review starts anew.
      this.#drop();
      throw error;
    } finally {
      this.#working = false;
    }
  }

  async #review(change) {
    const now = this.#host.read();
    const edits = this.#host.edits?.();
    let session = this.#session;
    if (session) {
      for (const [from, to, insert] of edits ?? [difference(this.#text, now)]) {
        await session.edit(from, to, insert);
      }
    } else {
      const reviewer = await this.#reviewer.with({ accepted: this.#accepted });
      session = await reviewer.session(now);
      reviewer.free();
      this.#session = session;
    }
    this.#text = now;
    const report = await session.report();
    // What came in the meantime is reviewed next; until then the marks of before stand.
    if (change !== this.#changes || this.#held || this.#ended) return;
    this.#report = report;
    this.#reviewed = change;
    this.#host.paint(report);
    for (const listener of this.#listeners) listener(report, now);
  }
}
