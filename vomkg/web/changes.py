"""What the release did to the claims, as a page and as RDF.

In RDF it is a collection of Activity Streams 2.0: one Create, Update or Delete
for each claim, as DCAT-AP feeds and Linked Data Event Streams tell them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from flask import Blueprint, make_response, render_template, request, url_for

from vomkg.formats import offered
from vomkg.graph.encode import encode
from vomkg.namespaces import AS, DCAT, PROV, RDF, XSD
from vomkg.release.changes import changes_of, release_iri
from vomkg.web import signposts
from vomkg.web.negotiation import chosen_format, data_wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.release.changes import Changes

_ACTIVITIES: Final = {"added": "Create", "removed": "Delete", "changed": "Update"}


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The address of the changes of one release."""
    found = Blueprint("changes", __name__)
    told = changes_of(kg.release)

    @found.get("/changes")
    def changes() -> Response:
        wanted = request.args.get("format")
        if wanted or data_wanted():
            form = chosen_format(wanted, "graph")
            prefixes = {**kg.prefixes, "as": AS}
            triples = activities(kg.release.id, told)
            response = make_response(encode(triples, form, prefixes))
            response.content_type = form.content_type
        else:
            forms = offered("graph")
            for form in forms:
                place = url_for("changes.changes", format=form.name, _external=True)
                signposts.add(place, "alternate", type=form.media_type)
            page = render_template("changes.html", changes=told, forms=forms)
            response = make_response(page)
        response.vary.add("Accept")
        return response

    return found


def activities(release: str, told: Changes) -> Iterator[pyoxigraph.Triple]:
    """The changes as triples, each activity under an IRI of its own.

    Args:
        release: the id of the release; nothing comes of an empty one.
        told: what it changed.
    """
    if not release:
        return
    this = release_iri(release)
    place = f"{this}/changes"
    yield _link(place, RDF + "type", AS + "Collection")
    yield _link(place, AS + "context", this)
    yield _text(place, AS + "summary", _summary(told))
    total = 0
    for name, kind in _ACTIVITIES.items():
        for claim in getattr(told, name):
            total += 1
            activity = f"{place}#{total}"
            yield _link(place, AS + "items", activity)
            yield _link(activity, RDF + "type", AS + kind)
            yield _link(activity, AS + "object", claim.iri)
            yield _text(activity, AS + "summary", f"{kind}: {claim.label}")
    count = pyoxigraph.Literal(
        str(total), datatype=pyoxigraph.NamedNode(XSD + "nonNegativeInteger")
    )
    yield pyoxigraph.Triple(_node(place), _node(AS + "totalItems"), count)
    if told.previous:
        before = release_iri(told.previous)
        yield _link(this, DCAT + "previousVersion", before)
        yield _link(this, PROV + "wasRevisionOf", before)


def _summary(told: Changes) -> str:
    if told.previous is None:
        return "The first release here: there is none before it to compare with."
    return (
        f"Against the release before: {len(told.added)} claims added, "
        f"{len(told.removed)} removed, {len(told.changed)} changed."
    )


def _node(iri: str) -> pyoxigraph.NamedNode:
    return pyoxigraph.NamedNode(iri)


def _link(subject: str, predicate: str, thing: str) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(_node(subject), _node(predicate), _node(thing))


def _text(subject: str, predicate: str, text: str) -> pyoxigraph.Triple:
    value = pyoxigraph.Literal(text, language="en")
    return pyoxigraph.Triple(_node(subject), _node(predicate), value)
