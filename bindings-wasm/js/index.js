// The engine for browsers and bundlers, with all standard rules; ready when the import is.

import load, { Reviewer, Session, verify } from "../dist/full/engine.js";

await load({ module_or_path: new URL("../dist/full/engine_bg.wasm", import.meta.url) });

export { Reviewer, Session, verify };
