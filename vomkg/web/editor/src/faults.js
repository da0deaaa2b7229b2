// What the server found wrong with a query, marked where it stands. Nothing is judged
// here: the server takes more than this editor's grammar knows.

import { lintGutter, setDiagnostics, setDiagnosticsEffect } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";

export const faults = [
  lintGutter(),
  // The mark of a fault goes with the first change after it.
  EditorState.transactionExtender.of(({ docChanged }) =>
    docChanged ? { effects: setDiagnosticsEffect.of([]) } : null,
  ),
];

/** Mark the fault that the page tells of, or unmark an old one. */
export function showFault(view) {
  const note = document.getElementById("fault");
  const isFault = note !== null;
  view.contentDOM.setAttribute("aria-invalid", String(isFault));
  view.contentDOM.setAttribute(
    "aria-describedby",
    ["query-hint", "editor-keys", ...(isFault ? ["fault"] : [])].join(" "),
  );
  const spot = document.querySelector("[data-line]");
  const line = Number(spot?.dataset.line);
  const diagnostics = [];
  if (isFault && line >= 1 && line <= view.state.doc.lines) {
    const { from, to, text } = view.state.doc.line(line);
    // Columns are counted in characters, places in UTF-16 units.
    const before = [...text].slice(0, Math.max(Number(spot.dataset.column || 1) - 1, 0)).join("");
    const start = Math.min(from + before.length, to);
    const word = /^[^\s]+/u.exec(text.slice(start - from));
    const end = word ? start + word[0].length : start;
    const message = [...note.querySelectorAll("p")].map((part) => part.textContent.trim()).join(" ");
    diagnostics.push({ from: start, to: end, severity: "error", message });
  }
  view.dispatch(setDiagnostics(view.state, diagnostics));
}
