"""What belongs to a bundle of dossiers.

The engine knows no dossier. Each folder below it says, when its app is ready, what it adds: `subjects` move
through workflows and have streams of their own, `tables` hold the rows beside, `files` names what is stored. Each
takes the ids of dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

Belonging = Callable[[Collection[UUID]], QuerySet[Any]]

subjects: dict[str, Belonging] = {}
tables: dict[str, Belonging] = {}
files: list[Callable[[Collection[UUID]], Iterable[str]]] = []
