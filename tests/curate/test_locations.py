"""Each claim has a place in a source, and each place makes sense."""

import re

import pytest

from vomkg.curate.locations import location_faults

GOOD = """
vom:Finding rdfs:subClassOf vom:Claim .
id:source vom:characterCount 50 .
id:section vom:extendsOver id:whole .
id:whole oa:hasSource id:source ; vom:inSection id:section ;
  oa:hasSelector id:whole-range .
id:whole-range oa:start 10 ; oa:end 40 .
id:claim a vom:Finding ; vom:locatedIn id:place .
id:place oa:hasSource id:source ; vom:inSection id:section ; oa:hasSelector id:range .
id:range oa:start 10 ; oa:end 40 .
"""


def test_place_that_fills_its_section_is_right(turtle):
    """A range may begin and end where its section does."""
    assert location_faults(turtle(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("vom:locatedIn id:place", "vom:note 1", "<.*claim> has no place in a source"),
        ("id:range oa:start 10 ;", "id:range oa:start 9 ;", "outside <.*section>"),
        ("oa:end 40 .\nid:claim", "oa:end 39 .\nid:claim", r"\(10 to 39\)"),
        ("id:range oa:start 10 ;", "id:range oa:start 40 ;", "which is no text"),
        ("characterCount 50", "characterCount 39", "but the source ends at 39"),
        (
            "id:range oa:start 10 ;",
            "id:range",
            "needs one range of characters, found 0",
        ),
        (
            "id:range oa:start 10 ;",
            "id:range oa:start 11 , 10 ;",
            "needs one range of characters, found 2",
        ),
        (
            "id:place oa:hasSource id:source ;",
            "id:place",
            "place> names no source of known length",
        ),
        (
            "vom:inSection id:section ; oa:hasSelector id:range .",
            "oa:hasSelector id:range .",
            "stands in no section",
        ),
        (
            "vom:inSection id:section ; oa:hasSelector id:range .",
            "vom:inSection id:nowhere ; oa:hasSelector id:range .",
            r"outside <.*nowhere> \(no range\)",
        ),
        (
            "id:range oa:start 10 ;",
            'id:range oa:start "ten" ;',
            "needs one range of characters, found 0",
        ),
    ],
)
def test_names_what_is_wrong_with_a_place(old, new, words, turtle):
    """Each way of getting a place wrong is told with the claim or place."""
    assert old in GOOD
    faults = location_faults(turtle(GOOD.replace(old, new)))
    assert re.search(words, "; ".join(faults))
