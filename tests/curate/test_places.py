"""Each result points to where the files say it, and to the shape that it breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph

from vomkg.curate.places import located
from vomkg.curate.result import Report, Result
from vomkg.curate.validate import validate
from vomkg.graph.positions import Positions
from vomkg.graph.read import read

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
PREFIXES = f"@prefix id: <{ID}> .\n@prefix : <{VOM}> .\n"
SHACL = PREFIXES + (
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
TEXT = f"""# A comment before; with . and id:a in it
@prefix id: <{ID}> .
PREFIX vom: <{VOM}>

id:a a vom:Claim ;
    vom:reportedBy id:b ; # id:c a vom:Claim .
    vom:value 2.5 , 3 ;
    vom:part [ vom:value 4 ; vom:reportedBy id:a ] ;
  vom:list ( id:a id:b ) .

[] vom:value 1 . <{ID}b> vom:value \"\"\"id:x
id:y a vom:Claim .\"\"\" .
id:a vom:late true .
"""
FAULT = Result("violation", "s", ID + "a", None, None, None, "c", "m")


@pytest.fixture
def check(tmp_path):
    """Validates texts against the text of a shape, and shows the places."""

    def checked(shapes, *data):
        names = {
            f"{letter}.ttl": PREFIXES + t
            for letter, t in zip("abc", data, strict=False)
        }
        for name, text in {**names, "shapes.ttl": SHACL + shapes}.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        graph = read([tmp_path / name for name in names])
        rules = read([tmp_path / "shapes.ttl"])
        report = validate(graph, rules, Graph())
        return located(report, names, {"shapes.ttl": SHACL + shapes}).results

    return checked


def shown(result):
    """Lines are counted from the first one behind the prefixes."""
    places = [result.at, *result.also]
    found = " ".join(f"{p.file[0]}{p.line - 2}:{p.column}" for p in places if p)
    return found + (" +" if result.add_here else "")


DATA = 'id:a a :C ;\n  :p id:b , "x" ;\n  :q 1 , 2 ;\n  :r [ :p 5 ] .\nid:b :s id:a .'


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("sh:path :p ; sh:nodeKind sh:IRI", ["a2:13"]),
        ("sh:path :p ; sh:datatype xsd:string", ["a2:6"]),
        ("sh:path :q ; sh:maxInclusive 1", ["a3:10"]),
        ("sh:path :t ; sh:minCount 1", ["a1:1 +"]),
        ("sh:path :q ; sh:minCount 3", ["a1:1 a3:6 a3:10 +"]),
        ("sh:path :q ; sh:hasValue 7", ["a1:1 a3:6 a3:10 +"]),
        ("sh:path :q ; sh:maxCount 1", ["a3:6 a3:10"]),
        ("sh:path [ sh:inversePath :s ] ; sh:datatype xsd:string", ["a5:9"]),
        ("sh:path [ sh:inversePath :s ] ; sh:maxCount 0", ["a5:9"]),
        ("sh:path ( :r :p ) ; sh:maxInclusive 4", ["a4:11 a4:6"]),
        ("sh:path ( :r :t ) ; sh:minCount 1", ["a4:6 +"]),
        ("sh:path ( :t :p ) ; sh:minCount 1", ["a1:1 +"]),
        ("sh:path ( :r :p ) ; sh:minCount 2", ["a1:1 a4:11 +"]),
        ("sh:path [ sh:alternativePath ( :q :p ) ] ; sh:in ( 1 2 id:b )", ["a2:13"]),
        (
            "sh:path [ sh:zeroOrMorePath [ sh:alternativePath ( :p :s ) ] ] ;"
            " sh:in ( id:a id:b )",
            ["a2:13"],
        ),
        ("sh:path ( [ sh:inversePath :s ] :t ) ; sh:minCount 1", ["a5:1 a5:9 +"]),
    ],
)
def test_property_shapes_point_to_values_or_to_where_to_add_them(
    check, shape, expected
):
    """The place, the further ones, and a plus where something is to be added."""
    found = check(f"id:S sh:targetClass :C ; sh:property [ {shape} ] .", DATA)
    assert [shown(r) for r in found] == expected


def test_two_properties_compared_show_the_values_of_both(check):
    data = "id:a a :C ; :q 1 , 5 ; :n 3 ."
    (found,) = check(
        "id:S sh:targetClass :C ; sh:property [ sh:path :q ; sh:lessThan :n ] .", data
    )
    assert shown(found) == "a1:20 a1:16 a1:27"


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("sh:closed true ; sh:ignoredProperties ( :p :q :r )", ["a1:6"]),
        ("sh:nodeKind sh:BlankNode", ["a1:1"]),
        ("sh:property [ sh:path :r ; sh:node [ sh:closed true ] ]", ["a4:6"]),
        (
            'sh:sparql [ sh:message "m" ; sh:select """SELECT $this ?value WHERE'
            f' {{ $this <{VOM}q> ?value FILTER(?value > 1) }}""" ]',
            ["a3:10"],
        ),
        (
            'sh:sparql [ sh:message "m" ; sh:select """SELECT $this ?path ?value WHERE'
            f' {{ $this ?path ?value FILTER(?path = <{VOM}r>) }}""" ]',
            ["a4:6"],
        ),
        (
            'sh:sparql [ sh:message "m" ; sh:select """SELECT $this WHERE'
            f' {{ $this <{VOM}q> 2 }}""" ]',
            ["a1:1"],
        ),
    ],
)
def test_node_shapes_point_to_what_they_are_about(check, shape, expected):
    found = check(f"id:S sh:targetClass :C ; {shape} .", DATA)
    assert [shown(r) for r in found] == expected


def test_several_languages_of_one_kind_are_all_shown(check):
    data = 'id:a a :C ;\n :p "x"@en ,\n "y"@en .'
    (found,) = check(
        "id:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:uniqueLang true ] .",
        data,
    )
    assert shown(found) == "a2:5 a3:2"


def test_a_blank_focus_node_is_found_in_its_bracket(check):
    """Twins too: each of them breaks the shape once, at its own place."""
    data = "id:a :r [ a :C ; :p 1 ] , [ a :C ; :p 1 ] .\nid:b :r [ a :C ; :p 1 ] ."
    rule = "id:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minInclusive 2 ] ;"
    found = check(rule + " sh:property [ sh:path :q ; sh:minCount 1 ] .", data)
    assert {shown(r) for r in found} == {
        *("a1:9 +", "a1:21", "a1:27 +", "a1:39", "a2:9 +", "a2:21"),
    }


def test_a_labelled_blank_node_and_a_list_cell_are_found(check):
    data = "_:x a :C ; :p ( 1\n 2 )  .\n_:y a :C ; :p () ."
    rule = (
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        " id:S sh:targetClass :C ; sh:property [ sh:path"
        " ( :p [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:maxInclusive 1 ] ."
    )
    (found,) = check(rule, data)
    assert shown(found).startswith("a2:2")


def test_something_missing_is_added_in_the_file_that_types_the_node(check):
    """Also where the node is first spoken of elsewhere."""
    (found,) = check(
        "id:S sh:targetClass :C ; sh:property [ sh:path :t ; sh:minCount 1 ] .",
        "id:a :p 1 .",
        "id:b :p id:a .\nid:a :q 2 .\nid:a\n  a :C .",
    )
    assert shown(found) == "b3:1 +"


def test_a_node_that_is_only_spoken_of_has_the_place_where_it_is_named(check):
    """There is no block to which anything could be added."""
    (found,) = check(
        "id:S sh:targetObjectsOf :p ; sh:property [ sh:path :t ; sh:minCount 1 ] .",
        "id:a :p id:b .",
    )
    assert shown(found) == "a1:9"


def test_the_same_node_in_two_files_shows_all_values(check):
    (found,) = check(
        "id:S sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCount 1 ] .",
        "id:a a :C ; :p 1 .",
        "id:a :p 2 .",
    )
    assert shown(found) == "a1:16 b1:9"


def test_the_shape_has_its_place_named_or_in_a_bracket(check):
    """A property shape without IRI has the place of its bracket."""
    shapes = (
        "id:S sh:targetClass :C ;\n"
        "  sh:property id:P ;\n"
        "  sh:property [ sh:path :q ; sh:minCount 3 ] .\n"
        "id:P sh:path :t ;\n  sh:minCount 1 .\n"
    )
    found = check(shapes, DATA)
    places = {
        (result.shape_at.file, result.shape_at.line - 4, result.shape_at.column)
        for result in found
    }
    assert places == {("shapes.ttl", 3, 15), ("shapes.ttl", 4, 1)}


@pytest.mark.parametrize(
    ("path", "expected", "more"),
    [
        (VOM + "value", "one.ttl:7:15", ["one.ttl:7:21"]),
        (VOM + "missing", "one.ttl:5:1", []),
        (f"<{VOM}part>/<{VOM}value>", "one.ttl:8:26", []),
        (f"<{VOM}value>/<{VOM}part>", "one.ttl:5:1", []),
        (f"(<{VOM}part>|<{VOM}late>)/^<{VOM}part>", "one.ttl:8:14", []),
        (f"<{VOM}part>/<{VOM}value> and no path", "one.ttl:5:1", []),
        (None, "one.ttl:5:1", []),
    ],
)
def test_without_a_value_all_values_are_shown_else_the_node(path, expected, more):
    """As of the results of other checks, which have no report graph."""
    report = Report((replace(FAULT, path=path),))
    (result,) = located(report, {"empty.ttl": "", "one.ttl": TEXT}, {}).results
    assert expected == result.place
    assert more == [str(place) for place in result.also]


@pytest.mark.parametrize("focus", ["_:b0", ID + "c", ID + "y"])
def test_a_node_of_which_no_file_speaks_has_no_place(focus):
    """No place is better than a wrong one; comments and strings say nothing."""
    report = located(Report((replace(FAULT, focus=focus),)), {"one.ttl": TEXT}, {})
    assert [result.place for result in report.results] == [""]
    assert report.files == ("one.ttl",)


def test_places_that_are_known_stay():
    """Such as those of the grammar and of literals."""
    (first,) = located(Report((FAULT,)), {"one.ttl": TEXT}, {}).results
    assert first.at
    known = replace(first, at=replace(first.at, line=99), also=(first.at,))
    (result,) = located(Report((known,)), {"one.ttl": TEXT}, {}).results
    assert result == known


def test_nothing_is_read_where_all_conforms(monkeypatch):
    """Positions cost nothing then."""
    monkeypatch.setattr(Positions, "of", None)
    assert located(Report(()), {"one.ttl": "broken"}, {}).files == ("one.ttl",)


def test_a_broken_or_foreign_file_keeps_the_others_places():
    texts = {"bad.ttl": "id:a", "other.jsonld": "{}", "one.ttl": TEXT}
    (result,) = located(Report((FAULT,)), texts, {}).results
    assert result.place == "one.ttl:5:1"


@pytest.mark.parametrize(
    ("value", "kind", "column"),
    [
        ("3", "http://www.w3.org/2001/XMLSchema#integer", 21),
        ("3", "http://www.w3.org/2001/XMLSchema#decimal", 21),
        ("2.5", "http://www.w3.org/2001/XMLSchema#decimal", 15),
        ("99", "http://www.w3.org/2001/XMLSchema#integer", 1),
    ],
)
def test_a_value_without_report_graph_is_found_by_its_text(value, kind, column):
    """A value that no file says, since it was inferred, has the node's place."""
    fault = replace(FAULT, path=VOM + "value", value=value, value_type=kind)
    (result,) = located(Report((fault,)), {"one.ttl": TEXT}, {}).results
    assert result.at
    assert (result.at.column, result.add_here) == (column, False)
