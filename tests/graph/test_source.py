"""The graph against the narrative it was made from, character by character.

The narrative is not part of the repository. Without it these tests are skipped
and say so; in CI they fail.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from vomkg.engine.local import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "source" / "narrative.txt"
GRAPH = sorted(
    path for folder in ("ontology", "data") for path in (ROOT / folder).glob("*.ttl")
)
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
RUN = 8
LINE_FEED = "\n"
# A line at least this long was filled by the layout, so its sentence may go on.
FULL_LINE = 80
SENTENCE_END = re.compile(r"(?<=[.?!:])\s+(?=['(]?[A-Z])")
PLACES = """
SELECT ?place ?section ?start ?end ?from ?to ?use
WHERE {
  ?place a oa:SpecificResource ;
    oa:hasSource id:source-narrative ;
    oa:hasSelector ?selector ;
    vom:inSection ?section .
  ?selector oa:start ?start ;
    oa:end ?end .
  ?section vom:extendsOver/oa:hasSelector ?extent .
  ?extent oa:start ?from ;
    oa:end ?to .
  BIND(IF(
    EXISTS { ?section vom:extendsOver ?place }, "section",
    IF(EXISTS { ?other vom:titledAt ?place }, "heading", "sentence")
  ) AS ?use)
}
ORDER BY ?start ?end
"""
PRINTED = """
SELECT ?claim ?form ?start ?end
WHERE {
  ?claim vom:reportedForm ?form ;
    vom:locatedIn/oa:hasSelector ?selector .
  ?selector oa:start ?start ;
    oa:end ?end .
}
ORDER BY ?claim ?start
"""
UNCLAIMED = """
SELECT ?place
WHERE {
  ?place a oa:SpecificResource .
  FILTER NOT EXISTS { ?section vom:extendsOver|vom:titledAt ?place }
  FILTER NOT EXISTS { ?claim vom:locatedIn ?place }
}
ORDER BY ?place
"""
UNTITLED = """
SELECT ?section
WHERE {
  ?section a vom:Section .
  FILTER NOT EXISTS { ?section vom:titledAt ?place }
}
ORDER BY ?section
"""
FINGERPRINT = """
SELECT ?sha256 ?count
WHERE { id:source-narrative vom:sha256 ?sha256 ; vom:characterCount ?count }
ORDER BY ?sha256
"""


class Place(NamedTuple):
    """A stretch of the source, the stretch of its section, and what it is for."""

    name: str
    section: str
    start: int
    end: int
    section_start: int
    section_end: int
    use: str

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def blocks(text: str) -> list[tuple[int, int]]:
    """Ranges of text that layout sets apart: headings, list items, paragraphs.

    A line goes on in the next one if it was filled, or if only one line feed and
    a small letter follow. A web address always begins anew, and so does a capital
    behind a list item, that is, behind a block that began with a small letter.
    """
    found: list[tuple[int, int]] = []
    filled = False
    for line in re.finditer(r"\S(?:[^\n]*\S)?", text):
        start, end = line.span()
        if found and not re.match(r"https?://", line[0]):
            begin, before = found[-1]
            feeds = text.count("\n", before, start)
            item = text[begin].islower() and line[0][0].isupper()
            goes_on = not item and (filled or (feeds == 1 and line[0][0].islower()))
        else:
            goes_on = False
        if goes_on:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        filled = end - start >= FULL_LINE
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of sentences, headings and list items, found without the graph."""
    found = []
    for start, end in blocks(text):
        begin = start
        for gap in SENTENCE_END.finditer(text, start, end):
            found.append((begin, gap.start()))
            begin = gap.end()
        found.append((begin, end))
    return found


def runs(text: str, length: int = RUN) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every run of so many words and its offset, whatever stands between words."""
    words = list(WORD.finditer(text.lower().replace("’", "'")))
    for first in range(len(words) - length + 1):
        run = words[first : first + length]
        yield run[0].start(), tuple(word[0] for word in run)


def shared(text: str, source: str, length: int = RUN) -> list[str]:
    """Each run of a text that the source has too, with its line."""
    known = {words for _, words in runs(source, length)}
    return [
        f"{text.count(LINE_FEED, 0, at) + 1}: {' '.join(words)}"
        for at, words in runs(text, length)
        if words in known
    ]


def repository_files() -> list[Path]:
    """Every file that is tracked or could be: what git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    # A file that was deleted and not yet committed is still listed.
    return [path for path in paths if path.is_file()]


def text_of(path: Path, environ: Mapping[str, str]) -> str:
    """The text with its line ends as they are; without it skips, or fails in CI."""
    if not path.is_file():
        gone = f"THE SOURCE WAS NOT CHECKED: {path.name} is not beside the repository"
        if environ.get("CI"):
            pytest.fail(f"{gone}, and CI must have it")
        pytest.skip(gone)
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def narrative() -> str:
    return text_of(SOURCE, os.environ)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.from_files(GRAPH)


@pytest.fixture(scope="module")
def places(engine: Engine) -> list[Place]:
    return [Place(*row.values()) for row in engine.query(PLACES)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def lines(places: list[Place]) -> list[Place]:
    """The places of sentences and headings, without those of whole sections."""
    return [place for place in places if place.use != "section"]


@pytest.mark.parametrize(
    ("environ", "outcome"),
    [({}, pytest.skip.Exception), ({"CI": "true"}, pytest.fail.Exception)],
)
def test_missing_source_is_loud(
    tmp_path: Path, environ: dict[str, str], outcome: type[BaseException]
) -> None:
    """Without the source nothing passes: here it is skipped, in CI it fails."""
    with pytest.raises(outcome, match="WAS NOT CHECKED"):
        text_of(tmp_path / "narrative.txt", environ)


def test_splits_at_sentence_ends_and_layout() -> None:
    """The splitter that judges the places tells sentences, items and headings."""
    filled = (
        "This is a line that words fill until the layout has to break it at last and"
    )
    text = (
        f"\n A heading – it goes on\nin the next line\n{filled} then\n\n"
        "it goes on. 'Quoted' is next (0.5 in all). Then two items:\n\n"
        "one item\n\nanother item\n\nhttps://example.org/a\nhttps://example.org/b\n"
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "A heading – it goes on\nin the next line",
        f"{filled} then\n\nit goes on.",
        "'Quoted' is next (0.5 in all).",
        "Then two items:",
        "one item",
        "another item",
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_finds_runs_across_lines_and_signs() -> None:
    """Neither line breaks nor marks nor curly apostrophes hide a copied run."""
    source = "# the <cat's> | DOG\n# times ate"
    text = "Say what\nthe cat’s dog, 7 times, ate"
    assert shared(text, source, 5) == ["2: the cat's dog times ate"]
    assert shared(text, source, 6) == []


def test_source_is_the_one_described(narrative: str, engine: Engine) -> None:
    """Hash and length in the graph are those of the file, so offsets mean it."""
    digest = hashlib.sha256(narrative.encode("utf-8")).hexdigest()
    expected = [{"sha256": digest, "count": len(narrative)}]
    assert expected == list(engine.query(FINGERPRINT))


def test_offsets_lie_in_text_and_section(narrative: str, places: list[Place]) -> None:
    """Each place is a stretch of the text inside the stretch of its section."""
    astray = [
        place
        for place in places
        if not (
            0 <= place.section_start <= place.start
            and place.start < place.end <= place.section_end <= len(narrative)
        )
    ]
    assert places
    assert astray == []


def test_places_begin_and_end_on_characters(
    narrative: str, places: list[Place]
) -> None:
    """No place begins or ends in a blank, so a highlight shows words only."""
    ragged = [
        place.name
        for place in places
        if narrative[place.start : place.end]
        != narrative[place.start : place.end].strip()
    ]
    assert ragged == []


def test_printed_numbers_stand_where_claims_point(
    narrative: str, engine: Engine
) -> None:
    """Each printed form of a number occurs in a place of its claim."""
    rows = list(engine.query(PRINTED))
    printed = {(row["claim"], row["form"]) for row in rows}
    seen = {
        (row["claim"], row["form"])
        for row in rows
        if str(row["form"]) in narrative[int(str(row["start"])) : int(str(row["end"]))]
    }
    assert printed
    assert printed - seen == set()


def test_every_character_has_a_place(narrative: str, lines: list[Place]) -> None:
    """All that is printed is covered by a sentence or a heading of the graph."""
    covered = {at for place in lines for at in range(place.start, place.end)}
    bare = [
        at
        for at, sign in enumerate(narrative)
        if not sign.isspace() and at not in covered
    ]
    assert bare == []


def test_every_sentence_has_a_claim(engine: Engine) -> None:
    """No sentence of the source is left without a claim."""
    assert list(engine.query(UNCLAIMED)) == []


def test_every_heading_has_a_section(engine: Engine, lines: list[Place]) -> None:
    """Each section has its heading, or its title, as a place."""
    assert any(place.use == "heading" for place in lines)
    assert list(engine.query(UNTITLED)) == []


def test_each_sentence_falls_inside_one_place(
    narrative: str, lines: list[Place]
) -> None:
    """Places follow the sentences as another splitter finds them."""
    found = sentences(narrative)
    homes = {
        (start, end): [place.name for place in lines if place.holds(start, end)]
        for start, end in found
    }
    assert {span: names for span, names in homes.items() if len(names) != 1} == {}
    assert len(found) >= len(lines)


def test_no_sentence_is_copied(narrative: str) -> None:
    """No file of the repository shares eight words in a row with the source."""
    copied = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not a text
        copied += [f"{path.relative_to(ROOT)}:{run}" for run in shared(text, narrative)]
    assert not copied, "\n".join(["shared with the source:", *copied])
