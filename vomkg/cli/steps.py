"""What must hold before a commit, from the spelling of a file to its logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vomkg.cli.check import Finding, Step
from vomkg.workbench.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.curate.result import Report, Result
    from vomkg.knowledge import KnowledgeGraph
    from vomkg.questions.catalogue import Question
    from vomkg.reason import Verdict
    from vomkg.workbench.draft import Draft


def normal_form(draft: Draft) -> Finding:
    """Files that `vomkg fmt` would change."""
    from vomkg.cli.fmt import plan

    return Finding(
        [
            f"{shown(change.path)}: not in normal form ({change.words}); "
            "run 'vomkg fmt'"
            for change in plan(draft.files, draft.settings)
        ]
    )


def literals(draft: Draft) -> Finding:
    """Literals that are not of their type."""
    from vomkg.workbench.rules import literal_results

    return _told(literal_results(draft))


def prefixes(draft: Draft) -> Finding:
    """Prefixes that a file declares otherwise than the list, or that none uses."""
    from vomkg.workbench.rules import prefix_results

    return _told(prefix_results(draft))


def lint(draft: Draft) -> Finding:
    """Shapes that check nothing, or that nothing can meet."""
    from vomkg.workbench.rules import lint_results

    if not draft.shapes_files:
        return Finding(["there are no shapes, so nothing was checked"])
    return _told(lint_results(draft), draft)


def shapes_hold(draft: Draft) -> Finding:
    """What the shapes find wrong with the data as it is written."""
    if not draft.shapes_files:
        return Finding(["there are no shapes, so nothing was checked"])
    return _violations(draft, draft.asserted_report)


def consistent(draft: Draft) -> Finding:
    """What cannot be true together by the rules of OWL 2 RL."""
    return _contradictions(draft, draft.reasoning.verdict)


def shapes_hold_inferred(draft: Draft) -> Finding:
    """What the shapes find wrong only together with what follows."""
    known = {result.order for result in draft.asserted_report.results}
    return _violations(draft, draft.full_report, known)


def locations(draft: Draft) -> Finding:
    """Claims without a place, and places that make no sense."""
    from vomkg.curate.locations import location_faults

    faults = location_faults(draft.data + draft.ontology)
    return Finding([draft.names.in_words(fault) for fault in faults])


def hygiene(draft: Draft) -> Finding:
    """What the hygiene rules find; mild rules give notes."""
    from vomkg.curate.result import Report
    from vomkg.workbench.rules import hygiene_results

    if not draft.settings.hygiene_files():
        return Finding(["there are no hygiene rules, so nothing was checked"])
    found = hygiene_results(draft)
    located = draft.located(Report(tuple(found)), draft.files)
    return _told(located.results, ids=True)


def questions(draft: Draft) -> Finding:
    """Questions that fail, or that have no answer though one is expected."""
    graph = draft.knowledge
    if not len(list(graph.questions)):
        return Finding(["there are no questions, so nothing was checked"])
    faults = []
    for question in graph.questions:
        answer = graph.run(question.id, **_first_values(graph, question))
        if not len(answer) and not question.may_be_empty:
            faults.append(
                f"{shown(question.path)}: no answer, and none is not expected; mend "
                "the query or write '#+ empty: expected'"
            )
    return Finding(faults)


def consistent_by_hermit(draft: Draft) -> Finding:
    """What cannot be true together by all of OWL 2 DL."""
    from vomkg.reason import check_consistency

    return _contradictions(draft, check_consistency(draft.data + draft.ontology))


STEPS: Final = (
    Step("Turtle is in normal form", normal_form),
    Step("literals are of their types", literals),
    Step("prefixes are those of the list", prefixes),
    Step("shapes check what they say", lint),
    Step("shapes hold for what is asserted", shapes_hold),
    Step("nothing contradicts, by owlrl", consistent),
    Step("shapes hold with what follows", shapes_hold_inferred),
    Step("each claim has its place in the source", locations),
    Step("hygiene rules hold", hygiene),
    Step("questions have answers", questions),
    Step("nothing contradicts, by HermiT", consistent_by_hermit, starts_java=True),
)


def _told(
    results: Iterable[Result], draft: Draft | None = None, *, ids: bool = False
) -> Finding:
    """Results as sentences with their place: violations as faults, others as notes.

    Args:
        results: what was found.
        draft: gives names to IRIs in the messages; without it they stay.
        ids: the name of the rule goes before each message.
    """
    told: dict[bool, list[str]] = {True: [], False: []}
    for result in results:
        words = draft.names.in_words(result.message) if draft else result.message
        place = f"{result.place}: " if result.place else ""
        rule = f"{result.shape}: " if ids else ""
        told[result.severity == "violation"].append(f"{place}{rule}{words}")
    return Finding(told[True], told[False])


def _violations(draft: Draft, report: Report, known: Iterable[object] = ()) -> Finding:
    """Violations as faults and milder results as notes, without the known ones."""
    skip = set(known)
    located = draft.located(report, [*draft.data_files, *draft.ontology_files])
    told: dict[str, list[str]] = {"violation": [], "warning": [], "info": []}
    for result in located.results:
        if result.order not in skip:
            told[result.severity].append(_sentence(draft, result))
    return Finding(
        told["violation"],
        [f"{level}: {words}" for level in ("warning", "info") for words in told[level]],
    )


def _sentence(draft: Draft, result: Result) -> str:
    place = f"{result.place}: " if result.place else ""
    return f"{place}{draft.names.both(result.focus)}: {result.message}"


def _contradictions(draft: Draft, verdict: Verdict) -> Finding:
    causes = [clash.words for clash in verdict.clashes] or [verdict.detail]
    faults = [] if verdict.consistent else causes
    faults += [f"<{iri}> can have no member" for iri in verdict.unsatisfiable]
    return Finding([draft.names.in_words(fault) for fault in faults])


def _first_values(graph: KnowledgeGraph, question: Question) -> dict[str, str]:
    """A value for each parameter without default: the first that may be chosen."""
    choices = graph.choices(question)
    return {
        parameter.name: (parameter.choices or choices[parameter.name])[0].value
        for parameter in question.parameters
        if parameter.default is None
    }
