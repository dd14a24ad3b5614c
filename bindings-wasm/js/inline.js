// The engine within one JavaScript file, for pages and bundlers that cannot serve a .wasm file beside it.

import load, { Reviewer, Session, verify } from "../dist/full/engine.js";
import packed from "../dist/full/inline.js";

const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
await load({ module_or_path: await new Response(stream).arrayBuffer() });

export { Reviewer, Session, verify };
