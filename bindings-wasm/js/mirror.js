// A copy of a textarea's text that lies over it unseen and carries the marks, for a field can hold none.

import { difference } from "./live.js";
import { Marks } from "./marks.js";

const COPIED = [
  "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth", "direction", "fontFamily", "fontSize",
  "fontStretch", "fontStyle", "fontVariant", "fontWeight", "letterSpacing", "lineHeight", "paddingTop", "paddingRight",
  "paddingBottom", "paddingLeft", "tabSize", "textAlign", "textIndent", "textTransform", "wordSpacing",
];

export class Mirror {
  #field;
  #element;
  #text;
  #marks;
  #observer;

  constructor(field) {
    const document = field.ownerDocument;
    this.#field = field;
    this.#element = document.createElement("div");
    this.#element.setAttribute("aria-hidden", "true");
    this.#text = document.createTextNode("");
    this.#element.append(this.#text);
    field.after(this.#element);
    this.#marks = new Marks(document.defaultView);
    this.#observer = new ResizeObserver(() => this.#lay());
    this.#observer.observe(field);
    field.addEventListener("scroll", this.#scroll);
    field.addEventListener("input", this.#follow);
  }

  paint(findings) {
    this.#follow();
    this.#lay();
    this.#marks.paint(findings.map((finding) => [finding.severity, this.#range(finding)]));
  }

  show(finding) {
    const range = this.#range(finding);
    this.#marks.show([range]);
    const place = range.getBoundingClientRect();
    const frame = this.#element.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      this.#field.scrollTop += place.top - frame.top - frame.height / 2;
    }
  }

  remove() {
    this.#observer.disconnect();
    this.#field.removeEventListener("scroll", this.#scroll);
    this.#field.removeEventListener("input", this.#follow);
    this.#element.remove();
  }

  #range({ start, end }) {
    const range = this.#field.ownerDocument.createRange();
    range.setStart(this.#text, Math.min(start, this.#text.length));
    range.setEnd(this.#text, Math.min(end, this.#text.length));
    return range;
  }

  #scroll = () => {
    this.#element.scrollTop = this.#field.scrollTop;
    this.#element.scrollLeft = this.#field.scrollLeft;
  };

  /** Changes the copy only where the field has changed, so that the marks move with their words. */
  #follow = () => {
    const [from, to, insert] = difference(this.#text.data, `${this.#field.value}\n`);
    this.#text.replaceData(from, to - from, insert);
    this.#scroll();
  };

  #lay() {
    const style = this.#field.ownerDocument.defaultView.getComputedStyle(this.#field);
    for (const name of COPIED) this.#element.style[name] = style[name];
    Object.assign(this.#element.style, {
      position: "absolute",
      pointerEvents: "none",
      color: "transparent",
      borderStyle: "solid",
      borderColor: "transparent",
      boxSizing: "border-box",
      overflow: "hidden",
      whiteSpace: this.#field.nodeName === "INPUT" ? "pre" : "pre-wrap",
      overflowWrap: "break-word",
      top: `${this.#field.offsetTop}px`,
      left: `${this.#field.offsetLeft}px`,
      width: `${this.#field.clientWidth + parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth)}px`,
      height: `${this.#field.offsetHeight}px`,
      margin: "0",
    });
    this.#scroll();
  }
}
