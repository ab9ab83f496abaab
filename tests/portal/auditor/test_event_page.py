"""One event on a page of its own, and two side by side."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.trail.bundle.verify_trail import is_included
from accreditation_engine.trail.models import Checkpoint, Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.covering import event_leaf
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World


def page_of_event(event: Event) -> str:
    return reverse("audit_event", args=[event.stream, event.seq])


def opened(world: World, event: Event, language: str = "en") -> HttpResponse:
    response = visitor(world.person("auditor"), language).get(page_of_event(event))
    assert response.status_code == 200
    return response


def test_event_says_all_that_it_holds(world: World) -> None:
    dossier = world.dossier("certified")
    event = Event.objects.get(stream=dossier.pk, transition="certify")
    response = opened(world, event)
    text, source = text_of(response), response.content.decode()
    assert "Certify" in text
    for field in ("stream", "seq", "actor.name_digest", "previous", "hash", "data.judged.ratings"):
        assert f">{field}</bdi>" in source
    assert event.hash in text
    assert json.dumps(event.content, ensure_ascii=False, indent=2).replace('"', "&quot;") in source
    assert "It waits for the next checkpoint" in text


def test_event_is_told_in_arabic_when_its_reader_reads_arabic(world: World) -> None:
    event = Event.objects.filter(stream=world.dossier("screening").pk).latest("seq")
    text = text_of(opened(world, event, "ar"))
    assert "تقديم الملف" in text
    assert "بصمة الواقعة السابقة" in text


def test_proof_leads_to_the_root_of_the_checkpoint_that_covers_the_event(world: World) -> None:
    dossier = world.dossier("screening")
    first = make_checkpoint()
    world.dossier("draft")
    make_checkpoint()
    event = Event.objects.get(stream=dossier.pk, seq=2)
    response = opened(world, event)
    proof = response.context["proof"]
    assert proof["checkpoint"] == Checkpoint.objects.get(size=first.size)
    path = [bytes.fromhex(each) for each in proof["path"]]
    leaf, root = event_leaf(event.hash), bytes.fromhex(first.root)
    assert is_included(leaf, proof["position"], first.size, path, root)
    assert not is_included(leaf, proof["position"] + 1, first.size, path, root)
    assert all(each in response.content.decode() for each in proof["path"])


def test_events_before_and_after_are_one_press_away(world: World) -> None:
    dossier = world.dossier("screening")
    last = Event.objects.filter(stream=dossier.pk).latest("seq")
    middle = opened(world, Event.objects.get(stream=dossier.pk, seq=last.seq - 1))
    assert middle.context["next"] == page_of_event(last)
    assert opened(world, last).context["next"] == ""
    assert opened(world, Event.objects.get(stream=dossier.pk, seq=1)).context["previous"] == ""


def withheld_event(world: World) -> Event:
    """Ratings of a file on which the organisation is at work again: shown to nobody who reads the trail."""
    dossier = world.dossier("draft")
    visitor(world.applicant).post(
        reverse("self_assessment_area", args=[dossier.pk, "institutional-commitment", "integrity"]),
        {"rating-integrity-1": "3"},
    )
    return Event.objects.get(stream=dossier.pk, kind="answers_saved")


def test_withheld_event_shows_no_field_and_no_body(world: World) -> None:
    event = withheld_event(world)
    source = opened(world, event).content.decode()
    assert "shown at a later stage" in source
    assert "integrity-1" not in source
    assert "comment_digest" not in source
    assert event.hash in source


def test_event_that_does_not_exist_is_not_found(world: World) -> None:
    dossier = world.dossier()
    client = visitor(world.person("auditor"))
    for seq in (0, 99, 2**40, 2**70):
        assert client.get(reverse("audit_event", args=[dossier.pk, seq])).status_code == 404


def compare(world: World, *events: Event) -> HttpResponse:
    keys = [f"{each.stream}/{each.seq}" for each in events]
    return visitor(world.person("auditor")).get(reverse("audit_comparison"), {"event": keys}, follow=True)


def test_differences_are_marked_field_by_field(world: World) -> None:
    dossier = world.dossier("in_review")
    reviewer = world.person("reviewer")
    assignment = dossier.assignments.get(reviewer=reviewer)
    rubric = next(iter(compiled(dossier.edition_id).rubrics.values()))
    key = (rubric.id, next(iter(rubric.every_criterion())).id)
    for value in ("2", "3"):
        rate(assignment=assignment, ratings={key: Rated(value)}, by=reviewer)
    events = list(Event.objects.filter(stream=dossier.pk, kind="rated").order_by("seq"))
    rows = {each["path"]: each for each in compare(world, *events).context["rows"]}
    changed = rows[f"data.ratings.{key[0]}.{key[1]}"]
    assert (changed["one"], changed["other"], changed["differs"]) == ("2", "3", True)
    assert not rows["actor.id"]["differs"]
    assert not rows["stream"]["differs"]


def test_withheld_event_is_compared_by_what_is_told_of_it(world: World) -> None:
    event = withheld_event(world)
    first = Event.objects.get(stream=event.stream, seq=1)
    response = compare(world, first, event)
    rows = {each["path"]: each for each in response.context["rows"]}
    assert rows["role"]["one"] == "applicant"
    assert rows["role"]["other"] == ""
    assert "integrity-1" not in response.content.decode()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_anything_but_two_is_sent_back_with_what_to_do(world: World, count: int) -> None:
    dossier = world.dossier("screening")
    response = compare(world, *Event.objects.filter(stream=dossier.pk)[:count])
    assert f"Choose exactly two events to put side by side; you chose {count}." in text_of(response)
    assert response.resolver_match.url_name == "audit"


@pytest.mark.parametrize(
    "odd", ["x", "/", "x/1", "00000000-0000-4000-8000-000000000000/99999999999999999999999"]
)
def test_odd_keys_are_not_found(world: World, odd: str) -> None:
    client = visitor(world.person("auditor"))
    assert client.get(reverse("audit_comparison"), {"event": [odd, "a/1"]}).status_code == 404


def test_pages_of_events_cost_at_most_fifteen_queries(world: World) -> None:
    dossier = world.dossier("certified")
    make_checkpoint()
    client = visitor(world.person("auditor"))
    event = Event.objects.get(stream=dossier.pk, transition="certify")
    assert queries_for(client, page_of_event(event)) <= 15
    before = f"{event.stream}/{event.seq - 1}"
    pair = f"{reverse('audit_comparison')}?event={before}&event={event.stream}/{event.seq}"
    assert queries_for(client, pair) <= 15


def test_fields_are_folded_away_and_told_in_words(world: World) -> None:
    dossier = world.dossier("certified")
    steps = Event.objects.filter(stream=dossier.pk, kind="transition")
    vote = next(each for each in steps if "choice" in each.data)
    response = opened(world, vote)
    assert "<summary" in response.content.decode().split("Field by field")[0].rsplit("<section", 1)[1]
    fields = {each["path"]: each for each in response.context["fields"]}
    assert fields["data.choice"]["meaning"] == "what was voted for"
    assert fields["data.choice"]["words"] == "Certify"
    certify = opened(world, Event.objects.get(stream=dossier.pk, transition="certify"))
    fields = {each["path"]: each for each in certify.context["fields"]}
    assert not [each["meaning"] for each in fields.values() if "belongs to this kind" in each["meaning"]]
    assert fields["data.judged.cast"]["words"].startswith("Certify")
    assert fields["data.judged.votes.certify"]["meaning"] == "What was judged: votes for “Certify”"


def test_identifiers_are_told_with_whom_they_stand_for(world: World) -> None:
    dossier = world.dossier("in_review")
    event = Event.objects.filter(stream=dossier.pk, kind="assigned").latest("seq")
    fields = {each["path"]: each for each in opened(world, event).context["fields"]}
    reviewer = User.objects.get(pk=event.data["reviewer"])
    assert fields["data.reviewer"]["words"] == reviewer.name


def test_codes_are_told_in_words_where_two_events_are_compared(world: World) -> None:
    dossier = world.dossier("certified")
    one, other = Event.objects.filter(stream=dossier.pk, kind="transition").order_by("seq")[:2]
    rows = {each["path"]: each for each in compare(world, one, other).context["rows"]}
    assert rows["role"]["one_words"] == role_title("applicant")
    assert rows["transition"]["one_words"] == "Submit the file"
    assert rows["kind"]["other_words"]


def test_withheld_event_tells_no_more_in_words_than_in_codes(world: World) -> None:
    event = withheld_event(world)
    first = Event.objects.get(stream=event.stream, seq=1)
    rows = {each["path"]: each for each in compare(world, first, event).context["rows"]}
    told = {path for path, each in rows.items() if each["other_words"]}
    assert told == {"stream", "kind"}
