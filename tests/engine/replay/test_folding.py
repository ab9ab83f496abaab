"""A picture is told from events alone, and from any number of them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from accreditation_engine.dossiers.models import Answer
from accreditation_engine.engine.replay.comparing import compared
from accreditation_engine.engine.replay.folding import replay
from accreditation_engine.engine.replay.picture import NOT_TOLD, Picture
from accreditation_engine.engine.replay.said import said_in
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event
from tests.support.world import World, in_state

from .busy import A1, corrected, first_criterion, reconciled, self_assessed

pytestmark = pytest.mark.django_db


def exported(stream: UUID) -> str:
    """All events of a stream as a bundle or an export holds them."""
    return json.dumps([each.content for each in Event.objects.filter(stream=stream).order_by("seq")])


def told(of: str, text: str, upto: int | None = None) -> Picture:
    return replay(of, [said_in(each) for each in json.loads(text)[:upto]])


def test_events_in_a_file_are_enough_and_the_database_is_asked_nothing(
    world: World, django_assert_num_queries: Any
) -> None:
    file = reconciled(world)
    text = exported(file.pk)
    with django_assert_num_queries(0):
        picture = told("dossier", text)
    assert list(compared("dossier", [file.pk], {file.pk: picture})) == []
    assert picture.value("state", (), "state") == "granted"
    assert len(picture.rows("proposals")) == 3
    assert [row["choice"].value for row in picture.rows("votes").values()] == ["deny", "grant", "grant"]
    assert [row["ballot"].value for row in picture.rows("votes").values()] == [1, 2, 2]


def test_a_part_of_the_events_tells_what_stood_then(world: World) -> None:
    file = self_assessed(world)
    text, key = exported(file.pk), first_criterion(file)
    saved = [each["seq"] for each in json.loads(text) if each["kind"] == "answers_saved"]
    first, second = (told("dossier", text, seq) for seq in saved)
    assert (first.value("answers", key, "rating"), second.value("answers", key, "rating")) == ("2", "3")
    assert told("dossier", text, saved[0] - 1).rows("answers") == {}
    assert first.rows("answers")[key]["rating"].seq == saved[0]


def test_state_and_deadline_are_told_as_the_row_has_them(world: World) -> None:
    file = world.dossier("in_review")
    row = told("dossier", exported(file.pk)).rows("state")[()]
    kept = in_state(file)
    kept["edition"] = kept.pop("edition_id")
    assert {name: each.value for name, each in row.items()} == kept
    assert kept["deadline_at"] is not None


def test_who_agreed_on_what_is_told(world: World) -> None:
    picture = told("dossier", exported(reconciled(world).pk))
    (agreed,) = picture.rows("agreed").values()
    assert (agreed["rubric"].value, agreed["criterion"].value) == A1
    assert agreed["value"].value == "2"
    assert all(row["closed_at"].value for row in picture.rows("proposals").values())
    assert len(picture.rows("consents")) == 4


def test_a_finding_is_told_with_its_owner_and_what_shows_that_something_was_done(world: World) -> None:
    finding: Finding = corrected(world)
    picture = told("finding", exported(finding.pk))
    assert picture.value("owner", (), "owner") == world.applicant.pk
    assert picture.value("opening", (), "severity") == finding.severity
    assert len(picture.rows("corrections")) == 1


def test_what_events_of_before_did_not_say_is_not_told(world: World) -> None:
    file = self_assessed(world)
    events = json.loads(exported(file.pk))
    for each in events:
        each["data"].pop("narratives", None)
    picture = told("dossier", json.dumps(events))
    key = first_criterion(file)
    assert picture.value("answers", key, "narrative") is NOT_TOLD
    assert picture.value("answers", key, "rating") == Answer.objects.get(dossier=file).rating


def test_refusals_change_nothing(world: World) -> None:
    file = self_assessed(world)
    text = exported(file.pk)
    events = json.loads(text)
    refused = {
        **events[-1],
        "kind": "refused",
        "seq": len(events) + 1,
        "target": None,
        "data": {"reasons": []},
    }
    assert told("dossier", json.dumps([*events, refused])).tables == told("dossier", text).tables
