"""The page of a file as it stood at a moment: told from events, as far as the reader may see it today."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.auditor.as_of import story_of
from accreditation_engine.portal.auditor.as_of_parts import parts_of
from accreditation_engine.portal.auditor.as_of_tables import Sight
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event, Name
from tests.engine.replay.busy import corrected, reconciled
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import World


def page(world: World, dossier: Dossier, role: str = "auditor", language: str = "en", **asked: Any) -> str:
    response = visitor(world.person(role), language).get(page_of(dossier, "as_of"), asked)
    assert response.status_code == 200
    return text_of(response)


def seq_of(dossier: Dossier, kind: str, **more: Any) -> int:
    return Event.objects.filter(stream=dossier.pk, kind=kind, **more).earliest("seq").seq


def test_a_certified_file_is_told_as_it_was_under_review(world: World) -> None:
    dossier = world.dossier("certified")
    rated = seq_of(dossier, "rated")
    then, now = page(world, dossier, seq=rated), page(world, dossier)
    assert "State In review" in then
    assert "State Certified" in now
    assert "Certificates" in now
    assert "Certificates" not in then
    assert "Ratings By this event 40 rows" in then
    assert "Ratings 80 rows" in now
    assert "Votes" not in then
    assert f"after event {rated} of" in then


def test_deadline_and_whom_it_waited_for_are_those_of_then(world: World) -> None:
    dossier = world.dossier("in_review")
    entered = Event.objects.get(stream=dossier.pk, seq=dossier.entered_seq)
    assert dossier.deadline_at is not None
    said = page(world, dossier, seq=entered.seq)
    assert "It waited for reviewer" in said
    assert f"Deadline then {timezone.localtime(dossier.deadline_at).day} " in said
    assert "It waited for applicant" in page(world, dossier, seq=1)


def test_what_the_event_changed_is_marked_and_nothing_else(world: World) -> None:
    dossier = world.dossier("certified")
    response = visitor(world.person("auditor")).get(
        page_of(dossier, "as_of"), {"seq": seq_of(dossier, "evidence_filed")}
    )
    changed = {each["title"]: each["changed"] for each in response.context["parts"]}
    assert changed == {"Answers": False, "Evidence": True}
    rows = next(each for each in response.context["parts"] if each["title"] == "Evidence")["table"]["rows"]
    assert ["badge" in each["cells"][-1] for each in rows] == [True]


def test_one_goes_from_event_to_event_through_all_streams_of_the_file(world: World) -> None:
    finding = corrected(world)
    client, address = visitor(world.person("auditor")), page_of(finding.dossier, "as_of") + "?seq=1"
    seen = []
    while address:
        response = client.get(address)
        seen.append(response.context["place"])
        address = response.context["next"]
    assert seen == list(range(1, response.context["of"] + 1))
    assert response.context["of"] > Event.objects.filter(stream=finding.dossier_id).count()


def test_a_finding_is_told_in_the_state_of_then(world: World) -> None:
    finding = corrected(world)
    opened = page(world, finding.dossier, event=f"{finding.pk}/1")
    later = page(world, finding.dossier)
    assert "Who sees to it" in opened
    assert world.applicant.name not in opened.partition("Findings")[2].partition("Where it stood")[0]
    assert world.applicant.name in later.partition("Findings")[2]


def test_votes_and_consensus_are_told_with_names(world: World) -> None:
    dossier, auditor = reconciled(world), world.person("auditor")
    things = frozenset({"trail", "ratings", "votes"})
    reader = Reader(auditor, dossier, frozenset({"auditor"}), things)
    story = story_of(reader)
    place = len(story.events) - 1
    pictures = story.pictures(place)
    names = dict(Name.objects.values_list("digest", "name"))
    scheme = compiled(dossier.edition_id)
    with override("en"):
        parts = parts_of(Sight(reader, story.events[place], pictures, scheme, names))
    told = {
        each["title"]: [[cell.get("value") for cell in row["cells"][:-1]] for row in each["table"]["rows"]]
        for each in parts
    }
    one, panel = world.person("reviewer").name, [world.person("panel", number).name for number in (0, 1)]
    assert told["Votes"] == [[panel[0], "Deny", 1], [panel[0], "Grant", 2], [panel[1], "Grant", 2]]
    assert told["Consensus"] == [
        ["A 1", "4", one, "no longer"],
        ["A 1", "3", one, "no longer"],
        ["A 1", "2", one, "agreed"],
    ]
    assert [row[2] for row in told["Reviewers"]] == ["given back", "sent", "sent"]
    assert "Answers" not in told


def test_a_text_that_was_rewritten_is_not_told_as_the_one_of_then(world: World) -> None:
    dossier, key = world.dossier("draft"), ("institutional-commitment", "integrity-1")
    for text in ("First wording", "Second wording"):
        save_answers(dossier=dossier, answers={key: Given("3", text)}, by=world.applicant)
    saved = [
        each.seq for each in Event.objects.filter(stream=dossier.pk, kind="answers_saved").order_by("seq")
    ]
    world.take_to(dossier, "in_review")
    assert "rewritten or erased since" in page(world, dossier, seq=saved[0])


def test_parts_that_the_reader_may_not_see_today_are_left_out(world: World) -> None:
    dossier = world.dossier("in_review")
    reader = "coordinator"
    response = visitor(world.person(reader)).get(page_of(dossier, "as_of"))
    shown = {each["title"] for each in response.context["parts"]}
    assert "Ratings" not in shown
    assert "Votes" not in shown


@pytest.mark.parametrize("role", ["applicant", "reviewer"])
def test_who_does_not_see_the_trail_does_not_see_the_past(world: World, role: str) -> None:
    dossier = world.dossier("in_review")
    assert visitor(world.person(role)).get(page_of(dossier, "as_of")).status_code == 404
    assert visitor(world.stranger).get(page_of(dossier, "as_of")).status_code == 404


def test_a_moment_is_found_by_its_date(world: World) -> None:
    dossier = world.dossier("in_review")
    event = Event.objects.get(stream=dossier.pk, seq=1)
    said = page(
        world, dossier, at=timezone.localtime(event.at + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S")
    )
    count = Event.objects.filter(stream=dossier.pk).count()
    assert f"after event {count} of {count}" in said


ODD = {
    "no date": ({"at": "yesterday"}, "This is no date and time"),
    "no date, said above": ({"at": "hello"}, "The moment that was asked for cannot be read"),
    "nothing": ({"at": ""}, "Choose a date and time"),
    "before it was opened": ({"at": "2001-01-01T00:00"}, "The file had not been opened by then"),
    "a number too large": ({"seq": "9999"}, "There is no such event here"),
    "no number": ({"seq": "first"}, "There is no such event here"),
    "no stream": ({"event": "x/1"}, "There is no such event here"),
    "an empty event": ({"event": "/"}, "There is no such event here"),
}


@pytest.mark.parametrize(("asked", "words"), ODD.values(), ids=ODD)
def test_what_cannot_be_shown_is_said_with_what_can(world: World, asked: dict[str, str], words: str) -> None:
    assert words in page(world, world.dossier("screening"), **asked)


def test_the_trail_leads_to_every_moment(world: World) -> None:
    dossier = world.dossier("screening")
    content = visitor(world.person("auditor")).get(page_of(dossier, "trail")).content.decode()
    assert set(re.findall(r"as-of/\?seq=(\d+)", content)) == {
        str(each) for each in Event.objects.filter(stream=dossier.pk).values_list("seq", flat=True)
    }


def test_arabic_readers_read_arabic(world: World) -> None:
    said = page(world, world.dossier("certified"), language="ar")
    for words in ("كما كان في", "أين كان", "وقت آخر", "الشهادات", "الأصوات"):
        assert words in said


def test_concerns_stood_where_they_stood_and_who_raised_them_is_for_few(world: World) -> None:
    dossier = world.dossier("certified")
    concern = Concern("They asked for money.", name="Salwa Example", mail="salwa@tests.example")
    complaint = raise_concern(dossier=dossier, concern=concern).complaint
    world.perform(complaint, "admit")
    assert f"{complaint.number} Put to the organisation" in page(world, dossier)
    opened = page(world, dossier, event=f"{complaint.pk}/1")
    assert f"{complaint.number} Received" in opened
    contact = Event.objects.get(stream=complaint.pk, kind="complaint_contact")
    assert "Salwa" in page(world, dossier, event=f"{complaint.pk}/{contact.seq}")
    owner = Reader(world.applicant, dossier, frozenset({"applicant", "coordinator"}), frozenset({"trail"}))
    streams = {(each.stream, each.kind) for each in story_of(owner).events}
    assert (complaint.pk, "transition") in streams
    assert (complaint.pk, "complaint_contact") not in streams
    applicant = Reader(world.applicant, dossier, frozenset({"applicant"}), frozenset({"trail"}))
    assert complaint.pk not in {each.stream for each in story_of(applicant).events}


def test_the_number_of_queries_stays(world: World) -> None:
    client = visitor(world.person("auditor"))
    assert queries_for(client, page_of(world.dossier("certified"), "as_of")) <= 15
    assert queries_for(client, page_of(corrected(world).dossier, "as_of")) <= 15


def test_minute_that_a_page_prints_finds_what_happened_within_it(world: World) -> None:
    dossier = world.dossier("draft")
    first = Event.objects.get(stream=dossier.pk, seq=1)
    minute = timezone.localtime(first.at).strftime("%Y-%m-%dT%H:%M")
    second = timezone.localtime(first.at).strftime("%Y-%m-%dT%H:%M:%S")
    client = visitor(world.person("auditor"), "en")
    for typed in (minute, second, minute.replace("T", " ")):
        text = text_of(client.get(page_of(dossier, "as_of"), {"at": typed}))
        assert "had not been opened by then" not in text
        assert second[-8:] in text
        assert "All times on this site: Cairo time" in text
