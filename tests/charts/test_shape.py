"""What every picture is: sound XML that a reader can hear, with its caveats."""

from __future__ import annotations

import re
import struct

import pytest

from tests.charts.drawing import SVG, Drawing
from vomkg.charts import drawn, letters, writing
from vomkg.charts.figure import NARROW, Figure
from vomkg.charts.making import pictured

ALLOWED = {"svg", "title", "desc", "rect", "text", "line", "path", "circle"}


@pytest.fixture(scope="module")
def figures(kg) -> list[Figure]:
    return [drawn(kg, name, kg.run(name)) for name in pictured(kg)]


def texts(figure: Figure) -> list[str]:
    return [figure.svg, figure.inline(), figure.inline(narrow=True)]


def test_every_kind_of_picture_is_drawn(figures):
    assert {f.kind for f in figures} == {"dots", "points", "matrix", "steps"}


def test_nothing_in_a_picture_can_run_or_be_fetched(figures):
    """Only shapes and words: no script, no style, no address, no handler."""
    for figure in figures:
        for text in texts(figure):
            for element in Drawing(text).root.iter():
                assert element.tag.removeprefix(SVG) in ALLOWED
                for name in element.attrib:
                    assert not name.startswith("on")
                    assert "href" not in name
                    assert name != "style"
            assert "url(" not in text
            assert re.findall(r"https?://[^\"]+", text) in (
                [],
                ["http://www.w3.org/2000/svg"],
            )


def test_a_picture_has_a_name_and_a_text_in_its_place(figures):
    """WCAG 1.1.1: role, title and description; the title is what the page shows."""
    for figure in figures:
        for text in texts(figure):
            root = Drawing(text).root
            assert root.get("role") == "img"
            told = {e.get("id"): e.text for e in root if e.get("id")}
            named = [told[n] for n in root.attrib["aria-labelledby"].split()]
            assert named == [
                letters.clean(t) for t in (figure.title, figure.description)
            ]


def test_no_id_stands_twice_on_a_page_of_all_pictures(figures):
    ids = [
        i for f in figures for t in texts(f) for i in re.findall(r' id="([^"]+)"', t)
    ]
    assert len(ids) == len(set(ids))


def test_no_words_cover_others_or_leave_the_picture(figures):
    for figure in figures:
        for text in texts(figure):
            assert Drawing(text).overlaps() == [], figure.question


def test_words_that_cover_others_are_found(figures):
    """The test before this one can fail: a label is put upon another."""
    for figure in figures:
        if figure.kind not in {"dots", "points"}:
            continue
        drawing = Drawing(figure.inline())
        value, tick = drawing.all("text", "value")[0], drawing.all("text", "tick")[0]
        value.set("x", tick.get("x"))
        value.set("y", tick.get("y"))
        assert (value.text, tick.text) in [
            pair if pair[0] == value.text else pair[::-1] for pair in drawing.overlaps()
        ]
        value.set("text-anchor", "start")
        value.set("x", str(drawing.size[0] - 5))
        assert (value.text, "the edge") in drawing.overlaps()


def test_words_on_a_small_phone_are_at_least_twelve_pixels(figures):
    """At 320 px a page leaves 291 px for a picture."""
    for figure in figures:
        if figure.kind in {"dots", "points"}:
            drawing = Drawing(figure.inline(narrow=True))
            assert min(w.size for w in drawing.words) * 291 / NARROW >= 12


def test_every_letter_of_the_shipped_pictures_is_in_the_font(figures):
    for figure in figures:
        for words in Drawing(figure.svg).words:
            assert letters.has_letters(words.text), words.text


def test_the_width_of_words_is_that_which_is_drawn():
    """The tables of the font are read rightly: the last ink lies where they say."""
    words, size = "Hamburgefonts 0.87:1 H", 40
    for weight in (400, 600):
        said = letters.width(words, size, weight) / letters.SLACK
        ends = []
        for wide in (said - 6, said + 1):
            svg = (
                f'<svg xmlns="{SVG[1:-1]}" width="12" height="60" '
                f'viewBox="{wide:.1f} 0 12 60"><text y="45" font-size="{size}" '
                f'font-weight="{weight}">{words}</text></svg>'
            )
            empty = re.sub("<text.*</text>", "", svg)
            ends.append(writing.png(svg) != writing.png(empty))
        assert ends == [True, False]


def test_caveats_and_gaps_travel_in_the_file(kg, figures):
    """An export of a number carries what limits it, and what is not reported."""
    found = {figure.question: figure for figure in figures}
    for name in ("effect-by-study-quality", "effect-by-follow-up", "emmie-matrix"):
        words = " ".join(w.text for w in Drawing(found[name].svg).words)
        assert "Caveat: self-selection." in words
        assert found[name].caveats[0].text in words
    for name in ("effect-by-study-quality", "effect-by-follow-up"):
        words = " ".join(w.text for w in Drawing(found[name].svg).words)
        assert "no confidence intervals" in words
        assert kg.release.id[:12] in words


def test_a_png_is_the_svg_twice_as_large_and_always_the_same(figures):
    figure = figures[0]
    image = figure.png
    assert image.startswith(b"\x89PNG\r\n")
    assert image == writing.png(figure.svg)
    wide, high = Drawing(figure.svg).size
    assert struct.unpack(">II", image[16:24]) == (
        2 * wide,
        pytest.approx(2 * high, abs=1),
    )


def test_a_hostile_label_is_shown_as_text(changed):
    hostile = "</text><script>alert(1)</script><g onload='x'>&amp;\\u0001 \\\" ]]>"
    other = changed(
        (
            'id:level-quality-higher a vom:ModeratorLevel ;\n    skos:prefLabel "higher methodological quality"@en',
            f'id:level-quality-higher a vom:ModeratorLevel ;\n    skos:prefLabel "{hostile}"@en',
        ),
        ('skos:prefLabel "Review one"@en', f'skos:prefLabel "{hostile}"@en'),
    )
    for name in ("effect-by-study-quality", "moderator-findings", "emmie-matrix"):
        figure = drawn(other, name, other.run(name))
        for text in texts(figure):
            drawing = Drawing(text)
            tags = {e.tag.removeprefix(SVG) for e in drawing.root.iter()}
            assert tags <= ALLOWED
            assert "\x01" not in text
        assert "<script>alert(1)</script>" in figure.description
        assert figure.png
    assert (
        "\ufffd"
        in drawn(
            other, "effect-by-study-quality", other.run("effect-by-study-quality")
        ).svg
    )


def test_a_very_long_label_is_broken_into_lines(changed):
    other = changed(
        ('skos:prefLabel "Review two"@en', f'skos:prefLabel "{"w" * 400}"@en')
    )
    for name in ("effect-by-follow-up", "moderator-findings"):
        figure = drawn(other, name, other.run(name))
        for text in texts(figure):
            assert Drawing(text).overlaps() == []
