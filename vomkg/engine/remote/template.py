"""The template of CONSTRUCT, filled in here with solutions from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from vomkg.engine.remote.outline import Outline
    from vomkg.engine.remote.rows import Table
    from vomkg.engine.results import Term

# A blank node cannot stand in VALUES, so it goes in and out under a name.
_BLANK: Final = "urn:x-vomkg-blank:"
_AT_ONCE: Final = 1_000


def made(parts: Outline, table: Table) -> list[pyoxigraph.Triple]:
    """The triples that the template makes of the solutions, each once.

    Numbers come in the form that the engine here gives them.
    """
    names = " ".join(f"?{name}" for name in table.columns)
    found: dict[pyoxigraph.Triple, None] = {}
    store = pyoxigraph.Store()
    for start in range(0, len(table.rows), _AT_ONCE):
        rows = table.rows[start : start + _AT_ONCE]
        values = "\n".join(f"({' '.join(map(_written, row.values()))})" for row in rows)
        text = (
            f"{parts.prologue}CONSTRUCT {{ {parts.template}\n}} "
            f"WHERE {{ VALUES ({names}) {{ {values} }} }}"
        )
        triples = store.query(text)
        if isinstance(triples, pyoxigraph.QueryTriples):
            found.update(dict.fromkeys(map(_read, triples)))
    return list(found)


def most_triples(template: str) -> int:
    """A number that one solution never makes more triples of a template than."""
    words = [token.text for token in tokens(template) if token.kind != "comment"]
    if {"(", "["} & set(words):
        return len(words)
    while words and words[-1] in {".", ";"}:
        words.pop()
    return 1 + sum(word in {".", ";", ","} for word in words)


def _written(term: Term | None) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, pyoxigraph.BlankNode):
        return f"<{_BLANK}{term.value}>"
    return str(term)


def _read(triple: pyoxigraph.Triple) -> pyoxigraph.Triple:
    subject, value = triple.subject, triple.object
    return pyoxigraph.Triple(
        _node(subject) if isinstance(subject, pyoxigraph.NamedNode) else subject,
        triple.predicate,
        _node(value) if isinstance(value, pyoxigraph.NamedNode) else value,
    )


def _node(
    node: pyoxigraph.NamedNode,
) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode:
    if node.value.startswith(_BLANK):
        return pyoxigraph.BlankNode(node.value.removeprefix(_BLANK))
    return node
