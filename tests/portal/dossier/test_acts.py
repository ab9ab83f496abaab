"""Taking a step on the page: done once, refused in words, and what was typed stays."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from accreditation_engine.decisions.models import Vote
from accreditation_engine.decisions.queries import standing_of
from accreditation_engine.engine.perform import perform
from accreditation_engine.trail.models import Event, Text
from tests.portal.visitor import act, hidden, page_of, text_of, visitor
from tests.support.world import World, later


def test_step_is_taken_and_said_when_it_is_allowed(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    response = act(client, dossier, "return_for_completion", comment="Add the minutes.")
    assert response.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "returned"
    assert Text.objects.get(stream=dossier.pk, seq=dossier.state_seq).text == "Add the minutes."
    assert "Done: Return for completion. The state is now “Returned for completion”." in text_of(
        client.get(response.url)
    )


def test_step_is_refused_with_all_reasons_when_something_is_missing(world: World) -> None:
    dossier = world.dossier("draft")
    response = act(visitor(world.applicant), dossier, "submit", comment="We are ready")
    assert response.status_code == 409
    content = text_of(response)
    assert "This was not done" in content
    assert "40 criteria are not answered yet" in content
    assert "The code of conduct is not accepted yet" in content
    dossier.refresh_from_db()
    assert dossier.state == "draft"


def test_typed_comment_stays_when_the_page_is_stale(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    version = hidden(client.get(page_of(dossier)), "version")
    world.perform(dossier, "return_for_completion")
    world.perform(dossier, "submit")
    response = act(client, dossier, "return_for_completion", version=version, comment="A long reason")
    assert response.status_code == 409
    assert "has moved on since you opened this page" in text_of(response)
    assert ">A long reason</textarea>" in response.content.decode()


def test_typed_comment_is_given_back_when_a_colleague_has_pressed_the_button(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    version = hidden(client.get(page_of(dossier)), "version")
    world.perform(dossier, "accept")
    response = act(client, dossier, "return_for_completion", version=version, comment="A long reason")
    assert response.status_code == 409
    assert "What you typed" in text_of(response)
    assert ">A long reason</textarea>" in response.content.decode()


def test_step_needs_its_comment_when_one_is_required(world: World) -> None:
    dossier = world.dossier("screening")
    response = act(visitor(world.person("coordinator")), dossier, "return_for_completion", comment="  ")
    assert response.status_code == 409
    assert "this step needs a comment" in text_of(response)


def test_step_is_taken_once_when_the_button_is_pressed_twice(world: World) -> None:
    dossier = world.dossier("deciding")
    client = visitor(world.person("panel"))
    version = hidden(client.get(page_of(dossier)), "version")
    for _press in range(3):
        response = act(client, dossier, "vote", version=version, choice="certify", comment="It is earned.")
        assert response.status_code == 302
    assert "Your vote is in." in text_of(client.get(response.url))
    assert Vote.objects.filter(ballot__dossier=dossier).count() == 1
    assert not Event.objects.filter(stream=dossier.pk, kind="refused").exists()


def test_step_that_moved_the_file_is_no_refused_attempt_when_its_button_is_pressed_again(
    world: World,
) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    version = hidden(client.get(page_of(dossier)), "version")
    for _press in range(3):
        response = act(client, dossier, "return_for_completion", version=version, comment="Minutes.")
        assert response.status_code == 302
    assert Event.objects.filter(stream=dossier.pk, transition="return_for_completion").count() == 1


def test_step_is_refused_and_logged_when_it_is_not_the_one_just_taken(world: World) -> None:
    """Another choice, other words, another person, or a while later."""
    dossier = world.dossier("deciding")
    clients = [visitor(world.person("panel", number)) for number in range(2)]
    version = hidden(clients[0].get(page_of(dossier)), "version")
    first = {"version": version, "choice": "certify", "comment": "It is earned."}
    act(clients[0], dossier, "vote", **first)
    for changed in ({"choice": "refuse"}, {"comment": "On second thoughts."}):
        response = act(clients[0], dossier, "vote", **{**first, **changed})
        assert response.status_code == 409
        assert "A vote is cast once" in text_of(response)
    with later(seconds=11):
        assert act(clients[0], dossier, "vote", **first).status_code == 409
    assert Event.objects.filter(stream=dossier.pk, kind="refused", transition="vote").count() == 3


def test_vote_needs_a_choice_when_none_is_made(world: World) -> None:
    dossier = world.dossier("deciding")
    response = act(visitor(world.person("panel")), dossier, "vote", comment="My reasons")
    assert "Choose how you vote: Certify, Refuse, Abstain." in text_of(response)
    assert ">My reasons</textarea>" in response.content.decode()


def test_chosen_vote_stays_chosen_when_the_page_is_stale(world: World) -> None:
    dossier = world.dossier("deciding")
    response = act(visitor(world.person("panel")), dossier, "vote", version="of yesterday", choice="refuse")
    assert 'value="refuse" required checked' in response.content.decode()


def test_certificate_is_issued_when_the_panel_votes_and_certifies_on_its_page(world: World) -> None:
    dossier = world.dossier("deciding")
    for number in range(3):
        act(
            visitor(world.person("panel", number)), dossier, "vote", choice="certify", comment="It is earned."
        )
    client = visitor(world.person("panel"))
    content = text_of(client.get(page_of(dossier)))
    assert "Votes cast: 3 of 3" in content
    assert content.count("It is earned.") == 3
    assert act(client, dossier, "certify").status_code == 302
    assert "Open in the register" not in text_of(client.get(page_of(dossier)))
    announced = act(visitor(world.person("coordinator")), dossier, "announce_certificate")
    assert announced.status_code == 302
    assert "Open in the register" in text_of(client.get(page_of(dossier)))


def test_button_waits_with_its_reasons_when_a_step_is_not_yet_possible(world: World) -> None:
    content = text_of(visitor(world.person("panel")).get(page_of(world.dossier("deciding"))))
    assert "Not yet, because: 3 members have yet to vote." in content


def test_nothing_is_offered_when_the_reader_has_no_part(world: World) -> None:
    content = text_of(visitor(world.person("auditor")).get(page_of(world.dossier("deciding"))))
    assert "Nothing for you to do here now." in content


@pytest.mark.parametrize("transition", ["certify", "accept"])
def test_step_of_others_is_refused_and_logged_when_it_is_forged(world: World, transition: str) -> None:
    dossier = world.dossier("screening")
    response = act(visitor(world.applicant), dossier, transition)
    assert response.status_code == 409
    assert "This step is taken by" in text_of(response)
    assert Event.objects.filter(stream=dossier.pk, kind="refused", actor=world.applicant.pk).exists()


@pytest.mark.parametrize("role", ["coach", "administrator"])
def test_step_is_logged_when_whoever_asks_for_it_has_no_part_in_the_file(world: World, role: str) -> None:
    """Its address answers as if there were no such file; pressed again and again it is one attempt, each step its
    own, and no word that was typed gets in."""
    dossier, person = world.dossier("screening"), world.person(role)
    client = visitor(person)
    for step in ("accept", "accept", "return_for_completion", "no such step\0"):
        answer = act(client, dossier, step, version="x", comment="please")
        assert answer.status_code == 404
    typed = {"transition": "no such step\0", "version": "x", "comment": "please"}
    nothing = client.post(reverse("dossier", args=[uuid4()]), typed)
    assert text_of(answer) == text_of(nothing)
    tried = Event.objects.filter(stream=dossier.pk, kind="refused", actor=person.pk).order_by("seq")
    assert [each.transition for each in tried] == ["accept", "return_for_completion", ""]
    assert tried[2].data == {"act": "open_file", "reasons": [{"code": "no_part"}]}
    told = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert "Not done: Send to review" in told


@pytest.mark.parametrize("transition", ["", "no_such_step", "x" * 300, "submit\0", "../submit"])
def test_request_is_bad_when_no_such_step_exists(world: World, transition: str) -> None:
    dossier = world.dossier("draft")
    events = Event.objects.filter(stream=dossier.pk).count()
    assert act(visitor(world.applicant), dossier, transition).status_code == 400
    assert Event.objects.filter(stream=dossier.pk).count() == events


def test_applicant_reads_the_outer_words_when_a_step_is_refused(world: World) -> None:
    dossier = world.dossier("review_overdue")
    response = act(visitor(world.applicant), dossier, "withdraw", version="old", comment="Why")
    content = text_of(response)
    assert "it is now in “In review”" in content
    assert "overdue" not in content.lower()


def test_sent_comment_is_shown_as_text_when_it_holds_markup(world: World) -> None:
    dossier = world.dossier("refused")
    client = visitor(world.applicant)
    response = act(client, dossier, "appeal", version="old", comment="<script>alert(1)</script>")
    assert "<script>alert(1)" not in response.content.decode()


def test_vote_is_refused_when_its_page_was_made_for_an_older_ballot(world: World) -> None:
    file = world.dossier("deciding")
    early, late = visitor(world.person("panel")), visitor(world.person("panel", 1))
    old = hidden(late.get(page_of(file)), "version")
    assert act(early, file, "vote", choice="refuse").status_code == 302
    coordinator = visitor(world.person("coordinator"))
    for step in ("close_ballot", "new_ballot"):
        assert act(coordinator, file, step, comment="أدلة جديدة").status_code == 302
    answer = act(late, file, "vote", choice="refuse", version=old)
    assert answer.status_code == 409
    standing = standing_of(file)
    assert standing is not None
    assert not standing.votes


def test_page_of_the_applicant_is_made_from_the_same_when_a_ballot_is_opened_anew(world: World) -> None:
    file = world.dossier("deciding")
    applicant = visitor(world.applicant)
    before = hidden(applicant.get(page_of(file)), "version")
    world.perform(file, "vote", data={"choice": "refuse"})
    for step in ("close_ballot", "new_ballot"):
        perform(file, step, world.person("coordinator"), comment="أدلة جديدة")
    assert hidden(applicant.get(page_of(file)), "version") == before
    assert act(applicant, file, "withdraw", version=before, comment="عدلنا عن الطلب").status_code == 302
