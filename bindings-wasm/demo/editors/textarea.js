import { reviewElement } from "baguan/dom";

export function mount(place, draft, reviewer) {
  const element = Object.assign(document.createElement("textarea"), { value: draft, spellcheck: false });
  element.setAttribute("aria-label", "文稿");
  place.append(element);
  return reviewElement(element, reviewer);
}
