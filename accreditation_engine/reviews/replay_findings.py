"""What the events of a finding tell beside its state and what it was opened as: who sees to it, and which files
show that something was done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.engine.replay.states import OPENING
from accreditation_engine.organisations.replay import same_person

from .models import Correction, Finding

OWNER, CORRECTIONS = "owner", "corrections"
"""Tables of a picture, with their keys: (); the SHA-256 of the file."""


@told_by("finding", "opened", "owner_named")
def _owned(picture: Picture, event: Said) -> None:
    data = event.data
    owner = data.get("owner")
    person = None if owner is None else UUID(owner)
    picture.say(event, OWNER, (), owner=person, name_digest=data.get("name_digest"))


@told_by("finding", "correction_filed")
def _corrected(picture: Picture, event: Said) -> None:
    values = {name: picture.value(OPENING, (), name) for name in ("dossier", "rubric", "criterion")}
    picture.say(event, CORRECTIONS, (event.data["sha256"],), **values)


def _owners(findings: Collection[UUID]) -> Iterable[Kept]:
    for pk, owner in Finding.objects.filter(pk__in=findings).values_list("pk", "owner"):
        yield pk, (), {"owner": owner}


def _corrections(findings: Collection[UUID]) -> Iterable[Kept]:
    rows = Correction.objects.filter(finding__in=findings).order_by("pk").select_related("evidence")
    for each in rows:
        lies = {
            "dossier": str(each.evidence.dossier_id),
            "rubric": each.evidence.rubric,
            "criterion": each.evidence.criterion,
        }
        yield each.finding_id, (each.evidence.sha256,), lies


tables += [
    Table("finding", OWNER, "finding", _owners, "the finding", alike={"owner": same_person}),
    Table("finding", CORRECTIONS, "correction", _corrections, "the corrective file {sha256}", ("sha256",)),
]
