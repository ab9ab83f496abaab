"""Files drawn for audit: from what, how many, and drawn again."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.audit_samples import Population, draw_audit_sample, drawn_again
from accreditation_engine.scoring.sampling import first_of, place, population_digest
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, TINY, World, later


def everything(**more: object) -> Population:
    return Population(schemes=(SHIPPED,), as_of=timezone.now(), **more)  # type: ignore[arg-type]


def test_population_is_read_as_it_stood_when_files_have_moved_on(world: World) -> None:
    staying, moving = world.dossier("screening"), world.dossier("screening")
    before = everything(state="screening")
    assert sorted(before.numbers()) == sorted([staying.number, moving.number])
    world.perform(moving, "return_for_completion")
    world.dossier("screening")
    assert sorted(before.numbers()) == sorted([staying.number, moving.number])
    assert moving.number not in everything(state="screening").numbers()


def test_population_holds_files_opened_between_two_days(world: World) -> None:
    today = timezone.localdate()
    first = world.dossier("draft")
    with later(days=3):
        second = world.dossier("draft")
        assert everything(opened_until=today).numbers() == [first.number]
        assert everything(opened_since=today + timedelta(days=1)).numbers() == [second.number]
        assert everything(opened_since=today, opened_until=today + timedelta(days=3)).numbers() == [
            first.number, second.number
        ]  # fmt: skip


def test_file_whose_trail_is_closed_to_auditors_is_in_no_population(world: World) -> None:
    world.scheme(TINY)
    world.dossier("draft", scheme="tiny")
    assert Population(schemes=("tiny",), as_of=timezone.now()).numbers() == []


def test_draw_is_what_its_seed_draws_and_stands_in_the_auditor_s_stream(world: World) -> None:
    numbers = [world.dossier("draft").number for _ in range(7)]
    auditor = world.person("auditor")
    event = draw_audit_sample(population=everything(), by=auditor, size=3)
    data = event.data
    assert (event.stream, event.actor, event.kind) == (auditor.pk, auditor.pk, "audit_sample_drawn")
    assert data["drawn"] == sorted(numbers, key=lambda number: place(data["seed"], number))[:3]
    assert data["population"]["sha256"] == population_digest(numbers)
    assert data["population"]["count"] == 7
    assert drawn_again(event) == (True, True)


def test_share_is_rounded_up(world: World) -> None:
    for _ in range(5):
        world.dossier("draft")
    for percent, count in ((1, 1), (20, 1), (21, 2), (100, 5)):
        event = draw_audit_sample(population=everything(), by=world.person("auditor"), percent=percent)
        assert len(event.data["drawn"]) == count


def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(world: World) -> None:
    auditor = world.person("auditor")
    with pytest.raises(Refused, match="ليس هناك ما يسحب منه"):
        draw_audit_sample(population=everything(), by=auditor, size=1)
    world.dossier("draft")
    for asked in ({"size": 2}, {"size": 0}, {}):
        with pytest.raises(Refused):
            draw_audit_sample(population=everything(), by=auditor, **asked)
    assert not Event.objects.filter(kind="audit_sample_drawn").exists()


def redraw(*arguments: str) -> str:
    out = io.StringIO()
    call_command("redraw_samples", *arguments, stdout=out)
    return out.getvalue()


def test_command_draws_again_when_files_have_moved_on(world: World) -> None:
    moving = world.dossier("screening")
    world.dossier("screening")
    auditor = world.person("auditor")
    event = draw_audit_sample(population=everything(state="screening"), by=auditor, size=1)
    world.perform(moving, "return_for_completion")
    told = redraw("--auditor", auditor.email.upper())
    assert f"seed {event.data['seed']}: drawn again, the same" in told
    assert event.data["drawn"][0] in told


def test_command_names_its_remedy_when_it_is_misused(world: World) -> None:
    for arguments, remedy in (
        ((), "name either a file"),
        (("IC-1", "--auditor", "x@y.example"), "name either a file"),
        (("--auditor", "x@y.example"), "signs in with"),
    ):
        with pytest.raises(CommandError, match=remedy):
            redraw(*arguments)
    assert "drawn no sample" in redraw("--auditor", world.stranger.email)


def test_first_of_refuses_what_cannot_be_drawn_again() -> None:
    assert first_of(["b", "a"], seed="s", size=5) == first_of(["a", "b"], seed="s", size=5)
    with pytest.raises(ValueError, match="seed"):
        first_of(["a"], seed=" ", size=1)
    with pytest.raises(ValueError, match="twice"):
        first_of(["a", "a"], seed="s", size=1)
