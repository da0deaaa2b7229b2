"""The lexer that Turtle and SPARQL share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vomkg.graph.tokens import place, tokens, unescape, unquote


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<http://a/b#c>", [("iri", "<http://a/b#c>")]),
        ("<>", [("iri", "<>")]),
        (r"<http://a/\u00E9>", [("iri", r"<http://a/\u00E9>")]),
        ("?a<b", [("variable", "?a"), ("punct", "<"), ("word", "b")]),
        (
            "?a < ?b && ?c > 1",
            [
                ("variable", "?a"),
                ("punct", "<"),
                ("variable", "?b"),
                ("punct", "&&"),
                ("variable", "?c"),
                ("punct", ">"),
                ("number", "1"),
            ],
        ),
        (
            "?a<<http://x#y>",
            [("variable", "?a"), ("punct", "<"), ("iri", "<http://x#y>")],
        ),
        ("vom:a.b.", [("pname", "vom:a.b"), ("punct", ".")]),
        (":", [("pname", ":")]),
        (":a", [("pname", ":a")]),
        ("a:b:c", [("pname", "a:b:c")]),
        (r"a:it\'s", [("pname", r"a:it\'s")]),
        ("a:%41b", [("pname", "a:%41b")]),
        ("a:b#c", [("pname", "a:b"), ("comment", "#c")]),
        ("a.b:c", [("pname", "a.b:c")]),
        ("_:b1", [("blank", "_:b1")]),
        ("$x_1", [("variable", "$x_1")]),
        ("a:b?", [("pname", "a:b"), ("punct", "?")]),
        ('"x"@en-GB', [("string", '"x"'), ("lang", "@en-GB")]),
        ("@prefix", [("lang", "@prefix")]),
        ("'x'@en--ltr", [("string", "'x'"), ("lang", "@en--ltr")]),
        ("@en-GB--rtl1", [("lang", "@en-GB--rtl"), ("number", "1")]),
        (
            "@en--ltrs",
            [("lang", "@en"), ("punct", "-"), ("punct", "-"), ("word", "ltrs")],
        ),
        (
            "~:r{|a|}",
            [
                ("punct", "~"),
                ("pname", ":r"),
                ("punct", "{|"),
                ("word", "a"),
                ("punct", "|}"),
            ],
        ),
        ('"a\\"b"', [("string", '"a\\"b"')]),
        ("'a\"b'", [("string", "'a\"b'")]),
        ('""', [("string", '""')]),
        ('"""a"b""c\n"""', [("string", '"""a"b""c\n"""')]),
        ("'''a'b''c\r'''", [("string", "'''a'b''c\r'''")]),
        ('""""""', [("string", '""""""')]),
        ('"x', [("bad", '"'), ("word", "x")]),
        ('"x\n"', [("bad", '"'), ("word", "x"), ("bad", '"')]),
        (
            "1 1.5 .5 1e3 1.E-3",
            [("number", n) for n in ["1", "1.5", ".5", "1e3", "1.E-3"]],
        ),
        ("1.", [("number", "1"), ("punct", ".")]),
        ("-1", [("punct", "-"), ("number", "1")]),
        ("1SERVICE", [("number", "1"), ("word", "SERVICE")]),
        ("a#b\nc", [("word", "a"), ("comment", "#b"), ("word", "c")]),
        ("a#b\rc", [("word", "a"), ("comment", "#b"), ("word", "c")]),
        ("a\u00a0b", [("word", "a"), ("bad", "\u00a0"), ("word", "b")]),
        ("\\", [("bad", "\\")]),
        ("été:x", [("pname", "été:x")]),
        (
            "^^ || != >= <= !",
            [("punct", p) for p in ["^^", "||", "!=", ">=", "<=", "!"]],
        ),
    ],
)
def test_terminals_are_those_of_the_grammar(text: str, expected: list[tuple[str, str]]):
    """Each terminal is cut where SPARQL and Turtle cut it."""
    assert expected == _kinds(text)


@given(st.text(max_size=80))
def test_no_character_is_lost(text: str):
    """Tokens and the blanks between them make up the whole text, in order."""
    at = 0
    for token in tokens(text):
        assert text[at : token.start].strip(" \t\r\n") == ""
        assert token.text == text[token.start : token.end]
        at = token.end
    assert text[at:].strip(" \t\r\n") == ""


@given(st.text(alphabet="ab\"'#<>\n\r\\ :?", max_size=60))
def test_place_leads_back_to_the_token(text: str):
    """Line and column, from 1, point at the token's first character."""
    for token in tokens(text):
        assert place(text, token.start) == (token.line, token.column)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert lines[token.line - 1][token.column - 1] == token.text[0]


@given(st.text(max_size=40))
def test_quoted_text_is_read_back(text: str):
    """Escaping the way Turtle asks for and unquoting gives the text again."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    quoted = escaped.replace("\n", "\\n").replace("\r", "\\r")
    assert text == unquote(f'"{quoted}"')
    assert text == unquote(f'"""{escaped}"""')


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\t\n\r\b\f", "\t\n\r\b\f"),
        (r"\u00E9\u4E00\U0001F600\U00100000", "é一😀\U00100000"),
        (r"\\u0041", r"\u0041"),
        (r"\-\'", "-'"),
    ],
)
def test_escapes_are_resolved_once(written: str, meant: str):
    """Every escape of both languages has its meaning, and only one."""
    assert meant == unescape(written)


@pytest.mark.parametrize("quote", ['""', "''"])
def test_empty_string_is_empty(quote: str):
    """Two quotes hold nothing, and are not the start of a long string."""
    assert unquote(quote) == ""


def test_long_dotted_name_is_lexed_in_linear_steps():
    """A text made to make the lexer go back and forth is still one pass."""
    assert len(list(tokens("a." * 50_000))) == 100_000
