"""Whether the text of a typed literal is of its type.

SHACL engines and triple stores let many ill-typed literals pass, so vomkg asks
here, before anything else sees them. Known are the types of XML Schema 1.1 part 2
and those of RDF (Concepts §5).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vomkg.graph.forms import FORMS, INTEGERS
from vomkg.graph.iris import iri_fault
from vomkg.namespaces import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DATED: Final = {"date", "dateTime", "dateTimeStamp"}
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHOWN: Final = 60  # characters of a text in a message
# RFC 5646 §2.1: language with extensions, script, region, variants, extensions,
# private use; or private use alone; or one of the irregular tags of old.
_TAG: Final = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?"
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu))",
    re.IGNORECASE | re.ASCII,
)


def literal_fault(lexical: str, datatype: str) -> str | None:
    """What is wrong with the text of a literal of that datatype, or None.

    Datatypes outside the namespaces of XSD and RDF are not judged; a name in
    XSD's that it does not define is itself the fault.
    """
    if datatype.startswith(XSD):
        return _xsd_fault(lexical, datatype.removeprefix(XSD))
    check = (
        _RDF_TYPES.get(datatype.removeprefix(RDF)) if datatype.startswith(RDF) else None
    )
    return check(lexical) if check else None


@lru_cache(maxsize=256)
def language_fault(tag: str) -> str | None:
    """What is wrong with a language tag (RFC 5646 §2.2.9), or None."""
    if _TAG.fullmatch(tag):
        return None
    return (
        f"{_cut(tag)} is not a language tag: expected a language, then parts for "
        "script, region and the like, such as 'en-GB'"
    )


def _xsd_fault(lexical: str, name: str) -> str | None:
    if name in INTEGERS:
        return _integer_fault(lexical, name)
    if name == "anyURI":
        wrong = iri_fault(lexical)
        example = "expected an address such as 'https://example.org/'"
        return (
            f"{_cut(lexical)} is not an xsd:anyURI: {wrong}; {example}"
            if wrong
            else None
        )
    if name not in FORMS:
        return f"xsd:{name} is not a datatype of XML Schema"
    form = FORMS[name]
    if not form.pattern.fullmatch(lexical):
        return (
            f"{_cut(lexical)} is not an xsd:{name}: expected {form.words}, "
            f"such as {form.example!r}"
        )
    if name in _DATED:
        return _date_fault(lexical, name)
    return _month_day_fault(lexical) if name == "gMonthDay" else None


def _integer_fault(lexical: str, name: str) -> str | None:
    low, high = INTEGERS[name]
    if not _INTEGER.fullmatch(lexical):
        example = "-15" if high is not None and high <= 0 else "15"
        return (
            f"{_cut(lexical)} is not an xsd:{name}: expected digits alone, "
            f"such as '{example}'"
        )
    digits = lexical.lstrip("+-").lstrip("0") or "0"
    # Python refuses to read numbers of thousands of digits; no bound needs more.
    value = int(digits) if len(digits) <= 40 else 10**40
    value = -value if lexical.startswith("-") else value
    if (low is not None and value < low) or (high is not None and value > high):
        return (
            f"{_cut(lexical)} is outside the range of xsd:{name}: {_range(low, high)}"
        )
    return None


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"expected at most {high}"
    return f"expected at least {low}" if high is None else f"expected {low} to {high}"


def _date_fault(lexical: str, name: str) -> str | None:
    year, month, day = re.findall(r"[0-9]+", lexical)[:3]
    # The last four digits decide, and Python refuses to read thousands of them.
    number = int(year[-4:])
    leap = number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
    last = 28 if month == "02" and not leap else _DAYS[int(month) - 1]
    return _past(lexical, name, int(day), last)


def _month_day_fault(lexical: str) -> str | None:
    month, day = int(lexical[2:4]), int(lexical[5:7])
    return _past(lexical, "gMonthDay", day, _DAYS[month - 1])


def _past(lexical: str, name: str, day: int, last: int) -> str | None:
    if day <= last:
        return None
    return (
        f"{_cut(lexical)} is not an xsd:{name}: the month has {last} days, "
        f"expected a day from 01 to {last}"
    )


def _untagged(lexical: str) -> str:
    return (
        f"{_cut(lexical)} is an rdf:langString without language: expected a tag in "
        "place of the datatype, such as @en"
    )


def _json_fault(lexical: str) -> str | None:
    import json  # a rare type: most starts save the time

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is no value of JSON")

    try:
        json.loads(lexical, parse_constant=refuse)
    except (ValueError, RecursionError) as wrong:
        why = "nested too deeply" if isinstance(wrong, RecursionError) else str(wrong)
        return f"{_cut(lexical)} is not an rdf:JSON: {_lower(why)}, such as '[1, 2]'"
    return None


def _xml_fault(lexical: str) -> str | None:
    from xml.parsers import expat  # a rare type: most starts save the time

    # The element around it makes a fragment a document, in which none of the
    # entities can be declared that would swell.
    parser = expat.ParserCreate("utf-8", " ")
    try:
        parser.Parse(f"<x>{lexical}</x>".encode("utf-8", "surrogatepass"), True)
    except (expat.ExpatError, ValueError) as wrong:
        why = expat.ErrorString(getattr(wrong, "code", 0)) or "not well-formed"
        return (
            f"{_cut(lexical)} is not an rdf:XMLLiteral: {why}; expected balanced XML, "
            "such as '<b>text</b>'"
        )
    return None


_RDF_TYPES: Final[dict[str, Callable[[str], str | None]]] = {
    "langString": _untagged,
    "dirLangString": _untagged,
    "JSON": _json_fault,
    "XMLLiteral": _xml_fault,
}


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
