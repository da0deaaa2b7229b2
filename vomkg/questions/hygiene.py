"""Hygiene rules: one query a file, whose rows are the faults; no row is good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from vomkg.errors import QuestionFileError
from vomkg.graph.prefixes import shorten
from vomkg.questions.catalogue import STEM, read_text
from vomkg.questions.header import split, template_places
from vomkg.questions.text import QueryText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vomkg.engine.answer import Answer

    class Asked(Protocol):
        """What can be asked a query: an engine, or a knowledge graph."""

        def query(self, text: str, /) -> Answer:
            """The answer to a SPARQL text."""
            ...


SEVERITIES: Final = ("error", "warning")
_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what must not be found, and what to say of each case found.

    Attributes:
        id: the stem of its file.
        path: its file.
        summary: what the rule demands, in one line.
        severity: error or warning.
        message: one line with ``{column}`` places, filled from each row.
        sparql: the SELECT that finds the faults.
    """

    id: str
    path: Path
    summary: str
    severity: str
    message: str
    sparql: str


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule found.

    Attributes:
        rule: the rule.
        messages: one filled message for each fault, in the order of the rows.
        focuses: for each, the first node of its row: an IRI, or ``_:`` and a
            label; empty where the row has texts and numbers alone.
    """

    rule: Rule
    messages: tuple[str, ...]
    focuses: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the graph keeps the rule."""
        return not self.messages


def run_rules(
    graph: Asked, files: Iterable[Path], prefixes: Mapping[str, str] | None = None
) -> list[RuleResult]:
    """The result of every rule, in the order of the files.

    Args:
        graph: the engine, or knowledge graph, to be searched.
        files: ``.rq`` files with a header of summary, severity and message.
        prefixes: the prefix list; if given, each file must agree with it, and
            messages show IRIs as prefixed names.

    Raises:
        QuestionFileError: a faulty rule file; no rule is run then.
    """
    rules = [read_rule(path, prefixes) for path in files]
    return [_run(rule, graph, prefixes or {}) for rule in rules]


def read_rule(path: Path, prefixes: Mapping[str, str] | None = None) -> Rule:
    """The rule in one file.

    Raises:
        QuestionFileError: unreadable file, faulty header or query, or a message
            place that no column of the query fills.
    """
    text = read_text(path)
    header, sparql, first_line = split(text, path)
    fields = header.fields(["summary", "severity", "message"])
    query = QueryText(sparql, path, first_line)
    if prefixes is not None:
        query.check_prefixes(prefixes)
    query.check_limits()
    if not STEM.fullmatch(path.stem):
        raise QuestionFileError(f"{path.stem!r} cannot name a rule", path=path)
    return Rule(
        id=path.stem,
        path=path,
        summary=fields["summary"].one_line(),
        severity=fields["severity"].choice(SEVERITIES),
        message=template_places(fields["message"], query.columns),
        sparql=sparql,
    )


def _run(rule: Rule, graph: Asked, prefixes: Mapping[str, str]) -> RuleResult:
    answer = graph.query(rule.sparql)
    rows = list(answer.rows)
    return RuleResult(
        rule,
        tuple(_filled(rule.message, row, prefixes) for row in rows),
        tuple(_focus(row) for row in rows),
    )


def _focus(row: Mapping[str, object]) -> str:
    nodes = (str(term) for term in row.values())
    return next(
        (
            node.strip("<>")
            for node in nodes
            if node.startswith("_:") or (node.startswith("<") and node.endswith(">"))
        ),
        "",
    )


def _filled(
    template: str, row: Mapping[str, object], prefixes: Mapping[str, str]
) -> str:
    def value(match: re.Match[str]) -> str:
        term = row[match[1]]
        if term is None:
            return "nothing"
        return shorten(str(getattr(term, "value", term)), prefixes)

    return _PLACE.sub(value, template)
