"""What pages, the trail and the desk tell of votes before all are in: that somebody voted, never how."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.engine import registry
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.trail.models import Event
from tests.decisions.secret import before_the_panel, cast, refused, vote
from tests.portal.visitor import act, page_of, text_of, visitor
from tests.support.world import World

READERS = [("panel", 1), ("coordinator", 0), ("auditor", 0)]
WHY = "كلمة لا يعرفها أحد"


@pytest.fixture
def file(world: World) -> Dossier:
    return before_the_panel(world)


def pages(world: World, file: Dossier, role: str, number: int) -> list[str]:
    """Everything that the reader can open about the file."""
    client = visitor(world.person(role, number))
    addresses = [page_of(file)]
    if role != "panel":
        addresses += [reverse(name, args=[file.pk]) for name in ("trail", "as_of")]
    if role == "auditor":
        event = Event.objects.get(stream=file.pk, transition="vote", kind="transition")
        addresses += [
            f"{reverse('audit')}?file={file.number}",
            reverse("audit_event", args=[file.pk, event.seq]),
        ]
    return [client.get(each).content.decode() for each in addresses]


@pytest.mark.parametrize(("role", "number"), READERS)
def test_how_somebody_voted_is_on_no_page_before_all_are_in(
    world: World, file: Dossier, role: str, number: int
) -> None:
    event = cast(file, world.person("panel"), "deny", comment=WHY)
    for page in pages(world, file, role, number):
        assert WHY not in page
        assert event.data["judged"]["salt"] not in page


def test_words_of_a_secret_vote_are_found_by_no_search_before_all_are_in(world: World, file: Dossier) -> None:
    event = cast(file, world.person("panel"), "deny", comment=WHY)
    client = visitor(world.person("auditor"))

    def found() -> list[int]:
        return [each.event.seq for each in client.get(reverse("audit"), {"q": WHY}).context["events"]]

    assert found() == []
    for number in (1, 2):
        cast(file, world.person("panel", number), "grant")
    assert found() == [event.seq]


def test_reasons_of_a_vote_are_read_once_all_are_in(world: World, file: Dossier) -> None:
    cast(file, world.person("panel"), "deny", comment=WHY)
    reader = visitor(world.person("panel", 1))
    page = text_of(reader.get(page_of(file)))
    assert WHY not in page
    assert "Votes cast: 1 of 3" in page
    assert "Yet to vote" in page
    assert world.person("panel").name in page
    for number in (1, 2):
        cast(file, world.person("panel", number), "grant")
    assert WHY in text_of(reader.get(page_of(file)))


def test_everybody_reads_their_own_vote(world: World, file: Dossier) -> None:
    cast(file, world.person("panel"), "deny", comment=WHY)
    assert WHY in text_of(visitor(world.person("panel")).get(page_of(file)))


def test_a_reviewer_of_the_file_who_holds_the_panel_role_reads_no_votes_and_gets_no_mail_of_them(
    world: World, file: Dossier
) -> None:
    reviewer = world.person("reviewer")
    grant_role(user=reviewer, role="panel", by=world.person("administrator"))
    for number, choice in enumerate(("deny", "grant", "grant")):
        cast(file, world.person("panel", number), choice, comment=WHY)
    page = visitor(reviewer).get(page_of(file))
    assert "Votes cast" not in text_of(page)
    assert WHY not in text_of(page)
    assert visitor(reviewer).get(reverse("trail", args=[file.pk])).status_code == 404
    assert not dossiers_of(reviewer, "panel").exists()
    assert reviewer not in registry.roles["panel"].people(file)
    assert refused(cast, file, reviewer, "grant") == ["involved"]


def test_two_ballots_that_differ_in_choices_alone_look_alike(world: World) -> None:
    """Seats, counts and buttons are the same, whatever was chosen."""
    shown = []
    for choice in ("grant", "deny"):
        file = before_the_panel(world)
        vote(world, file, choice, choice)
        response = visitor(world.person("panel", 2)).get(page_of(file))
        votes = {name: response.context["votes"][name] for name in ("seats", "cast", "of", "rule", "awaited")}
        names = [sorted(each) for each in response.context["votes"]["voters"]]
        acts = [
            (each["name"], each["allowed"], [reason["text"] for reason in each["reasons"]])
            for each in response.context["actions"]["acts"]
        ]
        shown.append((votes, names, acts))
    assert shown[0] == shown[1]


def test_a_member_steps_aside_on_a_page_and_the_file_is_gone(world: World, file: Dossier) -> None:
    client = visitor(world.person("panel", 2))
    address = reverse("recuse", args=[file.pk])
    assert address in client.get(page_of(file)).content.decode()
    refused = client.post(address, {"reason": " "})
    assert refused.status_code == 409
    assert client.post(address, {"reason": "قريب"}).status_code == 302
    assert client.get(page_of(file)).status_code == 404
    assert visitor(world.person("coordinator")).get(address).status_code == 404


def test_a_dissent_stands_with_the_votes(world: World, file: Dossier) -> None:
    vote(world, file, "grant", "grant", "deny")
    client = visitor(world.person("panel", 2))
    assert client.post(reverse("dissent", args=[file.pk]), {"reason": "أخالف القرار"}).status_code == 302
    assert "أخالف القرار" in text_of(visitor(world.person("auditor")).get(page_of(file)))


def test_nobody_is_asked_to_dissent_where_votes_are_equal_or_their_own_choice_is_carried(
    world: World, file: Dossier
) -> None:
    members = vote(world, file, "deny", "grant", "abstain")
    for member in members[:2]:
        page = visitor(member).get(page_of(file))
        assert "Record your dissent" not in text_of(page)
        led = visitor(member).get(reverse("dissent", args=[file.pk]), follow=True)
        assert "You did not vote for anything else than what the ballot came to" in text_of(led)


def test_whoever_has_voted_is_told_that_the_vote_is_in(world: World, file: Dossier) -> None:
    client = visitor(world.person("panel"))
    act(client, file, "vote", choice="grant")
    assert "Your vote is in." in text_of(client.get(page_of(file)))


def test_a_ballot_counts_the_same_seats_before_and_after_the_last_vote(world: World, file: Dossier) -> None:
    for number in (1, 2):
        recuse(dossier=file, reason="قريب", by=world.person("panel", number))
    client = visitor(world.person("coordinator"))
    assert "Votes cast: 0 of 1" in text_of(client.get(page_of(file)))
    cast(file, world.person("panel"), "grant")
    assert "Votes cast: 1 of 1" in text_of(client.get(page_of(file)))


def test_too_few_seats_for_the_quorum_are_told_with_what_to_do(world: World, file: Dossier) -> None:
    for number in (1, 2):
        recuse(dossier=file, reason="قريب", by=world.person("panel", number))
    client, told = visitor(world.person("panel")), "not reached by those who vote here: 1 of 2."
    before = text_of(client.get(page_of(file)))
    assert told in before
    cast(file, world.person("panel"), "grant")
    after = text_of(client.get(page_of(file)))
    assert told in after
    (grant,) = [
        each for each in client.get(page_of(file)).context["actions"]["acts"] if each["name"] == "grant"
    ]
    assert "has the ballot opened anew" in grant["reasons"][0]["text"]


def test_the_casting_vote_is_told_of_the_choice_it_holds_for_and_abstention_counts_as_none(
    world: World, file: Dossier
) -> None:
    members = vote(world, file, "deny", "grant", "abstain")
    page = text_of(visitor(members[0]).get(page_of(file)))
    assert "“Deny” is carried if whoever has the casting vote chose it" in page
    assert "has 1 of 2 votes; it needs at least two thirds of the votes. 1 abstention is not counted." in page


def test_what_one_can_do_comes_first_and_votes_that_are_over_after_the_scores(
    world: World, file: Dossier
) -> None:
    members = vote(world, file, "grant", "grant", "deny")
    member = visitor(members[0])
    assert places(member, file) == ["acts", "votes", "scores"]
    perform(file, "grant", members[0])
    assert places(member, file) == ["acts", "scores", "votes"]


def places(client: Client, file: Dossier) -> list[str]:
    """The parts of the page in the order of its text."""
    content = client.get(page_of(file)).content.decode()
    marks = {"acts": 'id="acts"', "votes": 'id="votes"', "scores": "table scores"}
    return sorted(marks, key=lambda part: content.index(marks[part]))
