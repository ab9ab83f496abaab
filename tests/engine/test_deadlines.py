"""What the system does by itself when time has run out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import registry
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World, at_once, changed, in_state, later

from .rules import RULED

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("draft", scheme="tiny")


def a_certificate(dossier: Dossier, valid_until: Any) -> Certificate:
    certificate = Certificate(
        edition_id=current_edition("certificate"),
        dossier=dossier,
        number=f"C-{Certificate.objects.count() + 1}",
        rubric="institutional-commitment",
        outcome="certified",
        areas=[],
        issued_on=timezone.localdate(),
        valid_until=valid_until,
        decided_seq=1,
    )
    return open_subject(certificate, SYSTEM, role="system")


def moved_by(now: datetime | None = None) -> list[Event]:
    return [event for result in sweep(now=now) for event in result.events.values()]


def test_what_is_due_is_moved_by_the_system(draft: Dossier) -> None:
    assert draft.deadline_at is not None
    with time_machine.travel(draft.deadline_at, tick=False):
        (event,) = moved_by()
    assert (event.stream, event.transition, event.role, event.actor) == (draft.pk, "lapse", "system", None)
    assert in_state(draft)["state"] == "lapsed"


def test_what_is_not_due_stays(draft: Dossier) -> None:
    assert draft.deadline_at is not None
    with time_machine.travel(draft.deadline_at - timedelta(microseconds=1), tick=False):
        assert moved_by() == []


def test_a_second_sweep_finds_nothing(draft: Dossier) -> None:
    with later(days=31):
        assert len(moved_by()) == 1
        assert moved_by() == []


def test_a_state_without_a_deadline_waits_for_ever(world: World, draft: Dossier) -> None:
    perform(draft, "submit", world.applicant)
    assert in_state(draft)["deadline_at"] is None
    with later(days=4000):
        assert moved_by() == []


def test_a_step_that_returns_to_its_state_does_not_move_the_deadline(world: World, draft: Dossier) -> None:
    before = draft.deadline_at
    with later(days=20):
        perform(draft, "remark", world.person("coordinator"))
    assert in_state(draft)["deadline_at"] == draft.deadline_at == before


def test_a_state_that_is_entered_again_has_all_its_time_again(world: World, draft: Dossier) -> None:
    with later(days=20):
        perform(draft, "submit", world.applicant)
        event = world.perform(draft, "send_back")
    assert draft.deadline_at == event.at + timedelta(days=30)


def test_a_deadline_on_a_date_falls_at_its_end_where_the_site_is(world: World) -> None:
    day = timezone.localdate() + timedelta(days=90)
    certificate = a_certificate(world.dossier(), day)
    assert certificate.deadline_at == timezone.make_aware(datetime.combine(day, time.max))
    with time_machine.travel(certificate.deadline_at - timedelta(seconds=1), tick=False):
        assert not [each for each in moved_by() if each.stream == certificate.pk]
    with time_machine.travel(certificate.deadline_at, tick=False):
        assert [each.transition for each in moved_by() if each.stream == certificate.pk] == ["expire"]


def test_a_date_that_a_subject_does_not_have_is_no_deadline(world: World) -> None:
    assert a_certificate(world.dossier(), None).deadline_at is None


def test_subjects_of_every_kind_and_edition_are_swept(world: World, draft: Dossier) -> None:
    world.scheme(changed(TINY, ('edition: "1"', 'edition: "2"'), ("after: P30D", "after: P10D")))
    newer, certificate = world.dossier("draft", scheme="tiny"), a_certificate(draft, timezone.localdate())
    with later(days=11):
        assert {each.stream for each in moved_by()} == {newer.pk, certificate.pk}
    with later(days=31):
        assert {each.stream for each in moved_by()} == {draft.pk}


def test_a_subject_that_moved_meanwhile_is_passed_over_in_silence(world: World, draft: Dossier) -> None:
    stale = Dossier.objects.get(pk=draft.pk)
    perform(draft, "submit", world.applicant)
    events = Event.objects.count()
    with later(days=31):
        result = perform_many([stale], "lapse", SYSTEM, due=timezone.now())
    assert (result.events, result.refused, Event.objects.count()) == ({}, {}, events)


def test_a_subject_that_came_back_meanwhile_keeps_its_new_time(world: World, draft: Dossier) -> None:
    """It was overdue when the sweep looked, and stands in the same state once more."""
    stale = Dossier.objects.get(pk=draft.pk)
    with later(days=29):
        perform(draft, "submit", world.applicant)
        world.perform(draft, "send_back")
    with later(days=31):
        result = perform_many([stale], "lapse", SYSTEM, due=timezone.now())
    assert (result.events, in_state(draft)["state"]) == ({}, "draft")


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_move_each_subject_once(world: World) -> None:
    world.scheme(TINY)
    dossiers = [world.dossier("draft", scheme="tiny") for _ in range(12)]
    now = timezone.now() + timedelta(days=31)
    results = at_once(*[lambda: moved_by(now)] * 3)
    assert sorted(event.stream for events in results for event in events) == sorted(d.pk for d in dossiers)
    assert Event.objects.filter(transition="lapse", kind="transition").count() == 12
    assert not Event.objects.filter(kind="refused").exists()
    assert list(verify()) == []


# When one of them cannot be moved


def exploding(world: World) -> Dossier:
    """A file whose overdue step fails."""
    text = changed(
        RULED.replace("EFFECT", "explode"),
        ("by: [system]}", "by: [system], then: [explode]}"),
    )
    world.scheme(text)
    return world.dossier("draft", scheme="ruled")


def test_one_that_fails_does_not_stop_the_others(world: World, draft: Dossier, rules: None) -> None:
    bad = exploding(world)
    with later(days=31):
        results = sweep()
    assert {pk for each in results for pk in each.events} == {draft.pk}
    assert [pk for each in results for pk in each.failed] == [bad.pk]
    assert in_state(bad)["state"] == "draft"


def test_one_whose_edition_cannot_be_compiled_does_not_stop_the_others(
    world: World,
    draft: Dossier,
    rules: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = exploding(world)
    monkeypatch.delitem(registry.effects, "explode")
    compiled.cache_clear()
    with later(days=31):
        results = sweep()
    assert {pk for each in results for pk in each.events} == {draft.pk}
    assert [pk for each in results for pk in each.failed] == [bad.pk]


def test_a_refusal_that_stands_already_is_not_written_every_few_minutes(world: World, rules: None) -> None:
    world.scheme(
        changed(RULED.replace("EFFECT", "explode"), ("by: [system]}", "by: [system], requires: [never]}"))
    )
    dossier = world.dossier("draft", scheme="ruled")
    refused = Event.objects.filter(stream=dossier.pk, kind="refused")
    with later(days=31):
        for _ in range(3):
            (result,) = sweep()
            assert [each.code for each in result.refused[dossier.pk]] == ["never"]
        assert refused.count() == 1
        with pytest.raises(Refused):
            perform(dossier, "remark", world.person("coordinator"))
        sweep()
    assert refused.count() == 3


def run_sweep() -> tuple[int, str, str]:
    output, errors, code = StringIO(), StringIO(), 0
    try:
        call_command("sweep", stdout=output, stderr=errors)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, output.getvalue(), errors.getvalue()


def test_the_command_says_how_many_moved(draft: Dossier) -> None:
    assert run_sweep() == (0, "0 moved on.\n", "")
    with later(days=31):
        assert run_sweep() == (0, "1 moved on.\n", "")


def test_the_command_names_what_failed_and_ends_with_1(
    world: World,
    draft: Dossier,
    rules: None,
) -> None:
    bad = exploding(world)
    with later(days=31):
        code, printed, errors = run_sweep()
    assert (code, printed) == (1, "1 moved on.\n")
    assert errors.strip() == f"{bad.pk}: ZeroDivisionError"
