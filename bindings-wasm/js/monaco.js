// Findings in Monaco: markers, and fixes as code actions.

import { Live } from "./live.js";

const OWNER = "baguan";

/** The live review of a Monaco editor; `monaco` is the name space the page uses. */
export function reviewMonaco(monaco, editor, reviewer, options) {
  const host = new Host(monaco, editor);
  const live = new Live(reviewer, host, options);
  const disposables = [
    editor.onDidChangeModelContent(() => live.changed()),
    editor.onDidCompositionStart(() => live.hold()),
    editor.onDidCompositionEnd(() => live.release()),
    monaco.languages.registerCodeActionProvider("*", {
      provideCodeActions: (model, range) => ({
        actions: model === editor.getModel() ? host.actions(range) : [],
        dispose() {},
      }),
    }),
  ];
  const destroy = live.destroy.bind(live);
  live.destroy = () => {
    for (const disposable of disposables) disposable.dispose();
    destroy();
  };
  return live;
}

class Host {
  #monaco;
  #editor;
  #findings = [];
  #severities;
  /** The version of the model that the findings are of. */
  #version = 0;

  constructor(monaco, editor) {
    const { Hint, Info, Warning, Error } = monaco.MarkerSeverity;
    this.#monaco = monaco;
    this.#editor = editor;
    this.#severities = { hint: Info ?? Hint, warning: Warning, error: Error, fatal: Error };
  }

  read() {
    return this.#editor.getModel().getValue();
  }

  paint(report) {
    const model = this.#editor.getModel();
    if (!model) return;
    this.#findings = report ? report.findings : [];
    this.#version = model.getVersionId();
    const markers = this.#findings.map((finding) => this.#marker(finding));
    this.#monaco.editor.setModelMarkers(model, OWNER, markers);
  }

  reveal(finding) {
    const range = this.#range(finding.start, finding.end);
    this.#editor.setSelection(range);
    this.#editor.revealRangeInCenterIfOutsideViewport(range);
    this.#editor.focus();
  }

  apply(edits) {
    this.#editor.pushUndoStop();
    this.#editor.executeEdits(OWNER, this.#operations(edits));
    this.#editor.pushUndoStop();
  }

  /** What can be done about the findings that `range` touches. */
  actions(range) {
    const model = this.#editor.getModel();
    const versionId = model.getVersionId();
    if (versionId !== this.#version) return [];
    const touched = this.#findings.filter((finding) =>
      this.#monaco.Range.areIntersectingOrTouching(this.#range(finding.start, finding.end), range),
    );
    return touched.flatMap((finding) =>
      finding.fixes.map((fix, n) => ({
        title: `改为 ${fix.edits.map((edit) => edit.text || "删除").join("…")}`,
        kind: "quickfix",
        diagnostics: [this.#marker(finding)],
        isPreferred: n === 0,
        edit: {
          edits: this.#operations(fix.edits).map((textEdit) => ({ resource: model.uri, versionId, textEdit })),
        },
      })),
    );
  }

  #operations(edits) {
    return edits.map(({ start, end, text }) => ({ range: this.#range(start, end), text }));
  }

  #marker({ start, end, severity, rule, message, why, source }) {
    const { startLineNumber, startColumn, endLineNumber, endColumn } = this.#range(start, end);
    return {
      startLineNumber, startColumn, endLineNumber, endColumn,
      severity: this.#severities[severity],
      message: `${message}\n${why}；${source}`,
      source: rule,
    };
  }

  #range(start, end) {
    const model = this.#editor.getModel();
    return this.#monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  }
}
