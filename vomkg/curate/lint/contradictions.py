"""Constraints that no value can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, URIRef
from rdflib.namespace import XSD

from vomkg.curate.lint.admission import (
    KINDS,
    LOWER,
    UPPER,
    compare,
    number_of,
    refusal,
)
from vomkg.curate.lint.faults import fault, shown
from vomkg.curate.lint.joint import Joint, joints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

_LITERAL_ONLY: Final = (*LOWER, *UPPER, "datatype", "languageIn", "uniqueLang")
_WITH_TEXT: Final = ("minLength", "maxLength", "pattern")
_MEND: Final = "correct one of them"


def contradiction_faults(view: View) -> Iterator[Result]:
    """Every set of constraints that cannot hold together, told once."""
    told: set[tuple[str, str, str | None]] = set()
    for joint in joints(view):
        for check in _CHECKS:
            for found in check(joint):
                key = (found.component, found.message, found.path)
                if key not in told:
                    told.add(key)
                    yield found


def _say(joint: Joint, parameter: str, words: str) -> Result:
    shape = joint[parameter][0][0] if joint[parameter] else joint.shapes[0]
    others = [shown(one) for one in joint.shapes if one != shape]
    beside = f", together with {', '.join(others)}" if others else ""
    return fault(
        "Unsatisfiable",
        joint.view,
        shape,
        f"{words}{beside}: nothing can meet that",
        _MEND,
        at=parameter,
    )


def _counts(joint: Joint) -> Iterator[Result]:
    most = min(map(number_of, joint.values("maxCount")), default=None)
    least = max(map(number_of, joint.values("minCount")), default=0)
    if most is not None and least > most:
        yield _say(
            joint, "minCount", f"asks for at least {least} and at most {most} values"
        )
    wanted = len(set(joint.values("hasValue")))
    if joint.path is not None and most is not None and wanted > most:
        yield _say(joint, "hasValue", f"asks for {wanted} values and at most {most}")
    for shape in joint.shapes:
        low = joint.view.values(shape, "qualifiedMinCount")
        high = joint.view.values(shape, "qualifiedMaxCount")
        some = max(map(number_of, low), default=0)
        if high and some > min(map(number_of, high)):
            yield _say(
                joint,
                "qualifiedMinCount",
                f"asks for at least {some} and at most {number_of(high[0])} values",
            )
        elif most is not None and some > most:
            yield _say(
                joint,
                "qualifiedMinCount",
                f"asks for at least {some} of one kind and at most {most} values",
            )
    for head in joint.values("in"):
        items = joint.view.items(head)
        if items and least > len(set(items)):
            yield _say(
                joint, "in", f"asks for {least} values and names {len(set(items))}"
            )


def _lengths(joint: Joint) -> Iterator[Result]:
    low = max(map(number_of, joint.values("minLength")), default=0)
    high = min(map(number_of, joint.values("maxLength")), default=None)
    if high is not None and low > high:
        yield _say(
            joint, "minLength", f"asks for at least {low} and at most {high} characters"
        )


def _ranges(joint: Joint) -> Iterator[Result]:
    for lower, low_in in LOWER.items():
        for upper, high_in in UPPER.items():
            for low in joint.values(lower):
                for high in joint.values(upper):
                    if _is_empty(joint, (low, low_in), (high, high_in)):
                        yield _say(
                            joint,
                            lower,
                            f"asks by sh:{lower} and sh:{upper} for values between "
                            f"{low} and {high}",
                        )


def _is_empty(joint: Joint, low: tuple[Node, bool], high: tuple[Node, bool]) -> bool:
    order = compare(low[0], high[0])
    if order is None or order > 0:
        return True
    if order == 0:
        return not (low[1] and high[1])
    whole = XSD.integer in joint.values("datatype")
    if not whole or low[1] or high[1]:
        return False
    return number_of(high[0]) - number_of(low[0]) == 1


def _kinds(joint: Joint) -> Iterator[Result]:
    datatypes = sorted(set(joint.values("datatype")), key=str)
    if len(datatypes) > 1:
        names = " and ".join(shown(item) for item in datatypes)
        yield _say(joint, "datatype", f"asks for the datatypes {names}")
    if joint["class"] and (found := next((p for p in _LITERAL_ONLY if joint[p]), None)):
        yield _say(
            joint, "class", f"asks by sh:class for a node and by sh:{found} for a text"
        )
    kinds = {"IRI", "blank node", "literal"}
    for value in joint.values("nodeKind"):
        kinds &= KINDS.get(str(value), kinds)
    demands: tuple[tuple[tuple[str, ...], set[str]], ...] = (
        (_LITERAL_ONLY, {"literal"}),
        (("class",), {"IRI", "blank node"}),
        (_WITH_TEXT, {"IRI", "literal"}),
    )
    if not kinds:
        yield _say(joint, "nodeKind", "asks for kinds of node that exclude each other")
        return
    for parameters, allowed in demands:
        for parameter in parameters:
            if joint[parameter] and not kinds & allowed:
                yield _say(
                    joint,
                    "nodeKind",
                    f"asks by sh:nodeKind for {shown(joint.values('nodeKind')[0])} "
                    f"and has sh:{parameter}",
                )


def _languages(joint: Joint) -> Iterator[Result]:
    tags = [joint.view.items(head) for head in joint.values("languageIn")]
    if any(items == [] for items in tags):
        yield _say(joint, "languageIn", "has an empty sh:languageIn")
    if tags and set(joint.values("datatype")) - {RDF.langString}:
        yield _say(
            joint,
            "languageIn",
            "asks for a language and for a datatype that has none",
        )


def _lists(joint: Joint) -> Iterator[Result]:
    """Lists of which no member, or not every one, is let through."""
    for shape, head in joint["in"]:
        items = joint.view.items(head)
        if items is None:
            continue
        if not items:
            yield _say(joint, "in", "has an empty sh:in")
            continue
        own = "in" if len(joint["in"]) == 1 else ""
        refused = [(item, refusal(item, joint, but=own)) for item in items]
        dead = [(item, by) for item, by in refused if by is not None]
        if len(dead) == len(items):
            yield _say(
                joint, "in", f"names by sh:in only values that sh:{dead[0][1]} refuses"
            )
            continue
        for item, by in dead:
            yield fault(
                "UnreachableValue",
                joint.view,
                shape,
                f"names by sh:in {shown(item)}, which sh:{by} refuses",
                "take it out, or correct the other constraint",
                at="in",
                value=item,
            )


def _demanded(joint: Joint) -> Iterator[Result]:
    for _, value in joint["hasValue"]:
        if by := refusal(value, joint, but="hasValue"):
            yield _say(
                joint, "hasValue", f"asks for {shown(value)}, which sh:{by} refuses"
            )


def _pairs(joint: Joint) -> Iterator[Result]:
    """Constraints that compare the values with those of a property."""
    needed = joint["hasValue"] or any(map(number_of, joint.values("minCount")))
    if not needed:
        return
    for parameter in ("disjoint", "lessThan"):
        same = {joint.path, *joint.values("equals")} - {None}
        for value in joint.values(parameter):
            if isinstance(value, URIRef) and value in same:
                yield _say(
                    joint,
                    parameter,
                    f"compares values with themselves by sh:{parameter}",
                )


def _negations(joint: Joint) -> Iterator[Result]:
    demanded = {*joint.values("node"), *joint.shapes}
    demanded |= {
        item for head in joint.values("and") for item in joint.view.items(head) or ()
    }
    for value in joint.values("not"):
        if value in demanded:
            yield _say(joint, "not", f"demands {shown(value)} and forbids it")


_CHECKS: Final[tuple[Callable[[Joint], Iterator[Result]], ...]] = (
    _counts,
    _lengths,
    _ranges,
    _kinds,
    _languages,
    _lists,
    _demanded,
    _pairs,
    _negations,
)
