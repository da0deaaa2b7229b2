// SPARQL 1.1 as codemirror-lang-sparql reads it, with colours for names, too. What its
// grammar does not know, such as SPARQL 1.2, stays plain and is not called a fault.

import { LanguageSupport } from "@codemirror/language";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";

const coloured = SparqlLanguage.configure({
  props: [
    styleTags({
      "Pname_ln Pname_ns": tags.propertyName,
      IriRef: tags.url,
      A_predicate: tags.keyword,
      "RDFLiteral/String": tags.string,
      "Integer Decimal Double": tags.number,
      "IntegerPositive DecimalPositive DoublePositive": tags.number,
      "IntegerNegative DecimalNegative DoubleNegative": tags.number,
      Langtag: tags.annotation,
    }),
  ],
});

export const language = new LanguageSupport(coloured, [
  coloured.data.of({ commentTokens: { line: "#" } }),
]);
