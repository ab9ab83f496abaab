"""What can be erased of sittings: what one is called, where it takes place, why it does not. It is listed with
each file on the agenda."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine import erasures

from .models import AgendaItem


def register() -> None:
    erasures.beside_files.append(_sittings)


def _sittings(dossier: UUID) -> QuerySet[Any]:
    return AgendaItem.objects.filter(dossier=dossier).values("sitting")
