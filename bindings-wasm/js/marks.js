// How findings are marked in a page: the CSS Custom Highlight API, which leaves the document as it is.

const SEVERITIES = ["hint", "warning", "error", "fatal"];

const RULES = `
::highlight(baguan-hint) { text-decoration: underline dotted #32618a; }
::highlight(baguan-warning) { text-decoration: underline wavy #b97f14; }
::highlight(baguan-error) { text-decoration: underline wavy #9c1f1f; }
::highlight(baguan-fatal) { text-decoration: underline double #9c1f1f; background-color: rgb(156 31 31 / 14%); }
::highlight(baguan-shown) { background-color: rgb(185 127 20 / 28%); }
`;

/** Highlights of one window, shared by the editors in it. */
const windows = new WeakMap();

function highlightsOf(window) {
  let highlights = windows.get(window);
  if (!highlights) {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(RULES);
    window.document.adoptedStyleSheets.push(sheet);
    highlights = {};
    for (const [priority, name] of [...SEVERITIES, "shown"].entries()) {
      highlights[name] = new window.Highlight();
      highlights[name].priority = priority;
      window.CSS.highlights.set(`baguan-${name}`, highlights[name]);
    }
    windows.set(window, highlights);
  }
  return highlights;
}

/** The marks of one editor in `window`. */
export class Marks {
  #highlights;
  #marked = [];
  #shown = [];

  constructor(window) {
    this.#highlights = window.CSS?.highlights ? highlightsOf(window) : null;
  }

  /** Marks each range by its severity, in the place of what was marked. */
  paint(marked) {
    if (!this.#highlights) return;
    for (const [severity, range] of this.#marked) this.#highlights[severity].delete(range);
    for (const [severity, range] of marked) this.#highlights[severity].add(range);
    this.#marked = marked;
    this.show([]);
  }

  /** Puts a light behind ranges. */
  show(ranges) {
    if (!this.#highlights) return;
    for (const range of this.#shown) this.#highlights.shown.delete(range);
    for (const range of ranges) this.#highlights.shown.add(range);
    this.#shown = ranges;
  }
}
