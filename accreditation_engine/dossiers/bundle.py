"""What dossiers add to a bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine.bundles import registry
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.trail.bundle.rows import rows, with_text
from accreditation_engine.trail.models import Event

from .models import Answer, Dossier, Evidence

ANSWER = (
    "dossier_id",
    "rubric",
    "criterion",
    "rating",
    "narrative",
    "narrative_salt",
    "narrative_erased_at",
    "carried",
    "updated_at",
)
ORGANISATION = ("id", "name_ar", "name_en", "registration_number", "country", "governorate", "joined_at")
FILE = (
    "dossier_id",
    "rubric",
    "criterion",
    "sha256",
    "name",
    "name_salt",
    "name_erased_at",
    "file",
    "media_type",
    "size",
    "filed_by_id",
    "filed_at",
    "taken_back_at",
    "visit",
    "seen_on",
    "content_erased_at",
)


def register() -> None:
    registry.subjects["dossier"] = lambda dossiers: Dossier.objects.filter(pk__in=dossiers)
    registry.tables["answers"] = _answers
    registry.tables["evidence"] = _evidence
    registry.tables["organisations"] = _organisations
    registry.streams.append(lambda dossiers: _whose(dossiers).values_list("pk", flat=True))
    registry.files.append(_files)
    registry.every = lambda: set(Dossier.objects.values_list("pk", flat=True))


def _answers(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    for row in rows(Answer.objects.filter(dossier__in=dossiers), ANSWER):
        yield with_text(row, "narrative")


def _evidence(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    """`again` counts from 0 how often the same file was filed before for the same criterion."""
    filed: Counter[str] = Counter()
    for row in rows(Evidence.objects.filter(dossier__in=dossiers), FILE):
        same = str([row[name] for name in ("dossier_id", "rubric", "criterion", "sha256")])
        yield with_text({**row, "again": filed[same]}, "name")
        filed[same] += 1


def _organisations(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    """Whose the dossiers are."""
    yield from rows(_whose(dossiers), ORGANISATION)


def _whose(dossiers: Collection[UUID]) -> QuerySet[Organisation]:
    """By their rows, and by the events that opened them: a row may be gone, or name another."""
    rows = Dossier.objects.filter(pk__in=dossiers).values_list("organisation", flat=True)
    opened = Event.objects.filter(stream__in=dossiers, seq=1)
    return Organisation.objects.filter(pk__in={*rows, *filter(None, map(_opened_for, opened))})


def _opened_for(event: Event) -> UUID | None:
    try:
        return UUID(event.data["organisation"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _files(dossiers: Collection[UUID]) -> Iterable[str]:
    return Evidence.objects.filter(dossier__in=dossiers, content_erased_at=None).values_list(
        "file", flat=True
    )
