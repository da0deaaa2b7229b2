"""One typed link, and the addresses that such links lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, url_for

from vomkg.formats import offered
from vomkg.namespaces import THINGS
from vomkg.release.distribution import ALL, UNION, distributions, name_of

if TYPE_CHECKING:
    from vomkg.knowledge import KnowledgeGraph

HOME: Final = "pages.home"


@dataclass(frozen=True, slots=True)
class Signpost:
    """One typed link.

    Attributes:
        target: an absolute address or IRI.
        rel: one registered relation type.
        type: media type of what is there, if it is known.
    """

    target: str
    rel: str
    type: str | None = None

    @property
    def header(self) -> str:
        """The link as a value of the ``Link`` header."""
        kind = f'; type="{self.type}"' if self.type else ""
        return f'<{self.target}>; rel="{self.rel}"{kind}'


def items(kg: KnowledgeGraph) -> list[Signpost]:
    """The data that the landing page is about, whole, in each format.

    Files where there are some, else answers of the graph store.
    """
    files = {item.name for item in distributions(kg.release)}
    found = []
    for form in offered("graph"):
        whole = ALL if form.kind == "dataset" else UNION
        name = name_of(whole, form)
        place = (
            f"{root()}data/{name}"
            if name in files
            else url_for("store.graph", default="", format=form.name, _external=True)
        )
        found.append(Signpost(place, "item", form.media_type))
    return found


def linksets(home: str) -> list[Signpost]:
    """Where all typed links are, in both forms.

    Args:
        home: address of the landing page.
    """
    return [
        Signpost(f"{home}linkset.json", "linkset", "application/linkset+json"),
        Signpost(f"{home}linkset", "linkset", "application/linkset"),
    ]


def address(iri: str) -> str:
    """Where a thing is answered for here; its IRI where it is not."""
    if iri.startswith(THINGS) and is_served("/id/<"):
        return f"{root()}id/{iri.removeprefix(THINGS)}"
    return iri


def root() -> str:
    """The address of the landing page, as the client sees it."""
    return url_for(HOME, _external=True)


def is_served(start: str) -> bool:
    """Whether this front end has a route that begins so."""
    return any(rule.rule.startswith(start) for rule in current_app.url_map.iter_rules())


def answers(path: str) -> bool:
    """Whether a route of this front end takes that path, by GET."""
    return current_app.url_map.bind("localhost").test(path, "GET")
