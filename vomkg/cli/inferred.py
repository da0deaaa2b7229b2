"""What a reasoner found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.graph import _TripleType

    from vomkg.curate.names import Names
    from vomkg.reason import Verdict

_REASONERS: Final = {"owlrl": "owlrl (OWL 2 RL)", "hermit": "HermiT (OWL 2 DL)"}


def verdict_in_words(verdict: Verdict, names: Names) -> str:
    """Whether the graph is consistent, each clash, and each class without members."""
    state = "consistent" if verdict.consistent else "INCONSISTENT"
    lines = [f"{state} according to {_REASONERS[verdict.reasoner]}"]
    if not verdict.consistent:
        causes = [clash.words for clash in verdict.clashes] or [verdict.detail]
        lines += [f"  because {names.in_words(cause)}" for cause in causes]
    empty = ", ".join(names.both(iri) for iri in verdict.unsatisfiable)
    lines.append(f"classes that can have no member: {empty or 'none'}")
    return "\n".join(lines)


def triples_in_words(inferred: Graph, names: Names, known: Graph | None) -> str:
    """The new triples by kind, one a line, sorted by subject.

    Args:
        inferred: the new triples.
        names: labels and short forms.
        known: old and new triples, to say what each rests on; None says nothing.
    """
    from rdflib import RDF

    from vomkg.namespaces import THINGS

    kinds: dict[str, list[_TripleType]] = {
        "new class memberships": [],
        "new property values": [],
        "about terms of the ontology": [],
    }
    memberships, values, terms = kinds.values()
    for triple in sorted(inferred):
        if not str(triple[0]).startswith(THINGS):
            terms.append(triple)
        elif triple[1] == RDF.type:
            memberships.append(triple)
        else:
            values.append(triple)
    lines: list[str] = []
    for title, triples in kinds.items():
        lines.append(f"\n{title}: {len(triples) or 'none'}")
        for triple in triples:
            lines += _triple(triple, names, known)
    return "\n".join(lines) + "\n"


def _triple(triple: _TripleType, names: Names, known: Graph | None) -> Iterator[str]:
    from rdflib import RDF, URIRef

    s, p, o = triple
    link = "is a" if p == RDF.type else names.label(str(p))
    value = names.both(str(o)) if isinstance(o, URIRef) else f'"{o}"'
    yield f"  {names.both(str(s))} | {link} | {value}"
    if known is not None:
        from vomkg.reason import explain

        reason = explain(triple, known)
        yield f"      {reason.form}: {names.in_words(reason.words)}"
