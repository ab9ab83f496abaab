"""Where a file stands, told to its organisation: whose turn it is, by when, and one way on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.questions.asking import Asked, ask_question
from accreditation_engine.reviews.site_visits.answering import confirm_visit
from tests.certificates.test_suspension_appealed import certified_with_a_closed_major
from tests.portal.visitor import page_of, text_of, visitor
from tests.reviews.site_visits.planned import in_review, planned
from tests.support.world import World, overdue


def told(world: World, dossier: Dossier, language: str = "en") -> str:
    """The words of the card, without the rest of the page."""
    page = visitor(world.applicant, language).get(page_of(dossier)).content.decode()
    found = re.search(r'<section class="card stack turn".*?</section>', page, re.S)
    assert found
    return found[0]


def links(card: str) -> list[tuple[str, str]]:
    """The class and the address of each button."""
    return re.findall(r'<a class="([^"]*)" href="([^"]*)"', card)


def words(card: str) -> str:
    return " ".join(re.sub("<[^>]*>|[\u2066-\u2069]", " ", card).split())


def test_organisation_is_led_to_its_self_assessment_when_that_is_open(world: World) -> None:
    card = told(world, world.dossier())
    assert "It is your turn" in words(card)
    assert "40 criteria still lack something." in words(card)
    assert re.search(r"\d+ days left", words(card))
    assert [each for each, _url in links(card)] == ["button button-primary"]


def test_organisation_is_led_to_the_preview_when_nothing_is_missing(world: World) -> None:
    dossier = world.dossier("returned")
    assert links(told(world, dossier)) == [("button button-primary", page_of(dossier, "preview_file"))]


def test_why_a_file_came_back_stands_where_it_is_mended(world: World) -> None:
    dossier = world.dossier("returned")
    client = visitor(world.applicant)
    assert "The file came back to you" in words(told(world, dossier))
    assert "It was returned to you: open it to read why" in text_of(client.get("/"))
    for name in ("self_assessment", "preview_file"):
        assert "لأسباب الاختبار" in text_of(client.get(page_of(dossier, name)))


@pytest.mark.parametrize("state", ["screening", "in_review", "deciding", "certificate_decided"])
def test_nothing_is_asked_while_others_are_at_work(world: World, state: str) -> None:
    said = words(told(world, world.dossier(state)))
    assert "The file is with the accrediting body" in said
    decides = state in ("deciding", "certificate_decided")
    assert ("either for" in said, "After that comes" in said) == (decides, not decides)
    assert "days left" not in said


def test_question_is_the_one_thing_to_do_when_a_reviewer_asked(world: World) -> None:
    dossier = world.dossier("in_review")
    due = timezone.localdate() + timedelta(days=3)
    key = ("institutional-commitment", "integrity-1")
    asked = Asked("Which minutes?", due, key)
    ask_question(dossier=dossier, asked=asked, by=world.person("reviewer"))
    card = told(world, dossier, "ar")
    assert "سؤال واحد ينتظر ردكم" in words(card)
    assert "بقيت 3 أيام" in words(card)
    assert links(card) == [("button button-primary", page_of(dossier, "questions"))]


def test_report_is_read_before_anything_is_pressed_when_it_is_with_the_organisation(world: World) -> None:
    dossier = world.dossier("accuracy")
    card = told(world, dossier)
    assert links(card) == [("button button-primary", page_of(dossier, "report"))]
    page = visitor(world.applicant).get(page_of(dossier)).content.decode()
    assert page.count("button-primary") == 1 + page.count("Confirm: ")


def test_findings_are_asked_for_when_they_are_to_be_corrected(world: World) -> None:
    card = told(world, world.dossier("correcting"))
    assert "for your corrective action" in words(card)
    assert links(card)[0][1].startswith("#finding-")


def test_no_correction_is_asked_for_once_the_certificate_is_over(world: World) -> None:
    dossier, finding = certified_with_a_closed_major(world)
    world.perform(finding, "reopen", comment="السجل لا يُستعمل")
    assert "for your corrective action" in words(told(world, dossier))
    world.perform(Certificate.objects.get(dossier=dossier), "cancel")
    said = words(told(world, dossier))
    assert "for your corrective action" not in said
    assert "The file has come to its end" in said


def test_organisation_is_told_of_its_appeal_until_the_time_for_it_is_over(world: World) -> None:
    dossier = world.dossier("refused")
    card = told(world, dossier)
    for said in (
        "You may appeal",
        "Appeal against the decision",
        "named first, point by point",
        "days left",
    ):
        assert said in words(card)
    assert links(card)[0] == ("button button-primary", "#acts")
    assert ("button", page_of(dossier, "report")) in links(card)
    with overdue(dossier):
        assert "You may appeal" not in words(told(world, dossier))
    world.perform(dossier, "appeal")
    assert "You may appeal" not in words(told(world, dossier))


def test_visit_is_to_be_confirmed_until_it_is(world: World) -> None:
    dossier = in_review(world)
    visit = planned(world, dossier)
    card = told(world, dossier)
    assert "A visit to confirm" in words(card)
    assert links(card) == [("button button-primary", page_of(dossier, "visit", visit.seq))]
    confirm_visit(visit=visit, seen=visit.timed_at, by=world.applicant)
    assert links(told(world, dossier)) == []


def test_what_keeps_the_certificate_is_asked_for_while_it_is(world: World) -> None:
    dossier = world.dossier("certified")
    assert "Nothing is asked of you now" in words(told(world, dossier))
    asked = Upkeep.objects.filter(dossier=dossier, kind="yearly_filing").order_by("due_on")[0]
    world.perform(asked, "call")
    card = told(world, dossier)
    assert "It is your turn" in words(card)
    assert "Yearly filing" in words(card)
    assert links(card) == [
        ("button button-primary", page_of(dossier, "upkeep", asked.certificate_id, asked.pk))
    ]
    complaint = raise_concern(dossier=dossier, concern=Concern("They asked for money.")).complaint
    world.perform(complaint, "admit")
    assert "A concern about your organisation" in words(told(world, dossier))


def test_others_read_no_such_card(world: World) -> None:
    dossier = world.dossier("screening")
    page = visitor(world.person("coordinator")).get(page_of(dossier))
    assert 'id="turn"' not in page.content.decode()
    assert "Signed and handed in" in text_of(page)
