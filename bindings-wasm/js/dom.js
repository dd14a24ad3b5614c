// Findings in the fields of a page: a contenteditable (and what is built on one: wangEditor, UEditor, TinyMCE,
// CKEditor and the like) or a textarea. Nothing is put into the document that is edited.

import { Live } from "./live.js";
import { Marks } from "./marks.js";
import { Mirror } from "./mirror.js";
import { TextMap } from "./textmap.js";

/** The live review of `element`, a textarea, a text input or an element that can be edited. */
export function reviewElement(element, reviewer, options) {
  const host = element.matches("textarea, input") ? new Field(element) : new Editable(element);
  const live = new Live(reviewer, host, options);
  const listeners = {
    input: () => live.changed(),
    compositionstart: () => live.hold(),
    compositionend: () => live.release(),
  };
  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
  host.watch(() => live.changed());
  const destroy = live.destroy.bind(live);
  live.destroy = () => {
    for (const [event, listener] of Object.entries(listeners)) element.removeEventListener(event, listener);
    destroy();
    host.end();
  };
  return live;
}

/** An element that can be edited. */
class Editable {
  #element;
  #marks;
  #observer = null;

  constructor(element) {
    this.#element = element;
    this.#marks = new Marks(element.ownerDocument.defaultView);
  }

  read() {
    return new TextMap(this.#element).text;
  }

  /** Hears of changes that no input event tells, such as those a script makes. */
  watch(changed) {
    this.#observer = new MutationObserver(changed);
    this.#observer.observe(this.#element, { characterData: true, childList: true, subtree: true });
  }

  end() {
    this.#observer.disconnect();
  }

  paint(report) {
    const map = report && new TextMap(this.#element);
    this.#marks.paint(report ? report.findings.map((finding) => [finding.severity, map.range(finding)]) : []);
  }

  reveal(finding) {
    const range = new TextMap(this.#element).range(finding);
    this.#select(range);
    this.#marks.show([range]);
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  }

  apply(edits) {
    for (const edit of edits.toReversed()) {
      this.#select(new TextMap(this.#element).range(edit));
      insert(this.#element, edit.text);
    }
  }

  #select(range) {
    this.#element.focus();
    const selection = this.#element.ownerDocument.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
}

/** A textarea or a text input, marked on a mirror of it. */
class Field {
  #element;
  #mirror;

  constructor(element) {
    this.#element = element;
    this.#mirror = new Mirror(element);
  }

  read() {
    return this.#element.value;
  }

  watch() {}

  end() {
    this.#mirror.remove();
  }

  paint(report) {
    this.#mirror.paint(report ? report.findings : []);
  }

  reveal(finding) {
    this.#select(finding);
    this.#mirror.show(finding);
  }

  apply(edits) {
    for (const edit of edits.toReversed()) {
      this.#select(edit);
      insert(this.#element, edit.text);
    }
  }

  #select({ start, end }) {
    this.#element.focus();
    this.#element.setSelectionRange(start, end);
  }
}

/** Types `text` over the selection, as the browser's own editing does it, so that undo knows of it. */
function insert(element, text) {
  if (text) element.ownerDocument.execCommand("insertText", false, text);
  else element.ownerDocument.execCommand("delete");
}
