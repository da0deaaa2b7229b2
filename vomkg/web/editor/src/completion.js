// Suggestions made of the graph's own description: classes, properties and things with
// their names and definitions, variables of the query, and the words of SPARQL.

import { classesOf, declared, placeAt, tokens, variables } from "./sparql.js";
import { FUNCTIONS, KEYWORDS } from "./words.js";

// Names are matched by their label too: typing "review" finds vom:reportedBy's values.
const BEFORE = /(?:[?$][\p{L}\p{N}_]*|[\p{L}][\p{L}\p{N}_.\-]*(?::[\p{L}\p{N}_:%.\-]*)?|:[\p{L}\p{N}_:%.\-]*)$/u;
const GOING = /^(?:[?$][\p{L}\p{N}_]*|[\p{L}\p{N}_:%.\-]*)$/u;

/** A source of suggestions whose terms come from an address, fetched at the first need. */
export function completions(address) {
  let asked = null;
  const terms = () => (asked ??= load(address));

  return async (context) => {
    const word = context.matchBefore(BEFORE);
    if (!word && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    const text = context.state.doc.toString();
    if (isQuoted(text, context.pos)) return null;
    const typed = word ? word.text : "";
    if (/^[?$]/.test(typed)) return { from, options: ofVariables(text, typed), validFor: GOING };
    const known = await terms();
    if (context.aborted) return null;
    const options = [
      ...ofTerms(known, text, from),
      ...(typed.includes(":") ? [] : [...ofWords(), ...ofVariables(text, "")]),
    ];
    return { from, options, validFor: GOING };
  };
}

async function load(address) {
  const empty = { prefixes: {}, classes: [], properties: [], individuals: [] };
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : empty;
  } catch {
    // No suggestions then; the editor is whole without them.
    return empty;
  }
}

function isQuoted(text, offset) {
  return tokens(text).some(
    ({ kind, start, end, text: inner }) =>
      start < offset &&
      ((kind === "comment" && offset <= end) ||
        (kind === "string" && (offset < end || !/^(["'])[^]*\1$/.test(inner))) ||
        (kind === "iri" && offset < end)),
  );
}

function ofTerms(known, text, offset) {
  const place = placeAt(text, offset);
  const own = ownNames(known, declared(text));
  const options = [];
  const add = (terms, kind, boost) => {
    for (const term of terms) {
      const name = own(term);
      if (name) options.push(option(name, term, kind, boost(term)));
    }
  };
  if (place.role === "predicate") {
    const used = propertiesOf(known, classes(known, text, place.subject, own));
    add(used ? known.properties.filter((term) => used.has(term.name)) : known.properties, "property",
      (term) => (ours(term) ? 20 : 0) + rank(used?.get(term.name) ?? term.count));
    return options;
  }
  const wanted = place.role === "object" ? kindsWanted(known, place.predicate, own) : null;
  const isType = place.role === "object" && ["a", "rdf:type"].includes(place.predicate);
  add(known.classes, "class", (term) => (isType ? 60 : 0) + (ours(term) ? 10 : 0) + rank(term.count));
  if (isType) return options;
  add(known.individuals, "individual", (term) => (term.kinds.some((kind) => wanted?.has(kind)) ? 70 : 0));
  add(known.properties, "property", (term) => (ours(term) ? 5 : 0) - 20 + rank(term.count));
  return options;
}

/** How a term is written here: by its prefix, or whole where the prefix means another. */
function ownNames(known, there) {
  return (term) => {
    if (term.name.startsWith("<")) return term.name;
    const prefix = term.name.slice(0, term.name.indexOf(":"));
    const meant = there.get(prefix);
    return meant === undefined || meant === known.prefixes[prefix] ? term.name : `<${term.iri}>`;
  };
}

/** The classes that the query gives a subject, or that a named thing has. */
function classes(known, text, subject, own) {
  const thing = known.individuals.find((term) => own(term) === subject);
  return thing ? thing.kinds : classesOf(text, subject);
}

/** The properties that things of these classes have, with counts; null if unknown. */
function propertiesOf(known, names) {
  const found = new Map();
  for (const name of names) {
    const term = known.classes.find((item) => item.name === name);
    for (const [property, count] of Object.entries(term?.properties ?? {})) {
      found.set(property, Math.max(found.get(property) ?? 0, count));
    }
  }
  return found.size ? found : null;
}

function kindsWanted(known, predicate, own) {
  const property = known.properties.find((term) => own(term) === predicate);
  return property ? new Set(property.values) : null;
}

function option(name, term, kind, boost) {
  return {
    // What is typed is looked for in the label, so its words can be found too.
    label: term.label ? `${name} ${term.label}` : name,
    displayLabel: name,
    apply: name,
    detail: term.label && term.label !== name ? term.label : undefined,
    type: kind,
    boost: Math.min(Math.max(boost, -99), 99),
    info: () => infoOf(term, kind),
  };
}

/** The definition and the count, as text: nothing of the graph becomes markup. */
function infoOf(term, kind) {
  const box = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = term.label || term.name;
  box.append(head, ` (${kind})`);
  const lines = [term.definition];
  if (kind === "class") lines.push(`${term.count} in the graph`);
  if (kind === "property") lines.push(`in ${term.count} triples`);
  if (kind === "individual") lines.push(term.kinds.join(", "));
  if (term.values?.length) lines.push(`values: ${term.values.join(", ")}`);
  for (const line of lines.filter(Boolean)) {
    const part = document.createElement("p");
    part.textContent = line;
    box.append(part);
  }
  return box;
}

function ofVariables(text, typed) {
  const sign = typed.startsWith("$") ? "$" : "?";
  return variables(text)
    .filter((name) => name !== typed)
    .map((name) => ({ label: sign + name.slice(1), type: "variable", detail: "variable", boost: 30 }));
}

function ofWords() {
  return [
    ...KEYWORDS.map((label) => ({ label, type: "keyword", boost: -30 })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", detail: "function", apply: `${label}(`, boost: -40 })),
  ];
}

function ours(term) {
  return term.name.startsWith("vom:");
}

function rank(count) {
  return Math.round(Math.log2((count ?? 0) + 1));
}
