"""Answers and errors between processes: what arrives is what was sent."""

from __future__ import annotations

from socket import socketpair
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from vomkg.engine.answer import Answer
from vomkg.engine.parcels import pack_answer, unpack_answer
from vomkg.engine.results import TripleTerm
from vomkg.engine.wire import (
    ERROR,
    Message,
    pack_error,
    pack_query,
    pack_written,
    receive,
    send,
    unpack_error,
    unpack_query,
    unpack_written,
)
from vomkg.engine.writing import Written
from vomkg.errors import EngineError, LimitError, TurtleError, VomkgError

ONE = NamedNode("urn:one")
if TYPE_CHECKING:
    from vomkg.engine.results import Row

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = [
    None,
    NamedNode("urn:é"),
    BlankNode("b1"),
    Literal('plain \t\n" \0 \U0001f600'),
    Literal("plain", language="en-gb"),
    Literal("right", language="ar", direction=BaseDirection.RTL),
    Literal("left", language="en", direction=BaseDirection.LTR),
    Literal("34.0", datatype=NamedNode(XSD + "decimal")),
    Literal("urn:é", datatype=NamedNode("urn:type")),
    Literal(""),
    TripleTerm(Triple(BlankNode("x"), NamedNode("a:b"), Literal("c", language="en"))),
    TripleTerm(Triple(ONE, ONE, Triple(ONE, ONE, ONE))),
]


def travelled(answer, limit=10_000):
    return unpack_answer(pack_answer(answer, limit), "", "", {})


def test_every_kind_of_term_arrives():
    """Terms are equal after the journey, and keep their rows and columns."""
    rows = [{"a": term, "b": other} for term in TERMS for other in TERMS]
    answer = Answer("bindings", ("a", "b"), rows)
    assert answer == travelled(answer)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_without_columns_are_counted(count):
    """An answer may have rows and no column, as SELECT * {} has."""
    answer = Answer("bindings", (), [{} for _ in range(count)])
    assert answer == travelled(answer)


@pytest.mark.parametrize("value", [True, False])
def test_yes_or_no_arrives(value):
    """A boolean is a boolean."""
    answer = Answer("boolean", boolean=value)
    assert answer == travelled(answer)


def test_triples_arrive():
    """A graph's triples are made again of its rows."""
    a, b = NamedNode("urn:a"), NamedNode("urn:b")
    inner = Triple(a, b, a)
    triples = (
        Triple(a, b, Literal("1")),
        Triple(BlankNode("x"), b, a),
        Triple(a, b, inner),
    )
    columns = ("subject", "predicate", "object")
    rows: list[Row] = [
        {"subject": a, "predicate": b, "object": Literal("1")},
        {"subject": BlankNode("x"), "predicate": b, "object": a},
        {"subject": a, "predicate": b, "object": TripleTerm(inner)},
    ]
    answer = Answer("graph", columns, rows, triples=triples)
    assert answer == travelled(answer)


def test_a_term_counts_each_time_it_stands():
    """Repeating a term makes an answer large, though it travels once."""
    answer = Answer("bindings", ("a",), [{"a": Literal("x")}] * 10)
    assert answer == travelled(answer, 40)
    with pytest.raises(LimitError, match="more than 39 bytes"):
        pack_answer(answer, 39)


@pytest.mark.parametrize(
    "error",
    [
        TurtleError("bad", path="a.ttl", line=3, column=4, fix="mend it"),
        LimitError("late", retry_after=5),
        VomkgError("ours"),
    ],
)
def test_error_arrives(error):
    """An error keeps its class and all its facts."""
    found = unpack_error(pack_error(error))
    assert (type(error), vars(error)) == (type(found), vars(found))


@pytest.mark.parametrize("name", ["annotations", "TYPE_CHECKING", "nothing", "Path"])
def test_only_our_errors_are_made(name):
    """A name that is no error of ours becomes the plain one."""
    text = f'["{name}", {{"message": "x"}}]'.encode()
    assert type(unpack_error(Message(ERROR, text))) is VomkgError


def test_large_message_arrives_whole():
    """A message larger than any buffer is put together again."""
    here, there = socketpair()
    message = Message(ERROR, b"t" * 3_000_001, b"c" * 2_000_003, worn=True)
    sender = Thread(target=send, args=(here, message))
    with here, there:
        sender.start()
        assert message == receive(there, monotonic() + 20)
        sender.join()


def test_half_a_message_is_none():
    """The end of the other side in the midst of a message is not taken for its end."""
    here, there = socketpair()
    with there:
        with here:
            here.sendall(b"A\0" + b"\0" * 7 + b"\5" + b"\0" * 8 + b"abc")
        with pytest.raises(EOFError):
            receive(there, monotonic() + 20)


def test_silence_ends_at_the_deadline():
    """Nothing is waited for beyond the deadline, nor begun behind it."""
    here, there = socketpair()
    with here, there:
        for deadline in (monotonic() + 0.02, monotonic() - 1):
            with pytest.raises(TimeoutError):
                receive(there, deadline)


def test_engine_error_is_ours():
    """A crash is our fault to the command line and to HTTP."""
    assert (EngineError.exit_code, EngineError.status) == (70, 500)


@pytest.mark.parametrize("forms", [None, {"bindings": "json", "graph": None}])
def test_query_and_formats_arrive(forms):
    """A query keeps its text, even what is no character, and what is wanted."""
    assert unpack_query(pack_query("ASK {} #\ud800é", forms)) == (
        "ASK {} #\ud800é",
        forms,
    )


@pytest.mark.parametrize("form", ["csv", None])
def test_written_answer_arrives(form):
    """Bytes stay as they are."""
    written = Written("bindings", form, b"\xff\0")
    assert unpack_written(pack_written(written)) == written
