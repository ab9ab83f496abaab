"""One criterion of the self-assessment that a page saves by itself."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.portal.dossier.two_tabs import NOTHING, mark
from tests.portal.visitor import page_of, visitor
from tests.support.world import World

AREA = ("institutional-commitment", "integrity")
CRITERION = "integrity-1"


def send(client: Client, world: World, dossier: Dossier, **fields: str) -> HttpResponse:
    names = {f"{kind}-{CRITERION}": value for kind, value in fields.items()}
    work = f"{world.applicant.pk}.answers-{dossier.pk}"
    sent = {"work": work, "criterion": CRITERION, f"was-{CRITERION}": mark(NOTHING), **names}
    address = page_of(dossier, "self_assessment_area", *AREA)
    return client.post(address, sent, headers={"accept": "application/json"})


def answer_to(world: World, dossier: Dossier, **fields: str) -> Any:
    return send(visitor(world.applicant), world, dossier, **fields).json()


def test_answer_is_kept_when_it_is_typed(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    with CaptureQueriesContext(connection) as captured:
        answer = send(client, world, dossier, rating="3", text="As decided in March").json()
    assert (answer["state"], answer["was"]) == ("saved", mark(("3", "As decided in March")))
    assert set(answer["parts"]) == {"progress", "missing", "section-now"}
    kept = Answer.objects.get(dossier=dossier)
    assert (kept.criterion, kept.rating, kept.narrative) == (CRITERION, "3", "As decided in March")
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) == 13


def test_reason_is_asked_for_when_a_criterion_is_said_not_to_apply(world: World) -> None:
    dossier = world.dossier()
    assert "Say why this does not apply" in answer_to(world, dossier, rating="not_applicable")["hint"]
    assert Answer.objects.get(dossier=dossier).rating == "not_applicable"


def test_newer_answer_of_a_colleague_is_told_and_left(world: World) -> None:
    dossier = world.dossier()
    answer_to(world, dossier, rating="3", text="A colleague's")
    answer = answer_to(world, dossier, rating="1", text="Mine")
    assert answer["kept"]["words"] == "3 · In place · A colleague's"
    assert Answer.objects.get(dossier=dossier).narrative == "A colleague's"


def test_nothing_is_taken_when_the_file_was_submitted_meanwhile(world: World) -> None:
    dossier = world.dossier("screening")
    answer = answer_to(world, dossier, rating="1")
    assert answer["state"] == "closed"
    assert "The self-assessment is closed" in answer["words"]
