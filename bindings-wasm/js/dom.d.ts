import type { AnyReviewer, Live, LiveOptions } from "./live.js";

/** The live review of a textarea, a text input or an element that can be edited. */
export function reviewElement(element: HTMLElement, reviewer: AnyReviewer, options?: LiveOptions): Live;
