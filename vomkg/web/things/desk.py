"""Documents as responses: body, address of the form that was sent, and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import Gone

from vomkg.formats import by_name, offered
from vomkg.namespaces import THINGS
from vomkg.web.things.addresses import PAGE, address_of, in_header
from vomkg.web.things.citation import citation
from vomkg.web.things.documents import FOAF, document
from vomkg.web.things.entity import entity
from vomkg.web.things.jsonld import context
from vomkg.web.things.markup import schema_org
from vomkg.web.things.picture import picture
from vomkg.web.things.quads import in_graph, quads_of
from vomkg.web.things.register import Register
from vomkg.web.things.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask import Response
    from pyoxigraph import Quad
    from werkzeug.wrappers import Response as AnyResponse

    from vomkg.formats import Format
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.things.documents import Document
    from vomkg.web.things.jsonld import Definition

    # The address of a document by the suffix of a format.
    Address = Callable[[str], str]

# A page shows so many characters of a vocabulary; its files hold all.
_SHOWN: Final = 100_000
_HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a document: what it is called, its media type, its address."""

    name: str
    media_type: str
    address: str


class Desk:
    """Answers for the documents of one graph.

    Args:
        kg: the graph.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.register = Register(kg)

    @cached_property
    def context(self) -> Mapping[str, Definition]:
        """The context of JSON-LD."""
        return context(self.kg)

    def moved(self, iri: str, suffix: str) -> AnyResponse | None:
        """The way to what replaced a thing; None if it is not withdrawn.

        Raises:
            Gone: nothing replaced it.
        """
        successor = self.register.withdrawn.get(iri)
        if successor is None:
            return None
        if not successor:
            raise Gone(f"The thing {iri} was withdrawn, and nothing replaces it.")
        if successor.startswith(THINGS):
            name = successor.removeprefix(THINGS) + (f".{suffix}" if suffix else "")
            place = url_for(request.endpoint or "", name=name)
        else:
            place = address_of(successor) or in_header(successor)
        response = redirect(place, 301)
        response.headers["Link"] = f'<{in_header(successor)}>; rel="successor-version"'
        return response

    def quads(self, iri: str, graphs: Sequence[str]) -> frozenset[Quad]:
        """What is said of a thing, in those graphs only if any are named.

        Raises:
            UnknownNameError: nothing is.
        """
        found = quads_of(self.kg, iri)
        if not graphs:
            return found
        return frozenset(quad for name in graphs for quad in in_graph(found, name))

    def about(self, iri: str, quads: frozenset[Quad]) -> Document:
        """The document about a thing."""
        return document(self.kg, iri, quads, self.register.licence)

    def sent(self, found: Document, form: Format, address: Address) -> Response:
        """The document in a format.

        Raises:
            VomkgError: the format cannot hold it, or it is too long.
        """
        reached = url_for("things.context", _external=True)
        body = written(
            found,
            form,
            self.kg.prefixes,
            (self.context, reached),
            self.kg.settings.byte_limit,
        )
        response = make_response(body)
        response.content_type = form.content_type
        name = found.thing.rpartition("/")[2]
        response.headers["Content-Disposition"] = (
            f'inline; filename="{_ascii(name)}.{form.extension}"'
        )
        return self.linked(response, found.thing, address, form.extension)

    def page(
        self, iri: str, name: str, quads: frozenset[Quad], address: Address
    ) -> Response:
        """The page of a thing."""
        shown = entity(self.kg, iri, quads)
        licence = self.register.licence
        body = render_template(
            "entity.html",
            entity=shown,
            picture=picture(shown),
            forms=_forms(address)[1:],
            citation=citation(name, shown.label, iri, self.kg.release),
            schema_org=schema_org(shown, name, licence, self.kg.release.id),
        )
        return self.linked(make_response(body), iri, address, PAGE)

    def text(
        self, found: Document, words: tuple[str, str], address: Address
    ) -> Response:
        """A document without a page of its own: its Turtle, under title and lead."""
        form = by_name("turtle")
        body = written(
            found,
            form,
            self.kg.prefixes,
            ({}, ""),
            self.kg.settings.byte_limit,
        ).decode()
        page = render_template(
            "turtle.html",
            title=words[0],
            lead=words[1],
            iri=found.iri,
            blocks=_blocks(body[:_SHOWN], found.iri),
            is_cut=len(body) > _SHOWN,
            forms=_forms(address)[1:],
        )
        return self.linked(make_response(page), found.thing, address, PAGE)

    def linked(
        self, response: Response, thing: str, address: Address, own: str
    ) -> Response:
        """The response with its other forms, what it describes, and its licence.

        The form that was negotiated says where it can be had without (RFC 9110
        §8.7); ``describes`` is of RFC 6892.
        """
        here = address(own)
        if not request.path.endswith(f".{own}"):
            response.headers["Content-Location"] = here
            response.vary.add("Accept")
        for form in _forms(address):
            if form.address != here:
                response.headers.add(
                    "Link",
                    f'<{form.address}>; rel="alternate"; type="{form.media_type}"',
                )
        topic = f'<{in_header(thing)}>; rel="describes {FOAF}primaryTopic"'
        response.headers.add("Link", topic)
        if self.register.licence:
            licence = in_header(self.register.licence)
            response.headers.add("Link", f'<{licence}>; rel="license"')
        return response


def _forms(address: Address) -> list[Form]:
    """Every form of a document, the page first."""
    rdf = offered("graph")
    return [
        Form("page", _HTML, address(PAGE)),
        *(Form(form.title, form.media_type, address(form.extension)) for form in rdf),
    ]


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode().replace("?", "_").replace("#", "_")


def _blocks(turtle: str, document: str) -> list[tuple[str, str]]:
    """A Turtle text in pieces, each with the fragment of the term it begins with.

    The first piece, and any that begins with a thing elsewhere, has none.
    """
    begin = re.escape(f"<{document}#")
    parts = re.split(rf"(?m)^(?={begin})", turtle)
    names = (re.match(rf"{begin}([^>\s]+)>", part) for part in parts)
    return [(m[1] if m else "", part) for m, part in zip(names, parts, strict=True)]
