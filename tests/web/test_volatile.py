"""A query that may answer differently next time is known as such."""

from __future__ import annotations

import pytest

from vomkg.web.volatile import is_volatile


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (now() AS ?x) {}",
        "SELECT (Rand () AS ?x) {}",
        "SELECT (UUID() AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (BNODE('a') AS ?x) {}",
        "SELECT (RAND#why\n() AS ?x) {}",
        "ASK { FILTERRAND() }",
        "ASK { FILTER(1<RAND()&&2>3) }",
        "ASK { FILTER(1<xsd:integer(RAND()*9)&&2>3) }",
        "SELECT (IF(1<'x>',RAND(),'y') AS ?r) {} #'",
        "ASK { FILTER(?a<?b#>'''\n || RAND() > 0) } #'''",
        "SELECT (\\u0052AND() AS ?x) {}",
        'SELECT ("a\\u0022, RAND(), \\u0022" AS ?x) {}',
        'SELECT ("a\\U00000022, RAND(), \\U00000022" AS ?x) {}',
        "SELECT * { SERVICE <http://example.org/> {} }",
    ],
)
def test_knows_what_changes_by_itself(query):
    """The functions count in any case, glued to a word, and where "<" hides them."""
    assert is_volatile(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?now { ?now a $rand }",
        "SELECT ('NOW()' AS ?x) {}",
        'SELECT ("""say "RAND()" """ AS ?x) {}',
        "SELECT ?x { ?x a ?y } # NOW()",
        "SELECT ?x { ?x a <http://example.org/NOW()#RAND()> }",
        "SELECT ?x { ?x a <now> }",
        "SELECT ?x { ?x a vom:now, vom:UUID, _:bnode }",
        "SELECT ?x { ?x ?y 'a'@rand }",
        "SELECT ?x { ?x ?y 'caf\\u00E9' FILTER(?x < 3 && ?y > 2) }",
        "SELECT (COUNT(*) AS ?x) { ?s ?p ?o }",
        "SELECT ('\\UFFFFFFFF now' AS ?x) {}",
        "",
    ],
)
def test_is_not_alarmed_by_the_mere_word(query):
    """Strings, comments, IRIs, names and variables call nothing."""
    assert not is_volatile(query)


def test_no_shipped_question_is_volatile(settings):
    """The pages of the questions are kept, so their queries must stand still."""
    texts = [path.read_text(encoding="utf-8") for path in settings.question_files()]
    assert texts
    assert not any(map(is_volatile, texts))
