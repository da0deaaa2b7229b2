// What can be told of a SPARQL query without parsing it: its tokens, its prefixes, its
// variables, and the subject and predicate at a place. Wrong queries are read too, as
// most queries are while they are typed.

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\n\r]*)`,
    String.raw`(?<string>"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)|"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\\\n\r]|\\.)*'?)`,
    String.raw`(?<iri><[^<>"{}|^\u0060\\\u0000-\u0020]*>)`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]+)`,
    String.raw`(?<name>(?:[\p{L}](?:[\p{L}\p{N}_.\-]*[\p{L}\p{N}_\-])?|_)?:(?:[\p{L}\p{N}_:%\\\-](?:[\p{L}\p{N}_:%\\.\-]*[\p{L}\p{N}_:%\\\-])?)?)`,
    String.raw`(?<word>@?[\p{L}_][\p{L}\p{N}_\-]*)`,
    String.raw`(?<number>[0-9]*\.?[0-9]+(?:[eE][+\-]?[0-9]+)?)`,
    String.raw`(?<sign>\^\^|&&|\|\||[^\s])`,
  ].join("|"),
  "gu",
);
const TYPE = "rdf:type";

/** The tokens of a text: kind, text, start and end. */
export function tokens(text) {
  return [...text.matchAll(TOKEN)].map((match) => {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    return { kind, text: match[0], start: match.index, end: match.index + match[0].length };
  });
}

/** The prefixes that the text declares: name to namespace. */
export function declared(text) {
  const found = new Map();
  const read = tokens(text);
  read.forEach((token, at) => {
    const [name, iri] = [read[at + 1], read[at + 2]];
    if (isWord(token, "prefix") && name?.kind === "name" && iri?.kind === "iri") {
      found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
    }
  });
  return found;
}

/** The query with a PREFIX line for each known prefix that it uses and does not declare. */
export function withPrefixes(text, known) {
  const there = declared(text);
  const used = new Set(
    tokens(text)
      .filter((token) => token.kind === "name")
      .map((token) => token.text.split(":", 1)[0]),
  );
  const lines = [...used]
    .filter((name) => name in known && !there.has(name))
    .sort()
    .map((name) => `PREFIX ${name}: <${known[name]}>\n`);
  return lines.join("") + text;
}

/** The variables of a text with their signs, each once. */
export function variables(text) {
  const found = tokens(text).filter((token) => token.kind === "variable");
  return [...new Set(found.map((token) => token.text))];
}

/** What stands where: role, subject and predicate of the triple at an offset. */
export function placeAt(text, offset) {
  const read = tokens(text).filter((token) => token.kind !== "comment" && token.end <= offset);
  const triple = [];
  for (let at = read.length - 1, depth = 0; at >= 0; at -= 1) {
    const sign = read[at].text;
    if (depth === 0 && (sign === "{" || sign === "}" || sign === "." || sign === "[")) break;
    if (sign === "]" || sign === ")") depth += 1;
    else if (depth && (sign === "[" || sign === "(")) depth -= 1;
    else if (sign === "(") return { role: "expression" };
    else if (!depth) triple.unshift(read[at]);
    if (depth === 0 && isWord(read[at], "filter", "bind", "values")) return { role: "expression" };
  }
  return roleOf(triple);
}

/** The classes of a subject that the text names, as they are written there. */
export function classesOf(text, subject) {
  const found = new Set();
  for (const triple of triples(text)) {
    if (triple.subject === subject && (triple.predicate === "a" || triple.predicate === TYPE)) {
      found.add(triple.object);
    }
  }
  return [...found];
}

function roleOf(triple) {
  let rest = triple;
  const isClause = (token) => isWord(token, "where", "select", "optional", "union", "minus", "distinct");
  while (rest.length && isClause(rest[0])) rest = rest.slice(1);
  if (!rest.length) return { role: "subject" };
  const subject = rest[0].text;
  const after = rest.slice(1);
  const last = after.findLastIndex((token) => token.text === ";");
  const part = after.slice(last + 1);
  if (!part.length) return { role: "predicate", subject };
  const join = part.at(-1).text;
  if (part.length % 2 === 0 && ["/", "|"].includes(join)) return { role: "predicate", subject };
  if (["^", "!"].includes(join)) return { role: "predicate", subject };
  return { role: "object", subject, predicate: part[0].text };
}

function* triples(text) {
  let subject = null;
  let predicate = null;
  const stack = [];
  for (const token of tokens(text)) {
    if (token.kind === "comment") continue;
    if (token.text === "[") {
      stack.push([subject, predicate]);
      [subject, predicate] = [{}, null];
    } else if (token.text === "]") {
      [subject, predicate] = stack.pop() ?? [null, null];
    } else if (["{", "}", "."].includes(token.text) || isWord(token, "optional", "filter")) {
      [subject, predicate] = [null, null];
    } else if (token.text === ";") predicate = null;
    else if (token.text === ",") continue;
    else if (subject === null) subject = token.text;
    else if (predicate === null) predicate = token.text;
    else yield { subject, predicate, object: token.text };
  }
}

function isWord(token, ...words) {
  return token?.kind === "word" && words.includes(token.text.toLowerCase());
}
