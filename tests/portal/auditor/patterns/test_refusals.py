"""Many refusals: what is counted."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from tests.portal.visitor import visitor
from tests.support.world import World, later

from .test_patterns_page import PAGE, hits

STEP = "return_for_completion"


def sent_back_and_again(world: World, minutes: int) -> None:
    dossier, coordinator = world.dossier("screening"), world.person("coordinator")
    perform(dossier, STEP, coordinator, comment="The plan is missing.")
    with later(minutes=minutes), pytest.raises(Refused):
        perform(dossier, STEP, coordinator, comment="The plan is missing.")


@pytest.mark.parametrize(("minutes", "listed"), [(0, 0), (1, 1)])
def test_step_pressed_twice_is_no_refused_attempt_unless_time_has_passed(
    world: World, minutes: int, listed: int
) -> None:
    for _time in range(5):
        sent_back_and_again(world, minutes)
    assert Event.objects.filter(kind="refused", transition=STEP).count() == 5
    assert len(hits(visitor(world.person("auditor"), "en").get(PAGE), "refusals")) == listed
