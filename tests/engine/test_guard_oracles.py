"""The guard against the engine itself, against rdflib, and against noise."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery

from tests.engine.endpoint import endpoint
from tests.engine.oracle import oracle
from tests.engine.test_federation import HIDDEN
from vomkg.config import Settings
from vomkg.engine.guard import check_query
from vomkg.errors import QueryError
from vomkg.graph.tokens import tokens

LIMITS = Settings(root=None, cache=None)  # type: ignore[arg-type]  # paths unused
KEYWORDS = ["SERVICE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "service", "Create"]


def verdict(text, settings=LIMITS):
    try:
        check_query(text, settings, {})
    except QueryError as error:
        return error
    return None


@pytest.fixture(scope="module")
def afar():
    with endpoint() as found:
        yield found


@pytest.fixture(scope="module")
def engine():
    with oracle() as found:
        yield found


@pytest.mark.parametrize("text", HIDDEN)
def test_hidden_calls_are_calls_to_the_engine(text, afar, engine):
    """The reason for the refusals: the engine does ask the other host."""
    call = f"SERVICE <{afar.address}> {{}}"
    before = len(afar.asked)
    engine.asked(f"PREFIX p: <{afar.address}> {text.replace('CALL', call)}")
    assert len(afar.asked) > before


# Pieces that each have two readings somewhere, and what may follow or hold them.
SPELLINGS = st.sampled_from(
    [
        *("SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "SERVICESILENT"),
        *("trueSERVICE", "1SERVICE", ".SERVICE", "aSERVICE", "falseSERVICE silent"),
        *(":a.b.SERVICE", "x:trueSERVICE", "x:true.SERVICE", "'x'@enSERVICE"),
        *("\\u0053ERVICE", "?xSERVICE", "_:bSERVICE", "1.5e3SERVICE", "SERVICE#\n"),
    ]
)
TARGETS = st.sampled_from(["<URL>", " <URL>", " p:", "p:", ":x", " :x", " ?t", "?t"])
HIDERS = st.sampled_from(
    [
        *("BODY", "{ BODY }", "OPTIONAL { BODY }", "{} UNION { BODY }"),
        *("FILTER EXISTS { BODY }", "MINUS { BODY }", "GRAPH ?g { BODY }"),
        *("{ SELECT * { BODY } }", "LATERAL { BODY }", "VALUES ?t { <URL> } BODY"),
        *(
            "<<?s#>'''\n ?p ?o>> ?x ?y . BODY #'''\n",
            "<<?s ?p ?o#>>'''\n>> BODY #'''\n",
        ),
        *(
            "FILTER(?s<?o#>'''\n) BODY #''')\n",
            "FILTER(<<(?s#>'''\n?p ?o)>>=1)BODY #''')>>)\n",
        ),
        *(
            "VALUES ?x { '''a' } BODY #\\q'''}\n",
            "VALUES ?x { '''a' } BODY #\\uDC00'''}\n",
        ),
        *("?s ?p 'BODY'", '?s ?p """BODY"""', "# BODY\n", "?s ?p ?o {| ?p ?o |} BODY"),
        *("OPTIONAL { ?s ?p 1 ~ :r } BODY", "FILTER(?s<?o&&?p>?o) BODY"),
        *("?s <http://e/#> ?o BODY", "VALUES ?x { 'a'@en--ltr } BODY"),
        *("FILTER(COUNT(DISTINCTtrue<?o#>'''\n)) BODY #'''))\n", "?s ?p ( ) BODY"),
    ]
)


@st.composite
def calls(draw, url):
    """A query that holds a call in some spelling, hidden in some way."""
    body = f"{draw(SPELLINGS)}{draw(TARGETS)}{draw(st.sampled_from(['{}', ' {}']))}"
    for _ in range(draw(st.integers(1, 3))):
        body = draw(HIDERS).replace("BODY", body)
    head = "PREFIX p: <URL> PREFIX : <URL> PREFIX x: <http://e:8> PREFIX SERVICE: <URL>"
    form = draw(st.sampled_from(["SELECT * { BODY }", "ASK { BODY }"]))
    return f"{head} {form.replace('BODY', body)}".replace("URL", url)


@pytest.mark.slow
@rounds(
    max_examples=250,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_text_that_passes_connects(data, afar, engine):
    """Whatever spelling and place: if the guard passes it, nothing goes out."""
    text = data.draw(calls(afar.address))
    if verdict(text) is None:
        before = len(afar.asked)
        engine.asked(text)
        assert len(afar.asked) == before, text


@pytest.mark.slow
@rounds(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_text_that_passes_connects_elsewhere(data, afar, engine):
    """With a list, too, only what is on it is asked."""
    text = data.draw(calls(f"{afar.address}elsewhere"))
    listed = dataclasses.replace(LIMITS, service_endpoints=(f"{afar.address}sparql",))
    if verdict(text, listed) is None:
        before = len(afar.asked)
        engine.asked(text)
        assert len(afar.asked) == before, text


# What nests in SPARQL 1.2: head, what is repeated, the middle, its end, tail.
NESTS = {
    "triple term": ("ASK { ?s ?p ", "<<( e:s e:p ", "e:o", " )>>", " }"),
    "in values": ("ASK { VALUES ?x { ", "<<( e:s e:p ", "e:o", " )>>", " } }"),
    "in a filter": ("ASK { FILTER(1 = ", "<<( e:s e:p ", "e:o", " )>>", ") }"),
    "function": ("ASK { FILTER(1 = ", "TRIPLE(e:s, e:p, ", "e:o", ")", ") }"),
    "exists": ("ASK {", "FILTER(1 = 1 && EXISTS {", "", "})", "}"),
    "select": ("ASK {", "{ SELECT * {", "", "} }", "}"),
}


def nested(name, count):
    """A query with that many nested constructs."""
    head, opening, middle, closing, tail = NESTS[name]
    body = f"{head}{opening * count}{middle}{closing * count}{tail}"
    return f"PREFIX e: <http://e/> {body}"


@pytest.mark.parametrize("name", sorted(NESTS))
def test_deepest_nesting_that_passes_is_survived(name, engine):
    """The stack of a worker holds what the limits allow, and more is refused."""
    most = max(count for count in range(80) if verdict(nested(name, count)) is None)
    assert engine.asked(nested(name, most)) == "answered"
    assert 5 < most < 79


NAMES = st.text(alphabet="abxSERVICE_09", max_size=6)
PLACES = st.sampled_from(
    [
        "?s ?p 'a W b' .",
        '?s ?p """\nW <x> {}\n""" .',
        "?s ?p 'x'@W .",
        "# W <x> {}\n",
        "?s <http://e/W#W> <http://e/a.W> .",
        "?s e:W e:a.W . ?s e:W:W e:W-x .",
        "?W ?p $xW .",
        "_:W ?p ?o .",
        "W:x W:y W:z . ?s ?p W:x { ?a ?b ?c }",
        "GRAPH W:x { ?s ?p ?o }",
        "?s ?p W:x {| ?p W:y |} .",
        "FILTER(?W < ?s && 'W' > ?W)",
    ]
)
REST = st.sampled_from(["", "?s ?p ?o .", "SERVICE <http://x/> {}", ")", "{", "'open"])


@given(st.lists(PLACES, min_size=1, max_size=5), REST, st.sampled_from(KEYWORDS), NAMES)
def test_word_in_a_place_for_names_changes_nothing(places, rest, word, more):
    """The verdict is the same, to its place, for the keyword and for any word."""
    body = "\n".join([*places, rest])
    query = f"PREFIX e: <http://e/> PREFIX W: <http://e/W/> SELECT * {{ {body} }}"
    found = [verdict(query.replace("W", w + more)) for w in (word, "z" * len(word))]
    shown = [error and (type(error), error.line, error.column) for error in found]
    assert shown[0] == shown[1]


TERMS = st.sampled_from(
    ["?s", "$o", "e:x", "e:service", "<http://e/#service>", "<rel>", "a:b.c"]
)
LITERALS = st.sampled_from(
    ["'x'", '"service"@en-GB', "'''it's'''", "1", "-1.5", ".5e3", "true", "'1'^^e:t"]
)
VERBS = st.sampled_from(
    ["?p", "a", "e:p", "<p>", "e:p/e:q", "^e:p|!(e:q|^a)", "(e:p)*", "e:p?", "e:p+"]
)
OPERATORS = ["=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "&&", "||"]
EXPRESSIONS = st.recursive(
    st.one_of(TERMS, LITERALS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        inner.map(lambda one: f"STR({one})"),
        inner.map(lambda one: f"(!{one})"),
        st.lists(inner, max_size=3).map(lambda some: f"COALESCE({', '.join(some)})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} NOT IN ({two[1]}, 1))"),
    ),
    max_leaves=5,
)
TRIPLES = st.builds(
    "{} {} {}{} .".format,
    TERMS,
    VERBS,
    st.one_of(TERMS, LITERALS, st.just("[ e:p ?o ]"), st.just("( 1 ?o )")),
    st.sampled_from(["", ", 2", "; e:q 3 ;", "; a ?t"]),
)
GROUPS = st.recursive(
    st.one_of(
        TRIPLES,
        EXPRESSIONS.map(lambda one: f"FILTER({one})"),
        EXPRESSIONS.map(lambda one: f"BIND({one} AS ?new)"),
        st.just("VALUES (?v ?w) { (1 UNDEF) (e:x 'service') }"),
        st.just("# SERVICE <http://x/> {}\n"),
    ),
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("OPTIONAL {{ {} }}".format, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("MINUS {{ {} }}".format, inner),
        st.builds("GRAPH ?g {{ {} }}".format, inner),
        st.builds("FILTER NOT EXISTS {{ {} }}".format, inner),
        st.builds("{{ SELECT ?s {{ {} }} LIMIT 3 }}".format, inner),
        st.builds("SERVICE e:x {{ {} }}".format, inner),
        st.builds("service SILENT ?s {{ {} }}".format, inner),
    ),
    max_leaves=6,
)
FORMS = st.sampled_from(
    [
        *("SELECT * { BODY }", "select distinct ?s (STR(?o) AS ?t) where { BODY }"),
        *("ASK { BODY }", "CONSTRUCT { ?s e:p [] } WHERE { BODY }"),
        *("DESCRIBE ?s e:x { BODY }", "SELECT ?s FROM e:g FROM <g> { BODY }"),
        "SELECT (COUNT(*) AS ?n) { BODY } GROUP BY ?s HAVING (?s > 1) ORDER BY ?s",
    ]
)
PROLOGUE = "BASE <http://e/> PREFIX e: <x/> PREFIX a: <http://a#>\n"


def parsed(text):
    """Whether rdflib takes it, and if so whether it holds a SERVICE."""
    try:
        found = parseQuery(text)
    except Exception:  # noqa: BLE001  # its parser raises many kinds
        return None
    return "ServiceGraphPattern" in repr(found)


@pytest.mark.slow
@rounds(max_examples=15, suppress_health_check=list(HealthCheck))
@given(FORMS, GROUPS)
def test_verdict_on_valid_queries_is_that_of_rdflib(form, body):
    """What rdflib parses passes, unless rdflib finds a SERVICE in it."""
    text = PROLOGUE + form.replace("BODY", body)
    asks_others = parsed(text)
    if asks_others is not None:
        assert (verdict(text) is not None) == asks_others, text


NOISE = st.one_of(
    st.text(max_size=200),
    st.binary(max_size=200).map(lambda data: data.decode("latin-1")),
    st.binary(max_size=200).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.text(alphabet="SELCTASK{}()[]<>|~?$:.;,'\"\\#@^&!=*+-/ \n\r\tae1", max_size=200),
    st.lists(
        st.sampled_from(
            [*"{}()<>", *KEYWORDS, "e:x", "<<(", ")>>", "{|", "'", "VERSION"]
        )
    ).map(" ".join),
)


@rounds(max_examples=150)
@given(NOISE, st.booleans(), st.sampled_from([(), ("http://e/",)]))
def test_noise_gives_a_verdict_with_a_place_inside(noise, start, listed):
    """No error but ours, and its line and column are a character of the text."""
    text = f"SELECT * {{ {noise}" if start else noise
    error = verdict(text, dataclasses.replace(LIMITS, service_endpoints=listed))
    if error is not None and error.line is not None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= error.line <= len(lines)
        assert error.column is not None
        assert 1 <= error.column <= max(len(lines[error.line - 1]), 1)


def test_text_that_is_no_unicode_is_refused():
    """Half a character in a prologue is an error of ours, not of the engine."""
    text = "PREFIX e: <http://e/\ud800> ASK { SERVICE e:x {} }"
    listed = dataclasses.replace(LIMITS, service_endpoints=("http://e/",))
    assert verdict(text, listed) is not None


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "'",
        '"""',
        "<",
        "<a",
        "_:a..",
        "e:a.b",
        "\\",
        "?a<",
        "{|",
        "@a-",
        "1e",
        "#",
    ],
)
def test_work_grows_as_the_text_does(unit):
    """Twice the text is twice the tokens, and no more of them than characters."""
    sizes = [len(list(tokens(unit * count))) for count in (1_000, 2_000)]
    assert sizes[1] <= 2 * sizes[0] + 2
    assert sizes[1] <= 2_000 * len(unit)
