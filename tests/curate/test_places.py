"""The place of a fault is the line on which the file speaks of it."""

from dataclasses import replace

import pytest

from vomkg.curate.places import locate, places
from vomkg.curate.result import Report, Result

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
TEXT = """# A comment before; with . and id:a in it
@prefix id: <https://w3id.org/vomkg/id/> .
PREFIX vom: <https://w3id.org/vomkg/ontology#>

id:a a vom:Claim ;
    vom:reportedBy id:b ; # id:c a vom:Claim .
    vom:value 2.5 , 3 ;
    vom:part [ vom:value 4 ; vom:reportedBy id:a ] ;
  vom:list ( id:a id:b ) .

[] vom:value 1 . <https://w3id.org/vomkg/id/b> vom:value \"\"\"id:x
id:y a vom:Claim .\"\"\" .
id:a vom:late true .
"""


@pytest.mark.parametrize(
    ("subject", "predicate", "place"),
    [
        ("a", None, (5, 1)),
        ("a", "reportedBy", (6, 5)),
        ("a", "value", (7, 5)),
        ("a", "part", (8, 5)),
        ("a", "list", (9, 3)),
        ("a", "late", (13, 6)),
        ("b", None, (11, 18)),
        ("b", "value", (11, 48)),
        ("c", None, None),
        ("y", None, None),
    ],
)
def test_finds_subjects_and_properties(subject, predicate, place):
    """Comments, strings, brackets and both ways of naming are told apart."""
    key = (ID + subject, VOM + predicate if predicate else None)
    assert place == places(TEXT).get(key)


def test_knows_the_class_line():
    """The short form of rdf:type is a property like any other."""
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert places(TEXT)[ID + "a", rdf_type] == (5, 6)


FAULT = Result("violation", "s", ID + "a", None, None, None, "c", "m")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (VOM + "value", "one.ttl:7:5"),
        (VOM + "missing", "one.ttl:5:1"),
        (f"<{VOM}value>/<{VOM}part>", "one.ttl:5:1"),
        (None, "one.ttl:5:1"),
    ],
)
def test_fault_stands_at_its_property_else_at_its_node(path, expected):
    """Where the property is missing, the node is the place to add it."""
    report = Report((replace(FAULT, path=path),))
    (result,) = locate(report, {"empty.ttl": "", "one.ttl": TEXT}).results
    assert expected == result.place


def test_fault_of_an_unknown_node_has_no_place():
    """No place is better than a wrong one."""
    located = locate(Report((replace(FAULT, focus="_:b0"),)), {"one.ttl": TEXT})
    assert [result.place for result in located.results] == [""]
    assert located.files == ("one.ttl",)
