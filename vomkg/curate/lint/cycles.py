"""The cycles of a graph of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Node = TypeVar("Node")


def components(steps: Mapping[Node, Sequence[Node]]) -> Iterator[list[Node]]:
    """The nodes that lead to each other, in one list each (Tarjan, not recursive).

    Args:
        steps: where each node leads; one that is missing leads nowhere.
    """
    number: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    waiting: dict[Node, None] = {}  # an ordered set of nodes of no component yet

    def opened(node: Node) -> tuple[Node, Iterator[Node]]:
        number[node] = lowest[node] = len(number)
        waiting[node] = None
        return node, iter(steps.get(node, ()))

    for start in list(steps):
        way = [] if start in number else [opened(start)]
        while way:
            node, rest = way[-1]
            for follower in rest:
                if follower not in number:
                    way.append(opened(follower))
                    break
                if follower in waiting:
                    lowest[node] = min(lowest[node], number[follower])
            else:
                way.pop()
                if way:
                    above = way[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == number[node]:
                    yield _taken(waiting, node)


def _taken(waiting: dict[Node, None], root: Node) -> list[Node]:
    found: list[Node] = []
    while not found or found[-1] != root:
        found.append(waiting.popitem()[0])
    return found
