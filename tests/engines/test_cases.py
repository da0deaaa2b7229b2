"""Both engines on small graphs, each result as it must be."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rdflib import SH, BNode, Graph, Literal

from tests.engines.cases import CASES, PREFIXES
from tests.engines.form import check_form
from tests.engines.known import OWN
from tests.engines.verdicts import ENGINES, both
from vomkg.curate.engines import proven
from vomkg.curate.engines.choice import doubts, report_of
from vomkg.curate.engines.judged import Judged
from vomkg.curate.engines.reading import result_of

SUFFIX = "ConstraintComponent"


def written(term):
    """A term of a report as the expectations write it."""
    if term is None:
        return ""
    if isinstance(term, BNode):
        return ":[]"
    if isinstance(term, Literal):
        return ":" + repr((str(term), str(term.datatype or ""), term.language))
    return f":{term}"


def expected(case, exactly):
    """The results that the case lists, with their terms read."""
    told: Counter[tuple[str, str]] = Counter()
    for item in re.findall(r'(?:[^\s"]|"[^"]*")+', case.expected):
        parts = re.fullmatch(r'(\[\]|"x"|e:\w+)(:.*)?', item)
        assert parts is not None
        focus, value = parts.groups()
        told[_read(focus, exactly), _read(value or "", exactly)] += 1
    return told


def _read(text, exactly):
    if not text.removeprefix(":"):
        return ""
    graph = exactly(f"{PREFIXES} e:s e:p {text.removeprefix(':')} .")
    return written(next(graph.objects()))


def found(report):
    """What a report says of each result: focus node and value."""
    return Counter(
        (
            written(report.value(node, SH.focusNode)),
            written(report.value(node, SH.value)),
        )
        for node in report.objects(predicate=SH.result)
    )


def components(report: Graph) -> set[str]:
    return {
        str(o).removeprefix(str(SH)).removesuffix(SUFFIX)
        for node in report.objects(predicate=SH.result)
        for o in report.objects(node, SH.sourceConstraintComponent)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("engine", ENGINES)
def test_engine_finds_what_the_specification_says(case, engine, exactly):
    """Focus node, value and component; where an engine fails, a reason is listed."""
    data, shapes = exactly(case.turtle), exactly(case.shapes)
    check_form(shapes)
    report = ENGINES[engine](data, shapes)
    is_right = found(report) == expected(case, exactly)
    if case.name in OWN and engine in OWN[case.name][0].split(" and "):
        assert not is_right, "the listed difference has gone"
    else:
        assert expected(case, exactly) == found(report)
        assert components(report) == ({case.component} if case.expected else set())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_engines_agree_or_auto_knows_that_they_may_not(case, exactly):
    """Whole keys: focus, path, value, component, severity and source shape."""
    data, shapes = exactly(case.turtle), exactly(case.shapes)
    ours, theirs = both(data, shapes)
    doubted = doubts(Judged(data), shapes)
    assert doubted if case.name in OWN else ours == theirs
    if doubted:
        return
    results = [
        sorted(
            repr(result_of(node, found, shapes)).replace("rdflib.term.", "")
            for node in found.objects(predicate=SH.result)
        )
        for found in (report_of(Judged(data), shapes, e) for e in ("pyshacl", "auto"))
    ]
    assert results[0] == results[1]


def test_every_component_and_kind_of_path_has_a_case():
    """Nothing of SHACL Core was left out, nor SPARQL constraints."""
    tried = {case.component for case in CASES}
    core = {str(c).removeprefix(str(SH)).removesuffix(SUFFIX) for c in proven.CORE}
    assert core | {"SPARQL"} <= tried
    said = " ".join(case.shapes for case in CASES)
    for kind in ["inverse", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne"]:
        assert f"sh:{kind}Path" in said


def test_listed_differences_are_of_cases_that_exist():
    assert set(OWN) <= {case.name for case in CASES}
