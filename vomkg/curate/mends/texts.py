"""Mends where a text is not as it must be (SHACL, section 4.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import SH, XSD, BNode, Literal

from vomkg.curate.mend import Mend
from vomkg.curate.mends.patterns import in_words
from vomkg.curate.mends.values import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib import URIRef
    from rdflib.term import Node

    from vomkg.curate.mends.case import Case

# Changes that lose nothing of what a text says, the smallest first.
_REPAIRS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("without the blanks at its ends", str.strip),
    ("with a full stop at its end", lambda text: text.rstrip() + "."),
)
# Changes of what it says, which a person must want.
_GUESSES: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("in small letters", str.lower),
    ("with hyphens", lambda text: re.sub(r"[\s_]+", "-", text.strip()).lower()),
    ("with a capital letter", lambda text: text[:1].upper() + text[1:]),
)


def not_the_pattern(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:pattern``: a text that fits, else what fits in words."""
    pattern, value = case.parameter(SH.pattern), case.value
    if pattern is None or value is None or isinstance(value, BNode):
        return
    flags = "i" in str(case.parameter(SH.flags) or "") and re.IGNORECASE
    with_flags = int(flags)
    if isinstance(value, Literal):
        for repairs, safe in ((_REPAIRS, True), (_GUESSES, False)):
            for words, change in repairs:
                new = change(str(value))
                if _fits(str(pattern), new, with_flags):
                    yield case.instead(f"write it {words}", like(value, new), safe=safe)
                    return
    what = "the identifier" if case.path is None else case.named
    yield Mend(
        f"make {what} {in_words(str(pattern))}, not {case.world.turtle(value)}",
        case.told(_dots(value)) if case.path else "",
    )


def too_short(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:minLength``."""
    yield from _length(case, SH.minLength, "lengthen", "at least")


def too_long(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:maxLength``."""
    yield from _length(case, SH.maxLength, "shorten", "at most")


def not_the_language(case: Case) -> Iterator[Mend]:
    """Mends for ``sh:languageIn``: the tag for a text without one, else a choice."""
    tags, value = languages(case), case.value
    if value is None or not tags:
        return
    if not isinstance(value, Literal) or value.datatype not in {None, XSD.string}:
        yield case.instead(f"write text in {' or '.join(tags)}", f'"…"@{tags[0]}')
        return
    shown = " or ".join(f"@{tag}" for tag in tags)
    if not value.language:
        words = f"say in which language it is: {shown}"
    else:
        words = f"write it in {shown}, or correct the tag @{value.language} if it is"
    new = Literal(str(value), lang=tags[0])
    yield case.instead(words, new, safe=len(tags) == 1 and not value.language)


def like(value: Literal, text: str) -> Literal:
    """A literal with another text and the same type or language."""
    return Literal(text, lang=value.language, datatype=value.datatype, normalize=False)


def _length(case: Case, p: URIRef, verb: str, bound: str) -> Iterator[Mend]:
    limit, value = case.parameter(p), case.value
    if limit is not None and value is not None:
        by = abs(len(str(value)) - int(str(limit)))
        words = (
            f"{verb} {case.named} by {by} character{'' if by == 1 else 's'}: it has {len(str(value))} "
            f"and may have {bound} {limit}"
        )
        yield Mend(words, case.told(_dots(value)) if case.path else "")


def _fits(pattern: str, text: str, flags: int) -> bool:
    try:
        return re.search(pattern, text, flags) is not None
    except re.error:
        return False


def _dots(value: Node) -> str:
    """A value of the same kind that is yet to be given."""
    if not isinstance(value, Literal):
        return "<…>"
    if value.language:
        return f'"…"@{value.language}'
    return '"…"' if value.datatype in {None, XSD.string} else "…"
