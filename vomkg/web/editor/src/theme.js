// Shape only: every colour is a property of style.css, which has light and dark, and
// the browser's own selection and caret are kept for forced colours.

import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": {
    backgroundColor: "var(--bg)",
    color: "var(--fg)",
    border: "1px solid var(--line)",
    borderRadius: "5px",
  },
  "&.cm-focused": { outline: "3px solid var(--mark)", outlineOffset: "2px" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    fontSize: "0.95rem",
    lineHeight: "1.5",
    maxHeight: "min(36rem, 70vh)",
    overflow: "auto",
  },
  ".cm-content": { caretColor: "var(--fg)", minWidth: "0", padding: "0.4rem 0" },
  ".cm-content, .cm-gutter": { minHeight: "7rem" },
  ".cm-gutters": {
    backgroundColor: "var(--box)",
    borderRight: "1px solid var(--rule)",
    color: "var(--muted)",
  },
  ".cm-gutter-lint": { width: "1rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.3rem 0.1rem" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy 2px var(--bad)",
    textUnderlineOffset: "0.2em",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--bad)" },
  ".cm-lint-marker-error": { content: "none", color: "var(--bad)" },
  ".cm-lint-marker-error:before": { content: "'!'", fontWeight: "700", display: "block", textAlign: "center", lineHeight: "1" },
  "&.cm-focused .cm-matchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--mark)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { outline: "1px dashed var(--bad)" },
  ".cm-tooltip": {
    backgroundColor: "var(--bg)",
    border: "1px solid var(--line)",
    borderRadius: "5px",
    color: "var(--fg)",
    maxWidth: "min(44rem, 92vw)",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    fontSize: "0.9rem",
    maxHeight: "16rem",
    maxWidth: "min(40rem, 88vw)",
    minWidth: "min(18rem, 80vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--button)",
    color: "var(--button-text)",
  },
  ".cm-completionDetail": {
    color: "var(--muted)",
    fontFamily: "var(--sans)",
    fontStyle: "normal",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": {
    color: "inherit",
  },
  ".cm-completionMatchedText": { fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": {
    fontFamily: "var(--sans)",
    fontSize: "0.9rem",
    maxWidth: "min(24rem, 88vw)",
    padding: "0.5rem 0.7rem",
  },
});
