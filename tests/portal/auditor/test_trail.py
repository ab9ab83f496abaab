"""The trail in words, as far as its reader may see; and its verification."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from django.db import connection

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.recording import record
from accreditation_engine.portal.auditor import on_paper
from accreditation_engine.portal.auditor.sentences import Sentence
from accreditation_engine.portal.auditor.timeline import entry
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.erasure import erase_comment
from accreditation_engine.trail.models import Event, Text
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.queries import told
from tests.portal.visitor import act, page_of, queries_for, text_of, visitor
from tests.support.world import World


def test_every_event_is_told_in_words_when_the_auditor_reads(world: World) -> None:
    dossier = world.dossier("certified")
    content = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    reviewer = world.person("reviewer").name
    for words in (
        "The file was opened Self-assessment",
        "The code of conduct was accepted",
        "40 answers were saved",
        "Evidence was added",
        "Submit the file Self-assessment to Screening",
        f"Asked to review: {reviewer}",
        "40 ratings were saved",
        "Certify Before the panel to Certificate granted, not announced yet",
        f"{world.person('panel').name} (panel)",
    ):
        assert words in content
    kinds = set(Event.objects.filter(stream=dossier.pk).values_list("kind", flat=True))
    assert not [kind for kind in kinds if f" {kind} " in content and "_" in kind]


def test_trail_is_arabic_when_its_reader_is(world: World) -> None:
    client = visitor(world.person("auditor"), "ar")
    content = text_of(client.get(page_of(world.dossier("certified"), "trail")))
    assert "حفظت 40 إجابة" in content
    assert "تكليف بالمراجعة: سلمى فؤاد" in content
    assert "منح الشهادة" in content


def test_refused_attempt_is_told_with_its_reasons_when_it_was_logged(world: World) -> None:
    dossier = world.dossier("draft")
    act(visitor(world.applicant), dossier, "submit")
    content = text_of(visitor(world.person("coordinator")).get(page_of(dossier, "trail")))
    assert "Not done: Submit the file" in content
    assert "Criteria that were not answered yet: 40 (" in content


def test_answers_are_withheld_while_the_organisation_is_still_at_work(world: World) -> None:
    dossier = world.dossier("draft")
    visitor(world.applicant).post(
        page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity"),
        {"rating-integrity-1": "3"},
    )
    for role in ("coordinator", "auditor"):
        page = visitor(world.person(role)).get(page_of(dossier, "trail"))
        assert "1 answer was saved" in text_of(page)
        assert "integrity-1" not in page.content.decode()
        assert "What else it holds is shown at a later stage." in text_of(page)


def test_ratings_are_withheld_when_the_reader_may_not_see_them(world: World) -> None:
    dossier = world.dossier("in_review")
    reviewer = world.person("reviewer")
    keys = [
        (rubric.id, each.id)
        for rubric in compiled(dossier.edition_id).rubrics.values()
        for each in rubric.every_criterion()
    ]
    assignment = dossier.assignments.get(reviewer=reviewer)
    rate(assignment=assignment, ratings={key: Rated("2") for key in keys[:7]}, by=reviewer)
    coordinator = visitor(world.person("coordinator")).get(page_of(dossier, "trail"))
    assert "Work on a review was saved" in text_of(coordinator)
    assert "7 ratings" not in text_of(coordinator)
    assert '"ratings"' not in coordinator.content.decode().replace("&quot;", '"')
    assert "7 ratings were saved" in text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))


@pytest.mark.parametrize("role", ["applicant", "reviewer", "panel"])
def test_trail_does_not_exist_when_it_may_not_be_seen(world: World, role: str) -> None:
    dossier = world.dossier("deciding")
    client = visitor(world.person(role))
    assert client.get(page_of(dossier, "trail")).status_code == 404
    assert client.post(page_of(dossier, "verify_trail")).status_code == 404


def test_raw_event_is_the_event_when_it_is_unfolded(world: World) -> None:
    dossier = world.dossier("screening")
    event = Event.objects.filter(stream=dossier.pk).latest("seq")
    page = visitor(world.person("auditor")).get(page_of(dossier, "trail")).content.decode()
    raw = json.dumps(event.content, ensure_ascii=False, indent=2).replace('"', "&quot;")
    assert raw in page
    assert event.hash in page


def test_erased_comment_is_said_to_be_erased_when_the_law_asked_for_it(world: World) -> None:
    dossier = world.dossier("returned")
    said = Text.objects.filter(stream=dossier.pk).latest("seq").seq
    erase_comment(stream=dossier.pk, seq=said, actor=SYSTEM, role="system", reason="Somebody asked.")
    content = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert "The comment was erased by law" in content


def test_verification_says_that_all_is_well_when_it_is(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("auditor"))
    response = client.post(page_of(dossier, "verify_trail"), follow=True)
    count = Event.objects.filter(stream=dossier.pk).count()
    assert f"Verified: {count} events stand as they were written" in text_of(response)


def test_verification_names_the_event_when_one_was_edited(world: World) -> None:
    dossier = world.dossier("screening")
    event = Event.objects.filter(stream=dossier.pk).first()
    with lifted(connection):
        Event.objects.filter(pk=event.pk).update(body=bytes(event.body).replace(b"opened", b"closed"))
    response = visitor(world.person("auditor")).post(page_of(dossier, "verify_trail"), follow=True)
    assert "An event was changed after it was written (event 1): its hash is not" in text_of(response)


def test_verification_says_what_differs_when_a_row_was_edited(world: World) -> None:
    dossier = world.dossier("certified")
    with lifted(connection):
        rating = Rating.objects.filter(assignment__dossier=dossier).order_by("pk").first()
        Rating.objects.filter(pk=rating.pk).update(value="0")
    name = rating.assignment.reviewer.name
    said = {}
    for language in ("en", "ar"):
        client = visitor(world.person("auditor"), language)
        said[language] = text_of(client.post(page_of(dossier, "verify_trail"), follow=True))
        said[language] = said[language].translate({0x2068: None, 0x2069: None})
    assert f"by {name}: the rating is '0' and its trail says" in said["en"]
    assert f"من {name}: الدرجة في الجدول '0' ويقول السجل" in said["ar"]
    assert "(rating)" not in said["en"] + said["ar"]


def test_trail_costs_the_same_when_it_is_long(world: World) -> None:
    short, long = world.dossier("draft"), world.dossier("certified")
    client = visitor(world.person("auditor"))
    assert queries_for(client, page_of(short, "trail")) <= queries_for(client, page_of(long, "trail")) <= 12


def test_a_trail_is_printed_from_the_beginning_on_one_page_with_what_it_is_above(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, auditor = world.dossier("certified"), world.person("auditor")
    client, here = visitor(auditor), page_of(dossier, "trail")
    whole = Event.objects.filter(stream=dossier.pk).count()
    assert f"{here}?print=1" in client.get(here).content.decode()
    page = client.get(here, {"print": "1"})
    seen = text_of(page)
    assert f"1 to {whole} of {whole}" in seen
    assert auditor.name in seen
    assert Event.objects.get(stream=dossier.pk, seq=whole).hash in page.content.decode()
    assert seen.index("The file was opened") < seen.index("Submit the file")
    assert "part 1 of" not in seen
    assert queries_for(client, f"{here}?print=1") <= 15
    monkeypatch.setattr(on_paper, "PRINTED", 10)
    second = text_of(client.get(here, {"print": "1", "page": "2"}))
    assert f"11 to 20 of {whole}" in second
    assert "this is part 2 of" in second


def test_a_page_of_the_trail_says_on_paper_which_events_it_holds(world: World) -> None:
    dossier = world.dossier("screening")
    whole = Event.objects.filter(stream=dossier.pk).count()
    first = text_of(visitor(world.person("auditor")).get(page_of(dossier, "trail")))
    assert f"{max(1, whole - 39)} to {whole} of {whole}" in first


def test_how_each_voted_is_withheld_where_a_file_was_judged_anew_as_well(world: World) -> None:
    dossier = world.dossier("screening")
    scheme = compiled(dossier.edition_id)
    judged = {"ballot": 1, "cast": [{"choice": "certify", "seq": 7}]}
    event = record(dossier.pk, "judged_anew", SYSTEM, edition=dossier.edition_id, data={"judged": judged})
    for seen, withheld in ((("votes", "votes:1"), False), (("scores",), True)):
        shown = entry(told([event])[0], Sentence(""), Seeing(seen, scheme))
        assert (shown["withheld"], shown["raw"] == "") == (withheld, withheld)


@dataclass(frozen=True)
class Seeing:
    things: tuple[str, ...]
    scheme: Compiled

    def sees(self, *things: str) -> bool:
        return not set(things).isdisjoint(self.things)
