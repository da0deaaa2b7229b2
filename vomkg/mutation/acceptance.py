"""Mutants that may go uncaught, by name and with the reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vomkg.errors import InputError
from vomkg.graph.prefixes import expand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vomkg.mutation.mutant import Mutant

_KEYS = {"name", "kind", "reason", "operators", "properties"}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A group of mutants that the shapes rightly let through.

    Attributes:
        name: its name in tables.
        kind: ``equivalent`` if such a mutant is as true as the data, ``reader`` if
            only a second reading of the source can tell.
        reason: why it is accepted.
        operators: the operators that it holds for.
        properties: IRIs of the properties that it holds for; empty for any.
    """

    name: str
    kind: str
    reason: str
    operators: frozenset[str]
    properties: frozenset[str]

    def covers(self, mutant: Mutant) -> bool:
        """Whether it holds for this mutant, if no shape catches it."""
        known = not self.properties or mutant.predicate in self.properties
        return mutant.operator in self.operators and known


def read_acceptances(
    path: Path, prefixes: Mapping[str, str], operators: set[str]
) -> list[Acceptance]:
    """The acceptances of a file; none if there is no file.

    Raises:
        InputError: the file is no TOML, or an entry lacks a part or names an
            operator that there is not.
    """
    if not path.is_file():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"not TOML: {fault}", path=path) from fault
    found = []
    for entry in told.get("acceptance", []):
        if set(entry) != _KEYS or entry["kind"] not in ("equivalent", "reader"):
            raise InputError(
                f"an acceptance has {', '.join(sorted(entry))}, expected "
                f"{', '.join(sorted(_KEYS))}, and a kind equivalent or reader",
                path=path,
            )
        if unknown := set(entry["operators"]) - operators:
            raise InputError(
                f"acceptance {entry['name']!r} names no operator by "
                f"{', '.join(sorted(unknown))}",
                path=path,
                fix="see vomkg mutate --list",
            )
        named = {expand(name, prefixes) for name in entry["properties"] if name != "*"}
        found.append(
            Acceptance(
                entry["name"],
                entry["kind"],
                entry["reason"],
                frozenset(entry["operators"]),
                frozenset(named),
            )
        )
    return found
