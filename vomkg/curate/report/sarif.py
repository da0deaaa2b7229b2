"""The report as SARIF 2.1.0 (OASIS standard with errata 01): one result a fault."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from vomkg.curate.report import clean
from vomkg.curate.report.excerpt import source_of
from vomkg.curate.report.fingerprint import fingerprint
from vomkg.curate.report.rules import CHECK_WORDS, Rule, with_those_of
from vomkg.curate.report.words import facts, headline, message
from vomkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vomkg.curate.mend import Mend
    from vomkg.curate.place import Place
    from vomkg.curate.report.context import Context
    from vomkg.curate.result import Report, Result, Severity

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
ROOT: Final = "%SRCROOT%"
FINGERPRINT: Final = "vomkgFault/v1"
_LEVELS: Final[Mapping[Severity, str]] = {
    "violation": "error",
    "warning": "warning",
    "info": "note",
}


def write(report: Report, context: Context) -> str:
    """One run with every shape as a rule; known faults are marked as unchanged."""
    rules = with_those_of(context.rules, report.results)
    places = {rule.id: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "vomkg",
                "informationUri": BASE,
                "semanticVersion": version("vomkg"),
                "version": version("vomkg"),
                "rules": [_rule(rule, context) for rule in rules],
            }
        },
        "automationDetails": {"id": "vomkg/validate/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder in which vomkg was started."}}
        },
        "artifacts": [{"location": _artifact(file)} for file in report.files],
        "results": [
            _result(result, places[result.shape], context) for result in report.results
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return clean.in_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _rule(rule: Rule, context: Context) -> dict[str, Any]:
    name = context.names.short(rule.id)
    words = rule.name or rule.message or CHECK_WORDS[rule.check]
    described: dict[str, Any] = {
        "id": clean.line(name),
        "shortDescription": _text(clean.short(words)),
        "fullDescription": _text(clean.short(rule.message or words, 1000)),
        "help": _text(clean.short(rule.message or words, 1000)),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.check]},
    }
    if re.match(r"https?://", rule.id):
        described["helpUri"] = _uri(rule.id)
    return described


def _result(result: Result, index: int, context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": clean.line(context.names.short(result.shape)),
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[result.severity],
        "message": _text(_words(result, context)),
        "locations": _locations(result, context),
        "partialFingerprints": {FINGERPRINT: fingerprint(result)},
    }
    if related := _related(result, context):
        found["relatedLocations"] = related
    fixes = [_fix(mend) for mend in result.mends if mend.patch]
    if fixes:
        found["fixes"] = fixes
    if context.comparison is not None:
        known = context.is_known(result)
        found["baselineState"] = "unchanged" if known else "new"
    return found


def _words(result: Result, context: Context) -> str:
    told = [f"{headline(result, context)}: {message(result, context)}"]
    told += [
        f"{name}: {words}" if name else words
        for name, words in facts(result, context)
        if name not in {"message", "shape", "rule", "check", "also at"}
    ]
    for mend in result.mends:
        told += [f"mend: {clean.short(mend.words)}", *mend.snippet.splitlines()]
    return "\n".join(clean.line(line) for line in told)


def _locations(result: Result, context: Context) -> list[dict[str, Any]]:
    location: dict[str, Any] = {}
    if result.at:
        location["physicalLocation"] = _physical(result.at, context)
    # The label of a blank node is ours, and names nothing.
    if result.focus and not result.focus.startswith("_:"):
        name = clean.line(result.focus)
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return [location] if location else []


def _related(result: Result, context: Context) -> list[dict[str, Any]]:
    places = [(place, "also concerned") for place in result.also]
    if result.shape_at:
        places.append((result.shape_at, "what was asked"))
    return [
        {
            "id": number,
            "physicalLocation": _physical(place, context),
            "message": _text(words),
        }
        for number, (place, words) in enumerate(places, 1)
    ]


def _fix(mend: Mend) -> dict[str, Any]:
    if mend.patch is None:
        raise ValueError("a fix needs a patch")
    at = mend.patch.at
    replacement = {
        "deletedRegion": _region(at),
        "insertedContent": {"text": mend.patch.text},
    }
    change = {"artifactLocation": _artifact(at.file), "replacements": [replacement]}
    return {
        "description": _text(clean.short(mend.words)),
        "artifactChanges": [change],
    }


def _physical(place: Place, context: Context) -> dict[str, Any]:
    region: dict[str, Any] = dict(_region(place))
    if source := source_of(place, context.texts):
        region["snippet"] = {"text": source}
    return {"artifactLocation": _artifact(place.file), "region": region}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _artifact(file: str) -> dict[str, str]:
    """A file below the working directory as relative to it (SARIF §3.4.4)."""
    path = Path(file)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": path.resolve().as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": ROOT}


def _uri(iri: str) -> str:
    """The IRI as a URI (RFC 3987 §3.1)."""
    return quote(iri, safe="/:?#[]@!$&'()*+,;=%~")


def _text(words: str) -> dict[str, str]:
    """A message without placeholders and links (SARIF §3.11.5, §3.11.6)."""
    doubled = words.replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"([\\\[\]])", r"\\\1", doubled)}
