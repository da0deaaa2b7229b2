"""All mutants of a graph, and a fair sample of them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rdflib import Literal

from vomkg.graph.lexical import literal_fault
from vomkg.mutation.mutant import Mutant, line_of, listed
from vomkg.mutation.operators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vomkg.mutation.mutant import Operator, Triple
    from vomkg.mutation.world import World


def mutants(world: World, operators: Iterable[Operator] = OPERATORS) -> list[Mutant]:
    """Every mutant, in a fixed order; the same change counts only once.

    A change that leaves the graph as it was makes no mutant.
    """
    seen: set[tuple[frozenset[Triple], frozenset[Triple]]] = set()
    found = []
    for operator in operators:
        for gone, new in operator.targets(world):
            removed = frozenset(gone) - set(new)
            added = frozenset(t for t in new if t not in world.data)
            if (removed or added) and (removed, added) not in seen:
                seen.add((removed, added))
                found.append(_mutant(operator, removed, added))
    return found


def _mutant(
    operator: Operator, removed: frozenset[Triple], added: frozenset[Triple]
) -> Mutant:
    about = listed(removed) or listed(added)
    subjects = Counter(str(s) for s, _, _ in about)
    predicates = {str(p) for _, p, _ in about}
    return Mutant(
        operator.name,
        max(sorted(subjects), key=lambda s: subjects[s]),
        predicates.pop() if len(predicates) == 1 else None,
        tuple(map(line_of, listed(removed))),
        tuple(map(line_of, listed(added))),
        ill_typed=any(
            isinstance(o, Literal)
            and o.datatype is not None
            and literal_fault(str(o), str(o.datatype)) is not None
            for _, _, o in added
        ),
    )


def sample(made: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """At most so many mutants, in proportion to operator and property.

    Each operator is there if the size allows; the order of the whole is kept.
    """
    if size >= len(made):
        return list(made)
    drawn: list[int] = []
    by_operator: dict[str, list[int]] = defaultdict(list)
    for number, mutant in enumerate(made):
        by_operator[mutant.operator].append(number)
    for name, numbers in by_operator.items():
        rng = random.Random(f"{seed}|{name}")  # noqa: S311  # not a secret
        share = max(1, round(size * len(numbers) / len(made)))
        mixed = rng.sample(numbers, len(numbers))
        mixed.sort(key=lambda number: made[number].predicate or "")
        step, first = len(mixed) / share, rng.random()
        drawn += [mixed[int((first + k) * step)] for k in range(share)]
    rng = random.Random(seed)  # noqa: S311
    kept = rng.sample(drawn, min(size, len(drawn)))
    return [made[number] for number in sorted(kept)]
