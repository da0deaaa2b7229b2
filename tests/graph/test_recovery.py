"""Every broken place of a broken file is named, and what follows from one is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vomkg.curate.syntax import syntax_faults
from vomkg.errors import TurtleError
from vomkg.graph.parse import first_fault
from vomkg.graph.positions import File
from vomkg.graph.recovery import faults, turtle_faults

PREFIXES = "@prefix id: <http://e/id/> .\n@prefix : <http://e/o#> .\n"

# Text, then for each fault its line and column, a part of the message, of the fix.
BROKEN = [
    (
        "id:a a :X\nid:b a :Y .\nid:c a :Z",
        [
            (2, 1, "found 'id:b', expected ',', ';' or '.'", "with '.' on line 3"),
            (3, 10, "found the end of the file", "end the statement with '.'"),
        ],
    ),
    (
        'id:a a :X ;\n  :p "abc ;\n  :q 1 .\nid:b :r .',
        [
            (2, 6, "string that does not end on its line, '\"abc'", "three quotes"),
            (4, 9, "found '.', expected an object", "write a value before it"),
        ],
    ),
    (
        'id:a :p "Two lines.\n And more; of it."@en ;\n :q 1 .\nid:b :p .',
        [
            (1, 9, "does not end on its line", "three quotes"),
            (4, 9, "expected an object", ""),
        ],
    ),
    (
        "id:a :p one two three ; :q 1 , four .",
        [
            (1, 9, "found 'one', expected an IRI", "put text in quotes"),
            (1, 32, "found 'four', expected an IRI", "put text in quotes"),
        ],
    ),
    (
        "id:a :p 2015-06-30 ; :q 1 . id:b :r 2 3 .",
        [
            (1, 9, "found '2015-06-30', expected one value", '"2015-06-30"'),
            (1, 39, "found '3', expected ',', ';' or '.'", "a comma"),
        ],
    ),
    (
        "id:a :p “curly. text” ; :q 1, .",
        [
            (1, 9, "typographic quotes", "straight quotes"),
            (1, 31, "expected an object", ""),
        ],
    ),
    (
        'id:a :p "x"@en_GB ; :q <http://a b> , <http://x ; :r 2 .',
        [
            (1, 12, "the tag '@en_GB', expected a language tag", "hyphens"),
            (1, 24, "found the character ' ' in the IRI", "%20"),
            (1, 39, "an IRI without its end, '<http://x'", "with '>'"),
        ],
    ),
    (
        "id:a ex:p ex:q , ex:r . id:b ey:x 1 .",
        [
            (1, 6, "prefix ex: is not declared (used 3 times)", "@prefix line for ex:"),
            (1, 30, "prefix ey: is not declared", "@prefix line for ey:"),
        ],
    ),
    (
        "id:a :p (1, 2, 3) ; :q [ :r 1 . id:b :q 1, .",
        [
            (1, 11, "found ',', expected an item", "blanks alone"),
            (1, 31, "expected ',', ';' or ']'", "line 3 opens with ']'"),
            (1, 44, "expected an object", ""),
        ],
    ),
    (
        "id:a :p [ :q 1 ; :r ( 1 2 ] ; :s 1 .\nid:b :p [ :q 1 ) , 2 ; :r 3 .",
        [
            (1, 27, "found ']', expected an item or ')'", "opens with ')'"),
            (2, 16, "found ')', expected ',', ';' or ']'", "closed by ]"),
        ],
    ),
    (
        'id:a a :X ;\n  :p "x"\n  :q "y" ;\n  :r id:z\n  :s id:b .',
        [
            (3, 3, "found ':q', expected ',', ';' or '.'", "a semicolon"),
            (5, 3, "found ':s', expected ',', ';' or '.'", "a semicolon"),
        ],
    ),
    (
        "@prefix ex <http://e/> .\n@prefx ey: <http://e/> .\nex:a ey:b 1, .",
        [
            (1, 9, "found 'ex', expected a prefix with its colon", "@prefix ex:"),
            (2, 1, "found '@prefx', expected @prefix", "@prefix"),
            (3, 14, "expected an object", ""),
        ],
    ),
    (
        "@prefix ex: <http://e/>\nPREFIX ey: <http://e/> .\nex:a ey:b 1 .",
        [
            (2, 1, "found 'PREFIX', expected '.' at the end of the directive", "dot"),
            (2, 24, "found '.', expected a subject", "remove it"),
        ],
    ),
    (
        "id:a :p 1 ; :q\n@prefix ex: <http://e/> .\nex:a :p ex:b .",
        [(2, 1, "found '@prefix', expected an object", "'.'")],
    ),
    (
        'id:a :p """long\n text. id:b " x .\nid:c id:d id:e .',
        [(1, 9, "a long string without end", "nothing behind it could be read")],
    ),
    (
        'id:a :p .\nid:a :p """long\n text ;\n :q """second""" ; :r 1 .\nid:b :c 2 .',
        [
            (1, 9, "expected an object", ""),
            (2, 9, "found text right behind the string", "where its text ends"),
        ],
    ),
    (
        '"lit" :p 1 . 5 :q 2 . id:a "x" 3 . id:b :p 4 .',
        [
            (1, 1, "a literal is no subject", "begin the statement"),
            (1, 14, "a literal is no subject", "begin the statement"),
            (1, 28, "found '\"x\"', expected a predicate", "write a predicate"),
        ],
    ),
    (
        'id:a :p "bad \\q escape" ; :q "\\uD800" .',
        [
            (1, 9, r"the escape \q", "backslash"),
            (1, 30, r"the escape \uD800", "backslash"),
        ],
    ),
    (
        "id:a . id:b :p 1 ;; :q 2 . . id:c :p 3 ] .",
        [
            (1, 6, "found '.', expected a predicate", "complete the statement"),
            (1, 28, "found '.', expected a subject", "remove it"),
            (1, 40, "found ']', expected ',', ';' or '.'", "no bracket is open"),
        ],
    ),
    (
        'id:a :p "x"^^ ; :q 1 . id:b :p "y"^^xsd:date , "z" @en .',
        [
            (1, 15, "expected a datatype", ""),
            (1, 32, "prefix xsd: is not declared", "xsd:"),
            (1, 52, "found '@en'", "right behind the quotes"),
        ],
    ),
    (
        "id:a :p id:b ,, id:c ; , :q 2 . id:d :p a ; is :q .",
        [
            (1, 15, "found ',', expected an object", ""),
            (1, 24, "found ',', expected a predicate", "remove it"),
            (1, 41, "found 'a', expected an IRI", "is a predicate"),
            (1, 45, "found 'is', expected a predicate", "write a predicate"),
        ],
    ),
    (
        "id:a :p 5% ; :q ?x , 1 . = . id:b :p { } .",
        [
            (1, 10, "found '%'", ""),
            (1, 17, "found '?x', expected an object", ""),
            (1, 26, "found '=', expected a subject", ""),
            (1, 38, "found '{', expected an object", "remove it"),
        ],
    ),
    ("id:a :p <http://e/%zz> .", [(1, 9, "percent encoding", "percent-encode")]),
    ("id:a :p [ :q ( 1", [(1, 17, "end of the file", "line 3 opens with ')'")]),
    ("id:a :p 1 .", []),
]


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(t, e, id=t[:24]) for t, e in BROKEN]
)
def test_each_broken_place_is_named_and_nothing_else(text, expected):
    found = turtle_faults("a.ttl", PREFIXES + text)
    assert [((e.line or 0) - 2, e.column) for e in found] == [
        row[:2] for row in expected
    ]
    for error, (*_, message, fix) in zip(found, expected, strict=True):
        assert message in error.message
        assert fix in (error.fix or "")
        assert error.path == "a.ttl"


def test_each_kind_of_mistake_alone_has_one_fault():
    """Statements before and behind the broken one are read as they are."""
    around = "id:x :p 1 .\n{}\nid:y :p [ :q 2 ] ; :r ( 3 ) .\n"
    for text, expected in BROKEN:
        if len(expected) == 1 and "\n" not in text and text.endswith("."):
            found = turtle_faults("a.ttl", PREFIXES + around.format(text))
            assert [(e.line or 0) - 2 for e in found] == [2], text


def test_a_whole_file_has_no_faults(root):
    """Nor has any that we ship."""
    for path in [*root.glob("*/*.ttl")]:
        assert turtle_faults(path.name, path.read_text(encoding="utf-8")) == []


@pytest.fixture
def root(pytestconfig):
    return pytestconfig.rootpath


@pytest.mark.parametrize("sign", [".", ";", ",", "]", ")", '"', ">", "<", ":", "["])
def test_a_lost_or_added_character_makes_few_faults_near_it(sign, root):
    """Of shipped data: what follows from one mistake is no fault of its own."""
    text = (root / "data" / "vom.ttl").read_text(encoding="utf-8")[:20_000]
    text = text[: text.rindex("\n\n") + 1]
    for number in range(1, 6):
        at = text.find(sign, len(text) * number // 7)
        if at < 0:
            continue
        line = text.count("\n", 0, at) + 1
        found = turtle_faults("a.ttl", text[:at] + text[at + 1 :])
        lines = [error.line or 0 for error in found]
        assert len(found) <= 2, (sign, at, [str(error) for error in found])
        assert all(line <= where <= line + 12 for where in lines), (sign, at, lines)


def test_a_byte_order_mark_is_no_fault():
    """Nor does it move a place."""
    assert turtle_faults("a.ttl", "\ufeff" + PREFIXES + "id:a :p 1 .") == []
    (found,) = turtle_faults("a.ttl", "\ufeff<u:a> <u:b> .")
    assert (found.line, found.column) == (1, 13)


def test_only_so_many_are_shown_and_the_others_counted():
    text = PREFIXES + "id:a :p .\n" * 7
    found = turtle_faults("a.ttl", text, limit=5)
    assert [error.line for error in found] == [3, 4, 5, 6, 7, None]
    assert found[-1].message == "2 more broken places"
    results = syntax_faults("a.ttl", text, limit=6)
    assert results[-1].message.startswith("1 more broken place;")
    assert [result.place for result in results[:1]] == ["a.ttl:3:9"]


def test_results_of_the_grammar_name_subject_and_text():
    (found,) = syntax_faults("a.ttl", PREFIXES + "id:a :p [ :q %x ] .")
    assert (found.check, found.severity) == ("syntax", "violation")
    assert (found.focus, found.value) == ("http://e/id/a", "%x")
    assert found.at
    assert (found.at.column, found.at.end_column) == (14, 16)
    assert "expected an object" in found.message


def test_graphs_of_trig_and_other_forms_have_their_faults():
    """Of JSON-LD and RDF/XML only the first is known."""
    trig = PREFIXES + "id:g { id:a :p . id:b :q 1 }\n{ id:c :p 1 "
    places = [(e.line, e.column) for e in turtle_faults("a.trig", trig)]
    assert places == [(3, 16), (4, 12)]
    (found,) = turtle_faults("a.jsonld", '{"@id": ')
    assert found.path == "a.jsonld"


PIECES = [
    "id:a",
    ":p",
    "1",
    ".",
    "a",
    "true",
    "[",
    "]",
    "(",
    ")",
    ",",
    ";",
    "{",
    "}",
    "@en",
    "@prefix",
    "PREFIX",
    "prefix",
    "GRAPH",
    "x:",
    "<u:x>",
    "<",
    "_:b",
    '"s"',
    '"open',
    "'''",
    '"""l"""',
    "^^",
    ":t",
    "-1.5",
    "%",
    "“q”",
    "@en_GB",
    "\\",
    "\n",
    "#",
    "<u:a",
    "b>",
    "GRAPH",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=25),
    st.sampled_from(["a.ttl", "a.trig", "a.nq"]),
)
@settings(deadline=None, max_examples=400)
def test_any_text_is_read_to_its_end(pieces, name):
    """And has a broken place exactly if the parser of record finds one."""
    text = PREFIXES + " ".join(pieces) + "\n"
    found = turtle_faults(name, text)
    assert bool(found) == (first_fault(name, text) is not None)
    places = [(error.line, error.column) for error in found]
    assert places == sorted(set(places))
    if name == "a.ttl":
        assert bool(found) != is_read(name, text)


def is_read(name, text):
    """Whether the reader with places takes the text."""
    try:
        return File(name, text).records is not None
    except TurtleError:
        return False


@pytest.mark.parametrize(
    ("piece", "most"),
    [
        ("id:a :p .\n", None),
        ("id:a :p [ ( 1 , 2 ; .\n", None),
        ("prefix prefix ", None),
        ("[ ( ", 1),
        ('" ', None),
        ("a.a.", None),
        ("<<<< ", None),
        ("id:a id:b id:c id:d ", None),
        ("%", 1),
        ("\\ \n", None),
        ('id:a :p """x', None),
        ("{ @prefix ", None),
    ],
)
def test_the_cost_of_mistakes_grows_with_the_text_and_no_faster(piece, most):
    """Tokens are counted, those read and those read again for repairs."""
    costs = []
    for size in (20_000, 200_000):
        text = PREFIXES + piece * (size // len(piece))
        found = faults("a.ttl", text, limit=3)
        assert 1 <= len(found.shown) <= 3
        if most is not None:
            assert len(found.shown) + found.more <= most
        costs.append(found.taken / len(text))
    assert costs[1] <= costs[0] * 1.1 + 0.01
    assert max(costs) <= 3


@pytest.mark.slow
def test_five_megabytes_are_read_to_the_end():
    """Each broken place of a big file is counted, with what is known of the first."""
    words = "A sentence of some length, as claims have it. " * 20
    block = f'id:a :p "{words}"@en ; :q 1 , 2 .\nid:b :p ; :q [ :r 1 ] .\n'
    count = 5_000_000 // len(block) + 1
    text = PREFIXES + block * count
    found = faults("a.ttl", text, limit=10)
    assert len(text) > 5_000_000
    assert (len(found.shown), found.more) == (10, count - 10)
    assert found.taken <= 2 * 25 * count  # a block has 24 tokens
