"""The rules beside the shapes: lint, literals, prefixes, empty files and hygiene."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vomkg.curate.place import Place
from vomkg.curate.result import Result, Severity
from vomkg.namespaces import BASE, VOID
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vomkg.graph.tokens import Token
    from vomkg.questions.hygiene import RuleResult
    from vomkg.workbench.draft import Draft
    from vomkg.workbench.reading import Reading
    from vomkg.workbench.workspace import Workspace

    # A prefix as a file declares it: its name, its namespace, where it stands.
    Declared = tuple[str, str, Place]

_DECLARES: Final = re.compile(r"\bprefix\b", re.IGNORECASE)
NO_STATEMENT: Final = "no-statement"
PREFIX_DIFFERS: Final = "prefix-differs"
PREFIX_UNUSED: Final = "prefix-unused"
_SEVERITY: Final[Mapping[str, Severity]] = {"error": "violation", "warning": "warning"}


def lint_results(work: Workspace, *, whole: bool = True) -> list[Result]:
    """What the lint finds wrong with the shapes, each at its line.

    Args:
        work: the files.
        whole: the data are all that the shapes are for, so that a shape which
            matches nothing is a fault.
    """
    from vomkg.curate.lint import shape_faults
    from vomkg.curate.lint.placing import placed

    data = work.data if whole else None
    most = work.settings.shape_query_terms
    found = shape_faults(work.shapes, work.ontology, data, most=most)
    if any(result.component == "NoMatch" for result in found):
        # A class may have members only by what follows from the data.
        known = work.data + work.reasoning.inferred
        found = shape_faults(work.shapes, work.ontology, known, most=most)
    return placed(found, work.texts(work.shapes_files))


def literal_results(work: Workspace) -> list[Result]:
    """Every literal of the files that is not of its type."""
    from vomkg.curate.literals import literal_faults

    texts = work.texts(work.files)
    return [
        fault for name, text in texts.items() for fault in literal_faults(name, text)
    ]


def prefix_results(work: Workspace) -> list[Result]:
    """Prefixes that a file declares otherwise than the list, or that none uses.

    Those of our own namespaces and of VoID, in which a release describes itself,
    need no use: they are there for people who ask.
    """
    settings = work.settings
    queries = [*settings.question_files(), *settings.hygiene_files()]
    listed = work.prefixes
    unused = {name for name in listed if not listed[name].startswith((BASE, VOID))}
    found = []
    for file, text in work.texts([*work.files, *queries]).items():
        for name, namespace, at in _declared(file, text):
            unused.discard(name)
            if listed.get(name) != namespace:
                found.append(_differs(name, namespace, listed.get(name), at))
    list_file = settings.root / "ontology" / "prefixes.ttl"
    for file, text in work.texts([list_file]).items():
        found += [_unused(name, listed[name], file, text) for name in sorted(unused)]
    return found


def empty_results(read: Reading, paths: Iterable[Path]) -> list[Result]:
    """Files that say nothing, so that nothing of them was judged."""
    return [
        _own_fault(
            "warning",
            NO_STATEMENT,
            "",
            "the file holds no statement, so nothing in it was judged; write "
            "statements, or leave the file out",
            Place(shown(path), 1, 1),
        )
        for path in paths
        if not read.file(path).quads
    ]


def hygiene_results(draft: Draft) -> list[Result]:
    """What the hygiene rules find; the focus node is the first node of a row."""
    from vomkg.questions.hygiene import run_rules

    files = draft.settings.hygiene_files()
    rules = run_rules(draft.knowledge, files, draft.prefixes)
    return [result for rule in rules for result in _of_rule(rule)]


def _of_rule(found: RuleResult) -> Iterator[Result]:
    rule = found.rule
    for message, focus in zip(found.messages, found.focuses, strict=True):
        yield Result(
            severity=_SEVERITY[rule.severity],
            shape=rule.id,
            focus=focus,
            path=None,
            value=None,
            value_type=None,
            component="",
            message=message,
            check="rule",
            shape_at=Place(shown(rule.path), 1, 1),
        )


def _differs(name: str, namespace: str, meant: str | None, at: Place) -> Result:
    right = f"for <{meant}>" if meant else "for nothing"
    fix = f"write <{meant}>" if meant else "add it to the list, or write full IRIs"
    return _own_fault(
        "violation",
        PREFIX_DIFFERS,
        namespace,
        f"prefix {name}: stands for <{namespace}>, but in ontology/prefixes.ttl "
        f"{right}; {fix}",
        at,
    )


def _unused(name: str, namespace: str, file: str, text: str) -> Result:
    at = next(_named_in_list(name, file, text), Place(file, 1, 1))
    words = f"no file uses {name}:; take it off the list"
    return _own_fault("violation", PREFIX_UNUSED, namespace, words, at)


def _own_fault(
    severity: Severity, rule: str, focus: str, message: str, at: Place
) -> Result:
    return Result(
        severity=severity,
        shape=rule,
        focus=focus,
        path=None,
        value=None,
        value_type=None,
        component="",
        message=message,
        check="rule",
        at=at,
    )


def _declared(file: str, text: str) -> Iterator[Declared]:
    """Every prefix that a Turtle or SPARQL text declares, in order."""
    from vomkg.graph.tokens import tokens, unescape

    # Nothing behind the last place that may declare one needs to be read.
    last = max((found.end() for found in _DECLARES.finditer(text)), default=0)
    end = text.find(">", last) + 1
    before: list[Token] = []
    for token in tokens(text[:end]):
        if token.kind == "comment":
            continue
        before = [*before[-2:], token]
        first, name = before[0], before[-2] if len(before) > 1 else token
        opens = first.text.lower() in {"@prefix", "prefix"} and first is not name
        if opens and name.kind == "pname" and token.kind == "iri":
            end = token.column + len(token.text)
            at = Place(file, first.line, first.column, token.line, end)
            yield name.text.removesuffix(":"), unescape(token.text[1:-1]), at


def _named_in_list(name: str, file: str, text: str) -> Iterator[Place]:
    """Where the prefix list gives the name."""
    from vomkg.graph.tokens import tokens, unquote

    before = ""
    for token in tokens(text):
        is_name = token.kind == "string" and before == "sh:prefix"
        if is_name and unquote(token.text) == name:
            end = token.column + len(token.text)
            yield Place(file, token.line, token.column, token.line, end)
        before = token.text
