import { reviewElement } from "baguan/dom";

/** A plain contenteditable, as rich text editors on the web are built on. */
export function mount(place, draft, reviewer) {
  const element = document.createElement("div");
  element.contentEditable = "true";
  element.spellcheck = false;
  element.setAttribute("role", "textbox");
  element.setAttribute("aria-multiline", "true");
  element.setAttribute("aria-label", "文稿");
  element.append(
    ...draft.split("\n").map((line) => Object.assign(document.createElement("p"), { textContent: line })),
  );
  place.append(element);
  return reviewElement(element, reviewer);
}
