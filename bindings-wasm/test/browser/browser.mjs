// Chromium, the demo in it, and what tests of every editor ask of a page.

import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "../../serve.mjs";

const FOLDER = fileURLToPath(new URL("../..", import.meta.url));
const ARTIFACTS = `${FOLDER}artifacts`;
const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** The demo in a browser: `page` opens it, `close` ends all. */
export async function openBrowser(folder = `${FOLDER}demo-dist`) {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium found: apt-get install chromium, or name one in CHROMIUM");
  mkdirSync(ARTIFACTS, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const { server, address } = await serve(folder);
  return {
    address,
    async page(path = "", { width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN", acceptDownloads: true });
      const page = await context.newPage();
      page.wrong = [];
      page.on("pageerror", (error) => page.wrong.push(String(error)));
      page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
      await page.goto(address + path);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

export const picture = (page, name, options) => page.screenshot({ path: `${ARTIFACTS}/${name}.png`, ...options });

/** Waits until the demo's report is on the text as it is now, and gives [rule, start, end, text] of each finding. */
export async function settled(page) {
  await page.waitForFunction(() => globalThis.live?.settled === true);
  return page.evaluate(() => live.report.findings.map(({ rule, start, end, text }) => [rule, start, end, text]));
}
