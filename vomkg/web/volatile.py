"""Whether a query may give another answer the next time it is asked.

The engine takes keywords that are glued to their neighbour (``FILTERRAND()``)
and reads ``<`` in an expression as "less than" where the grammar has an IRI. So
where a text can be read in two ways it counts as volatile: that costs an
evaluation, while the other mistake would give out an old answer as a new one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from vomkg.graph.tokens import Token

# SPARQL 1.1 §17.4; STRUUID holds UUID. What another host answers may change too.
# No other keyword or function contains one of these.
_NAMES: Final = re.compile("NOW|RAND|UUID|BNODE|SERVICE", re.IGNORECASE)
# An IRI that cannot be read as "<" and an operand: a name, a colon, two slashes.
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST_CODEPOINT: Final = 0x10FFFF


def is_volatile(query: str) -> bool:
    """Whether two evaluations of the query over one graph may differ.

    The names inside strings, comments, IRIs, prefixed names and variables do
    not count.
    """
    # Some engines resolve these before they look for strings (SPARQL 1.1 §19.2).
    resolved = _CODEPOINT.sub(_character, query)
    readings = (query,) if resolved == query else (query, resolved)
    return any(_NAMES.search(text) and _calls(text) for text in readings)


def _calls(text: str) -> bool:
    return any(_may_call(token) for token in tokens(text))


def _may_call(token: Token) -> bool:
    if token.kind == "word":
        return _NAMES.search(token.text) is not None
    if token.kind != "iri" or _ABSOLUTE.match(token.text):
        return False
    # Behind "<" as an operator these open a call, or what hides the rest of the text.
    return any(character in token.text for character in "'#(")


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= _LAST_CODEPOINT else match[0]
