// The engine in a Web Worker, so that a page never waits for it: the same methods, each with a promise.

/** A reviewer in a worker of its own, ready when the promise is. */
export async function createWorkerReviewer(options = {}, worker = undefined) {
  const link = new Link(worker ?? new Worker(new URL("./worker-thread.js", import.meta.url), { type: "module" }));
  try {
    return await link.make(WorkerReviewer, "new", undefined, [options]);
  } catch (error) {
    link.end();
    throw error;
  }
}

/** Asks one thing at a time, so that what is no longer wanted need never be done. */
class Link {
  #worker;
  #queue = [];
  #asked = null;
  #next = 1;

  constructor(worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#settle(data));
    worker.addEventListener("error", (event) => this.#fail(new Error(event.message || "the worker failed")));
  }

  async make(Class, method, target, args) {
    const handle = this.#next++;
    const facts = await this.ask({ target, method, args, makes: handle });
    return new Class(this, handle, facts);
  }

  /** The answer to a request; `stale` says which of those still waiting it makes needless. */
  ask(request, { signal, stale } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      if (stale) this.#abandon((waiting) => stale(waiting.request), superseded());
      const entry = { request: { ...request, id: this.#next++ }, resolve, reject };
      signal?.addEventListener("abort", () => this.#abandon((waiting) => waiting === entry, signal.reason), { once: true });
      this.#queue.push(entry);
      this.#send();
    });
  }

  free(target) {
    this.#worker.postMessage({ target, method: "free" });
  }

  end() {
    this.#worker.terminate();
    this.#fail(new DOMException("the worker was ended", "AbortError"));
  }

  #send() {
    if (this.#asked) return;
    this.#asked = this.#queue.shift() ?? null;
    if (this.#asked) this.#worker.postMessage(this.#asked.request);
  }

  #settle({ value, error }) {
    const { resolve, reject } = this.#asked;
    this.#asked = null;
    if (error) reject(Object.assign(new Error(error.message), error));
    else resolve(value);
    this.#send();
  }

  /** Rejects those asked for and not yet answered that nobody wants any more. */
  #abandon(isStale, reason) {
    for (const entry of [this.#asked, ...this.#queue]) {
      if (entry && isStale(entry)) entry.reject(reason);
    }
    this.#queue = this.#queue.filter((entry) => !isStale(entry));
  }

  #fail(error) {
    this.#abandon(() => true, error);
    this.#asked = null;
  }
}

const superseded = () => new DOMException("a later review took its place", "AbortError");

export class WorkerReviewer {
  #link;
  #handle;

  constructor(link, handle, { classes, titles, class: own }) {
    this.#link = link;
    this.#handle = handle;
    this.classes = classes;
    this.titles = titles;
    this.class = own;
  }

  with(terms) {
    return this.#link.make(WorkerReviewer, "with", this.#handle, [terms]);
  }

  /** The report on `text`. A later review takes the place of one that is not done: that is rejected as AbortError. */
  review(text, { signal } = {}) {
    const stale = ({ target, method }) => target === this.#handle && method === "review";
    return this.#link.ask({ target: this.#handle, method: "review", args: [text] }, { signal, stale });
  }

  session(text) {
    return this.#link.make(WorkerSession, "session", this.#handle, [text]);
  }

  fixed(text, safety) {
    return this.#link.ask({ target: this.#handle, method: "fixed", args: [text, safety] });
  }

  receipt(text, key) {
    return this.#link.ask({ target: this.#handle, method: "receipt", args: [text, key] });
  }

  /** Gives back its memory; the worker goes on for the others that came of it. */
  free() {
    this.#link.free(this.#handle);
  }

  /** Ends the worker, for every reviewer and session in it. */
  terminate() {
    this.#link.end();
  }
}

class WorkerSession {
  #link;
  #handle;

  constructor(link, handle) {
    this.#link = link;
    this.#handle = handle;
  }

  edit(from, to, insert) {
    return this.#link.ask({ target: this.#handle, method: "edit", args: [from, to, insert] });
  }

  report() {
    return this.#link.ask({ target: this.#handle, method: "report", args: [] });
  }

  free() {
    this.#link.free(this.#handle);
  }
}
