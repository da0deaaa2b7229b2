"""One sentence, or a few, that an answer fills: its template stands with the question.

``{column}`` is the value of a row, ``{column*}`` all values that the rows have which
are alike in the plain columns, and ``{column#}`` how many those are. So no values
are put together that no row puts together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

PLACE: Final = re.compile(r"\{([^{}*#]*)([*#]?)\}")
# A paragraph of more sentences, or a list of more names, is read by nobody.
_SENTENCES: Final = 10
_NAMES: Final = 12


def unknown_places(template: str, columns: Collection[str]) -> list[str]:
    """The names in a template that are no columns, in order."""
    return [name for name, _ in PLACE.findall(template) if name not in columns]


def told(template: str, rows: Iterable[Mapping[str, str]]) -> str:
    """What the rows say, by a template; empty if no row fills it.

    Args:
        template: a sentence with places.
        rows: of an answer, each value in words; empty where there is none.
    """
    places = PLACE.findall(template)
    plain = [name for name, mark in places if not mark]
    groups: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    left = 0
    for row in rows:
        if all(row.get(name) for name, _ in places):
            groups.setdefault(tuple(row[name] for name in plain), []).append(row)
        else:
            left += 1
    found = [_filled(template, group) for group in groups.values()]
    shown = found[:_SENTENCES]
    left += sum(len(group) for group in list(groups.values())[_SENTENCES:])
    if left and shown:
        rest = "One more row stands" if left == 1 else f"{left} more rows stand"
        shown.append(f"{rest} in the table alone.")
    return " ".join(shown)


def listed(names: Sequence[str]) -> str:
    """Names as a list in words; a long one ends with how many more there are."""
    if len(names) > _NAMES:
        return f"{', '.join(names[:_NAMES])} and {len(names) - _NAMES} more"
    if len(names) < 2:
        return "".join(names)
    # Where a name holds the word itself, a comma keeps the last one apart.
    joint = (
        ", and " if any(" and " in name or "," in name for name in names) else " and "
    )
    return joint.join([", ".join(names[:-1]), names[-1]])


def _filled(template: str, group: Sequence[Mapping[str, str]]) -> str:
    def value(match: re.Match[str]) -> str:
        name, mark = match.groups()
        values = list(dict.fromkeys(row[name] for row in group))
        if mark == "#":
            return str(len(values))
        return listed(values)

    text = PLACE.sub(value, template)
    return f"{text[:1].upper()}{text[1:]}"
