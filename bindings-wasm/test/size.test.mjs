// What the package may weigh: a build that is heavier fails. The budgets are what was measured, with a little room; they
// only ever go down, save for rules and for speed. What they are to come to is in README.md.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const BUDGETS = {
  "dist/full/engine_bg.wasm": 1_830_000,
  "dist/slim/engine_bg.wasm": 1_185_000,
  "dist/full/engine.js": 6_000,
  "js/live.js": 2_000,
  "js/dom.js": 1_500,
  "js/codemirror.js": 1_500,
  "js/prosemirror.js": 2_000,
  "js/monaco.js": 1_800,
  "js/worker.js": 1_800,
  "js/panel.js": 3_500,
};

for (const [file, budget] of Object.entries(BUDGETS)) {
  test(`${file} weighs at most ${budget} bytes in gzip`, () => {
    const size = gzipSync(readFileSync(new URL(`../${file}`, import.meta.url)), { level: 9 }).length;
    assert.ok(size <= budget, `${file}: ${size} bytes in gzip, ${size - budget} over its budget`);
  });
}
