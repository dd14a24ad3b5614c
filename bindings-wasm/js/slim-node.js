// The engine for Node, without the rules that need the lexicon.

import { readFileSync } from "node:fs";

import { initSync, Reviewer, Session, verify } from "../dist/slim/engine.js";

initSync({ module: readFileSync(new URL("../dist/slim/engine_bg.wasm", import.meta.url)) });

export { Reviewer, Session, verify };
