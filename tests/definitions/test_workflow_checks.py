from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationInfo, field_validator

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.reviewing import Reviewing
from accreditation_engine.definitions.vocabulary import Parameters, Vocabulary

from .examples import RUBRIC, VOCABULARY, WORKFLOW, changed, problems, workflow_problems


def test_a_sound_workflow_has_no_problem() -> None:
    assert problems(RUBRIC, WORKFLOW) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("initial: draft", "initial: drafts", "6: unknown state 'drafts'; did you mean 'draft'?"),
        ("subject: dossier", "subject: file", "5: unknown subject 'file'; known here: dossier"),
        (
            "rubrics: [commitment]",
            "rubrics: [commitment, honesty]",
            "4: unknown rubric 'honesty'; known here: commit",
        ),
        (
            "rubrics: [commitment]",
            "rubrics: [commitment, commitment]",
            "4: 'commitment' stands twice in 'rubrics'",
        ),
        ("waits_for: panel", "waits_for: panell", "18: unknown role 'panell'; did you mean 'panel'?"),
        ("{on: due,", "{on: duee,", "19: unknown date 'duee'; did you mean 'due'?"),
        (
            "after: P90D, then: lapse",
            "after: P90D, then: laps",
            "11: unknown transition 'laps'; did you mean 'lapse'?",
        ),
        ("shows: {applicant:", "shows: {aplicant:", "15: unknown role 'aplicant'; did you mean 'applicant'?"),
        ("own_ratings]", "own_rating]", "15: unknown word 'own_rating'; did you mean 'own_ratings'?"),
        ("by: [applicant]", "by: [applicants]", "27: unknown role 'applicants'; did you mean 'applicant'?"),
        (
            "requires: [complete]",
            "requires: [complet]",
            "28: unknown guard 'complet'; did you mean 'complete'?",
        ),
        (
            "requires: [complete]",
            "requires: [{complete: {x: 1}}]",
            "28: unknown key 'x' in 'complete'; none is known",
        ),
        (
            "then: [issue_cert",
            "then: [isue_cert",
            "44: unknown effect 'isue_certificate'; did you mean 'issue_cert",
        ),
        ("{notify: applicant}", "{notify: [applicant]}", "44: 'notify' must be text, not a list"),
        ("{notify: applicant}", "notify", "44: missing 'to' in 'notify'; add 'to: ...'"),
        ("{quorum: 3, share: 2/3}", "{quorum: 0}", "41: 'quorum' must be at least 1"),
        ("{quorum: 3, share: 2/3}", "{qorum: 3}", "41: missing 'quorum' in 'votes'; add 'quorum: ...'"),
        (
            "score: {at_least: 60}",
            "score: {at_least: 600}",
            "40: 'at_least' is 600; it must be from 0 to 100",
        ),
        ("score: {at_least: 60}", "score: {at_lest: 60}", "40: unknown key 'at_lest' in 'score'; did you me"),
        (
            "score: {at_least: 60}",
            "area: {id: opennes, at_least: 6}",
            "40: unknown area 'opennes'; did you mean 'open",
        ),
        ("score: {at_least: 60}", "all: [scor: 1]", "40: unknown condition 'scor'; did you mean 'score'?"),
        (
            "rubrics: [commitment]\n",
            "",
            "39: 'score' asks for a score, but 'rubrics:' lists no rubric; add one",
        ),
    ],
)
def test_one_name_that_means_nothing_is_named_at_its_line(old: str, new: str, problem: str) -> None:
    found = workflow_problems(old, new)
    assert f"b.yaml:{problem}" in {each[: len(problem) + len("b.yaml:")] for each in found}


@pytest.mark.parametrize(("old", "new"), [("to: in_review", "to: in_revew"), ("[in_review]", "[in_revew]")])
def test_an_unknown_state_at_either_end_of_a_transition_is_named(old: str, new: str) -> None:
    assert any(
        "unknown state 'in_revew'; did you mean 'in_review'?" in each for each in workflow_problems(old, new)
    )


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("told: {applicant: {ar: مُنحت., en: Granted.}}", None),
        ("told: {aplicant: {ar: مُنحت., en: Granted.}}", "unknown role 'aplicant'; did you mean 'applicant'?"),
        ("told: {panel: {ar: مُنحت., en: Granted.}}", "the step tells 'panel' nothing; add 'notify: panel'"),
        ("told: {applicant: {en: Granted.}}", "missing 'ar' in 'applicant'"),
    ],
)
def test_a_sentence_is_for_a_role_that_the_step_tells(told: str, problem: str | None) -> None:
    then = "    then: [issue_certificate, {notify: applicant}]\n"
    found = workflow_problems(then, f"{then}    {told}\n")
    assert [each for each in found if problem is None or problem not in each] == []
    assert bool(found) is (problem is not None)


def test_parameters_see_the_workflow_and_the_rubrics() -> None:

    class Seeing(Parameters):
        role: str

        @field_validator("role")
        @classmethod
        def _look(cls, value: str, info: ValidationInfo) -> str:
            seen = f"{info.context['workflow'].id} {sorted(info.context['rubrics'])}"
            raise ValueError(f"saw {seen}")

    vocabulary = Vocabulary(
        guards={**VOCABULARY.guards, "complete": Seeing},
        effects=VOCABULARY.effects,
        roles=VOCABULARY.roles,
        subjects=VOCABULARY.subjects,
    )
    text = changed(WORKFLOW, "[complete]", "[complete: {role: x}]")
    attempts = [attempt_text(RUBRIC, file="a.yaml"), attempt_text(text, file="b.yaml")]
    assert [str(each) for each in check_attempts(attempts, vocabulary).problems] == [
        "b.yaml:28: 'role': saw certificate ['commitment']"
    ]


def test_a_rubric_with_errors_of_its_own_is_not_called_unknown() -> None:
    broken = changed(RUBRIC, "weight: 10", "wieght: 10")
    assert [each[:9] for each in problems(broken, WORKFLOW)] == ["a.yaml:14"]


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ("{places: 0}", "6: 'places' must be at least 1"),
        ("{due: soon}", "6: 'due': 'soon' is not a duration; write for example P30D, P6M, P3Y or PT12H"),
        ("{plases: 2}", "6: unknown key 'plases' in 'reviewing'; did you mean 'places'?"),
        ("{claim: perhaps}", "6: 'claim' must be true or false"),
        (
            "{declare: perhaps}",
            "6: 'declare': write true, false, or a list of roles, such as [reviewer, panel]",
        ),
        ("{declare: [reviwer]}", "6: unknown role 'reviwer'; did you mean 'reviewer'?"),
        ("{declare: [coordinator]}", "6: 'coordinator' judges nothing, so it declares nothing"),
        ("{declare: [panel, panel]}", "6: 'panel' stands twice in 'declare'; remove one"),
        ("{rotate: 2}", "6: 'rotate' must be true or false"),
        ("{draw: {seniors: 3}}", "6: 'seniors' asks for 3 and there are 2 places; write at most 2, or raise"),
        ("{draw: {senoirs: 1}}", "6: unknown key 'senoirs' in 'draw'; did you mean 'seniors'?"),
    ],
)
def test_a_section_on_reviewing_is_refused_where_it_says_nothing(section: str, problem: str) -> None:
    found = workflow_problems("initial: draft", f"reviewing: {section}\ninitial: draft")
    assert [each for each in found if problem in each], found


def test_a_section_on_reviewing_is_taken() -> None:
    section = (
        "{places: 3, claim: true, due: P21D, declare: [reviewer, panel], objection: P7D, rotate: true,"
        " draw: {seniors: 1, not_twice: true}}"
    )
    assert workflow_problems("initial: draft", f"reviewing: {section}\ninitial: draft") == []


def test_a_workflow_whose_reviews_nobody_sends_has_no_place_to_take() -> None:
    vocabulary = replace(VOCABULARY, sends_reviews=frozenset({"sent"}))
    text = changed(WORKFLOW, "initial: draft", "reviewing: {claim: true}\ninitial: draft")
    attempts = [attempt_text(each, file="f.yaml") for each in (RUBRIC, text)]
    (problem,) = check_attempts(attempts, vocabulary).problems
    assert problem.line == 6
    assert "no step asks for sent" in problem.message
    assert "remove 'claim'" in problem.message


def test_declaring_makes_one_edition_when_it_is_written_either_way() -> None:
    short, long = (Reviewing.model_validate({"declare": each}) for each in (True, ["reviewer"]))
    assert short == long
    assert Reviewing.model_validate({"declare": False}) == Reviewing()
