"""The list of concerns: for coordinators, panels and auditors, as far as the state of each shows it to them."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.complaints.models import Complaint
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World


@pytest.fixture
def three(world: World) -> list[Complaint]:
    """One that was just raised, one that the organisation answers, and one before the panel."""
    dossier = world.dossier("certified")
    found = [raise_concern(dossier=dossier, concern=Concern(f"Concern {each}.")).complaint for each in "abc"]
    for each in found[1:]:
        world.perform(each, "admit")
    world.perform(found[2], "answer", comment="It was a fee.")
    return found


def numbers(client: Client, **asked: str) -> list[str]:
    page = text_of(client.get(reverse("concerns"), asked))
    found = Complaint.objects.values_list("number", flat=True)
    return sorted((each for each in found if each in page), key=page.index)


def test_each_reads_those_whose_state_shows_them(world: World, three: list[Complaint]) -> None:
    every = [each.number for each in three]
    assert numbers(visitor(world.person("coordinator"))) == every
    assert numbers(visitor(world.person("auditor"))) == every
    assert numbers(visitor(world.person("panel"))) == every[1:]
    for nobody in (world.applicant, world.person("reviewer"), world.stranger):
        assert visitor(nobody).get(reverse("concerns")).status_code == 404
    for role in ("coordinator", "auditor", "panel"):
        reads = visitor(world.person(role))
        assert queries_for(reads, reverse("concerns")) <= 15
        assert f'href="{reverse("concerns")}"' in reads.get(reverse("home")).content.decode()


def test_it_is_narrowed_by_state_words_and_whom_it_waits_for(world: World, three: list[Complaint]) -> None:
    coordinator, panel = visitor(world.person("coordinator")), visitor(world.person("panel"))
    received, answering, deciding = (each.number for each in three)
    assert numbers(coordinator, state="answering") == [answering]
    assert numbers(coordinator, q=deciding) == [deciding]
    assert len(numbers(coordinator, q=three[0].dossier.organisation.name_en)) == 3
    assert numbers(coordinator, q="nobody of that name") == []
    assert numbers(coordinator, only="mine") == [received]
    assert numbers(panel, only="mine") == [deciding]
    assert "No concern fits" in text_of(coordinator.get(reverse("concerns"), {"state": "upheld"}))


def test_those_that_wait_longer_than_the_workflow_reminds_of_are_late(
    world: World, three: list[Complaint]
) -> None:
    coordinator = world.person("coordinator")
    assert numbers(visitor(coordinator), only="late") == []
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        assert numbers(visitor(coordinator), only="late") == [three[0].number]
        assert "6 days" in text_of(visitor(coordinator).get(reverse("concerns")))
    with time_machine.travel(timezone.now() + timedelta(days=22), tick=False):
        assert numbers(visitor(coordinator), only="late") == [each.number for each in three]


def test_the_list_is_taken_away_as_a_table(world: World, three: list[Complaint]) -> None:
    def lines(client: Client, **asked: str) -> list[dict[str, str]]:
        response = client.get(reverse("concerns_export"), asked)
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(text.splitlines()))

    received, answering, deciding = (each.number for each in three)
    found = lines(visitor(world.person("coordinator")))
    assert [each["number"] for each in found] == [received, answering, deciding]
    assert {each["late"] for each in found} == {""}
    assert [each["number"] for each in lines(visitor(world.person("panel")), only="mine")] == [deciding]
    assert visitor(world.applicant).get(reverse("concerns_export")).status_code == 404
    assert "Concern a." not in str(found)
