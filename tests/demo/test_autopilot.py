"""Playing a file with a cast of whom some have an interest in it."""

from __future__ import annotations

from accreditation_engine.demo.autopilot import play
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.trail.models import Event
from tests.reviews.interests.scheme import declaring_scheme
from tests.support.world import World


def test_whoever_has_an_interest_is_passed_over_where_the_panel_declares(world: World) -> None:
    declaring_scheme(world)
    file = world.dossier("deciding", scheme="mini")
    tied, *others = world.cast.playing("panel")
    join(organisation=file.organisation, user=tied, by=SYSTEM)
    next(play(world.case(file)))
    declared = Event.objects.filter(stream=file.pk, kind="no_interest", role="panel")
    assert set(declared.values_list("actor", flat=True)) == {each.pk for each in others}
