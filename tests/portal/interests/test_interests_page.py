"""The page of interests: what is declared before a file opens, what the organisation says, what is answered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join, leave
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.declaring import declare
from accreditation_engine.reviews.interests.models import (
    Declaration,
    Interest,
    Objection,
    Override,
    TieWithdrawal,
)
from accreditation_engine.reviews.interests.objecting import object_to
from accreditation_engine.reviews.interests.overriding import propose_override
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.reviews.interests.scheme import allowed_with_a_tie, asked, declaring_scheme, free
from tests.support.small import fill
from tests.support.world import World, later


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    declaring_scheme(world)


def refusals(file: Dossier) -> list[list[str]]:
    events = Event.objects.filter(stream=file.pk, kind="refused").order_by("seq")
    return [[each["code"] for each in event.data["reasons"]] for event in events]


# Before declaring


def test_first_page_leads_to_the_declaration_and_nothing_is_shown(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    response = client.get(page_of(assignment.dossier), follow=True)
    assert response.redirect_chain == [(page_of(assignment.dossier, "interests"), 302)]
    text = text_of(response)
    assert "Before the file opens" in text
    assert assignment.dossier.number in text
    assert "A trial association" in text
    assert world.applicant.name in text, "whom a tie could be with"
    assert "Self-assessment" not in text
    assert "In review" not in text
    assert refusals(assignment.dossier) == []


@pytest.mark.parametrize("page", ["answers", "ratings", "review", "sample", "consensus", "trail"])
def test_every_other_page_is_refused_in_words_and_written_down_once(world: World, page: str) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    for _again in range(2):
        response = client.get(page_of(assignment.dossier, page))
        assert response.status_code == 403
        assert "Declare your interests first" in text_of(response)
    assert refusals(assignment.dossier) == [["declare_first"]]
    event = Event.objects.get(stream=assignment.dossier_id, kind="refused")
    assert (event.actor, event.data["act"]) == (assignment.reviewer_id, "open_file")


def test_what_is_sent_before_declaring_is_refused_and_changes_nothing(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    response = client.post(page_of(assignment.dossier), {"transition": "send_review"})
    assert response.status_code == 403
    assert Assignment.objects.get().sent_at is None


def test_one_click_opens_the_file(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    sent = {"role": "reviewer", "act": "none"}
    response = client.post(page_of(assignment.dossier, "interests"), sent, follow=True)
    assert response.redirect_chain[0][0] == page_of(assignment.dossier)
    assert "declared to have no interest" in text_of(response)
    assert Declaration.objects.get().person == assignment.reviewer
    assert client.get(page_of(assignment.dossier, "review")).status_code == 200


def test_interest_closes_the_file_and_leads_home(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    sent = {
        "role": "reviewer",
        "act": "tie",
        "tie-family": "yes",
        "text-family": "أخي عضو",
        "tie-other": "no",
    }
    once_more = client.post(page_of(assignment.dossier, "interests"), sent)
    assert "Declare this interest? Family tie أخي عضو" in text_of(once_more)
    assert not Interest.objects.exists(), "it is asked once more"
    changing = client.post(page_of(assignment.dossier, "interests"), {**sent, "act": "change"})
    assert "أخي عضو" in changing.content.decode()
    assert "This was not done" not in text_of(changing)
    sure = {**sent, "act": "tie_for_sure"}
    response = client.post(page_of(assignment.dossier, "interests"), sure, follow=True)
    assert response.redirect_chain[0][0] == reverse("home")
    assert "Others handle this file" in text_of(response)
    assert client.get(page_of(assignment.dossier)).status_code == 404
    assert refusals(assignment.dossier) == [["no_part"]]
    assert Interest.objects.get().kind == "family"


def test_text_without_a_yes_is_a_yes_and_nothing_typed_is_lost(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    sent = {
        "role": "reviewer",
        "act": "tie",
        "tie-business": "no",
        "text-business": "we sold them paper",
        "tie-family": "yes",
    }
    response = client.post(page_of(assignment.dossier, "interests"), sent)
    assert response.status_code == 409
    text = text_of(response)
    assert "we sold them paper" in text
    assert "Say in a sentence what the tie is: family tie." in text
    assert not Interest.objects.exists()
    assert Assignment.objects.get().released_at is None


@pytest.mark.parametrize("sent", [{"act": "tie", "role": "reviewer"}, {"act": "none", "role": "coach"}])
def test_empty_or_foreign_declaration_is_refused_in_words(world: World, sent: dict[str, str]) -> None:
    assignment = asked(world)
    response = visitor(assignment.reviewer).post(page_of(assignment.dossier, "interests"), sent)
    assert response.status_code == 409
    assert "This was not done" in text_of(response)


def test_a_review_is_given_back_before_anything_is_declared(world: World) -> None:
    assignment = asked(world)
    client, address = visitor(assignment.reviewer), page_of(assignment.dossier, "interests")
    assert "Give the review back" in text_of(client.get(address))
    empty = client.post(address, {"act": "give_back", "role": "reviewer", "reason": " "})
    assert empty.status_code == 409
    assert "needs a comment" in text_of(empty)
    assert Assignment.objects.get().released_at is None
    response = client.post(address, {"act": "give_back", "role": "reviewer", "reason": "سفر"}, follow=True)
    assert response.redirect_chain[0][0] == reverse("home")
    assert Assignment.objects.get().released_at
    assert not Interest.objects.exists()


def test_unknown_act_is_no_act(world: World) -> None:
    assignment = asked(world)
    response = visitor(assignment.reviewer).post(page_of(assignment.dossier, "interests"), {"act": "x"})
    assert response.status_code == 400


def test_lists_say_what_is_to_be_declared(world: World) -> None:
    assignment = asked(world)
    client = visitor(assignment.reviewer)
    for page in ("home", "files"):
        assert "Declare your interests first" in text_of(client.get(reverse(page)))
    free(assignment)
    assert "Declare your interests first" not in text_of(client.get(reverse("home")))


def test_panel_declares_before_the_ballot_is_shown(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4", "4", "4")
    file, member = assignment.dossier, world.person("panel")
    client = visitor(member)
    assert client.get(page_of(file)).status_code == 302
    client.post(page_of(file, "interests"), {"role": "panel", "act": "none"})
    assert client.get(page_of(file)).status_code == 200


def test_a_tie_that_was_allowed_is_named_and_only_what_is_new_is_asked_for(world: World) -> None:
    assignment = asked(world)
    file, reviewer = assignment.dossier, assignment.reviewer
    declare(dossier=file, role="reviewer", ties={"family": "ابن عمي"}, by=reviewer)
    allowed_with_a_tie(world, file, reviewer)
    again, client = asked(world, dossier=file), visitor(reviewer)
    page = text_of(client.get(page_of(file), follow=True))
    both = f"{world.person('coordinator').name} and {world.person('administrator').name} have let you judge"
    assert "What two people have allowed family tie" in page
    assert both in page
    assert "I have no interest" not in page
    sent = {"role": "reviewer", "act": "none"}
    response = client.post(page_of(file, "interests"), sent, follow=True)
    assert "you have declared that nothing else ties you" in text_of(response)
    assert response.redirect_chain[0][0] == page_of(file)
    assert Declaration.objects.get().assignment == again
    assert "nothing else ties you to this organisation" in text_of(client.get(page_of(file, "interests")))
    trail = text_of(visitor(world.person("coordinator")).get(page_of(file, "trail")))
    assert "nothing ties them to the organisation but what two people have allowed" in trail


# Somebody else's file


def test_guessed_address_does_not_exist_and_is_written_down(world: World) -> None:
    file = world.dossier("in_review", scheme="mini")
    other = world.person("reviewer", 1)
    for page in ("dossier", "answers", "interests"):
        assert visitor(other).get(page_of(file, page)).status_code == 404
    assert refusals(file) == [["no_part"]]
    assert Event.objects.get(stream=file.pk, kind="refused").actor == other.pk


def test_file_does_not_exist_for_a_panel_member_with_an_interest(world: World) -> None:
    file, member = world.dossier("deciding"), world.person("panel")
    leave(membership=join(organisation=file.organisation, user=member, by=SYSTEM), by=SYSTEM)
    client = visitor(member)
    assert client.get(page_of(file)).status_code == 404
    assert file.number not in text_of(client.get(reverse("home")))
    assert file.number not in text_of(client.get(reverse("files")))
    assert refusals(file) == [["interest_bars"]]


def test_coordinator_who_acts_for_the_organisation_sees_it_as_the_organisation_does(world: World) -> None:
    file, coordinator = world.dossier("in_review"), world.person("coordinator")
    join(organisation=file.organisation, user=coordinator, by=SYSTEM)
    client = visitor(coordinator)
    response = client.get(page_of(file))
    assert response.status_code == 200
    assert "Close the reviews" not in text_of(response)
    assert client.get(page_of(file, "trail")).status_code == 404


# The organisation


def test_organisation_reads_who_reviews_and_objects(world: World) -> None:
    assignment = asked(world)
    client = visitor(world.applicant)
    overview = text_of(client.get(page_of(assignment.dossier)))
    assert assignment.reviewer.name in overview
    assert "you may object until" in overview
    address = reverse("object", args=[assignment.dossier_id, assignment.pk])
    response = client.post(address, {"reason": "كان خصما لنا"}, follow=True)
    assert "Your objection is kept" in text_of(response)
    assert "objection open" in text_of(response)
    assert "كان خصما لنا" in text_of(response)
    assert Objection.objects.get().reviewer == assignment.reviewer
    assert "you have objected" in text_of(client.get(page_of(assignment.dossier)))


def test_objection_after_the_days_is_refused_and_its_words_stay(world: World) -> None:
    assignment = asked(world)
    with later(days=6):
        address = reverse("object", args=[assignment.dossier_id, assignment.pk])
        response = visitor(world.applicant).post(address, {"reason": "a long text of mine"})
    assert response.status_code == 409
    assert "The time for an objection ended on" in text_of(response)
    assert "a long text of mine" in text_of(response)
    assert not Objection.objects.exists()


def test_organisation_names_a_tie_without_learning_who_is_there(world: World) -> None:
    assignment = asked(world)
    client, address = visitor(world.applicant), reverse("name_tie", args=[assignment.dossier_id])
    answers = []
    for name in (world.person("panel").name, "nobody of that name"):
        sent = {"name": name, "kind": "family", "reason": "a cousin"}
        response = client.post(address, sent)
        assert response.status_code == 302
        page = text_of(client.get(page_of(assignment.dossier, "interests")))
        answers.append(page.replace(name, "NAME"))
    assert [each.person for each in Interest.objects.order_by("pk")] == [world.person("panel"), None]
    assert "NAME a cousin" in answers[0]


def test_tie_that_says_too_little_is_refused_with_what_was_typed(world: World) -> None:
    assignment = asked(world)
    address = reverse("name_tie", args=[assignment.dossier_id])
    response = visitor(world.applicant).post(address, {"name": "Somebody Known", "reason": ""})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Somebody Known" in text
    assert "Choose of what kind the tie is." in text
    assert not Interest.objects.exists()


def test_reviewers_are_not_named_where_no_objection_is_asked_for(world: World) -> None:
    declaring_scheme(world, "reviewing: {places: 2}")
    assignment = asked(world)
    client = visitor(world.applicant)
    for page in ("dossier", "interests"):
        assert assignment.reviewer.name not in text_of(client.get(page_of(assignment.dossier, page)))


# Answers


def former(world: World, file: Dossier) -> User:
    reviewer = world.person("reviewer", 2)
    leave(membership=join(organisation=file.organisation, user=reviewer, by=SYSTEM), by=SYSTEM)
    return reviewer


def test_coordinator_answers_an_objection(world: World) -> None:
    assignment = asked(world)
    objection = object_to(assignment=assignment, reason="خصومة", by=world.applicant)
    client = visitor(world.person("coordinator"))
    assert assignment.reviewer.name in text_of(client.get(reverse("home")))
    assert "The organisation objects: answer" in text_of(client.get(page_of(assignment.dossier)))
    address = reverse("answer_objection", args=[assignment.dossier_id, objection.pk])
    empty = client.post(address, {"act": "uphold", "reason": ""})
    assert empty.status_code == 409
    response = client.post(address, {"act": "uphold", "reason": "صحيح"}, follow=True)
    assert "The objection is upheld." in text_of(response)
    assert Assignment.objects.get().released_at
    told = text_of(visitor(world.applicant).get(page_of(assignment.dossier, "interests")))
    assert "صحيح" in told


def test_two_people_let_somebody_judge_and_it_stands_beside_the_name(world: World) -> None:
    file = world.dossier("in_review", scheme="mini")
    reviewer, coordinator = former(world, file), world.person("coordinator")
    client = visitor(coordinator)
    page = client.get(page_of(file, "interests"))
    assert f"{reviewer.name} (acted for the organisation)" in text_of(page)
    sent = {"person": str(reviewer.pk), "reason": "left long ago"}
    client.post(reverse("propose_override", args=[file.pk]), sent)
    override = Override.objects.get()
    own = client.post(
        reverse("answer_override", args=[file.pk, override.pk]), {"act": "allow", "reason": "x"}
    )
    assert own.status_code == 409
    assert "A second person has to agree" in text_of(own)
    second = visitor(world.person("administrator"))
    assert reviewer.name in text_of(second.get(reverse("home")))
    seen = text_of(second.get(page_of(file, "interests")))
    assert "left long ago" in seen
    assert "Overview" not in seen, "the file itself is not theirs"
    assert second.get(page_of(file)).status_code == 404
    answer = {"act": "allow", "reason": "agreed"}
    response = second.post(reverse("answer_override", args=[file.pk, override.pk]), answer, follow=True)
    assert "Allowed." in text_of(response)
    asked(world, 2, file)
    beside = f"allowed by {coordinator.name} and {world.person('administrator').name}"
    assert beside in text_of(client.get(page_of(file)))
    assert "two people of the body have allowed" in text_of(
        visitor(world.applicant).get(page_of(file, "interests"))
    )


@pytest.mark.parametrize("name", ["answer_objection", "answer_override", "object"])
def test_keys_of_other_files_do_not_exist(world: World, name: str) -> None:
    assignment = asked(world)
    objection = object_to(assignment=assignment, reason="x", by=world.applicant)
    reviewer = former(world, assignment.dossier)
    override = propose_override(
        dossier=assignment.dossier, person=reviewer, reason="x", by=world.person("coordinator")
    )
    other = world.dossier("in_review", scheme="mini")
    keys = {"answer_objection": objection.pk, "answer_override": override.pk, "object": assignment.pk}
    person = world.applicant if name == "object" else world.person("coordinator")
    response = visitor(person).post(
        reverse(name, args=[other.pk, keys[name]]), {"act": "allow", "reason": "x"}
    )
    assert response.status_code == 404


def test_auditor_reads_and_answers_nothing(world: World) -> None:
    file = world.dossier("in_review")
    coordinator = world.person("coordinator")
    propose_override(dossier=file, person=former(world, file), reason="a reason to read", by=coordinator)
    text = text_of(visitor(world.person("auditor")).get(page_of(file, "interests")))
    assert "a reason to read" in text
    assert "Allow it" not in text
    assert "Propose" not in text.replace("Proposed by", "")


@pytest.mark.parametrize("role", ["applicant", "coordinator", "reviewer"])
def test_page_costs_the_same_however_much_there_is(world: World, role: str) -> None:
    few, many = (world.dossier("in_review", scheme="mini") for _ in range(2))
    for file, count in ((few, 1), (many, 3)):
        for number in range(count):
            assignment = asked(world, number, file)
            free(assignment)
            object_to(assignment=assignment, reason="x", by=world.applicant)
    counts = [queries_for(_client(world, role), page_of(file, "interests")) for file in (few, many)]
    assert counts[0] == counts[1] <= 15


def _client(world: World, role: str) -> Client:
    return visitor(world.person(role))


def test_a_tie_is_taken_back_on_ones_own_page_and_confirmed_at_the_desk(world: World) -> None:
    assignment = asked(world)
    file, me, coordinator = assignment.dossier, assignment.reviewer, world.person("coordinator")
    declare(dossier=file, role="reviewer", ties={"family": "أخي عضو"}, by=me)
    (tie,), client, own = Interest.objects.all(), visitor(me), reverse("own_interests")
    assert own in client.get(reverse("account")).content.decode()
    assert "أخي عضو" in text_of(client.get(own))
    there = reverse("withdraw_tie", args=[tie.pk])
    wrong = client.post(there, {"reason": "س" * 20_001})
    assert wrong.status_code == 409
    assert "س" * 20_001 in wrong.content.decode()
    assert visitor(world.person("reviewer", 1)).post(there, {"reason": "لا"}).status_code == 404
    sent = client.post(there, {"reason": "تشابه أسماء"}, follow=True)
    assert "taken back, to be confirmed" in text_of(sent)
    assert page_of(file, "interests") in visitor(coordinator).get(reverse("home")).content.decode()
    desk = visitor(coordinator)
    assert "تشابه أسماء" in text_of(desk.get(page_of(file, "interests")))
    answer = reverse("answer_withdrawal", args=[file.pk, TieWithdrawal.objects.get().pk])
    refused_ = desk.post(answer, {"act": "confirm", "reason": " "})
    assert refused_.status_code == 409
    assert "Give a reason" in text_of(refused_) or "This was not done" in text_of(refused_)
    assert client.post(answer, {"act": "confirm", "reason": "أنا"}).status_code == 404
    desk.post(answer, {"act": "confirm", "reason": "سألته"})
    assert TieWithdrawal.objects.get().confirmed
    assert "interest taken back" in text_of(desk.get(page_of(file, "interests")))
    seen = text_of(client.get(own))
    assert "سألته" in seen
    assert "I declared it by mistake" not in seen
    assert queries_for(client, own) <= 10
