"""Pages of sittings, and their minutes on paper."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.decisions.dissenting import dissent
from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.portal.calendar.entries import entries_of
from tests.decisions.secret import before_the_panel, cast, vote
from tests.decisions.sittings.test_sittings import attended, called, plan
from tests.portal.visitor import text_of, visitor
from tests.support.post import delivered
from tests.support.world import World, later

MOST = 15


@pytest.fixture
def file(world: World) -> Dossier:
    return before_the_panel(world)


def page(world: World, sitting: Sitting, role: str = "coordinator", number: int = 0, **more: Any) -> Any:
    return visitor(world.person(role, number), **more).get(reverse("sitting", args=[sitting.pk]))


def test_a_coordinator_calls_a_sitting_on_the_page(world: World, file: Dossier) -> None:
    client = visitor(world.person("coordinator"))
    typed = {
        "title_ar": "جلسة",
        "title_en": "Sitting",
        "place": "https://call.example/1",
        "starts_at": f"{timezone.localdate() + timedelta(days=5)}T10:00",
        "schemes": ["mini"],
        "members": [str(world.person("panel").pk)],
        f"place-{file.pk}": "1",
    }
    form = text_of(client.get(reverse("new_sitting")))
    assert "(panel" in form
    assert "Deciding" in form
    without = client.post(reverse("new_sitting"), {**typed, "title_ar": ""})
    assert without.status_code == 409
    assert 'value="https://call.example/1"' in without.content.decode()
    empty = client.post(reverse("new_sitting"), {**typed, f"place-{file.pk}": ""})
    assert empty.status_code == 409
    assert 'name="sure" value="sitting_without_agenda"' in empty.content.decode()
    assert not Sitting.objects.exists()
    assert client.post(reverse("new_sitting"), typed).status_code == 302
    sitting = Sitting.objects.get()
    assert [each.dossier for each in sitting.agenda.all()] == [file]
    assert "Sitting" in text_of(client.get(reverse("sittings")))


def test_pages_are_for_those_convened_coordinators_and_auditors(world: World, file: Dossier) -> None:
    sitting = called(world, file, members=2)
    for role, number, status in (
        ("coordinator", 0, 200),
        ("auditor", 0, 200),
        ("panel", 1, 200),
        ("panel", 2, 404),
        ("reviewer", 0, 404),
        ("applicant", 0, 404),
    ):
        assert page(world, sitting, role, number).status_code == status, role


def test_votes_stand_on_the_agenda_once_they_are_open(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    cast(file, world.person("panel"), "deny")
    sealed = text_of(page(world, sitting))
    assert "1 of 3 have voted" in sealed
    assert "Deny:" not in sealed
    for number in (1, 2):
        cast(file, world.person("panel", number), "grant")
    assert "Grant: 2" in text_of(page(world, sitting))


def test_a_file_is_closed_on_the_agenda_to_whoever_stepped_aside(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    recuse(dossier=file, reason="قريب", by=world.person("panel", 2))
    seen = text_of(page(world, sitting, "panel", 2))
    assert "This file is closed to you." in seen
    assert file.organisation.name_en not in seen


def cost(world: World, address: str) -> int:
    client = visitor(world.person("coordinator"))
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def discussed(world: World, *files: Dossier) -> Sitting:
    """A sitting at which all was said of these files that can be."""
    sitting = called(world, *files)
    for file in files:
        members = vote(world, file, "grant", "grant", "deny")
        dissent(dossier=file, reason="Evidence is thin", by=members[2])
        write_minutes(sitting=sitting, dossier=file, text="Discussed", seen=None, by=members[0])
    return sitting


def test_pages_cost_the_same_for_one_file_and_for_three(world: World, file: Dossier) -> None:
    one = discussed(world, file)
    three = discussed(world, *(before_the_panel(world) for _ in range(3)))
    for name in ("sitting", "change_sitting"):
        costs = [cost(world, reverse(name, args=[each.pk])) for each in (one, three)]
        assert costs[0] == costs[1] <= MOST, name


def test_a_time_that_is_none_comes_back_as_it_was_typed(world: World, file: Dossier) -> None:
    sitting = called(world, file)
    member = world.person("panel").pk
    answer = visitor(world.person("coordinator")).post(
        reverse("attendance", args=[sitting.pk]), {f"came-{member}": "1", f"from-{member}": "noon"}
    )
    assert answer.status_code == 409
    assert 'value="noon"' in answer.content.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_minutes_on_paper_hold_it_all_and_are_the_same_again(
    world: World, file: Dossier, language: str, tmp_path: Path
) -> None:
    sitting = called(world, file)
    attended(world, sitting)
    members = vote(world, file, "grant", "grant", "deny")
    dissent(dossier=file, reason="Evidence is thin", by=members[2])
    event = perform(file, "grant", members[0])
    write_minutes(sitting=sitting, dossier=file, text="Discussed at length", seen=None, by=members[0])
    client = visitor(world.person("coordinator"), language=language)
    address = reverse("minutes_pdf", args=[sitting.pk])
    content = client.get(address).content
    assert client.get(address).content == content
    text = text_in(content, tmp_path)
    for words in ("Evidence is thin", "Discussed at length", event.hash[:12], file.number):
        assert words in text


def text_in(content: bytes, folder: Path) -> str:
    paper = folder / "minutes.pdf"
    paper.write_bytes(content)
    asked = ["pdftotext", "-layout", str(paper), "-"]
    return subprocess.run(asked, capture_output=True, check=True, text=True).stdout


def test_minutes_on_paper_hold_no_vote_before_all_are_in(world: World, file: Dossier, tmp_path: Path) -> None:
    sitting = called(world, file)
    client, address = visitor(world.person("auditor")), reverse("minutes_pdf", args=[sitting.pk])
    cast(file, world.person("panel"), "deny")
    assert "Deny" not in text_in(client.get(address).content, tmp_path)
    for number in (1, 2):
        cast(file, world.person("panel", number), "grant")
    assert "Deny: 1" in text_in(client.get(address).content, tmp_path)


def test_a_sitting_stands_in_the_calendar_of_those_convened_until_it_is_over(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file, members=2)
    coming = [each for each in entries_of(world.person("panel")) if each.key == f"sitting-{sitting.pk}"]
    assert [each.begins for each in coming] == [sitting.starts_at]
    assert plan(world).place not in coming[0].title + coming[0].text
    assert not [each for each in entries_of(world.person("panel", 2)) if each.key.startswith("sitting")]
    with later(days=2):
        assert not [each for each in entries_of(world.person("panel")) if each.key.startswith("sitting")]


def test_the_mail_says_what_the_sitting_is_called_and_where_and_leads_to_it(
    world: World, file: Dossier
) -> None:
    sitting = called(world, file, members=1)
    (mail,) = [each for each in delivered() if each.to == [world.person("panel").email]]
    assert "جلسة الثلاثاء" in mail.body
    assert "القاعة ٢" in mail.body
    assert reverse("sitting", args=[sitting.pk]) in mail.body


def test_why_somebody_stepped_aside_is_read_by_those_who_read_the_trail(
    world: World, file: Dossier, tmp_path: Path
) -> None:
    sitting = called(world, file)
    recuse(dossier=file, reason="Brother of the chair", by=world.person("panel", 2))
    name, why = world.person("panel", 2).name, "Brother of the chair"
    assert why in text_of(page(world, sitting))
    paper = visitor(world.person("coordinator"), language="en").get(reverse("minutes_pdf", args=[sitting.pk]))
    assert why in text_in(paper.content, tmp_path)
    member = text_of(page(world, sitting, "panel", 1))
    assert f"Stepped aside: {name}" in member
    assert why not in member
