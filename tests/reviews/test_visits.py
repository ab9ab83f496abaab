"""Samples of sites: drawn by the site's chance, logged, and drawn again by whoever doubts."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.visits import draw_sample, drawn_samples
from accreditation_engine.trail.models import Event
from tests.support.world import World

SITES = [f"branch-{number:02d}" for number in range(1, 26)]


def test_a_sample_is_logged_with_all_it_takes_to_draw_again(world: World) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    chosen = {"branch-07": "complaints in the last year"}
    sample = draw_sample(dossier=file, units=SITES, audit="initial", chosen=chosen, by=coordinator)
    ((event, logged),) = drawn_samples(file)
    assert len(sample.units) == 5
    assert logged == sample
    assert logged.drawn_as_said()
    assert (event.actor, event.role) == (coordinator.pk, "coordinator")
    assert logged.chosen[0].by == str(coordinator.pk)


def test_every_draw_stays_in_the_trail_and_has_a_seed_of_its_own(world: World) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    for _ in range(3):
        draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=coordinator)
    assert len({sample.seed for _, sample in drawn_samples(file)}) == 3


def test_a_stranger_draws_no_sample(world: World) -> None:
    file = world.dossier("screening")
    with pytest.raises(Refused):
        draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=world.applicant)
    assert not Event.objects.filter(stream=file.pk, kind="sample_drawn").exists()


@pytest.mark.parametrize(("language", "words"), [("ar", "ليس من الوحدات"), ("en", "is not among the units")])
def test_a_sample_that_cannot_be_drawn_is_refused_in_words(world: World, language: str, words: str) -> None:
    file = world.dossier("screening")
    with pytest.raises(Refused) as refused, translation.override(language):
        draw_sample(
            dossier=file, units=SITES, audit="initial", chosen={"mars": "far"}, by=world.person("coordinator")
        )
    with translation.override(language):
        assert words in str(refused.value)


def test_an_auditor_draws_again_on_the_command_line(world: World) -> None:
    file = world.dossier("screening")
    draw_sample(dossier=file, units=SITES, audit="surveillance", chosen={}, by=world.person("coordinator"))
    out = StringIO()
    call_command("redraw_samples", file.number, stdout=out)
    assert "surveillance" in out.getvalue()
    assert "drawn again, the same" in out.getvalue()


def test_a_file_that_is_not_there_is_named(world: World) -> None:
    with pytest.raises(CommandError, match="there is no file XX-1"):
        call_command("redraw_samples", "XX-1")
