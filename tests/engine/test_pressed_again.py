"""One button, pressed twice in the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from tests.support.world import World, at_once


@pytest.mark.django_db(transaction=True)
def test_both_presses_are_given_the_one_event_when_they_come_at_once(world: World) -> None:
    dossier = world.dossier("screening")
    pressed = [Dossier.objects.get(pk=dossier.pk) for _ in range(2)]
    step = partial(perform, transition="return_for_completion", actor=world.person("coordinator"))
    first, second = at_once(
        *(partial(step, each, comment="Minutes.", seen=dossier.entered_seq) for each in pressed)
    )
    assert isinstance(first, Event), first
    assert isinstance(second, Event), second
    assert first.hash == second.hash
    assert [each.state for each in pressed] == ["returned", "returned"]
    assert not Event.objects.filter(stream=dossier.pk, kind="refused").exists()


def test_press_is_refused_when_somebody_has_moved_the_file_meanwhile(world: World) -> None:
    """The same person, the same words and within a moment: but it is not the last step any more."""
    dossier, coordinator = world.dossier("screening"), world.person("coordinator")
    seen = dossier.entered_seq
    perform(dossier, "return_for_completion", coordinator, comment="Minutes.", seen=seen)
    world.perform(dossier, "submit")
    with pytest.raises(Refused) as refused:
        perform(dossier, "return_for_completion", coordinator, comment="Minutes.", seen=seen)
    assert [each.code for each in refused.value.reasons] == ["stale_page"]
