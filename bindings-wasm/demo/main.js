// The page: an editor of the reader's choice, the terms of review, the panel, house rules and exports.

import { Reviewer } from "baguan";
import "baguan/panel";

import { DRAFT, HOUSE } from "./draft.js";
import { reportPage } from "./report-page.js";

const EDITORS = {
  dom: ["网页编辑框", () => import("./editors/dom.js")],
  textarea: ["纯文本框", () => import("./editors/textarea.js")],
  codemirror: ["CodeMirror", () => import("./editors/codemirror.js")],
  prosemirror: ["ProseMirror", () => import("./editors/prosemirror.js")],
  tiptap: ["TipTap", () => import("./editors/tiptap.js")],
  monaco: ["Monaco", () => import("./editors/monaco.js")],
};

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const chosen = Object.hasOwn(EDITORS, query.get("editor") ?? "") ? query.get("editor") : "dom";

for (const [name, [title]] of Object.entries(EDITORS)) {
  const link = Object.assign(document.createElement("a"), { href: `?editor=${name}`, textContent: title });
  if (name === chosen) link.setAttribute("aria-current", "page");
  const item = document.createElement("li");
  item.append(link);
  $("editors").append(item);
}

const options = JSON.parse(localStorage.getItem("baguan") ?? "{}");
const asOf = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const terms = { class: options.class ?? "policy", asOf: query.get("asOf") ?? asOf };
$("rules").value = options.rules ?? "";

/** The compiled rules, before class and day. */
let rules = compiled($("rules").value) ?? new Reviewer({});
for (const { id, title } of rules.classes) $("class").append(new Option(title, id));
$("class").value = terms.class;
$("as-of").value = terms.asOf;

const { mount } = await EDITORS[chosen][1]();
const live = await mount($("draft"), DRAFT, rules.with(terms));
$("loading").remove();
$("panel").watch(live);
live.subscribe((report) => {
  $("signers").textContent = report.levels.length ? `须经${report.levels.join("、")}签字` : "";
  const { name, version } = report.ruleset;
  $("basis").textContent =
    `规则 ${name} ${version ?? ""}，用 ${report.coverage.rules} 条；以 ${report.as_of} 为准；引擎 ${report.engine}`;
});
globalThis.live = live;

function keep() {
  localStorage.setItem("baguan", JSON.stringify({ class: terms.class, rules: $("rules").value }));
}

$("class").addEventListener("change", () => {
  terms.class = $("class").value;
  live.use(rules.with(terms));
  keep();
});

$("as-of").addEventListener("change", () => {
  if (!$("as-of").value) return;
  terms.asOf = $("as-of").value;
  live.use(rules.with(terms));
});

/** The reviewer under house rules, or undefined where they are wrong, every problem then shown at its line. */
function compiled(text) {
  $("rules-problems").replaceChildren();
  try {
    return new Reviewer(text.trim() ? { rules: text } : {});
  } catch (error) {
    if (error.name !== "RulesetError") throw error;
    for (const { line, column, message } of error.problems) {
      const go = document.createElement("button");
      go.type = "button";
      go.textContent = `第 ${line} 行第 ${column} 列：${message}`;
      go.addEventListener("click", () => selectLine($("rules"), line));
      const item = document.createElement("li");
      item.append(go);
      $("rules-problems").append(item);
    }
    return undefined;
  }
}

function selectLine(field, line) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + lines[line - 1].length);
}

$("house").addEventListener("submit", (event) => {
  event.preventDefault();
  const own = compiled($("rules").value);
  $("rules-state").textContent = own ? "已采用" : "";
  if (!own) return;
  rules = own;
  live.use(rules.with(terms));
  keep();
});

$("sample").addEventListener("click", () => {
  $("rules").value = HOUSE;
});

function save(name, type, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The reviewer as the panel sees it, with what was let stand. */
const current = () => rules.with({ ...terms, accepted: live.accepted });

$("save-html").addEventListener("click", () => {
  const text = live.text;
  save("审校报告.html", "text/html", reportPage(current().review(text), text, rules.titles));
});
$("save-json").addEventListener("click", () => {
  save("审校报告.json", "application/json", JSON.stringify(current().review(live.text), null, 2));
});
$("save-receipt").addEventListener("click", () => {
  save("审核凭证.json", "application/json", current().receipt(live.text));
});
