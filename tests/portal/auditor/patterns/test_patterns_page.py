"""Patterns worth a look: each is found where it is, and only in what the auditor may see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.domain import grant_role, join, leave
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.auditor.patterns.pattern import Hit
from accreditation_engine.reviews.domain import assign
from accreditation_engine.reviews.interests.overriding import answer_override, propose_override
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, TINY, World, changed, later

PAGE = reverse("audit_patterns")
SEEN = "shows: {applicant: [answers], coordinator: [answers, trail], auditor: [trail]}"


def page(world: World, language: str = "en", **asked: str) -> HttpResponse:
    response = visitor(world.person("auditor"), language).get(PAGE, asked)
    assert response.status_code == 200
    return response


def looked_for(response: HttpResponse) -> list[dict[str, Any]]:
    return [*response.context["patterns"], *response.context["without"]]


def hits(response: HttpResponse, code: str) -> list[Hit]:
    (found,) = (each["hits"] for each in looked_for(response) if each["pattern"].code == code)
    return list(found)


def tiny(world: World) -> None:
    """A scheme whose trail auditors see in every state on the way."""
    world.scheme(
        TINY.replace("shows: {applicant: [answers], coordinator: [answers, trail]}", SEEN).replace(
            "shows: {coordinator: [answers]}", SEEN
        )
    )


def send_back(
    world: World, dossier: Dossier, times: int, comment: str = "الرجاء استكمال اللائحة الداخلية"
) -> None:
    for _ in range(times):
        world.perform(dossier, "submit")
        world.perform(dossier, "send_back", comment=comment)


def test_page_exists_for_auditors_alone(world: World) -> None:
    for role in ("coordinator", "administrator", "methodologist"):
        assert visitor(world.person(role)).get(PAGE).status_code == 404


def test_page_says_that_there_is_nothing_before_there_are_files(world: World) -> None:
    response = page(world)
    assert (response.context["patterns"], len(response.context["without"])) == ([], 11)
    assert "Nothing found" in text_of(response)
    assert "لم يُعثر على شيء" in text_of(page(world, "ar"))


def test_refusal_is_listed_when_the_score_was_enough_for_a_certificate(world: World) -> None:
    expected = world.dossier("refused")
    against = world.dossier("deciding")
    for number in range(3):
        vote = {"choice": "certify" if number == 0 else "refuse"}
        perform(against, "vote", world.person("panel", number), comment="رأي", data=vote)
    world.perform(against, "refuse")
    response = page(world)
    (hit,) = hits(response, "against_score")
    assert hit.title == against.number
    assert "“Refuse”, though the outcomes reached were enough" in hit.words
    (split,) = hits(response, "split_votes")
    assert (split.title, split.words) == (against.number, "“Refuse”: 2 for it, 1 for something else.")
    assert {each.title for each in hits(response, "quick_decisions")} == {expected.number, against.number}


def test_fast_review_is_listed_against_what_is_usual(world: World) -> None:
    """Assignments only: a pattern reads no more of a review than when it was asked for and sent."""
    reviewers = [world.person("reviewer", number) for number in range(2)]
    dossiers = [world.dossier("reviewed") for _ in range(5)]
    for number, dossier in enumerate(dossiers):
        for place, reviewer in enumerate(reviewers):
            row = Assignment.objects.get(dossier=dossier, reviewer=reviewer)
            days = 0.001 if (number, place) == (0, 0) else 3 + number + place
            row.assigned_at = row.sent_at - timedelta(days=days)
            row.save()
    found = hits(page(world), "fast_reviews")
    assert [each.title for each in found] == [dossiers[0].number]
    assert reviewers[0].name in found[0].words
    assert "half of 10 reviews took 5 days, 12 hours or more" in found[0].words


def test_pair_is_listed_when_it_meets_more_often_than_chance_has_it(world: World) -> None:
    people = [world.new_person(f"reviewer-{number}", "reviewer") for number in range(12)]
    places = [(0, 1)] * 8 + [(2 + n % 10, 2 + (n * 3 + 1 + n // 10) % 10) for n in range(20)]
    dossiers = [world.dossier("screening") for _ in places]
    now = Event.objects.latest("at").at
    for dossier, pair in zip(dossiers, places, strict=True):
        for place in set(pair):
            Assignment.objects.create(
                dossier=dossier, reviewer=people[place], assigned_at=now - timedelta(days=3), sent_at=now
            )
    assert not hits(page(world), "same_pair")  # at this stage ratings are not shown to auditors
    for dossier in dossiers:
        reviews = [world.person("reviewer", number) for number in range(2)]
        for each in reviews:
            assign(dossier=dossier, reviewer=each, by=world.person("coordinator"))
        world.perform(dossier, "accept")
    (hit,) = hits(page(world), "same_pair")
    assert {name.strip("\u2066\u2068\u2069") for name in hit.title.split(" and ")} == {
        "reviewer-0",
        "reviewer-1",
    }
    assert "8 files together in the scheme Institutional Commitment Certificate" in hit.words


def test_reviewer_is_listed_who_is_harsher_on_every_file(world: World) -> None:
    harsh, other = (world.person("reviewer", number) for number in range(2))
    for _ in range(6):
        dossier = world.dossier("reviewed")
        mine = Rating.objects.filter(assignment__dossier=dossier, rubric=SHIPPED)
        numbers = mine.exclude(value__in=("not_applicable", "unable_to_verify"))
        numbers.filter(assignment__reviewer=harsh).update(value="1")
        numbers.filter(assignment__reviewer=other).update(value="3")
        one = numbers.filter(assignment__reviewer=other).order_by("criterion").first()
        assert one is not None
        Rating.objects.filter(pk=one.pk).update(value="not_applicable")
    found = {each.title: each for each in hits(page(world), "always_harsher")}
    assert harsh.name in found
    assert "2" in found[harsh.name].words


def test_reviewers_who_differ_now_this_way_and_now_that_are_not_listed(world: World) -> None:
    pair = [world.person("reviewer", number) for number in range(2)]
    for number in range(6):
        dossier = world.dossier("reviewed")
        mine = Rating.objects.filter(assignment__dossier=dossier)
        for place, reviewer in enumerate(pair):
            value = "1" if (number + place) % 2 else "3"
            mine.filter(assignment__reviewer=reviewer).update(value=value)
    assert not hits(page(world), "always_harsher")


def test_silence_and_short_reasons_are_listed_where_others_explain(world: World) -> None:
    tiny(world)
    silent = world.dossier("checking", scheme="tiny")
    world.perform(silent, "finish")
    shown = [world.dossier("draft", scheme="tiny") for _ in range(12)]
    for number, dossier in enumerate(shown):
        send_back(world, dossier, 1, comment="لا" if number == 0 else "الرجاء استكمال اللائحة الداخلية")
    found = hits(page(world), "few_words")
    assert [each.title for each in found] == [shown[0].number]
    assert "with a reason of 2 characters" in found[0].words


def test_missing_comment_is_listed_where_most_comment(world: World) -> None:
    text = TINY.replace("shows: {applicant: [answers], coordinator: [answers, trail]}", SEEN)
    text = text.replace("shows: {coordinator: [answers]}", SEEN)
    world.scheme(
        changed(
            text,
            ("final: true}\n  lapsed", "final: true, shows: {auditor: [trail]}}\n  lapsed"),
        )
    )
    for number in range(11):
        dossier = world.dossier("checking", scheme="tiny")
        world.perform(dossier, "finish", comment="" if number == 3 else "اكتملت المستندات")
        if number == 3:
            silent = dossier
    (hit,) = hits(page(world), "few_words")
    assert hit.title == silent.number
    assert "10 of 11 such steps bear one" in hit.words


def test_returns_are_listed_with_the_road_of_the_file(world: World) -> None:
    tiny(world)
    often, seldom = (world.dossier("draft", scheme="tiny") for _ in range(2))
    send_back(world, often, 2)
    send_back(world, seldom, 1)
    (hit,) = hits(page(world), "many_returns")
    assert hit.title == often.number
    assert hit.url == reverse("dossier_road", args=[often.pk])
    assert "Came back 3 times" in hit.words


def granted_to_oneself(person: User, role: str) -> None:
    """As it could be done before administrators gave all roles: trails of before hold it."""
    record(person.pk, "role_granted", person, data={"role": role, "scheme": "", "until": None})


def test_own_roles_are_listed_and_those_of_others_are_not(world: World) -> None:
    self_made = world.new_person("self-made")
    granted_to_oneself(self_made, "panel")
    (hit,) = hits(page(world), "own_roles")
    assert hit.title == "self-made"
    both = world.new_person("both", "coordinator", "reviewer")
    dossier = world.dossier("screening")
    assign(dossier=dossier, reviewer=both, by=both)
    assert dossier.number in {each.title for each in hits(page(world), "own_roles")}


def test_many_refusals_of_one_person_are_listed(world: World) -> None:
    dossier = world.dossier("screening")
    for _ in range(5):
        with pytest.raises(Refused):
            perform(dossier, "return_for_completion", world.person("coordinator"))
    (hit,) = hits(page(world), "refusals")
    assert hit.title == world.person("coordinator").name
    assert hit.words == "5 attempts of 5 were refused."


def test_auditor_of_one_scheme_sees_nothing_of_others(world: World) -> None:
    tiny(world)
    send_back(world, world.dossier("draft", scheme="tiny"), 3)
    person: User = world.new_person("self-made")
    granted_to_oneself(person, "panel")
    narrow = world.new_person("narrow")
    grant_role(user=narrow, role="auditor", scheme=SHIPPED, by=SYSTEM)
    response = visitor(narrow).get(PAGE)
    assert not any(each["hits"] for each in looked_for(response))
    assert page(world).context["patterns"]


def test_files_whose_trail_is_closed_are_in_no_pattern(world: World) -> None:
    world.scheme(TINY)  # auditors see nothing of it
    send_back(world, world.dossier("draft", scheme="tiny"), 3)
    response = page(world)
    assert not hits(response, "many_returns")
    assert not hits(response, "few_words")


def test_one_pattern_alone_is_shown_when_it_is_asked_for(world: World) -> None:
    response = page(world, pattern="many_returns")
    assert [each["pattern"].code for each in response.context["patterns"]] == ["many_returns"]
    assert len(looked_for(page(world, pattern="nonsense"))) == 11


def test_look_is_written_down_and_the_page_costs_at_most_fifteen_queries(world: World) -> None:
    client = visitor(world.person("auditor"))
    assert queries_for(client, PAGE) <= 15
    for state in ("certified", "refused", "reviewed"):
        world.dossier(state)
    with later(days=1):
        open_dossier(organisation=world.organisation(), scheme=SHIPPED, by=world.applicant)
    assert queries_for(client, PAGE) <= 15
    looked = Event.objects.filter(kind="looked").latest("at")
    assert looked.data["page"] == "patterns"


def test_who_judges_with_an_interest_is_listed_with_the_two_who_let_them(world: World) -> None:
    file, member = world.dossier("deciding"), world.person("panel")
    coordinator, administrator = world.person("coordinator"), world.person("administrator")
    leave(membership=join(organisation=file.organisation, user=member, by=SYSTEM), by=SYSTEM)
    override = propose_override(dossier=file, person=member, reason="nobody else", by=coordinator)
    (waits,) = hits(page(world), "overrides")
    assert "not answered yet" in waits.words
    answer_override(override=override, allow=True, reason="long ago", by=administrator)
    (allowed,) = hits(page(world), "overrides")
    assert allowed.title == file.number
    for person in (member, coordinator, administrator):
        assert person.name in allowed.words


def test_who_was_not_let_judge_is_not_listed(world: World) -> None:
    file, member = world.dossier("deciding"), world.person("panel")
    leave(membership=join(organisation=file.organisation, user=member, by=SYSTEM), by=SYSTEM)
    override = propose_override(dossier=file, person=member, reason="x", by=world.person("coordinator"))
    answer_override(override=override, allow=False, reason="no", by=world.person("administrator"))
    assert hits(page(world), "overrides") == []
