// Findings in CodeMirror 6: diagnostics with tooltips and fixes, reviewed by change sets.

import { isolateHistory } from "@codemirror/commands";
import { setDiagnostics } from "@codemirror/lint";
import { EditorView, ViewPlugin } from "@codemirror/view";

import { Live } from "./live.js";

const SEVERITIES = { hint: "hint", warning: "warning", error: "error", fatal: "error" };

class Plugin {
  constructor(view, reviewer, options) {
    this.view = view;
    this.changes = null;
    this.live = new Live(reviewer, this, options);
    this.listeners = { compositionstart: () => this.live.hold(), compositionend: () => this.live.release() };
    for (const [event, listener] of Object.entries(this.listeners)) view.contentDOM.addEventListener(event, listener);
  }

  update(update) {
    if (!update.docChanged) return;
    this.changes = this.changes ? this.changes.compose(update.changes) : update.changes;
    this.live.changed();
  }

  destroy() {
    for (const [event, listener] of Object.entries(this.listeners)) {
      this.view.contentDOM.removeEventListener(event, listener);
    }
    this.view = null;
    this.live.destroy();
  }

  read() {
    return this.view.state.doc.toString();
  }

  edits() {
    const edits = [];
    this.changes?.iterChanges((fromA, toA, fromB, _toB, inserted) => {
      edits.push([fromB, fromB + toA - fromA, inserted.toString()]);
    });
    this.changes = null;
    return edits;
  }

  paint(report) {
    if (!this.view) return;
    this.view.dispatch(setDiagnostics(this.view.state, report ? report.findings.map((f) => this.diagnostic(f)) : []));
  }

  reveal(finding) {
    const selection = { anchor: finding.start, head: finding.end };
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(finding.start, { y: "center" }) });
    this.view.focus();
  }

  apply(edits) {
    const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
    mend(this.view, changes);
  }

  diagnostic(finding) {
    return {
      from: finding.start,
      to: finding.end,
      severity: SEVERITIES[finding.severity],
      source: finding.rule,
      message: `${finding.message}\n${finding.why}；${finding.source}`,
      markClass: `baguan-${finding.severity}`,
      // The place may have moved with edits since; the fix moves with it.
      actions: finding.fixes.map((fix) => ({
        name: fix.edits.map((edit) => edit.text || "删除").join("…"),
        apply: (view, from) => {
          const changes = fix.edits.map(({ start, end, text }) => {
            const moved = from - finding.start;
            return { from: start + moved, to: end + moved, insert: text };
          });
          mend(view, changes);
        },
      })),
    };
  }
}

/** Carries out a fix as a step of its own, which undo takes back alone. */
function mend(view, changes) {
  view.dispatch({ changes, userEvent: "input.fix", annotations: isolateHistory.of("full") });
}

const plugins = new WeakMap();

/** The extension that reviews an editor. */
export function baguan(reviewer, options) {
  return ViewPlugin.define((view) => {
    const plugin = new Plugin(view, reviewer, options);
    plugins.set(view, plugin);
    return plugin;
  });
}

/** The live review of an editor that has the extension. */
export function reviewOf(view) {
  return plugins.get(view)?.live;
}
