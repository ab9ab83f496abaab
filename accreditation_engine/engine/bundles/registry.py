"""What belongs to a bundle of dossiers.

The engine knows no dossier. Each folder below it says, when its app is ready, what it adds: `subjects` move
through workflows and have streams of their own, `tables` give the rows beside, `streams` names other streams that
their events speak of, `files` names what is stored. Each takes the ids of dossiers.

A row has what tells it from others in the words of events, and else only what events tell of it: whatever the
verifier could not compare would be believed all the same. Its own list of tables and columns (TABLES and SUBJECTS
in trail/bundle/verify_trail.py) is the other half of this.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

Belonging = Callable[[Collection[UUID]], QuerySet[Any]]
Beside = Callable[[Collection[UUID]], Iterable[Mapping[str, Any]]]

subjects: dict[str, Belonging] = {}
tables: dict[str, Beside] = {}
streams: list[Callable[[Collection[UUID]], Iterable[UUID]]] = []
files: list[Callable[[Collection[UUID]], Iterable[str]]] = []
every: Callable[[], Collection[UUID]] = tuple
"""The ids of all dossiers; the folder that has them puts its own in place."""
