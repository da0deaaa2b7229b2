"""Waivers: a shape that says why a rule of the lint does not bind it.

A waiver is an editorial note on the shape, ``waives RULE: REASON``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from vomkg.curate.lint.faults import fault
from vomkg.curate.lint.rules import RULES
from vomkg.curate.result import text_of
from vomkg.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from vomkg.curate.lint.nodes import View
    from vomkg.curate.result import Result

NOTE: Final = URIRef(ONTOLOGY + "editorialNote")
_SIGN: Final = re.compile(r"\s*waives?\b", re.IGNORECASE)
_FORM: Final = re.compile(r"waives (\w+): (\S.*)", re.DOTALL)


def without_waived(
    view: View, found: Iterable[Result], *, checked: Iterable[str]
) -> Iterator[Result]:
    """The faults that no shape waives, and the faults of the waivers.

    Args:
        view: the shapes.
        found: the faults.
        checked: the rules that were looked into; a waiver of another one is not
            called unused.
    """
    waivers: dict[tuple[str, str], Node] = {}
    for node, note in sorted(view.graph.subject_objects(NOTE)):
        text = str(note)
        if not _SIGN.match(text):
            continue
        form = _FORM.fullmatch(text)
        rule = RULES.get(form[1]) if form else None
        if rule is None or rule.stops or rule.id.endswith("Waiver"):
            yield _malformed(view, node, note, rule is not None)
        else:
            waivers[text_of(node), rule.id] = node
    used = set()
    for result in found:
        keys = {(name, result.component) for name in (result.focus, result.shape)}
        if waived := keys & waivers.keys():
            used |= waived
        else:
            yield result
    known = set(checked)
    for name, rule_id in sorted(waivers.keys() - used):
        if rule_id in known:
            yield _unused(view, waivers[name, rule_id], rule_id)


def _malformed(view: View, node: Node, note: Node, known: bool) -> Result:
    wrong = "a rule that cannot be waived" if known else "no rule with a reason"
    return fault(
        "MalformedWaiver",
        view,
        node,
        f"has a waiver that names {wrong}",
        "write 'waives RULE: REASON' with a rule of the lint that does not stop a run",
        at=str(NOTE),
        value=note,
    )


def _unused(view: View, node: Node, rule_id: str) -> Result:
    return fault(
        "UnusedWaiver",
        view,
        node,
        f"waives {rule_id}, and that rule finds nothing in it",
        "take the waiver out",
        at=str(NOTE),
    )
