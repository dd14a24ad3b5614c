// The engine for browsers and bundlers, without the rules that need the lexicon; ready when the import is.

import load, { Reviewer, Session, verify } from "../dist/slim/engine.js";

await load({ module_or_path: new URL("../dist/slim/engine_bg.wasm", import.meta.url) });

export { Reviewer, Session, verify };
