// The ProseMirror plugin as an extension of TipTap.

import { Extension } from "@tiptap/core";

import { baguan, reviewOf } from "./prosemirror.js";

/** `Baguan.configure({ reviewer })`; further options are those of the live review. */
export const Baguan = Extension.create({
  name: "baguan",

  addOptions() {
    return { reviewer: null, live: {} };
  },

  addProseMirrorPlugins() {
    return [baguan(this.options.reviewer, this.options.live)];
  },
});

export { reviewOf };
