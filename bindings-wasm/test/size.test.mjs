// What the package may weigh: a build that is heavier fails. The budgets are what was measured, with a little room; they
// only ever go down, save for rules and for speed. What they are to come to is in README.md.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const BUDGETS = {
  "dist/full/engine_bg.wasm": 1_520_000,
  "dist/slim/engine_bg.wasm": 810_000,
  "dist/full/engine.js": 5_000,
  "js/live.js": 1_900,
  "js/dom.js": 1_280,
  "js/codemirror.js": 1_400,
  "js/prosemirror.js": 1_620,
  "js/monaco.js": 1_430,
  "js/worker.js": 1_660,
  "js/panel.js": 3_000,
};

for (const [file, budget] of Object.entries(BUDGETS)) {
  test(`${file} weighs at most ${budget} bytes in gzip`, () => {
    const size = gzipSync(readFileSync(new URL(`../${file}`, import.meta.url)), { level: 9 }).length;
    assert.ok(size <= budget, `${file}: ${size} bytes in gzip, ${size - budget} over its budget`);
  });
}
