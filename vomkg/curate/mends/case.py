"""One result with its shape, as the makers of mends see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rdflib import RDF, SH, BNode, URIRef
from rdflib.extras.shacl import parse_shacl_path
from rdflib.paths import Path
from rdflib.term import Identifier

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.mends.world import node_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib.term import Node

    from vomkg.curate.mends.world import World
    from vomkg.curate.place import Place
    from vomkg.curate.result import Result


_IRI: Final = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True)
class Case:
    """A result and the shape that it breaks.

    Attributes:
        world: what a mend may draw on.
        result: the fault.
        shape: the very shape that is broken, as a node of the shapes; None for
            faults of other checks.
    """

    world: World
    result: Result
    shape: Node | None = None

    @cached_property
    def focus(self) -> Node:
        """The focus node."""
        text = self.result.focus
        return BNode(text[2:]) if text.startswith("_:") else URIRef(text)

    @cached_property
    def path(self) -> URIRef | None:
        """The property, where the path is no more than one."""
        path = self.result.path
        return None if path is None or "<" in path else URIRef(path)

    @cached_property
    def value(self) -> Node | None:
        """The value that the result names."""
        return node_of(self.result.value, self.result.value_type)

    @cached_property
    def values(self) -> list[Node]:
        """What the path leads to from the focus node, by name; none without a path."""
        path: Path | Node | None = self.path
        if path is None and self.path_node is not None:
            path = parse_shacl_path(self.world.shapes, self.path_node)
        if path is None:
            return []
        found = self.world.data.objects(self.focus, path)
        return sorted(set(found), key=str)

    @cached_property
    def path_node(self) -> Node | None:
        """The path in the shapes graph."""
        return self.path or self.world.shapes.value(self.shape, SH.path)

    def parameters(self, p: URIRef) -> list[Node]:
        """The values of a constraint's parameter in the shape, by name."""
        if self.shape is None:
            return []
        return sorted(self.world.shapes.objects(self.shape, p), key=str)

    def parameter(self, p: URIRef) -> Node | None:
        """The parameter's value, or the first by name of several."""
        return next(iter(self.parameters(p)), None)

    @cached_property
    def speaks(self) -> bool:
        """Whether the message is the shape's own, or of a query in it."""
        shapes = self.world.shapes
        queries = shapes.objects(self.shape, SH.sparql)
        return any(
            (node, SH.message, None) in shapes for node in (self.shape, *queries)
        )

    @property
    def subject(self) -> str:
        """The focus node in Turtle."""
        return self.world.turtle(self.focus)

    @property
    def named(self) -> str:
        """The path in words, as ``speaker (vom:reportedBy)``."""
        name, path = self.result.name, self.result.path
        if path is None:
            return name or "the thing itself"
        if "<" in path:
            return f"{name} ({self.through})" if name else f"what is {self.through}"
        short = self.world.names.short(path)
        return f"{name} ({short})" if name else self.world.names.both(path)

    @property
    def through(self) -> str:
        """A path over several properties in words."""
        path = self.result.path or ""
        steps = [self.world.names.short(iri) for iri in _IRI.findall(path)]
        return f"found through {', '.join(dict.fromkeys(steps))}"

    def told(self, value: Node | str, p: Node | None = None) -> str:
        """One statement on the focus node in Turtle."""
        shown = value if _is_turtle(value) else self.world.turtle(value)  # type: ignore[arg-type]  # a node
        return f"{self.subject} {self.verb(p or self.path)} {shown} ."

    def verb(self, p: Node | None) -> str:
        """A predicate in Turtle."""
        return "a" if p == RDF.type else self.world.turtle(p)

    def instead(
        self,
        words: str,
        value: Node | str,
        *,
        safe: bool = False,
        p: Node | None = None,
    ) -> Mend:
        """A mend that puts another value in the place of the one found.

        Args:
            words: what to do.
            value: the new value, or its Turtle.
            safe: whether the change may be made without a person.
            p: the predicate, if it is not the path.
        """
        text = str(value) if _is_turtle(value) else self.world.turtle(value)  # type: ignore[arg-type]  # a node
        at = self._place(p) if safe else None
        patch = Patch(at, text) if at else None
        snippet = self.told(text, p) if p or self.path else ""
        return Mend(words, snippet, patch)

    def _place(self, p: Node | None) -> Place | None:
        property_, at = p or self.path, self.result.at
        if property_ is not None and self.value is not None:
            found = self.world.spots.value(self.focus, property_, self.value)
            if found is not None:
                return found
        # The lexical check knows the very stretch, inside brackets too.
        whole = at and (at.end_line, at.end_column) > (at.line, at.column)
        return at if whole and self.result.check == "literal" else None


def _is_turtle(value: Node | str) -> bool:
    """Whether it is text: IRIs and literals of rdflib are strings too."""
    return not isinstance(value, Identifier)


def case_of(result: Result, world: World, source: Node | None = None) -> Case:
    """The case of a result.

    Args:
        result: the fault.
        world: what a mend may draw on.
        source: the shape that the report graph names. An engine that renames blank
            nodes names one that the shapes do not have; then it is looked for.
    """
    shapes = world.shapes
    if source is not None and (source, None, None) in shapes:
        return Case(world, result, source)
    named = URIRef(result.shape) if result.shape else None
    if named is None or (named, None, None) not in shapes:
        return Case(world, result)
    return Case(world, result, _inner(named, result, world) or named)


def _inner(named: Node, result: Result, world: World) -> Node | None:
    """The anonymous shape inside a named one that has the path of the result."""
    if result.path is None or _has_path(named, result.path, world):
        return None
    seen: set[Node] = {named}
    level: Sequence[Node] = [named]
    while level:
        below = [o for s in level for o in world.shapes.objects(s)]
        level = [o for o in below if isinstance(o, BNode) and o not in seen]
        seen.update(level)
        for node in level:
            if _has_path(node, result.path, world):
                return node
    return None


def _has_path(shape: Node, path: str, world: World) -> bool:
    own = world.shapes.value(shape, SH.path)
    if own is None:
        return False
    parsed = parse_shacl_path(world.shapes, own)
    return path in (str(parsed), parsed.n3() if isinstance(parsed, Path) else "")
