"""The page on which reviewers agree on ratings."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Agreed, Assignment, Proposal
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World

RUBRIC, CRITERION = "institutional-commitment", "integrity-1"


def close(world: World, file: Dossier, *criteria: str) -> Dossier:
    """Every review sent, the second with the lowest rating for `criteria`."""
    world.take_to(file, "in_review")
    for place, review in enumerate(Assignment.objects.filter(dossier=file).order_by("pk")):
        given = {
            key: Rated("0", "لم أجد شيئا") if place and key[1] in criteria else Rated(value)
            for key, value in world.case(file).ratings.items()
        }
        rate(assignment=review, ratings=given, by=review.reviewer)
        perform(file, "send_review", review.reviewer)
    world.perform(file, "close_review")
    return file


@pytest.fixture
def file(world: World) -> Dossier:
    return close(world, world.dossier("in_review"), CRITERION)


def reviewers(file: Dossier) -> list[User]:
    return [each.reviewer for each in Assignment.objects.filter(dossier=file).order_by("pk")]


def send(client: Client, file: Dossier, act: str, **typed: str) -> HttpResponse:
    return client.post(page_of(file, "consensus"), {"act": act, **typed})


def propose(
    client: Client, file: Dossier, value: str = "2", reason: str = "بعد المناقشة", seen: str = "0"
) -> Any:
    typed = {"value": value, "reason": reason, "seen": seen}
    return send(client, file, "propose", rubric=RUBRIC, criterion=CRITERION, **typed)


def test_reviewers_agree_side_by_side_and_nobody_is_named(world: World, file: Dossier) -> None:
    one, other = (visitor(each) for each in reviewers(file))
    page = text_of(one.get(page_of(file, "consensus")))
    assert "Reviewer A (you)" in page
    assert "A rating counts once all reviewers (2) agree on it." in page
    assert "Where they do not, 2 members of the panel can agree on one for them." in page
    assert "Reviewer B" in page
    assert "لم أجد شيئا" not in page, "a note is private"
    assert "لم أجد شيئا" in text_of(other.get(page_of(file, "consensus")))
    assert "لم أجد شيئا" not in text_of(visitor(world.person("panel")).get(page_of(file, "consensus")))
    assert all(each.name not in page for each in reviewers(file)[1:])
    assert propose(one, file).status_code == 302
    seen = text_of(other.get(page_of(file, "consensus")))
    assert "بعد المناقشة" in seen
    assert "Proposed: 2 (Partly in place) — 1 of 2 reviewers agrees" in seen
    assert send(other, file, "confirm", proposal=str(Proposal.objects.get().pk)).status_code == 302
    assert Agreed.objects.get(dossier=file).value == "2"
    page = text_of(one.get(page_of(file, "consensus")))
    assert "agreed: 2" in page
    assert "2 of 2 reviewers agree بعد المناقشة" in page
    assert "Propose a rating" not in page


def test_typed_proposal_stays_when_it_is_refused(file: Dossier) -> None:
    response = propose(visitor(reviewers(file)[0]), file, value="", reason="لأن السجل ناقص")
    assert response.status_code == 409
    assert "لأن السجل ناقص" in text_of(response)
    assert not Proposal.objects.exists()


def test_endless_reason_comes_back_whole_and_says_how_long_it_is(file: Dossier) -> None:
    client = visitor(reviewers(file)[0])
    response = propose(client, file, reason="س" * 20_001)
    assert response.status_code == 409
    assert "has 20001 characters; at most 20000 are taken" in text_of(response)
    assert "س" * 20_001 in response.content.decode()
    assert propose(client, file, reason="\u200b").status_code == 409
    assert not Proposal.objects.exists()


def test_form_that_has_not_seen_the_newest_proposal_replaces_nothing(file: Dossier) -> None:
    one, other = (visitor(each) for each in reviewers(file))
    assert hidden(one.get(page_of(file, "consensus")), "seen") == "0"
    assert propose(one, file, value="3", reason="ما في المحضر").status_code == 302
    stale = propose(one, file, value="1", reason="من نافذة أخرى")
    assert stale.status_code == 409
    page = text_of(stale)
    assert "Another rating has been proposed here since you opened this page." in page
    assert "ما في المحضر" in page, "the newer one is shown"
    assert "من نافذة أخرى" in page, "what was typed is kept"
    assert "Your proposal takes the place of the one that reviewers have made." in page
    assert [each.value for each in Proposal.objects.filter(closed_at=None)] == ["3"]
    seen = hidden(stale, "seen")
    assert propose(one, file, value="1", reason="من نافذة أخرى", seen=seen).status_code == 302
    assert [each.value for each in Proposal.objects.filter(closed_at=None)] == ["1"]
    assert propose(other, file, seen="x").status_code == 409


def test_panel_is_told_of_the_proposal_that_reviewers_have_made(world: World, file: Dossier) -> None:
    panel, told = visitor(world.person("panel")), "The reviewers have a proposal of their own"
    page = panel.get(page_of(file, "consensus"))
    assert told not in text_of(page)
    propose(visitor(reviewers(file)[0]), file)
    assert propose(panel, file, seen=hidden(page, "seen")).status_code == 409
    page = panel.get(page_of(file, "consensus"))
    assert told in text_of(page)
    assert propose(panel, file, seen=hidden(page, "seen")).status_code == 302
    beside = text_of(visitor(reviewers(file)[1]).get(page_of(file, "consensus")))
    assert "The panel has a proposal as well." in beside


def test_proposal_is_withdrawn_by_its_own_button(file: Dossier) -> None:
    client = visitor(reviewers(file)[0])
    propose(client, file)
    send(client, file, "withdraw", proposal=str(Proposal.objects.get().pk))
    assert Proposal.objects.get().closed_at is not None


@pytest.mark.parametrize("typed", [{"act": "confirm", "proposal": "x"}, {"act": "other", "proposal": "1"}])
def test_nonsense_is_a_bad_request(file: Dossier, typed: dict[str, str]) -> None:
    assert visitor(reviewers(file)[0]).post(page_of(file, "consensus"), typed).status_code == 400


def test_proposal_of_another_file_does_not_exist_when_its_number_is_guessed(
    world: World, file: Dossier
) -> None:
    propose(visitor(reviewers(file)[0]), file)
    other = close(world, world.dossier("in_review"), CRITERION)
    number = str(Proposal.objects.get().pk)
    assert send(visitor(reviewers(other)[1]), other, "confirm", proposal=number).status_code == 404


def test_page_exists_only_where_the_state_shows_it(world: World, file: Dossier) -> None:
    address = page_of(file, "consensus")
    assert visitor(world.person("panel")).get(address).status_code == 200
    for person in (world.applicant, world.person("coordinator"), world.person("auditor"), world.stranger):
        assert visitor(person).get(address).status_code == 404
    before = world.dossier("in_review")
    assert visitor(reviewers(before)[0]).get(page_of(before, "consensus")).status_code == 404


def test_coordinator_reads_on_what_reviewers_have_to_agree(world: World, file: Dossier) -> None:
    page = text_of(visitor(world.person("coordinator")).get(page_of(file)))
    assert "too far apart on 1 criterion" in page


def test_panel_is_shown_where_to_agree_before_it_votes(world: World, file: Dossier) -> None:
    page = visitor(world.person("panel"), "ar").get(page_of(file, "consensus"))
    assert "درجات يلزم التوافق عليها" in text_of(page)
    assert "المراجع أ" in text_of(page)


def test_trail_tells_of_proposals_only_what_may_be_seen(world: World, file: Dossier) -> None:
    one, other = (visitor(each) for each in reviewers(file))
    propose(one, file)
    send(other, file, "confirm", proposal=str(Proposal.objects.get().pk))
    page = text_of(visitor(world.person("auditor")).get(page_of(file, "trail")))
    for words in (
        "A rating was proposed to agree on",
        "A proposed rating was agreed to",
        "A rating was agreed",
    ):
        assert words in page


def test_page_costs_the_same_however_many_criteria(world: World, file: Dossier) -> None:
    many = close(world, world.dossier("in_review"), CRITERION, "integrity-2", "equality-1", "equality-2")
    costs = set()
    for each in (file, many):
        client = visitor(reviewers(each)[0])
        for criterion in (CRITERION, "equality-1")[: 1 if each is file else 2]:
            send(client, each, "propose", rubric=RUBRIC, criterion=criterion, value="2", reason="-")
        costs.add(queries_for(client, page_of(each, "consensus")))
    assert len(costs) == 1
