"""The table of formats and the choice that an Accept header makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from vomkg.errors import FormatError
from vomkg.formats import (
    FORMATS,
    Kind,
    by_extension,
    by_media_type,
    by_name,
    negotiate,
    offered,
)

KINDS: tuple[Kind, ...] = ("bindings", "graph", "dataset")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_format_is_found_by_each_of_its_names(form):
    """Name, extension and media type lead to the same row of the table."""
    assert form == by_name(form.name)
    assert form == by_extension(form.extension)
    assert form == by_media_type(form.media_type)


def test_no_name_or_media_type_stands_twice():
    """Every row can be told from every other."""
    for attribute in ("name", "extension", "media_type"):
        values = [getattr(form, attribute) for form in FORMATS]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("extension", "name"),
    [(".TTL", "turtle"), ("json", "json"), ("owl", "rdfxml"), (".nq", "nquads")],
)
def test_extension_may_have_a_dot_and_any_case(extension: str, name: str):
    """File names are written in many ways."""
    assert name == by_extension(extension).name


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("text/csv; charset=utf-8", "csv"),
        ("TEXT/TURTLE", "turtle"),
        ("application/json", "json"),
        ("application/xml", "xml"),
        ("application/rdf+xml", "rdfxml"),
    ],
)
def test_media_type_may_have_parameters_and_any_case(media_type: str, name: str):
    """Parameters say nothing about the format; a shared alias is the bindings'."""
    assert name == by_media_type(media_type).name


@pytest.mark.parametrize(
    ("find", "value"),
    [(by_name, "yaml"), (by_extension, ".docx"), (by_media_type, "image/png")],
)
def test_unknown_format_lists_the_known(find, value: str):
    """The message names what was asked and offers what exists."""
    with pytest.raises(FormatError) as caught:
        find(value)
    assert value in caught.value.message
    assert caught.value.fix


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("turtle", "text/turtle; charset=utf-8"),
        ("json", "application/sparql-results+json"),
        ("ntriples", "application/n-triples"),
    ],
)
def test_text_on_the_wire_names_its_charset(name: str, content_type: str):
    """A text type without charset would be read as ASCII by old clients."""
    assert content_type == by_name(name).content_type


def test_dataset_formats_carry_graphs_but_no_rows():
    """A graph may be sent as TriG; rows may not, nor datasets as Turtle."""
    trig, turtle = by_name("trig"), by_name("turtle")
    assert trig.carries("graph")
    assert trig.carries("dataset")
    assert not trig.carries("bindings")
    assert not turtle.carries("dataset")
    assert [form.name for form in offered("dataset")] == ["trig", "nquads"]


@pytest.mark.parametrize(
    ("accept", "kind", "name"),
    [
        (None, "bindings", "json"),
        ("", "bindings", "json"),
        (None, "graph", "turtle"),
        (None, "dataset", "trig"),
        ("*/*", "bindings", "json"),
        ("*/*", "graph", "turtle"),
        ("text/csv", "bindings", "csv"),
        ("text/csv; charset=utf-8", "bindings", "csv"),
        ("TEXT/CSV", "bindings", "csv"),
        ("text/*", "bindings", "csv"),
        ("text/*", "graph", "turtle"),
        ("text/csv, */*", "bindings", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "bindings", "tsv"),
        ("application/json", "bindings", "json"),
        ("application/json", "graph", "jsonld"),
        ("application/xml", "graph", "rdfxml"),
        ("application/ld+json;q=0.9, application/rdf+xml;q=0.8", "graph", "jsonld"),
        ("application/trig", "graph", "trig"),
        (BROWSER, "bindings", "xml"),
        (BROWSER, "graph", "rdfxml"),
        ("*/*;q=0.1, text/csv;q=0", "bindings", "json"),
        ("application/sparql-results+json;q=0, */*", "bindings", "xml"),
        ("text/csv;q=abc, text/tab-separated-values;q=0.1", "bindings", "tsv"),
        ("text/csv;q=2", "bindings", "json"),
        ("nonsense", "bindings", "json"),
        ("text/csv;q=0.3, text/csv;q=0.9, */*;q=0.5", "bindings", "csv"),
        ("text/csv ; header=present ; q = 0.7 , */*;q=0.1", "bindings", "csv"),
        ('text/csv;a="b,c;d";q=0.1, */*;q=0.5', "bindings", "json"),
        ('text/csv;a="\\",";q=0.1, */*;q=0.5', "bindings", "json"),
        ('text/csv;a=",text/turtle', "bindings", "csv"),
    ],
)
def test_accept_header_chooses(accept: str | None, kind: Kind, name: str):
    """Quality first, then exactness, then the table (RFC 9110 §12.5.1)."""
    assert name == negotiate(accept, kind).name


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("image/png", "bindings"),
        ("text/turtle", "bindings"),
        ("text/csv", "graph"),
        ("text/turtle", "dataset"),
        ("*/*;q=0", "bindings"),
        ("text/csv;q=0", "bindings"),
    ],
)
def test_nothing_that_fits_is_an_error_with_the_offer(accept: str, kind: Kind):
    """A client is told what it could have asked for, never sent another type."""
    with pytest.raises(FormatError) as caught:
        negotiate(accept, kind)
    assert offered(kind)[0].media_type in str(caught.value)
    assert caught.value.status == 406


@given(
    st.dictionaries(
        st.sampled_from([form.media_type for form in offered("bindings")]),
        st.integers(0, 1000),
        min_size=1,
    )
)
def test_choice_has_the_highest_quality_asked_for(wanted: dict[str, int]):
    """Whatever is listed, nothing listed with a higher quality is passed over."""
    accept = ", ".join(f"{name};q={q / 1000:.3f}" for name, q in wanted.items())
    best = max(wanted.values())
    if best == 0:
        with pytest.raises(FormatError):
            negotiate(accept, "bindings")
    else:
        assert best == wanted[negotiate(accept, "bindings").media_type]


@given(st.text(alphabet="a/b*,;=q. 01\t", max_size=40))
def test_any_header_gives_a_format_or_a_format_error(accept: str):
    """No header, however broken, ends in another kind of error."""
    try:
        found = negotiate(accept, "graph")
    except FormatError:
        return
    assert found in offered("graph")


MEDIA = st.sampled_from(
    [
        *(name for form in FORMATS for name in (form.media_type, *form.aliases)),
        *("*/*", "text/*", "application/*", "image/*", "text/html", "image/png"),
    ]
)
PARAMETERS = st.sampled_from(
    ["", ";charset=utf-8", ';profile="a,b;q=0.9"', " ; version=1.2", ';a="\\"";b']
)
# What is written for a quality, and what it says; None says nothing at all.
QUALITIES = st.sampled_from(
    [
        *(("", 1.0), (";q=1", 1.0), (";q=1.000", 1.0), (";q=0", 0.0), (";q=0.0", 0.0)),
        *((";q=0.5", 0.5), ("; Q=0.5", 0.5), (" ; q = .25", 0.25), (";q=0.001", 0.001)),
        *((";q=2", None), (";q=-1", None), (";q=high", None), (";q=", None)),
        *((";q=nan", None), (";q=0.7;q=0.1", 0.7), (";q=0.3;ext=1", 0.3)),
    ]
)
RANGES = st.lists(st.tuples(MEDIA, PARAMETERS, QUALITIES), max_size=6)
BROKEN = st.sampled_from(["", " ", ";", "csv", "*", ";q=1", "text", "=", "a b"])


def expected(ranges, kind):
    """By the steps of RFC 9110 §12.5.1: exactness for each format, then quality."""
    asked = [(media, quality) for media, _, (_, quality) in ranges]
    asked = [(media, quality) for media, quality in asked if quality is not None]
    if not asked:
        return offered(kind)[0]
    best, most = None, (0.0, 0)
    for form in offered(kind):
        main = form.media_type.split("/")[0]
        steps = [[form.media_type], *([name] for name in form.aliases)]
        for step, exact in [*((s, 2) for s in steps), ([f"{main}/*"], 1), (["*/*"], 0)]:
            said = [quality for media, quality in asked if media in step]
            if said:
                if max(said) > 0 and (max(said), exact) > most:
                    best, most = form, (max(said), exact)
                break
    return best


def chosen(accept, kind):
    """The format, or nothing where the header is refused."""
    try:
        return negotiate(accept, kind)
    except FormatError:
        return None


@rounds(max_examples=200)
@given(RANGES, st.lists(BROKEN, max_size=2), st.sampled_from(KINDS), st.randoms())
def test_choice_is_that_of_the_rules_step_by_step(ranges, broken, kind, random):
    """Whatever is listed, quoted or broken: the format, or the refusal, is due."""
    parts = [f"{media}{extra}{text}" for media, extra, (text, _) in ranges]
    parts = [random.choice([part, part.replace(";q", " ; q")]) for part in parts]
    for part in broken:
        parts.insert(random.randint(0, len(parts)), part)
    accept = random.choice([",", ", ", " ,\t"]).join(parts)
    found = chosen(accept, kind)
    assert found == expected(ranges, kind), accept
    assert found is None or found.carries(kind)


@given(st.text(max_size=60), st.sampled_from(KINDS))
def test_any_text_gives_a_format_that_fits_or_a_format_error(accept, kind):
    """No header of any characters ends in another kind of error."""
    found = chosen(accept, kind)
    assert found is None or found.carries(kind)


def test_the_documented_table_is_the_table():
    """Name, media types in their order, and extension, row by row."""
    text = (Path(__file__).parents[1] / "docs" / "http.md").read_text(encoding="utf-8")
    section = text.partition("## Formats")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| `(\w+)` \|", section, re.MULTILINE)
    assert rows == [
        (
            form.name,
            ", ".join(f"`{name}`" for name in (form.media_type, *form.aliases)),
            form.extension,
        )
        for form in FORMATS
    ]
