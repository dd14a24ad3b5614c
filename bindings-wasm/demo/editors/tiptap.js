import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { Baguan, reviewOf } from "baguan/tiptap";

export function mount(place, draft, reviewer) {
  const content = draft.split("\n").map((line) => ({ type: "paragraph", content: [{ type: "text", text: line }] }));
  const editor = new Editor({
    element: place,
    extensions: [StarterKit, Baguan.configure({ reviewer })],
    content: { type: "doc", content },
    editorProps: { attributes: { "aria-label": "文稿", role: "textbox", "aria-multiline": "true" } },
  });
  globalThis.view = editor.view;
  return reviewOf(editor.view);
}
