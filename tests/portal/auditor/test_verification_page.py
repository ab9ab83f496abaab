"""Verifying the whole trail from the desk: one run at a time, how far it is, and what it found."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.worker import Worker
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.portal.auditor.verifying import running
from accreditation_engine.portal.auditor.verifying.models import VerificationRun
from accreditation_engine.portal.auditor.verifying.running import (
    SIGNS_OF_LIFE,
    remaining,
    told_meanwhile,
    verify_whole_trail,
)
from accreditation_engine.trail import protection
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Tally
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import TINY, World, changed

PAGE = reverse("audit_verification")


@pytest.fixture
def queue(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def press(world: World, language: str = "en") -> HttpResponse:
    response = visitor(world.person("auditor"), language).post(PAGE, follow=True)
    assert response.status_code == 200
    return response


def read(world: World, language: str = "en") -> HttpResponse:
    return visitor(world.person("auditor"), language).get(PAGE)


def address(run: VerificationRun) -> str:
    return reverse("audit_verification_run", args=[run.pk])


def tamper(dossier: Dossier, state: str) -> None:
    with protection.lifted(connection):
        assert Dossier.objects.filter(pk=dossier.pk).update(state=state)


def test_only_auditors_verify_from_here(world: World) -> None:
    for role in ("coordinator", "administrator", "applicant"):
        assert visitor(world.person(role)).post(PAGE).status_code == 404
    assert not VerificationRun.objects.exists()


def test_result_is_kept_with_who_asked_and_what_was_recomputed(world: World) -> None:
    world.dossier("screening")
    response = press(world)
    run = VerificationRun.objects.get()
    assert run.right
    assert run.asked_by == world.person("auditor")
    assert run.events == Event.objects.exclude(kind="looked").count() + 1  # the look of whoever pressed
    assert "All as it was written" in text_of(response)
    assert "كل شيء كما كتب" in text_of(read(world, "ar"))


def test_problems_are_listed_in_words_with_links_to_their_events(world: World) -> None:
    dossier = world.dossier("screening")
    tamper(dossier, "in_review")
    response = press(world)
    (run,) = VerificationRun.objects.all()
    assert not run.right
    assert run.found == len(run.problems) >= 1
    text = text_of(response)
    assert "A state is not what the events tell" in text
    seq = next(seq for _stream, seq, code, _detail in run.problems if code == "state")
    assert reverse("audit_event", args=[dossier.pk, seq]) in response.content.decode()
    assert "Something is not as it was written" in text


def test_problems_are_told_in_the_language_of_who_reads_and_by_name(world: World) -> None:
    dossier = world.dossier("screening")
    tamper(dossier, "in_review")
    press(world)
    response = visitor(world.person("auditor"), "ar").get(address(VerificationRun.objects.get()))
    text = text_of(response).translate({0x2068: None, 0x2069: None})
    assert "هو في المرحلة 'in_review' ويقول سجله 'screening'" in text
    assert dossier.number in text
    assert "its trail says" not in text
    assert str(dossier.pk) not in text


def test_what_came_of_a_verification_stands_in_the_trail(world: World) -> None:
    dossier = world.dossier("screening")
    tamper(dossier, "in_review")
    last = make_checkpoint()
    press(world)
    run, event = VerificationRun.objects.get(), Event.objects.filter(kind="looked", actor=None).get()
    said = event.data["asked"]
    assert event.stream == world.person("auditor").pk
    assert said == {
        "run": str(run.pk),
        "events": str(run.events),
        "problems": str(run.found),
        "size": str(last.size),
        "root": last.root,
    }
    page = visitor(world.person("auditor"), "ar").get(reverse("audit_event", args=[event.stream, event.seq]))
    assert "المشكلات التي وُجدت" in text_of(page)
    assert not list(verify_all(stream=event.stream))


def test_problems_of_files_that_an_auditor_may_not_see_are_counted_and_not_told(world: World) -> None:
    world.scheme(changed(TINY, ("coordinator: [answers, trail]}", "auditor: [trail]}")))
    dossier = world.dossier("screening")
    tamper(dossier, "in_review")
    press(world)
    narrow = world.new_person("narrow")
    grant_role(user=narrow, role="auditor", scheme="tiny", by=SYSTEM)
    response = visitor(narrow).get(address(VerificationRun.objects.get()))
    assert str(dossier.pk) not in response.content.decode()
    assert "to what you may not see" in text_of(response)


def test_at_most_a_hundred_problems_are_kept_and_all_are_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "KEPT", 1)
    monkeypatch.setattr("accreditation_engine.portal.auditor.verifying.views.KEPT", 1)
    for _ in range(2):
        tamper(world.dossier("screening"), "in_review")
    response = press(world)
    run = VerificationRun.objects.get()
    assert len(run.problems) == 1
    assert run.found >= 2
    assert f"{run.found} problems in all" in text_of(response)


def test_second_press_shows_the_run_that_is_under_way(world: World, queue: None) -> None:
    press(world)
    response = press(world)
    assert VerificationRun.objects.count() == 1
    assert "A verification is under way already" in text_of(response)


def test_waiting_run_says_when_no_worker_was_seen_and_how_to_start_one(world: World, queue: None) -> None:
    PeriodicRun.objects.all().delete()
    assert "manage.py work" in text_of(press(world))
    PeriodicRun.objects.create(name="sweep", due_at=timezone.now(), started_at=timezone.now())
    assert "manage.py work" not in text_of(read(world))


def test_page_loads_itself_again_while_something_runs_and_not_afterwards(world: World, queue: None) -> None:
    assert b"http-equiv" not in read(world).content
    press(world)
    page = read(world).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "hx-trigger" in page
    verify_whole_trail.call(VerificationRun.objects.get().pk)
    page = read(world).content.decode()
    assert "http-equiv" not in page
    assert "hx-trigger" not in page


@pytest.mark.django_db(transaction=True)
def test_worker_runs_what_was_asked_for_once(world: World, queue: None) -> None:
    world.dossier("screening")
    press(world)
    press(world)
    assert DBTaskResult.objects.count() == 2
    run = VerificationRun.objects.get()
    assert run.open
    Worker(without=("sweep", "checkpoint")).round()
    run.refresh_from_db()
    assert run.right, (run.error, run.problems, run.unprotected, run.open)
    assert not run.open
    assert run.events > 0
    assert DBTaskResult.objects.successful().count() == 2


def test_run_whose_process_died_is_given_up_at_the_next_press(world: World) -> None:
    long_ago = timezone.now() - SIGNS_OF_LIFE - timedelta(seconds=1)
    dead = VerificationRun.objects.create(asked_at=long_ago, begun_at=long_ago, seen_at=long_ago)
    press(world)
    dead.refresh_from_db()
    assert (dead.open, dead.error) == (False, "stopped")
    assert VerificationRun.objects.latest("pk").right
    client = visitor(world.person("auditor"))
    assert "The worker stopped before it was done." in text_of(client.get(address(dead)))


@pytest.mark.django_db(transaction=True)
def test_run_that_breaks_off_says_so_and_lets_another_begin(world: World) -> None:
    world.dossier("screening")
    run = VerificationRun.objects.create(asked_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_agreed RENAME TO reviews_agreed_elsewhere")
    try:
        verify_whole_trail.call(run.pk)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reviews_agreed_elsewhere RENAME TO reviews_agreed")
    run.refresh_from_db()
    assert not run.open
    assert run.error in ("OperationalError", "ProgrammingError")
    assert "An error ended it" in text_of(visitor(world.person("auditor")).get(address(run)))


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_down_while_a_run_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TELL_EVERY", 0.02)
    run = VerificationRun.objects.create(asked_at=timezone.now(), begun_at=timezone.now(), total=10)
    tally = Tally(events=4)
    with told_meanwhile(VerificationRun.objects.filter(pk=run.pk), tally):
        end = time.monotonic() + 10
        while run.events != 4 and time.monotonic() < end:
            time.sleep(0.02)
            run.refresh_from_db()
        assert "40%: 4 of 10" in text_of(read(world))
    assert run.seen_at is not None


def test_rest_is_reckoned_from_what_is_done() -> None:
    now = timezone.now()
    run = VerificationRun(begun_at=now - timedelta(seconds=10), events=250, total=1000)
    assert remaining(run, now) == timedelta(seconds=30)
    for events in (0, 1000, 1200):
        assert remaining(VerificationRun(begun_at=now, events=events, total=1000), now) is None


def test_looks_are_written_down_and_pages_cost_at_most_fifteen_queries(world: World) -> None:
    press(world)
    run = VerificationRun.objects.get()
    client = visitor(world.person("auditor"))
    assert queries_for(client, PAGE) <= 10
    assert queries_for(client, address(run)) <= 12
    looks = Event.objects.filter(kind="looked").order_by("seq")
    pages = ["verification_all", "verification_result", "verification_run"]
    assert [each.data["page"] for each in looks] == pages


def test_run_that_does_not_exist_is_no_page(world: World) -> None:
    assert visitor(world.person("auditor")).get(f"{PAGE}9/").status_code == 404


def test_button_is_there_again_when_the_worker_was_killed(world: World) -> None:
    now = timezone.now()
    dead = VerificationRun.objects.create(
        asked_at=now, begun_at=now, seen_at=now - SIGNS_OF_LIFE - timedelta(seconds=1)
    )
    page = read(world)
    assert "has given no sign of life" in text_of(page)
    assert "Verify now" in text_of(page)
    press(world)
    dead.refresh_from_db()
    assert dead.error == "stopped"
    assert VerificationRun.objects.exclude(pk=dead.pk).get().right


def test_button_is_away_when_a_verification_runs(world: World) -> None:
    now = timezone.now()
    VerificationRun.objects.create(asked_at=now, begun_at=now, seen_at=now)
    assert "Verify now" not in text_of(read(world))
