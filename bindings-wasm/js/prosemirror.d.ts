import type { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { AnyReviewer, Live, LiveOptions } from "./live.js";

/** The plugin that reviews an editor. */
export function baguan(reviewer: AnyReviewer, options?: LiveOptions): Plugin;
/** The live review of an editor that has the plugin. */
export function reviewOf(view: EditorView): Live | undefined;
