"""Where the engines differ from the W3C or from each other, each with its reason.

A difference that is not here fails its test, and so does a line here that is no
longer true.
"""

from __future__ import annotations

from typing import Final

# By test of the W3C's suite and engine.
SUITE: Final[dict[tuple[str, str], str]] = {
    ("core/property/uniqueLang-002", "pyshacl"): (
        "takes sh:uniqueLang for set where it is written as the number 1, which "
        "SHACL §4.4.5 does not ask for; such shapes count as doubtful for auto"
    ),
    ("sparql/pre-binding/shapesGraph-001", "pyshacl"): (
        "does not give queries the shapes graph, an option of SHACL §5.3.1; such "
        "queries count as doubtful for auto, and pySHACL refuses them"
    ),
    ("sparql/pre-binding/unsupported-sparql-004", "shacl"): (
        "runs a query whose inner SELECT leaves out $this, which SHACL §5.2.1 "
        "forbids; a query inside another counts as doubtful for auto"
    ),
}

# By case of tests/engines/cases.py: the engines that do not give what is expected.
OWN: Final[dict[str, tuple[str, str]]] = {
    "ill-formed dateTime": (
        "pyshacl",
        "rdflib takes a date for a dateTime; literals are checked before any engine "
        "runs, and ill-formed ones count as doubtful for auto",
    ),
    "ill-formed decimal": (
        "pyshacl",
        "Python reads 1e3 as a decimal; as above",
    ),
    "ill-formed year": (
        "pyshacl and shacl",
        "neither looks into xsd:gYear; as above",
    ),
    "order of unlike types": (
        "pyshacl",
        "rdflib has one order of all terms, SPARQL none of unlike types (§17.3.1); "
        "values of more than one kind count as doubtful for auto",
    ),
    "order of NaN": (
        "pyshacl",
        "no number is above NaN; floating-point numbers count as doubtful for auto",
    ),
    "order of dates with and without zone": (
        "shacl",
        "cannot compare them, pySHACL takes UTC for the zone; they count as doubtful "
        "for auto",
    ),
    "length of a blank node": (
        "pyshacl",
        "a blank node has no length (SHACL §4.4.1); pySHACL passes over it where the "
        "length is 0, and so 0 counts as doubtful for auto",
    ),
    "end of a line": (
        "pyshacl",
        "$ of Python stands before a last line feed too; literals that end with one "
        "count as doubtful for auto",
    ),
    "letters": (
        "shacl",
        "Rust and Python have different tables of letters; characters beyond both "
        "count as doubtful for auto where a pattern asks for letters or digits",
    ),
}
