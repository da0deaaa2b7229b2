"""Whatever a store answers: a whole answer comes of it, or an error that says why."""

from __future__ import annotations

import re

import pytest

from tests.remote.upstream import JSON, NT, YES, said, upstream, waiting
from vomkg.config import load_settings
from vomkg.engine.remote.engine import RemoteEngine
from vomkg.engine.remote.graphs import Graphs
from vomkg.engine.source import Source
from vomkg.engine.workers import IsolatedEngine
from vomkg.errors import (
    LimitError,
    QueryRefusedError,
    QuerySyntaxError,
    UpstreamError,
    UsageError,
    VomkgError,
)

ROWS = "SELECT ?a { ?a ?b ?c }"
TRIPLES = "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE {}"
USER = {"store_user": "u", "store_password": "pass"}
TOKEN = {"store_token": "token"}
MALLORY = {"store_user": "mallory", "store_password": "hunter2"}
GRAPHS = Graphs(("urn:default",), ("urn:named",))


@pytest.fixture
def asked(settings):
    """Asks a store that replies so, and gives the answer and the server."""

    def ask(reply, query="ASK {}", graphs=GRAPHS, **more):
        with upstream(reply) as server:
            ours = load_settings({}, cache=settings.cache, store=server.address, **more)
            engine = RemoteEngine(ours, graphs)
            try:
                return engine.query(query), server
            finally:
                engine.close()

    return ask


def bindings(*found, names=("a",)):
    rows = ", ".join(found)
    head = ", ".join(f'"{name}"' for name in names)
    text = f'{{"head": {{"vars": [{head}]}}, "results": {{"bindings": [{rows}]}}}}'
    return text.encode()


def test_a_query_goes_by_post_form_with_its_dataset_and_prefixes(asked):
    answer, server = asked(said(), "ASK {\n ?a a vom:Claim }")
    fields, headers = server.asked[0]
    assert answer.boolean is True
    assert fields[0] == (
        "query",
        "PREFIX vom: <https://w3id.org/vomkg/ontology#> ASK {\n ?a a vom:Claim }",
    )
    assert ("default-graph-uri", "urn:default") in fields
    assert ("named-graph-uri", "urn:named") in fields
    assert headers["Accept"].startswith(JSON)
    assert "Authorization" not in headers


def test_all_kinds_of_terms_are_read(asked):
    cells = [
        '{"a": {"type": "uri", "value": "urn:x"}}',
        '{"a": {"type": "bnode", "value": "nodeID://b1"}}',
        '{"a": {"type": "literal", "value": "x", "xml:lang": "de"}}',
        '{"a": {"type": "typed-literal", "value": "1",'
        ' "datatype": "http://www.w3.org/2001/XMLSchema#boolean"}}',
        "{}",
    ]
    answer, _ = asked(said(body=bindings(*cells)), ROWS)
    assert [str(row["a"]) for row in answer.rows] == [
        "<urn:x>",
        "_:x" + b"nodeID://b1".hex(),
        '"x"@de',
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        "None",
    ]


WRONG = {
    "empty": b"",
    "cut": bindings('{"a": {"type": "uri", "value": "urn:x"}}')[:-4],
    "no object": b"[]",
    "no rows": b'{"head": {"vars": ["a"]}}',
    "no names": b'{"head": {}, "results": {"bindings": []}}',
    "name twice": bindings(names=("a", "a")),
    "row no object": bindings("1"),
    "no such column": bindings('{"b": {"type": "uri", "value": "urn:x"}}'),
    "no IRI": bindings('{"a": {"type": "uri", "value": "no iri"}}'),
    "unknown type": bindings('{"a": {"type": "thing", "value": "x"}}'),
    "no value": bindings('{"a": {"type": "uri"}}'),
    "value no text": bindings('{"a": {"type": "literal", "value": 1}}'),
    "term no object": bindings('{"a": "x"}'),
    "not a number": b'{"head": NaN}',
    "deep": b"[" * 100_000,
    "not UTF-8": b'{"head": "\xff"}',
    "boolean": YES,
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_malformed_rows_are_an_error(asked, body):
    with pytest.raises(UpstreamError, match="malformed or cut"):
        asked(said(body=body), ROWS)


def test_rows_are_no_yes_or_no(asked):
    with pytest.raises(UpstreamError, match="yes or no"):
        asked(said(body=bindings()))


@pytest.mark.parametrize("reply", [said(length=500), said(500, length=500)])
def test_a_body_shorter_than_it_says_is_an_error(asked, reply):
    with pytest.raises(UpstreamError, match="is cut: the connection ended"):
        asked(reply)


def test_triples_whose_end_is_not_told_are_an_error(asked):
    with pytest.raises(UpstreamError, match="where its answer ends"):
        asked(said(body=b"", media=NT, length=False), TRIPLES)


@pytest.mark.parametrize(
    ("media", "body"),
    [
        (NT, b"# Empty NT\n"),
        (
            NT,
            b'<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n' * 2,
        ),
        ("text/turtle", b"@prefix x: <urn:> . x:a x:b true ."),
        (
            "application/rdf+xml",
            b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        ),
    ],
)
def test_graphs_are_read_in_three_syntaxes(asked, media, body):
    answer, _ = asked(said(body=body, media=f"{media}; charset=utf-8"), TRIPLES)
    assert {str(triple.object)[:6] for triple in answer.triples} <= {'"true"'}
    assert len(answer.triples) == len(answer.rows) <= 1


def test_a_graph_that_is_cut_is_an_error(asked):
    with pytest.raises(UpstreamError, match="malformed or cut"):
        asked(said(body=b"<urn:a> <urn:b> <urn", media=NT), TRIPLES)


REFUSALS = [
    (206, "", UpstreamError, "a part of the answer"),
    (204, "", UpstreamError, "a part of the answer"),
    (404, "", UpstreamError, "no SPARQL endpoint"),
    (406, "", UpstreamError, "none of the formats"),
    (401, "", UpstreamError, "VOMKG_STORE_USER"),
    (403, "", UpstreamError, "VOMKG_STORE_TOKEN"),
    (413, "", LimitError, "too long"),
    (429, "", LimitError, "no more queries"),
    (503, "timeout", LimitError, "no more queries.*: timeout"),
    (504, "", LimitError, "took longer"),
    (500, "Virtuoso S1T00 Error SR171: Transaction timed out", LimitError, "longer"),
    (500, "The estimated execution time 9 (sec) exceeds", LimitError, "costs more"),
    (500, "SR186:SECURITY: No permission", UpstreamError, "VOMKG_STORE_USER"),
    (500, "Sorted TOP clause specifies more", LimitError, "does not sort"),
    (500, "oops\nsecond line", UpstreamError, r"failed \(status 500\): oops$"),
    (500, "a\x1b[31mb\u202ec", UpstreamError, r"a \[31mb c$"),
    (500, "x" * 900, UpstreamError, "x…$"),
]


@pytest.mark.parametrize(("status", "text", "kind", "words"), REFUSALS)
def test_a_refusal_is_told_in_our_words(asked, status, text, kind, words):
    body = text.encode() if status != 204 else b""
    reply = said(status, body, "text/plain", Retry_After="7")
    with pytest.raises(kind) as caught:
        asked(reply)
    assert type(caught.value) is kind
    assert re.search(words, f"{caught.value.fix}\n{caught.value.message}")
    if status in {429, 503, 504}:
        assert caught.value.retry_after == 7


@pytest.mark.parametrize("media", ["text/html", "text/plain", None])
def test_a_page_for_people_is_never_repeated(asked, media):
    with pytest.raises(UpstreamError) as caught:
        asked(said(500, b"<html>secret</html>", media))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("media", ["text/html", None, NT])
def test_another_type_than_was_asked_for_is_an_error(asked, media):
    with pytest.raises(UpstreamError, match="one of those asked for"):
        asked(said(media=media))


def test_an_answer_that_was_broken_off_is_an_error(asked):
    with pytest.raises(UpstreamError, match="a part of the answer"):
        asked(said(X_SQL_State="S1TAT"))


def test_the_place_of_a_fault_is_told_without_our_prefixes(asked):
    shift = len("PREFIX vom: <https://w3id.org/vomkg/ontology#> ")
    body = f"parse error at line 1, column {shift + 5}".encode()
    with pytest.raises(QuerySyntaxError) as caught:
        asked(said(400, body, "text/plain"), "ASK { ?a a vom:Claim }")
    assert (caught.value.line, caught.value.column) == (1, 5)


@pytest.mark.parametrize(
    "query", ["ASK {", "ASK { FILTER(<bif:exec>(1)) }", "ASK { SERVICE <urn:x> {} }"]
)
def test_what_is_no_query_here_is_never_sent(asked, query):
    with upstream(said()) as server, pytest.raises(VomkgError) as caught:
        asked(server.reply, query)
    assert isinstance(caught.value, (QuerySyntaxError, QueryRefusedError))


def test_no_redirect_is_followed(asked):
    with upstream(said()) as other:
        reply = said(307, b"", "text/plain", Location=other.address)
        with pytest.raises(UpstreamError, match="another address"):
            asked(reply)
        assert other.asked == []


def test_an_answer_beyond_the_limit_on_bytes_is_refused(asked):
    with pytest.raises(LimitError, match="more than 28 bytes"):
        asked(said(), byte_limit=28)


def test_a_slow_store_is_given_up_in_process(asked):
    with pytest.raises(LimitError, match=r"longer than 0\.3 s"):
        asked(waiting, time_limit=0.3)


def test_the_connection_is_kept_and_opened_again_when_it_was_closed(settings):
    def closing(handler, fields):
        said()(handler, fields)
        handler.close_connection = len(server.asked) == 2

    with upstream(closing) as server:
        ours = load_settings({}, cache=settings.cache, store=server.address)
        engine = RemoteEngine(ours, None)
        found = [engine.query("ASK {}").boolean for _ in range(4)]
        engine.close()
    assert found == [True] * 4
    assert len(server.connections) == 2


def test_a_store_that_is_not_there_is_named_as_such(asked, settings):
    with upstream(said()) as server:
        address = server.address
    ours = load_settings({}, cache=settings.cache, store=address)
    with pytest.raises(UpstreamError, match="cannot be reached: connection refused"):
        RemoteEngine(ours, None).query("ASK {}")


@pytest.mark.slow
def test_the_worker_is_killed_at_its_limit_and_the_connection_closes(settings):
    with upstream(waiting) as server:
        ours = load_settings(
            {}, cache=settings.cache, store=server.address, time_limit=0.5, workers=1
        )
        source = Source((), is_remote=True, graphs=GRAPHS)
        with IsolatedEngine(source, ours) as engine:
            with pytest.raises(LimitError, match=r"longer than 0\.5 s"):
                engine.query("ASK {}")
            assert server.gone.wait(20)
            server.reply = said()
            assert engine.query("ASK {}").boolean is True


def guarded(scheme):
    """Asks who asks, and takes one answer."""

    def reply(handler, fields):
        told = handler.headers.get("Authorization", "")
        if told in {"Basic dTpwYXNz", "Bearer token"}:
            said()(handler, fields)
        else:
            said(401, b"", None, WWW_Authenticate=f'{scheme} realm="x"')(
                handler, fields
            )

    return reply


def test_credentials_are_sent_when_they_are_asked_for(asked):
    _, server = asked(guarded("Basic"), **USER)
    assert [("Authorization" in headers) for _, headers in server.asked] == [0, 1]
    answer, _ = asked(guarded("Bearer"), **TOKEN)
    assert answer.boolean is True


@pytest.mark.parametrize("scheme", ["Basic", "Digest", "Negotiate"])
def test_credentials_that_do_not_fit_are_told_and_not_shown(asked, scheme):
    with pytest.raises(UpstreamError, match=r"status 401|cannot be reached") as caught:
        asked(guarded(scheme), **MALLORY)
    assert "mallory" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "more",
    [
        {"store_token": "t", "store_user": "u", "store_password": "p"},
        {"store_user": "u"},
    ],
)
def test_half_and_double_credentials_are_refused(asked, more):
    with pytest.raises(UsageError):
        asked(said(), **more)


def test_credentials_do_not_cross_the_network_in_the_clear(settings):
    words = {"store": "http://example.org/sparql", "store_token": "t"}
    ours = load_settings({}, cache=settings.cache, **words)
    with pytest.raises(UsageError, match="unencrypted"):
        RemoteEngine(ours, None)
    RemoteEngine(
        load_settings({}, cache=settings.cache, **words, store_insecure="true"), None
    )
