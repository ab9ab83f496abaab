"""What the events of a certificate tell of its scope, and of what an appeal has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.engine.replay.states import OPENING

from .models import Certificate
from .said_anew import AMENDED
from .scope import COLUMNS, SCOPE_SET

CERTIFICATE = "certificate"
"""A table of one row, whose key is ()."""


@told_by(CERTIFICATE, "opened")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, CERTIFICATE, (), scope_ar="", scope_en="", paper_due=1)


@told_by(CERTIFICATE, SCOPE_SET)
def _scope_set(picture: Picture, event: Said) -> None:
    said = event.data
    picture.say(event, CERTIFICATE, (), scope_ar=said["ar"], scope_en=said["en"], paper_due=said["paper"])


@told_by(CERTIFICATE, AMENDED)
def _amended(picture: Picture, event: Said) -> None:
    said = event.data
    picture.say(event, OPENING, (), areas=said["areas"], outcome=said["outcome"])
    picture.say(event, CERTIFICATE, (), paper_due=said["paper"])


def _kept(certificates: Collection[UUID]) -> Iterable[Kept]:
    rows = Certificate.objects.filter(pk__in=certificates).order_by("pk")
    for pk, *values in rows.values_list("pk", *COLUMNS):
        yield pk, (), dict(zip(COLUMNS, values, strict=True))


tables.append(Table(CERTIFICATE, CERTIFICATE, CERTIFICATE, _kept, "the certificate"))
