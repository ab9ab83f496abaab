"""What the events of a dossier tell of it, of its self-assessment and of what lies in evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, digest_as_kept, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import NOT_TOLD, Key, Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.engine.replay.states import scheme_of
from accreditation_engine.organisations.replay import same_person

from .models import Answer, Dossier, Evidence

DOSSIER, ANSWERS, EVIDENCE = "dossier", "answers", "evidence"
"""Tables of a picture, with their keys: (); rubric and criterion; rubric, criterion, SHA-256 and a number that
tells files apart that were filed again."""


@told_by("dossier", "opened")
def _opened(picture: Picture, event: Said) -> None:
    scheme = scheme_of(event)
    name = scheme.workflow.workflow if scheme else NOT_TOLD
    picture.say(event, DOSSIER, (), scheme=name, opened_at=event.at, code_accepted_at=None)
    picture.say(event, DOSSIER, (), scope_ar="", scope_en="")
    picture.say(event, DOSSIER, (), opened_by=event.name_digest)


@told_by("dossier", "code_accepted")
def _code_accepted(picture: Picture, event: Said) -> None:
    picture.say(event, DOSSIER, (), code_accepted_at=event.at)


@told_by("dossier", "scope_stated")
def _scope_stated(picture: Picture, event: Said) -> None:
    picture.say(event, DOSSIER, (), scope_ar=event.data["ar"], scope_en=event.data["en"])


@told_by("dossier", "answers_saved")
def _answers_saved(picture: Picture, event: Said) -> None:
    _say_answers(picture, event, carried=False)


@told_by("dossier", "answers_carried")
def _answers_carried(picture: Picture, event: Said) -> None:
    _say_answers(picture, event, carried=True)


@told_by("dossier", "answers_confirmed")
def _answers_confirmed(picture: Picture, event: Said) -> None:
    for rubric, criteria in event.data["criteria"].items():
        for criterion in criteria:
            picture.say(event, ANSWERS, (rubric, criterion), carried=False)


def _say_answers(picture: Picture, event: Said, *, carried: bool) -> None:
    data = event.data
    for rubric, ratings in data["answers"].items():
        for criterion, rating in ratings.items():
            digest = digest_told(data, "narratives", rubric, criterion)
            values = {"rating": rating, "carried": carried}
            say_with_text(picture, event, ANSWERS, (rubric, criterion), "narrative", digest, values)


def digest_told(data: dict[str, Any], texts: str, rubric: str, criterion: str) -> Any:
    """What `data` says of a text that lies in a row; events of before said nothing of such texts."""
    return data[texts].get(rubric, {}).get(criterion, "") if texts in data else NOT_TOLD


def say_with_text(
    picture: Picture, event: Said, table: str, key: Key, text: str, digest: Any, values: dict[str, Any]
) -> None:
    """A row that was saved: `values`, and the digest of its column `text`, which may be erased later."""
    new = {} if key in picture.rows(table) else {f"{text}_erased_at": None}
    picture.say(event, table, key, **values, **{text: digest}, updated_at=event.at, **new)


@told_by("dossier", "evidence_filed")
def _filed(picture: Picture, event: Said) -> None:
    data = event.data
    same = (data["rubric"], data["criterion"], data["sha256"])
    again = sum(key[:3] == same for key in picture.rows(EVIDENCE))
    picture.say(
        event,
        EVIDENCE,
        (*same, again),
        name=data.get("file_name", NOT_TOLD),
        media_type=data.get("media_type", NOT_TOLD),
        size=data.get("size", NOT_TOLD),
        file=f"{data['sha256'][:2]}/{data['sha256']}",
        filed_by=event.actor,
        filed_at=event.at,
        visit=data.get("visit"),
        seen_on=date.fromisoformat(data["seen_on"]) if "seen_on" in data else None,
        taken_back_at=None,
        name_erased_at=None,
        content_erased_at=None,
    )


@told_by("dossier", "evidence_taken_back")
def _taken_back(picture: Picture, event: Said) -> None:
    """The first of the same files that still stands, or the one whose name is told."""
    data = event.data
    same, name = (data["rubric"], data["criterion"], data["sha256"]), data.get("file_name")
    standing = [
        key
        for key, row in picture.rows(EVIDENCE).items()
        if key[:3] == same and row["taken_back_at"].value is None
    ]
    named = [key for key in standing if picture.value(EVIDENCE, key, "name") == name]
    for key in (named or standing)[:1]:
        picture.say(event, EVIDENCE, key, taken_back_at=event.at)


def _dossiers(dossiers: Collection[UUID]) -> Iterable[Kept]:
    names = ("scheme", "opened_at", "code_accepted_at", "scope_ar", "scope_en")
    for pk, *values in Dossier.objects.filter(pk__in=dossiers).values_list("pk", *names):
        yield pk, (), dict(zip(names, values, strict=True))


def _answers(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Answer.objects.filter(dossier__in=dossiers).order_by("pk")
    names = ("rating", "carried", "updated_at", "narrative_erased_at")
    texts = ("narrative_salt", "narrative", "dossier", "rubric", "criterion")
    for salt, narrative, dossier, rubric, criterion, *values in rows.values_list(*texts, *names):
        kept = dict(zip(names, values, strict=True))
        yield dossier, (rubric, criterion), {**kept, "narrative": digest_as_kept(salt, narrative)}


def _evidence(dossiers: Collection[UUID]) -> Iterable[Kept]:
    seen: dict[tuple[UUID, Key], int] = {}
    for each in Evidence.objects.filter(dossier__in=dossiers).order_by("pk"):
        same = (each.rubric, each.criterion, each.sha256)
        again = seen[each.dossier_id, same] = seen.get((each.dossier_id, same), -1) + 1
        kept = {
            "name": digest_as_kept(each.name_salt, each.name),
            "media_type": each.media_type,
            "size": each.size,
            "file": each.file.name,
            "filed_by": each.filed_by_id,
            "filed_at": each.filed_at,
            "visit": each.visit,
            "seen_on": each.seen_on,
            "taken_back_at": each.taken_back_at,
            "name_erased_at": each.name_erased_at,
            "content_erased_at": each.content_erased_at,
        }
        yield each.dossier_id, (*same, again), kept


tables += [
    Table(
        "dossier",
        DOSSIER,
        "dossier",
        _dossiers,
        "the file",
        alike={"opened_at": near, "code_accepted_at": near},
    ),
    Table(
        "dossier",
        ANSWERS,
        "answer",
        _answers,
        "the answer to {criterion} ({rubric})",
        ("rubric", "criterion"),
        alike={"updated_at": near, "narrative_erased_at": near},
    ),
    Table(
        "dossier",
        EVIDENCE,
        "evidence",
        _evidence,
        "evidence {sha256} for {criterion} ({rubric})",
        ("rubric", "criterion", "sha256", "again"),
        alike={
            "filed_by": same_person,
            "filed_at": near,
            "taken_back_at": near,
            "name_erased_at": near,
            "content_erased_at": near,
        },
    ),
]
