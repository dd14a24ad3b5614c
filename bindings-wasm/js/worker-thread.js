// The other side of worker.js: the engine, and the objects the page has handles of.

import load, { Reviewer } from "../dist/full/engine.js";

const ready = load({ module_or_path: new URL("../dist/full/engine_bg.wasm", import.meta.url) });
const objects = new Map();

/** Does what a message asks for and answers it. */
async function answer({ id, target, method, args, makes }) {
  try {
    await ready;
    const value = method === "new" ? new Reviewer(...args) : objects.get(target)[method](...args);
    if (makes === undefined) {
      postMessage({ id, value });
      return;
    }
    objects.set(makes, value);
    const { classes, titles, class: own } = value;
    postMessage({ id, value: { classes, titles, class: own } });
  } catch (error) {
    const { name, message, problems } = error;
    postMessage({ id, error: { name, message, problems } });
  }
}

addEventListener("message", ({ data }) => {
  if (data.method === "free") {
    objects.get(data.target)?.free();
    objects.delete(data.target);
  } else {
    answer(data);
  }
});
