// <baguan-panel>: what a review found, gate by gate, beside any editor.

import { STYLE } from "./panel-style.js";
import { reportText } from "./report-text.js";

const SEVERITY_ORDER = ["fatal", "error", "warning", "hint"];

/** An element with attributes and children. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export class BaguanPanel extends HTMLElement {
  #live = null;
  #leave = null;
  #titles = null;
  #report = null;
  #text = null;
  #body = make("div", { class: "body" });
  #status = make("p", { class: "status", role: "status" });
  /** The fingerprint of the finding whose reason is being asked. */
  #asking = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#body, this.#status);
  }

  connectedCallback() {
    if (!this.hasAttribute("role")) this.setAttribute("role", "region");
    if (!this.hasAttribute("aria-label")) this.setAttribute("aria-label", "审校结果");
  }

  disconnectedCallback() {
    this.watch(null);
  }

  /** Shows the findings of a live review; null for none. */
  watch(live) {
    this.#leave?.();
    this.#live = live;
    this.#report = null;
    this.#body.replaceChildren();
    this.#leave = live?.subscribe((report, text) => {
      this.#titles = live.reviewer.titles;
      this.#report = report;
      this.#text = text;
      this.#render();
    });
  }

  /** The report as plain text. */
  get reportText() {
    return this.#report ? reportText(this.#report, this.#titles) : "";
  }

  #title(list, name) {
    return this.#titles[list].find((title) => title.name === name).title;
  }

  #render() {
    const { findings, verdict, coverage } = this.#report;
    const unlisted = coverage.unlisted.findings;
    const count = findings.length + unlisted;
    const kept = this.#keepFocus();
    this.#body.replaceChildren(
      make(
        "header",
        {},
        make("span", { class: `verdict ${verdict}` }, this.#title("verdicts", verdict)),
        make("span", { class: "count" }, count ? `共 ${count} 处${unlisted ? `，${unlisted} 处未列出` : ""}` : "未发现问题"),
        make("button", { type: "button", "data-key": "copy", click: () => this.#copy() }, "复制报告"),
      ),
      this.#lights(),
      ...this.#titles.gates.map((gate) => this.#gate(gate)).filter(Boolean),
      ...this.#accepted(),
    );
    kept();
  }

  /** Gives the focus back, after the list is made anew, to what had it. */
  #keepFocus() {
    const key = this.shadowRoot.activeElement?.dataset.key;
    const value = this.shadowRoot.activeElement?.value;
    return () => {
      if (!key) return;
      const next = [...this.shadowRoot.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
      if (next && next.nodeName === "INPUT") next.value = value;
      next?.focus();
    };
  }

  #lights() {
    const light = ({ name, title }) => {
      const { verdict } = this.#report.gates[name];
      const said = this.#title("verdicts", verdict);
      return make("li", { class: verdict }, make("span", { class: "lamp", "aria-hidden": "true" }), title, make("b", {}, said));
    };
    return make("ul", { class: "lights", "aria-label": "四关结论" }, ...this.#titles.gates.map(light));
  }

  #gate({ name, title }) {
    const findings = this.#report.findings.filter((finding) => finding.gate === name);
    if (findings.length === 0) return undefined;
    findings.sort((one, other) => SEVERITY_ORDER.indexOf(one.severity) - SEVERITY_ORDER.indexOf(other.severity));
    return make(
      "section",
      { "aria-label": title },
      make("h2", {}, title, make("span", {}, String(findings.length))),
      make("ol", {}, ...findings.map((finding) => this.#finding(finding))),
    );
  }

  #finding(finding) {
    const key = finding.fingerprint;
    return make(
      "li",
      { class: finding.severity },
      make(
        "button",
        { type: "button", class: "place", "data-key": `go ${key}`, click: () => this.#live.reveal(finding) },
        make("i", {}, this.#title("severities", finding.severity)),
        make("span", {}, finding.message),
      ),
      make("p", { class: "why" }, `第 ${finding.line} 行　${finding.why}；${finding.source}`),
      make(
        "div",
        { class: "acts" },
        ...finding.fixes.map((fix, n) => this.#fix(fix, `fix${n} ${key}`)),
        make(
          "button",
          { type: "button", "data-key": `ask ${key}`, "aria-expanded": String(this.#asking === key), click: () => this.#ask(key) },
          "忽略",
        ),
      ),
      this.#asking === key ? this.#reason(finding) : undefined,
    );
  }

  #fix(fix, key) {
    const words = fix.edits.map((edit) => edit.text || "删除").join("…");
    const apply = () => {
      this.#say(this.#live.apply(fix) ? `已改为“${words}”` : "文稿已变动，请稍候再改");
    };
    return make("button", { type: "button", class: "fix", "data-key": key, click: apply }, `改为　${words}`);
  }

  #ask(key) {
    this.#asking = this.#asking === key ? null : key;
    this.#render();
    if (this.#asking) this.shadowRoot.querySelector("form input").focus();
  }

  #reason(finding) {
    const input = make("input", {
      name: "reason", required: "", placeholder: "写明缘由，如：引文如此", "aria-label": "忽略的缘由",
      "data-key": `why ${finding.fingerprint}`, autocomplete: "off",
    });
    const submit = (event) => {
      event.preventDefault();
      const reason = input.value.trim();
      if (!reason) return;
      this.#asking = null;
      this.#live.accept(finding.fingerprint, reason);
      this.#tell("baguan-ignore", { finding, reason });
      this.#say("已忽略");
    };
    return make("form", { submit }, input, make("button", { type: "submit" }, "确定"));
  }

  /** What a person let stand, to be taken back. */
  #accepted() {
    const accepted = this.#report.suppressed.filter(({ reason }) => reason.by === "accepted");
    if (accepted.length === 0) return [];
    const item = (finding) => {
      const restore = () => {
        this.#live.accept(finding.fingerprint, undefined);
        this.#tell("baguan-restore", { finding });
        this.#say("已恢复");
      };
      const key = `restore ${finding.fingerprint}`;
      return make(
        "li",
        {},
        make("span", {}, `${finding.message}（${finding.reason.reason}）`),
        make("button", { type: "button", "data-key": key, click: restore }, "恢复"),
      );
    };
    return [
      make("details", { class: "accepted" }, make("summary", {}, `已忽略 ${accepted.length} 处`), make("ul", {}, ...accepted.map(item))),
    ];
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.reportText);
      this.#say("报告已复制");
    } catch {
      this.#say("浏览器不允许复制");
    }
  }

  #say(words) {
    this.#status.textContent = words;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get("baguan-panel")) customElements.define("baguan-panel", BaguanPanel);
