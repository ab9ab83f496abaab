"""Samples of sites: drawn by the site's chance, logged, and drawn again by whoever doubts."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import join
from accreditation_engine.reviews.visits import draw_sample, drawn_samples
from accreditation_engine.scoring.sampling import Sample
from accreditation_engine.trail.models import Event
from tests.support.world import World, at_once

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


@pytest.mark.parametrize(
    ("units", "chosen", "language", "words"),
    [
        ([], {}, "en", "Name at least one"),
        ([], {}, "ar", "اذكر فرعا أو برنامجا واحدا على الأقل"),
        (["a", "b", "a", "b", "c"], {}, "en", "more than once: a, b."),
        (["فرع ٣", "فرع 3"], {}, "en", "more than once: فرع ٣, فرع 3."),
        (["a", "b" * 201], {}, "en", "at most 200 characters"),
        ([str(number) for number in range(2001)], {}, "en", "2001 branches or programmes are named"),
        (SITES, {SITES[0]: " "}, "en", "Say why you choose: branch-01."),
        (SITES, {SITES[0]: "\u200b"}, "en", "Say why you choose: branch-01."),
        (SITES, {SITES[0]: "w" * 2001}, "en", "at most 2000 characters here, and the longest has 2001."),
        (SITES, {SITES[0]: "w" * 2001}, "ar", "اختصر سبب اختيار"),
    ],
)
def test_a_list_that_nobody_could_draw_from_is_refused_in_words(
    world: World, units: list[str], chosen: dict[str, str], language: str, words: str
) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    with pytest.raises(Refused) as refused:
        draw_sample(dossier=file, units=units, audit="initial", chosen=chosen, by=coordinator)
    with translation.override(language):
        assert words in str(refused.value).replace("\u2068", "").replace("\u2069", "")
    assert not drawn_samples(file)


def test_nothing_is_drawn_when_there_was_a_draw_that_the_drawer_has_not_seen(world: World) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")
    draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=coordinator, seen=0)
    with pytest.raises(Refused) as refused:
        draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=coordinator, seen=0)
    assert [each.code for each in refused.value.reasons] == ["drawn_meanwhile"]
    assert len(drawn_samples(file)) == 1
    draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=coordinator, seen=1)
    assert len(drawn_samples(file)) == 2


@pytest.mark.django_db(transaction=True)
def test_one_sample_is_drawn_when_two_ask_for_it_at_once(world: World) -> None:
    file, coordinator = world.dossier("screening"), world.person("coordinator")

    def one() -> Sample:
        return draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=coordinator, seen=0)

    outcomes = at_once(one, one)
    assert sorted(type(each).__name__ for each in outcomes) == ["Refused", "Sample"]
    assert len(drawn_samples(file)) == 1


def test_a_coordinator_who_acts_for_the_organisation_draws_no_sample(world: World) -> None:
    file, both = world.dossier("screening"), world.new_person("both", "coordinator")
    join(organisation=file.organisation, user=both, by=SYSTEM)
    with pytest.raises(Refused):
        draw_sample(dossier=file, units=SITES, audit="initial", chosen={}, by=both)
    assert not drawn_samples(file)


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
