import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { baguan, reviewOf } from "baguan/prosemirror";

export async function mount(place, draft, reviewer) {
  const lines = draft.split("\n").map((line) => schema.node("paragraph", null, line ? [schema.text(line)] : []));
  const state = EditorState.create({
    doc: schema.node("doc", null, lines),
    plugins: [
      history(),
      keymap({ "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo }),
      keymap(baseKeymap),
      baguan(reviewer),
    ],
  });
  const view = new EditorView(place, { state, attributes: { "aria-label": "文稿", role: "textbox", "aria-multiline": "true" } });
  globalThis.view = view;
  return reviewOf(view);
}
