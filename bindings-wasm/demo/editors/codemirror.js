import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorView, keymap } from "@codemirror/view";
import { baguan, reviewOf } from "baguan/codemirror";

export function mount(place, draft, reviewer) {
  const view = new EditorView({
    doc: draft,
    parent: place,
    extensions: [
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "文稿" }),
      lintGutter(),
      baguan(reviewer),
    ],
  });
  globalThis.view = view;
  return reviewOf(view);
}
