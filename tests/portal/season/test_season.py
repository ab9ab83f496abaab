"""The season of a coordinator: what each number counts, and the list behind it."""

from __future__ import annotations

import html
import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.definition_files import shipped
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.profiles import change_profile
from tests.portal.visitor import queries_for, text_of, visitor
from tests.reviews.queue.waiting_files import QUEUED, ask_for, reviewers, waiting
from tests.support.world import SHIPPED, TINY, World, changed, later

SEASON = reverse("season")
CHECKED_LATE = TINY.replace(
    "waits_for: coordinator, shows: {coordinator: [answers]}}",
    "waits_for: coordinator, deadline: {after: P5D, then: escalate}, shows: {coordinator: [answers]}}\n"
    "  escalated: {title: {ar: مصعد, en: Escalated}, waits_for: coordinator, shows: {coordinator: [answers]}}",
).replace(
    "  lapse: {title",
    "  escalate: {title: {ar: تصعيد, en: Escalate}, from: [checking], to: escalated, by: [system]}\n"
    "  end: {title: {ar: ختم, en: End}, from: [escalated], to: done, by: [coordinator]}\n"
    "  lapse: {title",
)

LATE_QUEUED = changed(
    QUEUED,
    ("    waits_for: reviewer\n", "    waits_for: reviewer\n    deadline: {after: P5D, then: pause_late}\n"),
    (
        "  resume: {title",
        "  pause_late: {title: {ar: تأخر, en: Late}, from: [in_review], to: paused, by: [system]}\n"
        "  resume: {title",
    ),
)


@pytest.fixture
def coordinator(world: World) -> User:
    return world.person("coordinator")


def behind(client: Client, page: HttpResponse, row: str, column: str) -> list[str]:
    """The numbers of the files in the list to which the number of `column` in the row of `row` leads."""
    rows = re.findall(r"<tr.*?</tr>", page.content.decode(), flags=re.S)
    (found,) = [each for each in rows if row in each.partition("</th>")[0]]
    cell = re.search(rf'data-label="{column}".*?href="([^"]*)"', found, flags=re.S)
    assert cell, f"no link under {column}"
    listed = client.get(html.unescape(cell[1])).content.decode()
    numbers = Dossier.objects.values_list("number", flat=True)
    return [each for each in numbers if re.search(rf"\b{each}\b", listed)]


def test_numbers_lead_to_the_files_that_they_count(world: World, coordinator: User) -> None:
    world.scheme(CHECKED_LATE)
    draft, checked = (world.dossier(state, scheme="tiny") for state in ("draft", "checking"))
    with later(days=8):
        client = visitor(coordinator)
        page = client.get(SEASON)
        text = text_of(page)
        assert "Open files 2" in text
        assert behind(client, page, "1. Draft", "Files") == [draft.number]
        assert behind(client, page, "2. Checking", "Files") == [checked.number]
        assert behind(client, page, "2. Checking", "Late") == [checked.number]
        assert f"{checked.number} Checking 3 days" in text
        assert "Draft 1 8 days 8 days 0" in text
        world.perform(checked, "escalate")
    with later(days=10):
        text = text_of(visitor(coordinator).get(SEASON))
        assert f"{checked.number} Escalated 2 days" in text


def test_only_own_schemes_are_counted(world: World) -> None:
    world.scheme(TINY)
    foreign, own = world.dossier("draft"), world.dossier("draft", scheme="tiny")
    person = world.new_person("half")
    grant_role(user=person, role="coordinator", scheme="tiny", by=SYSTEM)
    client = visitor(person)
    page = client.get(SEASON)
    assert "Institutional Commitment" not in text_of(page)
    listed = text_of(client.get(reverse("files"), {"season": 1, "only": "open"}))
    assert own.number in listed
    assert foreign.number not in listed


def test_load_tells_who_has_how_much_to_do(world: World, coordinator: User) -> None:
    first, second, third = waiting(world, 3)
    busy, idle = reviewers(world, 2)
    change_profile(reviewer=busy, by=coordinator, most=4)
    for dossier, days in ((first, -2), (second, 3), (third, 20)):
        ask_for(dossier, busy, due_in_days=days)
    client = visitor(coordinator)
    page = client.get(SEASON)
    assert f"{busy.name} 3 1 1 3 of at most 4" in text_of(page)
    assert f"{idle.name} 0 0 0 0" in text_of(page)
    everything = sorted(each.number for each in (first, second, third))
    assert sorted(behind(client, page, busy.name, "Reviews being written")) == everything
    assert behind(client, page, busy.name, "Due within a week") == [second.number]
    assert behind(client, page, busy.name, "Overdue") == [first.number]


def test_list_behind_a_number_keeps_to_it_when_it_is_searched(world: World, coordinator: User) -> None:
    first, second = waiting(world, 2)
    reader = reviewers(world, 1)[0]
    ask_for(first, reader)
    chosen = {"season": 1, "review": "any", "reviewer": str(reader.pk)}
    page = visitor(coordinator).get(reverse("files"), chosen)
    assert f'name="reviewer" value="{reader.pk}"' in page.content.decode()
    assert f"with a review being written · {reader.name}" in text_of(page)
    assert second.number not in text_of(page)
    odd = {"season": 1, "review": "any", "reviewer": "nobody", "scheme": "\x00", "only": "?"}
    assert visitor(coordinator).get(reverse("files"), odd).status_code == 200


def test_decision_that_is_kept_from_coordinators_is_told_by_no_number(
    world: World, coordinator: User
) -> None:
    text = (settings.WORKFLOWS_DIR / f"{SHIPPED}.yaml").read_text(encoding="utf-8")
    votes = "coordinator: [answers, evidence, questions, ratings, scores, findings, report, votes"
    told = "\n      reviewer: [answers, evidence, questions, own_ratings, consensus, findings, report]"
    kept = changed(text, (f"{votes}, decision, trail]{told}", f"{votes}, trail]{told}"))
    rubrics = [each.read_text(encoding="utf-8") for each in shipped("rubric")]
    world.scheme(changed(kept, ('\nedition: "2026.1"', '\nedition: "kept"')), *rubrics)
    files = [world.dossier(state) for state in ("deciding", "certificate_decided")]
    client = visitor(coordinator)
    page = client.get(SEASON)
    text = text_of(page)
    assert "Before the panel 2 0" in text
    assert "granted, not announced" not in text
    assert behind(client, page, "Before the panel", "Files") == [each.number for each in files]


def test_season_is_nothing_for_others(world: World) -> None:
    dossier = world.dossier("draft")
    for person in (world.applicant, world.person("reviewer"), world.person("panel")):
        assert visitor(person).get(SEASON).status_code == 404
    shown = visitor(world.applicant).get(reverse("files"), {"season": 1, "only": "late"})
    assert dossier.number in text_of(shown)


def test_season_costs_the_same_for_many_files(world: World, coordinator: User) -> None:
    def season_with(files: int, readers: list[User]) -> int:
        for dossier in waiting(world, files, text=LATE_QUEUED):
            for each in readers:
                ask_for(dossier, each, due_in_days=-1)
        with later(days=8):
            return queries_for(visitor(coordinator), SEASON)

    readers = reviewers(world, 3)
    few = season_with(1, readers[:1])
    assert few == season_with(12, readers)
    assert few <= 15
