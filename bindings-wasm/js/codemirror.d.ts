import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { AnyReviewer, Live, LiveOptions } from "./live.js";

/** The extension that reviews an editor. */
export function baguan(reviewer: AnyReviewer, options?: LiveOptions): Extension;
/** The live review of an editor that has the extension. */
export function reviewOf(view: EditorView): Live | undefined;
