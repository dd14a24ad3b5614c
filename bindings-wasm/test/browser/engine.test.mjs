// The engine itself in Chromium: on the page, in one file and in a worker.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";

import { openBrowser } from "./browser.mjs";

const cases = JSON.parse(readFileSync(new URL("../../../tests/parity/cases.json", import.meta.url), "utf8"));

let browser, page;
before(async () => {
  browser = await openBrowser(fileURLToPath(new URL("../..", import.meta.url)));
  page = await browser.page("test/browser/blank.html");
});
after(() => browser?.close());

for (const entry of ["index", "inline"]) {
  test(`${entry}: every language answers alike`, async () => {
    const answers = await page.evaluate(
      async ([entry, cases]) => {
        const { Reviewer } = await import(`/js/${entry}.js`);
        const standard = new Reviewer();
        return cases.map(({ text, class: id, as_of: asOf }) => {
          const { verdict, findings } = standard.with({ class: id, asOf }).review(text);
          return { verdict, utf16: findings.map(({ rule, start, end, text }) => [rule, start, end, text]) };
        });
      },
      [entry, cases],
    );
    assert.deepEqual(answers, cases.map(({ verdict, utf16 }) => ({ verdict, utf16 })));
  });
}

test("worker: the same answers, and what is stale is given up", async () => {
  const answers = await page.evaluate(async () => {
    const { createWorkerReviewer } = await import("/js/worker.js");
    const outcome = (promise) => promise.then((report) => report.findings.map(({ text }) => text), (error) => error.name);
    const reviewer = await createWorkerReviewer({ class: "policy", asOf: "2026-11-23" });
    const first = reviewer.review("一愁莫展一");
    const stopped = new AbortController();
    const second = reviewer.review("一愁莫展二");
    const third = reviewer.review("会议一愁莫展。");
    const reports = await Promise.all([first, second, third].map(outcome));
    const fourth = outcome(reviewer.review("会议一愁莫展。", { signal: stopped.signal }));
    stopped.abort();
    const session = await reviewer.session("会议一愁莫展。");
    const { removed } = await session.edit(3, 4, "筹");
    const wrong = await createWorkerReviewer({ rules: "[[rule]]" }).catch(({ name, problems }) => [name, problems.length > 0]);
    const noClass = await reviewer.with({ class: "nuws" }).catch(({ name }) => name);
    const pending = outcome(reviewer.review("会议"));
    reviewer.terminate();
    return {
      reports,
      aborted: await fourth,
      removed: removed.map(({ start, text }) => [start, text]),
      wrong,
      noClass,
      terminated: await pending,
      facts: [reviewer.class, reviewer.classes[0].id, reviewer.titles.gates[3].title],
    };
  });
  assert.deepEqual(answers, {
    reports: ["AbortError", "AbortError", ["一愁莫展"]],
    aborted: "AbortError",
    removed: [[2, "一愁莫展"]],
    wrong: ["RulesetError", true],
    noClass: "UnknownClass",
    terminated: "AbortError",
    facts: ["policy", "news", "文字关"],
  });
  assert.deepEqual(page.wrong, []);
});
