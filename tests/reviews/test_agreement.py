"""Agreement between reviewers, from what they sent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.perform import perform
from accreditation_engine.reviews.agreement import (
    agreement_by_month,
    dossier_agreement,
    reviewers_severity,
    scheme_agreement,
)
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.scoring.agreement import RatingTable, krippendorff_alpha
from tests.support.small import RUBRIC, WORKFLOW, ask, fill, reviewed, small_scheme
from tests.support.world import World, changed

Queries = Any


@pytest.fixture
def small(world: World) -> World:
    small_scheme(world)
    return world


def alpha(*rows: tuple[float, ...]) -> float | None:
    return krippendorff_alpha(RatingTable.of(rows), "ordinal").value


def test_a_dossiers_figures_take_its_criteria_as_units(small: World) -> None:
    dossier = reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    found = dossier_agreement(dossier)["mini"]
    assert found.whole.value == pytest.approx(alpha((1, 2), (2, 2), (4, 3)))
    assert (found.whole.units, found.whole.raters, found.whole.values) == (3, 2, 6)
    assert found.areas["a"].value == pytest.approx(alpha((1, 2), (2, 2)))
    assert found.areas["b"].undefined == "one_unit"
    assert {each.undefined for each in found.criteria.values()} == {"one_unit"}


def test_a_schemes_figures_take_dossiers_as_units(small: World) -> None:
    reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    reviewed(small, ("3", "0", "4"), ("3", "1", "4"))
    found = scheme_agreement("mini")["mini"]
    assert found.criteria["a-1"].value == pytest.approx(alpha((1, 2), (3, 3)))
    assert found.criteria["a-2"].value == pytest.approx(alpha((2, 2), (0, 1)))
    assert found.areas["a"].value == pytest.approx(alpha((1, 2), (3, 3), (2, 2), (0, 1)))
    assert (found.whole.units, found.whole.raters, found.whole.values) == (6, 2, 12)


def test_words_are_left_out_and_counted(small: World) -> None:
    dossier = reviewed(small, ("1", "2", "not_applicable"), ("2", "unable_to_verify", "3"))
    found = dossier_agreement(dossier)["mini"]
    assert (found.words, found.elsewhere) == (2, 0)
    assert found.whole.undefined == "one_unit"


def test_what_is_not_sent_or_was_given_back_does_not_count(small: World) -> None:
    dossier = small.dossier("in_review", scheme="mini")
    first, second = (small.person("reviewer", number) for number in (0, 1))
    fill(ask(small, dossier, first), "1", "2", "3")
    perform(dossier, "send_review", first)
    unsent = ask(small, dossier, second)
    fill(unsent, "4", "4", "4")
    assert dossier_agreement(dossier)["mini"].whole.undefined == "one_rater"
    release(assignment=unsent, by=small.person("coordinator"), reason="ill")
    assert dossier_agreement(dossier)["mini"].whole.undefined == "one_rater"


def test_nothing_reviewed_is_said_and_not_shown_as_a_number(small: World) -> None:
    found = scheme_agreement("mini")["mini"]
    assert {each.undefined for each in (found.whole, *found.areas.values(), *found.criteria.values())} == {
        "no_ratings"
    }
    assert agreement_by_month("mini") == {"mini": {}}
    assert reviewers_severity("mini") == {"mini": {}}


def test_numbers_of_another_scale_or_criterion_are_left_out_and_counted(small: World) -> None:
    reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    rubric = changed(
        RUBRIC,
        ('edition: "1"', 'edition: "2"'),
        ("id: b-1", "id: b-9"),
        ("id: a-2, ", "id: a-2, maximum: 3, "),
    )
    small.scheme(changed(WORKFLOW, ("score: {at_least: 0}", "score: {at_least: 1}")), rubric)
    found = scheme_agreement("mini")["mini"]
    assert found.rubric.edition == "2"
    assert (found.whole.units, found.whole.values, found.elsewhere) == (1, 2, 4)  # a-1 is as it was


def test_figures_by_month_of_the_last_review(small: World) -> None:
    old = reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    reviewed(small, ("3", "0", "4"), ("3", "1", "4"))
    now = timezone.now()
    Assignment.objects.filter(dossier=old).update(sent_at=now - timedelta(days=70))
    found = agreement_by_month("mini")["mini"]
    months = [timezone.localdate(each).replace(day=1) for each in (now - timedelta(days=70), now)]
    assert list(found) == months
    assert all(isinstance(each, date) for each in found)
    assert found[months[0]].value == pytest.approx(alpha((1, 2), (2, 2), (4, 3)))


def test_a_scheme_between_two_times(small: World) -> None:
    old = reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    reviewed(small, ("3", "0", "4"), ("3", "1", "4"))
    boundary = timezone.now() - timedelta(days=30)
    Assignment.objects.filter(dossier=old).update(sent_at=boundary - timedelta(days=1))
    before, after = (
        scheme_agreement("mini", **limit)["mini"].whole
        for limit in ({"until": boundary}, {"since": boundary})
    )
    assert before.value == pytest.approx(alpha((1, 2), (2, 2), (4, 3)))
    assert after.value == pytest.approx(alpha((3, 3), (0, 1), (4, 4)))


def test_severity_compares_reviewers_of_the_same_dossiers(small: World) -> None:
    reviewed(small, ("1", "2", "3"), ("2", "3", "4"))
    reviewed(small, ("3", "0", "4"), ("4", "1", "4"))
    found = reviewers_severity("mini")["mini"]
    harsh = found[small.person("reviewer", 0).pk]
    assert harsh.difference == pytest.approx(-5 / 6)
    assert (harsh.ratings, harsh.dossiers, harsh.peers) == (6, 2, 1)
    assert {each.code for each in harsh.cautions} == {"few_dossiers", "one_peer"}


def test_an_unknown_scheme_is_not_an_empty_one(db: None) -> None:
    with pytest.raises(Scheme.DoesNotExist):
        scheme_agreement("nowhere")


@pytest.mark.parametrize("dossiers", [1, 4])
def test_queries_do_not_grow_with_dossiers(
    small: World, dossiers: int, django_assert_num_queries: Queries
) -> None:
    for _ in range(dossiers):
        dossier = reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    with django_assert_num_queries(1):
        dossier_agreement(dossier)
    for figures in (scheme_agreement, agreement_by_month, reviewers_severity):
        with django_assert_num_queries(2):
            figures("mini")
