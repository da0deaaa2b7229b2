"""One graph as Turtle text, every choice of layout made by what the graph says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib.namespace import OWL, RDF, XSD

from vomkg.errors import LimitError
from vomkg.graph.prefixes import shorten
from vomkg.graph.terms import relabelled
from vomkg.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

_INDENT: Final = "    "
_WIDTH: Final = 60
# Literals that Turtle lets stand without quotes (Turtle §2.5.2, §2.5.3).
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_ESCAPES: Final = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


class TurtleWriter:
    """One pass over one graph; remembers which prefixes it used."""

    def __init__(
        self,
        graph: rdflib.Graph,
        prefixes: Mapping[str, str],
        *,
        most: int = ReadingSettings.nesting_limit,
    ) -> None:
        self.most = most
        self.prefixes = prefixes
        self.used: set[str] = set()
        self.graph = graph
        self.nested = _nested(graph)
        self.names: dict[Node, str] = {}
        shared = {node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)}
        if shared - self.nested:
            self.graph = relabelled(graph)
            self.nested = _nested(self.graph)
            rest = {
                node
                for node in self.graph.all_nodes()
                if isinstance(node, rdflib.BNode) and node not in self.nested
            }
            self.names = {
                node: f"_:b{number}" for number, node in enumerate(sorted(rest), 1)
            }

    def subjects(self) -> str:
        """All statements: the ontology first, IRIs by name, blank nodes last."""
        blocks = []
        for subject in set(self.graph.subjects()) - self.nested:
            name = self.term(subject)
            is_ontology = (subject, RDF.type, OWL.Ontology) in self.graph
            rank = 0 if is_ontology else 2 if isinstance(subject, rdflib.BNode) else 1
            statement = f"{name} {self.properties(subject, 1)} .\n"
            blocks.append((rank, name, statement))
        roots = [node for node in self.nested if self._is_root(node)]
        anonymous = sorted(f"[] {self.properties(node, 1)} .\n" for node in roots)
        return "\n".join([*(block for _, _, block in sorted(blocks)), *anonymous])

    def properties(self, subject: Node, depth: int) -> str:
        """The subject's predicates and values, types first, then by name."""
        parts = []
        for predicate in set(self.graph.predicates(subject)):
            values = list(self.graph.objects(subject, predicate))
            inner = depth if len(values) == 1 else depth + 1
            texts = sorted(self.value(value, inner) for value in values)
            gap = ",\n" + _INDENT * (depth + 1)
            is_type = predicate == RDF.type
            name = "a" if is_type else self.term(predicate)
            parts.append((not is_type, name, f"{name} {gap.join(texts)}"))
        return (" ;\n" + _INDENT * depth).join(text for _, _, text in sorted(parts))

    def value(self, node: Node, depth: int) -> str:
        """An object: a term, or a nested blank node or list written out.

        Raises:
            LimitError: it lies deeper in brackets than may be written.
        """
        if node not in self.nested:
            return self.term(node)
        if depth > self.most:
            raise LimitError(
                f"brackets nest deeper than {self.most} levels",
                fix="give a node within an IRI of its own, or raise nesting_limit",
            )
        if (items := self._items(node)) is not None:
            return self.collection(items, depth)
        if (node, None, None) not in self.graph:
            return "[]"
        inner = self.properties(node, depth + 1)
        indent = _INDENT * (depth + 1)
        return f"[\n{indent}{inner}\n{_INDENT * depth}]"

    def collection(self, items: list[Node], depth: int) -> str:
        """A list in round brackets, on one line if it is short."""
        texts = [self.value(item, depth + 1) for item in items]
        line = f"( {' '.join(texts)} )"
        if len(line) <= _WIDTH and "\n" not in line:
            return line
        gap = "\n" + _INDENT * (depth + 1)
        return f"({gap}{gap.join(texts)}\n{_INDENT * depth})"

    def term(self, node: Node) -> str:
        """An IRI, a literal or the name of a shared blank node."""
        if isinstance(node, rdflib.Literal):
            return self.literal(node)
        if isinstance(node, rdflib.BNode):
            return self.names[node]
        return self.iri(str(node))

    def iri(self, iri: str) -> str:
        """The IRI as a prefixed name where a prefix fits."""
        if iri == str(RDF.nil):
            return "()"
        name = shorten(iri, self.prefixes)
        if name == iri:
            return f"<{iri}>"
        self.used.add(name.partition(":")[0])
        return name

    def literal(self, node: rdflib.Literal) -> str:
        """The literal with the very text it was written with."""
        text = str(node)
        if node.language:
            return f"{_quoted(text)}@{node.language}"
        if node.datatype in (None, XSD.string):
            return _quoted(text)
        bare = _BARE.get(node.datatype)
        if bare and bare.fullmatch(text):
            return text
        return f"{_quoted(text)}^^{self.iri(str(node.datatype))}"

    def _is_root(self, node: Node) -> bool:
        return (None, None, node) not in self.graph

    def _items(self, node: Node) -> list[Node] | None:
        """The members, if the node is the head of a list of unshared cells."""
        items: list[Node] = []
        while node != RDF.nil:
            pairs = list(self.graph.predicate_objects(node))
            found = dict(pairs)
            if len(pairs) != 2 or set(found) != {RDF.first, RDF.rest}:
                return None
            items.append(found[RDF.first])
            node = found[RDF.rest]
            if node != RDF.nil and node not in self.nested:
                return None
        return items


def _nested(graph: rdflib.Graph) -> set[Node]:
    """Blank nodes that can be written in place: used at most once, in no cycle."""
    uses: dict[Node, list[Node]] = {}
    for subject, _, value in graph:
        if isinstance(subject, rdflib.BNode):
            uses.setdefault(subject, [])
        if isinstance(value, rdflib.BNode):
            uses.setdefault(value, []).append(subject)
    single = {node for node, users in uses.items() if len(users) <= 1}
    return single - _circling(uses, single)


def _circling(uses: dict[Node, list[Node]], single: set[Node]) -> set[Node]:
    """The nodes on a cycle or below one, in time linear in the nodes."""
    found: set[Node] = set()
    judged: set[Node] = set()
    for start in single:
        way: dict[Node, None] = {}
        node = start
        while node in single and uses[node] and node not in judged and node not in way:
            way[node] = None
            node = uses[node][0]
        if node in way or node in found:
            found.update(way)
        judged.update(way)
    return found


def _quoted(text: str) -> str:
    r"""The text in double quotes; only what Turtle forbids bare is escaped."""
    escaped = "".join(
        _ESCAPES.get(char, char if char >= " " else f"\\u{ord(char):04X}")
        for char in text
    )
    return f'"{escaped}"'
