"""What was asked of the holder of a certificate, and filed, as a copy of its file takes it along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from accreditation_engine.certificates.models import Upkeep, UpkeepFile
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .page import badge_of, step_of_upkeep
from .waiting import SEEN


@dataclass(frozen=True)
class Copied:
    upkeep: Upkeep
    files: tuple[UpkeepFile, ...]
    said: tuple[Told, ...]


def upkeep_to_copy(reader: Reader) -> list[Copied]:
    """By the day on which it is due. Four queries."""
    if not reader.sees("decision"):
        return []
    standing = UpkeepFile.objects.filter(taken_back_at=None, erased_at=None).order_by("seq")
    rows = Upkeep.objects.filter(dossier=reader.dossier).select_related("certificate")
    found = [
        each
        for each in rows.prefetch_related(Prefetch("files", standing)).order_by("due_on", "pk")
        if SEEN in visible(each, reader.roles)
    ]
    events = Event.objects.filter(stream__in=[each.pk for each in found]).exclude(target="")
    said: dict[Any, list[Told]] = {each.pk: [] for each in found}
    for each in told(list(events.order_by("stream", "seq"))):
        said[each.event.stream].append(each)
    return [Copied(each, tuple(each.files.all()), tuple(said[each.pk])) for each in found]


def in_words(reader: Reader, copied: Copied) -> dict[str, Any]:
    """In the active language."""
    upkeep = copied.upkeep
    return {
        "title": kind_title(upkeep.kind),
        "number": upkeep.certificate.number,
        "state": badge_of(reader, upkeep)["title"],
        "due_on": upkeep.due_on,
        "said": [step_of_upkeep(reader, each) for each in copied.said],
        "files": [
            {"id": each.pk, "name": each.name, "size": each.size, "sha256": each.sha256, "at": each.filed_at}
            for each in copied.files
        ],
    }
