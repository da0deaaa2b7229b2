"""The IRIs that we mint, and the addresses that answer for them where we run.

An IRI never changes with the host. A link in a page does: it leads to the host,
prefix and release that the reader is on.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from flask import url_for

from vomkg.errors import UnknownNameError
from vomkg.formats import offered
from vomkg.namespaces import BASE, GRAPHS, THINGS

DOCUMENTS: Final = BASE + "doc/"
QUESTIONS: Final = BASE + "question/"
# Documents whose terms are named by a fragment, by path behind the base.
VOCABULARIES: Final = ("ontology", "ontology/prefixes", "shapes")
PAGE: Final = "html"
SUFFIXES: Final = frozenset({form.extension for form in offered("graph")} | {PAGE})
# Longer names than this, and other characters, are in no IRI of a thing.
_LONGEST: Final = 255
_NAME: Final = re.compile(r"\w(?:[\w.~-]*\w)?")


def is_name(text: str) -> bool:
    """Whether the text can stand behind ``id/`` as the name of a thing."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def thing_of(name: str) -> str:
    """The IRI of the thing of that name.

    Raises:
        UnknownNameError: nothing can have that name.
    """
    if is_name(name):
        return THINGS + name
    raise UnknownNameError(
        "the address names nothing that could be held here",
        fix="names of things have letters, digits, hyphens and full stops, "
        f"and at most {_LONGEST} characters",
    )


def split(name: str) -> tuple[str, str]:
    """A name without the suffix of a format, and that suffix; empty if none."""
    stem, _, end = name.rpartition(".")
    return (stem, end) if stem and end in SUFFIXES else (name, "")


def in_header(iri: str) -> str:
    """An IRI as a URI, which is all that a header can hold (RFC 3987 §3.1)."""
    return quote(iri, safe="!#$%&'()*+,-./:;=?@_~")


def address_of(iri: str) -> str | None:
    """Where an IRI of ours is answered on this host; None for any other IRI.

    Needs a request at hand, because the address depends on it.
    """
    if not iri.startswith(BASE):
        return None
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    if path in VOCABULARIES:
        return url_for("things.vocabulary", name=path, _anchor=fragment or None)
    if iri.startswith(GRAPHS):
        return url_for("store.graph", graph=iri)
    kind, _, name = path.partition("/")
    if fragment or not is_name(name):
        return url_for("pages.home") if iri == BASE else None
    if kind == "question":
        return url_for("pages.question", name=name)
    if kind != "id":
        return None
    # A thing whose name looks like a file is reached by its page.
    shown = f"{name}.{PAGE}" if split(name)[1] else name
    return url_for("things.document", name=shown)
