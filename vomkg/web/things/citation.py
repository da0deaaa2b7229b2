"""How to cite a thing: only facts of CITATION.cff and of the release."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import yaml

from vomkg.config import graph_root

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.release import Release

_FILE: Final = "CITATION.cff"
_SHOWN: Final = 16
# What BibTeX reads as markup.
_SPECIAL: Final = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED: Final = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in three forms: a sentence, BibTeX and CSL-JSON."""

    text: str
    bibtex: str
    csl: str


@dataclass(frozen=True, slots=True)
class _Work:
    """What CITATION.cff says of the whole."""

    title: str
    authors: tuple[str, ...]
    version: str
    year: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing of the whole, as it is to be cited; what is empty is left out."""

    work: _Work
    name: str
    label: str
    version: str
    year: str
    edition: str
    address: str


def citation(name: str, label: str, address: str, release: Release) -> Citation | None:
    """How to cite one thing of a release; None where CITATION.cff is not there.

    Args:
        name: of the thing, as in its IRI.
        label: its name in words.
        address: where it can be read.
        release: that holds it; without an id the release is left out.
    """
    work = _work(graph_root() / _FILE)
    if work is None:
        return None
    version = release.versions.get("vomkg", work.version)
    entry = _Entry(
        work=work,
        name=name,
        label=label,
        version=version,
        # The day in the file is that of its version, and of no other.
        year=work.year if version == work.version else "",
        edition=f"release {release.id[:_SHOWN]}" if release.id else "",
        address=address,
    )
    return Citation(_sentence(entry), _bibtex(entry), _csl(entry))


def _sentence(entry: _Entry) -> str:
    who = ", ".join(entry.work.authors) + (f" ({entry.year})" if entry.year else "")
    which = ", ".join(
        part for part in (f"version {entry.version}", entry.edition) if part
    )
    return f"{who}. “{entry.label}”. In: {entry.work.title}, {which}. {entry.address}"


def _bibtex(entry: _Entry) -> str:
    authors = (f"{{{_safe(author)}}}" for author in entry.work.authors)
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{_safe(entry.label)}}}",
        "howpublished": _safe(entry.work.title),
        "year": entry.year,
        "version": _safe(entry.version),
        "note": _safe(entry.edition),
        "url": entry.address,
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    return f"@misc{{vomkg-{entry.name},\n" + ",\n".join(lines) + "\n}"


def _csl(entry: _Entry) -> str:
    found: dict[str, object] = {
        "id": f"vomkg-{entry.name}",
        "type": "entry",
        "title": entry.label,
        "container-title": entry.work.title,
        "author": [{"literal": author} for author in entry.work.authors],
        "version": entry.version,
        "note": entry.edition,
        "URL": entry.address,
    }
    if entry.year:
        found["issued"] = {"date-parts": [[int(entry.year)]]}
    kept = {key: value for key, value in found.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2)


def _safe(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), text)


@lru_cache(1)
def _work(path: Path) -> _Work | None:
    try:
        facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    return _Work(
        title=facts["title"],
        authors=tuple(
            author.get("name")
            or " ".join(
                part
                for key in ("given-names", "family-names")
                if (part := author.get(key))
            )
            for author in facts["authors"]
        ),
        version=str(facts["version"]),
        year=str(facts.get("date-released", ""))[:4],
    )
