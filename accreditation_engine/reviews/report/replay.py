"""What the events of a dossier tell of what was contested in its report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.reviews.replay_files import files_of

from .contesting import ANSWERED, CONTESTED
from .models import Contest, ContestFile
from .versions import AMENDED, MADE

CONTESTS, FILES, REPORT = "contests", "contest_files", "report"
"""Tables of a picture; the key of a row is the number of the event of its point, and of a file its SHA-256 beside
it; of the report, the number of the version. The report lies in no table: its events are all there is."""


@told_by("dossier", MADE, AMENDED)
def _version(picture: Picture, event: Said) -> None:
    picture.say(event, REPORT, (event.data["version"],), digest=event.data["digest"], at=event.at)


@told_by("dossier", CONTESTED)
def _contested(picture: Picture, event: Said) -> None:
    data, about = event.data, {"rubric": event.data["rubric"], "criterion": event.data["criterion"]}
    finding = UUID(data["finding"]) if data["finding"] else None
    open_ = {"answered_seq": None, "answered_at": None, "answered_role": "", "accepted": None}
    picture.say(event, CONTESTS, (event.seq,), **about, finding=finding, made_at=event.at, **open_)
    for sha256 in data["files"]:
        picture.say(event, FILES, (event.seq, sha256), dossier=event.stream, **about)


@told_by("dossier", ANSWERED)
def _answered(picture: Picture, event: Said) -> None:
    data = event.data
    answer = {"answered_seq": event.seq, "answered_at": event.at, "answered_role": event.role}
    picture.say(event, CONTESTS, (data["contested"],), **answer, accepted=data["accepted"])


NAMES = (
    "rubric",
    "criterion",
    "finding",
    "made_at",
    "answered_seq",
    "answered_at",
    "answered_role",
    "accepted",
)


def _contests(dossiers: Collection[UUID]) -> Iterable[Kept]:
    rows = Contest.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, *values in rows.values_list("dossier", "seq", *NAMES):
        yield dossier, (seq,), dict(zip(NAMES, values, strict=True))


tables += [
    Table("dossier", CONTESTS, "contest", _contests, "the point contested in event {seq}", ("seq",)),
    Table(
        "dossier",
        FILES,
        "contest",
        files_of(ContestFile, "contest"),
        "the file {sha256} with the point contested in event {seq}",
        ("seq", "sha256"),
    ),
]
