"""Typed links from a page to what belongs to it: Signposting, level 1.

The same list stands in the ``Link`` header (RFC 8288 §3) and in the head of the
page. Only what is served here, or stated in the graph, is pointed at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import g, request, url_for

from vomkg.errors import VomkgError
from vomkg.formats import offered
from vomkg.namespaces import DATASET_IRI, DCTERMS, GraphName
from vomkg.web.links import (
    HOME,
    Signpost,
    address,
    answers,
    items,
    linksets,
    root,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Response

    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph

_TURTLE: Final = "text/turtle"
# What an agent finds at the landing page, in the words that Signposting asks for.
_TYPES: Final = ("https://schema.org/AboutPage", "https://schema.org/Dataset")
# Path, and media type of what describes the data there.
_DESCRIPTIONS: Final = (("/.well-known/void", _TURTLE), ("/dcat", _TURTLE))
_DESCRIBED: Final = f"""
ASK {{ GRAPH <{GraphName.void}> {{ <{DATASET_IRI}> <{DCTERMS}title> ?title }} }}
"""
# What is data has the links of a page in its headers alone.
_DESCRIBING: Final = frozenset({"descriptions.void", "descriptions.catalogue"})
_DATA: Final = _DESCRIBING | {
    "things.document",
    "things.vocabulary",
    "things.question",
    "store.graph",
    "changes.changes",
    "data.file",
}
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


class Signposts:
    """The links of each page of one front end.

    Args:
        kg: what it answers from.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._stated: tuple[tuple[str, str], ...] | None = None
        self._is_described: bool | None = None

    def here(self) -> list[Signpost]:
        """The links of the page or document at hand, each once."""
        if request.endpoint == HOME:
            own = [*self.home(), *self.everywhere(root())]
        elif request.endpoint in _DESCRIBING:
            own = [
                Signpost(root(), "describes", "text/html"),
                *self.licences(),
                *linksets(root()),
            ]
        else:
            own = self.of_part(root())
        return list(dict.fromkeys([*own, *g.get("signposts", ())]))

    def of_part(self, home: str) -> list[Signpost]:
        """The links of whatever belongs to the landing page.

        Args:
            home: its address.
        """
        return [Signpost(home, "collection", "text/html"), *self.everywhere(home)]

    def home(self) -> list[Signpost]:
        """The links that only the landing page has."""
        found = [Signpost(target, "type") for target in _TYPES]
        found += [
            Signpost(address(target), "author")
            for rel, target in self.stated()
            if rel == "author"
        ]
        found += items(self._kg)
        about = url_for("sparql.endpoint", format="turtle", _external=True)
        return [*found, Signpost(about, "service-desc", _TURTLE)]

    def everywhere(self, home: str) -> list[Signpost]:
        """The links that every page has, and every file.

        Args:
            home: address of the landing page.
        """
        return [*self.licences(), *self.descriptions(home), *linksets(home)]

    def licences(self) -> list[Signpost]:
        """The licence that the graph states for its dataset."""
        return [
            Signpost(target, rel) for rel, target in self.stated() if rel == "license"
        ]

    def descriptions(self, home: str) -> list[Signpost]:
        """What describes the data; nothing where the graph holds no description.

        Args:
            home: address of the landing page.
        """
        if not self._has_description():
            return []
        return [
            Signpost(home + path[1:], "describedby", media_type)
            for path, media_type in _DESCRIPTIONS
        ]

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

    def _has_description(self) -> bool:
        if self._is_described is None:
            try:
                self._is_described = bool(self._kg.query(_DESCRIBED))
            except VomkgError:
                return False
        return self._is_described


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
        if (
            response.mimetype == "text/html"
            or "signposts" in g
            or request.endpoint in _DATA
        ):
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


def add_syntaxes(stem: str) -> list[tuple[Format, str]]:
    """Link the document of a vocabulary in every syntax that is answered here.

    Args:
        stem: its path without an extension, such as ``ontology``.

    Returns:
        Each format with the address of the document in it.
    """
    found = []
    for form in offered("graph"):
        path = f"{stem}.{form.extension}"
        if answers(f"/{path}"):
            place = root() + path
            add(place, "alternate", type=form.media_type)
            found.append((form, place))
    return found
