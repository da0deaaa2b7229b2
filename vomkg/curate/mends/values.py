"""Which values a property may have, as its shape says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, XSD, Literal, URIRef

from vomkg.curate.mends.world import SHOWN
from vomkg.graph.lexical import literal_fault

if TYPE_CHECKING:
    from rdflib.term import Node

    from vomkg.curate.mends.case import Case


_FEW: Final = 3  # examples, where there are too many values to list


def allowed(case: Case) -> list[Node]:
    """The values that the shape names, the most used first; none if it names none.

    They come from ``sh:hasValue``, ``sh:in`` or the instances of ``sh:class``.
    """
    world = case.world
    if fixed := case.parameters(SH.hasValue):
        return fixed
    if (head := case.parameter(SH["in"])) is not None:
        return world.items(head)
    kinds = case.parameters(SH["class"])
    found = [
        node
        for node in (world.members(kinds[0]) if kinds else [])
        if all(world.is_a(node, kind) for kind in kinds[1:])
    ]
    used = world.uses(case.path)
    return sorted(found, key=lambda node: (-used[node], str(node)))


def form(case: Case) -> str:
    """The value in Turtle with ``…`` for what only a person knows."""
    choice = allowed(case)
    if len(choice) == 1:
        return case.world.turtle(choice[0])
    if choice:
        return "…"
    if case.parameter(SH.languageIn) is not None:
        return f'"…"@{languages(case)[0]}'
    datatype = case.parameter(SH.datatype)
    if datatype is not None:
        bare = datatype == XSD.string
        return '"…"' if bare else f'"…"^^{case.world.turtle(datatype)}'
    return "<…>" if case.parameter(SH.nodeKind) == SH.IRI else "…"


def choices(case: Case) -> str:
    """What may stand there, in words; empty if the shape does not say."""
    world = case.world
    found, kinds = allowed(case), case.parameters(SH["class"])
    if len(found) == 1:
        return world.name(found[0])
    if found and not kinds:
        return f"one of {world.listed(found)}"
    if kinds:
        few = found if len(found) <= SHOWN else found[:_FEW]
        such = ": " if few is found else ", such as "
        examples = such + world.listed(few) if found else ""
        return f"a thing of the class {world.listed(kinds)}{examples}"
    if case.parameter(SH.languageIn) is not None:
        return f"text in {' or '.join(languages(case))}"
    if (datatype := case.parameter(SH.datatype)) is not None:
        return f"a literal of the type {world.turtle(datatype)}"
    return ""


def languages(case: Case) -> list[str]:
    """The languages of ``sh:languageIn``."""
    head = case.parameter(SH.languageIn)
    return [] if head is None else [str(tag) for tag in case.world.items(head)]


def known_as(node: Node, case: Case) -> str:
    """What the graph knows a node as: its classes in words, or that it has none."""
    kinds = sorted(case.world.data.objects(node, RDF.type), key=str)
    if kinds:
        return f"is {case.world.listed(kinds)}"
    if isinstance(node, URIRef) and node in case.world.known:
        return "has no class"
    return "is described nowhere" if isinstance(node, URIRef) else "is a literal"


def fits(text: str, datatype: Node) -> bool:
    """Whether the text is one of the datatype, as far as XML Schema says."""
    return literal_fault(text, str(datatype)) is None


def typed(text: str, datatype: Node) -> Literal:
    """A literal of the datatype with this very text."""
    kind = None if datatype == XSD.string else URIRef(str(datatype))
    return Literal(text, datatype=kind, normalize=False)
