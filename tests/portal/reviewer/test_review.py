"""The review: one's own ratings beside the organisation's answers, and nobody else's."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.models import Assignment, Rating
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World

RUBRIC, AREA = "institutional-commitment", "integrity"


def address(dossier: Dossier) -> str:
    return reverse("review_area", args=[dossier.pk, RUBRIC, AREA])


def send(client: Client, dossier: Dossier, shown: dict[str, str] | None = None, **typed: str) -> HttpResponse:
    marks = shown or opened(client, dossier)
    fields = {name.replace("__", f"-{AREA}-"): value for name, value in typed.items()}
    return client.post(address(dossier), marks | fields)


def opened(client: Client, dossier: Dossier) -> dict[str, str]:
    page = client.get(address(dossier))
    return {name: hidden(page, name) for name in (f"was-{AREA}-{number}" for number in (1, 2, 3, 4))}


def own(world: World, dossier: Dossier, number: int = 0) -> Assignment:
    return dossier.assignments.get(reviewer=world.person("reviewer", number))


def test_rating_is_kept_with_its_private_note_when_it_is_saved(world: World) -> None:
    dossier = world.dossier("in_review")
    client = visitor(world.person("reviewer"))
    response = send(client, dossier, rating__1="unable_to_verify", text__1="Ask for the minutes")
    assert "1 rating was saved" in text_of(client.get(response.url))
    rating = Rating.objects.get(assignment=own(world, dossier), criterion="integrity-1")
    assert (rating.value, rating.note) == ("unable_to_verify", "Ask for the minutes")


def test_answer_and_evidence_stand_beside_the_rating_when_an_area_is_opened(world: World) -> None:
    dossier = world.dossier("in_review")
    content = text_of(visitor(world.person("reviewer")).get(address(dossier)))
    assert "The organisation's answer" in content
    assert "integrity-1.pdf" in content
    assert "Unable to verify" in content


def test_others_ratings_and_notes_are_nowhere_when_a_colleague_looks(world: World) -> None:
    dossier = world.dossier("in_review")
    send(visitor(world.person("reviewer", 0)), dossier, rating__1="1", text__1="A harsh word")
    colleague = visitor(world.person("reviewer", 1))
    for url in (address(dossier), page_of(dossier, "review"), page_of(dossier), "/"):
        content = colleague.get(url).content.decode()
        assert "A harsh word" not in content
        assert world.person("reviewer", 0).name not in content
    assert text_of(colleague.get(page_of(dossier, "review"))).count("0 of 40") == 1
    assert colleague.get(page_of(dossier, "ratings")).status_code == 404


def test_private_note_is_nobody_elses_when_the_ratings_are_shown(world: World) -> None:
    dossier = world.dossier("in_review")
    send(visitor(world.person("reviewer", 0)), dossier, rating__1="3", text__1="A harsh word")
    world.take_to(dossier, "reviewed")
    for role in ("coordinator", "auditor"):
        content = text_of(visitor(world.person(role)).get(page_of(dossier, "ratings")))
        assert world.person("reviewer", 0).name in content
        assert "A harsh word" not in content


def test_unsent_ratings_are_nobodys_when_the_auditor_looks(world: World) -> None:
    dossier = world.dossier("in_review")
    send(visitor(world.person("reviewer", 0)), dossier, rating__1="1")
    content = text_of(visitor(world.person("auditor")).get(page_of(dossier, "ratings")))
    assert "No review has been sent yet" in content


def test_what_was_typed_stays_when_a_rating_is_refused(world: World) -> None:
    dossier = world.dossier("in_review")
    response = send(visitor(world.person("reviewer")), dossier, rating__1="7", text__1="My note")
    assert response.status_code == 409
    assert ">My note</textarea>" in response.content.decode()
    assert not Rating.objects.filter(assignment=own(world, dossier)).exists()


def test_newer_rating_is_not_written_over_when_an_old_tab_is_saved(world: World) -> None:
    dossier = world.dossier("in_review")
    client = visitor(world.person("reviewer"))
    shown = opened(client, dossier)
    send(client, dossier, rating__1="3")
    response = send(client, dossier, shown, rating__1="1")
    assert response.status_code == 409
    assert "This was changed meanwhile" in text_of(response)
    assert Rating.objects.get(assignment=own(world, dossier), criterion="integrity-1").value == "3"


def test_missing_ratings_are_named_when_the_review_is_not_complete(world: World) -> None:
    dossier = world.dossier("in_review")
    page = visitor(world.person("reviewer")).get(page_of(dossier, "review"))
    assert "Send the review Not yet, because: 40 criteria are not rated yet" in text_of(page)
    assert f'href="{address(dossier)}#integrity-1">Complete your review' in page.content.decode()


def test_review_can_be_read_and_not_changed_when_it_is_sent(world: World) -> None:
    dossier = world.dossier("reviewed")
    client = visitor(world.person("reviewer"))
    assert "It can be read, and not be changed any more." in text_of(client.get(page_of(dossier, "review")))
    page = client.get(address(dossier)).content.decode()
    assert "save-row" not in page
    assert send(client, dossier, rating__1="0").status_code == 409


def test_what_was_typed_comes_back_when_the_review_was_released_meanwhile(world: World) -> None:
    dossier = world.dossier("in_review")
    client, assignment = visitor(world.person("reviewer")), own(world, dossier)
    shown = opened(client, dossier)
    coordinator = visitor(world.person("coordinator"))
    coordinator.post(page_of(dossier, "release", assignment.pk), {"reason": "Handed over"})
    response = send(client, dossier, shown, rating__1="3", text__1="A word to keep")
    assert response.status_code == 409
    content = text_of(response)
    assert "This review is closed" in content
    assert "A word to keep" in content
    assert dossier.organisation.name_en not in content
    assert client.get(page_of(dossier, "review")).status_code == 404


def test_review_does_not_exist_when_somebody_else_asks(world: World) -> None:
    dossier = world.dossier("in_review")
    for role in ("applicant", "coordinator", "auditor"):
        assert visitor(world.person(role)).get(page_of(dossier, "review")).status_code == 404
        assert (
            visitor(world.person(role)).post(address(dossier), {"rating-integrity-1": "4"}).status_code == 404
        )


def test_pages_cost_the_same_when_everything_is_rated(world: World) -> None:
    fresh, done = world.dossier("in_review"), world.dossier("reviewed")
    client = visitor(world.person("reviewer"))
    assert queries_for(client, address(fresh)) == queries_for(client, address(done)) <= 12
