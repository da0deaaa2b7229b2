"""Plain words get one of four outcomes, and each says how it came about."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vomkg.ask.reply import Reply
from vomkg.errors import ParameterError, UsageError

TWO_YEARS = "does it still work after two years?"


def test_an_answer_stands_under_what_the_words_were_read_as(kg):
    reply = kg.ask(TWO_YEARS)
    assert reply.outcome == "answered"
    assert reply.question.id == "effect-by-follow-up"
    assert reply.read_as == reply.question.question
    assert len(reply.alternatives) == 2


def test_an_answered_reply_is_used_as_its_answer(kg):
    reply = kg.ask(TWO_YEARS)
    answer = kg.run("effect-by-follow-up")
    assert list(reply) == list(answer)
    assert len(reply) == len(answer) == 2
    assert reply.to_csv() == answer.to_csv()
    assert reply.trail(0) == answer.trail(0)
    assert reply


def test_words_fill_the_parameters(kg):
    reply = kg.ask("What is the ratio half a year later?")
    assert reply.parameters == {"follow_up": "6"}
    assert "Months after mediation: 6" in reply.read_as
    assert [row["reported"] for row in reply] == ["0.54:1"]


def test_a_value_is_found_by_its_label(kg):
    reply = kg.ask("Where does the 52% reduction come from?")
    assert reply.parameters == {"number": "est-r1-quality-lower"}


def test_slips_are_mended_and_told(kg):
    reply = kg.ask("likelyhood of reofending after 30 mnths")
    assert (reply.outcome, reply.question.id) == ("answered", "effect-at-follow-up")
    assert reply.corrected["reofending"] == "reoffending"
    assert reply.parameters == {"follow_up": "30"}


def test_every_phrasing_of_a_question_finds_it(kg):
    """Each is answered; or it is about what is not reported, and that is said."""
    for question in kg.questions:
        for text in (question.question, *question.phrasings):
            reply = kg.ask(text)
            named = reply.question.id if reply.question else None
            assert named == question.id or reply.outcome == "not-reported", text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how much does it cost", "costs"),
        ("are victims satisfied?", "outcomes other than reoffending"),
        ("what is the confidence interval?", "confidence intervals"),
    ],
)
def test_what_is_not_reported_is_said_with_its_place(kg, text, topic):
    reply = kg.ask(text)
    assert reply.outcome == "not-reported"
    assert not reply
    assert reply.read_as == topic
    for absence in reply.absences:
        assert absence.topic_label == topic
        assert absence.statement
        assert absence.trails
        assert all(trail.start < trail.end for trail in absence.trails)


def test_only_what_the_reviews_leave_out_is_laid_at_their_door(kg):
    """The source says of costs that the reviews leave them out, of intervals nothing."""
    assert kg.ask("how much does it cost").lead == "The reviews do not report this."
    other = kg.ask("what is the confidence interval?").lead
    assert other == "The source of this graph does not say."


def test_a_question_whose_whole_answer_is_absence_is_not_reported(kg):
    reply = kg.ask("What is known about costs and benefits?")
    assert reply.outcome == "not-reported"
    assert reply.question.id == "economic-evidence"
    claims = {absence.claim for absence in reply.absences}
    assert claims == {row["claim"].value for row in reply.answer.rows}


def test_what_asks_for_absences_is_answered_by_them(kg):
    assert kg.ask("What are the gaps in the evidence?").outcome == "answered"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("bitcoin price", ("bitcoin",)),
        ("does cognitive therapy reduce reoffending", ("cognitive", "therapy")),
        ("is the reduction 73%?", ("73%",)),
        ("who pays for mediation", ("pays",)),  # not who paid for the page
        ("<script>alert('x')</script>", ("script", "alert", "x")),
    ],
)
def test_a_refusal_names_the_unknown_words(kg, text, unknown):
    reply = kg.ask(text)
    assert reply.outcome == "refused"
    assert reply.unknown_words == unknown
    assert reply.answer is None


def test_one_unknown_word_keeps_an_exact_question_from_being_answered(kg):
    assert kg.ask("Does mediation reduce reoffending?").outcome == "answered"
    reply = kg.ask("Does mediation reduce reoffending in gangs?")
    assert (reply.outcome, reply.unknown_words) == ("refused", ("gangs",))
    assert "overall-effect" in [other.question for other in reply.alternatives]


def test_unclear_words_get_three_suggestions(kg):
    reply = kg.ask("long term effects of mediation")
    assert reply.outcome == "suggestions"
    assert len(reply.alternatives) == 3
    assert reply.read_as is None


def test_words_without_content_are_refused(kg):
    reply = kg.ask("what about it?")
    assert (reply.outcome, reply.unknown_words) == ("refused", ())


def test_a_reply_without_answer_is_not_taken_for_an_empty_one(kg):
    reply = kg.ask("bitcoin price")
    with pytest.raises(UsageError, match="the outcome is refused"):
        list(reply)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_cannot_be_asked(kg, text):
    with pytest.raises(ParameterError, match="nothing is asked"):
        kg.ask(text)


def test_a_text_without_end_is_refused_before_it_is_read(kg):
    with pytest.raises(ParameterError, match="600 characters, more than the 500"):
        kg.ask("a" * 600)
    assert kg.ask("a" * 500).outcome == "refused"


def test_the_record_of_a_reply_is_json(kg):
    record = json.loads(json.dumps(kg.ask("how much does it cost").fields()))
    assert record["outcome"] == "not-reported"
    assert record["absences"][0]["places"][0]["section"] == "economic considerations"
    assert record["answer"] is None
    answered = kg.ask(TWO_YEARS).fields()
    assert len(answered["answer"]["results"]["bindings"]) == 2


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=120).filter(str.strip))
def test_any_text_has_an_outcome(kg, text):
    """Whatever is asked is answered by a reply."""
    assert isinstance(kg.ask(text), Reply)


def test_the_same_words_have_the_same_outcome_whatever_their_case(kg):
    assert kg.ask(TWO_YEARS.upper()).fields() == {
        **kg.ask(TWO_YEARS).fields(),
        "asked": TWO_YEARS.upper(),
    }


def test_a_graph_without_a_lexicon_is_asked_by_its_phrasings(tiny_files):
    """Files of others have no words of ours; questions are found all the same."""
    reply = tiny_files.ask("Does mediation reduce reoffending?")
    assert (reply.outcome, reply.question.id) == ("answered", "overall-effect")
    assert len(reply) == 0
    assert tiny_files.ask("is it expensive").unknown_words == ("expensive",)


def test_words_are_read_page_by_page(kg, few_rows):
    """A small limit on rows, which is for those who ask, leaves no word out."""
    assert few_rows.ask("are victims satisfied?").fields() == (
        kg.ask("are victims satisfied?").fields()
    )


@pytest.mark.parametrize("words", ["other than", "apart from", "except"])
def test_what_leaves_something_out_is_not_answered_of_it(kg, words):
    """No question leaves mediation out; an answer would say the opposite."""
    reply = kg.ask(f"what reduces reoffending {words} mediation")
    assert reply.outcome != "answered"
