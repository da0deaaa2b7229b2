"""A graph of rdflib as lines of N-Triples, fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import BNode, Graph, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def lines_of(graph: Graph, names: Mapping[Node, str] | None = None) -> str:
    """The graph as N-Triples.

    Args:
        graph: what is written.
        names: IRIs that stand for blank nodes.
    """
    known: dict[Node, str] = {node: f"<{iri}>" for node, iri in (names or {}).items()}
    found = []
    for s, p, o in graph:
        subject = known.get(s) or known.setdefault(s, _text(s))
        predicate = known.get(p) or known.setdefault(p, _text(p))
        # Literals seldom come twice, and rdflib takes long to tell them apart.
        if isinstance(o, Literal):
            found.append(f"{subject} {predicate} {_literal(o)} .\n")
        else:
            value = known.get(o) or known.setdefault(o, _text(o))
            found.append(f"{subject} {predicate} {value} .\n")
    return "".join(found)


def _text(term: Node) -> str:
    if isinstance(term, Literal):
        return _literal(term)
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


def _literal(term: Literal) -> str:
    text = f'"{str(term).translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text
