import type { Extension } from "@tiptap/core";
import type { AnyReviewer, LiveOptions } from "./live.js";

export interface BaguanOptions {
  reviewer: AnyReviewer;
  live?: LiveOptions;
}

/** `Baguan.configure({ reviewer })`. */
export const Baguan: Extension<BaguanOptions>;
export { reviewOf } from "./prosemirror.js";
