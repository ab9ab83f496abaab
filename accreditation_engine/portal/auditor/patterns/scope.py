"""All that the patterns are looked for in, read once: a few queries, however many files there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, Case, Count, F, Min, QuerySet, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.parts import closed_as
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.auditor.access import AUDITOR, TRAIL, Desk
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event, Text

ACTS = ("assigned", "rated", "refused", "transition")


class File(NamedTuple):
    pk: UUID
    number: str
    scheme: str
    edition: str
    state: str


class Move(NamedTuple):
    """A step from one state to another; opening a file is one from nowhere."""

    stream: UUID
    seq: int
    at: datetime
    actor: UUID | None
    role: str
    edition: str
    transition: str
    source: str
    target: str


class Review(NamedTuple):
    """One that was sent. `begun` is when the reviewer first saved a rating, None where that is not known."""

    dossier: UUID
    reviewer: UUID
    asked: datetime
    sent: datetime
    begun: datetime | None


class Scope:
    """The files whose trail the auditor may see, and what happened in them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def files(self) -> dict[UUID, File]:
        rows = self._dossiers().values_list("pk", "number", "scheme", "edition_id", "state")
        return {row[0]: each for row in rows if self._shows(each := File(*row), TRAIL)}

    def shows(self, dossier: UUID, *things: str) -> bool:
        """Whether the file is one of these and shows auditors all of `things` now."""
        file = self.files.get(dossier)
        return file is not None and all(self._shows(file, each) for each in things)

    @staticmethod
    def _shows(file: File, thing: str) -> bool:
        return thing in compiled(file.edition).workflow.states[file.state].shows.get(AUDITOR, ())

    def events(self) -> QuerySet[Event]:
        """Of files, not all of which the auditor may see: whoever reads them asks `files`."""
        return Event.objects.filter(stream__in=self._dossiers().values("pk"))

    def _dossiers(self) -> QuerySet[Dossier]:
        """Of the schemes that are audited, whatever may be seen of them, but those to which the auditor is a
        party."""
        dossiers = Dossier.objects.order_by().exclude(closed_as(Dossier, self.desk.person.pk, AUDITOR))
        return dossiers if self.desk.schemes is None else dossiers.filter(scheme__in=self.desk.schemes)

    @cached_property
    def moves(self) -> dict[UUID, list[Move]]:
        """By file, in order."""
        found: dict[UUID, list[Move]] = defaultdict(list)
        for move, _body in self._moves_and_bodies:
            found[move.stream].append(move)
        return found

    @cached_property
    def decisions(self) -> list[tuple[Move, dict[str, Any]]]:
        """Steps that somebody took who decides, with what was judged."""
        return [(move, _judged(body)) for move, body in self._moves_and_bodies if body is not None]

    @cached_property
    def _moves_and_bodies(self) -> list[tuple[Move, bytes | None]]:
        """Bodies of decisions alone. One query."""
        deciders = [name for name, role in roles.items() if role.judges == "deciding"]
        body = Case(When(kind="transition", role__in=deciders, then="body"), output_field=BinaryField())
        rows = self.events().exclude(target="").exclude(source=F("target")).order_by("stream", "seq")
        told = rows.values_list(*Move._fields, body)
        return [(Move(*row[:-1]), row[-1]) for row in told.iterator(2000) if row[0] in self.files]

    @cached_property
    def acts(self) -> dict[tuple[UUID, UUID, str], tuple[datetime, int]]:
        """(file, who, kind of event): when first, and how often. Of people, for the kinds in ACTS. One query."""
        rows = self.events().filter(kind__in=ACTS, actor__isnull=False).order_by()
        counted = rows.values_list("stream", "actor", "kind").annotate(first=Min("at"), times=Count("pk"))
        return {row[:3]: row[3:] for row in counted if row[0] in self.files}

    @cached_property
    def assignments(self) -> list[tuple[UUID, UUID, datetime, datetime | None]]:
        """(file, reviewer, when asked, when sent), without those that were given back. One query."""
        rows = Assignment.objects.filter(released_at=None)
        told = rows.values_list("dossier_id", "reviewer_id", "assigned_at", "sent_at")
        return [row for row in told if row[0] in self.files]

    @cached_property
    def reviews(self) -> list[Review]:
        """Sent, where the auditor may see ratings."""
        return [
            Review(dossier, reviewer, asked, sent, self._begun(dossier, reviewer, asked))
            for dossier, reviewer, asked, sent in self.assignments
            if sent is not None and self.shows(dossier, "ratings")
        ]

    def _begun(self, dossier: UUID, reviewer: UUID, asked: datetime) -> datetime | None:
        """Somebody who was asked twice began the first time before the second."""
        first, _times = self.acts.get((dossier, reviewer, "rated"), (None, 0))
        return first if first is not None and first >= asked else None

    @cached_property
    def comment_lengths(self) -> dict[tuple[UUID, int], int | None]:
        """Of what was said beside events, in characters; None where it was erased."""
        said = Text.objects.filter(field="comment", stream__in=self._dossiers().values("pk"))
        rows = said.annotate(length=Length("text"))
        return {(stream, seq): length for stream, seq, length in rows.values_list("stream", "seq", "length")}

    @cached_property
    def _names(self) -> dict[UUID, str]:
        return dict(User.objects.values_list("pk", "name"))

    def name(self, person: Any) -> str:
        if person not in self._names:
            return _("somebody no longer on record")
        return self._names[person] or _("a name that was erased by law")

    def scheme_title(self, scheme: str) -> str:
        """Of a scheme that one of these files is under."""
        file = next(each for each in self.files.values() if each.scheme == scheme)
        return compiled(file.edition).workflow.title.in_language(language())

    def number(self, dossier: UUID) -> str:
        return self.files[dossier].number

    def every_move(self) -> Iterator[Move]:
        for moves in self.moves.values():
            yield from moves


def _judged(body: bytes) -> dict[str, Any]:
    judged: dict[str, Any] = json.loads(bytes(body))["data"].get("judged", {})
    return judged


def event_url(stream: UUID, seq: int) -> str:
    return reverse("audit_event", args=[stream, seq])


def trail_url(dossier: UUID) -> str:
    return reverse("trail", args=[dossier])
