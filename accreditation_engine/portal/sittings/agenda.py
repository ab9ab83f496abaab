"""The agenda of a sitting in the eyes of one reader: each file as far as it is theirs to see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from accreditation_engine.decisions.dissenting import DISSENTED
from accreditation_engine.decisions.latest import latest_number
from accreditation_engine.decisions.models import AgendaItem, Sitting, Vote
from accreditation_engine.decisions.recusing import RECUSED
from accreditation_engine.decisions.sealing import VOTES, WHO_VOTED, votes_of
from accreditation_engine.decisions.sittings.ending import panel_before
from accreditation_engine.decisions.sittings.models import ATTENDANCE_NOTED, MINUTED
from accreditation_engine.decisions.sittings.standing import (
    Before,
    decisions_in,
    said_in,
    votes_by_ballot,
)
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.parts import parts_in_sql, parts_of
from accreditation_engine.engine.visibility import sealed_in, visible
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.reviews.sheets import FIELDS, combined_sheet, sent_ratings
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

WATCH = frozenset({"coordinator", "auditor"})
SETS_DOWN = frozenset({"coordinator", "chair"})
BESIDE = frozenset({DISSENTED, RECUSED, MINUTED, ATTENDANCE_NOTED})
"""Kinds of events whose words are shown."""


@dataclass(frozen=True)
class Item:
    """One file of the agenda. `reader` is None where it is closed to whoever looks: then nothing but its place and
    number is shown; `steps_aside` says that it is because they had a hand in it before. `votes` is None while they
    may not be known. `stepped_aside` holds who did, with the reason, for those who read the trail, where it stands
    as well."""

    dossier: Dossier
    reader: Reader | None
    before: Before
    parts: frozenset[str] = frozenset()
    votes: Sequence[Vote] | None = None
    cast: int = 0
    dissents: Sequence[tuple[Vote, Told]] = ()
    stepped_aside: Mapping[UUID, Told] = field(default_factory=dict)
    decision: Event | None = None
    minutes: Told | None = None
    sheet: ScoreSheet | None = None
    steps_aside: bool = False

    @property
    def tally(self) -> Counter[str]:
        return Counter(each.choice for each in self.votes or ())


@dataclass(frozen=True)
class _Read:
    """What was read for all files at once."""

    votes: Mapping[tuple[UUID, int], list[Vote]]
    decisions: Mapping[tuple[UUID, int], Event]
    minutes: Mapping[UUID, Told]
    told: Mapping[tuple[UUID, int], Told]
    ratings: Mapping[UUID, list[dict[str, Any]]]


@dataclass(frozen=True)
class Agenda:
    """`items` in the order in which files are taken; `noted` each time that it was written down who came."""

    items: Sequence[Item]
    noted: Sequence[Told]


def agenda_of(sitting: Sitting, person: User) -> Agenda:
    """The same number of queries, however many files are on it."""
    items = AgendaItem.objects.filter(sitting=sitting, dossier=OuterRef("pk"))
    found = Dossier.objects.filter(Exists(items)).annotate(**parts_in_sql(Dossier, person.pk))
    found = found.annotate(latest_ballot=latest_number()).select_related("organisation")
    rows: list[Dossier] = list(found.order_by(Subquery(items.values("place"))))
    before = panel_before(sitting, rows)
    read, sealed = _read(sitting, rows), sealed_in(rows)
    return Agenda(
        [_item(person, each, before[each.pk], read, sealed) for each in rows],
        [each for (stream, _seq), each in read.told.items() if stream == sitting.pk],
    )


def _read(sitting: Sitting, rows: list[Dossier]) -> _Read:
    keys = [each.pk for each in rows]
    said = said_in(sitting, rows)
    beside = told([each for each in said if each.kind in BESIDE])
    ratings: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in sent_ratings(keys).values("assignment__dossier_id", *FIELDS):
        ratings[row["assignment__dossier_id"]].append(row)
    return _Read(
        votes=votes_by_ballot(keys),
        decisions=decisions_in(said),
        minutes={each.event.stream: each for each in beside if each.event.kind == MINUTED},
        told={(each.event.stream, each.event.seq): each for each in beside},
        ratings=ratings,
    )


def _item(person: User, dossier: Dossier, before: Before, read: _Read, sealed: Any) -> Item:
    parts = parts_of(dossier).open
    if parts.isdisjoint(READERS):
        return Item(dossier, None, Before(quorum=before.quorum))
    if person.pk in before.involved and parts.isdisjoint(WATCH):
        return Item(dossier, None, Before(quorum=before.quorum), steps_aside=True)
    reader = Reader(person, dossier, parts, visible(dossier, parts, sealed))
    key = (dossier.pk, before.ballot)
    open_ = reader.sees(VOTES, votes_of(before.ballot))
    cast = read.votes.get(key, [])
    return Item(
        dossier,
        reader,
        before,
        parts,
        votes=cast if open_ else None,
        cast=len(cast) if reader.sees(VOTES, WHO_VOTED) else 0,
        dissents=_dissents(dossier, cast, read) if open_ else (),
        stepped_aside=_stepped_aside(dossier, read) if reader.sees("trail") else {},
        decision=read.decisions.get(key) if _decision_is_told(reader, before, open_=open_) else None,
        minutes=_minutes(dossier, parts, read, told_votes=reader.sees(VOTES)),
        sheet=_sheet(dossier, read) if reader.sees("scores") else None,
    )


def _decision_is_told(reader: Reader, before: Before, *, open_: bool) -> bool:
    """What was decided by a ballot that others have followed was announced before they did, to all who may see how
    it was voted."""
    followed = before.ballot < (reader.dossier.latest_ballot or 0)  # type: ignore[attr-defined]  # annotated
    return reader.sees("decision") or (open_ and followed)


def _dissents(dossier: Dossier, cast: Iterable[Any], read: _Read) -> list[tuple[Vote, Told]]:
    return [(each, read.told[dossier.pk, each.dissent_seq]) for each in cast if each.dissent_seq]


def _stepped_aside(dossier: Dossier, read: _Read) -> dict[UUID, Told]:
    return {
        each.event.actor: each
        for (stream, _seq), each in read.told.items()
        if stream == dossier.pk and each.event.kind == RECUSED and each.event.actor
    }


def _minutes(dossier: Dossier, parts: frozenset[str], read: _Read, *, told_votes: bool) -> Told | None:
    """Whoever writes them reads them at any time, others once votes are open: they may tell how it was voted."""
    return read.minutes.get(dossier.pk) if told_votes or parts & SETS_DOWN else None


def _sheet(dossier: Dossier, read: _Read) -> ScoreSheet | None:
    """Of the scheme's first rubric. Growth is not counted here: the file itself says more."""
    rubrics = compiled(dossier.edition_id).rubrics
    rows, rubric = read.ratings.get(dossier.pk), next(iter(rubrics.values()), None)
    return combined_sheet(rows, rubric, None) if rows and rubric and not rubric.asks_growth else None
