"""Coverage in words, as JSON, or as Markdown."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from json import dumps
from typing import TYPE_CHECKING, Final

from vomkg.coverage.completeness import LEVELS, share
from vomkg.coverage.measure import percent
from vomkg.graph.text import plain_markdown, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vomkg.coverage.completeness import Said
    from vomkg.coverage.measure import Coverage
    from vomkg.curate.names import Names

    Table = tuple[str, list[list[str]]]  # a title; rows, the first of them the head

_SHOWN: Final = 20


def text(found: Coverage, names: Names, *, whole: bool = False) -> str:
    """The coverage as tables for a terminal.

    Args:
        found: what was measured.
        names: labels and short forms.
        whole: whether every property of every class is shown.
    """
    lines: list[str] = []
    for title, rows in _tables(found, names, whole=whole):
        safe = [[printable(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*safe, strict=True)]
        lines += ["", title]
        for row in safe:
            cells = (c.ljust(w) for c, w in zip(row, widths, strict=True))
            lines.append(f"  {'  '.join(cells).rstrip()}")
    lines += ["", *(printable(line) for line in _gaps(found, names))]
    return "\n".join(lines).strip() + "\n"


def markdown(found: Coverage, names: Names, *, whole: bool = False) -> str:
    """The coverage as Markdown tables."""
    lines: list[str] = []
    for title, (head, *rows) in _tables(found, names, whole=whole):
        lines += ["", f"**{title}**", "", _row(head), _row(["---"] * len(head))]
        lines += [_row([plain_markdown(cell) for cell in row]) for row in rows]
    lines += [""]
    lines += [f"- {plain_markdown(line.strip())}" for line in _gaps(found, names)]
    return "\n".join(lines).strip() + "\n"


def json(found: Coverage) -> str:
    """The coverage as one JSON object with IRIs in full."""
    facts = {
        "levels": {
            level: dict(zip(("have", "of"), found.share(level), strict=True))
            for level in LEVELS
        },
        "triples": {
            "looked_at": found.looked_at[0],
            "of": found.looked_at[1],
            "unseen": [[t.n3() for t in triple] for triple in found.reach.unseen],
        },
        "things": {
            "of": found.reach.nodes,
            "unjudged": [str(node) for node in found.reach.unjudged],
        },
        "idle_shapes": list(found.reach.idle),
        "properties": [asdict(item) for item in found.filled],
        "emmie": [{**asdict(item), "state": item.state} for item in found.said],
    }
    return dumps(facts, indent=2, ensure_ascii=False) + "\n"


def trend(rows: Sequence[tuple[str, Coverage]]) -> str:
    """One line a release: the shares, and what the shapes do not look at."""
    table = [["release", "MUST", "SHOULD", "triples", "looked at"]]
    for name, found in rows:
        have, of = found.looked_at
        table.append(
            [
                name,
                _of(found.share("MUST")),
                _of(found.share("SHOULD")),
                str(of),
                _of((have, of)),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "".join(
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in table
    )


def _tables(found: Coverage, names: Names, *, whole: bool) -> Iterator[Table]:
    yield (
        "What the shapes ask for",
        [
            ["level", "there", "share"],
            *(
                [level, f"{have} of {of}", percent((have, of))]
                for level in LEVELS[:2]
                for have, of in [found.share(level)]
            ),
            [
                "looked at",
                "{} of {} triples".format(*found.looked_at),
                percent(found.looked_at),
            ],
        ],
    )
    rows = [["class", "things", "MUST", "SHOULD"]]
    for kind, group in groupby(found.filled, key=lambda item: item.kind):
        items = list(group)
        shares = [_of(share(items, level)) for level in LEVELS[:2]]
        rows.append([names.label(kind), str(items[0].of), *shares])
    yield "By class", rows
    if whole:
        yield (
            "By property",
            [
                ["class", "property", "level", "there"],
                *(
                    [
                        names.label(item.kind),
                        names.short(item.path),
                        item.level,
                        _of((item.have, item.of)),
                    ]
                    for item in found.filled
                ),
            ],
        )
    if found.said:
        yield "By EMMIE dimension and review", list(_emmie(found.said, names))


def _emmie(said: Sequence[Said], names: Names) -> Iterator[list[str]]:
    reviews = list(dict.fromkeys(item.review for item in said))
    yield ["dimension", *(names.label(review) for review in reviews)]
    for dimension, group in groupby(said, key=lambda item: item.dimension):
        yield [names.label(dimension), *(_state(item) for item in group)]


def _state(item: Said) -> str:
    parts = [
        f"{number} {one if number == 1 else one + 's'}"
        for number, one in ((item.claims, "claim"), (item.absences, "absence"))
        if number
    ]
    return ", ".join(parts) or "silent"


def _gaps(found: Coverage, names: Names) -> Iterator[str]:
    """What is missing, and what no shape looks at, the first of each."""
    lacking = [
        f"{names.both(thing)} has too few values of {names.both(item.path)}"
        for item in found.filled
        if item.level != "MAY"
        for thing in item.missing
    ]
    unseen = [
        " ".join(names.short(str(term)) for term in triple)
        for triple in found.reach.unseen
    ]
    unjudged = [names.both(str(node)) for node in found.reach.unjudged]
    idle = [names.short(shape) for shape in found.reach.idle]
    for what, listed in (
        ("properties missing", lacking),
        ("triples that no shape looks at", unseen),
        ("things that no shape of their own judges", unjudged),
        ("shapes that judge nothing", idle),
    ):
        yield f"{what}: {len(listed)}"
        yield from (f"  {item}" for item in listed[:_SHOWN])
        if len(listed) > _SHOWN:
            yield f"  and {len(listed) - _SHOWN} more"


def _of(part: tuple[int, int]) -> str:
    have, of = part
    return f"{have} of {of}" if of else "–"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
