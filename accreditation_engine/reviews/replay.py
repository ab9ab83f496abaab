"""What the events of a dossier tell of its reviewers and what each of them gave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.dossiers.replay import digest_told, say_with_text
from accreditation_engine.engine.replay.comparing import Kept, Table, digest_as_kept, near, tables
from accreditation_engine.engine.replay.folding import told_by, told_by_effect
from accreditation_engine.engine.replay.picture import NOT_TOLD, Key, Picture
from accreditation_engine.engine.replay.said import Said

from .models import Assignment, Origin, Rating
from .visits import SAMPLE_DRAWN

ASSIGNMENTS, RATINGS, SAMPLES = "assignments", "ratings", "samples"
"""Tables of a picture, with their keys: the reviewer's id and which of their assignments; the same with rubric and
criterion; the number of the event, for samples, of which there is no table."""


@told_by("dossier", Origin.ASSIGNED, Origin.CLAIMED, Origin.DRAWN)
def _came(picture: Picture, event: Said) -> None:
    _assigned(picture, event, None)


@told_by("dossier", Origin.HANDED_OVER)
def _handed_over(picture: Picture, event: Said) -> None:
    (given,) = _open(picture, str(event.data["from"]))
    picture.say(event, ASSIGNMENTS, given, released_at=event.at)
    _assigned(picture, event, given)


def _assigned(picture: Picture, event: Said, given: Key | None) -> None:
    """`given` is the assignment that was handed over. Events of before did not say when a review was due."""
    data, due = event.data, event.data.get("due_at", NOT_TOLD)
    reviewer = str(data["reviewer"])
    key = (reviewer, len(reviews_told(picture, reviewer)) + 1)
    values: dict[str, Any] = {
        "name_digest": data.get("name_digest"),
        "origin": event.kind,
        "assigned_at": event.at,
        "due_at": datetime.fromisoformat(due) if isinstance(due, str) else due,
        "handed_over_from": given,
    }
    picture.say(event, ASSIGNMENTS, key, **values, sent_at=None, released_at=None)


@told_by("dossier", "released")
def _released(picture: Picture, event: Said) -> None:
    """Sent or not: an objection that is upheld takes a review back that was sent."""
    rows = picture.rows(ASSIGNMENTS)
    for key in reviews_told(picture, str(event.data["reviewer"])):
        if rows[key]["released_at"].value is None:
            picture.say(event, ASSIGNMENTS, key, released_at=event.at)


@told_by_effect("close_own_review")
def _sent(picture: Picture, event: Said) -> None:
    for key in _open(picture, str(event.actor)):
        picture.say(event, ASSIGNMENTS, key, sent_at=event.at)


@told_by("dossier", "rated")
def _rated(picture: Picture, event: Said) -> None:
    data, reviewer = event.data, str(event.actor)
    which = len(reviews_told(picture, reviewer))
    for rubric, ratings in data["ratings"].items():
        for criterion, value in ratings.items():
            key, digest = (reviewer, which, rubric, criterion), digest_told(data, "notes", rubric, criterion)
            say_with_text(picture, event, RATINGS, key, "note", digest, {"value": value})


@told_by("dossier", SAMPLE_DRAWN)
def _drawn(picture: Picture, event: Said) -> None:
    picture.say(event, SAMPLES, (event.seq,), sample=event.data["sample"], drawn_at=event.at)


def reviews_told(picture: Picture, reviewer: str) -> list[Key]:
    return [key for key in picture.rows(ASSIGNMENTS) if key[0] == reviewer]


def _open(picture: Picture, reviewer: str) -> list[Key]:
    """The reviewer's assignments that are neither sent nor given back."""
    rows = picture.rows(ASSIGNMENTS)
    return [
        key
        for key in reviews_told(picture, reviewer)
        if rows[key]["sent_at"].value is None and rows[key]["released_at"].value is None
    ]


def _assignments(dossiers: Collection[UUID]) -> Iterable[Kept]:
    numbered = list(numbered_reviews(dossiers))
    keys: dict[int | None, tuple[UUID, Key]] = {each.pk: (each.dossier_id, key) for each, key in numbered}
    for each, key in numbered:
        kept = {
            "origin": each.origin,
            "assigned_at": each.assigned_at,
            "due_at": each.due_at,
            "sent_at": each.sent_at,
            "released_at": each.released_at,
            "handed_over_from": _before(each, keys),
        }
        yield each.dossier_id, key, kept


def _before(review: Assignment, keys: Mapping[int | None, tuple[UUID, Key]]) -> Key | int | None:
    """The review that it was handed over from, in the words of events; one of another dossier by its bare id,
    which no event tells of."""
    of, key = keys.get(review.handed_over_from_id, (None, None))
    return key if of == review.dossier_id else review.handed_over_from_id


def _ratings(dossiers: Collection[UUID]) -> Iterable[Kept]:
    which = {each.pk: (each.dossier_id, key) for each, key in numbered_reviews(dossiers)}
    names = ("value", "updated_at", "note_erased_at")
    texts = ("note_salt", "note", "assignment", "rubric", "criterion")
    rows = Rating.objects.filter(assignment__dossier__in=dossiers).order_by("pk")
    for salt, note, assignment, rubric, criterion, *values in rows.values_list(*texts, *names):
        dossier, key = which[assignment]
        kept = {**dict(zip(names, values, strict=True)), "note": digest_as_kept(salt, note)}
        yield dossier, (*key, rubric, criterion), kept


def numbered_reviews(dossiers: Collection[UUID]) -> Iterable[tuple[Assignment, Key]]:
    counted: dict[tuple[UUID, str], int] = {}
    for each in Assignment.objects.filter(dossier__in=dossiers).order_by("pk"):
        reviewer = str(each.reviewer_id)
        which = counted[each.dossier_id, reviewer] = counted.get((each.dossier_id, reviewer), 0) + 1
        yield each, (reviewer, which)


tables += [
    Table(
        "dossier",
        ASSIGNMENTS,
        "assignment",
        _assignments,
        "assignment {which} of reviewer {reviewer}",
        ("reviewer", "which"),
        by_effects=True,
        alike={"assigned_at": near, "released_at": near},
    ),
    Table(
        "dossier",
        RATINGS,
        "rating",
        _ratings,
        "the rating of {criterion} ({rubric}) by {reviewer}",
        ("reviewer", "which", "rubric", "criterion"),
        alike={"updated_at": near, "note_erased_at": near},
    ),
]
