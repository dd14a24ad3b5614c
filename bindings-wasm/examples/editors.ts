// Every adapter, each with the panel.

import { EditorView } from "@codemirror/view";
import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import * as monaco from "monaco-editor";
import { EditorState } from "prosemirror-state";
import { EditorView as ProseView } from "prosemirror-view";
import { schema } from "prosemirror-schema-basic";

import { createWorkerReviewer } from "baguan/worker";
import { baguan, reviewOf } from "baguan/codemirror";
import { reviewElement } from "baguan/dom";
import type { Live } from "baguan/live";
import { reviewMonaco } from "baguan/monaco";
import "baguan/panel";
import * as prose from "baguan/prosemirror";
import { Baguan } from "baguan/tiptap";

export async function start(place: HTMLElement): Promise<void> {
  const reviewer = await createWorkerReviewer({ class: "news" });
  const panel = document.createElement("baguan-panel");
  const shown = (live: Live | undefined): void => panel.watch(live ?? null);

  shown(reviewElement(place, reviewer, { delay: 150 }));
  shown(reviewOf(new EditorView({ parent: place, extensions: [baguan(reviewer)] })));
  const state = EditorState.create({ schema, plugins: [prose.baguan(reviewer)] });
  shown(prose.reviewOf(new ProseView(place, { state })));
  const editor = new Editor({ element: place, extensions: [StarterKit, Baguan.configure({ reviewer })] });
  shown(prose.reviewOf(editor.view));
  shown(reviewMonaco(monaco, monaco.editor.create(place), reviewer));

  panel.addEventListener("baguan-ignore", (event) => console.log((event as CustomEvent).detail.reason));
}
