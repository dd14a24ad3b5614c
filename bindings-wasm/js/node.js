// The engine for Node, with all standard rules.

import { readFileSync } from "node:fs";

import { initSync, Reviewer, Session, verify } from "../dist/full/engine.js";

initSync({ module: readFileSync(new URL("../dist/full/engine_bg.wasm", import.meta.url)) });

export { Reviewer, Session, verify };
