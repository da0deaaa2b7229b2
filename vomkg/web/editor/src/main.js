// Makes an editor of the query field. The field stays in the form, holds the same text
// at every moment, and is shown again if anything here fails.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

import "./sheet.js";
import { completions } from "./completion.js";
import { faults, showFault } from "./faults.js";
import { language } from "./language.js";
import { theme } from "./theme.js";

const NARROW = window.matchMedia("(max-width: 60rem)");

/** The place of a definition on a small screen: below the list, not upon it. */
function below(view, list, option, info, space) {
  const height = Math.round(list.bottom - list.top);
  return { style: `top: ${height}px; left: 0; max-width: ${Math.round(space.right - list.left)}px` };
}

function upgrade(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  label.id ||= `${field.id}-label`;
  const box = document.createElement("div");
  box.className = "editor";

  const follow = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    field.value = update.state.doc.toString();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const run = () => {
    field.form.requestSubmit();
    return true;
  };
  // Browsers keep the look of a selection that is typed over by an inline style, which
  // the page's policy forbids; so such typing is done here.
  const replace = EditorView.domEventHandlers({
    beforeinput(event, view) {
      const { state, composing } = view;
      const isPlain = event.inputType === "insertText" && event.data !== null;
      if (!isPlain || composing || state.selection.main.empty) return false;
      event.preventDefault();
      view.dispatch(state.update(state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true }));
      return true;
    },
  });
  const view = new EditorView({
    parent: box,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
        lineNumbers(),
        history(),
        bracketMatching(),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        EditorView.lineWrapping,
        language,
        syntaxHighlighting(classHighlighter),
        autocompletion({
          override: [completions(field.dataset.terms)],
          icons: false,
          ...(NARROW.matches ? { positionInfo: below } : {}),
        }),
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          "aria-labelledby": label.id,
          "aria-describedby": field.getAttribute("aria-describedby"),
          spellcheck: "false",
        }),
        faults,
        theme,
        replace,
        follow,
      ],
    }),
  });

  // From here on nothing may fail: the field goes and the editor comes.
  field.after(box);
  field.hidden = true;
  field.required = false;
  document.getElementById("editor-keys").hidden = false;
  label.addEventListener("click", () => view.focus());
  document.addEventListener("vomkg:text", () => setText(view, field.value));
  document.addEventListener("vomkg:answered", () => showFault(view));
  // A page that comes back from the history of the browser has the field's old text.
  window.addEventListener("pageshow", () => setText(view, field.value));
  showFault(view);
}

/** Put a text into the editor as one step that can be undone. */
function setText(view, text) {
  const old = view.state.doc.toString();
  if (text === old) return;
  view.dispatch({
    changes: { from: 0, to: old.length, insert: text },
    selection: { anchor: 0 },
    userEvent: "input.replace",
  });
}

const field = document.getElementById("query-text");
if (field) upgrade(field);
