"""A step that asks for visits: held by then, of every unit that was drawn; and what a workflow must say for it."""

from __future__ import annotations

import pytest

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.reviews.site_visits.holding import hold_visit
from accreditation_engine.reviews.visits import draw_sample
from tests.support.small import RUBRIC, WORKFLOW, ask, fill
from tests.support.world import World, changed

from .planned import BRANCHES, planned

COUNTED = "requires: [{reviews_complete: 1}]"


def visiting(world: World, asked: str) -> Dossier:
    """A file with one review, whose next step asks for visits."""
    rules = changed(COUNTED, ("}]", f"}}, {asked}]"))
    world.scheme(changed(WORKFLOW, (COUNTED, rules)), RUBRIC)
    dossier = world.dossier("in_review", scheme="mini")
    reviewer = world.person("reviewer")
    fill(ask(world, dossier, reviewer), "4", "4", "4")
    perform(dossier, "send_review", reviewer)
    return dossier


def held(world: World, dossier: Dossier, unit: str = "") -> None:
    """A visit that has begun within this hour."""
    visit = planned(world, dossier, unit=unit, days=0)
    reviewer = world.person("reviewer")
    hold_visit(visit=visit, attended=[reviewer], met="سامية", by=reviewer)


def against(world: World, dossier: Dossier) -> list[dict[str, object]]:
    with pytest.raises(Refused) as found:
        world.perform(dossier, "close")
    return [each.as_data() for each in found.value.reasons]


def test_so_many_visits_are_held_before_the_step(world: World) -> None:
    dossier = visiting(world, "{visits_held: 1}")
    planned(world, dossier)
    assert against(world, dossier) == [{"code": "visits_missing", "wanted": 1, "have": 0}]
    held(world, dossier)
    assert world.perform(dossier, "close").target == "deciding"


def test_every_unit_of_the_last_sample_is_visited_before_the_step(world: World) -> None:
    dossier, coordinator = (
        visiting(world, "{visits_held: {every_sampled: true}}"),
        world.person("coordinator"),
    )
    assert [each["code"] for each in against(world, dossier)] == ["visits_missing", "no_sample_yet"]
    for number in (3, 1):  # a later draw counts
        units = BRANCHES[:number]
        sample = draw_sample(dossier=dossier, units=units, audit="initial", chosen={}, by=coordinator)
    held(world, dossier)
    (reason,) = against(world, dossier)
    assert reason == {"code": "units_unvisited", "count": 1, "units": list(sample.units)}
    held(world, dossier, sample.units[0])
    assert world.perform(dossier, "close").target == "deciding"


def problems(*replacements: tuple[str, str]) -> list[str]:
    texts = changed(WORKFLOW, *replacements), RUBRIC
    attempts = [attempt_text(text, file=f"{number}.yaml") for number, text in enumerate(texts)]
    return [str(each) for each in check_attempts(attempts, vocabulary()).problems]


def test_a_workflow_without_reviewers_asks_for_no_visits() -> None:
    (found,) = [
        each
        for each in problems(
            (
                "requires: [own_review_complete, {not_involved: [panel]}]",
                "requires: [{not_involved: [panel]}]",
            ),
            (COUNTED, "requires: [visits_held]"),
            ("    then: [close_own_review]\n", ""),
        )
        if "visit" in each
    ]
    assert "nobody could go on a visit" in found
    assert found.startswith("0.yaml:")


@pytest.mark.parametrize("wrong", ["{visits_held: 0}", "{visits_held: {every_unit: true}}"])
def test_a_number_of_visits_that_cannot_be_is_an_error_with_its_line(wrong: str) -> None:
    (found,) = problems((COUNTED, f"requires: [{{reviews_complete: 1}}, {wrong}]"))
    assert found.startswith("0.yaml:25:")
