"""What was agreed where reviewers were too far apart: with the ratings, on the score sheet, in the trail."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.reviews.consensus import confirm, propose
from accreditation_engine.reviews.models import Proposal
from accreditation_engine.trail.erasure import erase_comment
from tests.portal.dossier.test_consensus import CRITERION, RUBRIC, close, reviewers
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.small import ASKED, WORKFLOW, reviewed
from tests.support.small import RUBRIC as SMALL
from tests.support.world import World, changed

REASON, TITLE = "اتفقنا بعد الاطلاع على المحضر", "A conflict-of-interest policy for board and staff"
SEE_RATINGS = ["coordinator", "auditor", "panel"]


@pytest.fixture
def file(world: World) -> Dossier:
    """The second reviewer gave 0 where the first gave 3."""
    return close(world, world.dossier("in_review"), CRITERION)


def proposed(file: Dossier, criterion: str = CRITERION) -> Proposal:
    by = reviewers(file)[0]
    return propose(dossier=file, criterion=(RUBRIC, criterion), value="2", reason=REASON, by=by)


def agree(file: Dossier, criterion: str = CRITERION) -> None:
    assert confirm(proposal=proposed(file, criterion), by=reviewers(file)[1])


def agree_in_the_panel(world: World, file: Dossier) -> None:
    one, other = (world.person("panel", number) for number in (0, 1))
    made = propose(dossier=file, criterion=(RUBRIC, CRITERION), value="1", reason=REASON, by=one)
    assert confirm(proposal=made, by=other)


def ratings(world: World, file: Dossier, role: str, language: str = "en") -> HttpResponse:
    return visitor(world.person(role), language).get(page_of(file, "ratings"))


def decide(world: World, file: Dossier) -> None:
    world.take_to(file, "certified")


def test_agreed_rating_stands_beside_the_reviewers_own_with_who_when_and_why(
    world: World, file: Dossier
) -> None:
    agree(file)
    one, other = (each.name for each in reviewers(file))
    for role in ("coordinator", "auditor"):
        response = ratings(world, file, role)
        page = text_of(response)
        assert f"1.1 {TITLE} agreed: 2 Partly in place {one} 3 In place {other} 0 Absent {REASON}" in page
        assert f"Proposed by {one} reviewer, " in page
        assert f"Agreed to by {other} reviewer, " in page
        table = response.context["tables"][0]
        assert table["columns"][-1]["title"] == "Agreed rating"
        cells = table["rows"][0]["cells"]
        assert [each["value"] for each in cells[-3:]] == ["3", "0", "2"]
        assert table["rows"][1]["cells"][-1]["value"] == ""
        assert all(each["columns"][-1]["title"] != "Agreed rating" for each in response.context["tables"][1:])


@pytest.mark.parametrize("role", SEE_RATINGS)
def test_agreed_rating_is_still_there_after_the_decision(world: World, file: Dossier, role: str) -> None:
    agree(file)
    decide(world, file)
    page = text_of(ratings(world, file, role))
    assert "agreed: 2 Partly in place" in page
    assert REASON in page


def test_panel_is_told_before_it_decides(world: World, file: Dossier) -> None:
    agree(file)
    world.take_to(file, "deciding")
    page = text_of(ratings(world, file, "panel"))
    assert "agreed: 2 Partly in place" in page
    assert REASON in page


def test_page_reads_in_arabic(world: World, file: Dossier) -> None:
    agree(file)
    page = text_of(ratings(world, file, "coordinator", "ar"))
    assert "معايير تباعدت فيها درجات المراجعين 1" in page
    assert "تم التوافق : 2 مطبق جزئيا" in page or "تم التوافق: 2 مطبق جزئيا" in page
    assert f"اقترحها {reviewers(file)[0].name}" in page
    assert f"وافق عليها {reviewers(file)[1].name}" in page


def test_what_is_still_to_be_agreed_is_said_with_what_is_proposed(world: World, file: Dossier) -> None:
    proposed(file)
    response = ratings(world, file, "coordinator")
    page = text_of(response)
    assert f"1.1 {TITLE} still to be agreed" in page
    assert f"Proposed: 2 Partly in place {REASON} Proposed by {reviewers(file)[0].name}" in page
    assert response.context["tables"][0]["rows"][0]["cells"][-1]["value"] == "still to be agreed"


def test_rating_of_a_panel_is_told_without_names_to_those_who_read_none(world: World, file: Dossier) -> None:
    agree_in_the_panel(world, file)
    named = text_of(ratings(world, file, "coordinator"))
    assert f"Proposed by {world.person('panel').name} panel, " in named
    world.take_to(file, "deciding")
    for number in range(3):
        perform(file, "vote", world.person("panel", number), data={"choice": "refuse"})
    for step in ("refuse", "announce_refusal", "appeal"):
        world.perform(file, step)
    page = text_of(ratings(world, file, "panel"))
    assert "agreed: 1 Beginning" in page
    assert "Proposed by panel " in page
    assert world.person("panel", 1).name not in page


def test_a_reason_that_was_erased_by_law_is_said_to_be(world: World, file: Dossier) -> None:
    agree(file)
    erase_comment(
        stream=file.pk, seq=Proposal.objects.get().seq, actor=SYSTEM, role="system", reason="Somebody asked."
    )
    page = text_of(ratings(world, file, "auditor"))
    assert REASON not in page
    assert "erased by law on" in page


def test_nothing_of_it_is_shown_where_no_rubric_bounds_how_far_reviewers_differ(world: World) -> None:
    shown = "waits_for: panel, shows: {auditor: [ratings]}}"
    world.scheme(changed(WORKFLOW, ("waits_for: panel}", shown)), SMALL)
    file = reviewed(world, ("4", "4", "4"), ("0", "4", "4"))
    response = ratings(world, file, "auditor")
    assert "Where reviewers are too far apart" not in text_of(response)
    assert visitor(world.person("auditor")).get(page_of(file, "consensus")).status_code == 404


def test_score_sheet_says_how_many_ratings_are_still_to_be_agreed_and_where(
    world: World, file: Dossier
) -> None:
    client = visitor(world.person("coordinator"))
    words = "Reviewers are too far apart on 1 criterion: the rating is still to be agreed."
    for page in (page_of(file), page_of(file, "next_outcome")):
        response = client.get(page)
        assert words in text_of(response)
        assert f'href="{page_of(file, "ratings")}#agreed"' in response.content.decode()
    agree(file)
    assert "still to be agreed" not in text_of(client.get(page_of(file)))


def test_score_sheet_leads_those_who_may_agree_to_where_they_do(world: World) -> None:
    shown = "waits_for: panel, shows: {panel: [scores, ratings, consensus], coordinator: [scores]}}"
    guarded = changed(
        WORKFLOW,
        (ASKED, "reconciled: 2"),
        ("[{may_vote", "[{reconciled: 2}, {may_vote"),
        ("waits_for: panel}", shown),
    )
    world.scheme(guarded, changed(SMALL, ("areas:\n", "reconcile_above: 1\nareas:\n")))
    file = reviewed(world, ("4", "4", "4"), ("0", "0", "4"))
    for role, link in (("panel", f'href="{page_of(file, "consensus")}"'), ("coordinator", "#agreed")):
        response = visitor(world.person(role)).get(page_of(file))
        assert "too far apart on 2 criteria: the ratings are still to be agreed" in text_of(response)
        assert (link in response.content.decode()) is (role == "panel")


def test_trail_names_the_criterion_and_the_rating(world: World, file: Dossier) -> None:
    agree(file)
    for role in ("coordinator", "auditor"):
        page = text_of(visitor(world.person(role)).get(page_of(file, "trail")))
        for words in (
            f"A rating was proposed to agree on for “{TITLE}”: 2 (Partly in place)",
            f"A proposed rating was agreed to for “{TITLE}”: 2 (Partly in place)",
            f"A rating was agreed for “{TITLE}” and counts from now on: 2 (Partly in place)",
        ):
            assert words in page
    arabic = text_of(visitor(world.person("auditor"), "ar").get(page_of(file, "trail")))
    assert "اقترحت درجة للتوافق عليها في معيار «سياسة تعارض المصالح" in arabic


@pytest.mark.parametrize("role", SEE_RATINGS)
def test_consensus_is_said_to_be_closed_after_the_decision(world: World, file: Dossier, role: str) -> None:
    agree(file)
    decide(world, file)
    response = visitor(world.person(role)).get(page_of(file, "consensus"))
    assert response.status_code == 200
    assert "Nothing is to be agreed while the file is in “Certified”." in text_of(response)
    assert page_of(file, "ratings") in response.content.decode()


def test_consensus_does_not_exist_after_the_decision_for_those_who_see_no_ratings(
    world: World, file: Dossier
) -> None:
    agree(file)
    decide(world, file)
    for person in (world.applicant, *reviewers(file), world.person("coach"), world.stranger):
        assert visitor(person).get(page_of(file, "consensus")).status_code == 404


def test_what_comes_too_late_is_refused_and_given_back(world: World, file: Dossier) -> None:
    agree(file)
    decide(world, file)
    sent = {
        "act": "propose",
        "rubric": RUBRIC,
        "criterion": CRITERION,
        "value": "3",
        "reason": "رأيي مكتوب هنا",
    }
    response = visitor(world.person("panel")).post(page_of(file, "consensus"), sent)
    assert response.status_code == 409
    assert "This was not done" in text_of(response)
    assert "رأيي مكتوب هنا" in text_of(response)
    assert Proposal.objects.count() == 1


def test_page_costs_the_same_however_many_were_agreed(world: World, file: Dossier) -> None:
    many = close(world, world.dossier("in_review"), CRITERION, "integrity-2", "equality-1", "equality-2")
    agree(file)
    for criterion in (CRITERION, "equality-1"):
        agree(many, criterion)
    client = visitor(world.person("auditor"))
    costs = {queries_for(client, page_of(each, "ratings")) for each in (file, many)}
    assert len(costs) == 1
    assert costs.pop() <= 14
