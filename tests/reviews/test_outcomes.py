"""Scores as guards: the outcome under a rubric, and every kind of condition."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.models import Event
from tests.support.small import reviewed, small_scheme
from tests.support.world import BADLY, World

# What is asked for, in the words of a workflow; ratings (of a-1, a-2 and b-1) that meet it; and some that do not.
CONDITIONS = {
    "score": ("score: {at_least: 75}", ("3", "3", "3"), ("3", "3", "2")),
    "score on the scale": ("score: {at_least: 2, on: scale}", ("2", "2", "2"), ("2", "2", "1")),
    "score below": ("score: {below: 50}", ("1", "1", "2"), ("2", "2", "2")),
    "area": ("area: {id: a, at_least: 50}", ("4", "0", "0"), ("3", "0", "4")),
    "every area": ("every_area: {at_least: 50}", ("4", "0", "2"), ("4", "4", "1")),
    "criterion": ("criterion: {id: b-1, at_least: 3}", ("0", "0", "3"), ("4", "4", "2")),
    "every criterion": ("every_criterion: {at_least: 2}", ("2", "3", "4"), ("4", "1", "4")),
    "count": ("count: {rating_at_most: 1, no_more_than: 1}", ("0", "2", "2"), ("0", "1", "4")),
    "count at least": ("count: {rating_at_least: 4, at_least: 2}", ("4", "4", "0"), ("4", "3", "3")),
    "all": (
        "all: [{score: {at_least: 50}}, {criterion: {id: a-1, at_least: 1}}]",
        ("1", "4", "2"),
        ("0", "4", "4"),
    ),
    "any": (
        "any: [{score: {at_least: 90}}, {criterion: {id: b-1, at_least: 4}}]",
        ("0", "0", "4"),
        ("3", "3", "3"),
    ),
    "not": ("not: {criterion: {id: b-1, at_least: 1}}", ("4", "4", "0"), ("4", "4", "1")),
}


def judged_by(world: World, asked: str, *reviews: tuple[str, str, str]) -> Dossier:
    small_scheme(world, asked)
    return reviewed(world, *reviews)


def refusal(world: World, file: Dossier, step: str = "grant") -> Any:
    with pytest.raises(Refused) as refused:
        world.perform(file, step)
    (reason,) = refused.value.reasons
    return reason


@pytest.mark.parametrize("kind", CONDITIONS)
def test_a_condition_that_holds_lets_the_step_be_taken(world: World, kind: str) -> None:
    asked, met, _ = CONDITIONS[kind]
    file = judged_by(world, asked, met)
    world.perform(file, "grant")
    assert file.state == "granted"


@pytest.mark.parametrize("kind", CONDITIONS)
def test_a_condition_that_does_not_hold_says_why_in_both_languages(world: World, kind: str) -> None:
    asked, _, unmet = CONDITIONS[kind]
    file = judged_by(world, asked, unmet)
    reason = refusal(world, file)
    assert reason.code == "condition_unmet"
    for language in ("ar", "en"):
        with translation.override(language):
            assert len(str(reason)) > 10
    logged = Event.objects.get(stream=file.pk, kind="refused").data["reasons"]
    assert [each["code"] for each in logged] == ["condition_unmet"]


def test_growth_without_a_first_assessment_does_not_hold(world: World) -> None:
    file = judged_by(world, "growth: {since: first_assessment, at_least: 20}", ("4", "4", "4"))
    assert refusal(world, file).code == "condition_unmet"


def test_no_condition_holds_on_reviews_that_came_to_nothing(world: World) -> None:
    nothing = ("not_applicable", "not_applicable", "not_applicable")
    file = judged_by(world, "not: {score: {at_least: 50}}", nothing)
    assert refusal(world, file).code == "condition_unmet"


def test_the_mean_of_several_reviews_is_judged(world: World) -> None:
    file = judged_by(world, "score: {at_least: 75}", ("4", "4", "4"), ("2", "2", "1"))
    assert refusal(world, file).code == "condition_unmet"
    file = judged_by(world, "score: {at_least: 75}", ("4", "4", "4"), ("2", "2", "2"))
    world.perform(file, "grant")


@pytest.mark.parametrize(
    ("asked", "ratings", "granted"),
    [
        ("gold", ("4", "4", "4"), True),
        ("gold", ("3", "3", "3"), False),
        ("plain", ("4", "4", "4"), True),  # gold stands above plain
        ("plain", ("2", "2", "2"), True),
        ("plain", ("1", "1", "1"), False),
        ("none", ("0", "0", "0"), True),
    ],
)
def test_an_outcome_or_one_above_it_is_asked_for(
    world: World, asked: str, ratings: tuple[str, str, str], granted: bool
) -> None:
    file = judged_by(world, f"outcome: {{rubric: mini, at_least: {asked}}}", ratings)
    if granted:
        world.perform(file, "grant")
        return
    reason = refusal(world, file)
    assert (reason.code, reason.parameters["wanted"]) == ("outcome_too_low", asked)


def test_an_outcome_that_is_too_low_is_called_by_its_name(world: World) -> None:
    file = judged_by(world, "outcome: {rubric: mini, at_least: gold}", ("2", "2", "2"))
    with translation.override("en"):
        words = str(refusal(world, file))
    assert "“Plain”" in words
    assert "“Gold”" in words


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("outcome: {rubric: mini, at_least: golden}", "'golden' is no outcome of mini"),
        ("outcome: {rubric: code-of-conduct, at_least: upheld}", "no rubric 'code-of-conduct'"),
        ("criterion: {id: c-1, at_least: 1}", "c-1"),
        ("scores: {at_least: 1}", "scores"),
    ],
)
def test_a_misspelt_condition_is_an_error_of_the_definition(world: World, asked: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        small_scheme(world, asked)


def test_a_single_zero_bars_where_the_scheme_says_so(world: World) -> None:
    zero_bars = "count: {rating_at_most: 0, no_more_than: 0}"
    assert refusal(world, judged_by(world, zero_bars, ("4", "4", "0"))).code == "condition_unmet"
    assert (
        refusal(world, judged_by(world, zero_bars, ("4", "4", "unable_to_verify"))).code == "condition_unmet"
    )
    world.perform(judged_by(world, zero_bars, ("4", "4", "not_applicable")), "grant")


def test_the_event_keeps_what_was_judged(world: World) -> None:
    file = world.dossier("certified")
    event = Event.objects.get(stream=file.pk, transition="certify", kind="transition")
    judged = event.data["judged"]
    ratings = Rating.objects.filter(assignment__dossier=file)
    rows = ratings.values("assignment_id", "rubric", "criterion", "value")
    evidence = Evidence.objects.filter(dossier=file).values("rubric", "criterion", "sha256")
    assert judged["ratings"] == digest_of(rows)
    assert (judged["evidence"], judged["evidence_count"]) == (digest_of(evidence), len(evidence))
    for name, sheet in sheets_of(file).items():
        assert judged[f"sheet:{name}"] == {
            "digest": sheet.digest(),
            "outcome": sheet.outcome,
            "percent": str(sheet.percent),
        }
    assert judged["votes"] == {"certify": 3}
    assert (judged["ballot"], event.edition) == (1, file.edition_id)


def test_a_breach_of_the_code_bars_the_certificate_whatever_the_rest(world: World) -> None:
    file = world.dossier("deciding")
    Rating.objects.filter(assignment__dossier=file, criterion="duty-1").update(value="0")
    with pytest.raises(Refused) as refused:
        world.perform(file, "certify")
    reasons = {each.code: each.parameters for each in refused.value.reasons}
    too_low = dict(reasons["outcome_too_low"])
    assert [each["holds"] for each in too_low.pop("why")] == [False]
    assert too_low == {
        "rubric": "code-of-conduct",
        "wanted": "upheld",
        "have": "breached",
        "edition": file.edition_id,
    }


def test_every_reason_against_a_certificate_is_said_at_once(world: World) -> None:
    file = world.dossier("deciding", level=BADLY)
    with pytest.raises(Refused) as refused:
        world.perform(file, "certify")
    codes = [each.code for each in refused.value.reasons]
    assert codes == ["outcome_too_low", "findings_open", "ballot_running"] or codes == [
        "outcome_too_low",
        "outcome_too_low",
        "findings_open",
        "ballot_running",
    ]
