"""A workspace's files with the safe changes made, as new texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vomkg.curate.mends import mended
from vomkg.graph.parse import read_text
from vomkg.workbench.draft import Draft
from vomkg.workbench.fix import fixed
from vomkg.workbench.workspace import Workspace, shown

if TYPE_CHECKING:
    from pathlib import Path

    from vomkg.config import Settings
    from vomkg.curate.result import Report

PREFIXES = """\
@prefix id: <https://w3id.org/vomkg/id/> .
@prefix vom: <https://w3id.org/vomkg/ontology#> .
"""
ONTOLOGY = (
    PREFIXES
    + """@prefix owl: <http://www.w3.org/2002/07/owl#> .
vom:Claim a owl:Class .
vom:reportedBy a owl:ObjectProperty .
"""
)
SHAPES = (
    PREFIXES
    + """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/vomkg/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
shape:Claim a sh:NodeShape ;
  sh:targetClass vom:Claim ;
  sh:closed true ;
  sh:ignoredProperties ( rdf:type ) ;
  sh:message "a claim cannot have this; remove it" ;
  sh:property shape:Claim-reportedBy .
shape:Claim-reportedBy a sh:PropertyShape ;
  sh:path vom:reportedBy ;
  sh:message "a claim needs a speaker; add vom:reportedBy" ;
  sh:minCount 1 .
"""
)
NORMAL = f"""{PREFIXES}
id:a a vom:Claim ;
    vom:reportdBy id:zoe .

id:b a vom:Claim ;
    vom:reportedBy id:anna .
"""


@pytest.fixture
def work(tmp_path: Path, settings: Settings) -> Workspace:
    """A small workspace whose one data file has a misspelt predicate."""
    texts = {"data.ttl": NORMAL, "ontology.ttl": ONTOLOGY, "shapes.ttl": SHAPES}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return over(tmp_path, settings)


def over(folder: Path, settings: Settings) -> Workspace:
    return Workspace(
        settings,
        data=[folder / "data.ttl"],
        ontology=[folder / "ontology.ttl"],
        shapes=[folder / "shapes.ttl"],
    )


def examined(work: Workspace) -> Report:
    paths = [*work.data_files, *work.ontology_files]
    return mended(
        work.located(work.asserted_report, paths),
        work.data + work.ontology,
        work.shapes,
        work.names,
        work.prefixes,
        {shown(path): read_text(path) for path in paths},
    )


def test_safe_changes_give_a_new_text_and_write_nothing(work: Workspace):
    (path,) = work.data_files
    done = fixed(work, examined(work))
    assert done.texts == {shown(path): NORMAL.replace("reportdBy", "reportedBy")}
    assert done.report.conforms
    assert read_text(path) == NORMAL


def test_a_file_in_normal_form_stays_in_it(work: Workspace):
    """A corrected name may have to stand elsewhere among its sisters."""
    (path,) = work.data_files
    text = NORMAL.replace("vom:reportdBy id:zoe", "vom:reportedBy id:zoe")
    wrong = text.replace(
        "id:a a vom:Claim ;\n", "id:a a vom:Claim ;\n    vom:reportedB id:anna ;\n"
    )
    path.write_text(wrong, encoding="utf-8")
    work = over(path.parent, work.settings)
    done = fixed(work, examined(work))
    assert "vom:reportedBy id:anna,\n        id:zoe ." in done.texts[shown(path)]


def test_comments_and_layout_of_any_other_file_stay(work: Workspace):
    (path,) = work.data_files
    text = NORMAL.replace("\n\nid:b", "  # a remark\n\n\nid:b")
    path.write_text(text, encoding="utf-8", newline="")
    work = over(path.parent, work.settings)
    done = fixed(work, examined(work))
    assert done.texts == {shown(path): text.replace("reportdBy", "reportedBy")}


def test_the_check_is_given_the_same_kind_of_workspace(work: Workspace):
    """A draft is asked the hygiene rules too, so it must stay a draft."""
    draft = Draft(
        work.settings,
        data=work.data_files,
        ontology=work.ontology_files,
        shapes=work.shapes_files,
    )
    seen: list[Workspace] = []

    def check(changed: Workspace) -> Report:
        seen.append(changed)
        return changed.asserted_report

    assert fixed(draft, examined(draft), check).report.conforms
    assert {type(changed) for changed in seen} == {Draft}
    assert {len(changed.data_files) for changed in seen} == {1}


def test_the_check_given_decides(work: Workspace):
    """With a check that is never content, nothing is changed."""
    report = examined(work)
    done = fixed(work, report, lambda changed: report)
    assert done.texts == {}
    assert done.applied == ()
    assert len(done.refused) == 1
