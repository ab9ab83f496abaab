"""One criterion that a page saves by itself: kept, or refused in words that the page can show."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.two_tabs import NOTHING, mark
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, visitor
from tests.reviews.queue.waiting_files import QUEUED, reviewers, waiting
from tests.support.world import World, changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world: World) -> Dossier:
    return waiting(world, 1)[0]


@pytest.fixture
def people(world: World) -> list[User]:
    return reviewers(world, 2)


def typed(file: Dossier, assignment: Assignment, **fields: str) -> dict[str, str]:
    """What the page of `assignment` sends about the criterion a-1, opened when nothing was kept yet."""
    names = {f"{kind}-a-1": value for kind, value in fields.items()}
    work = f"{assignment.reviewer_id}.review-{assignment.pk}"
    return {"work": work, "criterion": "a-1", "was-a-1": mark(NOTHING), **names}


def send(client: Client, file: Dossier, sent: dict[str, str]) -> HttpResponse:
    address = page_of(file, "review_area", "mini", "a")
    return client.post(address, sent, headers={"accept": "application/json"})


def answer_to(person: User, file: Dossier, sent: dict[str, str], language: str = "en") -> Any:
    return send(visitor(person, language), file, sent).json()


def test_criterion_is_kept_and_the_page_brought_up_to_date_when_it_is_typed(
    file: Dossier, people: list[User]
) -> None:
    me = people[0]
    assignment = claim(dossier=file, by=me)
    answer = answer_to(me, file, typed(file, assignment, rating="٣", text="A note\r\n"))
    assert answer["state"] == "saved"
    assert answer["was"] == mark(("3", "A note"))
    rating = Rating.objects.get()
    assert (rating.criterion, rating.value, rating.note) == ("a-1", "3", "A note")
    assert set(answer["parts"]) == {"progress", "section-now", "missing"}
    assert "A 2" in answer["parts"]["missing"]
    assert "A 1" not in answer["parts"]["missing"]
    again = typed(file, assignment, rating="3", text="A note")
    assert answer_to(me, file, again)["state"] == "saved"
    assert Event.objects.filter(stream=file.pk, kind="rated").count() == 1


def test_saving_costs_no_more_than_it_must_when_one_criterion_is_typed(
    file: Dossier, people: list[User]
) -> None:
    assignment, client = claim(dossier=file, by=people[0]), visitor(people[0])
    with CaptureQueriesContext(connection) as captured:
        assert send(client, file, typed(file, assignment, rating="3")).status_code == 200
    asked = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    assert len(asked) == 14


def test_newer_rating_is_told_and_left_when_it_was_changed_elsewhere(
    file: Dossier, people: list[User]
) -> None:
    assignment = claim(dossier=file, by=people[0])
    answer_to(people[0], file, typed(file, assignment, rating="4", text="Newer"))
    answer = answer_to(people[0], file, typed(file, assignment, rating="1"))
    assert answer == {
        "state": "newer",
        "was": mark(("4", "Newer")),
        "kept": {"rating": "4", "text": "Newer", "words": "4 · Newer"},
    }
    assert Rating.objects.get().value == "4"


def test_refusal_is_in_words_when_the_rating_is_off_the_scale(file: Dossier, people: list[User]) -> None:
    assignment = claim(dossier=file, by=people[0])
    answer = answer_to(people[0], file, typed(file, assignment, rating="7", text="Kept by the page"))
    assert answer["state"] == "refused"
    assert "7" in answer["words"]
    assert not Rating.objects.exists()


def test_nothing_is_written_into_anothers_review_when_they_sign_in_in_the_same_browser(
    file: Dossier, people: list[User]
) -> None:
    me, other = people
    mine, _theirs = claim(dossier=file, by=me), claim(dossier=file, by=other)
    answer = answer_to(other, file, typed(file, mine, rating="1"), "ar")
    assert answer["state"] == "stranger"
    assert "سجل شخص آخر دخوله" in answer["words"]
    assert not Rating.objects.exists()


def test_attempt_is_refused_and_written_down_when_the_review_was_handed_over(
    file: Dossier, people: list[User]
) -> None:
    me, other = people
    assignment = claim(dossier=file, by=me)
    hand_over(assignment=assignment, to=other, reason="Ill", by=me)
    answer = answer_to(me, file, typed(file, assignment, rating="1"))
    assert answer["state"] == "closed"
    assert "handed over" in answer["words"]
    assert Event.objects.get(stream=file.pk, kind="refused").content["data"]["act"] == "rate"
    assert not Rating.objects.exists()


def test_old_page_is_refused_when_its_reader_was_asked_again_since(file: Dossier, people: list[User]) -> None:
    assignment = claim(dossier=file, by=people[0])
    release(assignment=assignment, by=people[0], reason="Ill")
    Assignment.objects.create(
        dossier=file, reviewer=people[0], origin="assigned", assigned_at=assignment.assigned_at
    )
    assert answer_to(people[0], file, typed(file, assignment, rating="1"))["state"] == "closed"
    assert not Rating.objects.exists()


def test_nothing_is_taken_when_interests_are_not_declared(world: World, people: list[User]) -> None:
    text = changed(QUEUED, ("claim: true", "claim: true, declare: true"))
    file = waiting(world, 1, text=text)[0]
    assignment = claim(dossier=file, by=people[0])
    answer = answer_to(people[0], file, typed(file, assignment, rating="1"))
    assert answer["state"] == "closed"
    assert not Rating.objects.exists()


def test_page_does_not_exist_when_somebody_guesses(file: Dossier, people: list[User]) -> None:
    me, other = people
    assignment = claim(dossier=file, by=me)
    guessed = typed(file, assignment, rating="1") | {"work": f"{other.pk}.review-{assignment.pk}"}
    assert send(visitor(other), file, guessed).status_code == 404
    unknown = typed(file, assignment, rating="1") | {"criterion": "nonsense"}
    assert send(visitor(me), file, unknown).status_code == 404
    assert send(visitor(), file, guessed).status_code == 302
