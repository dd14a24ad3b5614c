// The text of an element as its reader sees it, and the way back from offsets to places in the document.

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 " +
    "HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);
const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]);

/** Blocks become lines; text split over inline elements stays in one piece. */
export class TextMap {
  text = "";
  #pieces = [];
  /** Whether a line ends here, should anything come behind it. */
  #ends = false;
  #root;

  constructor(root) {
    this.#root = root;
    this.#visit(root);
  }

  /** The range of the document from `start` to `end` of the text. */
  range({ start, end }) {
    const range = this.#root.ownerDocument.createRange();
    range.setStart(...this.#place(start, true));
    range.setEnd(...this.#place(end, false));
    return range;
  }

  #visit(node) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (child.data) this.#add(child.data, child);
      } else if (child.nodeName === "BR") {
        this.#add("\n");
      } else if (child.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(child.nodeName)) {
        const isBlock = BLOCKS.has(child.nodeName);
        if (isBlock) this.#breakLine();
        this.#visit(child);
        if (isBlock) this.#breakLine();
      }
    }
  }

  #add(text, node) {
    if (this.#ends) this.text += "\n";
    this.#ends = false;
    if (node) this.#pieces.push({ start: this.text.length, node });
    this.text += text;
  }

  #breakLine() {
    if (this.text && !this.text.endsWith("\n")) this.#ends = true;
  }

  /** The node and offset of a place; where two pieces meet, the one behind it for a start and before it for an end. */
  #place(at, isStart) {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { start } = this.#pieces[middle];
      if (isStart ? start <= at : start < at) low = middle + 1;
      else high = middle;
    }
    const piece = this.#pieces[Math.max(low - 1, 0)];
    if (!piece) return [this.#root, 0];
    return [piece.node, Math.max(0, Math.min(at - piece.start, piece.node.length))];
  }
}
