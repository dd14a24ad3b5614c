import type * as Monaco from "monaco-editor";
import type { AnyReviewer, Live, LiveOptions } from "./live.js";

/** The live review of a Monaco editor; `monaco` is the name space the page uses. */
export function reviewMonaco(
  monaco: typeof Monaco,
  editor: Monaco.editor.ICodeEditor,
  reviewer: AnyReviewer,
  options?: LiveOptions,
): Live;
