"""The report as JUnit XML: one test case a shape, failed if it found a fault.

A case has one ``failure`` at most, as the schemas of Ant and of Jenkins both
allow; its text holds every fault. Faults that do not fail the check stand in
``system-out``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vomkg.curate.report import clean
from vomkg.curate.report.grouping import tally
from vomkg.curate.report.plain import block
from vomkg.curate.report.rules import Rule, with_those_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result


def write(report: Report, context: Context) -> str:
    """Every shape of the run as a test case, in one suite a kind of check."""
    found: defaultdict[str, list[Result]] = defaultdict(list)
    for result in context.counted(report):
        found[result.shape].append(result)
    failing = set(context.failing(report))
    root = Element("testsuites", name="vomkg validate")
    suites: defaultdict[str, list[Element]] = defaultdict(list)
    for rule in with_those_of(context.rules, context.counted(report)):
        suites[rule.check].append(_case(rule, found[rule.id], failing, context))
    for check, cases in suites.items():
        suite = SubElement(root, "testsuite", {"name": check} | _sums(cases))
        suite.extend(cases)
    root.attrib.update(_sums(root.iter("testcase")))
    indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + tostring(root, encoding="unicode") + "\n"


def _case(
    rule: Rule, results: list[Result], failing: set[Result], context: Context
) -> Element:
    name = clean.short(context.names.short(rule.id)) or rule.check
    label = f": {clean.short(rule.name)}" if rule.name else ""
    case = Element("testcase", classname=f"vomkg.{rule.check}", name=name + label)
    case.set("time", "0")
    bad = [result for result in results if result in failing]
    mild = [result for result in results if result not in failing]
    if bad:
        failure = SubElement(case, "failure", message=tally(bad), type=bad[0].severity)
        failure.text = _blocks(bad, context)
    if mild:
        SubElement(case, "system-out").text = _blocks(mild, context)
    return case


def _blocks(results: Iterable[Result], context: Context) -> str:
    lines = [line for result in results for line in block(result, context)]
    return "\n" + "\n".join(lines) + "\n"


def _sums(cases: Iterable[Element]) -> dict[str, str]:
    failed = [case.find("failure") is not None for case in cases]
    return {
        "tests": str(len(failed)),
        "failures": str(sum(failed)),
        "errors": "0",
        "skipped": "0",
        "time": "0",
    }
