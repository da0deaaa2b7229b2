"""What the guard lets pass, what it refuses, and that it cannot be deceived."""

from __future__ import annotations

import dataclasses

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from vomkg.config import Settings
from vomkg.engine.guard import check_query
from vomkg.errors import QueryError, QueryRefusedError, QuerySyntaxError

# A port that the engine refuses by itself: trying SERVICE shows, and nothing is sent.
CLOSED = "<http://127.0.0.1:1/>"
ASKED = "port 1 is not allowed"


def _refused(text: str, settings: Settings) -> QueryError | None:
    try:
        check_query(text, settings)
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "select * where { ?s a ?o } order by ?s limit 5",
        "ASK {}",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DESCRIBE <http://e/x>",
        "# a comment first\nSELECT * {}",
        "BASE <http://e/> PREFIX a: <b#> PREFIX : <c> SELECT * { a:x :y <z> }",
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "SELECT * FROM <http://e/g> FROM NAMED <http://e/h> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s ?p ?o FILTER(?o<3&&?s>1) }",
        "SELECT * { VALUES ?x { <http://e/a#b> 'c' 1.5 UNDEF } }",
        "SELECT * { VALUES (?x ?y) { (<http://e/a#b> <http://e/it's>) } }",
        "SELECT * { ?s ?p ( ?x <http://e/a#b> ) }",
        "PREFIX service: <http://e/> SELECT * { ?s service:x ?o . GRAPH service:g {} }",
        "SELECT * { ?s ?p '''LOAD\nSERVICE <x> {}''' }",
        'VERSION "1.2" BASE <a:b> VERSION \'1.1\' PREFIX : <a:b> VERSION "1.2" ASK {}',
        "PREFIX : <http://e/> SELECT * { << :s :p :o ~ :r >> :q ?z }",
        "PREFIX : <http://e/> ASK { :s :p :o ~ :r {| :a :b |} {| :c [ :d 1 ] |} }",
        "PREFIX : <http://e/> ASK { :s :p :o ~, :x ~ ~ {|:a 1|} }",
        "ASK { BIND(<<( ?s ?p 'x'@en--ltr )>> AS ?t) FILTER(?t=<<(?s?p?o)>>) }",
        "ASK { VALUES ?t { <<( <a:s> <a:p> <<( <a:s> <a:p> 1 )>> )>> } }",
        "ASK FROM <http://e/g> FROM <h> FROM NAMED <http://e/h> {}",
        "BASE <http://e/> ASK { ?s <a/b+c#d> ( <e/f#g> 1 <h/i#j> ) }",
        r"ASK { ?s ?p 'a\tb\u00e9\\', '''\U0001F600'\'''' }",
    ],
)
def test_good_query_passes(text: str, settings: Settings):
    """Queries of every form pass without a word."""
    assert _refused(text, settings) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", (1, 12)),
        ("SELECT * {\n  service silent ?where {} }", (2, 3)),
        ("SELECT * { { ?s ?p ?o } UNION { SeRvIcE<http://e/>{} } }", (1, 33)),
        ("SELECT * { ?s ?p 1SERVICE <http://e/> {} }", (1, 19)),
        ("SELECT * { ?s ?p trueSERVICE <http://e/> {} }", (1, 18)),
        ("SELECT * { SERVICESILENT<http://e/>{} }", (1, 12)),
        ("PREFIX : <http://e/> SELECT * { SERVICE:x {} }", (1, 33)),
        ("PREFIX SERVICE: <http://e/> SELECT * { SERVICE:x {} }", (1, 40)),
        ("PREFIX e: <http://e/> SELECT * { SERVICEe:x {} }", (1, 34)),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ?x {} } }", (1, 37)),
    ],
)
def test_service_is_refused_where_it_stands(
    text: str, place: tuple[int, int], settings: Settings
):
    """SERVICE is found in every form that the engine would follow."""
    error = _refused(text, settings)
    assert isinstance(error, QueryRefusedError)
    assert "another host" in error.message
    assert place == (error.line, error.column)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT*{?s ?p ?o FILTER(?s<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER(?s<urn:x#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER(EXISTS{}<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER(true<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER((1)<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER(?s<<http://x#>) SERVICE <http://e/> {}\n}",
        "SELECT*{?s ?p ?o FILTER(STR(?s)<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        "SELECT*{?s ?p ?o FILTER('x'<?o#>'''\n) SERVICE <http://e/> {} #''')\n}",
        'SELECT*{?s ?p """abc" . SERVICE <http://e/> {} #"\n}',
        "SELECT*{?s ?p ?o . \\u0053ERVICE <http://e/> {} }",
    ],
)
def test_hidden_service_is_refused(text: str, settings: Settings):
    """What the engine would read as SERVICE cannot hide behind another reading."""
    assert _refused(text, settings) is not None


WORDS = ["SERVICE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "service", "Drop"]
PLACES = [
    "SELECT * { ?s ?p 'WORD' }",
    'SELECT * { ?s ?p "a \\" WORD b" }',
    "SELECT * { ?s ?p '''\nWORD <x> {}\n''' }",
    'SELECT * { ?s ?p """"WORD" \n WORD""" }',
    "SELECT * { ?s ?p ?o } # WORD <x> {}",
    "# WORD\nSELECT * {}",
    "SELECT * { ?s <http://e/WORD> ?o }",
    "SELECT * { ?s <http://e/#WORD> ?o }",
    "SELECT ?WORD { ?WORD ?p $xWORD }",
    "PREFIX e: <http://e/> SELECT * { ?s e:WORD e:a.WORD }",
    "PREFIX WORD: <http://e/> SELECT * { ?s WORD:x ?o }",
    "SELECT * { _:WORD ?p ?o }",
    "SELECT * { ?s ?p 'x'@WORD }",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("place", PLACES)
def test_word_that_is_no_keyword_is_no_alarm(place: str, word: str, settings: Settings):
    """A keyword inside a text, comment, IRI, variable or name means nothing."""
    assert _refused(place.replace("WORD", word), settings) is None


TEXTS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20
)
KEYWORDS = st.sampled_from(WORDS)


@given(TEXTS, KEYWORDS, TEXTS, st.sampled_from(['"', "'", '"""', "'''"]))
def test_no_string_literal_is_an_alarm(before: str, word: str, after: str, quote: str):
    """Whatever a string holds, a keyword in it is only text."""
    content = (before + word + after).replace("\\", "\\\\")
    content = content.replace('"', '\\"').replace("'", "\\'")
    if len(quote) == 1:
        content = content.replace("\n", "\\n").replace("\r", "\\r")
    assert _refused(f"SELECT * {{ ?s ?p {quote}{content}{quote} }}", LIMITS) is None


@given(TEXTS, KEYWORDS, TEXTS)
def test_no_comment_is_an_alarm(before: str, word: str, after: str):
    """Whatever a comment holds, a keyword in it is only a remark."""
    remark = (before + word + after).replace("\n", " ").replace("\r", " ")
    assert _refused(f"SELECT * {{ #{remark}\n}}", LIMITS) is None


@given(
    st.text(alphabet="abcSERVICE0123_", min_size=1, max_size=12),
    KEYWORDS,
    st.text(alphabet="abcSERVICE0123_", max_size=12),
)
def test_no_name_or_variable_is_an_alarm(before: str, word: str, after: str):
    """Variables, local names, blank nodes and IRIs may be called anything."""
    name = before + word + after
    text = (
        f"PREFIX : <http://e/> SELECT ?{name} "
        f"{{ ?{name} <http://e/{name}#{name}> :{name} . _:{name} ?p 1 }}"
    )
    assert _refused(text, LIMITS) is None


LIMITS = Settings(root=None, cache=None)  # type: ignore[arg-type]  # paths unused
PIECES = st.sampled_from(
    [
        *("{", "}", "(", ")", "[", "]", ".", ";", ",", "<", ">", "'", '"', "#", "\n"),
        *("'''", '"""', "\\", " ", "&&", "!", "=", "?s", "?p", "?o", "1", "true", "a"),
        *("<?o#>", "<urn:x#>", "<http://x#>", "<a'b>", ":x", "SERVICE:x", "x:SERVICE"),
        *(
            "FILTER(",
            "?s ?p ?o",
            "BIND(1 AS ?b)",
            "OPTIONAL{",
            "UNION",
            "EXISTS{",
            "@en",
        ),
        *(f"SERVICE {CLOSED} {{}}", f"SERVICE{CLOSED}{{}}", "SERVICE :x {}", "SERVICE"),
    ]
)


@rounds(max_examples=1500)
@given(st.lists(PIECES, max_size=14).map("".join))
@example(f"FILTER(?s<?o#>'''\n|| 1=1) SERVICE {CLOSED} {{}} #''')\n")
@example(f"FILTER(?s<x:x#>'''\n|| 1=1) SERVICE {CLOSED} {{}} #''')\n")
@example(f"FILTER(?s<<http://x#>) SERVICE {CLOSED} {{}}\n")
@example("SERVICE:x {}")
@example(f"FILTER EXISTS{{ SERVICE{CLOSED}{{}} }}")
def test_what_passes_never_reaches_another_host(body: str):
    """Any text that the guard passes is run without the engine asking a host."""
    head = f"PREFIX : {CLOSED} PREFIX SERVICE: {CLOSED} PREFIX x: {CLOSED} "
    text = f"{head}SELECT * {{ ?s ?p ?o . {body} }}"
    if _refused(text, LIMITS) is not None:
        return
    store = pyoxigraph.Store()
    node = pyoxigraph.NamedNode("http://e/")
    store.add(pyoxigraph.Quad(node, node, node))
    try:
        list(store.query(text))  # type: ignore[arg-type]
    except (SyntaxError, RuntimeError, ValueError):
        return


def test_engine_does_follow_service_by_itself():
    """The reason for the guard: if this fails, the fuzz test proves nothing."""
    with pytest.raises(OSError, match=ASKED):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE {CLOSED} {{}} }}"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/> <http://e/> 1 }",
        "delete where { ?s ?p ?o }",
        "PREFIX e: <http://e/> CLEAR ALL",
        "BASE <http://e/> LOAD <x>",
        "WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        *(f"{word} GRAPH <http://e/g>" for word in ("DROP", "CREATE")),
        *(f"{word} <http://e/g> TO DEFAULT" for word in ("ADD", "COPY", "MOVE")),
    ],
)
def test_update_is_refused_by_name(text: str, settings: Settings):
    """A request to change data is told so, not called a syntax error."""
    with pytest.raises(QueryRefusedError, match="read-only; ask with SELECT"):
        check_query(text, settings)


@pytest.mark.parametrize("text", ["", "  \n\t", "# only a comment\n"])
def test_empty_query_is_refused(text: str, settings: Settings):
    """Nothing is not a query."""
    with pytest.raises(QueryRefusedError, match="the query is empty"):
        check_query(text, settings)


@pytest.mark.parametrize(
    ("text", "part", "place"),
    [
        ("SELCT * {}", "found 'SELCT'", (1, 1)),
        ("PREFIX e: <http://e/>", "no query", (None, None)),
        ("SELECT * { ?s ?p 'open }", "has no end", (1, 18)),
        ("SELECT * {\n ?s ?p ?o\u00a0}", "has no meaning", (2, 10)),
        ("SELECT * { ?s ?p ?o", "'{' is never closed", (1, 10)),
        ("SELECT * { ?s ?p ?o ) }", "')' closes nothing", (1, 21)),
        ("SELECT * { ?s ?p ?o } }", "'}' closes nothing", (1, 23)),
        ("ASK FROM <a>FromNamed<b> {}", "no word of SPARQL", (1, 13)),
    ],
)
def test_malformed_query_is_named_with_its_place(
    text: str, part: str, place: tuple[int | None, int | None], settings: Settings
):
    """Line and column point at what is wrong."""
    with pytest.raises(QuerySyntaxError) as caught:
        check_query(text, settings)
    assert part in caught.value.message
    assert place == (caught.value.line, caught.value.column)


def test_annotation_counts_as_nesting_and_as_operator(settings: Settings):
    """What SPARQL 1.2 adds makes the engine recurse as well."""
    tight = dataclasses.replace(settings, query_depth=3, query_operators=40)
    deep = "ASK { ?s ?p ?o {| ?p ?o {| ?p ?o {| ?p ?o |} |} |} }"
    with pytest.raises(QueryRefusedError, match="nested more than 3 deep"):
        check_query(deep, tight)
    with pytest.raises(QueryRefusedError, match="more than 40 operators"):
        check_query("ASK { ?s ?p ?o" + " ~" * 41 + " }", tight)


@pytest.mark.parametrize("unit", ["!", "-", "1+"])
def test_operators_inside_what_could_be_an_iri_are_counted(
    unit: str, settings: Settings
):
    """Behind an operand the engine reads them as an expression, however deep."""
    text = f"ASK {{ FILTER(?a<{unit * 9_000}1&&?b>1) }}"
    assert _refused(text, settings) is not None
    assert _refused(text.replace(unit * 9_000, unit * 9), settings) is None


def test_brackets_inside_what_could_be_an_iri_are_refused(settings: Settings):
    """They would nest where nobody counts."""
    text = f"ASK {{ FILTER(?a<{'(' * 9_000}1{')' * 9_000}&&?b>1) }}"
    assert _refused(text, settings) is not None


def test_length_is_limited(settings: Settings):
    """The longest text allowed passes, one character more does not."""
    tight = dataclasses.replace(settings, query_length=12)
    check_query("SELECT * { }", tight)
    with pytest.raises(QueryRefusedError, match="has 13 characters, at most 12"):
        check_query("SELECT *  { }", tight)


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_depth_is_limited(pair: str, settings: Settings):
    """The deepest nesting allowed passes, one bracket more does not."""
    tight = dataclasses.replace(settings, query_depth=8)
    check_query(f"SELECT * {{ {pair[0] * 7}{pair[1] * 7} }}", tight)
    with pytest.raises(QueryRefusedError, match="nested more than 8 deep"):
        check_query(f"SELECT * {{ {pair[0] * 8}{pair[1] * 8} }}", tight)


def test_number_of_operators_is_limited(settings: Settings):
    """As many operators as are allowed pass, one more does not."""
    tight = dataclasses.replace(settings, query_operators=5)
    check_query("ASK { FILTER(!!!1) }", tight)
    with pytest.raises(QueryRefusedError, match="more than 5 operators"):
        check_query("ASK { FILTER(!!!!1) }", tight)


CHAINS = {
    "not": "ASK { FILTER(" + "!" * 9_000 + "true) }",
    "plus": "ASK { FILTER(1" + "+1" * 9_000 + ") }",
    "or": "ASK { FILTER(1" + "||1" * 9_000 + ") }",
    "union": "ASK { {}" + "UNION{}" * 9_000 + " }",
    "minus": "ASK { " + "MINUS{}" * 9_000 + " }",
    "filter": "ASK { " + "FILTER(1)" * 9_000 + " }",
    "path": "ASK { ?s <a:b>" + "|<a:b>" * 9_000 + " ?o }",
    "having": "SELECT (1 AS ?x) {} GROUP BY ?a HAVING" + "(1)" * 9_000,
    "describe": "DESCRIBE " + "<a:b>" * 9_000,
}


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_chain_that_would_end_the_process_is_refused(name: str, settings: Settings):
    """Flat chains make the engine recurse until its stack ends; they are too long."""
    with pytest.raises(QueryRefusedError, match="more than 300 operators"):
        check_query(CHAINS[name], settings)


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_chain_within_the_limit_is_run(name: str, settings: Settings):
    """What the guard passes, the engine survives."""
    short = CHAINS[name]
    unit = {
        "not": "!",
        "plus": "+1",
        "or": "||1",
        "union": "UNION{}",
        "minus": "MINUS{}",
    }
    unit |= {
        "filter": "FILTER(1)",
        "path": "|<a:b>",
        "having": "(1)",
        "describe": "<a:b>",
    }
    short = short.replace(unit[name] * 9_000, unit[name] * 120)
    check_query(short, settings)
    assert pyoxigraph.Store().query(short) is not None


def test_long_lists_of_values_are_allowed(settings: Settings):
    """Lists are how many values are asked for; they are not operators."""
    values = " ".join(f"<http://e/{n}>" for n in range(3_000))
    check_query(f"SELECT * {{ VALUES ?x {{ {values} }} }}", settings)
    listed = ", ".join(str(n) for n in range(3_000))
    check_query(f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({listed})) }}", settings)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * { ?s vmo:x ?o }", (1, 15)),
        ("PREFIX a: <http://e/> SELECT * { ?s a:x b:y }", (1, 41)),
        ("SELECT * { ?s :x ?o }", (1, 15)),
    ],
)
def test_undeclared_prefix_is_named(
    text: str, place: tuple[int, int], settings: Settings, prefixes: dict[str, str]
):
    """A misspelt prefix is an error at its place."""
    with pytest.raises(QuerySyntaxError, match="is not declared") as caught:
        check_query(text, settings, prefixes)
    assert place == (caught.value.line, caught.value.column)


def test_shipped_prefixes_need_no_declaration(
    settings: Settings, prefixes: dict[str, str]
):
    """Every prefix of the graph's own list may be used at once."""
    names = " ".join(f"{name}:x" for name in prefixes)
    check_query(f"SELECT * {{ VALUES ?x {{ {names} }} }}", settings, prefixes)
