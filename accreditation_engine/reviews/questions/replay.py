"""What the events of a dossier tell of questions to its organisation, and of the files that came with answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.reviews.replay_files import files_of

from .answering import ANSWERED
from .asking import ASKED, WITHDRAWN
from .models import Question, QuestionFile

QUESTIONS, FILES = "questions", "question_files"
"""Tables of a picture; the key of a row is the number of the event of its question, and of a file its SHA-256
beside it."""


@told_by("dossier", ASKED)
def _asked(picture: Picture, event: Said) -> None:
    data = event.data
    picture.say(
        event,
        QUESTIONS,
        (event.seq,),
        rubric=data["rubric"],
        criterion=data["criterion"],
        asked_by=event.actor,
        name_digest=event.name_digest,
        role=event.role,
        asked_at=event.at,
        due_on=date.fromisoformat(data["due_on"]),
        follows=data["follows"],
        answered_seq=None,
        answered_at=None,
        withdrawn_seq=None,
        withdrawn_at=None,
    )


@told_by("dossier", ANSWERED)
def _answered(picture: Picture, event: Said) -> None:
    data = event.data
    picture.say(event, QUESTIONS, (data["asked"],), answered_seq=event.seq, answered_at=event.at)
    for sha256 in data.get("files", ()):
        lies = {"rubric": data["rubric"], "criterion": data["criterion"]}
        picture.say(event, FILES, (data["asked"], sha256), dossier=event.stream, **lies)


@told_by("dossier", WITHDRAWN)
def _withdrawn(picture: Picture, event: Said) -> None:
    picture.say(event, QUESTIONS, (event.data["asked"],), withdrawn_seq=event.seq, withdrawn_at=event.at)


NAMES = (
    "rubric",
    "criterion",
    "asked_by",
    "role",
    "asked_at",
    "due_on",
    "answered_seq",
    "answered_at",
    "withdrawn_seq",
    "withdrawn_at",
)


def _questions(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Question.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, follows, *values in rows.values_list("dossier", "seq", "follows__seq", *NAMES):
        yield dossier, (seq,), {**dict(zip(NAMES, values, strict=True)), "follows": follows}


tables += [
    Table("dossier", QUESTIONS, "question", _questions, "the question of event {seq}", ("seq",)),
    Table(
        "dossier",
        FILES,
        "question",
        files_of(QuestionFile, "question"),
        "the file {sha256} with the answer to the question of event {seq}",
        ("seq", "sha256"),
    ),
]
