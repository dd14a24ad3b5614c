import * as monaco from "monaco-editor/editor/editor.api.js";
import "monaco-editor/editor/contrib/codeAction/browser/codeActionContributions.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import { reviewMonaco } from "baguan/monaco";

export function mount(place, draft, reviewer) {
  globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  const element = document.createElement("div");
  element.className = "monaco";
  place.append(element);
  const editor = monaco.editor.create(element, {
    value: draft,
    language: "plaintext",
    ariaLabel: "文稿",
    automaticLayout: true,
    fontSize: 16,
    lineHeight: 30,
    lineNumbers: "off",
    minimap: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
    wordWrap: "on",
    wrappingStrategy: "advanced",
  });
  Object.assign(globalThis, { editor, monaco });
  return reviewMonaco(monaco, editor, reviewer);
}
