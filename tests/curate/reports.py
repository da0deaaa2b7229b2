"""Two faults and what they are told with, for the tests of reports."""

from dataclasses import replace

from vomkg.curate.mend import Mend, Patch
from vomkg.curate.names import Names
from vomkg.curate.place import Place
from vomkg.curate.report.context import Context
from vomkg.curate.report.rules import Rule
from vomkg.curate.result import Report, Result

ID = "https://w3id.org/vomkg/id/"
VOM = "https://w3id.org/vomkg/ontology#"
SHAPE = "https://w3id.org/vomkg/shapes#"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = Names(
    {
        f"{ID}a": "the claim",
        f"{VOM}reportedBy": "reported by",
        f"{VOM}Claim": "claim",
    },
    {"id": ID, "vom": VOM, "shape": SHAPE, "xsd": XSD},
)
TEXT = 'id:x a vom:Claim .\n\nid:a a vom:Claim ;\n    vom:label "é" .\n'
MISSING = Result(
    "violation",
    f"{SHAPE}speaker",
    f"{ID}a",
    f"{VOM}reportedBy",
    None,
    None,
    "MinCountConstraintComponent",
    "name the speaker",
    at=Place("data/one.ttl", 3, 1, 3, 5),
    add_here=True,
    shape_at=Place("shapes/one.ttl", 7, 1, 7, 14),
    mends=(
        Mend(
            "give the claim its speaker",
            "vom:reportedBy id:… ;",
            Patch(Place("data/one.ttl", 3, 19), " vom:reportedBy id:s ;"),
        ),
    ),
)
TOO_HIGH = Result(
    "warning",
    f"{SHAPE}value",
    f"{ID}b",
    f"<{VOM}part>/<{VOM}reportedBy>",
    "34.0",
    f"{XSD}decimal",
    "MaxInclusiveConstraintComponent",
    "too high",
    name="part's speaker",
    details=("inner fault",),
    also=(Place("data/one.ttl", 4, 5, 4, 14),),
)
REPORT = Report((MISSING, TOO_HIGH), ("data/one.ttl",))
CONTEXT = Context(
    names=NAMES,
    texts={"data/one.ttl": TEXT},
    rules=(
        Rule(f"{SHAPE}speaker", "speaker", "name the speaker"),
        Rule(f"{SHAPE}unbroken", "", "nothing is wrong"),
    ),
    classes={f"{ID}a": (f"{VOM}Claim",)},
)
# What may stand in a label or a literal: line ends, escapes of terminals, a reversal
# of reading, markup, workflow commands, what XML cannot hold, what RDF can.
HOSTILE = (
    "a\nb\r\x1b[31mred\x00\x9b2J\u202etxet\u2028<script>alert('x')</script>&amp;"
    '"]]>\ufffe\ufeff%0A::error::x {0} [link](http://x/) \\ \U000e0041 é 漢'
)
PLACE = Place(f"data/{HOSTILE[:9]}.ttl", 1, 1, 1, 9)
ATTACK = replace(
    MISSING,
    focus=f"{ID}evil",
    value=HOSTILE,
    value_type="@en",
    message=HOSTILE,
    name=HOSTILE,
    details=(HOSTILE,),
    at=PLACE,
    mends=(Mend(HOSTILE, HOSTILE, Patch(Place("data/one.ttl", 1, 1), HOSTILE)),),
)
ATTACKED = Report((ATTACK,), (PLACE.file,))
ATTACK_CONTEXT = replace(
    CONTEXT,
    names=Names({f"{ID}evil": HOSTILE}, NAMES.prefixes),
    texts={PLACE.file: HOSTILE},
    rules=(Rule(f"{SHAPE}speaker", HOSTILE, HOSTILE),),
)
