"""Queries in worker processes: the same answers, and no harm to anyone."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engine.processes import (
    ENDLESS,
    busy,
    descriptors,
    gone,
    killed,
    state,
    until,
)
from vomkg.engine.source import Source
from vomkg.engine.workers import IsolatedEngine
from vomkg.errors import (
    EngineError,
    InputError,
    LimitError,
    MissingToolError,
    ParameterError,
    QueryRefusedError,
    QuerySyntaxError,
)
from vomkg.knowledge import KnowledgeGraph

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are watched through /proc"
)
ONE = "SELECT (1 AS ?one) {}"


def doubled(times):
    """A query that makes a text of a thousand characters that many times as long."""
    steps = " ".join(f"BIND(CONCAT(?s{k}, ?s{k}) AS ?s{k + 1})" for k in range(times))
    start = f"BIND('{'x' * 1000}' AS ?s0)"
    return f"SELECT (STRLEN(?s{times}) AS ?n) {{ {start} {steps} }}"


def opened(kg, **limits):
    """An engine over the shipped release with those limits."""
    limits = {"workers": 1, "time_limit": 60.0} | limits
    settings = dataclasses.replace(kg.settings, **limits)
    source = Source((str(kg.release.dataset),), release=kg.release.id)
    return IsolatedEngine(source, settings)


@pytest.fixture(scope="module")
def pool(kg):
    """Two workers that no test harms."""
    with opened(kg, workers=2) as engine:
        yield engine


def test_every_question_has_the_same_answer(kg, pool):
    """What a worker answers is what the engine in this process answers."""
    isolated = KnowledgeGraph(kg.settings, kg.release, pool)
    assert len(list(kg.questions)) > 30
    for question in kg.questions:
        wanted, found = kg.run(question.id), isolated.run(question.id)
        assert wanted.columns == found.columns
        if question.order == "any":
            wanted.rows.sort(key=str)
            found.rows.sort(key=str)
        assert wanted.rows == found.rows, question.id


@pytest.mark.parametrize("query", [ONE, "ASK {}", "DESCRIBE id:review-one"])
def test_bytes_are_those_of_the_engine(query, kg, pool):
    """A worker writes what the engine in this process writes."""
    forms = {"bindings": "csv", "graph": "turtle"}
    assert kg.written(query, forms) == pool.written(query, forms)


def test_no_bytes_over_the_limit(kg):
    """Too large an answer is an error for who wants bytes, too."""
    with (
        opened(kg, byte_limit=1_000) as engine,
        pytest.raises(LimitError, match="1000"),
    ):
        engine.written("SELECT * { ?s ?p ?o }", {"bindings": "json", "graph": None})


def test_answer_keeps_what_belongs_to_it(kg, pool):
    """Text, release, prefixes and trails are those of the engine."""
    query = "SELECT ?claim { ?claim vom:reportedBy ?who } ORDER BY ?claim LIMIT 3"
    wanted, found = kg.query(query), pool.query(query)
    assert (wanted.query, wanted.release) == (found.query, found.release)
    assert wanted.prefixes == found.prefixes
    assert wanted.trail(0) == found.trail(0) != []


@pytest.mark.parametrize(
    "query", ["ASK { id:review-one ?p ?o }", "ASK { <urn:no> ?p 1 }"]
)
def test_yes_and_no(kg, pool, query):
    """ASK gives its boolean."""
    assert kg.query(query).boolean is pool.query(query).boolean


def test_graph_answer(kg, pool):
    """DESCRIBE gives the same triples, and the same rows."""
    query = "DESCRIBE id:review-one"
    wanted, found = kg.query(query), pool.query(query)
    assert set(wanted.triples) == set(found.triples) != set()
    assert len(found.rows) == len(found.triples)


def test_values_are_bound(kg, pool):
    """A value stands where its variable stood, and is a column."""
    query = (
        "SELECT ?who (COUNT(?claim) AS ?n) { ?claim vom:reportedBy ?who } GROUP BY ?who"
    )
    who = kg.query("SELECT ?who { ?claim vom:reportedBy ?who } LIMIT 1").rows[0]["who"]
    bindings = {"who": who}
    assert (
        kg.query(query, bindings=bindings).rows
        == pool.query(query, bindings=bindings).rows
    )
    with pytest.raises(ParameterError):
        pool.query(ONE, bindings=bindings)


def test_place_of_a_fault_travels(kg, pool):
    """A malformed query has the same line, column and words."""
    query = "SELECT *\n{ ?s ?p }"
    with pytest.raises(QuerySyntaxError) as wanted:
        kg.query(query)
    with pytest.raises(QuerySyntaxError) as found:
        pool.query(query)
    assert str(wanted.value) == str(found.value)
    assert found.value.line == 2


def test_guard_stands_before_the_workers(kg):
    """What is refused is refused without a worker."""
    with opened(kg) as engine:
        engine.close()
        with pytest.raises(QueryRefusedError):
            engine.query("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


def test_workers_draw_different_numbers(kg):
    """A new worker does not repeat the random numbers of the one before."""
    with opened(kg) as engine:
        first = engine.query("SELECT (UUID() AS ?u) {}").rows
        killed(engine.pids()[1])
        assert first != engine.query("SELECT (UUID() AS ?u) {}").rows


@pytest.mark.parametrize(
    "query",
    [
        ENDLESS,
        "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        "SELECT (COUNT(*) AS ?n) "
        "{ ?a (!<urn:x>)*/(!<urn:x>)*/(!<urn:x>)*/(!<urn:x>)* ?c . ?d ?e ?f }",
        doubled(30),
        "SELECT (GROUP_CONCAT(?x) AS ?y) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?c), STR(?f)) AS ?x) }",
    ],
    ids=["product", "order", "path", "doubling", "concat"],
)
def test_runaway_query_ends_at_a_limit(kg, query):
    """Whatever a query grows without end, it ends and the next one is answered."""
    with opened(kg, time_limit=1.0, memory_limit=128) as engine:
        with pytest.raises(LimitError, match=r"longer than 1 s|more than 128 MiB"):
            engine.query(query)
        assert len(engine.query(ONE)) == 1


def test_time_limit_says_when_to_come_back(kg):
    """The error of time names the limit and a time to wait, in whole seconds."""
    with (
        opened(kg, time_limit=0.3) as engine,
        pytest.raises(LimitError, match=r"longer than 0\.3 s") as caught,
    ):
        engine.query(ENDLESS)
    assert caught.value.retry_after == 1


def test_worker_that_was_ended_is_reaped(kg):
    """A worker ended at its limit is replaced at once and leaves no zombie."""
    with opened(kg, time_limit=0.3) as engine:
        old = engine.pids()[1]
        with pytest.raises(LimitError):
            engine.query(ENDLESS)
        assert old != engine.pids()[1]
        until(lambda: state(old) == "")


def test_memory_is_bounded_and_given_back(kg):
    """A query that needs too much memory is told so, and its worker is replaced."""
    with opened(kg, memory_limit=64) as engine:
        before = engine.pids()
        with pytest.raises(LimitError, match="more than 64 MiB of memory") as caught:
            engine.query(doubled(30))
        assert caught.value.retry_after is None
        assert before != engine.pids()
        assert before[0] == engine.pids()[0]
        assert len(engine.query(ONE)) == 1


def test_worker_that_has_grown_is_replaced(kg):
    """A query within its limit leaves no large process behind."""
    with opened(kg) as engine:
        before = engine.pids()
        assert engine.query(doubled(16)).rows[0]["n"].value == "65536000"
        assert before[1] != engine.pids()[1]


def test_row_limit_says_how_to_page(kg):
    """Too many rows are an error, never a part of the answer."""
    with opened(kg, row_limit=5) as engine:
        assert len(engine.query("SELECT * { ?s ?p ?o } LIMIT 5")) == 5
        with pytest.raises(LimitError, match=r"more than 5 rows.*OFFSET"):
            engine.query("SELECT * { ?s ?p ?o } LIMIT 6")


def test_byte_limit_says_how_to_page(kg):
    """The bytes of an answer are counted as it would be written, tabs included."""
    with opened(kg, byte_limit=8) as engine:
        assert len(engine.query('SELECT * { VALUES ?x { "ab" "" } }')) == 2
        with pytest.raises(LimitError, match=r"more than 8 bytes.*OFFSET"):
            engine.query('SELECT * { VALUES ?x { "ab" "c" } }')


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_crash_costs_one_query(kg, name):
    """The query whose worker dies gets an error that says so; the next is answered."""
    with opened(kg) as engine, busy(engine) as running:
        os.kill(engine.pids()[1], signal.Signals[name])
        with pytest.raises(EngineError, match=name):
            running.result()
        assert len(engine.query(ONE)) == 1


def test_worker_that_died_idle_is_not_noticed(kg):
    """A dead worker is replaced before it is asked."""
    with opened(kg) as engine:
        killed(engine.pids()[1])
        assert len(engine.query(ONE)) == 1


def test_mother_that_died_is_started_again(kg):
    """The query at hand gets an error, the next an answer, and nobody is left over."""
    with opened(kg, workers=2) as engine:
        before = engine.pids()
        with busy(engine) as running:
            killed(before[0])
            with pytest.raises(EngineError, match="started again"):
                running.result()
        until(lambda: gone(before))
        assert len(engine.query(ONE)) == 1
        assert before[0] != engine.pids()[0]
        with ThreadPoolExecutor(4) as threads:
            found = threads.map(engine.query, [ONE] * 20)
            assert [len(answer) for answer in found] == [1] * 20


def test_mother_that_died_idle_is_not_noticed(kg):
    """With no query at hand, the next one is simply answered."""
    with opened(kg) as engine:
        before = engine.pids()
        killed(before[0])
        until(lambda: gone(before))
        assert len(engine.query(ONE)) == 1


def test_changed_data_are_not_loaded_in_midst(settings, tmp_path):
    """A mother is not started again over other data; every query says so."""
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b> 1 .")
    told = []
    chosen = dataclasses.replace(settings, workers=1)
    source = Source((str(path),), "union")
    with IsolatedEngine(source, chosen, on_loss=lambda: told.append("lost")) as engine:
        path.write_text("<urn:a> <urn:b> 1, 2 .")
        before = engine.pids()
        killed(before[0])
        until(lambda: gone(before))
        for _ in range(2):
            with pytest.raises(EngineError, match="data have changed"):
                engine.query(ONE)
        assert engine.lost is not None
    assert told == ["lost"]


def test_neighbours_of_a_runaway_get_right_answers(kg):
    """Threads that share the workers each get their own answer."""
    with opened(kg, workers=2, queue=100) as engine, busy(engine) as running:

        def asked(number):
            query = f"SELECT ({number} AS ?n) (COUNT(*) AS ?all) {{ ?s a ?o }}"
            return engine.query(query).rows

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(asked, range(200)))
        assert [str(number) for number in range(200)] == [
            rows[0]["n"].value for rows in found
        ]
        assert len({rows[0]["all"].value for rows in found}) == 1
        engine.close()
        with pytest.raises(EngineError, match="stopping"):
            running.result()


def test_full_queue_is_told_at_once(kg):
    """With every worker busy and the queue full, a query is sent away, for a time."""
    with opened(kg, queue=0) as engine, busy(engine):
        with pytest.raises(LimitError, match="0 queries are waiting") as caught:
            engine.query(ONE)
        engine.close()
    assert (caught.value.retry_after, caught.value.status) == (60, 503)


def test_nobody_is_left_after_closing(kg):
    """Closing ends and reaps the mother and her workers, a busy one included."""
    with opened(kg, workers=3) as engine, busy(engine) as running:
        pids = engine.pids()
        assert len(set(pids)) == 4
        engine.close()
        assert [state(pid) for pid in pids] == [""] * 4
        with pytest.raises(EngineError):
            running.result()
        with pytest.raises(EngineError, match="stopping"):
            engine.query(ONE)
        engine.close()


def test_nothing_is_left_open_after_many_deaths(kg):
    """Fifty dead workers cost no descriptor and no process."""
    with opened(kg) as engine:
        engine.query(ONE)
        mother = engine.pids()[0]
        before = descriptors("self"), descriptors(mother)
        for _ in range(50):
            killed(engine.pids()[1])
            engine.query(ONE)
        assert before == (descriptors("self"), descriptors(mother))
        assert mother == engine.pids()[0]


def test_processes_end_with_the_server(kg):
    """A server that is killed leaves no process behind, not even a busy one."""
    code = (
        "import sys; from tests.engine.processes import ENDLESS, busy\n"
        "from vomkg.config import settings_from_environment as s\n"
        "from vomkg.engine.source import Source\n"
        "from vomkg.engine.workers import IsolatedEngine as E\n"
        "e = E(Source((sys.argv[1],)), s(workers=2, time_limit=60))\n"
        "with busy(e): print(*e.pids(), flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", code, str(kg.release.dataset)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pids = [int(word) for word in server.stdout.readline().split()]
        assert len(pids) == 3
        server.kill()
    until(lambda: gone(pids))


def test_unreadable_source_is_told_as_in_process(settings, tmp_path):
    """A fault of the data has its class, file and line, though another reads it."""
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b>\n<urn:c")
    source = Source((str(path),), "union")
    with pytest.raises(InputError) as wanted:
        source.engine(settings)
    with pytest.raises(InputError) as found:
        IsolatedEngine(source, settings)
    assert (type(wanted.value), str(wanted.value)) == (
        type(found.value),
        str(found.value),
    )


def test_system_without_fork_is_told(kg, monkeypatch):
    """Where there is no fork, nothing pretends to be isolated."""
    monkeypatch.delattr(os, "fork")
    with pytest.raises(MissingToolError, match="cannot fork"):
        opened(kg)


def test_package_loads_where_nothing_can_be_forked():
    """On a system without fork and Unix sockets the modules load, and say so."""
    code = (
        "import os, signal, socket, sys\n"
        "sys.modules['resource'] = None\n"
        "del os.fork, signal.SIGALRM, socket.AF_UNIX, socket.recv_fds\n"
        "from vomkg.config import settings_from_environment as s\n"
        "from vomkg.engine.source import Source\n"
        "from vomkg.engine.workers import IsolatedEngine\n"
        "from vomkg.errors import MissingToolError\n"
        "try: IsolatedEngine(Source(('x',)), s())\n"
        "except MissingToolError: print('told')"
    )
    words = [sys.executable, "-c", code]
    assert subprocess.check_output(words, text=True) == "told\n"
