"""Typed links from a page to what belongs to it: Signposting, level 1.

The same list stands in the ``Link`` header (RFC 8288 §3) and in the head of the
page. Only what is served here, or stated in the graph, is pointed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, g, request, url_for

from vomkg.errors import VomkgError
from vomkg.formats import offered
from vomkg.namespaces import THINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

    from vomkg.knowledge import KnowledgeGraph

HOME: Final = "pages.home"
_TURTLE: Final = "text/turtle"
# What an agent finds at the landing page, in the words that Signposting asks for.
_TYPES: Final = ("https://schema.org/AboutPage", "https://schema.org/Dataset")
# Path, and media type of what describes the data there.
_DESCRIPTIONS: Final = (("/.well-known/void", _TURTLE), ("/dcat", _TURTLE))
_STATED: Final = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?rel ?target
WHERE {
  ?dataset a dcat:Dataset .
  { ?dataset dcterms:license ?target . BIND("license" AS ?rel) }
  UNION
  { ?dataset dcterms:creator ?target . BIND("author" AS ?rel) }
  FILTER(isIRI(?target))
}
ORDER BY DESC(?rel) ?target
"""


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


class Signposts:
    """The links of each page of one front end.

    Args:
        kg: what it answers from.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._stated: tuple[tuple[str, str], ...] | None = None

    def here(self) -> list[Signpost]:
        """The links of the page at hand, each once."""
        own = self.home() if request.endpoint == HOME else _of_a_part()
        found = [*own, *self.everywhere(), *g.get("signposts", ())]
        return list(dict.fromkeys(found))

    def home(self) -> list[Signpost]:
        """The links that only the landing page has."""
        found = [Signpost(target, "type") for target in _TYPES]
        found += [
            Signpost(address(target), "author")
            for rel, target in self.stated()
            if rel == "author"
        ]
        found += items()
        about = url_for("sparql.endpoint", format="turtle", _external=True)
        return [*found, Signpost(about, "service-desc", _TURTLE)]

    def everywhere(self) -> list[Signpost]:
        """The links that every page has."""
        found = [
            Signpost(target, rel) for rel, target in self.stated() if rel == "license"
        ]
        found += [
            Signpost(root() + path[1:], "describedby", media_type)
            for path, media_type in _DESCRIPTIONS
            if is_served(path)
        ]
        for endpoint, media_type in (
            ("discovery.linkset_json", "application/linkset+json"),
            ("discovery.linkset", "application/linkset"),
        ):
            place = url_for(endpoint, _external=True)
            found.append(Signpost(place, "linkset", media_type))
        return found

    def stated(self) -> tuple[tuple[str, str], ...]:
        """Relation and target of what the graph states of its datasets.

        A page that needs no query must not fail for one, so nothing comes back
        while none can be answered.
        """
        if self._stated is None:
            try:
                rows = self._kg.query(_STATED).rows
            except VomkgError:
                return ()
            self._stated = tuple(
                (rel.value, target.value)
                for row in rows
                if (rel := row["rel"]) is not None
                and (target := row["target"]) is not None
            )
        return self._stated


def register(app: Flask, kg: KnowledgeGraph) -> None:
    """Let every page of the front end have its links."""
    posts = Signposts(kg)
    app.extensions["signposts"] = posts

    @app.context_processor
    def mirror() -> dict[str, Callable[[], list[Signpost]]]:
        return {"signposts": posts.here}

    @app.after_request
    def point(response: Response) -> Response:
        if response.status_code != 200 or request.method not in {"GET", "HEAD"}:
            return response
        if request.query_string:
            # A question to a query page is no page of its own (REP, X-Robots-Tag).
            response.headers["X-Robots-Tag"] = "noindex"
        if response.mimetype == "text/html" or "signposts" in g:
            sent = response.headers.getlist("Link")
            # A view may have said the same, and by a shorter address.
            short = f"<{request.scheme}://{request.host}"
            for post in posts.here():
                if not {post.header, post.header.replace(short, "<", 1)} & set(sent):
                    response.headers.add("Link", post.header)
        return response


def add(target: str, rel: str, *, type: str | None = None) -> None:  # noqa: A002
    """Give the response at hand one more link, in its header and in the page.

    Args:
        target: an absolute address or IRI.
        rel: one registered relation type.
        type: media type of what is there, if it is known.
    """
    posts = g.setdefault("signposts", [])
    posts.append(Signpost(target, rel, type))


def items() -> list[Signpost]:
    """The data that the landing page is about, whole, in each format."""
    return [
        Signpost(
            url_for("store.graph", default="", format=form.name, _external=True),
            "item",
            form.media_type,
        )
        for form in offered("graph")
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


def _of_a_part() -> list[Signpost]:
    return [Signpost(root(), "collection", "text/html")]
