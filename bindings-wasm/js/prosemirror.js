// Findings in ProseMirror as decorations: the document stays as it is.

import { closeHistory } from "prosemirror-history";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

import { Live } from "./live.js";

const key = new PluginKey("baguan");
const reviews = new WeakMap();

/** The plugin that reviews an editor. */
export function baguan(reviewer, options) {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, decorations) => tr.getMeta(key) ?? decorations.map(tr.mapping, tr.doc),
    },
    props: {
      decorations: (state) => key.getState(state),
      handleDOMEvents: {
        compositionstart: (view) => void reviewOf(view)?.hold(),
        compositionend: (view) => void reviewOf(view)?.release(),
      },
    },
    view: (view) => {
      const host = new Host(view);
      const live = new Live(reviewer, host, options);
      reviews.set(view, live);
      return {
        update: (view, before) => {
          if (view.state.doc !== before.doc) live.changed();
        },
        destroy: () => {
          host.view = null;
          live.destroy();
        },
      };
    },
  });
}

/** The live review of an editor that has the plugin. */
export function reviewOf(view) {
  return reviews.get(view);
}

class Host {
  constructor(view) {
    this.view = view;
  }

  read() {
    return textOf(this.view.state.doc).text;
  }

  paint(report) {
    if (!this.view) return;
    const { doc } = this.view.state;
    const { positions } = textOf(doc);
    const marks = (report?.findings ?? []).map(({ start, end, severity, rule, message }) =>
      Decoration.inline(positions.at(start), positions.before(end), {
        class: `baguan baguan-${severity}`,
        title: message,
        "data-rule": rule,
      }),
    );
    this.view.dispatch(this.view.state.tr.setMeta(key, DecorationSet.create(doc, marks)).setMeta("addToHistory", false));
  }

  reveal(finding) {
    const { state } = this.view;
    const { positions } = textOf(state.doc);
    const selection = TextSelection.create(state.doc, positions.at(finding.start), positions.before(finding.end));
    this.view.dispatch(state.tr.setSelection(selection).scrollIntoView());
    this.view.focus();
  }

  apply(edits) {
    const { state } = this.view;
    const { positions } = textOf(state.doc);
    // A step of its own, which undo takes back alone.
    const tr = closeHistory(state.tr);
    // From the back, so that the places in front stay true.
    for (const { start, end, text } of edits.toReversed()) {
      tr.insertText(text, positions.at(start), positions.before(end));
    }
    this.view.dispatch(tr.scrollIntoView());
  }
}

/** The text of a document, a textblock a line, and the way back to its positions. */
export function textOf(doc) {
  let text = "";
  const pieces = [];
  doc.descendants((node, position) => {
    if (node.isText) {
      pieces.push({ start: text.length, position, length: node.text.length });
      text += node.text;
    } else if (node.isLeaf) {
      pieces.push({ start: text.length, position, length: 1 });
      text += node.isInline && node.type.name !== "hard_break" && node.type.name !== "hardBreak" ? "\ufffc" : "\n";
    } else if (node.isTextblock) {
      if (text) text += "\n";
      pieces.push({ start: text.length, position: position + 1, length: 0 });
    }
  });
  return { text, positions: new Positions(pieces) };
}

class Positions {
  #pieces;

  constructor(pieces) {
    this.#pieces = pieces;
  }

  /** The position at which the character with that offset starts. */
  at(offset) {
    return this.#place(offset, (start) => start <= offset);
  }

  /** The position behind the character that ends at that offset. */
  before(offset) {
    return this.#place(offset, (start) => start < offset);
  }

  #place(offset, isBefore) {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#pieces[middle].start)) low = middle + 1;
      else high = middle;
    }
    const piece = this.#pieces[Math.max(low - 1, 0)];
    return piece ? piece.position + Math.min(offset - piece.start, piece.length) : 0;
  }
}
