"""``/browse`` and ``/browse/CLASS``: pages, and the lists behind them as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
)

from vomkg.errors import ParameterError
from vomkg.namespaces import ONTOLOGY
from vomkg.search.searcher import nearest, unknown_class
from vomkg.web.browse.chosen import chosen_cuts
from vomkg.web.browse.classes import COUNTS
from vomkg.web.browse.facets import facets
from vomkg.web.browse.listing import page_number, paged
from vomkg.web.browse.members import members, stated
from vomkg.web.browse.selection import Selection
from vomkg.web.browse.shelf import Shelf, class_link
from vomkg.web.negotiation import chosen_format, data_wanted, page_wanted
from vomkg.web.problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from vomkg.knowledge import KnowledgeGraph
    from vomkg.web.browse.classes import Class, Classes
    from vomkg.web.browse.facets import Facet

# Parameters that cut nothing.
_OWN: Final = frozenset({"class", "page", "format"})
_PAGE: Final = "html"
# Facets that are seen at once; the others are folded until one of them cuts.
_OPEN: Final = 6


@dataclass(frozen=True, slots=True)
class Cut:
    """What a page of members is made of: the members, facets, and what was given."""

    chosen: Selection
    facets: tuple[Facet, ...]
    given: Mapping[str, str]


def blueprint(kg: KnowledgeGraph) -> Blueprint:
    """The pages of classes and their members."""
    pages = Blueprint("browse", __name__)
    shelf = Shelf(kg)

    @pages.get("/browse")
    def classes_page() -> AnyResponse:
        iri = request.args.get("class")
        if iri:
            return _vary(_of(shelf, iri))
        _values(allowed=frozenset({"format", "class"}))
        if _form_name() is not None:
            return _vary(_data(kg, COUNTS, "classes"))
        return _vary(
            make_response(render_template("browse.html", classes=shelf.classes))
        )

    @pages.get("/browse/<path:name>")
    def members_page(name: str) -> AnyResponse:
        return _vary(_of(shelf, name))

    @pages.app_context_processor
    def link() -> dict[str, object]:
        return {"class_link": partial(class_link, shelf)}

    return pages


def _vary(response: AnyResponse) -> AnyResponse:
    response.vary.add("Accept")
    return response


def _form_name() -> str | None:
    """The format that is named or preferred; None for a page, empty for any data."""
    named = request.args.get("format")
    if named:
        return None if named == _PAGE else named
    return "" if data_wanted() else None


def _values(allowed: frozenset[str] | None = None) -> dict[str, str]:
    """The parameters of the address, but for those that are left empty.

    Raises:
        ParameterError: one is given twice, or is none of those allowed.
    """
    for name, values in request.args.lists():
        if len(values) > 1:
            raise ParameterError(
                f"{name[:60]!r} is given {len(values)} times", fix="keep one"
            )
        if allowed is not None and name not in allowed:
            raise ParameterError(
                f"there is no parameter {name[:60]!r}", fix="choose a class first"
            )
    return {name: value for name, value in request.args.items() if value}


def _data(kg: KnowledgeGraph, query: str, name: str) -> Response:
    """All rows of a list, in a format for rows."""
    form = chosen_format(request.args.get("format"), "bindings")
    response = make_response(kg.query(query).to_bytes(form))
    response.content_type = form.content_type
    response.headers["Content-Disposition"] = (
        f'inline; filename="{name}.{form.extension}"'
    )
    return response


def _of(shelf: Shelf, name: str) -> AnyResponse:
    """The members of a class that is named shortly or by its IRI."""
    found = shelf.classes
    one = found.by_name.get(name) or found.by_iri.get(name)
    if one is None:
        return _missing(found, name)
    is_data = _form_name() is not None
    try:
        cut = _cut(shelf, one)
        if is_data:
            return _data(shelf.kg, cut.chosen.listing, _file_name(one))
        if "" in request.args.values():
            # A form sends what was left open as well.
            return redirect(class_link(shelf, one.iri, cut.given), 302)
        return make_response(_page(shelf, one, cut))
    except ParameterError as fault:
        if is_data:
            raise
        return _refused(shelf, one, fault)


def _cut(shelf: Shelf, one: Class) -> Cut:
    """The members that the address asks for.

    Raises:
        ParameterError: it names a facet or a value that is not there.
    """
    given = {key: value for key, value in _values().items() if key not in _OWN}
    whole = shelf.whole(one)
    if not given:
        return Cut(whole.every, whole.facets, given)
    kg = shelf.kg
    chosen = Selection(one.iri, chosen_cuts(whole.facets, given), kg.prefixes)
    return Cut(chosen, facets(kg, shelf.classes, chosen, whole.ways), given)


def _page(shelf: Shelf, one: Class, cut: Cut) -> str:
    kg, size = shelf.kg, shelf.kg.settings.list_page
    number = page_number(_values())
    total = int(str(_first(kg, cut.chosen.counting)))
    pages = paged(total, number, size)
    listed = members(kg, shelf.classes.kinds, cut.chosen, (number - 1) * size, size)
    return _rendered(
        shelf,
        one,
        cut,
        pages=pages,
        members=listed,
        stated=stated(kg, cut.chosen),
        sparql=cut.chosen.listing,
    )


def _refused(shelf: Shelf, one: Class, fault: ParameterError) -> Response:
    """The class with all its facets, and what is wrong with the address."""
    problem = problem_of(fault)
    whole = shelf.whole(one)
    cut = Cut(whole.every, whole.facets, {})
    page = _rendered(shelf, one, cut, problem=problem)
    return make_response(page, problem.status, problem.headers)


def _rendered(shelf: Shelf, one: Class, cut: Cut, **more: object) -> str:
    numbered = list(enumerate(cut.facets, 1))
    open_ = [pair for pair in numbered if pair[0] <= _OPEN or pair[1].chosen]
    return render_template(
        "members.html",
        one=one,
        above=shelf.classes.path(one.iri),
        is_ours=one.iri.startswith(ONTOLOGY),
        facets=cut.facets,
        open=open_,
        folded=[pair for pair in numbered if pair not in open_],
        given=cut.given,
        **more,
    )


def _missing(found: Classes, name: str) -> Response:
    """404, with the classes that are written alike."""
    fault = unknown_class(name, found.by_name)
    if not page_wanted():
        raise fault
    near = [found.by_name[other] for other in nearest(name, found.by_name)]
    problem = problem_of(fault)
    page = render_template("browse.html", classes=found, problem=problem, near=near)
    return make_response(page, problem.status, problem.headers)


def _first(kg: KnowledgeGraph, query: str) -> object:
    row = kg.query(query).rows[0]
    return getattr(next(iter(row.values())), "value", 0)


def _file_name(one: Class) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in one.name)[:60]
