"""Asking people to review, on the page of the file."""

from __future__ import annotations

from html import unescape

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.interests.declaring import declare
from accreditation_engine.reviews.interests.objecting import answer_objection, object_to
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.handing_over import hand_over
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.reviews.interests.scheme import asked, declaring_scheme, free
from tests.support.world import World

UNISOLATED = dict.fromkeys((0x2066, 0x2068, 0x2069))


def test_reviewer_is_asked_and_released_when_the_coordinator_says_so(world: World) -> None:
    dossier = world.dossier("screening")
    client, reviewer = visitor(world.person("coordinator")), world.person("reviewer")
    client.post(page_of(dossier, "assign"), {"reviewer": reviewer.email})
    assignment = Assignment.objects.get(dossier=dossier)
    assert assignment.reviewer == reviewer
    content = text_of(client.get(page_of(dossier)))
    assert f"{reviewer.name} is asked to review." in content
    client.post(page_of(dossier, "release", assignment.pk), {"reason": "Ill"})
    assignment.refresh_from_db()
    assert assignment.released_at


def test_release_needs_a_reason_when_none_is_given(world: World) -> None:
    dossier = world.dossier("in_review")
    client, assignment = visitor(world.person("coordinator")), dossier.assignments.first()
    response = client.post(page_of(dossier, "release", assignment.pk), {"reason": " "}, follow=True)
    assert "needs a comment" in text_of(response)
    assignment.refresh_from_db()
    assert not assignment.released_at


def test_endless_reason_comes_back_whole_and_can_be_shortened(world: World) -> None:
    dossier = world.dossier("in_review")
    assignment = dossier.assignments.get(reviewer=world.person("reviewer"))
    client, address = visitor(world.person("reviewer")), page_of(dossier, "release", assignment.pk)
    response = client.post(address, {"reason": "س" * 20_001})
    assert response.status_code == 409
    assert "The text has 20001 characters; at most 20000 are taken." in text_of(response)
    assert "س" * 20_001 in response.content.decode()
    assert 'href="#reason"' in response.content.decode()
    assert "Give the review back" in text_of(response)
    assert client.post(address, {"reason": "س" * 20_000}).url == "/"


def test_unfit_people_stand_apart_with_reasons_when_reviewers_are_chosen(world: World) -> None:
    dossier = world.dossier("screening")
    insider = world.person("reviewer", 1)
    join(organisation=dossier.organisation, user=insider, by=SYSTEM)
    content = visitor(world.person("coordinator")).get(page_of(dossier))
    assert f'<option value="{insider.email}"' not in content.content.decode()
    assert f"{insider.name}: has an interest: " in text_of(content)


def test_whoever_is_asked_by_hand_is_offered_with_what_the_draw_says_of_them(world: World) -> None:
    dossier, coordinator = world.dossier("screening"), world.person("coordinator")
    idle, full = world.person("reviewer"), world.person("reviewer", 1)
    change_profile(reviewer=full, by=coordinator, most=0)
    client, address = visitor(coordinator), page_of(dossier)
    page = client.get(address).text.partition('<select id="reviewer"')[2].partition("</select>")[0]
    fit, others = page.split('<optgroup label="Can be asked all the same">')
    assert f"{idle} – writes no review now" in unescape(fit).translate(UNISOLATED)
    assert f"{full} – takes no reviews at present" in unescape(others).translate(UNISOLATED)
    assert "Every place is taken" not in text_of(client.get(address))
    for number in range(2):
        client.post(page_of(dossier, "assign"), {"reviewer": world.person("reviewer", number).email})
    assert "Every place is taken: whoever is asked now reviews the file in addition" in text_of(
        client.get(address)
    )
    assert queries_for(client, address) <= 15


def test_forged_choice_is_refused_in_words_when_somebody_has_an_interest(world: World) -> None:
    dossier = world.dossier("screening")
    insider = world.person("reviewer", 1)
    join(organisation=dossier.organisation, user=insider, by=SYSTEM)
    client = visitor(world.person("coordinator"))
    response = client.post(page_of(dossier, "assign"), {"reviewer": insider.email}, follow=True)
    assert "Choose somebody without one." in text_of(response)
    assert not dossier.assignments.exists()


def test_nobody_else_assigns_when_they_are_no_coordinator(world: World) -> None:
    dossier = world.dossier("screening")
    reviewer = world.person("reviewer")
    visitor(world.applicant).post(page_of(dossier, "assign"), {"reviewer": reviewer.email})
    assert not dossier.assignments.exists()
    assert "Reviewers" not in text_of(visitor(world.applicant).get(page_of(dossier)))


def test_reviewer_goes_home_when_they_have_given_their_review_back(world: World) -> None:
    dossier = world.dossier("in_review")
    reviewer = world.person("reviewer")
    own = dossier.assignments.get(reviewer=reviewer)
    other = dossier.assignments.exclude(reviewer=reviewer).get()
    client = visitor(reviewer)
    assert client.post(page_of(dossier, "release", other.pk), {"reason": "Not mine"}).status_code == 404
    assert client.post(page_of(dossier, "release", own.pk), {"reason": "No time"}).url == "/"
    assert client.get(page_of(dossier)).status_code == 404
    trail = visitor(world.person("coordinator")).get(page_of(dossier, "trail"))
    assert f"Gave the review back: {reviewer.name}" in text_of(trail)


def test_page_costs_the_same_when_many_people_could_review(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    few = queries_for(client, page_of(dossier))
    for number in range(30):
        world.new_person(f"reviewer-{number}", "reviewer")
    assert queries_for(client, page_of(dossier)) == few


def test_reviewer_is_at_work_only_while_reviews_are(world: World) -> None:
    client = visitor(world.person("coordinator"))
    waiting = world.dossier("screening")
    client.post(page_of(waiting, "assign"), {"reviewer": world.person("reviewer").email})
    for dossier, said, unsaid in (
        (waiting, "asked to review", "at work"),
        (world.dossier("in_review"), "at work", "asked to review"),
        (world.dossier("review_overdue"), "asked to review", "at work"),
    ):
        page = client.get(page_of(dossier)).content.decode()
        shown = page[page.index('id="reviewers"') : page.index("</ul>", page.index('id="reviewers"'))]
        assert said in shown
        assert unsaid not in shown


def test_those_who_left_stay_on_the_page_with_what_became_of_their_review(world: World) -> None:
    declaring_scheme(world, "reviewing: {places: 2, declare: true, objection: P5D}")
    tied = asked(world)
    file, first, other, third = tied.dossier, *(world.person("reviewer", number) for number in (0, 1, 2))
    coordinator = world.person("coordinator")
    client, address = visitor(coordinator), page_of(file)
    assert "Earlier reviewers" not in text_of(client.get(address))
    declare(dossier=file, role="reviewer", ties={"family": "أخي"}, by=first)
    assert f"{first.name} declared an interest" in text_of(client.get(address))
    assert "Nobody reviews this file now." in text_of(client.get(address))
    assert "Nobody has been asked yet." not in text_of(client.get(address))
    release(assignment=asked(world, 1, file), by=other, reason="سفر")
    release(assignment=asked(world, 1, file), by=coordinator, reason="خطأ")
    hand_over(assignment=free(asked(world, 1, file)), to=third, reason="مرض", by=other)
    objection = object_to(assignment=file.assignments.get(released_at=None), reason="x", by=world.applicant)
    answer_objection(objection=objection, uphold=True, reason="صحيح", by=coordinator)
    text = text_of(client.get(address)).partition("Earlier reviewers")[2]
    for told in (
        f"{other.name} given back",
        f"{other.name} released by a coordinator",
        f"{other.name} handed over to {third.name}",
        f"{third.name} taken after an objection",
    ):
        assert told in text, told
