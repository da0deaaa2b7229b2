// Style sheets without a <style> element, which the page's policy forbids. CodeMirror
// would make one for a document; what is constructed and adopted needs no exception.

import { StyleModule } from "style-mod";

const sheet = new CSSStyleSheet();

// There is one editor on a page, and each call names all its modules in their order.
StyleModule.mount = (root, modules) => {
  sheet.replaceSync([modules].flat().map((module) => module.getRules()).join("\n"));
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
};
