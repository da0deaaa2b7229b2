"""Safe changes made in the files, as far as the graph conforms better with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vomkg.curate.report.fingerprint import fingerprint
from vomkg.curate.result import SEVERITIES
from vomkg.errors import VomkgError
from vomkg.graph.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vomkg.curate.mend import Patch
    from vomkg.curate.place import Place
    from vomkg.curate.result import Report

    Judge = Callable[[Mapping[str, str]], Report]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that was not made, and why."""

    patch: Patch
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of the safe changes.

    Attributes:
        texts: the new text of each file that changes, by its name.
        applied: the changes made.
        refused: those not made, each with the reason.
        report: what is found afterwards.
    """

    texts: Mapping[str, str]
    applied: tuple[Patch, ...]
    refused: tuple[Refusal, ...]
    report: Report


def apply(report: Report, texts: Mapping[str, str], judge: Judge) -> Fixed:
    """Make the safe changes with which the files conform better.

    Better is: no severity has more faults, one has fewer, and no fault is new (by
    shape, node, path and value). All changes are tried together, and where that is
    not better, in ever smaller groups. A change that overlaps an earlier one of the
    report, or that would swallow a comment, is refused.

    Args:
        report: what was found, with mends.
        texts: the text of each file, by the name that the report uses.
        judge: finds the faults of other texts of the files; if it cannot read
            them, the change is refused.
    """
    search = _Search(texts, judge)
    chosen = list(_without_overlaps(_offered(report), texts, search.refused))
    applied, after = search.kept((), report, chosen)
    changed = {
        name: new
        for name, new in replaced(texts, applied).items()
        if new != texts[name]
    }
    return Fixed(changed, applied, tuple(search.refused), after)


def replaced(texts: Mapping[str, str], patches: Sequence[Patch]) -> dict[str, str]:
    """The texts with the patches made, from the end of each file to its start."""
    done = dict(texts)
    for patch in sorted(patches, key=lambda patch: patch.at, reverse=True):
        text = done[patch.at.file]
        start, end = span(text, patch.at)
        done[patch.at.file] = text[:start] + patch.text + text[end:]
    return done


def span(text: str, at: Place) -> tuple[int, int]:
    """The offsets at which a stretch of a text starts and ends."""
    lines = [0]
    lines += [
        offset + 1
        for offset, char in enumerate(text)
        if char == "\n" or (char == "\r" and text[offset + 1 : offset + 2] != "\n")
    ]
    start = lines[at.line - 1] + at.column - 1
    return start, lines[at.end_line - 1] + at.end_column - 1


def better(before: Report, after: Report) -> bool:
    """Whether a report has fewer faults and neither new nor more of any severity."""
    fewer = len(after.results) < len(before.results)
    no_more = all(after.counts[level] <= before.counts[level] for level in SEVERITIES)
    return fewer and no_more and _faults(after) <= _faults(before)


def _faults(report: Report) -> set[str]:
    return {fingerprint(item) for item in report.results}


class _Search:
    """Tries changes, in halves where they are not good together."""

    def __init__(self, texts: Mapping[str, str], judge: Judge) -> None:
        self._texts = texts
        self._judge = judge
        self.refused: list[Refusal] = []

    def kept(
        self, done: tuple[Patch, ...], report: Report, more: Sequence[Patch]
    ) -> tuple[tuple[Patch, ...], Report]:
        """The changes made and the report then, with as many more as are good."""
        if not more:
            return done, report
        reason = "with it there are as many faults, or other ones"
        try:
            after = self._judge(replaced(self._texts, (*done, *more)))
        except VomkgError as error:
            reason = f"with it the files cannot be judged: {error.message}"
        else:
            if better(report, after):
                return (*done, *more), after
        if len(more) == 1:
            self.refused.append(Refusal(more[0], reason))
            return done, report
        middle = len(more) // 2
        done, report = self.kept(done, report, more[:middle])
        return self.kept(done, report, more[middle:])


def _offered(report: Report) -> list[Patch]:
    """The safe change of each fault, those of several faults once."""
    found = (
        next((mend.patch for mend in result.mends if mend.patch), None)
        for result in report.results
    )
    return list(dict.fromkeys(patch for patch in found if patch is not None))


def _without_overlaps(
    patches: Sequence[Patch], texts: Mapping[str, str], refused: list[Refusal]
) -> Iterator[Patch]:
    taken: dict[str, list[tuple[int, int]]] = {}
    for patch in patches:
        file = patch.at.file
        if file not in texts:
            refused.append(Refusal(patch, f"the text of {file} is not at hand"))
            continue
        start, end = span(texts[file], patch.at)
        others = taken.setdefault(file, [])
        if any(start < until and since < end for since, until in others) or (
            (start, end) in others
        ):
            refused.append(Refusal(patch, "another change is made at the same place"))
        elif _holds_comment(texts[file], start, end):
            refused.append(Refusal(patch, "a comment stands there and would be lost"))
        else:
            others.append((start, end))
            yield patch


def _holds_comment(text: str, start: int, end: int) -> bool:
    return "#" in text[start:end] and any(
        token.kind == "comment" and start <= token.start < end for token in tokens(text)
    )
